//! The parts that a text is compared by: what stands before the first section, the sections and the tables.

use super::amendment::{Site, SiteKind};
use crate::document::{Block, Document, Kind, Part, PartKind, Run, TextRole, parts, text_of};

/// The front matter, or a part, with what it is compared by.
#[derive(Debug)]
pub(super) struct Segment<'a> {
    pub site: Site,
    /// The depth at which it stands; 0 for the front matter.
    pub level: u8,
    pub blocks: &'a [Block],
}

/// The front matter, which may be empty, and the parts.
pub(super) fn segments(document: &Document) -> Vec<Segment<'_>> {
    let parts = parts(document);
    let front = parts.first().map_or(document.blocks.len(), |part| part.blocks.start);
    let site = Site { kind: SiteKind::Front, id: String::new(), number: String::new(), heading: String::new() };
    let front = Segment { site, level: 0, blocks: &document.blocks[..front] };
    std::iter::once(front).chain(parts.iter().map(|part| segment(document, part))).collect()
}

fn segment<'a>(document: &'a Document, part: &Part) -> Segment<'a> {
    let blocks = &document.blocks[part.blocks.clone()];
    let title = title(blocks).map(text_of).unwrap_or_default();
    let (number, heading) = match part.kind {
        PartKind::Section if is_clause(blocks) => (split_number(&title).0, String::new()),
        PartKind::Section => split_number(&title),
        PartKind::Table => (table_number(&title).unwrap_or(&part.id).to_owned(), title),
    };
    let site = Site { kind: part.kind.into(), id: part.id.clone(), number, heading };
    Segment { site, level: part.level, blocks }
}

/// Whether it is a section without a heading.
fn is_clause(blocks: &[Block]) -> bool {
    matches!(blocks.first(), Some(Block::Paragraph(p)) if matches!(p.kind.now, Kind::Clause { .. }))
}

/// The heading, the caption, or what a section without a heading begins with.
pub(super) fn title(blocks: &[Block]) -> Option<&[Run]> {
    match blocks.first()? {
        Block::Paragraph(p) => match p.kind.now {
            Kind::Heading { .. } | Kind::Clause { .. } | Kind::Role(TextRole::Caption) => Some(&p.runs),
            Kind::Body | Kind::Item { .. } | Kind::Role(_) => None,
        },
        _ => None,
    }
}

/// "5.4 Completing Additive UEPT" as its number and the rest.
pub(super) fn split_number(title: &str) -> (String, String) {
    match title.split_once(char::is_whitespace) {
        Some((number, rest)) if number.starts_with(|c: char| c.is_ascii_digit()) => {
            (number.to_owned(), rest.trim_start().to_owned())
        }
        None if title.starts_with(|c: char| c.is_ascii_digit()) => (title.to_owned(), String::new()),
        _ => (String::new(), title.to_owned()),
    }
}

/// "Table 8.1.8 – Electricity Distributor" names Table 8.1.8.
fn table_number(caption: &str) -> Option<&str> {
    let number = caption.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    Some(number.trim_end_matches(|c: char| !c.is_alphanumeric()))
}
