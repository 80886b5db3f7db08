//! What reviewers type, wherever they may, comes into the modification, and nothing else does.

use super::laws::{read, twice_is_once};
use super::{Files, applied, desk, reviewer, sent, with};
use crate::common::config;
use crate::common::docx::Seen;
use crate::common::reviewer::Deed;
use ctsd::pipeline::applying::Only;
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRunner};
use std::cell::Cell;
use std::collections::BTreeSet;
use std::path::Path;

/// How many copies there were, and how many were refused for want of a version in them.
#[derive(Debug, Default)]
struct Count {
    copies: Cell<usize>,
    refused: Cell<usize>,
}

impl Count {
    /// Whether few were refused.
    fn holds(&self, name: &str) {
        let (copies, refused) = (self.copies.get(), self.refused.get());
        let told = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("copies-{name}"));
        std::fs::write(told, format!("{copies} copies, {refused} refused\n")).unwrap();
        assert!(refused * 20 <= copies, "{refused} of {copies} refused");
    }
}

/// Whether a copy reads as no version: a part stands twice in it, as where somebody keeps one half of a move.
fn is_no_version(copy: &[u8]) -> bool {
    let mut numbers = BTreeSet::new();
    let number = |seen: &Seen| match seen {
        Seen::Paragraph { style, runs, .. } if style.starts_with("Heading") || style.starts_with("Clause") => {
            let text: String = runs.iter().map(|(text, _)| text.as_str()).collect();
            text.split_whitespace()
                .next()
                .filter(|it| it.starts_with(|it: char| it.is_ascii_digit()))
                .map(str::to_owned)
        }
        _ => None,
    };
    read(copy).iter().filter_map(number).any(|number| !numbers.insert(number))
}

/// What is to be read of each part, by its heading; none of the cover, and none of the instructions.
fn parts_of(file: &[u8]) -> Vec<(Seen, Vec<Seen>)> {
    let mut parts: Vec<(Seen, Vec<Seen>)> = Vec::new();
    let mut is_furniture = false;
    let all = plain(read(file));
    let is_instruction = |it: &Seen| matches!(it, Seen::Paragraph { style, .. } if style == "AmendmentInstruction");
    // What a change document begins with is no part.
    let cover = all.iter().position(is_instruction).unwrap_or_default();
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

/// Words of cells without their look, which follows from what they say.
fn plain(mut seen: Vec<Seen>) -> Vec<Seen> {
    for it in &mut seen {
        if let Seen::Row(cells) = it {
            cells.iter_mut().flatten().for_each(|(_, look)| look.clear());
        }
    }
    seen
}

/// Where two begin to differ.
fn differs<'s>(made: &'s [Seen], copy: &'s [Seen]) -> Option<(Option<&'s Seen>, Option<&'s Seen>)> {
    let at = (0..made.len().max(copy.len())).find(|at| made.get(*at) != copy.get(*at))?;
    Some((made.get(at), copy.get(at)))
}

/// What somebody types into a copy, wherever he may, comes into the modification, and nothing else.
fn is_taken_in(files: &Files, id: &str, full: bool, deeds: &[Deed], count: &Count) -> Result<(), TestCaseError> {
    let desk = desk(files);
    let redline = sent(&desk, id, full);
    let (base, target) = desk.with_base(id).unwrap();
    let is_amended = !desk.compare(base, target).unwrap().changes.amendments.is_empty();
    // An instruction by itself, such as one that renumbers, shows nothing either.
    if !full && (!is_amended || parts_of(&redline).is_empty()) {
        return Ok(());
    }
    let bytes = reviewer::typed(&redline, "Anna", deeds);
    count.copies.set(count.copies.get() + 1);
    let applied = match applied(&desk, &[&bytes], &Only::All) {
        Ok(applied) => applied,
        Err(why) => {
            prop_assert!(is_no_version(&bytes), "{id} (whole: {full}): {why}");
            count.refused.set(count.refused.get() + 1);
            return Ok(());
        }
    };
    prop_assert!(applied.conflicts.is_empty(), "{id} (whole: {full}): {:#?}", applied.conflicts);
    let after = with(files, &applied.revised);
    let made = sent(&super::desk(&after), id, true);
    if full {
        let (made, copy) = (plain(read(&made)), plain(read(&bytes)));
        let differs = differs(&made, &copy);
        prop_assert!(made == copy, "{id}: {differs:#?}\n{:#?}", applied.revised);
    } else {
        let (made, before, shown) = (parts_of(&made), parts_of(&sent(&desk, id, true)), parts_of(&redline));
        let copy = parts_of(&bytes);
        for part in &copy {
            // Of what is only renumbered it shows the heading.
            let is_made = |it: &(Seen, Vec<Seen>)| it.0 == part.0 && (it.1 == part.1 || part.1.is_empty());
            let like = made.iter().find(|it| it.0 == part.0);
            let differs = like.map(|like| differs(&like.1, &part.1));
            prop_assert!(made.iter().any(is_made), "{id}: {:?}: {differs:?}\n{:#?}", part.0, applied.revised);
        }
        for part in before.iter().filter(|part| shown.iter().all(|it| it.0 != part.0)) {
            prop_assert!(made.contains(part), "{id}, not shown: {part:#?}\n{:#?}", applied.revised);
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

fn runner() -> TestRunner {
    TestRunner::new(ProptestConfig { max_shrink_iters: 24, rng_seed: RngSeed::Fixed(18), ..config(4) })
}

#[test]
fn what_is_typed_into_the_shipped_redline_is_taken_in() {
    let (files, count) = (shipped(), Count::default());
    let law = |(deeds, full): (Vec<Deed>, bool)| is_taken_in(&files, "MP089", full, &deeds, &count);
    runner().run(&(reviewer::edits(), any::<bool>()), law).unwrap_or_else(|wrong| panic!("{wrong}"));
    count.holds("shipped");
}
