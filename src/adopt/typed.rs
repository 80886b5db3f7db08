//! Tables as a drafter would type them, where that says the same: what tells their columns and rows apart is then what
//! stands in them.

use crate::document::{Block, Cell, RowKind, Run, Table, markdown};
use std::fmt::Write as _;

/// How a directive over a table begins.
const DIRECTIVE: &str = "<!-- ctsd:table";
/// Stand for the signs of cells that are more of others, which would be written as words.
const SIGNS: [(&str, &str); 2] = [(LEFT, "<"), (ABOVE, "^")];
const LEFT: &str = "\u{e000}";
const ABOVE: &str = "\u{e001}";

/// The Markdown of blocks, with their tables typed.
pub(super) fn markdown(blocks: &[Block]) -> String {
    let written = markdown::write_blocks(blocks);
    let mut tables = blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    let mut out: Vec<String> = Vec::new();
    let mut lines = written.split('\n').peekable();
    while let Some(line) = lines.next() {
        let table = if line.starts_with(DIRECTIVE) { tables.next() } else { None };
        let Some(table) = table else {
            out.push(line.to_owned());
            continue;
        };
        let mut own = line.to_owned();
        while let Some(row) = lines.next_if(|line| !line.is_empty()) {
            own.push('\n');
            own.push_str(row);
        }
        out.push(
            Some(typed(table)).filter(|typed| says(typed).is_some_and(|it| says(&own) == Some(it))).unwrap_or(own),
        );
    }
    out.join("\n")
}

/// A table as somebody types it, whether or not that can say all of it.
fn typed(table: &Table) -> String {
    let mut said = String::from(DIRECTIVE);
    let headers = table.rows.iter().take_while(|row| row.kind == RowKind::Header).count();
    if headers > 1 {
        write!(said, " header-rows={headers}").unwrap_or_default();
    }
    if table.header_column {
        said.push_str(" header-column");
    }
    let shares: Vec<String> = table.columns.iter().map(|column| column.share.to_string()).collect();
    if table.columns.iter().all(|column| column.share > 0) && !shares.is_empty() {
        write!(said, " widths={}", shares.join(",")).unwrap_or_default();
    }
    let mut flat = table.clone();
    for row in &mut flat.rows {
        row.cells = row.cells.iter().flat_map(alone).collect();
    }
    let written = markdown::write_blocks(&[Block::Table(flat)]);
    let rows = written.split_once('\n').map_or("", |(_, rows)| rows).trim_end();
    let rows = SIGNS.iter().fold(rows.to_owned(), |rows, (stands, sign)| rows.replace(stands, sign));
    if said == DIRECTIVE { rows } else { format!("{said} -->\n{rows}") }
}

/// The columns that a cell covers, each with a cell or a sign.
fn alone(cell: &Cell) -> impl Iterator<Item = Cell> {
    let sign = |text: &str| vec![Run::plain(text)];
    let first = if cell.above { sign(ABOVE) } else { cell.runs.clone() };
    let rest = std::iter::repeat_n(sign(LEFT), cell.span.max(1) - 1);
    std::iter::once(first).chain(rest).map(|runs| Cell { span: 1, above: false, runs })
}

/// What a text says but for the keys of its columns and rows.
fn says(text: &str) -> Option<Vec<Block>> {
    let mut blocks = markdown::read_body(text).ok()?;
    for block in &mut blocks {
        if let Block::Table(table) = block {
            table.columns.iter_mut().for_each(|column| column.key = String::new().into());
            table.rows.iter_mut().for_each(|row| row.key = String::new().into());
        }
    }
    Some(blocks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_typed_with_its_widths_and_joined_cells() {
        for text in [
            "| a | b |\n|---|---|\n| c | d |",
            "<!-- ctsd:table header-rows=2 header-column widths=3,2,2 -->\n| a | b | < |\n|---|:-:|---|\n| ^ | c | d |\n| e | \\< | \\^ |",
        ] {
            let blocks = markdown::read_body(text).unwrap();
            let again = markdown(&blocks);
            assert_eq!(markdown::read_body(&again).unwrap(), blocks, "{again}");
            assert!(!again.contains('{'), "{again}");
            assert_eq!(again.lines().next(), text.lines().next(), "{again}");
        }
    }
}
