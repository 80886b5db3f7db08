//! A redline that is imported gives both of the versions that it stands between.

use super::{Files, as_modification, built, import, sections, shipped, tables, vocabulary, with};
use crate::common::config;
use crate::instructions::by_hand::{desk as drafted_desk, drafted};
use ctsd::model::Version;
use ctsd::pipeline::{Desk, Format, Options};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

pub fn redline(desk: &Desk, base: &Version, target: &Version, full: bool) -> Vec<u8> {
    let options = Options { formats: vec![Format::Docx], ..Options::default() };
    let files = if full { desk.full_redline(base, target, &options) } else { desk.redline(base, target, &options) };
    files.unwrap_or_else(|failure| panic!("{failure}")).remove(0).bytes
}

fn text(desk: &Desk, id: &str) -> String {
    String::from_utf8(built(desk, id, Format::Markdown)).unwrap()
}

/// What stands below the cover: its words are a template's.
pub fn body(text: String) -> String {
    text.find("\n# ").map_or_else(|| text.clone(), |at| text[at..].to_owned())
}

/// Imports the whole redline of a version and what was made of it, into a project that has neither.
fn comes_back_whole(
    desk: &Desk,
    base: &Version,
    target: &Version,
    words: &Files,
    is_exact: bool,
) -> Result<(), TestCaseError> {
    let file = redline(desk, base, target, true);
    let importing = as_modification("NEW", Some("OLD"));
    let imported = import(words, &file, &importing).unwrap_or_else(|failure| panic!("{failure}"));
    let again = super::desk(&with(words, &imported));
    let names = format!("{} to {}: {:?}", *base.id, *target.id, imported.adopted.remarks);
    prop_assert_eq!(body(text(&again, "OLD")), body(text(desk, &base.id)), "{}", names);
    let new = again.project.version("NEW");
    prop_assert!(new.is_some(), "{}", names);
    prop_assert_eq!(by_number(tables(new.unwrap())), by_number(tables(target)), "{}", names);
    let is_told = imported.adopted.remarks.iter().any(|remark| remark.lost && remark.what.contains("come"));
    if !is_told {
        prop_assert_eq!(sections(new.unwrap()), sections(target), "{}", names);
    }
    if is_exact {
        prop_assert_eq!(body(text(&again, "NEW")), body(text(desk, &target.id)), "{}", names);
    }
    Ok(())
}

/// Imports a redline into a project that has the version that it was drafted against.
fn comes_back(desk: &Desk, files: &Files, base: &Version, target: &Version, full: bool) -> Result<(), TestCaseError> {
    let file = redline(desk, base, target, full);
    let imported = import(files, &file, &as_modification("NEW", Some(&base.id)));
    let imported = imported.unwrap_or_else(|failure| panic!("{} to {}: {failure}", *base.id, *target.id));
    let again = super::desk(&with(files, &imported));
    let names = format!(
        "{} to {} (whole: {full}): {:?}\n{:#?}\n{:#?}",
        *base.id,
        *target.id,
        imported.adopted.remarks,
        imported.revised.written,
        desk.compare(base, target)
            .unwrap()
            .changes
            .amendments
            .iter()
            .map(|it| it.instruction.as_str())
            .collect::<Vec<_>>(),
    );
    let new = again.project.version("NEW");
    prop_assert!(new.is_some(), "{}", names);
    prop_assert_eq!(by_number(tables(new.unwrap())), by_number(tables(target)), "{}", names);
    // Of several sections that move, not all may find their places: then it is told.
    let moves = desk.project.stated(&target.id).unwrap().sections();
    let is_told = imported.adopted.remarks.iter().any(|remark| remark.lost && remark.what.contains("come"));
    if !full || moves.iter().filter(|it| it.place.is_some()).count() < 2 || !is_told {
        prop_assert_eq!(sections(new.unwrap()), sections(target), "{}", names);
    }
    Ok(())
}

const SINCE: &str = "Since then it says this.";

/// Imports a change document into a project in which a section of its base has got a paragraph since.
fn comes_back_onto_another(
    desk: &Desk,
    files: &Files,
    base: &Version,
    target: &Version,
    drift: prop::sample::Index,
) -> Result<(), TestCaseError> {
    let file = redline(desk, base, target, false);
    let all: Vec<_> = base.sections().collect();
    let section = *drift.get(&all);
    let mut files = files.clone();
    let path = format!("content/1.0/sections/{}.yaml", *section.number);
    let text = files.get_mut(&path).unwrap();
    *text = format!("{}\n\n  {SINCE}\n", text.trim_end());
    let imported = import(&files, &file, &as_modification("NEW", Some(&base.id)));
    let imported = imported.unwrap_or_else(|failure| panic!("{} to {}: {failure}", *base.id, *target.id));
    let names = format!("{SINCE} in {}: {:?}", *section.number, imported.adopted.remarks);
    let again = super::desk(&with(&files, &imported));
    if !imported.amended.as_ref().unwrap().conflicts.is_empty() {
        // It goes, or its text is another altogether.
        let stays = target.section(&section.id).is_some_and(|now| now.body.text.contains("It says more."));
        prop_assert!(!stays, "{}", names);
        return Ok(());
    }
    let new = again.project.version("NEW");
    prop_assert!(new.is_some(), "{}", names);
    prop_assert_eq!(by_number(tables(new.unwrap())), by_number(tables(target)), "{}", names);
    let mut expected: Vec<(&str, &str, String)> =
        sections(target).into_iter().map(|(number, heading, body)| (number, heading, body.to_owned())).collect();
    let at = target.sections().position(|it| it.id == section.id);
    if let Some(at) = at {
        expected[at].2.push_str(&format!("\n\n{SINCE}"));
    }
    let made = sections(new.unwrap());
    let made: Vec<(&str, &str, String)> =
        made.into_iter().map(|(number, heading, body)| (number, heading, body.to_owned())).collect();
    prop_assert_eq!(made, expected, "{}", names);
    Ok(())
}

#[test]
fn the_shipped_redlines_come_back() {
    let (_, desk) = shipped();
    let mut tried = 0;
    for target in &desk.project.versions {
        let Some(base) = target.base.as_ref().and_then(|base| desk.project.version(base)) else { continue };
        comes_back_whole(&desk, base, target, &vocabulary(), true).unwrap_or_else(|wrong| panic!("{wrong}"));
        tried += 1;
    }
    assert!(tried > 5);
}

/// Tables, wherever they stand among sections that move.
fn by_number<T: Ord>(mut tables: Vec<T>) -> Vec<T> {
    tables.sort();
    tables
}

fn is_in_order(version: &Version) -> bool {
    version.parts.windows(2).all(|pair| ctsd::model::natural(pair[0].number(), pair[1].number()).is_le())
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 200, rng_seed: RngSeed::Fixed(27), ..config(12) })]

    #[test]
    fn an_imported_redline_makes_the_version_that_it_was_made_of(all in drafted(), drift in any::<prop::sample::Index>()) {
        let desk = drafted_desk(all.clone());
        let mut files = vocabulary();
        files.extend(all.into_iter().map(|(path, text)| (format!("content/{path}"), text)));
        for target in &desk.project.versions {
            let Some(base) = target.base.as_ref().and_then(|base| desk.project.version(base)) else { continue };
            comes_back(&desk, &files, base, target, true)?;
            // A change document that amends nothing shows nothing.
            if !target.reads_as(base) {
                comes_back(&desk, &files, base, target, false)?;
                if *base.id == "1.0" {
                    comes_back_onto_another(&desk, &files, base, target, drift)?;
                }
            }
            // Content has its parts in the order of their numbers, where it rests on nothing.
            if is_in_order(base) {
                comes_back_whole(&desk, base, target, &vocabulary(), false)?;
            }
        }
    }
}
