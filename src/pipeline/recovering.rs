//! What a copy of a redline has lost of where it comes from, found again.
//!
//! Some programs drop the part that says what was sent, and keep the properties of the file. Those name both versions
//! and their digests: where these are as they were, the redline can be drawn again.

use super::{Desk, Format, Options};
use crate::adopt::review;
use crate::diagnostic::Failure;
use crate::ooxml::trace::Trace;
use crate::publish::File;
use crate::reader::docx;
use crate::reader::marked::{Marked, Remark};

/// How many rows around each change a change document is tried with, where it leaves rows out.
const CONTEXT: std::ops::RangeInclusive<usize> = 0..=10;

impl Desk {
    /// Gives a copy that names its versions, and has lost what was sent, that of the redline of these; says so.
    ///
    /// # Errors
    /// If one of the versions isn't what it was.
    pub(super) fn restore_trace(&self, copy: &mut Marked) -> Result<Vec<Remark>, Failure> {
        let Some(Trace { base: Some(base), target: Some(target), sent: None, .. }) = &copy.trace else {
            return Ok(Vec::new());
        };
        let name = format!("{} against {}", target.id, base.id);
        let drawn = self.drawn_anew(copy)?;
        let other = |trace: &Trace| {
            let wanted = [(&trace.base, base), (&trace.target, target)];
            wanted.into_iter().find(|(now, was)| now.as_ref() != Some(*was)).map(|(_, was)| was.id.clone())
        };
        if let Some(changed) = drawn.trace.as_ref().and_then(other) {
            return Err(Failure::refused(format!(
                "it is a copy of a redline of {name}, and has lost what was sent on the way; that can't be drawn again, since \
                 {changed} isn't as it was then. Put its files back as they were then, apply the copy, and rebase"
            )));
        }
        copy.trace = drawn.trace;
        copy.landmarks = drawn.landmarks;
        let what = format!(
            "it has lost what was sent on the way, and is compared with the redline of {name} as it is drawn now: both are as \
             they were, by their digests"
        );
        Ok(vec![Remark::of_all(what)])
    }

    /// The redline of the versions that a copy names which is most like it: the whole, or a change document.
    fn drawn_anew(&self, copy: &Marked) -> Result<Marked, Failure> {
        let Some(Trace { base: Some(base), target: Some(target), .. }) = &copy.trace else {
            return Ok(Marked::default());
        };
        let (base, target) = self.known(base, target)?;
        let author = Some(copy.about.author.clone()).filter(|author| !author.is_empty());
        let options = Options { formats: vec![Format::Docx], author, ..Options::default() };
        let read = |files: Vec<File>| -> Result<((usize, usize), Marked), Failure> {
            let bytes = files.into_iter().next().map(|file| file.bytes).unwrap_or_default();
            let drawn = docx::read(&bytes)?;
            Ok((review::apart(copy, &drawn), drawn))
        };
        let whole = read(self.full_redline(base, target, &options)?)?;
        let mut best = read(self.redline(base, target, &options)?)?;
        if whole.0 <= best.0 {
            return Ok(whole.1);
        }
        for context in CONTEXT {
            let options = Options { context: Some(context), ..options.clone() };
            let other = read(self.redline(base, target, &options)?)?;
            if other.0 < best.0 {
                best = other;
            }
        }
        Ok(best.1)
    }
}
