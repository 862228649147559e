"use strict";
// Which entries a state of the page shows, and in what order.

{
  const STATES = ["document", "duplicate", "failure"];
  const RANGES = { share: "share", confidence: "confidence" };
  winnow.states = STATES;
  winnow.FILTERS = ["state", "kind", "site", "flag", "language", "rule", "run", "share", "confidence", "q", "in", "sort"];
  winnow.SORTS = {
    "": "in order",
    "share": "most removed first",
    "-share": "least removed first",
    "confidence": "least confident first",
    "words": "longest first",
    "-words": "shortest first",
    "title": "by title",
  };

  // Numbers of the entries that pass all filters but the text search, sorted.
  winnow.filter = function filter(values) {
    const c = winnow.columns;
    const tests = [];
    const facts = winnow.facts;
    const bit = (names, name) => 1 << names.indexOf(name);
    if (values.state) {
      const wanted = STATES.indexOf(values.state);
      tests.push((n) => c.state[n] === wanted);
    }
    if (values.kind) {
      const wanted = bit(winnow.kindNames, values.kind);
      tests.push((n) => c.kinds[n] & wanted);
    }
    if (values.flag) {
      const wanted = bit(facts.flagNames, values.flag);
      tests.push((n) => c.flags[n] & wanted);
    }
    if (values.site !== undefined) {
      const name = values.site === "-" ? "" : values.site;
      const wanted = facts.sites.findIndex((site) => site[0] === name);
      tests.push((n) => c.site[n] === wanted && c.state[n] !== 2);
    }
    if (values.language) {
      const wanted = facts.languages.indexOf(values.language === "-" ? "" : values.language);
      tests.push((n) => c.language[n] === wanted && c.state[n] !== 2);
    }
    if (values.rule) {
      const wanted = facts.rules.indexOf(values.rule);
      tests.push((n) => c.rules[n].includes(wanted));
    }
    if (values.run) {
      const wanted = facts.runs.indexOf(values.run);
      tests.push((n) => c.run[n] === wanted);
    }
    for (const [name, column] of Object.entries(RANGES)) {
      if (!values[name]) continue;
      const [low, high] = values[name].split("-").map((edge) => Math.round(Number(edge) * 1000));
      tests.push((n) => c[column][n] >= low && (c[column][n] < high || (high >= 1000 && c[column][n] === 1000)));
    }
    const found = [];
    for (let n = 0; n < c.state.length; n += 1) if (tests.every((test) => test(n))) found.push(n);
    return sorted(found, values.sort);
  };

  function sorted(numbers, sort) {
    const c = winnow.columns;
    if (!sort) return numbers;
    if (sort === "title") {
      const compare = new Intl.Collator().compare;
      return numbers.sort((a, b) => compare(c.title[a], c.title[b]) || a - b);
    }
    const name = sort.replace("-", "");
    if (!c[name]) return numbers;
    const direction = sort.startsWith("-") || sort === "confidence" ? 1 : -1;
    const has = (n) => (c[name][n] < 0 ? 1 : 0); // what has no such figure comes last
    return numbers.sort((a, b) => has(a) - has(b) || direction * (c[name][a] - c[name][b]) || a - b);
  }

  // Whether an entry's texts hold the words looked for; `where` is kept, removed or both.
  winnow.holds = function holds(entry, wanted, where) {
    const row = entry.row;
    const has = (text) => Boolean(text) && text.toLowerCase().includes(wanted);
    if (where !== "removed" && (has(row.title) || has(row.text) || has(row.source) || has(row.message))) return true;
    return where !== "kept" && entry.removed.some((one) => has(one.text));
  };

  // Hashes of five bytes in a row, as the search index has them; each text that holds the words
  // has all of them.  What JSON writes as an escape is left out.
  winnow.hashes = function hashes(wanted) {
    const found = new Set();
    for (const part of wanted.split(/["\\\u0000-\u001f]+/)) {
      const bytes = new TextEncoder().encode(part);
      for (let at = 0; at + 4 < bytes.length; at += 1) {
        let mixed = Math.imul((bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3], 0x9e3779b1);
        mixed ^= mixed >>> 15;
        found.add(Math.imul(mixed + bytes[at + 4], 0x85ebca77) >>> 14);
      }
    }
    return [...found];
  };

  const MOST_ASKED = 24;
  const AHEAD = 3; // pages of entries that are read while one is searched
  async function candidates(pages, wanted) {
    let left = [...pages].sort((a, b) => a - b);
    if (!winnow.facts.grams) return left;
    const hashes = winnow.hashes(wanted);
    const step = Math.max(1, hashes.length / MOST_ASKED);
    for (let at = 0; at < hashes.length && left.length; at += step) {
      const has = await winnow.pagesWith(hashes[Math.floor(at)]);
      left = left.filter(has);
    }
    return left;
  }

  // Search page after page; `found` gets the entries so far, in the order of `numbers`.
  winnow.search = async function search(numbers, values, isWanted, found) {
    const wanted = values.q.toLowerCase();
    const isPlain = !/[<"\\\u0000-\u001f]/.test(wanted); // others may be written as escapes
    const pages = new Map();
    for (const n of numbers) {
      const page = winnow.pageOf(n);
      if (!pages.has(page)) pages.set(page, []);
      pages.get(page).push(n);
    }
    const hits = new Set();
    let done = 0;
    let told = performance.now();
    const searched = await candidates(pages.keys(), wanted);
    if (!isWanted()) return;
    for (const [at, page] of searched.entries()) {
      for (const soon of searched.slice(at + 1, at + 1 + AHEAD)) winnow.loadDetails(soon).catch(() => {});
      const json = await winnow.loadDetails(page);
      if (!isWanted()) return;
      // Most pages of entries hold nothing: that is seen before they are parsed.
      if (!isPlain || json.toLowerCase().includes(wanted)) {
        const entries = JSON.parse(json);
        const first = winnow.facts.starts[page];
        for (const n of pages.get(page)) if (winnow.holds(entries[n - first], wanted, values.in)) hits.add(n);
      }
      done += 1;
      if (done === searched.length || performance.now() - told > 300) {
        told = performance.now();
        found(numbers.filter((n) => hits.has(n)), done / searched.length);
        await new Promise((resolve) => setTimeout(resolve)); // let the page be drawn
        if (!isWanted()) return;
      }
    }
    if (!searched.length) found([], 1);
  };
}
