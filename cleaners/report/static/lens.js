"use strict";
// For those who write rules: what each rule took, and what recurs on a site.

winnow.views.lens = async function lens(main, values) {
  const { h, facts, number, percent } = winnow;
  await winnow.load("lens");
  if (!main.isConnected) return;
  const data = winnow.lensData;
  const doubt = (rule) => rule.differed / (rule.differed + rule.agreed || 1);
  const orders = {
    "": ["disagreements first", (a, b) => b.differed - a.differed || b.spans - a.spans],
    share: ["share of disagreements", (a, b) => doubt(b) - doubt(a) || b.spans - a.spans],
    spans: ["most pieces first", (a, b) => b.spans - a.spans],
    rule: ["by name", (a, b) => (a.rule < b.rule ? -1 : 1)],
  };
  const show = ["judge", "sites"].includes(values.show) ? values.show : "rules";
  const order = orders[values.sort] ? values.sort : "";
  const tab = (name, text) => h("a", {
    href: winnow.address("lens", { show: name === "rules" ? undefined : name }), "aria-current": show === name ? "true" : null,
  }, text);
  const leads = {
    rules: "What each rule took, and what the layout judge thought of the same blocks. Where it would have kept one, one of the two is wrong.",
    judge: "What the layout judge, or the line judge of text pages, took where no rule fired. Lines that come again on many pages deserve a rule.",
    sites: "Lines that stand on several pages of a site. Kept ones are often boilerplate that no rule knows yet.",
  };
  winnow.append(main, [
    h("h1", null, "Lens"),
    h("p", { class: "lead" }, leads[show]),
    h("nav", { class: "views", "aria-label": "Lens" }, tab("rules", "rules"), tab("judge", "layout judge alone"), tab("sites", "sites")),
    { rules: ruleList, judge: judgeList, sites: siteList }[show](),
  ]);
  if (values.rule) {
    const card = [...main.querySelectorAll("[data-rule]")].find((one) => one.dataset.rule === values.rule);
    if (card) {
      card.open = true;
      card.scrollIntoView();
    }
  }

  // A rule's own address shows it wherever it is listed.
  function listed(alone) {
    return data.rules.filter((rule) => rule.alone === alone || rule.rule === values.rule).sort(orders[order][1]);
  }

  function ruleList() {
    const rules = listed(false);
    return [
      totals(rules),
      h("p", { class: "orders" }, "Order: ", Object.entries(orders).map(([name, [text]]) => [
        h("a", { href: winnow.address("lens", { ...values, sort: name }), "aria-current": order === name ? "true" : null }, text), " "])),
      rules.map((rule, n) => ruleCard(rule, n < 2 && !values.rule)),
      rules.length ? null : h("p", { class: "quiet" }, "No rule has fired."),
    ];
  }

  function totals(rules) {
    const sum = (name) => rules.reduce((total, rule) => total + rule[name], 0);
    const judged = sum("agreed") + sum("differed");
    if (!judged) return null;
    return h("p", { class: "agreement" },
      h("span", { class: "split", "--part": `${(100 * sum("agreed")) / judged}%`, "aria-hidden": "true" }),
      `Of ${winnow.count(judged, "piece")} that rules took from HTML pages, the layout judge would take ${number(sum("agreed"))} too (${percent(sum("agreed"), judged)}) and keep ${number(sum("differed"))}.`);
  }

  function judgeList() {
    const plain = (rule) => Number(rule.rule === "layout"); // what has no name comes first
    const rules = listed(true).sort((a, b) => plain(b) - plain(a) || b.spans - a.spans);
    if (!rules.length) return h("p", { class: "quiet" }, "There is nothing that the layout judge took alone.");
    const again = data.alone.filter((row) => row[2] > 1);
    return [
      h("section", null, h("h2", null, "Lines on several pages"), again.length
        ? h("ol", { class: "lines columns-2" }, again.map(([line, kind, documents, first]) => h("li", null,
          h("a", { href: winnow.address("documents", { q: line, in: "removed", kind, doc: first }) }, winnow.count(documents, "page")), " ",
          winnow.chip(kind), " ", h("bdi", null, line))))
        : h("p", { class: "quiet" }, "None: what it took is different on each page.")),
      h("section", null, h("h2", null, "By the name that each piece was given"), rules.map((rule) => ruleCard(rule, rule.rule === "layout"))),
    ];
  }

  function ruleCard(rule, open) {
    const judged = rule.differed + rule.agreed;
    return h("details", { class: "rule", "data-rule": rule.rule, open: open || values.rule === rule.rule },
      h("summary", null,
        h("code", null, rule.rule), Object.keys(rule.kinds).slice(0, 3).map((kind) => winnow.chip(kind)),
        h("span", { class: "figures" },
          `${winnow.count(rule.spans, "piece")} · ${winnow.count(rule.words, "word")} · ${winnow.count(rule.documents, "document")}`),
        rule.alone ? null : h("span", { class: `judged${rule.differed ? " differs" : ""}` }, judged
          ? `layout judge: ${number(rule.agreed)} agree, ${number(rule.differed)} differ` : "layout judge not asked"),
        judged && !rule.alone ? h("span", { class: "meter", "--part": `${100 * doubt(rule)}%`, title: `${percent(rule.differed, judged)} differ` }) : null),
      h("p", null, winnow.toDocuments({ rule: rule.rule }, `${winnow.count(rule.documents, "document")} where it fired`), " · ",
        h("a", { href: winnow.address("lens", { rule: rule.rule }) }, "link to this rule")),
      h("ul", { class: "samples" }, rule.samples.map((sample) => h("li", { "--hue": winnow.hue(sample.kind) },
        h("div", { class: "sample" }, h("bdi", null, sample.text)),
        h("small", null,
          sample.layout === false ? h("strong", null, "layout judge would keep it · ") : null,
          sample.layout === true && !rule.alone ? "layout judge agrees · " : null,
          h("bdi", null, sample.why), ` · score ${sample.score.toFixed(2)} · `,
          h("a", { href: winnow.address("documents", { rule: rule.rule, doc: sample.entry }) }, `entry ${sample.entry + 1}`))))));
  }

  function siteList() {
    const shown = data.sites.filter((site) => site.kept.length || site.removed.length);
    if (!shown.length) return h("p", { class: "quiet" }, "No line stands on two pages of one site.");
    return shown.map((site, n) => {
      const name = facts.sites[site.site][0];
      const lines = (rows) => h("ol", { class: "lines" }, rows.map(([line, pages, kind]) => h("li", null,
        winnow.toDocuments({ site: name || "-", q: line, in: kind ? "removed" : "kept" }, winnow.count(pages, "page")), " ",
        kind ? winnow.chip(kind) : null, " ", h("bdi", null, line))));
      return h("details", { class: "rule", open: n < 3 },
        h("summary", null, h("bdi", null, name || "no site named"), h("span", { class: "figures" }, winnow.count(facts.sites[site.site][1], "document"))),
        h("div", { class: "columns-2" },
          h("section", null, h("h2", null, "Kept"), site.kept.length ? lines(site.kept) : h("p", { class: "quiet" }, "none")),
          h("section", null, h("h2", null, "Removed"), site.removed.length ? lines(site.removed) : h("p", { class: "quiet" }, "none"))));
    });
  }
};
