//! Tables: what heads what, and in which of the texts each row and column stands.

use super::changes::{element, word};
use super::setter::Writer;
use super::text::{attribute, row_of};
use crate::document::{Align, Cell, Mark, RowKind, Run, Table, TableRow, text_of};
use std::fmt::Write as _;
use std::ops::Range;

/// A cell, and the columns of the whole table from the first that it covers to the last.
struct Placed<'t> {
    cell: &'t Cell,
    index: usize,
    columns: Range<usize>,
}

impl<'d> Writer<'d> {
    /// A table, which can be moved within its frame by whoever has no pointer, too.
    pub fn table(&mut self, out: &mut String, index: usize, table: &'d Table) {
        self.close(out);
        let turned = if self.turned { " turned" } else { "" };
        write!(out, "<div class=\"table{turned}\" tabindex=\"0\" role=\"group\"").unwrap_or_default();
        self.name_of_table(out, index);
        out.push_str("><table");
        if let Some(name) = self.names_of.get(&index) {
            attribute(out, "id", name);
        }
        self.name_of_table(out, index);
        if let Some(id) = &table.id.now {
            attribute(out, "data-table", id);
        }
        out.push_str(">\n");
        let headers = table.rows.iter().take_while(|row| row.kind == RowKind::Header).count();
        for (part, rows) in [("thead", 0..headers), ("tbody", headers..table.rows.len())] {
            if !rows.is_empty() {
                writeln!(out, "<{part}>").unwrap_or_default();
                rows.for_each(|row| self.row(out, (index, row), table));
                writeln!(out, "</{part}>").unwrap_or_default();
            }
        }
        out.push_str("</table></div>\n");
        self.remarks(out, index);
    }

    /// The caption over a table names it.
    fn name_of_table(&self, out: &mut String, index: usize) {
        match self.captions.get(&index).and_then(|caption| self.names_of.get(caption)) {
            Some(caption) => attribute(out, "aria-labelledby", caption),
            None => attribute(out, "aria-label", &self.document.meta.now.title),
        }
    }

    fn row(&mut self, out: &mut String, (index, at): (usize, usize), table: &'d Table) {
        let row = &table.rows[at];
        let mut classes = match row.kind {
            RowKind::Header => vec!["header"],
            RowKind::Data => Vec::new(),
            RowKind::Count => vec!["count"],
        };
        classes.extend(word(row.mark));
        out.push_str("<tr");
        if !classes.is_empty() {
            attribute(out, "class", &classes.join(" "));
        }
        if table.id.now.is_some() && row.kind != RowKind::Header {
            let table = table.id.now.as_deref().unwrap_or_default();
            let name = self.names.give(&row_of(table, &row.key.now));
            attribute(out, "id", &name);
            self.row_name = Some(name);
        }
        self.changed(out, (index, Some(at), None), row.mark != Mark::Kept);
        out.push('>');
        let mut covered = 0;
        for placed in placed(table, row) {
            self.gap(out, table, covered..placed.columns.start);
            covered = placed.columns.end;
            self.cell(out, (index, at), table, &placed);
        }
        self.gap(out, table, covered..table.columns.len());
        self.named_in(out, table, row);
        out.push_str("</tr>\n");
    }

    /// The columns that a row doesn't have, of the other text.
    fn gap(&self, out: &mut String, table: &Table, columns: Range<usize>) {
        for column in columns {
            let class = word(table.columns[column].mark).unwrap_or_default();
            write!(out, "<td class=\"gap {class}\"></td>").unwrap_or_default();
        }
    }

    fn cell(&mut self, out: &mut String, (index, at): (usize, usize), table: &'d Table, placed: &Placed<'d>) {
        let row = &table.rows[at];
        let Placed { cell, index: cell_at, columns } = placed;
        let rows = match (cell.above, rows_below(table, at, columns)) {
            // More of the cell above, which reaches down to here.
            (true, _) if self.reached.contains(&(at, columns.start)) => return,
            (_, rows) => rows,
        };
        self.reached.extend((at + 1..at + rows).map(|below| (below, columns.start)));
        let is_figure = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let heads_row = row.kind == RowKind::Data
            && match self.around {
                Some(_) => table.columns[columns.start].key.now == "variant" || (*cell_at == 0 && !has_variants(table)),
                None => {
                    *cell_at == 0 && (table.header_column || (table.id.now.is_some() && self.sheet.cells.row_headers))
                }
            };
        let labels_counts = row.kind == RowKind::Count && *cell_at == 0 && !is_figure(&text_of(&cell.runs));
        let (tag, scope) = match row.kind {
            RowKind::Header if columns.len() > 1 => ("th", Some("colgroup")),
            RowKind::Header => ("th", Some("col")),
            _ if heads_row || labels_counts => ("th", Some("row")),
            _ => ("td", None),
        };
        // A header that says nothing heads nothing.
        let (tag, scope) = if tag == "th" && cell.runs.iter().all(|run| run.text.trim().is_empty()) {
            ("td", None)
        } else {
            (tag, scope)
        };
        let mark = mark_of(table, columns);
        let mut classes: Vec<&str> = word(mark).into_iter().collect();
        classes.extend(match table.columns.get(columns.start).map(|column| column.align) {
            Some(Align::Centre) if cell.span == 1 => Some("centre"),
            Some(Align::Right) => Some("right"),
            _ => None,
        });
        let text = text_of(&cell.runs);
        classes.extend(self.sheet.cells.quiet_words.contains(&text).then_some("quiet"));
        classes.extend(cell.above.then_some("above"));
        let heat = self.heat(row, cell);
        classes.extend(heat.iter().map(String::as_str));
        write!(out, "<{tag}").unwrap_or_default();
        if !classes.is_empty() {
            attribute(out, "class", &classes.join(" "));
        }
        if row.kind == RowKind::Count && mark == Mark::Kept && cell.runs.iter().any(Run::is_revised) {
            attribute(out, "data-figure", &row.key.now);
            attribute(out, "data-column", &table.columns[columns.start].key.now);
        }
        if let Some(scope) = scope {
            attribute(out, "scope", scope);
        }
        let spans = [Mark::Inserted, Mark::Deleted]
            .map(|other| table.columns[columns.clone()].iter().filter(|column| column.mark != other).count().max(1));
        if columns.len() > 1 {
            attribute(out, "colspan", &columns.len().to_string());
        }
        for (name, span) in ["data-span-original", "data-span-proposed"].into_iter().zip(spans) {
            if span != columns.len() {
                attribute(out, name, &span.to_string());
            }
        }
        if rows > 1 {
            attribute(out, "rowspan", &rows.to_string());
        }
        out.push('>');
        self.enter(out);
        let is_led = heads_row && self.begin_lead(out, self.row_name.clone().as_deref());
        let place = (index, Some(at), Some(*cell_at));
        // What stands in a row or column that comes or goes does so with it, whatever its words say.
        self.within = if row.mark == Mark::Kept { mark } else { row.mark };
        match element(self.within).filter(|_| cell.runs.iter().any(|run| run.mark == Mark::Kept)) {
            Some(mark) => {
                write!(out, "<{mark}").unwrap_or_default();
                self.hands.sign(out, place, None);
                out.push('>');
                self.runs(out, &cell.runs, place);
                write!(out, "</{mark}>").unwrap_or_default();
            }
            None => self.runs(out, &cell.runs, place),
        }
        self.within = Mark::Kept;
        out.push_str(if is_led { "</a>" } else { "" });
        write!(out, "</{tag}>").unwrap_or_default();
    }
}

fn has_variants(table: &Table) -> bool {
    table.columns.iter().any(|column| column.key.now == "variant")
}

/// The cells of a row, each with the columns that it reaches over.
fn placed<'t>(table: &'t Table, row: &'t TableRow) -> Vec<Placed<'t>> {
    let mut grid = table.grid(row.mark);
    let place = |(index, cell): (usize, &'t Cell)| {
        let covered: Vec<usize> = grid.by_ref().take(cell.span.max(1)).collect();
        let (first, last) = (*covered.first()?, *covered.last()?);
        Some(Placed { cell, index, columns: first..last + 1 })
    };
    row.cells.iter().enumerate().filter_map(place).collect()
}

/// How many rows a cell reaches down over: those below that say so, where no revision parts them.
fn rows_below(table: &Table, at: usize, columns: &Range<usize>) -> usize {
    let own = table.rows[at].mark;
    let kind = |row: &TableRow| row.kind == RowKind::Header;
    let is_more = |row: &&TableRow| {
        row.mark == own
            && kind(row) == kind(&table.rows[at])
            && placed(table, row).iter().any(|below| below.cell.above && below.columns == *columns)
    };
    let below = &table.rows[at + 1..];
    // Only what is over such cells needs to be looked through.
    if below.first().is_some_and(TableRow::is_tied) { 1 + below.iter().take_while(is_more).count() } else { 1 }
}

/// The mark of all the columns that a cell covers, if it is one.
fn mark_of(table: &Table, columns: &Range<usize>) -> Mark {
    let covered = &table.columns[columns.clone()];
    let first = covered.first().map_or(Mark::Kept, |column| column.mark);
    if covered.iter().all(|column| column.mark == first) { first } else { Mark::Kept }
}
