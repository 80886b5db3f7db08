//! Sets of modifications of which it is known what collides: none is merged in silence, none is refused without cause.
//!
//! The truth is kept apart from the merge: each edit is of a site (a word, a heading, a cell, a row), and what a release
//! must read as is put together from the sites alone.

use super::{moved_onto_the_release, project, root, written};
use crate::common::config;
use ctsd::compose::Project;
use ctsd::model::{Part, Version};
use ctsd::pipeline::{Desk, Format, Options};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

const SECTIONS: usize = 4;
const WORDS: usize = 8;
const ROWS: usize = 6;

/// Something that a modification can change, whatever else it or another does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Site {
    Word(usize, usize),
    Heading(usize),
    /// A section that goes.
    Section(usize),
    Cell(usize, usize),
    Name(usize),
    Critical(usize),
    /// A row that goes.
    Row(usize),
    /// A new row of that key, behind the one with the same number.
    New(usize),
    /// A new section in front of that one.
    NewSection(usize),
}

/// A modification: what it makes of each site; for what goes, nothing.
pub type Edits = BTreeMap<Site, u8>;

fn site() -> impl Strategy<Value = Site> {
    prop_oneof![
        6 => (0..SECTIONS, 0..WORDS).prop_map(|(section, word)| Site::Word(section, word)),
        1 => (0..SECTIONS).prop_map(Site::Heading),
        1 => (0..SECTIONS).prop_map(Site::Section),
        6 => (0..ROWS, 0usize..2).prop_map(|(row, column)| Site::Cell(row, column)),
        2 => (0..ROWS).prop_map(Site::Name),
        1 => (0..ROWS).prop_map(Site::Critical),
        1 => (0..ROWS).prop_map(Site::Row),
        2 => (0..ROWS).prop_map(Site::New),
        1 => (0..SECTIONS).prop_map(Site::NewSection),
    ]
}

/// Edits that one drafter could make: nothing is changed in what goes.
pub fn edits() -> impl Strategy<Value = Edits> {
    proptest::collection::btree_map(site(), 0u8..3, 1..6).prop_map(|edits| {
        let gone: BTreeSet<Site> =
            edits.keys().copied().filter(|site| matches!(site, Site::Section(_) | Site::Row(_))).collect();
        let stays = |site: &Site| owner(*site).is_none_or(|owner| !gone.contains(&owner));
        edits.into_iter().filter(|(site, _)| stays(site)).map(|(site, value)| (site, settled(site, value))).collect()
    })
}

/// What goes goes in one way, and what is yes or no is changed in one way.
fn settled(site: Site, value: u8) -> u8 {
    match site {
        Site::Section(_) | Site::Row(_) | Site::Critical(_) | Site::Cell(..) => 0,
        _ => value,
    }
}

/// What a site goes with.
fn owner(site: Site) -> Option<Site> {
    match site {
        Site::Word(section, _) | Site::Heading(section) => Some(Site::Section(section)),
        Site::Cell(row, _) | Site::Name(row) | Site::Critical(row) => Some(Site::Row(row)),
        _ => None,
    }
}

/// Whether two modifications say different things of one site, or one takes away what the other changes.
pub fn collide(a: &Edits, b: &Edits) -> bool {
    let differs = a.iter().any(|(site, value)| b.get(site).is_some_and(|other| other != value));
    let takes = |one: &Edits, other: &Edits| {
        one.keys().any(|site| owner(*site).is_some_and(|owner| other.contains_key(&owner)))
    };
    differs || takes(a, b) || takes(b, a)
}

fn word(section: usize, word: usize, edit: Option<&u8>) -> String {
    match edit {
        Some(value) => format!("new{section}x{word}x{value}"),
        None => format!("s{section}w{word}"),
    }
}

/// The text of a section with edits, as its file holds it.
fn body(section: usize, edits: &Edits) -> String {
    let words: Vec<String> = (0..WORDS).map(|at| word(section, at, edits.get(&Site::Word(section, at)))).collect();
    words.join(" ")
}

fn heading(section: usize, edits: &Edits) -> String {
    edits
        .get(&Site::Heading(section))
        .map_or(format!("Heading {section}"), |value| format!("Heading {section} as {value}"))
}

fn name(row: usize, edits: &Edits) -> String {
    edits.get(&Site::Name(row)).map_or(format!("Name {row}"), |value| format!("Name {row} as {value}"))
}

/// The files of a modification.
fn files(id: &str, edits: &Edits) -> Vec<(String, String)> {
    let folder = id.to_lowercase();
    let mut files = vec![(format!("{folder}/version.yaml"), format!("id: {id}\nname: {id}\nbase: \"1\"\n"))];
    for section in 0..SECTIONS {
        // In the base's numbers those that go, and those before the new one; new ones by where they come to stand.
        let number = format!("1.{}", section + 1);
        let file = format!("{folder}/sections/{number}.yaml");
        if edits.contains_key(&Site::Section(section)) {
            files.push((file, format!("section: \"{number}\"\ndelete: true\nclose_up: true\n")));
            continue;
        }
        let mut text = format!("section: \"{number}\"\n");
        if edits.contains_key(&Site::Heading(section)) {
            let _ = writeln!(text, "heading: {}", heading(section, edits));
        }
        if (0..WORDS).any(|at| edits.contains_key(&Site::Word(section, at))) {
            let _ = writeln!(text, "body: {}", body(section, edits));
        }
        if text.lines().count() > 1 {
            files.push((file, text));
        }
    }
    let mut number = 0;
    for section in 0..SECTIONS {
        if let Some(value) = edits.get(&Site::NewSection(section)) {
            number += 1;
            let text =
                format!("insert: \"1.{number}\"\nid: new{section}as{value}\nheading: New {section} as {value}\n");
            files.push((format!("{folder}/sections/new{section}.yaml"), text));
        }
        number += usize::from(!edits.contains_key(&Site::Section(section)));
    }
    files.extend(table(&folder, edits));
    files
}

fn table(folder: &str, edits: &Edits) -> Option<(String, String)> {
    let (mut amend, mut insert, mut remove) = (String::new(), String::new(), String::new());
    for row in 0..ROWS {
        if edits.contains_key(&Site::Row(row)) {
            let _ = writeln!(remove, "  - \"{row}\"");
        }
        let mut fields = String::new();
        if edits.contains_key(&Site::Name(row)) {
            let _ = write!(fields, ", name: {}", name(row, edits));
        }
        if edits.contains_key(&Site::Critical(row)) {
            fields.push_str(", critical: true");
        }
        let cells: Vec<String> = (0..2)
            .filter(|column| edits.contains_key(&Site::Cell(row, *column)))
            .map(|column| format!("{}: Mandatory", column + 1))
            .collect();
        if !cells.is_empty() {
            let _ = write!(fields, ", cv: {{ {} }}", cells.join(", "));
        }
        if !fields.is_empty() {
            let _ = writeln!(amend, "  - {{ row: \"{row}\"{fields} }}");
        }
        if let Some(value) = edits.get(&Site::New(row)) {
            let row_text =
                format!("{{ reference: \"9\", variant: \"n{row}\", name: New {row} as {value}, critical: false }}");
            let _ = writeln!(insert, "  - {{ after: \"{row}\", rows: [{row_text}] }}");
        }
    }
    let lists = [("amend", amend), ("insert", insert), ("remove", remove)];
    let lists: String =
        lists.iter().filter(|(_, text)| !text.is_empty()).map(|(name, text)| format!("{name}:\n{text}")).collect();
    (!lists.is_empty()).then(|| (format!("{folder}/tables/2.yaml"), format!("table: \"2\"\n{lists}")))
}

fn base() -> Vec<(String, String)> {
    let mut files = vec![
        ("1/version.yaml".to_owned(), "id: \"1\"\nname: One\nclassification: White\n".to_owned()),
        ("1/sections/1.yaml".to_owned(), "section: \"1\"\nheading: All\n".to_owned()),
    ];
    for section in 0..SECTIONS {
        let text = format!(
            "section: \"1.{}\"\nheading: Heading {section}\nbody: {}\n",
            section + 1,
            body(section, &Edits::new())
        );
        files.push((format!("1/sections/1.{}.yaml", section + 1), text));
    }
    let row =
        |row: usize| format!("  - {{ reference: \"{row}\", variant: \"{row}\", name: Name {row}, critical: false }}\n");
    let rows: String = (0..ROWS).map(row).collect();
    files.push(("1/tables/2.yaml".to_owned(), format!("table: \"2\"\nrole: ED\nrows:\n{rows}")));
    files
}

fn released(sets: &[Edits], order: &[usize]) -> Project {
    project(&base_and(sets, order))
}

/// The files of the base, of modifications, and of a release of some of them.
pub fn base_and(sets: &[Edits], order: &[usize]) -> Vec<(String, String)> {
    let mut all = base();
    for (at, edits) in sets.iter().enumerate() {
        all.extend(files(&format!("M{at}"), edits));
    }
    let includes: Vec<String> = order.iter().map(|at| format!("M{at}")).collect();
    let text = format!("id: \"2\"\nname: Two\nbase: \"1\"\nincludes: [{}]\n", includes.join(", "));
    all.push(("2/version.yaml".to_owned(), text));
    all
}

/// What a version reads as: each section with its number, each row with its cells.
fn reads(version: &Version) -> Vec<String> {
    let mut lines = Vec::new();
    for part in &version.parts {
        match part {
            Part::Section(section) => {
                lines.push(format!("{} {}: {}", section.number.value, section.heading.text, section.body.text));
            }
            Part::Matrix(matrix) => lines.extend(matrix.rows.iter().map(|row| {
                let cells: Vec<&str> = row.cv.iter().map(|cell| &*cell.value).collect();
                format!("{} {} {} {}", row.key.value, row.name.text, row.critical.value, cells.join(" "))
            })),
        }
    }
    lines
}

/// What the release must read as, put together from the sites.
fn expected(edits: &Edits) -> Vec<String> {
    let mut lines = vec!["1 All: ".to_owned()];
    let mut number = 0;
    for section in 0..SECTIONS {
        if let Some(value) = edits.get(&Site::NewSection(section)) {
            number += 1;
            lines.push(format!("1.{number} New {section} as {value}: "));
        }
        if !edits.contains_key(&Site::Section(section)) {
            number += 1;
            lines.push(format!("1.{number} {}: {}", heading(section, edits), body(section, edits)));
        }
    }
    for row in 0..ROWS {
        if !edits.contains_key(&Site::Row(row)) {
            let cell = |column| if edits.contains_key(&Site::Cell(row, column)) { "Mandatory" } else { "N/A" };
            let critical = edits.contains_key(&Site::Critical(row));
            lines.push(format!("{row} {} {critical} {} {}", name(row, edits), cell(0), cell(1)));
        }
        if let Some(value) = edits.get(&Site::New(row)) {
            lines.push(format!("n{row} New {row} as {value} false N/A N/A"));
        }
    }
    lines
}

/// New sections stand beside sections that stay: beside one that another takes away, nobody can say where they belong.
pub fn placed(sets: Vec<Edits>) -> Vec<Edits> {
    let gone: BTreeSet<usize> = sets
        .iter()
        .flat_map(|edits| edits.keys())
        .filter_map(|site| match site {
            Site::Section(section) => Some(*section),
            _ => None,
        })
        .collect();
    let stays = |site: &Site| match site {
        Site::NewSection(section) => {
            !gone.contains(section) && section.checked_sub(1).is_none_or(|before| !gone.contains(&before))
        }
        _ => true,
    };
    sets.into_iter().map(|edits| edits.into_iter().filter(|(site, _)| stays(site)).collect()).collect()
}

/// Two to ten, most of which don't collide: each but the last says nothing that collides with what is said before it.
fn many() -> impl Strategy<Value = Vec<Edits>> {
    proptest::collection::vec(edits(), 2..11).prop_map(|sets| {
        let last = sets.len() - 1;
        let mut said = Edits::new();
        let apart = |(at, edits): (usize, Edits)| {
            let fits = |site: Site, value: u8| at == last || !collide(&said, &Edits::from([(site, value)]));
            let kept: Edits = edits.into_iter().filter(|(site, value)| fits(*site, *value)).collect();
            said.extend(kept.clone());
            kept
        };
        sets.into_iter().enumerate().map(apart).collect()
    })
}

proptest! {
    #![proptest_config(config(250))]

    #[test]
    fn a_release_is_refused_exactly_where_its_modifications_collide(
        sets in proptest::collection::vec(edits(), 2..7).prop_map(placed), more in many().prop_map(placed), is_many: bool,
    ) {
        let sets = if is_many { more } else { sets };
        let order: Vec<usize> = (0..sets.len()).collect();
        let project = released(&sets, &order);
        let wrong: Vec<String> = project.faults.iter().map(ToString::to_string).collect();
        let collides = (0..sets.len()).any(|a| (a + 1..sets.len()).any(|b| collide(&sets[a], &sets[b])));
        match project.version("2") {
            None => {
                prop_assert!(collides, "a false conflict: {}", wrong.join("\n"));
                prop_assert_eq!(plain(&project, sets.len()), None);
                prop_assert!(wrong.iter().all(|told| told.contains("error[conflict]")), "{}", wrong.join("\n"));
            }
            Some(version) => {
                prop_assert!(!collides, "a silent collision: {:#?}", reads(version));
                let all: Edits = sets.iter().flatten().map(|(site, value)| (*site, *value)).collect();
                prop_assert_eq!(reads(version), expected(&all));
                prop_assert_eq!(sorted(&reads(version)), plain(&project, sets.len()).unwrap());
                let backwards: Vec<usize> = order.into_iter().rev().collect();
                let other = released(&sets, &backwards);
                prop_assert_eq!(reads(other.version("2").unwrap()), expected(&all));
            }
        }
    }

    #[test]
    fn what_is_left_out_of_a_release_was_never_there(sets in proptest::collection::vec(edits(), 2..5).prop_map(placed)) {
        let order: Vec<usize> = (1..sets.len()).collect();
        let (without, never) = (released(&sets, &order), released(&sets[1..], &(0..sets.len() - 1).collect::<Vec<_>>()));
        prop_assert_eq!(without.version("2").map(reads), never.version("2").map(reads));
    }

    #[test]
    fn moved_onto_a_release_and_laid_over_it_reads_as_the_release_of_all(
        sets in proptest::collection::vec(edits(), 2..5).prop_map(placed),
    ) {
        let last = sets.len() - 1;
        let (others, all) = ((0..last).collect::<Vec<_>>(), (0..=last).collect::<Vec<_>>());
        let (of_others, of_all) = (released(&sets, &others), released(&sets, &all));
        let id = format!("M{last}");
        let Some(moved) = moved_onto_the_release(&of_others, &id) else { return Ok(()) };
        prop_assert_eq!(moved.conflicts.is_empty(), of_all.version("2").is_some());
        if !moved.conflicts.is_empty() {
            return Ok(());
        }
        let mut files = base_and(&sets[..last], &others);
        files.extend(written(moved.modification));
        let project = project(&files);
        let wrong: Vec<String> = project.faults.iter().map(ToString::to_string).collect();
        prop_assert!(project.version(&id).is_some(), "{}", wrong.join("\n"));
        // Where several insert at one place beside what is gone, only the release knows the order of all.
        let sorted = |version: &Version| reads(version).into_iter().collect::<BTreeSet<_>>();
        let expected = of_all.version("2").map(sorted).unwrap();
        prop_assert_eq!(sorted(project.version(&id).unwrap()), expected);
    }
}

proptest! {
    #![proptest_config(config(6))]

    #[test]
    fn a_release_is_the_same_files_in_any_order(
        (sets, order) in proptest::collection::vec(edits(), 2..7).prop_map(placed).prop_flat_map(|sets| {
            let order: Vec<usize> = (0..sets.len()).collect();
            (Just(sets), Just(order).prop_shuffle())
        }),
    ) {
        let made = |order: &[usize]| {
            let desk = Desk::open_from(&root(&base_and(&sets, order))).unwrap();
            let formats = vec![Format::Markdown, Format::Docx, Format::Pdf];
            let options = Options { formats, ..Options::default() };
            let files = desk.build(desk.version("2").ok()?, &options).unwrap();
            Some(files.into_iter().map(|file| (file.name, file.bytes)).collect::<Vec<_>>())
        };
        let in_turn: Vec<usize> = (0..sets.len()).collect();
        let (one, other) = (made(&in_turn), made(&order));
        prop_assert!(one == other, "{order:?}");
    }
}

proptest! {
    #![proptest_config(config(60))]

    #[test]
    fn the_list_names_exactly_the_pairs_that_collide(
        sets in proptest::collection::vec(edits(), 2..6).prop_map(placed),
    ) {
        let mut all = base();
        for (at, edits) in sets.iter().enumerate() {
            all.extend(files(&format!("M{at}"), edits));
        }
        let list = Desk::open_from(&root(&all)).unwrap().list();
        prop_assert_eq!(list.pairs.len(), sets.len() * (sets.len() - 1) / 2);
        let at = |id: &str| id[1..].parse::<usize>().unwrap();
        for pair in &list.pairs {
            let collides = collide(&sets[at(&pair.one)], &sets[at(&pair.other)]);
            prop_assert_eq!(!pair.conflicts.is_empty(), collides, "{:#?}", pair);
        }
    }

    #[test]
    fn what_collides_is_written_with_all_sides_and_reads_as_the_side_that_an_editor_keeps(
        sets in proptest::collection::vec(edits(), 2..5).prop_map(placed), keep in prop_oneof![Just("ours"), Just("theirs")],
    ) {
        let last = sets.len() - 1;
        let others: Vec<usize> = (0..last).collect();
        let of_others = released(&sets, &others);
        let id = format!("M{last}");
        let Some(moved) = moved_onto_the_release(&of_others, &id) else { return Ok(()) };
        let files = written(moved.modification);
        let with = |written: Vec<(String, String)>| {
            let mut files = base_and(&sets[..last], &others);
            files.extend(written);
            project(&files)
        };
        let open = with(files.clone());
        prop_assert_eq!(open.version(&id).is_none(), !moved.conflicts.is_empty());
        prop_assert!(open.faults.iter().all(|told| told.to_string().contains("error[conflict]")));
        let settled = with(files.into_iter().map(|(path, text)| (path, kept(&text, keep))).collect());
        let wrong: Vec<String> = settled.faults.iter().map(ToString::to_string).collect();
        prop_assert!(settled.version(&id).is_some(), "{}", wrong.join("\n"));
        let theirs: Edits = sets[..last].iter().flatten().map(|(site, value)| (*site, *value)).collect();
        // New sections of one place don't exclude each other: whoever keeps ours has both.
        let mut said = sorted(&expected(&winning(&sets[last], &theirs, keep)));
        if keep == "ours" {
            let both = sets[last].iter().filter_map(|(site, value)| match (site, theirs.get(site)) {
                (Site::NewSection(section), Some(other)) if other != value => Some(format!("New {section} as {other}: ")),
                _ => None,
            });
            said.extend(both);
        }
        prop_assert_eq!(sorted(&reads(settled.version(&id).unwrap())), said);
    }
}

/// A slow and plain merge of whole versions, which knows nothing of statements: each word of a section, each row and
/// each cell has an identity, and of each it is asked what every version says. None where two say different things.
fn plain(project: &Project, count: usize) -> Option<BTreeSet<String>> {
    let base = told_apart(project.version("1").unwrap());
    let all: Vec<Identified> = (0..count).map(|at| told_apart(project.version(&format!("M{at}")).unwrap())).collect();
    let keys: BTreeSet<&(String, usize)> = base.keys().chain(all.iter().flat_map(BTreeMap::keys)).collect();
    let mut merged = Identified::new();
    for key in keys {
        let was = base.get(key);
        let said: BTreeSet<Option<&String>> = all.iter().map(|it| it.get(key)).filter(|it| *it != was).collect();
        let said: Vec<Option<&String>> = said.into_iter().collect();
        match said.as_slice() {
            [] => merged.extend(was.map(|was| (key.clone(), was.clone()))),
            [one] => merged.extend(one.map(|one| (key.clone(), one.clone()))),
            _ => return None,
        }
    }
    // What one takes away whole, another may not change.
    let mut lines: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for ((thing, _), value) in &merged {
        lines.entry(thing).or_default().push(value);
    }
    let parts = |thing: &str, of: &Identified| of.keys().filter(|(other, _)| other == thing).count();
    for thing in base.keys().map(|(thing, _)| thing) {
        let is_gone = all.iter().any(|it| parts(thing, it) == 0);
        let is_changed = all.iter().any(|it| {
            parts(thing, it) > 0 && base.iter().any(|(key, value)| key.0 == *thing && it.get(key) != Some(value))
        });
        if is_gone && is_changed {
            return None;
        }
    }
    Some(lines.into_values().map(|values| values.concat()).collect())
}

/// A version by what its sections and rows are and which of their words or cells, in order.
type Identified = BTreeMap<(String, usize), String>;

fn told_apart(version: &Version) -> Identified {
    let mut all = Identified::new();
    for part in &version.parts {
        match part {
            Part::Section(section) => {
                // Two new sections of one place are one thing that is said differently.
                let id = section.id.split("as").next().unwrap_or_default();
                let body = section.body.text.split_inclusive(' ').map(str::to_owned);
                let words = [format!("{}: ", section.heading.text)].into_iter().chain(body);
                all.extend(words.enumerate().map(|(at, word)| ((format!("section {id}"), at), word)));
            }
            Part::Matrix(matrix) => {
                for row in &matrix.rows {
                    let cells = row.cv.iter().map(|cell| format!(" {}", cell.value));
                    let values =
                        [row.key.value.clone(), format!(" {}", row.name.text), format!(" {}", row.critical.value)];
                    let values = values.into_iter().chain(cells).enumerate();
                    all.extend(values.map(|(at, value)| ((format!("row {}", row.key.value), at), value)));
                }
            }
        }
    }
    all
}

/// Lines without the numbers of their sections, in any order.
fn sorted(lines: &[String]) -> BTreeSet<String> {
    let unnumbered = |line: &String| match line.split_once(' ') {
        Some((number, rest)) if number.starts_with("1.") || rest == "All: " => rest.to_owned(),
        _ => line.clone(),
    };
    lines.iter().map(unnumbered).collect()
}

/// Both, and where they collide what the one says that is kept.
fn winning(ours: &Edits, theirs: &Edits, keep: &str) -> Edits {
    let (first, second) = if keep == "ours" { (ours, theirs) } else { (theirs, ours) };
    let mut all = first.clone();
    for (site, value) in second {
        let goes = |it: &Site| matches!(it, Site::Section(_) | Site::Row(_));
        let is_gone = owner(*site).is_some_and(|owner| first.contains_key(&owner));
        let is_held = goes(site) && first.keys().any(|other| owner(*other) == Some(*site));
        if !is_gone && !is_held {
            all.entry(*site).or_insert(*value);
        }
    }
    all
}

/// The text of a file in which an editor keeps one of the sides wherever there are several.
fn kept(text: &str, side: &str) -> String {
    let mut lines = String::new();
    let mut deeper_than: Option<usize> = None;
    for line in text.lines() {
        let indent = line.len() - line.trim_start().len();
        deeper_than = deeper_than.filter(|deleted| indent > *deleted);
        let name = line.trim_start().split(':').next().unwrap_or_default();
        if deeper_than.is_none() && ["was", "ours", "theirs"].contains(&name) && name != side {
            deeper_than = Some(indent);
        }
        if deeper_than.is_none() {
            lines.push_str(&in_brackets(line, side));
            lines.push('\n');
        }
    }
    lines
}

fn in_brackets(line: &str, side: &str) -> String {
    let begins = ["{ was: ", "{ ours: "].iter().filter_map(|begins| line.find(begins)).min();
    let Some((start, end)) = begins.and_then(|start| Some((start, start + line[start..].find(" }")?))) else {
        return line.to_owned();
    };
    let sides = line[start + 2..end].split(", ").find(|entry| entry.starts_with(&format!("{side}:")));
    format!("{}{{ {} }}{}", &line[..start], sides.unwrap(), in_brackets(&line[end + 2..], side))
}
