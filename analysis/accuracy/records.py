"""The shape of gold: articles with their quotations, whatever file they came from."""

from dataclasses import dataclass
from pathlib import Path

KINDS = ("direct", "mixed", "indirect")


@dataclass(frozen=True)
class GoldQuote:
    """One annotated quotation; what its file does not say is None or empty.

    Parameters
    ----------
    content, cue, addressee, source
        Spans as annotated, not yet trimmed.
    kind
        direct, mixed or indirect as the annotator says; None: the marks decide.
    act
        statement, belief, intention, …
    speaker
        Who is meant; None where no reader can say.
    speaker_kind
        person, organization, group, unnamed_person, document, author or other.
    form
        How the source refers to the speaker: name, pronoun, description or none.
    uncertain
        Whether a careful reader could name another speaker.
    topics
        What it is about.
    """

    content: tuple[tuple[int, int], ...]
    cue: tuple[tuple[int, int], ...] = ()
    addressee: tuple[tuple[int, int], ...] = ()
    source: tuple[tuple[int, int], ...] = ()
    kind: str | None = None
    act: str | None = None
    speaker: str | None = None
    speaker_kind: str | None = None
    form: str | None = None
    uncertain: bool = False
    topics: tuple[str, ...] = ()


@dataclass(frozen=True)
class GoldArticle:
    """One annotated article; `text` is None where the gold brings no texts."""

    article_id: str
    quotes: tuple[GoldQuote, ...]
    skipped: tuple[tuple[int, int], ...] = ()
    text: str | None = None
    outlet: str | None = None
    copy_of: str | None = None


@dataclass(frozen=True)
class Gold:
    """A set of annotated articles, and which fields it carries (cue, speaker, topic, …).

    A gold that carries `nested` keeps quotations inside quotations apart: found ones that
    stand inside another are then left out.
    """

    path: str
    articles: tuple[GoldArticle, ...]
    carries: frozenset[str]


def read_text(path: Path) -> str:
    """Read a text as it is: line ends are characters, and offsets count them."""
    with path.open(encoding="utf-8", newline="") as stream:
        return stream.read()
