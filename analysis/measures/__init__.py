"""Counted tables: shares, diversity, trends, comparisons, all with n and intervals.

Every function takes voices (see `gather_voices`) and gives a small table; `quotes_behind` gives
the quotations behind any of its numbers.
"""

from analysis.lazy import lazily

__getattr__, __all__ = lazily(__name__, {
    "compare": ["compare_copies", "compare_outlets", "compare_periods", "pick_outlets"],
    "distinctive": ["compare_words"],
    "diversity": ["count_diversity", "describe_diversity"],
    "groups": ["count_groups"],
    "headlines": ["article_words", "corpus_words", "difference_words", "speaker_words"],
    "labels": ["group_voices"],
    "position": ["count_first_voices", "count_positions"],
    "profile": ["describe_speaker", "heard_with", "pick_speaker", "select_speaker"],
    "shares": [
        "count_anonymity_reasons", "count_kinds", "count_naming", "count_roles",
        "count_roles_by_gender", "count_speakers", "count_stances", "named_only", "share_words",
    ],
    "topics": [
        "count_spread", "count_talked_about", "count_topics", "count_topics_over_time",
        "count_who_about_whom",
    ],
    "trace": ["quotes_behind"],
    "trends": ["count_over_time"],
    "voices": ["gather_voices", "select_voices"],
})
