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

  // ---- What is new --------------------------------------------------------------------------------------------------------

  // The pieces of the document as they came from the server, as markup, and their name: other scripts add to what became
  // of them. Until the server is asked for them, they are known by what stands here.
  let known = [...article.children].map((piece) => piece.outerHTML);
  const side = document.querySelector(".side");
  let knownSide = side && [...side.children].map((piece) => piece.outerHTML).join("");
  let knownAs;

  function parse(markup, context = "div") {
    const holder = document.createElement(context);
    holder.innerHTML = markup;
    return [...holder.children];
  }

  const asParsed = (markup) => parse(markup).map((piece) => piece.outerHTML).join("");

  // Which of some pieces are others now: all but those at either end that are the same.
  function differ(before, after) {
    let start = 0;
    while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
    let end = 0;
    while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
    return [start, before.length - end, after.length - end];
  }

  // Puts the new pieces in the place of the old ones. Where there are as many of them, each that is the same stays.
  function patch(elements, before, after, put, place) {
    const [start, endBefore, endAfter] = differ(before, after);
    if (endBefore - start === endAfter - start) {
      for (let index = start; index < endAfter; index += 1) {
        if (before[index] !== after[index]) put(elements[index], before[index], after[index]);
      }
      return;
    }
    const next = elements[endBefore] ?? null;
    const parent = next?.parentElement ?? place;
    elements.slice(start, endBefore).forEach((element) => element.remove());
    const markup = after.slice(start, endAfter).join("");
    parse(markup, place.tagName).forEach((element) => parent.insertBefore(element, next));
  }

  // A table whose rows alone are others keeps those that aren't: each row is a line.
  function putPiece(element, before, after) {
    const isRow = (line) => line.startsWith("<tr");
    const [was, now] = [before, after].map((markup) => markup.split("\n"));
    const frame = (lines) => lines.filter((line) => !isRow(line)).join("\n");
    const body = element.querySelector(":scope > table > tbody, :scope > .table > table > tbody");
    if (body && frame(was) === frame(now)) {
      const rows = [...body.rows].filter((row) => !row.matches(".found"));
      const own = (lines) => lines.slice(lines.indexOf("<tbody>")).filter(isRow);
      const head = (lines) => lines.slice(0, lines.indexOf("<tbody>")).join("\n");
      if (head(was) === head(now) && own(was).length === rows.length) {
        element.classList.remove("settled");
        patch(rows, own(was), own(now), (row, _, line) => exchange(row, parse(line, "tbody")), body);
        return;
      }
    }
    const made = parse(after);
    if (made.length === 1) become(element, made[0]);
    else exchange(element, made);
  }

  // An outline is long, and a heading one line of it: lines that are the same stay, and so does what is open.
  function become(was, now) {
    if (was.isEqualNode(now)) return;
    const isPanel = was.tagName === "DETAILS" && now.tagName === "DETAILS";
    const isList = /^(NAV|[OU]L)$/.test(was.tagName) && was.cloneNode().isEqualNode(now.cloneNode());
    if (isPanel || isList) merge(was, [...now.children]);
    else exchange(was, [now]);
  }

  // What was found in what gives way stands in its place until it is known whether it still is found.
  function exchange(was, now) {
    const found = all(".finding", was);
    was.replaceWith(...now);
    found.forEach(stand);
  }

  function merge(element, children) {
    const own = [...element.children];
    if (own.length === children.length) own.forEach((was, index) => become(was, children[index]));
    else element.replaceChildren(...children);
  }

  function renew(fresh) {
    document.dispatchEvent(new Event("ctsd:before"));
    // What is found stands until it is known whether it still is.
    const elements = [...article.children].filter((piece) => !piece.matches(".finding"));
    // Markup, or from where to where it is what was known.
    const after = fresh.document.flatMap((it) => (typeof it === "string" ? it : known.slice(...it)));
    const came = knownAs === undefined ? parse(after.join("")).map((piece) => piece.outerHTML) : after;
    patch(elements, known, came.length === after.length ? came : after, putPiece, article);
    known = after;
    if (side && typeof fresh.side === "string") {
      if (knownSide !== (knownAs === undefined ? asParsed(fresh.side) : fresh.side)) merge(side, parse(fresh.side));
      knownSide = fresh.side;
    }
    const figures = document.getElementById("figures");
    if (figures && typeof fresh.figures === "string") figures.textContent = fresh.figures;
    knownAs = fresh.name;
    document.title = new DOMParser().parseFromString(fresh.title, "text/html").body.textContent;
    document.dispatchEvent(new Event("ctsd:after"));
    settle();
  }

  // The piece at the top of the window, the row of it if it is a table, and how far from it.
  function top() {
    const edge = document.querySelector(".viewer")?.getBoundingClientRect().bottom ?? 0;
    // They stand one below the other.
    const first = (elements) => {
      let [low, high] = [0, elements.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (elements[middle].getBoundingClientRect().bottom > edge) high = middle; else low = middle + 1;
      }
      return elements[low];
    };
    const piece = first([...article.children].filter((it) => it.getClientRects().length));
    const rows = piece ? all("tr", piece).filter((it) => it.getClientRects().length) : [];
    const place = (rows.length ? first(rows) : null) ?? piece;
    const named = place?.id ? place : place?.querySelector("[id]");
    return place && { place, id: named?.id, at: place.getBoundingClientRect().top, next: place.nextElementSibling };
  }

  function stay(was) {
    const named = was?.id && document.getElementById(was.id);
    const place = was?.place.isConnected ? was.place : named?.closest("tr, #document > *") ?? was?.next;
    if (!place?.isConnected) return;
    const by = place.getBoundingClientRect().top - was.at;
    if (Math.abs(by) >= 1) scrollBy({ top: by, behavior: "instant" });
  }

  let asked = 0;

  async function follow() {
    const mine = (asked += 1);
    const get = (what, search = "") =>
      fetch(`/${what}${location.pathname}${search}`).then((answer) => (answer.ok ? answer.json() : null));
    // Where something was saved since, another follows that.
    const fresh = await get("pieces", knownAs === undefined ? "" : `?since=${knownAs}`);
    if (mine === asked && fresh) change(() => renew(fresh));
    const told = (await get("beside")) ?? { errors: [], findings: [] };
    // If something else was saved while it was looked at, that is told of.
    if (mine !== asked || !(told.findings || told.errors.length)) return;
    change(() => tell(told));
    document.documentElement.dataset.count = told.count;
  }

  // Changes something of the page, and leaves what is seen of it where it is.
  function change(how) {
    const was = scrollY > 0 ? top() : undefined;
    how();
    stay(was);
  }

  // ---- What is off the window -----------------------------------------------------------------------------------------------

  // A table that was laid out has a height that the browser remembers, so that it needn't be laid out again while nobody
  // sees it. In another view, or in a window of another width, it has another height.
  const layout = () => [innerWidth, document.body.dataset.view, document.body.hasAttribute("data-only")].join();
  let laidOut;
  let settling;

  function settle() {
    cancelAnimationFrame(settling);
    settling = requestAnimationFrame(() => {
      settling = requestAnimationFrame(() => {
        for (const table of all(":scope > .table:not(.settled)", article)) table.classList.add("settled");
      });
    });
  }

  function unsettle() {
    if (laidOut === layout()) return;
    laidOut = layout();
    for (const table of all(".settled", article)) table.classList.remove("settled");
    settle();
  }

  new MutationObserver(unsettle).observe(document.body, { attributes: true });
  addEventListener("resize", unsettle);
  unsettle();

  // ---- What is wrong --------------------------------------------------------------------------------------------------------

  function element(name, text, className) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  function editor(told) {
    const link = element("a", `${told.file}:${told.line}:${told.column}`);
    link.href = told.link;
    link.title = findings.dataset.open;
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

  // What is told of a row makes its table higher.
  const loosen = (finding) => finding.closest(".settled")?.classList.remove("settled");

  // All that is found, in the panel at the top.
  function list(found) {
    const words = findings.querySelector("summary");
    words.textContent = (found.length === 1 ? words.dataset.one : words.dataset.many).replace("{count}", found.length);
    findings.hidden = found.length === 0;
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
  }

  // Puts what is found to what it is about, if that is there.
  function stand(finding) {
    const at = document.getElementById(finding.dataset.at);
    if (at?.matches("table")) at.before(finding);
    else (at?.matches("tr") ? under(at) : at)?.append(finding);
  }

  // Where what is found of a row stands: below it, as wide as the table. Rows of matrices are filtered, and cells that go over
  // several rows are counted, so that there it stands in the first cell.
  function under(row) {
    if (document.body.matches(".matrices") || row.closest("table").querySelector("[rowspan]")) return row.cells[0];
    if (row.nextElementSibling?.matches(".found")) return row.nextElementSibling.cells[0];
    const [made, cell] = [element("tr", "", "found"), element("td")];
    cell.colSpan = [...row.cells].reduce((sum, { colSpan }) => sum + colSpan, 0);
    made.append(cell);
    row.after(made);
    return cell;
  }

  // Each of what is found, at its place; what is found there again stays.
  function place(found) {
    const before = new Map();
    const of = (at, words) => `${at} ${words}`;
    for (const finding of all(".finding")) {
      const key = of(finding.dataset.at, finding.textContent);
      before.set(key, [...(before.get(key) ?? []), finding]);
    }
    for (const told of found) {
      const at = told.place && document.getElementById(told.place);
      const words = `${told.severity}: ${told.message}`;
      if (!at || before.get(of(told.place, words))?.pop()) continue;
      const beside = element("span", words, "finding");
      beside.dataset.at = told.place;
      stand(beside);
      loosen(beside);
    }
    for (const finding of [...before.values()].flat()) {
      loosen(finding);
      const row = finding.closest(".found");
      finding.remove();
      if (row && !row.querySelector(".finding")) row.remove();
    }
  }

  let listed = "";

  // Where something is wrong, what was found before stands until it is mended.
  function tell({ errors: wrong, findings: found }) {
    errors.replaceChildren(...wrong.map(card));
    status.textContent = wrong.length ? status.dataset.wrong : status.dataset.saved;
    if (!found) return;
    const now = JSON.stringify(found);
    if (listed !== now) list(found);
    listed = now;
    // Side by side it stands on both sides, as rows do.
    const isPaired = document.body.dataset.view === "side";
    if (isPaired) document.dispatchEvent(new Event("ctsd:before"));
    place(found);
    if (isPaired) document.dispatchEvent(new Event("ctsd:after"));
    settle();
  }

  // ---- From the server --------------------------------------------------------------------------------------------------------

  const path = location.pathname;
  for (const link of all("[data-download]", live)) link.href = `${path}.${link.dataset.download}`;
  live.hidden = false;
  const events = new EventSource("/events");
  events.addEventListener("message", follow);
  events.addEventListener("error", () => { status.textContent = status.dataset.lost; });
})();
