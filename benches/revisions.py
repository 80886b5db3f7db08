"""The text of a DOCX once its tracked changes are accepted or rejected (ECMA-376 Part 1, 17.13.5).

It shares nothing with the writer that it checks, nor with any of the programs that are measured."""
import xml.etree.ElementTree as ET
import zipfile

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ACCEPT = {W + "del", W + "moveFrom"}
REJECT = {W + "ins", W + "moveTo"}
MARKS = ACCEPT | REJECT

# They hold other blocks, rows, cells or runs, and are nothing themselves.
WRAPPERS = MARKS | {W + "sdt", W + "sdtContent", W + "customXml", W + "smartTag", W + "hyperlink", W + "fldSimple"}


def inside(parent, gone):
    """The children that are left, those of wrappers in the place of the wrappers."""
    for child in parent:
        if child.tag in gone:
            continue
        if child.tag in WRAPPERS:
            yield from inside(child, gone)
        else:
            yield child


def marked(properties, gone):
    """Whether a row or a paragraph mark is one of those that go."""
    return properties is not None and any(child.tag in gone for child in properties)


def paragraph_text(paragraph, gone):
    pieces = []
    for run in inside(paragraph, gone):
        if run.tag != W + "r":
            continue
        for piece in run:
            if piece.tag in (W + "t", W + "delText"):
                pieces.append(piece.text or "")
            elif piece.tag in (W + "tab", W + "br", W + "cr"):
                pieces.append(" ")
    return "".join(pieces)


def lines(container, gone):
    """A line for each paragraph and for each table row, white space folded; empty ones are left out."""
    found, carried = [], ""
    for block in inside(container, gone):
        if block.tag == W + "p":
            carried += paragraph_text(block, gone)
            # A paragraph whose mark goes runs on into the next one.
            if not marked(block.find(f"{W}pPr/{W}rPr"), gone):
                carried = add(found, carried)
        elif block.tag == W + "tbl":
            carried = add(found, carried)
            for row in inside(block, gone):
                if row.tag == W + "tr" and not marked(row.find(W + "trPr"), gone):
                    cells = [" ".join(lines(cell, gone)) for cell in inside(row, gone) if cell.tag == W + "tc"]
                    add(found, " | ".join(cells) if any(cells) else "")
    add(found, carried)
    return found


def add(found, line):
    """Adds a line unless it is empty, and gives what is carried over from it: nothing."""
    line = " ".join(line.split())
    if line:
        found.append(line)
    return ""


def body(path):
    with zipfile.ZipFile(path) as package:
        return ET.fromstring(package.read("word/document.xml")).find(W + "body")


def text(path):
    """The lines of a document without tracked changes."""
    return lines(body(path), frozenset())


def fault(redline, old, new):
    """What is wrong with a redline, or None: accepted it must be the new document, rejected the old one."""
    tree = body(redline)
    if not any(element.tag in MARKS for element in tree.iter()):
        return "it tracks no change"
    for word, gone, path in (("accepting", ACCEPT, new), ("rejecting", REJECT, old)):
        got, wanted = lines(tree, gone), text(path)
        if got != wanted:
            first = next((pair for pair in zip(got, wanted) if pair[0] != pair[1]), ("", ""))
            wrong = sum(a != b for a, b in zip(got, wanted)) + abs(len(got) - len(wanted))
            example = f"first {first[0][:60]!r} for {first[1][:60]!r}"
            return f"{word} all gives {wrong} of {len(wanted)} lines wrong, {example}"
    return None
