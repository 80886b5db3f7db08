"""The blocks of our Markdown, and the same document as Typst source, so that its compiler has the same work to do."""
import re

FONT = "Liberation Sans"


def blocks(markdown):
    """(kind, level, text) for headings, paragraphs and list items; ("table", 0, rows) for tables."""
    found, rows = [], []
    for line in markdown.splitlines():
        if rows and not line.startswith("|"):
            found.append(("table", 0, rows))
            rows = []
        heading = re.fullmatch(r"(#+) (.*?)(?: \{#.*\})?", line)
        item = re.fullmatch(r"( *)- (.*)", line)
        if not line.strip() or line.startswith("<!--"):
            continue
        if line.startswith("|"):
            cells = [plain(cell.strip()) for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
            if not all(re.fullmatch(r":?-+:?", cell) for cell in cells):
                rows.append(cells)
        elif heading:
            found.append(("heading", len(heading[1]), plain(heading[2])))
        elif item:
            found.append(("item", len(item[1]) // 2, plain(item[2])))
        else:
            found.append(("paragraph", 0, plain(line.strip())))
    return found + ([("table", 0, rows)] if rows else [])


def plain(markdown):
    """The characters that a reader sees: emphasis and escapes taken off."""
    return re.sub(r"\\([^\w\s])", r"\1", markdown.replace("**", ""))


def typst(markdown, title):
    """Our page: contents, portrait text, landscape tables with repeated headers, a header and a numbered footer."""
    footer = 'context counter(page).display("1 of 1", both: true)'
    source = [
        f"#set document(title: {quoted(title)})",
        '#set text(lang: "en", region: "GB", size: 11pt, font: ' + quoted(FONT) + ")",
        f"#set page(paper: \"a4\", header: text({quoted(title)}), footer: {footer})",
        "#show table: set text(size: 7pt)",
        "#outline()",
        "#pagebreak()",
    ]
    for kind, level, value in blocks(markdown):
        if kind == "heading":
            source.append(f"#heading(level: {level}, text({quoted(value)}))")
        elif kind == "item":
            source.append("  " * level + f"- #text({quoted(value)})")
        elif kind == "paragraph":
            source.append(f"\n#text({quoted(value)})\n")
        else:
            source.append(typst_table(value))
    return "\n".join(source) + "\n"


def typst_table(rows):
    def cells(row):
        return ", ".join(f"text({quoted(cell)})" for cell in row)

    widths = "(auto, auto, 3fr" + ", 1fr" * (len(rows[0]) - 3) + ")"
    body = ",\n".join(cells(row) for row in rows[1:])
    return f"#page(flipped: true, table(columns: {widths}, table.header({cells(rows[0])}),\n{body}))"


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
