//! What is known of two versions beside their texts: what they have in common, by what the modifications between them
//! say.

use crate::document::PartKind;
use std::collections::BTreeSet;

/// Which parts of two versions are the same, and which of them drafters moved. The default knows nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Descent {
    /// Whether modifications lead from one version to the other, or to both from a third: then what has the same
    /// identity in both is the same, and an identity is more than a number.
    pub is_known: bool,
    /// Whether each has modifications that the other lacks: what both inserted may be the same, or not.
    pub is_forked: bool,
    /// Whether one of them leaves parts of the appendix out.
    pub is_extract: bool,
    /// The parts that the modifications between them inserted: the same identity may stand for another part.
    pub inserted: BTreeSet<(PartKind, String)>,
    /// The sections that they moved or gave other numbers, by identity.
    pub moved: BTreeSet<String>,
    /// The rows that they moved, by the identity of the table and the row's key.
    pub moved_rows: BTreeSet<(String, String)>,
}
