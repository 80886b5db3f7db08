#!/usr/bin/env python3
"""Copies of a redline that LibreOffice resolved in part, typed into and saved: what `ctsd review --apply` makes of them reads
as LibreOffice shows the copy.

    tests/suite/review/interop.py CTSD ROOT BASE TARGET [COPIES [SEED]]

Each copy has its own seed: each change, or each row of a table, is accepted, rejected or left, and words are typed at the
end of paragraphs and of the first lines of cells, tracked or not. Of the figures that are counted nothing is held, since
they follow from the rows. Needs a Python that has LibreOffice's `uno` module. Installs nothing.
"""

import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "docx"))
import interop  # noqa: E402
from com.sun.star.beans import PropertyValue  # noqa: E402

# What rows of figures that are counted begin with, in the vocabulary of an appendix.
LABEL = re.compile(r"(?:count|total)_label: *\"?([^\",}\n]+)")
NUMBER = re.compile(r"^\d[\d.]*[A-Z]?\s+")
# What is told of a move or a number that the copy decides half, and of a table that stands where none can.
UNDECIDED = (
    "left as it was sent",
    "where all of its text is",
    "can't have it, and stays",
    "where its number doesn't put it",
)
# What is told of a copy that reads as no version: LibreOffice decides a move, or a table that goes, paragraph by paragraph.
NO_VERSION = ("as the copy stands", "and each says something else")


def named(name, value):
    return PropertyValue(name, 0, value, 0)


class Reviewer:
    def __init__(self, office, root):
        self.office = office
        appendix = pathlib.Path(root, "content", "appendix.yaml").read_text(encoding="utf-8")
        self.counted = tuple(LABEL.findall(appendix))

    def opened(self, file):
        copy = pathlib.Path(shutil.copy(file, self.office.folder.name))
        return self.office.desktop.loadComponentFromURL(copy.as_uri(), "_blank", 0, (named("Hidden", True),))

    def command(self, document, name):
        frame = document.getCurrentController().getFrame()
        self.office.dispatcher.executeDispatch(frame, f".uno:{name}", "", 0, ())

    def review(self, file, seed, out):
        """A copy of a redline, reviewed at random."""
        chosen = random.Random(seed)
        document = self.opened(file)
        try:
            decisions = {}
            for at in reversed(range(len(list(redlines(document))))):
                there = list(redlines(document))
                # A decision can settle its neighbour too.
                if at >= len(there):
                    continue
                start = there[at].getPropertyValue("RedlineStart")
                deed = decisions.setdefault(place(start, at), chosen.choice(("Accept", "Reject", None)))
                if deed:
                    document.getCurrentController().getViewCursor().gotoRange(start, False)
                    self.command(document, f"{deed}TrackedChange")
            self.type(document, chosen)
            document.storeToURL(out.resolve().as_uri(), (named("FilterName", "MS Word 2007 XML"),))
        finally:
            document.close(True)

    def type(self, document, chosen):
        """Types at the end of some paragraphs, tracked or not."""
        for number, paragraph in enumerate(list(paragraphs(document))):
            if chosen.random() < 0.1 and paragraph.getString().strip():
                document.setPropertyValue("RecordChanges", chosen.random() < 0.5)
                paragraph.getText().insertString(paragraph.getEnd(), f" typed{number}", False)
        document.setPropertyValue("RecordChanges", True)

    def text(self, file):
        """Its lines from the first heading on, once all that is left is accepted."""
        document = self.opened(file)
        try:
            self.command(document, "AcceptAllTrackedChanges")
            return [line for line in lines(document) if line and not line.startswith(self.counted)]
        finally:
            document.close(True)


def redlines(document):
    found = document.getRedlines().createEnumeration()
    while found.hasMoreElements():
        yield found.nextElement()


def place(start, at):
    """What is decided at once: a change by itself, or the row of a table."""
    table = start.getPropertyValue("TextTable")
    if table is None:
        return at
    cell = start.getPropertyValue("Cell").getPropertyValue("CellName")
    return table.getName(), cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def text_blocks(document):
    """What stands below the cover and the contents."""
    blocks = document.getText().createEnumeration()
    begun = False
    while blocks.hasMoreElements():
        block = blocks.nextElement()
        is_table = block.supportsService("com.sun.star.text.TextTable")
        begun = begun or not is_table and block.getPropertyValue("ParaStyleName").startswith("Heading")
        if begun:
            yield block, is_table


def paragraphs(document):
    for block, is_table in text_blocks(document):
        style = "" if is_table else block.getPropertyValue("ParaStyleName")
        if not is_table and style.startswith(("Heading", "Text", "Body", "List")):
            yield block


def lines(document):
    for block, is_table in text_blocks(document):
        if not is_table:
            yield interop.fold(block.getString())
            continue
        rows = {}
        for name in block.getCellNames():
            column = name.rstrip("0123456789")
            rows.setdefault(int(name[len(column):]), []).append((len(column), column, block.getCellByName(name)))
        for _, row in sorted(rows.items()):
            yield " | ".join(interop.fold(cell.getString()) for *_, cell in sorted(row, key=lambda cell: cell[:2]))


def settled(copy, applied):
    """What differs where a copy has something twice, or a number twice, of which one is left: what was applied has nothing that
    the copy hasn't, and of what the copy has nothing is lost but halves of rows that it has twice. In what order is nobody's
    to say, since LibreOffice decides a move paragraph by paragraph."""
    copy, applied = ([NUMBER.sub("", line) for line in lines] for lines in (copy, applied))
    more = [f"+{line}" for line in applied if line not in copy]

    def is_half(line):
        key = line.split(" | ")[:2]
        rows = [[other for other in lines if len(key) > 1 and other.split(" | ")[:2] == key] for lines in (copy, applied)]
        return len(rows[0]) > 1 and rows[1]

    return more + [f"-{line}" for line in copy if line not in applied and not is_half(line)]


def main():
    ctsd, root, base, target = sys.argv[1:5]
    copies, seed = (int(it) for it in (sys.argv[5:] + ["6", "1"][len(sys.argv[5:]):]))
    office = interop.Office("soffice")
    reviewer = Reviewer(office, root)
    good = True
    try:
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)

            def run(*arguments):
                return subprocess.run([ctsd, *arguments], capture_output=True, text=True, check=False)

            run("--root", root, "--output", str(folder), "redline", base, target, "--full", "--format", "docx")
            redline = next(folder.glob("*.docx"))
            refused = 0
            for number in range(copies):
                copy, project = folder / f"copy{number}.docx", folder / f"project{number}"
                reviewer.review(redline, seed + number, copy)
                shutil.copytree(pathlib.Path(root, "content"), project / "content")
                own = ["--root", str(project), "--output", str(project / "output")]
                applied = run(*own, "review", str(copy), "--apply")
                again = run(*own, "redline", base, target, "--full", "--format", "docx")
                if any(words in applied.stderr for words in NO_VERSION):
                    refused += 1
                    print(f"refused by name: seed {seed + number}: {applied.stderr.splitlines()[0]}")
                    continue
                if applied.returncode or again.returncode:
                    good = False
                    print(f"REFUSED: seed {seed + number}: {applied.stderr}{again.stderr}")
                    continue
                wanted = reviewer.text(copy)
                got = reviewer.text(next((project / "output").glob("*.docx")))
                is_undecided = any(words in applied.stderr for words in UNDECIDED)
                differs = list(interop.difflib.unified_diff(wanted, got, "copy", "applied", n=0, lineterm=""))
                if is_undecided:
                    differs = settled(wanted, got)
                good &= not differs
                told = "NOT AS REVIEWED" if differs else "as reviewed"
                print(f"{told}: seed {seed + number}, {len(got)} lines{', of half a move' if is_undecided else ''}")
                for line in differs[:12]:
                    print("   ", line[:220])
            if refused * 2 > copies:
                good = False
                print(f"REFUSED: {refused} of {copies}")
    finally:
        office.close()
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
