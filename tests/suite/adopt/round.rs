//! What is built as Word and imported again builds the same.

use super::{Files, as_version, built, import, root, shipped, vocabulary, with};
use crate::common::{config, generate};
use ctsd::document::markdown::{read_body, write_blocks};
use ctsd::document::{Align, Block, Kind, RowKind, Run, join_runs, text_of};
use ctsd::pipeline::{Desk, Format};
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
    proptest::collection::vec(generate::block(false), 0..5).prop_map(|blocks| {
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
                    for (at, row) in table.rows.iter_mut().enumerate() {
                        row.kind = if at == 0 { RowKind::Header } else { RowKind::Data };
                    }
                    let head: Vec<String> = table.rows[0].cells.iter().map(|cell| text_of(&cell.runs)).collect();
                    // What has no words says no more of its columns than how many they are.
                    if table.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.span > 1)
                        || head.iter().any(String::is_empty)
                    {
                        continue;
                    }
                    for (at, column) in table.columns.iter_mut().enumerate() {
                        // In Word, cells are set to a side, and no column.
                        if table.rows[1..].iter().all(|row| text_of(&row.cells[at].runs).trim().is_empty()) {
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
        typed(&kept)
    })
}

fn unlink(runs: &mut Vec<Run>) {
    for run in runs.iter_mut() {
        run.style.now.link = None;
        run.style.now.note.iter_mut().for_each(|note| unlink(&mut note.runs));
    }
    *runs = join_runs(std::mem::take(runs));
}

/// As somebody types it, who needn't say what tells the columns and rows of a table apart.
fn typed(blocks: &[Block]) -> String {
    let text = write_blocks(blocks);
    text.split('\n').filter(|line| !line.trim_start().starts_with("<!-- ctsd:table")).collect::<Vec<_>>().join("\n")
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
