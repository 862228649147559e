"use strict";
// Two copies side by side, with what differs marked: paragraphs first, then words within them.

{
  const SHORT = 200_000; // characters of a stretch that is compared word by word

  winnow.showComparison = function showComparison(pane, number, entry, otherNumber, other, values) {
    const { h } = winnow;
    const link = ((winnow.partners && winnow.partners.get(number)) || []).find((one) => one.entry === otherNumber);
    const back = winnow.address("documents", { ...values, with: undefined });
    winnow.append(pane, [
      h("header", { class: "document-head" },
        h("a", { class: "back always", href: back }, "← back to the entry"),
        h("h1", null, "Side by side"),
        link ? h("p", null, `${winnow.percent(link.similarity)} of the word triples are shared (${link.relation.replace("_", " ")}).`) : null),
      h("div", { class: "sides" },
        h("div", { class: "pair heads" }, about(number, entry, values), about(otherNumber, other, values)),
        pairs(entry.row.text || "", other.row.text || "")),
    ]);
  };

  function about(number, entry, values) {
    const { h } = winnow;
    const row = entry.row;
    return h("div", null,
      h("h2", null, h("a", { href: winnow.address("documents", { ...values, doc: number, with: undefined }) }, h("bdi", null, row.title || row.source))),
      h("p", { class: "quiet" }, h("bdi", null, [entry.state, row.site, row.date, `${winnow.number(row.words)} words`].filter(Boolean).join(" · "))));
  }

  function pairs(left, right) {
    const { h } = winnow;
    const a = left ? left.split("\n\n") : [];
    const b = right ? right.split("\n\n") : [];
    const rows = [];
    for (const run of winnow.diff(a, b)) {
      if (run.same) {
        for (let n = run.startLeft; n < run.endLeft; n += 1) {
          rows.push(h("div", { class: "pair same" }, h("p", { dir: "auto" }, a[n]), h("p", { dir: "auto" }, a[n])));
        }
        continue;
      }
      const l = a.slice(run.startLeft, run.endLeft).join("\n\n");
      const r = b.slice(run.startRight, run.endRight).join("\n\n");
      const [one, two] = words(l, r);
      rows.push(h("div", { class: "pair differs" },
        h("p", { dir: "auto" }, one.length ? one : h("span", { class: "quiet" }, "not here")),
        h("p", { dir: "auto" }, two.length ? two : h("span", { class: "quiet" }, "not here"))));
    }
    return rows;
  }

  function words(left, right) {
    if (!left || !right || left.length + right.length > SHORT) return [left && [mark("del", left)], right && [mark("ins", right)]];
    const cut = (text) => text.match(/\s+|[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) || [];
    const a = cut(left);
    const b = cut(right);
    const one = [];
    const two = [];
    for (const run of winnow.diff(a, b)) {
      const l = a.slice(run.startLeft, run.endLeft).join("");
      const r = b.slice(run.startRight, run.endRight).join("");
      if (l) one.push(run.same ? l : mark("del", l));
      if (r) two.push(run.same ? r : mark("ins", r));
    }
    return [one, two];
  }

  const mark = (tag, text) => winnow.h(tag, null, text);
}
