"use strict";
// Bars, histograms and a line: plain HTML and SVG.  Each is a list of links or has a table beside it.

// rows: [{label, value, note, values (of the link), kind}]
winnow.bars = function bars(rows) {
  const { h } = winnow;
  const most = Math.max(1, ...rows.map((row) => row.value));
  return h("ul", { class: "bars" }, rows.map((row) =>
    h("li", null, winnow.toDocuments(row.values,
      h("span", { class: "label" }, row.label),
      h("span", { class: "track" }, h("span", {
        class: "bar",
        "--part": `${(100 * row.value) / most}%`,
        "--hue": row.kind ? winnow.hue(row.kind) : undefined,
        "data-kind": row.kind,
      })),
      h("span", { class: "value" }, winnow.number(row.value)),
      h("span", { class: "note" }, row.note)))));
};

// bins: counts of equal parts of 0..1; name: the filter behind a bar.
winnow.histogram = function histogram(bins, name, about) {
  const { h } = winnow;
  const most = Math.max(1, ...bins);
  const step = 1 / bins.length;
  const edge = (n) => String(Math.round(n * step * 1000) / 1000);
  return h("div", { class: "histogram" },
    h("ul", { class: "columns", "aria-label": about }, bins.map((count, n) => {
      const label = `${Math.round(n * step * 100)}–${Math.round((n + 1) * step * 100)}%: ${winnow.count(count, "document")}`;
      const bar = h("span", { class: "column", "--part": count ? `${Math.max(2, (100 * count) / most)}%` : "0%" });
      return h("li", null, count
        ? h("a", { href: winnow.address("documents", { [name]: `${edge(n)}-${edge(n + 1)}` }), title: label, "aria-label": label }, bar)
        : bar);
    })),
    h("div", { class: "axis", "aria-hidden": "true" }, ["0", "25", "50", "75", "100%"].map((text) => h("span", null, text))));
};

// points: numbers, oldest first.
winnow.line = function line(points, about) {
  const { svg } = winnow;
  const width = 240;
  const height = 44;
  const most = Math.max(1, ...points);
  const at = points.map((value, n) => [
    points.length > 1 ? 4 + (n * (width - 8)) / (points.length - 1) : width / 2,
    height - 4 - (value * (height - 10)) / most,
  ]);
  return svg("svg", { class: "line", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": about },
    svg("polyline", { points: at.map((p) => p.join(",")).join(" ") }),
    at.length <= 60 ? at.map(([x, y]) => svg("circle", { cx: x, cy: y, r: 2.5 })) : null);
};
