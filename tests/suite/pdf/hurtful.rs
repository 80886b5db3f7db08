//! Documents that hurt.

#![allow(clippy::disallowed_macros, reason = "what is measured is printed")]

use super::sample::{body, bullet, document, furniture, heading, kept, matrix, paragraph, role, run, sheet};
use super::{Read, keep, written};
use ctsd::document::{
    Block, Cell, Column, Document, FurnitureKind, Kind, Mark, RowKind, Run, Table, TableRow, TextRole,
};
use ctsd::writer::pdf::write;

fn table(rows: Vec<Vec<&str>>) -> Table {
    let count = rows.first().map_or(0, Vec::len);
    let columns = (0..count).map(|index| Column { key: format!("{index}").into(), ..Column::default() }).collect();
    let cell = |text: &str| Cell { above: false, span: 1, runs: vec![Run::plain(text)] };
    let row = |(index, texts): (usize, Vec<&str>)| TableRow {
        kind: if index == 0 { RowKind::Header } else { RowKind::Data },
        cells: texts.into_iter().map(cell).collect(),
        ..TableRow::default()
    };
    Table { columns, rows: rows.into_iter().enumerate().map(row).collect(), ..Table::default() }
}

/// All that stands on the pages lies within them.
fn lies_within(read: &Read) {
    for (page, (width, height)) in read.pages().into_iter().zip(read.sizes()) {
        let content = read.file.get_and_decode_page_content(page).expect("content");
        for operation in content.operations.iter().filter(|operation| operation.operator == "re") {
            let number = |at: usize| operation.operands[at].as_float().expect("a number");
            let (right, top) = (number(0) + number(2), number(1) + number(3));
            assert!(number(0) >= 0.0 && number(1) >= 0.0 && right <= width && top <= height, "{operation:?}");
        }
    }
}

#[test]
fn a_cell_taller_than_a_page_goes_on_over_the_next() {
    let words: Vec<String> = (0..400).map(|n| format!("word{n}")).collect();
    let text = words.join(" ");
    let narrow = "x".repeat(90);
    let read = written(&document(vec![Block::Table(table(vec![vec!["Head", "Other"], vec![&text, &narrow]]))]));
    let all = read.all_text();
    assert!(words.iter().all(|word| all.contains(word)), "no word is lost");
    lies_within(&read);

    let long = "A long clause. ".repeat(3000);
    let read = written(&document(vec![Block::Table(table(vec![vec!["Head", "Other"], vec![&long, "short"]]))]));
    assert!(read.pages().len() > 2);
    assert_eq!(read.all_text().matches("clause").count(), 3000);
    lies_within(&read);
}

#[test]
fn a_head_taller_than_a_page_ends() {
    let long = "A long heading. ".repeat(1500);
    let read = written(&document(vec![Block::Table(table(vec![vec![&long, "Other"], vec!["a", "b"]]))]));
    assert_eq!(read.all_text().matches("heading").count(), 1500);
    lies_within(&read);
}

#[test]
fn a_word_wider_than_its_column_is_cut() {
    let word = "Pneumonoultramicroscopic".repeat(12);
    let read = written(&document(vec![
        body(&word),
        Block::Table(table(vec![vec!["a", "b"], vec![&word, "c"]])),
        heading(1, "1", &format!("1 {word}")),
    ]));
    assert_eq!(read.all_text().matches("Pneu").count(), 36);
    lies_within(&read);
}

#[test]
fn a_table_wider_than_any_page_is_an_error_that_says_where() {
    let row = vec!["word"; 300];
    let document = document(vec![body("text"), Block::Table(table(vec![row.clone(), row]))]);
    let problems = write(&document, &sheet()).expect_err("no page holds it");
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].block, Some(1));
    assert!(problems[0].message.contains("300 columns"), "{}", problems[0].message);
}

#[test]
fn sixty_list_levels_are_an_error_that_says_where() {
    let blocks = (1..=60).map(|level| paragraph(bullet(level), vec![kept("item")])).collect();
    let problems = write(&document(blocks), &sheet()).expect_err("there is no room");
    assert!(problems[0].block > Some(10) && problems[0].message.contains("levels deep"), "{:?}", problems[0]);
    assert!(problems.iter().all(|problem| problem.block.is_some()));
}

#[test]
fn nothing_much_is_still_a_page() {
    let empty = [
        document(Vec::new()),
        Document::default(),
        document(vec![heading(1, "1", "1 "), heading(2, "1.1", "")]),
        document(vec![furniture(FurnitureKind::PageBreak), furniture(FurnitureKind::Contents)]),
        document(vec![Block::Table(Table::default()), body("")]),
        document(vec![role(TextRole::Caption, "a caption with no table")]),
        document(vec![paragraph(Kind::Body, vec![kept("\n\n"), run(Mark::Inserted, "\t"), kept("")])]),
    ];
    for document in empty {
        assert!(!written(&document).pages().is_empty());
    }
}

#[test]
fn characters_of_every_kind_are_set_or_named() {
    let blocks = vec![
        body("Hebrew שָׁלוֹם (עולם) 123 amid English."),
        body("Combining: e\u{301} q\u{308}\u{323} o\u{302}\u{301}, ligatures: ﬁ office, dashes – — ‑ and £ € ½."),
        body("Zero\u{200b}width, soft\u{ad}hyphen, hard\u{a0}space, thin\u{2009}space."),
    ];
    let bytes = write(&document(blocks), &sheet()).expect("Liberation Sans has all of these");
    keep("characters.pdf", &bytes);
    let text = Read::new(&bytes).all_text();
    for sought in ["e\u{301}", "q\u{308}", "hard\u{a0}space", "office", "soft\u{ad}hyphen"] {
        assert!(text.contains(sought) || text.contains("é"), "{sought:?} in {text:?}");
    }

    let problems = write(&document(vec![body("fine"), body("漢字 漢字 \u{1}")]), &sheet()).expect_err("no glyphs");
    let messages: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(problems.len(), 3, "{messages:?}");
    assert!(messages.iter().any(|message| message.contains("U+6F22") && message.contains('漢')), "{messages:?}");
    assert!(problems.iter().all(|problem| problem.block == Some(1)));
}

#[test]
fn long_tables_take_their_pages_and_cut_no_row() {
    let read = written(&document(vec![matrix("8.1.5", 500)]));
    let pages = read.pages();
    assert!(pages.len() > 12, "{} pages", pages.len());
    for &page in &pages {
        let (text, artifacts) = read.text(page);
        assert!(text.contains("User Role") || artifacts.contains("User Role"), "the head stands on each page");
        assert!(text.contains("Total Tests") || text.ends_with("ED"), "no row is cut: {text}");
    }
    lies_within(&read);
}

/// Prints how long documents take; `cargo test --release --test suite pdf:: -- --ignored --nocapture`.
#[test]
#[ignore = "it measures"]
fn time() {
    let time = |name: &str, document: &Document| {
        write(document, &sheet()).expect("it can be written");
        let start = std::time::Instant::now();
        let bytes = write(document, &sheet()).expect("it can be written");
        let (elapsed, pages) = (start.elapsed(), Read::new(&bytes).pages().len());
        println!("{name}: {pages} pages, {} bytes, {elapsed:?}, {:?} a page", bytes.len(), elapsed / pages as u32);
    };
    time("redline", &super::sample::redline());
    for rows in [100, 1000, 5000] {
        time(&format!("{rows} rows"), &document(vec![matrix("8.1.5", rows)]));
    }
    let text = "Testing Participants that have completed UEPT prior to the release of R2.0 functionality. ".repeat(8);
    for count in [100, 1000, 10_000] {
        time(&format!("{count} paragraphs"), &document((0..count).map(|n| body(&format!("{n} {text}"))).collect()));
    }
}

#[test]
fn thousands_of_headings_end() {
    let blocks = (0..3000).map(|n| heading(2, &n.to_string(), "Heading")).collect();
    assert!(written(&document(blocks)).pages().len() > 50);
}

#[test]
fn columns_and_rows_that_come_and_go_keep_their_places() {
    let mut table = table(vec![vec!["a", "b", "c"], vec!["1", "2", "3"]]);
    table.columns[1].mark = Mark::Inserted;
    let cell = |text: &str| Cell { above: false, span: 1, runs: vec![run(Mark::Deleted, text)] };
    table.rows.push(TableRow { mark: Mark::Deleted, cells: vec![cell("x"), cell("y")], ..TableRow::default() });
    let read = written(&document(vec![Block::Table(table)]));
    assert_eq!(read.all_text(), "abc123xy");
    let rows = read.tags().iter().filter(|tag| ["TH", "TD"].contains(&tag.as_str())).count();
    assert_eq!(rows, 9, "the row that lacks a column has an empty cell there");
}
