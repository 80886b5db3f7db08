//! What reviewers did is what the modification says then.

use super::typed::{Count, in_no_gap, runner, wrong};
use super::{Files, applied, desk, reviewer, sent, with};
use crate::common::docx::{self, Resolve, Seen};
use crate::common::reviewer::Deed;
use crate::instructions::by_hand::drafted;
use ctsd::adopt::review::Outcome;
use ctsd::pipeline::applying::Only;
use proptest::prelude::*;

pub(super) fn files(all: Vec<(String, String)>) -> Files {
    let mut files =
        Files::from([("content/appendix.yaml".to_owned(), include_str!("../../../content/appendix.yaml").to_owned())]);
    files.extend(all.into_iter().map(|(path, text)| (format!("content/{path}"), text)));
    files
}

/// What is to be read once everything is accepted, from the first heading or caption on; counts follow from the rest.
pub(super) fn read(file: &[u8]) -> Vec<Seen> {
    let seen = docx::seen(&docx::resolve(&docx::body(file), Resolve::Accept));
    let is_counted = |seen: &Seen| match seen {
        Seen::Row(cells) => cells
            .iter()
            .flatten()
            .next()
            .is_some_and(|(text, _)| text.starts_with("Count of") || text.starts_with("Total")),
        Seen::Paragraph { .. } => false,
    };
    let is_cover = |seen: &Seen| match seen {
        Seen::Paragraph { style, .. } => !["Heading", "Clause", "Caption"].iter().any(|it| style.starts_with(it)),
        Seen::Row(_) => true,
    };
    // A paragraph that has lost all its words is none.
    let is_empty = |seen: &Seen| matches!(seen, Seen::Paragraph { runs, .. } if runs.is_empty());
    seen.into_iter().skip_while(is_cover).filter(|it| !is_counted(it) && !is_empty(it)).collect()
}

/// The modifications of a project, with their own files.
pub(super) fn modifications(files: &Files) -> Vec<String> {
    let desk = desk(files);
    desk.project
        .versions
        .iter()
        .filter(|version| version.base.is_some())
        .map(|version| version.id.value.clone())
        .collect()
}

/// The files of one version.
fn of<'f>(files: &'f Files, id: &str) -> Vec<(&'f String, &'f String)> {
    let folder = format!("content/{}/", id.to_lowercase());
    files.iter().filter(|(path, _)| path.starts_with(&folder)).collect()
}

pub(super) fn accepted_and_rejected(files: &Files, id: &str, full: bool, count: &Count) -> Result<(), TestCaseError> {
    let desk = desk(files);
    let redline = sent(&desk, id, full);
    for (deed, outcome) in
        [(Deed::Accept, Outcome::Accepted), (Deed::Reject, Outcome::Rejected), (Deed::Leave, Outcome::Open)]
    {
        let copy = reviewer::copy(&redline, "Anna", &[deed], false);
        let reviewed = desk.review_bytes(&copy).unwrap();
        prop_assert!(reviewed.changed_since.is_empty(), "{id} (whole: {full}): {:?}", reviewed.changed_since);
        for change in reviewed.review.parts.iter().flat_map(|part| &part.changes) {
            prop_assert!(change.outcome == outcome && change.is_change, "{id} (whole: {full}) {deed:?}: {change:?}");
        }
    }
    for deed in [Deed::Accept, Deed::Leave] {
        let copy = reviewer::copy(&redline, "Anna", &[deed], false);
        count.saw_one();
        let applied = applied(&desk, &[&copy], &Only::All)
            .map_err(|why| TestCaseError::fail(format!("{id} (whole: {full}) {deed:?}: {why}")))?;
        prop_assert!(applied.conflicts.is_empty());
        let after = with(files, &applied.revised);
        prop_assert!(after == *files, "{id} (whole: {full}) {deed:?}: {:#?}", applied.revised);
    }
    let (base, target) = desk.with_base(id).unwrap();
    if target.reads_as(base) {
        // Of what makes nothing nothing can be rejected.
        return Ok(());
    }
    let copy = reviewer::copy(&redline, "Anna", &[Deed::Reject], false);
    count.saw_one();
    let applied = applied(&desk, &[&copy], &Only::All).map_err(|why| TestCaseError::fail(format!("{id}: {why}")))?;
    let after = with(files, &applied.revised);
    let left: Vec<_> = of(&after, id).into_iter().filter(|(path, _)| !path.ends_with("version.yaml")).collect();
    let (base, target) = (super::desk(&after), id.to_owned());
    let (base, target) = base.with_base(&target).unwrap();
    prop_assert!(target.reads_as(base), "{id} (whole: {full}): {left:#?}");
    prop_assert!(left.is_empty(), "{id} (whole: {full}): {left:#?}");
    Ok(())
}

/// A copy of what is an older draft by then has nothing more to say.
pub(super) fn twice_is_once(files: &Files, id: &str, copy: &[u8]) -> Result<(), TestCaseError> {
    let desk = desk(files);
    let again = applied(&desk, &[copy], &Only::All).map_err(|why| TestCaseError::fail(format!("{id} again: {why}")))?;
    prop_assert!(again.conflicts.is_empty(), "{id} again: {:#?}", again.conflicts);
    prop_assert!(with(files, &again.revised) == *files, "{id} again: {:#?}", again.revised);
    Ok(())
}

#[test]
fn all_accepted_changes_nothing_and_all_rejected_empties_it() {
    let count = Count::default();
    let law = |all: Vec<(String, String)>| {
        let files = files(all);
        modifications(&files).iter().try_for_each(|id| accepted_and_rejected(&files, id, true, &count))
    };
    runner(6).run(&drafted(), law).unwrap_or_else(|wrong| panic!("{wrong}"));
    count.holds("settled");
}

#[test]
fn what_a_copy_says_is_what_the_modification_makes() {
    let count = Count::default();
    let law = |(all, deeds, everywhere): (Vec<(String, String)>, Vec<Deed>, bool)| {
        let files = files(all);
        modifications(&files).iter().try_for_each(|id| is_made(&files, id, &deeds, everywhere, &count))
    };
    runner(6).run(&(drafted(), reviewer::deeds(), any::<bool>()), law).unwrap_or_else(|wrong| panic!("{wrong}"));
    count.holds("decided");
}

fn is_made(files: &Files, id: &str, deeds: &[Deed], everywhere: bool, count: &Count) -> Result<(), TestCaseError> {
    let desk = desk(files);
    let bytes = reviewer::copy(&sent(&desk, id, true), "Anna", deeds, everywhere);
    count.saw_one();
    let applied = match applied(&desk, &[&bytes], &Only::All) {
        Ok(applied) => applied,
        Err(why) => return count.refused(id, &why, &bytes),
    };
    let after = with(files, &applied.revised);
    let again = sent(&super::desk(&after), id, true);
    let text = |file: &[u8]| -> Vec<Seen> { read(file).into_iter().map(in_no_gap).collect() };
    let wrong = wrong(text(&again), text(&bytes), &bytes, &applied);
    prop_assert!(wrong.is_none(), "{id}: {}\n{applied:#?}", wrong.unwrap_or_default());
    twice_is_once(&after, id, &bytes)
}
