//! What the files of a journey say of themselves.

use crate::digest::hexadecimal;
use crate::document::{Document, accept, markdown, reject};
use crate::model::Version;
use crate::ooxml::trace::{Fingerprint, Trace};
use crate::redline::{Instructed, Redline};
use sha2::{Digest, Sha256};

/// The tool, as the files that it writes name it.
pub const TOOL: &str = concat!("ctsd ", env!("CARGO_PKG_VERSION"));

/// What the clean document of a version is made from.
pub fn trace_of_one(version: &Version, document: &Document) -> Trace {
    Trace { tool: TOOL.to_owned(), target: Some(fingerprint(version, document)), ..Trace::default() }
}

/// What a redline is made from, and the document that shows it.
pub fn trace(base: &Version, target: &Version, redline: &Redline<Instructed>, document: &Document) -> Trace {
    let marked = &redline.document;
    let (was, now) = rayon::join(|| fingerprint(base, &reject(marked)), || fingerprint(target, &accept(marked)));
    let sent = Some(markdown::write(document));
    Trace { tool: TOOL.to_owned(), base: Some(was), target: Some(now), sent, ..Trace::default() }
}

/// A version and the digest of its clean document.
fn fingerprint(version: &Version, document: &Document) -> Fingerprint {
    let sha256 = hexadecimal(&Sha256::digest(markdown::write(document)));
    Fingerprint { id: version.id.value.clone(), sha256 }
}
