//! A finding: how bad it is, what it is about, where, and what to do.

use super::code::Code;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing can be built.
    Error,
    /// A drafter should look.
    Warning,
    /// Good to know; nothing to do.
    Note,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        })
    }
}

/// A place in a file of the project.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// The path as the drafter knows it: relative to the root, with `/` on every system.
    pub file: Arc<str>,
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// How many characters of the line are meant; 0 for a place between two.
    pub length: usize,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// Whose slip a finding in a modification is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Whose {
    /// The modification makes it, so it is the modification's own to mend.
    Inserted,
    /// It stands in the baseline, so mending it needs a modification of its own.
    Baseline,
}

/// The mend of a finding, where only one is right: words of a text that give way to others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// The id of the version in whose files it is made, be the text stated there or in what it is drafted against.
    pub version: Arc<str>,
    /// Where the text begins as it is stated now.
    pub text: Location,
    /// What of the text gives way, in bytes.
    pub at: Range<usize>,
    /// What takes its place.
    pub write: String,
    /// Where that stands in the version's own files, if they hold it letter for letter.
    pub place: Option<Location>,
}

/// Something that a drafter is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What it is about.
    pub code: Code,
    /// What is wrong, in the field's words.
    pub message: String,
    /// Where it is; some things are nowhere.
    pub location: Option<Location>,
    /// What to do about it.
    pub help: Option<String>,
    /// Whose slip it is, where the question arises.
    pub whose: Option<Whose>,
    /// What it has in common with other findings, which people are told once; then this is what they are told of all.
    pub cause: Option<Arc<str>>,
    /// How it is mended, where that is certain.
    pub fix: Option<Box<Fix>>,
}

impl Diagnostic {
    /// An error of this code.
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// A warning of this code.
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    /// A note of this code.
    pub fn note(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, message)
    }

    /// A finding of this code, nowhere yet.
    pub fn new(severity: Severity, code: Code, message: impl Into<String>) -> Self {
        Self {
            severity,
            code,
            message: message.into(),
            location: None,
            help: None,
            whose: None,
            cause: None,
            fix: None,
        }
    }

    /// The finding, in its place.
    pub fn at(mut self, location: impl Into<Option<Location>>) -> Self {
        self.location = location.into();
        self
    }

    /// The finding, and whose slip it is.
    pub fn whose(mut self, whose: impl Into<Option<Whose>>) -> Self {
        self.whose = whose.into();
        self
    }

    /// The finding, and what it has in common with others.
    pub fn cause(mut self, cause: impl Into<Arc<str>>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// The finding, with what to do about it.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Puts findings in the order of their places, then of what is wrong; the same finding is told once.
pub fn sort(findings: &mut Vec<Diagnostic>) {
    findings
        .sort_by(|a, b| (&a.location, a.code, &a.message, &a.help).cmp(&(&b.location, b.code, &b.message, &b.help)));
    findings.dedup();
}

/// `file:line:column: severity[code]: message`, and the help on a line of its own.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(location) = &self.location {
            write!(f, "{location}: ")?;
        }
        write!(f, "{}[{}]: {}", self.severity, self.code, self.message)?;
        if let Some(help) = &self.help {
            write!(f, "\n  help: {help}")?;
        }
        Ok(())
    }
}
