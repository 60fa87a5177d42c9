"""Voices made by hand: a few articles, two outlets, four people."""

import numpy as np
import pandas as pd

from analysis.measures import gather_voices
from analysis.tables import Tables, conform

PEOPLE = {
    "ann": ("Ann Vale", "person", "official", "f"), "bob": ("Bob Orr", "person", "expert", "m"),
    "cid": ("Cid Ash", "person", None, "unknown"), "min": ("Ministry", "organization", None, None),
}


def voices_of(rows, **more):
    """Rows of (article, speaker, words); article names like a1 belong to outlet A."""
    return gather_voices(tables_of(rows, **more))


def tables_of(rows, *, titles=None, copies=None, dates=None, mentions=()):
    names = list(dict.fromkeys(row[0] for row in rows))
    text = "word " * 60
    articles = pd.DataFrame({
        "article_id": names, "outlet": [name[0].upper() for name in names],
        "title": [(titles or {}).get(name) for name in names], "text": [text] * len(names),
        "published": [(dates or {}).get(name) for name in names],
        "copy_of": [(copies or {}).get(name) for name in names],
    })
    quotes = pd.DataFrame([
        {"quote_id": f"{article}:{5 * at}-{5 * at + 4}", "article_id": article, "content": "word",
         "spans": [[5 * at, 5 * at + 4]], "speaker_id": who, "n_words": words, "kind": "direct",
         "source": "someone" if who else None, "stance": "neutral"}
        for at, (article, who, words) in enumerate(rows)
    ])
    quotes["spans"] = [[[5 * (at % 55), 5 * (at % 55) + 4]] for at in range(len(quotes))]
    speakers = pd.DataFrame([
        {"speaker_id": key, "name": name, "kind": kind, "role_class": role, "gender": gender}
        for key, (name, kind, role, gender) in PEOPLE.items()
    ])
    seen = pd.DataFrame(list(mentions), columns=["article_id", "speaker_id"])
    return Tables(
        articles=conform(articles, "articles"), quotes=conform(quotes, "quotes"),
        speakers=conform(speakers, "speakers"), mentions=conform(seen, "mentions"),
    )


def simulate(rng, *, n_articles, share, mean=12, likeness=0.15):
    """Articles that quote unevenly: each has its own share of `ann`, around the true one."""
    sizes = 1 + rng.negative_binomial(3, 3 / (2 + mean), n_articles)
    own = rng.beta(share * (1 - likeness) / likeness, (1 - share) * (1 - likeness) / likeness,
                   n_articles)
    counts = rng.binomial(sizes, own)
    return np.column_stack([counts, sizes - counts]).astype(float), sizes[:, None].astype(float)
