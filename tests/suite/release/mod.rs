//! Releases: modifications put together by identity, with no silent collision and no false conflict.

mod bad;
mod begun;
mod blame;
mod hands;
mod kinds;
mod laws;
mod listed;
mod moves;
mod numbers;
mod planted;
mod rebase;
mod several;
mod time;

use crate::common::good;
use ctsd::compose::{self, Project, Rebased};
use ctsd::content;
use ctsd::files::Root;
use ctsd::model::{Modification, Part, Stated, Version};
use std::collections::BTreeMap;

/// A project of these files, below `content/`, beside the words of the small project that is good.
pub fn project(files: &[(String, String)]) -> Project {
    compose::load_from(&root(files)).unwrap()
}

/// As [`project`], as files.
fn root(files: &[(String, String)]) -> Root {
    let words = std::fs::read(good().join("content/appendix.yaml")).unwrap();
    let mut all = BTreeMap::from([("content/appendix.yaml".to_owned(), words)]);
    all.extend(files.iter().map(|(path, text)| (format!("content/{path}"), text.clone().into_bytes())));
    Root::memory(all)
}

/// A modification of version 1, moved onto the release 2 of others; none, where that has conflicts.
fn moved_onto_the_release(project: &Project, id: &str) -> Option<Rebased> {
    let (onto, Stated::Modification(stated)) = (project.version("2")?, project.stated(id)?) else { return None };
    let (base, own) = (project.version("1").unwrap(), project.version(id).unwrap());
    Some(compose::rebase(project, stated, base, own, onto))
}

/// The files of a modification, below `content/`.
pub fn written(modification: Modification) -> Vec<(String, String)> {
    let below = |path: &str| path.trim_start_matches("content/").to_owned();
    let files = content::write(&Stated::Modification(modification)).into_iter();
    files.map(|file| (below(&file.path), file.text)).collect()
}

/// A base with Sections 5.1 to 5.4, of a paragraph each, and Table 5.9 with rows 1 to 4; and these files beside it.
fn with(files: &[(&str, &str)]) -> Project {
    project(&content(files))
}

/// The files of [`with`].
fn content(files: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = vec![
        ("1.0/version.yaml".into(), "id: \"1.0\"\nname: One\nclassification: White\n".into()),
        ("1.0/tables/5.9.yaml".into(), {
            let row = |at: usize| {
                format!("  - {{ reference: \"{at}\", variant: \"{at}\", name: Name of {at}, critical: false }}\n")
            };
            format!("table: \"5.9\"\nrole: ED\nrows:\n{}", (1..5).map(row).collect::<String>())
        }),
    ];
    for number in ["5", "5.1", "5.2", "5.3", "5.4"] {
        let text = format!(
            "section: \"{number}\"\nheading: Heading {number}\nbody: |\n  The text of {number} has thirty days.\n"
        );
        all.push((format!("1.0/sections/{number}.yaml"), text));
    }
    for version in ["m1", "m2", "m3"] {
        if files.iter().any(|(path, _)| path.starts_with(version)) {
            let id = version.to_uppercase();
            all.push((format!("{version}/version.yaml"), format!("id: {id}\nname: {id}\nbase: \"1.0\"\n")));
        }
    }
    all.push(("2.0/version.yaml".into(), release("[M1, M2]")));
    // What is given stands for what would be there.
    for (path, text) in files {
        all.retain(|(known, _)| known != path);
        all.push(((*path).to_owned(), (*text).to_owned()));
    }
    all
}

fn release(includes: &str) -> String {
    format!("id: \"2.0\"\nname: Two\nbase: \"1.0\"\nincludes: {includes}\n")
}

/// The release, if nothing is wrong with it.
fn released(files: &[(&str, &str)]) -> Version {
    let project = with(files);
    let wrong: Vec<String> = project.faults.iter().map(ToString::to_string).collect();
    project.version("2.0").unwrap_or_else(|| panic!("{}", wrong.join("\n"))).clone()
}

/// What is wrong with the release.
fn wrong(files: &[(&str, &str)]) -> String {
    let project = with(files);
    assert!(project.version("2.0").is_none(), "it was made");
    project.faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn body(version: &Version, number: &str) -> String {
    version.sections().find(|section| section.number.value == number).unwrap().body.text.clone()
}

fn numbers(version: &Version) -> Vec<String> {
    let part = |part: &Part| match part {
        Part::Section(section) => format!("{} {}", section.number.value, section.heading.text),
        Part::Matrix(matrix) => format!("T{}", matrix.number.value),
    };
    version.parts.iter().map(part).collect()
}

fn rows(version: &Version) -> Vec<String> {
    let matrix = version.matrices().next().unwrap();
    let cells = |row: &ctsd::model::Row| row.cv.iter().map(|cell| cell.value.to_string()).collect::<Vec<_>>().join(" ");
    matrix.rows.iter().map(|row| format!("{} {} {}", row.key.value, row.name.text, cells(row))).collect()
}

#[test]
fn different_words_of_a_paragraph_different_cells_of_a_row_and_different_rows_merge() {
    let version = released(&[
        ("m1/sections/a.yaml", "section: \"5.1\"\nbody: |\n  The wording of 5.1 has thirty days.\n"),
        ("m2/sections/a.yaml", "section: \"5.1\"\nbody: |\n  The text of 5.1 has forty days.\n"),
        (
            "m1/tables/a.yaml",
            "table: \"5.9\"\namend: [{ row: \"1\", cv: { 1: Mandatory } }, { row: \"2\", name: Other }]\nremove: [\"4\"]\n",
        ),
        (
            "m2/tables/a.yaml",
            "table: \"5.9\"\namend: [{ row: \"1\", cv: { 2: Mandatory } }, { row: \"2\", critical: true }]\nremove: [\"4\"]\n",
        ),
    ]);
    assert_eq!(body(&version, "5.1"), "The wording of 5.1 has forty days.");
    assert_eq!(rows(&version), ["1 Name of 1 Mandatory Mandatory", "2 Other N/A N/A", "3 Name of 3 N/A N/A"]);
}

#[test]
fn inserted_sections_stand_where_each_modification_put_them() {
    let version = released(&[
        ("m1/sections/a.yaml", "insert: \"5.2\"\nheading: Of one\n"),
        ("m2/sections/a.yaml", "insert: \"5.4\"\nheading: Of two\n"),
        ("m2/sections/b.yaml", "section: \"5.3\"\nheading: Changed\n"),
    ]);
    let expected = [
        "5 Heading 5",
        "5.1 Heading 5.1",
        "5.2 Of one",
        "5.3 Heading 5.2",
        "5.4 Changed",
        "5.5 Of two",
        "5.6 Heading 5.4",
        "T5.9",
    ];
    assert_eq!(numbers(&version), expected);
}

#[test]
fn rows_inserted_at_one_place_stand_in_the_order_of_the_release() {
    let insert = |key: &str| {
        format!(
            "table: \"5.9\"\ninsert: [{{ after: \"2\", rows: [{{ reference: \"9\", variant: \"{key}\", name: New, critical: false }}] }}]\n"
        )
    };
    let (one, two) = (insert("9.1"), insert("9.2"));
    let files = [("m1/tables/a.yaml", one.as_str()), ("m2/tables/a.yaml", two.as_str())];
    let keys = |version: &Version| {
        rows(version).iter().map(|row| row.split(' ').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(keys(&released(&files)), ["1", "2", "9.1", "9.2", "3", "4"]);
    let other = release("[M2, M1]");
    let files = [files[0], files[1], ("2.0/version.yaml", other.as_str())];
    assert_eq!(keys(&released(&files)), ["1", "2", "9.2", "9.1", "3", "4"]);
}

#[test]
fn each_collision_is_told_with_both_places() {
    let table = |text: &str| format!("table: \"5.9\"\n{text}\n");
    let row = |name: &str| {
        table(&format!("insert: [{{ rows: [{{ reference: \"9\", variant: \"9\", name: {name}, critical: false }}] }}]"))
    };
    let kinds: [(&str, String, String, &str); 14] = [
        (
            "sections",
            "section: \"5.1\"\nheading: This\n".into(),
            "section: \"5.1\"\nheading: That\n".into(),
            "heading of Section 5.1",
        ),
        (
            "sections",
            "section: \"5.1\"\nbody: The text of 5.1 has forty days.\n".into(),
            "section: \"5.1\"\nbody: The text of 5.1 has fifty days.\n".into(),
            "“forty” and “fifty”",
        ),
        (
            "sections",
            "section: \"5.1\"\ndelete: true\n".into(),
            "section: \"5.1\"\nheading: That\n".into(),
            "Section 5.1",
        ),
        (
            "sections",
            "section: \"5.1\"\nheading: This\n".into(),
            "section: \"5.1\"\ndelete: true\n".into(),
            "Section 5.1",
        ),
        (
            "sections",
            "insert: \"5.2\"\nheading: This\n".into(),
            "insert: \"5.2\"\nheading: That\n".into(),
            "Section 5.2",
        ),
        (
            "tables",
            table("amend: [{ row: \"1\", critical: true }, { row: \"2\", cv: { 1: Mandatory } }]"),
            table("remove: [\"1\"]"),
            "row 1 of Table 5.9",
        ),
        ("tables", row("This"), row("That"), "row 9 of Table 5.9"),
        ("tables", table("title: This"), table("title: That"), "title of Table 5.9"),
        (
            "sections",
            "section: \"5.1\"\nmove: { after: \"5.3\" }\n".into(),
            "section: \"5.1\"\nmove: { after: \"5.4\" }\n".into(),
            "place of Section 5.1",
        ),
        (
            "sections",
            "section: \"5.1\"\nrenumber: \"6\"\n".into(),
            "section: \"5.1\"\nrenumber: \"7\"\n".into(),
            "number of Section 5.1",
        ),
        (
            "sections",
            "section: \"5.1\"\nmove: { after: \"5.3\" }\n".into(),
            "section: \"5.1\"\ndelete: true\n".into(),
            "Section 5.1",
        ),
        ("sections", "section: \"5\"\ndelete: true\n".into(), "insert: \"5.5\"\nheading: New\n".into(), "Section 5.5"),
        (
            "tables",
            table("move: [{ row: \"1\", after: \"3\" }]"),
            table("move: [{ row: \"1\", after: \"4\" }]"),
            "row 1 of Table 5.9",
        ),
        ("tables", table("move: [{ row: \"1\", after: \"3\" }]"), table("remove: [\"1\"]"), "row 1 of Table 5.9"),
    ];
    for (folder, one, two, about) in kinds {
        let files = [(format!("m1/{folder}/a.yaml"), one), (format!("m2/{folder}/a.yaml"), two)];
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let told = wrong(&files);
        assert!(told.contains("error[conflict]") && told.contains(about), "{about}: {told}");
        assert!(told.contains("content/m2/"), "{about}: {told}");
    }
}

#[test]
fn the_same_edit_made_twice_is_agreement() {
    let section = "section: \"5.1\"\nheading: This\nbody: Other words.\n";
    let table = "table: \"5.9\"\namend: [{ row: \"1\", cv: { 1: Mandatory } }]\ninsert: [{ rows: [{ reference: \"9\", variant: \"9\", name: New, critical: false }] }]\n";
    let version = released(&[
        ("m1/sections/a.yaml", section),
        ("m2/sections/a.yaml", section),
        ("m1/tables/a.yaml", table),
        ("m2/tables/a.yaml", table),
    ]);
    assert_eq!(body(&version, "5.1"), "Other words.");
    assert_eq!(rows(&version).len(), 5);
}

#[test]
fn a_release_decides_where_its_modifications_collide_until_one_of_them_changes() {
    let one = ("m1/sections/a.yaml", "section: \"5.1\"\nheading: This\n");
    let two = ("m2/sections/a.yaml", "section: \"5.1\"\nheading: That\n");
    let told = wrong(&[one, two]);
    let digest = told.split("from: \"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    let decision = |digest: &str| format!("section: \"5.1\"\nheading: Both\ndecides: [M1, M2]\nfrom: \"{digest}\"\n");
    let decided = decision(&digest);
    let version = released(&[one, two, ("2.0/sections/5.1.yaml", &decided)]);
    assert!(numbers(&version).contains(&"5.1 Both".to_owned()));
    let changed = ("m2/sections/a.yaml", "section: \"5.1\"\nheading: Something else\n");
    let told = wrong(&[one, changed, ("2.0/sections/5.1.yaml", &decided)]);
    assert!(told.contains("error[void-decision]") && told.contains("has changed"), "{told}");
    let agreed = ("m2/sections/a.yaml", one.1);
    let told = wrong(&[one, agreed, ("2.0/sections/5.1.yaml", &decided)]);
    assert!(told.contains("nothing to decide"), "{told}");
}

#[test]
fn what_a_release_can_not_include_is_told_at_its_place() {
    let files = [
        ("m1/sections/a.yaml", "section: \"5.1\"\nheading: This\n"),
        ("m2/version.yaml", "id: M2\nname: M2\nbase: M1\n"),
        ("m2/sections/a.yaml", "section: \"5.1\"\nheading: That\n"),
    ];
    for (includes, about) in [
        ("[M1, m1]", "m1 is included already"),
        ("[M2]", "M2 is drafted against M1"),
        ("[M1, M9]", "there is no version “M9”"),
        ("[\"1.0\"]", "1.0 is included already"),
        ("[\"2.0\"]", "the version rests on itself"),
    ] {
        let text = release(includes);
        let told = wrong(&[files[0], files[1], files[2], ("2.0/version.yaml", &text)]);
        assert!(told.contains(about) && told.contains("content/2.0/version.yaml:"), "{includes}: {told}");
    }
    // One drafted against one that stands before it is laid over that.
    assert_eq!(numbers(&released(&files))[1], "5.1 That");
}

#[test]
fn a_place_beside_a_table_that_another_deletes_is_told() {
    let moved = "section: \"5.1\"\nmove: { after_table: \"5.9\" }\n";
    let deleted = "table: \"5.9\"\ndelete: true\n";
    for (one, two) in [("m1", "m2"), ("m2", "m1")] {
        let [mover, deleter] = [format!("{one}/sections/a.yaml"), format!("{two}/tables/b.yaml")];
        let told = wrong(&[(&mover, moved), (&deleter, deleted)]);
        assert!(told.contains("collide in Section 5.1: “that place deleted” and “moved beside Table 5.9”"), "{told}");
        assert!(told.contains(&format!("{mover}:2:22")) && told.contains(&format!("{deleter}:2:9")), "{told}");
    }
    let renamed = ("m2/tables/b.yaml", "table: \"5.9\"\ntitle: Other\n");
    let version = released(&[("m1/sections/a.yaml", moved), renamed]);
    assert_eq!(numbers(&version)[4..], ["T5.9", "5.1 Heading 5.1"]);
}

#[test]
fn what_is_moved_by_one_and_edited_by_another_merges_and_the_same_move_twice_is_agreement() {
    let moved = ("m1/sections/a.yaml", "section: \"5.1\"\nmove: { after: \"5.3\" }\n");
    let row = ("m1/tables/a.yaml", "table: \"5.9\"\nmove: [{ row: \"1\", after: \"3\" }]\n");
    let version = released(&[
        moved,
        row,
        ("m2/sections/a.yaml", "section: \"5.1\"\nheading: Other\n"),
        ("m2/tables/a.yaml", "table: \"5.9\"\namend: [{ row: \"1\", name: Other }]\n"),
    ]);
    assert_eq!(
        numbers(&version),
        ["5 Heading 5", "5.2 Heading 5.2", "5.3 Heading 5.3", "5.1 Other", "5.4 Heading 5.4", "T5.9"]
    );
    assert_eq!(rows(&version)[2], "1 Other N/A N/A");
    let twice = released(&[moved, row, ("m2/sections/a.yaml", moved.1), ("m2/tables/a.yaml", row.1)]);
    assert_eq!(numbers(&twice)[3], "5.1 Heading 5.1");
    assert_eq!(rows(&twice)[2], "1 Name of 1 N/A N/A");
    // A section that another's insertion moved on isn't one that it renumbered.
    let shifted = released(&[
        ("m1/sections/a.yaml", "insert: \"5.1\"\nheading: New\n"),
        ("m2/sections/a.yaml", "section: \"5.2\"\nrenumber: \"6\"\n"),
    ]);
    assert!(numbers(&shifted).contains(&"6 Heading 5.2".to_owned()), "{:?}", numbers(&shifted));
}
