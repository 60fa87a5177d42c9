"""RSS and Atom feeds by feedparser: one article per entry, as full as the feed gives it."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from analysis.articles.decoding import read_bytes
from analysis.articles.readers.pages import html_to_text
from analysis.articles.records import Event, Fact, Options, Record, Source, Unreadable


def read_feed(source: Source, options: Options) -> Iterator[Event]:  # noqa: ARG001
    """Give one record per entry of a feed.

    The text is the entry's full content, or its summary where the feed has no more; how many
    have only a summary is noted, because quotations are rare in summaries.
    """
    import feedparser

    feed = feedparser.parse(read_bytes(source), sanitize_html=False)
    if not feed.version and not feed.entries:
        raise Unreadable("unknown format", f"{source.name} is XML, but no RSS or Atom feed. "
                         "Convert it to jsonl or csv.")
    short = 0
    for number, entry in enumerate(feed.entries, start=1):
        short += not entry.get("content")
        yield Record(number, _fields(entry, feed.feed))
    if short:
        yield Fact("note", f"{short} of {len(feed.entries)} entries hold only a summary")
    if feed.bozo and not isinstance(feed.bozo_exception, feedparser.CharacterEncodingOverride):
        yield Fact("note", f"the feed is not well-formed ({str(feed.bozo_exception)[:80]})")


def _fields(entry: Mapping, feed: Mapping) -> dict[str, object]:
    contents = [item.get("value", "") for item in entry.get("content", [])]
    html = max(contents, key=len, default="") or entry.get("summary", "")
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    names = [person.get("name") for person in entry.get("authors", []) if person.get("name")]
    source = entry.get("source", {}).get("title")
    return {"title": html_to_text(entry.get("title", "")), "text": html_to_text(html),
            "url": entry.get("link"), "outlet": source or feed.get("title"),
            "authors": names or entry.get("author"),
            "section": next((tag.get("term") for tag in entry.get("tags", [])), None),
            "published": datetime(*moment[:6], tzinfo=UTC) if moment else None}
