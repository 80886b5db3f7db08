//! A reader of DOCX of the tests' own, and a resolver of its tracked changes by the rules of ECMA-376 (Part 1, 17.13.5).
//!
//! It shares nothing with the writer, so that it can't share its mistakes.

use quick_xml::events::{BytesStart, Event};
use std::collections::{BTreeMap, HashSet};
use std::io::{Cursor, Read};

/// An element, with the text right inside it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Node {
    pub name: String,
    pub attributes: BTreeMap<String, String>,
    pub children: Vec<Node>,
    pub text: String,
}

impl Node {
    pub fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|child| child.name == name)
    }

    pub fn value(&self, path: &[&str]) -> Option<&str> {
        let node = path.iter().try_fold(self, |node, name| node.child(name))?;
        node.attributes.get("w:val").map(String::as_str)
    }

    /// This element and all in it.
    pub fn all(&self) -> Vec<&Node> {
        let mut all = vec![self];
        all.extend(self.children.iter().flat_map(Node::all));
        all
    }

    pub fn named(&self, name: &str) -> Vec<&Node> {
        self.all().into_iter().filter(|node| node.name == name).collect()
    }
}

/// The parts of a file, by path.
pub fn parts(file: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).expect("a zip archive");
    (0..archive.len())
        .map(|at| {
            let mut entry = archive.by_index(at).expect("an entry");
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).expect("whole entries");
            (entry.name().to_owned(), bytes)
        })
        .collect()
}

/// The main part of a file, as XML.
pub fn main_part(file: &[u8]) -> String {
    String::from_utf8(parts(file)["word/document.xml"].clone()).expect("text")
}

pub fn part(file: &[u8], path: &str) -> Node {
    parse(parts(file).get(path).unwrap_or_else(|| panic!("no {path}")))
}

/// The body, with what each note says within the reference to it.
pub fn body(file: &[u8]) -> Node {
    let mut body = part(file, "word/document.xml").child("w:body").expect("a body").clone();
    if let Some(notes) = parts(file).get("word/footnotes.xml").map(|xml| parse(xml)) {
        put_notes(&mut body, &notes);
    }
    body
}

fn put_notes(node: &mut Node, notes: &Node) {
    if node.name == "w:footnoteReference" {
        let id = node.attributes.get("w:id");
        let note = notes.children.iter().find(|note| note.attributes.get("w:id") == id).expect("a note");
        node.children.clone_from(&note.children);
        // Its runs are no runs of the paragraph.
        node.children.iter_mut().for_each(hide_runs);
    } else {
        node.children.iter_mut().for_each(|child| put_notes(child, notes));
    }
}

fn hide_runs(node: &mut Node) {
    if node.name == "w:r" {
        node.name = "run of a note".to_owned();
    }
    node.children.iter_mut().for_each(hide_runs);
}

pub fn parse(xml: &[u8]) -> Node {
    let mut reader = quick_xml::Reader::from_reader(xml);
    let mut open = vec![Node::default()];
    let node = |tag: &BytesStart<'_>| Node {
        name: String::from_utf8(tag.name().as_ref().to_vec()).expect("UTF-8"),
        attributes: tag
            .attributes()
            .map(|attribute| {
                let attribute = attribute.expect("an attribute, once");
                let key = String::from_utf8(attribute.key.as_ref().to_vec()).expect("UTF-8");
                let value = std::str::from_utf8(&attribute.value).expect("UTF-8");
                (key, quick_xml::escape::unescape(value).expect("an escaped value").into_owned())
            })
            .collect(),
        ..Node::default()
    };
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Start(tag) => open.push(node(&tag)),
            Event::Empty(tag) => open.last_mut().expect("a parent").children.push(node(&tag)),
            Event::End(_) => {
                let node = open.pop().expect("an open element");
                open.last_mut().expect("a parent").children.push(node);
            }
            Event::Text(text) => {
                let text = text.decode().expect("UTF-8");
                open.last_mut().expect("a parent").text.push_str(&text);
            }
            Event::GeneralRef(entity) => {
                let written = format!("&{};", entity.decode().expect("UTF-8"));
                let text = quick_xml::escape::unescape(&written).expect("a known entity");
                open.last_mut().expect("a parent").text.push_str(&text);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open.len(), 1, "every element is closed");
    open.pop().and_then(|root| root.children.into_iter().next()).expect("a root")
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolve {
    Accept,
    Reject,
}

impl Resolve {
    fn drops(self, name: &str) -> bool {
        match self {
            Self::Accept => matches!(name, "w:del" | "w:moveFrom"),
            Self::Reject => matches!(name, "w:ins" | "w:moveTo"),
        }
    }

    fn keeps(self, name: &str) -> bool {
        !self.drops(name) && matches!(name, "w:ins" | "w:del" | "w:moveFrom" | "w:moveTo")
    }
}

/// The element as it reads once all its revisions are resolved.
pub fn resolve(node: &Node, how: Resolve) -> Node {
    let mut children = Vec::new();
    for child in &node.children {
        resolve_into(child, how, &mut children);
    }
    let children = run_on(children, how);
    Node { children, ..node.clone() }
}

fn resolve_into(child: &Node, how: Resolve, out: &mut Vec<Node>) {
    match child.name.as_str() {
        name if how.drops(name) => {}
        name if how.keeps(name) => child.children.iter().for_each(|inner| resolve_into(inner, how, out)),
        "w:pPr" => out.push(former(child, "w:pPrChange", "w:pPr", how)),
        "w:rPr" => out.push(former(child, "w:rPrChange", "w:rPr", how)),
        "w:tr" if child.child("w:trPr").is_some_and(|row| row.children.iter().any(|mark| how.drops(&mark.name))) => {}
        "w:trPr" => {
            let mut row = child.clone();
            row.children.retain(|mark| !how.keeps(&mark.name));
            out.push(row);
        }
        _ => {
            let resolved = resolve(child, how);
            if resolved.name != "w:tbl" || resolved.child("w:tr").is_some() {
                out.push(resolved);
            }
        }
    }
}

/// Properties with their change settled. What isn't in the change (a paragraph's mark, its section) stays.
fn former(properties: &Node, change: &str, inner: &str, how: Resolve) -> Node {
    let mut settled = properties.clone();
    settled.children.retain(|child| child.name != change);
    if let (Resolve::Reject, Some(was)) = (how, properties.child(change).and_then(|change| change.child(inner))) {
        settled.children.retain(|child| matches!(child.name.as_str(), "w:rPr" | "w:sectPr"));
        settled.children.splice(0..0, was.children.iter().cloned());
    }
    settled
}

/// Paragraphs whose mark goes run on into the next. What has none to run on into stands only if it has text.
fn run_on(children: Vec<Node>, how: Resolve) -> Vec<Node> {
    let mut out = Vec::new();
    let mut running: Vec<Node> = Vec::new();
    for mut child in children {
        if child.name != "w:p" {
            stand_alone(std::mem::take(&mut running), &mut out);
            out.push(child);
            continue;
        }
        let (mut properties, content): (Vec<Node>, Vec<Node>) =
            std::mem::take(&mut child.children).into_iter().partition(|inner| inner.name == "w:pPr");
        running.extend(content);
        let mark = properties.iter_mut().find_map(|p| p.children.iter_mut().find(|inner| inner.name == "w:rPr"));
        let dropped = mark.as_ref().is_some_and(|mark| mark.children.iter().any(|inner| how.drops(&inner.name)));
        if let Some(mark) = mark {
            mark.children.retain(|inner| !how.keeps(&inner.name));
        }
        if !dropped {
            child.children = properties;
            child.children.append(&mut running);
            out.push(child);
        }
    }
    stand_alone(running, &mut out);
    out
}

fn stand_alone(content: Vec<Node>, out: &mut Vec<Node>) {
    let paragraph = Node { name: "w:p".to_owned(), children: content, ..Node::default() };
    if !text(&paragraph).is_empty() {
        out.push(paragraph);
    }
}

/// What a reader sees of a resolved or clean body.
#[derive(Clone, Debug, PartialEq)]
pub enum Seen {
    Paragraph { style: String, level: Option<String>, runs: Vec<(String, String)> },
    Row(Vec<Vec<(String, String)>>),
}

/// The paragraphs and rows in order. Gaps, which are Word's and not the document's, aren't seen, nor are page breaks,
/// which stand with a gap in one document and with a paragraph in another.
pub fn seen(container: &Node) -> Vec<Seen> {
    let mut seen = Vec::new();
    for child in &container.children {
        match child.name.as_str() {
            "w:p" => {
                let style = child.value(&["w:pPr", "w:pStyle"]).unwrap_or_default().to_owned();
                let level = child.value(&["w:pPr", "w:numPr", "w:ilvl"]).map(str::to_owned);
                let runs = runs(child);
                if style != "TableGap" || !runs.is_empty() {
                    seen.push(Seen::Paragraph { style, level, runs });
                }
            }
            "w:tbl" => seen.extend(child.children.iter().filter(|row| row.name == "w:tr").map(|row| {
                let cells = row.children.iter().filter(|cell| cell.name == "w:tc");
                Seen::Row(cells.map(|cell| cell.children.iter().flat_map(runs).collect()).collect())
            })),
            _ => {}
        }
    }
    seen
}

/// The text of a paragraph by its emphasis: neighbours that look alike are one. Whether a link is live depends on
/// whether its target is there, so it isn't seen.
fn runs(paragraph: &Node) -> Vec<(String, String)> {
    let mut runs: Vec<(String, String)> = Vec::new();
    for run in paragraph.named("w:r") {
        let look = run.child("w:rPr").map(|properties| {
            let names = properties.children.iter().filter(|p| {
                let quiet = p.name == "w:rStyle" && p.attributes.get("w:val").is_some_and(|style| style == "Quiet");
                quiet || matches!(p.name.as_str(), "w:b" | "w:i" | "w:vertAlign" | "w:spacing")
            });
            names.map(|p| p.name.trim_start_matches("w:")).collect::<Vec<_>>().join("+")
        });
        let look = look.unwrap_or_default();
        let text = text(run);
        match runs.last_mut() {
            _ if text.is_empty() => {}
            Some((last, known)) if *known == look => last.push_str(&text),
            _ => runs.push((text, look)),
        }
    }
    runs
}

/// The text of an element.
pub fn text(node: &Node) -> String {
    let piece = |node: &Node| match node.name.as_str() {
        "w:t" | "w:delText" => node.text.clone(),
        "w:tab" if node.attributes.is_empty() => "\t".to_owned(),
        "w:br" => "\n".to_owned(),
        "w:footnoteReference" => "^".to_owned(),
        "wp:docPr" => format!("[{}: {}]", node.attributes["name"], node.attributes["descr"]),
        _ => String::new(),
    };
    node.all().into_iter().map(piece).collect()
}

/// What is wrong with a file in itself, whatever it says.
pub fn faults(file: &[u8]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut ids = HashSet::new();
    let mut names = HashSet::new();
    let parts = parts(file);
    let document = parse(&parts["word/document.xml"]);
    for (path, bytes) in parts.iter().filter(|(path, _)| !path.contains("/media/")) {
        let root = parse(bytes);
        faults.extend(super::schema::disorder(&root).into_iter().map(|fault| format!("{path}: {fault}")));
        for node in root.all() {
            let names_itself =
                ["w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:pPrChange", "w:rPrChange", "w:bookmarkStart"]
                    .contains(&node.name.as_str())
                    || node.name.ends_with("RangeStart");
            if names_itself && !ids.insert(node.attributes.get("w:id").cloned()) {
                faults.push(format!("{path}: the id of {node:?} isn't unique"));
            }
            if matches!(node.name.as_str(), "w:r" | "w:ins" | "w:del" | "w:hyperlink")
                && node.children.is_empty()
                && !node.attributes.contains_key("w:author")
            {
                faults.push(format!("{path}: an empty {}", node.name));
            }
            if node.name.starts_with("w:move")
                && node.name.ends_with("Start")
                && !node.attributes.contains_key("w:date")
            {
                faults.push(format!("{path}: a move without a date"));
            }
        }
    }
    let starts = document.named("w:bookmarkStart");
    let ends = document.named("w:bookmarkEnd");
    let id = |node: &&Node| node.attributes.get("w:id").cloned();
    if starts.iter().map(id).collect::<HashSet<_>>() != ends.iter().map(id).collect::<HashSet<_>>() {
        faults.push("bookmarks aren't paired".to_owned());
    }
    for start in &starts {
        if !names.insert(start.attributes.get("w:name").cloned()) {
            faults.push(format!("the bookmark {start:?} has a name that is taken"));
        }
    }
    for cell in document.named("w:tc") {
        if cell.children.last().is_none_or(|last| last.name != "w:p") {
            faults.push("a cell doesn't end in a paragraph".to_owned());
        }
    }
    let body = document.child("w:body").expect("a body");
    // What moves may end behind the last block.
    let blocks = body.children.iter().map(|child| child.name.as_str()).filter(|name| !name.starts_with("w:move"));
    let blocks: Vec<&str> = blocks.collect();
    if blocks.windows(2).any(|pair| pair == ["w:tbl", "w:tbl"]) || !blocks.ends_with(&["w:p", "w:sectPr"]) {
        faults.push(format!("tables touch each other or the end: {blocks:?}"));
    }
    faults
}

/// Whether two tables touch, or the body ends in one.
pub fn tables_touch(body: &Node) -> bool {
    let blocks: Vec<&str> =
        body.children.iter().map(|child| child.name.as_str()).filter(|name| matches!(*name, "w:p" | "w:tbl")).collect();
    blocks.windows(2).any(|pair| pair == ["w:tbl", "w:tbl"])
}
