"""A corpus in pieces gives the tables that all of it at once gives."""

import pandas as pd
import pytest

from analysis.scale import extract_corpus
from analysis.tables import TABLES
from analysis.workbook import Settings, build_tables, load_tables

PEOPLE = ("Mayor Ann Lee", "Dr. Omar Reyes", "Judge Ivy Stone", "Ann Lee", "Reyes")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    rows = []
    for at in range(24):
        who = PEOPLE[at % len(PEOPLE)]
        rows.append({
            "id": f"a{at}", "outlet": f"Outlet {at % 3}", "title": f"Day {at}",
            "date": f"2026-03-{at + 1:02}",
            "text": f"{who} said on day {at} that the new toll would cost {at} crowns a year. "
                    f"“We shall never close the old hospital in Port Elder,” {who} told reporters. "
                    f"A spokesman for Gull Steel said it had no part in number {at % 4}.\n"})
    pd.DataFrame(rows).to_csv(folder / "articles.csv", index=False)
    (folder / "topics.csv").write_text("topic,keywords\nHealth,hospital\nTraffic,toll; road\n")
    (folder / "aliases.csv").write_text("alias,name\nGull Steel,The Gull Company\n")
    return folder


@pytest.mark.model
@pytest.mark.parametrize("topics", ["", "topics.csv"])
def test_pieces_give_the_tables_that_all_at_once_gives(corpus, tmp_path, topics):
    settings = Settings(topics=str(corpus / topics) if topics else "",
                        aliases=str(corpus / "aliases.csv"))
    whole = build_tables([corpus / "articles.csv"], settings=settings)
    extract_corpus([corpus / "articles.csv"], out=tmp_path, settings=settings, piece_size=4)
    pieces = load_tables(tmp_path)
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(pieces, name), getattr(whole, name))
    assert len(whole.quotes) > 48
    assert whole.quotes["quote_family"].notna().any()
    assert topics == "" or len(whole.quote_topics) > 20
