"""Text that a spreadsheet would run as a formula, made harmless: one rule for every CSV."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def neutralise(value: object) -> object:
    """Give a text that starts like a formula with an apostrophe in front; all else as it is.

    The starting characters are those of OWASP's page "CSV Injection".

    Examples
    --------
    >>> neutralise("=1+1"), neutralise("one"), neutralise(-1)
    ("'=1+1", 'one', -1)
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value
