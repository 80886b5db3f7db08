// A page that is served follows what is saved. The server tells of each save; then what is another on the page gives way
// to what is new, and all else stays as it is: what is selected, what is open, and what is at the top of the window.
"use strict";
(() => {
  const live = document.querySelector(".live");
  const article = document.getElementById("document");
  if (!live || !location.protocol.startsWith("http")) return;
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const status = live.querySelector("[role=status]");
  const errors = live.querySelector(".errors");
  const findings = live.querySelector(".findings");

  // What each piece was when it came from the server: other scripts add to it.
  const came = new WeakMap();
  const note = (root) => [root, ...all("#document > *, .side > *, tr", root)].forEach((piece) => came.set(piece, piece.outerHTML));
  note(document.body);

  // ---- What is new --------------------------------------------------------------------------------------------------------

  // Puts the new pieces in the place of the old ones; those at either end that are the same stay. A table stays, too, and
  // is patched row by row.
  function patch(old, fresh) {
    // What is found stands until it is known whether it still is.
    const before = [...old.children].filter((piece) => !piece.matches(".finding"));
    const after = [...fresh.children];
    const same = (a, b) => came.get(a) === b.outerHTML;
    let start = 0;
    while (start < before.length && start < after.length && same(before[start], after[start])) start += 1;
    let end = 0;
    while (end < before.length - start && end < after.length - start && same(before.at(-1 - end), after.at(-1 - end))) end += 1;
    const gone = before.slice(start, before.length - end);
    const come = after.slice(start, after.length - end);
    const isTable = (piece) => piece.matches(".table, table, tbody");
    if (gone.length === come.length) {
      gone.forEach((piece, index) => {
        const next = come[index];
        if (same(piece, next)) return;
        if (isTable(piece) && isTable(next)) {
          came.set(piece, next.outerHTML);
          patch(piece, next);
        } else {
          put(piece, next);
        }
      });
      return;
    }
    const place = before[before.length - end] ?? null;
    gone.forEach((piece) => piece.remove());
    come.forEach((piece) => {
      const node = document.importNode(piece, true);
      old.insertBefore(node, place);
      keep(node, piece);
    });
  }

  function put(piece, next) {
    const node = document.importNode(next, true);
    piece.replaceWith(node);
    keep(node, next);
  }

  function keep(node, next) {
    came.set(node, next.outerHTML);
    for (const piece of all("tr, table, tbody, .table", node)) came.set(piece, piece.outerHTML);
  }

  // What is at the top of the window, and how far from it.
  function top() {
    const edge = document.querySelector(".viewer")?.getBoundingClientRect().bottom ?? 0;
    const piece = all("[id]", article).concat([...article.children]).find((it) => it.getBoundingClientRect().bottom > edge);
    return piece && { piece, id: piece.id, at: piece.getBoundingClientRect().top };
  }

  function stay(was) {
    const piece = was?.piece.isConnected ? was.piece : was?.id && document.getElementById(was.id);
    if (piece) scrollBy({ top: piece.getBoundingClientRect().top - was.at, behavior: "instant" });
  }

  let asked = 0;

  async function follow() {
    const mine = (asked += 1);
    const page = fetch(location.pathname).then((answer) => (answer.ok ? answer.text() : null));
    const beside = fetch(`/beside${location.pathname}`).then((answer) => (answer.ok ? answer.json() : { errors: [], findings: [] }));
    // Where something was saved since, another follows that.
    const text = await page;
    if (mine === asked && text) change(() => renew(new DOMParser().parseFromString(text, "text/html")));
    const told = await beside;
    if (mine !== asked) return;
    change(() => tell(told));
    document.documentElement.dataset.count = told.count;
  }

  // Changes something of the page, and leaves what is seen of it where it is.
  function change(how) {
    const was = scrollY > 0 ? top() : undefined;
    how();
    stay(was);
  }

  function renew(fresh) {
    document.dispatchEvent(new Event("ctsd:before"));
    patch(article, fresh.getElementById("document"));
    const sides = [document, fresh].map((root) => root.querySelector(".side"));
    if (sides.every(Boolean)) patch(...sides);
    const figures = [document, fresh].map((root) => root.getElementById("figures"));
    if (figures.every(Boolean)) figures[0].textContent = figures[1].textContent;
    document.title = fresh.title;
    document.dispatchEvent(new Event("ctsd:after"));
  }

  // ---- What is wrong --------------------------------------------------------------------------------------------------------

  function element(name, text, className) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  function editor(told) {
    const link = element("a", `${told.file}:${told.line}:${told.column}`);
    link.href = `vscode://file${told.path.startsWith("/") ? "" : "/"}${encodeURI(told.path)}:${told.line}:${told.column}`;
    return link;
  }

  function card(told) {
    const made = element("div", "", "card");
    made.append(element("b", told.message));
    if (told.file) {
      made.append(element("br"), editor(told));
      if (told.text) {
        const caret = " ".repeat(Math.max(0, told.column - 1)) + "^".repeat(Math.max(1, told.length));
        made.append(element("pre", `${told.text}\n${caret}`));
      }
    }
    if (told.help) made.append(element("p", told.help));
    return made;
  }

  function tell({ errors: wrong, findings: found }) {
    all(".finding").forEach((finding) => finding.remove());
    errors.replaceChildren(...wrong.map(card));
    status.textContent = wrong.length ? status.dataset.wrong : status.dataset.saved;
    findings.hidden = found.length === 0;
    const words = findings.querySelector("summary");
    words.textContent = (found.length === 1 ? words.dataset.one : words.dataset.many).replace("{count}", found.length);
    findings.querySelector("ul").replaceChildren(...found.map((told) => {
      const line = element("li");
      line.append(`${told.severity}: ${told.message} `);
      if (told.place && document.getElementById(told.place)) {
        const link = element("a", `#${told.place}`);
        link.href = `#${told.place}`;
        line.append(link, " ");
      }
      if (told.file) line.append(editor(told));
      return line;
    }));
    for (const told of found) {
      const place = told.place && document.getElementById(told.place);
      if (!place) continue;
      const beside = element("span", `${told.severity}: ${told.message}`, "finding");
      if (place.matches("table")) place.before(beside);
      else (place.matches("tr") ? place.cells[0] : place).append(beside);
    }
  }

  // ---- From the server --------------------------------------------------------------------------------------------------------

  const path = location.pathname;
  for (const link of all("[data-download]", live)) link.href = `${path}.${link.dataset.download}`;
  live.hidden = false;
  const events = new EventSource("/events");
  events.addEventListener("message", follow);
  events.addEventListener("error", () => { status.textContent = status.dataset.lost; });
})();
