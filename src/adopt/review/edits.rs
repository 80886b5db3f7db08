//! What a copy makes of the version that was sent, as a modification of that.

use super::captions::halved_tables;
use super::halves::{Moved, part_sections};
use super::identities::Renamed;
use super::numbers::{one_number, part_numbers};
use super::restored::restore;
use super::run_on::run_on;
use crate::adopt::amendment::{in_document_order, name_of, says_the_same, show_whole, typed_as, unprinted_as};
use crate::adopt::{Proposed, Reading, Wanted, told::Told};
use crate::align;
use crate::compose::{alone, unwritten};
use crate::document::{Document, accept, markdown, reject};
use crate::model::{Appendix, Head, Matrix, Modification, Part, Row, Version};
use crate::reader::Carried;
use crate::reader::marked::Remark;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What reviewers make of the version that was sent.
#[derive(Clone, Debug)]
pub struct Edits {
    /// As it was sent, so far as the redline shows it.
    pub was: Version,
    /// As it reads in the copy.
    pub now: Version,
    /// Whether they are all of a version, and not only parts.
    pub is_whole: bool,
    /// What is to be known of how that was found.
    pub remarks: Vec<Remark>,
}

impl Edits {
    /// What `now` makes of `was`, two texts of a copy of the redline that was sent, the latter as it was sent if none is
    /// given; `target` is the version that it proposes, as it is today.
    ///
    /// # Errors
    /// Everything that keeps one of the two from being read as a version.
    pub fn between(
        sent: &Document,
        (was, now): (Option<&Carried>, &Carried),
        target: &Version,
        appendix: &Appendix,
    ) -> Result<Self, Vec<Remark>> {
        let wanted = Wanted { id: target.id.value.clone(), name: Some(target.name.clone()) };
        let mut remarks = Vec::new();
        let proposed = Carried::own(accept(sent));
        let later = read(&proposed, &wanted, appendix)?;
        let known = whole(appendix, &later)?;
        let (renamed, moved) = (Renamed::of(sent), Moved::of(sent));
        let earlier = match renamed.is_empty() && moved.is_empty() {
            true => None,
            false => Some(read(&Carried::own(reject(sent)), &wanted, appendix)?),
        };
        let mut version = |text: &Carried| {
            let mut text = text.clone();
            remarks.extend(restore(&mut text, &proposed, &known, &appendix.references.table));
            remarks.extend(one_number(&mut text, sent));
            let words = &appendix.references.table;
            let mut wrong = halved_tables(&text.document, sent, words);
            wrong.extend(run_on(&text.document, &known, words));
            if !wrong.is_empty() {
                return Err(wrong);
            }
            let mut reading = read(&text, &wanted, appendix)?;
            // How many rows are left out is told by what was sent: figures don't say it of rows that somebody changed.
            reading.release.tables.iter_mut().for_each(|table| table.omitted = None);
            if let Some(earlier) = &earlier {
                renamed.settle(&mut reading.release, &earlier.release, &later.release);
                remarks.extend(part_sections(&mut reading.release, &later.release, &wanted.id));
                remarks.extend(moved.settle(&mut reading, &earlier.release)?);
            }
            remarks.extend(part_numbers(&mut reading.release, &later.release));
            whole(appendix, &reading)
        };
        let mut before = was.map_or_else(|| Ok(known.clone()), &mut version)?;
        let mut after = version(now)?;
        let shows_parts = later.parts.instructed;
        as_sent(&mut before, &known);
        as_sent(&mut after, &known);
        for version in [&mut before, &mut after] {
            version.columns = target.columns.clone();
            typed_as(version, target);
            unprinted_as(version, target);
        }
        show_whole(&mut before, &mut after, target);
        retype(&mut after, &before);
        Ok(Self { was: before, now: after, is_whole: !shows_parts, remarks })
    }
}

impl Edits {
    /// What makes the one text of the other, and the numbers of the parts that no statement makes so.
    pub fn by(&self, appendix: &Appendix) -> (Modification, Vec<String>) {
        let Self { was, now, .. } = self;
        let head = Head { id: now.id.value.clone().into(), name: now.name.clone(), ..Head::default() };
        if self.is_whole {
            return unwritten(appendix, head, was, now);
        }
        // Of what stands between the parts that are shown nothing is known.
        let only = |version: &Version, tables: bool| {
            let parts = version.parts.iter().filter(|part| part.identity().0 == tables).cloned().collect();
            Version { parts, ..version.clone() }
        };
        let of = |tables| unwritten(appendix, head.clone(), &only(was, tables), &only(now, tables));
        let ((sections, mut wrong), (tables, more)) = (of(false), of(true));
        wrong.extend(more);
        (Modification { tables: tables.tables, ..sections }, wrong)
    }

    /// As the copy has it, where what was sent is all of a version.
    pub fn instead_of(&self, target: &Version) -> Version {
        let mut parts = self.now.parts.clone();
        for part in &mut parts {
            if let Part::Matrix(matrix) = part
                && let Some(known) = target.matrix(&matrix.id)
            {
                let matrix = Arc::make_mut(matrix);
                matrix.published.clone_from(&known.published);
                matrix.omitted.clone_from(&known.omitted);
            }
        }
        Version { parts, ..target.clone() }
    }
}

/// The parts of a redline that its target says otherwise today than it was sent, by what they are called.
///
/// # Errors
/// What keeps it from being read as a version.
pub fn changed_since(sent: &Document, target: &Version, appendix: &Appendix) -> Result<Vec<String>, Vec<Remark>> {
    let wanted = Wanted { id: target.id.value.clone(), name: Some(target.name.clone()) };
    let text = Carried::own(accept(sent));
    let reading = read(&text, &wanted, appendix)?;
    let mut version = whole(appendix, &reading)?;
    as_sent(&mut version, target);
    typed_as(&mut version, target);
    unprinted_as(&mut version, target);
    if reading.parts.instructed {
        let mut same = version.clone();
        show_whole(&mut version, &mut same, target);
    }
    let is_other = |part: &&Part| {
        let same = target.parts.iter().find(|it| it.identity() == part.identity());
        !same.is_some_and(|same| says_the_same(same, part, reading.parts.instructed))
    };
    Ok(version.parts.iter().filter(is_other).map(name_of).collect())
}

/// That nothing makes of a part what a copy has.
pub fn not_stated(number: &str) -> Remark {
    Remark::loss(format!("no statement says that {number} comes to stand as the copy has it"))
}

/// A text as what a version states.
fn read(text: &Carried, wanted: &Wanted, appendix: &Appendix) -> Result<Reading, Vec<Remark>> {
    let reading = Reading::of(text, appendix, wanted, &mut Told::new(text))?;
    if reading.proposed.is_empty() {
        return Ok(reading);
    }
    let words: Vec<String> = reading.proposed.iter().map(Proposed::to_string).collect();
    Err(vec![Remark::loss(format!(
        "its tables have words that the vocabulary in content/appendix.yaml hasn't: {}. Correct them in the copy, or add \
         them there",
        words.join(", ")
    ))])
}

fn whole(appendix: &Appendix, reading: &Reading) -> Result<Version, Vec<Remark>> {
    let mut version = alone(appendix, &reading.release).map_err(|found| {
        let why = found.into_iter().map(|it| format!("as the copy stands {}: settle that in it", it.message));
        why.map(Remark::loss).collect::<Vec<_>>()
    })?;
    in_document_order(&mut version, reading);
    Ok(version)
}

/// What isn't a reviewer's to change stays as it was: what is counted, and what is left out of it.
fn as_sent(after: &mut Version, before: &Version) {
    for part in &mut after.parts {
        if let Part::Matrix(matrix) = part
            && let Some(known) = before.matrix(&matrix.id)
        {
            let matrix = Arc::make_mut(matrix);
            matrix.omitted = known.omitted.clone();
            matrix.published = known.published.clone();
            take_keys(matrix, known);
        }
    }
}

/// Rows that have lost their bookmarks are those of the same variant that would be gone.
fn take_keys(matrix: &mut Matrix, known: &Matrix) {
    let there: BTreeSet<String> = matrix.rows.iter().map(|row| row.key.value.clone()).collect();
    let is_known = |key: &str| known.rows.iter().any(|row| row.key.value == key);
    let mut gone: Vec<&Row> = known.rows().filter(|row| !there.contains(&row.key.value)).collect();
    for row in matrix.rows.iter_mut().filter(|row| !is_known(&row.key)) {
        if let Some(at) = gone.iter().position(|it| it.variant == row.variant) {
            Arc::make_mut(row).key.value.clone_from(&gone.remove(at).key.value);
        }
    }
}

/// What changed in a text leaves the rest of it as the drafter typed it.
fn retype(after: &mut Version, before: &Version) {
    for part in &mut after.parts {
        if let Part::Section(section) = part
            && let Some(known) = before.section(&section.id)
            && let Some(typed) = retyped(&section.body.text, &known.body.text)
        {
            Arc::make_mut(section).body.text = typed;
        }
    }
}

/// A text as somebody would have changed it who had the one that he typed before him.
fn retyped(text: &str, typed: &str) -> Option<String> {
    let plain = markdown::write_blocks(&markdown::read_body(typed).ok()?);
    if text == typed || plain.trim_end() == typed.trim_end() {
        return None;
    }
    let merged = align::merge(plain.trim_end(), text, typed.trim_end()).ok()?;
    (markdown::read_body(&merged).ok()? == markdown::read_body(text).ok()?).then_some(merged)
}
