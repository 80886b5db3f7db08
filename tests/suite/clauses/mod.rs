//! Sections without a heading: a number, and the text that follows it.

use crate::common::docx::part;
use crate::common::pdf::Read;
use crate::common::{good, sheet};
use ctsd::document::{CLAUSE_LEVELS, Document, Kind, accept, markdown, reject};
use ctsd::files::Root;
use ctsd::pipeline::tracing::Piece;
use ctsd::pipeline::{Desk, Format, Options};
use ctsd::reader::{self, View};
use ctsd::stylesheet::Stylesheet;
use ctsd::writer::{docx, pages, pdf};
use std::collections::BTreeMap;

const BASE: [(&str, &str); 5] = [
    ("version", "id: \"1.0\"\nname: One\nclassification: White\n"),
    ("sections/1", "section: \"1\"\nheading: Testing\nbody: |\n  Text.\n"),
    ("sections/1.1", "section: \"1.1\"\nbody: |\n  The DCC shall test its Devices.\n\n  It shall tell the Panel.\n"),
    ("sections/1.2", "section: \"1.2\"\nbody: |\n  Each Party shall:\n\n  (a) test; and\n  (b) wait.\n"),
    ("sections/1.2.1", "section: \"1.2.1\"\nheading: Waiting\nbody: |\n  As Section 1.2 says.\n"),
];

const MODIFICATION: [(&str, &str); 5] = [
    ("version", "id: M1\nname: M1\nbase: \"1.0\"\n"),
    (
        "sections/1.1",
        "section: \"1.1\"\nbody: |\n  The DCC shall test all of its Devices.\n\n  It shall tell the Panel.\n",
    ),
    ("sections/1.1A", "insert: \"1.2\"\nid: \"new\"\nbody: |\n  The Panel shall answer.\n"),
    ("sections/1.2", "section: \"1.2\"\nheading: Duties\n"),
    ("sections/1.2.1", "section: \"1.2.1\"\nheading: \"\"\nbody: |\n  As Section 1.3 says.\n"),
];

/// A desk with a base and a modification of it.
fn desk(base: &[(&str, &str)], modification: &[(&str, &str)]) -> Desk {
    let mut files = BTreeMap::from([(
        "content/appendix.yaml".to_owned(),
        std::fs::read(good().join("content/appendix.yaml")).unwrap(),
    )]);
    for (folder, all) in [("1.0", base), ("m1", modification)] {
        files
            .extend(all.iter().map(|(name, text)| (format!("content/{folder}/{name}.yaml"), text.as_bytes().to_vec())));
    }
    Desk::open_from(&Root::memory(files)).unwrap()
}

fn document(version: &str) -> Document {
    let desk = desk(&BASE, &MODIFICATION);
    desk.document(desk.version(version).unwrap()).unwrap()
}

/// The whole redline of the two.
fn redline() -> Document {
    let desk = desk(&BASE, &MODIFICATION);
    let (base, target) = (desk.version("1.0").unwrap(), desk.version("M1").unwrap());
    let options = Options { formats: vec![Format::Markdown], ..Options::default() };
    let files = desk.full_redline(base, target, &options).unwrap();
    markdown::read(std::str::from_utf8(&files[0].bytes).unwrap()).unwrap()
}

fn word(document: &Document, sheet: &Stylesheet) -> Vec<u8> {
    let options = docx::Options {
        author: "A drafter".to_owned(),
        pages: pages::of_texts(document, sheet),
        ..docx::Options::default()
    };
    docx::write(document, sheet, &options).unwrap()
}

#[test]
fn a_section_without_a_heading_is_its_number_and_its_text() {
    let text = markdown::write(&document("1.0"));
    let written =
        "<!-- ctsd:clause {\"id\":\"1.1\",\"level\":2} -->\n1.1 The DCC shall test its Devices.\n\nIt shall tell";
    assert!(text.contains(written), "{text}");
    assert!(text.contains("1.2 Each Party shall:\n\n(a) test; and\n(b) wait."), "{text}");
    assert!(text.contains("# 1.2.1 Waiting {#section-1.2.1}"), "{text}");
}

#[test]
fn instructions_and_redlines_know_it_as_any_section() {
    let desk = desk(&BASE, &MODIFICATION);
    let (base, target) = (desk.version("1.0").unwrap(), desk.version("M1").unwrap());
    let redline = desk.compare(base, target).unwrap();
    let instructions: Vec<&str> =
        redline.changes.amendments.iter().skip(1).map(|amendment| amendment.instruction.as_str()).collect();
    assert_eq!(
        instructions,
        [
            "Amend Section 1.1 as follows:",
            "Insert new Section 1.2 after Section 1.1 as follows:",
            "Renumber Section 1.2 as Section 1.3 and amend it as follows:",
            "Amend Section 1.2.1 as follows:",
        ]
    );
    let text = markdown::write(&redline.document);
    assert!(text.contains("1.1 The DCC shall test<ins> all of</ins> its Devices."), "{text}");
    assert!(text.contains("<ins>1.2 The Panel shall answer.</ins><!-- ctsd:inserted -->"), "{text}");
    let whole = self::redline();
    assert_eq!(accept(&whole).blocks, document("M1").blocks);
    assert_eq!(reject(&whole).blocks, document("1.0").blocks);
}

#[test]
fn word_has_a_style_of_its_own_for_it_and_gives_it_back() {
    let sheet = sheet();
    for whole in [document("1.0"), redline()] {
        let file = word(&whole, &sheet);
        let marked = reader::docx::read(&file).unwrap();
        for (view, text) in [(View::Original, reject(&whole)), (View::Proposed, accept(&whole))] {
            let (read, remarks) = reader::document(&marked, view);
            assert_eq!(remarks, []);
            let sections = |document: &Document| -> Vec<_> {
                ctsd::document::parts(document)
                    .iter()
                    .map(|part| document.blocks[part.blocks.clone()].to_vec())
                    .collect()
            };
            assert_eq!(sections(&read), sections(&text));
        }
    }
    let file = word(&document("1.0"), &sheet);
    let styles = part(&file, "word/styles.xml");
    let clauses = styles
        .named("w:style")
        .into_iter()
        .filter(|style| style.attributes.get("w:styleId").is_some_and(|id| id.starts_with("Clause")));
    assert_eq!(clauses.count(), usize::from(CLAUSE_LEVELS));
    let plain = markdown::read("# 1 Testing {#section-1}\n\nText.\n").unwrap();
    let styles = part(&word(&plain, &sheet), "word/styles.xml");
    assert!(!format!("{styles:?}").contains("Clause"), "a document without one has no such style");
}

#[test]
fn a_pdf_tags_its_number_as_a_label_and_contents_list_it_where_the_style_says_so() {
    let document = document("1.0");
    let mut sheet = sheet();
    for listed in [false, true] {
        sheet.clauses_in_contents = listed;
        let entries = ctsd::writer::contents::entries(&document, Default::default(), &Default::default(), &sheet);
        assert_eq!(entries.len(), if listed { 4 } else { 2 });
        let file = String::from_utf8_lossy(&word(&document, &sheet)).into_owned();
        assert!(!file.is_empty());
        let body = format!("{:?}", part(&word(&document, &sheet), "word/document.xml"));
        assert_eq!(body.contains("Clause 1,1,Clause 2,2,Clause 3,3"), listed);
    }
    let file = Read::new(&pdf::write(&document, &sheet).unwrap());
    let tags = file.tags();
    let labelled = tags.windows(2).filter(|pair| pair[0] == "P" && pair[1] == "Lbl").count();
    assert_eq!(labelled, 2);
}

#[test]
fn what_cannot_be_a_clause_is_told_at_its_place() {
    let told = |body: &str| -> String {
        let text = format!("section: \"1.1\"\nbody: |\n  {body}\n");
        let base = [BASE[0], BASE[1], ("sections/1.1", text.as_str())];
        let desk = desk(&base, &[]);
        let failure = desk.document(desk.version("1.0").unwrap()).unwrap_err();
        failure.to_string()
    };
    let list = told("- an item");
    assert!(list.contains("content/1.0/sections/1.1.yaml:3:3"), "{list}");
    assert!(list.contains("Section 1.1 has no heading, and doesn't begin with a paragraph"), "{list}");
    let level = markdown::read("<!-- ctsd:clause {\"id\":\"1\",\"level\":10} -->\n1 Text.\n").unwrap_err();
    assert_eq!(level[0].message, "there is no such level");
    let heading = markdown::read("<!-- ctsd:clause {\"id\":\"1\",\"level\":1} -->\n# 1 Text.\n").unwrap_err();
    assert_eq!(heading[0].message, "this directive stands over a paragraph only");
}

#[test]
fn blame_tells_who_said_its_words() {
    let desk = desk(&BASE, &MODIFICATION);
    let piece = Piece { section: Some("1.1".to_owned()), ..Piece::default() };
    let blame = desk.blame(desk.version("M1").unwrap(), &piece).unwrap();
    let section = &blame.sections[0];
    assert!(section.heading.is_empty());
    let said: Vec<(&str, usize)> = section.body.iter().map(|words| (words.text.trim(), words.said)).collect();
    assert_eq!(said.len(), 3, "{said:?}");
    assert!(document("M1").blocks.iter().any(|block| {
        matches!(block, ctsd::document::Block::Paragraph(p) if matches!(&p.kind.now, Kind::Clause { id, .. } if id == "new"))
    }));
}

#[test]
fn a_number_with_a_letter_hangs_as_others_do() {
    let text = "<!-- ctsd:clause {\"id\":\"a\",\"level\":2} -->\n5.4A The DCC shall test.\n\n## 5.4B Waiting {#section-b}\n\n# 4 All {#section-c}\n\n# A Test\n";
    let document = markdown::read(text).unwrap();
    let file = word(&document, &sheet());
    let body = part(&file, "word/document.xml");
    let tabbed: Vec<bool> =
        body.named("w:p").iter().map(|paragraph| !paragraph.named("w:tab").is_empty()).take(4).collect();
    assert_eq!(tabbed, [true, true, true, false]);
    let (back, _) = reader::document(&reader::docx::read(&file).unwrap(), View::Proposed);
    assert_eq!(markdown::write_blocks(&back.blocks), markdown::write_blocks(&document.blocks));
    let laid = pdf::lay_out(&document, &sheet()).unwrap();
    let left = |words: &str| {
        let texts = laid.pages.iter().flat_map(|page| &page.texts);
        let said = |text: &&pdf::placed::Text| text.words.iter().any(|word| word.text.contains(words));
        texts.filter(said).map(|text| text.x).next().unwrap()
    };
    assert_eq!(left("Waiting"), left("All"));
    assert!(left("Test") < left("All"));
}
