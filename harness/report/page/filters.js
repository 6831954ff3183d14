// Filters: they select rows by area, severity and text, columns by client, and then cells by verdict.

const filter = { text: "", area: "", severity: "", client: "", verdicts: new Set() };

const matches = (c) => (!filter.verdicts.size || filter.verdicts.has(c.word))
  && (!filter.client || c.column.client === filter.client);

function rowMatches(row) {
  const { scenario } = row;
  if (filter.area && scenario.area !== filter.area) return false;
  if (filter.severity && scenario.severity !== filter.severity) return false;
  const cells = row.cells.filter((c) => c && matches(c));
  if (!cells.length) return false;
  if (!filter.text) return true;
  const has = (text) => text.toLowerCase().includes(filter.text);
  return has(scenario.id) || has(scenario.title) || cells.some((c) => has(c.sentence) || has(results.columnName(c.column)));
}

// The filtered cases, in the order of the matrix.
function shownCases() {
  return results.rows.filter(rowMatches).flatMap((row) => row.cells.filter((c) => c && matches(c)));
}

function showColumns(grid) {
  const shown = results.columns.map((column) => !filter.client || column.client === filter.client);
  grid.style.setProperty("--columns", shown.filter(Boolean).length);
  for (const head of grid.querySelectorAll(".client")) head.hidden = filter.client && head.dataset.client !== filter.client;
  for (const cell of grid.querySelectorAll("[data-k]")) cell.hidden = !shown[cell.dataset.k];
}

let columnsShownFor = "";
function applyFilters() {
  const grid = byId("grid");
  if (filter.client !== columnsShownFor) showColumns(grid);
  columnsShownFor = filter.client;
  let count = 0;
  for (const group of grid.querySelectorAll(".body")) {
    let any = false;
    for (const element of group.querySelectorAll(".r[data-row]")) {
      const row = results.rows[element.dataset.row];
      element.hidden = !rowMatches(row);
      if (element.hidden) continue;
      any = true;
      for (const cell of element.querySelectorAll(".c")) {
        const c = results.cases[cell.dataset.case];
        const through = c && matches(c);
        if (through) ++count;
        cell.classList.toggle("dim", !through);
      }
    }
    group.hidden = !any;
  }
  if (!matrix.active || matrix.active.offsetParent === null) activate(firstCell(), false);
  byId("shown").textContent = `${count.toLocaleString("en")} of ${plural(results.cases.length, "case")} shown`;
}

function setVerdicts(list) {
  filter.verdicts = new Set(list);
  for (const button of byId("f-verdicts").querySelectorAll("button"))
    button.setAttribute("aria-pressed", filter.verdicts.has(button.dataset.word));
  applyFilters();
}

const options = (all, list) => html`<option value="">${all}</option>${list.map((each) => html`<option>${each}</option>`)}`;

function showFilters() {
  const unique = (list) => [...new Set(list)];
  fill("f-area", options("All areas", unique(results.rows.map((row) => row.scenario.area))));
  fill("f-severity", options("Any", Object.keys(ranks).filter((s) => results.rows.some((row) => row.scenario.severity === s))));
  fill("f-client", options("All clients", unique(results.columns.map((column) => column.client))));
  const counts = countWords(results.cases);
  byId("f-verdicts").insertAdjacentHTML("beforeend", value(Object.keys(words).filter((word) => counts[word]).map((word) =>
    html`<button type="button" class="${word}" data-word="${word}" aria-pressed="false"
      title="${words[word].means}">${words[word].sign} ${words[word].shown}</button>`)));
  for (const field of ["area", "severity", "client"])
    byId(`f-${field}`).addEventListener("change", (event) => { filter[field] = event.target.value; applyFilters(); });
  let waiting = 0;
  byId("f-text").addEventListener("input", (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { filter.text = event.target.value.trim().toLowerCase(); applyFilters(); }, 120);
  });
  byId("f-verdicts").addEventListener("click", (event) => {
    const word = event.target.dataset.word;
    if (!word) return;
    const chosen = new Set(filter.verdicts);
    if (!chosen.delete(word)) chosen.add(word);
    setVerdicts(chosen);
  });
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("filters").addEventListener("reset", () => {
    Object.assign(filter, { text: "", area: "", severity: "", client: "" });
    setVerdicts([]);
  });
  byId("tiles").addEventListener("click", (event) => {
    const tile = event.target.closest("button");
    if (!tile) return;
    setVerdicts([tile.dataset.word]);
    byId("results").scrollIntoView();
    if (matrix.active) matrix.active.focus({ preventScroll: true });
  });
  applyFilters();
}
