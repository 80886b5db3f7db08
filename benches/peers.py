#!/usr/bin/env python3
"""Ours beside its peers: processor time and peak memory on the same documents, and theirs over ours.

    cargo build --release --bin ctsd --example full_size --example docx_rs_reads
    benches/peers.py [--rounds N] [--large-rounds N] [--reading] [--prefix DIR]

Two pairs: the real MP089 against SEC Version 6.18, and a generated appendix of about 206 pages with 2,000 table
rows. Ours makes Markdown, DOCX and PDF in each run; each peer makes its one format, and stands beside ours making that
one alone too:

    redline DOCX       docx-redline, jubarte-redlines, python-redlines (its Docxodus engine, run without Python)
    clean DOCX         pandoc, from our Markdown
    clean PDF (UA-1)   typst, from the same text as Typst source
    reading DOCX       pandoc, to Markdown; docx-rs, to its own tree

They are installed into a virtual environment in DIR, by default a temporary folder; one that can't be installed is
said to be missing. docx-redline needs Python 3.12 or later, so the newest Python found makes the environment. Times
are user and system seconds of the whole process, its children included: a busy machine disturbs them little. Ours
and theirs run in turn, and the median counts. The ratio of an output that isn't right stands in brackets, and
doesn't count. Linux and macOS; Poppler reads the PDFs.
"""
import argparse
import dataclasses
import glob
import json
import os
import pathlib
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import unicodedata
import xml.etree.ElementTree
import zipfile

import equivalent
import revisions

ROOT = pathlib.Path(__file__).resolve().parent.parent
DOCX_RS = ROOT / "target" / "release" / "examples" / "docx_rs_reads"
FONTS = ROOT / "templates" / "fonts"
# The versions that the figures of docs/speed.md belong to.
PACKAGES = ["docx-redline==1.0.3", "jubarte-redlines==0.14.0", "python-redlines[docxodus]==2.0.0", "typst==0.15.2"]
# Chapters of 20 sections, and tables of 110 rows.
LARGE = ["18", "18"]
DATE = "2026-01-01T00:00:00Z"

# A process measured from here would be charged with our own memory at its start, so a small one stands between.
LAUNCH = """
import json, os, sys
null = os.open(os.devnull, os.O_WRONLY)
process = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, null, 1)])
_, status, usage = os.wait4(process, 0)
print(json.dumps([os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, usage.ru_maxrss]))
"""
TYPST = """
import sys, typst
typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]], ignore_system_fonts=True, pdf_standards="ua-1")
"""


@dataclasses.dataclass
class Contender:
    """A program at one task: its command, and what tells whether its output is right (a fault, or None)."""
    name: str
    command: list
    fault: object
    # The one format that a peer makes; ours makes all.
    format: str = ""
    seconds: list = dataclasses.field(default_factory=list)
    kilobytes: list = dataclasses.field(default_factory=list)
    failure: str = ""

    def run(self):
        if self.failure:
            return
        told = subprocess.run([sys.executable, "-I", "-S", "-c", LAUNCH, *map(str, self.command)],
                              capture_output=True, text=True)
        if told.returncode != 0:
            self.failure = "it can't be started"
            return
        status, seconds, memory = json.loads(told.stdout)
        if status != 0:
            self.failure = f"exit {status}: {' '.join(told.stderr.split())[:200]}"
        self.seconds.append(seconds)
        self.kilobytes.append(memory / (1024 if sys.platform == "darwin" else 1))

    def usual(self):
        """The seconds of a run, or 0 of one that failed, beside which nothing can be set."""
        return 0 if self.failure else statistics.median(self.seconds or [0])


@dataclasses.dataclass
class Tools:
    """Where each peer is; None where it is missing."""
    python: pathlib.Path
    docx_redline: pathlib.Path | None
    jubarte: pathlib.Path | None
    docxodus: pathlib.Path | None
    typst: pathlib.Path | None
    pandoc: pathlib.Path | None


def newest_python():
    """The newest Python here, of those on the path and of pyenv's."""
    names = [sys.executable, *(shutil.which(f"python3.{minor}") for minor in range(12, 20)),
             *glob.glob(os.path.expanduser("~/.pyenv/versions/3.*/bin/python3"))]
    found = {}
    for name in filter(None, names):
        told = subprocess.run([name, "-c", "import sys; print(*sys.version_info[:3])"], capture_output=True, text=True)
        if told.returncode == 0:
            found[tuple(map(int, told.stdout.split()))] = name
    return found[max(found)]


def install(prefix):
    """Installs what can be had; says what can't."""
    venv = prefix / "venv"
    python = venv / "bin" / "python"
    if not python.exists():
        subprocess.run([newest_python(), "-m", "venv", venv], check=True)
    for package in PACKAGES:
        pip = ["nice", python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        told = subprocess.run([*pip, package], capture_output=True, text=True)
        if told.returncode != 0:
            print(f"missing: {package}: {(told.stderr.strip().splitlines() or ['?'])[-1]}")
    if not shutil.which("pandoc") and shutil.which("apt-get") and os.getuid() == 0:
        subprocess.run(["nice", "apt-get", "install", "-qq", "-y", "--no-install-recommends", "pandoc"],
                       stdout=subprocess.DEVNULL)

    def existing(path):
        return pathlib.Path(path) if path and pathlib.Path(path).exists() else None

    def told(code):
        return subprocess.run([python, "-c", code], capture_output=True, text=True).stdout.strip()

    engine = told("from python_redlines import DocxodusEngine as E; print(E().extracted_binaries_path)")
    return Tools(python, existing(venv / "bin" / "docx-redline"), existing(venv / "bin" / "jubarte-redlines"),
                 existing(engine), existing(told("import typst; print(typst.__file__)")),
                 existing(shutil.which("pandoc")))


def squeezed(text):
    """Without white space, and ligatures undone: lines of a page break where they like."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def missing_text(text, markdown):
    """What of the Markdown a text lacks: the opening of each heading, paragraph and item, and each word of a cell."""
    text = squeezed(text)
    for kind, _, value in equivalent.blocks(markdown):
        words = (word for row in value for cell in row for word in cell.split()) if kind == "table" else ()
        wanted = map(squeezed, words) if kind == "table" else [squeezed(value)[:20]]
        for piece in dict.fromkeys(wanted):
            if piece not in text:
                return f"it lacks {piece!r} ({kind})"
    return None


def docx_fault(path, markdown):
    return missing_text("\n".join(revisions.text(path)), markdown)


def pdf_fault(path, markdown):
    if not shutil.which("pdftotext"):
        return "pdftotext, of Poppler, isn't here to read it"
    told = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True)
    raw = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True)
    if told.returncode != 0:
        return f"it doesn't open: {told.stderr.strip()[:100]}"
    return missing_text(told.stdout + raw.stdout, markdown)


def pages(path):
    told = subprocess.run(["pdfinfo", path], capture_output=True, text=True).stdout
    return next((int(line.split()[1]) for line in told.splitlines() if line.startswith("Pages:")), 0)


def tasks(ctsd, tools, root, base, target, folder):
    """The tasks on one pair: ours first, then the peers that are here."""
    ours = [ctsd, "--quiet", "--root", root, "--output", folder]
    subprocess.run([*ours, "build", base, target], check=True)
    old, new = (folder / f"appendix-r-{version.lower()}.docx" for version in (base, target))
    markdown = new.with_suffix(".md").read_text(encoding="utf-8")
    full = folder / f"redline-{base}-{target}-full.docx".lower()
    redlines = [Contender("ctsd redline --full (3 formats)", [*ours, "redline", base, target, "--full"],
                          lambda: revisions.fault(full, old, new) or pdf_fault(full.with_suffix(".pdf"), markdown))]

    def redline(tool, name, command):
        output = folder / f"{name}.docx"
        if tool:
            redlines.append(Contender(name, [tool, *command(output)],
                                      lambda: revisions.fault(output, old, new), "docx"))

    redline(tools.docx_redline, "docx-redline", lambda to: ["compare", old, new, "-o", to, "--date", DATE])
    redline(tools.jubarte, "jubarte-redlines", lambda to: ["compare", old, new, "-o", to, "-q", "--force", "-d", DATE])
    redline(tools.docxodus, "python-redlines", lambda to: [old, new, to, "--author=Reviewer"])

    builds = [Contender("ctsd build (3 formats)", [*ours, "build", target],
                        lambda: docx_fault(new, markdown) or pdf_fault(new.with_suffix(".pdf"), markdown))]
    if tools.pandoc:
        output = folder / "pandoc.docx"
        command = [tools.pandoc, "-f", "markdown", "-t", "docx", "--toc", "-o", output, new.with_suffix(".md")]
        builds.append(Contender("pandoc (DOCX)", command, lambda: docx_fault(output, markdown), "docx"))
    if tools.typst:
        source, pdf = folder / "typst.typ", folder / "typst.pdf"
        source.write_text(equivalent.typst(markdown, "Appendix R"), encoding="utf-8")
        command = [tools.python, "-c", TYPST, source, pdf, FONTS]
        builds.append(Contender("typst (PDF, ua-1)", command, lambda: pdf_fault(pdf, markdown), "pdf"))
    reads = readers(ctsd, tools, root, new, folder)
    rows = sum(len(value) - 1 for kind, _, value in equivalent.blocks(markdown) if kind == "table")
    return [redlines, builds, reads], f"{pages(new.with_suffix('.pdf'))} pages, {rows} table rows"


def readers(ctsd, tools, root, file, folder):
    """The task of reading a Word document: ours makes content of it, in a project that knows its words."""
    project = folder / "imported"
    (project / "content").mkdir(parents=True)
    for words in (pathlib.Path(root) / "content").glob("*.yaml"):
        shutil.copy(words, project / "content")
    markdown = folder / "read.md"
    made = project / "content" / "9.0" / "sections"
    found = [Contender("ctsd import (content)",
                       [ctsd, "--quiet", "--root", project, "import", file, "--as", "9.0", "--replace"],
                       lambda: None if made.is_dir() else "it made nothing")]
    if tools.pandoc:
        found.append(Contender("pandoc (Markdown)", [tools.pandoc, "-f", "docx", "-t", "markdown", "-o", markdown, file],
                               lambda: None if markdown.exists() else "it made nothing"))
    if DOCX_RS.exists():
        found.append(Contender("docx-rs (its tree)", [DOCX_RS, file], lambda: None))
    return found


def fault_of(contender):
    """The fault of an output, be it that it can't be read at all."""
    try:
        return contender.fault()
    except (OSError, KeyError, zipfile.BadZipFile, xml.etree.ElementTree.ParseError) as error:
        return f"it doesn't open: {error}"


def measure(contenders, rounds):
    """A row for each: seconds, megabytes, theirs over ours, and over ours at that one format."""
    ours, *peers = contenders
    # It writes files that ours wrote, so the check of ours, after all runs, is the check of these.
    alone = {name: Contender(f"ctsd, {name} alone", [*ours.command, "--format", name], lambda: None)
             for name in dict.fromkeys(peer.format for peer in peers if peer.format)}
    everyone = [ours, *alone.values(), *peers]
    for _ in range(max(1, rounds)):
        for contender in everyone:
            contender.run()
    for contender in everyone:
        fault = contender.failure or fault_of(contender)
        if not contender.seconds:
            print(f"| {contender.name} | | | | | {fault} |")
            continue
        seconds, memory = statistics.median(contender.seconds), max(contender.kilobytes) / 1024
        beside = [own for own in (ours, alone.get(contender.format)) if own and contender in peers]
        ratios = [f"{seconds / own.usual():.1f}" if own.usual() else "" for own in beside] + ["", ""]
        whole, one = (f"({ratio})" if ratio and fault else ratio for ratio in ratios[:2])
        print(f"| {contender.name} | {seconds:.3f} | {memory:.0f} | {whole} | {one} | {fault or 'right'} |", flush=True)


def machine():
    """Processors, memory and kind."""
    model = platform.machine()
    if os.path.exists("/proc/cpuinfo"):
        lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
        model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), model)
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    return f"{os.cpu_count()} processors ({model}), {gigabytes:.0f} GB, {platform.system()}"


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=7, help="runs of each on the small pair")
    options.add_argument("--large-rounds", type=int, default=3, help="runs of each on the large pair")
    options.add_argument("--reading", action="store_true", help="the reading alone; of the peers pandoc has to be there")
    options.add_argument("--prefix", type=pathlib.Path, help="where to install the peers, and to keep them")
    options.add_argument("--ctsd", type=pathlib.Path, default=ROOT / "target/release/ctsd")
    options.add_argument("--full-size", type=pathlib.Path, default=ROOT / "target/release/examples/full_size")
    chosen = options.parse_args()
    for program in (chosen.ctsd, chosen.full_size):
        if not program.exists():
            sys.exit(f"{program} isn't there: cargo build --release --bin ctsd --example full_size --example docx_rs_reads")
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        pandoc = shutil.which("pandoc")
        tools = (Tools(pathlib.Path(sys.executable), None, None, None, None, pandoc and pathlib.Path(pandoc))
                 if chosen.reading else install((chosen.prefix or folder / "peers").resolve()))
        generated = folder / "large"
        subprocess.run([chosen.full_size, generated, *LARGE], check=True)
        print(f"{machine()}; {', '.join(PACKAGES)}")
        pairs = [("small", ROOT, "6.18", "MP089", chosen.rounds),
                 ("large", generated, "1.0", "MP1", chosen.large_rounds)]
        for name, root, base, target, rounds in pairs:
            output = folder / f"{name}-output"
            output.mkdir()
            every, size = tasks(chosen.ctsd, tools, root, base, target, output)
            for contenders in every[-1:] if chosen.reading else every:
                print(f"\n| {name}: {size} | CPU s | MB | theirs / ours | / that format alone | output |"
                      "\n|---|--:|--:|--:|--:|---|")
                measure(contenders, rounds)


if __name__ == "__main__":
    main()
