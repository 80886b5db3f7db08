//! The text of a section, as its drafter would write it.

use super::numbered;
use super::told::{Told, words_of_block};
use super::typed;
use crate::document::{
    Block, Furniture, FurnitureKind, Kind, Mark, Paragraph, PartWords, RowKind, Run, TextRole, join_runs, markdown,
};
use crate::reader::{Carried, Page};
use crate::writer::keeping::leads;

/// What a body is made of: for a section without a heading the paragraph that opens it, and some blocks of the document.
pub(super) struct Text<'t> {
    pub number: &'t str,
    /// The block that opens the section.
    pub opens: usize,
    /// What stands after the number, if no heading does.
    pub first: Option<Paragraph>,
    pub blocks: &'t [usize],
}

/// The Markdown of a text, in the closed dialect of a section's body.
pub(super) fn markdown(carried: &Carried, text: Text<'_>, words: &PartWords, told: &mut Told<'_>) -> String {
    let Text { number, opens, first, blocks: at } = text;
    let names: Vec<String> = words.section.iter().chain(&words.table).cloned().collect();
    let level = u8::try_from(number.split('.').count()).unwrap_or(u8::MAX);
    let last = at.iter().rposition(|at| !matches!(carried.document.blocks[*at], Block::Furniture(_)));
    let at = &at[..last.map_or(0, |last| last + 1)];
    let first = first.map(|first| as_body(Block::Paragraph(first), carried.is_own, opens, level, &names, told));
    let mut blocks: Vec<Block> = first.into_iter().collect();
    let page_of = |at: &usize| carried.pages.get(*at).copied().unwrap_or_default();
    let page = |kind| Block::Furniture(Furniture { kind, mark: Mark::Kept });
    let mut lies = false;
    for stretch in at.chunk_by(|a, b| page_of(a) == page_of(b)) {
        // What only leads to something goes along with that.
        let leads = |at: &usize| matches!(&carried.document.blocks[*at], Block::Paragraph(it) if leads(&it.kind.now));
        let turned = match page_of(&stretch[0]) {
            Page::Upright => false,
            Page::Turned => lies || !stretch.iter().all(leads),
            Page::TurnedByTable => lies,
        };
        if turned != lies {
            blocks.push(page(if turned { FurnitureKind::Landscape } else { FurnitureKind::Portrait }));
            lies = turned;
        }
        let own = stretch.iter().map(|at| (*at, carried.document.blocks[*at].clone()));
        blocks.extend(own.map(|(at, block)| as_body(block, carried.is_own, at, level, &names, told)));
    }
    let text = typed::markdown(&blocks);
    let read: usize = blocks.iter().map(words_of_block).sum();
    match markdown::read_body(&text) {
        Ok(again) => {
            let words: usize = again.iter().map(words_of_block).sum();
            if words != read {
                told.warn(opens, format!("the text of Section {number} has {read} words here and {words} as content"));
            }
            told.counted(words);
        }
        Err(faults) => {
            for fault in faults {
                let what = format!("the text of Section {number} can't be carried as it stands: {}", fault.message);
                told.warn(opens, what);
            }
            told.counted(read);
        }
    }
    text.trim_end().to_owned()
}

/// A block as the body of a section can hold it: without what only documents have.
fn as_body(mut block: Block, is_own: bool, at: usize, level: u8, names: &[String], told: &mut Told<'_>) -> Block {
    // A reference to a part and a bare address are linked wherever a document is made.
    let is_reference = |run: &Run| {
        let is_inside = run.style.now.link.as_deref().is_some_and(|link| link.starts_with('#'));
        let words = run.text.trim();
        let begins = names.iter().any(|name| words.starts_with(name.as_str()));
        let is_bare = run.style.now.link.as_deref() == Some(run.text.as_str());
        is_bare || is_inside && (begins || words.starts_with(|c: char| c.is_ascii_digit()))
    };
    block.texts_mut().into_iter().for_each(|runs| unlink(runs, &is_reference));
    if let Block::Paragraph(paragraph) = &mut block
        && !is_own
    {
        trim(&mut paragraph.runs);
    }
    match &mut block {
        Block::Paragraph(paragraph) => match &mut paragraph.kind.now {
            Kind::Role(TextRole::Term | TextRole::Meaning) => {}
            Kind::Role(TextRole::Figure)
                if paragraph.runs.first().is_some_and(|run| run.style.now.figure.is_some()) => {}
            Kind::Role(_) => paragraph.kind = Kind::Body.into(),
            // No heading has notes.
            Kind::Heading { .. } if paragraph.runs.iter().any(Run::is_object) => {
                paragraph.kind = Kind::Body.into();
                let what = "a heading with a note or a picture, which headings haven't, is read as text";
                told.guess(at, what.to_owned());
            }
            Kind::Heading { level: own, id } => {
                *id = None;
                // Headings of a body stand below that of its section.
                let is_below = *own > level;
                *own = if is_below { *own - level } else { 1 };
                // That its number is taken has been told.
                if !is_below && numbered::parted(&paragraph.text()).is_none() {
                    let what = format!(
                        "“{}” is a heading without a number: it is read as one within the section before it",
                        paragraph.text().trim()
                    );
                    told.guess(at, what);
                }
            }
            _ => {}
        },
        Block::Table(table) => {
            table.id = None.into();
            let runs = table.rows.iter_mut().flat_map(|row| &mut row.cells).flat_map(|cell| &mut cell.runs);
            let tabbed = runs.filter(|run| !is_own && run.text.contains('\t'));
            if tabbed.map(|run| run.text = run.text.replace('\t', " ")).count() > 0 {
                told.guess(at, "tabs in the cells of this table are read as blanks".to_owned());
            }
            for (index, row) in table.rows.iter_mut().enumerate() {
                let is_header = index == 0 || row.kind == RowKind::Header;
                row.kind = if is_header { RowKind::Header } else { RowKind::Data };
            }
        }
        Block::Furniture(_) => {}
    }
    block
}

/// Takes the links from what a document links by itself, in notes too.
fn unlink(runs: &mut Vec<Run>, is_reference: &impl Fn(&Run) -> bool) {
    for run in runs.iter_mut() {
        run.style.now.note.iter_mut().for_each(|note| unlink(&mut note.runs, is_reference));
        if is_reference(run) {
            run.style.now.link = None;
        }
    }
    *runs = join_runs(std::mem::take(runs));
}

/// White space at the ends of a paragraph is how somebody once moved it about.
fn trim(runs: &mut Vec<Run>) {
    while let Some(first) = runs.first_mut() {
        first.text = first.text.trim_start().to_owned();
        if !first.text.is_empty() {
            break;
        }
        runs.remove(0);
    }
    while let Some(last) = runs.last_mut() {
        last.text.truncate(last.text.trim_end().len());
        if !last.text.is_empty() {
            break;
        }
        runs.pop();
    }
}
