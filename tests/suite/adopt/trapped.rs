//! What Word, and those that write for it, put around words and between them changes nothing of what an import makes.
//!
//! Each trap is set at random places of a document that the desk built, whole files at a time where it is one of the
//! whole file.

use super::{Files, as_modification, as_version, built, import, redlined::redline, round, vocabulary};
use crate::common::config;
use crate::common::docx::{self, Node};
use crate::common::project::root;
use crate::instructions::by_hand::drafted;
use ctsd::model::Version;
use ctsd::pipeline::importing::Importing;
use ctsd::pipeline::{Desk, Format};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

const MAIN: &str = "word/document.xml";

/// What is set, by what it does.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Trap {
    /// A run in two pieces, as after a spelling check.
    SplitRun,
    /// Marks of the spelling check between runs.
    Proofed,
    /// The ids of the sessions in which something was typed.
    Sessions,
    /// A run in a smart tag.
    SmartTag,
    /// A run in an element of custom XML.
    CustomXml,
    /// A run in a content control.
    RunControl,
    /// A paragraph in a content control.
    BlockControl,
    /// A cell in a content control.
    CellControl,
    /// A row in a content control.
    RowControl,
    /// A run whose direction is said.
    Direction,
    /// Runs of which one has no words.
    EmptyRun,
    /// Bookmarks of somebody else around runs, and between rows.
    Bookmarks,
    /// Where a page ended when it was last laid out.
    PageEnded,
    /// A field with a result around a run.
    Field,
    /// Ranges that may be edited, and that somebody remarked on.
    Ranges,
    /// A run as one of two alternatives.
    Alternatives,
    /// Letters as numbered characters.
    Entities,
    /// A hyphen, and a space that doesn't break, as elements.
    Elements,
    /// Another prefix for Word's own elements.
    Prefix,
    /// The namespace of the strict standard.
    Strict,
    /// An element that no reader knows, in a namespace that may be ignored.
    Ignorable,
    /// One id for all revisions.
    SameIds,
    /// A field in its parts, with its code, around a run.
    FieldInParts,
    /// A comment at a run.
    Commented,
    /// Former properties that are those of now.
    SameLook,
    /// Lines that end as on a typewriter.
    Returns,
    /// A letter as one of a font of signs.
    Symbols,
    /// A text box.
    TextBox,
    /// Another document in the middle of this one.
    AnotherDocument,
    /// Rows that begin and end at the edges of the grid.
    Grid,
}

const TRAPS: [Trap; 30] = [
    Trap::SplitRun,
    Trap::Proofed,
    Trap::Sessions,
    Trap::SmartTag,
    Trap::CustomXml,
    Trap::RunControl,
    Trap::BlockControl,
    Trap::CellControl,
    Trap::RowControl,
    Trap::Direction,
    Trap::EmptyRun,
    Trap::Bookmarks,
    Trap::PageEnded,
    Trap::Field,
    Trap::Ranges,
    Trap::Alternatives,
    Trap::Entities,
    Trap::Elements,
    Trap::Prefix,
    Trap::Strict,
    Trap::Ignorable,
    Trap::SameIds,
    Trap::FieldInParts,
    Trap::Commented,
    Trap::SameLook,
    Trap::Returns,
    Trap::Symbols,
    Trap::TextBox,
    Trap::AnotherDocument,
    Trap::Grid,
];

/// Numbers that follow from a seed.
struct Dice(u64);

impl Dice {
    fn next(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

fn element(name: &str, attributes: &[(&str, &str)], children: Vec<Node>) -> Node {
    let attributes = attributes.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    Node { name: name.to_owned(), attributes, children, text: String::new() }
}

fn control(content: Node) -> Node {
    let properties = element("w:sdtPr", &[], vec![element("w:id", &[("w:val", "7")], vec![])]);
    element("w:sdt", &[], vec![properties, element("w:sdtContent", &[], vec![content])])
}

/// The run without its words, for what stands in it alone.
fn like(run: &Node, children: Vec<Node>) -> Node {
    let properties = run.child("w:rPr").cloned().into_iter();
    Node { children: properties.chain(children).collect(), ..run.clone() }
}

/// Whether a run has one text and nothing else.
fn is_text(run: &Node) -> bool {
    let content: Vec<&Node> = run.children.iter().filter(|child| child.name != "w:rPr").collect();
    matches!(content.as_slice(), [one] if matches!(one.name.as_str(), "w:t" | "w:delText"))
}

fn words(run: &Node) -> (&str, &str) {
    let text = run.children.last().unwrap();
    (&text.name, &text.text)
}

fn text(name: &str, words: &str) -> Node {
    Node { text: words.to_owned(), ..element(name, &[("xml:space", "preserve")], vec![]) }
}

/// What a run becomes.
fn trapped_run(run: Node, trap: Trap, dice: &mut Dice, is_tracked: bool) -> Vec<Node> {
    if !is_text(&run) {
        return vec![run];
    }
    let (name, said) = words(&run);
    let (name, said) = (name.to_owned(), said.to_owned());
    let mark = |name: &str, pairs: &[(&str, &str)]| element(name, pairs, vec![]);
    match trap {
        Trap::SplitRun => {
            let places: Vec<usize> = said.char_indices().map(|(at, _)| at).skip(1).collect();
            if places.is_empty() {
                return vec![run];
            }
            let (first, second) = said.split_at(places[dice.next(places.len())]);
            vec![like(&run, vec![text(&name, first)]), like(&run, vec![text(&name, second)])]
        }
        Trap::Proofed => {
            vec![mark("w:proofErr", &[("w:type", "spellStart")]), run, mark("w:proofErr", &[("w:type", "spellEnd")])]
        }
        Trap::Sessions => {
            let mut run = run;
            run.attributes.insert("w:rsidR".to_owned(), "00A1B2C3".to_owned());
            vec![run]
        }
        Trap::SmartTag => vec![element("w:smartTag", &[("w:element", "place"), ("w:uri", "urn:x")], vec![run])],
        Trap::CustomXml => vec![element("w:customXml", &[("w:element", "x"), ("w:uri", "urn:x")], vec![run])],
        Trap::RunControl => vec![control(run)],
        Trap::Direction => vec![element("w:dir", &[("w:val", "ltr")], vec![run])],
        Trap::EmptyRun => vec![like(&run, vec![]), run.clone(), like(&run, vec![text(&name, "")])],
        Trap::Bookmarks => {
            let id = dice.next(1_000_000).to_string();
            let start = mark("w:bookmarkStart", &[("w:id", &id), ("w:name", &format!("_Ref{id}"))]);
            vec![start, run, mark("w:bookmarkEnd", &[("w:id", &id)])]
        }
        Trap::PageEnded => {
            let content = vec![mark("w:lastRenderedPageBreak", &[]), text(&name, &said)];
            vec![like(&run, content)]
        }
        // A field whose code isn't tracked has a result that isn't.
        Trap::Field if !is_tracked => vec![element("w:fldSimple", &[("w:instr", " REF x \\h ")], vec![run])],
        Trap::FieldInParts => {
            let part = |kind: &str| like(&run, vec![mark("w:fldChar", &[("w:fldCharType", kind)])]);
            let code = if name == "w:delText" { "w:delInstrText" } else { "w:instrText" };
            let code = like(&run, vec![text(code, " REF x \\h ")]);
            vec![part("begin"), code, part("separate"), run.clone(), part("end")]
        }
        Trap::Commented => vec![
            mark("w:commentRangeStart", &[("w:id", "5")]),
            run.clone(),
            mark("w:commentRangeEnd", &[("w:id", "5")]),
            like(&run, vec![mark("w:commentReference", &[("w:id", "5")])]),
        ],
        Trap::SameLook => vec![with_same_look(run, "w:rPr", "w:rPrChange")],
        Trap::TextBox => {
            let inner = element("w:p", &[], vec![element("w:r", &[], vec![text("w:t", "boxed")])]);
            let content = element("w:txbxContent", &[], vec![inner]);
            let shape = element("v:shape", &[], vec![element("v:textbox", &[], vec![content])]);
            vec![run, element("w:r", &[], vec![element("w:pict", &[], vec![shape])])]
        }
        Trap::Ranges => vec![
            mark("w:permStart", &[("w:id", "5"), ("w:edGrp", "everyone")]),
            mark("w:commentRangeStart", &[("w:id", "5")]),
            run,
            mark("w:commentRangeEnd", &[("w:id", "5")]),
            mark("w:permEnd", &[("w:id", "5")]),
        ],
        Trap::Alternatives => {
            let choice = element("mc:Choice", &[("Requires", "x14")], vec![run.clone()]);
            vec![element("mc:AlternateContent", &[], vec![choice, element("mc:Fallback", &[], vec![run])])]
        }
        Trap::Elements | Trap::Symbols => {
            let mut content = Vec::new();
            let mut rest = String::new();
            let flush = |rest: &mut String, content: &mut Vec<Node>| {
                if !rest.is_empty() {
                    content.push(text(&name, &std::mem::take(rest)));
                }
            };
            for c in said.chars() {
                let special = match (trap, c) {
                    (Trap::Elements, '\u{2011}') => Some(mark("w:noBreakHyphen", &[])),
                    (Trap::Elements, '\u{ad}') => Some(mark("w:softHyphen", &[])),
                    (Trap::Symbols, '≥') => Some(mark("w:sym", &[("w:font", "Symbol"), ("w:char", "F0B3")])),
                    _ => None,
                };
                match special {
                    Some(special) => {
                        flush(&mut rest, &mut content);
                        content.push(special);
                    }
                    None => rest.push(c),
                }
            }
            flush(&mut rest, &mut content);
            vec![like(&run, content)]
        }
        Trap::Ignorable => vec![element("zz:unknown", &[("zz:a", "1")], vec![]), run],
        _ => vec![run],
    }
}

/// The element with its former properties, which are those that it has.
fn with_same_look(mut node: Node, properties: &str, change: &str) -> Node {
    let Some(own) = node.children.iter_mut().find(|child| child.name == properties) else { return node };
    if own.children.iter().any(|child| child.name == change) {
        return node;
    }
    // What a paragraph's mark looks like is no property of the paragraph before.
    let was = own.children.iter().filter(|child| child.name != "w:rPr" && child.name != "w:sectPr").cloned().collect();
    let was = Node { children: was, ..own.clone() };
    let attributes = [("w:id", "8888"), ("w:author", "Somebody"), ("w:date", "2026-01-01T00:00:00Z")];
    own.children.push(element(change, &attributes, vec![was]));
    node
}

/// Sets a trap in what stands in an element, here and there.
fn set(node: &mut Node, trap: Trap, dice: &mut Dice, is_tracked: bool) {
    let is_tracked = is_tracked || matches!(node.name.as_str(), "w:ins" | "w:del" | "w:moveFrom" | "w:moveTo");
    let mut children = Vec::new();
    for mut child in std::mem::take(&mut node.children) {
        set(&mut child, trap, dice, is_tracked);
        let is_here = dice.next(3) == 0;
        match (trap, child.name.as_str()) {
            _ if !is_here => children.push(child),
            (_, "w:r") => children.extend(trapped_run(child, trap, dice, is_tracked)),
            // A control around a block that something else needs to stand beside is another trap.
            (Trap::BlockControl, "w:p") if node.name == "w:body" => children.push(control(child)),
            (Trap::CellControl, "w:tc") | (Trap::RowControl, "w:tr") => children.push(control(child)),
            (Trap::SameIds, "w:ins" | "w:del" | "w:rPrChange" | "w:pPrChange") => {
                child.attributes.insert("w:id".to_owned(), "1".to_owned());
                children.push(child);
            }
            (Trap::SameLook, "w:p") => children.push(with_same_look(child, "w:pPr", "w:pPrChange")),
            (Trap::Returns, "w:br") if child.attributes.is_empty() => children.push(element("w:cr", &[], vec![])),
            (Trap::AnotherDocument, "w:p") if node.name == "w:body" => {
                children.push(child);
                children.push(element("w:altChunk", &[("r:id", "nowhere")], vec![]));
            }
            (Trap::Grid, "w:trPr") => {
                let none = [("w:val", "0")];
                let mut begun = vec![element("w:gridBefore", &none, vec![]), element("w:gridAfter", &none, vec![])];
                begun.append(&mut child.children);
                child.children = begun;
                children.push(child);
            }
            (Trap::Bookmarks, "w:tr") => {
                children.push(element("w:bookmarkStart", &[("w:id", "777777"), ("w:name", "_GoBack")], vec![]));
                children.push(element("w:bookmarkEnd", &[("w:id", "777777")], vec![]));
                children.push(child);
            }
            _ => children.push(child),
        }
    }
    node.children = children;
}

fn escaped(text: &str, trap: Trap) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' | '\r' => write!(out, "&#{};", c as u32).unwrap(),
            c if trap == Trap::Entities && c.is_ascii_alphabetic() => write!(out, "&#x{:x};", c as u32).unwrap(),
            c => out.push(c),
        }
    }
    out
}

fn xml(node: &Node, trap: Trap, out: &mut String) {
    let name = |name: &str| match (trap, name.strip_prefix("w:")) {
        (Trap::Prefix, Some(rest)) => format!("foreign:{rest}"),
        _ => name.to_owned(),
    };
    let own = name(&node.name);
    write!(out, "<{own}").unwrap();
    for (key, value) in &node.attributes {
        let key = match (trap, key.as_str()) {
            (Trap::Prefix, "xmlns:w") => "xmlns:foreign".to_owned(),
            (_, key) => name(key),
        };
        let value = match trap {
            Trap::Strict => value.replace(
                "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                "http://purl.oclc.org/ooxml/wordprocessingml/main",
            ),
            _ => value.clone(),
        };
        write!(out, " {key}=\"{}\"", escaped(&value, Trap::Prefix)).unwrap();
    }
    out.push('>');
    out.push_str(&escaped(&node.text, trap));
    node.children.iter().for_each(|child| xml(child, trap, out));
    write!(out, "</{own}>").unwrap();
}

/// The file with a trap in it.
fn trapped(file: &[u8], trap: Trap, seed: u64) -> Vec<u8> {
    let mut parts = docx::parts(file);
    let mut document = docx::parse(&parts[MAIN]);
    if document.name.is_empty() {
        document = document.children.remove(0);
    }
    set(&mut document, trap, &mut Dice(seed), false);
    let mut space = |prefix: &str, name: &str| {
        document.attributes.entry(format!("xmlns:{prefix}")).or_insert_with(|| name.to_owned());
    };
    space("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006");
    space("x14", "urn:that-no-reader-knows");
    space("zz", "urn:unknown");
    space("v", "urn:schemas-microsoft-com:vml");
    space("r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships");
    document.attributes.insert("mc:Ignorable".to_owned(), "zz".to_owned());
    let mut main = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>");
    xml(&document, trap, &mut main);
    parts.insert(MAIN.to_owned(), main.into_bytes());
    packed(parts)
}

fn packed(parts: BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in parts {
        archive.start_file(path, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(&bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A version with something of everything, and a modification of it.
fn project() -> Files {
    let mut files = vocabulary();
    let mut write = |path: &str, text: &str| drop(files.insert(format!("content/{path}"), text.to_owned()));
    write("1.0/version.yaml", "id: \"1.0\"\nname: SEC Version 1.0\nclassification: White\n");
    write("1.0/sections/1.yaml", "section: \"1\"\nheading: Introduction\n");
    let text = "The Party shall, in **User Entry** Process Tests, re\u{2011}test co\u{ad}operation where n ≥ 3<br>or more:\n\n- one of *them*;\n  - within it; or\n\n(a) lettered; and\n(b) again.\n\n| Word | Meaning |\n|---|:-:|\n| a | first |\n| b | second |\n";
    let typed = |text: &str| serde_json::to_string(text).unwrap();
    write("1.0/sections/1.1.yaml", &format!("section: \"1.1\"\nheading: Purpose\nbody: {}\n", typed(text)));
    write("1.0/sections/1.2.yaml", "section: \"1.2\"\nbody: The DCC shall consent, see Section 1.1.\n");
    write("1.0/sections/2.yaml", "section: \"2\"\nheading: Tables\nbody: See Table 2.1.\n");
    let row = |at: usize| {
        format!(
            "  - {{ reference: \"6\", variant: \"6.{at}\", name: Read {at}, critical: false, cv: {{ 1: Mandatory }} }}\n"
        )
    };
    let rows: String = (1..5).map(row).collect();
    write("1.0/tables/2.1.yaml", &format!("table: \"2.1\"\nrole: ED\nrows:\n{rows}"));
    write("mp1/version.yaml", "id: MP1\nname: MP1\nbase: \"1.0\"\n");
    let text = text.replace("one of *them*", "each of *them*").replace("first", "the first");
    write("mp1/sections/1.1.yaml", &format!("section: \"1.1\"\nbody: {}\n", typed(&text)));
    write("mp1/sections/1.2.yaml", "section: \"1.2\"\ndelete: true\n");
    write("mp1/sections/3.yaml", "insert: \"3\"\nheading: Last\nbody: It comes into force at once.\n");
    write(
        "mp1/tables/2.1.yaml",
        "table: \"2.1\"\namend:\n  - { row: \"6.1\", cv: { 2: Mandatory } }\nremove: [\"6.3\"]\ninsert:\n  - after: \"6.4\"\n    rows:\n      - { reference: \"7\", variant: \"7.1\", name: New, critical: true }\n",
    );
    files
}

/// The document, as if the desk hadn't written it.
fn foreign(file: &[u8]) -> Vec<u8> {
    let mut parts = docx::parts(file);
    parts.retain(|path, _| !path.starts_with("customXml/"));
    packed(parts)
}

/// What an import writes, or that it is refused.
fn written(files: &Files, file: &[u8], importing: &Importing) -> Option<Vec<(String, String)>> {
    let imported = import(files, file, importing).ok()?;
    assert!(imported.adopted.words.missing() == 0, "{:?}", imported.adopted.words);
    Some(imported.revised.written.into_iter().map(|file| (file.path, file.text)).collect())
}

/// Sets each trap in a document, and holds what an import makes of it against what it makes of the document without.
fn changes_nothing(files: &Files, file: Vec<u8>, importing: &Importing, dice: &mut Dice) -> Result<(), TestCaseError> {
    let file = if dice.next(2) == 0 { foreign(&file) } else { file };
    let expected = written(files, &file, importing);
    for trap in TRAPS {
        let made = written(files, &trapped(&file, trap, dice.0), importing);
        prop_assert_eq!(&made, &expected, "{:?}", trap);
    }
    Ok(())
}

/// One of the modifications of a desk, as its whole redline or as a change document; with the base there, or without it.
fn redline_is_the_same(desk: &Desk, files: &Files, dice: &mut Dice) -> Result<(), TestCaseError> {
    let versions = desk.project.versions.iter();
    let based = versions.filter_map(|target| Some((desk.project.version(target.base.as_ref()?)?, target)));
    let pairs: Vec<(&Version, &Version)> = based.collect();
    let Some((base, target)) = (!pairs.is_empty()).then(|| pairs[dice.next(pairs.len())]) else { return Ok(()) };
    // A change document that amends nothing shows nothing.
    match dice.next(if target.reads_as(base) { 2 } else { 3 }) {
        0 => {
            let file = redline(desk, base, target, true);
            changes_nothing(&vocabulary(), file, &as_modification("NEW", Some("OLD")), dice)
        }
        kind => {
            let file = redline(desk, base, target, kind == 1);
            changes_nothing(files, file, &as_modification("NEW", Some(&base.id)), dice)
        }
    }
}

proptest! {
    #![proptest_config(config(2))]

    #[test]
    fn a_trap_changes_nothing_of_a_version(files in round::project(), seed in any::<u64>()) {
        let Ok(desk) = Desk::open_from(&root(&files)) else { return Err(TestCaseError::reject("no content")) };
        prop_assume!(desk.version("1.0").is_ok());
        changes_nothing(&vocabulary(), built(&desk, "1.0", Format::Docx), &as_version("27.0"), &mut Dice(seed))?;
    }

    #[test]
    fn a_trap_changes_nothing_where_there_is_something_of_everything(seed in any::<u64>()) {
        let (desk, mut dice) = (super::desk(&project()), Dice(seed));
        changes_nothing(&vocabulary(), built(&desk, "MP1", Format::Docx), &as_version("27.0"), &mut dice)?;
        redline_is_the_same(&desk, &project(), &mut dice)?;
    }

    #[test]
    fn a_trap_changes_nothing_of_a_redline(all in drafted(), seed in any::<u64>()) {
        let mut files = vocabulary();
        files.extend(all.into_iter().map(|(path, text)| (format!("content/{path}"), text)));
        redline_is_the_same(&super::desk(&files), &files, &mut Dice(seed))?;
    }
}
