import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from analysis import InputError
from analysis.accuracy import (
    correct_shares,
    count_checked,
    draw_sample,
    fill_verdicts,
    measure_error,
    open_sample,
    read_sample,
)
from analysis.corrections import Correction
from analysis.tables import Tables, conform

COUNTED = pd.DataFrame({"group": ["direct", "indirect"], "n": [10, 50], "value": [1 / 6, 5 / 6],
                        "low": [0.1, 0.7], "high": [0.3, 0.9]})


def corpus(n=60):
    text = "He said the plan was sound and would be kept. " * 4
    articles = pd.DataFrame({"article_id": [f"a{k}" for k in range(n)], "text": [text] * n})
    quotes = pd.DataFrame({
        "quote_id": [f"a{k}:8-45" for k in range(n)], "article_id": [f"a{k}" for k in range(n)],
        "content": [text[8:45]] * n, "spans": [[[8, 45]]] * n,
        "kind": ["direct" if k % 6 == 0 else "indirect" for k in range(n)],
    })
    return Tables(articles=conform(articles, "articles"), quotes=conform(quotes, "quotes"))


def checked(tables, **how):
    sample = draw_sample(tables, **how)
    sample.loc[sample["part"] == "quotation", "verdict"] = "right"
    sample.loc[sample["part"] == "article", "verdict"] = "read"
    return sample


def with_groups(tables):
    return tables.quotes.assign(group=tables.quotes["kind"])


def test_small_groups_are_drawn_as_often_as_large_ones():
    sample = draw_sample(corpus(), n_quotes=20, n_articles=5)
    quotes = sample[sample["part"] == "quotation"]
    assert quotes["group"].value_counts().to_dict() == {"direct": 10, "indirect": 10}
    assert (sample["part"] == "article").sum() == 5


def test_a_group_that_runs_out_leaves_its_turn():
    sample = draw_sample(corpus(), n_quotes=40, n_articles=0)
    assert sample["group"].value_counts().to_dict() == {"indirect": 30, "direct": 10}


def test_what_was_found_stands_in_brackets():
    sample = draw_sample(corpus(), n_quotes=1, n_articles=1)
    assert all("He said ⟦the plan was sound and would be kept.⟧"[:30] in text
               for text in sample["context"])


def test_the_draw_is_seeded_and_does_not_hang_on_row_order():
    tables = corpus()
    other = Tables(articles=tables.articles.iloc[::-1], quotes=tables.quotes.iloc[::-1])
    pd.testing.assert_frame_equal(draw_sample(tables, n_quotes=9), draw_sample(other, n_quotes=9))


def test_an_empty_corpus_has_an_empty_sample():
    assert draw_sample(Tables()).empty
    assert list(draw_sample(Tables())) == list(draw_sample(corpus()))


def test_a_sample_goes_to_csv_and_back(tmp_path):
    sample = checked(corpus(), n_quotes=10, n_articles=3)
    sample.to_csv(tmp_path / "sample.csv", index=False, encoding="utf-8-sig")
    assert read_sample(tmp_path / "sample.csv")["verdict"].tolist() == sample["verdict"].tolist()
    assert count_checked(sample)["n"].tolist() == [10, 3, 0]
    sample.to_csv(tmp_path / "semicolons.csv", index=False, encoding="utf-8-sig", sep=";")
    assert read_sample(tmp_path / "semicolons.csv").equals(read_sample(tmp_path / "sample.csv"))


@pytest.mark.parametrize(("column", "value", "message"), [
    ("verdict", "rigth", r"row 2: verdict 'rigth' \(did you mean 'right'\?\)"),
    ("part", "quote", "row 2: part 'quote'"),
], ids=["verdict", "part"])
def test_a_word_that_is_none_is_refused(tmp_path, column, value, message):
    sample = checked(corpus(), n_quotes=3, n_articles=1)
    sample.loc[0, column] = value
    sample.to_csv(tmp_path / "sample.csv", index=False)
    with pytest.raises(InputError, match=message):
        read_sample(tmp_path / "sample.csv")


def test_a_missing_column_or_file_is_refused(tmp_path):
    (tmp_path / "sample.csv").write_text("part,verdict\n")
    with pytest.raises(InputError, match="lacks the column"):
        read_sample(tmp_path / "sample.csv")
    with pytest.raises(InputError, match="cannot be read"):
        read_sample(tmp_path / "none.csv")


def test_precision_has_wilsons_interval_and_weighs_groups_by_size():
    tables = corpus()
    sample = checked(tables, n_quotes=20, n_articles=0)
    direct = sample.index[sample["group"] == "direct"]
    sample.loc[direct[:5], "verdict"] = "wrong speaker"
    table = measure_error(sample, with_groups(tables), judge="speaker").set_index(
        ["measure", "group"])
    row = table.loc[("precision", "direct")]
    assert row["value"] == 0.5
    assert np.allclose([row["low"], row["high"]], proportion_confint(5, 10, method="wilson"))
    assert table.loc[("precision", "all"), "value"] == pytest.approx((10 * 0.5 + 50 * 1) / 60)


def test_a_wrong_speaker_is_no_error_of_a_kind_nor_moves_its_share():
    tables = corpus()
    sample = checked(tables, n_quotes=60, n_articles=60)
    wrong = sample.index[sample["group"] == "indirect"][::2]
    sample.loc[wrong, "verdict"] = "wrong speaker"
    assert (measure_error(sample, with_groups(tables))["value"] == 1).all()
    error = measure_error(sample, with_groups(tables), judge="speaker")
    recall = error[error["measure"] == "recall"].set_index("group")["value"]
    assert recall.to_dict() == pytest.approx({"all": 35 / 60, "direct": 1, "indirect": 0.5})
    assert correct_shares(COUNTED, error)["corrected"].tolist() == pytest.approx([1 / 6, 5 / 6])


def of_speakers(tables, *, right_group):
    """Every fifth quotation of the women is a man's."""
    quotes = tables.quotes.assign(
        group=["women" if at < 40 else "men" for at in range(len(tables.quotes))])
    groups = quotes.set_index("quote_id")["group"]
    sample = checked(tables, groups=groups, n_quotes=60, n_articles=60)
    wrong = sample.index[sample["group"] == "women"][::5]
    sample.loc[wrong, ["verdict", "right_group"]] = ["wrong speaker", right_group]
    return sample, quotes


def test_a_quotation_of_the_wrong_group_is_missing_from_the_right_one():
    sample, quotes = of_speakers(corpus(), right_group="men")
    error = measure_error(sample, quotes, by="gender")
    recall = error[error["measure"] == "recall"].set_index("group")
    assert recall.loc["men", ["n", "n_right"]].tolist() == [28, 20]
    counted = pd.DataFrame({"group": ["women", "men"], "n": [40, 20], "value": [2 / 3, 1 / 3],
                            "low": np.nan, "high": np.nan})
    corrected = correct_shares(counted, error)
    assert corrected["corrected"].tolist() == pytest.approx([32 / 60, 28 / 60])
    assert set(corrected["corrected_note"]) == {""}


def test_a_wrong_speaker_whose_group_nobody_names_is_said():
    sample, quotes = of_speakers(corpus(), right_group="")
    error = measure_error(sample, quotes, by="gender")
    recall = error[error["measure"] == "recall"].set_index("group")
    assert recall["n"].to_dict() == {"all": 60, "women": 32, "men": 20}
    assert recall.loc["men", "note"] == "8 without a right group left out"


@pytest.mark.parametrize(("changed", "message"), [
    ({"group": "Indirect"}, "no group 'Indirect'.*Did you mean 'indirect'"),
    ({"article_id": "a77"}, "no article 'a77'"),
], ids=["group", "article"])
def test_a_missed_row_of_no_group_or_article_is_refused(changed, message):
    tables = corpus()
    row = {"part": "missed", "article_id": "a1", "group": "direct"} | changed
    columns = draw_sample(tables).columns
    missed = pd.DataFrame([row]).reindex(columns=columns, fill_value="")
    sample = pd.concat([checked(tables, n_articles=50), missed])
    with pytest.raises(InputError, match=message):
        measure_error(sample, with_groups(tables))


def test_recall_counts_what_was_missed_in_the_articles_read():
    tables = corpus()
    sample = checked(tables, n_quotes=20, n_articles=30)
    read = sample.loc[sample["part"] == "article", "article_id"]
    missed = pd.DataFrame({"part": "missed", "article_id": read.head(10), "group": "indirect",
                           "verdict": "", "right_group": ""})
    table = measure_error(pd.concat([sample, missed]), with_groups(tables))
    recall = table[table["measure"] == "recall"].set_index("group")
    assert recall.loc["all", ["n", "n_right"]].tolist() == [40, 30]
    assert recall.loc["direct", "value"] == 1


def test_nothing_checked_is_said_and_nothing_corrected():
    tables = corpus()
    error = measure_error(draw_sample(tables), with_groups(tables))
    assert set(error.loc[error["measure"] == "precision", "note"]) == {"not checked"}
    corrected = correct_shares(COUNTED, error)
    assert set(corrected["corrected_note"]) == {"not checked on your corpus"}
    assert corrected["value"].equals(COUNTED["value"])


def test_a_group_that_was_not_checked_is_named():
    counted = pd.DataFrame({"group": ["women", "men"], "n": [10, 50], "value": [1 / 6, 5 / 6],
                            "low": [0.1, 0.7], "high": [0.3, 0.9]})
    error = rates({"women": 9, "men": 0}, {"women": 1, "men": 0}, {"women": 9, "men": 9},
                  {"women": 1, "men": 1})
    corrected = correct_shares(counted, error)
    assert set(corrected["corrected_note"]) == {"not checked: men"}
    assert corrected["corrected"].isna().all()


def test_an_unknown_judge_is_refused():
    with pytest.raises(InputError, match="judge = 'style'"):
        measure_error(draw_sample(corpus()), with_groups(corpus()), judge="style")


def rates(found, missed, right, wrong):
    rows = [("precision", group, right[group] + wrong[group], right[group]) for group in found]
    rows += [("recall", group, found[group] + missed[group], found[group]) for group in found]
    table = pd.DataFrame(rows, columns=["measure", "group", "n", "n_right"])
    return table.assign(n_effective=table["n"], note="")


def simulate(rng, *, share=0.259, recall=(0.646, 0.769), n=8000, n_read=900, n_check=100):
    """Women and men with the recall that the Gender Gap Tracker reports for itself."""
    groups, recalls = ("women", "men"), dict(zip(("women", "men"), recall, strict=True))
    size = dict(zip(groups, (k := rng.binomial(n, share), n - k), strict=True))
    found = {group: int(rng.binomial(size[group], recalls[group])) for group in groups}
    counted = pd.DataFrame({"group": groups, "n": [found[group] for group in groups]})
    counted = counted.assign(value=counted["n"] / counted["n"].sum(), low=np.nan, high=np.nan)
    read = dict(zip(groups, (k := rng.binomial(n_read, share), n_read - k), strict=True))
    seen = {group: int(rng.binomial(read[group], recalls[group])) for group in groups}
    error = rates(seen, {group: read[group] - seen[group] for group in groups},
                  dict.fromkeys(groups, n_check), dict.fromkeys(groups, 0))
    return counted, error, share


def test_corrected_shares_are_nearer_to_the_truth():
    rng = np.random.default_rng(5)
    nearer, covered, runs = 0, 0, 200
    for _ in range(runs):
        counted, error, share = simulate(rng)
        women = correct_shares(counted, error).iloc[0]
        nearer += abs(women["corrected"] - share) < abs(women["value"] - share)
        covered += women["corrected_low"] <= share <= women["corrected_high"]
    assert nearer / runs >= 0.95
    assert covered / runs >= 0.90


def test_where_nothing_errs_the_interval_is_that_of_the_counted_share():
    counted = pd.DataFrame({"group": ["women", "men"], "n": [50, 50], "value": [0.5, 0.5],
                            "low": [0.4, 0.4], "high": [0.6, 0.6]})
    many, none = dict.fromkeys(("women", "men"), 10**6), dict.fromkeys(("women", "men"), 0)
    corrected = correct_shares(counted, rates(many, none, many, none))
    ends = corrected[["corrected_low", "corrected_high"]].to_numpy()
    assert ends == pytest.approx(np.array([[0.4, 0.6]] * 2), abs=0.01)


def test_what_was_checked_is_never_overwritten(tmp_path):
    path = tmp_path / "sample.csv"
    open_sample(checked(corpus(), n_quotes=5, n_articles=1), path)
    kept = open_sample(draw_sample(corpus(), n_quotes=50), path)
    assert len(kept) == 6
    assert set(kept["verdict"]) == {"right", "read"}


def test_a_folder_is_no_place_for_a_sample(tmp_path):
    with pytest.raises(InputError, match=r"is a folder\. Name a file in it, such as .*sample\.csv"):
        open_sample(draw_sample(corpus(), n_quotes=5), tmp_path)


def test_answers_of_the_desk_are_taken_over():
    sample = draw_sample(corpus(), n_quotes=60, n_articles=60)
    made = [Correction("speaker", article="a1", at="8-20 25-45", words="x", speaker="Bob"),
            Correction("accept", article="a1", at="8-45", words="x"),
            Correction("accept", article="a2", at="8-45", words="x"),
            Correction("add", article="a3", at="0-2", words="He", kind="indirect"),
            Correction("add", article="zz", at="0-2", words="He", kind="indirect")]
    filled = fill_verdicts(sample, made)
    verdicts = filled.set_index("quote_id")["verdict"]
    assert verdicts["a1:8-45"] == "wrong speaker"
    assert verdicts["a2:8-45"] == "right"
    missed = filled[filled["part"] == "missed"]
    assert missed["group"].tolist() == ["indirect"]
    assert len(fill_verdicts(filled, made)) == len(filled)


def test_the_desk_tells_the_group_of_whom_it_names():
    tables = corpus()
    quotes = tables.quotes.assign(group=["women"] * 30 + ["men"] * 30,
                                  speaker=["Ann"] * 30 + ["Bob"] * 30)
    sample = draw_sample(tables, groups=quotes.set_index("quote_id")["group"], n_quotes=60)
    made = [Correction("speaker", article="a1", at="8-45", words="x", speaker="Bob"),
            Correction("speaker", article="a2", at="8-45", words="x", speaker="Cid"),
            Correction("add", article="a3", at="0-2", words="He", kind="indirect", speaker="Ann")]
    filled = fill_verdicts(sample, made, quotes, by="gender")
    right = filled.set_index("quote_id")["right_group"]
    assert right[["a1:8-45", "a2:8-45"]].tolist() == ["men", ""]
    assert filled.loc[filled["part"] == "missed", "group"].tolist() == ["women"]
