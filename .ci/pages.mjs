// What a person does with a page, done in a browser. `SHOTS=DIR` keeps a picture of each kind of page, and `viewer.png`, which
// the README shows.
import { chromium } from "playwright-core";
import { createRequire } from "node:module";
import { spawn, execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, writeFileSync, rmSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const { CTSD, ROOT, SHOTS } = process.env;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "pages-"));
const project = join(folder, "project");
mkdirSync(project);
cpSync(join(ROOT, "content"), join(project, "content"), { recursive: true });
const make = (...args) => execFileSync(CTSD, [...args, "--format", "html", "--root", project, "--output", folder, "--quiet"]);
make("build");
make("redline", "6.18", "mp089");
make("redline", "6.18", "mp089", "--full");

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

async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run(document));
  return found.violations.map((it) => `${it.id}: ${it.nodes[0].html.slice(0, 120)}`);
}

// ---- Each kind of page, wide and narrow, light and dark, in each view ----
const kinds = ["appendix-r-6.18", "redline-6.18-mp089", "redline-6.18-mp089-full"];
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
  const level = await page.evaluate(() => [...document.querySelectorAll(".pair")].every((pair) => {
    const [before, after] = [...pair.querySelectorAll("table")].map((table) => [...table.rows].map((row) => row.getBoundingClientRect().top));
    return !before || before.every((top, index) => Math.abs(top - after[index]) <= 1);
  }));
  hold(level, "rows stand beside each other");
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
  const pdf = await without.pdf();
  hold(pdf.length > 20000, "it can be printed");
  await without.context().close();
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
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight / 2));
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
  console.log(`saved to seen: ${saves} saves, none missed, p50 ${times[saves >> 1].toFixed(0)} ms, p95 ${times[Math.floor(saves * 0.95)].toFixed(0)} ms; drift ${drift} px`);
  saved(body.replace("body:", "boby:"));
  await page.locator(".live .card").first().waitFor();
  const card = await page.locator(".live .card").first().innerText();
  hold(/5\.4\.yaml:\d+:\d+/.test(card) && card.includes("^"), `what is wrong is told with its place: ${card}`);
  hold(await page.locator("#section-5\\.4").isVisible(), "the last page that was right stands");
  saved(body);
  await page.waitForFunction(() => !document.querySelector(".live .card"));
  hold((await page.locator(".live [role=status]").textContent()) === "As saved", "it is mended");
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("[data-download=docx]")]);
  hold(readFileSync(await download.path()).subarray(0, 2).toString() === "PK", "the Word document of the moment can be had");
  for (const path of ["", "redline/6.18/mp089", "appendix/6.18"]) {
    const kind = await open(address + path, { axe: true });
    await kind.waitForFunction(() => document.documentElement.dataset.count);
    const found = await violations(kind);
    hold(found.length === 0, `axe finds nothing in /${path}: ${found.join("; ")}`);
    if (SHOTS) await kind.screenshot({ path: join(SHOTS, `served-${path.replaceAll("/", "-") || "index"}.png`) });
    await kind.context().close();
  }
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
