"""All keywords of all topics in one tree of words: a text is read once, whatever their number."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from analysis.topics.files import Topic
from analysis.topics.words import Word, base_forms, keyword_forms, split_words


class Hit(NamedTuple):
    """One keyword (or exclusion) found: its characters, its topic's and its own number."""

    start: int
    end: int
    topic: int
    keyword: int
    excludes: bool


@dataclass(frozen=True)
class Node:
    """A place in the tree: the words that may follow, and the keywords that end here."""

    words: dict[str, "Node"] = field(default_factory=dict)
    beginnings: dict[str, "Node"] = field(default_factory=dict)
    ends: list[tuple[int, int, bool]] = field(default_factory=list)


def build_tree(topics: Sequence[Topic]) -> Node:
    """Put the keywords and exclusions of all topics into one tree."""
    root = Node()
    for number, topic in enumerate(topics):
        for place, keyword in enumerate(topic.keywords):
            _insert(root, keyword, (number, place, False))
        for place, exclusion in enumerate(topic.exclusions):
            _insert(root, exclusion, (number, place, True))
    return root


def _insert(root: Node, keyword: str, end: tuple[int, int, bool]) -> None:
    nodes = [root]
    words = [word.form for word in split_words(keyword)]
    for place, word in enumerate(words):
        if keyword.endswith("*") and place == len(words) - 1:
            nodes = [node.beginnings.setdefault(word.lower(), Node()) for node in nodes]
        else:
            nodes = [node.words.setdefault(form, Node())
                     for node in nodes for form in _lookup_forms(word)]
    for node in nodes:
        node.ends.append(end)


def _lookup_forms(word: str) -> frozenset[str]:
    # "US" and "WHO" are not the words "us" and "who".
    if word.isupper() and 2 <= len(word) <= 5:
        return frozenset({word})
    return keyword_forms(word.lower())


def find_hits(text: str, tree: Node, *, lemmas: Mapping[int, str] | None = None) -> list[Hit]:
    """Find every keyword in a text, in one pass, by place.

    Parameters
    ----------
    text
        The text.
    tree
        From `build_tree`.
    lemmas
        Lemma of the word that begins at an offset, where known; other words get their
        dictionary forms by rule.

    Notes
    -----
    The words of a phrase must follow each other with nothing but space or a hyphen between:
    "tax, cuts" is not "tax cuts".
    """
    known = lemmas or {}
    found: set[Hit] = set()
    active: list[tuple[Node, int]] = []
    last = 0
    for word in split_words(text):
        if active and _parted(text[last:word.start]):
            active = []
        forms = _word_forms(word, known.get(word.start))
        reached = [(follower, start) for node, start in (*active, (tree, word.start))
                   for follower in _followers(node, forms)]
        found.update(Hit(start, word.end, *end) for node, start in reached for end in node.ends)
        active = [(node, start) for node, start in reached if node.words or node.beginnings]
        last = word.end
    return sorted(found)


def begins_in(text: str, tree: Node, lemmas: Mapping[str, str]) -> bool:
    """Tell whether a text has a word with which a keyword begins, by rule or by known lemma."""
    return any(
        True for word in split_words(text) for lemma in {None, lemmas.get(word.form)}
        for _ in _followers(tree, _word_forms(word, lemma)))


def _parted(gap: str) -> bool:
    return "\n\n" in gap or bool(gap.strip(" \t\r\n\xa0-‑–'’sS"))


def _word_forms(word: Word, lemma: str | None) -> frozenset[str]:
    lower = word.form.lower()
    forms = base_forms(lower) if lemma is None else frozenset({lower, lemma})
    return forms | {word.form} if word.form.isupper() else forms


def _followers(node: Node, forms: frozenset[str]) -> Iterator[Node]:
    for form in forms & node.words.keys():
        yield node.words[form]
    for beginning, follower in node.beginnings.items():
        if any(form.startswith(beginning) for form in forms):
            yield follower
