"""Notebook + parameters → executed notebook, one offline HTML page, and an index of many."""

from analysis.lazy import lazily

__getattr__, __all__ = lazily(__name__, {
    "parameters": ["Parameter", "check_parameters", "find_notebook", "list_notebooks",
                   "read_parameters"],
    "execute": ["Report", "run_report"],
    "html": ["Cover", "export_html"],
    "portfolio": ["run_portfolio"],
})
