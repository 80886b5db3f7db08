//! A document with both of its texts, as a modification: what its revisions do to the version that it was drafted on.

mod carried_out;
mod pairing;

use super::told::Told;
use super::{Adopted, Proposed, Reading, Wanted, front};
use crate::compose::{Conflict, Rebased, alone, difference, lay_over, published, rebase_apart};
use crate::diagnostic::Diagnostic;
use crate::model::{
    Appendix, Head, Matrix, Modification, Part as VersionPart, Placed, Release, TableStatement, Version, counts,
};
use crate::reader::Carried;
use crate::reader::marked::{Place, Remark};
use carried_out::{carried_out, drafted_on};
pub(super) use pairing::{in_document_order, says_the_same, show_whole};
use pairing::{pair, take_identities};
pub use pairing::{typed_as, unprinted_as};
use std::sync::Arc;

/// A modification from a document.
#[derive(Clone, Debug)]
pub struct Amended {
    /// It.
    pub modification: Modification,
    /// The version that it was drafted on, where that wasn't there.
    pub baseline: Option<Release>,
    /// Where it collides with the base, since it was drafted on another text than that.
    pub conflicts: Vec<Conflict>,
    /// What of it the base has already.
    pub dropped: Vec<String>,
    /// Whether the document shows only the parts that it amends.
    pub is_change_document: bool,
}

/// Both texts of a document.
#[derive(Clone, Copy, Debug)]
pub struct Texts<'c> {
    /// The one before its revisions.
    pub original: &'c Carried,
    /// The one after them.
    pub proposed: &'c Carried,
    /// Whether anything is marked as changed.
    pub is_marked: bool,
}

/// What a modification shall be drafted against.
#[derive(Clone, Copy, Debug)]
pub enum Base<'b> {
    /// A version that there is.
    There(&'b Version),
    /// One that is made of the document's original text.
    Made(&'b Wanted),
}

/// The modification that a document makes of its base, and what is told of its proposed text.
///
/// # Errors
/// Everything that keeps it from being one.
pub fn modification(
    texts: Texts<'_>,
    appendix: &Appendix,
    wanted: &Wanted,
    base: Base<'_>,
) -> Result<(Adopted, Amended), Vec<Remark>> {
    let named = Wanted { id: wanted.id.clone(), name: Some(wanted.name.clone().unwrap_or_else(|| wanted.id.clone())) };
    let base_named = match base {
        Base::There(version) => Wanted { id: version.id.value.clone(), name: Some(version.name.clone()) },
        Base::Made(wanted) => wanted.clone(),
    };
    let mut told = Told::new(texts.proposed);
    let now = Reading::of(texts.proposed, appendix, &named, &mut told)?;
    // Where nothing says what is changed, it is held against the base.
    let was = (texts.is_marked || now.parts.instructed).then(|| {
        let original = texts.original;
        Reading::of(original, appendix, &base_named, &mut Told::new(original)).map(|reading| (reading, original))
    });
    let was = was.transpose()?;
    let mut proposed = was.as_ref().map(|(was, _)| was.proposed.clone()).unwrap_or_default();
    let more: Vec<Proposed> = now.proposed.iter().filter(|it| !proposed.contains(it)).cloned().collect();
    proposed.extend(more);
    let appendix = &Proposed::accepted(&proposed, appendix);

    let (mut drafting, wrong) = Drafting::of(appendix, was.as_ref(), (&now, texts.proposed), base)?;
    let is_change_document = now.parts.instructed;
    if let Some(was) = &was {
        drafting.check_base(was, &mut told);
    }
    for what in wrong {
        told.remark(Remark::loss(what));
    }
    // What it says of itself as an extract, where that isn't what the text before it says.
    let extract = match &was {
        Some((was, _)) => was.release.head.extract.as_ref(),
        None => drafting.base().extract.as_ref(),
    };
    let extract = now.release.head.extract.clone().filter(|own| !is_change_document && Some(own) != extract);
    let head = front::amending(
        texts.proposed,
        now.parts.begin,
        wanted,
        now.release.head.classification.clone(),
        drafting.base(),
    );
    let head = Head { extract, ..head };
    let (mut modification, conflicts, dropped) = drafting.modification(head, &mut told);
    drafting.published(&mut modification);
    drafting.prove(&modification, conflicts.is_empty(), &mut told);
    let baseline = was.filter(|_| matches!(base, Base::Made(_))).map(|(was, _)| was.release);
    let amended = Amended { modification, baseline, conflicts, dropped, is_change_document };
    Ok((told.adopted(now.release, proposed), amended))
}

/// What a modification is made of: the text that it was drafted on, the one that it makes, and the base.
pub(super) struct Drafting<'a> {
    appendix: &'a Appendix,
    was: Version,
    now: Version,
    /// The base, where it isn't what the document was drafted on.
    base: Option<&'a Version>,
    /// Whether the base reads as the document's original text wherever that says something.
    is_as_drafted: bool,
}

impl<'a> Drafting<'a> {
    fn of(
        appendix: &'a Appendix,
        was: Option<&(Reading, &Carried)>,
        now: (&Reading, &Carried),
        base: Base<'a>,
    ) -> Result<(Self, Vec<String>), Vec<Remark>> {
        let base = match base {
            Base::There(version) => Some(version),
            Base::Made(_) => None,
        };
        let mut proposed = whole(appendix, &now.0.release, "proposed")?;
        let mut original = match (was, base) {
            (Some((was, _)), _) => whole(appendix, &was.release, "original")?,
            (None, Some(base)) => base.clone(),
            (None, None) => Version::default(),
        };
        if let Some(base) = base {
            take_identities(&mut original, base);
        }
        let is_change_document = now.0.parts.instructed;
        let known = base.filter(|_| is_change_document).unwrap_or(&original);
        pair(&mut proposed, now, (&original, known), was);
        in_document_order(&mut proposed, now.0);
        typed_as(&mut proposed, &original);
        let mut wrong = Vec::new();
        if is_change_document {
            let shown = (original, proposed);
            (original, proposed, wrong) = both_whole(appendix, shown, base, now.0);
        }
        for part in &mut proposed.parts {
            // What is left out stays left out, whatever was counted.
            if let VersionPart::Matrix(matrix) = part
                && let Some(known) = original.matrix_numbered(&matrix.number)
            {
                Arc::make_mut(matrix).omitted = known.omitted.clone();
            }
        }
        Ok((Self { appendix, was: original, now: proposed, base, is_as_drafted: true }, wrong))
    }

    /// A version that was made of its base.
    pub fn over(appendix: &'a Appendix, base: &'a Version, now: Version) -> Self {
        Self { appendix, was: base.clone(), now, base: Some(base), is_as_drafted: true }
    }

    fn base(&self) -> &Version {
        self.base.unwrap_or(&self.was)
    }

    /// Tells where the document's original text isn't that of the base.
    fn check_base(&mut self, (was, text): &(Reading, &Carried), told: &mut Told<'_>) {
        let Some(base) = self.base else { return };
        let place = |number: &str| {
            let part = was.parts.found.iter().find(|part| part.number() == number);
            part.and_then(|part| text.places.get(part.at()).cloned()).unwrap_or_default()
        };
        for part in &self.was.parts {
            let name = name_of(part);
            let what = match numbered_as(base, part) {
                None => format!("{name} stands in the document's original text, and {} has none", *base.id),
                Some(there) if says_the_same(there, part, false) => continue,
                Some(_) => format!(
                    "{name} of the document's original text isn't that of {}: it was drafted on another text",
                    *base.id
                ),
            };
            self.is_as_drafted = false;
            told.remark(Remark { place: place(part.number()), lost: false, what });
        }
        let missing = base.parts.iter().filter(|part| numbered_as(&self.was, part).is_none());
        let missing: Vec<String> = missing.map(name_of).collect();
        if !missing.is_empty() {
            let what = format!(
                "the document hasn't all parts of {}: {} {} as they are there",
                *base.id,
                listed(&missing),
                if missing.len() == 1 { "stays" } else { "stay" }
            );
            told.remark(Remark::of_all(what));
        }
    }

    /// What the document says, as statements over the base; and where they collide with it.
    pub fn modification(&self, head: Head, told: &mut Told<'_>) -> (Modification, Vec<Conflict>, Vec<String>) {
        let is_whole = self.base.is_none_or(|base| base.parts.len() == self.was.parts.len());
        let base = self.base.filter(|_| self.is_as_drafted && is_whole).unwrap_or(&self.was);
        let (mut modification, wrong) = difference(self.appendix, head, base, &self.now);
        if !wrong.is_empty() {
            let what = format!(
                "no statement says that {} as the document has {}: compare what is built with it",
                match wrong.as_slice() {
                    [one] => format!("{one} comes to stand"),
                    several => format!("{} come to stand", listed(several)),
                },
                if wrong.len() == 1 { "it" } else { "them" },
            );
            told.remark(Remark::loss(what));
        }
        modification.base = Placed::from(self.base().id.value.clone());
        match self.base {
            Some(onto) if !self.is_as_drafted => {
                let Rebased { modification, conflicts, dropped } =
                    rebase_apart(self.appendix, &modification, &self.was, &self.now, onto);
                (modification, conflicts, dropped)
            }
            _ => (modification, Vec::new(), Vec::new()),
        }
    }

    /// Keeps the figures of the document that aren't what is computed: they were printed so.
    pub fn published(&self, modification: &mut Modification) {
        for now in self.now.matrices() {
            let was = self.was.matrix_numbered(&now.number);
            let printed = now.published.as_ref().filter(|it| was.and_then(|was| was.published.as_ref()) != Some(it));
            let Some(printed) = printed.filter(|printed| !is_computed(self.appendix, now, printed)) else { continue };
            let published = Some(published(printed));
            match modification.tables.iter_mut().find(|it| it.number == now.number) {
                Some(statement) => statement.published = published,
                None => modification.tables.push(TableStatement {
                    number: now.number.value.clone().into(),
                    published,
                    ..TableStatement::default()
                }),
            }
        }
    }

    /// Lays it over the base, and tells of each part that doesn't come to read as in the document.
    pub fn prove(&self, modification: &Modification, is_settled: bool, told: &mut Told<'_>) {
        // What isn't settled makes no version, and over another text than the document's nothing need read as in that.
        if !is_settled {
            return;
        }
        let wrong: Vec<String> = match lay_over(self.appendix, modification, self.base()) {
            Err(found) => found.iter().map(|it: &Diagnostic| it.message.clone()).collect(),
            Ok(_) if !self.is_as_drafted => Vec::new(),
            Ok(made) => {
                let differs =
                    |part: &&VersionPart| !numbered_as(&made, part).is_some_and(|it| says_the_same(it, part, false));
                let wrong = self.now.parts.iter().filter(differs);
                wrong.map(|part| format!("{} doesn't come to read as in the document", name_of(part))).collect()
            }
        };
        for what in wrong {
            told.remark(Remark::loss(what));
        }
    }
}

/// Both texts of a change document, of which it shows only parts, and what of it can't be carried out.
fn both_whole(
    appendix: &Appendix,
    (mut was, mut now): (Version, Version),
    base: Option<&Version>,
    reading: &Reading,
) -> (Version, Version, Vec<String>) {
    if let Some(base) = base {
        show_whole(&mut was, &mut now, base);
    }
    let original = base.map_or_else(|| was.clone(), |base| drafted_on(base, &was));
    let (proposed, wrong) = carried_out(appendix, &original, (&was, &now), reading);
    (original, proposed, wrong)
}

/// A text of the document as a version.
pub(super) fn whole(appendix: &Appendix, release: &Release, which: &str) -> Result<Version, Vec<Remark>> {
    alone(appendix, release).map_err(|found| {
        let remark = |it: Diagnostic| Remark {
            place: Place::default(),
            lost: true,
            what: format!("the {which} text of the document is no version: {}", it.message),
        };
        found.into_iter().map(remark).collect()
    })
}

/// The part of a version that is of the same kind, and has the same number.
fn numbered_as<'v>(version: &'v Version, part: &VersionPart) -> Option<&'v VersionPart> {
    version.parts.iter().find(|it| it.identity().0 == part.identity().0 && it.number() == part.number())
}

/// What a part of a version is called.
pub(super) fn name_of(part: &VersionPart) -> String {
    match part {
        VersionPart::Section(section) => format!("Section {}", section.number.value),
        VersionPart::Matrix(matrix) => format!("Table {}", matrix.number.value),
    }
}

fn listed(names: &[String]) -> String {
    const MOST: usize = 6;
    match names {
        [all @ .., last] if !all.is_empty() && names.len() <= MOST => format!("{} and {last}", all.join(", ")),
        _ if names.len() > MOST => format!("{} and {} more", names[..MOST - 1].join(", "), names.len() + 1 - MOST),
        _ => names.join(", "),
    }
}

/// Whether printed figures are those that are computed.
fn is_computed(appendix: &Appendix, matrix: &Matrix, printed: &crate::model::Published) -> bool {
    // Nobody knows what can't be counted.
    let Some(computed) = counts(appendix, matrix) else { return true };
    let total = printed.total_tests.as_ref().is_none_or(|total| u64::from(total.value) == computed.total_tests);
    total
        && printed.counts.iter().all(|printed| {
            let row = computed.rows.iter().find(|row| row.applicability == printed.applicability);
            row.is_some_and(|row| {
                row.cv.iter().copied().eq(printed.cv.iter().map(|it| u64::from(it.value)))
                    && printed.total.as_ref().is_none_or(|total| Some(u64::from(total.value)) == row.total)
            })
        })
}
