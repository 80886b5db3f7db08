//! Long tables, cut down to what changed and some rows around it.

use crate::document::{Cell, Mark, RowKind, Run, Style, Table, TableRow};

/// The table with only the rows that changed, `context` rows on each side of them, and the header and count rows.
/// `line` words the row that stands for `n` unchanged rows left out.
pub fn with_context(table: &Table, context: usize, mut line: impl FnMut(usize) -> String) -> Table {
    let keep = kept(table, context);
    let mut rows: Vec<TableRow> = Vec::new();
    let mut left_out = 0;
    for (row, keep) in table.rows.iter().zip(keep) {
        if !keep {
            left_out += 1;
            continue;
        }
        rows.extend(gap_row(table, left_out, &mut line));
        left_out = 0;
        rows.push(row.clone());
    }
    rows.extend(gap_row(table, left_out, &mut line));
    Table { rows, ..table.clone() }
}

fn kept(table: &Table, context: usize) -> Vec<bool> {
    let mut keep: Vec<bool> = table.rows.iter().map(|row| row.kind != RowKind::Data).collect();
    for (index, _) in table.rows.iter().enumerate().filter(|(_, row)| row.kind == RowKind::Data && changed(row)) {
        let end = index.saturating_add(context).min(table.rows.len() - 1);
        keep[index.saturating_sub(context)..=end].fill(true);
    }
    keep
}

fn changed(row: &TableRow) -> bool {
    row.mark != Mark::Kept || row.key.was.is_some() || row.cells.iter().flat_map(|cell| &cell.runs).any(Run::is_revised)
}

fn gap_row(table: &Table, left_out: usize, line: &mut impl FnMut(usize) -> String) -> Option<TableRow> {
    if left_out == 0 {
        return None;
    }
    let style = Style { emphasis: true, ..Style::default() };
    let run = Run { text: line(left_out), style: style.into(), mark: Mark::Kept };
    let cells = vec![Cell { span: table.grid(Mark::Kept).count(), runs: vec![run], above: false }];
    Some(TableRow { key: String::new().into(), kind: RowKind::Data, mark: Mark::Kept, cells })
}
