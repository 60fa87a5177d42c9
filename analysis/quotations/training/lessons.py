"""Texts that nobody annotated: teachers say what their tags are.

Articles from other packages come as one line or as lines of any width, where a newspaper has short
paragraphs. So each is cut into paragraphs at random, anew in every epoch.
"""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from analysis.quotations.layout import sentence_ends
from analysis.quotations.training.data import Article

TITLED, WHOLE = 0.8, 0.2  # chances that a title is kept, and that the text stays in one piece
SENTENCES = (0.45, 0.35, 0.2)  # chances of a paragraph of one, two, three sentences


def read_lessons(path: Path) -> list[Article]:
    """Read a folder of text files, or a file with an article in every line."""
    if path.is_dir():
        texts = [each.read_text(encoding="utf-8") for each in sorted(path.glob("*.txt"))]
    else:
        texts = path.read_text(encoding="utf-8").split("\n")
    return [Article("", text.strip(), ()) for text in texts if text.strip()]


def in_paragraphs(article: Article, rng: np.random.Generator) -> Article:
    """Cut a text into paragraphs at random; the first of several lines is its title."""
    title, _, rest = article.text.partition("\n")
    parts = _paragraphs(" ".join((rest or title).split()), rng)
    if rest and rng.random() < TITLED:
        parts.insert(0, title)
    return replace(article, text=str(rng.choice(["\n", "\n\n"])).join(parts))


def _paragraphs(text: str, rng: np.random.Generator) -> list[str]:
    if rng.random() < WHOLE:
        return [text]
    cuts, ends = [0], sorted({*sentence_ends(text).tolist(), len(text)})
    while ends:
        several = int(rng.choice([1, 2, 3], p=SENTENCES))
        cuts.append(ends[:several][-1])
        ends = ends[several:]
    return [text[a:b].strip() for a, b in pairwise(cuts)]
