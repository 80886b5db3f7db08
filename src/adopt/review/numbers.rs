//! Numbers of a copy that can't stand together.
//!
//! Of new numbers that follow from each other, as where a section is inserted and those behind it move on, somebody can
//! reject one and accept another. No version has two sections of one number: that of which the number was rejected has
//! then the one that it was sent with.

use super::identities::id;
use crate::document::{Block, Document, Mark, Paragraph, Run};
use crate::model::{Number, Release};
use crate::reader::Carried;
use crate::reader::marked::Remark;
use std::collections::BTreeMap;

/// Gives headings of a copy that have both of the numbers that a redline shows, or neither, the one that they were sent with;
/// says which.
pub(super) fn one_number(copy: &mut Carried, sent: &Document) -> Vec<Remark> {
    let amended = sent.blocks.iter().filter_map(|block| match block {
        Block::Paragraph(it) if it.mark == Mark::Kept => Some((it.kind.now.section_id()?, Shown::of(it)?)),
        _ => None,
    });
    let amended: BTreeMap<&str, Shown> = amended.collect();
    let mut remarks = Vec::new();
    for block in &mut copy.document.blocks {
        let Block::Paragraph(paragraph) = block else { continue };
        let Some(shown) = paragraph.kind.now.section_id().and_then(|id| amended.get(id)) else { continue };
        let number = leading(&paragraph.runs, |_| true);
        let has = match number {
            _ if number == shown.both => "both the old number and the new one",
            _ if number == shown.neither => "neither the old number nor the new one",
            _ => continue,
        };
        take_off(&mut paragraph.runs, number.len());
        paragraph.runs.insert(0, Run { text: shown.after.clone(), ..Run::default() });
        let what = format!("the heading of Section {} has {has} in the copy: it is left as it was sent", shown.after);
        remarks.push(Remark::of_all(what));
    }
    remarks
}

/// What a heading begins with that has another number after a redline.
struct Shown {
    after: String,
    both: String,
    neither: String,
}

impl Shown {
    fn of(heading: &Paragraph) -> Option<Self> {
        let shows = |is_shown: fn(Mark) -> bool| leading(&heading.runs, is_shown);
        let (before, after) = (shows(|it| it != Mark::Inserted), shows(|it| it != Mark::Deleted));
        let (both, neither) = (shows(|_| true), shows(|it| it == Mark::Kept));
        let is_clear = [&both, &neither].iter().all(|it| **it != before && **it != after);
        (before != after && is_clear).then_some(Self { after, both, neither })
    }
}

/// What stands before the first blank.
fn leading(runs: &[Run], is_shown: impl Fn(Mark) -> bool) -> String {
    let text: String = runs.iter().filter(|run| is_shown(run.mark)).map(|run| run.text.as_str()).collect();
    text.split(char::is_whitespace).next().unwrap_or_default().to_owned()
}

/// Takes off as many bytes as a word has that the text begins with.
fn take_off(runs: &mut [Run], mut length: usize) {
    for run in runs {
        let here = length.min(run.text.len());
        run.text.drain(..here);
        length -= here;
    }
}

/// Gives sections of a copy that share their number with another the numbers that they were sent with, and with them those
/// that stand in them; says which. `after` is what was sent once it is accepted.
pub(super) fn part_numbers(copy: &mut Release, after: &Release) -> Vec<Remark> {
    let sent: BTreeMap<String, String> =
        after.sections.iter().map(|section| (id(section), section.number.value.clone())).collect();
    let is_other = |own: &str, number: &str| sent.get(own).is_some_and(|sent| sent != number);
    let mut remarks = Vec::new();
    while let Some(at) = (0..copy.sections.len()).find(|at| {
        let number = &copy.sections[*at].number.value;
        let is_shared = copy.sections.iter().filter(|other| other.number.value == *number).count() > 1;
        is_shared && is_other(&id(&copy.sections[*at]), number)
    }) {
        let number = copy.sections[at].number.value.clone();
        let own = &sent[&id(&copy.sections[at])];
        let what = format!(
            "two sections have the number {number} in the copy: the one that was sent as {own} can't have it, and stays {own}"
        );
        remarks.push(Remark::of_all(what));
        let lead = Number::parse(own);
        for section in &mut copy.sections {
            let name = id(section);
            let Some(number) = sent.get(&name).filter(|_| is_other(&name, &section.number.value)) else {
                continue;
            };
            let is_within = |lead: &Number| Number::parse(number).is_some_and(|number| number.is_within(lead));
            if number == own || lead.as_ref().is_some_and(is_within) {
                section.id = (name != *number).then(|| name.clone().into());
                section.number.value.clone_from(number);
            }
        }
    }
    remarks
}
