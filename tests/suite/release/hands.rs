//! Whose each tracked change of a release's redline is: who accepts those of one modification and rejects all others has
//! that modification over the base.

use super::laws::{Edits, Site, base_and, collide, edits};
use super::root;
use crate::common::docx::{Node, Resolve, Seen, body, resolve, seen};
use crate::common::{config, copy};
use ctsd::pipeline::{Desk, Format, Options};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::path::Path;

/// The text as a reader has it who accepts what one author did and rejects the rest.
fn accepted(redline: &Node, author: &str) -> Vec<Seen> {
    read(&resolve(&turned(redline, author), Resolve::Accept))
}

/// The same element, in which what others did is done the other way round: to accept that is to reject it.
fn turned(node: &Node, author: &str) -> Node {
    let mut node = node.clone();
    let is_other = node.attributes.get("w:author").is_some_and(|own| own != author);
    node.name = match node.name.as_str() {
        "w:ins" if is_other => "w:del".to_owned(),
        "w:del" if is_other => "w:ins".to_owned(),
        _ => node.name,
    };
    node.children = node.children.iter().map(|child| turned(child, author)).collect();
    node
}

/// What stands in the sections and tables, but for the count rows, which nobody wrote.
fn read(body: &Node) -> Vec<Seen> {
    let is_heading = |it: &Seen| matches!(it, Seen::Paragraph { style, .. } if style.starts_with("Heading"));
    let is_counted = |it: &Seen| match it {
        Seen::Row(cells) => cells
            .first()
            .and_then(|cell| cell.first())
            .is_some_and(|(text, _)| text.starts_with("Count of") || text.starts_with("Total")),
        Seen::Paragraph { .. } => false,
    };
    let mut seen = seen(body);
    seen.retain(|it| !is_counted(it));
    seen.drain(..seen.iter().position(is_heading).unwrap_or_default());
    seen.into_iter().map(plain).collect()
}

/// The words alone: a redline sets a single revised character so that it is seen.
fn plain(seen: Seen) -> Seen {
    let joined = |runs: Vec<(String, String)>| -> Vec<(String, String)> {
        vec![(runs.into_iter().map(|(text, _)| text).collect(), String::new())]
    };
    match seen {
        Seen::Paragraph { style, level, runs } => Seen::Paragraph { style, level, runs: joined(runs) },
        Seen::Row(cells) => Seen::Row(cells.into_iter().map(joined).collect()),
    }
}

fn word() -> Options {
    Options { formats: vec![Format::Docx], ..Options::default() }
}

fn clean(desk: &Desk, id: &str) -> Vec<Seen> {
    read(&body(&desk.build(desk.version(id).unwrap(), &word()).unwrap().remove(0).bytes))
}

fn redline(desk: &Desk, base: &str, target: &str, full: bool) -> Node {
    let (base, target) = (desk.version(base).unwrap(), desk.version(target).unwrap());
    let files = match full {
        true => desk.full_redline(base, target, &word()),
        false => desk.redline(base, target, &word()),
    };
    body(&files.unwrap().remove(0).bytes)
}

fn authors(redline: &Node) -> BTreeSet<String> {
    redline.all().into_iter().filter_map(|node| node.attributes.get("w:author").cloned()).collect()
}

/// Those that share no paragraph, row or cell with any before them, and give no section another number.
fn independent(sets: Vec<Edits>) -> Vec<Edits> {
    let grain = |site: &Site| match *site {
        Site::Word(section, _) => (0, section, 0),
        Site::Heading(section) => (1, section, 0),
        Site::Cell(row, column) => (2, row, 1 + column),
        Site::Name(row) => (2, row, 0),
        other => (
            3,
            match other {
                Site::Row(row) | Site::New(row) | Site::Critical(row) => row,
                _ => 0,
            },
            matches!(other, Site::New(_)).into(),
        ),
    };
    let mut kept: Vec<Edits> = Vec::new();
    for edits in sets {
        let edits: Edits =
            edits.into_iter().filter(|(site, _)| !matches!(site, Site::Section(_) | Site::NewSection(_))).collect();
        let shares =
            |other: &Edits| other.keys().any(|a| edits.keys().any(|b| grain(a) == grain(b))) || collide(other, &edits);
        if !edits.is_empty() && !kept.iter().any(shares) {
            kept.push(edits);
        }
    }
    kept
}

proptest! {
    #![proptest_config(config(12))]

    #[test]
    fn accepting_one_authors_changes_alone_gives_his_modification(
        sets in proptest::collection::vec(edits(), 2..6).prop_map(independent),
    ) {
        let order: Vec<usize> = (0..sets.len()).collect();
        let desk = Desk::open_from(&root(&base_and(&sets, &order))).unwrap();
        let redline = redline(&desk, "1", "2", true);
        for at in &order {
            let id = format!("M{at}");
            // Of one modification by itself, the release is the author.
            let author = if sets.len() == 1 && authors(&redline).len() == 1 { "Two" } else { &id };
            prop_assert_eq!(accepted(&redline, author), clean(&desk, &id), "{}", id);
        }
        prop_assert_eq!(accepted(&redline, "nobody"), clean(&desk, "1"));
        prop_assert_eq!(read(&resolve(&redline, Resolve::Accept)), clean(&desk, "2"));
    }
}

#[test]
fn each_change_of_the_example_releases_bears_its_modification_and_the_day_from_which_it_is_in_force() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    copy(&project.join("content"), &folder.path().join("content"));
    copy(&project.join("examples/several/content"), &folder.path().join("content"));
    let desk = Desk::open(folder.path()).unwrap();
    let full = redline(&desk, "6.18", "9.1", true);
    assert_eq!(accepted(&full, "EX01"), clean(&desk, "EX01"));
    assert_eq!(accepted(&full, "nobody"), clean(&desk, "6.18"));
    // They change words of one paragraph, and the release decides between them.
    let of_amendments = authors(&redline(&desk, "6.18", "9.1", false));
    for author in ["EX01", "EX02", "EX04", "EX02, EX03, EX04, Example Version 9.1"] {
        assert!(of_amendments.contains(author), "{author}: {of_amendments:#?}");
    }
    let dates: BTreeSet<&str> = full
        .all()
        .into_iter()
        .filter(|node| node.attributes.get("w:author").is_some_and(|author| author == "EX01"))
        .filter_map(|node| node.attributes.get("w:date").map(String::as_str))
        .collect();
    assert_eq!(dates, BTreeSet::from(["2020-02-27T00:00:00Z"]));
}
