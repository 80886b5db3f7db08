//! Accept all and reject all: the two clean trees that a marked tree holds.

use super::{Block, Cell, Document, Mark, Note, Paragraph, Revised, Run, Table, TableRow};

/// The later text: insertions stand, deletions go.
pub fn accept(document: &Document) -> Document {
    resolve(document, Side::Now)
}

/// The earlier text: deletions stand, insertions go.
pub fn reject(document: &Document) -> Document {
    resolve(document, Side::Before)
}

/// The later text of some blocks, in which what was inserted says that it is new.
pub fn accept_showing_new(blocks: &[Block]) -> Vec<Block> {
    resolve_blocks(blocks, Side::NowShowingNew)
}

/// Whether the tree has no revision in it.
pub fn is_clean(document: &Document) -> bool {
    document.meta.was.is_none() && document.blocks.iter().all(block_is_clean)
}

fn block_is_clean(block: &Block) -> bool {
    let clean_runs = |runs: &[Run]| !runs.iter().any(Run::is_revised);
    match block {
        Block::Paragraph(p) => p.mark == Mark::Kept && p.kind.was.is_none() && clean_runs(&p.runs),
        Block::Furniture(f) => f.mark == Mark::Kept,
        Block::Table(t) => {
            t.id.was.is_none()
                && t.columns.iter().all(|c| c.mark == Mark::Kept && c.key.was.is_none())
                && t.rows
                    .iter()
                    .all(|r| r.mark == Mark::Kept && r.key.was.is_none() && r.cells.iter().all(|c| clean_runs(&c.runs)))
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Before,
    Now,
    NowShowingNew,
}

impl Side {
    fn drops(self, mark: Mark) -> bool {
        match self {
            Self::Before => mark == Mark::Inserted,
            Self::Now | Self::NowShowingNew => mark == Mark::Deleted,
        }
    }

    fn pick<T: Clone>(self, value: &Revised<T>) -> Revised<T> {
        match self {
            Self::Before => value.before(),
            Self::Now | Self::NowShowingNew => &value.now,
        }
        .clone()
        .into()
    }
}

fn resolve(document: &Document, side: Side) -> Document {
    Document { meta: side.pick(&document.meta), blocks: resolve_blocks(&document.blocks, side), ..Document::default() }
}

fn resolve_blocks(marked: &[Block], side: Side) -> Vec<Block> {
    let mut blocks = Vec::with_capacity(marked.len());
    // What ran on from paragraphs whose mark is dropped, until a mark that stands ends it.
    let mut running: Option<Paragraph> = None;
    for block in marked {
        if !matches!(block, Block::Paragraph(_)) {
            flush(&mut running, &mut blocks);
        }
        match block {
            Block::Paragraph(paragraph) => {
                let mut runs = running.take().map(|p| p.runs).unwrap_or_default();
                runs.extend(resolve_runs(&paragraph.runs, side));
                let resolved = Paragraph { kind: side.pick(&paragraph.kind), mark: Mark::Kept, runs };
                if side.drops(paragraph.mark) {
                    running = Some(resolved);
                } else {
                    blocks.push(Block::Paragraph(finished(resolved)));
                }
            }
            Block::Furniture(furniture) => {
                if !side.drops(furniture.mark) {
                    blocks.push(Block::Furniture(super::Furniture { mark: Mark::Kept, ..*furniture }));
                }
            }
            Block::Table(table) => {
                let table = resolve_table(table, side);
                if !table.rows.is_empty() {
                    blocks.push(Block::Table(table));
                }
            }
        }
    }
    flush(&mut running, &mut blocks);
    blocks
}

/// A paragraph with no mark of its own left stands only if some text does.
fn flush(running: &mut Option<Paragraph>, blocks: &mut Vec<Block>) {
    if let Some(paragraph) = running.take()
        && !paragraph.runs.is_empty()
    {
        blocks.push(Block::Paragraph(finished(paragraph)));
    }
}

fn finished(mut paragraph: Paragraph) -> Paragraph {
    paragraph.runs = join_runs(paragraph.runs);
    paragraph
}

fn resolve_runs(runs: &[Run], side: Side) -> Vec<Run> {
    runs.iter()
        .filter(|run| !side.drops(run.mark))
        .map(|run| {
            let mut style = side.pick(&run.style);
            style.now.note = run.style.now.note.as_ref().map(|note| {
                let runs = join_runs(resolve_runs(&note.runs, side));
                Box::new(Note { runs })
            });
            style.now.fresh = side == Side::NowShowingNew && run.mark == Mark::Inserted;
            style.now.by = None;
            Run { text: run.text.clone(), style, mark: Mark::Kept }
        })
        .collect()
}

/// Joins neighbours that differ in nothing but their text, and drops what is empty: the one form of a sequence of runs.
pub fn join_runs(runs: Vec<Run>) -> Vec<Run> {
    let mut joined: Vec<Run> = Vec::with_capacity(runs.len());
    for run in runs {
        match joined.last_mut() {
            _ if run.text.is_empty() => {}
            Some(last) if last.style == run.style && last.mark == run.mark && !run.is_object() => {
                last.text.push_str(&run.text)
            }
            _ => joined.push(run),
        }
    }
    joined
}

fn resolve_table(table: &Table, side: Side) -> Table {
    let columns = table
        .columns
        .iter()
        .filter(|column| !side.drops(column.mark))
        .map(|column| super::Column { key: side.pick(&column.key), mark: Mark::Kept, ..column.clone() })
        .collect();
    let rows = table
        .rows
        .iter()
        .filter(|row| !side.drops(row.mark))
        .map(|row| TableRow {
            key: side.pick(&row.key),
            kind: row.kind,
            mark: Mark::Kept,
            cells: resolve_cells(table, row, side),
        })
        .collect();
    Table { id: side.pick(&table.id), columns, rows, header_column: table.header_column }
}

/// A cell covers what stands of the columns that it covered; one that covers none is gone.
fn resolve_cells(table: &Table, row: &TableRow, side: Side) -> Vec<Cell> {
    let mut grid = table.grid(row.mark);
    row.cells
        .iter()
        .filter_map(|cell| {
            let span = grid.by_ref().take(cell.span).filter(|&at| !side.drops(table.columns[at].mark)).count();
            (span > 0).then(|| Cell { span, runs: join_runs(resolve_runs(&cell.runs, side)), above: cell.above })
        })
        .collect()
}
