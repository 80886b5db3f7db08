//! Why something couldn't be done, for every room alike.

use super::finding::Diagnostic;
use super::sources::Sources;
use std::error::Error;
use std::fmt;

/// What is found in the files of a project, and the text of those that it is found in.
#[derive(Debug, Default)]
pub struct Account {
    /// What is found, and where.
    pub diagnostics: Vec<Diagnostic>,
    /// The text of the files, to show the lines.
    pub sources: Sources,
}

impl Account {
    /// This and another.
    pub fn with(mut self, other: Self) -> Self {
        self.diagnostics.extend(other.diagnostics);
        Self { diagnostics: self.diagnostics, sources: self.sources.with(other.sources) }
    }
}

/// Why something couldn't be done.
#[derive(Debug)]
pub enum Failure {
    /// The files of the project are at fault.
    Content(Account),
    /// The files are not at fault: what was asked for isn't there, or can't be read or written. Says what to do.
    Refused(String),
}

impl Failure {
    /// The files are at fault, as these findings say.
    pub fn content(diagnostics: Vec<Diagnostic>, sources: Sources) -> Self {
        Self::Content(Account { diagnostics, sources })
    }

    /// What was asked for can't be done, as this sentence says.
    pub fn refused(message: impl Into<String>) -> Self {
        Self::Refused(message.into())
    }

    /// What is wrong with the files; nothing, if it isn't them.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        match self {
            Self::Content(account) => &account.diagnostics,
            Self::Refused(_) => &[],
        }
    }

    /// What is wrong with the files, with their text; nothing, if it isn't them.
    pub fn into_account(self) -> Account {
        match self {
            Self::Content(account) => account,
            Self::Refused(_) => Account::default(),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Content(account) => {
                let told: Vec<String> = account.diagnostics.iter().map(ToString::to_string).collect();
                f.write_str(&told.join("\n"))
            }
            Self::Refused(message) => f.write_str(message),
        }
    }
}

impl Error for Failure {}
