"use strict";
// What every other script uses: elements, numbers, addresses.  Texts of pages reach the document
// only through `h`, which makes text nodes; no script here writes markup.

const winnow = {};

// h("p", {class: "x", onclick: f}, "text", element, [more]) makes an element.
winnow.h = function h(tag, properties, ...children) {
  const element = document.createElement(tag);
  winnow.set(element, properties);
  winnow.append(element, children);
  return element;
};

winnow.svg = function svg(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, value);
  winnow.append(element, children);
  return element;
};

winnow.set = function set(element, properties) {
  for (const [name, value] of Object.entries(properties || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name.startsWith("--")) element.style.setProperty(name, value);
    else if (name === "value" || name === "checked" || name === "selected") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
};

winnow.append = function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
};

winnow.number = (n) => n.toLocaleString("en");
winnow.percent = (part, whole = 1) =>
  whole ? `${((100 * part) / whole).toFixed(part / whole < 0.0995 && part ? 1 : 0)}%` : "–";
winnow.count = (n, one, many = `${one}s`) => `${winnow.number(n)} ${n === 1 ? one : many}`;

// "a b" -> {path: "documents", values: {kind: "ad"}} of "#/documents?kind=ad"
winnow.read = function read() {
  const [path, query] = location.hash.replace(/^#\/?/, "").split("?");
  return { path: path || "", values: Object.fromEntries(new URLSearchParams(query || "")) };
};

winnow.address = function address(path, values) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values || {})) {
    if (value !== undefined && value !== null && value !== "") query.set(name, value);
  }
  const text = query.toString();
  return `#/${path}${text ? `?${text}` : ""}`;
};

winnow.go = function go(path, values, replace = false) {
  const address = winnow.address(path, values);
  if (address === location.hash) return;
  if (replace) {
    history.replaceState(null, "", address);
    winnow.show();
  } else location.hash = address;
};

// A link to the documents behind a figure.
winnow.toDocuments = (values, ...children) =>
  winnow.h("a", { href: winnow.address("documents", values) }, children);

winnow.chip = (kind, text) =>
  winnow.h("span", { class: "chip", "--hue": winnow.hue(kind) }, text === undefined ? kind : text);

winnow.hue = (kind) => winnow.hues.get(kind);

winnow.say = function say(text) {
  document.getElementById("said").textContent = text;
};

// Settings of this browser.  A browser may refuse to keep anything for files.
winnow.kept = function kept(name) {
  try {
    return localStorage.getItem(`winnow ${name}`);
  } catch {
    return null;
  }
};

winnow.keep = function keep(name, value) {
  try {
    localStorage.setItem(`winnow ${name}`, value);
    return true;
  } catch {
    return false;
  }
};

winnow.download = function download(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const link = winnow.h("a", { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
};
