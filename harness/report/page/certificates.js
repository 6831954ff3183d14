// A chain for display: leaf first, with the state of its dates at the time of the run.

const fingerprint = (hex) => (hex.match(/../g) || []).join(":").toUpperCase();

function validity(certificate) {
  const now = Date.parse(results.start.now);
  const days = (ms) => plural(Math.round(ms / 86400000), "day");
  const from = Date.parse(certificate.not_before);
  const to = Date.parse(certificate.not_after);
  if (now > to) return html`<b class="v fail">expired</b> ${days(now - to)} before the run`;
  if (now < from) return html`<b class="v fail">not yet valid</b>, from ${days(from - now)} after the run`;
  return html`valid at the time of the run, ${days(to - now)} left`;
}

function certificateHtml(certificate, i, all) {
  const title = i === 0 ? "Leaf" : `Certificate ${i + 1} of ${all.length}`;
  const print = html`<dt>SHA-256</dt><dd class="fingerprint">${fingerprint(certificate.sha256)}</dd>`;
  if (!certificate.key)
    return html`<li><h4>${title}</h4><p>Its bytes are not a readable certificate.</p><dl class="pairs">${print}</dl></li>`;
  const signer = certificate.self_signed ? "itself" : certificate.issuer || "(empty)";
  return html`<li><h4>${title}${certificate.is_ca ? ", a CA" : ""}</h4><dl class="pairs">
    <dt>Subject</dt><dd>${certificate.subject || "(empty)"}</dd><dt>Signed by</dt><dd>${signer}</dd>
    <dt>Names</dt><dd>${certificate.names.join(", ") || "none"}</dd>
    <dt>Validity</dt><dd>${validity(certificate)}<br><span class="soft">${day(certificate.not_before)} to ${day(certificate.not_after)}</span></dd>
    <dt>Key</dt><dd>${certificate.key}, signed with ${certificate.signature}</dd>
    <dt>Serial</dt><dd class="fingerprint">${fingerprint(certificate.serial)}</dd>${print}</dl></li>`;
}

const chainHtml = (chain) => html`<ol class="chain">${chain.map(certificateHtml)}</ol>`;

// The facts about the leaf in a file of an older guise.
function leafHtml(presented) {
  return html`<dl class="pairs"><dt>Signed by</dt><dd>${presented.self_signed ? "itself" : bytes(presented.issuer)}</dd>
    <dt>Valid to</dt><dd>${day(presented.not_after)}</dd><dt>SHA-256</dt><dd class="fingerprint">${fingerprint(presented.sha256)}</dd></dl>`;
}

function certificatesHtml(evidence) {
  const { chain, swapped_chain: swapped, presented } = evidence;
  const where = presented ? html`<p class="soft">At ${presented.host}, port ${presented.port}.</p>` : "";
  if (!chain) return presented ? html`<h3>Presented certificate</h3>${where}${leafHtml(presented)}` : "";
  return html`<h3>Presented chain</h3>${where}${chainHtml(chain)}
    ${swapped ? html`<h3>Presented after the swap</h3>${chainHtml(swapped)}` : ""}`;
}
