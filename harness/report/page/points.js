// How each client handles points that the clauses leave open: the checks that are described, or rest on a `may`.

function openPoints() {
  const points = new Map();
  for (const c of results.cases)
    for (const check of c.checks) {
      if (check.grade !== "described" && check.level !== "may") continue;
      const key = [check.clause.join(" "), check.check, check.expected].join("\n");
      if (!points.has(key)) points.set(key, { check, readings: new Map() });
      const { readings } = points.get(key);
      const reading = [results.columnName(c.column), check.observed].join("\n");
      if (!readings.has(reading)) readings.set(reading, { column: c.column, observed: check.observed, cases: [] });
      readings.get(reading).cases.push(c);
    }
  return [...points.values()].sort((a, b) => (a.check.clause.join() < b.check.clause.join() ? -1 : 1));
}

function clauseHtml(id) {
  const clause = results.clauses[id];
  return html`<span class="clause"><b>${id}</b> ${clause ? html`<q>${clause.text}</q>` : ""}</span>`;
}

function readingRow({ column, observed, cases }) {
  return html`<td>${results.columnName(column)}</td><td>${observed}</td><td class="number">
    <button type="button" class="link" data-case="${cases[0].index}"
      aria-label="${plural(cases.length, "case")}, open the first: ${cases[0].scenario.id}, ${results.columnName(column)}">${cases.length}</button></td>`;
}

function pointRows({ check, readings }) {
  const rows = [...readings.values()];
  return rows.map((reading, i) => html`<tr>${i === 0 ? html`<th scope="rowgroup" rowspan="${rows.length}">
    ${check.clause.map(clauseHtml)}</th><td rowspan="${rows.length}">${check.check}: ${check.expected}</td>` : ""}
    ${readingRow(reading)}</tr>`);
}

function showPoints() {
  const points = openPoints();
  if (!points.length) return fill("points-table", html`<p style="padding:.2rem .9rem">No check of this run touched an open point.</p>`);
  fill("points-table", html`<table><thead><tr><th scope="col">Clause</th><th scope="col">Allowed</th>
    <th scope="col">Client and mode</th><th scope="col">What it does</th><th scope="col" class="number">Cases</th></tr></thead>
    ${points.map((point) => html`<tbody>${pointRows(point)}</tbody>`)}</table>`);
}
