"use strict";
// Judging by hand: removals that should stay, kept paragraphs that should go.  Marks live in this
// browser until they are downloaded, as settings and as labelled cases.

{
  const key = () => `marks ${location.pathname}`;
  let marks = null; // entry number -> {stay: {index: true}, go: {paragraph: kind}}

  function all() {
    if (!marks) marks = new Map(JSON.parse(winnow.kept(key()) || "[]"));
    return marks;
  }

  function of(number) {
    return all().get(number) || { stay: {}, go: {} };
  }

  function put(number, entry) {
    if (Object.keys(entry.stay).length + Object.keys(entry.go).length) all().set(number, entry);
    else all().delete(number);
    winnow.keep(key(), JSON.stringify([...all()]));
    winnow.drawTop();
  }

  winnow.countMarks = () => [...all().values()].reduce((sum, one) => sum + Object.keys(one.stay).length + Object.keys(one.go).length, 0);

  // The button of a removal.
  winnow.markRemoved = function markRemoved(number, entry, index) {
    const { h } = winnow;
    const button = h("button", { type: "button", class: "mark", tabindex: "-1", onclick: (event) => { event.stopPropagation(); toggle(); } });
    const drawn = () => {
      const on = Boolean(of(number).stay[index]);
      button.textContent = on ? "should stay ✓" : "should stay";
      button.setAttribute("aria-pressed", String(on));
      if (button.parentElement) button.parentElement.classList.toggle("marked", on);
    };
    const toggle = () => {
      const own = of(number);
      if (own.stay[index]) delete own.stay[index];
      else own.stay[index] = true;
      put(number, own);
      drawn();
      winnow.say(own.stay[index] ? "marked: should stay" : "mark taken back");
    };
    button.addEventListener("winnow", toggle); // the key x
    drawn();
    queueMicrotask(drawn);
    return button;
  };

  // The choice beside a kept paragraph.
  winnow.markKept = function markKept(number, entry, paragraph) {
    const { h } = winnow;
    const select = h("select", { class: "mark", "aria-label": "Mark this paragraph as boilerplate", onchange: () => {
      const own = of(number);
      if (select.value) own.go[paragraph] = select.value;
      else delete own.go[paragraph];
      put(number, own);
      drawn();
      winnow.say(select.value ? `marked: boilerplate, ${select.value}` : "mark taken back");
    } }, h("option", { value: "" }, "boilerplate?"), winnow.kindNames.map((kind) => h("option", { value: kind }, kind)));
    const drawn = () => {
      select.value = of(number).go[paragraph] || "";
      if (select.parentElement) select.parentElement.classList.toggle("marked", Boolean(select.value));
    };
    drawn();
    queueMicrotask(drawn);
    return select;
  };

  winnow.views.marks = async function showMarks(main) {
    const { h } = winnow;
    const list = [...all()].sort((a, b) => a[0] - b[0]);
    const place = h("ul", { class: "marks" });
    winnow.append(main, [
      h("h1", null, "Marks"),
      h("p", null, "Open a document, move to a removal with Tab and press x where it should have stayed. Beside a kept paragraph, choose the kind of boilerplate that it is. Marks stay in this browser until they are taken back."),
      h("p", { class: "quiet" }, "Put the tables of winnow.toml into your settings and clean with ", h("code", null, "winnow clean … --upgrade"),
        "; see whether the cases hold with ", h("code", null, "winnow explain --case known_failures.json"), "."),
      list.length ? h("p", { class: "downloads" },
        h("button", { type: "button", onclick: async () => winnow.download("winnow.toml", await winnow.asSettings()) }, "Download winnow.toml"), " ",
        h("button", { type: "button", onclick: async () => winnow.download("known_failures.json", await winnow.asCases()) }, "Download cases"), " ",
        h("button", { type: "button", class: "quietly", onclick: () => {
          marks = new Map();
          winnow.keep(key(), "[]");
          winnow.show();
        } }, "Take all back")) : h("p", { class: "quiet" }, "Nothing is marked yet."),
      place,
    ]);
    for (const [number, own] of list) {
      const entry = await winnow.entry(number);
      const kept = winnow.parts(entry).filter((part) => part.kept);
      place.append(h("li", null,
        h("a", { href: winnow.address("documents", { doc: number }) }, h("bdi", null, entry.row.title || entry.row.source)),
        h("ul", null,
          Object.keys(own.stay).map((index) => h("li", null, winnow.chip(entry.removed[index].kind), " should stay: ", h("bdi", null, entry.removed[index].text.slice(0, 160)))),
          Object.entries(own.go).map(([paragraph, kind]) => h("li", null, winnow.chip(kind), " should go: ", h("bdi", null, textOf(kept[paragraph]).slice(0, 160)))))));
    }
  };

  // Kept pieces are slices of the text that follow one another.
  const textOf = (part) => part.kept.filter((piece) => typeof piece === "string").join("").trim();

  // A TOML string; JSON's escapes are TOML's, but for two characters.
  const quote = (text) => JSON.stringify(text.replace(/[\ud800-\udfff]/g, (half, at, whole) =>
    (/[\ud800-\udbff]/.test(half) ? /[\udc00-\udfff]/.test(whole[at + 1] || "") : /[\ud800-\udbff]/.test(whole[at - 1] || "")) ? half : "\ufffd")).replace(/\x7f/g, "\\u007f");

  const LONGEST = 1000; // characters of a phrase; more of a paragraph says nothing more
  const shortened = (text) => (text.length > LONGEST ? text.slice(0, LONGEST).replace(/\s\S*$/, "").replace(/[\ud800-\udbff]$/, "") : text);

  // The host of an address as it is written there; nothing where it has none.
  function hostOf(url) {
    const found = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([\p{L}\p{N}_.-]+)(?=[:/?#]|$)/iu.exec(url || "");
    const host = found ? found[1].toLowerCase().replace(/^www\./, "") : "";
    return /^[\p{L}\p{N}_-]+(\.[\p{L}\p{N}_-]+)*$/u.test(host) ? host : null;
  }

  // What must be a line by itself to be a cue: items and rows, or a paragraph whatever its lines.
  function phrasesOf(text) {
    const lines = text.split("\n").map((line) => line.replace(/^(?:[-*+]|#{1,6}) +/, "").trim()).filter(Boolean);
    const wrapped = lines.length > 1 && !text.split("\n").every((line) => /^[-*+] | \| /.test(line));
    return wrapped ? [...lines, lines.join(" ")] : lines;
  }

  // Keep-patterns and cues, one table each.
  winnow.asSettings = async function asSettings() {
    const tables = [];
    for (const [number, own] of [...all()].sort((a, b) => a[0] - b[0])) {
      const entry = await winnow.entry(number);
      const kept = winnow.parts(entry).filter((part) => part.kept);
      const evidence = quote(`marked by hand: ${entry.row.title || ""} (${entry.row.source})`.replace(/\s+/g, " ").slice(0, 300));
      const host = hostOf(entry.row.url);
      const site = host ? `site = ${quote(host)}\n` : "";
      for (const index of Object.keys(own.stay)) {
        const phrase = quote(shortened(entry.removed[index].text.trim()));
        tables.push(`[[keep]]\n${site}evidence = ${evidence}\nphrases = [${phrase}]\n`);
      }
      for (const [paragraph, kind] of Object.entries(own.go)) {
        for (const phrase of phrasesOf(textOf(kept[paragraph]))) {
          const words = phrase.replace(/^[.…\s]+/, "");
          if (!/[\p{L}\p{N}]/u.test(words.split(/\.\.\.|…/)[0])) {
            tables.push(`# Left out, for a cue begins with a word: ${quote(shortened(phrase))}\n`);
            continue;
          }
          const position = words.length > LONGEST ? "start" : "whole";
          tables.push(`[[cues]]\nkind = ${quote(kind)}\nposition = "${position}"\nshape = "any"\n${site}evidence = ${evidence}\nphrases = [${quote(shortened(words))}]\n`);
        }
      }
    }
    return `# Marked by hand in a report of Winnow.\n\n${tables.join("\n")}`;
  };

  // Cases in the form of tests/cases: each page as text, and all that should go from it.
  winnow.asCases = async function asCases() {
    const cases = [];
    for (const [number, own] of [...all()].sort((a, b) => a[0] - b[0])) {
      const entry = await winnow.entry(number);
      const texts = [];
      const removed = [];
      let paragraph = 0;
      for (const part of winnow.parts(entry)) {
        const pieces = part.gone || part.kept;
        const text = pieces.map((piece) => (typeof piece === "string" ? piece : piece.removal.text).trim());
        texts.push(text.join(part.gone ? "\n\n" : " "));
        const whole = part.kept && own.go[paragraph];
        if (whole) removed.push({ text: texts[texts.length - 1], kind: whole });
        else {
          for (const piece of pieces) {
            if (typeof piece === "string" || own.stay[piece.index]) continue;
            removed.push({ text: piece.removal.text.trim(), kind: piece.removal.kind });
          }
        }
        if (part.kept) paragraph += 1;
      }
      cases.push({
        about: `${entry.row.title || entry.row.source} (${entry.row.id.slice(0, 8)})`,
        language: entry.row.language || "und",
        ...(entry.row.url ? { url: entry.row.url } : {}),
        text: texts.join("\n\n"),
        removed,
      });
    }
    return `${JSON.stringify(cases, null, 1)}\n`;
  };
}
