// The list of versions: any two can be held against each other, and any day asked for.
"use strict";
(() => {
  const form = document.querySelector("form.filters");
  const article = document.getElementById("document");
  if (!form || !article) return;
  // Where the pages of two are; a server has one of any two.
  const written = document.getElementById("redlines");
  const redlines = written && JSON.parse(written.textContent);
  const { from, to, whole, day } = form.elements;

  function pageOf() {
    if (redlines) return redlines[`${from.value} ${to.value}`];
    const [base, target] = [from.value, to.value].map(encodeURIComponent);
    return `/redline/${base}/${target}${whole.checked ? "/full" : ""}`;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const page = pageOf();
    const none = form.querySelector(".none");
    none.textContent = page ? "" : none.dataset.words.replace("{from}", from.value).replace("{to}", to.value);
    if (page) location.href = page;
  });

  function asOf() {
    let name;
    for (const version of article.querySelectorAll(".timeline > li[data-name]")) {
      const { from: begins, until } = version.dataset;
      const isIt = Boolean(day.value && begins) && begins <= day.value && !(until <= day.value);
      if (isIt) version.setAttribute("aria-current", "date"); else version.removeAttribute("aria-current");
      if (!isIt) continue;
      name = version.dataset.name;
      version.scrollIntoView({ block: "nearest" });
    }
    const words = form.querySelector(".on");
    const then = form.querySelector(".then");
    if (then) {
      then.hidden = !name;
      then.href = `/as-of/${day.value}`;
    }
    words.textContent = !day.value ? "" : name ? words.dataset.words.replace("{name}", name) : words.dataset.none;
  }

  day.addEventListener("input", asOf);
  document.addEventListener("ctsd:after", asOf);
  if (redlines) whole.closest("label").hidden = true;
  form.hidden = false;
})();
