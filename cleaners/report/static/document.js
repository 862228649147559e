"use strict";
// One entry: its page as text in reading order, what was removed in the colour of its kind.

{
  const CHUNK = 20_000; // characters shown of a text before the reader asks for more
  const LONG = 420; // characters of removed text from which it is collapsed
  const MANY = 6; // pieces from which they are

  // Parts of a page in reading order: {kept: [pieces]} | {gone: [removals]}; a piece is a text or
  // a removal inside a paragraph.  `at` counts code points, JavaScript counts half of some.
  winnow.parts = function parts(entry) {
    const text = entry.row.text;
    const offset = offsets(text);
    const out = [];
    let done = 0;
    let open = null; // the paragraph that is being filled
    for (const [index, removal] of entry.removed.entries()) {
      const at = offset(removal.at);
      keep(text.slice(done, at));
      done = at;
      if (removal.whole) {
        open = null;
        const last = out[out.length - 1];
        if (last && last.gone && last.gone[0].removal.kind === removal.kind) last.gone.push({ removal, index });
        else out.push({ gone: [{ removal, index }] });
      } else {
        // The break before the next paragraph is still to come where the span led its paragraph.
        if (!open) out.push((open = { kept: [] }));
        open.kept.push({ removal, index });
      }
    }
    keep(text.slice(done));
    return out.filter((part) => part.gone || part.kept.length);

    function keep(passage) {
      const paragraphs = passage.split("\n\n");
      paragraphs.forEach((paragraph, n) => {
        if (n) open = null;
        // Between items of one list stands a single break, which a removed item leaves in front.
        const piece = open ? paragraph : paragraph.replace(/^\n/, "");
        if (!piece) return;
        if (!open) out.push((open = { kept: [] }));
        open.kept.push(piece);
      });
    }
  };

  function offsets(text) {
    if (!/[\ud800-\udfff]/.test(text)) return (at) => at;
    let points = 0;
    let units = 0;
    return (at) => { // offsets only grow
      while (points < at) {
        units += text.codePointAt(units) > 0xffff ? 2 : 1;
        points += 1;
      }
      return units;
    };
  }

  winnow.showEntry = function showEntry(pane, number, entry, values) {
    const { h } = winnow;
    const row = entry.row;
    winnow.append(pane, [
      header(number, entry, values),
      entry.state === "failure" ? h("dl", { class: "facts" }, fact("stage", row.stage), fact("error", row.error), fact("message", row.message)) : null,
      entry.state === "failure" ? null : body(number, entry),
    ]);
    winnow.setView(values.view);
  };

  winnow.setView = function setView(view) {
    const article = document.querySelector(".page");
    if (!article) return;
    article.dataset.view = ["before", "after"].includes(view) ? view : "both";
    for (const link of document.querySelectorAll(".views a")) {
      if (link.dataset.view === article.dataset.view) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };

  function header(number, entry, values) {
    const { h } = winnow;
    const row = entry.row;
    const copies = (winnow.partners && winnow.partners.get(number)) || [];
    const back = winnow.address("documents", { ...values, doc: undefined, with: undefined });
    return h("header", { class: "document-head" },
      winnow.facts.listed ? h("a", { class: "back", href: back }, "← list") : null,
      h("h1", null, h("bdi", null, row.title || (entry.state === "failure" ? row.source : "Without a title"))),
      entry.state === "failure" ? h("p", null, h("code", null, row.source)) : h("dl", { class: "facts" },
        fact("author", row.author), fact("date", row.date), fact("site", row.site), fact("language", row.language),
        fact("credit", row.credit),
        fact("words", `${winnow.number(row.words)} kept${entry.state === "document" ? `, ${winnow.percent(row.removed_share)} removed` : ""}`),
        fact("confidence", row.confidence === undefined ? null : row.confidence.toFixed(2)),
        fact("flags", row.flags && row.flags.length ? row.flags.map((flag) => h("a", { class: "flag", href: winnow.address("documents", { flag }) }, flag)) : null),
        fact("source", h("code", null, row.source)),
        fact("address", row.url ? outward(row.url) : null)),
      copies.length ? h("div", { class: "copies" }, h("h2", null, winnow.count(copies.length, "copy", "copies")),
        h("ul", null, copies.slice(0, 30).map((copy) => h("li", null,
          h("a", { href: winnow.address("documents", { ...values, doc: number, with: copy.entry }) }, "side by side"), " with ",
          h("a", { href: winnow.address("documents", { ...values, doc: copy.entry, with: undefined }) }, `entry ${copy.entry + 1}`),
          ` · ${relation(copy)} · ${winnow.percent(copy.similarity)} alike`)),
        copies.length > 30 ? h("li", null, `and ${copies.length - 30} more`) : null)) : null,
      entry.state === "document" ? h("nav", { class: "views", "aria-label": "What is shown" },
        ["before", "both", "after"].map((view) => h("a", {
          "data-view": view, href: winnow.address("documents", { ...values, view: view === "both" ? undefined : view }),
        }, view))) : null);
  }

  function relation(copy) {
    const own = { copy: "a copy of it", contained_in: "contained in it", supersedes: "replaces it" };
    const other = { copy: "its copy", contained_in: "contained in this", supersedes: "replaced this" };
    return (copy.own ? own : other)[copy.relation];
  }

  function fact(name, value) {
    if (value === null || value === undefined || value === "") return null;
    return winnow.h("div", null, winnow.h("dt", null, name), winnow.h("dd", null, winnow.h("bdi", null, value)));
  }

  // A page's own address may be anything; only web addresses become links.
  function outward(url) {
    return /^https?:\/\//i.test(url) ? winnow.h("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, url) : winnow.h("code", null, url);
  }

  function body(number, entry) {
    const { h } = winnow;
    const article = h("article", { class: "page", "data-view": "both", lang: entry.row.language });
    const parts = winnow.parts(entry);
    let paragraph = 0;
    let gone = [];
    for (const part of parts) {
      if (part.gone) {
        gone.push(part.gone);
        continue;
      }
      if (gone.length) article.append(stretch(number, entry, gone));
      gone = [];
      article.append(kept(number, entry, part.kept, paragraph));
      paragraph += 1;
    }
    if (gone.length) article.append(stretch(number, entry, gone));
    if (!article.childNodes.length) article.append(h("p", { class: "quiet" }, "There is no text."));
    return [map(entry, parts), article];
  }

  // The page in small, in reading order, and what the colours mean; each leads to its place.
  function map(entry, parts) {
    const { h } = winnow;
    if (!entry.removed.length) return null;
    const pieces = parts.flatMap((part) => part.gone || part.kept);
    const kinds = new Map();
    for (const removal of entry.removed) {
      if (!kinds.has(removal.kind)) kinds.set(removal.kind, []);
      kinds.get(removal.kind).push(removal);
    }
    const most = [...kinds].sort((a, b) => b[1].length - a[1].length);
    return h("div", { class: "map" },
      h("div", { class: "strip", "aria-hidden": "true" }, pieces.map((piece) => (typeof piece === "string"
        ? h("span", { class: "left", "--size": piece.length })
        : h("span", { "--size": piece.removal.text.length, "--hue": winnow.hue(piece.removal.kind), title: piece.removal.kind, onclick: () => lead(piece.index) })))),
      h("p", { class: "legend" }, most.map(([kind, removals]) => h("button", {
        type: "button", class: "chip", "--hue": winnow.hue(kind), "aria-label": `${winnow.count(removals.length, "piece")} of ${kind}: go to the next`,
        onclick: () => next(kind),
      }, kind, " ", h("small", null, removals.length)))));
  }

  function lead(index) {
    const element = document.querySelector(`.removed[data-index="${index}"]`);
    if (!element) return;
    const short = element.closest(".stretch.short");
    if (short) short.querySelector(".more").click();
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: "center" });
  }

  // Each press goes on to the next of its kind.
  let reached = null;
  function next(kind) {
    const all = [...document.querySelectorAll(".page .removed")].filter((one) => one.dataset.kind === kind);
    if (!all.length) return;
    const at = reached && all.indexOf(reached);
    reached = all[((at === null || at < 0 ? -1 : at) + 1) % all.length];
    lead(reached.dataset.index);
  }

  // What was removed between two kept paragraphs: a group a kind, collapsed together when long.
  function stretch(number, entry, groups) {
    const { h } = winnow;
    const pieces = groups.flat();
    const length = pieces.reduce((sum, piece) => sum + piece.removal.text.length, 0);
    const inner = h("div", { class: "groups" }, groups.map((group) => goneGroup(number, entry, group)));
    const block = h("section", { class: "stretch", "aria-label": `Removed: ${winnow.count(pieces.length, "piece")}` }, inner);
    if (length > LONG || pieces.length > MANY) {
      const closed = pieces.length === 1 ? "show all of it" : `show all ${pieces.length} pieces: ${kindsOf(pieces)}`;
      const toggle = h("button", { type: "button", class: "more", "aria-expanded": "false", onclick: () => open(block.classList.contains("short")) }, closed);
      const open = (wide) => {
        block.classList.toggle("short", !wide);
        toggle.textContent = wide ? "show less" : closed;
        toggle.setAttribute("aria-expanded", String(wide));
      };
      block.classList.add("short");
      inner.addEventListener("focusin", () => open(true));
      block.append(toggle);
    }
    return block;
  }

  function kindsOf(pieces) {
    const counts = new Map();
    for (const { removal } of pieces) counts.set(removal.kind, (counts.get(removal.kind) || 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1]).map(([kind, count]) => `${kind} ${count}`).join(", ");
  }

  function goneGroup(number, entry, pieces) {
    const { h } = winnow;
    const kind = pieces[0].removal.kind;
    return h("div", { class: "gone", "--hue": winnow.hue(kind), "data-kind": kind },
      h("div", { class: "gone-head" }, winnow.chip(kind), pieces.length > 1 ? h("small", null, pieces.length) : null),
      h("div", { class: "pieces" }, pieces.map((piece) => removed("div", number, entry, piece))));
  }

  function kept(number, entry, pieces, paragraph) {
    const { h } = winnow;
    const text = pieces.map((piece) => (typeof piece === "string" ? piece : "")).join(" ");
    const element = h("div", { class: "kept", dir: "auto", "data-paragraph": paragraph }, pieces.map((piece, n) =>
      typeof piece === "string" ? chunks(piece) : [n ? " " : null, removed("span", number, entry, piece), " "]));
    if (entry.state === "document") element.append(winnow.markKept(number, entry, paragraph, text));
    return element;
  }

  function removed(tag, number, entry, { removal, index }) {
    const { h } = winnow;
    return h(tag, {
      class: "removed", dir: tag === "div" ? "auto" : null, tabindex: "0", role: "group", "--hue": winnow.hue(removal.kind), "data-kind": removal.kind,
      "data-index": index, "aria-label": `removed as ${removal.kind}`,
      onmouseenter: (event) => winnow.showWhy(event.currentTarget, removal),
      onmouseleave: winnow.hideWhy,
      onfocus: (event) => winnow.showWhy(event.currentTarget, removal),
      onblur: winnow.hideWhy,
    }, chunks(removal.text), winnow.markRemoved(number, entry, index));
  }

  // Texts of a megabyte are there, but not all on the page at once.
  function chunks(text) {
    if (text.length <= CHUNK) return text;
    const { h } = winnow;
    const rest = h("button", {
      type: "button", class: "more",
      onclick: () => rest.replaceWith(...[chunks(text.slice(CHUNK))].flat()),
    }, `show ${winnow.number(text.length - CHUNK)} more characters`);
    return [text.slice(0, CHUNK), rest];
  }

  winnow.showWhy = function showWhy(element, removal) {
    const { h } = winnow;
    const why = document.getElementById("why");
    const judged = { true: "the layout judge would take it too", false: "the layout judge would keep it", null: null }[removal.layout];
    why.replaceChildren(
      h("strong", null, winnow.chip(removal.kind), " ", removal.rule),
      h("span", null, h("bdi", null, removal.why)),
      h("small", null, `score ${removal.score.toFixed(2)}`, judged ? ` · ${judged}` : null, " · press x if this should stay"));
    why.style.setProperty("--hue", winnow.hue(removal.kind));
    why.hidden = false;
    element.setAttribute("aria-describedby", "why");
    const box = element.getBoundingClientRect();
    const below = box.bottom + 8 + why.offsetHeight < innerHeight;
    why.style.setProperty("top", `${Math.max(8, below ? box.bottom + 6 : box.top - why.offsetHeight - 6)}px`);
    why.style.setProperty("left", `${Math.max(8, Math.min(box.left, innerWidth - why.offsetWidth - 16))}px`);
  };

  winnow.hideWhy = function hideWhy() {
    const why = document.getElementById("why");
    why.hidden = true;
    for (const element of document.querySelectorAll("[aria-describedby=why]")) element.removeAttribute("aria-describedby");
  };
}
