//! The list of amendments, applied: what proves that it says all that was done.
//!
//! Nothing is amended that isn't as the list says that it was: each text, row and key that goes or changes is
//! compared, and so is what each amended part is called afterwards. What is inserted is placed by its position.

use super::amendment::{
    Amendment, AmendmentKind, CellText, Change, ChangeList, PartChange, Place, RowChange, RowText, Site,
};
use super::misfit::{Misfit, Mismatch};
use super::parts::{Segment, segments};
use super::rows::{markdown, row_text};
use crate::document::{Block, Cell, Document, Mark, Meta, Run, Table, TableRow, markdown as md, text_of};
use std::ops::Range;

type Fit<T> = Result<T, Mismatch>;

/// Applies amendments to the document that they were drafted against, or to one that is the same where they amend it.
///
/// # Errors
/// Says which amendment doesn't fit, and what stands there in place of what it was drafted against.
pub fn apply<A: AsRef<Amendment>>(document: &Document, changes: &ChangeList<A>) -> Result<Document, Misfit> {
    let amendments = || changes.amendments.iter().map(A::as_ref);
    let old = segments(document);
    let mut edit = Edit::new(old.len());
    for amendment in amendments() {
        for part in &amendment.parts {
            let wrong = |(at, mismatch): (Option<String>, _)| {
                Misfit::new(&amendment.id, at.as_deref().unwrap_or(&amendment.id), mismatch)
            };
            apply_part(part, &old, &mut edit).map_err(wrong)?;
        }
    }
    let parts = edit.apply(old.iter().map(|segment| segment.blocks.to_vec()).collect());
    let parts = parts.map_err(|(id, mismatch)| Misfit::new(amendment_of(amendments(), &id), &id, mismatch))?;
    let meta = match &changes.properties {
        Some(properties) => serde_json::from_value::<Meta>(properties.clone())
            .map_err(|error| Misfit::new("properties", "properties", Mismatch::Unreadable(error.to_string())))?
            .into(),
        None => document.meta.clone(),
    };
    let amended = Document { meta, blocks: parts.concat(), ..Document::default() };
    let new = segments(&amended);
    for amendment in amendments() {
        verify(amendment, &parts, &new).map_err(|mismatch| Misfit::new(&amendment.id, &amendment.id, mismatch))?;
    }
    Ok(amended)
}

/// The amendment that has the part with this name in it.
fn amendment_of<'a>(mut amendments: impl Iterator<Item = &'a Amendment>, part: &str) -> &'a str {
    amendments.find(|amendment| amendment.parts.iter().any(|own| name(own) == part)).map_or("", |found| &found.id)
}

/// What a part is told by where its change has no id of its own.
fn name(part: &PartChange) -> String {
    match part.at.or(part.from) {
        Some(at) => format!("{}@{at}", part.site.id),
        None => part.site.id.clone(),
    }
}

/// Whether the parts are called and placed as the amendment says, and each is still one.
fn verify(amendment: &Amendment, parts: &[Vec<Block>], new: &[Segment<'_>]) -> Fit<()> {
    let whole = parts.len() == new.len() && parts.iter().zip(new).all(|(part, segment)| part == segment.blocks);
    for part in &amendment.parts {
        let Some(at) = part.at else { continue };
        same_site(&part.site, new.get(at).map(|segment| &segment.site))?;
    }
    if let (Some(place), Some(at)) = (&amendment.place, amendment.parts.first().and_then(|part| part.at)) {
        stands_beside(place, at, new)?;
    }
    if whole { Ok(()) } else { Err(Mismatch::NoPlace) }
}

/// Whether what a part is put beside stands on the side that the amendment says.
fn stands_beside(place: &Place, at: usize, new: &[Segment<'_>]) -> Fit<()> {
    let (neighbour, is_before) = match place {
        Place::After(neighbour) | Place::FirstIn(neighbour) => (neighbour, true),
        Place::Before(neighbour) => (neighbour, false),
        Place::Start | Place::End | Place::InOrder => return Ok(()),
    };
    let is_it = |segment: &Segment<'_>| segment.site.kind == neighbour.kind && segment.site.id == neighbour.id;
    let (before, behind) = new.split_at(at.min(new.len()));
    if (if is_before { before } else { behind }).iter().any(is_it) { Ok(()) } else { Err(Mismatch::NoPlace) }
}

fn same_site(expected: &Site, found: Option<&Site>) -> Fit<()> {
    let found = found.ok_or(Mismatch::Missing)?;
    same(expected == found, || (expected.to_string(), found.to_string()))
}

fn same(fits: bool, told: impl FnOnce() -> (String, String)) -> Fit<()> {
    if fits {
        return Ok(());
    }
    let (expected, found) = told();
    Err(Mismatch::Other { expected, found })
}

/// What doesn't fit, with the id of the change or row that it is in, if it is in one.
type At = (Option<String>, Mismatch);

fn apply_part(part: &PartChange, old: &[Segment<'_>], edit: &mut Edit<Vec<Block>>) -> Result<(), At> {
    let whole = |mismatch| (None, mismatch);
    let mut placed = Vec::new();
    match part.from {
        Some(from) => {
            let segment = old.get(from).ok_or(whole(Mismatch::Missing))?;
            edit.take(from..from + 1).map_err(whole)?;
            match part.at {
                Some(_) => {
                    let (number, found) = (part.former_number(), &segment.site.number);
                    same(number == found, || (number.to_owned(), found.clone())).map_err(whole)?;
                    placed.push(apply_changes(segment.blocks, &part.changes)?);
                }
                None => {
                    same_site(&part.site, Some(&segment.site)).map_err(whole)?;
                    same_text(part.old.as_ref(), segment.blocks).map_err(whole)?;
                }
            }
        }
        None if part.at.is_some() => {
            let new = part.new.as_ref().ok_or(whole(Mismatch::Untold))?;
            placed.push(read(new).map_err(whole)?);
        }
        None => return Err(whole(Mismatch::Untold)),
    }
    if let Some(at) = part.at {
        edit.place(&name(part), at, placed);
    }
    Ok(())
}

fn apply_changes(blocks: &[Block], changes: &[Change]) -> Result<Vec<Block>, At> {
    let mut edit = Edit::new(blocks.len());
    for change in changes {
        let here = |mismatch| (Some(change.id.clone()), mismatch);
        let is_table = change.kind == AmendmentKind::Substitution && change.old.is_none() && change.new.is_none();
        let mut placed = Vec::new();
        match (change.from, is_table) {
            (Some(from), true) => {
                let from = from.wrapping_sub(1);
                let Some(Block::Table(table)) = blocks.get(from) else { return Err(here(Mismatch::Missing)) };
                placed.push(Block::Table(apply_rows(table, &change.rows)?));
                edit.take(from..from + 1).map_err(here)?;
            }
            (Some(from), false) => {
                let range = old_blocks(change, from.wrapping_sub(1), blocks).map_err(here)?;
                edit.take(range).map_err(here)?;
            }
            (None, _) => {}
        }
        let Some(at) = change.at else { continue };
        if !is_table {
            placed = read(change.new.as_ref().ok_or(here(Mismatch::Untold))?).map_err(here)?;
        }
        edit.place(&change.id, at.wrapping_sub(1), placed);
    }
    edit.apply(blocks.to_vec()).map_err(|(id, mismatch)| (Some(id), mismatch))
}

/// The blocks that a change takes out, if they are what it says.
fn old_blocks(change: &Change, from: usize, blocks: &[Block]) -> Fit<Range<usize>> {
    let old = change.old.as_ref().ok_or(Mismatch::Untold)?;
    let range = from..from.saturating_add(read(old)?.len());
    same_text(Some(old), blocks.get(range.clone()).ok_or(Mismatch::Missing)?)?;
    Ok(range)
}

fn same_text(expected: Option<&String>, blocks: &[Block]) -> Fit<()> {
    let expected = expected.ok_or(Mismatch::Untold)?;
    let found = markdown(blocks);
    same(*expected == found, || (expected.clone(), found.clone()))
}

fn apply_rows(table: &Table, changes: &[RowChange]) -> Result<Table, At> {
    let mut edit = Edit::new(table.rows.len());
    for change in changes {
        let here = |mismatch| (Some(change.id.clone()), mismatch);
        if let Some(from) = change.from {
            let from = from.wrapping_sub(1);
            let there = table.rows.get(from).ok_or(here(Mismatch::Missing))?;
            same_row(change, there, table).map_err(here)?;
            edit.take(from..from + 1).map_err(here)?;
        }
        if let Some(at) = change.at {
            let new = change.new.as_ref().ok_or(here(Mismatch::Untold))?;
            edit.place(&change.id, at.wrapping_sub(1), vec![row(new, table).map_err(here)?]);
        }
    }
    let rows = edit.apply(table.rows.clone()).map_err(|(id, mismatch)| (Some(id), mismatch))?;
    Ok(Table { rows, ..table.clone() })
}

/// Whether a row is what the change says that it was, and has its cells in the columns that it says.
fn same_row(change: &RowChange, there: &TableRow, table: &Table) -> Fit<()> {
    let expected = change.old.as_ref().ok_or(Mismatch::Untold)?;
    let found = row_text(there);
    same(*expected == found, || (expected.to_string(), found.to_string()))?;
    for cell in change.cells.iter().chain(&change.figures) {
        let texts = || there.cells.iter().flat_map(|own| std::iter::repeat_n(text_of(&own.runs), own.span));
        let named = || table.columns.iter().zip(texts()).filter(|(column, _)| column.key.now == cell.column);
        let found = || named().map(|(_, text)| text).next().unwrap_or_default();
        same(named().any(|(_, text)| text == cell.old), || (cell.old.clone(), found()))?;
    }
    Ok(())
}

/// A row that comes, if the table has the columns for it.
fn row(text: &RowText, table: &Table) -> Fit<TableRow> {
    let width = text.cells.iter().fold(0, |width: usize, cell| width.saturating_add(cell.span));
    if width != table.columns.len() {
        return Err(Mismatch::NoPlace);
    }
    let cell = |cell: &CellText| Ok(Cell { span: cell.span, above: cell.above, runs: read_runs(&cell.text)? });
    let cells = text.cells.iter().map(cell);
    Ok(TableRow { key: text.key.clone().into(), kind: text.kind, mark: Mark::Kept, cells: cells.collect::<Fit<_>>()? })
}

fn read(text: &str) -> Fit<Vec<Block>> {
    md::read_blocks(text).map_err(|faults| {
        let messages: Vec<String> = faults.into_iter().map(|fault| fault.message).collect();
        Mismatch::Unreadable(messages.join("; "))
    })
}

fn read_runs(text: &str) -> Fit<Vec<Run>> {
    let mut blocks = read(text)?;
    match (blocks.pop(), blocks.is_empty()) {
        (None, _) => Ok(Vec::new()),
        (Some(Block::Paragraph(paragraph)), true) => Ok(paragraph.runs),
        _ => Err(Mismatch::Unreadable(format!("“{text}” isn't the text of a cell"))),
    }
}

/// What is taken out of a sequence, and what stands where in the one that comes of it.
struct Edit<T> {
    taken: Vec<bool>,
    /// Each with the id of what places it.
    placed: Vec<(usize, String, T)>,
}

impl<T> Edit<T> {
    fn new(length: usize) -> Self {
        Self { taken: vec![false; length], placed: Vec::new() }
    }

    fn take(&mut self, range: Range<usize>) -> Fit<()> {
        let taken = self.taken.get_mut(range).ok_or(Mismatch::Missing)?;
        if taken.contains(&true) {
            return Err(Mismatch::TakenTwice);
        }
        taken.fill(true);
        Ok(())
    }

    fn place(&mut self, id: &str, at: usize, things: Vec<T>) {
        let each = things.into_iter().enumerate();
        self.placed.extend(each.map(|(offset, thing)| (at.saturating_add(offset), id.to_owned(), thing)));
    }

    /// What is placed stands at its place; what stays fills the rest in order.
    fn apply(mut self, old: Vec<T>) -> Result<Vec<T>, (String, Mismatch)> {
        self.placed.sort_by_key(|&(at, ..)| at);
        let mut stays = old.into_iter().zip(self.taken).filter_map(|(thing, taken)| (!taken).then_some(thing));
        let mut new = Vec::new();
        for (at, id, thing) in self.placed {
            while new.len() < at {
                let Some(next) = stays.next() else { return Err((id, Mismatch::NoPlace)) };
                new.push(next);
            }
            if new.len() > at {
                return Err((id, Mismatch::NoPlace));
            }
            new.push(thing);
        }
        new.extend(stays);
        Ok(new)
    }
}
