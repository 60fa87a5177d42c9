"""What a run lost and found, in lines for the terminal."""

from collections.abc import Mapping

import pandas as pd

from analysis.tables import Tables

_FILES = 3
_REASONS = 8


def count_rejected(rejected: pd.DataFrame) -> list[dict[str, object]]:
    """Give, per reason, how many records were rejected, where the first stood, and its detail."""
    return [
        {"reason": reason, "n": len(rows), "detail": rows["detail"].iloc[0],
         "files": rows["source_file"].drop_duplicates().head(_FILES).tolist(),
         "n_files": int(rows["source_file"].nunique())}
        for reason, rows in rejected.groupby("reason", sort=False)
    ]


def count_rows(tables: Tables) -> dict[str, int]:
    """Give the rows of each table and, as `quoted`, how many speakers are quoted."""
    rows = {name: len(frame) for name, frame in tables.frames().items()}
    return {**rows, "quoted": count_quoted(tables.speakers)}


def count_quoted(speakers: pd.DataFrame) -> int:
    """Give how many speakers are quoted; the table also holds those who are only mentioned."""
    return int((speakers["n_quotes"] > 0).sum())


def summary_line(run: Mapping[str, object]) -> str:
    """Say in one line what a run read, used, rejected and found."""
    counts = run["counts"]
    return (
        f"read {counts['read']}, used {counts['used']}, rejected {counts['rejected']} articles: "
        f"{counts['quotes']} quotations, {counts['quoted']} speakers"
    )


def loss_lines(run: Mapping[str, object], *, most: int = 10) -> list[str]:
    """Say in one line each why records were rejected, and which files lack fields or have a note.

    A last line says how many of the user's corrections do not fit, if any.
    """
    lines = []
    for item in run.get("files", []):
        missing, note = item.get("missing_fields"), item.get("note")
        if item.get("rejected") or missing or note:
            declared = f" of {item['declared']} declared" if item.get("declared") else ""
            facts = [f"read {item['read']}{declared}, used {item['used']}, "
                     f"rejected {item['rejected']}"]
            facts += [f"missing {missing}"] if missing else []
            facts += [str(note)] if note else []
            lines.append(f"  {item['source_file']}: {'; '.join(facts)}")
    more = len(lines) - most
    rest = [f"  … and {more} more files, in run.json"] if more > 0 else []
    return _reasons(run) + lines[:most] + rest + _lost_corrections(run)


def _reasons(run: Mapping[str, object]) -> list[str]:
    found = sorted(run.get("rejected", []), key=lambda item: -item["n"])
    lines = [f"  rejected {item['n']} ({item['reason']}; {_names(item)}): {item['detail']}"
             for item in found[:_REASONS]]
    more = len(found) - _REASONS
    return lines + ([f"  … and {more} more reasons, in run.json"] if more > 0 else [])


def _names(item: Mapping[str, object]) -> str:
    """Name the files by their last part, as the lines below give their folders."""
    names = ", ".join(str(name).replace("\\", "/").rsplit("/", 1)[-1] for name in item["files"])
    more = item["n_files"] - len(item["files"])
    return f"{names}, … ({more} more)" if more > 0 else names


def _lost_corrections(run: Mapping[str, object]) -> list[str]:
    fates = run.get("corrections", [])
    lost = [fate for fate in fates if fate["status"] == "does not fit"]
    if not lost:
        return []
    first = lost[0]
    return [f"  corrections: {len(lost)} of {len(fates)} do not fit, the first "
            f"no. {first['no']} ({first['do']}): {first['detail']}; all in run.json"]
