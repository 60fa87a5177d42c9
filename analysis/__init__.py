"""On Record: who is quoted in the news, what they say, and about what.

What each stage makes public is public here too: `from analysis import open_tables, count_groups`.
Nothing heavy is loaded by `import analysis`; a name is looked up when it is used, and the stages
load their modules the same way.
"""

from importlib import import_module

# In the order of the pipeline; `tables` last, since it alone loads pandas to be looked into.
_STAGES = (
    "scale", "workbook", "explore", "reading", "measures", "charts", "articles", "quotations",
    "speakers", "topics", "corrections", "accuracy", "reports", "errors", "tables",
)


def __getattr__(name: str) -> object:
    if name.startswith("__"):
        raise AttributeError(name)
    for stage in _STAGES:
        module = import_module(f"analysis.{stage}")
        if name in module.__all__:
            return getattr(module, name)
    raise AttributeError(f"module 'analysis' has no attribute '{name}'")


def __dir__() -> list[str]:
    stages = [import_module(f"analysis.{stage}") for stage in _STAGES]
    return sorted({name for stage in stages for name in stage.__all__})
