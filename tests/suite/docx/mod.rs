//! The laws of the Word document, read back with the tests' own reader.

#![allow(clippy::disallowed_macros, reason = "what is measured is printed")]

mod moved;

use crate::common::docx::{self, Resolve};
use crate::common::{config, docx_sample, edit, generate};
use ctsd::document::{
    Block, Cell, Column, Document, Furniture, FurnitureKind, Kind, Mark, Paragraph, Run, Table, TableRow, TextRole,
    accept, reject,
};
use ctsd::ooxml::trace::{Fingerprint, Trace};
use ctsd::redline::compare;
use ctsd::stylesheet::Stylesheet;
use ctsd::writer::docx::{Options, write};
use ctsd::writer::pages;
use ctsd::writer::pdf::{self, tree::Tag};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::{BTreeMap, BTreeSet};

fn sheet() -> Stylesheet {
    crate::common::sheet()
}

fn options() -> Options {
    Options {
        author: "A <drafter> & \"Co\"".to_owned(),
        date: Some("2026-01-31T00:00:00Z".to_owned()),
        trace: Trace {
            tool: "ctsd <1>".to_owned(),
            base: Some(Fingerprint { id: "6.18".to_owned(), sha256: "0a".repeat(32) }),
            target: Some(Fingerprint { id: "M&P089".to_owned(), sha256: "1b".repeat(32) }),
            authors: vec!["A <drafter>".to_owned()],
            sent: Some("# One & <ins>two</ins>\n\n| a |\n".to_owned()),
        },
        ..Options::default()
    }
}

fn written(document: &Document) -> Vec<u8> {
    let sheet = sheet();
    let options = Options { pages: pages::of_texts(document, &sheet), ..options() };
    write(document, &sheet, &options).expect("a file")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn resolving_all_revisions_gives_the_document_of_that_text(document in generate::document(true)) {
        let redline = written(&document);
        prop_assert_eq!(docx::faults(&redline), Vec::<String>::new());
        for (how, clean) in [(Resolve::Accept, accept(&document)), (Resolve::Reject, reject(&document))] {
            let resolved = docx::resolve(&docx::body(&redline), how);
            let clean = written(&clean);
            prop_assert_eq!(docx::seen(&resolved), docx::seen(&docx::body(&clean)), "{:?}", how);
            prop_assert!(!docx::tables_touch(&resolved), "{:?}", how);
            prop_assert_eq!(docx::faults(&clean), Vec::<String>::new());
        }
    }
}

/// The names of the bookmarks in a file.
fn bookmarks(file: &[u8]) -> BTreeSet<String> {
    docx::body(file).named("w:bookmarkStart").iter().map(|mark| mark.attributes["w:name"].clone()).collect()
}

/// The document with an identity of its own for each section and table, as content has it.
fn with_own_ids(mut document: Document) -> Document {
    for (at, block) in document.blocks.iter_mut().enumerate() {
        match block {
            Block::Paragraph(paragraph) => {
                paragraph.kind.was = None;
                if let Kind::Heading { id: Some(id), .. } = &mut paragraph.kind.now {
                    *id = format!("{}.{at}", at % 3);
                }
            }
            Block::Table(table) => table.id = table.id.now.take().map(|_| format!("8.{at}")).into(),
            Block::Furniture(_) => {}
        }
    }
    document
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_section_or_table_has_one_bookmark_in_both_texts_and_in_their_redline(document in generate::document(true)) {
        let document = with_own_ids(document);
        let redline = bookmarks(&written(&document));
        for clean in [accept(&document), reject(&document)] {
            let is_part = |name: &String| {
                clean.blocks.iter().any(|block| match block {
                    Block::Paragraph(paragraph) => matches!(&paragraph.kind.now, Kind::Heading { id: Some(id), .. }
                        if *name == format!("section_{}", id.replace('.', "_"))),
                    Block::Table(table) => table.id.now.as_ref()
                        .is_some_and(|id| *name == format!("table_{}", id.replace('.', "_"))),
                    Block::Furniture(_) => false,
                })
            };
            let parts: BTreeSet<String> = bookmarks(&written(&clean)).into_iter().filter(is_part).collect();
            prop_assert!(parts.is_subset(&redline), "{:?} in {:?}", parts, redline);
        }
    }

    #[test]
    fn what_is_put_before_the_rest_moves_no_bookmark(document in generate::document(false)) {
        let document = with_own_ids(document);
        let mut longer = document.clone();
        let caption = Paragraph::new(Kind::Role(TextRole::Caption), vec![Run::plain("A caption like no other")]);
        let table = Block::Table(docx_sample::matrix("99.9", 2));
        longer.blocks.splice(0..0, [Block::Paragraph(caption), table, Block::Paragraph(Paragraph::default())]);
        let (few, all) = (bookmarks(&written(&document)), bookmarks(&written(&longer)));
        prop_assert!(few.is_subset(&all), "{:?} in {:?}", few, all);
        let is_name = |name: &String| {
            name.len() <= 40
                && name.starts_with(|c: char| c.is_ascii_alphabetic())
                && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        };
        prop_assert!(all.iter().all(is_name), "{:?}", all);
    }
}

/// What the custom XML part says of each bookmark.
fn landmarks(file: &[u8]) -> BTreeMap<String, docx::Node> {
    let marks = docx::part(file, "customXml/item1.xml").children;
    let marks: Vec<_> = marks.into_iter().filter(|node| node.name == "bookmark").collect();
    let map: BTreeMap<_, _> =
        marks.iter().map(|mark| (mark.attributes["name"].clone(), mark.children[0].clone())).collect();
    assert_eq!(map.len(), marks.len(), "each bookmark is said once");
    map
}

/// The rows of the matrices that stand where `gone` doesn't, by table and key.
fn rows(document: &Document, gone: Mark) -> Vec<(String, String)> {
    let tables = document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some((table.id.now.clone()?, table)),
        _ => None,
    });
    let rows =
        tables.filter(|(_, table)| table.columns.iter().any(|column| column.mark != gone)).flat_map(|(id, table)| {
            let rows =
                table.rows.iter().filter(|row| row.mark != gone && !row.cells.is_empty() && !row.key.now.is_empty());
            rows.map(move |row| (id.clone(), row.key.now.clone()))
        });
    let mut rows: Vec<_> = rows.collect();
    rows.sort();
    rows
}

/// The rows that the bookmarks of a body stand for.
fn marked_rows(body: &docx::Node, landmarks: &BTreeMap<String, docx::Node>) -> Vec<(String, String)> {
    let text = |mark: &docx::Node, name: &str| mark.child(name).map(|node| node.text.clone()).unwrap_or_default();
    let marks = body.named("w:bookmarkStart").into_iter().map(|mark| &landmarks[&mark.attributes["w:name"]]);
    let rows = marks.filter(|mark| mark.name == "row");
    let mut rows: Vec<_> = rows.map(|row| (text(row, "table"), text(row, "key"))).collect();
    rows.sort();
    rows
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn the_custom_part_says_what_each_bookmark_stands_for(document in generate::document(true)) {
        let file = written(&document);
        let landmarks = landmarks(&file);
        prop_assert_eq!(landmarks.keys().cloned().collect::<BTreeSet<_>>(), bookmarks(&file));
        // Whichever revisions are resolved, each row that is left can be traced to its key.
        for (how, gone) in [(Resolve::Accept, Mark::Deleted), (Resolve::Reject, Mark::Inserted)] {
            let body = docx::resolve(&docx::body(&file), how);
            prop_assert_eq!(marked_rows(&body, &landmarks), rows(&document, gone), "{:?}", how);
        }
    }
}

#[test]
fn a_file_says_what_it_was_made_from_in_properties_and_in_a_part_that_word_finds() {
    let file = written(&docx_sample::document());
    let properties = docx::part(&file, "docProps/custom.xml");
    let of = |node: &docx::Node| (node.attributes["name"].clone(), node.children[0].text.clone());
    let properties: BTreeMap<String, String> = properties.children.iter().map(of).collect();
    let wanted = [
        ("ctsd.tool", "ctsd <1>".to_owned()),
        ("ctsd.base", "6.18".to_owned()),
        ("ctsd.base.sha256", "0a".repeat(32)),
        ("ctsd.target", "M&P089".to_owned()),
        ("ctsd.target.sha256", "1b".repeat(32)),
    ];
    for (name, value) in wanted {
        assert_eq!(properties.get(name), Some(&value), "{name}");
    }
    let item = docx::part(&file, "customXml/item1.xml");
    assert_eq!(item.attributes["xmlns"], "urn:ctsd:trace:1");
    assert_eq!(item.child("base").expect("a base").text, "6.18");
    assert_eq!(item.child("target").expect("a target").attributes["sha256"], "1b".repeat(32));
    let leads_to = |path: &str, target: &str| {
        docx::part(&file, path).children.iter().any(|relationship| relationship.attributes["Target"] == target)
    };
    assert!(leads_to("word/_rels/document.xml.rels", "../customXml/item1.xml"));
    assert!(leads_to("customXml/_rels/item1.xml.rels", "itemProps1.xml"));
    let identity = docx::part(&file, "customXml/itemProps1.xml");
    assert_eq!(identity.named("ds:schemaRef")[0].attributes["ds:uri"], "urn:ctsd:trace:1");
    let clean = Options { trace: Trace { base: None, ..options().trace }, ..options() };
    let clean = write(&accept(&docx_sample::document()), &sheet(), &clean).expect("a file");
    assert!(docx::part(&clean, "customXml/item1.xml").child("base").is_none());
}

/// Where the files stand that other readers are tried on.
fn folder() -> std::path::PathBuf {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("docx");
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// Without what LibreOffice (7.4) can't resolve.
fn as_libreoffice_can(mut document: Document) -> Document {
    // It takes a list of contents that comes for one insertion with what is inserted at the end of the paragraph above.
    document.blocks.retain(
        |block| !matches!(block, Block::Furniture(it) if it.kind == FurnitureKind::Contents && it.mark != Mark::Kept),
    );
    // And it forgets that the end of a paragraph is tracked where there is a note in the paragraph.
    let paragraphs = document.blocks.iter_mut().filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph),
        _ => None,
    });
    for paragraph in paragraphs.filter(|paragraph| paragraph.mark != Mark::Kept) {
        paragraph.runs.retain(|run| run.style.now.note.is_none());
    }
    document
}

#[test]
fn generated_documents_are_there_for_other_readers() {
    let mut runner = TestRunner::deterministic();
    let wild: Vec<_> =
        (0..6).map(|_| as_libreoffice_can(generate::document(true).new_tree(&mut runner).unwrap().current())).collect();
    // A drafter's edits: every kind of change, in documents of some length.
    let drafted = (0..8).map(|_| {
        let (old, new) = edit::pair().new_tree(&mut runner).unwrap().current();
        compare(&old, &new, "old", "new").document
    });
    for (at, redline) in wild.into_iter().chain(drafted.collect::<Vec<_>>()).enumerate() {
        for (name, document) in [("old", reject(&redline)), ("new", accept(&redline)), ("redline", redline.clone())] {
            std::fs::write(folder().join(format!("generated{at:02}-{name}.docx")), written(&document)).expect("a file");
        }
    }
}

#[test]
fn the_sample_resolves_to_its_two_texts() {
    let redline = docx_sample::document();
    // LibreOffice without a display crashes on any comment, whoever wrote it, so these have a file of their own.
    let commented = Document { comments: docx_sample::comments(&redline), ..redline.clone() };
    let clean = [("old", reject(&redline)), ("new", accept(&redline))];
    for (name, document) in clean.into_iter().chain([("redline", redline), ("commented", commented)]) {
        let file = written(&document);
        assert_eq!(docx::faults(&file), Vec::<String>::new(), "{name}");
        std::fs::write(folder().join(format!("sample-{name}.docx")), file).expect("a file");
    }
}

/// 200 pages: run it on a release build, `cargo test --release --test suite docx:: -- --ignored --nocapture`.
#[test]
#[ignore = "measures"]
fn a_full_size_document_is_quick_and_ten_times_that_takes_ten_times_as_long() {
    for scale in [1, 10] {
        let mut document = docx_sample::document();
        let (head, tail) = (document.blocks.clone(), Block::Table(docx_sample::matrix("8.1.9", 400)));
        for _ in 0..5 * scale {
            document.blocks.extend(head.iter().cloned());
            document.blocks.push(tail.clone());
        }
        let start = std::time::Instant::now();
        let size = written(&document).len();
        eprintln!("{} blocks, {size} bytes: {:?}", document.blocks.len(), start.elapsed());
    }
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let document = docx_sample::document();
    assert_eq!(written(&document), written(&document));
}

#[test]
fn a_character_that_no_file_can_hold_is_a_problem_with_its_block() {
    let mut document = docx_sample::document();
    let Some(Block::Paragraph(paragraph)) = document.blocks.get_mut(3) else { panic!("a paragraph") };
    paragraph.runs.push(Run::plain("a bell: \u{7}"));
    let problems = write(&document, &sheet(), &options()).expect_err("a problem");
    assert_eq!(problems.iter().map(|problem| problem.block).collect::<Vec<_>>(), [Some(3)]);
    assert!(problems[0].message.contains("U+0007"), "{problems:?}");
}

#[test]
fn header_rows_repeat_and_no_row_is_cut() {
    let body = docx::body(&written(&docx_sample::document()));
    let tables = body.named("w:tbl");
    assert!(!tables.is_empty());
    for table in tables {
        let rows: Vec<_> = table.children.iter().filter(|child| child.name == "w:tr").collect();
        assert!(rows[0].child("w:trPr").is_some_and(|row| row.child("w:tblHeader").is_some()));
        assert!(rows.iter().all(|row| row.child("w:trPr").is_some_and(|row| row.child("w:cantSplit").is_some())));
    }
}

#[test]
fn an_inserted_row_is_marked_on_the_row_its_runs_and_its_paragraphs() {
    let body = docx::body(&written(&docx_sample::document()));
    let rows = body.named("w:tr");
    let inserted: Vec<_> =
        rows.iter().filter(|row| row.child("w:trPr").is_some_and(|row| row.child("w:ins").is_some())).collect();
    assert!(!inserted.is_empty());
    for row in inserted {
        for paragraph in row.named("w:p") {
            let mark = paragraph.child("w:pPr").and_then(|p| p.child("w:rPr")).and_then(|mark| mark.child("w:ins"));
            assert!(mark.is_some(), "{paragraph:?}");
            assert!(paragraph.child("w:r").is_none(), "{paragraph:?}");
        }
    }
}

#[test]
fn every_link_has_its_target_and_only_a_redline_tracks_what_a_reviewer_changes() {
    let redline = docx_sample::document();
    let file = written(&redline);
    let body = docx::body(&file);
    let names: Vec<_> = body.named("w:bookmarkStart").iter().map(|mark| mark.attributes["w:name"].clone()).collect();
    let anchors: Vec<_> =
        body.named("w:hyperlink").iter().filter_map(|link| link.attributes.get("w:anchor").cloned()).collect();
    assert!(!anchors.is_empty() && anchors.iter().all(|anchor| names.contains(anchor)), "{anchors:?} in {names:?}");
    let tracks = |file: &[u8]| docx::part(file, "word/settings.xml").child("w:trackRevisions").is_some();
    assert!(tracks(&file) && !tracks(&written(&accept(&redline))));
}

#[test]
fn what_stands_under_a_table_keeps_its_distance_and_a_note_stays_with_it() {
    let blocks = |below: Kind| {
        let below = Paragraph::new(below, vec![Run::plain("Below.")]);
        let cells = vec![Cell { above: false, span: 1, runs: vec![Run::plain("A cell.")] }];
        let rows = vec![TableRow { cells, ..TableRow::default() }];
        let table = Table { columns: vec![Column::default()], rows, ..Table::default() };
        vec![Block::Table(table), Block::Paragraph(below)]
    };
    let body = |below| docx::body(&written(&Document { blocks: blocks(below), ..Document::default() }));
    let last_row_stays = |body: &docx::Node| {
        let rows = body.named("w:tr");
        let paragraphs = rows.last().expect("a row").named("w:p");
        paragraphs.iter().all(|p| p.child("w:pPr").is_some_and(|p| p.child("w:keepNext").is_some()))
    };
    let space = |body: &docx::Node| {
        let below = body.children.iter().rfind(|child| child.name == "w:p").expect("a paragraph").clone();
        below.child("w:pPr").and_then(|p| p.child("w:spacing")).map(|space| space.attributes["w:before"].clone())
    };
    let (text, note) = (body(Kind::Body), body(Kind::Role(TextRole::Note)));
    assert_eq!((space(&text).as_deref(), last_row_stays(&text)), (Some("140"), false));
    assert_eq!((space(&note).as_deref(), last_row_stays(&note)), (Some("140"), true));
    let heading = body(Kind::Heading { level: 1, id: None });
    assert_eq!(space(&heading), None, "a heading has more space of its own");
}

#[test]
fn what_starts_a_page_leaves_no_space_over_it() {
    let heading =
        || Block::Paragraph(Paragraph::new(Kind::Heading { level: 1, id: None }, vec![Run::plain("A heading")]));
    let page_break = Block::Furniture(Furniture { kind: FurnitureKind::PageBreak, mark: Mark::Kept });
    let wide = Block::Table(docx_sample::matrix("8.1.8", 3));
    let blocks = vec![heading(), heading(), page_break, heading(), heading(), wide, heading()];
    let body = docx::body(&written(&Document { blocks, ..Document::default() }));
    let headings = body.named("w:p").into_iter().filter(|p| p.value(&["w:pPr", "w:pStyle"]) == Some("Heading1"));
    let spaces: Vec<Option<String>> = headings
        .map(|p| p.child("w:pPr").and_then(|p| p.child("w:spacing")).map(|space| space.attributes["w:before"].clone()))
        .collect();
    // The table takes both headings over it along to its own page.
    let none = || Some("0".to_owned());
    assert_eq!(spaces, [none(), None, none(), None, none()]);
}

#[test]
fn a_comment_has_its_authors_initials() {
    let mut document = docx_sample::document();
    document.comments = docx_sample::comments(&document);
    let comments = docx::part(&written(&document), "word/comments.xml");
    assert!(comments.children.iter().all(|comment| comment.attributes["w:initials"] == "ADC"), "{comments:?}");
}

#[test]
fn the_contents_list_what_word_would_list() {
    let heading =
        |text: &str| Block::Paragraph(Paragraph::new(Kind::Heading { level: 1, id: None }, vec![Run::plain(text)]));
    let contents = Furniture { kind: FurnitureKind::Contents, mark: Mark::Kept };
    let blocks = vec![heading("About this document"), Block::Furniture(contents), heading("Introduction")];
    let body = docx::body(&written(&Document { blocks, ..Document::default() }));
    let listed: Vec<String> = body.named("w:hyperlink").iter().map(|link| docx::text(link)).collect();
    assert_eq!(listed.len(), 2, "{listed:?}");
    assert!(listed[0].starts_with("About this document"), "{listed:?}");
}

/// The lines of the contents, in single blanks, as Word shows them before it refreshes them.
fn lines_in_word(document: &Document) -> Vec<String> {
    let body = docx::body(&written(document));
    let entries = body
        .named("w:p")
        .into_iter()
        .filter(|paragraph| paragraph.value(&["w:pPr", "w:pStyle"]).is_some_and(|style| style.starts_with("TOC")));
    // The page is a field, after the last tab.
    let title = |entry: &docx::Node| {
        let runs = entry.named("w:r");
        let is_page = |run: &&docx::Node| {
            let codes = ["w:instrText", "w:delInstrText"].map(|name| run.named(name)).concat();
            codes.iter().any(|code| code.text.contains("PAGEREF"))
        };
        let field = runs.iter().position(is_page);
        let text: String = runs[..field.expect("a page number")].iter().map(|run| docx::text(run)).collect();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    entries.map(title).collect()
}

/// The lines of the contents, as the PDF names where they lead to.
fn lines_in_pdf(laid: &pdf::placed::Laid) -> Vec<String> {
    let of_contents = |node: &&pdf::tree::Node| {
        let reference = &laid.tree.nodes[node.parent];
        let of_entry = laid.tree.nodes[reference.parent].tag == Tag::ContentsItem;
        node.tag == Tag::Link && reference.tag == Tag::Reference && of_entry
    };
    laid.tree.nodes.iter().filter(of_contents).map(|line| line.alt.clone().unwrap_or_default()).collect()
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn word_and_pdf_list_the_same(document in generate::document(true)) {
        let mut document = document;
        document.blocks.retain(|block| !matches!(block, Block::Furniture(_)));
        document.blocks.insert(0, Block::Furniture(Furniture { kind: FurnitureKind::Contents, mark: Mark::Kept }));
        let later = accept(&document);
        if let (Ok(marked), Ok(clean)) = (pdf::lay_out(&document, &sheet()), pdf::lay_out(&later, &sheet())) {
            prop_assert_eq!(lines_in_pdf(&clean), lines_in_word(&later));
            // A redline lists what comes and what goes, as Word does.
            let lines = lines_in_pdf(&marked);
            prop_assert_eq!(lines.len(), lines_in_word(&document).len());
            let mut all = lines.iter();
            prop_assert!(lines_in_pdf(&clean).iter().all(|line| all.any(|listed| listed == line)), "{lines:?}");
        }
    }
}
