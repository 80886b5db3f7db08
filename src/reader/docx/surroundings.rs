//! What stands around the text: notes, comments, the head and foot of pages, the file's properties, the trace.

use super::state::{Here, Reading};
use crate::diagnostic::Failure;
use crate::document::Revised;
use crate::ooxml::trace::{BASE, CLASSIFICATION, COLUMN_MARKS, Fingerprint, Landmark, NAMESPACE, TARGET, TOOL, Trace};
use crate::reader::marked::{Block, Marked, Note, Paragraph};
use crate::reader::package::{Package, Relationship};
use crate::reader::xml::{Token, Xml};
use std::collections::BTreeMap;

impl Reading<'_> {
    /// Reads the part that holds footnotes or endnotes.
    pub fn notes(
        &mut self,
        text: &str,
        part: &str,
        links: BTreeMap<String, String>,
        at_end: bool,
    ) -> Result<(), Failure> {
        self.links = links;
        let mut xml = Xml::new(text, part);
        loop {
            match xml.next()? {
                Token::Start(tag) if tag.is("footnote") || tag.is("endnote") => {
                    // The line over the notes is one of them, in Word's way.
                    if tag.attribute("type").is_some_and(|kind| kind != "normal") {
                        xml.skip()?;
                        continue;
                    }
                    let id = tag.attribute("id").unwrap_or_default();
                    let blocks = self.apart(&mut xml)?;
                    self.notes.insert((at_end, id), self.out.notes.len());
                    self.out.notes.push(Note { at_end, blocks });
                }
                Token::Over => return Ok(()),
                _ => {}
            }
        }
    }

    /// The blocks in the element that has just begun, which stands apart from the text.
    fn apart(&mut self, xml: &mut Xml<'_>) -> Result<Vec<Block>, Failure> {
        self.flow.push(Vec::new());
        self.content(xml, Here::Blocks)?;
        Ok(self.flow.pop().unwrap_or_default())
    }

    /// The paragraphs of a part that stands at the head or foot of pages. What can't be read there isn't told: it is
    /// furniture, not text.
    pub fn margin(&mut self, text: &str, part: &str) -> Result<Vec<Paragraph>, Failure> {
        let mut xml = Xml::new(text, part);
        let page = std::mem::take(&mut self.page);
        self.in_margin = true;
        let remarks = self.out.remarks.len();
        let mut blocks = Vec::new();
        if matches!(xml.next()?, Token::Start(_)) {
            blocks = self.apart(&mut xml)?;
        }
        self.forget(remarks);
        self.in_margin = false;
        self.page = page;
        super::codes::drop_codes(&mut blocks, &self.ended);
        let paragraphs = blocks.into_iter().filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some(paragraph),
            Block::Table(_) => None,
        });
        Ok(paragraphs.collect())
    }
}

/// Reads the properties of the file and, if the desk wrote it, what it was made from.
pub(super) fn properties(
    package: &mut Package<'_>,
    outer: &[Relationship],
    parts: &[Relationship],
    out: &mut Marked,
) -> Result<(), Failure> {
    for part in outer.iter().filter(|part| !part.is_outside) {
        match part.kind.as_str() {
            "core-properties" => {
                if let Some(text) = package.part(&part.target)? {
                    core(&text, &part.target, out)?;
                }
            }
            "custom-properties" => {
                if let Some(text) = package.part(&part.target)? {
                    custom(&text, &part.target, out)?;
                }
            }
            _ => {}
        }
    }
    for part in parts.iter().filter(|part| part.kind == "customXml" && !part.is_outside) {
        if let Some(text) = package.part(&part.target)?.filter(|text| text.contains(NAMESPACE)) {
            trace(&text, &part.target, out)?;
        }
    }
    Ok(())
}

fn core(text: &str, part: &str, out: &mut Marked) -> Result<(), Failure> {
    let mut xml = Xml::new(text, part);
    loop {
        match xml.next()? {
            Token::Start(tag) => {
                let field = match tag.name() {
                    "title" => &mut out.about.title,
                    "creator" => &mut out.about.author,
                    "subject" => &mut out.about.subject,
                    "language" => &mut out.about.language,
                    "modified" => &mut out.about.saved,
                    "lastModifiedBy" => &mut out.about.saved_by,
                    _ => continue,
                };
                *field = xml.text()?;
            }
            Token::Over => return Ok(()),
            _ => {}
        }
    }
}

/// What a custom property of that name says of a version.
fn named<'v>(version: &'v mut Fingerprint, names: [&str; 2], name: &str) -> Option<&'v mut String> {
    let [id, sha256] = names;
    match name {
        _ if name == id => Some(&mut version.id),
        _ if name == sha256 => Some(&mut version.sha256),
        _ => None,
    }
}

/// Reads the custom properties, which say less of what the file was made from than the part that can be lost.
fn custom(text: &str, part: &str, out: &mut Marked) -> Result<(), Failure> {
    let mut xml = Xml::new(text, part);
    let (mut tool, mut base, mut target) = (String::new(), Fingerprint::default(), Fingerprint::default());
    loop {
        match xml.next()? {
            Token::Start(tag) => match tag.attribute("name").as_deref() {
                Some(CLASSIFICATION) => out.about.classification = xml.text()?,
                Some(TOOL) => tool = xml.text()?,
                Some(name) => {
                    if let Some(field) = named(&mut base, BASE, name).or_else(|| named(&mut target, TARGET, name)) {
                        *field = xml.text()?;
                    }
                }
                None => {}
            },
            Token::Over => {
                let known = |version: Fingerprint| (!version.id.is_empty()).then_some(version);
                if let Some(target) = known(target) {
                    out.trace = Some(Trace { tool, base: known(base), target: Some(target), ..Trace::default() });
                }
                return Ok(());
            }
            _ => {}
        }
    }
}

fn trace(text: &str, part: &str, out: &mut Marked) -> Result<(), Failure> {
    let mut xml = Xml::new(text, part);
    let mut found = Trace::default();
    loop {
        match xml.next()? {
            Token::Start(tag) => {
                let digest = || tag.attribute("sha256").unwrap_or_default();
                match tag.name() {
                    "tool" => found.tool = xml.text()?,
                    "base" => found.base = Some(Fingerprint { sha256: digest(), id: xml.text()? }),
                    "target" => found.target = Some(Fingerprint { sha256: digest(), id: xml.text()? }),
                    "author" => found.authors.push(xml.text()?),
                    "sent" => found.sent = Some(xml.text()?),
                    "bookmark" => {
                        let name = tag.attribute("name").unwrap_or_default();
                        if let Some(landmark) = landmark(&mut xml)? {
                            out.landmarks.insert(name, landmark);
                        }
                    }
                    _ => {}
                }
            }
            Token::Over => {
                out.trace = Some(found);
                return Ok(());
            }
            _ => {}
        }
    }
}

/// What a bookmark stands for; the element that says so has just begun.
fn landmark(xml: &mut Xml<'_>) -> Result<Option<Landmark>, Failure> {
    let mut kind = String::new();
    let mut fields: BTreeMap<String, String> = BTreeMap::new();
    let mut columns = Vec::new();
    let mut open = 1;
    while open > 0 {
        match xml.next()? {
            Token::Start(tag) if open == 1 => {
                kind = tag.name().to_owned();
                open += 1;
            }
            Token::Start(tag) if tag.name() == "column" => {
                let mark = tag.attribute("mark");
                let mark = COLUMN_MARKS.iter().find(|(_, name)| mark.as_deref() == Some(*name)).map(|(mark, _)| *mark);
                let was = tag.attribute("was");
                columns.push((Revised { now: xml.text()?, was }, mark.unwrap_or_default()));
            }
            Token::Start(tag) => {
                let name = tag.name().to_owned();
                let text = xml.text()?;
                fields.insert(name, text);
            }
            Token::End => open -= 1,
            Token::Text(_) => {}
            Token::Over => break,
        }
    }
    let was = fields.remove("was");
    let mut field = |name: &str| fields.remove(name);
    Ok(match kind.as_str() {
        "section" => field("id").map(|id| Landmark::Section { id, was }),
        "table" => field("id").map(|id| Landmark::Table { id, was, columns }),
        "row" => field("table").zip(field("key")).map(|(table, key)| Landmark::Row { table, key, was }),
        "heading" => Some(Landmark::Heading { section: field("section") }),
        _ => None,
    })
}
