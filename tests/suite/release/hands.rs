//! Whose each tracked change of a release's redline is: who accepts those of one modification and rejects all others has
//! that modification over the base.

use super::laws::{Edits, Site, base_and, collide, edits, placed};
use super::{content, root};
use crate::common::docx::{Node, Resolve, Seen, body, resolve, seen};
use crate::common::pdf::Read;
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
        "w:moveTo" if is_other => "w:moveFrom".to_owned(),
        "w:moveFrom" if is_other => "w:moveTo".to_owned(),
        _ => node.name,
    };
    node.children = node.children.iter().map(|child| turned(child, author)).collect();
    for (change, inner) in [("w:pPrChange", "w:pPr"), ("w:rPrChange", "w:rPr")] {
        let is_others =
            |child: &Node| child.name == change && child.attributes.get("w:author").is_some_and(|own| own != author);
        if node.children.iter().any(is_others) {
            turn_properties(&mut node, change, inner);
        }
    }
    node
}

/// Properties that are as they were, with a change that makes them what they are.
fn turn_properties(node: &mut Node, change: &str, inner: &str) {
    let stays = |child: &Node| change == "w:pPrChange" && matches!(child.name.as_str(), "w:rPr" | "w:sectPr");
    let (mut changes, rest): (Vec<Node>, Vec<Node>) =
        std::mem::take(&mut node.children).into_iter().partition(|child| child.name == change);
    let (kept, now): (Vec<Node>, Vec<Node>) = rest.into_iter().partition(stays);
    if let Some(own) = changes.iter_mut().flat_map(|own| &mut own.children).find(|child| child.name == inner) {
        node.children = std::mem::replace(&mut own.children, now);
    }
    node.children.extend(kept);
    node.children.extend(changes);
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

/// Those that say nothing of what any before them says, and of which one alone gives sections other numbers.
fn independent(sets: Vec<Edits>) -> Vec<Edits> {
    let grain = |site: &Site| match *site {
        Site::Word(section, word) => (0, section, 1 + word),
        Site::Heading(section) | Site::Section(section) | Site::NewSection(section) => (1, section, 0),
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
        let renumbers = |edits: &Edits| edits.keys().any(|site| matches!(site, Site::Section(_) | Site::NewSection(_)));
        let shares = |other: &Edits| {
            let is_shared = |a: &Site| edits.keys().any(|b| grain(a) == grain(b));
            other.keys().any(is_shared) || collide(other, &edits) || (renumbers(other) && renumbers(&edits))
        };
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
        sets in proptest::collection::vec(edits(), 2..6).prop_map(placed).prop_map(independent),
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

/// Other columns than the base's, which one of several gives its tables.
#[derive(Clone, Copy, Debug)]
enum Columns {
    Added,
    Renamed,
    Turned,
    Fewer,
}

fn columns(of: Option<Columns>) -> String {
    let cv = match of {
        None => vec![(1, "One"), (2, "Two")],
        Some(Columns::Added) => vec![(1, "One"), (2, "Two"), (3, "Three")],
        Some(Columns::Renamed) => vec![(1, "First"), (2, "Two")],
        Some(Columns::Turned) => vec![(2, "Two"), (1, "One")],
        Some(Columns::Fewer) => vec![(1, "One")],
    };
    let cv: String = cv.iter().map(|(key, label)| format!("  - {{ cv: {key}, label: {label} }}\n")).collect();
    format!("columns:\n  - {{ field: variant, label: Variant }}\n  - {{ field: name, label: Name }}\n{cv}")
}

proptest! {
    #![proptest_config(config(8))]

    #[test]
    fn a_table_with_other_columns_is_of_whoever_gives_them_where_nobody_else_revises_it(
        sets in proptest::collection::vec(edits(), 2..5).prop_map(placed).prop_map(independent),
        of in proptest::sample::select(vec![Columns::Added, Columns::Renamed, Columns::Turned, Columns::Fewer]),
    ) {
        let is_text = |site: &Site| matches!(site, Site::Word(..) | Site::Heading(_) | Site::Section(_) | Site::NewSection(_));
        let texts: Vec<Edits> = sets.iter().map(|edits| {
            edits.iter().filter(|(site, _)| is_text(site)).map(|(site, value)| (*site, *value)).collect()
        }).collect();
        let order: Vec<usize> = (0..texts.len()).collect();
        let last = texts.len() - 1;
        let mut files = base_and(&texts, &order);
        for (path, text) in &mut files {
            match path.as_str() {
                "1/version.yaml" => text.push_str(&columns(None)),
                path if path == format!("m{last}/version.yaml") => text.push_str(&columns(Some(of))),
                _ => {}
            }
        }
        let desk = Desk::open_from(&root(&files)).unwrap();
        let redline = redline(&desk, "1", "2", true);
        for at in &order {
            let id = format!("M{at}");
            let author = if texts.len() == 1 && authors(&redline).len() == 1 { "Two" } else { &id };
            prop_assert_eq!(accepted(&redline, author), clean(&desk, &id), "{}", id);
        }
        prop_assert_eq!(accepted(&redline, "nobody"), clean(&desk, "1"));
        prop_assert_eq!(read(&resolve(&redline, Resolve::Accept)), clean(&desk, "2"));
    }
}

fn examples() -> tempfile::TempDir {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    copy(&project.join("content"), &folder.path().join("content"));
    copy(&project.join("examples/several/content"), &folder.path().join("content"));
    folder
}

#[test]
fn each_change_of_the_example_releases_bears_its_modification_and_the_day_from_which_it_is_in_force() {
    let folder = examples();
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

#[test]
fn in_print_each_change_has_a_name_beside_it_and_the_cover_says_whose_names_they_are() {
    let folder = examples();
    let desk = Desk::open(folder.path()).unwrap();
    let options = Options { formats: vec![Format::Pdf], ..Options::default() };
    let (base, release) = (desk.version("6.18").unwrap(), desk.version("9.1").unwrap());
    for files in [desk.redline(base, release, &options), desk.full_redline(base, release, &options)] {
        let read = Read::new(&files.unwrap()[0].bytes);
        let (cover, _) = read.text(read.pages()[0]);
        let title = "Naming the document and a Device configuration (made up), in force from 27 February 2020";
        assert!(cover.contains(&format!("EX01: {title}")), "{cover}");
        assert!(cover.contains("Example Version 9.1: what has no name beside it"), "{cover}");
        let beside: String = read.pages().into_iter().map(|page| read.text(page).1).collect();
        assert!(beside.contains("EX01EX04"), "a cell of each in one row: {beside}");
    }
    let of_one = desk.redline(base, desk.version("EX01").unwrap(), &options).unwrap();
    let text = Read::new(&of_one[0].bytes).all_text();
    assert!(!text.contains("Several made"), "{text}");
}

#[test]
fn a_table_with_other_columns_is_of_all_who_revise_it() {
    let head = |id: &str, third: &str| {
        let columns = "columns:\n  - { field: variant, label: Variant }\n  - { field: name, label: Name }\n";
        format!("id: \"{id}\"\nname: \"{id}\"\n{columns}  - {{ cv: 1, label: One }}\n{third}")
    };
    let base = head("1.0", "") + "classification: White\n";
    let adds = head("M2", "  - { cv: 2, label: Two }\n") + "base: \"1.0\"\n";
    let text = "section: \"5.1\"\nbody: |\n  The text of 5.1 has forty days.\n";
    let mut files =
        vec![("1.0/version.yaml", base.as_str()), ("m2/version.yaml", &adds), ("m1/sections/5.1.yaml", text)];
    let desk = Desk::open_from(&root(&content(&files))).unwrap();
    let of_two = redline(&desk, "1.0", "2.0", true);
    for author in ["M1", "M2"] {
        assert_eq!(accepted(&of_two, author), clean(&desk, author), "{author}");
    }
    assert_eq!(accepted(&of_two, "nobody"), clean(&desk, "1.0"));
    files.push(("m1/tables/5.9.yaml", "table: \"5.9\"\namend: [{ row: \"2\", name: Another }]\n"));
    let desk = Desk::open_from(&root(&content(&files))).unwrap();
    let of_both = redline(&desk, "1.0", "2.0", true);
    assert!(authors(&of_both).contains("M1, M2"), "{:?}", authors(&of_both));
    assert_eq!(accepted(&of_both, "nobody"), clean(&desk, "1.0"));
}

#[test]
fn where_two_revise_one_paragraph_each_has_his_own_words() {
    let one = "section: \"5.1\"\nbody: |\n  The wording of 5.1 has thirty days.\n\n  Another paragraph.\n";
    let other = "section: \"5.1\"\nbody: |\n  The text of 5.1 has forty days.\n";
    let files = [("m1/sections/a.yaml", one), ("m2/sections/a.yaml", other)];
    let desk = Desk::open_from(&root(&content(&files))).unwrap();
    for full in [true, false] {
        let redline = redline(&desk, "1.0", "2.0", full);
        assert!(!authors(&redline).iter().any(|author| author.contains(',')), "{:?}", authors(&redline));
    }
    let redline = redline(&desk, "1.0", "2.0", true);
    for author in ["M1", "M2"] {
        assert_eq!(accepted(&redline, author), clean(&desk, author), "{author}");
    }
    // In print both names stand beside the line.
    let options = Options { formats: vec![Format::Pdf], ..Options::default() };
    let files = desk.redline(desk.version("1.0").unwrap(), desk.version("2.0").unwrap(), &options).unwrap();
    let read = Read::new(&files[0].bytes);
    let beside: String = read.pages().into_iter().map(|page| read.text(page).1).collect();
    assert!(beside.contains("M1M2"), "{beside}");
}
