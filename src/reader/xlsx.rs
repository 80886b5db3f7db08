//! Workbooks of Excel: what the cells of each sheet hold, by a reader of our own on the same ground as that of Word
//! documents. Of a formula its value is read; what a sheet says of its size isn't believed.

mod book;
mod cell;
mod sheet;
mod styles;

pub use book::{Book, Sheet};
pub use cell::{Address, Value};

use super::package::{Container, Package, Relationship};
use super::refusal::refuse;
use super::xml::{Token, Xml};
use crate::diagnostic::Failure;

/// Reads a workbook.
///
/// # Errors
/// If it isn't one, is damaged, or asks for more than a workbook of tables can need. It says why, without the name of the
/// file.
pub fn read(bytes: &[u8]) -> Result<Book, Failure> {
    let mut package = Package::open(bytes, Container::Workbook)?;
    let main = main_part(&package.relationships("")?)?;
    let Some(text) = package.part(&main)? else { return Err(refuse(format!("its main part, {main}, isn't there"))) };
    let parts = package.relationships(&main)?;
    let of_kind = |kind: &str| parts.iter().find(|it| it.kind == kind && !it.is_outside).map(|it| it.target.clone());
    let texts = match of_kind("sharedStrings") {
        Some(name) => package.part(&name)?.map(|text| shared(&text, &name)).transpose()?,
        None => None,
    };
    let dates = match of_kind("styles") {
        Some(name) => package.part(&name)?.map(|text| styles::dates(&text, &name)).transpose()?,
        None => None,
    };
    let (texts, dates) = (texts.unwrap_or_default(), dates.unwrap_or_default());
    let mut left = book::MOST;
    let mut book = Book::default();
    for tab in tabs(&text, &main)? {
        let part = parts.iter().find(|it| it.id == tab.relationship && it.kind == "worksheet" && !it.is_outside);
        // Sheets of charts and macros hold no cells.
        let Some(part) = part else { continue };
        let Some(text) = package.part(&part.target)? else { continue };
        let sheet = Sheet { name: tab.name, is_hidden: tab.is_hidden, ..Sheet::default() };
        book.sheets.push(sheet::read(
            &text,
            &part.target,
            sheet,
            &sheet::Shared { texts: &texts, dates: &dates },
            &mut left,
        )?);
    }
    match book.sheets.is_empty() {
        true => Err(refuse("it has no sheet with cells")),
        false => Ok(book),
    }
}

fn main_part(outer: &[Relationship]) -> Result<String, Failure> {
    let main = outer.iter().find(|it| it.kind == "officeDocument" && !it.is_outside);
    let name = main.map_or("xl/workbook.xml", |it| it.target.as_str());
    match name {
        name if name.starts_with("word/") => Err(refuse("it is a Word document, not a workbook of Excel")),
        name if name.starts_with("ppt/") => Err(refuse("it is a presentation of PowerPoint, not a workbook of Excel")),
        name if name.ends_with(".bin") => {
            Err(refuse("it is a binary workbook: open it in Excel, and save it as an Excel Workbook (.xlsx)"))
        }
        name => Ok(name.to_owned()),
    }
}

struct Tab {
    name: String,
    is_hidden: bool,
    relationship: String,
}

fn tabs(text: &str, part: &str) -> Result<Vec<Tab>, Failure> {
    let mut xml = Xml::new(text, part);
    let mut tabs = Vec::new();
    loop {
        match xml.next()? {
            Token::Start(tag) if tag.name() == "sheet" => tabs.push(Tab {
                name: tag.attribute("name").unwrap_or_default(),
                is_hidden: tag.attribute("state").is_some_and(|state| state != "visible"),
                relationship: tag.attribute("id").unwrap_or_default(),
            }),
            Token::Over => return Ok(tabs),
            _ => {}
        }
    }
}

/// The texts that cells share.
fn shared(text: &str, part: &str) -> Result<Vec<String>, Failure> {
    let mut xml = Xml::new(text, part);
    let mut texts = Vec::new();
    loop {
        match xml.next()? {
            Token::Start(tag) if tag.name() == "si" => texts.push(cell::rich(&mut xml)?),
            Token::Over => return Ok(texts),
            _ => {}
        }
    }
}
