import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.speakers import resolve_speakers
from analysis.speakers.aliases import load_aliases

from .frames import frames, speakers_of


def listed(**columns):
    return pd.DataFrame(columns)


def test_the_list_wins():
    names = speakers_of("{[P:Ann Roe]} said ‹no›.", "{[P:Bo Lee]} said ‹yes›.",
                        aliases=listed(alias=["Ann Roe", "Bo Lee"], name=["The Pair", "The Pair"]))
    assert names == ["The Pair", "The Pair"]


def test_the_list_gives_kind_gender_and_role():
    aliases = listed(alias=["Ann Roe"], name=["Ann Roe"], kind=["person"], gender=["f"],
                     role=["harbour master"], role_class=["official"])
    resolved = resolve_speakers(*frames("{[P:Ann Roe]} said ‹no›."), aliases=aliases)
    row = resolved.speakers.iloc[0]
    assert (row["gender"], row["gender_basis"]) == ("f", "list")
    assert (row["role"], row["role_class"]) == ("harbour master", "official")
    assert resolved.quotes["speaker_basis"].tolist() == ["alias"]


def test_a_bare_surname_in_the_list_does_not_catch_a_full_name():
    aliases = listed(alias=["Clay"], name=["Bill Clay"])
    assert speakers_of("{[P:Hillary Clay]} said ‹no›.", aliases=aliases) == ["Hillary Clay"]


def test_an_alias_can_hold_for_one_outlet():
    aliases = listed(alias=["Ferry King"], name=["Bo Lee"], outlet=["Courier"])
    assert speakers_of("{[P:Ferry King]} said ‹no›.", aliases=aliases) == ["Ferry King"]
    aliases = listed(alias=["Ferry King"], name=["Bo Lee"], outlet=["Gull"])
    assert speakers_of("{[P:Ferry King]} said ‹no›.", aliases=aliases) == ["Bo Lee"]


@pytest.mark.parametrize(("columns", "message"), [
    pytest.param({"alias": ["A"]}, "has no column 'name'", id="no-name"),
    pytest.param({"alias": ["A"], "name": ["B"], "knd": ["x"]}, "Did you mean 'kind'", id="column"),
    pytest.param({"alias": ["A", ""], "name": ["B", "C"]}, "row 3: 'alias' is empty", id="empty"),
    pytest.param({"alias": ["A"], "name": ["B"], "kind": ["persn"]},
                 "row 2: kind = 'persn'.*Did you mean 'person'", id="kind"),
    pytest.param({"alias": ["A"], "name": ["B"], "gender": ["x"]}, "row 2: gender = 'x'",
                 id="gender"),
    pytest.param({"alias": ["A"], "name": ["B"], "role_class": ["officia"]},
                 "row 2: role_class = 'officia'.*Did you mean 'official'", id="role class"),
    pytest.param({"alias": ["A", "D"], "name": ["B", "B"], "gender": ["F", "m"]},
                 "row 3: gender of 'B' is given as m, but in row 2 as f", id="two genders"),
    pytest.param({"alias": ["A", "a"], "name": ["B", "C"]}, "row 3: 'a' is given as 'C', but row 2",
                 id="clash"),
])
def test_a_wrong_list_is_refused_in_one_line(columns, message):
    with pytest.raises(InputError, match=message) as caught:
        load_aliases(listed(**columns))
    assert "\n" not in str(caught.value)


def test_a_list_parted_by_semicolons_is_read(tmp_path):
    path = tmp_path / "aliases.csv"
    path.write_text("alias;name;role\nMayor Holt;Maria Holt;mayor, since May\n")
    assert [(item.name, item.role) for item in load_aliases(path)] == [
        ("Maria Holt", "mayor, since May")]


def test_a_missing_file_and_one_that_is_no_csv_are_refused(tmp_path):
    with pytest.raises(InputError, match="does not exist"):
        load_aliases(tmp_path / "none.csv")
    path = tmp_path / "aliases.csv"
    path.write_bytes(b"alias,name\n\xff\xfe,x\n")
    with pytest.raises(InputError, match="not a readable csv file"):
        load_aliases(path)


def test_a_file_is_read_with_its_byte_order_mark(tmp_path):
    path = tmp_path / "aliases.csv"
    path.write_text("alias,name\nRoe,Ann Roe\n", encoding="utf-8-sig")
    assert load_aliases(path)[0].name == "Ann Roe"
