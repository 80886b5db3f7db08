//! The pages before the first section: what the document calls itself, and who may read it.

use super::grid::folded;
use super::told::{Told, count};
use crate::document::{Block, Kind, TextRole};
use crate::model::{Appendix, Classification, Head, Text, Version};
use crate::reader::Carried;
use std::ops::Range;

/// What a document is to become.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The id of the version, such as `27.0`.
    pub id: String,
    /// As documents shall print it, where the document's own name for itself isn't to be taken.
    pub name: Option<String>,
}

/// What the front pages say.
#[derive(Debug)]
pub(super) struct Front {
    pub name: String,
    pub classification: Option<Classification>,
    pub extract: Option<Text>,
}

pub(super) fn read(
    carried: &Carried,
    pages: Range<usize>,
    appendix: &Appendix,
    wanted: &Wanted,
    told: &mut Told<'_>,
) -> Front {
    let meta = &carried.document.meta.now;
    let mut front = Front { name: String::new(), classification: None, extract: None };
    let is_title = |text: &str| {
        let text = folded(text);
        text == folded(&meta.title) || (!appendix.title.is_empty() && text.contains(&folded(&appendix.title)))
    };
    let mut lost: Vec<(usize, usize)> = Vec::new();
    for at in pages {
        let (text, kind) = match &carried.document.blocks[at] {
            Block::Paragraph(paragraph) => (paragraph.text(), Some(&paragraph.kind.now)),
            Block::Table(table) => (words(table), None),
            Block::Furniture(_) => continue,
        };
        let text = text.trim();
        let role = match kind {
            Some(Kind::Role(role)) => Some(*role),
            _ => None,
        };
        let classified = classification(text, appendix);
        if role == Some(TextRole::Note) && front.extract.is_none() {
            front.extract = Some(text.into());
            told.carried(text);
        } else if folded(text) == "contents" || folded(text) == "table of contents" {
            told.left_out("the list of contents", count(text));
        } else if is_title(text) || role == Some(TextRole::Title) {
            told.left_out("the front pages, which the templates print", count(text));
        } else if let Some(classified) = classified {
            front.classification.get_or_insert(classified);
            told.left_out("the front pages, which the templates print", count(text));
        } else if front.name.is_empty() && (role == Some(TextRole::Subtitle) || is_version(text, &wanted.id)) {
            text.clone_into(&mut front.name);
            told.left_out("the front pages, which the templates print", count(text));
        } else if !text.is_empty() {
            lost.push((at, count(text)));
        }
    }
    // The desk's own documents say in their properties what the version is called; the cover may put words around it.
    if carried.is_own && front.name.ends_with(&meta.subject) && !meta.subject.is_empty() {
        front.name.clone_from(&meta.subject);
    }
    if let Some((first, _)) = lost.first() {
        let words: usize = lost.iter().map(|(_, words)| words).sum();
        let what = format!(
            "{words} words before the first section are left out: put what is needed into the template of the cover"
        );
        told.warn(*first, what);
        told.left_out("other text before the first section", words);
    }
    let said = [meta.classification.as_str()].into_iter().chain(meta.footer.iter().map(String::as_str));
    let said = said.chain([meta.header.as_str()]).find_map(|text| classification(text, appendix));
    let named = appendix.classifications.iter().find(|known| known.name.value == meta.classification).cloned();
    front.classification = front.classification.or(named).or(said);
    if front.classification.is_none() {
        front.classification = appendix.classifications.last().cloned();
        if let Some(strictest) = &front.classification {
            told.guess(
                0,
                format!("no classification was found: it is taken to be {}, the strictest", strictest.name.value),
            );
        }
    }
    if let Some(name) = &wanted.name {
        front.name.clone_from(name);
    } else if front.name.is_empty() {
        front.name = match wanted.id.starts_with(|c: char| c.is_ascii_digit()) && !appendix.code.is_empty() {
            true => format!("{} Version {}", appendix.code, wanted.id),
            false => wanted.id.clone(),
        };
        told.guess(0, format!("the document doesn't say which version it is: it is called “{}”", front.name));
    }
    front
}

/// What a modification is, apart from its text: what its front pages call it, and its classification where that isn't
/// its base's.
pub(super) fn amending(
    carried: &Carried,
    begin: usize,
    wanted: &Wanted,
    classification: Option<Classification>,
    base: &Version,
) -> Head {
    let mut lines = vec![carried.document.meta.now.title.clone()];
    let roles = |block: &Block| match block {
        Block::Paragraph(paragraph) => Some(paragraph.text().trim().to_owned()),
        _ => None,
    };
    lines.extend(carried.document.blocks[..begin].iter().filter_map(roles));
    // “MP089: Changes to Appendix R”, “Legal text – version 0.1”.
    let title = lines.iter().find_map(|line| {
        let rest = line.get(..wanted.id.len()).filter(|id| id.eq_ignore_ascii_case(&wanted.id));
        let rest = rest.map(|id| line[id.len()..].trim_start())?.strip_prefix([':', '–', '—', '-'])?.trim();
        (!rest.is_empty()).then(|| Text::from(rest))
    });
    let legal = lines.iter().find_map(|line| {
        let line = folded(line);
        let version = line.split_once("legal text").and_then(|(_, rest)| rest.split_once("version"))?.1.trim();
        version.starts_with(|c: char| c.is_ascii_digit()).then(|| version.trim_end_matches('.').to_owned())
    });
    Head {
        id: wanted.id.clone().into(),
        name: wanted.name.clone().unwrap_or_else(|| wanted.id.clone()),
        title,
        legal_text_version: legal,
        classification: classification.filter(|own| *own != base.classification),
        ..Head::default()
    }
}

fn words(table: &crate::document::Table) -> String {
    let cells = table.rows.iter().flat_map(|row| &row.cells);
    cells.map(|cell| crate::document::text_of(&cell.runs)).collect::<Vec<_>>().join(" ")
}

/// Whether a line says which version the document is: “SEC Version 27.0”.
fn is_version(text: &str, id: &str) -> bool {
    let text = folded(text);
    count(&text) <= 8 && (text.contains("version") || text == id.to_lowercase())
}

/// The classification that a line names: “This document has a Classification of White”.
fn classification(text: &str, appendix: &Appendix) -> Option<Classification> {
    let text = folded(text);
    if !text.contains("classif") {
        return None;
    }
    let named = |known: &&Classification| {
        text.split(|c: char| !c.is_alphanumeric()).any(|word| word == folded(&known.name.value))
    };
    appendix.classifications.iter().find(named).cloned()
}
