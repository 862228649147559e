"use strict";
// The address says what is shown; everything that can be clicked changes the address.

{
  const VIEWS = { "": "overview", documents: "documents", lens: "lens", marks: "marks" };
  let shown = null;

  winnow.show = function show() {
    const main = document.getElementById("main");
    winnow.hideWhy();
    if (!winnow.facts) {
      main.replaceChildren(winnow.h("p", { class: "fault" }, "data/summary.js is missing from the report; build it again."));
      return;
    }
    if (!winnow.facts.listed) {
      single(main);
      return;
    }
    const { path, values } = winnow.read();
    const name = VIEWS[path] || "overview";
    if (name === "documents" && shown === name) {
      winnow.views.documents.update(values);
    } else {
      main.replaceChildren();
      main.className = name;
      scrollTo(0, 0);
      const made = winnow.views[name](main, values);
      if (made && made.catch) made.catch((error) => main.append(winnow.h("p", { class: "fault" }, error.message)));
    }
    shown = name;
    winnow.drawTop();
  };

  // `winnow explain --html`: one document, and nothing to find.
  async function single(main) {
    winnow.drawTop();
    const { values } = winnow.read();
    if (main.querySelector(".page")) {
      winnow.setView(values.view);
      return;
    }
    main.className = "single";
    const pane = winnow.h("section", { class: "pane" });
    main.replaceChildren(pane);
    const entry = await winnow.entry(0);
    document.title = `${entry.row.title || entry.row.source} – Winnow`;
    winnow.showEntry(pane, 0, entry, {});
  }

  winnow.drawTop = function drawTop() {
    const { h, facts } = winnow;
    if (!facts) return;
    const { path } = winnow.read();
    const marks = winnow.countMarks();
    const tab = (to, text) => h("a", { href: winnow.address(to), "aria-current": (VIEWS[path] || "overview") === VIEWS[to] ? "page" : null }, text);
    document.getElementById("top").replaceChildren(
      h("span", { class: "brand" }, "Winnow"),
      facts.listed ? h("nav", { "aria-label": "Report" }, tab("", "Overview"), tab("documents", "Documents"), tab("lens", "Lens"),
        tab("marks", marks ? `Marks (${marks})` : "Marks")) : h("span", { class: "spring" }),
      h("button", { type: "button", class: "quietly", id: "theme", onclick: theme }, dark() ? "Light" : "Dark"),
      h("button", { type: "button", class: "quietly", onclick: help, "aria-haspopup": "dialog" }, "Keys"));
  };

  const dark = () => {
    const chosen = document.documentElement.dataset.theme;
    return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  };

  function theme() {
    const next = dark() ? "light" : "dark";
    document.documentElement.dataset.theme = next;
    winnow.keep("theme", next);
    winnow.drawTop();
    document.getElementById("theme").focus();
  }

  const KEYS = [
    ["j, k", "next and previous entry"], ["/", "search"], ["b", "before, both or after"], ["n, p", "next and previous removal"],
    ["x", "this removal should stay"], ["Esc", "close, or back to the list"], ["?", "these keys"],
  ];

  function help() {
    const { h } = winnow;
    const dialog = h("dialog", { "aria-labelledby": "keys" }, h("h2", { id: "keys" }, "Keys"),
      h("dl", { class: "keys" }, KEYS.map(([key, does]) => h("div", null, h("dt", null, h("kbd", null, key)), h("dd", null, does)))),
      h("form", { method: "dialog" }, h("button", { type: "submit" }, "Close")));
    dialog.querySelector("form").addEventListener("submit", (event) => { event.preventDefault(); dialog.close(); });
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  }

  function nextRemoval(by) {
    const all = [...document.querySelectorAll(".page .removed")];
    if (!all.length) return;
    const at = all.indexOf(document.activeElement);
    const next = all[(at + by + all.length) % all.length] || all[0];
    next.focus();
    next.scrollIntoView({ block: "center" });
  }

  function changeView() {
    const { path, values } = winnow.read();
    const order = [undefined, "after", "before"];
    winnow.go(path, { ...values, view: order[(order.indexOf(values.view) + 1) % 3] }, true);
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest && event.target.closest("input, select, textarea, dialog");
    if (event.key === "Escape") {
      if (!document.getElementById("why").hidden) winnow.hideWhy();
      else if (typing) event.target.blur();
      else if (winnow.read().values.doc !== undefined) {
        const { path, values } = winnow.read();
        winnow.go(path, values.with === undefined ? { ...values, doc: undefined } : { ...values, with: undefined });
      }
      return;
    }
    if (typing) return;
    const search = () => {
      const field = document.querySelector("input[type=search]");
      if (field) field.focus();
      else winnow.go("documents", {});
    };
    const mark = () => {
      const button = document.activeElement && document.activeElement.querySelector(":scope > button.mark");
      if (button) button.dispatchEvent(new CustomEvent("winnow"));
    };
    const action = {
      j: () => winnow.step && winnow.step(1), k: () => winnow.step && winnow.step(-1), "/": search, b: changeView,
      n: () => nextRemoval(1), p: () => nextRemoval(-1), x: mark, "?": help,
    }[event.key];
    if (action) {
      event.preventDefault();
      action();
    }
  });

  document.getElementById("skip").addEventListener("click", (event) => {
    event.preventDefault(); // the address is not for this
    document.getElementById("main").focus();
  });

  const chosen = winnow.kept("theme");
  if (chosen) document.documentElement.dataset.theme = chosen;
  addEventListener("hashchange", winnow.show);
  winnow.show();
}
