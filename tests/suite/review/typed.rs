//! What reviewers type, wherever they may, comes into the modification, and nothing else does.

use super::laws::{files, modifications, read, twice_is_once};
use super::{Files, applied, desk, reviewer, sent, with};
use crate::common::config;
use crate::common::docx::Seen;
use crate::common::reviewer::Deed;
use crate::instructions::by_hand::drafted;
use ctsd::pipeline::applying::{Applied, Only};
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRunner};
use std::cell::Cell;
use std::collections::BTreeSet;
use std::path::Path;

/// How many copies there were, and how many were refused for want of a version in them.
#[derive(Debug, Default)]
pub(super) struct Count {
    copies: Cell<usize>,
    refused: Cell<usize>,
}

impl Count {
    pub fn saw_one(&self) {
        self.copies.set(self.copies.get() + 1);
    }

    /// Counts a copy that was refused, if it may be.
    pub fn refused(&self, what: &str, why: &str, copy: &[u8]) -> Result<(), TestCaseError> {
        // Of a section that another number is rejected of, those that a change document doesn't show follow; and one of which
        // the deletion is rejected can have a number that one of those was given.
        let unshown =
            ["with what the copy doesn't show two sections have the number", "collides with what it doesn't show"];
        let is_unshown = unshown.iter().any(|it| why.contains(it));
        prop_assert!(is_no_version(copy) || is_unshown, "{what}: {why}");
        self.refused.set(self.refused.get() + 1);
        Ok(())
    }

    /// Whether few were refused.
    pub fn holds(&self, name: &str) {
        let (copies, refused) = (self.copies.get(), self.refused.get());
        let told = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("copies-{name}"));
        std::fs::write(told, format!("{copies} copies, {refused} refused\n")).unwrap();
        // Of a few one is no sign.
        assert!(refused * 20 <= copies.max(20), "{refused} of {copies} refused");
    }
}

/// The number that a heading begins with, and the words behind it.
fn numbered(seen: &Seen) -> Option<(String, String)> {
    let Seen::Paragraph { style, runs, .. } = seen else { return None };
    let text: String = runs.iter().map(|(text, _)| text.as_str()).collect();
    let (number, words) = text.split_once(char::is_whitespace).unwrap_or((&text, ""));
    let is_one = (style.starts_with("Heading") || style.starts_with("Clause"))
        && number.starts_with(|it: char| it.is_ascii_digit());
    is_one.then(|| (number.to_owned(), words.to_owned()))
}

/// Whether a copy reads as no version: a number or a row stands twice in it, as where somebody keeps one half of a move.
pub(super) fn is_no_version(copy: &[u8]) -> bool {
    let (mut numbers, mut rows) = (BTreeSet::new(), BTreeSet::new());
    read(copy).iter().any(|seen| match seen {
        Seen::Row(cells) => {
            !rows.insert(cells.iter().take(3).flatten().map(|(text, _)| text.clone()).collect::<String>())
        }
        Seen::Paragraph { .. } => {
            rows.clear();
            numbered(seen).is_some_and(|(number, _)| !numbers.insert(number))
        }
    })
}

/// The same without the numbers of headings, and the looks that follow from those.
pub(super) fn unnumbered(mut seen: Vec<Seen>) -> Vec<Seen> {
    for it in &mut seen {
        let words = numbered(it).map(|(_, words)| words);
        if let (Seen::Paragraph { style, runs, .. }, Some(words)) = (&mut *it, words) {
            *style = "Heading".to_owned();
            *runs = vec![(words.trim().to_owned(), String::new())];
        }
    }
    seen
}

/// Where what was made isn't what a copy has. Of what stands twice one is left, and has the number that it may; a table that
/// stands where its number doesn't put it is put there.
pub(super) fn wrong(made: Vec<Seen>, has: Vec<Seen>, copy: &[u8], applied: &Applied) -> Option<String> {
    if applied.remarks.iter().any(|it| it.what.contains("where its number doesn't put it")) {
        let one =
            |all: &[Seen], others: &[Seen]| all.iter().find(|it| !others.contains(it)).map(|it| format!("{it:#?}"));
        return one(&made, &has).or(one(&has, &made));
    }
    if !is_no_version(copy) {
        return differs(&made, &has).map(|it| format!("{it:#?}"));
    }
    let (made, has) = (unnumbered(made), unnumbered(has));
    let mut rest = has.iter();
    let more = made.iter().find(|it| !rest.any(|has| has == *it));
    let less = lost(&made, &has);
    more.map(|it| format!("more, or out of order: {it:#?}")).or(less.map(|it| format!("less: {it:#?}")))
}

/// What isn't made of what a copy has that is no version. Of a row that stands twice in it the one that it was before can be
/// another than it is.
fn lost<'s>(made: &[Seen], has: &'s [Seen]) -> Option<&'s Seen> {
    let key = |seen: &Seen| match seen {
        Seen::Row(cells) => cells.iter().take(2).flatten().map(|(text, _)| text.clone()).collect::<String>(),
        Seen::Paragraph { .. } => String::new(),
    };
    let is_half = |it: &Seen| {
        let is_one = |other: &&Seen| !key(it).is_empty() && key(other) == key(it);
        has.iter().filter(is_one).count() > 1 && made.iter().any(|made| is_one(&made))
    };
    has.iter().find(|it| !made.contains(it) && !is_half(it))
}

fn is_instruction(seen: &Seen) -> bool {
    matches!(seen, Seen::Paragraph { style, .. } if style == "AmendmentInstruction")
}

/// What is to be read of each part, by its heading; none of the cover, and none of the instructions.
fn parts_of(file: &[u8]) -> Vec<(Seen, Vec<Seen>)> {
    let mut parts: Vec<(Seen, Vec<Seen>)> = Vec::new();
    let mut is_furniture = false;
    let all = plain(read(file));
    // What a change document begins with is no part; its only instruction can be struck out.
    let is_subtitle = |seen: &Seen| matches!(seen, Seen::Paragraph { style, .. } if style == "Subtitle");
    let cover = all.iter().position(is_instruction).or(all.iter().rposition(is_subtitle)).unwrap_or_default();
    for it in all.into_iter().skip(cover) {
        let Seen::Paragraph { style, .. } = &it else {
            parts.iter_mut().last().filter(|_| !is_furniture).into_iter().for_each(|part| part.1.push(it.clone()));
            continue;
        };
        let opens = style.starts_with("Heading") || style.starts_with("Clause") || style.starts_with("Caption");
        // Where a table is gone an instruction can run on into the gap that stood before it.
        is_furniture = !opens && (is_furniture || matches!(style.as_str(), "AmendmentInstruction" | "TableGap"));
        if opens {
            parts.push((it, Vec::new()));
        } else if let Some(part) = parts.last_mut().filter(|_| !is_furniture) {
            part.1.push(it);
        }
    }
    parts
}

/// Words of cells without their look, which follows from what they say; and of headings without the tab behind the number,
/// which somebody can type before.
fn plain(mut seen: Vec<Seen>) -> Vec<Seen> {
    for it in &mut seen {
        match it {
            Seen::Row(cells) => cells.iter_mut().flatten().for_each(|(_, look)| look.clear()),
            Seen::Paragraph { runs, .. } => runs.iter_mut().for_each(|(text, _)| *text = text.replace('\t', " ")),
        }
    }
    seen
}

/// What has run on into the gap before a table, as the text that it is.
pub(super) fn in_no_gap(mut seen: Seen) -> Seen {
    if let Seen::Paragraph { style, .. } = &mut seen
        && style == "TableGap"
    {
        *style = "BodyText".to_owned();
    }
    seen
}

/// Where two begin to differ.
fn differs<'s>(made: &'s [Seen], copy: &'s [Seen]) -> Option<(Option<&'s Seen>, Option<&'s Seen>)> {
    let at = (0..made.len().max(copy.len())).find(|at| made.get(*at) != copy.get(*at))?;
    Some((made.get(at), copy.get(at)))
}

/// What somebody types into a copy, wherever he may, comes into the modification, and nothing else.
pub(super) fn is_taken_in(
    files: &Files,
    id: &str,
    full: bool,
    deeds: &[Deed],
    count: &Count,
) -> Result<(), TestCaseError> {
    let desk = desk(files);
    let redline = sent(&desk, id, full);
    // An instruction by itself, such as one that renumbers, shows nothing either.
    if !full && (!read(&redline).iter().any(is_instruction) || parts_of(&redline).is_empty()) {
        return Ok(());
    }
    let bytes = reviewer::typed(&redline, "Anna", deeds);
    count.saw_one();
    let since = desk.review_bytes(&bytes).unwrap().changed_since;
    prop_assert!(since.is_empty(), "{id} (whole: {full}) is as it was sent: {since:?}");
    let applied = match applied(&desk, &[&bytes], &Only::All) {
        Ok(applied) => applied,
        Err(why) => return count.refused(&format!("{id} (whole: {full})"), &why, &bytes),
    };
    prop_assert!(applied.conflicts.is_empty(), "{id} (whole: {full}): {:#?}", applied.conflicts);
    let after = with(files, &applied.revised);
    let made = sent(&super::desk(&after), id, true);
    if full {
        let text = |file: &[u8]| -> Vec<Seen> { plain(read(file)).into_iter().map(in_no_gap).collect() };
        let wrong = wrong(text(&made), text(&bytes), &bytes, &applied);
        prop_assert!(wrong.is_none(), "{id}: {}\n{:#?}", wrong.unwrap_or_default(), applied.revised);
    } else {
        let is_twice = is_no_version(&bytes);
        let parts = |file: &[u8]| -> Vec<(Seen, Vec<Seen>)> {
            let named = |heading: Seen| if is_twice { unnumbered(vec![heading]).remove(0) } else { heading };
            parts_of(file).into_iter().map(|(heading, text)| (named(heading), text)).collect()
        };
        let (made, before, shown) = (parts(&made), parts(&sent(&desk, id, true)), parts(&redline));
        let copy = parts(&bytes);
        // Where a section comes or goes, or has another number, those behind it and in it can go on or close up.
        let numbers = |parts: &[(Seen, Vec<Seen>)]| -> BTreeSet<String> {
            parts.iter().filter_map(|it| numbered(&it.0)).map(|(number, _)| number).collect()
        };
        let is_led = numbers(&copy) != numbers(&shown);
        for part in &copy {
            // Of what is only renumbered it shows the heading.
            let is_half = |it: &(Seen, Vec<Seen>)| is_twice && lost(&it.1, &part.1).is_none();
            let is_made =
                |it: &(Seen, Vec<Seen>)| it.0 == part.0 && (it.1 == part.1 || part.1.is_empty() || is_half(it));
            let like = made.iter().find(|it| it.0 == part.0);
            let differs = like.map(|like| differs(&like.1, &part.1));
            prop_assert!(made.iter().any(is_made), "{id}: {:?}: {differs:?}\n{:#?}", part.0, applied.revised);
        }
        for part in before.iter().filter(|part| shown.iter().all(|it| it.0 != part.0)) {
            let is_made = |it: &(Seen, Vec<Seen>)| {
                let words = |it: &(Seen, Vec<Seen>)| numbered(&it.0).map(|(_, words)| words);
                it.1 == part.1 && (it.0 == part.0 || is_led && words(it) == words(part))
            };
            prop_assert!(made.iter().any(is_made), "{id}, not shown: {part:#?}\n{:#?}", applied.revised);
        }
    }
    twice_is_once(&after, id, &bytes)
}

/// The version and the modification that this project ships.
fn shipped() -> Files {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let mut files = Files::new();
    let mut folders = vec![folder.clone()];
    while let Some(at) = folders.pop() {
        for entry in std::fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(folder.parent().unwrap()).unwrap().to_str().unwrap().replace('\\', "/");
            if path.is_dir() {
                folders.push(path);
            } else if name.ends_with(".yaml") {
                files.insert(name, std::fs::read_to_string(path).unwrap());
            }
        }
    }
    files
}

/// Cases in so many of which something is to be seen: always the same, so that all who run them see the same; others, where
/// `CTSD_SEED` says so.
pub(super) fn runner(cases: u32) -> TestRunner {
    let seed = std::env::var("CTSD_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(18);
    TestRunner::new(ProptestConfig { max_shrink_iters: 100, rng_seed: RngSeed::Fixed(seed), ..config(cases) })
}

/// What is typed anywhere into redlines of generated drafts, whole or in parts.
fn is_taken_in_of_drafts(full: bool, name: &str) {
    let count = Count::default();
    let law = |(all, deeds): (Vec<(String, String)>, Vec<Deed>)| {
        let files = files(all);
        modifications(&files).iter().try_for_each(|id| is_taken_in(&files, id, full, &deeds, &count))
    };
    runner(4).run(&(drafted(), reviewer::edits()), law).unwrap_or_else(|wrong| panic!("{wrong}"));
    count.holds(name);
}

#[test]
fn what_is_typed_into_a_change_document_is_taken_in() {
    is_taken_in_of_drafts(false, "parts");
}

#[test]
fn what_is_typed_into_a_whole_redline_is_taken_in() {
    is_taken_in_of_drafts(true, "whole");
}

#[test]
fn what_is_typed_into_the_shipped_redline_is_taken_in() {
    let (files, count) = (shipped(), Count::default());
    let law = |(deeds, full): (Vec<Deed>, bool)| is_taken_in(&files, "MP089", full, &deeds, &count);
    runner(4).run(&(reviewer::edits(), any::<bool>()), law).unwrap_or_else(|wrong| panic!("{wrong}"));
    count.holds("shipped");
}
