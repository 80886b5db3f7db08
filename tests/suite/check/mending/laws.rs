//! Random modifications that shift numbers, over a base whose every reference says beside it what it means.

use super::BASE;
use crate::common::config;
use ctsd::files::Root;
use ctsd::model::Version;
use ctsd::pipeline::Desk;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// What a modification does to a section of the base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Stays,
    Goes {
        close_up: bool,
    },
    Renumbered,
    /// Restated, with its references as they were.
    Restated,
    Moves,
    /// Stands still, behind a new section.
    Follows,
}

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        4 => Just(Fate::Stays),
        1 => any::<bool>().prop_map(|close_up| Fate::Goes { close_up }),
        1 => Just(Fate::Renumbered),
        2 => Just(Fate::Restated),
        1 => Just(Fate::Moves),
        2 => Just(Fate::Follows),
    ]
}

/// Where one reference names several parts, their numbers as a text enumerates them.
fn enumerated(numbers: &[String]) -> String {
    match numbers {
        [several @ .., last] if !several.is_empty() => format!("{} and {last}", several.join(", ")),
        other => other.concat(),
    }
}

/// The body of a section: references, each with what it means.
fn body(references: &[Vec<usize>], end: &str) -> String {
    let mut text = String::from("body: |\n");
    for group in references {
        let (plural, says) = if group.len() > 1 { ("s", "say") } else { ("", "says") };
        let numbers: Vec<String> = group.iter().map(|at| format!("1.{}", at + 1)).collect();
        let parts: Vec<String> = group.iter().map(|at| (at + 1).to_string()).collect();
        let (numbers, parts) = (enumerated(&numbers), enumerated(&parts));
        let _ = write!(text, "  As Section{plural} {numbers} (Part {parts}) {says}.{end}\n\n");
    }
    text
}

fn files(sections: &[(Fate, Vec<Vec<usize>>)]) -> BTreeMap<String, String> {
    let mut files = BTreeMap::from([
        ("1.0/version.yaml".to_owned(), BASE[0].1.to_owned()),
        ("1.0/sections/1.yaml".to_owned(), "section: \"1\"\nheading: Parts\n".to_owned()),
        ("mp1/version.yaml".to_owned(), "id: MP1\nname: MP1\nbase: \"1.0\"\n".to_owned()),
    ]);
    let mut inserted = 0;
    for (at, (fate, references)) in sections.iter().enumerate() {
        let (number, part) = (format!("1.{}", at + 1), at + 1);
        let within = |group: &Vec<usize>| group.iter().map(|other| other % sections.len()).collect();
        let references: Vec<Vec<usize>> = references.iter().map(within).collect();
        let stated = format!("section: \"{number}\"\nheading: Part {part}\n{}", body(&references, ""));
        files.insert(format!("1.0/sections/{number}.yaml"), stated);
        let what = match fate {
            Fate::Stays => continue,
            Fate::Goes { close_up } => format!("section: \"{number}\"\ndelete: true\nclose_up: {close_up}\n"),
            Fate::Renumbered => format!("section: \"{number}\"\nrenumber: \"1.{}\"\n", 50 + at),
            Fate::Restated => format!("section: \"{number}\" # here\n{}# The end.\n", body(&references, " Indeed.")),
            Fate::Moves => format!("section: \"{number}\"\nmove: {{ before: \"1\" }}\n"),
            Fate::Follows => {
                inserted += 1;
                format!("insert: \"1.{}\"\nid: new-{at}\nheading: New {at}\n", at + inserted)
            }
        };
        files.insert(format!("mp1/sections/{at}.yaml"), what.replace('\n', "\r\n"));
    }
    files
}

fn desk(files: &BTreeMap<String, String>) -> Desk {
    let appendix = std::fs::read(Path::new(super::ROOT).join("content/appendix.yaml")).unwrap();
    let mut all = BTreeMap::from([("content/appendix.yaml".to_owned(), appendix)]);
    all.extend(files.iter().map(|(path, text)| (format!("content/{path}"), text.clone().into_bytes())));
    Desk::open_from(&Root::memory(all)).unwrap()
}

/// The files with what mending makes of them, and how many findings it mends.
fn mended(files: &BTreeMap<String, String>) -> (BTreeMap<String, String>, usize) {
    let mended = desk(files).mend(&["MP1".to_owned()], |_| true).unwrap();
    let mut files = files.clone();
    for file in mended.revised.written {
        files.insert(file.path.strip_prefix("content/").unwrap().to_owned(), file.text);
    }
    (files, mended.count)
}

/// The references of a version that don't say where the part is that they mean; a part that is gone, nobody can.
fn wrong(version: &Version) -> Vec<String> {
    let mut wrong = Vec::new();
    for section in version.sections() {
        for reference in section.body.text.split("As Section").skip(1) {
            let (numbers, rest) = reference.trim_start_matches('s').split_once(" (Part ").unwrap();
            let parts = rest.split(')').next().unwrap();
            let each = |list: &str| list.replace(" and ", ", ").split(", ").map(str::trim).map(str::to_owned).collect();
            let (numbers, parts): (Vec<String>, Vec<String>) = (each(numbers), each(parts));
            assert_eq!(numbers.len(), parts.len());
            for (number, part) in numbers.iter().zip(parts) {
                let meant = format!("Part {part}");
                let part = version.sections().find(|section| section.heading.text == meant);
                if part.is_some_and(|part| part.number.value != *number) {
                    wrong.push(format!("{}: {number} for {meant}", section.heading.text));
                }
            }
        }
    }
    wrong
}

/// A text without the numbers of sections.
fn without_numbers(text: &str) -> String {
    text.split("1.").map(|piece| piece.trim_start_matches(|c: char| c.is_ascii_digit())).collect()
}

proptest! {
    #![proptest_config(config(40))]

    #[test]
    fn once_mended_each_reference_names_what_it_meant_and_nothing_else_has_changed(
        sections in prop::collection::vec((fate(), prop::collection::vec(prop::collection::vec(0_usize..6, 1..4), 0..3)), 2..7),
    ) {
        let before = files(&sections);
        let version = desk(&before);
        prop_assume!(version.project.faults.is_empty());
        let told = wrong(version.version("MP1").unwrap()).len();
        let (after, count) = mended(&before);
        prop_assert_eq!(count, told, "each that is wrong is told, and no other");
        let version = desk(&after);
        prop_assert_eq!(&version.project.faults, &[]);
        prop_assert_eq!(wrong(version.version("MP1").unwrap()), [""; 0]);
        for (path, text) in &before {
            let now = &after[path];
            if path.starts_with("mp1/") && !text.contains("body:") && now != text {
                prop_assert!(text.lines().all(|line| now.contains(line)), "{}", path);
            } else {
                prop_assert_eq!(without_numbers(now), without_numbers(text));
            }
            prop_assert!(path.starts_with("mp1/") || now == text);
        }
        prop_assert_eq!(mended(&after), (after, 0));
    }
}
