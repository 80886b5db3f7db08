// The viewer of a redline. Without it the page shows both texts at once; with it one of them, or both side by side.
// All that it needs is in the page: what is in one text only is in `ins` or `del`, or of the class `inserted` or
// `deleted`; what belongs to the change n has `data-change="n"`; where words begin the next paragraph in one text,
// `data-runs-on` names that text.
"use strict";
(() => {
  const viewer = document.querySelector(".viewer");
  const article = document.getElementById("document");
  if (!viewer || !article) return;
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const PARAGRAPHS = "p, dt, figure, h1, h2, h3, h4, h5, h6";
  const narrow = matchMedia("(max-width: 60rem)");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const state = { view: "inline", only: false, keys: true, author: "", at: 0 };

  // The changes, in order, with all the elements of each.
  const changes = new Map();

  const gather = (elements, into) => {
    for (const element of elements) {
      const number = Number(element.dataset.change);
      if (into.has(number)) into.get(number).push(element); else into.set(number, [element]);
    }
  };

  function countChanges() {
    changes.clear();
    gather(all("[data-change]", article), changes);
  }

  // ---- What a text is without the other -----------------------------------------------------------------------------

  let joined = [];

  // Puts the words that begin the next paragraph there, among the elements of one text.
  function join(roots, view) {
    const paragraphs = roots.flatMap((root) => [...(root.matches(PARAGRAPHS) ? [root] : []), ...all(PARAGRAPHS, root)]);
    paragraphs.forEach((paragraph, index) => {
      const next = paragraphs[index + 1];
      if (paragraph.dataset.runsOn !== view || !next) return;
      const words = document.createElement("span");
      words.append(...[...paragraph.childNodes].filter((node) => !node.classList?.contains("label")));
      const label = next.querySelector(":scope > .label");
      if (label) label.after(words); else next.prepend(words);
      joined.push({ paragraph, words });
    });
  }

  function part() {
    for (const { paragraph, words } of joined.reverse()) {
      paragraph.append(...words.childNodes);
      words.remove();
    }
    joined = [];
  }

  // How many columns a cell covers depends on the text.
  function span(root, view) {
    for (const cell of all("[data-span-original], [data-span-proposed]", root)) {
      cell.dataset.span ??= cell.colSpan;
      const own = view === "original" ? cell.dataset.spanOriginal : view === "proposed" ? cell.dataset.spanProposed : null;
      const width = Number(own ?? cell.dataset.span);
      if (cell.colSpan !== width) cell.colSpan = width;
    }
  }

  // ---- Side by side ---------------------------------------------------------------------------------------------------

  // What stands on the left, by the number of its change.
  const copies = new Map();

  // Beside each piece of the document stands what it was. What is beside it is a copy that nothing leads to.
  function putSideBySide() {
    for (const piece of [...article.children]) {
      const pair = document.createElement("div");
      const [before, after] = ["original", "proposed"].map((view) => {
        const side = document.createElement("div");
        side.className = view;
        return side;
      });
      pair.className = "pair";
      const copy = piece.cloneNode(true);
      for (const element of [copy, ...all("[id]", copy)]) element.removeAttribute("id");
      for (const element of [copy, ...all("[aria-labelledby], [aria-describedby]", copy)]) {
        element.removeAttribute("aria-labelledby");
        element.removeAttribute("aria-describedby");
      }
      piece.before(pair);
      before.append(copy);
      after.append(piece);
      pair.append(before, after);
    }
    copies.clear();
    gather(all(":scope > .pair > .original [data-change]", article), copies);
    join(all(":scope > .pair > .original > *", article), "original");
    join(all(":scope > .pair > .proposed > *", article), "proposed");
    all(":scope > .pair > .original", article).forEach((side) => span(side, "original"));
    all(":scope > .pair > .proposed", article).forEach((side) => span(side, "proposed"));
    for (const pair of all(":scope > .pair", article)) {
      const frames = all(".table", pair);
      frames.forEach((frame, index) => frame.addEventListener("scroll", () => {
        frames[1 - index].scrollLeft = frame.scrollLeft;
      }));
    }
  }

  // Rows that stand beside each other are of one height: those of tables that aren't the same on both sides. All are
  // measured before the first is changed, so that the page is laid out once, and no row is touched that is level already.
  function levelRows() {
    const differing = new Set([...copies.values()].flat().map((element) => element.closest(".pair")));
    const rows = [...differing].flatMap((pair) => {
      const [before, after] = all("table", pair).map((table) => [...table.rows]);
      return before && after ? before.map((row, index) => [row, after[index]]) : [];
    });
    for (const row of all("tr[style]", article)) row.removeAttribute("style");
    const heights = rows.map((pair) => pair.map((row) => row.getBoundingClientRect().height));
    rows.forEach((pair, index) => {
      const [one, other] = heights[index];
      if (one !== other) pair[one < other ? 0 : 1].style.height = `${Math.max(one, other)}px`;
    });
  }

  function takeApart() {
    for (const pair of all(":scope > .pair", article)) {
      pair.replaceWith(...pair.querySelector(":scope > .proposed").childNodes);
    }
    for (const row of all("tr[style]", article)) row.removeAttribute("style");
  }

  // ---- Views ----------------------------------------------------------------------------------------------------------

  // The page as it came: both texts, in one.
  function restore() {
    part();
    if (state.view === "side") takeApart();
    span(article, "inline");
    state.view = "inline";
  }

  function show(view) {
    if (view === "side" && (narrow.matches || !viewer.querySelector("[data-view=side]"))) view = "inline";
    restore();
    span(article, view);
    state.view = document.body.dataset.view = view;
    if (view === "side") putSideBySide();
    else if (view !== "inline") join([...article.children], view);
    for (const button of all("[data-view]", viewer)) button.setAttribute("aria-pressed", button.dataset.view === view);
    settle();
  }

  // Of what doesn't change, the headings over what does stay.
  function keepHeadings() {
    const over = [];
    const kept = new Set([article.querySelector("h1")]);
    for (const piece of all(":scope > *, :scope > .pair > .proposed > *", article)) {
      if (piece.matches(".pair")) continue;
      const level = piece.matches(".instruction") ? 1 : Number(/^H([1-6])$/.exec(piece.tagName)?.[1] ?? 0);
      if (level) {
        while (over.at(-1)?.level >= level) over.pop();
        over.push({ level, piece });
      }
      if (piece.matches(".caption")) over.caption = piece;
      if (piece.matches("[data-change]") || piece.querySelector("[data-change]")) {
        over.forEach((heading) => kept.add(heading.piece));
        if (piece.matches(".table")) kept.add(over.caption);
      }
    }
    for (const piece of all(".over", article)) if (!kept.has(piece)) piece.classList.remove("over");
    for (const piece of kept) piece?.classList.add("over");
  }

  function settle() {
    document.body.toggleAttribute("data-only", state.only);
    if (state.view === "side") levelRows();
    drawStrip();
    tell();
  }

  // ---- From change to change --------------------------------------------------------------------------------------------

  const isOf = (element, author) => !author || [element, ...all("[data-by]", element)].some((own) => own.dataset.by === author);
  const numbers = () => [...changes.keys()].filter((number) => changes.get(number).some((element) => isOf(element, state.author)));

  // What can be seen of a change; where it can't be, what stands before it.
  function seen(number) {
    const isSeen = (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility !== "hidden";
    const elements = [...changes.get(number), ...(state.view === "side" ? copies.get(number) ?? [] : [])];
    const own = elements.find(isSeen);
    if (own) return own;
    for (let element = elements[0]; element && element !== article; ) {
      if (isSeen(element)) return element;
      element = element.previousElementSibling ?? element.parentElement;
    }
    return article;
  }

  function go(number, isQuiet) {
    const known = numbers();
    if (!known.includes(number)) return;
    state.at = number;
    for (const element of all(".current")) element.classList.remove("current");
    for (const element of all(`[data-change="${number}"]`, article)) element.classList.add("current");
    const place = seen(number);
    place.tabIndex = -1;
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: "center", behavior: still.matches || isQuiet ? "auto" : "smooth" });
    history.replaceState(null, "", `#c${number}`);
    tell();
  }

  function step(by) {
    const known = numbers();
    if (!known.length) return;
    const at = known.indexOf(state.at);
    go(known[at < 0 ? (by > 0 ? 0 : known.length - 1) : (at + by + known.length) % known.length]);
  }

  // Says which change this is, and whose.
  function tell() {
    const place = viewer.querySelector(".at");
    const known = numbers();
    const at = known.indexOf(state.at) + 1;
    const words = at ? place.dataset.at : known.length === 1 ? place.dataset.one : place.dataset.none;
    const whose = at ? changes.get(state.at).flatMap((element) => [element, ...all("[data-by]", element)]).map(hand) : [];
    const text = words.replace("{number}", at).replace("{count}", known.length);
    place.textContent = [text, ...new Set(whose.filter(Boolean))].join(" · ");
  }

  // Who made a revision, and when.
  function hand(element) {
    const by = element.dataset?.by;
    const date = element.getAttribute("datetime")?.slice(0, 10);
    return by && (date ? `${by}, ${date}` : by);
  }

  function filter(author) {
    state.author = author;
    document.body.toggleAttribute("data-filtered", Boolean(author));
    for (const element of all("[data-by]", article)) element.classList.toggle("other", Boolean(author) && element.dataset.by !== author);
    drawStrip();
    tell();
  }

  async function copyLink(button) {
    const link = location.href.replace(/#.*$/, "") + (state.at ? `#c${state.at}` : location.hash);
    try {
      await navigator.clipboard.writeText(link);
    } catch {
      // From a file, some browsers lend no clipboard: then what is selected is copied.
      const field = document.createElement("textarea");
      field.value = link;
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
    const words = button.textContent;
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = words; }, 1500);
  }

  // ---- Where the changes are ----------------------------------------------------------------------------------------------

  const strip = document.querySelector(".strip");

  // Once there is time: to know where they are, all of the page must be laid out.
  let drawing;

  function drawStrip() {
    clearTimeout(drawing);
    drawing = setTimeout(() => {
      const height = document.documentElement.scrollHeight;
      strip.replaceChildren(...numbers().map((number) => {
        const mark = document.createElement("i");
        mark.style.top = `${((seen(number).getBoundingClientRect().top + scrollY) / height) * 100}%`;
        mark.dataset.go = number;
        return mark;
      }));
    }, 200);
  }

  // ---- Why a count is another ------------------------------------------------------------------------------------------------

  const why = document.getElementById("why");
  let figures = [];

  function causeOf(cell) {
    const table = cell.closest("table")?.dataset.table;
    const ofRow = figures.filter((own) => own.table === table && own.label === cell.dataset.figure);
    // What stands in no column that is counted is a total.
    return ofRow.find((own) => own.column === cell.dataset.column) ?? ofRow.find((own) => own.column === null);
  }

  function explain(cell) {
    const cause = causeOf(cell);
    const head = document.createElement("b");
    head.textContent = `${cause.was} → ${cause.now}`;
    const rows = cause.rows.map(({ row, column, was, now }) => {
      const line = document.createElement("div");
      line.textContent = `${column ? `${row}, ${column}` : row}: ${was ?? why.dataset.none} → ${now ?? why.dataset.none}`;
      return line;
    });
    if (cause.omitted) {
      const line = document.createElement("div");
      line.textContent = why.dataset.beyond.replace("{number}", cause.omitted > 0 ? `+${cause.omitted}` : cause.omitted);
      rows.push(line);
    }
    why.replaceChildren(head, ...rows);
    why.hidden = false;
    const { left, bottom, top } = cell.getBoundingClientRect();
    const fits = bottom + why.offsetHeight < innerHeight;
    why.style.left = `${Math.max(8, Math.min(left, innerWidth - why.offsetWidth - 8))}px`;
    why.style.top = `${fits ? bottom : top - why.offsetHeight}px`;
  }

  function readFigures() {
    figures = JSON.parse(document.getElementById("figures").textContent || "[]");
    for (const cell of all("[data-figure]:not([tabindex])", article).filter(causeOf)) {
      cell.tabIndex = 0;
      cell.setAttribute("aria-describedby", "why");
    }
  }

  for (const [begins, ends] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
    article.addEventListener(begins, (event) => {
      const cell = event.target.closest("[data-figure]");
      if (cell && causeOf(cell)) explain(cell);
      const revision = event.target.closest("[data-by]");
      if (revision && !revision.title) revision.title = hand(revision);
    });
    article.addEventListener(ends, (event) => {
      if (event.target.closest("[data-figure]") && !why.contains(event.relatedTarget)) why.hidden = true;
    });
  }
  why.addEventListener("pointerleave", () => { why.hidden = true; });

  // ---- What is asked for ------------------------------------------------------------------------------------------------------

  function toggle(name) {
    state[name] = !state[name];
    viewer.querySelector(`[data-toggle="${name}"]`).setAttribute("aria-pressed", state[name]);
    settle();
  }

  viewer.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    const { view, go: way, toggle: name, copy } = button.dataset;
    if (view) show(view);
    if (way) step(way === "next" ? 1 : -1);
    if (name) toggle(name);
    if (copy !== undefined) copyLink(button);
  });
  viewer.querySelector("[data-authors]")?.addEventListener("change", ({ target }) => filter(target.value));
  strip.addEventListener("click", ({ target }) => go(Number(target.dataset.go)));

  const KEYS = {
    n: () => step(1), j: () => step(1), p: () => step(-1), k: () => step(-1),
    i: () => show("inline"), o: () => show("original"), r: () => show("proposed"), s: () => show("side"),
    c: () => toggle("only"), l: () => copyLink(viewer.querySelector("[data-copy]")),
  };
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") why.hidden = true;
    const isTyping = event.target.closest?.("input, select, textarea");
    if (!state.keys || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    KEYS[event.key]?.();
  });

  // A link to a change, or to a place in a text that isn't shown as one.
  function enter() {
    const change = /^#c(\d+)$/.exec(location.hash);
    if (change) go(Number(change[1]), true);
  }

  narrow.addEventListener("change", () => { if (narrow.matches && state.view === "side") show("inline"); });
  addEventListener("resize", drawStrip);
  addEventListener("hashchange", enter);
  addEventListener("beforeprint", () => { if (state.view === "side") show("inline"); });

  // Where pages are served, the document can be another from time to time.
  let shown = "inline";
  document.addEventListener("ctsd:before", () => { shown = state.view; restore(); });
  document.addEventListener("ctsd:after", () => {
    begin();
    show(shown);
    if (state.author) filter(state.author);
  });

  function begin() {
    countChanges();
    keepHeadings();
    readFigures();
  }

  begin();
  viewer.hidden = strip.hidden = false;
  show("inline");
  enter();
})();
