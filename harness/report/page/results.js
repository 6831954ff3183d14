// The results for the other parts: cases with one word each, rows and columns.

const results = (() => {
  const data = JSON.parse(byId("data").textContent);
  const unpack = unpacker(data.shapes, data.table);
  const cases = data.cases.map((packed, index) => {
    const out = unpack(packed);
    out.index = index;
    out.word = out.disposition === "fixed" ? "fixed"
      : out.known && out.disposition === "expected" ? "known" : out.verdict;
    return out;
  });
  const columnName = (column) => `${column.client} ${column.mode}`;
  const columns = [...new Map(cases.map((c) => [columnName(c.column), c.column])).values()];
  columns.sort((a, b) => (a.client < b.client ? -1 : a.client > b.client ? 1 : a.mode < b.mode ? -1 : 1));
  const place = new Map(columns.map((column, i) => [columnName(column), i]));
  const rows = [];
  for (const c of cases) {
    const last = rows[rows.length - 1];
    if (!last || last.scenario.id !== c.scenario.id) rows.push({ scenario: c.scenario, cells: [] });
    c.place = place.get(columnName(c.column));
    rows[rows.length - 1].cells[c.place] = c;
  }
  const visits = (c) => {
    const packed = data.evidence[c.index];
    return packed && packed.map(unpack);
  };
  const repeat = (c) => c.repro.replace("{scenario}", c.scenario.id);
  return { ...data, cases, columns, rows, visits, repeat, columnName };
})();

// The number of cases per word.
function countWords(cases) {
  const out = {};
  for (const c of cases) out[c.word] = (out[c.word] || 0) + 1;
  return out;
}
