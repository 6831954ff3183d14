// One case, in a dialog: what was expected and what happened, visit by visit.

let openedCase = null;

function checkRow(check) {
  const word = check.verdict;
  return html`<tr><td>${check.visit}</td><td>${check.check}</td><td>${check.expected}</td><td>${check.observed}</td>
    <td>${badge(word)}</td><td>${check.clause.map(clauseHtml)}<span class="soft">${check.level}${
  check.grade === "described" ? ", described only" : ""}</span></td></tr>`;
}

function checksHtml(c) {
  if (!c.checks.length) return "";
  return html`<h3>Expected and observed</h3><div class="scroll" role="region" aria-label="Expected and observed" tabindex="0"><table>
    <thead><tr><th scope="col">Visit</th><th scope="col">Check</th><th scope="col">Expected</th><th scope="col">Observed</th>
    <th scope="col">Verdict</th><th scope="col">Clause</th></tr></thead><tbody>${c.checks.map(checkRow)}</tbody></table></div>`;
}

function spreadHtml(c) {
  if (!c.spread) return "";
  const rows = c.spread.map((part) => html`<tr><td>${badge(part.verdict)}</td><td>${part.runs.length}</td>
    <td>${part.runs.join(", ")}</td><td>${part.sentence}</td></tr>`);
  return html`<h3>Its runs</h3><div class="scroll" role="region" aria-label="Its runs" tabindex="0"><table>
    <thead><tr><th scope="col">Verdict</th><th scope="col">How often</th><th scope="col">Runs</th>
    <th scope="col">The first of them</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

function sentData(evidence) {
  return evidence.connections.map((connection, i) => {
    const name = evidence.connections.length > 1 ? `Connection ${i + 1}: what the client sent` : "What the client sent";
    const inside = bytes(connection.application);
    const outside = bytes(connection.clear);
    return [inside ? html`<h4>${name}, inside TLS</h4><pre>${inside}</pre>` : "",
      outside ? html`<h4>${name}, outside TLS</h4><pre>${outside}</pre>` : ""];
  });
}

function processHtml(process) {
  const shown = [["Command", process.argv.map(bytes).join(" ")], ["Output", bytes(process.output)], ["Errors", bytes(process.errors)]];
  return shown.filter(([, text]) => text).map(([name, text]) => html`<h4>${name}</h4><pre>${text}</pre>`);
}

function claimText({ claim }) {
  if (!claim) return "";
  const detail = bytes(claim.detail);
  return html`<p>The client says: ${claim.outcome}${claim.reason ? `, ${claim.reason}` : ""}${detail ? ` (${detail})` : ""}.</p>`;
}

// The checks are those of the run that counts, which is the first.
function visitHtml({ visit, seen, evidence, run }, of, c) {
  const counts = !c.spread || (run || 1) === c.spread[0].runs[0];
  const leaks = counts && c.checks.some((check) => check.visit === visit && check.verdict === "fail");
  const name = c.spread ? `Run ${run || 1}, visit ${visit}` : `Visit ${visit}`;
  return html`<section aria-label="${name}"><h3>${of > 1 ? `${name}: the` : "The"} conversation</h3>
    <p>The client ${seen.sentence}.</p>${claimText(evidence)}${sequenceHtml(evidence, leaks)}${certificatesHtml(evidence)}
    <details><summary>What the client sent, and what its process wrote</summary>${sentData(evidence)}${processHtml(evidence.process)}</details>
    <details><summary>Raw transcript</summary><pre>${JSON.stringify({ visit, seen, evidence }, null, 1)}</pre></details></section>`;
}

function evidenceHtml(c) {
  const visits = results.visits(c);
  if (visits && !visits.length) return html`<h3>The conversation</h3><p>There was none: the case was not run.</p>`;
  if (visits) return visits.map((visit) => visitHtml(visit, visits.length, c));
  return html`<h3>The conversation</h3><p>It is left out of this page to keep it small, but is in results.jsonl:</p>
    <pre>jq 'select(.type == "visit" and .scenario == "${c.scenario.id}" and .client == "${c.column.client}" and .mode == "${c.column.mode}")' results.jsonl</pre>`;
}

function caseHtml(c) {
  return html`<p class="sentence">${c.sentence}</p>
    ${c.known ? html`<p>Known of this client: ${c.known}</p>` : ""}
    ${c.word === "fixed" ? html`<p>A known deviation says that this fails. Remove its entry.</p>` : ""}
    ${c.contradiction ? html`<p>Wire and client disagree: ${c.contradiction}</p>` : ""}
    ${spreadHtml(c)}${checksHtml(c)}${evidenceHtml(c)}
    ${c.repro ? html`<h3>Repeat it</h3><div class="repeat"><pre id="repeat">${results.repeat(c)}</pre>
      <button type="button" data-copy="repeat">Copy</button></div>` : ""}`;
}

function neighbour(step) {
  const list = shownCases();
  return list[list.indexOf(openedCase) + step];
}

function openCase(c) {
  openedCase = c;
  fill("case-title", html`${badge(c.word)} ${c.scenario.id}`);
  byId("case-where").textContent = `${c.scenario.title} \u2014 ${c.column.client} ${c.column.version}, ${c.column.mode}; `
    + `profile ${c.column.profile}; ${c.scenario.severity}; ${seconds(c.lasted_ms)}`;
  fill("case-body", caseHtml(c));
  byId("case-body").scrollTop = 0;
  byId("case-before").disabled = !neighbour(-1);
  byId("case-next").disabled = !neighbour(1);
  const dialog = byId("case");
  if (!dialog.open) dialog.showModal();
  byId("case-body").focus();
  history.replaceState(null, "", `#case=${encodeURIComponent([c.scenario.id, c.column.client, c.column.mode].join(" "))}`);
}

// A link to a case: the page with #case=SCENARIO CLIENT MODE.
function openLinked() {
  if (!location.hash.startsWith("#case=")) return;
  const wanted = decodeURIComponent(location.hash.slice(6));
  const found = results.cases.find((c) => [c.scenario.id, c.column.client, c.column.mode].join(" ") === wanted);
  if (found && found !== openedCase) openCase(found);
}

function showCases() {
  const dialog = byId("case");
  byId("case-close").addEventListener("click", () => dialog.close());
  byId("case-before").addEventListener("click", () => openCase(neighbour(-1)));
  byId("case-next").addEventListener("click", () => openCase(neighbour(1)));
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => {
    history.replaceState(null, "", "#results");
    const opener = document.activeElement;
    const cell = cellOf(openedCase);
    openedCase = null;
    if (cell && opener.classList.contains("c")) activate(cell, true);
  });
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("button[data-case]");
    if (opener) openCase(results.cases[opener.dataset.case]);
    const copied = event.target.closest("[data-copy]");
    if (copied && navigator.clipboard) navigator.clipboard.writeText(byId(copied.dataset.copy).textContent)
      .then(() => { copied.textContent = "Copied"; }, () => { copied.textContent = "Select and copy"; });
  });
  addEventListener("hashchange", openLinked);
  openLinked();
}
