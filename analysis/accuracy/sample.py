"""A sample to check by hand: which quotations are right, and what was missed."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.accuracy.error import about
from analysis.errors import InputError, listed, nearest
from analysis.tables import Tables, neutralise, places_in, read_delimited

VERDICTS = ("right", "wrong speaker", "wrong topic", "wrong words", "no quotation", "unsure")
PARTS = ("quotation", "article", "missed")
COLUMNS = ("part", "no", "article_id", "quote_id", "group", "verdict", "right_group", "kind",
           "speaker", "topic", "content", "context", "note")
_AROUND = 250  # letters of context on either side
_OPEN, _CLOSE = "⟦", "⟧"
_VERDICT_OF = {"accept": "right", "reject": "no quotation", "speaker": "wrong speaker",
               "topic": "wrong topic"}
_GRAVITY = ("right", "wrong topic", "wrong speaker", "no quotation")


def draw_sample(
    tables: Tables, *, groups: Mapping[str, str] | pd.Series | None = None, n_quotes: int = 200,
    n_articles: int = 20, random_seed: int = 0,
) -> pd.DataFrame:
    """Draw quotations to check and articles to read.

    Parameters
    ----------
    tables
        The corpus.
    groups
        quote_id → group whose error is to be told apart (role, gender, …); default: the kind
        of quotation. Each group gets the same number of quotations, as far as it has them, so
        that a small group's error is known as well as a large one's.
    n_quotes, n_articles
        How many to draw.
    random_seed
        Seed of the draw.

    Returns
    -------
    pandas.DataFrame
        One row per thing to check, in `COLUMNS`. `part` "quotation": write right, wrong
        speaker, wrong topic, wrong words, no quotation or unsure into `verdict`; a quotation of
        several faults gets the first of no quotation, wrong words, wrong speaker, wrong topic.
        Where it belongs to another group than `group`, write that one into `right_group`, also
        where a wrong speaker's group happens to be right.
        `part` "article": read `context`, where what was found stands in ⟦brackets⟧, write read
        into `verdict`, and add a row with `part` missed, the `article_id`, `group`, `kind` and
        `content` for every quotation that is not bracketed.
        Without quotations there are only articles to read.
    """
    rng = np.random.default_rng(random_seed)
    quotes = tables.columns("quotes", ["quote_id", "kind"]).sort_values(
        "quote_id", ignore_index=True)
    labels = quotes["kind"] if groups is None else _looked_up(groups, quotes["quote_id"])
    quotes = quotes.assign(group=labels.astype("str").fillna("not stated"))
    chosen = _stratified(quotes, n_quotes, rng)
    articles = tables.columns("articles", ["article_id"])["article_id"].sort_values()
    read = articles.iloc[np.sort(rng.permutation(len(articles))[:n_articles])]
    rows = [*_quotation_rows(chosen, tables), *_article_rows(read, tables)]
    sample = _framed(rows, COLUMNS)
    return sample.assign(no=range(1, len(sample) + 1))


def _looked_up(groups: Mapping[str, str] | pd.Series, quote_ids: pd.Series) -> pd.Series:
    known = pd.Series(groups)
    return known.reset_index(drop=True).reindex(places_in(known.index, quote_ids)).set_axis(
        quote_ids.index)


def _framed(rows: list[dict[str, object]], columns: Iterable[str]) -> pd.DataFrame:
    """Give rows as a frame of text; what a row lacks is empty."""
    columns = list(columns)
    texts = [["" if pd.isna(value := row.get(name, "")) else str(value) for name in columns]
             for row in rows]
    return pd.DataFrame(texts, columns=columns, dtype="str")


def _stratified(quotes: pd.DataFrame, n: int, rng: np.random.Generator) -> pd.DataFrame:
    """Deal the sample to the groups in turn; a group that runs out leaves its turn to others."""
    order = quotes.assign(draw=rng.permutation(len(quotes))).sort_values("draw")
    turn = order.groupby("group").cumcount()
    size = order.groupby("group")["draw"].transform("size")
    return order.assign(turn=turn, size=size).sort_values(
        ["turn", "size", "group"], kind="stable").head(n).sort_values("draw")


def _quotation_rows(chosen: pd.DataFrame, tables: Tables) -> list[dict[str, object]]:
    quotes = tables.rows("quotes", "quote_id", chosen["quote_id"])
    quotes = chosen[["quote_id", "group"]].merge(quotes, on="quote_id")
    texts = tables.texts(quotes["article_id"])
    speakers = tables.columns("speakers", ["speaker_id", "name"])
    names = dict(zip(speakers["speaker_id"], speakers["name"], strict=True))
    filed = tables.rows("quote_topics", "quote_id", chosen["quote_id"])
    topics = filed.groupby("quote_id")["topic"].agg("; ".join).to_dict()
    return [
        {"part": "quotation", "article_id": row.article_id, "quote_id": row.quote_id,
         "group": row.group, "kind": row.kind, "speaker": names.get(row.speaker_id, ""),
         "topic": topics.get(row.quote_id, ""), "content": row.content,
         "context": _marked(texts[row.article_id], [row.spans], around=_AROUND)}
        for row in quotes.itertuples()
    ]


def _article_rows(read: pd.Series, tables: Tables) -> list[dict[str, object]]:
    texts = tables.texts(read)
    spans = tables.rows("quotes", "article_id", read).groupby("article_id")["spans"].agg(list)
    return [
        {"part": "article", "article_id": article, "group": "",
         "context": _marked(texts[article], spans.get(article, []))} for article in read
    ]


def _marked(text: str, quotes: list, *, around: int | None = None) -> str:
    """Put brackets around what was found, and cut far context."""
    spans = sorted((start, end) for quote in quotes for start, end in quote)
    if around is not None and spans:
        low, high = max(spans[0][0] - around, 0), spans[-1][1] + around
    else:
        low, high = 0, len(text)
    for start, end in reversed(spans):
        text = text[:start] + _OPEN + text[start:end] + _CLOSE + text[end:]
        high += 2
    return text[low:high]


def read_sample(path: str | Path) -> pd.DataFrame:
    """Read a checked sample back.

    Parameters
    ----------
    path
        The CSV that was drawn (columns parted by commas or semicolons), with `verdict` filled in
        and rows added for what was missed.

    Returns
    -------
    pandas.DataFrame
        As `draw_sample`; unchecked rows have an empty `verdict`.

    Raises
    ------
    InputError
        If the file or a column is missing, or a part or verdict is unknown; the message names
        the rows as a spreadsheet counts them.
    """
    path = Path(path)
    try:
        sample = read_delimited(path)
    except OSError as error:
        raise InputError(
            f"{path} cannot be read ({error.strerror}). Draw a sample first.") from error
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise InputError(f"{path} is no CSV in UTF-8. Save it again as “CSV UTF-8”.") from error
    absent = [name for name in ("part", "article_id", "quote_id", "group", "verdict")
              if name not in sample]
    if absent:
        raise InputError(f"{path} lacks the column(s) {listed(absent)} (found: "
                         f"{listed(sample.columns)}). Keep the columns of the drawn sample.")
    sample = sample.reindex(columns=[*COLUMNS], fill_value="")
    for name in ("part", "verdict"):
        sample[name] = sample[name].str.strip().str.casefold()
    for name in ("article_id", "group", "right_group", "kind"):
        sample[name] = sample[name].str.strip()
    _check_words(path, sample)
    return sample


def _check_words(path: Path, sample: pd.DataFrame) -> None:
    allowed = {"quotation": VERDICTS, "article": ("read",), "missed": ("missed",)}
    problems = []
    for row, (part, verdict) in enumerate(zip(sample["part"], sample["verdict"], strict=True)):
        if part not in allowed:
            problems.append(f"row {row + 2}: part '{part}'")
        elif verdict and verdict not in allowed[part]:
            guess = nearest(verdict, allowed[part])
            problems.append(f"row {row + 2}: verdict '{verdict}'"
                            + (f" (did you mean '{guess}'?)" if guess else ""))
    if problems:
        raise InputError(f"{path}: {listed(problems, most=5)}. Parts are {listed(PARTS)}; verdicts "
                         f"of quotations {listed(VERDICTS)}, of articles read.")


def count_checked(sample: pd.DataFrame) -> pd.DataFrame:
    """Count what of a sample is checked: `what`, `n`, `n_of`.

    Of the quotations found missing, `n` stand in articles that are marked as read; only those
    count for recall.
    """
    rows = []
    for part, name in (("quotation", "quotations checked"), ("article", "articles read")):
        here = sample[sample["part"] == part]
        rows.append((name, int((here["verdict"] != "").sum()), len(here)))
    read = sample.loc[(sample["part"] == "article") & (sample["verdict"] != ""), "article_id"]
    missed = sample.loc[sample["part"] == "missed", "article_id"]
    rows.append(("quotations found missing", int(missed.isin(read).sum()), len(missed)))
    return pd.DataFrame(rows, columns=["what", "n", "n_of"])


def open_sample(sample: pd.DataFrame, path: str | Path) -> pd.DataFrame:
    """Write a drawn sample, unless the file is there: what was checked is never overwritten.

    Parameters
    ----------
    sample
        From `draw_sample`.
    path
        The CSV; text that a spreadsheet would run as a formula gets an apostrophe in front.

    Returns
    -------
    pandas.DataFrame
        What the file holds, as `read_sample` gives it.

    Raises
    ------
    InputError
        If the file cannot be written or read.
    """
    path = Path(path)
    if path.is_dir():
        raise InputError(f"{path} is a folder. Name a file in it, such as {path / 'sample.csv'}.")
    if not path.exists():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            sample.map(neutralise).to_csv(path, index=False, encoding="utf-8-sig")
        except OSError as error:
            raise InputError(f"{path} cannot be written ({error.strerror}). Choose another file.") \
                from error
    return read_sample(path)


def fill_verdicts(
    sample: pd.DataFrame, corrections: Iterable[object], quotes: pd.DataFrame | None = None, *,
    by: str = "kind",
) -> pd.DataFrame:
    """Take over what was answered in the correction desk.

    Parameters
    ----------
    sample
        From `read_sample`.
    corrections
        From `load_corrections`; needs `do`, `article`, `at`, `words`, `kind`, `speaker`.
    quotes
        The quotes with `group`, and `speaker` where the groups are about speakers: tells the
        group of whom a correction names.
    by
        What makes the groups, as for `group_voices`.

    Returns
    -------
    pandas.DataFrame
        The sample with empty verdicts filled (accept: right, reject: no quotation, speaker:
        wrong speaker, topic: wrong topic) and a row `missed` for every quotation added in an
        article of the sample. What the CSV says stays. A quotation with several answers gets its
        gravest fault. The group of a missed quotation, and the right group of one with a wrong
        speaker, is that of the named speaker, or the kind; empty where that does not tell it.
    """
    groups = _Groups(quotes, by)
    verdicts: dict[str, str] = {}
    belongs: dict[str, str] = {}
    missed = []
    for item in corrections:
        if item.do in _VERDICT_OF:
            ends = [end for piece in item.at.split() for end in piece.split("-")]
            key = f"{item.article}:{ends[0]}-{ends[-1]}"
            both = (verdicts.get(key, "right"), _VERDICT_OF[item.do])
            verdicts[key] = max(both, key=_GRAVITY.index)
            if item.do == "speaker":
                belongs[key] = groups.of_speaker(item.speaker)
        elif item.do == "add" and item.article in set(sample["article_id"]):
            missed.append({"part": "missed", "article_id": item.article, "content": item.words,
                           "kind": item.kind, "group": groups.of_missed(item),
                           "speaker": item.speaker, "note": "from the desk"})
    filled = _fill(_fill(sample, "right_group", belongs), "verdict", verdicts)
    known = set(sample.loc[sample["part"] == "missed", "content"])
    new = [row for row in missed if row["content"] not in known]
    if not new:
        return filled
    return pd.concat([filled, _framed(new, filled.columns)], ignore_index=True)


def _fill(sample: pd.DataFrame, column: str, answers: Mapping[str, str]) -> pd.DataFrame:
    """Fill a column of quotations that nobody has judged in the CSV."""
    answered = sample["quote_id"].map(answers)
    empty = (sample["part"] == "quotation") & (sample["verdict"] == "") & (sample[column] == "")
    return sample.assign(**{column: sample[column].mask(empty & answered.notna(), answered)})


class _Groups:
    """The groups that corrections name: by the speaker where groups are of speakers."""

    def __init__(self, quotes: pd.DataFrame | None, by: str) -> None:
        self.by = by
        self.known: set[str] = set() if quotes is None else set(quotes["group"])
        self.speakers: dict[str, str] = {}
        if quotes is not None and about(by) == "speaker":
            named = quotes.dropna(subset=["speaker"]).drop_duplicates("speaker")
            self.speakers = dict(zip(named["speaker"].str.casefold(), named["group"],
                                     strict=True))

    def of_speaker(self, name: str) -> str:
        return self.speakers.get(name.strip().casefold(), "")

    def of_missed(self, item: object) -> str:
        if self.by == "kind":
            return item.kind if not self.known or item.kind in self.known else ""
        return self.of_speaker(item.speaker)
