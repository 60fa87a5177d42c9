// Makes quotation tables searchable and sortable by keyboard and mouse. Without scripts the
// page still reads whole.
"use strict";
for (const table of document.querySelectorAll("table.or-quotes")) {
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const name = table.caption.textContent;
  const controls = document.createElement("div");
  controls.className = "or-controls";
  const label = document.createElement("label");
  label.textContent = "Search these quotations";
  const field = document.createElement("input");
  field.type = "search";
  label.append(field);
  const count = document.createElement("span");
  count.setAttribute("role", "status");
  controls.append(label, count);
  table.before(controls);
  // A quotation's surroundings are not searched: only what the row itself says.
  const said = (cell) => (cell.querySelector("summary") || cell).textContent;
  const texts = rows.map((row) => Array.from(row.cells, said).join(" ").toLowerCase());
  const search = () => {
    const wanted = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, i) => {
      row.hidden = !wanted.every((word) => texts[i].includes(word));
      shown += row.hidden ? 0 : 1;
    });
    count.textContent = `${shown} of ${rows.length} shown`;
  };
  field.addEventListener("input", search);
  search();

  const compare = new Intl.Collator("en", { numeric: true }).compare;
  Array.from(table.tHead.rows[0].cells).forEach((cell, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = cell.textContent;
    cell.replaceChildren(button);
    button.addEventListener("click", () => {
      const up = cell.getAttribute("aria-sort") !== "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      cell.setAttribute("aria-sort", up ? "ascending" : "descending");
      const value = (row) => said(row.cells[column]);
      body.append(...rows.slice().sort((a, b) => (up ? 1 : -1) * compare(value(a), value(b))));
      count.textContent = `${name}: sorted by ${button.textContent}, ${up ? "ascending" : "descending"}`;
    });
  });
}

// What scrolls sideways (a wide table on a small screen) can be reached and scrolled by keyboard.
const reach = () => {
  for (const box of document.querySelectorAll(".output, .prose")) {
    if (box.scrollWidth > box.clientWidth + 1) {
      box.tabIndex = 0;
      box.setAttribute("role", "region");
      box.setAttribute("aria-label", "Table, scrolls sideways");
    } else {
      for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
    }
  }
};
addEventListener("resize", reach);
addEventListener("toggle", reach, true);
reach();

// On a small screen the contents list starts closed; on paper the blocks are open
// (but not what repeats words that stand in the table of quotations already).
if (matchMedia("(max-width: 68rem)").matches) document.querySelector(".contents details")?.removeAttribute("open");
addEventListener("beforeprint", () => {
  for (const box of document.querySelectorAll("main details")) {
    if (!box.closest(".or-quotes, .or-behind")) box.open = true;
  }
});

// A link to a row inside a closed details block, or filtered away, shows it first.
const reveal = () => {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  target.hidden = false;
  target.scrollIntoView();
};
addEventListener("hashchange", reveal);
reveal();
