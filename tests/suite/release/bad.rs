//! What a drafter may get wrong of releases: each told once, at its place, with what to do.

use super::{project, release, root, with, wrong};
use crate::common::good;
use ctsd::compose;
use ctsd::content;
use ctsd::diagnostic::Code;
use ctsd::files::Root;
use ctsd::model::Stated;
use ctsd::pipeline::Desk;
use std::collections::BTreeMap;

const ONE: (&str, &str) = ("m1/sections/a.yaml", "section: \"5.1\"\nheading: This\n");
const TWO: (&str, &str) = ("m2/sections/a.yaml", "section: \"5.1\"\nheading: That\n");
const APART: (&str, &str) = ("m2/sections/a.yaml", "section: \"5.2\"\nheading: That\n");

/// Each message with its place.
fn told(files: &[(&str, &str)]) -> Vec<String> {
    let lines = with(files).faults.into_iter().map(|fault| fault.to_string());
    lines.map(|fault| fault.lines().next().unwrap().to_owned()).collect()
}

#[test]
fn a_circle_through_a_release_is_told_where_each_names_the_next() {
    let files = [ONE, ("m1/version.yaml", "id: M1\nname: M1\nbase: \"2.0\"\n"), ("2.0/version.yaml", &release("[M1]"))];
    assert_eq!(
        told(&files),
        [
            "content/2.0/version.yaml:4:12: error[base-cycle]: the version rests on itself: 2.0, which rests on M1, \
             which rests on 2.0",
            "content/m1/version.yaml:3:7: error[base-cycle]: the version rests on itself: M1, which rests on 2.0, which \
             rests on M1",
        ]
    );
}

#[test]
fn a_release_in_a_release_is_refused_since_what_it_includes_would_be_lost() {
    let three = "id: \"3.0\"\nname: Three\nbase: \"1.0\"\nincludes: [M2, \"2.0\"]\n";
    let files = [ONE, APART, ("2.0/version.yaml", &release("[M1]")), ("3.0/version.yaml", three)];
    assert_eq!(told(&files), ["content/3.0/version.yaml:4:16: error[includes]: 2.0 is a release itself"]);
}

#[test]
fn a_part_in_force_before_what_it_rests_on_is_told_at_its_day() {
    let early = "section: \"5.1\"\nheading: This\neffective: 2018-06-01\n";
    let base = "id: \"1.0\"\nname: One\nclassification: White\neffective: 2019-01-01\n";
    let files = [("1.0/version.yaml", base), ("m1/sections/a.yaml", early), ("2.0/version.yaml", &release("[M1]"))];
    assert_eq!(
        told(&files),
        ["content/m1/sections/a.yaml:3:12: error[effective-order]: this change of Section 5.1 would be in force from \
             2018-06-01, before 1.0, which it rests on: from 2019-01-01",]
    );
}

#[test]
fn a_decision_between_what_is_not_there_is_told_at_the_name() {
    let decision =
        |decides: &str| format!("section: \"5.1\"\nheading: Both\ndecides: {decides}\nfrom: \"aabbccddeeff\"\n");
    for (decides, about) in [
        ("[M1, M9]", ":3:15: error[void-decision]: 2.0 doesn't include M9, so there is nothing to decide"),
        ("[M1]", ":3:11: error[void-decision]: this decides between one and nobody"),
        ("[M1, M2]", ":3:11: error[void-decision]: there is nothing to decide here between M1 and M2"),
    ] {
        let text = decision(decides);
        let found = told(&[ONE, APART, ("2.0/sections/5.1.yaml", &text)]);
        assert_eq!(found, [format!("content/2.0/sections/5.1.yaml{about}")]);
    }
    let own = ("m1/sections/a.yaml", decision("[M1, M2]"));
    let found = told(&[(own.0, &own.1), APART]);
    let expected =
        "content/m1/sections/a.yaml:3:11: error[void-decision]: M1 includes nothing that it could decide between";
    assert!(found.contains(&expected.to_owned()), "{found:?}");
}

#[test]
fn words_that_only_come_or_go_are_called_nothing() {
    let days = |days: &str| format!("section: \"5.1\"\nbody: |\n  The text of 5.1 has thirty {days}.\n");
    let (one, two) = (days("working days"), days("calendar days"));
    let found = wrong(&[("m1/sections/a.yaml", &one), ("m2/sections/a.yaml", &two)]);
    assert!(found.contains("“working ” and “calendar ”") || found.contains("“working” and “calendar”"), "{found}");
    assert!(found.contains("it was nothing") && !found.contains("“”"), "{found}");
    let found = wrong(&[
        ("m1/sections/a.yaml", "section: \"5.1\"\nbody: |\n  The text of 5.1 has days.\n"),
        TWO,
        ("m2/sections/b.yaml", "section: \"5.2\"\nheading: Other\n"),
        ("m2/sections/a.yaml", &one.replace("thirty working", "forty")),
    ]);
    assert!(found.contains("nothing and “forty") && !found.contains("“”"), "{found}");
}

#[test]
fn of_two_tables_with_one_number_both_can_stay() {
    let table = |name: &str| {
        format!(
            "insert_table: \"5.10\"\ntitle: {name}\nrole: ED\nrows: [{{ reference: \"7\", variant: \"7\", name: New, critical: false }}]\n"
        )
    };
    let (one, two) = (table("This"), table("That"));
    let files = [
        ("m1/tables/a.yaml", one.as_str()),
        ("m2/tables/a.yaml", two.as_str()),
        ("2.0/version.yaml", &release("[M1]")),
    ];
    let all = with(&files);
    let Some(Stated::Modification(stated)) = all.stated("M2") else { unreachable!() };
    let version = |id: &str| all.version(id).unwrap();
    let moved = compose::rebase(&all, stated, version("1.0"), version("M2"), version("2.0"));
    assert_eq!(moved.conflicts.len(), 1);
    let written: Vec<(String, String)> = content::write(&Stated::Modification(moved.modification))
        .into_iter()
        .map(|file| (file.path.trim_start_matches("content/").to_owned(), file.text))
        .collect();
    for (kept, numbers) in [("ours", vec!["5.9", "5.10", "5.11"]), ("theirs", vec!["5.9", "5.10"])] {
        let other = if kept == "ours" { "  theirs:" } else { "  ours:" };
        let mut files = super::content(&files);
        files.retain(|(path, _)| !path.starts_with("m2/"));
        files.extend(written.iter().map(|(path, text)| {
            let lines = text.lines().filter(|line| !line.starts_with(other));
            (path.clone(), lines.map(|line| format!("{line}\n")).collect())
        }));
        let project = project(&files);
        let found: Vec<&str> = project.version("M2").unwrap().matrices().map(|it| it.number.as_str()).collect();
        assert_eq!(found, numbers, "{kept}: {written:?}");
    }
}

#[test]
fn conflicts_broken_by_hand_are_told_at_their_place_and_never_built() {
    let sides = |sides: &str| format!("section: \"5.1\"\nheading: This\nbody:\n{sides}");
    for (text, about) in [
        (sides("  ours: One.\n  theirs: Two.\n"), "4:3: error[conflict]: the body of Section 5.1 isn't settled"),
        (sides("  ours: One.\n  thiers: Two.\n"), "5:3: error[unknown-field]"),
        (sides("  ours: One.\n  ours: Two.\n"), "5:3: error[duplicate-key]"),
        (sides("  - ours\n  - theirs\n"), "error[wrong-type]: “body” is a list, not text"),
        (sides("  ours:\n  theirs:\n"), "4:3: error[empty-value]: “ours” has no value"),
        (
            "section: \"5.1\"\nheading: This\nconflict: {}\n".to_owned(),
            "3:1: error[empty-value]: no side of “conflict”",
        ),
        (
            "section: \"5.1\"\nheading: This\nconflict: { ours: changed, theirs: deleted }\n".to_owned(),
            "error[conflict]",
        ),
    ] {
        let project = with(&[("m1/sections/a.yaml", &text), ("2.0/version.yaml", &release("[M1]"))]);
        let found: Vec<String> = project.faults.iter().map(ToString::to_string).collect();
        let found = found.join("\n");
        assert!(found.contains(about), "{text}{found}");
        assert!(project.version("M1").is_none() && project.version("2.0").is_none(), "{text}{found}");
    }
    // Nor does anything panic on what is cut off anywhere.
    let whole = sides("  was: Zero.\n  ours: |\n    One.\n  theirs: { }\nconflict: { ours: [a], theirs: {b: c} }\n");
    for end in 0..whole.len() {
        let words = std::fs::read(good().join("content/appendix.yaml")).unwrap();
        let mut files = BTreeMap::from([("content/appendix.yaml".to_owned(), words)]);
        for (path, text) in super::content(&[("m1/sections/a.yaml", &whole[..end])]) {
            files.insert(format!("content/{path}"), text.into_bytes());
        }
        let _ = compose::load_from(&Root::memory(files));
    }
}

#[test]
fn a_modification_that_was_given_up_is_told_where_a_release_includes_it() {
    let of = |status: &str| format!("id: M1\nname: M1\nbase: \"1.0\"\nstatus: {status}\n");
    for (status, is_told) in [("approved", false), ("withdrawn", true), ("rejected", true)] {
        let files =
            super::content(&[("m1/version.yaml", &of(status)), ONE, APART, ("2.0/version.yaml", &release("[M1, M2]"))]);
        let desk = Desk::open_from(&root(&files)).unwrap();
        let found = desk.check(&desk.asked(&["2.0".to_owned()]).unwrap()).diagnostics;
        let told = found.iter().find(|it| it.code == Code::WithdrawnIncluded).map(ToString::to_string);
        assert_eq!(told.is_some(), is_told, "{found:#?}");
        let place = "content/2.0/version.yaml:4:12: warning[withdrawn-included]: M1 is ";
        assert!(told.is_none_or(|told| told.starts_with(&format!("{place}{status}, and"))), "{found:#?}");
    }
}
