//! What is wrong with templates, or with the Markdown of bodies, shows when they are rendered.

use super::subject::Subject;
use crate::change::{Change, Shown};
use crate::compose;
use crate::diagnostic::Diagnostic;
use crate::redline;

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    if let Err(wrong) = render(subject) {
        findings.extend(wrong);
    }
}

/// Renders all that the version's two journeys would.
fn render(subject: &Subject<'_>) -> Result<(), Vec<Diagnostic>> {
    let (appendix, templates) = (subject.appendix(), subject.templates);
    let document = templates.version(appendix, subject.version, subject.base)?;
    let Some(base) = subject.base else { return Ok(()) };
    let Ok(old) = templates.version(appendix, base, subject.project.version_below(base)) else { return Ok(()) };
    let descent = compose::descent(subject.project, base, subject.version);
    let redline = redline::compare_knowing(&descent, &old, &document, &base.id, &subject.version.id);
    let change = Change::new(templates, subject.project, (base, subject.version), redline)?;
    change.document(&Shown::default())?;
    change.full_document(None)?;
    templates.omitted_rows(2)?;
    Ok(())
}
