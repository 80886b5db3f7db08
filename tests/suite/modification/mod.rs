//! What a modification does to its base: sections, rows and columns, and the identities that outlive it all.

use crate::common::good;
use ctsd::compose::{self, Project};
use ctsd::files::Root;
use ctsd::model::{self, Matrix, Part, Version};
use std::fs;

/// A base with sections 5, 5.1 to 5.4 and 5.2.1, and Table 5.9; and a modification made of the files given.
/// The files of a project with a version 1.0 and its modification M, which consists of these.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    let good = good().join("content");
    let write = |name: &str, text: &str| {
        let path = root.path().join("content").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("appendix.yaml", &fs::read_to_string(good.join("appendix.yaml")).unwrap());
    write("1.0/version.yaml", "id: 1.0\nname: One\nclassification: White\n");
    for number in ["5", "5.1", "5.2", "5.2.1", "5.3", "5.4"] {
        let text = format!("section: {number}\nheading: Heading {number}\nbody: Text of {number}\n");
        write(&format!("1.0/sections/{number}.yaml"), &text);
    }
    let table = fs::read_to_string(good.join("1.0/tables/2.2.yaml")).unwrap().replace("\"2.2\"", "\"5.9\"");
    write("1.0/tables/5.9.yaml", &table);
    write("m/version.yaml", "id: M\nname: M\nbase: 1.0\n");
    for (name, text) in files {
        write(&format!("m/{name}"), text);
    }
    root
}

fn project(files: &[(&str, &str)]) -> Project {
    let root = folder(files);
    compose::load(root.path()).unwrap_or_else(|diagnostics| {
        panic!("{}", diagnostics.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    })
}

fn modified(files: &[(&str, &str)]) -> Version {
    project(files).version("m").unwrap().clone()
}

/// Each part as its number and, where it differs, its id.
fn parts(version: &Version) -> Vec<String> {
    let part = |part: &Part| match part {
        Part::Section(section) if *section.number == section.id => section.id.clone(),
        Part::Section(section) => format!("{} was {}", *section.number, section.id),
        Part::Matrix(matrix) => format!("T{}", *matrix.number),
    };
    version.parts.iter().map(part).collect()
}

fn table(version: &Version) -> &Matrix {
    version.matrices().next().unwrap()
}

fn keys(version: &Version) -> Vec<&str> {
    table(version).rows.iter().map(|row| row.key.as_str()).collect()
}

#[test]
fn an_inserted_section_moves_its_later_siblings_up_and_keeps_every_identity() {
    let version = modified(&[("sections/a.yaml", "insert: 5.2\nheading: New\n")]);
    assert_eq!(
        parts(&version),
        ["5", "5.1", "5.2 was 5.2-m", "5.3 was 5.2", "5.3.1 was 5.2.1", "5.4 was 5.3", "5.5 was 5.4", "T5.9"]
    );
}

#[test]
fn inserted_sections_stand_under_the_numbers_that_they_ask_for() {
    let version = modified(&[
        ("sections/b.yaml", "insert: 5.3\nheading: Second\nid: second\n"),
        ("sections/a.yaml", "insert: 5.2\nheading: First\nid: first\n"),
        ("sections/c.yaml", "insert: 6\nheading: Third\n"),
        ("sections/d.yaml", "section: 5.2\nheading: Restated\n"),
    ]);
    let all = parts(&version);
    assert_eq!(all[2..5], ["5.2 was first", "5.3 was second", "5.4 was 5.2"]);
    assert_eq!(all.last().unwrap(), "6");
    let restated = version.sections().find(|section| section.id == "5.2").unwrap();
    assert_eq!((restated.heading.text.as_str(), restated.body.text.as_str()), ("Restated", "Text of 5.2"));
    assert_eq!((restated.level, restated.origin.version()), (2, Some("m")));
}

#[test]
fn a_deleted_section_goes_with_its_subsections_and_leaves_a_gap_or_closes_it() {
    let gap = modified(&[("sections/a.yaml", "section: 5.2\ndelete: true\n")]);
    assert_eq!(parts(&gap), ["5", "5.1", "5.3", "5.4", "T5.9"]);
    let closed = modified(&[
        ("sections/a.yaml", "section: 5.2\ndelete: true\nclose_up: true\n"),
        ("sections/b.yaml", "section: 5.3\ndelete: yes\nclose_up: yes\n"),
    ]);
    assert_eq!(parts(&closed), ["5", "5.1", "5.2 was 5.4", "T5.9"]);
}

#[test]
fn a_renumbered_section_takes_its_subsections_along_to_its_new_place() {
    let version = modified(&[("sections/a.yaml", "section: 5.2\nrenumber: 5.7\n")]);
    assert_eq!(parts(&version), ["5", "5.1", "5.3", "5.4", "5.7 was 5.2", "5.7.1 was 5.2.1", "T5.9"]);
}

#[test]
fn a_moved_section_keeps_its_number_and_stands_where_it_is_told() {
    let after = modified(&[("sections/a.yaml", "section: 5.1\nmove: { after: 5.2 }\n")]);
    assert_eq!(parts(&after), ["5", "5.2", "5.2.1", "5.1", "5.3", "5.4", "T5.9"]);
    let before = modified(&[("sections/a.yaml", "section: 5.2\nmove: { before: 5.1 }\n")]);
    assert_eq!(parts(&before), ["5", "5.2", "5.2.1", "5.1", "5.3", "5.4", "T5.9"]);
}

#[test]
fn a_section_moves_to_a_side_of_a_table() {
    let behind = modified(&[("sections/a.yaml", "section: 5.1\nmove: { after_table: 5.9 }\n")]);
    assert_eq!(parts(&behind), ["5", "5.2", "5.2.1", "5.3", "5.4", "T5.9", "5.1"]);
    let before = modified(&[("sections/a.yaml", "section: 5.2\nmove: { before_table: 5.9 }\n")]);
    assert_eq!(parts(&before), ["5", "5.1", "5.3", "5.4", "5.2", "5.2.1", "T5.9"]);
}

/// Table 5.9 has the number of one that stands in the new Section 5, and stands behind Section 6.4.
#[test]
fn a_section_moves_beside_another_and_not_to_where_a_table_of_its_number_stands() {
    let version = modified(&[
        ("sections/a.yaml", "insert: 5\nheading: New\nmove: { before_table: 5.9 }\n"),
        ("sections/b.yaml", "section: 5.1\nmove: { before: 5 }\n"),
    ]);
    assert_eq!(
        parts(&version),
        ["6.1 was 5.1", "6 was 5", "6.2 was 5.2", "6.2.1 was 5.2.1", "6.3 was 5.3", "6.4 was 5.4", "5 was 5-m", "T5.9"]
    );
}

#[test]
fn a_body_can_be_taken_away_and_a_heading_kept() {
    let version = modified(&[("sections/a.yaml", "section: 5.1\nbody: \"\"\n")]);
    let section = version.sections().nth(1).unwrap();
    assert_eq!((section.heading.text.as_str(), section.body.text.as_str()), ("Heading 5.1", ""));
}

#[test]
fn rows_are_inserted_amended_moved_and_removed_by_their_keys() {
    let version = modified(&[(
        "tables/t.yaml",
        "table: 5.9
insert:
  - before: 6.2.7
    rows:
      - { reference: 6.2, variant: 6.2.6, name: First, critical: N }
  - after: 6.2.6
    rows:
      - { reference: 6.2, variant: 6.2.7, name: Instead, critical: no, cv: { 2: Mandatory } }
  - rows:
      - { reference: 9.10, variant: 9.10, name: Last, critical: true, role: OU }
amend:
  - { row: 6.2.10, name: Write all, cv: { 1: Mandatory } }
move:
  - { row: 6.2.10, before: 6.2.6 }
remove: [6.2.7]
",
    )]);
    assert_eq!(keys(&version), ["6.2.10", "6.2.6", "6.2.7", "8.1", "8.1", "9.10"]);
    let rows = &table(&version).rows;
    let cells = |at: usize| rows[at].cv.iter().map(|cell| &*cell.value).collect::<Vec<&str>>();
    assert_eq!((rows[0].name.text.as_str(), cells(0)), ("Write all", vec!["Mandatory", "Mandatory"]));
    assert_eq!((rows[2].name.text.as_str(), cells(2)), ("Instead", vec!["N/A", "Mandatory"]));
    assert_eq!((rows[5].role.as_str(), rows[1].role.as_str()), ("OU", "ED"));
    assert_eq!((rows[0].name.origin.version(), rows[0].origin.version()), (Some("m"), Some("1.0")));
}

#[test]
fn rows_inserted_after_the_same_row_stand_in_the_order_written() {
    let insertion = |after: &str, variant: &str| {
        format!("  - after: {after}\n    rows: [{{ reference: 6.2, variant: {variant}, name: New, critical: N }}]\n")
    };
    let insertions = [("6.2.7", "A"), ("A", "B"), ("6.2.7", "C"), ("A", "D")];
    let insertions: String = insertions.iter().map(|(after, variant)| insertion(after, variant)).collect();
    let version = modified(&[("tables/5.9.yaml", &format!("table: 5.9\ninsert:\n{insertions}"))]);
    assert_eq!(keys(&version), ["6.2.7", "A", "B", "D", "C", "6.2.10", "8.1", "8.1"]);
}

#[test]
fn a_row_whose_variant_changes_stays_the_same_row() {
    let version = modified(&[("tables/t.yaml", "table: 5.9\namend:\n  - { row: 6.2.7, variant: 6.2.9 }\n")]);
    let row = &table(&version).rows[0];
    assert_eq!((row.key.as_str(), row.variant.as_str()), ("6.2.7", "6.2.9"));
}

#[test]
fn tables_are_inserted_in_their_order_and_deleted() {
    let inserted = modified(&[(
        "tables/t.yaml",
        "insert_table: 5.10\nrole: OU\nrows:\n  - { reference: 1, variant: 1.1, name: A, critical: N }\n",
    )]);
    assert_eq!(parts(&inserted)[6..], ["T5.9", "T5.10"]);
    let deleted = modified(&[("tables/t.yaml", "table: 5.9\ndelete: true\n")]);
    assert_eq!(parts(&deleted).len(), 6);
}

#[test]
fn a_version_that_restates_the_columns_adds_and_drops_cells_and_counts() {
    let project = project(&[(
        "version.yaml",
        "id: M\nname: M\nbase: 1.0\ncolumns:
  - { field: variant, label: Variant }
  - { cv: 3, label: CV 3 }
  - { cv: 2, label: CV 2 }\n",
    )]);
    let version = project.version("m").unwrap();
    let cells: Vec<&str> = table(version).rows[1].cv.iter().map(|cell| &*cell.value).collect();
    assert_eq!(cells, ["N/A", "Mandatory"]);
    let counts = model::counts(&project.appendix, table(version)).unwrap();
    let cv: Vec<&[u64]> = counts.rows.iter().map(|row| row.cv.as_slice()).collect();
    assert_eq!(cv, [[7, 5], [0, 2]], "in the new column, all rows shown and omitted hold the default");
}

#[test]
fn a_modification_of_a_modification_stands_on_both() {
    let project = project(&[
        ("sections/a.yaml", "insert: 5.2\nheading: New\n"),
        ("tables/t.yaml", "table: 5.9\nremove: [6.2.7]\n"),
        ("../n/version.yaml", "id: N\nname: N\nbase: m\n"),
        ("../n/sections/a.yaml", "insert: 5.2\nheading: Newer\n"),
        ("../n/sections/b.yaml", "section: 5.2\nheading: No longer new\n"),
        ("../n/tables/t.yaml", "table: 5.9\nremove: [6.2.10]\n"),
    ]);
    let version = project.version("N").unwrap();
    assert_eq!(parts(version)[2..5], ["5.2 was 5.2-n", "5.3 was 5.2-m", "5.4 was 5.2"]);
    assert_eq!(keys(version), ["8.1", "8.1"]);
    assert_eq!(project.versions.iter().map(|version| version.id.as_str()).collect::<Vec<_>>(), ["1.0", "M", "N"]);
}

#[test]
fn a_fault_in_one_version_leaves_the_others_whole() {
    let root = folder(&[("sections/5.yaml", "section: 5\nheading: Another\n")]);
    let faulty = [
        ("n/version.yaml", "id: N\nname: N\nbase: 1.0\n"),
        ("n/sections/5.yaml", "section: 5\nheading: [a, list]\n"),
        ("o/version.yaml", "id: O\nname: O\nbase: N\n"),
        ("p/version.yaml", "id: P\nname: P\nbase: 1.0\n"),
        ("p/sections/9.yaml", "section: 9\nheading: Of no section\n"),
    ];
    for (name, text) in faulty {
        let path = root.path().join("content").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let project = compose::load_from(&Root::folder(root.path())).unwrap();
    let ids: Vec<&str> = project.versions.iter().map(|version| version.id.as_str()).collect();
    assert_eq!(ids, ["1.0", "M"]);
    let codes = |id: &str| project.faults_of(id).iter().map(|fault| fault.code.to_string()).collect::<Vec<_>>();
    assert_eq!(codes("M"), [""; 0]);
    assert_eq!(codes("n"), ["wrong-type"]);
    assert_eq!(codes("O"), ["wrong-type"], "what a version rests on is its fault too");
    assert_eq!(codes("P"), ["unknown-section"], "what can't be laid over the base is told at the modification");
    assert_eq!(project.faults.len(), 2);
}

#[test]
fn sections_change_numbers_all_at_once() {
    let swapped = modified(&[
        ("sections/a.yaml", "section: 5.1\nrenumber: 5.2\n"),
        ("sections/b.yaml", "section: 5.2\nrenumber: 5.1\n"),
    ]);
    assert_eq!(parts(&swapped), ["5", "5.1 was 5.2", "5.1.1 was 5.2.1", "5.2 was 5.1", "5.3", "5.4", "T5.9"]);
    let chained = modified(&[
        ("sections/a.yaml", "section: 5.1\nrenumber: 5.2\n"),
        ("sections/b.yaml", "section: 5.2\nrenumber: 5.3\n"),
        ("sections/c.yaml", "section: 5.3\nrenumber: 5.1\n"),
    ]);
    assert_eq!(parts(&chained), ["5", "5.1 was 5.3", "5.2 was 5.1", "5.3 was 5.2", "5.3.1 was 5.2.1", "5.4", "T5.9"]);
    let lifted = modified(&[
        ("sections/a.yaml", "section: 5.2\nrenumber: 6\n"),
        ("sections/b.yaml", "section: 5.2.1\nrenumber: 5.2\n"),
    ]);
    assert_eq!(parts(&lifted), ["5", "5.1", "5.2 was 5.2.1", "5.3", "5.4", "T5.9", "6 was 5.2"]);
}

#[test]
fn a_section_moves_beside_one_that_is_inserted() {
    let by_number =
        [("sections/a.yaml", "insert: 6\nheading: New\n"), ("sections/b.yaml", "section: 5.1\nmove: { after: 6 }\n")];
    assert_eq!(parts(&modified(&by_number)), ["5", "5.2", "5.2.1", "5.3", "5.4", "T5.9", "6", "5.1"]);
    let by_id = [
        ("sections/a.yaml", "insert: 5.4\nid: new\nheading: New\n"),
        ("sections/b.yaml", "section: 5.1\nmove: { after: new }\n"),
    ];
    assert_eq!(parts(&modified(&by_id)), ["5", "5.2", "5.2.1", "5.3", "5.4 was new", "5.1", "5.5 was 5.4", "T5.9"]);
}

#[test]
fn sections_move_past_each_other() {
    let version = modified(&[
        ("sections/a.yaml", "section: 5.1\nmove: { after: 5.3 }\n"),
        ("sections/b.yaml", "section: 5.3\nmove: { before: 5.2 }\n"),
    ]);
    assert_eq!(parts(&version), ["5", "5.3", "5.2", "5.2.1", "5.1", "5.4", "T5.9"]);
}

#[test]
fn rows_are_inserted_and_moved_beside_rows_that_are_inserted_whatever_comes_first() {
    let text = "table: 5.9\ninsert:\n  - after: \"9.9\"\n    rows: [{ reference: \"9\", variant: \"9.8\", name: B, critical: false }]\n\
                \x20 - rows: [{ reference: \"9\", variant: \"9.9\", name: A, critical: false }]\n\
                move: [{ row: \"6.2.7\", after: \"9.8\" }]\n";
    let version = modified(&[("tables/t.yaml", text)]);
    let keys = keys(&version);
    let at = |key: &str| keys.iter().position(|known| *known == key).unwrap();
    assert!(at("9.9") + 1 == at("9.8") && at("9.8") + 1 == at("6.2.7"), "{keys:?}");
}

#[test]
fn a_row_is_known_however_its_characters_are_composed() {
    let rows = "insert:
  - { after: \"6.2.10\", rows: [{ reference: \"9\", variant: \"caf\u{e9}\", name: A, critical: N }] }
  - { after: \"cafe\u{301}\", rows: [{ reference: \"9\", variant: \"9.1\", name: B, critical: N }] }
";
    let version = modified(&[("tables/5.9.yaml", &format!("table: 5.9\n{rows}"))]);
    let keys = keys(&version);
    let at = keys.iter().position(|key| *key == "caf\u{e9}").unwrap();
    assert_eq!(keys[at + 1], "9.1");
}
