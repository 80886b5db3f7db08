//! Findings for programs.

use ctsd::diagnostic::{Code, Diagnostic, Severity, Whose};
use serde::Serialize;

#[derive(Serialize)]
struct Findings<'a> {
    findings: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Finding<'a> {
    code: Code,
    severity: Severity,
    message: &'a str,
    file: Option<&'a str>,
    /// From 1.
    line: Option<usize>,
    /// In characters, from 1.
    column: Option<usize>,
    help: Option<&'a str>,
    whose: Option<Whose>,
    /// What it has in common with other findings.
    cause: Option<&'a str>,
    /// Whether `check --fix` mends it.
    fixable: bool,
}

impl<'a> From<&'a Diagnostic> for Finding<'a> {
    fn from(finding: &'a Diagnostic) -> Self {
        let at = finding.location.as_ref();
        Self {
            code: finding.code,
            severity: finding.severity,
            message: &finding.message,
            file: at.map(|at| &*at.file),
            line: at.map(|at| at.line),
            column: at.map(|at| at.column),
            help: finding.help.as_deref(),
            whose: finding.whose,
            cause: finding.cause.as_deref(),
            fixable: finding.fix.is_some(),
        }
    }
}

pub(super) fn write(findings: &[Diagnostic]) -> String {
    let findings = Findings { findings: findings.iter().map(Finding::from).collect() };
    serde_json::to_string_pretty(&findings).expect("plain data turns into JSON") + "\n"
}
