//! What no page can hold, found without setting any.

use super::typeset::{Glyphs, Shaper};
use super::{Problem, columns};
use crate::document::{Block, Document, Figure, Table};
use crate::stylesheet::Stylesheet;
use std::collections::BTreeSet;

/// What keeps a document from being set: each character that no face can draw, and each table that no page is wide
/// enough for.
pub fn unwritable(document: &Document, sheet: &Stylesheet) -> Vec<Problem> {
    let mut problems = missing_glyphs(document);
    problems.extend(missing_figures(document, sheet));
    let tables = document.blocks.iter().enumerate().filter_map(|(index, block)| match block {
        Block::Table(table) => Some((index, table)),
        Block::Paragraph(_) | Block::Furniture(_) => None,
    });
    let (blocks, tables): (Vec<usize>, Vec<&Table>) = tables.unzip();
    let fitted = columns::fit_alike(&tables, sheet, &mut Shaper::new());
    problems.extend(blocks.into_iter().zip(fitted).filter_map(|(block, fitted)| Some(fitted.err()?.problem(block))));
    problems
}

/// Each picture that the sheet doesn't have.
pub(super) fn missing_figures(document: &Document, sheet: &Stylesheet) -> Vec<Problem> {
    let missing = |(index, block): (usize, &Block)| {
        let missing = figures(block).find(|figure| sheet.figure(&figure.file).is_none())?;
        let message = format!("there is no picture “{}”", missing.file);
        let help = "put it into content/figures, as a PNG or a JPEG".to_owned();
        Some(Problem { block: Some(index), character: None, message, help })
    };
    document.blocks.iter().enumerate().filter_map(missing).collect()
}

/// The pictures of a block, in both texts.
pub(super) fn figures(block: &Block) -> impl Iterator<Item = &Figure> {
    let (paragraph, table) = match block {
        Block::Paragraph(paragraph) => (Some(paragraph), None),
        Block::Table(table) => (None, Some(table)),
        Block::Furniture(_) => (None, None),
    };
    let cells = table.into_iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells).flat_map(|cell| &cell.runs);
    let runs = paragraph.into_iter().flat_map(|paragraph| &paragraph.runs).chain(cells);
    runs.flat_map(|run| run.style.both()).filter_map(|style| style.figure.as_deref())
}

/// Each character without a glyph, in the first of the blocks that it stands in.
fn missing_glyphs(document: &Document) -> Vec<Problem> {
    let mut glyphs = Glyphs::default();
    let mut known: BTreeSet<char> = BTreeSet::new();
    let mut problems = Vec::new();
    let mut read = |block: Option<usize>, text: &str| {
        for character in glyphs.missing(text).into_iter().flat_map(|(.., missing)| missing.iter().copied()) {
            if known.insert(character) {
                problems.push(Problem::no_glyph(block, character));
            }
        }
    };
    for (index, block) in document.blocks.iter().enumerate() {
        match block {
            Block::Paragraph(paragraph) => paragraph.runs.iter().for_each(|run| read(Some(index), &run.text)),
            Block::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| &row.cells);
                cells.flat_map(|cell| &cell.runs).for_each(|run| read(Some(index), &run.text));
            }
            Block::Furniture(_) => {}
        }
    }
    for meta in document.meta.both() {
        [&meta.header].into_iter().chain(&meta.footer).for_each(|line| read(None, line));
    }
    problems
}
