"use strict";
// The figures.  Each is a link to the documents behind it.

winnow.views = {};

winnow.views.overview = function overview(main, values) {
  const { h, facts, number, percent } = winnow;
  const { document: documents, duplicate, failure } = facts.states;
  const all = facts.words + facts.removed;
  const card = (figure, label, filter, note) =>
    h("li", null, h("a", { href: filter === null ? undefined : winnow.address("documents", filter), class: "card" },
      h("strong", null, figure), h("span", null, label), note ? h("small", null, note) : null));

  winnow.append(main, [
    h("h1", null, "What came in, and what went"),
    h("p", { class: "lead" },
      winnow.toDocuments({ state: "document", sort: "share" }, `${number(facts.removed)} of ${number(all)} words`), " were taken out of ",
      winnow.toDocuments({ state: "document" }, winnow.count(documents, "document")),
      facts.out ? [" in ", h("code", null, facts.out)] : null, "."),
    strip(),
    h("ul", { class: "cards" },
      card(number(facts.entries), "scrapes", {}),
      card(number(documents), "documents", { state: "document" }),
      card(number(duplicate), "duplicates", { state: "duplicate" }, percent(duplicate, facts.entries)),
      card(number(failure), "failures", { state: "failure" }, percent(failure, facts.entries)),
      card(number(facts.flags.review || 0), "to review", { flag: "review" }, percent(facts.flags.review || 0, documents)),
      card(percent(facts.removed, all), "of the words removed", { state: "document", sort: "share" })),
    h("div", { class: "columns-2" },
      h("section", null, h("h2", null, "Removed words by kind"), kinds()),
      h("div", null,
        h("section", null, h("h2", null, "Documents by removed share"),
          winnow.histogram(facts.shares, "share", "Documents by removed share")),
        h("section", null, h("h2", null, "Documents by confidence"),
          winnow.histogram(facts.confidences, "confidence", "Documents by confidence")),
        h("section", null, h("h2", null, "Flags"), flags()))),
    h("section", null, h("h2", null, "Sites"), sites()),
    h("section", null, h("h2", null, "Runs"), runs()),
  ]);

  // All words in one line: what is left, then what went by kind.  The list below says the same.
  function strip() {
    if (!all) return null;
    const rows = [...facts.kinds].sort((a, b) => b[2] - a[2]);
    return h("div", { class: "strip", "aria-hidden": "true" },
      h("a", { tabindex: "-1", class: "left", "--size": facts.words, href: winnow.address("documents", { state: "document" }), title: `kept: ${winnow.count(facts.words, "word")}` }),
      rows.map(([kind, , words]) => h("a", {
        tabindex: "-1", "--size": words, "--hue": winnow.hue(kind), href: winnow.address("documents", { kind }), title: `${kind}: ${winnow.count(words, "word")}`,
      })));
  }

  function kinds() {
    const rows = [...facts.kinds].sort((a, b) => b[2] - a[2]);
    if (!rows.length) return h("p", { class: "quiet" }, "Nothing was removed.");
    return winnow.bars(rows.map(([kind, spans, words, holding]) => ({
      label: kind,
      kind,
      value: words,
      note: `${winnow.count(spans, "piece")} in ${winnow.count(holding, "document")}`,
      values: { kind },
    })));
  }

  function flags() {
    const rows = Object.entries(facts.flags).sort((a, b) => b[1] - a[1]);
    if (!rows.length) return h("p", { class: "quiet" }, "No document has a flag.");
    return winnow.bars(rows.map(([flag, value]) => ({
      label: flag, value, note: percent(value, documents), values: { flag },
    })));
  }

  function sites() {
    const shown = values.sites === "all" ? Infinity : 12;
    const rows = facts.sites.filter((site) => site[1] + site[2]).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    const head = ["site", "documents", "duplicates", "to review", "words kept", "words removed", "share"];
    return [
      h("div", { class: "wide" }, h("table", null,
        h("thead", null, h("tr", null, head.map((text, n) => h("th", { scope: "col", class: n ? "figure" : null }, text)))),
        h("tbody", null, rows.slice(0, shown).map(([name, own, copies, review, kept, removed]) => {
          const site = name || "-";
          const figure = (value, filter) => h("td", { class: "figure" }, value
            ? winnow.toDocuments({ site, ...filter }, number(value)) : "0");
          return h("tr", null,
            h("th", { scope: "row" }, winnow.toDocuments({ site }, h("bdi", null, name || "no site named"))),
            figure(own, { state: "document" }), figure(copies, { state: "duplicate" }), figure(review, { flag: "review" }),
            figure(kept, { state: "document" }), figure(removed, { sort: "share" }),
            h("td", { class: "figure" }, h("span", { class: "meter", "--part": `${(100 * removed) / (kept + removed || 1)}%` }),
              removed ? winnow.toDocuments({ site, state: "document", sort: "share" }, percent(removed, kept + removed)) : "0%"));
        })))),
      rows.length > shown
        ? h("p", null, h("a", { href: winnow.address("", { sites: "all" }) }, `all ${number(rows.length)} sites`))
        : null,
    ];
  }

  function runs() {
    if (!facts.history.length) return h("p", { class: "quiet" }, "No run has been finished yet.");
    const points = facts.history.map((run) => run.counts.documents);
    return [
      points.length > 1 ? winnow.line(points, `Documents of each run: ${points.slice(-30).join(", ")}`) : null,
      h("div", { class: "wide" }, h("table", null,
        h("thead", null, h("tr", null, ["run", "committed (UTC)", "documents", "duplicates", "failures", "skipped", "by"].map((text, n) =>
          h("th", { scope: "col", class: n > 1 && n < 6 ? "figure" : null }, text)))),
        h("tbody", null, [...facts.history].reverse().slice(0, 50).map((run) => {
          const figure = (state) => h("td", { class: "figure" }, run.counts[`${state}s`]
            ? winnow.toDocuments({ run: run.run, state }, number(run.counts[`${state}s`])) : "0");
          return h("tr", null,
            h("th", { scope: "row" }, winnow.toDocuments({ run: run.run }, run.run)),
            h("td", null, run.committed || "unknown"),
            figure("document"), figure("duplicate"), figure("failure"),
            h("td", { class: "figure" }, number(run.counts.skipped)),
            h("td", null, h("code", null, run.cleaned_by)));
        })))),
    ];
  }
};
