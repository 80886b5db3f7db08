// The filters of a page of matrices, and the way from a cell to its row in the text. Without it all rows are shown, and
// the link at the head of each leads to the text.
"use strict";
(() => {
  const bar = document.querySelector(".filters");
  const article = document.getElementById("document");
  if (!bar || !article) return;
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const chosen = { matrix: "", value: "" };

  // A cell holds what it shows, and held what a redline strikes in it.
  const holds = (row, value) => !value || row.querySelector(`.${value}, .${value.replace("heat", "was")}`) !== null;

  function filter() {
    let shown = 0;
    let count = 0;
    for (const matrix of all(".matrix", article)) {
      matrix.hidden = Boolean(chosen.matrix) && matrix.dataset.matrix !== chosen.matrix;
      for (const row of all("tbody tr:not(.count)", matrix)) {
        row.hidden = !holds(row, chosen.value);
        count += 1;
        shown += Number(!matrix.hidden && !row.hidden);
      }
    }
    // What is looked for stands out.
    article.dataset.value = chosen.value;
    const status = bar.querySelector(".shown");
    status.textContent = status.dataset.words.replace("{shown}", shown).replace("{all}", count);
    document.dispatchEvent(new Event("ctsd:filtered"));
  }

  bar.addEventListener("change", ({ target }) => {
    chosen[target.dataset.filter] = target.value;
    filter();
  });

  // From any cell of a row to the row in the text, unless it is words that are selected.
  article.addEventListener("click", ({ target }) => {
    const cell = target.closest("tbody td");
    if (!cell || target.closest("a") || cell.matches(".named") || !getSelection().isCollapsed) return;
    cell.closest("tr").querySelector("th a")?.click();
  });

  document.addEventListener("ctsd:after", filter);
  bar.hidden = false;
  filter();
})();
