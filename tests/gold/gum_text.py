"""The plain text of a GUM news article, to which the offsets of gum.jsonl point.

    rebuild("…/gum-news/xml/GUM_news_clock.xml")

    python tests/gold/gum_text.py CORPUS/xml FOLDER      writes one .txt for each article

The rules of spacing are those of tests/benchmarks/gum.py, which this file reuses.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))

from gum import _rebuild, _tokens  # noqa: E402


def rebuild(xml_path: str | Path) -> str:
    return _rebuild(_tokens(Path(xml_path)))[0]


def write_texts(corpus: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(corpus.glob("*.xml")):
        (folder / f"{path.stem}.txt").write_text(rebuild(path), encoding="utf-8", newline="")


if __name__ == "__main__":
    write_texts(Path(sys.argv[1]), Path(sys.argv[2]))
