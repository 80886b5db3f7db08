//! A finding as a page shows it.

use super::editor::Opener;
use crate::diagnostic::{Account, Diagnostic, Failure, Severity, Sources};
use serde::Serialize;

/// A finding as a page shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Told {
    severity: Option<Severity>,
    code: String,
    message: String,
    help: Option<String>,
    /// The file, from the root of the project.
    pub file: Option<String>,
    pub line: usize,
    column: usize,
    /// How many characters are meant.
    length: usize,
    /// The line that it is on.
    text: String,
    /// What opens it there in an editor.
    link: Option<String>,
    /// The name of the place on the page that it is about.
    pub place: Option<String>,
}

impl Told {
    /// All that an account says.
    pub fn of_account(account: &Account, opener: &Opener) -> Vec<Self> {
        account.diagnostics.iter().map(|finding| Self::new(finding, &account.sources, opener)).collect()
    }

    /// Why something couldn't be done.
    pub fn of_failure(failure: Failure, opener: &Opener) -> Vec<Self> {
        match failure {
            Failure::Content(account) => Self::of_account(&account, opener),
            Failure::Refused(message) => vec![Self { message, ..Self::default() }],
        }
    }

    pub fn is_error(&self) -> bool {
        self.severity == Some(Severity::Error)
    }

    fn new(finding: &Diagnostic, sources: &Sources, opener: &Opener) -> Self {
        let told = Self {
            severity: Some(finding.severity),
            code: finding.code.to_string(),
            message: finding.message.clone(),
            help: finding.help.clone(),
            ..Self::default()
        };
        let Some(location) = &finding.location else { return told };
        Self {
            file: Some(location.file.to_string()),
            line: location.line,
            column: location.column,
            length: location.length,
            text: sources.line(location).unwrap_or_default().to_owned(),
            link: Some(opener.link(&location.file, (location.line, location.column))),
            ..told
        }
    }
}
