// What a person does with a page, done in a browser. `SHOTS=DIR` keeps a picture of each kind of page, and `viewer.png`, which
// the README shows.
import { chromium } from "playwright-core";
import { createRequire } from "node:module";
import { spawn, spawnSync, execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, writeFileSync, rmSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const { CTSD, ROOT, SHOTS } = process.env;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "pages-"));
const project = join(folder, "project");
mkdirSync(project);
cpSync(join(ROOT, "content"), join(project, "content"), { recursive: true });
const run = (...args) => execFileSync(CTSD, [...args, "--root", project, "--output", folder, "--quiet"]);
const make = (...args) => run(...args, "--format", "html,matrix");
make("build");
make("redline", "6.18", "mp089");
make("redline", "6.18", "mp089", "--full");
run("list", "--html");

let held = 0;
function hold(is, what) {
  if (!is) throw new Error(`it doesn't hold: ${what}`);
  held += 1;
}

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const foreign = [];

async function open(address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1300, height: 900 }, bypassCSP: options.axe, ...options });
  const page = await context.newPage();
  page.on("pageerror", (error) => { throw error; });
  page.on("request", (request) => {
    if (!/^(file:|data:|http:\/\/127\.0\.0\.1:)/.test(request.url())) foreign.push(request.url());
  });
  await page.goto(address);
  return page;
}

// Whether, side by side, both tables of each pair have as many rows, and each stands where the other's does.
const isLevel = (page) => page.evaluate(() => [...document.querySelectorAll(".pair")].every((pair) => {
  const [before, after] = [...pair.querySelectorAll("table")].map((table) => [...table.rows].map((row) => row.getBoundingClientRect().top));
  return before?.length === after?.length && (before ?? []).every((top, index) => Math.abs(top - after[index]) <= 1);
}));

async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run(document));
  return found.violations.map((it) => `${it.id}: ${it.nodes[0].html.slice(0, 120)}`);
}

// ---- Each kind of page, wide and narrow, light and dark, in each view ----
const kinds = ["appendix-r-6.18", "redline-6.18-mp089", "redline-6.18-mp089-full", "appendix-r-6.18.matrix", "redline-6.18-mp089-full.matrix", "index"];
for (const kind of kinds) {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1300, 420]) {
      const page = await open(`file://${folder}/${kind}.html`, { axe: true, colorScheme, viewport: { width, height: 900 } });
      for (const key of kind.startsWith("redline") ? ["i", "o", "r", "s", "c"] : [""]) {
        if (key) await page.keyboard.press(key);
        const found = await violations(page);
        hold(found.length === 0, `axe finds nothing in ${kind}, ${colorScheme}, ${width}, ${key}: ${found.join("; ")}`);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        hold(wide <= 0, `${kind} is no wider than the window of ${width} (${key}): by ${wide}`);
      }
      if (SHOTS) {
        if (kind.startsWith("redline")) await page.keyboard.press("c");
        for (const key of kind.startsWith("redline") ? ["i", "n", "n"] : []) await page.keyboard.press(key);
        await page.waitForTimeout(600);
        await page.screenshot({ path: join(SHOTS, `${kind}-${colorScheme}-${width}.png`) });
      }
      await page.context().close();
    }
  }
}

// ---- The viewer, by keyboard alone ----
{
  const page = await open(`file://${folder}/redline-6.18-mp089-full.html`);
  const at = () => page.locator(".viewer .at").textContent();
  const count = Number((await at()).split(" ")[0]);
  hold(count > 5, "the changes are counted");
  await page.keyboard.press("n");
  hold((await at()).startsWith(`1 of ${count}`), "n goes to the first change");
  await page.keyboard.press("j");
  await page.keyboard.press("p");
  await page.keyboard.press("k");
  hold((await at()).startsWith(`${count} of ${count}`), "k goes round to the last");
  hold((await at()).includes("MP089"), "whose it is is told");
  const seen = (root) => page.evaluate((root) => document.querySelector(root).innerText.replace(/\s+/g, " ").trim(), root);
  const text = async (kind) => {
    const clean = await open(`file://${folder}/${kind}.html`);
    const own = await clean.evaluate(() => document.querySelector("#document").innerText.replace(/\s+/g, " ").trim());
    await clean.context().close();
    return own;
  };
  // The list of contents stands before the text, and is one of its own in each.
  await page.keyboard.press("o");
  hold((await seen("#document")) === (await text("appendix-r-6.18")), "the original is that of the clean version");
  await page.keyboard.press("r");
  hold((await seen("#document")) === (await text("appendix-r-mp089")), "the proposed text is that of the clean version");
  await page.keyboard.press("s");
  hold(await isLevel(page), "rows stand beside each other");
  await page.keyboard.press("i");
  await page.keyboard.press("c");
  const rows = await page.evaluate(() => [...document.querySelectorAll("tbody tr:not([data-change])")].filter((row) => row.getClientRects().length).length);
  hold(rows === 0, "only changes are shown");
  await page.keyboard.press("c");
  const why = await page.evaluate(() => {
    const cell = document.querySelector("[data-figure][tabindex]");
    cell.focus();
    return document.getElementById("why").innerText;
  });
  hold(/\d+ → \d+\n7\.7: – → N\/A/.test(why), `a count says which rows made it: ${why}`);
  if (SHOTS) {
    // The picture of the README.
    await page.evaluate(() => document.querySelector("tr.inserted").scrollIntoView({ block: "start" }));
    await page.evaluate(() => scrollBy(0, -180));
    await page.evaluate(() => { document.activeElement.blur(); document.querySelector("[data-figure][tabindex]").focus({ preventScroll: true }); });
    await page.screenshot({ path: join(SHOTS, "viewer.png"), clip: { x: 0, y: 0, width: 1300, height: 720 } });
  }
  await page.keyboard.press("Escape");
  hold(await page.evaluate(() => document.getElementById("why").hidden), "Escape closes it");
  await page.click("[data-toggle=keys]");
  await page.keyboard.press("o");
  hold((await page.evaluate(() => document.body.dataset.view)) === "inline", "the keys can be turned off");
  await page.context().close();
  const linked = await open(`file://${folder}/redline-6.18-mp089-full.html#c3`);
  hold((await linked.locator(".viewer .at").textContent()).startsWith("3 of"), "a link to a change leads there");
  await linked.context().close();
  const without = await open(`file://${folder}/redline-6.18-mp089-full.html`, { javaScriptEnabled: false });
  hold(await without.locator(".viewer").isHidden() && await without.locator("#document ins").first().isVisible(), "without a script both texts are shown");
  await without.context().close();
}

// ---- Printing: every page, and nothing of what is for the screen ----
for (const kind of kinds) {
  const page = await open(`file://${folder}/${kind}.html`);
  const path = join(SHOTS || folder, `${kind}.pdf`);
  await page.pdf({ path, preferCSSPageSize: true });
  const words = await page.evaluate(() => [...document.querySelectorAll("#document *")].filter((it) => it.getClientRects().length)
    .flatMap((it) => [...it.childNodes].filter((node) => node.nodeType === 3).flatMap((node) => node.data.match(/[\p{L}\d]+/gu) ?? [])));
  if (spawnSync("pdftotext", ["-v"]).error) continue;
  const printed = new Set(execFileSync("pdftotext", ["-layout", path, "-"], { encoding: "utf8" }).match(/[\p{L}\d]+/gu));
  // Words that a line ends in may be hyphened or cut; that a page is missing shows in many.
  const lost = [...new Set(words)].filter((word) => !printed.has(word));
  hold(lost.length <= words.length * 0.01, `${kind} is printed whole, without ${lost.slice(0, 20)}`);
  hold(!printed.has("Previous") && !printed.has("Filters"), `${kind} is printed without its buttons`);
  await page.context().close();
}

// ---- By author and by link: a redline of two modifications, made by a project of its own ----
{
  const several = join(folder, "several");
  cpSync(join(ROOT, "content"), join(several, "content"), { recursive: true });
  const write = (path, text) => {
    mkdirSync(join(several, "content", path, ".."), { recursive: true });
    writeFileSync(join(several, "content", path), text);
  };
  const modification = (id, section, heading) => {
    write(`${id}/version.yaml`, `id: ${id.toUpperCase()}\nname: ${id.toUpperCase()}\nbase: "6.18"\nstatus: approved\n`);
    write(`${id}/sections/${section}.yaml`, `section: "${section}"\nheading: ${heading}\n`);
  };
  modification("mp901", "1.1", "Purpose of it");
  modification("mp902", "1.2", "Scope of it");
  write("6.19/version.yaml", 'id: "6.19"\nname: SEC Version 6.19\nbase: "6.18"\nincludes: [MP901, MP902]\neffective: 2019-11-29\n');
  execFileSync(CTSD, ["redline", "6.18", "6.19", "--full", "--format", "html", "--root", several, "--output", folder, "--quiet"]);
  const page = await open(`file://${folder}/redline-6.18-6.19-full.html`);
  const at = () => page.locator(".viewer .at").textContent();
  const count = Number((await at()).split(" ")[0]);
  await page.locator("[data-authors]").focus();
  await page.keyboard.press("End");
  const own = Number((await at()).split(" ")[0]);
  hold(own > 0 && own < count, `the changes of one modification are fewer: ${own} of ${count}`);
  hold(await page.evaluate(() => [...document.querySelectorAll("#document [data-by]")].every((it) =>
    it.classList.contains("other") === (it.dataset.by !== document.querySelector("[data-authors]").value))), "those of the others recede");
  await page.keyboard.press("Tab");
  await page.keyboard.press("n");
  hold((await at()).includes("MP902") && !(await at()).includes("MP901"), "and next goes to one of them");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.locator("[data-copy]").focus();
  await page.keyboard.press("Enter");
  // What is said goes after a while.
  await page.waitForFunction(() => document.querySelector("[data-copy]").textContent === "Link copied");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  hold(/redline-6\.18-6\.19-full\.html#c\d+$/.test(link), `the link is to the change: ${link}`);
  const opened = await open(link);
  const shown = await opened.evaluate(() => {
    const { top, bottom } = document.querySelector(".current").getBoundingClientRect();
    return { isSeen: top >= 0 && bottom <= innerHeight, words: document.querySelector(".viewer .at").textContent };
  });
  hold(shown.isSeen && shown.words.includes("MP902"), `the link opened shows the change: ${JSON.stringify(shown)}`);
  await opened.context().close();
  await page.context().close();
}

// ---- The matrices ----
{
  const page = await open(`file://${folder}/redline-6.18-mp089-full.matrix.html`, { axe: true });
  const rows = () => page.evaluate(() => [...document.querySelectorAll("#document tbody tr:not(.count)")].filter((row) => row.getClientRects().length).map((row) => row.id));
  const every = (await rows()).length;
  hold((await page.locator(".shown").textContent()) === `${every} of ${every} rows`, "rows are counted");
  const choose = async (what, words) => {
    await page.locator(`[data-filter=${what}]`).focus();
    await page.keyboard.type(words);
  };
  await choose("value", "Mandatory SMETS 2");
  const some = await rows();
  await page.evaluate(axe);
  const found = (await page.evaluate(() => axe.run(document))).violations.map((it) => it.id);
  hold(found.length === 0, `axe finds nothing in what is picked out: ${found}`);
  hold(some.length > 2 && some.length < every && some.includes("row-8.1.8-7.7"), "those that hold something are picked out");
  await choose("matrix", "Table 8.1.10");
  hold((await rows()).every((row) => row.startsWith("row-8.1.10")), "and those of one role");
  for (const filter of ["matrix", "value"]) {
    await page.locator(`[data-filter=${filter}]`).focus();
    await page.keyboard.press("Home");
  }
  await page.keyboard.press("Tab");
  await page.keyboard.press("c");
  hold((await rows()).length === 3 && (await rows()).includes("row-8.1.8-7.7"), `only changes: ${await rows()}`);
  await page.keyboard.press("c");
  const why = await page.evaluate(() => {
    document.querySelector("[data-figure=\"Total Tests\"]").focus();
    return document.getElementById("why").innerText;
  });
  hold(/40 → 41\n7\.7, CV 1: – → Mandatory SMETS 2/.test(why), `a total says which cells made it: ${why}`);
  const stays = await page.evaluate(() => {
    const box = document.getElementById("document");
    box.scrollTop = 300;
    const [head, edge] = [document.querySelector("thead th").getBoundingClientRect(), box.getBoundingClientRect()];
    return Math.abs(head.top - edge.top) <= 2;
  });
  hold(stays, "what heads the columns stays at the top");
  await page.locator("#row-8\\.1\\.8-6\\.22 td.heat-3").click();
  await page.waitForURL(/redline-6\.18-mp089-full\.html#row-8\.1\.8-6\.22$/);
  hold(await page.locator("#row-8\\.1\\.8-6\\.22").isVisible(), "a cell leads to its row in the text");
  await page.goBack();
  await page.locator("#row-8\\.1\\.8-6\\.22 .named a").focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/#section-8\.1\.4$/);
  await page.context().close();
  const without = await open(`file://${folder}/redline-6.18-mp089-full.matrix.html`, { javaScriptEnabled: false });
  hold(await without.locator("#row-8\\.1\\.8-7\\.7").isVisible() && await without.locator(".filters").isHidden(), "without a script all of it is shown");
  await without.context().close();
}

// ---- The versions, as a page of the folder ----
{
  execFileSync(CTSD, ["list", "--html", "--root", join(folder, "several"), "--output", folder, "--quiet"]);
  const page = await open(`file://${folder}/index.html`, { axe: true });
  if (SHOTS) await page.screenshot({ path: join(SHOTS, "versions.png") });
  await page.locator("[name=day]").fill("2020-01-01");
  hold((await page.locator(".on").textContent()) === "SEC Version 6.19 is in force", "the version in force on a day is told");
  hold((await page.locator("[aria-current] b").first().textContent()) === "SEC Version 6.19", "and shown");
  const found = await violations(page);
  hold(found.length === 0, `axe finds nothing in the list of versions: ${found.join("; ")}`);
  await page.locator("[name=day]").fill("1999-01-01");
  hold((await page.locator(".on").textContent()) === "None is in force yet", "or that there is none");
  await page.locator("[name=from]").selectOption("6.18");
  await page.locator("[name=to]").selectOption("6.19");
  await page.locator("form button").press("Enter");
  await page.waitForURL(/redline-6\.18-6\.19-full\.html$/);
  await page.goBack();
  await page.locator("[name=from]").selectOption("6.19");
  await page.locator("form button").press("Enter");
  hold((await page.locator(".none").textContent()).includes("ctsd redline 6.19 6.19"), "what was not written is told with the command that writes it");
  await page.context().close();
}

// ---- A served page ----
const server = spawn(CTSD, ["serve", "--root", project, "--port", "0"]);
const address = await new Promise((tell) => server.stdout.once("data", (data) => tell(String(data).trim())));
{
  const file = join(project, "content/mp089/sections/5.4.yaml");
  const body = readFileSync(file, "utf8");
  const page = await open(`${address}redline/6.18/mp089`);
  const saved = (text) => writeFileSync(file, text);
  await page.waitForFunction(() => document.documentElement.dataset.count);
  const word = (n) => body.replace("Testing Participants", `Testing Participants (${n})`);
  hold(word(1) !== body, "there is a word to change");
  const found = () => page.locator("#document .finding").count();
  const findings = await found();
  hold(findings > 0, "what is found stands at its place");
  hold(await page.evaluate(() => [...document.querySelectorAll("#document .found")].every((row) =>
    row.querySelectorAll(".finding").length > 0 && row.previousElementSibling.id === row.querySelector(".finding").dataset.at)), "below its row");
  await page.locator(".side summary").last().click();
  // Until nothing scrolls any more.
  await page.evaluate(async () => {
    scrollTo({ top: document.body.scrollHeight / 2, behavior: "instant" });
    for (let at = NaN, rest = 0; rest < 10; at = scrollY) {
      await new Promise(requestAnimationFrame);
      rest = at === scrollY ? rest + 1 : 0;
    }
  });
  const place = () => page.evaluate(() => document.getElementById("section-8.1.4").getBoundingClientRect().top);
  const times = [];
  const before = await place();
  const saves = Number(process.env.SAVES ?? 40);
  for (let n = 1; n <= saves; n += 1) {
    const start = performance.now();
    saved(word(n));
    await page.waitForFunction((n) => document.getElementById("document").textContent.includes(`Testing Participants (${n})`), n, { polling: 5 });
    times.push(performance.now() - start);
  }
  const drift = Math.abs((await place()) - before);
  times.sort((a, b) => a - b);
  hold(drift <= 2, `what is at the top of the window stays there: it moved by ${drift}`);
  await Promise.all([page.waitForResponse(/\/beside\//), saved(word(0))]);
  await page.waitForTimeout(200);
  hold((await found()) === findings, `what is found still stands there once: ${await found()} for ${findings}`);
  hold(!(await page.locator(".side details").last().evaluate((it) => it.open)), "what was closed beside the text stays closed");
  console.log(`saved to seen: ${saves} saves, none missed, p50 ${times[saves >> 1].toFixed(0)} ms, p95 ${times[Math.floor(saves * 0.95)].toFixed(0)} ms; drift ${drift} px`);
  saved(body.replace("body:", "boby:"));
  await page.locator(".live .card").first().waitFor();
  const card = await page.locator(".live .card").first().innerText();
  hold(/5\.4\.yaml:\d+:\d+/.test(card) && card.includes("^"), `what is wrong is told with its place: ${card}`);
  hold(await page.locator("#section-5\\.4").isVisible(), "the last page that was right stands");
  const { y, height } = await page.locator(".live .card").first().boundingBox();
  hold(y >= 0 && y + height <= 900, `what is wrong is seen wherever somebody reads: from ${y} to ${y + height}`);
  saved(body);
  await page.waitForFunction(() => !document.querySelector(".live .card"));
  hold((await page.locator(".live [role=status]").textContent()) === "As saved", "it is mended");
  // A table that nobody sees isn't laid out, and is as high as if it were.
  {
    const whole = await open(`${address}redline/6.18/mp089/full`);
    const asLaidOut = (what) => whole.evaluate(async (what) => {
      const frame = () => new Promise(requestAnimationFrame);
      const tables = [...document.querySelectorAll("article > .table")];
      const heights = () => tables.map((table) => table.offsetHeight);
      // What is found is told after the text, and each lays tables out anew: the page has come to rest when no frame does.
      let settled = [];
      for (let n = 0, rest = 0; n < 600 && rest < 6; n += 1) {
        await frame();
        const now = tables.filter((table) => table.matches(".settled"));
        rest = now.length > 0 && now.length === settled.length ? rest + 1 : 0;
        settled = now;
      }
      const seen = heights();
      settled.forEach((table) => table.classList.remove("settled"));
      const laidOut = heights();
      settled.forEach((table) => table.classList.add("settled"));
      const isSame = seen.every((height, at) => Math.abs(height - laidOut[at]) <= 1);
      return { isSame: isSame && settled.length > 0, told: `${what}: ${settled.length} tables, ${seen} for ${laidOut}` };
    }, what);
    const held = async (what) => {
      const { isSame, told } = await asLaidOut(what);
      hold(isSame, `tables keep their heights, ${told}`);
    };
    await whole.waitForFunction(() => document.documentElement.dataset.count);
    await held("as it comes");
    await whole.keyboard.press("o");
    await held("original");
    await whole.keyboard.press("i");
    await held("inline again");
    await whole.keyboard.press("c");
    await held("only changes");
    await whole.keyboard.press("c");
    await whole.setViewportSize({ width: 1000, height: 700 });
    await held("narrower");
    const table = join(project, "content/mp089/tables/8.1.8.yaml");
    const rows = readFileSync(table, "utf8");
    const longer = "Read Auxiliary Load Control Switch Data once more";
    await whole.evaluate(() => scrollTo(0, 0));
    writeFileSync(table, rows.replace("Read Auxiliary Load Control Switch Data", `${`${longer} `.repeat(12)}`.trim()));
    await whole.waitForFunction((words) => document.getElementById("document").textContent.includes(words), longer);
    await held("a row is longer");
    writeFileSync(table, rows);
    await whole.waitForFunction((words) => !document.getElementById("document").textContent.includes(words), longer);
    await held("and short again");
    await whole.keyboard.press("s");
    await Promise.all([whole.waitForResponse(/\/beside\//), writeFileSync(table, rows.replace("Switch Data", "Switches"))]);
    await whole.waitForFunction(() => document.getElementById("document").textContent.includes("Load Control Switches"));
    hold((await whole.locator(".pair > .proposed .found").count()) > 0, "what is found of rows stands below them side by side");
    await whole.waitForTimeout(200);
    hold(await isLevel(whole), "rows stand beside each other with what is found of them");
    writeFileSync(table, rows);
    await whole.context().close();
  }
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("[data-download=docx]")]);
  hold(readFileSync(await download.path()).subarray(0, 2).toString() === "PK", "the Word document of the moment can be had");
  for (const path of ["", "redline/6.18/mp089", "appendix/6.18", "redline/6.18/mp089/full/matrix"]) {
    const kind = await open(address + path, { axe: true });
    await kind.waitForFunction(() => document.documentElement.dataset.count);
    const found = await violations(kind);
    hold(found.length === 0, `axe finds nothing in /${path}: ${found.join("; ")}`);
    if (SHOTS) await kind.screenshot({ path: join(SHOTS, `served-${path.replaceAll("/", "-") || "index"}.png`) });
    await kind.context().close();
  }
  const first = await open(address);
  await first.locator("[name=from]").selectOption("MP089");
  await first.locator("[name=to]").selectOption("6.18");
  await first.locator("form button").press("Enter");
  await first.waitForURL(/redline\/MP089\/6\.18$/);
  hold(await first.locator("#document del").first().isVisible(), "any two can be held against each other");
  await first.goto(address);
  hold(await first.locator(".then").isHidden(), "no day, no text of it");
  await first.context().close();
  const second = spawn(CTSD, ["serve", "--root", project, "--port", new URL(address).port]);
  const other = await new Promise((tell) => second.stdout.once("data", (data) => tell(String(data).trim())));
  hold(other !== address && (await fetch(other)).ok, "a second server takes another port");
  second.kill("SIGINT");
  hold((await new Promise((tell) => second.once("exit", tell))) === 0, "the second ends on Ctrl-C");
}
server.kill("SIGINT");
hold((await new Promise((tell) => server.once("exit", tell))) === 0, "it ends on Ctrl-C");
hold(foreign.length === 0, `nothing is asked for elsewhere: ${foreign.join(", ")}`);
await browser.close();
rmSync(folder, { recursive: true });
console.log(`pages in a browser: ${held} passed, 0 failed`);
