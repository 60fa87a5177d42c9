"""The group each quotation falls into, by whatever is counted."""

from collections.abc import Callable, Iterable, Mapping

import numpy as np
import pandas as pd

from analysis.errors import InputError, unknown

UNITS = ("quotations", "words", "articles", "people")
PERIODS = {"day": "D", "week": "W-SUN", "month": "M"}  # a week starts on Monday
NOT_STATED: Mapping[str, str] = {
    "speaker": "no known speaker", "role_class": "role not stated", "gender": "not stated",
    "speaker_kind": "no known speaker", "stance": "no cue", "outlet": "outlet not stated",
    "affiliation": "not stated", "section": "no section", "anonymity_reason": "no reason stated",
}
NO_TOPIC = "no topic"
_PERSONS = ("named person", "unnamed person")  # only these can lack a role that others have
# What says that nothing is known: never in a headline, never a group of its own kind.
NOT_KNOWN = frozenset({*NOT_STATED.values(), NO_TOPIC, "nobody named", "not resolved"})
_COUNTED = ("article_id", "copy_of", "n_words", "speaker_id", "role", "naming", "position",
            "published")
PARTS = ("first third", "middle third", "last third")


def label_voices(voices: pd.DataFrame, by: str) -> pd.Series:
    """Give the group of each quotation.

    Parameters
    ----------
    voices
        From `gather_voices`.
    by
        A column of the voices, or: `speaker` (two people of one name are told apart),
        `role_class` (a source without one is what it is: an organisation, a document, nobody
        named; only of a person is the role "not stated"), `third` (of the article: first,
        middle, last), `day`, `week`, `month` (the day a period starts, missing without a date).

    Raises
    ------
    InputError
        If there is no such column, or these are no voices.
    """
    if "copy_of" not in voices:
        raise InputError("This table lacks what counting needs (it has no column 'copy_of'). "
                         "Give what gather_voices(tables) gives.")
    if by in _SPECIAL:
        return _SPECIAL[by](voices)
    if by not in voices or by == "topics":
        known = sorted({*NOT_STATED}.intersection(voices.columns).union(_SPECIAL))
        raise unknown("way to group quotations", by, known)
    labels = voices[by].astype("str")
    if by == "gender":
        labels = labels.replace({"f": "women", "m": "men", "unknown": NOT_STATED["gender"]})
    return labels.fillna(NOT_STATED.get(by, "not stated"))


def slim(voices: pd.DataFrame, by: str) -> pd.DataFrame:
    """Keep what counting by something needs: a part of a million quotations is a large copy."""
    kept = {by, *_COUNTED, *NOT_STATED}
    return voices[[name for name in voices.columns if name in kept]]


def check_groups(labels: Iterable[str], wanted: Iterable[str], by: str) -> None:
    """Refuse groups that are none: they would count as silent.

    A speaker may well be silent in a selection, and where nothing was selected every group is.
    """
    known = sorted(set(labels))
    for name in wanted:
        if known and name not in known and by != "speaker":
            raise unknown(f"group by {by}", name, known)


def group_voices(voices: pd.DataFrame, by: str) -> pd.DataFrame:
    """Give the voices with a column `group`: where a count by `by` puts each quotation.

    So each bar can be opened, "role not stated" too: `show_quotes_behind(…, by="group")`. By
    `topics` it is a list, since a quotation may be on several.
    """
    if by == "topics":
        return voices.assign(group=[topics or [NO_TOPIC] for topics in voices["topics"]])
    return voices.assign(group=label_voices(voices, by))


def _speakers(voices: pd.DataFrame) -> pd.Series:
    numbers, _ = pd.factorize(voices["speaker_id"], sort=True)
    first = (numbers >= 0) & ~pd.Series(numbers).duplicated().to_numpy()
    known = voices.loc[first, ["speaker_id", "speaker", "role"]].sort_values("speaker_id")
    names = known["speaker"].fillna("unnamed").astype("str")
    twice = names.duplicated(keep=False)
    number = names.groupby(names).cumcount().add(1).astype("str")
    told = known["role"].fillna("").astype("str")
    # Two people of one name: "John Ray (sheriff)", "John Ray (2)".
    extra = np.where(told.ne("") & ~(names + told).duplicated(keep=False), told, number)
    labels = names.where(~twice, names + " (" + extra + ")").reset_index(drop=True)
    return labels.reindex(numbers).set_axis(voices.index).fillna(NOT_STATED["speaker"])


def _roles(voices: pd.DataFrame) -> pd.Series:
    sources = voices["naming"].astype("str").where(~voices["naming"].isin(_PERSONS),
                                                   NOT_STATED["role_class"])
    return voices["role_class"].astype("str").fillna(sources)


def _thirds(voices: pd.DataFrame) -> pd.Series:
    third = np.clip((voices["position"].fillna(0) * 3).astype(int), 0, 2)
    return pd.Series(PARTS, dtype="str").reindex(third).set_axis(voices.index)


def _periods(length: str) -> Callable[[pd.DataFrame], pd.Series]:
    def label(voices: pd.DataFrame) -> pd.Series:
        # A million quotations stand on a few thousand days: each is written out once.
        rows, times = pd.factorize(voices["published"])
        periods = times.tz_localize(None).to_period(PERIODS[length])
        starts = pd.Series(periods.start_time.strftime("%Y-%m-%d"), dtype="str")
        return starts.reindex(rows).set_axis(voices.index)

    return label


_SPECIAL: Mapping[str, Callable[[pd.DataFrame], pd.Series]] = {
    "speaker": _speakers, "role_class": _roles, "third": _thirds,
    **{length: _periods(length) for length in PERIODS},
}
