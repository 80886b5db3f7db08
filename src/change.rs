//! The change document: what stands over each amendment, and the list of amendments as data.

mod context;

use crate::diagnostic::Diagnostic;
use crate::redline::{Instructed, Redline};
use crate::template::Templates;
use context::AmendmentContext;

/// The redline with the instruction of each amendment, as the templates word it.
///
/// # Errors
/// All that is wrong with the template of the instructions.
pub fn instruct(redline: Redline, templates: &Templates) -> Result<Redline<Instructed>, Vec<Diagnostic>> {
    let Redline { document, changes } = redline;
    let changes = changes.try_map(|amendment| -> Result<_, Vec<Diagnostic>> {
        let instruction = templates.instruction(&AmendmentContext::new(&amendment, None))?;
        Ok(Instructed { amendment, instruction })
    })?;
    Ok(Redline { document, changes })
}

/// The amendments as the template of the change document sees them.
pub(crate) fn contexts(amendments: &[Instructed]) -> Vec<AmendmentContext<'_>> {
    amendments.iter().map(|of| AmendmentContext::new(&of.amendment, Some(&of.instruction))).collect()
}
