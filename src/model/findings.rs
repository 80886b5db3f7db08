//! What is found wrong, gathered until everything has been read.

use super::origin::Origin;
use crate::diagnostic::{Code, Diagnostic};

/// A file with more mistakes than this was never meant as content; the rest of them would help nobody.
const MOST: usize = 200;

/// What is wrong, in the order that it was found, up to a number that helps.
#[derive(Debug, Default)]
pub struct Findings(Vec<Diagnostic>);

impl Findings {
    /// Tells of something wrong at a place, and what to do about it.
    pub fn error(&mut self, code: Code, at: &Origin, message: impl Into<String>, help: impl Into<String>) {
        self.push(Diagnostic::error(code, message).at(at.location()).help(help));
    }

    /// Tells of something; a last finding says where no more is told.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if self.is_full() {
            return;
        }
        let at = diagnostic.location.clone();
        self.0.push(diagnostic);
        if self.is_full() {
            let more = Diagnostic::error(Code::TooManyErrors, "more is wrong from here on than is told");
            self.0.push(more.at(at).help("mend what is told, then look again"));
        }
    }

    /// Whether no more is told.
    pub fn is_full(&self) -> bool {
        self.0.len() >= MOST
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All that has been told.
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.0
    }
}
