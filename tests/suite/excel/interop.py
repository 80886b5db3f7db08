#!/usr/bin/env python3
"""Workbooks in LibreOffice: what their formulas come to when it reckons them anew, and what it saves.

usage: interop.py FOLDER WORKBOOK...

Takes the figures out of the cells that have a formula, has LibreOffice open the workbook and save it to FOLDER under the
same name, and holds each figure against the one that the desk wrote. Sheets are read part by part, by their XML alone.
"""

import re
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def formulas(path):
    """What each cell with a formula holds, by sheet and address, and the formula."""
    with zipfile.ZipFile(path) as file:
        names = sorted(name for name in file.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name))
        for name in names:
            for cell in ElementTree.fromstring(file.read(name)).iter(f"{MAIN}c"):
                formula, value = cell.find(f"{MAIN}f"), cell.find(f"{MAIN}v")
                if formula is not None:
                    yield (name, cell.get("r")), (formula.text, value.text if value is not None else None)


def without_figures(path, to):
    with zipfile.ZipFile(path) as file, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as bare:
        for name in file.namelist():
            data = file.read(name)
            if name.startswith("xl/worksheets/sheet"):
                data = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", data)
            bare.writestr(name, data)


def main(folder, workbooks):
    folder = Path(folder)
    bare = folder / "bare"
    bare.mkdir(parents=True, exist_ok=True)
    wrong = 0
    for path in map(Path, workbooks):
        without_figures(path, bare / path.name)
        command = ["soffice", "--headless", "--convert-to", "xlsx", "--outdir", str(folder), str(bare / path.name)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        written, reckoned = dict(formulas(path)), dict(formulas(folder / path.name))
        for at, (formula, value) in written.items():
            came = reckoned.get(at, (None, None))[1]
            if came != value:
                wrong += 1
                print(f"{path.name} {at}: ={formula} was written as {value}, and comes to {came}")
        print(f"reckoned: {path.name}, {len(written)} formulas")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
