// Texts: values formatted for display, and escaped for HTML.

const escapes = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const esc = (text) => String(text).replace(/[&<>"']/g, (c) => escapes[c]);

// HTML from a template whose values are escaped; what is `raw` is not.
const raw = (text) => ({ raw: text });
const value = (v) => (Array.isArray(v) ? v.map(value).join("") : v && v.raw !== undefined ? v.raw : esc(v ?? ""));
const html = (parts, ...values) => raw(parts.reduce((out, part, i) => out + value(values[i - 1]) + part));

const byId = (id) => document.getElementById(id);
const fill = (id, content) => { byId(id).innerHTML = value(content); };

// What a client wrote: a text, or its bytes in base64. Bytes that are not text are shown as numbers.
function bytes(v) {
  if (v === null || v === undefined) return "";
  if (typeof v === "string") return v;
  return atob(v.base64).replace(/[^\t\n\r\x20-\x7e]/g, (c) => "\\x" + c.charCodeAt(0).toString(16).padStart(2, "0"));
}

const plural = (n, one, many = one + "s") => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
const seconds = (ms) => (ms >= 120000 ? `${Math.round(ms / 60000)} min` : ms >= 1000 ? `${(ms / 1000).toFixed(1)} s` : `${ms} ms`);
const milliseconds = (us) => (us / 1000).toFixed(2) + " ms";
const day = (time) => time.replace("T", " ").replace("Z", " UTC");

// The word of a cell, its sign, and its meaning; in the order of the legend.
const words = {
  fail: { sign: "\u2717", shown: "FAIL", means: "a promise is contradicted by evidence" },
  error: { sign: "!", shown: "ERROR", means: "could not be run: the client or the machine is at fault" },
  fixed: { sign: "!", shown: "FIXED", means: "known to fail, and passes now" },
  inconclusive: { sign: "?", shown: "unclear", means: "the evidence neither confirms nor contradicts" },
  "not-run": { sign: "\u2026", shown: "not run", means: "was not tried" },
  known: { sign: "~", shown: "known", means: "fails, as is known of this client" },
  note: { sign: "\u25b3", shown: "note", means: "only a \u201cshould\u201d was missed" },
  pass: { sign: "\u2713", shown: "ok", means: "did all that is expected" },
  "not-applicable": { sign: "\u2013", shown: "n/a", means: "the client lacks what it takes" },
};
const badge = (word) => html`<span class="v ${word}">${words[word].sign} ${words[word].shown}</span>`;
