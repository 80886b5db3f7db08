//! Collisions beyond the same words and the same cell: what one says that another makes untrue.

use super::{content, released, root, with, wrong};
use crate::common::good;
use ctsd::compose;
use ctsd::diagnostic::Severity;
use ctsd::model::Stated;
use ctsd::pipeline::Desk;
use std::sync::LazyLock;

/// A release of the first alone.
const OF_ONE: (&str, &str) = ("2.0/version.yaml", "id: \"2.0\"\nname: Two\nbase: \"1.0\"\nincludes: [M1]\n");
const REFERS: &str = "section: \"5.1\"\nbody: The text of 5.1 has thirty days, as Section 5.3 says.\n";

/// The small project's words, with names for sections and tables.
static WORDS: LazyLock<String> = LazyLock::new(|| {
    let words = std::fs::read_to_string(good().join("content/appendix.yaml")).unwrap();
    words + "references:\n  section: Section\n  section_also: [clause]\n  table: Table\n"
});

/// Both ways round, what is told.
fn both(one: (&str, &str), two: (&str, &str)) -> [String; 2] {
    let files = |first: (&str, &str), second: (&str, &str)| {
        [(format!("m1/{}", first.0), first.1.to_owned()), (format!("m2/{}", second.0), second.1.to_owned())]
    };
    [files(one, two), files(two, one)].map(|files| {
        let files = files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        wrong(&files.chain([("appendix.yaml", WORDS.as_str())]).collect::<Vec<_>>())
    })
}

#[test]
fn what_one_deletes_another_can_not_newly_refer_to() {
    for told in both(("sections/a.yaml", "section: \"5.3\"\ndelete: true\n"), ("sections/b.yaml", REFERS)) {
        assert!(told.contains("error[conflict]") && told.contains("what Section 5.1 says of Section 5.3"), "{told}");
        assert!(told.contains("a.yaml:2") && told.contains("b.yaml:2"), "both places: {told}");
    }
    let table = "section: \"5.1\"\nbody: The text of 5.1 has thirty days, as Table 5.9 says.\n";
    for told in both(("tables/a.yaml", "table: \"5.9\"\ndelete: true\n"), ("sections/b.yaml", table)) {
        assert!(told.contains("what Section 5.1 says of Table 5.9"), "{told}");
    }
}

#[test]
fn what_gets_another_number_is_offered_to_whoever_newly_refers_to_it() {
    let renumbered = ("sections/a.yaml", "section: \"5.3\"\nrenumber: \"5.7\"\n");
    for told in both(renumbered, ("sections/b.yaml", REFERS)) {
        assert!(told.contains("write “Section 5.7” there for “Section 5.3”"), "{told}");
        assert!(told.contains("b.yaml:2"), "{told}");
    }
    for told in both(("sections/a.yaml", "insert: \"5.2\"\nheading: New\n"), ("sections/b.yaml", REFERS)) {
        assert!(told.contains("write “Section 5.4” there for “Section 5.3”"), "moved on by another's: {told}");
    }
    // Nothing collides where the number stays, or where the base said so already.
    let words = ("appendix.yaml", WORDS.as_str());
    released(&[words, ("m1/sections/a.yaml", "insert: \"5.4\"\nheading: New\n"), ("m2/sections/b.yaml", REFERS)]);
    released(&[
        words,
        ("1.0/sections/5.1.yaml", &REFERS.replace("body:", "heading: Heading 5.1\nbody:")),
        ("m1/sections/a.yaml", "section: \"5.3\"\ndelete: true\n"),
        ("m2/sections/b.yaml", &REFERS.replace("thirty", "forty")),
    ]);
}

#[test]
fn a_term_that_one_renames_can_not_be_used_anew_by_another() {
    let file = |number: &str, body: &str| format!("section: \"{number}\"\nheading: Heading\nbody: {body}\n");
    let base = [file("5.1", "The Smart Meter is read."), file("5.2", "A Smart Meter is sealed.")];
    let one = [file("5.1", "The Device is read."), file("5.2", "A Device is sealed.")];
    let two = "section: \"5.3\"\nbody: Each Smart Meter is paid for.\n";
    for [first, second] in [["m1", "m2"], ["m2", "m1"]] {
        let files = [
            ("1.0/sections/5.1.yaml".to_owned(), base[0].clone()),
            ("1.0/sections/5.2.yaml".to_owned(), base[1].clone()),
            (format!("{first}/sections/5.1.yaml"), one[0].clone()),
            (format!("{first}/sections/5.2.yaml"), one[1].clone()),
            (format!("{second}/sections/5.3.yaml"), two.to_owned()),
        ];
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let told = wrong(&files);
        assert!(told.contains("what Section 5.3 says of “Smart Meter”"), "{told}");
        assert!(told.contains("write “Device” there for “Smart Meter”"), "{told}");
    }
}

#[test]
fn figures_that_the_rows_of_both_make_wrong_are_told() {
    let insert = |key: &str, more: &str| {
        format!(
            "table: \"5.9\"\ninsert: [{{ rows: [{{ reference: \"9\", variant: \"{key}\", name: New, critical: false }}] }}]\n{more}"
        )
    };
    let published = "published:\n  total_tests: 5\n";
    let told = both(("tables/a.yaml", &insert("9.1", published)), ("tables/b.yaml", &insert("9.2", "")));
    assert!(told.iter().any(|told| told.contains("the published figures of Table 5.9")), "{told:?}");
    // Both take a row out of what is omitted, and each counts its own alone.
    let omitted = "omitted:\n  unknown: All but one of those that were.\n";
    for told in both(("tables/a.yaml", &insert("9.1", omitted)), ("tables/b.yaml", &insert("9.2", omitted))) {
        assert!(told.contains("what is omitted from Table 5.9"), "{told}");
    }
    let (one, two) = (insert("9.1", omitted), insert("9.1", omitted));
    released(&[("m1/tables/a.yaml", &one), ("m2/tables/a.yaml", &two)]);
}

#[test]
fn a_table_deleted_by_one_and_retitled_by_another_collides() {
    for told in
        both(("tables/a.yaml", "table: \"5.9\"\ndelete: true\n"), ("tables/b.yaml", "table: \"5.9\"\ntitle: Other\n"))
    {
        assert!(told.contains("error[conflict]") && told.contains("Table 5.9"), "{told}");
    }
}

#[test]
fn columns_merge_by_their_keys() {
    let head = |id: &str, extra: &str| {
        format!(
            "id: {id}\nname: {id}\nbase: \"1.0\"\ncolumns:\n  - {{ field: variant, label: Variant }}\n  - {{ field: name, label: Name }}\n{extra}"
        )
    };
    let cv = |key: &str, label: &str| format!("  - {{ cv: {key}, label: {label} }}\n");
    let base = head("x", &(cv("1", "One") + &cv("2", "Two"))).replace("id: x\nname: x\nbase: \"1.0\"\n", "");
    let base = format!("id: \"1.0\"\nname: One\nclassification: White\n{base}");
    let (relabelled, added) =
        (cv("1", "First") + &cv("2", "Two"), cv("1", "One") + &cv("2", "Two") + &cv("3", "Three"));
    let (one, two) = (head("M1", &relabelled), head("M2", &added));
    let row = "table: \"5.9\"\namend: [{ row: \"1\", cv: { 3: Mandatory } }]\n";
    let files =
        [("1.0/version.yaml", &*base), ("m1/version.yaml", &one), ("m2/version.yaml", &two), ("m2/tables/a.yaml", row)];
    let version = released(&files);
    let labels: Vec<&str> = version.columns.iter().map(|column| column.label.as_str()).collect();
    assert_eq!(labels, ["Variant", "Name", "First", "Two", "Three"]);
    let matrix = version.matrices().next().unwrap();
    assert_eq!(&*matrix.rows[0].cv[2].value, "Mandatory", "what is said of a new column isn't lost");
    let other = head("M2", &(cv("1", "Other") + &cv("2", "Two")));
    let told = wrong(&[files[0], files[1], ("m2/version.yaml", &other)]);
    assert!(told.contains("the columns of the tables"), "{told}");
}

#[test]
fn what_modifications_say_alike_is_a_note() {
    let same = "section: \"5.1\"\nheading: This\n";
    let files = content(&[("m1/sections/a.yaml", same), ("m2/sections/a.yaml", same)]);
    let desk = Desk::open_from(&root(&files)).unwrap();
    let account = desk.check(&desk.asked(&["2.0".to_owned()]).unwrap());
    let note = account.diagnostics.iter().find(|finding| finding.severity == Severity::Note).unwrap();
    assert!(note.message.starts_with("M2 says what one before it says too") && note.location.is_some(), "{note}");
}

#[test]
fn a_version_can_not_come_into_force_before_what_it_rests_on() {
    let project = with(&[
        ("m1/version.yaml", "id: M1\nname: M1\nbase: \"1.0\"\neffective: 2019-11-29\n"),
        ("m2/version.yaml", "id: M2\nname: M2\nbase: M1\neffective: 2019-06-27\n"),
    ]);
    let told: String = project.faults.iter().map(ToString::to_string).collect();
    assert!(told.contains("error[effective-order]") && told.contains("content/m2/version.yaml:4:12"), "{told}");
}

#[test]
fn a_base_that_was_changed_by_hand_is_noticed_where_a_section_says_what_it_was_written_from() {
    let project = with(&[]);
    let section = project.version("1.0").unwrap().section_numbered("5.1").unwrap();
    let text = format!("section: \"5.1\"\nfrom: {}\nbody: Other.\n", compose::reading_of(section));
    released(&[("m1/sections/a.yaml", &text), OF_ONE]);
    let changed = "section: \"5.1\"\nheading: Heading 5.1\nbody: The text of 5.1 has forty days.\n";
    let told = wrong(&[("m1/sections/a.yaml", &text), ("1.0/sections/5.1.yaml", changed), OF_ONE]);
    assert!(told.contains("error[changed-base]") && told.contains("content/m1/sections/a.yaml:2:7"), "{told}");
}

#[test]
fn broken_conflict_data_is_told_at_its_place() {
    for (text, about, line) in [
        ("heading: { was: A, mine: B }", "no field “mine”", 2),
        ("heading: {}", "", 2),
        ("heading:\n  ours: [A]\n  theirs: B", "“ours” is a list", 3),
        ("conflict: maybe", "", 2),
        ("heading: A\nconflict: { was: it was }", "can't be had by itself", 3),
        ("heading:\n  ours: A\n  theirs: B", "isn't settled", 3),
    ] {
        let project = with(&[("m1/sections/a.yaml", &format!("section: \"5.1\"\n{text}\n"))]);
        let told: Vec<String> = project.faults.iter().map(ToString::to_string).collect();
        assert!(project.version("M1").is_none(), "{text}");
        let place = format!("content/m1/sections/a.yaml:{line}:");
        assert!(told.iter().any(|told| told.contains(about) && told.contains(&place)), "{text}: {told:#?}");
    }
    // What an editor leaves of sides in words: what stands there happens, or nothing does.
    for (left, heading) in [("ours: it is", "Other"), ("theirs: it isn't", "Heading 5.1")] {
        let text = format!("section: \"5.1\"\nheading: Other\nconflict: {{ {left} }}\n");
        let version = released(&[("m1/sections/a.yaml", &text), OF_ONE]);
        assert_eq!(version.section_numbered("5.1").unwrap().heading.text, heading);
    }
}

#[test]
fn a_release_of_stacked_modifications_keeps_the_places_of_each() {
    let insert = |number: &str, heading: &str| format!("insert: \"{number}\"\nheading: {heading}\n");
    let row = |after: &str, key: &str| {
        format!(
            "table: \"5.9\"\ninsert: [{{ after: \"{after}\", rows: [{{ reference: \"9\", variant: \"{key}\", name: New, critical: false }}] }}]\n"
        )
    };
    let files = [
        ("m1/sections/a.yaml", insert("5.2", "Of one")),
        ("m1/tables/a.yaml", row("1", "9.1")),
        ("m2/version.yaml", "id: M2\nname: M2\nbase: M1\n".to_owned()),
        // Behind what M1 inserts, in M1's own numbers.
        ("m2/sections/a.yaml", insert("5.3", "Of two")),
        ("m2/tables/a.yaml", row("9.1", "9.2")),
        ("m3/version.yaml", "id: M3\nname: M3\nbase: \"1.0\"\n".to_owned()),
        ("m3/sections/a.yaml", insert("5.4", "Of three")),
        ("m3/tables/a.yaml", row("3", "9.3")),
        ("2.0/version.yaml", "id: \"2.0\"\nname: Two\nbase: \"1.0\"\nincludes: [M1, M2, M3]\n".to_owned()),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let version = released(&files);
    let expected = [
        "5 Heading 5",
        "5.1 Heading 5.1",
        "5.2 Of one",
        "5.3 Of two",
        "5.4 Heading 5.2",
        "5.5 Heading 5.3",
        "5.6 Of three",
        "5.7 Heading 5.4",
        "T5.9",
    ];
    assert_eq!(super::numbers(&version), expected);
    let keys: Vec<&str> = version.matrices().next().unwrap().rows.iter().map(|row| row.key.value.as_str()).collect();
    assert_eq!(keys, ["1", "9.1", "9.2", "2", "3", "9.3", "4"]);
}

#[test]
fn a_reference_that_a_new_base_makes_stale_is_written_with_what_would_hold() {
    let project = with(&[
        ("appendix.yaml", WORDS.as_str()),
        ("m1/sections/a.yaml", "insert: \"5.2\"\nheading: New\n"),
        ("m2/sections/b.yaml", REFERS),
        OF_ONE,
    ]);
    let Some(Stated::Modification(stated)) = project.stated("M2") else { unreachable!() };
    let version = |id: &str| project.version(id).unwrap();
    let moved = compose::rebase(&project, stated, version("1.0"), version("M2"), version("2.0"));
    let body = moved.modification.sections[0].open.as_ref().unwrap().body.clone().unwrap();
    assert_eq!(body.ours.unwrap().text, "The text of 5.1 has thirty days, as Section 5.3 says.");
    assert_eq!(body.theirs.unwrap().text, "The text of 5.1 has thirty days, as Section 5.4 says.");
}
