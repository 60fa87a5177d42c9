"""Frames for the tests of this stage: articles with marked sources and mentions."""

import pandas as pd
import pytest

from analysis.speakers import resolve_in_articles, resolve_speakers
from analysis.tables import conform

LABELS = {"P": "person", "O": "organization", "R": "role", "L": "place", "G": "group",
          "D": "document"}


def frames(*articles, authors=()):
    """Read texts in which `[P:Ann Roe]` marks a mention and `{she}` a source.

    The stretches in ‹…› are contents; the first belongs to the first source, and so on.
    """
    quotes, mentions, rows = [], [], []
    for number, marked in enumerate(articles, 1):
        name = f"a{number}"
        text, found, sources, contents = _read(marked)
        rows.append({"article_id": name, "text": text, "authors": list(authors), "outlet": "Gull"})
        mentions += [{"article_id": name, "start": s, "end": e, "text": text[s:e], "label": label,
                      "sentence": 0} for s, e, label in found]
        for at, span in enumerate(contents):
            near = sources[at] if at < len(sources) else None
            own = [list(near)] if near else []
            quotes.append({"quote_id": f"{name}:{span[0]}-{span[1]}", "article_id": name,
                           "content": text[span[0]:span[1]], "spans": [list(span)],
                           "source": text[near[0]:near[1]] if own else None, "source_spans": own})
    return (conform(pd.DataFrame(quotes), "quotes"), conform(pd.DataFrame(mentions), "mentions"),
            conform(pd.DataFrame(rows), "articles"))


def _read(marked):
    text, found, sources, contents, opened, at = "", [], [], [], [], 0
    while at < len(marked):
        char = marked[at]
        if char == "[" and marked[at + 2:at + 3] == ":":
            opened.append(("[", len(text), LABELS[marked[at + 1]]))
            at += 3
            continue
        if char in "{‹":
            opened.append((char, len(text), ""))
        elif char in "]}›" and opened:
            kind, start, label = opened.pop()
            if kind == "[":
                found.append((start, len(text), label))
            else:
                (sources if kind == "{" else contents).append((start, len(text)))
        else:
            text += char
        at += 1
    return text, found, sources, contents


def speakers_of(*articles, aliases=None, authors=()):
    """Give the name of each quotation's speaker, in order; None where unresolved."""
    resolved = resolve_speakers(*frames(*articles, authors=authors), aliases=aliases)
    names = resolved.speakers.set_index("speaker_id")["name"].to_dict()
    return [names.get(one) for one in resolved.quotes["speaker_id"]]


def cases(*tables):
    """Give the cases of tables id → (text, what is expected) to pytest.mark.parametrize."""
    return [pytest.param(*case, id=name) for table in tables for name, case in table.items()]


def kinds_of(text):
    """Give the kinds of those who speak, in the order of the table speakers."""
    speakers = local(text).speakers
    return speakers.loc[speakers["n_quotes"] > 0, "kind"].tolist()


def local(*articles, authors=()):
    return resolve_in_articles(*frames(*articles, authors=authors))
