"""The correction desk: one quotation at a time in JupyterLab, one key per common answer.

Every answer is written to the file at once; closing the browser loses nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from analysis.corrections.context import describe, in_context
from analysis.corrections.file import (
    Correction,
    add_corrections,
    load_corrections,
    save_corrections,
    spans_text,
)
from analysis.corrections.quotes import kind_of
from analysis.errors import InputError
from analysis.tables import Tables

KEYS = {"a": "right", "r": "no quotation", "s": "speaker", "n": "next", "b": "back", "u": "undo"}


@dataclass(frozen=True)
class Desk:
    """The desk: a widget in JupyterLab, a sentence and a count in an exported page.

    Attributes
    ----------
    box
        The widget.
    parts
        Its inner widgets by name: for tests.
    """

    box: object
    parts: dict[str, object]
    state: dict[str, object] = field(repr=False)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict:
        """Give the widget, and for a page without Python what stands in the file."""
        del include, exclude
        text = _progress(self.state)
        return {**self.box._repr_mimebundle_(), "text/plain": text,
                "text/html": f"<p>{text}. Open this notebook in JupyterLab to correct.</p>"}


def open_desk(
    tables: Tables, path: str | Path, *, by: str, quote_ids: tuple[str, ...] | list[str] = ()
) -> Desk:
    """Open the desk on a corpus.

    Parameters
    ----------
    tables
        As extracted, before corrections: the desk shows what is in the file beside them.
    path
        The file of corrections; made with the first answer.
    by
        Who corrects.
    quote_ids
        Which quotations, in this order (a sample, say); default all, the least sure first.

    Returns
    -------
    Desk
        Keys, typed into its key field: a right, r no quotation, s to the speaker field, n next,
        b back, u undo.

    Raises
    ------
    InputError
        If nobody is named in `by`, or the file cannot be read.
    """
    if not by.strip():
        raise InputError("by = '' names nobody. Say who corrects: by=\"your name\".")
    quotes = tables.rows("quotes", "quote_id", quote_ids)
    if quotes.empty:
        quotes = tables.quotes.sort_values(["confidence", "quote_id"], na_position="first")
    quotes = quotes.set_index("quote_id", drop=False)
    order = [name for name in quote_ids if name in quotes.index] or quotes.index.tolist()
    load_corrections(path)
    state = {"tables": tables, "quotes": quotes, "order": order, "path": Path(path), "by": by,
             "at": 0, "said": ""}
    state["at"] = next((at for at, name in enumerate(order) if not _answers(state, name)), 0)
    desk = _build(state)
    if order:
        _wire(desk)
        _show(desk)
    else:
        desk.parts["progress"].value = "The tables hold no quotation: there is nothing to correct."
    return desk


def _build(state: dict) -> Desk:
    import ipywidgets as widgets

    names = sorted(set(state["tables"].speakers["name"].dropna()))
    topics = sorted(state["tables"].columns("quote_topics", ["topic"])["topic"].dropna().unique())
    parts = {name: widgets.HTML() for name in ("progress", "text", "facts", "said")}
    for name, label, style in (
        ("right", "Right (a)", "success"), ("no_quotation", "No quotation (r)", "danger"),
        ("back", "Back (b)", ""), ("next", "Next (n)", ""), ("undo", "Undo (u)", "warning"),
        ("set_speaker", "Someone else said it", "primary"),
        ("same_person", "This person is …, everywhere", "primary"),
        ("other_person", "Is someone else, only in this article", "primary"),
        ("set_topics", "Set topics", "primary"), ("add_missed", "Add what was missed", "primary"),
    ):
        parts[name] = widgets.Button(description=label, button_style=style,
                                     layout=widgets.Layout(width="auto"))
    wide = widgets.Layout(width="26em")
    parts["speaker"] = widgets.Combobox(options=names, ensure_option=False, layout=wide,
                                        placeholder="name, or empty for nobody")
    parts["topics"] = widgets.Text(placeholder="topics, parted by ;", layout=wide)
    parts["topics"].tooltip = ", ".join(topics)
    parts["missed"] = widgets.Text(placeholder="paste the missed words", layout=wide)
    parts["key"] = widgets.Text(placeholder="keys", layout=widgets.Layout(width="6em"))
    parts["key"].continuous_update = True
    for name, part in parts.items():
        part.add_class(f"desk-{name}")
    row = widgets.HBox
    box = widgets.VBox([
        # The common answers stand above the text: long articles must not push them out of view.
        parts["progress"],
        row([parts[name] for name in ("right", "no_quotation", "back", "next", "undo", "key")]),
        parts["facts"], parts["text"],
        row([parts["speaker"], parts["set_speaker"]]),
        row([parts["same_person"], parts["other_person"]]),
        row([parts["topics"], parts["set_topics"]]), row([parts["missed"], parts["add_missed"]]),
        parts["said"],
    ])
    box.add_class("correction-desk")
    return Desk(box, parts, state)


def _wire(desk: Desk) -> None:
    acts: dict[str, Callable[[], None]] = {
        "right": lambda: _answer(desk, "accept"),
        "no_quotation": lambda: _answer(desk, "reject"),
        "back": lambda: _move(desk, -1), "next": lambda: _move(desk, 1),
        "undo": lambda: _undo(desk),
        "set_speaker": lambda: _answer(desk, "speaker", speaker=_name(desk)),
        "same_person": lambda: _merge(desk), "other_person": lambda: _split(desk),
        "set_topics": lambda: _answer(desk, "topic", topics=tuple(
            item.strip() for item in desk.parts["topics"].value.split(";") if item.strip())),
        "add_missed": lambda: _missed(desk),
    }
    for name, act in acts.items():
        desk.parts[name].on_click(_careful(desk, act))
    keys = {letter: name.replace(" ", "_") for letter, name in KEYS.items()}

    def press(change: dict) -> None:
        letter = change["new"].strip().casefold()[-1:]
        if not letter:
            return
        desk.parts["key"].value = ""
        if keys.get(letter) == "speaker":
            desk.parts["speaker"].focus()
        elif letter in keys:
            _careful(desk, acts[keys[letter]])()
        else:
            _say(desk, "Keys: " + ", ".join(f"{key} {what}" for key, what in KEYS.items()) + ".")

    desk.parts["key"].observe(press, names="value")


def _careful(desk: Desk, act: Callable[[], None]) -> Callable[..., None]:
    """Show an InputError in the desk: a widget's callback has nowhere else to say it."""
    def run(*_ignored: object) -> None:
        try:
            act()
        except InputError as error:
            _say(desk, f"Not done: {error}")
    return run


def _current(desk: Desk) -> object:
    return desk.state["quotes"].loc[desk.state["order"][desk.state["at"]]]


def _about(row: object) -> dict[str, str]:
    return {"article": row["article_id"], "at": spans_text(row["spans"]), "words": row["content"]}


def _write(desk: Desk, correction: Correction) -> None:
    from dataclasses import replace

    add_corrections(desk.state["path"], [replace(correction, by=desk.state["by"])])


def _answer(desk: Desk, do: str, **what: object) -> None:
    row = _current(desk)
    _write(desk, Correction(do, **_about(row), **what))
    _say(desk, f"Written: {describe(do, what)}")
    if do in {"accept", "reject", "speaker"}:
        _move(desk, 1)
    else:
        _show(desk)


def _name(desk: Desk) -> str:
    return desk.parts["speaker"].value.strip()


def _known_speaker(desk: Desk) -> str:
    """Give the name the tables have for the current quotation's speaker, or refuse."""
    speakers = desk.state["tables"].speakers.set_index("speaker_id")["name"]
    who = _current(desk)["speaker_id"]
    if not isinstance(who, str) or who not in speakers.index:
        raise InputError("this quotation has no speaker. Use “Someone else said it”.")
    if not _name(desk):
        raise InputError("the speaker field is empty. Write a name there first.")
    name = speakers[who]
    # A name outlives a new extraction; the id is needed only where two share the name.
    return str(name) if (speakers == name).sum() == 1 else str(who)


def _merge(desk: Desk) -> None:
    who, name = _known_speaker(desk), _name(desk)
    known = desk.state["tables"].speakers["name"].eq(name).any()
    # A new name only renames; a known one makes one person of two.
    _write(desk, Correction("merge", people=(name, who) if known else (who,), speaker=name))
    _say(desk, f"Written: {who} is {name}, everywhere")
    _show(desk)


def _split(desk: Desk) -> None:
    who, row = _known_speaker(desk), _current(desk)
    _write(desk, Correction("split", people=(who,), speaker=_name(desk),
                            articles=(row["article_id"],)))
    _say(desk, f"Written: in this article {who} is {_name(desk)}")
    _show(desk)


def _missed(desk: Desk) -> None:
    words = desk.parts["missed"].value.strip()
    row = _current(desk)
    text = desk.state["tables"].rows("articles", "article_id", [row["article_id"]])["text"][0]
    at = text.find(words) if words else -1
    if at < 0:
        raise InputError("these words do not stand in this article. Copy them from the text.")
    spans = [(at, at + len(words))]
    _write(desk, Correction("add", article=row["article_id"], at=spans_text(spans), words=words,
                            speaker=_name(desk), kind=kind_of(spans, text)))
    desk.parts["missed"].value = ""
    _say(desk, "Written: a missed quotation")
    _show(desk)


def _undo(desk: Desk) -> None:
    corrections = load_corrections(desk.state["path"])
    if not corrections:
        raise InputError("there is nothing to undo.")
    last = corrections[-1]
    save_corrections(corrections[:-1], desk.state["path"])
    keys = {(row["article_id"], spans_text(row["spans"])): name
            for name, row in desk.state["quotes"].iterrows()}
    name = keys.get((last.article, last.at))
    if name in desk.state["order"]:
        desk.state["at"] = desk.state["order"].index(name)
    _say(desk, f"Undone: {describe(last.do, {'speaker': last.speaker, 'topics': last.topics})}")
    _show(desk)


def _move(desk: Desk, step: int) -> None:
    last = len(desk.state["order"]) - 1
    desk.state["at"] = min(max(desk.state["at"] + step, 0), last)
    _show(desk)


def _say(desk: Desk, text: str) -> None:
    from html import escape

    desk.parts["said"].value = f'<p role="status">{escape(text)}</p>'


def _answers(state: dict, quote_id: str) -> list[Correction]:
    row = state["quotes"].loc[quote_id]
    here = (row["article_id"], spans_text(row["spans"]))
    return [item for item in load_corrections(state["path"]) if (item.article, item.at) == here]


def _progress(state: dict) -> str:
    corrections = load_corrections(state["path"])
    answered = {(item.article, item.at) for item in corrections}
    rows = state["quotes"].loc[state["order"]]
    done = sum((article, spans_text(spans)) in answered
               for article, spans in zip(rows["article_id"], rows["spans"], strict=True))
    made = "1 correction" if len(corrections) == 1 else f"{len(corrections):,} corrections"
    return (f"{done:,} of {len(rows):,} quotations answered, {made} in {state['path'].name}")


def _show(desk: Desk) -> None:
    state, parts = desk.state, desk.parts
    row = _current(desk)
    parts["progress"].value = (f"<b>Quotation {state['at'] + 1:,} of {len(state['order']):,}</b> – "
                               f"{_progress(state)}")
    parts["text"].value = in_context(state["tables"], row)
    given = "; ".join(describe(item.do, {"speaker": item.speaker, "topics": item.topics})
                      for item in _answers(state, row["quote_id"]))
    speakers = state["tables"].speakers.set_index("speaker_id")["name"]
    who = speakers.get(row["speaker_id"]) if isinstance(row["speaker_id"], str) else None
    from html import escape

    parts["facts"].value = (f"Speaker: <b>{escape(str(who or 'not known'))}</b>"
                            + (f" · in the file: {escape(given)}" if given else ""))
    parts["speaker"].value = str(who or "")
