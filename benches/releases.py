#!/usr/bin/env python3
"""Many modifications at once: what a release of 18 takes to build and to trace, and the list of 40 in flight.

    cargo build --release --bin ctsd && cargo build --release --example full_size
    benches/releases.py [TIMES ...]       the sizes, as multiples of a full-size appendix; by default 1 10

Prints what `benches/whole.py` does. Each modification restates one section in eighteen, in words of its own, and amends,
inserts and removes rows of every table; the list's forty touch one section in forty each.
"""

import pathlib
import subprocess
import sys
import tempfile

import whole

RELEASED = 18
IN_FLIGHT = 40


def rows(table):
    """The variants of the rows of a table's file."""
    return [line.split('variant: "')[1].split('"')[0] for line in table.read_text().splitlines() if "variant:" in line]


def modification(content, name, at, of):
    """Writes the `at`-th of so many modifications of the base, none of which collides with another."""
    folder = content / name.lower()
    for part in ("sections", "tables"):
        (folder / part).mkdir(parents=True)
    folder.joinpath("version.yaml").write_text(f'id: {name}\nname: {name}\nbase: "1.0"\nstatus: draft\n')
    sections = sorted(content.joinpath("1.0/sections").iterdir())
    for section in sections[at::of]:
        text = section.read_text()
        changed = text.replace(" Service ", f" {name} ", 2).replace(";\n", f", as {name} says;\n", 1)
        folder.joinpath("sections", section.name).write_text(changed)
    for table in sorted(content.joinpath("1.0/tables").iterdir()):
        keys = rows(table)
        own = keys[2 * at % len(keys)]
        if keys.count(own) > 1:
            continue
        text = f'table: "{table.stem}"\namend:\n  - {{ row: "{own}", name: As {name} says, cv: {{ 2: Mandatory }} }}\n'
        new = f'{{ reference: "9", variant: "9.9.{at}", name: New of {name}, critical: false }}'
        text += f'insert:\n  - after: "{own}"\n    rows:\n      - {new}\n'
        folder.joinpath("tables", table.name).write_text(text)


def content_of(root, size, count):
    subprocess.run([whole.FULL_SIZE, root, str(size)], check=True)
    content = pathlib.Path(root) / "content"
    names = [f"EX{at + 1:02}" for at in range(count)]
    for at, name in enumerate(names):
        modification(content, name, at, count)
    return content, names


def main():
    sizes = [int(argument) for argument in sys.argv[1:]] or [1, 10]
    print(f"{'':24} {'pages':>6} {'clock ms':>9} {'cpu ms':>9} {'MB':>8} {'cpu/page':>8} {'MB/page':>8}")
    for size in sizes:
        runs = max(2, 7 // size)
        with tempfile.TemporaryDirectory() as root:
            content, names = content_of(root, size, RELEASED)
            release = content / "2.0"
            release.mkdir()
            head = f'id: "2.0"\nname: Version 2.0\nbase: "1.0"\nincludes: [{", ".join(names)}]\neffective: 2026-03-01\n'
            release.joinpath("version.yaml").write_text(head)
            whole.measure(f"{size} times, release", root, ["build", "2.0"], runs)
            whole.measure(f"{size} times, blame", root, ["blame", "2.0"], runs)
            whole.measure(f"{size} times, its redline", root, ["redline", "1.0", "2.0"], runs)
        with tempfile.TemporaryDirectory() as root:
            content_of(root, size, IN_FLIGHT)
            whole.measure(f"{size} times, list of {IN_FLIGHT}", root, ["list"], runs)


if __name__ == "__main__":
    main()
