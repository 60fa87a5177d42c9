// Makes each table.or-quotes searchable and sortable by keyboard and mouse. Without scripts the
// table still reads whole.
"use strict";
for (const table of document.querySelectorAll("table.or-quotes")) {
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const controls = document.createElement("div");
  controls.className = "or-controls";
  const label = document.createElement("label");
  label.textContent = "Search these quotations ";
  const field = document.createElement("input");
  field.type = "search";
  label.append(field);
  const count = document.createElement("span");
  count.setAttribute("role", "status");
  controls.append(label, count);
  table.before(controls);
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const search = () => {
    const wanted = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, i) => {
      row.hidden = !wanted.every((word) => texts[i].includes(word));
      shown += row.hidden ? 0 : 1;
    });
    count.textContent = ` ${shown} of ${rows.length} shown`;
  };
  field.addEventListener("input", search);
  search();

  Array.from(table.tHead.rows[0].cells).forEach((cell, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = cell.textContent;
    cell.replaceChildren(button);
    button.addEventListener("click", () => {
      const up = cell.getAttribute("aria-sort") !== "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      cell.setAttribute("aria-sort", up ? "ascending" : "descending");
      const value = (row) => row.cells[column].textContent;
      const compare = new Intl.Collator("en", { numeric: true }).compare;
      body.append(...rows.slice().sort((a, b) => (up ? 1 : -1) * compare(value(a), value(b))));
    });
  });
}

// A link to a row inside a closed details block opens the block first.
const reveal = () => {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let box = target && target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  if (target) { target.hidden = false; target.scrollIntoView(); }
};
addEventListener("hashchange", reveal);
reveal();
