"""Generated tables of any size, written as `extract` writes them: a row group per piece."""

import json
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.tables import TABLES, schema

PIECE = 200  # articles, as `extract` cuts them
OUTLETS = [f"The {name}" for name in ("Herald", "Courier", "Gazette", "Post", "Mirror", "Wire")]
CUES = (("said", "say", "neutral"), ("claimed", "claim", "doubting"),
        ("admitted", "admit", "endorsing"), ("told", "tell", "neutral"))
KINDS = ("direct", "mixed", "indirect")
NAMINGS = ("person", "person", "person", "organization", "group", "unnamed_person", "document")
ROLES = (("mayor", "official"), ("spokeswoman", "spokesperson"), ("professor", "expert"),
         ("baker", "citizen"), ("director", "business"), (None, None))
TOPICS = ("water", "roads", "schools", "taxes", "health", "housing", "energy", "police")


def write_tables(folder: Path, n_quotes: int, *, seed: int = 0) -> int:
    """Write the tables of about `n_quotes` quotations; give how many there are."""
    folder.mkdir(parents=True)
    rng = np.random.default_rng(seed)
    speakers = _speakers(rng, max(20, int(50 * n_quotes**0.5)))
    words = np.array([f"{a}{b}" for a in _syllables(rng, 80) for b in _syllables(rng, 50)])
    writers = {name: pq.ParquetWriter(folder / f"{name}.parquet", schema(name),
                                      compression="zstd") for name in TABLES}
    writers["speakers"].write_table(_table("speakers", speakers))
    made = 0
    while made < n_quotes:
        piece = _piece(rng, made, n_quotes, speakers, words)
        made += len(piece["quotes"]["quote_id"])
        for name, columns in piece.items():
            writers[name].write_table(_table(name, columns))
    for writer in writers.values():
        writer.close()
    (folder / "run.json").write_text(json.dumps({"made": "generated"}), encoding="utf-8")
    return made


def _syllables(rng: np.random.Generator, n: int) -> list[str]:
    letters = rng.choice(list("bdfgklmnprstvw"), (n, 2)), rng.choice(list("aeiou"), n)
    return [f"{a}{v}{b}" for (a, b), v in zip(letters[0], letters[1], strict=True)]


def _speakers(rng: np.random.Generator, n: int) -> dict[str, list]:
    firsts, lasts = _syllables(rng, 300), _syllables(rng, 200)
    names = [f"{firsts[i % 300].title()} {lasts[i // 300 % 200].title()}{lasts[i % 199]}"
             for i in range(n)]
    roles = [ROLES[i] for i in rng.integers(0, len(ROLES), n)]
    return {
        "speaker_id": [f"{name.lower().replace(' ', '-')}-{i:06x}" for i, name in enumerate(names)],
        "name": names, "kind": [NAMINGS[i] for i in rng.integers(0, len(NAMINGS), n)],
        "role": [role for role, _ in roles], "role_class": [kind for _, kind in roles],
        "gender": rng.choice(["f", "m", "unknown"], n).tolist(), "aliases": [[x] for x in names],
    }


def _table(name: str, columns: dict[str, list]) -> pa.Table:
    n = len(next(iter(columns.values())))
    return pa.Table.from_arrays(
        [pa.array(columns[field.name], field.type) if field.name in columns
         else pa.nulls(n, field.type) for field in schema(name)], schema=schema(name))


def _piece(
    rng: np.random.Generator, made: int, n_quotes: int, speakers: dict[str, list],
    words: np.ndarray,
) -> dict[str, dict[str, list]]:
    sizes = rng.integers(3, 13, PIECE)
    n = int(sizes.sum())
    ids = [f"{made // 7:x}{i:03d}-article" for i in range(PIECE)]
    # A long tail: a few speakers with thousands of quotations, most with a handful.
    tail = len(speakers["name"])
    who = np.minimum((tail ** rng.random(n) - 1).astype(int), tail - 1)
    who[rng.random(n) < 0.15] = -1
    lengths = rng.integers(6, 30, n)
    said = np.split(words[(len(words) * rng.random(lengths.sum()) ** 3).astype(int)],
                    np.cumsum(lengths)[:-1])
    contents = [" ".join(item) for item in said]
    cues = rng.integers(0, len(CUES), n)
    names = [speakers["name"][at] if at >= 0 else None for at in who]
    articles, spans = _articles(rng, ids, sizes, contents, names, cues, made / n_quotes)
    article_of = np.repeat(ids, sizes).tolist()
    quotes = _quotes(rng, article_of, contents, spans, names, cues)
    quotes["n_words"] = lengths.tolist()
    quotes["speaker_id"] = [speakers["speaker_id"][at] if at >= 0 else None for at in who]
    return {"articles": articles, "quotes": quotes,
            "mentions": _mentions(rng, article_of, quotes, names), "terms": _terms(quotes, said),
            "quote_topics": _topics(rng, quotes["quote_id"])}


def _articles(rng, ids, sizes, contents, names, cues, progress) -> tuple[dict, list[tuple]]:
    texts, spans, at = [], [], 0
    for size in sizes.tolist():
        parts, length = [], 0
        for k in range(at, at + size):
            cue = CUES[cues[k]][0]
            source = names[k] or ""
            start = length + 1
            parts.append(f"“{contents[k]},” {cue} {source}.\n\n")
            end = start + len(contents[k])
            spans.append((start, end, end + 3, end + 3 + len(cue), end + 4 + len(cue)))
            length += len(parts[-1])
        texts.append("".join(parts))
        at += size
    days = pd.Timestamp("2020-01-01", tz="UTC") + pd.to_timedelta(
        (progress * 2000 + rng.integers(0, 30, len(ids))).astype(int), unit="D")
    copies = [ids[0] if chance < 0.1 and i else None
              for i, chance in enumerate(rng.random(len(ids)))]
    about = [names[i % len(names)] or "Council" for i in range(len(ids))]
    return {
        "article_id": ids, "outlet": rng.choice(OUTLETS, len(ids)).tolist(),
        "title": [f"{name} speaks on day {i}" for i, name in enumerate(about)],
        "published": list(days), "authors": [["A. Writer"]] * len(ids), "text": texts,
        "source_file": ["generated"] * len(ids), "n_words": [len(t.split()) for t in texts],
        "skipped": [[]] * len(ids), "copy_of": copies,
        "copy_kind": ["wire" if copy else None for copy in copies],
    }, spans


def _quotes(rng, article_of, contents, spans, names, cues) -> dict[str, list]:
    n = len(contents)
    ids = [f"{a}:{s[0]}-{s[1]}" for a, s in zip(article_of, spans, strict=True)]
    return {
        "quote_id": ids,
        "article_id": article_of, "content": contents,
        "spans": [[[start, end]] for start, end, *_ in spans],
        "kind": [KINDS[i] for i in rng.integers(0, 3, n)],
        "cue": [CUES[i][0] for i in cues], "cue_lemma": [CUES[i][1] for i in cues],
        "stance": [CUES[i][2] for i in cues], "act": ["statement"] * n,
        "cue_spans": [[[start, end]] for _, _, start, end, _ in spans], "source": names,
        "source_spans": [[[s[4], s[4] + len(name)]] if name else []
                         for s, name in zip(spans, names, strict=True)],
        "addressee_spans": [[]] * n, "paragraph": rng.integers(0, 12, n).tolist(),
        "confidence": np.round(rng.random(n), 4).tolist(),
        "speaker_basis": ["name" if name else None for name in names],
        "quote_family": _families(rng, ids),
    }


def _families(rng, ids) -> list[str | None]:
    """Three of a hundred quotations run twice, as in PolNeAR."""
    families: list[str | None] = [None] * len(ids)
    for one, other in rng.permutation(len(ids))[:len(ids) * 3 // 100 // 2 * 2].reshape(-1, 2):
        families[one] = families[other] = ids[min(one, other)]
    return families


def _mentions(rng, article_of, quotes, names) -> dict[str, list]:
    """Ten a quotation: another's name (in two of three it stands inside), its speaker, nobody."""
    n = len(names)
    starts = np.repeat([spans[0][1] + 3 for spans in quotes["spans"]], 10)
    firsts = np.array([spans[0][0] for spans in quotes["spans"]])
    starts[::10] = np.where(rng.random(n) < 0.64, firsts, starts[::10])
    other, who = rng.permutation(n).tolist(), quotes["speaker_id"]
    return {
        "article_id": np.repeat(article_of, 10).tolist(), "start": starts.tolist(),
        "end": (starts + 5).tolist(),
        "text": [item for name, at in zip(names, other, strict=True)
                 for item in [names[at] or "Somewhere"] + [name or "he"] * 3 + ["Somewhere"] * 6],
        "label": ["person", "person", "pronoun", "person", *["place"] * 4,
                  *["organization"] * 2] * n,
        "sentence": rng.integers(0, 40, 10 * n).tolist(),
        "speaker_id": [item for own, at in zip(who, other, strict=True)
                       for item in [who[at]] + [own] * 3 + [None] * 6],
    }


def _terms(quotes, said) -> dict[str, list]:
    starts = [[span[0][0] + at for at in _word_starts(words[:8])]
              for span, words in zip(quotes["spans"], said, strict=True)]
    firsts = [word for words in said for word in words[:8].tolist()]
    flat = [start for item in starts for start in item]
    ids = [quote for quote, item in zip(quotes["quote_id"], starts, strict=True) for _ in item]
    return {"quote_id": ids, "start": flat, "text": firsts, "lemma": firsts,
            "end": [s + len(w) for s, w in zip(flat, firsts, strict=True)],
            "pos": ["NOUN" if len(word) % 2 else "VERB" for word in firsts]}


def _word_starts(words: np.ndarray) -> Iterator[int]:
    ends = accumulate(len(word) + (i > 0) for i, word in enumerate(words))
    return (end - len(word) for word, end in zip(words, ends, strict=True))


def _topics(rng, quote_ids) -> dict[str, list]:
    found = rng.random((len(quote_ids), len(TOPICS))) < 0.12
    rows, topics = np.nonzero(found)
    return {"quote_id": [quote_ids[row] for row in rows], "topic": [TOPICS[at] for at in topics],
            "weight": [0.5] * len(rows), "basis": ["keyword"] * len(rows),
            "evidence": [TOPICS[at] for at in topics]}
