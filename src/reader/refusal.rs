//! What keeps a file from being read.

use crate::diagnostic::Failure;

/// The file can't be read, as this says. Its name is for whoever asked for it to add.
pub(super) fn refuse(why: impl Into<String>) -> Failure {
    Failure::refused(why)
}
