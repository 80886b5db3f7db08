//! What became of the rows of a matched table, as data.

use super::amendment::{AmendmentKind, CellChange, CellText, RowChange, RowText};
use super::table::{RowStep, TableDiff};
use crate::document::{Block, Cell, Kind, Mark, Paragraph, RowKind, Run, Table, TableRow, markdown as md, text_of};
use crate::model::Descent;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The Markdown of some blocks, without the line end.
pub(super) fn markdown(blocks: &[Block]) -> String {
    md::write_blocks(blocks).trim_end_matches('\n').to_owned()
}

fn cell_markdown(runs: &[Run]) -> String {
    markdown(&[Block::Paragraph(Paragraph::new(Kind::Body, runs.to_vec()))])
}

/// The old place of each row that moved, by its new one: the drafter moved it, or it is the same in another place.
pub(super) fn row_moves(before: &Table, after: &Table, diff: &TableDiff, descent: &Descent) -> BTreeMap<usize, usize> {
    let table = before.id.now.as_deref().unwrap_or_default();
    let gone = diff.rows.iter().filter_map(|step| match step {
        RowStep::Deleted { old } => Some(*old),
        _ => None,
    });
    let mut gone_by_key: HashMap<&str, Vec<usize>> = HashMap::new();
    gone.for_each(|at| gone_by_key.entry(before.rows[at].key.now.as_str()).or_default().push(at));
    let come = diff.rows.iter().filter_map(|step| match step {
        RowStep::Inserted { new } => Some(*new),
        _ => None,
    });
    let mut moves = BTreeMap::new();
    for new in come {
        let (row, key) = (&after.rows[new], &after.rows[new].key.now);
        let is_moved = descent.moved_rows.contains(&(table.to_owned(), key.clone()));
        let same = |&old: &usize| {
            let was = &before.rows[old];
            was.kind == row.kind && (is_moved || was.cells == row.cells)
        };
        if let Some(gone) = gone_by_key.get_mut(key.as_str())
            && let Some(at) = gone.iter().position(same)
        {
            moves.insert(new, gone.remove(at));
        }
    }
    moves
}

pub(super) fn row_changes(
    before: &Table,
    after: &Table,
    diff: &TableDiff,
    moves: &BTreeMap<usize, usize>,
) -> Vec<RowChange> {
    let changed = diff.table.rows.iter().zip(&diff.rows);
    let changes = changed.filter_map(|(row, step)| {
        let (kind, old, new) = match *step {
            RowStep::Same { .. } => return None,
            RowStep::Changed { old, new } => (AmendmentKind::Substitution, Some(old), Some(new)),
            RowStep::Deleted { old } => (AmendmentKind::Repeal, Some(old), None),
            RowStep::Inserted { new } => (AmendmentKind::Insertion, None, Some(new)),
        };
        let mut change = RowChange {
            id: String::new(),
            kind,
            row: row.key.now.clone(),
            from: old.map(|i| i + 1),
            at: new.map(|j| j + 1),
            moved: false,
            old: old.map(|i| row_text(&before.rows[i])),
            new: new.map(|j| row_text(&after.rows[j])),
            cells: Vec::new(),
            figures: Vec::new(),
        };
        if matches!(step, RowStep::Changed { .. }) {
            let cells = cell_changes(&diff.table, row);
            match row.kind {
                RowKind::Count => change.figures = cells,
                RowKind::Header | RowKind::Data => change.cells = cells,
            }
        }
        Some(change)
    });
    let from: BTreeSet<usize> = moves.values().copied().collect();
    let halves = |mut change: RowChange| {
        let place = |at: usize| at - 1;
        change.moved = match (change.from, change.at) {
            (Some(old), None) => from.contains(&place(old)),
            (None, Some(at)) => moves.contains_key(&place(at)),
            _ => false,
        };
        change
    };
    changes.map(halves).collect()
}

pub(super) fn row_text(row: &TableRow) -> RowText {
    let text = |cell: &Cell| CellText { span: cell.span, above: cell.above, text: cell_markdown(&cell.runs) };
    let cells = row.cells.iter().map(text).collect();
    RowText { key: row.key.now.clone(), kind: row.kind, cells }
}

fn cell_changes(table: &Table, row: &TableRow) -> Vec<CellChange> {
    let mut at = 0;
    let mut changes = Vec::new();
    for cell in &row.cells {
        let column = table.columns.get(at).map(|column| column.key.now.clone()).unwrap_or_default();
        at += cell.span;
        if cell.runs.iter().any(Run::is_revised) {
            let text = |dropped: Mark| {
                let runs: Vec<Run> = cell.runs.iter().filter(|run| run.mark != dropped).cloned().collect();
                text_of(&runs)
            };
            changes.push(CellChange { column, old: text(Mark::Inserted), new: text(Mark::Deleted) });
        }
    }
    changes
}
