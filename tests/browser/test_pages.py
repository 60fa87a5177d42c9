"""Every page we make: accessible, offline, readable on a phone, on paper and by keyboard."""

import pytest
from axe_playwright_python.sync_playwright import Axe

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}


@pytest.fixture(scope="session")
def pages(reports):
    return [reports / "index.html", *sorted(reports.glob("*/*.html"))]


def each(pages, open_page, **options):
    return [(path.stem, open_page(path, **options)) for path in pages]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_violation_of_wcag_21_aa(pages, open_page, scheme):
    found = {}
    for name, page in each(pages, open_page, color_scheme=scheme):
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        bad = Axe().run(page, options=RULES).response["violations"]
        found[name] = [(item["id"], [node["html"][:200] for node in item["nodes"]][:3])
                       for item in bad]
    assert found == {name: [] for name in found}


def test_no_request_no_error_with_the_network_blocked(pages, open_page):
    complaints = {name: page.complaints for name, page in each(pages, open_page)}
    assert complaints == {name: [] for name in complaints}


def test_every_picture_says_what_it_shows(pages, open_page):
    for name, page in each(pages, open_page):
        alts = page.eval_on_selector_all("img", "all => all.map(item => item.alt)")
        assert [alt for alt in alts if len(alt) < 20] == [], name


def test_language_one_title_and_a_main_part(pages, open_page):
    for name, page in each(pages, open_page):
        assert page.evaluate("document.documentElement.lang") == "en"
        assert page.locator("h1").count() == 1, name
        assert page.locator("main").count() == 1, name


@pytest.mark.parametrize("width", [360, 640], ids=["phone", "zoomed to 200 %"])
def test_no_sideways_scrolling(pages, open_page, width):
    for name, page in each(pages, open_page, width=width):
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        wide = page.eval_on_selector_all(
            "p, li, h1, h2, h3, summary, .or-context",
            "(all, width) => all.filter(e => !e.closest('table') && "
            "e.getBoundingClientRect().right > width + 1).map(e => e.textContent.slice(0, 60))",
            width)
        assert wide == [], name


def test_the_quote_table_works_by_keyboard(reports, open_page):
    page = open_page(reports / "01_close_reading" / "01_close_reading.html")
    rows = page.locator("table.or-quotes tbody tr:visible")
    total = rows.count()
    page.get_by_label("Search these quotations").focus()
    page.keyboard.type("tunnel")
    assert 0 < rows.count() < total
    assert page.get_by_role("status").inner_text() == f"{rows.count()} of {total} shown"
    page.get_by_label("Search these quotations").fill("")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    head = page.locator("table.or-quotes thead th").nth(1)
    assert head.get_attribute("aria-sort") == "ascending"
    names = [item.strip() for item in page.locator("td[data-label=Speaker]").all_inner_texts()]
    named = [name for name in names if name != "–"]
    assert named == sorted(named, key=str.casefold)
    box = page.locator("table.or-quotes details").first
    box.locator("summary").focus()
    page.keyboard.press("Enter")
    assert box.get_attribute("open") is not None


def test_a_number_in_the_article_leads_to_its_row(reports, open_page):
    page = open_page(reports / "01_close_reading" / "01_close_reading.html")
    page.locator(".or-text sup a").first.click()
    assert page.locator("tr:target").count() == 1


def test_a_report_leads_back_to_the_list_of_all(reports, open_page):
    page = open_page(reports / "04_speaker" / "04_speaker.html")
    assert page.title() == page.locator("h1").inner_text() == "A title of its own"
    page.get_by_role("link", name="All reports").click()
    assert page.title() == "All reports"


def test_the_contents_lead_to_every_part(reports, open_page):
    page = open_page(reports / "01_close_reading" / "01_close_reading.html")
    links = page.locator(".contents a")
    assert links.count() == page.locator("main h2, main h3").count()
    hrefs = [link.get_attribute("href") for link in links.all()]
    assert all(page.evaluate("id => !!document.getElementById(id)", item[1:]) for item in hrefs)


def test_paper_has_no_controls_and_no_dark_background(reports, open_page):
    page = open_page(reports / "01_close_reading" / "01_close_reading.html", color_scheme="dark")
    page.emulate_media(media="print")
    assert not page.locator(".contents").is_visible()
    assert not page.locator(".or-controls").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert len(page.pdf()) > 10_000


def test_paper_leaves_closed_lists_closed(reports, open_page):
    page = open_page(reports / "01_close_reading" / "01_close_reading.html")
    page.evaluate("""document.querySelector("main").insertAdjacentHTML("beforeend",
        '<p id="lead"></p><div class="or-behinds"><details class="or-behind"></details></div>')""")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert not page.locator(".or-behind").is_visible()
    assert page.locator("#lead").evaluate("lead => getComputedStyle(lead).display") == "none"


def test_a_failed_report_is_shown_as_failed(reports, open_page):
    page = open_page(reports / "failing" / "failing.html")
    assert "ZeroDivisionError" in page.get_by_role("alert").inner_text()
    index = open_page(reports / "index.html")
    assert "1 failed" in index.locator("main").inner_text()
    assert index.locator(".failed").count() == 1
    assert index.get_by_role("heading", name="Does it fail?").count() == 1


def test_pages_are_small(pages):
    assert max(path.stat().st_size for path in pages) < 3_000_000
    assert max(path.with_suffix(".ipynb").stat().st_size for path in pages[1:]) < 3_000_000
