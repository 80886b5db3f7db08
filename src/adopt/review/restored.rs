//! What programs lose of the bookmarks when they save, found again by content.

use crate::adopt::matrix::Caption;
use crate::adopt::numbered::parted;
use crate::compose::default_id;
use crate::document::{Block, CLAUSE_LEVELS, Kind, Paragraph, TextRole};
use crate::model::Version;
use crate::reader::Carried;
use crate::reader::marked::Remark;
use std::collections::BTreeSet;

/// Gives the sections and tables of a copy that have lost their bookmarks the identities of those that have the same
/// numbers in what was sent; says which. A heading with a number that was nowhere opens a new section.
pub(super) fn restore(copy: &mut Carried, sent: &Carried, version: &Version, words: &str) -> Vec<Remark> {
    instructions(&mut copy.document.blocks, &sent.document.blocks);
    let blocks = &copy.document.blocks;
    let mut there: BTreeSet<String> = blocks.iter().filter_map(identity).collect();
    let headings: BTreeSet<String> = sent.document.blocks.iter().filter_map(bare_heading).collect();
    let taken: BTreeSet<&str> = version.sections().map(|section| section.id.as_str()).collect();
    let mut found = Vec::new();
    for block in &mut copy.document.blocks {
        let Block::Paragraph(paragraph) = block else { continue };
        if identity(&Block::Paragraph(paragraph.clone())).is_some() {
            continue;
        }
        let Some((number, _)) = parted(&paragraph.text()) else { continue };
        let known = version.section_numbered(&number).filter(|section| !there.contains(&section.id));
        let kind = match (&paragraph.kind.now, known) {
            (Kind::Heading { level, .. }, Some(known)) if !known.is_clause() => {
                found.push(number.clone());
                Kind::Heading { level: *level, id: Some(known.id.clone()) }
            }
            (Kind::Body, Some(known)) if known.is_clause() => {
                found.push(number.clone());
                Kind::Clause { level: u8::try_from(known.level).unwrap_or(CLAUSE_LEVELS), id: known.id.clone() }
            }
            (Kind::Heading { level, .. }, None)
                if !headings.contains(&paragraph.text()) && is_new(&number, version) =>
            {
                let id = default_id(&number, taken.contains(number.as_str()), &version.id);
                Kind::Heading { level: *level, id: Some(id) }
            }
            _ => continue,
        };
        there.extend(kind.section_id().map(str::to_owned));
        paragraph.kind = kind.into();
    }
    let found = found.into_iter().map(|number| format!("Section {number}"));
    let found: Vec<String> = found.chain(tables(copy, version, words)).collect();
    let what = match found.as_slice() {
        [] => return Vec::new(),
        [one] => format!("{one} has lost its bookmark, and is known by its number"),
        several => format!("{} have lost their bookmarks, and are known by their numbers", several.join(", ")),
    };
    vec![Remark::of_all(what)]
}

/// Where a table goes, the instruction over it takes on the look of what stood around that; it is none of the text.
fn instructions(copy: &mut [Block], sent: &[Block]) {
    let is_one = |paragraph: &Paragraph| paragraph.kind.now == Kind::Role(TextRole::Instruction);
    let said = |blocks: &[Block]| -> BTreeSet<String> {
        let texts = blocks.iter().filter_map(|block| match block {
            Block::Paragraph(paragraph) if is_one(paragraph) => Some(paragraph.text().trim().to_owned()),
            _ => None,
        });
        texts.filter(|text| !text.is_empty()).collect()
    };
    let there = said(copy);
    let lost: Vec<String> = said(sent).difference(&there).cloned().collect();
    for block in copy {
        if let Block::Paragraph(paragraph) = block
            && !is_one(paragraph)
            && lost.iter().any(|it| paragraph.text().trim_start().starts_with(it))
        {
            paragraph.kind = Kind::Role(TextRole::Instruction).into();
        }
    }
}

/// As [`restore`], of tables: by their captions, of which `words` is how they begin.
fn tables(copy: &mut Carried, version: &Version, words: &str) -> Vec<String> {
    let mut found = Vec::new();
    let blocks = &mut copy.document.blocks;
    let id = |block: &Block| match block {
        Block::Table(table) => table.id.now.clone(),
        _ => None,
    };
    let there: BTreeSet<String> = blocks.iter().filter_map(id).collect();
    for at in 1..blocks.len() {
        let (Block::Paragraph(above), Block::Table(table)) = (&blocks[at - 1], &blocks[at]) else { continue };
        let caption = Caption::of(&above.text(), words, at - 1).filter(|_| table.id.now.is_none());
        let known = caption.and_then(|caption| version.matrix_numbered(&caption.number));
        let Some(known) = known.filter(|known| !there.contains(&known.id)) else { continue };
        found.push(format!("Table {}", known.number.value));
        if let Block::Table(table) = &mut blocks[at] {
            table.id = Some(known.id.clone()).into();
        }
    }
    found
}

/// Whether no section has the number.
fn is_new(number: &str, version: &Version) -> bool {
    version.section_numbered(number).is_none()
}

fn identity(block: &Block) -> Option<String> {
    match block {
        Block::Paragraph(paragraph) => paragraph.kind.now.section_id().map(str::to_owned),
        _ => None,
    }
}

/// The words of a heading that opens no section.
fn bare_heading(block: &Block) -> Option<String> {
    match block {
        Block::Paragraph(paragraph @ Paragraph { kind, .. }) => {
            matches!(&kind.now, Kind::Heading { id: None, .. }).then(|| paragraph.text())
        }
        _ => None,
    }
}
