"""Topics counted: how much is said on each, by whom, when; who talks about whom; what spreads."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.errors import unknown
from analysis.measures.groups import COLUMNS, FEW_ARTICLES, MIN_UNITS
from analysis.measures.intervals import MIN_ARTICLES, deal_blocks, share_intervals
from analysis.measures.labels import NO_TOPIC, PERIODS, check_groups, label_voices
from analysis.tables import places_in


def count_topics(
    voices: pd.DataFrame, *, within: str = "", groups: Sequence[str] = (),
    n_bootstrap: int = 1000, random_seed: int = 0,
) -> pd.DataFrame:
    """Count what share of the quotations is on each topic.

    Parameters
    ----------
    voices
        From `gather_voices`, selected as wanted; uses `topics`.
    within
        Shares inside each group of this column (speaker, outlet, role_class, week, …).
    groups
        Only these groups of `within`; none: all.
    n_bootstrap, random_seed
        Number and seed of the draws of articles.

    Returns
    -------
    pandas.DataFrame
        As `count_groups` with `by` "topic". Shares may add up to more than 1, since a quotation
        may have several topics; those without any are the group "no topic".

    Raises
    ------
    InputError
        If the column or a group is unknown; a speaker may be silent here.
    """
    labels = label_voices(voices, within) if within else pd.Series("all", index=voices.index)
    if groups:
        check_groups(labels.dropna().unique(), groups, within)
        labels = labels.where(labels.isin(list(groups)))
    names = _topics_of(voices)
    filed = _number(voices, _on(voices["topics"], names))
    groups = labels.groupby(labels).indices
    parts = [
        _count(filed.of(rows), [*names, NO_TOPIC], n_bootstrap=n_bootstrap,
               random_seed=random_seed).assign(within=name)
        # Those with as many texts one after the other: what is drawn for one serves the next.
        for name, rows in sorted(groups.items(), key=lambda item: filed.of(item[1]).n_texts)
    ]
    return _typed(parts, by="topic", within_by=within)


def _topics_of(voices: pd.DataFrame) -> list[str]:
    lists = {id(topics): topics for topics in voices["topics"]}  # many share a few hundred
    return sorted({topic for topics in lists.values() for topic in topics})


class _Filed(NamedTuple):
    """Quotations as numbers: the text of each (copies have one), its article, what it is on."""

    texts: np.ndarray
    articles: np.ndarray
    on: np.ndarray  # a row per quotation, a column per name

    def of(self, rows: np.ndarray) -> "_Filed":
        return _Filed(*(column[rows] for column in self))

    @property
    def n_texts(self) -> int:
        return len(np.unique(self.texts))


def _number(voices: pd.DataFrame, on: np.ndarray) -> _Filed:
    texts = voices["copy_of"].fillna(voices["article_id"])
    return _Filed(pd.factorize(texts, sort=True)[0], pd.factorize(voices["article_id"])[0], on)


def _on(lists: pd.Series, names: Sequence[str]) -> np.ndarray:
    """Say which names each list has, and in a last column that it has none."""
    rows, _ = pd.factorize(lists.map(id))  # a million quotations share a few hundred lists
    each = lists[~pd.Series(rows).duplicated().to_numpy()]
    has = [[name in found for name in names] + [not found] for found in each]
    return np.array(has, dtype=bool).reshape(-1, len(names) + 1)[rows]


def _typed(parts: Sequence[pd.DataFrame], *, by: str, within_by: str) -> pd.DataFrame:
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(COLUMNS))
    table = table.assign(unit="quotations", by=by, within_by=within_by)[list(COLUMNS)]
    kinds = dict.fromkeys(("n", "n_of", "n_articles", "n_articles_of"), "Int64")
    kinds |= dict.fromkeys(("value", "low", "high"), "float64")
    kinds |= dict.fromkeys(("within", "group", "note", "unit", "by", "within_by"), "str")
    return table.astype(kinds).sort_values(
        ["within", "n", "group"], ascending=[True, False, True], ignore_index=True)


def _count(
    filed: _Filed, names: Sequence[str], *, n_bootstrap: int, random_seed: int
) -> pd.DataFrame:
    units, texts = pd.factorize(filed.texts, sort=True)
    blocks, n_blocks = deal_blocks(units, random_seed=random_seed)
    counts = np.column_stack([np.bincount(blocks[on], minlength=n_blocks) for on in filed.on.T])
    totals = np.bincount(blocks, minlength=n_blocks)[:, np.newaxis]
    low, high = share_intervals(counts.astype(float), totals.astype(float),
                                n_bootstrap=n_bootstrap, random_seed=random_seed)
    n = len(filed.on)
    few = n < MIN_UNITS or len(texts) < MIN_ARTICLES
    note = "too few to say" if few else "few articles" if len(texts) < FEW_ARTICLES else ""
    return pd.DataFrame({
        "group": names, "n": filed.on.sum(axis=0), "n_of": n, "value": filed.on.mean(axis=0),
        "low": np.nan if few else low, "high": np.nan if few else high,
        "n_articles": [len(np.unique(filed.articles[on])) for on in filed.on.T],
        "n_articles_of": len(np.unique(filed.articles)), "note": note,
    })


def count_talked_about(
    voices: pd.DataFrame, talked_about: pd.DataFrame, *, top_n: int = 15,
    n_bootstrap: int = 1000, random_seed: int = 0,
) -> pd.DataFrame:
    """Count in what share of the quotations whom is named.

    Parameters
    ----------
    voices
        From `gather_voices`, selected as wanted.
    talked_about
        From `find_talked_about`.
    top_n
        The most named so many.
    n_bootstrap, random_seed
        Number and seed of the draws of articles.

    Returns
    -------
    pandas.DataFrame
        As `count_groups` with `by` "about".
    """
    rows = places_in(voices["quote_id"], talked_about["quote_id"])
    here = talked_about.assign(row=rows)[rows >= 0]
    names = _largest(here.drop_duplicates(["row", "about"])["about"], top_n)
    if not names:
        return _typed([], by="about", within_by="")
    here = here[here["about"].isin(names)]
    on = np.zeros((len(voices), len(names)), dtype=bool)
    on[here["row"], places_in(names, here["about"])] = True
    counted = _count(_number(voices, on), names, n_bootstrap=n_bootstrap, random_seed=random_seed)
    return _typed([counted.assign(within="all")], by="about", within_by="")


def count_topics_over_time(
    voices: pd.DataFrame, *, topics: Sequence[str] = (), period: str = "week",
    n_bootstrap: int = 1000, random_seed: int = 0,
) -> pd.DataFrame:
    """Count each topic's share of the quotations in each day, week or month.

    Parameters
    ----------
    voices
        From `gather_voices`.
    topics
        Which topics to give; none: the four largest.
    period
        `day`, `week` (from Monday) or `month`.
    n_bootstrap, random_seed
        Number and seed of the draws of articles.

    Returns
    -------
    pandas.DataFrame
        As `count_over_time`: periods without quotations have `n_of` 0 and no value.

    Raises
    ------
    InputError
        If the period or a topic is unknown.
    """
    if period not in PERIODS:
        raise unknown("period", period, PERIODS)
    if len(voices):
        check_groups([*_topics_of(voices), NO_TOPIC], topics, "topic")
    dated = voices[voices["published"].notna()]
    counted = count_topics(dated, within=period, n_bootstrap=n_bootstrap, random_seed=random_seed)
    sizes = counted[counted["group"] != NO_TOPIC].groupby("group")["n"].sum()
    chosen = list(topics) or sizes.sort_values(ascending=False, kind="stable").index[:4].tolist()
    filled = _every_period(counted, chosen, period)
    return filled.assign(n_undated=len(voices) - len(dated))


def _every_period(counted: pd.DataFrame, chosen: Sequence[str], period: str) -> pd.DataFrame:
    if counted.empty:
        return counted
    days = pd.period_range(counted["within"].min(), counted["within"].max(), freq=PERIODS[period])
    every = pd.MultiIndex.from_product(
        [list(chosen), days.start_time.strftime("%Y-%m-%d")], names=["group", "within"])
    filled = counted.set_index(["group", "within"]).reindex(every).reset_index()
    counts = ["n", "n_of", "n_articles", "n_articles_of"]
    note = filled["note"].astype("object").where(filled["n_of"].notna(), "no articles")
    filled = filled.assign(**{name: filled[name].fillna(0) for name in counts}, note=note,
                           unit="quotations", by="topic", within_by=period)
    return filled[list(counted.columns)].astype({"note": "str", "within": "str", "group": "str"})


def count_who_about_whom(
    voices: pd.DataFrame, talked_about: pd.DataFrame, *, top_n: int = 12
) -> pd.DataFrame:
    """Count in how many of their quotations speakers name whom.

    Parameters
    ----------
    voices
        From `gather_voices`, selected as wanted.
    talked_about
        From `find_talked_about`.
    top_n
        So many of the speakers who name most, and of those most named.

    Returns
    -------
    pandas.DataFrame
        `within` (who speaks), `group` (whom they name), `n` quotations, `n_of` (the speaker's
        quotations), `value` (n / n_of), `n_articles`, `quote_ids`; `by` "about", `within_by`
        "speaker". Pairs that do not occur have n = 0.
    """
    labels = label_voices(voices, "speaker")
    known = voices[["quote_id", "article_id"]].assign(within=labels)[voices["speaker"].notna()]
    sizes = known["within"].value_counts()
    named = talked_about[["quote_id", "about"]].drop_duplicates().merge(known, on="quote_id")
    whom = _largest(named["about"], top_n)
    named = named[named["about"].isin(whom)]
    who = _largest(named["within"], top_n)
    pairs = named[named["within"].isin(who)].groupby(["within", "about"]).agg(
        n=("quote_id", "size"), n_articles=("article_id", "nunique"),
        quote_ids=("quote_id", lambda ids: sorted(ids)))
    every = pd.MultiIndex.from_product([who, whom], names=["within", "group"])
    pairs.index.names = ["within", "group"]
    table = pairs.reindex(every).reset_index()
    n = table["n"].fillna(0).astype("Int64")
    n_of = table["within"].map(sizes).astype("Int64")
    return table.assign(
        n=n, n_of=n_of, value=(n / n_of).astype("float64"), unit="quotations", by="about",
        within_by="speaker", n_articles=table["n_articles"].fillna(0).astype("Int64"),
        quote_ids=[ids if isinstance(ids, list) else [] for ids in table["quote_ids"]])


def _largest(names: pd.Series, most: int) -> list[str]:
    sizes = names.value_counts().sort_index()
    return sizes.sort_values(ascending=False, kind="stable").index[:most].tolist()


def count_spread(voices: pd.DataFrame, *, top_n: int = 0) -> pd.DataFrame:
    """Count how far the same words spread.

    Parameters
    ----------
    voices
        From `gather_voices`; uses `quote_family`.
    top_n
        Only the widest so many; 0: all.

    Returns
    -------
    pandas.DataFrame
        One row per family, the widest first: `quote_family`, `speaker`, `content` (of the first
        use), `first_outlet`, `first_published`, `last_published`, `n_outlets`, `n_articles`,
        `n_quotes`, `n_wordings`, `uses` (a list of [published, outlet, quote_id]).
    """
    kept = voices[voices["quote_family"].notna()].sort_values(
        ["published", "article_id", "quote_id"], na_position="last")
    plain = kept["content"].str.lower().str.replace(r"\W+", " ", regex=True).str.strip()
    table = kept.assign(wording=plain).groupby("quote_family", sort=True).agg(
        speaker=("speaker", "first"), last_published=("published", "max"),
        n_outlets=("outlet", "nunique"), n_articles=("article_id", "nunique"),
        n_quotes=("quote_id", "size"), n_wordings=("wording", "nunique"))
    first = kept.drop_duplicates("quote_family").set_index("quote_family")
    first = first[["content", "outlet", "published"]].add_prefix("first_")
    uses: dict[str, list[list[object]]] = {}
    each = kept[["published", "outlet", "quote_id"]].to_numpy().tolist()
    for family, use in zip(kept["quote_family"], each, strict=True):
        uses.setdefault(family, []).append(use)
    table = table.join(first.rename(columns={"first_content": "content"})).reset_index()
    table = table.assign(uses=table["quote_family"].map(uses))
    columns = ["quote_family", "speaker", "content", "first_outlet", "first_published",
               "last_published", "n_outlets", "n_articles", "n_quotes", "n_wordings", "uses"]
    table = table[columns].sort_values(
        ["n_outlets", "n_articles", "first_published", "quote_family"],
        ascending=[False, False, True, True], kind="stable", ignore_index=True)
    return table.head(top_n) if top_n else table
