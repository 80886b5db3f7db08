//! What is said on the terminal: results to standard output, everything else to standard error.

mod bar;
mod json;
mod sarif;
mod text;

use super::trouble::Trouble;
use bar::Bar;
use ctsd::diagnostic::{Account, Diagnostic, Sources};
use ctsd::progress::Watch;
use indicatif::ProgressDrawTarget;
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;

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

#[derive(Debug)]
pub(super) struct Report {
    quiet: bool,
    bar: Arc<Bar>,
    /// Why a result couldn't be said.
    unsaid: Option<std::io::Error>,
}

impl Report {
    pub fn new(quiet: bool, verbose: bool) -> Self {
        let bar = Bar::new(verbose);
        if !quiet && std::io::stderr().is_terminal() {
            bar.show(bar::PATIENCE, ProgressDrawTarget::stderr);
        }
        Self { quiet, bar, unsaid: None }
    }

    /// Who is told how far the work is.
    pub fn watch(&self) -> Watch {
        Watch::by(Arc::clone(&self.bar) as _)
    }

    /// How many steps the whole work has, as soon as that is known.
    pub fn expects(&mut self, steps: usize) {
        self.bar.expects(steps);
    }

    /// How many steps have ended, and how many the whole work has.
    #[cfg(test)]
    pub fn steps(&self) -> (usize, usize) {
        self.bar.steps()
    }

    /// What the command was asked for. It is said when the work has ended, as is everything but a remark.
    pub fn result(&mut self, line: &str) {
        self.answer(&format!("{line}\n"));
    }

    /// As [`Report::result`], of any number of lines.
    pub fn answer(&mut self, text: &str) {
        self.bar.end();
        let mut output = anstream::stdout();
        if let Err(error) = output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
            self.unsaid.get_or_insert(error);
        }
    }

    /// Whether all results could be said. A reader that has gone, as in `ctsd counts … | head`, wants no more of them.
    pub fn said(&mut self) -> Result<(), Trouble> {
        match self.unsaid.take() {
            Some(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
                Err(Trouble::usage(format!("the result can't be written to the standard output: {error}")))
            }
            _ => Ok(()),
        }
    }

    pub fn wrote(&mut self, path: &Path) {
        if !self.quiet {
            self.result(&path.display().to_string());
        }
    }

    /// What is worth knowing and wrong in nothing.
    pub fn remark(&mut self, message: &str) {
        if !self.quiet {
            self.bar.aside(|| say(message));
        }
    }

    /// What a drafter does next.
    pub fn next(&mut self, step: &str) {
        self.remark(&format!("next, {step}"));
    }

    /// What is wrong and keeps the command from nothing, each with its place.
    pub fn warnings(&mut self, findings: &[Diagnostic]) {
        if !findings.is_empty() {
            let text = text::write(findings, &Sources::default(), std::io::stderr().is_terminal());
            self.bar.aside(|| drop(write!(anstream::stderr(), "{text}")));
        }
    }

    pub fn trouble(&mut self, message: &str) {
        self.bar.end();
        say(message);
    }

    /// Findings that keep a command from doing what it was asked for, each with the line it is about.
    pub fn findings(&mut self, account: &Account) {
        self.bar.end();
        let text = text::write(&account.diagnostics, &account.sources, std::io::stderr().is_terminal());
        let _ = write!(anstream::stderr(), "{text}");
    }

    /// How many findings aren't told, and the command that tells them.
    pub fn left_out(&mut self, findings: &[Diagnostic], command: &str) {
        if !findings.is_empty() {
            self.answer(&format!("in baseline text: {}; `{command}` shows them\n", text::left_out(findings)));
        }
    }

    /// The same of what a drafter looks at next.
    pub fn more(&mut self, findings: &[Diagnostic], command: &str) {
        if !findings.is_empty() {
            self.remark(&format!("there is more to look at ({}): “{command}” shows it", text::left_out(findings)));
        }
    }

    /// Findings as what the command was asked for.
    pub fn found(&mut self, findings: &[Diagnostic], sources: &Sources, format: FindingFormat) {
        let text = match format {
            FindingFormat::Text if self.quiet => text::write(findings, sources, std::io::stdout().is_terminal()),
            FindingFormat::Text => {
                text::write(findings, sources, std::io::stdout().is_terminal()) + &text::summary(findings)
            }
            FindingFormat::Json => json::write(findings),
            FindingFormat::Sarif => sarif::write(findings),
        };
        self.answer(&text);
    }
}

impl Drop for Report {
    fn drop(&mut self) {
        self.bar.end();
    }
}

fn say(message: &str) {
    let _ = writeln!(anstream::stderr(), "ctsd: {message}");
}
