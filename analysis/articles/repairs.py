"""Repairs that change the text; made only when asked for, and counted in the loss report."""

import re

from analysis.articles.paragraphs import is_hard_wrapped

_WRAP = re.compile(r"(?<=\S)[ \t]*(?:\r\n|\n|\r)(?=[^\s\-–—•*])")
_PARAGRAPHS = re.compile(r"((?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)\s*)")


def repair_text(text: str) -> tuple[str, bool]:
    """Give the text with mojibake mended and hard-wrapped lines joined, and whether it changed.

    "donâ€™t" becomes "don’t" (ftfy); lines are joined only where the text has blank lines between
    paragraphs and its lines break at one width, as in old e-mail and export files.
    """
    import ftfy

    # Curly marks, ligatures and wide letters are the source's own; only damage is mended.
    settings = ftfy.TextFixerConfig(
        uncurl_quotes=False, fix_latin_ligatures=False, fix_character_width=False,
        fix_line_breaks=False, unescape_html="auto", normalization=None)
    mended = ftfy.fix_text(text, config=settings)
    mended = _unwrapped(mended) if is_hard_wrapped(mended) else mended
    return mended, mended != text


def _unwrapped(text: str) -> str:
    return "".join(block if place % 2 else _WRAP.sub(" ", block)
                   for place, block in enumerate(_PARAGRAPHS.split(text)))
