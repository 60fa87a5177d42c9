"""Real pages in a real browser: Debian's Chromium, offline. Run by `make test-browser`."""

import shutil
import sys
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(Path(__file__).parent)]
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
        "--disable-background-networking", "--disable-component-update"]
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
WAIT = 120_000  # milliseconds: the machine may be busy


@pytest.fixture(scope="session")
def chromium():
    if not BROWSER:
        pytest.fail("Chromium is not installed. Run: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=ARGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def reports(tmp_path_factory):
    """Make every notebook's report on the demo's gold tables, and one that fails, with an index."""
    from making import make_reports

    return make_reports(tmp_path_factory.mktemp("reports"))


@pytest.fixture(scope="session")
def hostile(tmp_path_factory):
    """Make reports on a corpus whose every text tries to run a script."""
    from making import make_hostile

    return make_hostile(tmp_path_factory.mktemp("hostile"))


@pytest.fixture
def open_page(chromium):
    """Give a function that opens a page offline and notes what it complained of or asked for."""
    contexts = []

    def opener(path, *, width=1280, **options):
        context = chromium.new_context(viewport={"width": width, "height": 900}, offline=True,
                                       **options)
        context.set_default_timeout(WAIT)
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("dialog", lambda dialog: (page.complaints.append("dialog"), dialog.dismiss()))
        page.on("request", lambda request: page.complaints.append(request.url[:200])
                if request.url.split("#")[0] != path.as_uri()
                and not request.url.startswith("data:image/png") else None)
        page.goto(path.as_uri())
        return page

    yield opener
    for context in contexts:
        context.close()
