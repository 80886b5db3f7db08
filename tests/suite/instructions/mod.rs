//! What the change document says of each kind of amendment, from content on disk to the list of amendments.

pub mod by_hand;

use ctsd::pipeline::{Desk, Format, Options};
use ctsd::redline::AmendmentKind;
use std::path::{Path, PathBuf};

/// A project of a baseline with some sections and a table, and a modification of these files.
fn project(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("instructions").join(name);
    let _ = std::fs::remove_dir_all(&root);
    let write = |path: String, text: &str| {
        let path = root.join("content").join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/appendix.yaml");
    write("appendix.yaml".to_owned(), &std::fs::read_to_string(shipped).unwrap());
    write("1.0/version.yaml".to_owned(), "id: \"1.0\"\nname: SEC Version 1.0\nclassification: White\n");
    write("mp1/version.yaml".to_owned(), "id: MP1\nname: MP1\nbase: \"1.0\"\nclassification: White\n");
    for number in ["5", "5.1", "5.2", "5.3", "6"] {
        let body =
            format!("The first clause of Section {number} says this.\n\n  The second clause of it says another thing.");
        let text = format!("section: \"{number}\"\nheading: Heading {number}\nbody: |\n  {body}\n");
        write(format!("1.0/sections/{number}.yaml"), &text);
    }
    let row = |variant: &str| {
        format!(
            "  - {{ reference: \"6.2\", variant: \"6.2.{variant}\", name: Read {variant}, critical: false, cv: {{ 1: Mandatory }} }}\n"
        )
    };
    let rows: String = ["1", "2", "3", "4"].map(row).concat();
    write("1.0/tables/8.1.8.yaml".to_owned(), &format!("table: \"8.1.8\"\nrole: ED\nrows:\n{rows}"));
    for (path, text) in files {
        write(format!("mp1/{path}"), text);
    }
    root
}

fn amendments(name: &str, files: &[(&str, &str)]) -> Vec<(AmendmentKind, String)> {
    let desk = Desk::open(&project(name, files)).unwrap_or_else(|failure| panic!("{failure}"));
    let version = |id| desk.project.version(id).unwrap();
    let redline = desk.compare(version("1.0"), version("mp1")).unwrap();
    let parts = redline.changes.amendments.into_iter().filter(|amendment| !amendment.amendment.site.id.is_empty());
    parts.map(|amendment| (amendment.amendment.kind, amendment.instruction)).collect()
}

fn instructions(name: &str, files: &[(&str, &str)]) -> Vec<String> {
    amendments(name, files).into_iter().map(|(_, instruction)| instruction).collect()
}

const BODY: &str = "body: |\n  Quite another clause about the matter at hand.\n";

#[test]
fn a_new_section_says_where_it_stands_and_its_later_siblings_follow() {
    let insert = format!("insert: \"5.2\"\nheading: New\n{BODY}");
    assert_eq!(
        amendments("insert", &[("sections/a.yaml", &insert)]),
        [
            (AmendmentKind::Insertion, "Insert new Section 5.2 after Section 5.1 as follows:".to_owned()),
            (AmendmentKind::Renumbering, "Renumber Sections 5.2 and 5.3 as Sections 5.3 and 5.4.".to_owned()),
        ]
    );
}

#[test]
fn a_new_section_may_open_its_parent_or_the_appendix() {
    let first = format!("insert: \"5.1\"\nheading: New\n{BODY}");
    assert_eq!(
        instructions("first-in", &[("sections/a.yaml", &first)])[0],
        "Insert new Section 5.1 at the beginning of Section 5 as follows:"
    );
    let top = format!("insert: \"1\"\nheading: New\n{BODY}");
    assert_eq!(
        instructions("first", &[("sections/a.yaml", &top)])[0],
        "Insert new Section 1 at the beginning as follows:"
    );
}

#[test]
fn a_deleted_section_is_deleted() {
    assert_eq!(
        amendments("delete", &[("sections/a.yaml", "section: \"5.3\"\ndelete: true\n")]),
        [(AmendmentKind::Repeal, "Delete Section 5.3.".to_owned())]
    );
}

#[test]
fn a_moved_section_is_told_once_where_it_comes_to_stand() {
    let moved = "section: \"5.1\"\nmove: { after: \"5.3\" }\n";
    assert_eq!(
        amendments("move", &[("sections/a.yaml", moved)]),
        [(AmendmentKind::Move, "Move Section 5.1 after Section 5.3.".to_owned())]
    );
}

#[test]
fn what_the_drafter_moved_is_what_moves_and_its_own_changes_are_told() {
    // As the fewest words have it, 5.1 and 5.2 went behind 5.3.
    let files = [
        ("sections/a.yaml", "section: \"5.3\"\nmove: { before: \"5.1\" }\n"),
        ("sections/b.yaml", "section: \"5.1\"\nheading: Heading 5.1 and more\n"),
    ];
    assert_eq!(
        instructions("moved-by-drafter", &files),
        ["Move Section 5.3 to the beginning of Section 5.", "Amend Section 5.1 as follows:"]
    );
    let both = "section: \"5.3\"\nmove: { before: \"5.1\" }\nheading: Heading 5.3 and more\n";
    assert_eq!(
        instructions("moved-and-amended", &[("sections/a.yaml", both)]),
        ["Move Section 5.3 to the beginning of Section 5 and amend it as follows:"]
    );
}

#[test]
fn a_section_with_all_its_subsections_is_one_amendment() {
    let files: Vec<(String, String)> = ["5.1", "5.2", "5.3"]
        .map(|number| {
            let text = format!("section: \"{number}\"\nbody: |\n  The first clause of Section {number} says that.\n\n  The second clause of it says another thing.\n");
            (format!("sections/{number}.yaml"), text)
        })
        .to_vec();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    assert_eq!(instructions("group", &files), ["Amend Section 5 as follows:"]);
    assert_eq!(
        instructions("no-group", &files[..2]),
        ["Amend Section 5.1 as follows:", "Amend Section 5.2 as follows:"]
    );
}

#[test]
fn a_moved_paragraph_and_a_moved_row_are_told() {
    let body = "section: \"5.2\"\nbody: |\n  The second clause of it says another thing.\n\n  The first clause of Section 5.2 says this.\n";
    assert_eq!(
        instructions("move-paragraph", &[("sections/a.yaml", body)]),
        ["Amend Section 5.2, in which a paragraph is moved, as follows:"]
    );
    let table = "table: \"8.1.8\"\nmove:\n  - { row: \"6.2.1\", after: \"6.2.4\" }\n";
    assert_eq!(
        instructions("move-row", &[("tables/a.yaml", table)]),
        ["Amend Table 8.1.8 as follows: move row 6.2.1 after row 6.2.4."]
    );
}

#[test]
fn a_renumbered_section_that_also_changes_says_both() {
    let text = "section: \"5.3\"\nrenumber: \"5.4\"\nbody: |\n  The first clause of Section 5.3 says that.\n\n  The second clause of it says another thing.\n";
    assert_eq!(
        instructions("renumber", &[("sections/a.yaml", text)]),
        ["Renumber Section 5.3 as Section 5.4 and amend it as follows:"]
    );
}

#[test]
fn tables_come_and_go_whole() {
    assert_eq!(
        instructions("delete-table", &[("tables/a.yaml", "table: \"8.1.8\"\ndelete: true\n")]),
        ["Delete Table 8.1.8."]
    );
    let new = "insert_table: \"8.1.9\"\nrole: GS\nrows:\n  - { reference: \"6.2\", variant: \"6.2.1\", name: Read, critical: false, cv: { 1: Mandatory } }\n";
    assert_eq!(
        instructions("insert-table", &[("tables/a.yaml", new)]),
        ["Insert new Table 8.1.9 after Table 8.1.8 as follows:"]
    );
}

/// The change document of two versions, in Markdown.
fn document(root: &Path, base: &str, target: &str) -> String {
    let desk = Desk::open(root).unwrap_or_else(|failure| panic!("{failure}"));
    let version = |id| desk.project.version(id).unwrap();
    let options = Options { formats: vec![Format::Markdown], ..Options::default() };
    let files = desk.redline(version(base), version(target), &options).unwrap_or_else(|failure| panic!("{failure}"));
    String::from_utf8(files[0].bytes.clone()).unwrap()
}

#[test]
fn the_cover_says_what_is_true() {
    let head = "id: MP1\nname: MP1\nbase: \"1.0\"\ntitle: Changes to ‘this’\ndate: 2019-06-01\n";
    let later = "id: MP2\nname: MP2\nbase: MP1\ntitle: More changes\n";
    let files = [
        ("version.yaml", head),
        ("sections/a.yaml", "section: \"5.1\"\nheading: Other\n"),
        ("../mp2/version.yaml", later),
        ("../mp2/sections/a.yaml", "section: \"5.2\"\nheading: Other too\n"),
    ];
    let root = project("cover", &files);
    let first = document(&root, "1.0", "mp1");
    for line in [
        "MP1: Changes to ‘this’",
        "1 June 2019",
        "These changes have been drafted against SEC Version 1.0.",
        "<!-- ctsd:contents -->",
    ] {
        assert!(first.lines().any(|own| own == line), "{line}: {first}");
    }
    assert!(first.contains("\"header\":\"MP1: Changes to ‘this’\""), "{first}");
    let second = document(&root, "mp1", "mp2");
    assert!(second.contains("These changes have been drafted against SEC Version 1.0 as amended by MP1."), "{second}");
    let both = document(&root, "1.0", "mp2");
    let said = "This Modification Proposal is drafted against MP1. What is shown here is how MP2 reads against SEC Version 1.0.";
    assert!(both.contains(said) && !both.contains("drafted against SEC"), "{both}");
}

#[test]
fn a_change_of_classification_is_a_change() {
    let amber =
        project("classification", &[("version.yaml", "id: MP1\nname: MP1\nbase: \"1.0\"\nclassification: Amber\n")]);
    let said = document(&amber, "1.0", "mp1");
    assert!(
        said.contains("Change the classification from White to Amber.") && !said.contains("There are no amendments.")
    );
    let none = project("no-change", &[]);
    assert!(document(&none, "1.0", "mp1").contains("There are no amendments."));
}

#[test]
fn what_the_document_has_no_instruction_for_has_none_in_the_list() {
    let desk = Desk::open(&project("no-instruction", &[])).unwrap_or_else(|failure| panic!("{failure}"));
    let version = |id| desk.project.version(id).unwrap();
    let changes = desk.compare(version("1.0"), version("mp1")).unwrap().changes;
    assert_eq!(
        changes.amendments.iter().map(|it| it.instruction.as_str()).collect::<Vec<_>>(),
        [""],
        "the title page names another version"
    );
}

#[test]
fn sections_that_shift_take_one_line() {
    let insert = format!("insert: \"5.1\"\nheading: New\n{BODY}");
    let amended = "section: \"5.2\"\nheading: Another\n";
    let mut files = vec![("sections/a.yaml".to_owned(), insert), ("sections/b.yaml".to_owned(), amended.to_owned())];
    for at in 4..400 {
        files.push((
            format!("../1.0/sections/5.{at}.yaml"),
            format!("section: \"5.{at}\"\nheading: Heading {at}\nbody: Text of {at}.\n"),
        ));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    assert_eq!(
        instructions("shift", &files),
        [
            "Insert new Section 5.1 at the beginning of Section 5 as follows:",
            "Renumber Sections 5.1 to 5.399 as Sections 5.2 to 5.400.",
            "Amend Section 5.2 as follows:",
        ]
    );
}

#[test]
fn what_a_chain_of_modifications_moved_is_what_moves() {
    let files = [
        ("sections/a.yaml", "section: \"5.3\"\nmove: { before: \"5.1\" }\n"),
        ("../mp2/version.yaml", "id: MP2\nname: MP2\nbase: MP1\n"),
        ("../mp2/sections/a.yaml", "section: \"5.3\"\nheading: Heading 5.3 and more\n"),
    ];
    let root = project("chain", &files);
    let desk = Desk::open(&root).unwrap_or_else(|failure| panic!("{failure}"));
    let version = |id| desk.project.version(id).unwrap();
    let told = |base, target| -> Vec<String> {
        let changes = desk.compare(version(base), version(target)).unwrap().changes;
        changes.amendments.into_iter().map(|it| it.instruction).filter(|text| !text.is_empty()).collect()
    };
    assert_eq!(told("1.0", "mp2"), ["Move Section 5.3 to the beginning of Section 5 and amend it as follows:"]);
    assert_eq!(told("mp2", "1.0"), ["Move Section 5.3 after Section 5.2 and amend it as follows:"]);
    let shown = document(&root, "1.0", "mp2");
    assert!(shown.contains("## 5.3 Heading 5.3<ins> and more</ins> {#section-5.3}") && !shown.contains("<ins>The"));
    let full = desk.full_redline(
        version("1.0"),
        version("mp2"),
        &Options { formats: vec![Format::Markdown], ..Options::default() },
    );
    let full = String::from_utf8(full.unwrap()[0].bytes.clone()).unwrap();
    let inserted = "## <ins>5.3 Heading 5.3<!-- ctsd:new --> and more<!-- ctsd:moved --></ins>";
    assert!(full.contains(inserted), "inside what moved, what is new is marked: {full}");
}

#[test]
fn rows_swap_and_stand_beside_new_ones() {
    let row = "{ reference: \"7\", variant: \"7.1\", name: New, critical: false }";
    let swap = format!(
        "table: \"8.1.8\"\ninsert:\n  - {{ after: \"6.2.4\", rows: [{row}] }}\nmove:\n  - {{ row: \"6.2.1\", after: \"7.1\" }}\n  \
         - {{ row: \"6.2.3\", before: \"6.2.2\" }}\n"
    );
    assert_eq!(
        instructions("rows", &[("tables/a.yaml", &swap)]),
        ["Amend Table 8.1.8 as follows: move row 6.2.3 to the beginning, insert row 7.1 after row 6.2.4, \
             move row 6.2.1 after row 7.1, and amend the count rows."]
    );
}

#[test]
fn sections_swap() {
    let files = [
        ("sections/a.yaml", "section: \"5.1\"\nrenumber: \"5.2\"\n"),
        ("sections/b.yaml", "section: \"5.2\"\nrenumber: \"5.1\"\n"),
    ];
    let told = instructions("swap", &files);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told.contains(&"Renumber Section 5.2 as Section 5.1.".to_owned()), "{told:?}");
    assert!(
        told.contains(&"Move Section 5.1 after Section 5.2 and renumber it as Section 5.2.".to_owned()),
        "{told:?}"
    );
}
