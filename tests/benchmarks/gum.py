"""GUM news read as articles: rebuilt text, coreference chains, third-person pronouns.

Format and reading rules: tests/gold/README.md, section "GUM news".
"""

import html
import re
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

SINGULAR = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
PRONOUNS = SINGULAR | {"they", "them", "their", "theirs", "themselves"}
_BLOCKS = ("p", "head", "item", "caption")
_CLITIC = re.compile(r"n't|n’t|['’](?:s|re|ve|ll|d|m)")


class Token(NamedTuple):
    form: str
    tag: str
    pos: str
    relation: str
    block: int
    glued: bool


class Pronoun(NamedTuple):
    """A pronoun with its chain; `named`: an earlier mention of the chain holds a name."""

    start: int
    end: int
    text: str
    chain: str
    named: bool


class Article(NamedTuple):
    name: str
    text: str
    chains: dict[str, list[tuple[int, int]]]
    pronouns: list[Pronoun]


def read_gum(folder: Path) -> list[Article]:
    return [_read(path, folder / "coref" / f"{path.stem}.conll")
            for path in sorted((folder / "xml").glob("*.xml"))]


def _read(xml: Path, conll: Path) -> Article:
    tokens = _tokens(xml)
    text, offsets = _rebuild(tokens)
    mentions = _mentions(conll)
    chains: dict[str, list[tuple[int, int]]] = defaultdict(list)
    by_chain: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for first, last, chain in mentions:
        chains[chain].append((offsets[first][0], offsets[last][1]))
        by_chain[chain].append((first, last))
    pronouns = []
    for at, token in enumerate(tokens):
        own = [chain for first, last, chain in mentions if first == last == at]
        if token.form.lower() not in PRONOUNS or not token.tag.startswith("P") or not own:
            continue
        named = any(tokens[i].pos == "PROPN" for first, last in by_chain[own[0]] if first < at
                    for i in range(first, last + 1))
        pronouns.append(Pronoun(*offsets[at], token.form.lower(), own[0], named))
    return Article(xml.stem, text, dict(chains), pronouns)


def _tokens(path: Path) -> list[Token]:
    tokens, block, glue, first = [], 0, False, False
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("<"):
            tag = re.match(r"</?([a-z]+)", line)
            if tag and not line.startswith("</") and tag.group(1) in _BLOCKS:
                block += 1
            if tag and tag.group(1) == "w":
                glue, first = not line.startswith("</"), True
        elif line:
            cells = line.split("\t")
            tokens.append(Token(html.unescape(cells[0]), cells[1], cells[4], cells[5], block,
                                glue and not first))
            first = False
    return tokens


def _rebuild(tokens: list[Token]) -> tuple[str, list[tuple[int, int]]]:
    text, offsets = "", []
    for at, token in enumerate(tokens):
        text += _gap(tokens[at - 1], token) if at else ""
        offsets.append((len(text), len(text) + len(token.form)))
        text += token.form
    return text, offsets


def _gap(before: Token, token: Token) -> str:
    if token.block != before.block:
        return "\n\n"
    closing = token.relation == "punct" and token.form in {",", ".", ";", ":", "!", "?", ")", "]",
                                                            "%", "…"}
    if token.glued or closing or token.tag in ("''", "POS", ")") or _CLITIC.fullmatch(token.form):
        return ""
    return "" if before.tag in ("``", "(") or before.form in "([$£€" else " "


def _mentions(path: Path) -> list[tuple[int, int, str]]:
    opened: dict[str, list[int]] = defaultdict(list)
    found = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        cells = line.split("\t")
        if len(cells) != 3:
            continue
        for bracket in re.findall(r"\(\d+\)|\(\d+|\d+\)", cells[2]):
            chain = bracket.strip("()")
            if bracket.startswith("("):
                opened[chain].append(int(cells[0]))
            if bracket.endswith(")"):
                found.append((opened[chain].pop(), int(cells[0]), chain))
    return sorted(found)
