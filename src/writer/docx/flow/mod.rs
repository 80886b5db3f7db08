//! What Word can hold of a tree: one sequence of paragraphs and tables, in sections.
//!
//! Word knows four rules that the tree doesn't. The mark of a paragraph that stands before a table or at the end of
//! the body can't be resolved away (`settle`). Two tables need a paragraph between them, and the body ends in one
//! (`gaps`). A page is turned by a section, which ends in a paragraph's properties (`sections`). And a page break is
//! a property of the paragraph below it. All four are met here, so that the rooms after it write what they see.

mod block;
mod gaps;
mod sections;
mod settle;

use crate::document::{Block, Document, Furniture, FurnitureKind, Kind, Mark, Revised};
use crate::writer::keeping::kept;
use crate::writer::turned::turned;
use crate::writer::view::RevisionView;
use std::borrow::Cow;

pub use block::{Form, Orientation, Para, WordBlock, is_written_twice, marks_of_row, table_stands};

/// The document as Word will hold it, and how its last section lies.
pub fn pieces<'a>(
    document: &'a Document,
    orientation: impl Fn(usize) -> Orientation,
) -> (Vec<WordBlock<'a>>, Orientation) {
    let mut pieces = break_pages(settled(document, orientation));
    let last = sections::divide(&mut pieces);
    gaps::fill(&mut pieces);
    gaps::end(&mut pieces);
    (pieces, last)
}

/// A piece, or a page break that has found no paragraph yet.
enum Part<'a> {
    Piece(WordBlock<'a>),
    Break(usize, Mark),
}

/// The blocks in order, with the marks of each stretch of paragraphs settled.
fn settled<'a>(document: &'a Document, orientation: impl Fn(usize) -> Orientation) -> Vec<Part<'a>> {
    let mut parts = Vec::with_capacity(document.blocks.len());
    let mut group = Vec::new();
    let (kept, turned) = (kept(&document.blocks), turned(&document.blocks));
    let mut defines = false;
    let lie = |index: usize| match turned.get(index) {
        Some(true) => Orientation::Landscape,
        _ => orientation(index),
    };
    for (index, block) in document.blocks.iter().enumerate() {
        let is_inner =
            matches!(block, Block::Paragraph(paragraph) if matches!(paragraph.kind.now, Kind::Item { level: 2.., .. }));
        let in_meaning = defines && is_inner;
        defines = in_meaning || matches!(block, Block::Paragraph(paragraph) if paragraph.kind.now.defines());
        let part = match block {
            Block::Paragraph(paragraph) => {
                let now = Form::Kind(&paragraph.kind.now);
                let was = paragraph.kind.was.as_ref().map(Form::Kind);
                group.push(Para {
                    blocks: index..index + 1,
                    form: Revised { now, was },
                    mark: paragraph.mark,
                    runs: Cow::Borrowed(&paragraph.runs),
                    in_meaning,
                    is_turned: turned.get(index).copied().unwrap_or(false),
                    keeps_next: kept.get(index).copied().unwrap_or(false) && !now.keeps_with_next(),
                    ..Para::gap(Mark::Kept)
                });
                continue;
            }
            Block::Table(table) => {
                Part::Piece(WordBlock::Table { tables: vec![(index, table)], orientation: lie(index) })
            }
            // What stands on either side is of two sections.
            Block::Furniture(Furniture { kind: FurnitureKind::Landscape | FurnitureKind::Portrait, .. }) => {
                close(&mut group, &mut parts);
                continue;
            }
            Block::Furniture(Furniture { kind: FurnitureKind::PageBreak, mark }) => Part::Break(index, *mark),
            Block::Furniture(Furniture { kind: FurnitureKind::Contents, mark }) => {
                Part::Piece(WordBlock::Contents { block: index, mark: *mark })
            }
        };
        close(&mut group, &mut parts);
        if matches!(&part, Part::Piece(piece) if RevisionView::BOTH.iter().all(|view| !piece.stands(*view))) {
            continue;
        }
        let rest = match (parts.last_mut(), part) {
            (Some(Part::Piece(above)), Part::Piece(below)) => above.take_in(below).map(Part::Piece),
            (_, part) => Some(part),
        };
        parts.extend(rest);
    }
    close(&mut group, &mut parts);
    parts
}

fn close<'a>(group: &mut Vec<Para<'a>>, parts: &mut Vec<Part<'a>>) {
    settle::settle(group);
    parts.extend(group.drain(..).map(|para| Part::Piece(WordBlock::Paragraph(para))));
}

/// Hands each page break to the paragraph below it where both stand in both texts; else it has a gap to itself, whose
/// mark is its own.
fn break_pages(parts: Vec<Part<'_>>) -> Vec<WordBlock<'_>> {
    let mut pieces: Vec<WordBlock> = Vec::with_capacity(parts.len());
    let mut waiting: Option<(usize, Mark)> = None;
    let own_line = |(block, mark)| WordBlock::Paragraph(Para::page_break(block, mark));
    for part in parts {
        match part {
            Part::Break(block, mark) => pieces.extend(waiting.replace((block, mark)).map(own_line)),
            Part::Piece(mut piece) => {
                match (&mut piece, waiting.take()) {
                    (WordBlock::Paragraph(para), Some((block, Mark::Kept))) if para.mark == Mark::Kept => {
                        para.starts_page = true;
                        para.blocks.start = block;
                    }
                    (_, unplaced) => pieces.extend(unplaced.map(own_line)),
                }
                pieces.push(piece);
            }
        }
    }
    pieces.extend(waiting.map(own_line));
    pieces
}
