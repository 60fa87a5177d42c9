"""Does anything break? Real articles and generated hostile texts, with the invariants checked.

Run: python -m tests.benchmarks.nothing_breaks [--texts 2000]

Prints how many articles went through; an article that is rejected or breaks an invariant ends it.
"""

import argparse
import sys
from pathlib import Path

import pandas as pd
from hypothesis import HealthCheck, Phase, given, settings

sys.path.insert(0, str(Path(__file__).parents[1]))

from invariants import NASTY, TEXTS, articles_of, check_invariants

from analysis.articles import load_articles, mark_skipped
from analysis.quotations import extract_quotations

ROOT = Path(__file__).parents[2]
TRAIN = ROOT.parent / "shared" / "corpora" / "polnear" / "train" / "text"
AT_ONCE = 40


def go_through(articles: pd.DataFrame) -> int:
    found = extract_quotations(articles)
    check_invariants(articles, found)
    assert found.rejected.empty, found.rejected[["article_id", "detail"]].to_string()
    return len(found.quotes)


def real(name: str, folder: Path) -> None:
    if not folder.is_dir():
        print(f"{name}: not on this machine, skipped")
        return
    articles = mark_skipped(load_articles([folder], language=None).articles)
    quotes = sum(go_through(articles.iloc[at:at + AT_ONCE].reset_index(drop=True))
                 for at in range(0, len(articles), AT_ONCE))
    print(f"{name}: {len(articles)} articles, {quotes} quotations, nothing broke")


def generated(n: int) -> None:
    texts: list[str] = []

    @given(TEXTS)
    @settings(max_examples=n, deadline=None, database=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))
    def collect(text: str) -> None:
        texts.append(text)

    collect()
    texts += [*NASTY.values(), "x" * 4_980_000 + " “Yes,” he said." * 1_000]
    quotes = sum(go_through(articles_of(texts[at:at + AT_ONCE]))
                 for at in range(0, len(texts), AT_ONCE))
    print(f"hostile: {len(texts)} texts, {quotes} quotations, nothing broke")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--texts", type=int, default=2000)
    given_ = parser.parse_args()
    generated(given_.texts)
    real("demo", ROOT / "data" / "demo" / "articles")
    real("PolNeAR train", TRAIN)


if __name__ == "__main__":
    main()
