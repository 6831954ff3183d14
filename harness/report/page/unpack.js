// The other half of harness/report/pack.hpp, which says how values are packed.

function unpacker(shapes, table) {
  const known = new Array(table.length);
  const many = (packed) => packed.slice(1).map(unpack);
  function object(packed) {
    const names = shapes[packed[0] - 1];
    const out = {};
    for (let i = 0; i < names.length; ++i) out[names[i]] = unpack(packed[i + 1]);
    return out;
  }
  function unpack(packed) {
    if (Array.isArray(packed)) return packed[0] === 0 ? many(packed) : object(packed);
    if (typeof packed !== "number" || packed >= 0) return packed;
    const place = -packed - 1;
    if (known[place] === undefined) {
      const found = table[place];
      known[place] = Array.isArray(found) ? unpack(found) : found;
    }
    return known[place];
  }
  return unpack;
}
