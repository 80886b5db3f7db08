//! What the desk writes and reads again is what it was, and a redline holds both of its texts.

use crate::common::{config, edit};
use ctsd::document::markdown::write_blocks;
use ctsd::document::{Block, Document, Kind, anchor, join_runs, parts};
use ctsd::ooxml::trace::Trace;
use ctsd::reader::{View, document, docx as reader};
use ctsd::redline::compare;
use ctsd::writer::docx::{Options, write};
use ctsd::writer::pages;
use proptest::prelude::*;

fn written(document: &Document) -> Vec<u8> {
    let sheet = crate::common::sheet();
    let trace = Trace { tool: "ctsd".to_owned(), ..Trace::default() };
    let options = Options { pages: pages::of_texts(document, &sheet), trace, ..Options::default() };
    write(document, &sheet, &options).expect("a file")
}

fn read(file: &[u8], view: View) -> Document {
    let marked = reader::read(file).expect("a Word document");
    let (document, remarks) = document(&marked, view);
    assert_eq!(remarks, Vec::new());
    document
}

/// What Word keeps of a document: no paragraph without words, and no link that
/// leads nowhere. (Word has addresses in a form of its own: what leads out is left out.)
fn kept(document: &Document) -> Vec<Block> {
    let places: Vec<String> = parts(document).iter().map(|part| format!("#{}", anchor(part.kind, &part.id))).collect();
    let mut blocks = Vec::new();
    for mut block in document.blocks.clone() {
        for run in block.texts_mut().into_iter().flatten() {
            run.style.now.link = run.style.now.link.take().filter(|link| places.contains(link));
        }
        if let Block::Paragraph(paragraph) = &mut block {
            paragraph.runs = join_runs(std::mem::take(&mut paragraph.runs));
            if paragraph.text().trim().is_empty() {
                continue;
            }
        }
        blocks.push(block);
    }
    blocks
}

/// The blocks by their words: a bookmark stands once in a file, so what moved has it where it stands now, and a paragraph
/// that took the place of another may have its kind.
fn nameless(mut blocks: Vec<Block>) -> String {
    // A break before what was struck is struck with it, and one before nothing breaks nothing.
    while matches!(blocks.last(), Some(Block::Furniture(_))) {
        blocks.pop();
    }
    for block in &mut blocks {
        for run in block.texts_mut().into_iter().flatten() {
            run.style.now.link = None;
            run.text = run.text.replace('\t', " ");
        }
        match block {
            Block::Paragraph(paragraph) => {
                paragraph.runs = join_runs(std::mem::take(&mut paragraph.runs));
                paragraph.kind = Kind::Body.into();
            }
            Block::Table(table) => {
                table.id = None.into();
                table.columns.iter_mut().for_each(|column| column.key = String::new().into());
                table.rows.iter_mut().for_each(|row| row.key = String::new().into());
            }
            Block::Furniture(_) => {}
        }
    }
    write_blocks(&blocks)
}

proptest! {
    #![proptest_config(config(48))]

    #[test]
    fn what_the_desk_writes_it_reads_as_it_was(written_down in edit::appendix()) {
        let back = read(&written(&written_down), View::Proposed);
        prop_assert_eq!(write_blocks(&kept(&back)), write_blocks(&kept(&written_down)));
        prop_assert_eq!(&back.meta, &written_down.meta);
    }

    #[test]
    fn a_redline_holds_both_of_its_texts((old, new) in edit::pair()) {
        let redline = written(&compare(&old, &new, "old", "new").document);
        for (view, clean) in [(View::Original, &old), (View::Proposed, &new)] {
            let back = read(&redline, view);
            let clean = read(&written(clean), View::Proposed);
            prop_assert_eq!(nameless(back.blocks), nameless(clean.blocks), "{:?}", view);
        }
    }
}

#[test]
fn a_tab_after_what_looks_like_a_number_stays_in_a_heading_that_opens_no_section() {
    let text = "## 5.4 Party {#section-5.4}\n\n#### 2019.&#9;Party\n\n#### 2019. Party\n\n";
    let document = ctsd::document::markdown::read(text).expect("a document");
    let back = read(&written(&document), View::Proposed);
    assert_eq!(write_blocks(&back.blocks), write_blocks(&document.blocks));
}

#[test]
fn a_break_before_what_goes_stays_before_what_comes() {
    let read_markdown = |text: &str| ctsd::document::markdown::read(text).expect("a document");
    let table = "*Table 9.1*\n\n| a | b |\n|---|---|\n| 6.0 | Party. |\n";
    for (old, new) in [(table, "Party.\n"), ("Party.\n", table)] {
        let [old, new] = [old, new].map(|text| read_markdown(&format!("Party.\n\n<!-- ctsd:page-break -->\n\n{text}")));
        let redline = written(&compare(&old, &new, "old", "new").document);
        for (view, clean) in [(View::Original, &old), (View::Proposed, &new)] {
            let clean = read(&written(clean), View::Proposed);
            assert_eq!(nameless(read(&redline, view).blocks), nameless(clean.blocks), "{view:?}");
        }
    }
}
