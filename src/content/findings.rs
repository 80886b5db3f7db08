//! What is found wrong, gathered until everything has been read.

use crate::diagnostic::Diagnostic;
use crate::model::Origin;

/// A file with more mistakes than this was never meant as content; the rest of them would help nobody.
const MOST: usize = 200;

#[derive(Debug, Default)]
pub(super) struct Findings(Vec<Diagnostic>);

impl Findings {
    pub fn error(&mut self, code: &'static str, at: &Origin, message: impl Into<String>, help: impl Into<String>) {
        self.push(Diagnostic::error(code, message).at(at.location()).help(help));
    }

    pub fn push(&mut self, diagnostic: Diagnostic) {
        if self.is_full() {
            return;
        }
        let at = diagnostic.location.clone();
        self.0.push(diagnostic);
        if self.is_full() {
            let more = Diagnostic::error("too-many-errors", "more is wrong from here on than is told");
            self.0.push(more.at(at).help("mend what is told, then look again"));
        }
    }

    pub fn is_full(&self) -> bool {
        self.0.len() >= MOST
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.0
    }
}
