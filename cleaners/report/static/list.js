"use strict";
// The list of entries with its filters, and the entry that is open beside it.

{
  const ROW = 52; // pixels, as in the style sheet
  let list = null; // what is on the page: {values, numbers, ...}
  let searching = 0;

  winnow.views.documents = function documents(main, values) {
    const { h } = winnow;
    const filters = filterForm(values);
    const status = h("p", { class: "status", role: "status" });
    const rows = h("div", { class: "rows", role: "listbox", "aria-label": "Entries", tabindex: "0" });
    const space = h("div", { class: "space" }, rows);
    const scroller = h("div", { class: "scroller" }, space);
    const pane = h("section", { class: "pane", "aria-label": "Document" });
    list = { values, numbers: [], status, rows, space, scroller, pane, filters, first: -1, open: null };
    scroller.addEventListener("scroll", draw, { passive: true });
    rows.addEventListener("keydown", moveInList);
    winnow.append(main, [
      h("div", { class: `reader${values.doc === undefined ? "" : " reading"}` },
        h("section", { class: "side", "aria-label": "Find" }, filters, status, scroller),
        pane),
    ]);
    new ResizeObserver(draw).observe(scroller);
    openEntry(values);
    refresh(values);
  };

  // The same view with other values: keep the list and its place if only the entry changed.
  winnow.views.documents.update = function update(values) {
    const same = winnow.FILTERS.every((name) => (values[name] || "") === (list.values[name] || ""));
    const before = list.values;
    list.values = values;
    list.pane.parentElement.classList.toggle("reading", values.doc !== undefined);
    if (!same) {
      const form = filterForm(values);
      const focused = document.activeElement && list.filters.contains(document.activeElement) ? document.activeElement.name : null;
      const [start, end] = focused === "q" ? [document.activeElement.selectionStart, document.activeElement.selectionEnd] : [];
      list.filters.replaceWith(form);
      list.filters = form;
      if (focused && form.elements[focused]) {
        form.elements[focused].focus();
        if (focused === "q") form.elements.q.setSelectionRange(start, end);
      }
      refresh(values);
    }
    if (before.doc !== values.doc || before.with !== values.with) openEntry(values);
    else if (before.view !== values.view) winnow.setView(values.view);
    list.first = -1;
    draw();
  };

  function go(change, replace = false) {
    winnow.go("documents", { ...list.values, ...change }, replace);
  }

  function filterForm(values) {
    const { h, facts } = winnow;
    const select = (name, label, options) =>
      h("label", null, h("span", null, label), h("select", { name, onchange: (event) => go({ [name]: event.target.value, doc: undefined }) },
        options.map(([value, text]) => h("option", { value, selected: (values[name] || "") === value }, text))));
    const same = (names) => names.map((name) => [name, name]);
    const some = [...facts.sites].sort((a, b) => b[1] - a[1]).slice(0, 500).map((site) => site[0]);
    if (values.site !== undefined && values.site !== "-" && !some.includes(values.site)) some.push(values.site);
    const used = facts.kinds.map((row) => row[0]);
    let typing;
    const search = h("input", {
      type: "search", name: "q", value: values.q || "", placeholder: "Search all text", "aria-label": "Search text",
      oninput: (event) => {
        clearTimeout(typing);
        typing = setTimeout(() => go({ q: event.target.value, doc: undefined }, true), 250);
      },
    });
    const active = winnow.FILTERS.filter((name) => values[name] !== undefined && name !== "sort");
    return h("form", { class: "filters", role: "search", onsubmit: (event) => event.preventDefault() },
      h("div", { class: "searching" }, search,
        select("in", "In", [["", "both"], ["kept", "kept"], ["removed", "removed"]])),
      h("details", { open: values.filters === "open" || active.some((name) => name !== "q" && name !== "in") },
        h("summary", null, "Filters"),
        h("div", { class: "choices" },
          select("state", "Outcome", [["", "all"], ...same(winnow.states)]),
          select("kind", "Kind", [["", "any"], ...same(used)]),
          select("site", "Site", [["", "any"], ...some.map((name) => [name || "-", name || "no site named"])]),
          select("flag", "Flag", [["", "any"], ...same(facts.flagNames)]),
          select("language", "Language", [["", "any"], ...facts.languages.map((name) => [name || "-", name || "unknown"])]),
          select("confidence", "Confidence", ranges(values.confidence)),
          select("share", "Removed", ranges(values.share)),
          select("rule", "Rule", [["", "any"], ...same([...facts.rules].sort())]),
          select("run", "Run", [["", "any"], ...same(facts.runs)]))),
      h("div", { class: "sorting" }, select("sort", "Sort", Object.entries(winnow.SORTS)),
        active.length ? h("a", { href: winnow.address("documents", { sort: values.sort }), class: "clear" }, "clear filters") : null));
  }

  function ranges(current) {
    const common = [["", "any"], ["0-0.25", "below 25%"], ["0.25-0.5", "25–50%"], ["0.5-0.75", "50–75%"], ["0.75-1", "above 75%"]];
    if (current && !common.some(([value]) => value === current)) {
      const [low, high] = current.split("-").map((edge) => Math.round(Number(edge) * 100));
      common.push([current, `${low}–${high}%`]);
    }
    return common;
  }

  async function refresh(values) {
    searching += 1;
    const own = searching;
    const isWanted = () => own === searching;
    const apply = () => {
      if (!isWanted()) return;
      show(values.q ? [] : winnow.filter(values));
      if (values.q) tell("searching …");
      if (winnow.listedPages < winnow.pagesOfList) tell(`reading the list: ${winnow.percent(winnow.listedPages, winnow.pagesOfList)}`);
    };
    if (winnow.listedPages) apply();
    await winnow.loadListing(() => own === searching && !values.sort && apply());
    if (!isWanted()) return;
    const numbers = winnow.filter(values);
    if (!values.q) {
      show(numbers);
      return;
    }
    await winnow.search(numbers, values, isWanted, (found, part) => {
      show(found);
      list.scroller.setAttribute("aria-busy", String(part < 1));
      if (part < 1) tell(`${winnow.count(found.length, "entry", "entries")} so far, ${winnow.percent(part)} searched`);
    });
  }

  function tell(text) {
    list.status.textContent = text;
  }

  function show(numbers) {
    list.numbers = numbers;
    list.places = null;
    const all = numbers.length === winnow.facts.entries;
    tell(numbers.length ? `${winnow.count(numbers.length, "entry", "entries")}${all ? "" : ` of ${winnow.number(winnow.facts.entries)}`}` : "Nothing fits.");
    list.space.style.setProperty("height", `${numbers.length * ROW}px`);
    list.first = -1;
    reveal();
    draw();
  }

  const place = () => (list.values.doc === undefined ? -1 : list.numbers.indexOf(Number(list.values.doc)));

  function reveal() {
    const at = place();
    if (at < 0) return;
    const { scrollTop, clientHeight } = list.scroller;
    if (at * ROW < scrollTop) list.scroller.scrollTop = at * ROW;
    else if ((at + 1) * ROW > scrollTop + clientHeight) list.scroller.scrollTop = (at + 1) * ROW - clientHeight;
  }

  // Only the rows in sight are on the page.
  function draw() {
    if (!list || !list.rows.isConnected) return;
    const seen = Math.ceil(list.scroller.clientHeight / ROW) + 8;
    const first = Math.max(0, Math.floor(list.scroller.scrollTop / ROW) - 4);
    if (first === list.first && seen === list.seen) return;
    list.first = first;
    list.seen = seen;
    const open = place();
    list.rows.replaceChildren(...list.numbers.slice(first, first + seen).map((n, i) => row(n, first + i, open)));
    if (open >= first && open < first + seen) list.rows.setAttribute("aria-activedescendant", `row-${list.numbers[open]}`);
    else list.rows.removeAttribute("aria-activedescendant");
  }

  function row(n, at, open) {
    const { h, columns: c, facts } = winnow;
    const state = winnow.states[c.state[n]];
    const flags = facts.flagNames.filter((_, bit) => c.flags[n] & (1 << bit));
    const site = c.site[n] < 0 ? "" : facts.sites[c.site[n]][0];
    return h("div", {
      class: "row", role: "option", id: `row-${n}`, "--at": `${at * ROW}px`,
      "aria-selected": String(at === open), "aria-setsize": list.numbers.length, "aria-posinset": at + 1,
      onclick: () => go({ doc: n, with: undefined }),
    },
      h("span", { class: "name" }, h("bdi", null, c.title[n])),
      h("span", { class: "about" },
        state === "document" ? h("span", { class: "meter", "--part": `${c.share[n] / 10}%` }) : null,
        h("bdi", null, [state === "document" ? null : state, site,
          state === "document" ? `${Math.round(c.share[n] / 10)}% removed` : null, ...flags].filter(Boolean).join(" · "))));
  }

  // j and k anywhere, arrows in the list.
  winnow.step = function step(by) {
    if (!list || !list.rows.isConnected || !list.numbers.length) return;
    const at = place();
    const next = Math.min(Math.max(at < 0 ? (by > 0 ? 0 : list.numbers.length - 1) : at + by, 0), list.numbers.length - 1);
    go({ doc: list.numbers[next], with: undefined }, true);
    reveal();
    draw();
    winnow.say(winnow.columns.title[list.numbers[next]]);
  };

  function moveInList(event) {
    const page = Math.max(1, Math.floor(list.scroller.clientHeight / ROW) - 1);
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    winnow.step(by);
  }

  async function openEntry(values) {
    const pane = list.pane;
    if (values.doc === undefined) {
      pane.replaceChildren(winnow.h("p", { class: "quiet" }, "Choose an entry, or press j for the next and k for the one before."));
      return;
    }
    const wanted = values.doc;
    const asked = values.with;
    try {
      const entry = await winnow.entry(Number(wanted));
      if (winnow.facts.listed) await winnow.load("links");
      const other = asked === undefined ? null : await winnow.entry(Number(asked));
      if (list.pane !== pane || list.values.doc !== wanted || list.values.with !== asked) return;
      pane.replaceChildren();
      pane.scrollTop = 0;
      if (other) winnow.showComparison(pane, Number(wanted), entry, Number(asked), other, list.values);
      else winnow.showEntry(pane, Number(wanted), entry, list.values);
    } catch (error) {
      pane.replaceChildren(winnow.h("p", { class: "fault" }, `This entry cannot be shown: ${error.message}`));
    }
  }
}
