"use strict";
// The data of the report: scripts in data/ that call winnow.NAME(...) when they are loaded.
// A page opened from a file may run scripts beside it, but may not fetch files.

{
  const waiting = new Map();
  const details = new Map(); // page -> JSON of its entries; the newest few
  const HELD = 6;
  const gramFiles = new Map();

  winnow.columns = {
    state: [], run: [], title: [], site: [], language: [], words: [], share: [], confidence: [],
    flags: [], kinds: [], rules: [],
  };
  winnow.listedPages = 0;

  winnow.summary = function summary(value) {
    winnow.facts = value;
    winnow.hues = new Map(value.hues);
    winnow.kindNames = value.hues.map(([kind]) => kind);
    winnow.pagesOfList = value.listed ? Math.ceil(value.entries / value.listed) : 0;
  };

  winnow.lens = (value) => (winnow.lensData = value);

  winnow.links = function links(rows) {
    winnow.partners = new Map();
    for (const [own, partner, relation, similarity] of rows) {
      add(own, { entry: partner, relation, similarity, own: true });
      add(partner, { entry: own, relation, similarity, own: false });
    }
    function add(entry, link) {
      if (!winnow.partners.has(entry)) winnow.partners.set(entry, []);
      winnow.partners.get(entry).push(link);
    }
  };

  winnow.listing = function listing(page) {
    for (const [name, values] of Object.entries(winnow.columns)) {
      for (const value of page[name]) values.push(value);
    }
    winnow.listedPages = page.page + 1;
  };

  winnow.details = function pageOfDetails(page, json) {
    details.delete(page);
    details.set(page, json);
    if (details.size > HELD) details.delete(details.keys().next().value);
  };

  // For each hash of a file of the search index, the pages of entries that have it, as bits.
  winnow.grams = (file, base64) => gramFiles.set(file, Uint8Array.from(atob(base64), (one) => one.charCodeAt(0)));

  const HASHES_OF_A_FILE = 512;
  winnow.pagesWith = async function pagesWith(hash) {
    const file = Math.floor(hash / HASHES_OF_A_FILE);
    if (!gramFiles.has(file)) await winnow.load(`grams-${String(file).padStart(3, "0")}`);
    const bytes = gramFiles.get(file);
    const width = bytes.length / HASHES_OF_A_FILE;
    const row = (hash % HASHES_OF_A_FILE) * width;
    return (page) => bytes[row + (page >> 3)] & (1 << (page & 7));
  };

  // Load a script of data/ once; resolves when it has run.
  winnow.load = function load(name) {
    if (!waiting.has(name)) {
      waiting.set(name, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = `data/${name}.js`;
        script.onload = () => { script.remove(); resolve(); };
        script.onerror = () => reject(new Error(`data/${name}.js is missing from the report`));
        document.head.append(script);
      }));
    }
    return waiting.get(name);
  };

  const named = (name, page) => `${name}-${String(page).padStart(5, "0")}`;

  // Load the list, page after page; `arrived` is called after each.
  let listing = null;
  winnow.loadListing = function loadListing(arrived) {
    listing = (listing || Promise.resolve()).then(async () => {
      while (winnow.listedPages < winnow.pagesOfList) {
        await winnow.load(named("listing", winnow.listedPages));
        arrived();
      }
    });
    return listing;
  };

  winnow.pageOf = function pageOf(entry) {
    const starts = winnow.facts.starts;
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= entry) low = middle;
      else high = middle;
    }
    return low;
  };

  winnow.loadDetails = async function loadDetails(page) {
    if (!details.has(page)) {
      const name = named("details", page);
      await winnow.load(name);
      waiting.delete(name); // it may be dropped and wanted again
    }
    return details.get(page);
  };

  // One entry in full: {state, row, removed}.
  winnow.entry = async function entry(number) {
    const page = winnow.pageOf(number);
    const found = JSON.parse(await winnow.loadDetails(page))[number - winnow.facts.starts[page]];
    if (!found) throw new Error(`the report has no entry ${number}`);
    return found;
  };
}
