// How long it takes until what is saved is seen in a browser, and what that costs:
//
//     cargo build --release --bin ctsd && cargo build --release --example full_size
//     .ci/pages benches/served.mjs
//
// `SAVES=N` saves so often (by default 200). At full size in the change document, in the whole redline and in one view of
// it, with a table of 2,000 rows, and where the system tells the server of no save, so that it must look.
import { chromium } from "playwright-core";
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const { CTSD, FULL_SIZE, SAVES = "200", ONLY = "" } = process.env;
const saves = Number(SAVES);
const folder = mkdtempSync(join(tmpdir(), "served-"));
const full = join(folder, "full");
const wide = join(folder, "wide");
execFileSync(FULL_SIZE, [full]);

// The same with one table of 2,000 rows, in the base.
const ROWS = 2000;
cpSync(full, wide, { recursive: true });
{
  const tables = join(wide, "content/1.0/tables");
  const [table] = readdirSync(tables);
  const lines = readFileSync(join(tables, table), "utf8").trimEnd().split("\n");
  const rows = lines.filter((line) => line.startsWith("  - {"));
  const more = Array.from({ length: ROWS - rows.length }, (_, n) =>
    rows[n % rows.length].replace(/reference: "[^"]*", variant: "[^"]*"/, `reference: "${100 + n}.1", variant: "${100 + n}.1.1"`));
  writeFileSync(join(tables, table), [...lines, ...more].join("\n") + "\n");
}

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--enable-precise-memory-info"] });
const share = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
const memory = (server) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))[1]) / 1024;

async function serve(project, command = [CTSD]) {
  const [program, ...first] = command;
  const server = spawn(program, [...first, "serve", "--root", project, "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  const address = await new Promise((tell) => server.stdout.once("data", (data) => tell(String(data).trim())));
  return { server, address };
}

async function end(server) {
  server.kill("SIGINT");
  await new Promise((tell) => server.once("exit", tell));
}

// Saves a word of a section again and again; each must be seen, and what is at the top of the window stay where it is.
async function measure(name, project, path, { command, key, file = "mp1/sections/10.10.yaml", count = saves } = {}) {
  if (ONLY && !name.includes(ONLY)) return;
  const { server, address } = await serve(project, command);
  const page = await (await browser.newContext({ viewport: { width: 1300, height: 900 } })).newPage();
  await page.goto(address + path);
  await page.waitForFunction(() => document.documentElement.dataset.count);
  if (key) await page.keyboard.press(key);
  await page.waitForTimeout(1000);
  const saved = join(project, "content", file);
  const text = readFileSync(saved, "utf8");
  // Beside what is saved, in the lower half of the document.
  const beside = await page.evaluate(() => {
    const places = [...document.querySelectorAll("article [id^=section-]")];
    const place = places[Math.floor(places.length * 0.75)];
    place.scrollIntoView({ block: "center" });
    return place.id;
  });
  await page.waitForTimeout(500);
  const place = () => page.evaluate((id) => document.getElementById(id).getBoundingClientRect().top, beside);
  // Looks at each frame, in the page, when the word is seen; the clock is that of this machine on both sides.
  await page.evaluate(() => {
    window.whenSeen = (word) => new Promise((tell) => {
      const look = () => {
        const piece = document.getElementById("section-10.10")?.parentElement ?? document.body;
        if (piece.textContent.includes(word)) requestAnimationFrame(() => setTimeout(() => tell(Date.now())));
        else requestAnimationFrame(look);
      };
      look();
    });
  });
  const before = await place();
  const first = memory(server);
  const times = [];
  let most = 0;
  let missed = 0;
  for (let n = 1; n <= count; n += 1) {
    const word = `saved${n}seen`;
    const seen = page.evaluate((word) => Promise.race([whenSeen(word), new Promise((tell) => setTimeout(tell, 20000))]), word);
    await page.waitForTimeout(20 + (n * 37) % 90);
    const since = Date.now();
    writeFileSync(saved, text.replace("heading: Each", `heading: Each ${word}`));
    const at = await seen;
    if (at) times.push(at - since); else missed += 1;
    if (n % 20 === 0) most = Math.max(most, Math.abs((await place()) - before));
  }
  const drift = Math.max(most, Math.abs((await place()) - before));
  writeFileSync(saved, text);
  times.sort((a, b) => a - b);
  console.log(`${name.padEnd(44)} ${String(count).padStart(5)} saves, ${missed} missed, p50 ${share(times, 0.5)} ms, p95 ${share(times, 0.95)} ms, most ${times.at(-1)} ms; drift ${drift.toFixed(1)} px; server ${first.toFixed(0)} -> ${memory(server).toFixed(0)} MB`);
  await page.context().close();
  await end(server);
}

// How large a page is, and when the first of it is seen.
async function paint(name, ...options) {
  if (ONLY && !name.includes(ONLY)) return;
  const output = join(folder, "output");
  execFileSync(CTSD, [...options, "--format", "html", "--root", full, "--output", output, "--quiet"]);
  for (const file of readdirSync(output)) {
    const page = await (await browser.newContext({ viewport: { width: 1300, height: 900 } })).newPage();
    await page.goto(`file://${join(output, file)}`);
    const first = await page.evaluate(() => new Promise((tell) => {
      const known = () => performance.getEntriesByName("first-contentful-paint")[0];
      const look = () => (known() ? tell(known().startTime) : setTimeout(look, 20));
      look();
    }));
    const taken = {};
    for (const key of ["o", "r", "s", "i", "c"]) {
      taken[key] = await page.evaluate((key) => new Promise((tell) => {
        const since = performance.now();
        dispatchEvent(new KeyboardEvent("keydown", { key }));
        requestAnimationFrame(() => setTimeout(() => tell(performance.now() - since)));
      }), key);
    }
    const views = Object.entries(taken).map(([key, time]) => `${key} ${time.toFixed(0)} ms`).join(", ");
    console.log(`${file}: ${(statSync(join(output, file)).size / 1e6).toFixed(2)} MB, first paint after ${first.toFixed(0)} ms; keys ${views}`);
    await page.context().close();
  }
  rmSync(output, { recursive: true });
}

await paint("paint change document", "redline", "1.0", "mp1");
await paint("paint whole redline", "redline", "1.0", "mp1", "--full");
await measure("change document, full size", full, "redline/1.0/mp1");
await measure("whole redline, full size", full, "redline/1.0/mp1/full");
await measure("whole redline, proposed text only", full, "redline/1.0/mp1/full", { key: "r" });
await measure("clean version, full size", full, "appendix/mp1");
await measure("whole redline, a table of 2,000 rows", wide, "redline/1.0/mp1/full");
// A user of the system who is lent no watch.
const blind = ["unshare", "-Ur", "sh", "-c", 'echo 0 > /proc/sys/user/max_inotify_instances && exec "$0" "$@"', CTSD];
try {
  execFileSync(blind[0], [...blind.slice(1, 5), "true"]);
  await measure("change document, looking only", full, "redline/1.0/mp1", { command: blind });
} catch {
  console.log("left out: looking only, since this system has no namespaces for users");
}
await browser.close();
rmSync(folder, { recursive: true });
