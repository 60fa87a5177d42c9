"""Makes the pages the browser checks look at."""

import json

import nbformat
import pandas as pd
from gold_tables import gold_tables
from inprocess import NOTEBOOKS, given_for, run_in_process
from payloads import PAYLOADS

from analysis.reports import Report, export_html, read_parameters, run_report
from analysis.reports.index import write_index
from analysis.reports.plan import Planned
from analysis.reports.provenance import add_provenance
from analysis.tables import Tables, conform
from analysis.workbook import save_tables


def make_reports(out):
    """Give the folder of all reports: one per notebook, `failing` (a real run), `index.html`."""
    made = _all_notebooks(out, gold_tables(), title="A title of its own")
    failing = Planned("failing", "", _failing(out))
    made.append((failing, run_report(failing.notebook, {}, out=out / "failing")))
    write_index(out, "All reports", made)
    return out


def make_hostile(out):
    """Give the folder of the reports on hostile tables."""
    title = "<script>window.__hit=1</script>"
    made = _all_notebooks(out, hostile_tables(), title=title, only={"00", "01", "02", "03", "06"})
    write_index(out, title, made)
    return out


def _all_notebooks(out, tables, *, title, only=()):
    save_tables(tables, out / "tables")
    plan = [Planned(path.stem, title, path) for path in sorted(NOTEBOOKS.glob("[0-9]*.ipynb"))
            if not only or path.name[:2] in only]
    return [(item, _report(item, out / item.name, out / "tables")) for item in plan]


def _report(item, folder, tables_dir):
    """Make one report without a kernel; what comes after the run is the real thing."""
    given = given_for(item.notebook, tables_dir, folder)
    folder.mkdir(parents=True)
    executed = folder / item.notebook.name
    nbformat.write(run_in_process(item.notebook, given), executed)
    add_provenance(executed, read_parameters(item.notebook), given, facts={"Made": "now"})
    export_html(executed, made="Made now", cover=item.cover)
    (folder / f"{item.name}.run.json").write_text(json.dumps({"parameters": given}))
    return Report(item.name, folder, ok=True, seconds=1.0)


def _failing(out):
    cells = [nbformat.v4.new_markdown_cell("# Does it fail?\n\n## Here it breaks"),
             nbformat.v4.new_code_cell('tables_dir: str = ""  # folder of tables',
                                       metadata={"tags": ["parameters"]}),
             nbformat.v4.new_code_cell("1 / 0")]
    path = out / "failing.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={
        "kernelspec": {"name": "python3", "display_name": "Python 3"}}), path)
    return path


def hostile_tables():
    """Give tables with a script-injection payload in every text an outsider can write."""
    tables = gold_tables()
    n = len(PAYLOADS)
    articles = tables.articles[: min(n, 40)].reset_index(drop=True)
    payload = [PAYLOADS[i % n] for i in range(len(articles))]
    texts, quotes = [], []
    for at, article_id in enumerate(articles["article_id"]):
        text, rows = _hostile_article(article_id, at)
        texts.append(text)
        quotes += rows
    articles = articles.assign(text=texts, title=payload, outlet=payload[::-1], section=payload,
                               authors=[[item] for item in payload],
                               skipped=[[[0, 3, item]] for item in payload],
                               source_file=payload, url=[f"javascript:{item}" for item in payload])
    names = sorted({row["speaker_id"] for row in quotes})
    speakers = [{"speaker_id": name, "name": PAYLOADS[int(name)], "kind": "person",
                 "role": PAYLOADS[int(name)], "role_class": "official", "n_quotes": 2,
                 "n_articles": 2, "gender": "unknown", "aliases": [PAYLOADS[int(name)]]}
                for name in names]
    topics = [{"quote_id": row["quote_id"], "topic": PAYLOADS[-1 - int(row["speaker_id"])],
               "weight": 1.0, "basis": "keyword", "evidence": row["content"]} for row in quotes]
    files = [{"source_file": item, "sha256": item} for item in PAYLOADS]
    rejected = [{"source_file": item, "reason": item, "detail": item} for item in PAYLOADS]
    frames = {"articles": articles, "quotes": quotes, "speakers": speakers,
              "terms": _terms(quotes), "quote_topics": topics, "rejected": rejected}
    return Tables(**{name: conform(pd.DataFrame(rows), name) for name, rows in frames.items()},
                  run={**tables.run, "files": files})


def _hostile_article(article_id, at):
    """Three quotations whose source, cue and content are payloads."""
    text, rows = "", []
    for turn in range(3):
        i = (3 * at + turn) % len(PAYLOADS)
        begin = len(text)
        source, cue, content = PAYLOADS[i], "said " + PAYLOADS[-1 - i], PAYLOADS[i] + " indeed"
        text += f"{source} {cue} {content}\n\n"
        first, second = begin + len(source) + 1, begin + len(source) + len(cue) + 2
        end = second + len(content)
        rows.append({
            "quote_id": f'{article_id}:{second}-{end}"><i>{turn}', "article_id": article_id,
            "content": content, "spans": [[second, end]], "kind": "direct", "cue": cue,
            "cue_spans": [[first, first + len(cue)]], "source": source, "cue_lemma": cue,
            "source_spans": [[begin, begin + len(source)]], "stance": "neutral",
            "act": "statement", "speaker_id": str(i), "n_words": 3, "confidence": 0.5,
            "speaker_basis": "name", "paragraph": turn,
        })
    return text, rows


def _terms(quotes):
    return [{"quote_id": row["quote_id"], "start": 0, "end": 1, "text": row["content"],
             "lemma": row["content"], "pos": "NOUN"} for row in quotes]
