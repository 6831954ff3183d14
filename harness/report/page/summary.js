// The summary of the results.

const ranks = { critical: 0, high: 1, medium: 2, low: 3 };
const urgent = (c) => c.disposition !== "expected" || ["error", "inconclusive", "not-run"].includes(c.word);

function leadText(counts) {
  const taken = results.cases.length - (counts["not-applicable"] || 0);
  const clients = new Set(results.columns.map((column) => column.client)).size;
  const good = (counts.pass || 0) + (counts.note || 0);
  const parts = [`${plural(clients, "client")} met ${plural(results.rows.length, "server that may be an impostor",
    "servers, honest ones and impostors")}; ${plural(taken, "case")} could be tried.`];
  parts.push(`In ${good.toLocaleString("en")} the client did what its mode promises.`);
  if (counts.fail) parts.push(`In ${counts.fail.toLocaleString("en")} it broke a promise, and that is no known deviation.`);
  if (counts.known) parts.push(`${plural(counts.known, "failure")} ${counts.known === 1 ? "was" : "were"} known before.`);
  const open = (counts.inconclusive || 0) + (counts["not-run"] || 0) + (counts.error || 0);
  if (open) parts.push(`Of ${open.toLocaleString("en")} nothing can be said.`);
  return parts.join(" ");
}

const tile = (word, count) => html`<button type="button" class="${word}" data-word="${word}"
  title="${words[word].means}"><b>${count.toLocaleString("en")}</b> ${words[word].sign} ${words[word].shown}</button>`;

function clientRow(column, shown) {
  const counts = countWords(results.cases.filter((c) => c.place === results.columns.indexOf(column)));
  const total = Object.values(counts).reduce((a, b) => a + b, 0);
  const bars = shown.filter((word) => counts[word]).map((word) =>
    html`<i class="${word}" style="flex:${counts[word]} 0 0"></i>`);
  return html`<tr><th scope="row">${column.client} <span class="soft">${column.version}</span></th><td>${column.mode}</td>
    ${shown.map((word) => html`<td class="number">${counts[word] ? counts[word].toLocaleString("en") : ""}</td>`)}
    <td class="number">${total.toLocaleString("en")}</td><td class="wide-only"><div class="bar" aria-hidden="true">${bars}</div></td></tr>`;
}

function clientTable(counts) {
  const shown = Object.keys(words).filter((word) => counts[word]);
  return html`<table><thead><tr><th scope="col">Client</th><th scope="col">Mode</th>
    ${shown.map((word) => html`<th scope="col" class="number">${words[word].sign} ${words[word].shown}</th>`)}
    <th scope="col" class="number">All</th><td class="wide-only"></td></tr></thead>
    <tbody>${results.columns.map((column) => clientRow(column, shown))}</tbody></table>`;
}

const attentionItem = (c) => html`<li><span>${badge(c.word)}</span><div>
  <p><button type="button" class="link" data-case="${c.index}">${c.scenario.title}</button>
  <span class="soft">${c.column.client} ${c.column.mode}, ${c.scenario.severity}</span></p>
  <p>${c.sentence} <span class="soft">${c.scenario.id}</span></p></div></li>`;

function attentionList() {
  const most = 25;
  const found = results.cases.filter(urgent).sort((a, b) => ranks[a.scenario.severity] - ranks[b.scenario.severity]);
  const troubles = results.sessions.filter((session) => session.trouble);
  const items = found.slice(0, most).map(attentionItem);
  for (const session of troubles)
    items.push(html`<li><span>${badge("inconclusive")}</span><p>${session.client} ${session.mode}: ${session.trouble}</p></li>`);
  for (const client of results.start.clients.filter((each) => each.missing))
    items.push(html`<li><span>${badge("not-run")}</span><p>${client.name} took no part: ${client.missing}</p></li>`);
  if (!items.length) return html`<p>Nothing: every verdict is as expected.</p>`;
  const left = found.length - most;
  return html`<ul class="attention">${items}</ul>
    ${left > 0 ? html`<p class="hint">And ${plural(left, "more case")} in the results below.</p>` : ""}`;
}

function showSummary() {
  const counts = countWords(results.cases);
  const end = results.end;
  const reason = end ? end.reason[0].toUpperCase() + end.reason.slice(1) : "The run did not end";
  document.title = `guise: ${reason}`;
  byId("summary-title").textContent = reason;
  byId("lead").textContent = leadText(counts);
  byId("subtitle").textContent = `report, ${day(results.start.now).slice(0, 10)}`;
  fill("tiles", Object.keys(words).filter((word) => counts[word]).map((word) => tile(word, counts[word])));
  fill("clients", clientTable(counts));
  fill("attention-list", attentionList());
}
