"""The command line: every command is one function of the package, errors are one line.

Exit codes: 0 done, 1 a report failed, 2 the input cannot be used.
"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from analysis.errors import InputError

app = typer.Typer(
    add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False,
    help="Who is quoted in the news, what they say, and about what.",
)

Paths = Annotated[list[Path], typer.Argument(help="files or folders of articles", metavar="PATHS…")]
Out = Annotated[str, typer.Option("--out", help="folder to write into")]
Given = Annotated[list[str] | None, typer.Option("-p", help="a parameter: name=value")]


@app.command()
def extract(
    paths: Paths, out: Out, *,
    model: Annotated[str, typer.Option(help="installed spaCy English pipeline")] = "en_core_web_sm",
    topics: Annotated[str, typer.Option(help="your topics, .csv or .yml")] = "",
    aliases: Annotated[str, typer.Option(help="your speaker aliases, .csv")] = "",
    corrections: Annotated[str, typer.Option(help="your corrections file")] = "",
    column: Annotated[
        list[str] | None, typer.Option(help="text=body: which column is what")
    ] = None,
    language: Annotated[str, typer.Option(help="language to keep; '' for all")] = "en",
    repair: Annotated[
        bool, typer.Option("--repair", help="repair mojibake and hard-wrapped lines")
    ] = False,
    host: Annotated[
        list[str] | None, typer.Option(help="keep only articles of this host")
    ] = None,
    since: Annotated[str, typer.Option(help="keep only articles from this day on")] = "",
    until: Annotated[str, typer.Option(help="keep only articles up to this day")] = "",
    csv: Annotated[bool, typer.Option("--csv", help="also write each table as CSV")] = False,
    workers: Annotated[int, typer.Option(help="worker processes; 0: this process", min=0)] = 0,
    cluster: Annotated[str, typer.Option(help="Dask scheduler's address, or 'local'")] = "",
) -> None:
    """Articles in, a folder of tables out.

    Example: on-record extract data/demo/articles --topics data/demo/topics.csv --out tables
    """
    from analysis.scale import extract_corpus
    from analysis.workbook import Settings, loss_lines, read_run

    settings = Settings(
        model=model, topics=topics, aliases=aliases, corrections=corrections, language=language,
        columns=tuple(_pairs(column or [], option="--column").items()), repair=repair,
        hosts=tuple(host or ()), since=since, until=until,
    )
    _say(extract_corpus(paths, out=out, settings=settings, csv=csv, workers=workers,
                        cluster=cluster, progress=_stage))
    for line in loss_lines(read_run(out)):
        _say(line)


@app.command()
def report(
    notebook: Annotated[str, typer.Argument(help="name, number or path of a notebook")],
    out: Out, *,
    given: Given = None,
    title: Annotated[str, typer.Option(help="title of the page, above the question")] = "",
) -> None:
    """Run one notebook with parameters: executed notebook, HTML, tables and figures.

    Example: on-record report 02 -p tables_dir=tables -p top_n=20 --out reports/mine
    """
    from analysis.reports import Cover, find_notebook, run_report

    values = _pairs(given or [], option="-p")
    made = run_report(find_notebook(notebook), values, out=out, progress=sys.stderr.isatty(),
                      cover=Cover(title))
    if not made.ok:
        _fail(made.error, code=2 if made.error.startswith("InputError") else 1)
    _say(f"{made.html} ({'unchanged, not run again' if made.reused else f'{made.seconds} s'})")


@app.command()
def portfolio(
    reports: Annotated[Path, typer.Argument(help="YAML file that lists the reports")],
    out: Out, *,
    only: Annotated[str, typer.Option(help="only reports whose name contains this")] = "",
    limit: Annotated[int, typer.Option(help="at most so many reports; 0 for all", min=0)] = 0,
    workers: Annotated[int, typer.Option(help="worker processes; 0 for one per core", min=0)] = 0,
    continue_on_error: Annotated[
        bool, typer.Option(help="go on after a report failed")
    ] = True,
) -> None:
    """Many reports in parallel, and index.html; failures are shown, the exit code is honest.

    Example: on-record portfolio data/demo/reports.yml --out reports
    """
    from analysis.reports import run_portfolio

    made = run_portfolio(
        reports, out=out, only=only, limit=limit, workers=workers,
        continue_on_error=continue_on_error, say=_say,
    )
    failed = [item for item in made if not item.ok]
    reused = sum(item.reused for item in made)
    page = Path(out) / "index.html"
    _say(f"{page}: {len(made)} reports, {reused} unchanged, {len(failed)} failed")
    if failed:
        raise typer.Exit(1)


@app.command()
def accuracy(
    tables: Annotated[Path, typer.Argument(help="folder of tables")],
    gold: Annotated[Path, typer.Argument(help="gold: folder of brat files, or .jsonl")],
) -> None:
    """Precision, recall and F1 of the tables against gold annotations.

    Example: on-record accuracy tables data/demo/gold.jsonl
    """
    from analysis.accuracy import accuracy_table

    _say(accuracy_table(tables, gold))


@app.command()
def sample(
    tables: Annotated[Path, typer.Argument(help="folder of tables")],
    out: Annotated[Path, typer.Option("--out", help="CSV file to write")], *,
    quotations: Annotated[int, typer.Option(help="how many quotations to check", min=0)] = 200,
    articles: Annotated[int, typer.Option(help="how many articles to read whole", min=0)] = 20,
    seed: Annotated[int, typer.Option(help="seed of the draw")] = 0,
) -> None:
    """Draw a random sample to check by hand; 06_check_a_sample reads it back.

    Example: on-record sample tables --out sample.csv
    """
    from analysis.accuracy import draw_sample, open_sample
    from analysis.workbook import load_tables

    drawn = draw_sample(load_tables(tables), n_quotes=quotations, n_articles=articles,
                        random_seed=seed)
    held = open_sample(drawn, out)
    _say(f"{out}: {len(held)} rows to check. Fill the column `verdict`, then run "
         f"on-record report 06_check_a_sample -p tables_dir={tables} -p sample={out} --out DIR")


@app.command()
def notebooks() -> None:
    """List the notebooks and the question each answers."""
    from analysis.reports import list_notebooks

    for name, title in list_notebooks().items():
        _say(f"{name:<22} {title}")


@app.command()
def params(notebook: Annotated[str, typer.Argument(help="name, number or path")]) -> None:
    """List what a notebook takes: name, type, default, help.

    Example: on-record params 02
    """
    from analysis.reports import find_notebook, read_parameters

    for item in read_parameters(find_notebook(notebook)).values():
        _say(f"{item.name:<16} {item.type:<10} {item.default!r:<32} {item.help}")


def _pairs(items: list[str], *, option: str) -> dict[str, str]:
    pairs = {}
    for item in items:
        name, sign, value = item.partition("=")
        if not sign or not name:
            raise InputError(
                f"{option} {item} is not of the form name=value. Write {option} name=value."
            )
        pairs[name] = value
    return pairs


def _say(line: str) -> None:
    typer.echo(line)


def _stage(line: str) -> None:
    """Tell a person at a terminal what is under way; a log stays clean."""
    if sys.stderr.isatty():
        typer.echo(f"… {line}", err=True)


def _fail(line: str, *, code: int) -> None:
    typer.echo(f"on-record: {line}", err=True)
    raise typer.Exit(code)


def main() -> None:
    """Run the command line; an `InputError`, or a disk that refuses, is one line, exit code 2."""
    show_all = "--traceback" in sys.argv
    argv = [item for item in sys.argv[1:] if item != "--traceback"]
    try:
        app(args=argv, prog_name="on-record")
    except InputError as error:
        if show_all:
            raise
        typer.echo(f"on-record: {error}", err=True)
        sys.exit(2)
    except OSError as error:
        if show_all:
            raise
        where = f"{error.filename} " if error.filename else ""
        typer.echo(f"on-record: {where}cannot be read or written ({error.strerror or error}). "
                   "Make room or choose another folder, then run the same command again.", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
