// The settings of the run: everything that is needed to repeat it.

function factRows() {
  const { start, end, cases } = results;
  const told = results.evidence.filter((evidence) => evidence !== null).length;
  const out = [["guise", start.version], ["Clock of the certificates", day(start.now)], ["Seed", start.seed],
    ["Catalogue", start.catalogue], ["Cases", cases.length === start.cases ? cases.length : `${cases.length} of ${start.cases}`]];
  if (end) out.push(["Took", seconds(end.lasted_ms)], ["Exit code", `${end.exit}: ${end.reason}`]);
  else out.push(["End", "the run was stopped; guise run --resume goes on with it"]);
  if (told < cases.length)
    out.push(["Evidence", `of ${told.toLocaleString("en")} of ${cases.length.toLocaleString("en")} cases is in this page, those that are no plain pass first; all of it is in results.jsonl`]);
  return out;
}

function showFacts() {
  fill("facts-table", html`<dl class="pairs">${factRows().map(([name, v]) => html`<dt>${name}</dt><dd class="${name === "Seed" || name === "Catalogue" ? "mono" : ""}">${v}</dd>`)}</dl>
    <h3>Clients</h3><div class="scroll" role="region" aria-label="Clients" tabindex="0"><table><thead><tr><th scope="col">Client</th><th scope="col">Version</th>
    <th scope="col">Profile</th><th scope="col">Finds the hosts by</th><th scope="col">Took part</th></tr></thead><tbody>
    ${results.start.clients.map((c) => html`<tr><th scope="row">${c.name}</th><td>${c.version}</td><td>${c.profile}</td>
      <td>${c.missing ? "" : c.routing ?? c.reach}</td><td>${c.missing ? `no: ${c.missing}` : "yes"}</td></tr>`)}</tbody></table></div>`);
}
