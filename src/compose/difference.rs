//! What a modification states so that, laid over a base, it makes another version: the way back from laying over.
//!
//! Sections are the same by their ids, rows by their keys. Of what a section or a row says only what differs is stated;
//! where new numbers can follow from deletions and insertions they do, else each is stated.

mod places;
mod rows;
mod sections;
mod tables;

use super::whole::lay_over;
use crate::model::{Appendix, Head, Matrix, Modification, Part, Placed, SectionStatement, Version};
use std::sync::Arc;

/// The modification of `base` that makes `target` of it, and the numbers of the parts that don't come out as they read
/// in `target`, since no statement can say it.
pub fn difference(appendix: &Appendix, head: Head, base: &Version, target: &Version) -> (Modification, Vec<String>) {
    between(appendix, head, base, target, true)
}

/// As [`difference`], in statements that nobody writes into a file: they can empty a text too.
pub fn unwritten(appendix: &Appendix, head: Head, base: &Version, target: &Version) -> (Modification, Vec<String>) {
    between(appendix, head, base, target, false)
}

fn between(
    appendix: &Appendix,
    head: Head,
    base: &Version,
    target: &Version,
    is_written: bool,
) -> (Modification, Vec<String>) {
    let columns = (base.columns != target.columns).then(|| Arc::clone(&target.columns));
    let head = Head { columns, ..head };
    let trial = Trial { appendix, head: &head, base, target, is_written };
    let sections = sections::difference(&trial);
    let tables = tables::difference(&trial);
    let modification =
        Modification { base: Placed::from(base.id.value.clone()), includes: Vec::new(), sections, tables, head };
    let wrong = match lay_over(appendix, &modification, base) {
        Ok(made) => unlike(&made, target),
        Err(_) => target.parts.iter().map(|part| part.number().to_owned()).collect(),
    };
    (modification, wrong)
}

/// What is tried while it is looked for.
struct Trial<'v> {
    appendix: &'v Appendix,
    head: &'v Head,
    base: &'v Version,
    target: &'v Version,
    /// Whether the statements are for a file, which says of no text that it is empty.
    is_written: bool,
}

impl Trial<'_> {
    /// The base with statements of sections laid over it; nothing, if they can't be.
    fn laid(&self, sections: Vec<SectionStatement>) -> Option<Version> {
        let (head, base) = (self.head.clone(), Placed::from(self.base.id.value.clone()));
        let modification = Modification { head, base, includes: Vec::new(), sections, tables: Vec::new() };
        lay_over(self.appendix, &modification, self.base).ok()
    }
}

/// The numbers of the parts that don't stand in both alike, at the same place.
fn unlike(made: &Version, target: &Version) -> Vec<String> {
    let mut wrong = Vec::new();
    for at in 0..made.parts.len().max(target.parts.len()) {
        match (made.parts.get(at), target.parts.get(at)) {
            (Some(made), Some(target)) if reads_as(made, target) => {}
            (made, target) => wrong.extend(target.or(made).map(|part| part.number().to_owned())),
        }
    }
    wrong
}

/// Whether two parts are printed alike: a title that says what the User Role says is as good as none.
fn reads_as(made: &Part, target: &Part) -> bool {
    match (made, target) {
        (Part::Matrix(made), Part::Matrix(target)) if made.title.is_some() && target.title.is_none() => {
            let titled = Matrix { title: Some(tables::printed(target)), ..Matrix::clone(target) };
            Part::Matrix(made.clone()).reads_as(&Part::Matrix(titled.into()))
        }
        _ => made.reads_as(target),
    }
}
