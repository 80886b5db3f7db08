//! A reviewer who works at the XML of a Word file, as Word does it: accepts, rejects, edits, remarks.
//!
//! It shares nothing with what reads his copies.

use super::docx::{Node, parse, parts, text};
use proptest::prelude::*;
use std::collections::BTreeMap;
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
    /// Types a paragraph, an item or a row below one that stays, tracked or not.
    Add,
    /// Takes out a paragraph, an item or a row that stays, tracked or not.
    Drop,
    /// Parts a paragraph that stays in two.
    Part,
    /// Joins a paragraph that stays with the next.
    Join,
    /// Says something else in a cell that stays.
    Cell,
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

/// What a reviewer does who types wherever he may.
pub fn edits() -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![
        6 => Just(Deed::Leave),
        2 => Just(Deed::Accept),
        2 => Just(Deed::Reject),
        1 => Just(Deed::Insert),
        1 => Just(Deed::Strike),
        1 => Just(Deed::Type),
        1 => Just(Deed::Add),
        1 => Just(Deed::Drop),
        1 => Just(Deed::Part),
        1 => Just(Deed::Join),
        1 => Just(Deed::Cell),
    ];
    prop::collection::vec(deed, 1..40)
}

/// The copy of a file in which somebody did these things to what is marked in it, and typed into what isn't where
/// `everywhere`.
pub fn copy(file: &[u8], author: &str, deeds: &[Deed], everywhere: bool) -> Vec<u8> {
    edited(file, Reviewer { author, deeds, next: 0, everywhere, wherever: false, words: 0, begun: false })
}

/// As [`copy`], of somebody who types wherever he may, and whose program parts runs as it saves.
pub fn typed(file: &[u8], author: &str, deeds: &[Deed]) -> Vec<u8> {
    edited(file, Reviewer { author, deeds, next: 0, everywhere: true, wherever: true, words: 0, begun: false })
}

fn edited(file: &[u8], mut reviewer: Reviewer<'_>) -> Vec<u8> {
    let mut document = parse(&parts(file)[MAIN]);
    for child in &mut document.children {
        if child.name == "w:body" {
            reviewer.blocks(&mut child.children);
        }
    }
    if reviewer.wherever {
        part_runs(&mut document, &mut 0);
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
    /// Whether he types into headings and cells too, and adds, drops, parts and joins.
    wherever: bool,
    words: usize,
    /// Whether a heading was met: before it is the cover.
    begun: bool,
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
        // The styles of what stands there, by which a reviewer sees what he may join.
        let following: Vec<String> = blocks
            .iter()
            .map(|block| if block.name == "w:p" { style_of(block).to_owned() } else { String::new() })
            .collect();
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
                let mut left = rows.iter().filter(|row| is_plain_row(row)).count();
                for (row, deed) in rows.into_iter().zip(deeds) {
                    match deed {
                        Some(deed) if self.wherever && is_plain_row(&row) => {
                            self.plain_row(row, deed, &mut left, &mut block.children);
                        }
                        Some(deed) => block.children.extend(self.row(row, deed)),
                        None => block.children.push(row),
                    }
                }
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
            self.begun |= style_of(&block).starts_with("Heading") || style_of(&block).starts_with("Clause");
            if !is_marked && self.wherever {
                goes_on = None;
                let next = following.get(at + 1).map(String::as_str).unwrap_or_default();
                self.plain(block, next, &mut running, &mut out);
                continue;
            }
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

    /// Does something to a paragraph in which nothing is marked.
    fn plain(&mut self, mut block: Node, next: &str, running: &mut Vec<Node>, out: &mut Vec<Node>) {
        let style = style_of(&block).to_owned();
        let is_text = matches!(style.as_str(), "" | "BodyText")
            || style.starts_with("ListBullet")
            || style.starts_with("ListNumber");
        let may = self.begun && is_text && block.child("w:pPr").and_then(|it| it.child("w:sectPr")).is_none();
        let was_running = !running.is_empty();
        let deed = if self.begun && !style.starts_with("TOC") { self.deed() } else { Deed::Leave };
        take_in(running, &mut block);
        match deed {
            Deed::Type if is_text || style.starts_with("Heading") => self.types(&mut block, None),
            Deed::Insert if is_text || style.starts_with("Heading") => self.types(&mut block, Some(deed)),
            Deed::Strike if is_text => self.types(&mut block, Some(deed)),
            Deed::Add if may => {
                let mut new = Node { name: "w:p".to_owned(), ..Node::default() };
                new.children.extend(block.child("w:pPr").cloned());
                self.words += 1;
                let run = said(&format!("Added{}.", self.words));
                match self.words % 2 {
                    0 => new.children.push(run),
                    _ => {
                        new.children.push(self.marked("w:ins", vec![run]));
                        self.mark_end(&mut new, "w:ins");
                    }
                }
                // What is added behind the paragraph ends with a mark of its own.
                out.push(block);
                out.push(new);
                return;
            }
            Deed::Drop if may && !was_running && !text(&block).is_empty() => {
                self.words += 1;
                if self.words.is_multiple_of(2) {
                    return;
                }
                for child in &mut block.children {
                    if child.name == "w:r" {
                        let mut run = std::mem::take(child);
                        strike(&mut run);
                        *child = self.marked("w:del", vec![run]);
                    }
                }
                self.mark_end(&mut block, "w:del");
            }
            Deed::Part if may => {
                let rest = part_paragraph(&mut block);
                out.push(block);
                out.extend(rest);
                return;
            }
            Deed::Join if may && next == style && !text(&block).is_empty() => {
                let children = std::mem::take(&mut block.children);
                running.extend(children.into_iter().filter(|inner| inner.name != "w:pPr"));
                return;
            }
            _ => {}
        }
        out.push(block);
    }

    /// Does something to a row in which nothing is marked.
    fn plain_row(&mut self, mut row: Node, deed: Deed, left: &mut usize, out: &mut Vec<Node>) {
        self.words += 1;
        let words = self.words;
        match deed {
            Deed::Insert | Deed::Type => {
                let tracked = Some(Deed::Insert).filter(|_| deed == Deed::Insert);
                let mut cells = row.children.iter_mut().filter(|inner| inner.name == "w:tc");
                // The name of the Service Request.
                if let Some(paragraph) =
                    cells.nth(2).and_then(|cell| cell.children.iter_mut().find(|it| it.name == "w:p"))
                {
                    self.types(paragraph, tracked);
                }
            }
            Deed::Cell => {
                let other = |text: &str| if text == "Mandatory" { "N/A" } else { "Mandatory" };
                let cells = row.children.iter_mut().filter(|inner| inner.name == "w:tc");
                for cell in cells.skip(4 + words % 3).take(1) {
                    let says = other(text(cell).trim());
                    say_in(cell, says);
                }
            }
            Deed::Add => {
                let mut new = row.clone();
                without_bookmarks(&mut new);
                let cells = new.children.iter_mut().filter(|inner| inner.name == "w:tc");
                for (cell, says) in cells.skip(1).zip([format!("90.{words}"), format!("Added {words}")]) {
                    say_in(cell, &says);
                }
                if words.is_multiple_of(2) {
                    self.mark_row(&mut new, "w:ins");
                }
                out.extend([row, new]);
                return;
            }
            Deed::Drop if *left > 1 => {
                *left -= 1;
                if words.is_multiple_of(2) {
                    return;
                }
                self.mark_row(&mut row, "w:del");
            }
            _ => {}
        }
        out.push(row);
    }

    fn marked(&mut self, mark: &str, children: Vec<Node>) -> Node {
        self.words += 1;
        let attributes = self.attributes(self.words);
        Node { name: mark.to_owned(), attributes, children, ..Node::default() }
    }

    fn attributes(&self, id: usize) -> BTreeMap<String, String> {
        [("w:id", format!("{}", 90_000 + id)), ("w:author", self.author.to_owned())]
            .map(|(name, value)| (name.to_owned(), value))
            .into()
    }

    /// Marks the end of a paragraph.
    fn mark_end(&mut self, paragraph: &mut Node, mark: &str) {
        let mark = self.marked(mark, Vec::new());
        if !paragraph.children.iter().any(|inner| inner.name == "w:pPr") {
            paragraph.children.insert(0, Node { name: "w:pPr".to_owned(), ..Node::default() });
        }
        let properties = paragraph.children.iter_mut().find(|inner| inner.name == "w:pPr").expect("properties");
        if !properties.children.iter().any(|inner| inner.name == "w:rPr") {
            properties.children.push(Node { name: "w:rPr".to_owned(), ..Node::default() });
        }
        let look = properties.children.iter_mut().find(|inner| inner.name == "w:rPr").expect("a look");
        look.children.insert(0, mark);
    }

    /// Marks a row, its words and the ends of its paragraphs.
    fn mark_row(&mut self, row: &mut Node, mark: &str) {
        let on_row = self.marked(mark, Vec::new());
        match row.children.iter_mut().find(|inner| inner.name == "w:trPr") {
            Some(properties) => properties.children.push(on_row),
            None => {
                row.children.insert(0, Node { name: "w:trPr".to_owned(), children: vec![on_row], ..Node::default() })
            }
        }
        for cell in row.children.iter_mut().filter(|inner| inner.name == "w:tc") {
            for paragraph in cell.children.iter_mut().filter(|inner| inner.name == "w:p") {
                for child in &mut paragraph.children {
                    if child.name == "w:r" {
                        let mut run = std::mem::take(child);
                        if mark == "w:del" {
                            strike(&mut run);
                        }
                        *child = self.marked(mark, vec![run]);
                    }
                }
                self.mark_end(paragraph, mark);
            }
        }
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
            Deed::Leave | Deed::Add | Deed::Drop | Deed::Part | Deed::Join | Deed::Cell => return false,
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
            style.starts_with("Heading") && !(self.wherever && tracked != Some(Deed::Strike))
                || style.starts_with("Caption")
                || style.starts_with("TOC")
        });
        let stands = |node: &Node| match node.name.as_str() {
            "w:r" => !text(node).trim().is_empty() && node.child("w:t").is_some(),
            "w:ins" => node.children.iter().all(|it| it.name == "w:r") && !text(node).trim().is_empty(),
            _ => false,
        };
        let Some(at) = paragraph.children.iter().rposition(stands).filter(|_| !is_label) else { return };
        self.words += 1;
        let words = format!(" seen{}", self.words);
        let attributes = |id: usize| self.attributes(id);
        let run = said(&words);
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

/// A run that says so.
fn said(words: &str) -> Node {
    let said = Node { name: "w:t".to_owned(), text: words.to_owned(), ..Node::default() };
    let said = Node { attributes: [("xml:space".to_owned(), "preserve".to_owned())].into(), ..said };
    Node { name: "w:r".to_owned(), children: vec![said], ..Node::default() }
}

fn strike(run: &mut Node) {
    for inner in run.children.iter_mut().filter(|inner| inner.name == "w:t") {
        inner.name = "w:delText".to_owned();
    }
}

/// Makes a cell say something else, in the look of what it said.
fn say_in(cell: &mut Node, words: &str) {
    let Some(paragraph) = cell.children.iter_mut().find(|inner| inner.name == "w:p") else { return };
    let look = paragraph.child("w:r").and_then(|run| run.child("w:rPr")).cloned();
    let mut run = said(words);
    run.children.splice(0..0, look);
    paragraph.children.retain(|inner| inner.name != "w:r");
    paragraph.children.push(run);
}

fn style_of(paragraph: &Node) -> &str {
    paragraph.child("w:pPr").and_then(|it| it.value_of("w:pStyle")).unwrap_or_default()
}

/// Whether a row is one of a Service Request, and nothing in it is marked.
fn is_plain_row(row: &Node) -> bool {
    let is_header = || row.child("w:trPr").is_some_and(|it| it.child("w:tblHeader").is_some());
    let is_label =
        || row.named("w:pStyle").iter().any(|it| it.attributes.get("w:val").is_some_and(|it| it == "TableLabel"));
    let cells = row.children.iter().filter(|inner| inner.name == "w:tc").count();
    row.name == "w:tr" && cells > 7 && !is_header() && !is_label() && !row.all().iter().any(|it| is_mark(it))
}

fn without_bookmarks(node: &mut Node) {
    node.children.retain(|child| !child.name.starts_with("w:bookmark"));
    node.children.iter_mut().for_each(without_bookmarks);
}

/// Parts a paragraph in the middle of its longest run; what stands behind that is the next.
fn part_paragraph(paragraph: &mut Node) -> Option<Node> {
    let is_words = |inner: &Node| {
        inner.name == "w:r" && inner.children.iter().all(|it| matches!(it.name.as_str(), "w:t" | "w:rPr"))
    };
    let longest = (0..paragraph.children.len())
        .filter(|at| is_words(&paragraph.children[*at]))
        .max_by_key(|at| text(&paragraph.children[*at]).len())?;
    let words = text(&paragraph.children[longest]);
    // Between two words, so that neither begins nor ends with a blank.
    let middle =
        words.char_indices().filter(|(at, letter)| *letter == ' ' && *at > words.len() / 3).map(|(at, _)| at).next()?;
    let (before, behind) = (words[..middle].trim_end(), words[middle..].trim_start());
    if before.is_empty() || !behind.starts_with(char::is_alphabetic) {
        return None;
    }
    let look = paragraph.children[longest].child("w:rPr").cloned();
    let run = |words: &str| {
        let mut run = said(words);
        run.children.splice(0..0, look.clone());
        run
    };
    let mut rest = Node { name: "w:p".to_owned(), ..Node::default() };
    rest.children.extend(paragraph.child("w:pPr").cloned());
    rest.children.push(run(behind));
    rest.children.extend(paragraph.children.drain(longest + 1..));
    paragraph.children[longest] = run(before);
    Some(rest)
}

/// Parts runs, and what is marked around them, as Word does when somebody has been there.
fn part_runs(node: &mut Node, count: &mut usize) {
    let mut out = Vec::new();
    for mut child in std::mem::take(&mut node.children) {
        let is_words = child.children.iter().all(|it| matches!(it.name.as_str(), "w:t" | "w:delText" | "w:rPr"));
        let words = text(&child);
        if child.name == "w:r" && is_words && words.chars().count() > 3 {
            *count += 1;
            if count.is_multiple_of(3) {
                let at = words.char_indices().nth(1 + *count % (words.chars().count() - 2)).map_or(1, |(at, _)| at);
                let mut other = child.clone();
                let set = |run: &mut Node, words: &str| {
                    let inner = run.children.iter_mut().filter(|it| it.name != "w:rPr");
                    for (nth, inner) in inner.enumerate() {
                        inner.text = if nth == 0 { words.to_owned() } else { String::new() };
                        inner.attributes.insert("xml:space".to_owned(), "preserve".to_owned());
                    }
                };
                set(&mut child, &words[..at]);
                set(&mut other, &words[at..]);
                out.extend([child, other]);
                continue;
            }
        }
        part_runs(&mut child, count);
        let is_parted = matches!(child.name.as_str(), "w:ins" | "w:del") && child.children.len() > 1;
        if is_parted && child.children.iter().all(|it| it.name == "w:r") {
            let last = child.children.pop();
            let other = Node { children: last.into_iter().collect(), ..child.clone() };
            out.extend([child, other]);
            continue;
        }
        out.push(child);
    }
    node.children = out;
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
