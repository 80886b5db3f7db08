//! How a file says what it was made from, so that a copy which comes back can be traced, whatever it is called by then.
//!
//! The versions stand in custom properties, which every program keeps and shows, and again in a custom XML part, which
//! also says what each bookmark stands for.

use crate::document::{Mark, Revised};

/// The namespace of the custom XML part.
pub const NAMESPACE: &str = "urn:ctsd:trace:1";
/// The id by which Office knows the part in its store of data.
pub const STORE_ITEM: &str = "{6A0E8B1C-3D52-4F7B-9C1E-52A1D0C7E9F4}";

/// How the custom XML part says that a column stands in one of the texts only.
pub const COLUMN_MARKS: [(Mark, &str); 2] = [(Mark::Inserted, "inserted"), (Mark::Deleted, "deleted")];

/// The custom property that holds the classification.
pub const CLASSIFICATION: &str = "Classification";
/// The custom property that holds the tool and its version.
pub const TOOL: &str = "ctsd.tool";
/// The custom properties that hold the id and the digest of the version that a redline starts from.
pub const BASE: [&str; 2] = ["ctsd.base", "ctsd.base.sha256"];
/// Those of the version that the file gives.
pub const TARGET: [&str; 2] = ["ctsd.target", "ctsd.target.sha256"];

/// What a file was made from, and by what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    /// The name and version of the tool.
    pub tool: String,
    /// The version that a redline starts from; a clean document has none.
    pub base: Option<Fingerprint>,
    /// The version that the file gives, once all its revisions are accepted.
    pub target: Option<Fingerprint>,
    /// Under whose names the revisions of a redline stand in the file.
    pub authors: Vec<String>,
    /// What a redline shows, with its revisions, as Markdown: a copy in which changes were rejected says no more what was
    /// proposed.
    pub sent: Option<String>,
}

/// A version, and its very words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fingerprint {
    /// The version's id as written, such as `MP089`.
    pub id: String,
    /// The SHA-256 of its clean appendix in Markdown, in hexadecimal.
    pub sha256: String,
}

/// What a bookmark stands for. `was` is the identity in the earlier text, where that was another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Landmark {
    /// A section.
    Section {
        /// Its identity, which outlives its number.
        id: String,
        /// The one that it had.
        was: Option<String>,
    },
    /// A matrix.
    Table {
        /// Its identity.
        id: String,
        /// The one that it had.
        was: Option<String>,
        /// The keys of its columns, which no cell shows, and the text that each stands in.
        columns: Vec<(Revised<String>, Mark)>,
    },
    /// A row of a matrix.
    Row {
        /// The identity of the matrix.
        table: String,
        /// Its key, which may stand twice in a matrix.
        key: String,
        /// The key that it had.
        was: Option<String>,
    },
    /// A heading or caption without identity.
    Heading {
        /// The section that it stands in, if any.
        section: Option<String>,
    },
}
