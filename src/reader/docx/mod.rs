//! Word documents, by a reader of our own: a pass over the file's XML, which keeps nothing but what it says.

mod codes;
mod comments;
mod drawing;
mod fields;
mod flow;
mod format;
mod numbering;
mod paragraph;
mod properties;
mod run;
mod state;
mod styles;
mod surroundings;
mod symbol;
mod table;
mod threads;

use crate::diagnostic::Failure;
use crate::reader::marked::{Block, Marked, Remark};
use crate::reader::package::{Container, Package, Relationship};
use crate::reader::refusal::refuse;
use crate::reader::xml::{Token, Xml};
use numbering::Numbering;
use state::{Here, Reading};
use std::collections::BTreeMap;
use styles::Styles;

/// Reads a Word document.
///
/// # Errors
/// If it isn't one, is damaged, or asks for more than a document can need. It says why, without the name of the file.
pub fn read(bytes: &[u8]) -> Result<Marked, Failure> {
    let mut package = Package::open(bytes, Container::Document)?;
    let outer = package.relationships("")?;
    let main = main_part(&outer)?;
    let Some(text) = package.part(&main)? else {
        return Err(refuse(format!(
            "its main part, {main}, isn't there: it is an archive of something else, or damaged; ask for it again"
        )));
    };
    let parts = package.relationships(&main)?;

    let styles = match load(&mut package, &parts, "styles")? {
        Some((name, text)) => Styles::read(&text, &name)?,
        None => Styles::default(),
    };
    let numbering = match load(&mut package, &parts, "numbering")? {
        Some((name, text)) => Numbering::read(&text, &name)?,
        None => Numbering::default(),
    };
    let mut reading = Reading::new(&styles, &numbering);
    for (kind, at_end) in [("footnotes", false), ("endnotes", true)] {
        if let Some((name, text)) = load(&mut package, &parts, kind)? {
            let links = links(&package.relationships(&name)?);
            reading.notes(&text, &name, links, at_end)?;
        }
    }
    if let Some((name, text)) = load(&mut package, &parts, "comments")? {
        reading.comments(&text, &name)?;
    }
    if let Some((name, text)) = load(&mut package, &parts, "commentsExtended")? {
        reading.threads(&text, &name)?;
    }
    reading.links = links(&parts);
    let blocks = reading.body(&text, &main)?;
    reading.out.blocks = blocks;
    margins(&mut reading, &mut package, &parts)?;
    surroundings::properties(&mut package, &outer, &parts, &mut reading.out)?;
    for (file, part) in &reading.shown {
        match package.picture(part) {
            Some(bytes) => drop(reading.out.pictures.insert(file.clone(), bytes)),
            None => {
                let what = format!("the picture {part} isn't in the file, is damaged, or is too large: put it in anew");
                reading.out.remarks.push(Remark::loss(what));
            }
        }
    }
    Ok(reading.finish())
}

/// The name of the document's part, which a package may give any.
fn main_part(outer: &[Relationship]) -> Result<String, Failure> {
    let main = outer.iter().find(|it| it.kind == "officeDocument" && !it.is_outside);
    let name = main.map_or("word/document.xml", |it| it.target.as_str());
    match name.split('/').next() {
        Some("xl") => Err(refuse(
            "it is a workbook of Excel, not a Word document: “ctsd import” reads it, under a name that ends in .xlsx",
        )),
        Some("ppt") => Err(refuse(
            "it is a presentation of PowerPoint, not a Word document: check that it is the file that you mean",
        )),
        _ => Ok(name.to_owned()),
    }
}

/// The name and the text of the part of that kind, if the document has one.
fn load(package: &mut Package<'_>, parts: &[Relationship], kind: &str) -> Result<Option<(String, String)>, Failure> {
    let Some(found) = parts.iter().find(|it| it.kind == kind && !it.is_outside) else { return Ok(None) };
    Ok(package.part(&found.target)?.map(|text| (found.target.clone(), text)))
}

/// The addresses that links lead to and the files of pictures, by relationship.
fn links(parts: &[Relationship]) -> BTreeMap<String, String> {
    let links = parts.iter().filter(|it| matches!(it.kind.as_str(), "hyperlink" | "image"));
    links.map(|it| (it.id.clone(), it.target.clone())).collect()
}

/// What stands at the head and the foot of most pages of the first section that has it.
fn margins(reading: &mut Reading<'_>, package: &mut Package<'_>, parts: &[Relationship]) -> Result<(), Failure> {
    let sections = std::mem::take(&mut reading.sections);
    let header = sections.iter().find_map(|section| section.header.clone());
    let footer = sections.iter().find_map(|section| section.footer.clone());
    for (id, is_header) in [(header, true), (footer, false)] {
        let Some(part) = id.and_then(|id| parts.iter().find(|it| it.id == id && !it.is_outside)) else { continue };
        let Some(text) = package.part(&part.target)? else { continue };
        reading.links = links(&package.relationships(&part.target)?);
        let lines = reading.margin(&text, &part.target)?;
        match is_header {
            true => reading.out.about.header = lines,
            false => reading.out.about.footer = lines,
        }
    }
    Ok(())
}

impl Reading<'_> {
    /// The blocks of the document's body.
    fn body(&mut self, text: &str, part: &str) -> Result<Vec<Block>, Failure> {
        let mut xml = Xml::new(text, part);
        let mut found = false;
        self.flow.push(Vec::new());
        loop {
            match xml.next()? {
                Token::Start(tag) if tag.is("body") => {
                    found = true;
                    self.content(&mut xml, Here::Blocks)?;
                }
                Token::Start(tag) if tag.is("document") => {}
                Token::Start(_) => xml.skip()?,
                Token::Over if !found => return Err(refuse(format!("{part} has no body of a Word document"))),
                Token::Over => return Ok(self.flow.pop().unwrap_or_default()),
                Token::End | Token::Text(_) => {}
            }
        }
    }
}
