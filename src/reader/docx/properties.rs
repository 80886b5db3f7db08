//! The properties of paragraphs and runs, wherever they stand: in the text, in a style, at a level of a list.

use crate::diagnostic::Failure;
use crate::document::{Align, Script};
use crate::reader::marked::RevisionKind;
use crate::reader::xml::{Tag, Xml};

/// A revision, as an element has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tracked {
    pub id: String,
    pub author: String,
    pub date: Option<String>,
    pub kind: RevisionKind,
}

/// Where a paragraph stands in a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct NumberedAt {
    /// The list; 0 for none.
    pub list: Option<i64>,
    /// From 0.
    pub level: Option<u8>,
}

/// What a section has around its text: the relationships of the parts at the head and foot of most of its pages.
#[derive(Clone, Debug, Default)]
pub(super) struct Section {
    pub header: Option<String>,
    pub footer: Option<String>,
    /// Whether it goes on where the one before ended, on the same page.
    pub continuous: bool,
    /// Whether its pages lie on their sides.
    pub landscape: bool,
}

#[derive(Clone, Debug, Default)]
pub(super) struct ParagraphProperties {
    pub style: Option<String>,
    pub numbered: Option<NumberedAt>,
    /// Whether its place in the list is a revision.
    pub numbering_inserted: bool,
    /// From 0; 9 for none.
    pub outline: Option<u8>,
    pub align: Option<Align>,
    pub starts_page: Option<bool>,
    /// What was done to the paragraph's mark.
    pub mark: Vec<Tracked>,
    /// What they were before.
    pub was: Option<Box<ParagraphProperties>>,
    /// The section of the document that ends with it.
    pub section: Option<Section>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RunProperties {
    pub style: Option<String>,
    pub bold: Option<bool>,
    pub italic: Option<bool>,
    pub script: Option<Option<Script>>,
    pub struck: Option<bool>,
    pub underlined: Option<bool>,
    pub hidden: Option<bool>,
    /// What they were before.
    pub was: Option<Box<RunProperties>>,
}

/// The revision that an element is, if it is one.
pub(super) fn tracked(tag: &Tag<'_>) -> Option<Tracked> {
    let kind = match tag.name() {
        "ins" | "cellIns" => RevisionKind::Insertion,
        "del" | "cellDel" => RevisionKind::Deletion,
        "moveFrom" => RevisionKind::MovedFrom,
        "moveTo" => RevisionKind::MovedTo,
        _ => return None,
    };
    let text = |name| tag.attribute(name).unwrap_or_default();
    Some(Tracked { id: text("id"), author: text("author"), date: date(tag), kind })
}

/// When something was done, so far as that is known: some programs write a year that never was.
pub(super) fn date(tag: &Tag<'_>) -> Option<String> {
    tag.attribute("date").filter(|date| date.get(..4).is_some_and(|year| year.parse().is_ok_and(|year: u16| year > 0)))
}

/// Reads `w:pPr`, which has just begun.
pub(super) fn paragraph(xml: &mut Xml<'_>) -> Result<ParagraphProperties, Failure> {
    let mut found = ParagraphProperties::default();
    while let Some(tag) = xml.child()? {
        match tag.name() {
            "pStyle" => found.style = tag.value(),
            "outlineLvl" => found.outline = tag.number(),
            "pageBreakBefore" => found.starts_page = Some(tag.is_on()),
            "jc" => {
                found.align = match tag.value().as_deref() {
                    Some("center") => Some(Align::Centre),
                    Some("right" | "end") => Some(Align::Right),
                    _ => Some(Align::Left),
                }
            }
            "numPr" => {
                found.numbered = Some(numbered(xml, &mut found.numbering_inserted)?);
                continue;
            }
            "rPr" => {
                mark(xml, &mut found.mark)?;
                continue;
            }
            "pPrChange" => {
                found.was = Some(Box::new(former(xml, "pPr", paragraph)?.unwrap_or_default()));
                continue;
            }
            "sectPr" => {
                found.section = Some(section(xml)?);
                continue;
            }
            _ => {}
        }
        xml.skip()?;
    }
    Ok(found)
}

/// What stands in a change of properties: the properties as they were.
fn former<'a, T>(
    xml: &mut Xml<'a>,
    name: &str,
    read: fn(&mut Xml<'a>) -> Result<T, Failure>,
) -> Result<Option<T>, Failure> {
    let mut found = None;
    while let Some(tag) = xml.child()? {
        if tag.is(name) {
            found = Some(read(xml)?);
        } else {
            xml.skip()?;
        }
    }
    Ok(found)
}

/// Reads `w:sectPr`, which has just begun.
pub(super) fn section(xml: &mut Xml<'_>) -> Result<Section, Failure> {
    let mut found = Section::default();
    while let Some(tag) = xml.child()? {
        let on_most_pages = tag.attribute("type").is_none_or(|kind| kind == "default");
        match tag.name() {
            "headerReference" if on_most_pages => found.header = tag.attribute("id"),
            "footerReference" if on_most_pages => found.footer = tag.attribute("id"),
            "pgSz" => {
                let side = |name: &str| tag.attribute(name).and_then(|side| side.parse::<u32>().ok());
                let is_wide = matches!((side("w"), side("h")), (Some(width), Some(height)) if width > height);
                found.landscape = tag.attribute("orient").map_or(is_wide, |orient| orient == "landscape");
            }
            "type" => found.continuous = tag.value().as_deref() == Some("continuous"),
            _ => {}
        }
        xml.skip()?;
    }
    Ok(found)
}

fn numbered(xml: &mut Xml<'_>, inserted: &mut bool) -> Result<NumberedAt, Failure> {
    let mut found = NumberedAt::default();
    while let Some(tag) = xml.child()? {
        match tag.name() {
            "ilvl" => found.level = tag.number(),
            "numId" => found.list = tag.number(),
            "ins" => *inserted = true,
            _ => {}
        }
        xml.skip()?;
    }
    Ok(found)
}

fn mark(xml: &mut Xml<'_>, found: &mut Vec<Tracked>) -> Result<(), Failure> {
    while let Some(tag) = xml.child()? {
        found.extend(tracked(&tag));
        xml.skip()?;
    }
    Ok(())
}

/// Reads `w:rPr`, which has just begun.
pub(super) fn run(xml: &mut Xml<'_>) -> Result<RunProperties, Failure> {
    let mut found = RunProperties::default();
    while let Some(tag) = xml.child()? {
        match tag.name() {
            _ if tag.space != crate::reader::xml::Space::Word => {}
            "rStyle" => found.style = tag.value(),
            "b" => found.bold = Some(tag.is_on()),
            "i" => found.italic = Some(tag.is_on()),
            "strike" | "dstrike" => found.struck = Some(tag.is_on()),
            "u" => found.underlined = Some(tag.is_on()),
            "vanish" => found.hidden = Some(tag.is_on()),
            "vertAlign" => {
                found.script = Some(match tag.value().as_deref() {
                    Some("superscript") => Some(Script::Superscript),
                    Some("subscript") => Some(Script::Subscript),
                    _ => None,
                })
            }
            "rPrChange" => {
                found.was = Some(Box::new(former(xml, "rPr", run)?.unwrap_or_default()));
                continue;
            }
            _ => {}
        }
        xml.skip()?;
    }
    Ok(found)
}

impl RunProperties {
    /// These, and where they say nothing, those.
    pub fn over(&self, base: &Self) -> Self {
        Self {
            style: self.style.clone().or_else(|| base.style.clone()),
            bold: self.bold.or(base.bold),
            italic: self.italic.or(base.italic),
            script: self.script.or(base.script),
            struck: self.struck.or(base.struck),
            underlined: self.underlined.or(base.underlined),
            hidden: self.hidden.or(base.hidden),
            was: None,
        }
    }
}
