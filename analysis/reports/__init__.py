"""Notebook + parameters → executed notebook, one offline HTML page, and an index of many."""

from importlib import import_module

_HOMES = {
    "Parameter": "parameters", "check_parameters": "parameters", "list_notebooks": "parameters",
    "read_parameters": "parameters", "find_notebook": "parameters",
    "Report": "execute", "run_report": "execute",
    "export_html": "html",
    "run_portfolio": "portfolio",
}
__all__ = sorted(_HOMES)


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'analysis.reports' has no attribute '{name}'")
    return getattr(import_module(f"analysis.reports.{_HOMES[name]}"), name)
