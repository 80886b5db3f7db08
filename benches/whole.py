#!/usr/bin/env python3
"""Whole processes: what `ctsd build`, `ctsd redline`, all formats, `ctsd check`, `import` and `review` take, at each
size.

    cargo build --release --bin ctsd && cargo build --release --example full_size
    benches/whole.py [TIMES ...]          the sizes, as multiples of a full-size appendix; by default 1 10 100

Prints the median of the runs after a first: time on the clock, processor time, peak memory, and both for each page at
full size; of a check, for each page of what it checks. Linux and macOS; the pages are counted by pdfinfo, of Poppler, if
it is there.
"""

import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
RELEASE = ROOT / "target" / "release"
CTSD = RELEASE / "ctsd"
FULL_SIZE = RELEASE / "examples" / "full_size"
IN_MEGABYTES = 1 << 20 if sys.platform == "darwin" else 1 << 10


def run(root, output, arguments):
    """Milliseconds on the clock and of the processor, and megabytes."""
    command = [str(CTSD), "--quiet", "--root", str(root), "--output", str(output), *arguments]
    since = time.perf_counter()
    unseen = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    process = os.posix_spawn(command[0], command, os.environ, file_actions=unseen)
    _, status, usage = os.wait4(process, 0)
    clock = time.perf_counter() - since
    if status != 0:
        sys.exit(f"{' '.join(command)} failed")
    return clock * 1000, (usage.ru_utime + usage.ru_stime) * 1000, usage.ru_maxrss / IN_MEGABYTES


def pages(output):
    """The pages of the largest PDF, or None."""
    pdf = max(output.glob("*.pdf"), key=lambda path: path.stat().st_size, default=None)
    if not pdf or not shutil.which("pdfinfo"):
        return None
    told = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    return next(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pages:"))


def measure(name, root, arguments, runs, checked=None):
    """Prints a line, and returns the pages; `checked` are those of what is checked, which makes none."""
    with tempfile.TemporaryDirectory() as folder:
        output = pathlib.Path(folder)
        # The first run isn't counted: it pays for reading from the disk, and on a virtual machine for memory that the
        # machine is only now given, which at the hundredfold is as much as all the rest.
        times = [run(root, output, arguments) for _ in range(1 + runs)][1:]
        clock, processor, memory = (statistics.median(column) for column in zip(*times))
        count = checked or pages(output)
    each = f"{processor / count:8.2f} {memory / count:8.3f}" if count else ""
    print(f"{name:24} {count or '':>6} {clock:9.0f} {processor:9.0f} {memory:8.0f} {each}", flush=True)
    return count


def measure_import(name, root, runs, pages_built):
    """Of the Word document that is built, imported into a project that has no version."""
    with tempfile.TemporaryDirectory() as folder:
        made, bare = pathlib.Path(folder, "made"), pathlib.Path(folder, "bare")
        run(root, made, ["build", "1.0", "--format", "docx"])
        (bare / "content").mkdir(parents=True)
        shutil.copy(root / "content" / "appendix.yaml", bare / "content")
        document = next(made.glob("*.docx"))
        measure(name, bare, ["import", str(document), "--as", "1.0", "--replace"], runs, pages_built)


def measure_review(name, root, runs, pages_built):
    """Of the redline of the whole as it went out: reviewed, and what it makes of the files."""
    with tempfile.TemporaryDirectory() as made:
        run(root, made, ["redline", "1.0", "MP1", "--full", "--format", "docx"])
        copy = next(pathlib.Path(made).glob("*.docx"))
        measure(f"{name}, review", root, ["review", str(copy)], runs, pages_built)
        measure(f"{name}, its patch", root, ["review", str(copy), "--dry-run"], runs, pages_built)


def main():
    sizes = [int(argument) for argument in sys.argv[1:]] or [1, 10, 100]
    print(f"{'':24} {'pages':>6} {'clock ms':>9} {'cpu ms':>9} {'MB':>8} {'cpu/page':>8} {'MB/page':>8}")
    measure("MP089 build", ROOT, ["build", "6.18"], 11)
    count = measure("MP089 redline", ROOT, ["redline", "6.18", "MP089"], 11)
    measure("MP089 check", ROOT, ["check"], 11, count)
    for size in sizes:
        runs = max(2, 11 // size)
        with tempfile.TemporaryDirectory() as root:
            subprocess.run([FULL_SIZE, root, str(size), "constructs"], check=True)
            measure(f"{size} times, constructs", root, ["build", "1.0"], runs)
            measure(f"{size} times, their redline", root, ["redline", "1.0", "MP1"], runs)
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            subprocess.run([FULL_SIZE, root, str(size)], check=True)
            count = measure(f"{size} times, build", root, ["build", "1.0"], runs)
            measure(f"{size} times, redline", root, ["redline", "1.0", "MP1"], runs)
            measure(f"{size} times, check", root, ["check"], runs, count)
            measure_import(f"{size} times, import", root, runs, count)
            measure_review(f"{size} times", root, runs, count)


if __name__ == "__main__":
    main()
