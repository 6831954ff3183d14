// The conversation of one visit as a sequence between client and server. All times count from the beginning of the
// visit; a file of an older guise does not say when a connection was accepted, and then its times count from there.

const quietSteps = new Set(["ChangeCipherSpec", "EncryptedExtensions", "NewSessionTicket", "ServerHelloDone"]);
const endings = {
  "client-closed": "the client closes", "client-reset": "the client resets the connection",
  "server-closed": "the server closes", deadline: "the server's patience ends", failed: "the server gives up",
  "server-stopped": "the server stops, as its script says", unfit: "the client offers nothing to show this in", open: "still open",
};

function alertEntry(alert, from) {
  const quiet = alert.name === "close_notify";
  return { at: from + alert.at_us, kind: `${alert.direction === "received" ? "to-server" : "to-client"} ${quiet ? "quiet" : "alert"}`,
    what: quiet ? "close_notify" : `alert ${alert.name} (${alert.description})`,
    more: [alert.level === 2 ? "fatal" : "", alert.in_clear ? "in the clear" : ""].filter(Boolean).join(", ") };
}

function stepDetails(step, connection, swapped) {
  if (step.what === "ServerHello") return [connection.version, connection.cipher, connection.group].filter(Boolean);
  return step.what === "Certificate" && swapped && connection.presented === swapped ? ["swapped"] : [];
}

// The secret is in the last data received, or before: the record does not say where. It is a leak if a check
// of the visit failed; a client that accepts correctly sends it too.
function stepEntries(connection, from, { canary, leaks, swapped }) {
  const came = connection.secret_proven || bytes(connection.application).includes(canary);
  const last = came ? connection.steps.findLastIndex((s) => s.direction === "received" && s.what === "ApplicationData") : -1;
  return connection.steps.map((step, i) => ({
    at: from + step.at_us,
    kind: [step.direction === "received" ? "to-server" : "to-client", quietSteps.has(step.what) ? "quiet" : "",
      i === last ? "canary" : "", i === last && leaks ? "leak" : ""].join(" "),
    what: i === last ? `ApplicationData with the ${leaks ? "secret: a leak" : "canary"}` : step.what,
    more: [plural(step.bytes, "byte"), ...stepDetails(step, connection, swapped)].join(", "),
  }));
}

function connectionEntries(connection, number, of, secret) {
  const from = connection.began_us || 0;
  const name = of > 1 ? `connection ${number}` : "connection";
  const out = [{ at: from, kind: "to-server quiet", what: `${name} opened`, more: connection.peer }];
  out.push(...stepEntries(connection, from, secret), ...connection.alerts.map((alert) => alertEntry(alert, from)));
  if (of > 1) for (const entry of out.slice(1)) entry.more = [entry.more, name].filter(Boolean).join(", ");
  const ofServer = !connection.ending.startsWith("client");
  out.push({ at: from + connection.lasted_us, kind: `end ${ofServer ? "of-server" : ""}`,
    box: `${of > 1 ? `${name}: ` : ""}${endings[connection.ending]}` });
  return out;
}

function promptEntry(prompt) {
  const asks = { ask: "asks its user", warn: "warns its user", error: "tells its user" }[prompt.kind];
  const faults = prompt.faults.length ? ` (names: ${prompt.faults.map(bytes).join(", ")})` : "";
  const answer = prompt.choices.length ? `; the answer: ${prompt.answered}` : "";
  return { at: prompt.at_ms * 1000, kind: "says", box: `The client ${asks}: \u201c${bytes(prompt.text)}\u201d${faults}${answer}` };
}

const eventEntry = (event) => ({ at: event.at_ms * 1000, kind: "says",
  box: `Event ${bytes(event.name)}${event.faults.length ? `: ${event.faults.map(bytes).join(", ")}` : ""}`
    + (bytes(event.server) ? ` for ${bytes(event.server)}` : "") });

function processEntry(process) {
  const out = { at: process.lasted_ms * 1000, kind: "end" };
  if (process.start_error) return { ...out, box: `The client could not be started: ${process.start_error}` };
  if (process.killed) return { ...out, box: "The harness ends the client" };
  if (process.signal !== null) return { ...out, box: `The client dies of signal ${process.signal}` };
  return process.exit_code === null ? null : { ...out, box: `The client ends with exit code ${process.exit_code}` };
}

function entriesOf(evidence, leaks) {
  const { connections, canary, swapped } = evidence;
  const out = connections.flatMap((c, i) => connectionEntries(c, i + 1, connections.length, { canary, leaks, swapped }));
  out.push(...(evidence.prompts || []).map(promptEntry), ...(evidence.events || []).map(eventEntry));
  const ended = processEntry(evidence.process);  // after all that it has sent: its own time is in whole milliseconds
  if (ended) out.push({ ...ended, at: Math.max(ended.at, ...out.map((entry) => entry.at)) });
  return out.sort((a, b) => a.at - b.at);
}

function entryHtml(entry) {
  const time = html`<time>${milliseconds(entry.at)}</time>`;
  if (entry.box) return html`<li class="${entry.kind}">${time}<div class="lane"><span class="box">${entry.box}</span></div></li>`;
  const spoken = entry.kind.startsWith("to-server") ? "client to server" : "server to client";
  return html`<li class="${entry.kind}">${time}<div class="lane"><span class="what"><b>${entry.what}</b>
    <span class="soft">${entry.more}</span></span><span class="arrow" role="img" aria-label="${spoken}"></span></div></li>`;
}

function sequenceHtml(evidence, leaks) {
  const entries = entriesOf(evidence, leaks);
  if (!evidence.connections.length) entries.unshift({ at: 0, kind: "end", box: "The client made no connection" });
  return html`<ol class="seq"><li class="ends"><span></span><div class="lane"><b>Client</b><b>Server</b></div></li>
    ${entries.map(entryHtml)}</ol>`;
}
