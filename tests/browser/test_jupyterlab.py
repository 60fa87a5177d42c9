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
    settings = folder / "settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    (settings / "notification.jupyterlab-settings").write_text(
        json.dumps({"fetchNews": "false", "checkForUpdates": False}))
    options = {"ServerApp.token": "", "ServerApp.password": "", "ServerApp.port": port,
               "ServerApp.open_browser": False, "ServerApp.allow_root": True,
               "ServerApp.root_dir": folder / "notebooks", "ServerApp.ip": "127.0.0.1",
               "LabApp.user_settings_dir": folder / "settings",
               "LabApp.workspaces_dir": folder / "workspaces"}
    given = [f"--{key}={value}" for key, value in options.items()]
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", *given],
        env={**os.environ, "JUPYTER_CONFIG_DIR": str(folder / "config"), "HOME": str(folder)},
        stdout=(folder / "lab.log").open("w"), stderr=subprocess.STDOUT)
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
            urlopen(f"{address}/api", timeout=5)
            break
        except OSError:
            time.sleep(1)
    page = chromium.new_page(viewport={"width": 1500, "height": 1000})
    page.set_default_timeout(WAIT * 2)
    yield page, address, tmp_path
    page.screenshot(path=tmp_path / "last.png")
    page.close()
    server.terminate()
    server.wait(30)


def run_all(page, address, name):
    page.goto(f"{address}/lab/tree/{name}.ipynb?reset")
    page.wait_for_selector(".jp-Notebook .jp-Cell")
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    # JupyterLab renders only the cells in view: the counter in the last cell says when it is over.
    page.wait_for_function(
        "() => document.querySelector('.jp-Notebook-ExecutionIndicator')"
        "?.dataset.status === 'idle'", timeout=WAIT * 4)


def scroll_to(page, text):
    """Scroll down the notebook until a text is there."""
    page.locator(".jp-Notebook .jp-WindowedPanel-outer, .jp-WindowedPanel-outer").first.hover()
    for _ in range(60):
        if page.get_by_text(text, exact=False).first.is_visible():
            return
        page.mouse.wheel(0, 500)
        page.wait_for_timeout(200)
    raise AssertionError(f"{text} is nowhere in the notebook")


@pytest.mark.parametrize("lab", ["demo"], indirect=True)
def test_a_walk_from_the_map_to_a_quotation_and_to_another_setting(lab):
    page, address, folder = lab
    run_all(page, address, "00_start_here")
    scroll_to(page, "Click a bar to read")
    page.screenshot(path=folder / "explore.png")
    before = page.get_by_text(re.compile(r"^\d+ of 642 quotations")).inner_text()
    page.get_by_label("Outlets").select_option("The Daily Gull")
    page.wait_for_function(
        "before => ![...document.querySelectorAll('p[role=status]')]"
        ".some(item => item.innerText === before)", arg=before)
    page.locator("button[title^='Read the quotations']").first.click()
    page.wait_for_selector(".or-behind .or-content")
    assert "The Daily Gull" in page.locator(".or-behind li").first.inner_text()
    page.screenshot(path=folder / "clicked.png")
    page.goto(f"{address}/lab/tree/02_who_is_quoted.ipynb?reset")
    cell = page.locator(".jp-CodeCell", has_text="top_n: int").first
    cell.locator(".cm-line", has_text="top_n: int").click()
    page.keyboard.press("End")
    page.keyboard.press("Shift+Home")
    page.keyboard.insert_text("top_n: int = 3  # how many speakers to draw, 1..40")
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.wait_for_selector(".jp-OutputArea img", timeout=WAIT * 4)
    assert page.locator(".jp-OutputArea-output[data-mime-type*=stderr]").count() == 0
    page.screenshot(path=folder / "changed.png")


@pytest.mark.parametrize("lab", ["hostile"], indirect=True)
def test_no_payload_runs_in_jupyterlab(lab):
    page, address, _folder = lab
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for name in ("01_close_reading", "00_start_here"):
        run_all(page, address, name)
        for _ in range(25):
            page.mouse.move(700, 500)
            page.mouse.wheel(0, 900)
            page.wait_for_timeout(150)
        assert page.evaluate("window.__hit") is None
    assert dialogs == []
