//! What the files of a journey say of themselves.

use crate::document::{Document, accept, markdown, reject};
use crate::model::Version;
use crate::ooxml::trace::{Fingerprint, Trace};
use crate::redline::{Instructed, Redline};
use sha2::{Digest, Sha256};

/// The tool, as the files that it writes name it.
pub const TOOL: &str = concat!("ctsd ", env!("CARGO_PKG_VERSION"));

/// What the clean document of a version is made from.
pub fn trace_of_one(version: &Version, document: &Document) -> Trace {
    Trace { tool: TOOL.to_owned(), base: None, target: Some(fingerprint(version, document)) }
}

/// What a redline is made from.
pub fn trace(base: &Version, target: &Version, redline: &Redline<Instructed>) -> Trace {
    let marked = &redline.document;
    let (was, now) = rayon::join(|| fingerprint(base, &reject(marked)), || fingerprint(target, &accept(marked)));
    Trace { tool: TOOL.to_owned(), base: Some(was), target: Some(now) }
}

/// A version and the digest of its clean document.
fn fingerprint(version: &Version, document: &Document) -> Fingerprint {
    let digest = Sha256::digest(markdown::write(document));
    let sha256 = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    Fingerprint { id: version.id.value.clone(), sha256 }
}
