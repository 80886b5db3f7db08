//! What is said on the terminal: results to standard output, everything else to standard error.

mod json;
mod sarif;
mod text;

use ctsd::diagnostic::Diagnostic;
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::time::Instant;

/// How findings are written when they are the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum FindingFormat {
    /// For people: each with its line, and the place in it marked
    Text,
    /// For programs
    Json,
    /// For forges, which show each finding on its line (SARIF 2.1.0)
    Sarif,
}

/// The text of a file of the project, to show the line that a finding is about.
pub(super) type Source<'a> = &'a dyn Fn(&str) -> Option<String>;

#[derive(Debug)]
pub(super) struct Report {
    quiet: bool,
    verbose: bool,
    since: Instant,
}

impl Report {
    pub fn new(quiet: bool, verbose: bool) -> Self {
        Self { quiet, verbose, since: Instant::now() }
    }

    /// What the command was asked for.
    pub fn result(&mut self, line: &str) {
        // A reader that has gone, as in `ctsd counts … | head`, is no error.
        let _ = writeln!(anstream::stdout(), "{line}");
    }

    pub fn wrote(&mut self, path: &Path) {
        if !self.quiet {
            self.result(&path.display().to_string());
        }
    }

    /// What the last stage took.
    pub fn stage(&mut self, name: &str) {
        if self.verbose {
            let took = self.since.elapsed();
            let _ = writeln!(anstream::stderr(), "{:>9.1} ms  {name}", took.as_secs_f64() * 1000.0);
        }
        self.since = Instant::now();
    }

    /// What is worth knowing and wrong in nothing.
    pub fn remark(&mut self, message: &str) {
        if !self.quiet {
            self.trouble(message);
        }
    }

    pub fn trouble(&mut self, message: &str) {
        let _ = writeln!(anstream::stderr(), "ctsd: {message}");
    }

    /// Findings that keep a command from doing what it was asked for, each with the line it is about.
    pub fn findings(&mut self, findings: &[Diagnostic], source: Source<'_>) {
        let text = text::write(findings, source, std::io::stderr().is_terminal());
        let _ = write!(anstream::stderr(), "{text}");
    }

    /// Findings as what the command was asked for.
    pub fn found(&mut self, findings: &[Diagnostic], format: FindingFormat, source: Source<'_>) {
        let text = match format {
            FindingFormat::Text if self.quiet => text::write(findings, source, std::io::stdout().is_terminal()),
            FindingFormat::Text => {
                text::write(findings, source, std::io::stdout().is_terminal()) + &text::summary(findings)
            }
            FindingFormat::Json => json::write(findings),
            FindingFormat::Sarif => sarif::write(findings),
        };
        let _ = write!(anstream::stdout(), "{text}");
    }
}
