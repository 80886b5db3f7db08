//! One version made whole: what its files state, laid over its base if it has one.

use super::basis::{TableBasis, other};
use super::{matrices, sections};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Appendix, Findings, Modification, Origin, Part, Release, Stated, Version};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A release by itself, as a whole version.
///
/// # Errors
/// All that keeps it from being one, such as two sections of one number.
pub fn alone(appendix: &Appendix, release: &Release) -> Result<Version, Vec<Diagnostic>> {
    let mut findings = Findings::default();
    let version = whole(appendix, &Stated::Release(release.clone()), None, &mut findings);
    if findings.is_empty() { Ok(version) } else { Err(findings.into_diagnostics()) }
}

/// A modification laid over a version.
///
/// # Errors
/// All that keeps it from being laid over it.
pub fn lay_over(appendix: &Appendix, modification: &Modification, base: &Version) -> Result<Version, Vec<Diagnostic>> {
    let mut findings = Findings::default();
    let version = whole(appendix, &Stated::Modification(modification.clone()), Some(base), &mut findings);
    if findings.is_empty() { Ok(version) } else { Err(findings.into_diagnostics()) }
}

pub(super) fn whole(appendix: &Appendix, stated: &Stated, base: Option<&Version>, findings: &mut Findings) -> Version {
    // The version has copies of what is stated: the statement goes on being what its files say.
    let (head, own_base, sections, tables) = match stated.clone() {
        Stated::Release(Release { head, sections, tables }) => (head, None, sections, tables),
        Stated::Modification(Modification { head, base, sections, tables, .. }) => (head, Some(base), sections, tables),
    };
    let columns = head.columns.or_else(|| base.map(|base| Arc::clone(&base.columns)));
    let columns = columns.unwrap_or_else(|| Arc::clone(&appendix.columns));
    let mut parts = match base {
        Some(base) => sections::lay_over(&base.parts, sections, &head.id, findings),
        None => sections::gather(sections, findings),
    };
    matrices::lay_over(&mut parts, tables, &TableBasis { appendix, columns: &columns, base }, findings);
    refuse_shared_numbers(&parts, &head.id, findings);
    let inherited = base.map(|base| base.classification.clone());
    Version {
        id: head.id,
        name: head.name,
        title: head.title,
        base: own_base,
        legal_text_version: head.legal_text_version,
        classification: head.classification.or(inherited).unwrap_or_default(),
        date: head.date,
        extract: head.extract.or_else(|| base.and_then(|base| base.extract.clone())),
        provenance: head.provenance,
        columns,
        parts,
        record: base.map(|base| base.record.clone()).unwrap_or_default(),
    }
}

/// Tells of each number, and each id, that two sections or two tables bear.
///
/// Told where the version's own drafter can mend it, if that is one of the two places.
fn refuse_shared_numbers(parts: &[Part], version: &str, findings: &mut Findings) {
    let own = |at: &Origin| at.version().is_some_and(|other| other.to_lowercase() == version.to_lowercase());
    let mut numbers: BTreeMap<(bool, &str), &Origin> = BTreeMap::new();
    let mut ids: BTreeMap<(bool, &str), &Origin> = BTreeMap::new();
    for part in parts {
        let (is_table, number, id) = match part {
            Part::Section(section) => (false, &section.number, &section.id),
            Part::Matrix(matrix) => (true, &matrix.number, &matrix.id),
        };
        let (code, what) =
            if is_table { (Code::DuplicateTable, "tables") } else { (Code::DuplicateSection, "sections") };
        let at = &number.origin;
        let sides = |first| if own(first) && !own(at) { (first, at) } else { (at, first) };
        if let Some(first) = numbers.insert((is_table, &number.value), at) {
            let (here, there) = sides(first);
            let message = format!("two {what} have the number {}", number.value);
            findings.error(code, here, message, other(there, "renumber or delete one of the two"));
        } else if let Some(first) = ids.insert((is_table, id), at) {
            let (here, there) = sides(first);
            let message = format!("two {what} have the id “{id}”");
            findings.error(Code::DuplicateId, here, message, other(there, "give one of them another “id”"));
        }
    }
}
