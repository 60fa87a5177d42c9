import csv
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from measures.frames import voices_of
from PIL import Image

from analysis.charts import (
    Chart,
    plot_comparison,
    plot_corrected,
    plot_diversity,
    plot_naming,
    plot_parts,
    plot_positions,
    plot_roles,
    plot_shares,
    plot_stances,
    plot_trend,
)
from analysis.charts.fonts import drawable
from analysis.measures import (
    compare_outlets,
    count_diversity,
    count_groups,
    count_naming,
    count_over_time,
    count_positions,
    count_roles,
    count_speakers,
    count_stances,
)

ROWS = [(f"{outlet}{n}", who, 4) for n in range(7) for outlet, who in
        (("a", "ann"), ("a", "ann"), ("a", "bob"), ("b", "bob"), ("b", "cid"), ("b", None))]
DATES = {f"{outlet}{n}": f"2026-03-{2 + 4 * n:02d}" for n in range(7) for outlet in "ab"}


@pytest.fixture(scope="module")
def voices():
    return voices_of(ROWS, dates=DATES)


def many(n, name="Speaker {}"):
    """A counted table with n speakers."""
    share = np.arange(n, 0, -1) / np.arange(n, 0, -1).sum()
    return pd.DataFrame({
        "within": "all", "group": [name.format(k) for k in range(n)], "n": range(n, 0, -1),
        "n_of": n * (n + 1) // 2, "value": share, "low": share * 0.8, "high": share * 1.2,
        "n_articles": 10, "n_articles_of": 50, "note": "", "unit": "quotations", "by": "speaker",
        "within_by": "",
    })


def draw_all(voices):
    both = compare_outlets(voices, "speaker", first="A", second="B", n_bootstrap=50)
    error = many(2).assign(corrected=[0.5, 0.5], corrected_low=0.4, corrected_high=0.6)
    how = {"n_bootstrap": 50}
    return {
        "speakers": plot_shares(count_speakers(voices, **how)),
        "roles": plot_roles(count_roles(voices, **how)),
        "naming": plot_naming(count_naming(voices, unit="articles", **how)),
        "stances": plot_stances(count_stances(voices, **how)),
        "positions": plot_positions(count_positions(voices, **how)),
        "parts": plot_parts(count_groups(voices, "speaker", within="outlet", **how)),
        "trend": plot_trend(count_over_time(voices, "speaker", **how)),
        "counts": plot_trend(count_over_time(voices, "speaker", **how), draw="n"),
        "comparison": plot_comparison(both),
        "diversity": plot_diversity(count_diversity(voices, within="outlet", **how)),
        "corrected": plot_corrected(error),
    }


def texts_of(chart):
    from matplotlib.text import Text

    return [item.get_text() for item in chart.figure.findobj(Text)]


def test_every_chart_says_measure_and_n_and_has_alt_and_table(voices, tmp_path):
    for name, chart in draw_all(voices).items():
        assert isinstance(chart, Chart)
        assert 60 <= len(chart.alt) <= 300, name
        assert "n = " in " ".join(texts_of(chart)), name
        assert len(chart.table), name
        path = chart.save(tmp_path, name)
        with Image.open(path) as picture:
            assert picture.text["Description"] == chart.alt
            assert picture.width > 800
            assert picture.height < 6 * picture.width
        with path.with_suffix(".csv").open(encoding="utf-8-sig") as lines:
            assert len(list(csv.reader(lines))) == len(chart.table) + 1


def test_the_notebook_gets_the_alt_text():
    chart = plot_shares(many(2))
    chart = replace(chart, alt='Leads: "A" & <b>')
    data = chart._repr_mimebundle_()
    assert data["text/plain"] == chart.alt
    assert ' alt="Leads: &quot;A&quot; &amp; &lt;b&gt;" src="data:image/png;base64,' in (
        data["text/html"])


def test_a_chart_is_drawn_once_and_anew_when_its_figure_changes(monkeypatch):
    chart = plot_shares(many(2))
    first = chart.png()
    monkeypatch.setattr(chart.figure, "savefig", lambda *_args, **_kw: pytest.fail("drawn twice"))
    assert chart.png() is first
    monkeypatch.undo()
    chart.figure.axes[0].set_xlabel("something else")
    assert chart.png() != first


def test_charts_of_nothing_say_so(voices):
    for chart in [
        plot_shares(count_speakers(voices.head(0))), plot_parts(count_stances(voices.head(0))),
        plot_trend(count_over_time(voices.head(0))),
        plot_diversity(count_diversity(voices.head(0))),
    ]:
        assert "othing" in chart.alt or "Fewer" in chart.alt or "Too few" in chart.alt


def test_small_n_is_written_and_not_drawn(voices):
    chart = plot_shares(count_speakers(voices.head(4)))
    assert chart.alt.startswith(
        "Too few to draw shares: n = 4 quotations in 2 articles; a share needs 10 quotations in "
        "5 articles (copies of one text count as one)")
    assert not chart.figure.axes[0].patches


def test_200_speakers_are_cut_and_the_rest_is_told():
    chart = plot_shares(many(200), top_n=20)
    assert len(chart.figure.axes[0].patches) == 20
    assert any("not drawn: 180 smaller, together 81 %" in text for text in texts_of(chart))
    assert len(chart.table) == 200


def test_one_speaker_is_one_bar():
    chart = plot_shares(many(1))
    assert "1 bar:" in chart.alt
    assert len(chart.png()) > 1000


@pytest.mark.parametrize("name", [
    "Володимир Зеленський {}", "محمد بن سلمان {}", "בנימין נתניהו {}", "习近平 {}", "नरेन्द्र मोदी {}",
    "ประยุทธ์ {}", "Her Excellency " * 12 + "{}", "$x_1^2$ \\alpha {} & <b>", "😀 {}", "=1+1 {}",
], ids=["Cyrillic", "Arabic", "Hebrew", "Chinese", "Devanagari", "Thai", "long", "signs", "emoji",
        "formula"])
def test_any_name_draws_without_a_warning(name, tmp_path):
    chart = plot_shares(many(3, name))
    text = chart.save(tmp_path, "names").with_suffix(".csv").read_text(encoding="utf-8-sig")
    assert name.format(0)[:20] in text
    assert ",=1" not in text


def test_letters_that_no_font_has_are_left_out():
    assert drawable("Ann Vale", otherwise="?") == "Ann Vale"
    assert drawable("\U000e0001 Ann", otherwise="?") == "… Ann"
    assert drawable("\U000e0001\U000e0002", otherwise="(row 1)") == "(row 1)"


def test_a_gap_breaks_the_line():
    dates = {**DATES, **{f"{outlet}6": "2026-05-20" for outlet in "ab"}}
    table = count_over_time(voices_of(ROWS, dates=dates), "speaker", n_bootstrap=50)
    chart = plot_trend(table, draw="n")
    line = chart.figure.axes[0].lines[0].get_ydata()
    assert np.isnan(line).any()
    assert "shown as gaps" in chart.alt


def test_parts_are_told_by_pattern_as_well_as_colour(voices):
    chart = plot_parts(count_groups(voices, "speaker", within="outlet", n_bootstrap=50))
    looks = {(patch.get_facecolor(), patch.get_hatch()) for patch in chart.figure.axes[0].patches}
    assert len({look[1] for look in looks}) == len({look[0] for look in looks})


def rows_of_size(sizes, *, articles=7):
    """A table of two parts inside each of some speakers."""
    return pd.concat([many(2, "part {}").assign(
        within=f"Speaker {size}", n=[size - 1, 1], n_of=size, value=[1 - 1 / size, 1 / size],
        n_articles_of=articles, by="stance", within_by="whose",
        note="too few to say" if size < 10 or articles < 5 else "") for size in sizes])


def test_the_largest_rows_are_drawn_and_the_rest_is_told_and_in_the_table():
    chart = plot_parts(rows_of_size([12, 40, 11, 30]), top_n=2)
    texts = [text.replace("\n", " ").strip() for text in texts_of(chart)]
    assert [text for text in texts if text.startswith("Speaker ")] == ["Speaker 40", "Speaker 30"]
    assert any("not drawn: 2 more, the largest with n = 12" in text for text in texts)
    assert chart.table["within"].drop_duplicates().tolist() == [
        f"Speaker {size}" for size in (40, 30, 12, 11)]


def test_periods_keep_their_order():
    table = rows_of_size([12, 40]).assign(within_by="week")
    assert plot_parts(table).table["within"].iloc[0] == "Speaker 12"


def test_a_row_without_a_bar_says_what_it_has_too_few_of():
    table = pd.concat([rows_of_size([20]), rows_of_size([9]), rows_of_size([16], articles=3)])
    texts = texts_of(plot_parts(table))
    assert any(text.startswith("too few quotations: ") for text in texts)
    assert any(text.startswith("too few articles (3): ") for text in texts)
    alone = plot_parts(rows_of_size([16], articles=3))
    assert "1 speaker; each needs 10 quotations in 5 articles" in alone.alt


def test_a_stacked_bar_has_the_interval_of_its_first_part():
    table = rows_of_size([20])
    line, = plot_parts(table).figure.axes[0].lines
    assert list(line.get_xdata()) == [table["low"].iloc[0], table["high"].iloc[0]]


@pytest.mark.parametrize("top", [0.02, 0.03, 0.05, 0.3])
def test_ticks_say_where_they_stand(top):
    chart = plot_shares(many(1).assign(value=top, low=0.01, high=top))
    chart.png()
    axis = chart.figure.axes[0].xaxis
    read = [float(label.get_text().removesuffix(" %")) for label in axis.get_ticklabels()]
    assert read == pytest.approx([100 * place for place in axis.get_ticklocs()])


def test_what_is_not_known_is_hatched_everywhere():
    from analysis.charts import bars
    from analysis.measures.labels import NOT_KNOWN

    assert {*bars.NOT_KNOWN} == NOT_KNOWN
    chart = plot_shares(many(2).assign(group=["no topic", "Tunnel"], by="topic"))
    assert [bar.get_hatch() for bar in chart.figure.axes[0].patches] == ["////", ""]


def test_charts_say_how_much_a_share_needs_as_it_is_counted():
    from analysis.charts import words
    from analysis.measures import groups

    assert (words.MIN_UNITS, words.MIN_ARTICLES) == (groups.MIN_UNITS, groups.MIN_ARTICLES)


def test_differences_tell_chance_by_marker(voices):
    table = compare_outlets(voices, "speaker", first="A", second="B", n_bootstrap=50)
    chart = plot_comparison(table)
    markers = {line.get_marker() for line in chart.figure.axes[0].lines}
    assert {"D", "o"} & markers
    assert "A and B" in chart.alt


def test_differences_that_are_not_drawn_are_told_and_in_the_table(voices):
    table = compare_outlets(voices, "speaker", first="A", second="B", n_bootstrap=50)
    chart = plot_comparison(table, top_n=1)
    assert f"not drawn: {len(table) - 1} smaller" in " ".join(texts_of(chart)).replace("\n", " ")
    assert len(chart.table) == len(table)


def test_nothing_global_is_set(voices):
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    plot_shares(many(3)).png()
    assert dict(mpl.rcParams) == before


def test_letters_stay_readable_on_a_phone():
    """11 points on a figure of 6 inches are more than 9 pixels where it is 360 pixels wide."""
    chart = plot_shares(many(5))
    sizes = [text.get_fontsize() for text in chart.figure.axes[0].texts]
    assert min(sizes) / 72 * 360 / chart.figure.get_size_inches()[0] > 9
