"""What a report must say of itself: what was left out, how often the tools err, what made it."""

import json
from collections.abc import Mapping, Sequence
from html import escape
from importlib.resources import files

import pandas as pd

from analysis.errors import some
from analysis.reading.rich import Rich, sentence, show_table, stack
from analysis.tables import Tables

_MOST_FILES = 40


def limits(
    tables: Tables, *, error: pd.DataFrame | None = None, counted: pd.DataFrame | None = None
) -> Rich:
    """Show exclusions with counts, known error rates, and versions.

    Parameters
    ----------
    tables
        The corpus; `run` says how it was made.
    error
        From `measure_error`, where a sample of this corpus was checked.
    counted
        The quotations a report counts, where it selects some of the corpus.

    Returns
    -------
    Rich
        Counts of articles read, used and rejected (with reasons), copies, quotations without
        a known speaker, the error measured on this corpus (or that it was not checked), the
        accuracy on our gold sets, and the versions used.
    """
    return stack([
        *_selected(tables, counted), _counts(tables), _rejected(tables.rejected),
        *_corrections(tables.run.get("corrections", [])), _accuracy(_checked(error)),
        _versions(tables.run), _inputs(tables.run.get("files", [])),
    ])


def _selected(tables: Tables, counted: pd.DataFrame | None) -> list[Rich]:
    """Say what a report counts, where that is not the whole corpus."""
    whole = len(tables.columns("quotes", ["quote_id"]))
    if counted is None or len(counted) == whole:
        return []
    articles = counted["article_id"].nunique()
    return [sentence(
        f"This report counts {len(counted):,} of the corpus's {whole:,} quotations, those that its "
        f"parameters select, from {some(articles, 'article')}. "
        f"{_unknown(counted)}"
    )]


def _counts(tables: Tables) -> Rich:
    articles = tables.columns("articles", ["copy_of"])
    used, rejected = len(articles), len(tables.rejected)
    text = (
        f"The whole corpus: {used + rejected} articles were read, {used} used and {rejected} "
        f"rejected. {int(articles['copy_of'].notna().sum())} of those used are copies of another "
        f"article. {_unknown(tables.columns('quotes', ['source', 'speaker_id']))}"
    )
    return sentence(text)


def _unknown(quotes: pd.DataFrame) -> str:
    nobody = int(quotes["source"].isna().sum())
    unresolved = int((quotes["speaker_id"].isna() & quotes["source"].notna()).sum())
    return (f"Of {len(quotes):,} quotations, {nobody:,} name no source and {unresolved:,} name one "
            "whose identity the text does not settle; both are counted, never dropped.")


def _rejected(rejected: pd.DataFrame) -> Rich:
    named = rejected.assign(source_file=rejected["source_file"].map(_file_name))
    counts = named.groupby(["reason", "source_file"], as_index=False, dropna=False).size()
    return show_table(
        counts.set_axis(["Reason", "File", "Records"], axis=1), caption="Rejected",
        empty="No article was rejected.",
    )


def _corrections(fates: Sequence[Mapping[str, object]]) -> list[Rich]:
    """Say how many of the user's corrections were replayed, and which deserve a look."""
    if not fates:
        return []
    lost = [item for item in fates if item["status"] == "does not fit"]
    told = [item for item in fates if item["status"] == "applied" and item["detail"]]
    rows = pd.DataFrame([[item[name] for name in ("do", "article", "words", "status", "detail")]
                         for item in lost + told],
                        columns=["Correction", "Article", "Words", "What became of it", "Detail"])
    shown = show_table(rows, caption="Corrections that do not fit, or deserve a look",
                       empty="Every correction found its place.")
    return [sentence(f"{len(fates)} corrections were replayed, {len(lost)} do not fit."), shown]


def _file_name(path: object) -> str:
    """Give a file's name without its folders: a shared report should not tell whose computer."""
    return "–" if path is None or pd.isna(path) else str(path).replace("\\", "/").split("/")[-1]


def _checked(error: pd.DataFrame | None) -> str:
    """Say what a checked sample measured of all groups together; "" where nothing was checked."""
    if error is None:
        return ""
    whole = error[(error["group"] == "all") & (error["n"] > 0)]
    found = [f"{row.measure} {100 * row.value:.0f} % ({100 * row.low:.0f}–{100 * row.high:.0f}, "
             f"{row.n} quotations)" for row in whole.itertuples()]
    return (f"A sample of this corpus was checked: {', '.join(found)}; by group above. The figures "
            "from our own gold sets are for comparison.") if found else ""


def _accuracy(checked: str) -> Rich:
    """Say how often the tools err on this corpus, if that was checked, and on our gold sets."""
    card = files("analysis.quotations") / "model" / "figures.json"
    figures: Mapping[str, str] = (
        json.loads(card.read_text(encoding="utf-8")) if card.is_file() else {}
    )
    rows = pd.DataFrame(list(figures.items()), columns=["Measured", "Figure"])
    warning = checked or (
        "Not checked on your corpus in this report: 06_check_a_sample tells how often the tools "
        "err in a sample that you check. These figures from our own gold sets are the best guess."
    )
    shown = show_table(rows, caption="Accuracy on gold sets", empty="No figures were measured.")
    return Rich(f"<p><strong>{escape(warning)}</strong></p>{shown.html}", warning + shown.text)


def _versions(run: Mapping[str, object]) -> Rich:
    rows = {
        "Tables made": run.get("made", "–"),
        "Model (SHA-256)": str(run.get("model_sha256", "–"))[:16],
        **run.get("versions", {}),
    }
    frame = pd.DataFrame([(key, str(value)) for key, value in rows.items()],
                         columns=["What", "Value"])
    return show_table(frame, caption="Tables made with")


def _inputs(files_read: Sequence[Mapping[str, object]]) -> Rich:
    """List the input files with their hashes and counts; many files are cut."""
    rows = [
        (_file_name(item.get("source_file")), str(item.get("sha256"))[:16],
         *(item.get(name) for name in ("read", "used", "rejected")))
        for item in files_read[:_MOST_FILES]
    ]
    frame = pd.DataFrame(rows, columns=["File", "SHA-256 begins", "Read", "Used", "Rejected"])
    number = f"{len(files_read):,}" + (f", the first {_MOST_FILES} shown; all in run.json"
                                      if len(files_read) > _MOST_FILES else "")
    shown = show_table(frame, caption=f"Input files ({number})",
                       empty="Where the input came from is not recorded.")
    return Rich(f"<details><summary>Input files and their hashes</summary>{shown.html}</details>",
                shown.text)
