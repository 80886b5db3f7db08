//! Rows of which one modification deletes one and another inserts one beside it.

use super::{Key, Reviser, name};
use crate::document::{Block, Cell, Document, Mark, Run, TableRow};

/// Parts each row that is one modification's deleted and another's inserted row in one, as a redline of two texts pairs
/// what stands in one place: nobody made the one of the other. Then each new row stands where its own modification has it.
pub fn part_rows(document: &mut Document, revisers: &[Reviser]) {
    for (block, content) in document.blocks.iter_mut().enumerate() {
        let Block::Table(table) = content else { continue };
        let id = name(table);
        let is_whole = |key: &String| {
            let key = Key::Row(id.clone(), key.clone());
            revisers.iter().any(|reviser| reviser.keys.contains(&key))
        };
        let mut at = 0;
        while let Some(row) = table.rows.get(at) {
            let was =
                row.key.was.clone().filter(|was| row.mark == Mark::Kept && is_whole(was) && is_whole(&row.key.now));
            if let Some(was) = was {
                let (old, new) =
                    (one_sided(row, was, Mark::Deleted), one_sided(row, row.key.now.clone(), Mark::Inserted));
                table.rows.splice(at..=at, [old, new]);
                let comments = document.comments.iter_mut().filter(|comment| comment.block == block);
                comments.filter_map(|comment| comment.row.as_mut()).filter(|row| **row > at).for_each(|row| *row += 1);
                at += 1;
            }
            at += 1;
        }
        let order = placed(&table.rows, |row| {
            let key = Key::Row(id.clone(), row.key.now.clone());
            let owner = revisers.iter().find(|reviser| reviser.keys.contains(&key))?;
            owner.rows.get(&id).map(Vec::as_slice)
        });
        let mut rows: Vec<Option<TableRow>> = table.rows.drain(..).map(Some).collect();
        table.rows = order.iter().filter_map(|&at| rows[at].take()).collect();
        let comments = document.comments.iter_mut().filter(|comment| comment.block == block);
        for row in comments.filter_map(|comment| comment.row.as_mut()) {
            *row = order.iter().position(|at| at == row).unwrap_or(*row);
        }
    }
}

/// The order of rows in which an inserted row stands to those beside it that another deletes as it does in the table of
/// whoever inserts it, which has them still.
fn placed<'a>(rows: &[TableRow], table_of: impl Fn(&TableRow) -> Option<&'a [String]>) -> Vec<usize> {
    let all: Vec<usize> = (0..rows.len()).collect();
    let stays = |at: usize| rows[at].mark == Mark::Kept;
    let mut order = Vec::with_capacity(rows.len());
    for gap in all.chunk_by(|&a, &b| stays(a) == stays(b)) {
        let (deleted, others): (Vec<usize>, Vec<usize>) = gap.iter().partition(|&&at| rows[at].mark == Mark::Deleted);
        let mut before = 0;
        for at in others {
            let row = &rows[at];
            let passed = table_of(row).map_or(deleted.len(), |keys| {
                let place = |key: &String| keys.iter().position(|other| other == key);
                let own = place(&row.key.now);
                deleted
                    .iter()
                    .rposition(|&at| place(&rows[at].key.now).is_none_or(|it| Some(it) < own))
                    .map_or(0, |at| at + 1)
            });
            let next = if stays(at) { before } else { passed.max(before) };
            order.extend(&deleted[before..next]);
            order.push(at);
            before = next;
        }
        order.extend(&deleted[before..]);
    }
    order
}

/// A row as it stands in one of the texts alone.
fn one_sided(row: &TableRow, key: String, mark: Mark) -> TableRow {
    let stands = |run: &&Run| run.mark == Mark::Kept || run.mark == mark;
    let run = |run: &Run| {
        let style = if mark == Mark::Deleted { run.style.before() } else { &run.style.now };
        Run { text: run.text.clone(), style: style.clone().into(), mark }
    };
    let cell = |cell: &Cell| Cell { runs: cell.runs.iter().filter(stands).map(run).collect(), ..cell.clone() };
    TableRow { key: key.into(), kind: row.kind, mark, cells: row.cells.iter().map(cell).collect() }
}
