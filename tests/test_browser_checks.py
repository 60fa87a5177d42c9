"""The browser checks need Chromium: `make test` says that it left them out."""

import pytest


def test_browser_checks():
    pytest.skip("browser checks run with `make test-browser` (needs Chromium)")
