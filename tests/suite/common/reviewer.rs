//! A reviewer who works at the XML of a Word file, as Word does it: accepts, rejects, edits, remarks.
//!
//! It shares nothing with what reads his copies.

use super::docx::{Node, parse, parts, text};
use proptest::prelude::*;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

const MAIN: &str = "word/document.xml";

/// What a reviewer does to one change, or to a paragraph or row of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    Accept,
    Reject,
    Leave,
    /// Leaves it, and types words into it that are tracked.
    Insert,
    /// Leaves it, and strikes words out of it, tracked.
    Strike,
    /// Accepts it, and types words into it that aren't tracked.
    Type,
}

/// What a reviewer does, one thing after the other; from the first again once he is through.
pub fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![
        4 => Just(Deed::Accept),
        4 => Just(Deed::Reject),
        4 => Just(Deed::Leave),
        1 => Just(Deed::Insert),
        1 => Just(Deed::Strike),
        1 => Just(Deed::Type),
    ];
    prop::collection::vec(deed, 1..24)
}

/// The copy of a file in which somebody did these things to what is marked in it, and typed into what isn't where
/// `everywhere`.
pub fn copy(file: &[u8], author: &str, deeds: &[Deed], everywhere: bool) -> Vec<u8> {
    let mut document = parse(&parts(file)[MAIN]);
    let mut reviewer = Reviewer { author, deeds, next: 0, everywhere, words: 0 };
    for child in &mut document.children {
        if child.name == "w:body" {
            reviewer.blocks(&mut child.children);
        }
    }
    with_part(file, MAIN, &written(&document))
}

/// The file with another text of one of its parts.
pub fn with_part(file: &[u8], path: &str, xml: &str) -> Vec<u8> {
    let mut all = parts(file);
    all.insert(path.to_owned(), xml.as_bytes().to_vec());
    packed(&all)
}

/// A package of these parts.
pub fn packed(all: &std::collections::BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in all {
        archive.start_file(path, zip::write::SimpleFileOptions::default()).expect("an entry");
        archive.write_all(bytes).expect("memory");
    }
    archive.finish().expect("an archive").into_inner()
}

/// The XML of an element.
pub fn written(node: &Node) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
    write(node, &mut out);
    out
}

fn write(node: &Node, out: &mut String) {
    write!(out, "<{}", node.name).expect("memory");
    for (name, value) in &node.attributes {
        let value = quick_xml::escape::escape(value.as_str()).replace('\n', "&#10;").replace('\t', "&#9;");
        write!(out, " {name}=\"{value}\"").expect("memory");
    }
    out.push('>');
    out.push_str(&quick_xml::escape::escape(node.text.as_str()));
    node.children.iter().for_each(|child| write(child, out));
    write!(out, "</{}>", node.name).expect("memory");
}

const MARKS: [&str; 4] = ["w:ins", "w:del", "w:moveFrom", "w:moveTo"];

/// Whether what is marked so stands once that is accepted.
fn comes(mark: &str) -> bool {
    matches!(mark, "w:ins" | "w:moveTo")
}

fn is_mark(node: &Node) -> bool {
    MARKS.contains(&node.name.as_str())
}

struct Reviewer<'r> {
    author: &'r str,
    deeds: &'r [Deed],
    next: usize,
    everywhere: bool,
    words: usize,
}

impl Reviewer<'_> {
    fn deed(&mut self) -> Deed {
        self.next += 1;
        self.deeds[(self.next - 1) % self.deeds.len()]
    }

    /// What stands below each other: what is marked in a row is one change, over the ends of paragraphs that are marked.
    fn blocks(&mut self, blocks: &mut Vec<Node>) {
        let mut goes_on: Option<Deed> = None;
        let mut out: Vec<Node> = Vec::new();
        let mut running: Vec<Node> = Vec::new();
        let mut last: Option<Deed> = None;
        let count = blocks.len();
        for (at, mut block) in std::mem::take(blocks).into_iter().enumerate() {
            if block.name == "w:tbl" {
                // A table that comes or goes does so with its caption.
                let is_row = |row: &&Node| row.name == "w:tr";
                let is_marked = |row: &Node| row.child("w:trPr").is_some_and(|it| it.children.iter().any(is_mark));
                let with_caption = last.filter(|_| block.children.iter().filter(is_row).all(is_marked));
                goes_on = None;
                let deed = |row: &Node| (row.name == "w:tr").then(|| with_caption.unwrap_or_else(|| self.deed()));
                let deeds: Vec<Option<Deed>> = block.children.iter().map(deed).collect();
                let rows = std::mem::take(&mut block.children);
                block.children = rows
                    .into_iter()
                    .zip(deeds)
                    .filter_map(|(row, deed)| match deed {
                        Some(deed) => self.row(row, deed),
                        None => Some(row),
                    })
                    .collect();
                if block.children.iter().any(|row| row.name == "w:tr") {
                    out.push(block);
                }
                continue;
            }
            if block.name != "w:p" {
                out.push(block);
                continue;
            }
            let mark = mark_of(&block);
            let is_marked = mark.is_some() || block.children.iter().any(is_mark) || has_former(&block);
            if !is_marked {
                goes_on = None;
                if self.everywhere && at % 7 == 3 && self.deed() == Deed::Type {
                    self.types(&mut block, None);
                }
                take_in(&mut running, &mut block);
                out.push(block);
                continue;
            }
            let deed = goes_on.unwrap_or_else(|| self.deed());
            goes_on = mark.is_some().then_some(deed);
            last = Some(deed);
            let is_gone = self.paragraph(&mut block, deed);
            if is_gone && at + 1 < count {
                // A bookmark goes with the words that it stands on.
                let has_words = !text(&block).is_empty();
                let stays =
                    |inner: &Node| inner.name != "w:pPr" && (has_words || !inner.name.starts_with("w:bookmark"));
                running.extend(std::mem::take(&mut block.children).into_iter().filter(stays));
            } else {
                take_in(&mut running, &mut block);
                out.push(block);
            }
        }
        *blocks = out;
    }

    fn row(&mut self, mut row: Node, deed: Deed) -> Option<Node> {
        let mark = row.child("w:trPr").and_then(|properties| properties.children.iter().find(|it| is_mark(it)));
        let mark = mark.map(|mark| mark.name.clone());
        let is_settled = matches!(deed, Deed::Accept | Deed::Reject | Deed::Type);
        let accepts = deed != Deed::Reject;
        if let (Some(mark), true) = (&mark, is_settled) {
            if comes(mark) != accepts {
                return None;
            }
            for properties in row.children.iter_mut().filter(|inner| inner.name == "w:trPr") {
                properties.children.retain(|inner| !is_mark(inner));
            }
        }
        for cell in row.children.iter_mut().filter(|inner| inner.name == "w:tc") {
            for paragraph in cell.children.iter_mut().filter(|inner| inner.name == "w:p") {
                // Cells are no sentences: in them nobody types.
                let deed = if is_settled { if accepts { Deed::Accept } else { Deed::Reject } } else { Deed::Leave };
                self.paragraph(paragraph, deed);
            }
        }
        Some(row)
    }

    /// Does it to a paragraph; says whether its end is gone.
    fn paragraph(&mut self, paragraph: &mut Node, deed: Deed) -> bool {
        let accepts = match deed {
            Deed::Accept | Deed::Type => true,
            Deed::Reject => false,
            Deed::Leave => return false,
            Deed::Insert | Deed::Strike => {
                self.types(paragraph, Some(deed));
                return false;
            }
        };
        let mark = mark_of(paragraph);
        settle(paragraph, accepts);
        if deed == Deed::Type {
            self.types(paragraph, None);
        }
        mark.is_some_and(|mark| comes(&mark) != accepts)
    }

    /// Types words at the end of the last words that stand, or strikes these out.
    fn types(&mut self, paragraph: &mut Node, tracked: Option<Deed>) {
        let is_label = paragraph.child("w:pPr").and_then(|it| it.value_of("w:pStyle")).is_some_and(|style| {
            style.starts_with("Heading") || style.starts_with("Caption") || style.starts_with("TOC")
        });
        let stands = |node: &Node| match node.name.as_str() {
            "w:r" => !text(node).trim().is_empty() && node.child("w:t").is_some(),
            "w:ins" => node.children.iter().all(|it| it.name == "w:r") && !text(node).trim().is_empty(),
            _ => false,
        };
        let Some(at) = paragraph.children.iter().rposition(stands).filter(|_| !is_label) else { return };
        self.words += 1;
        let words = format!(" seen{}", self.words);
        let attributes = |id: usize| {
            [("w:id", format!("{}", 90_000 + id)), ("w:author", self.author.to_owned())]
                .map(|(name, value)| (name.to_owned(), value))
                .into()
        };
        let said = Node { name: "w:t".to_owned(), text: words, ..Node::default() };
        let said = Node { attributes: [("xml:space".to_owned(), "preserve".to_owned())].into(), ..said };
        let run = Node { name: "w:r".to_owned(), children: vec![said], ..Node::default() };
        match tracked {
            None => paragraph.children.insert(at + 1, run),
            Some(Deed::Strike) => {
                let mut struck = paragraph.children.remove(at);
                let is_new = struck.name == "w:ins";
                let mut runs = if is_new { std::mem::take(&mut struck.children) } else { vec![struck.clone()] };
                for inner in runs.iter_mut().flat_map(|run| &mut run.children) {
                    if inner.name == "w:t" {
                        inner.name = "w:delText".to_owned();
                    }
                }
                let gone = Node {
                    name: "w:del".to_owned(),
                    attributes: attributes(self.words),
                    children: runs,
                    ..Node::default()
                };
                let gone = if is_new { Node { children: vec![gone], ..struck } } else { gone };
                paragraph.children.insert(at, gone);
            }
            Some(_) => {
                let new = Node {
                    name: "w:ins".to_owned(),
                    attributes: attributes(self.words),
                    children: vec![run],
                    ..Node::default()
                };
                paragraph.children.insert(at + 1, new);
            }
        }
    }
}

impl Node {
    fn value_of(&self, name: &str) -> Option<&str> {
        self.child(name)?.attributes.get("w:val").map(String::as_str)
    }
}

/// The mark on a paragraph's end.
fn mark_of(paragraph: &Node) -> Option<String> {
    let look = paragraph.child("w:pPr")?.child("w:rPr")?;
    look.children.iter().find(|inner| is_mark(inner)).map(|mark| mark.name.clone())
}

fn has_former(node: &Node) -> bool {
    node.all().iter().any(|it| matches!(it.name.as_str(), "w:rPrChange" | "w:pPrChange"))
}

/// Puts what ran on before the words of a paragraph.
fn take_in(running: &mut Vec<Node>, paragraph: &mut Node) {
    let at = paragraph.children.iter().take_while(|inner| inner.name == "w:pPr").count();
    paragraph.children.splice(at..at, running.drain(..));
}

/// Settles all that is marked in an element.
fn settle(node: &mut Node, accepts: bool) {
    let mut out = Vec::new();
    for mut child in std::mem::take(&mut node.children) {
        match child.name.as_str() {
            name if MARKS.contains(&name) => {
                if comes(name) == accepts {
                    settle(&mut child, accepts);
                    child.children.iter_mut().for_each(undelete);
                    out.append(&mut child.children);
                }
            }
            "w:pPr" | "w:rPr" => {
                if child.name == "w:pPr" {
                    settle(&mut child, accepts);
                }
                let change = format!("{}Change", child.name);
                let former = child.child(&change).and_then(|change| change.children.first()).cloned();
                child.children.retain(|it| it.name != change && !is_mark(it));
                if let (false, Some(former)) = (accepts, former) {
                    child.children.retain(|it| matches!(it.name.as_str(), "w:rPr" | "w:sectPr"));
                    child.children.splice(0..0, former.children);
                }
                out.push(child);
            }
            _ => {
                settle(&mut child, accepts);
                out.push(child);
            }
        }
    }
    node.children = out;
}

fn undelete(node: &mut Node) {
    if node.name == "w:delText" {
        node.name = "w:t".to_owned();
    }
    node.children.iter_mut().for_each(undelete);
}
