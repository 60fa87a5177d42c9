"""Accuracy as text, for the command line and for a report's Limits."""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from analysis.accuracy.gold import Gold
from analysis.accuracy.score import Accuracy, score_tables
from analysis.tables import Tables, read_table

MEASURES = {
    "content_exact": "content, exact",
    "content_partial": "content, half or more shared",
    "content_char": "content, characters",
    "content_source": "content with its source",
    "quote_speaker": "content with its speaker",
    "cue_exact": "cue, exact",
    "cue_partial": "cue, half or more shared",
    "source_exact": "source, exact",
    "source_partial": "source, half or more shared",
}

_HEADLINES = {
    "content_partial": "found", "content_source": "found with their source",
    "quote_speaker": "found with their speaker",
}
_HEADINGS = {
    "f1": "F1 %", "precision": "Precision %", "recall": "Recall %", "share": "Right %",
    "n_gold": "Annotated", "n_found": "Found", "n_right": "Right", "n": "Cases",
    "n_articles": "Articles",
}


def accuracy_table(
    tables: Tables | str | Path, gold: str | Path | Gold,
    *, n_bootstrap: int = 1000, random_seed: int = 0,
) -> str:
    """Score tables against gold and give the figures as lines of text.

    Parameters
    ----------
    tables
        The tables, or the folder they lie in.
    gold
        See `score_tables`.
    n_bootstrap
        How often to draw the articles anew for the intervals.
    random_seed
        Seed of the draws.

    Returns
    -------
    str
        Percentages; the interval is that of the last rate of its line.

    Raises
    ------
    InputError
        If tables or gold cannot be read, or do not belong together.
    """
    tables = tables if isinstance(tables, Tables) else _read(Path(tables))
    accuracy = score_tables(tables, gold, n_bootstrap=n_bootstrap, random_seed=random_seed)
    return describe_accuracy(accuracy)


def _read(folder: Path) -> Tables:
    names = ("articles", "quotes", "speakers", "quote_topics")
    return Tables(**{name: read_table(folder / f"{name}.parquet", name) for name in names})


def describe_accuracy(accuracy: Accuracy) -> str:
    """Give an accuracy as lines of text, percentages with 95 % intervals by article."""
    parts = [
        _counts(accuracy), _rates("All quotations", accuracy.overall),
        *(_rates(f"{kind.capitalize()} quotations", rows.drop(columns="kind"))
          for kind, rows in accuracy.by_kind.groupby("kind", sort=False)),
        _recalls("Statements (a verb of speech), recall", accuracy.statements),
        _outlets(accuracy.by_outlet),
        _speakers(accuracy.speakers),
        _shares("Labels of quotations found", accuracy.labels["label"], accuracy.labels,
                share="share", n="n"),
        _rates("Topics of quotations found", accuracy.topics.rename(columns={"topic": "measure"})),
    ]
    return "\n\n".join(part for part in parts if part)


def _counts(accuracy: Accuracy) -> str:
    shown = accuracy.coverage[accuracy.coverage["n"] > 0]
    lines = [f"{count:>7,}  {what}" for what, count in zip(shown["what"], shown["n"], strict=True)]
    return "\n".join([f"Gold: {accuracy.gold}", *lines])


def _rates(title: str, rows: pd.DataFrame) -> str:
    rows = rows[(rows["n_gold"] > 0) | (rows["n_found"] > 0)]
    if rows.empty:
        return ""
    head = f"{title:<34}{'precision':>10}{'recall':>8}{'F1':>7}   95 % of F1 "
    head += f"{'gold':>9}{'found':>8}"
    names = ("measure", "precision", "recall", "f1", "low", "high", "n_gold", "n_found")
    return "\n".join([head, *(
        f"  {MEASURES.get(name, name):<32}{_percent(precision):>10}{_percent(recall):>8}"
        f"{_percent(f1):>7}  {_interval(low, high):>12} {n_gold:>9,}{n_found:>8,}"
        for name, precision, recall, f1, low, high, n_gold, n_found
        in zip(*(rows[column] for column in names), strict=True)
    )])


def _recalls(title: str, rows: pd.DataFrame) -> str:
    wanted = rows["measure"].isin(["content_exact", "content_partial", "content_source"])
    rows = rows[wanted & (rows["n_gold"] > 0)]
    labels = [f"{kind}: {MEASURES[measure]}"
              for kind, measure in zip(rows["kind"], rows["measure"], strict=True)]
    return _shares(title, labels, rows, share="recall", n="n_gold")


def _speakers(rows: pd.DataFrame) -> str:
    return _shares("Speakers of quotations found", rows["group"], rows, share="share", n="n")


def _shares(
    title: str, labels: Iterable[str], rows: pd.DataFrame, *, share: str, n: str
) -> str:
    if rows.empty:
        return ""
    head = f"{title:<43}{'right %':>8}   95 % interval{'n':>8}"
    columns = (rows[share], rows["low"], rows["high"], rows[n])
    return "\n".join([head, *(
        f"  {label:<41}{_percent(value):>8}  {_interval(low, high):>13} {size:>8,}"
        for label, value, low, high, size in zip(labels, *columns, strict=True)
    )])


def _outlets(rows: pd.DataFrame) -> str:
    if rows["outlet"].nunique() < 2:
        return ""
    chosen = rows[rows["measure"] == "content_source"]
    names = [f"{outlet} ({n})" for outlet, n
             in zip(chosen["outlet"], chosen["n_articles"], strict=True)]
    return _rates("By outlet (articles)", chosen.assign(measure=names))


def readable_rates(rates: pd.DataFrame) -> pd.DataFrame:
    """Give a frame of rates with headings and percentages to be read.

    Parameters
    ----------
    rates
        A frame of `score_tables`: rates, their interval, and what they count.

    Returns
    -------
    DataFrame
        The same rows; `low` and `high` as one column, rates in per cent. Rows of which the
        gold holds nothing are left out.
    """
    size = "n_gold" if "n_gold" in rates else "n"
    shown = rates[rates[size] > 0].reset_index(drop=True)
    columns: dict[str, object] = {}
    for name in shown:
        if name == "low":
            pairs = zip(shown["low"], shown["high"], strict=True)
            columns["95 % interval"] = [_interval(low, high) for low, high in pairs]
        elif name in {"precision", "recall", "f1", "share"}:
            columns[_HEADINGS[name]] = [_percent(value) for value in shown[name]]
        elif name == "measure":
            columns["Measure"] = [MEASURES.get(value, value) for value in shown[name]]
        elif name != "high":
            columns[_HEADINGS.get(name, name.capitalize())] = shown[name]
    return pd.DataFrame(columns)


def headline(accuracy: Accuracy) -> str:
    """Give the accuracy in one sentence: F1 of quotations with source, and of speakers."""
    rates = accuracy.overall.set_index("measure")
    parts = [f"{words}: F1 {_percent(rates['f1'][name])} % "
             f"({_interval(rates['low'][name], rates['high'][name])})"
             for name, words in _HEADLINES.items() if name in rates.index]
    n_gold = int(rates["n_gold"]["content_partial"])
    return f"Of {n_gold:,} annotated quotations – " + "; ".join(parts)


def _percent(value: float) -> str:
    return "–" if pd.isna(value) else f"{100 * value:.1f}"


def _interval(low: float, high: float) -> str:
    return "–" if pd.isna(low) else f"{100 * low:.1f} to {100 * high:.1f}"
