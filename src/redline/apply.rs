//! The list of amendments, applied: what proves that it says all that was done.

use super::amendment::{Amendment, AmendmentKind, Change, ChangeList, PartChange, RowChange, RowText};
use super::parts::segments;
use crate::document::{Block, Cell, Document, Row, Run, Table, markdown};

/// Applies amendments to the document that they were drafted against.
///
/// # Errors
/// Says which amendment doesn't fit, where the document isn't the one that it was drafted against.
pub fn apply<A: AsRef<Amendment>>(document: &Document, changes: &ChangeList<A>) -> Result<Document, String> {
    let old: Vec<&[Block]> = segments(document).iter().map(|segment| segment.blocks).collect();
    let mut edit = Edit::new(old.len());
    for part in changes.amendments.iter().flat_map(|amendment| &amendment.as_ref().parts) {
        apply_part(part, &old, &mut edit)?;
    }
    let kept = old.iter().map(|blocks| blocks.to_vec()).collect();
    let meta = match &changes.properties {
        Some(properties) => {
            let meta: crate::document::Meta =
                serde_json::from_value(properties.clone()).map_err(|error| format!("properties: {error}"))?;
            meta.into()
        }
        None => document.meta.clone(),
    };
    Ok(Document { meta, blocks: edit.apply(kept)?.concat(), comments: Vec::new() })
}

fn apply_part(part: &PartChange, old: &[&[Block]], edit: &mut Edit<Vec<Block>>) -> Result<(), String> {
    match (part.from, part.at) {
        (Some(from), Some(at)) => {
            let blocks = old.get(from).ok_or_else(|| misfit(&part.site.id))?;
            edit.take(from..from + 1)?;
            edit.place(at, vec![apply_changes(blocks, &part.changes)?]);
        }
        (Some(from), None) => edit.take(from..from + 1)?,
        (None, Some(at)) => edit.place(at, vec![read(part.new.as_deref().unwrap_or_default())?]),
        (None, None) => return Err(misfit(&part.site.id)),
    }
    Ok(())
}

fn apply_changes(blocks: &[Block], changes: &[Change]) -> Result<Vec<Block>, String> {
    let mut edit = Edit::new(blocks.len());
    for change in changes {
        let from = change.from.map(|from| from.wrapping_sub(1));
        let at = change.at.map(|at| at.wrapping_sub(1));
        let table = change.kind == AmendmentKind::Substitution && change.new.is_none();
        let (taken, placed) = match (from, table) {
            (Some(from), true) => {
                let Some(Block::Table(table)) = blocks.get(from) else { return Err(misfit(&change.id)) };
                (1, vec![Block::Table(apply_rows(table, &change.rows)?)])
            }
            _ => (
                read(change.old.as_deref().unwrap_or_default())?.len(),
                read(change.new.as_deref().unwrap_or_default())?,
            ),
        };
        if let Some(from) = from {
            edit.take(from..from.saturating_add(taken))?;
        }
        if let Some(at) = at {
            edit.place(at, placed);
        }
    }
    edit.apply(blocks.to_vec())
}

fn apply_rows(table: &Table, changes: &[RowChange]) -> Result<Table, String> {
    let mut edit = Edit::new(table.rows.len());
    for change in changes {
        if let Some(from) = change.from {
            let from = from.wrapping_sub(1);
            edit.take(from..from.saturating_add(1))?;
        }
        if let (Some(at), Some(new)) = (change.at, &change.new) {
            edit.place(at.wrapping_sub(1), vec![row(new)?]);
        }
    }
    Ok(Table { rows: edit.apply(table.rows.clone())?, ..table.clone() })
}

fn row(text: &RowText) -> Result<Row, String> {
    let cells = text.cells.iter().map(|cell| Ok(Cell { span: cell.span, runs: read_runs(&cell.text)? }));
    Ok(Row {
        key: text.key.clone().into(),
        kind: text.kind,
        mark: crate::document::Mark::Kept,
        cells: cells.collect::<Result<_, String>>()?,
    })
}

fn read(text: &str) -> Result<Vec<Block>, String> {
    markdown::read_blocks(text).map_err(|faults| faults.into_iter().map(|fault| fault.message).collect())
}

fn read_runs(text: &str) -> Result<Vec<Run>, String> {
    match read(text)?.pop() {
        None => Ok(Vec::new()),
        Some(Block::Paragraph(paragraph)) => Ok(paragraph.runs),
        Some(_) => Err(format!("“{text}” isn't the text of a cell")),
    }
}

fn misfit(id: &str) -> String {
    format!("“{id}” isn't an amendment of this document")
}

/// What is taken out of a sequence, and what stands where in the one that comes of it.
struct Edit<T> {
    taken: Vec<bool>,
    placed: Vec<(usize, T)>,
}

impl<T> Edit<T> {
    fn new(length: usize) -> Self {
        Self { taken: vec![false; length], placed: Vec::new() }
    }

    fn take(&mut self, range: std::ops::Range<usize>) -> Result<(), String> {
        let taken =
            self.taken.get_mut(range.clone()).ok_or_else(|| format!("there is no place {}", range.start + 1))?;
        taken.fill(true);
        Ok(())
    }

    fn place(&mut self, at: usize, things: Vec<T>) {
        self.placed.extend(things.into_iter().enumerate().map(|(offset, thing)| (at + offset, thing)));
    }

    /// What is placed stands at its place; what stays fills the rest in order.
    fn apply(mut self, old: Vec<T>) -> Result<Vec<T>, String> {
        self.placed.sort_by_key(|(at, _)| *at);
        let mut stays = old.into_iter().zip(self.taken).filter_map(|(thing, taken)| (!taken).then_some(thing));
        let mut new = Vec::new();
        for (at, thing) in self.placed {
            while new.len() < at {
                new.push(stays.next().ok_or_else(|| format!("nothing stands before place {}", at + 1))?);
            }
            new.push(thing);
        }
        new.extend(stays);
        Ok(new)
    }
}
