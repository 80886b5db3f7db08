#!/usr/bin/env python3
"""Rules of PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2), checked one by one on a parsed file.

    tests/suite/pdf/rules.py FILE.pdf...

Needs pypdf (PyPI). It stands in for a validator where none is installed, and holds no rule for what these documents
never have (forms, scripts, sound). A line for each rule that is broken; the last line counts. Exit 0 where all
hold."""
import re
import sys

import pypdf
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NullObject, StreamObject

STANDARD = set("""Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6
L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP
Warichu WT WP Figure Formula Form""".split())
KIDS = {
    "L": {"LI", "Caption", "L"}, "LI": {"Lbl", "LBody"}, "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "THead": {"TR"}, "TBody": {"TR"}, "TFoot": {"TR"}, "TR": {"TH", "TD"}, "TOC": {"TOCI", "TOC", "Caption"},
    "TOCI": {"Lbl", "Reference", "NonStruct", "P", "TOC"},
}
PARENTS = {"LI": {"L"}, "Lbl": {"LI", "P", "Note"}, "LBody": {"LI"}, "TR": {"Table", "THead", "TBody", "TFoot"}, "TH": {"TR"},
           "TD": {"TR"}, "THead": {"Table"}, "TBody": {"Table"}, "TFoot": {"Table"}, "TOCI": {"TOC"}}


class Checker:
    def __init__(self, path):
        self.path, self.failures, self.rules = path, [], 0
        self.raw = open(path, "rb").read()
        self.pdf = pypdf.PdfReader(path)
        self.root = self.pdf.trailer["/Root"].get_object()

    def rule(self, clause, says, holds):
        """One rule. `holds` is a truth value, or a list of what breaks the rule."""
        self.rules += 1
        broken = holds if isinstance(holds, list) else ([] if holds else ["so it is not"])
        if broken:
            self.failures.append(f"FAIL {clause}: {says}: {len(broken)} times, such as {broken[0]}")

    def run(self):
        for check in (self.file, self.metadata, self.colour, self.fonts, self.content, self.structure, self.links):
            check()
        print("\n".join(self.failures + [f"{self.path}: {self.rules} rules checked, {len(self.failures)} broken"]))
        return not self.failures

    def objects(self):
        for number in self.pdf.xref_objStm.keys() | {n for g in self.pdf.xref.values() for n in g}:
            try:
                yield self.pdf.get_object(IndirectObject(number, 0, self.pdf))
            except Exception as error:  # a broken object is a finding, not an end
                self.failures.append(f"FAIL A 6.1: object {number} can't be read: {error}")

    def file(self):
        head = self.raw[:20]
        self.rule("A 6.1.2", "the header is %PDF-1.n and a comment of four high bytes follows",
                  bool(re.match(rb"%PDF-1\.[0-7]\r?\n%[\x80-\xff]{4}", head)))
        trailer = self.pdf.trailer
        self.rule("A 6.1.3", "the trailer has an ID and no Encrypt", "/ID" in trailer and "/Encrypt" not in trailer)
        self.rule("A 6.1.3", "nothing follows the end-of-file mark", self.raw.rstrip(b"\r\n").endswith(b"%%EOF"))
        streams = [o for o in self.objects() if isinstance(o, StreamObject)]
        self.rule("A 6.1.7", "no stream is in another file or compressed by LZW",
                  [o for o in streams if "/F" in o or "LZW" in str(o.get("/Filter", ""))])
        names = [k for o in self.objects() if isinstance(o, DictionaryObject) for k in o if len(k.encode()) > 128]
        self.rule("A 6.1.8", "no name is longer than 127 bytes", names)
        self.rule("A 6.1.13", "fewer than 8,388,607 objects", len(self.pdf.xref_objStm) < 8_388_607)
        forbidden = {"/AA", "/OpenAction", "/AcroForm", "/OCProperties", "/Requirements", "/Perms"}
        self.rule("A 6.4 to 6.9", "the catalog has no actions, forms, layers, requirements or permissions",
                  [k for k in self.root if k in forbidden])
        self.rule("A 6.9", "no embedded files", "/EmbeddedFiles" not in self.root.get("/Names", {}))

    def metadata(self):
        stream = self.root.get("/Metadata")
        self.rule("A 6.6.2.1, UA 7.1", "the catalog has metadata, of type Metadata and subtype XML",
                  stream is not None and stream.get_object().get("/Subtype") == "/XML")
        if stream is None:
            return
        stream = stream.get_object()
        xmp = stream.get_data().decode("utf-8")
        self.rule("A 6.6.2.1", "the packet header has neither bytes nor encoding",
                  "<?xpacket begin" in xmp and not re.search(r"<\?xpacket[^>]*(bytes|encoding)=", xmp))
        self.rule("A 6.6.4", "metadata name PDF/A-2a", "<pdfaid:part>2<" in xmp and "<pdfaid:conformance>A<" in xmp)
        self.rule("UA 5", "metadata name PDF/UA-1", "<pdfuaid:part>1<" in xmp)
        self.rule("A 6.6.2.3", "the schema of PDF/UA is described", "pdfaExtension:schemas" in xmp
                  and "<pdfaSchema:prefix>pdfuaid<" in xmp)
        from xml.etree import ElementTree
        tree = ElementTree.fromstring(re.sub(r"<\?xpacket.*?\?>", "", xmp, flags=re.S).strip("\ufeff\n "))
        space = {"dc": "http://purl.org/dc/elements/1.1/", "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
                 "pdf": "http://ns.adobe.com/pdf/1.3/", "xmp": "http://ns.adobe.com/xap/1.0/"}
        text = lambda path: next((e.text for e in tree.iterfind(path, space)), None)
        title = text(".//dc:title/rdf:Alt/rdf:li")
        self.rule("UA 7.1", "metadata have a title", bool(title))
        info = self.pdf.metadata or {}
        pairs = [("/Title", title), ("/Subject", text(".//dc:description/rdf:Alt/rdf:li")),
                 ("/Producer", text(".//pdf:Producer"))]
        self.rule("A 6.6.3", "the information dictionary says what metadata say",
                  [(k, info.get(k), v) for k, v in pairs if (info.get(k) or None) != v])
        digits = lambda date: re.sub(r"\D", "", date or "")[:14]
        self.rule("A 6.6.3", "and so do its dates", digits(info.get("/CreationDate")) == digits(text(".//xmp:CreateDate")))
        language = str(self.root.get("/Lang", ""))
        self.rule("A 6.7.4, UA 7.2", "the document has a language, by BCP 47",
                  bool(re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", language)))
        self.rule("UA 7.1", "viewers show the title", is_true(self.root.get("/ViewerPreferences", {}), "/DisplayDocTitle"))
        self.rule("A 6.7.2, UA 7.1", "the file says that it is tagged, and of nothing that it is suspect",
                  is_true(self.root.get("/MarkInfo", {}), "/Marked")
                  and not is_true(self.root["/MarkInfo"], "/Suspects"))

    def colour(self):
        intents = [i.get_object() for i in self.root.get("/OutputIntents", [])]
        self.rule("A 6.2.3", "there is one output intent for PDF/A, with a profile",
                  len(intents) == 1 and intents[0].get("/S") == "/GTS_PDFA1" and "/DestOutputProfile" in intents[0])
        if intents:
            profile = intents[0]["/DestOutputProfile"].get_object()
            data = profile.get_data()
            self.rule("A 6.2.4.2", "the profile is an RGB display profile of ICC 4.2 or less, and whole",
                      profile["/N"] == 3 and data[12:20] == b"mntrRGB " and data[8] <= 4 and data[36:40] == b"acsp"
                      and int.from_bytes(data[:4], "big") == len(data))
        self.rule("A 6.2.4.3", "colours are of the intent's space",
                  [i for i, p in self.operators() for o in p if o[1] in (b"k", b"K", b"cs", b"CS", b"sh")])
        # A soft mask blends in the space of the intent, which stands in for a group's where a page has none.
        self.rule("A 6.2.10", "nothing is transparent but pictures",
                  [p for p in self.pdf.pages if "/Group" in p or "/ExtGState" in p["/Resources"]])
        self.pictures()

    def pictures(self):
        external = {id(x): x for p in self.pdf.pages for x in
                    (x.get_object() for x in p["/Resources"].get("/XObject", {}).values())}.values()
        masks = [x["/SMask"].get_object() for x in external if "/SMask" in x]
        self.rule("A 6.2.9", "nothing is drawn from elsewhere but pictures",
                  [x for x in external if x.get("/Subtype") != "/Image"])
        self.rule("A 6.2.8", "pictures have no alternates, no other versions, and aren't smoothed",
                  [x for x in [*external, *masks] if {"/Alternates", "/OPI", "/Ref"} & set(x)
                   or is_true(x, "/Interpolate")])
        self.rule("A 6.2.4.3", "pictures are of the intent's space, their masks grey",
                  [x for x in external if x.get("/ColorSpace") not in ("/DeviceRGB", "/DeviceGray")]
                  + [x for x in masks if x.get("/ColorSpace") != "/DeviceGray" or "/SMask" in x or "/Matte" in x])
        channels = {"/DeviceRGB": 3, "/DeviceGray": 1}
        self.rule("A 6.1.13", "pictures and masks have all their pixels, of eight bits",
                  [x for x in [*external, *masks] if x.get("/BitsPerComponent") != 8
                   or x.get("/Filter") != "/DCTDecode" and len(x.get_data()) != x["/Width"] * x["/Height"] * channels.get(x.get("/ColorSpace"), 0)])

    def operators(self):
        if not hasattr(self, "read"):
            self.read = [(index + 1, page.get_contents().operations) for index, page in enumerate(self.pdf.pages)]
        return self.read

    def used_codes(self):
        used = {}
        for _, operations in self.operators():
            font = None
            for operands, operator in operations:
                if operator == b"Tf":
                    font = operands[0]
                elif operator in (b"Tj", b"TJ"):
                    items = operands[0] if isinstance(operands[0], list) else [operands[0]]
                    for item in items:
                        data = getattr(item, "original_bytes", item if isinstance(item, bytes) else None)
                        if data is not None:
                            used.setdefault(font, set()).update(
                                int.from_bytes(data[i:i + 2], "big") for i in range(0, len(data), 2))
        return used

    def fonts(self):
        used = self.used_codes()
        fonts = {name: font.get_object() for page in self.pdf.pages for name, font in page["/Resources"]["/Font"].items()}
        for name, font in fonts.items():
            base = f"font {font['/BaseFont']}"
            cid = font["/DescendantFonts"][0].get_object()
            descriptor = cid["/FontDescriptor"].get_object()
            self.rule("A 6.2.11.4", f"{base} is embedded", "/FontFile2" in descriptor)
            self.rule("A 6.2.11.2", f"{base} has one name throughout",
                      font["/BaseFont"] == cid["/BaseFont"] == descriptor["/FontName"])
            self.rule("A 6.2.11.2", f"{base} has a subset's name", bool(re.match(r"/[A-Z]{6}\+", font["/BaseFont"])))
            self.rule("A 6.2.11.3.1", f"{base} is coded by Identity-H and Adobe-Identity",
                      font["/Encoding"] == "/Identity-H" and cid["/CIDSystemInfo"]["/Ordering"] == "Identity")
            mapping = cid.get("/CIDToGIDMap")
            self.rule("A 6.2.11.3.2, UA 7.21.3.2", f"{base} says which glyph each code draws", mapping is not None)
            program = descriptor["/FontFile2"].get_object().get_data()
            advance, glyphs = hmtx(program)
            gids = mapping.get_object().get_data() if not isinstance(mapping, str) else None
            gid = lambda code: int.from_bytes(gids[2 * code:2 * code + 2], "big") if gids else code
            codes = used.get(name, set())
            self.rule("A 6.2.11.4.1, UA 7.21.4.1", f"{base} has all glyphs that are drawn",
                      [c for c in codes if not 0 < gid(c) < glyphs])
            widths = cid_widths(cid)
            self.rule("A 6.2.11.5, UA 7.21.5", f"{base} states the widths of its glyphs",
                      [(c, widths.get(c), advance(gid(c))) for c in codes if abs(widths.get(c, 1000) - advance(gid(c))) > 1])
            unicode = to_unicode(font["/ToUnicode"].get_object().get_data().decode("ascii"))
            self.rule("A 6.2.11.7.2, UA 7.21.7", f"{base} maps all codes to text, none to U+0000, U+FEFF or U+FFFE",
                      [c for c in codes if not unicode.get(c) or set(unicode[c]) & {"\0", "\ufeff", "\ufffe"}])
            self.rule("A 6.2.11.7.3", f"{base} maps no code to a private character",
                      [c for c in codes if any("\ue000" <= t <= "\uf8ff" for t in unicode.get(c, ""))])
        self.rule("A 6.2.11.8, UA 7.21.8", "no glyph is .notdef", [n for n, codes in used.items() if 0 in codes])

    def content(self):
        untagged, nested, depths = [], [], []
        self.marks = {}
        for page, operations in self.operators():
            stack, saved, seen = [], 0, set()
            for operands, operator in operations:
                if operator in (b"BDC", b"BMC"):
                    properties = operands[1] if operator == b"BDC" else {}
                    mark = properties.get("/MCID") if isinstance(properties, dict) else None
                    if stack and (operands[0] == "/Artifact" or "/Artifact" in [s[0] for s in stack]):
                        nested.append(page)
                    if mark is not None:
                        if mark in seen:
                            nested.append((page, mark))
                        seen.add(mark)
                    stack.append((operands[0], mark))
                elif operator == b"EMC":
                    stack.pop()
                elif operator in (b"q", b"Q"):
                    saved += 1 if operator == b"q" else -1
                    depths.append(saved)
                elif operator in (b"Tj", b"TJ", b"f", b"F", b"f*", b"S", b"s", b"B", b"b", b"Do"):
                    if not any(tag == "/Artifact" or mark is not None for tag, mark in stack):
                        untagged.append((page, operator))
            if stack:
                nested.append((page, "open"))
            self.marks[page - 1] = seen
        self.rule("UA 7.1, A 6.7.3", "all that is drawn is tagged or an artifact", untagged)
        self.rule("UA 7.1", "no artifact stands in what is tagged nor the reverse, and marks close", nested)
        self.rule("A 6.1.13", "no more than 28 graphics states nest", max(depths, default=0) <= 28)
        self.rule("UA 7.18.3", "tabs follow the structure on pages with annotations",
                  [p for p in self.pdf.pages if "/Annots" in p and p.get("/Tabs") != "/S"])

    def structure(self):
        root = self.root.get("/StructTreeRoot", NullObject()).get_object()
        if root is None or isinstance(root, NullObject):
            return self.rule("UA 7.1", "there is a structure tree", False)
        self.roles = {k[1:]: v[1:] for k, v in root.get("/RoleMap", {}).items()}
        self.rule("UA 7.1", "no standard type is given another role", [k for k in self.roles if k in STANDARD])
        found, self.elements, broken = {}, [], []
        stack = [(kid, None, 0) for kid in as_list(root["/K"])][::-1]
        while stack:
            kid, parent, depth = stack.pop()
            element = kid.get_object()
            if parent is not None and element["/P"].get_object() is not parent[0]:
                broken.append(element["/S"])
            tag = self.role(element)
            entry = (element, tag, parent)
            self.elements.append(entry)
            below = []
            for item in as_list(element.get("/K", ArrayObject())):
                value = item.get_object() if isinstance(item, IndirectObject) else item
                if isinstance(value, int):
                    found.setdefault((page_number(self.pdf, element["/Pg"]), value), []).append(entry)
                elif value.get("/Type") == "/MCR":
                    found.setdefault((page_number(self.pdf, value["/Pg"]), value["/MCID"]), []).append(entry)
                elif value.get("/Type") != "/OBJR":
                    below.append((item, entry, depth + 1))
            stack.extend(below[::-1])
        self.rule("UA 7.1", "each element knows its parent", broken)
        self.rule("A 6.7.3.4, UA 7.1", "each type is standard or has the role of one that is",
                  [e["/S"] for e, tag, _ in self.elements if tag not in STANDARD])
        drawn = {(page, mark) for page, marks in self.marks.items() for mark in marks}
        self.rule("UA 7.1", "each mark on a page is in one element, and each element's marks are on a page",
                  sorted(drawn ^ set(found)) + [k for k, v in found.items() if len(v) > 1])
        self.nesting()
        self.parents(root, found)
        self.headings()
        self.tables()
        self.rule("UA 7.1", "one Document holds all", [tag for _, tag, parent in self.elements if parent is None and tag != "Document"])

    def role(self, element):
        tag = element["/S"][1:]
        return tag if tag in STANDARD else self.roles.get(tag, tag)

    def nesting(self):
        wrong = []
        for _, tag, parent in self.elements:
            over = parent[1] if parent else None
            if over in KIDS and tag not in KIDS[over] or tag in PARENTS and over not in PARENTS[tag]:
                wrong.append(f"{tag} in {over}")
        self.rule("UA 7.2, 7.5, 7.6", "lists, tables and contents nest as they may", wrong)
        labels = [e for e, tag, _ in self.elements if tag == "LI"
                  and [self.role(k.get_object()) for k in as_list(e["/K"])] not in (["Lbl", "LBody"], ["LBody"])]
        self.rule("UA 7.6", "list items have a label and a body", labels)
        numbering = [e for e, tag, _ in self.elements if tag == "L" and "/ListNumbering" not in e.get("/A", {})]
        self.rule("UA 7.6", "lists with labels say how they are numbered", numbering)

    def parents(self, root, found):
        numbers = root["/ParentTree"].get_object()["/Nums"]
        table = {numbers[i]: numbers[i + 1].get_object() for i in range(0, len(numbers), 2)}
        self.rule("A 6.7.3", "each page has its place in the parent tree",
                  [i for i, p in enumerate(self.pdf.pages) if p.get("/StructParents") not in table])
        wrong = []
        for (page, mark), entries in found.items():
            parents = table.get(self.pdf.pages[page].get("/StructParents"), [])
            if mark >= len(parents) or parents[mark].get_object() is not entries[0][0]:
                wrong.append((page, mark))
        self.rule("A 6.7.3", "the parent tree leads from each mark to its element", wrong)
        self.rule("A 6.7.3", "the next key is beyond all keys", root["/ParentTreeNextKey"] > max(table, default=-1))
        self.table = table

    def headings(self):
        last, wrong = 0, []
        for _, tag, _ in self.elements:
            if re.fullmatch("H[1-6]", tag):
                level = int(tag[1])
                if level > last + 1:
                    wrong.append(f"H{level} after H{last}")
                last = level
        self.rule("UA 7.4.2", "headings begin with H1 and leave no level out", wrong)
        self.rule("UA 7.4", "H and H1 to H6 aren't mixed", not any(tag == "H" for _, tag, _ in self.elements))

    def tables(self):
        widths, scopes = [], []
        for element, tag, parent in self.elements:
            attributes = element.get("/A", {})
            if tag == "TH" and attributes.get("/Scope") not in ("/Row", "/Column", "/Both"):
                scopes.append(element)
        for table in [e for e, tag, _ in self.elements if tag == "Table"]:
            rows = []
            for part in as_list(table.get("/K", ArrayObject())):
                part = part.get_object()
                rows += [part] if self.role(part) == "TR" else [
                    r.get_object() for r in as_list(part.get("/K", ArrayObject())) if self.role(part)[0] == "T"]
            of = lambda cell, key: cell.get_object().get("/A", {}).get(key, 1)
            counts, below = set(), []
            for row in rows:
                cells = as_list(row.get("/K", ArrayObject()))
                # What reaches down from above covers columns here too.
                counts.add(sum(of(c, "/ColSpan") for c in cells) + sum(span for span, _ in below))
                below = [(span, left - 1) for span, left in below if left > 1]
                below += [(of(c, "/ColSpan"), of(c, "/RowSpan") - 1) for c in cells if of(c, "/RowSpan") > 1]
            if len(counts) > 1:
                widths.append(counts)
        self.rule("UA 7.5", "header cells have a scope", scopes)
        self.rule("UA 7.5, 7.2", "all rows of a table have as many columns", widths)

    def links(self):
        annotations = [(i, a.get_object()) for i, p in enumerate(self.pdf.pages) for a in p.get("/Annots", [])]
        self.rule("A 6.3.1", "all annotations are links", [a for _, a in annotations if a["/Subtype"] != "/Link"])
        self.rule("A 6.3.2", "they print and aren't hidden", [a for _, a in annotations if a.get("/F", 0) & 0b100111 != 4])
        self.rule("UA 7.18.5", "they have a text", [a for _, a in annotations if not a.get("/Contents")])
        self.rule("UA 7.18.5", "each is in a Link of the structure",
                  [a for _, a in annotations if a.get("/StructParent") not in self.table
                   or self.role(self.table[a["/StructParent"]]) != "Link"])
        referred = [k.get_object().raw_get("/Obj").idnum for e, tag, _ in self.elements if tag == "Link"
                    for k in as_list(e.get("/K", ArrayObject()))
                    if isinstance(k.get_object(), DictionaryObject) and k.get_object().get("/Type") == "/OBJR"]
        own = [a.idnum for p in self.pdf.pages for a in p.get("/Annots", [])]
        self.rule("UA 7.18.1", "each Link refers to its annotations", sorted(own) == sorted(referred))
        self.rule("A 6.5.1", "they go to places or addresses only",
                  [a for _, a in annotations if a.get("/A", {}).get("/S", "/URI") not in ("/URI", "/GoTo")])
        empty = [e for e, tag, _ in self.elements if tag == "Link" and not as_list(e.get("/K", ArrayObject()))]
        self.rule("UA 7.18.5", "no Link is empty", empty)


def as_list(value):
    value = value.get_object() if isinstance(value, IndirectObject) and isinstance(value.get_object(), list) else value
    return list(value) if isinstance(value, list) else [value]


def is_true(dictionary, key):
    return getattr(dictionary.get(key), "value", False) is True


def page_number(pdf, reference):
    if not hasattr(pdf, "numbers"):
        pdf.numbers = {page.indirect_reference.idnum: index for index, page in enumerate(pdf.pages)}
    reference = reference if isinstance(reference, IndirectObject) else reference.indirect_reference
    return pdf.numbers[reference.idnum]


def tables_of(program):
    count = int.from_bytes(program[4:6], "big")
    entry = lambda i: program[12 + 16 * i:28 + 16 * i]
    return {entry(i)[:4]: (int.from_bytes(entry(i)[8:12], "big"), int.from_bytes(entry(i)[12:], "big")) for i in range(count)}


def hmtx(program):
    tables = tables_of(program)
    number = lambda table, at: int.from_bytes(program[tables[table][0] + at:tables[table][0] + at + 2], "big")
    metrics, units, glyphs = number(b"hhea", 34), number(b"head", 18), number(b"maxp", 4)
    return (lambda gid: number(b"hmtx", 4 * min(gid, metrics - 1)) * 1000 / units), glyphs


def cid_widths(cid):
    widths, items = {}, list(cid.get("/W", []))
    while items:
        first, second = items.pop(0), items.pop(0)
        if isinstance(second, list):
            widths.update({first + i: float(w) for i, w in enumerate(second)})
        else:
            widths.update({c: float(items[0]) for c in range(first, second + 1)})
            items.pop(0)
    return widths


def to_unicode(text):
    pairs = re.findall(r"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>\n", text)
    return {int(c, 16): bytes.fromhex(t).decode("utf-16-be") for c, t in pairs}


if __name__ == "__main__":
    sys.exit(0 if all([Checker(path).run() for path in sys.argv[1:]]) else 1)
