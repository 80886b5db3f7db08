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

