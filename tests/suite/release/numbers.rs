//! Numbers that one gives and another moves on, closes up, or gives too.

use super::{moved_onto_the_release, numbers, project, released, written, wrong};
use crate::common::config;
use ctsd::compose::Project;
use ctsd::model::{Version, natural};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn a_number_that_two_give_is_told_at_both_places_whoever_comes_first() {
    let insert = |number: &str| format!("insert: \"{number}\"\nheading: New\n");
    let renumber = |from: &str, to: &str| format!("section: \"{from}\"\nrenumber: \"{to}\"\n");
    let pairs = [
        (renumber("5.2", "5.5"), insert("5.5")),
        (renumber("5.2", "5.7"), renumber("5.3", "5.7")),
        (renumber("5.3", "5.2.1"), insert("5.2.1")),
        (renumber("5", "6"), insert("6")),
        // What takes the place of a section moves those behind it on: unless that has gone elsewhere before.
        (renumber("5.2", "5.5"), insert("5.2")),
        (renumber("5.2", "6"), insert("5.2")),
        ("section: \"5.2\"\ndelete: true\n".to_owned(), insert("5.2")),
    ];
    for (one, two) in pairs {
        for (first, second) in [("m1", "m2"), ("m2", "m1")] {
            let files = [(format!("{first}/sections/a.yaml"), &one), (format!("{second}/sections/b.yaml"), &two)];
            let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
            let told = wrong(&files);
            assert!(told.contains("M1 and M2 collide in"), "{one}{two}{told}");
            assert!(told.contains("/a.yaml:") && told.contains("/b.yaml:"), "{one}{two}{told}");
            assert!(!told.contains("duplicate"), "{one}{two}{told}");
        }
    }
}

#[test]
fn what_stands_in_a_renumbered_section_or_in_a_gap_keeps_its_place() {
    let renumbered = ("m1/sections/a.yaml", "section: \"5\"\nrenumber: \"6\"\n");
    let version = released(&[renumbered, ("m2/sections/a.yaml", "insert: \"5.5\"\nheading: New\n")]);
    assert_eq!(numbers(&version).last().unwrap(), "6.5 New");
    let version = released(&[
        ("m1/sections/a.yaml", "insert: \"5.10\"\nheading: Of one\n"),
        ("m2/sections/a.yaml", "insert: \"5.12\"\nheading: Of two\n"),
        ("m2/sections/b.yaml", "insert: \"5.3A\"\nheading: Between\n"),
    ]);
    let all = numbers(&version);
    assert_eq!(all[4..], ["5.3A Between", "5.4 Heading 5.4", "T5.9", "5.10 Of one", "5.12 Of two"]);
    // Changes places with its neighbour, while another inserts before both.
    let version = released(&[
        ("m1/sections/a.yaml", "section: \"5.2\"\nrenumber: \"5.3\"\n"),
        ("m1/sections/b.yaml", "section: \"5.3\"\nrenumber: \"5.2\"\n"),
        ("m2/sections/a.yaml", "insert: \"5.1\"\nheading: New\n"),
    ]);
    assert_eq!(numbers(&version)[3..5], ["5.3 Heading 5.3", "5.4 Heading 5.2"]);
}

/// What a drafter does, by the last part of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Deed {
    Insert(i64, u8),
    Delete(i64, bool),
    Renumber(i64, i64),
    Edit(i64, u8),
}

/// The sections of the base, with gaps between them as an extract has.
const BASE: [i64; 6] = [1, 2, 4, 5, 8, 9];

fn deed() -> impl Strategy<Value = Deed> {
    let known = || proptest::sample::select(&BASE[..]);
    let free = (1i64..13).prop_filter("it is taken", |number| !BASE.contains(number));
    prop_oneof![
        3 => (1i64..13, 0u8..2).prop_map(|(number, value)| Deed::Insert(number, value)),
        2 => (known(), any::<bool>()).prop_map(|(number, closes)| Deed::Delete(number, closes)),
        2 => (known(), free).prop_map(|(from, to)| Deed::Renumber(from, to)),
        1 => (known(), 0u8..2).prop_map(|(number, value)| Deed::Edit(number, value)),
    ]
}

fn files(deeds: &[Deed], order: &[usize]) -> Vec<(String, String)> {
    let mut files = vec![
        ("1/version.yaml".to_owned(), "id: \"1\"\nname: One\nclassification: White\n".to_owned()),
        ("1/sections/1.yaml".to_owned(), "section: \"1\"\nheading: All\n".to_owned()),
    ];
    for number in BASE.iter().map(|at| format!("1.{at}")).chain(["1.2.1".to_owned(), "1.8.3".to_owned()]) {
        let text = format!("section: \"{number}\"\nheading: Heading {number}\n");
        files.push((format!("1/sections/{number}.yaml"), text));
    }
    for (at, deed) in deeds.iter().enumerate() {
        let text = match *deed {
            Deed::Insert(number, value) => {
                format!("insert: \"1.{number}\"\nid: new{number}as{value}\nheading: New {number} as {value}\n")
            }
            Deed::Delete(number, closes) => format!("section: \"1.{number}\"\ndelete: true\nclose_up: {closes}\n"),
            Deed::Renumber(from, to) => format!("section: \"1.{from}\"\nrenumber: \"1.{to}\"\n"),
            Deed::Edit(number, value) => format!("section: \"1.{number}\"\nheading: Heading 1.{number} as {value}\n"),
        };
        files.push((format!("m{at}/version.yaml"), format!("id: M{at}\nname: M{at}\nbase: \"1\"\n")));
        files.push((format!("m{at}/sections/a.yaml"), text));
    }
    let includes: Vec<String> = order.iter().map(|at| format!("M{at}")).collect();
    let text = format!("id: \"2\"\nname: Two\nbase: \"1\"\nincludes: [{}]\n", includes.join(", "));
    files.push(("2/version.yaml".to_owned(), text));
    files
}

/// What must come of several together.
struct Truth {
    collides: bool,
    /// Whether two of them may collide by themselves, though what they collide over is gone from all together.
    may_collide: bool,
    /// Each section by its identity, with its number.
    all: BTreeMap<String, String>,
}

fn expected(deeds: &[Deed]) -> Truth {
    let deeds: BTreeSet<Deed> = deeds.iter().copied().collect();
    let takes: Vec<i64> =
        BASE.into_iter().filter(|at| deeds.iter().any(|it| matches!(it, Deed::Insert(n, _) if n == at))).collect();
    let closed: Vec<i64> = BASE.into_iter().filter(|at| deeds.contains(&Deed::Delete(*at, true))).collect();
    let moved = |number: i64, is_new: bool| {
        let before = takes.iter().filter(|it| **it < number || !is_new && **it == number).count();
        number + before as i64 - closed.iter().filter(|it| **it < number).count() as i64
    };
    let gone = |at: i64| deeds.contains(&Deed::Delete(at, true)) || deeds.contains(&Deed::Delete(at, false));
    let target = |at: i64| {
        deeds.iter().find_map(|it| match it {
            Deed::Renumber(from, to) if *from == at => Some(*to),
            _ => None,
        })
    };
    let mut all = BTreeMap::from([("1".to_owned(), "1".to_owned())]);
    for at in BASE.into_iter().filter(|at| !gone(*at)) {
        let number = moved(target(at).unwrap_or(at), false);
        all.insert(format!("1.{at}"), format!("1.{number}"));
        for below in [(2, 1), (8, 3)].iter().filter(|(of, _)| *of == at) {
            all.insert(format!("1.{at}.{}", below.1), format!("1.{number}.{}", below.1));
        }
    }
    for it in &deeds {
        if let Deed::Insert(number, value) = it {
            all.insert(format!("new{number}as{value}"), format!("1.{}", moved(*number, true)));
        }
    }
    let numbers: BTreeSet<&String> = all.values().collect();
    let says_two = deeds.iter().any(|one| {
        deeds.iter().any(|other| {
            one != other
                && match (one, other) {
                    (Deed::Insert(a, _), Deed::Insert(b, _)) | (Deed::Edit(a, _), Deed::Edit(b, _)) => a == b,
                    (Deed::Renumber(a, _), Deed::Renumber(b, _)) => a == b,
                    (Deed::Delete(a, _), Deed::Renumber(b, _) | Deed::Edit(b, _)) => a == b,
                    _ => false,
                }
        })
    });
    // A number that one takes, and that another leaves: what is behind it moves on or doesn't, unless nothing is.
    let last = |number: &String| number.split('.').nth(1).map_or(0, |at| at.parse::<i64>().unwrap());
    let is_left = |at: &i64| {
        let is_closed = closed.contains(at);
        let is_taken = takes.contains(at) && (target(*at).is_some() || gone(*at));
        is_taken || is_closed && deeds.contains(&Deed::Delete(*at, false))
    };
    let left: Vec<i64> = BASE.into_iter().filter(is_left).collect();
    let depends = |at: &i64| {
        let number = moved(*at, true);
        let is_filled = || takes.contains(at) && all.values().any(|it| *it == format!("1.{}", number + 1));
        let is_new = |id: &str| id.starts_with(&format!("new{at}as"));
        let is_two_deletions = deeds.contains(&Deed::Delete(*at, false)) && closed.contains(at);
        all.iter().any(|(id, it)| !is_new(id) && last(it) >= number)
            && (is_two_deletions || target(*at).is_some() || !closed.contains(at) || !is_filled())
    };
    let collides = says_two || numbers.len() < all.len() || left.iter().any(depends);
    Truth { collides, may_collide: collides || !left.is_empty(), all }
}

fn said(version: &Version) -> BTreeMap<String, String> {
    version.sections().map(|it| (it.id.clone(), it.number.value.clone())).collect()
}

fn told(project: &Project) -> String {
    project.faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

proptest! {
    #![proptest_config(config(150))]

    #[test]
    fn each_section_has_the_number_that_all_give_it_together_or_it_is_told(deeds in proptest::collection::vec(deed(), 2..5)) {
        let forwards: Vec<usize> = (0..deeds.len()).collect();
        let backwards: Vec<usize> = forwards.iter().rev().copied().collect();
        let truth = expected(&deeds);
        for order in [&forwards, &backwards] {
            let project = project(&files(&deeds, order));
            let found = project.version("2").map(said);
            if found.is_some() || !truth.may_collide {
                prop_assert_eq!(found.as_ref(), Some(&truth.all), "{:?}: {}", order, told(&project));
            }
            prop_assert!(!truth.collides || found.is_none(), "a silent collision: {:?}", order);
            prop_assert!(project.faults.iter().all(|it| it.to_string().contains("error[conflict]")), "{}", told(&project));
            if let Some(version) = project.version("2") {
                prop_assert!(version.sections().is_sorted_by(|a, b| natural(&a.number, &b.number).is_lt()));
            }
        }
        // Moved onto the release of the others, and written, it has the numbers of the release of all.
        let last = deeds.len() - 1;
        let mut others = files(&deeds, &forwards[..last]);
        let of_others = project(&others);
        let id = format!("M{last}");
        let Some(moved) = moved_onto_the_release(&of_others, &id) else { return Ok(()) };
        prop_assert!(truth.may_collide || moved.conflicts.is_empty(), "{:?}", moved.conflicts);
        if truth.may_collide {
            return Ok(());
        }
        others.retain(|(path, _)| !path.starts_with(&format!("m{last}/")));
        others.extend(written(moved.modification));
        let moved = project(&others);
        prop_assert_eq!(moved.version(&id).map(said), Some(truth.all), "{}", told(&moved));
    }
}
