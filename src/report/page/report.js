// SPDX-License-Identifier: Apache-2.0
"use strict";
// Everything can be read without this. It adds sorting and filtering of tables, filtering of the tree, and copying.

const element = (tag, properties = {}) => Object.assign(document.createElement(tag), properties);

function keyOf(row, column) {
  const cell = row.cells[column];
  return cell.dataset.key ?? cell.textContent;
}

function compareKeys(a, b) {
  // Keys of times are nanoseconds, which may be longer than a number holds.
  if (/^\d+$/.test(a) && /^\d+$/.test(b)) return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
  return a.localeCompare(b);
}

function sortBy(table, heading, column) {
  const ascending = heading.getAttribute("aria-sort") !== "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", ascending ? "ascending" : "descending");
  const rows = [...table.tBodies[0].rows];
  rows.sort((a, b) => compareKeys(keyOf(a, column), keyOf(b, column)) * (ascending ? 1 : -1));
  table.tBodies[0].append(...rows);
}

function makeSortable(table) {
  [...table.tHead.rows[0].cells].forEach((heading, column) => {
    const button = element("button", { type: "button", textContent: heading.textContent });
    button.addEventListener("click", () => sortBy(table, heading, column));
    heading.replaceChildren(button);
  });
}

// A search field before `place`, which calls filter(words) some time after the last key; that tells how many are left.
function addFilter(place, label, filter) {
  const controls = element("div", { className: "controls" });
  const field = element("input", { type: "search", placeholder: label });
  field.setAttribute("aria-label", label);
  const count = element("output");
  let timer;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => { count.textContent = filter(field.value.trim().toLowerCase()); }, 120);
  });
  controls.append(field, count);
  place.before(controls);
}

// The rows of all tables in `place`. Folded tables in which something is found are unfolded, others hidden.
function filterRows(place, words) {
  const rows = [...place.querySelectorAll("tbody tr")];
  for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(words);
  for (const folded of place.querySelectorAll("details")) {
    folded.hidden = !folded.querySelector("tbody tr:not([hidden])");
    folded.open = words !== "";
  }
  return words ? `${rows.filter((row) => !row.hidden).length} of ${rows.length}` : "";
}

// Paths are matched as a whole, so that "run/app" is found. What matches is shown with all above and below it.
function filterTree(item, above, words) {
  const name = item.querySelector(":scope > code, :scope > details > summary > code").textContent;
  const path = above + name;
  const list = item.querySelector(":scope > details > ul");
  if (!list) {
    item.hidden = !path.toLowerCase().includes(words);
    return item.hidden ? 0 : 1;
  }
  let shown = 0;
  for (const child of list.children) shown += filterTree(child, path, words);
  item.hidden = shown === 0;
  item.firstElementChild.open = words !== "" && shown > 0 && shown <= 500;
  return shown;
}

function makeTreeFilter(tree) {
  const all = tree.querySelectorAll("li > code").length;
  addFilter(tree, "Filter paths", (words) => {
    const shown = [...tree.children].reduce((sum, item) => sum + filterTree(item, "", words), 0);
    tree.firstElementChild.firstElementChild.open ||= words === "";
    return words ? `${shown} of ${all}` : "";
  });
}

async function copy(text, status) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Pages that are opened as files may not write to the clipboard in some browsers.
    const area = element("textarea", { value: text });
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  status.textContent = "Copied";
}

function makeCopied(block) {
  const controls = element("div", { className: "controls" });
  const button = element("button", { type: "button", textContent: "Copy" });
  button.setAttribute("aria-label", `Copy ${block.getAttribute("aria-label")}`);
  const status = element("span");
  status.setAttribute("role", "status");
  button.addEventListener("click", () => copy(block.textContent.trimEnd(), status));
  controls.append(button, status);
  block.after(controls);
}

document.querySelectorAll("table").forEach(makeSortable);
for (const place of document.querySelectorAll("[data-filter]"))
  addFilter(place, `Filter: ${place.dataset.filter}`, (words) => filterRows(place, words));
for (const table of document.querySelectorAll("table"))
  if (table.tBodies[0].rows.length > 20 && !table.closest("[data-filter]"))
    addFilter(table.parentElement, `Filter: ${table.caption.textContent}`, (words) => filterRows(table.parentElement, words));
document.querySelectorAll(".tree").forEach(makeTreeFilter);
document.querySelectorAll("pre.copied").forEach(makeCopied);
addEventListener("beforeprint", () => document.querySelectorAll("details:not(.tree details)").forEach((one) => { one.open = true; }));
