// The matrix: a row per scenario, a column per client and mode. Tab moves to one cell only; the arrow
// keys move from there, as in any grid.

const matrix = { active: null };

function cellHtml(c, k) {
  if (!c) return `<span role="gridcell" class="c none" data-k="${k}" tabindex="-1">\u00b7</span>`;
  const { sign, shown } = words[c.word];
  return `<span role="gridcell" class="c ${c.word}" data-k="${k}" data-case="${c.index}" tabindex="-1">${sign} ${shown}</span>`;
}

function rowHtml(row, index) {
  const { id, area } = row.scenario;
  let cells = "";
  for (let k = 0; k < results.columns.length; ++k) cells += cellHtml(row.cells[k], k);
  return `<div role="row" class="r" data-row="${index}"><span role="rowheader" class="l" title="${esc(row.scenario.title)}">`
    + `<span class="wide-only">${esc(area)}/</span>${esc(id.slice(area.length + 1))}</span>${cells}</div>`;
}

function headHtml() {
  const clients = [];
  for (const column of results.columns) {
    const last = clients[clients.length - 1];
    if (last && last.name === column.client) ++last.span;
    else clients.push({ name: column.client, span: 1 });
  }
  return html`<div role="rowgroup" class="head">
    <div role="row" class="r"><span role="columnheader" class="l">Client</span>
    ${clients.map((c) => html`<span role="columnheader" aria-colspan="${c.span}" class="client" data-client="${c.name}"
      style="--span:${c.span}" title="${c.name}">${c.name}</span>`)}</div>
    <div role="row" class="r"><span role="columnheader" class="l">Scenario, mode</span>
    ${results.columns.map((column, k) => html`<span role="columnheader" class="mode" data-k="${k}"
      title="${results.columnName(column)}">${column.mode}</span>`)}</div></div>`.raw;
}

function bodyHtml() {
  let out = "";
  let area = null;
  results.rows.forEach((row, index) => {
    if (row.scenario.area !== area) {
      if (area !== null) out += "</div>";
      area = row.scenario.area;
      out += `<div role="rowgroup" class="body" data-area="${esc(area)}"><div role="row" class="r area">`
        + `<span role="rowheader" class="l" aria-colspan="${results.columns.length + 1}">${esc(area)}</span></div>`;
    }
    out += rowHtml(row, index);
  });
  return out + (area === null ? "" : "</div>");
}

// A screen reader reads the whole cell, however it handles the headers.
function activate(cell, focus) {
  if (matrix.active) matrix.active.tabIndex = -1;
  matrix.active = cell;
  if (!cell) return;
  cell.tabIndex = 0;
  const c = results.cases[cell.dataset.case];
  const column = results.columns[cell.dataset.k];
  const scenario = results.rows[cell.parentNode.dataset.row].scenario.id;
  cell.setAttribute("aria-label", `${scenario}, ${results.columnName(column)}: ${c ? words[c.word].shown : "not part of the run"}`);
  if (focus) cell.focus();
}

const shownRows = () => [...byId("grid").querySelectorAll(".body > .r[data-row]:not([hidden])")]
  .filter((row) => !row.parentNode.hidden);
const shownCells = (row) => [...row.querySelectorAll(".c")].filter((cell) => !cell.hidden);

function moveBy(key, far) {
  const rows = shownRows();
  const cells = shownCells(matrix.active.parentNode);
  let y = rows.indexOf(matrix.active.parentNode);
  let x = cells.indexOf(matrix.active);
  const steps = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0], PageUp: [0, -15],
    PageDown: [0, 15], Home: [-1e9, far ? -1e9 : 0], End: [1e9, far ? 1e9 : 0] };
  if (!steps[key]) return false;
  x = Math.max(0, Math.min(cells.length - 1, x + steps[key][0]));
  y = Math.max(0, Math.min(rows.length - 1, y + steps[key][1]));
  activate(shownCells(rows[y])[x], true);
  return true;
}

function firstCell() {
  const row = byId("grid").querySelector(".body:not([hidden]) > .r[data-row]:not([hidden])");
  return row && shownCells(row)[0];
}

function showMatrix() {
  const grid = byId("grid");
  grid.style.setProperty("--columns", results.columns.length);
  grid.setAttribute("aria-rowcount", results.rows.length + 2);
  grid.setAttribute("aria-colcount", results.columns.length + 1);
  grid.innerHTML = results.rows.length ? headHtml() + bodyHtml() : "";
  activate(firstCell(), false);
  grid.addEventListener("keydown", (event) => {
    if (!matrix.active || !event.target.classList.contains("c")) return;
    if (moveBy(event.key, event.ctrlKey)) event.preventDefault();
    if ((event.key === "Enter" || event.key === " ") && event.target.dataset.case) {
      event.preventDefault();
      openCase(results.cases[event.target.dataset.case]);
    }
  });
  grid.addEventListener("click", (event) => {
    const cell = event.target.closest(".c");
    if (!cell) return;
    activate(cell, true);
    if (cell.dataset.case) openCase(results.cases[cell.dataset.case]);
  });
}

// The cell of a case, or null if the filters hide it.
const cellOf = (c) => byId("grid").querySelector(`.c[data-case="${c.index}"]`);
