//! What is said on the terminal: results to standard output, everything else to standard error.

use ctsd::diagnostic::{Diagnostic, Location};
use std::io::Write;
use std::path::Path;
use std::time::Instant;

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

    pub fn trouble(&mut self, message: &str) {
        let _ = writeln!(anstream::stderr(), "ctsd: {message}");
    }

    /// All findings, each with the line it is about.
    pub fn findings(&mut self, findings: &[Diagnostic], line: impl Fn(&Location) -> Option<String>) {
        let mut out = anstream::stderr().lock();
        for finding in findings {
            let _ = writeln!(out, "{finding}");
            if let Some(source) = finding.location.as_ref().and_then(&line) {
                let _ = writeln!(out, "  | {source}");
            }
        }
    }
}
