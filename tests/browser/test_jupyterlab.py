"""A walk through real JupyterLab: open, run all, filter, click to a quotation, change a setting."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from urllib.request import urlopen

import nbformat
import pytest
from conftest import ROOT, WAIT
from gold_tables import gold_tables
from making import hostile_tables

from analysis.workbook import save_tables

SETTINGS = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    # Every cell in the page, also those out of view, so that a check finds them.
    "notebook-extension/tracker": {"windowingMode": "none"},
}


def start_lab(folder, tables):
    """Give a running JupyterLab on copies of the notebooks that read the given tables."""
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    save_tables(tables, folder / "tables")
    for path in (folder / "notebooks").glob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            if "parameters" in cell.metadata.get("tags", []):
                cell.source = _pointed(cell.source, folder)
        nbformat.write(notebook, path)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    # A home of its own: no user settings, no question about news or extensions.
    for name, values in SETTINGS.items():
        path = folder / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values))
    options = {"ServerApp.token": "", "ServerApp.password": "", "ServerApp.port": port,
               "ServerApp.open_browser": False, "ServerApp.allow_root": True,
               "ServerApp.root_dir": folder / "notebooks", "ServerApp.ip": "127.0.0.1",
               "LabApp.user_settings_dir": folder / "settings",
               "LabApp.workspaces_dir": folder / "workspaces"}
    given = [f"--{key}={value}" for key, value in options.items()]
    home = {"JUPYTER_CONFIG_DIR": str(folder / "config"), "HOME": str(folder)}
    with (folder / "lab.log").open("w") as log:
        server = subprocess.Popen([sys.executable, "-m", "jupyterlab", *given],
                                  env={**os.environ, **home}, stdout=log, stderr=log)
    return server, f"http://127.0.0.1:{port}"


def _pointed(source, folder):
    """The same parameters cell, reading the tables that are there."""
    values = {"articles": "", "tables_dir": str(folder / "tables"),
              "topics": str(ROOT / "data/demo/topics.csv"), "output_dir": str(folder / "out")}
    return "\n".join(re.sub(r'= ".*?"', f'= "{values[name]}"', line, count=1)
                     if (name := line.split(":")[0]) in values else line
                     for line in source.splitlines())


@pytest.fixture
def lab(request, tmp_path, chromium):
    tables = gold_tables() if request.param == "demo" else hostile_tables()
    server, address = start_lab(tmp_path, tables)
    for _ in range(120):
        try:
            urlopen(f"{address}/api", timeout=5).close()
            break
        except OSError:
            time.sleep(1)
    page = chromium.new_page(viewport={"width": 1500, "height": 1000})
    page.set_default_timeout(WAIT * 2)
    page.alerts = []
    page.on("dialog", lambda dialog: _answer(page, dialog))
    yield page, address, tmp_path
    page.screenshot(path=tmp_path / "last.png")
    page.close()
    server.terminate()
    server.wait(30)


def _answer(page, dialog):
    """Leave an unsaved notebook when asked; note every other dialog: a payload may open it."""
    if dialog.type == "beforeunload":
        dialog.accept()
    else:
        page.alerts.append(dialog.message)
        dialog.dismiss()


def run_all(page, address, name):
    """Open a notebook, run all its cells and wait for the last."""
    page.goto(f"{address}/lab/tree/{name}.ipynb?reset")
    page.wait_for_selector(".jp-Notebook .jp-CodeCell")
    finish(page)


def finish(page):
    """Run all cells of the open notebook by its menu and wait until the last has run."""
    # Cells sent before the kernel answers are dropped.
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.wait_for_function(
        "() => { const all = document.querySelectorAll('.jp-CodeCell .jp-InputPrompt');"
        " return all.length && /\\[\\d+\\]/.test(all[all.length - 1].textContent); }",
        timeout=WAIT * 4)


BAR = "button[title^='Read the quotations']"


@pytest.mark.parametrize("lab", ["demo"], indirect=True)
def test_a_walk_from_the_map_to_a_quotation_and_to_another_setting(lab):
    page, address, folder = lab
    run_all(page, address, "00_start_here")
    assert page.locator("[data-mime-type*=stderr]").count() == 0
    status = page.locator("p[role=status]")
    assert status.inner_text().startswith("642 of 642 quotations")
    page.get_by_label("Outlets").select_option("The Daily Gull")
    page.wait_for_function(
        "() => !document.querySelector('p[role=status]').innerText.startsWith('642 of')")
    page.wait_for_timeout(1000)  # the bars are drawn anew
    page.locator(BAR).first.click()
    page.wait_for_selector(".or-behind .or-content")
    assert "The Daily Gull" in page.locator(".or-behind li").first.inner_text()
    status.scroll_into_view_if_needed()
    page.screenshot(path=folder / "explore.png")
    page.goto(f"{address}/lab/tree/02_who_is_quoted.ipynb?reset")
    page.wait_for_selector(".jp-Notebook .jp-CodeCell")
    page.locator(".cm-line", has_text="top_n: int").first.click()
    page.keyboard.press("End")
    page.keyboard.press("Shift+Home")
    page.keyboard.insert_text("top_n: int = 3  # how many speakers to draw, 1..40")
    finish(page)
    charts = page.locator(".jp-OutputArea-output img")
    assert charts.count() >= 5
    assert all(len(chart.get_attribute("alt") or "") > 20 for chart in charts.all())
    assert page.locator(".jp-OutputArea-output[data-mime-type*=error]").count() == 0
    assert page.locator(".or-behinds").first.locator(".or-behind").count() == 3
    charts.first.scroll_into_view_if_needed()
    page.screenshot(path=folder / "changed.png")


@pytest.mark.parametrize("lab", ["hostile"], indirect=True)
def test_no_payload_runs_in_jupyterlab(lab):
    page, address, _folder = lab
    for name in ("01_close_reading", "00_start_here"):
        run_all(page, address, name)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        page.wait_for_timeout(500)
        assert page.evaluate("window.__hit") is None
    page.locator(BAR).first.click()
    page.wait_for_selector(".or-behind .or-content")
    page.wait_for_timeout(500)
    assert page.evaluate("window.__hit") is None
    assert page.alerts == []
