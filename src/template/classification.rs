//! A document bears its classification, and no other, whatever its template says.

use crate::document::Document;
use crate::model::{Appendix, Classification};

/// Gives a document its classification, and the statement of it at the foot of each page.
pub fn classify(document: &mut Document, appendix: &Appendix, classification: &Classification) {
    let meta = &mut document.meta.now;
    meta.classification.clone_from(&classification.name.value);
    let own = |line: &str| line.contains(&classification.statement);
    let others = |line: &str| {
        appendix
            .classifications
            .iter()
            .any(|other| other.name != classification.name && line.contains(&other.statement))
    };
    meta.footer.retain(|line| own(line) || !others(line));
    if !meta.footer.iter().any(|line| own(line)) {
        meta.footer.push(classification.statement.clone());
    }
}
