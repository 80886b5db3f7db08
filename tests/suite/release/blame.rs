//! Who said what, held against a drafter of whom it is known: each word and cell is said once, by one modification.

use super::{content, project, root, with};
use crate::common::config;
use ctsd::compose::{self, Blame, Project, Words};
use ctsd::diagnostic::Failure;
use ctsd::pipeline::Desk;
use ctsd::pipeline::tracing::Piece;
use proptest::prelude::*;
use std::fmt::Write as _;

const WORDS: usize = 18;

/// Something, and who said it.
pub type By<T> = (T, String);

/// The key of a row, then its name and its two cells.
pub type RowTruth = (By<String>, [By<String>; 3]);

/// The text as the drafters know it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Truth {
    /// Numbered from 1: heading and body, word by word.
    sections: Vec<Vec<By<String>>>,
    rows: Vec<RowTruth>,
}

/// What a modification of a release does. Which words and cells it may touch depends on its place among the three.
#[derive(Clone, Debug)]
pub enum Edit {
    Replace { section: usize, word: usize },
    InsertWord { section: usize, word: usize },
    DeleteWord { section: usize, word: usize },
    AddSection,
    Cell { row: usize },
    AddRow { row: usize },
    RemoveRow,
}

fn edit() -> impl Strategy<Value = Edit> {
    let place = || (0..4usize, 0..6usize);
    prop_oneof![
        4 => place().prop_map(|(section, word)| Edit::Replace { section, word }),
        3 => place().prop_map(|(section, word)| Edit::InsertWord { section, word }),
        2 => place().prop_map(|(section, word)| Edit::DeleteWord { section, word }),
        1 => Just(Edit::AddSection),
        4 => (0..8usize).prop_map(|row| Edit::Cell { row }),
        2 => (0..8usize).prop_map(|row| Edit::AddRow { row }),
        1 => Just(Edit::RemoveRow),
    ]
}

/// For each release, what each of its modifications does.
pub fn releases(most: usize) -> impl Strategy<Value = Vec<Vec<Vec<Edit>>>> {
    let modification = proptest::collection::vec(edit(), 1..4);
    proptest::collection::vec(proptest::collection::vec(modification, 1..4), 1..=most)
}

/// The version that says something in a release, as blame tells it.
fn name(release: usize, at: usize) -> String {
    format!("M{release}x{at} in R{release} since {}", day(release))
}

fn day(release: usize) -> String {
    format!("2{release:03}-01-01")
}

/// The files of a chain of releases, and what is true of its last.
pub fn chain(releases: &[Vec<Vec<Edit>>]) -> (Vec<(String, String)>, Truth) {
    let base = "R0 since 2000-01-01".to_owned();
    let mut truth = Truth::default();
    let mut files =
        vec![("r0/version.yaml".to_owned(), "id: R0\nname: R0\nclassification: White\ndate: 2000-01-01\n".to_owned())];
    for section in 0..4 {
        let words: Vec<By<String>> = (0..WORDS).map(|word| (format!("s{section}w{word}"), base.clone())).collect();
        files.push((format!("r0/sections/{}.yaml", section + 1), stated("section", section, &words)));
        truth.sections.push(words);
    }
    let mut rows = String::new();
    for row in 0..6 {
        let _ = writeln!(rows, "  - {{ reference: \"1\", variant: \"k{row}\", name: Name {row}, critical: false }}");
        let cells = [format!("Name {row}"), "N/A".into(), "N/A".into()].map(|text| (text, base.clone()));
        truth.rows.push(((format!("k{row}"), base.clone()), cells));
    }
    files.push(("r0/tables/9.yaml".to_owned(), format!("table: \"9\"\nrole: ED\nrows:\n{rows}")));
    for (at, modifications) in releases.iter().enumerate() {
        let release = at + 1;
        let before = truth.clone();
        let mut sections_added = false;
        let mut words: Vec<(usize, usize, Word)> = Vec::new();
        let mut row_edits: Vec<RowEdit> = Vec::new();
        for (place, edits) in modifications.iter().enumerate() {
            let own = Drafter { release, place, before: &before };
            files.extend(own.files(edits, &mut sections_added, &mut words, &mut row_edits));
        }
        apply(&mut truth, words, row_edits, release);
        let includes: Vec<String> = (0..modifications.len()).map(|place| format!("M{release}x{place}")).collect();
        files.push((
            format!("r{release}/version.yaml"),
            format!(
                "id: R{release}\nname: R{release}\nbase: R{at}\nincludes: [{}]\neffective: {}\n",
                includes.join(", "),
                day(release)
            ),
        ));
    }
    (files, truth)
}

#[derive(Clone, Debug)]
enum Word {
    Replaced(String, usize),
    Behind(String, usize),
    Gone,
    /// A section of its own, at the end.
    Section(Vec<String>, usize),
}

#[derive(Clone, Debug)]
enum RowEdit {
    Cell { row: usize, column: usize, text: String, by: usize },
    Behind { row: usize, key: String, by: usize },
    Gone { row: usize },
}

struct Drafter<'t> {
    release: usize,
    place: usize,
    before: &'t Truth,
}

impl Drafter<'_> {
    /// The files of a modification, and what it does, noted down.
    fn files(
        &self,
        edits: &[Edit],
        added: &mut bool,
        words: &mut Vec<(usize, usize, Word)>,
        rows: &mut Vec<RowEdit>,
    ) -> Vec<(String, String)> {
        let Self { release, place, before } = self;
        let id = format!("M{release}x{place}");
        let folder = id.to_lowercase();
        let mut own: Vec<(usize, usize, Word)> = Vec::new();
        let mut own_rows: Vec<RowEdit> = Vec::new();
        let mut adds = None;
        for (number, edit) in edits.iter().enumerate() {
            let fresh = format!("r{release}p{place}n{number}");
            // Each has words of its own, with one that stays between them.
            let at = |section: usize, word: usize| {
                let section = section % before.sections.len();
                let word = (word * 3 + place) * 2 + 1;
                (word + 1 < before.sections[section].len()).then_some((section, word))
            };
            let is_free = |section: usize, word: usize, own: &[(usize, usize, Word)]| {
                !own.iter().any(|(s, w, _)| (*s, *w) == (section, word))
            };
            match edit {
                Edit::Replace { section, word }
                | Edit::InsertWord { section, word }
                | Edit::DeleteWord { section, word } => {
                    let Some((section, word)) = at(*section, *word).filter(|(s, w)| is_free(*s, *w, &own)) else {
                        continue;
                    };
                    let what = match edit {
                        Edit::Replace { .. } => Word::Replaced(fresh, *place),
                        Edit::InsertWord { .. } => Word::Behind(fresh, *place),
                        _ => Word::Gone,
                    };
                    own.push((section, word, what));
                }
                Edit::AddSection if !*added => {
                    *added = true;
                    let section: Vec<String> = (0..WORDS).map(|word| format!("{fresh}w{word}")).collect();
                    adds = Some(section.clone());
                    words.push((before.sections.len(), 0, Word::Section(section, *place)));
                }
                Edit::Cell { row } if row % 3 != 0 && *row < before.rows.len() => {
                    let ((_, _), cells) = &before.rows[*row];
                    let text = match place {
                        0 => fresh,
                        _ if cells[*place].0 == "N/A" => "Mandatory".to_owned(),
                        _ => "N/A".to_owned(),
                    };
                    let cell = RowEdit::Cell { row: *row, column: *place, text, by: *place };
                    let is_free = |it: &RowEdit| !matches!(it, RowEdit::Cell { row: known, .. } if known == row);
                    if own_rows.iter().all(is_free) {
                        own_rows.push(cell);
                    }
                }
                Edit::AddRow { row } if row % 3 == *place && *row < before.rows.len() => {
                    let is_free = |it: &RowEdit| !matches!(it, RowEdit::Behind { row: known, .. } if known == row);
                    if own_rows.iter().all(is_free) {
                        own_rows.push(RowEdit::Behind { row: *row, key: fresh, by: *place });
                    }
                }
                Edit::RemoveRow if *place == 0 && before.rows.len() > 9 => {
                    let row = before.rows.len() - 1 - (before.rows.len() - 1) % 3;
                    let is_there = |it: &RowEdit| matches!(it, RowEdit::Gone { .. });
                    if !own_rows.iter().any(is_there) {
                        own_rows.push(RowEdit::Gone { row });
                    }
                }
                _ => {}
            }
        }
        let at = release - 1;
        let mut files = vec![(format!("{folder}/version.yaml"), format!("id: {id}\nname: {id}\nbase: R{at}\n"))];
        for section in 0..before.sections.len() {
            let mut text = before.sections[section].clone();
            let mut edits: Vec<_> = own.iter().filter(|(s, ..)| *s == section).collect();
            edits.sort_by_key(|(_, word, _)| std::cmp::Reverse(*word));
            for (_, word, what) in &edits {
                edit_words(&mut text, *word, what, "");
            }
            if !edits.is_empty() {
                files.push((format!("{folder}/sections/{section}.yaml"), stated("section", section, &text)));
            }
        }
        if let Some(section) = adds {
            let words: Vec<By<String>> = section.into_iter().map(|word| (word, String::new())).collect();
            let number = before.sections.len();
            files.push((format!("{folder}/sections/new.yaml"), stated("insert", number, &words)));
        }
        files.extend(self.table(&own_rows).map(|text| (format!("{folder}/tables/9.yaml"), text)));
        words.extend(own);
        rows.extend(own_rows);
        files
    }

    fn table(&self, edits: &[RowEdit]) -> Option<String> {
        let key = |row: usize| &self.before.rows[row].0.0;
        let (mut amend, mut insert, mut remove) = (String::new(), String::new(), String::new());
        for edit in edits {
            let _ = match edit {
                RowEdit::Cell { row, column: 0, text, .. } => {
                    writeln!(amend, "  - {{ row: {}, name: {text} }}", key(*row))
                }
                RowEdit::Cell { row, column, text, .. } => {
                    writeln!(amend, "  - {{ row: {}, cv: {{ {column}: {text} }} }}", key(*row))
                }
                RowEdit::Behind { row, key: new, .. } => {
                    let text = format!("{{ reference: \"1\", variant: {new}, name: New {new}, critical: false }}");
                    writeln!(insert, "  - {{ after: {}, rows: [{text}] }}", key(*row))
                }
                RowEdit::Gone { row } => writeln!(remove, "  - {}", key(*row)),
            };
        }
        let lists = [("amend", amend), ("insert", insert), ("remove", remove)];
        let lists: String =
            lists.iter().filter(|(_, text)| !text.is_empty()).map(|(name, text)| format!("{name}:\n{text}")).collect();
        (!lists.is_empty()).then(|| format!("table: \"9\"\n{lists}"))
    }
}

fn edit_words(words: &mut Vec<By<String>>, at: usize, what: &Word, by: &str) {
    match what {
        Word::Replaced(text, _) => words[at] = (text.clone(), by.to_owned()),
        Word::Behind(text, _) => words.insert(at + 1, (text.clone(), by.to_owned())),
        Word::Gone => drop(words.remove(at)),
        Word::Section(..) => {}
    }
}

/// A section's file: the first word is its heading.
fn stated(what: &str, section: usize, words: &[By<String>]) -> String {
    let text = |words: &[By<String>]| words.iter().map(|(word, _)| word.as_str()).collect::<Vec<_>>().join(" ");
    let (heading, body) = words.split_at(1);
    format!("{what}: \"{}\"\nheading: {}\nbody: {}\n", section + 1, text(heading), text(body))
}

fn apply(truth: &mut Truth, mut words: Vec<(usize, usize, Word)>, rows: Vec<RowEdit>, release: usize) {
    words.sort_by_key(|(section, word, _)| (*section, std::cmp::Reverse(*word)));
    for (section, word, what) in words {
        match &what {
            Word::Section(text, by) => {
                truth.sections.push(text.iter().map(|word| (word.clone(), name(release, *by))).collect());
            }
            Word::Replaced(_, by) | Word::Behind(_, by) => {
                edit_words(&mut truth.sections[section], word, &what, &name(release, *by));
            }
            Word::Gone => edit_words(&mut truth.sections[section], word, &what, ""),
        }
    }
    let mut fresh: Vec<(usize, RowTruth)> = Vec::new();
    let mut gone = None;
    for edit in rows {
        match edit {
            RowEdit::Cell { row, column, text, by } => truth.rows[row].1[column] = (text, name(release, by)),
            RowEdit::Behind { row, key, by } => {
                let by = name(release, by);
                let cells = [format!("New {key}"), "N/A".into(), "N/A".into()].map(|text| (text, by.clone()));
                fresh.push((row, ((key, by), cells)));
            }
            RowEdit::Gone { row } => gone = Some(row),
        }
    }
    fresh.sort_by_key(|(row, _)| std::cmp::Reverse(*row));
    for (row, text) in fresh {
        truth.rows.insert(row + 1, text);
        gone = gone.map(|gone| gone + usize::from(gone > row));
    }
    gone.map(|row| truth.rows.remove(row));
}

/// What blame says, as the drafters would.
fn told(blame: &Blame) -> Truth {
    let by = |said: usize| {
        let said = &blame.said[said];
        let through = said.through.as_ref().map(|release| format!(" in {release}")).unwrap_or_default();
        let since = said.in_force.as_ref().map(|day| format!(" since {day}")).unwrap_or_default();
        format!("{}{through}{since}", said.by)
    };
    let words = |runs: &[Words]| -> Vec<By<String>> {
        let split = |run: &Words| -> Vec<By<String>> {
            run.text.split_whitespace().map(|word| (word.to_owned(), by(run.said))).collect()
        };
        runs.iter().flat_map(split).collect()
    };
    let sections = blame.sections.iter().map(|it| [words(&it.heading), words(&it.body)].concat()).collect();
    let row = |row: &ctsd::compose::BlamedRow| {
        // The variant, which stands before these, never changes.
        let cell = |at: usize| (row.cells[at].words.text.clone(), by(row.cells[at].words.said));
        ((row.key.clone(), by(row.said)), [cell(1), cell(2), cell(3)])
    };
    Truth { sections, rows: blame.tables.iter().flat_map(|table| table.rows.iter().map(row)).collect() }
}

fn blamed(project: &Project, id: &str) -> Blame {
    let wrong: Vec<String> = project.faults.iter().map(ToString::to_string).collect();
    compose::blame(project, project.version(id).unwrap_or_else(|| panic!("{}", wrong.join("\n"))))
}

proptest! {
    #![proptest_config(config(4))]

    #[test]
    fn each_word_and_cell_of_a_chain_of_releases_is_told_to_be_of_who_said_it(releases in releases(50)) {
        let (files, truth) = chain(&releases);
        let project = project(&files);
        prop_assert_eq!(told(&blamed(&project, &format!("R{}", releases.len()))), truth);
    }
}

/// The pieces of a text, with who said each.
fn pieces(blame: &Blame, words: &[Words]) -> Vec<(String, String)> {
    words.iter().map(|it| (it.text.clone(), blame.said[it.said].by.clone())).collect()
}

#[test]
fn what_a_release_takes_from_one_of_those_that_collide_is_of_that_one() {
    let files = [
        ("m1/sections/a.yaml", "section: \"5.1\"\nbody: |\n  The text of 5.1 has forty days.\n"),
        ("m2/sections/a.yaml", "section: \"5.1\"\nbody: |\n  The text of 5.1 has fifty days.\n"),
    ];
    let wrong = super::wrong(&files);
    let digest = wrong.split("from: \"").nth(1).and_then(|rest| rest.split('"').next()).expect("the digest is told");
    let decided = format!(
        "section: \"5.1\"\ndecides: [M1, M2]\nfrom: \"{digest}\"\nbody: |\n  The text of 5.1 has fifty full days.\n"
    );
    let project = with(&[files.as_slice(), &[("2.0/sections/a.yaml", decided.as_str())]].concat());
    let blame = blamed(&project, "2.0");
    let section = blame.sections.iter().find(|it| it.id == "5.1").unwrap();
    let expected = [("The text of 5.1 has ", "1.0"), ("fifty", "M2"), (" full", "2.0"), (" days.", "1.0")];
    assert_eq!(pieces(&blame, &section.body), expected.map(|(text, by)| (text.to_owned(), by.to_owned())));
}

#[test]
fn what_two_say_alike_is_of_the_one_that_is_included_first_and_a_moved_section_keeps_its_words() {
    let same = "section: \"5.1\"\nbody: |\n  The text of 5.1 has forty days.\n";
    let blame = blamed(
        &with(&[
            ("m1/sections/a.yaml", same),
            ("m2/sections/a.yaml", same),
            ("m2/sections/b.yaml", "section: \"5.2\"\nmove: { after: \"5.4\" }\n"),
        ]),
        "2.0",
    );
    let words = |id: &str| pieces(&blame, &blame.sections.iter().find(|it| it.id == id).unwrap().body);
    let by: Vec<String> = words("5.1").into_iter().map(|(_, by)| by).collect();
    assert_eq!(by, ["1.0", "M1", "1.0"]);
    assert_eq!(words("5.2"), [("The text of 5.2 has thirty days.".to_owned(), "1.0".to_owned())]);
}

#[test]
fn what_is_not_there_is_said_with_what_is_meant() {
    let files = [
        ("m1/sections/a.yaml", "section: \"5.1\"\nheading: Other\n"),
        ("m2/sections/a.yaml", "section: \"5.2\"\nheading: Other\n"),
    ];
    let desk = Desk::open_from(&root(&content(&files))).unwrap();
    let told = |section: Option<&str>, table: Option<&str>, row: Option<&str>| {
        let own = |text: Option<&str>| text.map(str::to_owned);
        let piece = Piece { section: own(section), table: own(table), row: own(row) };
        match desk.blame(desk.version("2.0").unwrap(), &piece) {
            Err(Failure::Refused(message)) => message,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(told(Some("51"), None, None), "Two has no section “51”; did you mean “5.1”?");
    assert_eq!(told(None, Some("7"), None), "Two has no table “7”; it has: “5.9”");
    assert_eq!(told(None, Some("5.9"), Some("7")), "Table 5.9 of Two has no row “7”; it has: “1”, “2”, “3”, “4”");
}
