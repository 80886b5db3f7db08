//! What is moved by one while others edit it, take it away, move it elsewhere, or put something beside it.

use super::{moved_onto_the_release, project, released, written, wrong};
use crate::common::config;
use ctsd::compose::Project;
use ctsd::model::{Part, Version};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fmt::Write as _;

#[test]
fn whoever_moved_a_section_or_a_row_is_named_at_the_place_where_it_says_so() {
    let moved = "section: \"5.2\"\nmove: { before: \"5.4\" }\n";
    let row = "table: \"5.9\"\nmove:\n  - { row: \"2\", before: \"4\" }\n";
    let kinds = [
        ("sections", moved, "section: \"5.2\"\ndelete: true\n"),
        ("sections", moved, "section: \"5.2\"\nmove: { before: \"5.1\" }\n"),
        ("sections", moved, "section: \"5.2\"\nrenumber: \"6\"\n"),
        ("tables", row, "table: \"5.9\"\nremove: [\"2\"]\n"),
        ("tables", row, "table: \"5.9\"\nmove:\n  - { row: \"2\", before: \"1\" }\n"),
    ];
    for (folder, one, other) in kinds {
        for (first, second) in [("m1", "m2"), ("m2", "m1")] {
            let files = [(format!("{first}/{folder}/moved.yaml"), one), (format!("{second}/{folder}/b.yaml"), other)];
            let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
            let told = wrong(&files);
            assert!(told.contains("M1 and M2 collide in"), "{other}: {told}");
            assert!(told.contains("/moved.yaml:") && told.contains("/b.yaml:"), "{other}: {told}");
        }
    }
    // What stood beside it has not been moved.
    released(&[("m1/sections/a.yaml", moved), ("m2/sections/a.yaml", "section: \"5.3\"\ndelete: true\n")]);
    released(&[("m1/tables/a.yaml", row), ("m2/tables/a.yaml", "table: \"5.9\"\nremove: [\"3\"]\n")]);
}

const COUNT: usize = 6;

/// What a drafter does to a thing of several, each of which is a section of one and a row of one table.
#[derive(Clone, Copy, Debug)]
enum Deed {
    /// Moves it behind another, or in front of all.
    Move(usize, Option<usize>),
    /// Puts a new one behind it.
    Beside(usize),
    /// Says something else of it.
    Edit(usize),
}

/// For each of several modifications, one deed; no two move the same, and none that another stands beside in its move.
fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![
        2 => (0..COUNT, proptest::option::of(0..COUNT)).prop_map(|(what, to)| Deed::Move(what, to)),
        2 => (0..COUNT).prop_map(Deed::Beside),
        1 => (0..COUNT).prop_map(Deed::Edit),
    ];
    let deeds = proptest::collection::vec(deed, 2..5).prop_map(|deeds: Vec<Deed>| -> Vec<Deed> {
        let mut used = BTreeSet::new();
        let is_free = |deed: &Deed| match *deed {
            Deed::Move(what, to) => to != Some(what) && used.insert(("moved", what)),
            Deed::Beside(what) => used.insert(("beside", what)),
            Deed::Edit(what) => used.insert(("edited", what)),
        };
        deeds.into_iter().filter(is_free).collect()
    });
    deeds.prop_filter("nothing is left", |deeds| !deeds.is_empty())
}

fn files(deeds: &[Deed], order: &[usize]) -> Vec<(String, String)> {
    let mut files = vec![
        ("1/version.yaml".to_owned(), "id: \"1\"\nname: One\nclassification: White\n".to_owned()),
        ("1/sections/1.yaml".to_owned(), "section: \"1\"\nheading: All\n".to_owned()),
    ];
    let mut rows = String::new();
    for at in 0..COUNT {
        let text = format!("section: \"1.{}\"\nheading: Heading {at}\nbody: Body\n", at + 1);
        files.push((format!("1/sections/1.{}.yaml", at + 1), text));
        let _ = writeln!(rows, "  - {{ reference: \"{at}\", variant: \"{at}\", name: Name {at}, critical: false }}");
    }
    files.push(("1/tables/2.yaml".to_owned(), format!("table: \"2\"\nrole: ED\nrows:\n{rows}")));
    for (at, deed) in deeds.iter().enumerate() {
        let (section, table) = match *deed {
            Deed::Move(what, to) => {
                let first = usize::from(what == 0);
                let (side, beside) = to.map_or(("before", first), |to| ("after", to));
                (
                    format!("section: \"1.{}\"\nmove: {{ {side}: \"1.{}\" }}\n", what + 1, beside + 1),
                    format!("table: \"2\"\nmove: [{{ row: \"{what}\", {side}: \"{beside}\" }}]\n"),
                )
            }
            Deed::Beside(what) => (
                format!("insert: \"1.{}\"\nid: new{what}\nheading: New {what}\n", what + 2),
                format!(
                    "table: \"2\"\ninsert: [{{ after: \"{what}\", rows: [{{ reference: \"9\", variant: \"n{what}\", name: New, critical: false }}] }}]\n"
                ),
            ),
            Deed::Edit(what) => (
                format!("section: \"1.{}\"\nheading: Other {what}\n", what + 1),
                format!("table: \"2\"\namend: [{{ row: \"{what}\", name: Other }}]\n"),
            ),
        };
        files.push((format!("m{at}/version.yaml"), format!("id: M{at}\nname: M{at}\nbase: \"1\"\n")));
        files.push((format!("m{at}/sections/a.yaml"), section));
        files.push((format!("m{at}/tables/a.yaml"), table));
    }
    let includes: Vec<String> = order.iter().map(|at| format!("M{at}")).collect();
    let text = format!("id: \"2\"\nname: Two\nbase: \"1\"\nincludes: [{}]\n", includes.join(", "));
    files.push(("2/version.yaml".to_owned(), text));
    files
}

/// What must come of it: those that stay, each with what is put behind it, in any order among themselves.
fn expected(deeds: &[Deed]) -> Vec<(String, BTreeSet<String>)> {
    let moved: Vec<(usize, Option<usize>)> = deeds
        .iter()
        .filter_map(|deed| match *deed {
            Deed::Move(what, to) => Some((what, to)),
            _ => None,
        })
        .collect();
    let stays = |at: usize| moved.iter().all(|(what, _)| *what != at);
    let behind = |at: Option<usize>| (0..at.map_or(0, |at| at + 1)).rev().find(|at| stays(*at));
    let mut all = vec![(String::from("none"), BTreeSet::new())];
    all.extend((0..COUNT).filter(|at| stays(*at)).map(|at| (at.to_string(), BTreeSet::new())));
    let mut put = |what: String, at: Option<usize>| {
        let name = behind(at).map_or("none".to_owned(), |at| at.to_string());
        all.iter_mut().find(|(known, _)| *known == name).unwrap().1.insert(what);
    };
    moved.iter().for_each(|(what, to)| put(what.to_string(), *to));
    for deed in deeds {
        if let Deed::Beside(what) = deed {
            put(format!("n{what}"), Some(*what));
        }
    }
    all
}

/// The same of a version: of its sections, and of its rows.
fn found(version: &Version, deeds: &[Deed]) -> [Vec<(String, BTreeSet<String>)>; 2] {
    let stays = |id: &str| {
        !id.starts_with('n') && deeds.iter().all(|deed| !matches!(deed, Deed::Move(what, _) if what.to_string() == id))
    };
    let grouped = |ids: Vec<String>| {
        let mut all = vec![(String::from("none"), BTreeSet::new())];
        for id in ids {
            match stays(&id) {
                true => all.push((id, BTreeSet::new())),
                false => {
                    all.last_mut().unwrap().1.insert(id);
                }
            }
        }
        all
    };
    let name = |id: &str| match id.strip_prefix("1.").and_then(|at| at.parse::<usize>().ok()) {
        Some(at) => (at - 1).to_string(),
        None => id.replace("new", "n"),
    };
    let sections = version.sections().filter(|it| it.id != "1").map(|it| name(&it.id)).collect();
    let rows = version.matrices().flat_map(|it| &it.rows).map(|row| row.key.value.clone()).collect();
    [grouped(sections), grouped(rows)]
}

fn told(project: &Project) -> String {
    project.faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn numbers(version: &Version) -> BTreeSet<String> {
    let section = |part: &Part| match part {
        Part::Section(it) => Some(format!("{} {}", it.number.value, it.heading.text)),
        Part::Matrix(_) => None,
    };
    version.parts.iter().filter_map(section).collect()
}

proptest! {
    #![proptest_config(config(120))]

    #[test]
    fn what_is_put_beside_what_another_moves_stays_where_it_belongs_whatever_the_order(deeds in deeds()) {
        let forwards: Vec<usize> = (0..deeds.len()).collect();
        let backwards: Vec<usize> = forwards.iter().rev().copied().collect();
        let last = deeds.len() - 1;
        let all = expected(&deeds);
        let mut seen = None;
        for order in [&forwards, &backwards] {
            let project = project(&files(&deeds, order));
            let Some(version) = project.version("2") else { return Err(TestCaseError::fail(told(&project))) };
            let [sections, rows] = found(version, &deeds);
            prop_assert_eq!(&sections, &all, "sections in order {:?}: {:?}", order, super::numbers(version));
            prop_assert_eq!(&rows, &all, "rows in order {:?}: {:?}", order, super::rows(version));
            prop_assert_eq!(seen.get_or_insert_with(|| numbers(version)), &numbers(version));
        }
        // Moved onto the release of the others, and written, it reads as the release of all.
        let mut others = files(&deeds, &forwards[..last]);
        let of_others = project(&others);
        let id = format!("M{last}");
        let Some(moved) = moved_onto_the_release(&of_others, &id) else { return Ok(()) };
        prop_assert!(moved.conflicts.is_empty(), "{:?}", moved.conflicts);
        others.retain(|(path, _)| !path.starts_with(&format!("m{last}/")));
        others.extend(written(moved.modification));
        let moved = project(&others);
        let Some(version) = moved.version(&id) else { return Err(TestCaseError::fail(told(&moved))) };
        prop_assert_eq!(found(version, &deeds)[1].clone(), all.clone(), "{:?}", super::rows(version));
        prop_assert_eq!(found(version, &deeds)[0].clone(), all, "{:?}", super::numbers(version));
        prop_assert_eq!(seen.unwrap(), numbers(version));
    }
}
