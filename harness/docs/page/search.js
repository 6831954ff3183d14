// The search. Its data is a script, because a page from a file may not fetch; it is loaded on first use.

const most = 40;
const kindRank = { list: 0, scenario: 1, clause: 2, defect: 3, profile: 4, client: 5, standard: 6 };

function loadPages() {
  return new Promise((ready, failed) => {
    if (window.guisePages) return ready(window.guisePages);
    const script = document.createElement("script");
    script.src = document.documentElement.dataset.root + "pages.js";
    script.addEventListener("load", () => ready(window.guisePages));
    script.addEventListener("error", failed);
    document.head.append(script);
  });
}

// Every word must be somewhere; a hit in the title is worth most, one at the start of a word more than inside.
function worth(word, [, title, place, details]) {
  const at = title.toLowerCase().indexOf(word);
  if (at === 0) return 12;
  if (at > 0) return /[a-z0-9]/.test(title[at - 1].toLowerCase()) ? 5 : 9;
  if (place.toLowerCase().includes(word)) return 7;
  return details.toLowerCase().includes(word) ? 2 : 0;
}

function search(pages, query) {
  const asked = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (!asked.length) return [];
  const hits = [];
  for (const page of pages) {
    const each = asked.map((word) => worth(word, page));
    if (each.every(Boolean)) hits.push({ page, sum: each.reduce((a, b) => a + b, 0) });
  }
  return hits.sort((a, b) => b.sum - a.sum || kindRank[a.page[0]] - kindRank[b.page[0]]).map((hit) => hit.page);
}

const hitHtml = ([kind, title, place]) => html`<li><a href="${document.documentElement.dataset.root + place}">
  <span class="kind">${kind}</span><b>${title}</b><span class="where">${place.replace(/\.html$/, "")}</span></a></li>`;

function showHits(hits, query) {
  byId("found").hidden = !query.trim();
  byId("count").textContent = hits.length > most ? `The best ${most} of ${hits.length} pages` : plural(hits.length, "page");
  fill("hits", hits.slice(0, most).map(hitHtml));
}

function move(step) {
  const stops = [byId("query"), ...document.querySelectorAll("#hits a")];
  const to = stops.indexOf(document.activeElement) + step;
  if (to >= 0 && to < stops.length) stops[to].focus();
}

function onKey(event) {
  const typing = event.target.matches("input, textarea, select");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    byId("query").select();
  }
  if (byId("found").hidden) return;
  if (event.key === "Escape") {
    byId("found").hidden = true;
    byId("query").focus();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (!typing && !event.target.closest("#found")) return;
    event.preventDefault();
    move(event.key === "ArrowDown" ? 1 : -1);
  }
}

function startSearch() {
  const field = byId("query");
  byId("search").hidden = false;
  const look = () => loadPages().then((pages) => showHits(search(pages, field.value), field.value), () => {
    byId("found").hidden = false;
    byId("count").textContent = "pages.js is not beside these pages: nothing can be searched.";
  });
  field.addEventListener("input", look);
  field.addEventListener("click", () => { if (field.value) look(); });
  byId("search").addEventListener("submit", (event) => {
    event.preventDefault();
    look().then(() => document.querySelector("#hits a")?.click());
  });
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", (event) => {
    if (!event.target.closest("#found, #search")) byId("found").hidden = true;
  });
}
