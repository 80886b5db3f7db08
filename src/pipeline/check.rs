//! The journey of a check: all that a drafter should look at.

use super::{Asked, Desk};
use crate::check;
use crate::content;
use crate::diagnostic::{Account, Diagnostic, Failure, Severity};
use crate::files::Root;
use crate::model::Version;

/// A version in which a check found no error, or nothing else that is denied. Only a check makes one, and only of these is a public set made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Passed<'d>(&'d Version);

impl<'d> Passed<'d> {
    pub fn version(self) -> &'d Version {
        self.0
    }
}

impl Desk {
    /// Everything that is found in these versions, and what keeps others that were asked for from being whole. If what
    /// checks measure against is itself at fault, that is all there is to tell.
    pub fn check(&self, asked: &Asked<'_>) -> Account {
        let (mut diagnostics, sources) = match content::standards(&self.root) {
            Ok((standards, sources)) => {
                let (project, templates) = (&self.project, &self.templates);
                (check::check(project, templates, &standards, &self.sheet, &asked.versions, &self.watch), sources)
            }
            Err(failure) => {
                let account = failure.into_account();
                (account.diagnostics, account.sources)
            }
        };
        diagnostics.extend(asked.faults.iter().cloned());
        Account { sources, ..Account::default() }.with(self.account(diagnostics))
    }

    /// How many versions a check of these looks at: their baselines too.
    pub fn looked_at(&self, versions: &[&Version]) -> usize {
        check::looked_at(&self.project, versions)
    }

    /// The version, if a check finds nothing in it that is as bad as this or worse.
    pub(super) fn passed<'d>(&self, version: &'d Version, denied: Severity) -> Result<Passed<'d>, Failure> {
        let Account { mut diagnostics, sources } = self.check(&Asked { versions: vec![version], faults: Vec::new() });
        diagnostics.retain(|finding: &Diagnostic| finding.severity <= denied);
        if diagnostics.is_empty() { Ok(Passed(version)) } else { Err(Failure::content(diagnostics, sources)) }
    }
}

/// What a check tells of a project that can't be opened: what keeps it from that, and what else is wrong with its files.
///
/// # Errors
/// If it isn't the files that are at fault.
pub fn unopened(failure: Failure, root: &Root) -> Result<Account, Failure> {
    match failure {
        Failure::Content(account) => {
            let standards = content::standards(root).err().map(Failure::into_account);
            Ok(account.with(standards.unwrap_or_default()))
        }
        refused @ Failure::Refused(_) => Err(refused),
    }
}
