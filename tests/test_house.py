"""The house stays as the architecture says: layers, sizes, imports, tracked files, words."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = sorted((ROOT / "analysis").rglob("*.py"))


def run(*command, **extra):
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, **extra},
    )


def test_imports_follow_the_layers_and_doors():
    done = run(str(Path(sys.executable).parent / "lint-imports"), "--no-cache")
    assert done.returncode == 0, done.stdout + done.stderr


def test_lint_is_clean():
    done = run(sys.executable, "-m", "ruff", "check", "--no-cache", ".")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", PACKAGE, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_outgrows_its_room(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 320


def test_importing_the_package_loads_nothing_heavy():
    code = (
        "import sys, analysis; heavy = {'spacy', 'matplotlib', 'pandas', 'onnxruntime'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    assert run(sys.executable, "-c", code).stdout.strip() == "[]"


def test_every_public_name_resolves_and_has_a_docstring():
    code = (
        "import analysis; print([n for n in dir(analysis) if not getattr(analysis, n).__doc__])"
    )
    done = run(sys.executable, "-c", code)
    assert done.stdout.strip() == "[]", done.stderr


@pytest.mark.parametrize("package", sorted({path.parent for path in PACKAGE}),
                         ids=lambda path: str(path.relative_to(ROOT)))
def test_no_public_name_is_hidden_by_a_module_of_its_name(package):
    """`from package import name` would give the module, once it is loaded."""
    text = (package / "__init__.py").read_text(encoding="utf-8") if (
        package / "__init__.py").is_file() else ""
    modules = {path.stem for path in package.glob("*.py")}
    public = set(re.findall(r'"(\w+)"', text.split("lazily(")[1])) if "lazily(" in text else set()
    keys = set(re.findall(r'"(\w+)": \[', text))
    assert (public - keys) & modules == set()


@pytest.mark.parametrize(
    "word", ["pick" + "le.load", "allow_pickle=" + "True", "TO" + "DO", "FIX" + "ME"]
)
def test_no_unwanted_word_stands_in_the_package(word):
    found = [path.name for path in PACKAGE if word in path.read_text(encoding="utf-8")]
    assert found == []


def test_no_tracked_file_names_a_package_host():
    listed = run("git", "ls-files").stdout.split("\n")
    texts = [ROOT / name for name in listed if name.endswith((".lock", ".toml", "Makefile", "run"))]
    pattern = re.compile(r"https?://[^\s\"]*(pypi|pythonhosted|/simple)")
    assert [path.name for path in texts if pattern.search(path.read_text())] == []
