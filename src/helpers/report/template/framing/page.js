"use strict";
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const said = document.createElement("p");
  said.className = "said";
  said.setAttribute("role", "status");
  said.setAttribute("aria-live", "polite");

  // Tables: a button in each heading sorts by that column; numbers by value, text by letter.
  const value = (row, column) => {
    const words = row.cells[column].textContent.trim();
    const figure = parseFloat(words.replace(/[,\s]/g, "").replace("\u2212", "-"));
    return /^[\u2212-]?[\d,.]+/.test(words) ? figure : words === "\u2013" ? -Infinity : words.toLowerCase();
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
  // Narrow screens show rows as cards: cells are named by their columns, and stay cells to those who listen.
  document.documentElement.classList.add("js");
  for (const table of all("table")) {
    const names = [...table.tHead.rows[0].cells].map((heading) => heading.textContent.trim());
    table.setAttribute("role", "table");
    for (const part of [table.tHead, table.tBodies[0]]) part.setAttribute("role", "rowgroup");
    for (const row of table.rows) {
      row.setAttribute("role", "row");
      [...row.cells].forEach((cell, i) => {
        const kind = cell.tagName === "TD" ? "cell" : row.parentNode === table.tHead ? "columnheader" : "rowheader";
        cell.setAttribute("role", kind);
        if (kind === "cell") cell.dataset.h = names[i];
      });
    }
  }
  for (const table of all("main table")) {
    if (table.tBodies[0].rows.length < 2) continue;
    [...table.tHead.rows[0].cells].forEach((heading, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      button.addEventListener("click", () => sort(table, column, heading));
      heading.append(button);
    });
  }

  // Passages: a field filters them by words, a figure shows the ones it was counted from.
  const section = document.getElementById("passages");
  const list = section && section.querySelector("table.passages");
  if (!list) return;
  const rows = [...list.tBodies[0].rows];
  const tools = document.createElement("div");
  tools.className = "tools";
  const label = document.createElement("label");
  label.textContent = "Filter by words ";
  const field = document.createElement("input");
  field.type = "search";
  label.append(field);
  const everything = document.createElement("button");
  everything.type = "button";
  everything.textContent = "Show all";
  tools.append(label, everything, said);
  section.prepend(tools);
  let from = null;
  const show = (keep, why) => {
    let n = 0;
    for (const row of rows) n += !(row.hidden = !keep(row));
    said.textContent = `${n} of ${rows.length} passages${why}`;
  };
  field.addEventListener("input", () => {
    const words = field.value.toLowerCase();
    show((row) => row.textContent.toLowerCase().includes(words), words ? ` with \u201c${field.value}\u201d` : "");
  });
  everything.addEventListener("click", () => {
    field.value = "";
    show(() => true, "");
    if (from) from.focus();
    from = null;
    if (location.hash.startsWith("#p=")) history.replaceState(null, "", location.pathname);
  });
  const wanted = (ranges) => {
    const set = new Set();
    for (const part of ranges.split(",")) {
      const [a, b = a] = part.split("-").map(Number);
      for (let i = a; i <= b; i++) set.add(`p${i}`);
    }
    return set;
  };
  const open = (ranges) => {
    const set = wanted(ranges);
    show((row) => set.has(row.id), " behind the figure");
    section.focus();
    section.scrollIntoView();
  };
  const hash = () => location.hash.startsWith("#p=") && open(decodeURIComponent(location.hash.slice(3)));
  addEventListener("hashchange", hash);
  hash();
  for (const figure of all("a[data-show]")) {
    figure.addEventListener("click", (event) => {
      event.preventDefault();
      from = figure;
      open(figure.dataset.show);
    });
  }
})();
