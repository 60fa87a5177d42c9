"""Nothing an outsider writes into an article runs: not in the page, whatever its policy says."""

import pytest

# What our own pages never contain; found by looking, so that a payload that did not fire counts.
SUSPECTS = """() => {
  const bad = [];
  for (const item of document.querySelectorAll('*')) {
    for (const at of item.attributes) {
      if (/^on/i.test(at.name)) bad.push(item.outerHTML.slice(0, 200));
      const loads = /^(href|src|action|formaction|data|xlink:href|srcdoc)$/i.test(at.name);
      const ours = /^(#|tables\\/|figures\\/|data:image\\/png;)/.test(at.value)
          || /^[\\w.-]+\\/[\\w.-]+\\.(html|ipynb)$/.test(at.value);
      if (loads && !ours) bad.push(item.outerHTML.slice(0, 200));
    }
    if (/^(iframe|object|embed|form|base|svg|math|video|audio|marquee|template|dialog)$/i
        .test(item.tagName)) bad.push(item.outerHTML.slice(0, 200));
  }
  const scripts = document.querySelectorAll('script').length;
  if (scripts > 1) bad.push(`${scripts} scripts`);
  return bad;
}"""


@pytest.mark.parametrize("bypass", [False, True], ids=["with the policy", "without it"])
def test_no_payload_runs_in_a_page(hostile, open_page, bypass):
    pages = [hostile / "index.html", *sorted(hostile.glob("*/*.html"))]
    assert len(pages) >= 3
    for path in pages:
        page = open_page(path, bypass_csp=bypass)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        page.mouse.move(300, 300)
        page.wait_for_timeout(300)
        assert page.evaluate("window.__hit") is None, path.name
        assert page.evaluate(SUSPECTS) == [], path.name
        assert page.complaints == [], path.name
        assert "window.__hit=1" in page.locator("main").inner_text(), path.name
