//! The journey of a redline that comes back: what reviewers did in a copy of it.

use super::{Desk, reading};
use crate::adopt::review::{self, Review};
use crate::diagnostic::Failure;
use crate::document::{Document, markdown, parts};
use crate::model::Version;
use crate::ooxml::trace::{Fingerprint, Trace};
use crate::reader::docx;
use crate::reader::marked::{Marked, Remark};
use std::path::Path;

/// A copy of a redline, and what was done in it.
#[derive(Clone, Debug)]
pub struct Reviewed {
    /// The version that the redline was drawn against, as the copy names it.
    pub base: String,
    /// The version that it proposes.
    pub target: String,
    /// What the version says otherwise today than when the redline was sent, by what the parts are called.
    pub changed_since: Vec<String>,
    /// The redline as it was sent.
    pub sent: Document,
    /// The names under which its changes stand.
    pub drafters: Vec<String>,
    /// The copy.
    pub copy: Marked,
    /// What became of each change.
    pub review: Review,
    /// What is to be known of how that was found.
    pub remarks: Vec<Remark>,
}

impl Desk {
    /// What reviewers did in a copy of a redline.
    ///
    /// # Errors
    /// If the file can't be read, or is no copy of a redline of this project.
    pub fn review_file(&self, file: &Path) -> Result<Reviewed, Failure> {
        let named = |failure: Failure| match failure {
            Failure::Refused(why) => Failure::Refused(format!("{}: {why}", file.display())),
            content @ Failure::Content(_) => content,
        };
        self.review(reading::marked(file)?).map_err(named)
    }

    /// As [`Desk::review_file`], of the bytes of a file.
    ///
    /// # Errors
    /// As [`Desk::review_file`].
    pub fn review_bytes(&self, bytes: &[u8]) -> Result<Reviewed, Failure> {
        self.review(docx::read(bytes)?)
    }

    fn review(&self, mut copy: Marked) -> Result<Reviewed, Failure> {
        let remarks = self.restore_trace(&mut copy)?;
        let Came { base, target, sent, drafters } = self.came_from(&copy)?;
        let changed_since = review::changed_since(&sent, target, &self.project.appendix)
            .map_err(|_| Failure::refused("what it says of the redline that it is a copy of is damaged"))?;
        let (base, target) = (base.id.value.clone(), target.id.value.clone());
        let review = review::review(&sent, &copy, &drafters, &self.project.appendix);
        Ok(Reviewed { base, target, changed_since, sent, drafters, copy, review, remarks })
    }

    /// What a copy is a copy of.
    fn came_from(&self, copy: &Marked) -> Result<Came<'_>, Failure> {
        let Some(Trace { base, target: Some(target), authors, sent, .. }) = &copy.trace else {
            return Err(Failure::refused(
                "it isn't known what it is a copy of: it wasn't made by “ctsd redline”, or what says so was lost on \
                 the way. To make a modification of what it says, use “ctsd import”",
            ));
        };
        let (Some(base), Some(sent)) = (base, sent) else {
            return Err(Failure::refused(format!(
                "it is a clean document of {}, in which nothing was proposed, and not a redline: to make a modification \
                 of what differs in it, use “ctsd import … --as ID --base {}”",
                target.id, target.id
            )));
        };
        let (base, target) = self.known(base, target)?;
        let sent = markdown::read(sent)
            .map_err(|_| Failure::refused("what it says of the redline that it is a copy of is damaged"))?;
        if parts(&sent).is_empty() {
            return Err(Failure::refused(format!(
                "it is a copy of a redline of {} against {} that shows no part of them: there is nothing to review in it",
                *target.id, *base.id
            )));
        }
        if review::is_empty(copy) {
            return Err(Failure::refused("it has lost its text: ask for the copy again"));
        }
        Ok(Came { base, target, sent, drafters: authors.clone() })
    }

    /// Both versions that a redline was made from.
    pub(super) fn known(&self, base: &Fingerprint, target: &Fingerprint) -> Result<(&Version, &Version), Failure> {
        let known = |id: &str| {
            self.version(id).map_err(|failure| match failure {
                Failure::Refused(_) => Failure::refused(format!(
                    "it was made from {} and {}, and this project has no {id}: is it another project's?",
                    base.id, target.id
                )),
                content @ Failure::Content(_) => content,
            })
        };
        Ok((known(&base.id)?, known(&target.id)?))
    }
}

/// What a copy is a copy of.
struct Came<'d> {
    base: &'d Version,
    target: &'d Version,
    /// The redline as it was sent.
    sent: Document,
    /// The names under which its changes stand.
    drafters: Vec<String>,
}
