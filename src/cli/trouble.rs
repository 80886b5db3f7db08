//! What ends a command early.

use ctsd::diagnostic::Failure;

/// What ends a command early.
#[derive(Debug)]
pub(super) enum Trouble {
    /// Something is wrong, and it has been told.
    Told,
    /// Something is wrong that is still to be told.
    Failed(Failure),
}

impl Trouble {
    /// What the command line asks can't be done.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::Failed(Failure::refused(message))
    }
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}
