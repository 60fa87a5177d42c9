"""The correction desk in a real JupyterLab: what is clicked and typed stands in the file."""

import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat
import pytest
import yaml
from conftest import ROOT, WAIT

CODE = f"""import sys
sys.path.insert(0, {str(ROOT / "tests")!r})
from gold_tables import gold_tables
from analysis.corrections import open_desk
tables = gold_tables()
ids = tables.quotes["quote_id"].tolist()[:12]
open_desk(tables, "corrections.yml", by="kim", quote_ids=ids)"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def lab(tmp_path):
    """Start JupyterLab on a folder with one notebook; give its address."""
    work = tmp_path / "work"
    work.mkdir()
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CODE)], metadata={
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}})
    nbformat.write(book, work / "desk.ipynb")
    port, token = free_port(), secrets.token_hex(16)
    home = {name: str(tmp_path / name.lower()) for name in (
        "HOME", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTERLAB_SETTINGS_DIR",
        "JUPYTERLAB_WORKSPACES_DIR", "IPYTHONDIR")}
    for folder in home.values():
        Path(folder).mkdir(parents=True)
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1",
         f"--port={port}", f"--IdentityProvider.token={token}", "--expose-app-in-browser",
         "--LabApp.news_url=None", "--LabApp.check_for_updates_class="
         "jupyterlab.handlers.announcements.NeverCheckForUpdate"],
        cwd=work, env={**os.environ, **home}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    for _ in range(240):
        try:
            urllib.request.urlopen(f"{address}/api?token={token}", timeout=5).close()
            break
        except OSError:
            time.sleep(0.5)
    yield f"{address}/lab/tree/desk.ipynb?token={token}&reset", work
    server.terminate()
    server.wait(timeout=30)


def open_desk_in(page, address):
    page.goto(address)
    page.wait_for_selector(".jp-Notebook .jp-Cell")
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=WAIT * 3)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    try:
        page.wait_for_selector(".correction-desk .desk-right", timeout=WAIT * 3)
    finally:
        if os.environ.get("DESK_PICTURE"):
            page.screenshot(path=os.environ["DESK_PICTURE"])


def progress(page, text):
    page.wait_for_function(
        "text => document.querySelector('.desk-progress').innerText.includes(text)", arg=text,
        timeout=WAIT)


def test_reject_rename_merge_undo_and_reload_stand_in_the_file(lab, chromium):
    address, work = lab
    page = chromium.new_page(viewport={"width": 1280, "height": 1000})
    page.set_default_timeout(WAIT * 2)
    open_desk_in(page, address)
    progress(page, "Quotation 1 of 12")
    page.type(".desk-key input", "r")
    progress(page, "Quotation 2 of 12")
    page.fill(".desk-speaker input", "Anneke Grell-Smith")
    page.keyboard.press("Tab")
    page.click(".desk-same_person")
    progress(page, "2 corrections")
    page.fill(".desk-speaker input", "Tomas Verrin")
    page.keyboard.press("Tab")
    page.click(".desk-same_person")
    progress(page, "3 corrections")
    page.click(".desk-undo")
    progress(page, "2 corrections")
    if os.environ.get("DESK_PICTURE"):
        page.screenshot(path=os.environ["DESK_PICTURE"])
    made = yaml.safe_load((work / "corrections.yml").read_text(encoding="utf-8"))
    assert [(item["do"], item["by"]) for item in made] == [("reject", "kim"), ("merge", "kim")]
    assert made[1]["speaker"] == "Anneke Grell-Smith"
    page.close()
    again = chromium.new_page()
    again.set_default_timeout(WAIT)
    open_desk_in(again, address)
    progress(again, "Quotation 2 of 12")
    progress(again, "1 of 12 quotations answered, 2 corrections")
    again.close()
