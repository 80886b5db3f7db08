//! What is wrong with templates, or with the Markdown of bodies, shows when they are rendered.

use super::subject::Subject;
use crate::change::{Change, Shown};
use crate::compose;
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::redline;

/// Renders all that the version's two journeys would: its clean document, and those of what it changes.
pub(super) fn render(subject: &Subject<'_>) -> Result<Vec<Document>, Vec<Diagnostic>> {
    let (appendix, templates) = (subject.appendix(), subject.templates);
    let document = templates.version(appendix, subject.version, subject.base)?;
    let Some(base) = subject.base else { return Ok(vec![document]) };
    let below = subject.project.version_below(base);
    let Ok(old) = templates.version(appendix, base, below) else { return Ok(vec![document]) };
    let descent = compose::descent(subject.project, base, subject.version);
    let redline = redline::compare_knowing(&descent, &old, &document, &base.id, &subject.version.id);
    let change = Change::new(templates, subject.project, (base, subject.version), redline)?;
    let documents = vec![document, change.document(&Shown::default())?, change.full_document(Shown::default())?];
    templates.omitted_rows(2)?;
    Ok(documents)
}
