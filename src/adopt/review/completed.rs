//! What a copy of a change document makes of the whole version, of which it shows only parts.
//!
//! What is rejected whole is withdrawn: its statement goes from the modification, and with it all that followed from it,
//! such as numbers that closed up behind what went. What else the copy says is done to what is left.

use super::edits::{Edits, not_stated};
use super::ground::stay;
use crate::compose::{Conflict, Rebased, lay_over, rebase_apart, shown};
use crate::diagnostic::Diagnostic;
use crate::model::{Appendix, Modification, Version};
use crate::reader::marked::Remark;

/// Edits of a whole version, as far as they don't collide with what it says today.
#[derive(Debug)]
pub struct Completed {
    /// Them.
    pub edits: Edits,
    /// Where they collide.
    pub conflicts: Vec<Conflict>,
    /// What of them it says already.
    pub dropped: Vec<String>,
}

impl Edits {
    /// What they make of all of the version that the redline proposes, as it is today: that which `own` makes of `base`.
    ///
    /// # Errors
    /// If that makes no version, which hangs on what the copy doesn't show.
    pub fn completed(
        self,
        appendix: &Appendix,
        own: &Modification,
        (base, target): (&Version, &Version),
    ) -> Result<Completed, Vec<Remark>> {
        let left = self.withdrawn(own, base).and_then(|left| lay_over(appendix, &left, base).ok());
        let shown = match &left {
            Some(left) => self.over(left, target),
            None => self,
        };
        let ground = left.as_ref().unwrap_or(target);
        let shown = shown.without_done(ground);
        let (by, wrong) = shown.by(appendix);
        let rebased = rebase_apart(appendix, &by, &shown.was, &shown.now, ground);
        let Rebased { mut modification, conflicts, dropped } = rebased;
        if shown.moves_nothing() {
            stay(&mut modification, ground);
        }
        let mut remarks = shown.remarks;
        remarks.extend(wrong.iter().map(|number| not_stated(number)));
        let now = match conflicts.is_empty() {
            true => lay_over(appendix, &modification, ground)
                .map_err(|found| found.iter().map(not_shown).collect::<Vec<_>>())?,
            false => target.clone(),
        };
        let edits = Self { was: target.clone(), now, is_whole: true, remarks };
        Ok(Completed { edits, conflicts, dropped })
    }
}

/// That what a copy has collides with what stands beside the parts that it shows.
pub fn collides_unshown(it: &Conflict) -> Remark {
    let (ours, theirs) = (shown(&it.ours.text), shown(&it.theirs.text));
    Remark::loss(format!(
        "{} of the copy collides with what it doesn't show: “{ours}” and “{theirs}”. Settle that in it",
        it.about
    ))
}

/// That a copy can't be of a version, for what stands beside the parts that it shows.
fn not_shown(why: &Diagnostic) -> Remark {
    Remark::loss(format!("with what the copy doesn't show {}: settle that in it", why.message))
}
