"""One speaker: who that is, and who is heard in the same articles."""

import pandas as pd

from analysis.errors import InputError, unknown
from analysis.measures.labels import NOT_STATED, label_voices

NOBODY = "nobody"


def pick_speaker(
    voices: pd.DataFrame, speaker: str = "", *, corpus: pd.DataFrame | None = None
) -> str:
    """Give the speaker as the counted tables name them.

    Parameters
    ----------
    voices
        From `gather_voices`.
    speaker
        A name, an id, or the last part of a name that one speaker has; "" takes the one most
        quoted ("nobody" where no speaker is known).
    corpus
        All voices, where `voices` is a selection: who is quoted there, but not in the
        selection, is no mistake.

    Raises
    ------
    InputError
        If there is none of that name, or several.
    """
    known = _known(voices)
    if not speaker:
        return NOBODY if known.empty else str(known.value_counts().sort_index().idxmax())
    found = _find(voices, speaker)
    if found:
        return found
    if corpus is not None:
        return pick_speaker(corpus, speaker)
    if known.empty:
        raise InputError(f"No quotation here has a known speaker, so none of '{speaker}'. "
                         "Choose other articles or dates.")
    by_size = known.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    raise unknown("speaker", speaker, by_size.index)


def _known(voices: pd.DataFrame) -> pd.Series:
    labels = label_voices(voices, "speaker")
    return labels[labels != NOT_STATED["speaker"]]


def _find(voices: pd.DataFrame, speaker: str) -> str:
    """Give the name, or "" if nobody here has it."""
    known = _known(voices)
    if known.empty and speaker == NOBODY:
        return NOBODY
    for found in (known[known == speaker], known[voices["speaker_id"] == speaker],
                  known[(voices["speaker"] == speaker).fillna(False)],
                  known[known.str.casefold().str.endswith(" " + speaker.casefold())]):
        names = sorted(found.unique())
        if len(names) > 1:
            raise InputError(f"Several speakers are named '{speaker}': {', '.join(names)}. "
                             "Give one of these.")
        if names:
            return names[0]
    return ""


def select_speaker(voices: pd.DataFrame, speaker: str) -> pd.DataFrame:
    """Keep the quotations of one speaker, named as for `pick_speaker`; none if silent here."""
    name = _find(voices, speaker)
    return voices[label_voices(voices, "speaker") == name].reset_index(drop=True)


def heard_with(voices: pd.DataFrame, speaker: str) -> pd.DataFrame:
    """Keep the quotations of all others in the articles that quote one speaker."""
    labels = label_voices(voices, "speaker")
    name = _find(voices, speaker)
    articles = voices.loc[labels == name, "article_id"]
    return voices[voices["article_id"].isin(articles) & (labels != name)].reset_index(drop=True)


def describe_speaker(voices: pd.DataFrame, speaker: str) -> pd.DataFrame:
    """Say who one speaker is and how much is quoted of them: `what` and `value`, one a row."""
    own = select_speaker(voices, speaker)
    copies = int(own["copy_of"].notna().sum())
    days = own["published"].dropna().dt.strftime("%Y-%m-%d")
    rows = {
        "name": _find(voices, speaker) or speaker, "kind": _first(own["speaker_kind"]),
        "role, as the articles say": _first(own["role"]),
        "class of role": _first(own["role_class"]),
        "affiliation": _first(own["affiliation"]),
        "quotations": f"{len(own):,} ({copies:,} in copies of other articles)",
        "quoted words": f"{int(own['n_words'].fillna(0).sum()):,}",
        "articles": f"{own['article_id'].nunique():,} of {voices['article_id'].nunique():,}",
        "outlets": ", ".join(sorted(own["outlet"].dropna().unique())) or "not stated",
        "first and last quoted": f"{days.min()} to {days.max()}" if len(days) else "no date",
    }
    return pd.DataFrame({"what": list(rows), "value": list(rows.values())}, dtype="str")


def _first(values: pd.Series) -> str:
    known = values.dropna()
    return str(known.iloc[0]).replace("_", " ") if len(known) else "not stated"
