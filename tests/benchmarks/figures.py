"""Measure the accuracy figures that every report shows until a user checks a sample of his own.

Usage: python -m tests.benchmarks.figures [--polnear WEIGHTS] [--write]

Prints the figures of each gold set; with --write they go to analysis/quotations/model/figures.json.
Sets whose texts are not on this machine (../shared/corpora) keep the figures written before. The
weights we ship were fitted on PolNeAR train and dev; its dev figures come from WEIGHTS fitted on
train alone (`python -m analysis.quotations.training`).
"""

import argparse
import json
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

import pandas as pd

from analysis.accuracy import Accuracy, score_tables
from analysis.quotations import extract
from analysis.workbook import Settings, build_tables

ROOT = Path(__file__).parents[2]
CORPORA = ROOT.parent / "shared" / "corpora"
OUTLETS = {f"{name} (fictional)": ROOT / "tests" / "gold" / "outlets" / folder for name, folder in (
    ("18 other outlets", "first"), ("14 more outlets", "second"),
    ("16 odder pages of other outlets", "third"), ("14 plainer pages of other outlets", "fourth"),
    ("16 more such", "fifth"), ("14 others, still blind", "sixth"))}
FIGURES = ROOT / "analysis" / "quotations" / "model" / "figures.json"
SHOWN = {
    "content_partial": "quotations found (half of the characters shared), F1",
    "content_exact": "quotations found word for word, F1",
    "content_source": "quotations found with their source, F1",
}


def gum_texts(folder: Path) -> Path:
    command = [sys.executable, str(ROOT / "tests" / "gold" / "gum_text.py"),
               str(CORPORA / "gum-news" / "xml"), str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return folder


def measure(name: str, texts: Path, gold: Path, topics: str = "") -> dict[str, str]:
    tables = build_tables([texts], settings=Settings(topics=topics or str(
        ROOT / "data" / "demo" / "topics.csv")))
    return lines(name, score_tables(tables, gold))


def lines(name: str, accuracy: Accuracy) -> dict[str, str]:
    overall = accuracy.overall.set_index("measure")
    found = {f"{name}: {text}": _f1(overall.loc[key]) for key, text in SHOWN.items()
             if key in overall.index}
    kinds = accuracy.by_kind.query("measure == 'content_partial'").set_index("kind")
    found |= {f"{name}: {kind} quotations found, recall": f"{kinds['recall'][kind]:.1%}"
              for kind in ("direct", "mixed", "indirect") if kind in kinds.index}
    speakers = accuracy.speakers
    if len(speakers):
        right = speakers.iloc[0]
        found[f"{name}: right speaker, of quotations found"] = (
            f"{right['share']:.1%} ({right['low']:.1%} to {right['high']:.1%})")
    return found


def measure_speakers(dev: Path) -> dict[str, str]:
    """The right speaker on the 25 articles of dev that we annotated."""
    gold = ROOT / "tests" / "gold" / "speakers.jsonl"
    found = measure("PolNeAR dev, 25 articles", dev / "text", gold)
    return {name: text for name, text in found.items() if "speaker" in name}


def _f1(row: pd.Series) -> str:
    return f"{row['f1']:.1%} ({row['low']:.1%} to {row['high']:.1%})"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--polnear", metavar="WEIGHTS", help="folder of weights without dev")
    given = parser.parse_args()
    figures = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.is_file() else {}
    figures |= measure("demo (fictional)", ROOT / "data" / "demo" / "articles",
                       ROOT / "data" / "demo" / "gold.jsonl")
    for name, folder in OUTLETS.items():
        figures |= measure(name, folder / "text", folder / "gold.jsonl")
    if CORPORA.is_dir():
        with tempfile.TemporaryDirectory() as folder:
            figures |= measure("Wikinews", gum_texts(Path(folder)),
                               ROOT / "tests" / "gold" / "gum.jsonl")
        if given.polnear:
            extract.load_tagger = partial(extract.load_tagger, given.polnear)
            dev = CORPORA / "polnear" / "dev"
            figures |= measure("PolNeAR dev", dev / "text", dev)
            figures |= measure_speakers(dev)
    print(json.dumps(figures, indent=1, ensure_ascii=False))
    if given.write:
        FIGURES.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n",
                           encoding="utf-8")


if __name__ == "__main__":
    main()
