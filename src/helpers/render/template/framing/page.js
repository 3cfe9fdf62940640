"use strict";
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const make = (tag, props = {}, ...inside) => {
    const made = Object.assign(document.createElement(tag), props);
    made.append(...inside);
    return made;
  };
  const press = (words, act) => {
    const button = make("button", { type: "button" }, words);
    button.addEventListener("click", act);
    return button;
  };

  // Tables: a button in each heading sorts by that column; numbers by value, text by letter.
  const value = (row, column) => {
    const words = row.cells[column].textContent.trim();
    const figure = parseFloat(words.replace(/[,<>\s]/g, "").replace("\u2212", "-"));
    return /^[<> \u2212-]*[\d,.]+/.test(words) ? figure : words === "\u2013" ? -Infinity : words.toLowerCase();
  };
  const compare = (a, b) => (typeof a === typeof b ? (a < b ? -1 : a > b ? 1 : 0) : typeof a === "number" ? -1 : 1);
  const sort = (table, column, heading) => {
    const down = heading.getAttribute("aria-sort") === "ascending";
    all("th[aria-sort]", table.tHead).forEach((th) => th.removeAttribute("aria-sort"));
    heading.setAttribute("aria-sort", down ? "descending" : "ascending");
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row, i) => ({ row, i, v: value(row, column) }));
    rows.sort((a, b) => (down ? compare(b.v, a.v) : compare(a.v, b.v)) || a.i - b.i);
    body.append(...rows.map((r) => r.row));
  };
  // Narrow screens set a row as running text: cells are named by their columns, and stay cells to those who listen.
  document.documentElement.classList.add("js");
  for (const table of all("table")) {
    const names = [...table.tHead.rows[0].cells].map((heading) => heading.textContent.trim());
    table.setAttribute("role", "table");
    for (const part of [table.tHead, table.tBodies[0], table.tFoot]) if (part) part.setAttribute("role", "rowgroup");
    for (const row of table.rows) {
      row.setAttribute("role", "row");
      let at = 0;
      for (const cell of row.cells) {
        const kind = cell.tagName === "TD" ? "cell" : row.parentNode === table.tHead ? "columnheader" : "rowheader";
        cell.setAttribute("role", kind);
        if (kind === "cell") cell.dataset.h = names[at];
        at += cell.colSpan;
      }
    }
  }
  // There a long table shows its first rows, and a button the others.
  const LONG = 12;
  for (const table of all("main table")) {
    const rows = table.tBodies[0].rows;
    if (rows.length > LONG) {
      table.classList.add("fold");
      const more = press(`Show all ${rows.length} rows`, () => table.classList.remove("fold"));
      more.className = "more";
      table.after(more);
    }
    if (rows.length < 2) continue;
    [...table.tHead.rows[0].cells].forEach((heading, column) => {
      const button = press("", () => sort(table, column, heading));
      button.append(...heading.childNodes);
      heading.append(button);
    });
  }

  // Figures computed from a count of their row lead where it leads: Tab stops at the count, arrows reach them all.
  all("a.d").forEach((a) => (a.tabIndex = -1));
  const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  addEventListener("keydown", (event) => {
    const from = event.target.closest && event.target.closest("td a.n, td a.d");
    const step = STEPS[event.key];
    if (!from || !step || event.altKey || event.ctrlKey || event.metaKey) return;
    const [down, right] = step;
    let row = from.closest("tr"), i = from.closest("td").cellIndex, found = null;
    while (!found) {
      if (down) row = down > 0 ? row.nextElementSibling : row.previousElementSibling;
      else i += right;
      if (!row || !row.cells[i]) break;
      found = row.hidden ? null : row.cells[i].querySelector("a.n, a.d");
    }
    event.preventDefault();
    if (found) found.focus();
  });

  // A chart that is wider than its screen scrolls, and only then is a stop for the keyboard.
  const stops = () => all("figure[tabindex]").forEach((f) => (f.tabIndex = f.scrollWidth > f.clientWidth ? 0 : -1));
  addEventListener("resize", stops);
  stops();

  // Lists of passages and of articles: a field filters by words, a figure shows what it was counted from.
  let from = null;
  const list = (id, letter, noun) => {
    const section = document.getElementById(id);
    const table = section && section.querySelector("table.listed");
    if (!table) return null;
    const rows = [...table.tBodies[0].rows];
    const caption = table.caption.textContent;
    const said = make("p", { className: "said" });
    said.setAttribute("role", "status");
    said.setAttribute("aria-live", "polite");
    const field = make("input", { type: "search" });
    const sum = () => {
      for (const cell of table.tFoot ? table.tFoot.rows[0].cells : []) {
        const at = [...table.tHead.rows[0].cells].findIndex((th) => th.textContent.trim() === cell.dataset.h);
        const total = rows.reduce((n, row) => n + (row.hidden || at < 0 ? 0 : value(row, at)), 0);
        if (at >= 0) cell.textContent = total.toLocaleString("en");
      }
    };
    const show = (keep, why) => {
      let n = 0;
      for (const row of rows) n += !(row.hidden = !keep(row));
      said.textContent = `${n} of ${rows.length} ${noun}${why}`;
      table.caption.textContent = n < rows.length ? said.textContent : caption;
      if (n < rows.length) table.classList.remove("fold");
      sum();
    };
    field.addEventListener("input", () => {
      const words = field.value.toLowerCase();
      show((row) => row.textContent.toLowerCase().includes(words), words ? ` with \u201c${field.value}\u201d` : "");
    });
    const everything = press("Show all", () => {
      field.value = "";
      show(() => true, "");
      if (from) from.focus();
      from = null;
      if (/^#[pag]=/.test(location.hash)) history.replaceState(null, "", location.pathname);
    });
    const name = id === "passages" ? "Filter by words " : "Filter the articles by words ";
    section.prepend(make("div", { className: "tools" }, make("label", {}, name, field), everything, said));
    return (ranges) => {
      // An address may be mistyped: no farther than the list goes, and what names no row of it is passed over.
      const last = rows.reduce((most, row) => Math.max(most, Number(row.id.slice(1)) || 0), 0);
      const set = new Set();
      for (const part of ranges.split(",")) {
        const [a, b = a] = part.split("-").map(Number);
        for (let i = a; i <= Math.min(b, last); i++) set.add(`${letter}${i}`);
      }
      if (!rows.some((row) => set.has(row.id))) return;
      field.value = "";
      show((row) => set.has(row.id), " behind the figure");
      section.focus();
      section.scrollIntoView();
    };
  };
  const lists = { p: list("passages", "p", "passages"), a: list("articles", "a", "articles") };
  const open = (letter, ranges) => {
    const grouped = document.getElementById("passages");
    if (letter === "g") ranges = ((grouped && grouped.dataset.groups) || "").split(";")[ranges];
    const shown = lists[letter === "g" ? "p" : letter];
    if (shown && ranges) shown(ranges);
  };
  const hash = () => {
    const [, letter, ranges] = /^#([pag])=([\d,-]+)$/.exec(location.hash) || [];
    if (letter) open(letter, ranges);
  };
  addEventListener("hashchange", hash);
  hash();
  for (const figure of all("a[data-show]")) {
    figure.addEventListener("click", (event) => {
      const [, letter, ranges] = /^([ag]?)([\d,-]+)$/.exec(figure.dataset.show) || [];
      if (!ranges) return;
      event.preventDefault();
      from = figure;
      open(letter || "p", ranges);
    });
  }
})();
