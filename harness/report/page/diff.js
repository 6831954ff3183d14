// Two runs: what changed its verdict, what is new, what is gone.

const data = JSON.parse(byId("data").textContent);
const sides = [["Before", data.before], ["After", data.after]];

function runsHtml() {
  const shown = Object.keys(words).filter((word) => sides.some(([, side]) => side.counts[word]));
  return html`<table><thead><tr><th scope="col">Run</th><th scope="col">File</th><th scope="col">guise</th><th scope="col">Clock</th>
    <th scope="col">Clients</th>${shown.map((word) => html`<th scope="col" class="number">${words[word].sign} ${words[word].shown}</th>`)}</tr></thead>
    <tbody>${sides.map(([name, side]) => html`<tr><th scope="row">${name}</th><td>${side.file}</td><td>${side.version}</td>
    <td>${day(side.now)}</td><td>${side.clients.map((c) => `${c.name} ${c.version}`).join(", ")}</td>
    ${shown.map((word) => html`<td class="number">${side.counts[word] || ""}</td>`)}</tr>`)}</tbody></table>`;
}

const side = (one) => (one ? html`${badge(one.word)}${one.word === one.verdict ? "" : ` (${one.verdict})`} <span class="soft">${one.sentence}</span>` : "");

function rowHtml(change) {
  return html`<tr><th scope="row">${change.scenario}<br><span class="soft">${change.title}</span></th>
    <td>${change.client} ${change.mode}</td>${change.before !== undefined ? html`<td>${side(change.before)}</td>` : ""}
    ${change.after !== undefined ? html`<td>${side(change.after)}</td>` : ""}</tr>`;
}

function showChanges(id, list, heads) {
  byId(`${id}-title`).textContent += ` (${list.length.toLocaleString("en")})`;
  if (!list.length) return fill(`${id}-table`, html`<p>None.</p>`);
  fill(`${id}-table`, html`<div class="scroll" role="region" aria-labelledby="${id}-title" tabindex="0"><table><thead><tr>
    <th scope="col">Scenario</th><th scope="col">Client and mode</th>${heads.map((head) => html`<th scope="col">${head}</th>`)}
    </tr></thead><tbody>${list.map(rowHtml)}</tbody></table></div>`);
}

const differ = data.changed.length + data.fresh.length + data.gone.length;
theme.start();
byId("title").textContent = differ ? `${plural(data.changed.length, "verdict")} changed` : "The same verdicts";
byId("lead").textContent = `${plural(data.same, "case")} with the same verdict, ${data.changed.length} with another, `
  + `${data.fresh.length} new, ${data.gone.length} gone.`;
fill("runs", runsHtml());
showChanges("changed", data.changed, ["Before", "After"]);
showChanges("new", data.fresh, ["Now"]);
showChanges("gone", data.gone, ["Was"]);
