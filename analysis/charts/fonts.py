"""Fonts: which are there, and what they can draw.

DejaVu comes with matplotlib and covers Latin, Cyrillic, Greek, Arabic, Hebrew, Armenian and
Georgian. Chinese, Japanese, Korean, Indic scripts and Thai need a font of the computer.
"""

import re
from functools import cache

from matplotlib import font_manager
from matplotlib.ft2font import FT2Font

_WANTED = (
    "DejaVu Sans", "Noto Sans", "Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans SC",
    "Microsoft YaHei", "PingFang SC", "Hiragino Sans", "Yu Gothic", "Malgun Gothic",
    "WenQuanYi Zen Hei", "Droid Sans Fallback", "Noto Sans Devanagari", "Nirmala UI",
    "Noto Sans Thai", "Leelawadee UI", "Arial Unicode MS",
)


def font_families() -> tuple[str, ...]:
    """Give the fonts of this computer to draw with, best first; DejaVu Sans is always there."""
    there = set(font_manager.get_font_names())
    return tuple(name for name in _WANTED if name in there)


def drawable(text: str, *, otherwise: str) -> str:
    """Give the text with what no font here can draw left out.

    Parameters
    ----------
    text
        A name: "习近平 Xi Jinping" becomes "… Xi Jinping" where no Chinese font is there.
    otherwise
        What to write where no letter is left.
    """
    known = _glyphs()
    if all(ord(sign) in known or sign.isspace() for sign in text):
        return text
    kept = "".join(sign if ord(sign) in known else "…" for sign in text)
    kept = re.sub(r"(…[\s…]*)+", "… ", kept).strip()
    return kept if any(sign.isalpha() for sign in kept) else otherwise


@cache
def _glyphs() -> frozenset[int]:
    found: set[int] = set()
    for name in font_families():
        path = font_manager.findfont(name, fallback_to_default=False)
        found |= set(FT2Font(path).get_charmap())
    return frozenset(found)
