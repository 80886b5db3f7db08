//! A document that was read, as content: the mirror of `template`.
//!
//! Headings with numbers open sections, tables that have the shape of a matrix become matrices, the pages before the
//! first section say what the document is, and everything else is text of the section that it stands in. Whatever was
//! guessed is told with its place; every word that was read is in the content, or named as left out.

mod amendment;
mod body;
mod figures;
mod front;
mod grid;
mod instruction;
mod labelled;
mod layout;
mod matrix;
mod numbered;
pub mod review;
mod shape;
mod told;
mod typed;
mod vocabulary;
pub mod workbook;

pub use amendment::{Amended, Base, Texts, modification};
pub use front::Wanted;
pub use labelled::list_labelled;
pub use layout::Layout;
pub use numbered::number_headings;
pub use told::{Adopted, Words};
pub use vocabulary::Proposed;

use crate::document::{Block, FurnitureKind, Kind, PartWords, TextRole};
use crate::model::{Appendix, Column, Head, Release, SectionStatement, Standing, natural};
use crate::reader::Carried;
use crate::reader::marked::Remark;
use instruction::Instruction;
use matrix::Found;
use numbered::Opening;
use shape::Shape;
use std::sync::Arc;
use told::{Told, count, words_of_block};
use vocabulary::Vocabulary;

/// A version that rests on no other, from the text of a document.
///
/// # Errors
/// Everything that keeps it from being one.
pub fn baseline(carried: &Carried, appendix: &Appendix, wanted: &Wanted) -> Result<Adopted, Vec<Remark>> {
    let mut told = Told::new(carried);
    let reading = Reading::of(carried, appendix, wanted, &mut told)?;
    reading.parts.in_order(&mut told);
    Ok(told.adopted(reading.release, reading.proposed))
}

/// A document as a version, and what of the document that rests on.
struct Reading {
    release: Release,
    proposed: Vec<Proposed>,
    parts: Parts,
}

impl Reading {
    fn of(carried: &Carried, appendix: &Appendix, wanted: &Wanted, told: &mut Told<'_>) -> Result<Self, Vec<Remark>> {
        let parts = Parts::of(carried, appendix, told);
        if parts.found.is_empty() && !parts.instructed {
            return Err(vec![no_section(carried)]);
        }
        let front = front::read(carried, 0..parts.begin, appendix, wanted, told);
        let mut vocabulary = Vocabulary::new(appendix);
        let (mut sections, mut tables) = (Vec::new(), Vec::new());
        let words = appendix.part_words();
        for part in &parts.found {
            match part {
                Part::Section(section) => sections.push(section.statement(carried, &words, told)),
                Part::Matrix(found) => tables.push(found.statement(carried, appendix, &mut vocabulary, told)),
            }
        }
        let head = Head {
            id: wanted.id.clone().into(),
            name: front.name,
            classification: front.classification,
            extract: front.extract,
            columns: parts.columns().filter(|own| *own != appendix.columns),
            ..Head::default()
        };
        Ok(Self { release: Release { head, sections, tables }, proposed: vocabulary.proposed(), parts })
    }
}

/// Why a document has no section, and what to do.
fn no_section(carried: &Carried) -> Remark {
    let is_heading =
        |block: &&Block| matches!(block, Block::Paragraph(it) if matches!(it.kind.now, Kind::Heading { .. }));
    let what = match carried.document.blocks.iter().filter(is_heading).count() {
        0 => "no section was found: the document has no heading. In Word, give its headings the styles “Heading 1”, \
              “Heading 2” and so on, with their numbers, such as “5.4 Completing UEPT”"
            .to_owned(),
        count => format!(
            "no section was found: no heading has a number, such as “5.4 Completing UEPT”. To number the headings by their \
             levels (there {}), add --number-headings",
            if count == 1 { "is one".to_owned() } else { format!("are {count}") },
        ),
    };
    Remark::loss(what)
}

/// The parts of a document, and where they begin.
struct Parts {
    /// The block at which the first of them begins.
    begin: usize,
    found: Vec<Part>,
    /// What the document says is done to parts, where it is one that shows only those.
    instructions: Vec<Instruction>,
    /// Whether it is such a one.
    instructed: bool,
}

enum Part {
    Section(Section),
    Matrix(Found),
}

/// A section, as it stands in the document.
struct Section {
    opening: Opening,
    /// The block that opens it.
    at: usize,
    /// Its text, as indexes of blocks.
    blocks: Vec<usize>,
}

impl Parts {
    fn of(carried: &Carried, appendix: &Appendix, told: &mut Told<'_>) -> Self {
        let blocks = &carried.document.blocks;
        let mut parts = Self {
            begin: blocks.len(),
            found: Vec::new(),
            instructions: Vec::new(),
            instructed: instruction::are_in(blocks),
        };
        let mut columns: Option<Arc<[Column]>> = None;
        // Captions, and the tables that a page parted from the one before them.
        let mut taken = vec![false; blocks.len()];
        for (at, block) in blocks.iter().enumerate() {
            if taken[at] {
                continue;
            }
            match block {
                Block::Paragraph(paragraph) if parts.instructed && instruction::is_one(paragraph) => {
                    parts.begin = parts.begin.min(at);
                    parts.instruct(at, &paragraph.text(), told);
                }
                Block::Paragraph(paragraph) if parts.instructed && is_bare_caption(blocks, at) => {
                    told.left_out("captions of tables that only stand elsewhere", count(&paragraph.text()));
                }
                Block::Paragraph(paragraph) => {
                    let opening = numbered::opening(paragraph, &parts.numbers());
                    let opening = opening.filter(|opening| !carried.is_own || opening.id.is_some());
                    let opening = opening.filter(|opening| !parts.has_already(opening, at, told));
                    if let Some(opening) = opening {
                        if let Some(why) = opening.guess {
                            told.guess(
                                at,
                                format!("this is read as {why} ({}): it could also be text", opening.number),
                            );
                        }
                        parts.begin = parts.begin.min(at);
                        parts.found.push(Part::Section(Section { opening, at, blocks: Vec::new() }));
                    } else if let Some(last) = parts.found.last_mut() {
                        last.go_on(at);
                    }
                }
                Block::Table(table) => {
                    let may_be = !carried.is_own || table.id.now.is_some();
                    let shape = Shape::of(table, appendix).filter(|_| may_be);
                    let mut has_its_columns =
                        |shape: &Shape| columns.get_or_insert_with(|| Arc::clone(&shape.columns)) == &shape.columns;
                    let shape = match shape.map(|shape| (has_its_columns(&shape), shape)) {
                        Some((false, _)) => {
                            let what = "this table has the shape of a matrix and other columns than the first: it is \
                                        read as a table of the text";
                            told.guess(at, what.to_owned());
                            None
                        }
                        found => found.map(|(_, shape)| shape),
                    };
                    let found = shape.and_then(|shape| parts.matrix(carried, appendix, at, shape, &mut taken, told));
                    match (found, parts.found.last_mut()) {
                        (Some(found), _) => {
                            parts.begin = parts.begin.min(found.begin());
                            parts.found.push(Part::Matrix(found));
                        }
                        (None, Some(last)) => last.go_on(at),
                        (None, None) => {}
                    }
                }
                Block::Furniture(furniture) if furniture.kind == FurnitureKind::PageBreak => {
                    if let Some(Part::Section(section)) = parts.found.last_mut() {
                        section.blocks.push(at);
                    }
                }
                Block::Furniture(_) => {}
            }
        }
        parts.between(blocks, told);
        parts
    }

    /// Takes in what a change document says is done to a part.
    fn instruct(&mut self, at: usize, text: &str, told: &mut Told<'_>) {
        told.left_out("the instructions of the change document", count(text));
        let deeds = instruction::deeds(text).unwrap_or_else(|words| {
            told.warn(at, format!("this isn't understood as something that is done: “{words}”"));
            Vec::new()
        });
        self.instructions.push(Instruction { deeds, first: self.found.len() });
    }

    /// Text between a table and the next part belongs to the section before the table: a table holds none.
    fn between(&mut self, blocks: &[Block], told: &mut Told<'_>) {
        let is_note = |at: &usize| matches!(&blocks[*at], Block::Paragraph(paragraph) if paragraph.kind.now == Kind::Role(TextRole::Note));
        let mut section = None;
        for at in 0..self.found.len() {
            let Part::Matrix(found) = &mut self.found[at] else {
                section = Some(at);
                continue;
            };
            let number = found.caption.number.clone();
            let text: Vec<usize> = found.notes.iter().copied().filter(|at| !is_note(at)).collect();
            found.notes.retain(is_note);
            let Some(first) = text.first() else { continue };
            match section.map(|section| &mut self.found[section]) {
                Some(Part::Section(section)) => {
                    let what = format!(
                        "text stands between Table {number} and the next section: it is read as the end of Section {}, \
                         which stands before the table",
                        section.opening.number
                    );
                    told.guess(*first, what);
                    section.blocks.extend(text);
                }
                _ => {
                    told.warn(*first, format!("text under Table {number} belongs to no section, and is left out"));
                    let words = text.iter().map(|at| words_of_block(&blocks[*at])).sum();
                    told.left_out("text that belongs to no section", words);
                }
            }
        }
    }

    /// The columns of its matrices, which are those of all.
    fn columns(&self) -> Option<Arc<[Column]>> {
        self.found.iter().find_map(|part| match part {
            Part::Matrix(found) => Some(Arc::clone(&found.shape.columns)),
            Part::Section(_) => None,
        })
    }

    fn numbers(&self) -> Vec<&str> {
        self.found.iter().map(Part::number).collect()
    }

    /// Whether a section before it has the number of this one, as where the numbers of a schedule begin anew: two can't
    /// have it.
    fn has_already(&self, opening: &Opening, at: usize, told: &mut Told<'_>) -> bool {
        let number = &opening.number;
        let is_it = |part: &&Part| matches!(part, Part::Section(section) if section.opening.number == *number);
        // The desk's own document is told of at the content that it came of.
        let has = opening.id.is_none() && self.found.iter().any(|part| is_it(&part));
        if has {
            let what = format!("there is a Section {number} already, so this is read as text of the section before it");
            told.guess(at, what);
        }
        has
    }

    /// The matrix that a table is, with its caption and what a page parted from it.
    fn matrix(
        &mut self,
        carried: &Carried,
        appendix: &Appendix,
        at: usize,
        shape: Shape,
        taken: &mut [bool],
        told: &mut Told<'_>,
    ) -> Option<Found> {
        let blocks = &carried.document.blocks;
        let tables = goes_on(blocks, at, &shape, appendix);
        let caption = self.caption(blocks, appendix, at);
        let Some(caption) = caption else {
            told.guess(at, "this table has the columns of a matrix, and no caption with its number: it is read as a table of the text".to_owned());
            return None;
        };
        let is_taken = |part: &Part| matches!(part, Part::Matrix(found) if found.caption.number == caption.number);
        if self.found.iter().any(is_taken) {
            let what = format!("there is a Table {} already, so this is read as a table of the text", caption.number);
            told.guess(at, what);
            return None;
        }
        match self.found.last_mut() {
            Some(Part::Section(section)) => section.blocks.retain(|block| *block != caption.at),
            Some(Part::Matrix(found)) => found.notes.retain(|block| *block != caption.at),
            None => {}
        }
        tables.iter().for_each(|table| taken[*table] = true);
        Some(Found { caption, tables, shape, notes: Vec::new() })
    }

    /// What stands over a table with its number.
    fn caption(&self, blocks: &[Block], appendix: &Appendix, at: usize) -> Option<matrix::Caption> {
        let above = (0..at).rev().find(|above| matches!(blocks[*above], Block::Paragraph(_)))?;
        let is_near = blocks[above + 1..at].iter().all(|block| matches!(block, Block::Furniture(_)));
        let Block::Paragraph(paragraph) = &blocks[above] else { return None };
        matrix::Caption::of(&paragraph.text(), &appendix.references.table, above).filter(|_| is_near)
    }

    /// Content has its parts in the order of their numbers.
    fn in_order(&self, told: &mut Told<'_>) {
        let mut last: Option<String> = None;
        for part in &self.found {
            let number = part.number();
            if let Some(last) = &last
                && natural(last, number).is_ge()
            {
                let what = match last == number {
                    true => format!("{number} is the number of two parts"),
                    false => format!(
                        "{number} stands after {last}: content has its parts in the order of their numbers, so it will \
                         stand before it"
                    ),
                };
                told.warn(part.at(), what);
            }
            last = Some(number.to_owned());
        }
    }
}

impl Part {
    fn number(&self) -> &str {
        match self {
            Self::Section(section) => &section.opening.number,
            Self::Matrix(found) => &found.caption.number,
        }
    }

    fn at(&self) -> usize {
        match self {
            Self::Section(section) => section.at,
            Self::Matrix(found) => found.begin(),
        }
    }

    /// Takes in a block that opens nothing.
    fn go_on(&mut self, at: usize) {
        match self {
            Self::Section(section) => section.blocks.push(at),
            Self::Matrix(found) => found.notes.push(at),
        }
    }
}

impl Section {
    fn statement(&self, carried: &Carried, words: &PartWords, told: &mut Told<'_>) -> SectionStatement {
        let opening = &self.opening;
        let first = match (&opening.heading, &carried.document.blocks[self.at]) {
            (None, Block::Paragraph(paragraph)) => Some(numbered::without_number(paragraph)),
            _ => None,
        };
        let body = body::markdown(
            carried,
            body::Text { number: &opening.number, opens: self.at, first, blocks: &self.blocks },
            words,
            told,
        );
        told.carried(&opening.number);
        told.carried(opening.heading.as_deref().unwrap_or_default());
        SectionStatement {
            number: opening.number.clone().into(),
            id: opening.id.clone().filter(|id| *id != opening.number).map(Into::into),
            heading: opening.heading.as_deref().map(Into::into),
            has_heading: opening.heading.is_some(),
            body: (!body.is_empty()).then(|| body.as_str().into()),
            origin: Standing::default(),
            ..SectionStatement::default()
        }
    }
}

/// The tables that go on with the matrix at `at` on the next pages: nothing but page breaks stands between.
fn goes_on(blocks: &[Block], at: usize, shape: &Shape, appendix: &Appendix) -> Vec<usize> {
    let mut tables = vec![at];
    for (next, block) in blocks.iter().enumerate().skip(at + 1) {
        match block {
            Block::Table(table) if table.id.now.is_none() && shape.fits(table, appendix) => tables.push(next),
            Block::Furniture(_) => {}
            _ => break,
        }
    }
    tables
}

/// Whether a paragraph is the caption under the instruction that moves a table, of which no more is shown than that.
fn is_bare_caption(blocks: &[Block], at: usize) -> bool {
    let is_caption = matches!(&blocks[at], Block::Paragraph(it) if it.kind.now == Kind::Role(TextRole::Caption));
    let is_instructed = blocks[..at].last().is_some_and(|block| match block {
        Block::Paragraph(before) => instruction::is_one(before),
        _ => false,
    });
    is_caption && is_instructed && !matches!(blocks.get(at + 1), Some(Block::Table(_)))
}
