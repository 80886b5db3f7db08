//! What is built as Word and imported again builds the same.

use super::{Files, as_version, built, import, root, shipped, vocabulary, with};
use crate::common::{config, generate, sheet};

use ctsd::document::markdown::{read_body, write_blocks};
use ctsd::document::{
    Align, Block, Cell, Column, Furniture, FurnitureKind, Kind, Mark, RowKind, Run, Table, TableRow, join_runs, text_of,
};
use ctsd::pipeline::{Desk, Format};
use ctsd::writer::columns;
use ctsd::writer::typeset::Shaper;
use proptest::prelude::*;
use std::fmt::Write as _;

/// Imports what is built of a version, and holds what is built of that against it.
fn comes_back(desk: &Desk, id: &str, words: &Files) -> Result<(), TestCaseError> {
    let file = built(desk, id, Format::Docx);
    let imported = import(words, &file, &as_version("27.0")).unwrap_or_else(|failure| panic!("{failure}"));
    prop_assert_eq!(&imported.findings, &Vec::new());
    prop_assert_eq!(imported.adopted.words.missing(), 0);
    let again = super::desk(&with(words, &imported));
    let text = |desk: &Desk, id: &str| String::from_utf8(built(desk, id, Format::Markdown)).unwrap();
    prop_assert_eq!(text(&again, "27.0"), text(desk, id));
    Ok(())
}

#[test]
fn the_shipped_versions_come_back() {
    let (_, desk) = shipped();
    assert!(desk.project.versions.len() > 5);
    for version in &desk.project.versions {
        comes_back(&desk, &version.id, &vocabulary()).unwrap_or_else(|wrong| panic!("{}: {wrong}", *version.id));
    }
}

/// The body of a section, as a drafter could have written it.
fn body() -> impl Strategy<Value = String> {
    let blocks = proptest::collection::vec(generate::block(false), 0..5);
    let turned = prop::option::weighted(0.3, (any::<prop::sample::Index>(), any::<prop::sample::Index>()));
    let broken = prop::option::weighted(0.3, any::<prop::sample::Index>());
    (blocks, turned, broken).prop_map(|(blocks, turned, broken)| {
        let mut kept = Vec::new();
        for mut block in blocks {
            // Word has addresses in a form of its own, bare ones too.
            block.texts_mut().into_iter().for_each(unlink);
            // Word has no note without words, as it has no such paragraph.
            let has_words = |run: &Run| run.style.now.note.iter().all(|note| !text_of(&note.runs).trim().is_empty());
            block.texts_mut().into_iter().for_each(|runs| runs.retain(has_words));
            match &mut block {
                // Word has no paragraph without words.
                Block::Paragraph(paragraph) if paragraph.text().trim().is_empty() => continue,
                Block::Paragraph(paragraph) => match &mut paragraph.kind.now {
                    Kind::Role(_) | Kind::Clause { .. } => paragraph.kind = Kind::Body.into(),
                    Kind::Heading { level, id } => {
                        *level = (*level).min(3);
                        *id = None;
                    }
                    _ => {}
                },
                Block::Table(table) => {
                    table.id = None.into();
                    if !as_typed(table) {
                        continue;
                    }
                    for (at, column) in table.columns.iter_mut().enumerate() {
                        // In Word, cells are set to a side, and no column.
                        let said = |row: &TableRow| {
                            cell_at(row, at).is_some_and(|cell| !text_of(&cell.runs).trim().is_empty())
                        };
                        if !table.rows.iter().any(|row| row.kind == RowKind::Data && said(row)) {
                            column.align = Align::Left;
                        }
                    }
                }
                Block::Furniture(_) => continue,
            }
            kept.push(block);
            // What a body can't hold, or Word can't, is no body.
            let text = typed(&kept);
            if text.contains("://")
                || read_body(&text).is_err()
                || text.contains(char::is_control) && text.replace('\n', "").contains(char::is_control)
            {
                kept.pop();
            }
        }
        if let Some((from, to)) = turned {
            turn(&mut kept, from, to);
        } else if let Some(at) = broken {
            break_page(&mut kept, at);
        }
        typed(&kept)
    })
}

/// Whether a block stands with what follows it.
fn leads(block: &Block) -> bool {
    matches!(block, Block::Paragraph(it) if matches!(it.kind.now, Kind::Heading { .. }))
}

/// Begins a page before one of the blocks, unless nothing but headings follow, which stand with the next section.
fn break_page(blocks: &mut Vec<Block>, at: prop::sample::Index) {
    if blocks.len() < 2 {
        return;
    }
    let at = 1 + at.index(blocks.len() - 1);
    if !blocks[at..].iter().all(leads) {
        blocks.insert(at, Block::Furniture(Furniture { kind: FurnitureKind::PageBreak, mark: Mark::Kept }));
    }
}

/// The cell that covers a column alone.
fn cell_at(row: &TableRow, column: usize) -> Option<&Cell> {
    let mut start = 0;
    row.cells.iter().find(|cell| {
        start += cell.span;
        start == column + 1 && cell.span == 1
    })
}

/// Makes a table one that a drafter could have typed and Word shows in full; else says that it can't be.
fn as_typed(table: &mut Table) -> bool {
    let headers = table.rows.iter().take_while(|row| row.kind == RowKind::Header).count();
    let headers = headers.clamp(1, (table.rows.len() - 1).max(1));
    for (at, row) in table.rows.iter_mut().enumerate() {
        row.kind = if at < headers { RowKind::Header } else { RowKind::Data };
    }
    // A column in which no cell begins or ends by itself is none in Word.
    let mut edges = vec![false; table.columns.len()];
    for row in &table.rows {
        let mut end = 0;
        for cell in &row.cells {
            end += cell.span;
            edges[end - 1] = true;
        }
    }
    // A header doesn't go on into the rows below it.
    let goes_on = table.rows.get(headers).is_some_and(|row| row.cells.iter().any(|cell| cell.above));
    if edges.contains(&false) || goes_on {
        return false;
    }
    table.header_column &= table.rows.len() > headers;
    // What tells columns and rows apart is what stands in them.
    for at in 0..table.columns.len() {
        let mut start = 0;
        let begins = table.rows[0].cells.iter().find(|cell| {
            start += cell.span;
            start - cell.span == at
        });
        table.columns[at].key = begins.map(|cell| text_of(&cell.runs)).unwrap_or_default().into();
    }
    for row in &mut table.rows {
        row.key = text_of(&row.cells[0].runs).into();
    }
    // Two numbers say what their halves do.
    let common = (1..4).rev().find(|by| table.columns.iter().all(|column| column.share % by == 0)).unwrap_or(1);
    table.columns.iter_mut().for_each(|column| column.share /= common);
    // Widths that are those of the words say nothing.
    let natural =
        Table { columns: table.columns.iter().map(|it| Column { share: 0, ..it.clone() }).collect(), ..table.clone() };
    let fitted = |table: &Table| columns::fit(table, &sheet(), &mut Shaper::new());
    let says = table.columns.iter().all(|column| column.share > 0)
        && match (fitted(&natural), fitted(table)) {
            (Ok(natural), Ok(asked)) => {
                let sum = |widths: &[u32]| f64::from(widths.iter().sum::<u32>());
                let (a, b) = (sum(&natural.widths), sum(&asked.widths));
                natural
                    .widths
                    .iter()
                    .zip(&asked.widths)
                    .any(|(x, y)| (f64::from(*x) / a - f64::from(*y) / b).abs() * a > 4.5)
            }
            _ => false,
        };
    if !says {
        *table = natural;
    }
    true
}

/// Puts some blocks onto turned pages, where what a drafter says of that is all there is to say: no table is too wide for
/// an upright page, and nothing before them would come along.
fn turn(blocks: &mut Vec<Block>, from: prop::sample::Index, to: prop::sample::Index) {
    let is_wide = |block: &Block| match block {
        Block::Table(table) => columns::fit(table, &sheet(), &mut Shaper::new()).is_ok_and(|fitted| fitted.landscape),
        _ => false,
    };
    if blocks.is_empty() || blocks.iter().any(is_wide) {
        return;
    }
    let (from, to) = (from.index(blocks.len()), to.index(blocks.len()) + 1);
    if from >= to
        || from > 0 && leads(&blocks[from - 1])
        || blocks[from..to].iter().all(leads)
        || blocks[to..].iter().all(leads) && to < blocks.len()
    {
        return;
    }
    let page = |kind| Block::Furniture(Furniture { kind, mark: Mark::Kept });
    if to < blocks.len() {
        blocks.insert(to, page(FurnitureKind::Portrait));
    }
    blocks.insert(from, page(FurnitureKind::Landscape));
}

fn unlink(runs: &mut Vec<Run>) {
    for run in runs.iter_mut() {
        run.style.now.link = None;
        run.style.now.note.iter_mut().for_each(|note| unlink(&mut note.runs));
    }
    *runs = join_runs(std::mem::take(runs));
}

/// As somebody types it, who needn't say what tells the columns and rows of a plain table apart.
fn typed(blocks: &[Block]) -> String {
    let is_plain = |table: &Table| {
        !table.header_column
            && table.columns.iter().all(|column| column.share == 0)
            && table.rows.iter().skip(1).all(|row| row.kind == RowKind::Data)
            && table.rows.iter().flat_map(|row| &row.cells).all(|cell| cell.span == 1 && !cell.above)
    };
    let mut tables = blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(is_plain(table)),
        _ => None,
    });
    let text = write_blocks(blocks);
    let stays = |line: &&str| !line.trim_start().starts_with("<!-- ctsd:table") || tables.next() == Some(false);
    text.split('\n').filter(stays).collect::<Vec<_>>().join("\n")
}

fn begins_with_a_paragraph(body: &str) -> bool {
    let blocks = read_body(body).unwrap_or_default();
    matches!(blocks.first(), Some(Block::Paragraph(first)) if first.kind.now == Kind::Body)
}

fn yaml(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

const NUMBERS: [&str; 8] = ["1", "1.1", "1.2", "1.2.1", "2", "2.1", "5.4", "8.1.4"];
const ROLES: [&str; 3] = ["IS", "ED", "GT"];
const SAYS: [&str; 3] = ["Mandatory", "Mandatory SMETS 2", "Mandatory SMETS1"];

/// A version of generated text, lists, notes and tables.
pub fn project() -> impl Strategy<Value = Files> {
    let heading = || generate::tame_text().prop_filter("a heading has words", |text| !text.trim().is_empty());
    let sections = proptest::collection::vec((any::<bool>(), heading(), body()), NUMBERS.len());
    let row = (heading(), any::<bool>(), proptest::collection::vec((1..=10usize, 0..SAYS.len()), 0..4));
    let table = (prop::option::of(generate::tame_text()), 0..ROLES.len(), proptest::collection::vec(row, 1..4));
    (sections, proptest::collection::vec(table, 0..3)).prop_map(|(sections, tables)| {
        let mut files = vocabulary();
        let mut write = |path: String, text: String| drop(files.insert(format!("content/1.0/{path}"), text));
        write("version.yaml".into(), "id: \"1.0\"\nname: SEC Version 1.0\nclassification: Green\n".into());
        for (number, (is_there, heading, body)) in NUMBERS.iter().zip(sections) {
            if is_there || *number == "1" {
                let heading = heading.split_whitespace().collect::<Vec<_>>().join(" ");
                let mut text = format!("section: \"{number}\"\n");
                // Some have no heading, and begin with a paragraph.
                if body.len() % 3 > 0 || !begins_with_a_paragraph(&body) {
                    writeln!(text, "heading: {}", yaml(&heading)).unwrap();
                }
                if !body.trim().is_empty() {
                    writeln!(text, "body: {}", yaml(&body)).unwrap();
                }
                write(format!("sections/{number}.yaml"), text);
            }
        }
        for (at, (title, role, rows)) in tables.into_iter().enumerate() {
            let number = format!("8.1.{}", at + 5);
            let mut text = format!("table: \"{number}\"\nrole: {}\n", ROLES[role]);
            let title: Option<String> = title.map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "));
            if let Some(title) = title.filter(|title: &String| title.starts_with(char::is_alphanumeric)) {
                writeln!(text, "title: {}", yaml(&title)).unwrap();
            }
            text.push_str("rows:\n");
            for (nth, (name, critical, cells)) in rows.into_iter().enumerate() {
                let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
                write!(
                    text,
                    "  - {{ reference: \"6\", variant: \"6.{nth}\", name: {}, critical: {critical}",
                    yaml(&name)
                )
                .unwrap();
                let cells: std::collections::BTreeMap<usize, usize> = cells.into_iter().collect();
                let cells: Vec<String> = cells.iter().map(|(cv, says)| format!("{cv}: {}", SAYS[*says])).collect();
                writeln!(text, ", cv: {{ {} }} }}", cells.join(", ")).unwrap();
            }
            write(format!("tables/{number}.yaml"), text);
        }
        files
    })
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn what_is_built_as_word_and_imported_builds_the_same(files in project()) {
        // Not all that is generated can be content.
        let Ok(desk) = Desk::open_from(&root(&files)) else { return Err(TestCaseError::reject("no content")) };
        prop_assume!(desk.version("1.0").is_ok());
        comes_back(&desk, "1.0", &vocabulary())?;
    }
}
