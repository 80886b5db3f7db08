//! What is guessed, refused and told of a document.

use super::{Files, as_version, built, desk, import, vocabulary, with};
use ctsd::document::{Block, Document, Kind, markdown};
use ctsd::ooxml::trace::Trace;
use ctsd::pipeline::Format;
use ctsd::pipeline::importing::{Importing, import_file};
use ctsd::writer::docx::{Options, write};
use ctsd::writer::pages;

/// A document as somebody's Word would have it: without what the desk knows of it.
fn foreign(text: &str) -> Vec<u8> {
    let mut document = Document { blocks: markdown::read_blocks(text).unwrap(), ..Document::default() };
    for block in &mut document.blocks {
        match block {
            Block::Paragraph(paragraph) => {
                if let Kind::Heading { id, .. } = &mut paragraph.kind.now {
                    *id = None;
                }
            }
            Block::Table(table) => table.id = None.into(),
            Block::Furniture(_) => {}
        }
    }
    let sheet = crate::common::sheet();
    let trace = Trace { tool: "another".to_owned(), ..Trace::default() };
    let options = Options { pages: pages::of_texts(&document, &sheet), trace, ..Options::default() };
    write(&document, &sheet, &options).unwrap()
}

fn told(text: &str) -> (Files, Vec<String>) {
    let words = vocabulary();
    let imported = import(&words, &foreign(text), &as_version("27.0")).unwrap_or_else(|failure| panic!("{failure}"));
    assert_eq!(imported.adopted.words.missing(), 0, "{:?}", imported.adopted.words);
    let told = imported.findings.iter().map(|finding| finding.message.clone()).collect();
    (with(&words, &imported), told)
}

#[test]
fn what_has_the_number_of_another_section_is_text() {
    let (files, told) = told("# 1 Scope\n\nWords.\n\n# 2 Terms\n\nOthers.\n\n# 1 Schedule\n\nMore.\n");
    let sections: Vec<&String> = files.keys().filter(|path| path.contains("/sections/")).collect();
    assert_eq!(sections, ["content/27.0/sections/1.yaml", "content/27.0/sections/2.yaml"]);
    assert!(told.iter().any(|told| told.contains("there is a Section 1 already")), "{told:?}");
    let text = built(&desk(&files), "27.0", Format::Markdown);
    assert!(String::from_utf8(text).unwrap().contains("Others.\n\n## 1 Schedule\n\nMore."));
}

const MATRIX: &str = "\
Table 8.1.8: Electricity Distributor

| Ref | SRV | Service Request | Critical? | CV1 | CV2 | Role |
|---|---|---|---|---|---|---|
| 6.2 | 6.2.7 | Read Device Configuration | N | Mandatory | N/A | ED |
|  | 6.2.10 | Read Event Alerts | Yes | mandatory |  | ED |
| Count of N/A |  |  |  | 0 | 2 |  |
| Count of Mandatory |  |  |  | 2 | 0 | 2 |
| Total Tests |  |  |  |  |  | 2 |
";

#[test]
fn a_matrix_is_known_by_its_shape_and_every_guess_is_told() {
    let (files, told) = told(&format!("# 8 Tests\n\nThe tests are these.\n\n{MATRIX}\n# 9 Annex\n\nWords.\n"));
    let table = &files["content/27.0/tables/8.1.8.yaml"];
    let rows: Vec<&str> = table.lines().filter(|line| line.contains("variant")).collect();
    assert_eq!(
        rows,
        [
            "  - { reference: \"6.2\", variant: \"6.2.7\", name: Read Device Configuration, critical: false, cv: { 1: Mandatory } }",
            "  - { reference: \"6.2\", variant: \"6.2.10\", name: Read Event Alerts, critical: true, cv: { 1: Mandatory } }",
        ]
    );
    let told = told.join("\n");
    for what in [
        "go on with 6.2",
        "“Yes” in row 6.2.10",
        "“mandatory” in row 6.2.10 is read as “Mandatory”",
        "under “CV2” is empty, and is read as N/A",
    ] {
        assert!(told.contains(what), "{what} isn't told:\n{told}");
    }
    let desk = desk(&files);
    let version = desk.version("27.0").unwrap();
    assert_eq!(version.columns.len(), 7);
    let found = desk.check(&desk.asked(&["27.0".to_owned()]).unwrap());
    assert!(found.diagnostics.iter().all(|finding| finding.code.name() != "published-count"), "the figures hold");
    let text = String::from_utf8(built(&desk, "27.0", Format::Markdown)).unwrap();
    assert!(text.contains("| Count of Mandatory: 2 |") || text.contains("| Count of Mandatory |"), "{text}");
}

#[test]
fn words_that_the_vocabulary_has_not_are_proposed() {
    let text = format!("# 8 Tests\n\n{}", MATRIX.replace("| ED |", "| XY |").replace("| mandatory |", "| Optional |"));
    let words = vocabulary();
    let refused = import(&words, &foreign(&text), &as_version("27.0")).unwrap_err().to_string();
    assert!(refused.contains("the User Role “XY” (Electricity Distributor)"), "{refused}");
    assert!(refused.contains("the applicability “Optional”"), "{refused}");
    let mut accepting = as_version("27.0");
    accepting.accepts_vocabulary = true;
    let imported = import(&words, &foreign(&text), &accepting).unwrap();
    let files = with(&words, &imported);
    let appendix = &files["content/appendix.yaml"];
    let first = words["content/appendix.yaml"].lines().next().unwrap();
    assert!(appendix.starts_with(first) && appendix.contains("# The User Roles."), "its comments stay");
    assert!(desk(&files).project.appendix.role("XY").is_some());
    desk(&files).version("27.0").unwrap();
}

#[test]
fn a_matrix_over_several_pages_is_one() {
    let pages = "\
# 8 Tests

Table 8.1.8 – Electricity Distributor (ED)

| Reference | Variant | Name | Critical | CV 1 | User Role |
|---|---|---|---|---|---|
| 1 | 1.1 | One | N | Mandatory | ED |

<!-- ctsd:page-break -->

| Reference | Variant | Name | Critical | CV 1 | User Role |
|---|---|---|---|---|---|
| 1 | 1.2 | Two | Y | N/A | ED |
";
    let (files, told) = told(pages);
    let desk = desk(&files);
    let version = desk.version("27.0").unwrap();
    let rows: Vec<&str> = version.matrices().flat_map(|it| &it.rows).map(|row| row.variant.as_str()).collect();
    assert_eq!(rows, ["1.1", "1.2"]);
    assert!(told.iter().all(|told| !told.contains("is lost")), "{told:?}");
}

#[test]
fn what_is_no_version_is_refused() {
    let words = vocabulary();
    let refused = import(&words, &foreign("Just words.\n"), &as_version("27.0")).unwrap_err().to_string();
    assert!(refused.contains("the document has no heading"), "{refused}");
    let refused = import(&words, &foreign("# One\n\nWords.\n"), &as_version("27.0")).unwrap_err().to_string();
    assert!(refused.contains("no heading has a number") && refused.contains("--number-headings"), "{refused}");
    let file = foreign("# 1 One\n\nWords.\n");
    let there = with(&words, &import(&words, &file, &as_version("27.0")).unwrap());
    let refused = import(&there, &file, &as_version("27.0")).unwrap_err().to_string();
    assert!(refused.contains("is there already") && refused.contains("--replace"), "{refused}");
    let mut replacing = as_version("27.0");
    replacing.replaces = true;
    let other = foreign("# 2 Two\n\nWords.\n");
    let imported = import(&there, &other, &replacing).unwrap();
    assert_eq!(imported.revised.removed, ["content/27.0/sections/1.yaml"]);
}

#[test]
fn a_refusal_names_the_file_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("Appendix R.docx");
    std::fs::write(&file, foreign("# One\n\nWords.\n")).unwrap();
    let root = super::root(&vocabulary());
    let refused = |importing: &Importing| import_file(&root, &file, importing).unwrap_err().to_string();
    let told = refused(&as_version("27.0"));
    assert!(told.starts_with(&format!("{}: no section was found", file.display())), "{told}");
    let told = refused(&Importing { authors: vec!["Anna".to_owned()], ..as_version("27.0") });
    assert!(told.contains("nothing in it is marked as changed: import it without --authors"), "{told}");
    for id in ["", "..", "a/b"] {
        let told = refused(&as_version(id));
        assert!(told.contains("can't be the id of a version") && !told.contains("--replace"), "{told}");
    }
}

#[test]
fn numbers_without_headings_open_sections() {
    let (files, told) =
        told("# 1 One\n\n1.1 The DCC shall test.\n\n1.2 It shall **wait** for:\n\n- a while.\n\n2019 was a year.\n");
    let read = |number: &str| files[&format!("content/27.0/sections/{number}.yaml")].clone();
    assert!(read("1.1").ends_with("section: \"1.1\"\nbody: |\n  The DCC shall test.\n"), "{}", read("1.1"));
    assert!(read("1.2").contains("It shall **wait** for:\n"), "{}", read("1.2"));
    assert!(read("1.2").contains("2019 was a year."), "{}", read("1.2"));
    assert_eq!(told.iter().filter(|told| told.contains("without a heading, since it has the next number")).count(), 2);
}

#[test]
fn a_matrix_with_other_columns_than_the_first_is_a_table_of_the_text_and_told() {
    let other = MATRIX.replace("8.1.8", "8.1.9").replace("| CV1 | CV2 |", "| CV1 | CV3 |");
    let (files, told) = told(&format!("# 8 Tests\n\n{MATRIX}\n## 8.2 More\n\n{other}\n"));
    assert!(
        files.contains_key("content/27.0/tables/8.1.8.yaml") && !files.contains_key("content/27.0/tables/8.1.9.yaml")
    );
    assert!(told.iter().any(|told| told.contains("other columns than the first")), "{told:?}");
}

fn with_numbers(text: &str) -> (Files, Vec<String>) {
    let words = vocabulary();
    let importing = Importing { numbers_headings: true, ..as_version("27.0") };
    let imported = import(&words, &foreign(text), &importing).unwrap_or_else(|failure| panic!("{failure}"));
    assert_eq!(imported.adopted.words.missing(), 0, "{:?}", imported.adopted.words);
    (with(&words, &imported), imported.findings.iter().map(|finding| finding.message.clone()).collect())
}

fn numbers(files: &Files) -> Vec<String> {
    super::sections(desk(files).version("27.0").unwrap())
        .into_iter()
        .map(|(number, heading, _)| format!("{number} {heading}"))
        .collect()
}

#[test]
fn headings_without_numbers_are_numbered_by_their_levels() {
    let text = "# Scope\n\nWords.\n\n### Deep\n\n## Less deep\n\n# Terms\n\n## One\n\n## Two\n\n### Three\n\nMore.\n";
    let (files, told) = with_numbers(text);
    let expected = ["1 Scope", "1.1 Deep", "1.2 Less deep", "2 Terms", "2.1 One", "2.2 Two", "2.2.1 Three"];
    assert_eq!(numbers(&files), expected);
    let told: Vec<&String> = told.iter().filter(|told| told.contains("number")).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].contains("7 headings have no number: each was given one by its level, from 1 to 2.2.1"),
        "{told:?}"
    );
}

#[test]
fn numbers_that_headings_have_stay_and_are_given_to_no_other() {
    let (files, told) = with_numbers("# 1 Scope\n\n## Words\n\n## 1.2 More\n\n## Last\n\n# Annex\n");
    assert_eq!(numbers(&files), ["1 Scope", "1.1 Words", "1.2 More", "1.3 Last", "2 Annex"]);
    assert!(told.iter().any(|told| told.contains("3 headings have no number")), "{told:?}");
}

#[test]
fn bold_paragraphs_are_headings_where_nothing_else_is() {
    let (files, told) = with_numbers("**Scope**\n\nThe **whole** of it.\n\n**Terms**\n\n**It shall.**\n");
    assert_eq!(numbers(&files), ["1 Scope", "2 Terms"]);
    assert!(told.iter().any(|told| told.contains("bold throughout is read as one (2 of them)")), "{told:?}");
}

#[test]
fn labels_that_somebody_typed_make_a_list_where_they_follow_each_other() {
    let body = "The DCC shall:\n\n\\(a) test;\n\n\\(b) tell:\n\n\\(i) the Party; and\n\n\\(ii) the Panel;\n\n\\(c)\u{a0}end.\n\n\
                More words.\n\n\\(d) and so on.\n\n\\(z) is text.\n\n\\(a) stands alone.\n";
    let (files, told) = told(&format!("# 1 Scope\n\n{body}"));
    let section = &files["content/27.0/sections/1.yaml"];
    for item in
        ["(a) test;", "(b) tell:", "    (i) the Party; and", "    (ii) the Panel;", "(c) end.", "(d) and so on."]
    {
        assert!(section.lines().any(|line| line == format!("  {item}")), "{item}: {section}");
    }
    for text in ["\\(z) is text.", "\\(a) stands alone."] {
        assert!(section.contains(text), "{text}: {section}");
    }
    let told: Vec<&String> = told.iter().filter(|told| told.contains("labels")).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("(a) test;") && told[0].contains("from “(a)” to “(d)”"), "{told:?}");
}

#[test]
fn bullets_that_somebody_typed_make_a_list() {
    let (files, told) = told("# 1 Scope\n\nThe DCC shall:\n\n\u{f0b7}  test; and\n\n•\u{a0}tell.\n\n· \n");
    let section = &files["content/27.0/sections/1.yaml"];
    assert!(section.contains("  - test; and\n  - tell."), "{section}");
    let told: Vec<&String> = told.iter().filter(|told| told.contains("bullets")).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("2 paragraphs begin with typed bullets"), "{told:?}");
}

#[test]
fn what_stands_out_within_a_word_stays_so() {
    let (files, _) = told("# 1 Scope\n\nThe Meter<em>ing</em> **of** CO2<strong>e</strong>.\n");
    let text = String::from_utf8(built(&desk(&files), "27.0", Format::Markdown)).unwrap();
    assert!(text.contains("The Meter<em>ing</em> **of** CO2<strong>e</strong>."), "{text}");
}
