//! `ctsd check`: what a drafter should look at.

use super::common::{Common, has_content};
use super::report::{FindingFormat, Report};
use super::trouble::Trouble;
use ctsd::check::is_allowed;
use ctsd::diagnostic::{Account, Code, Diagnostic, Severity, Whose, sort};
use ctsd::files::Root;
use ctsd::pipeline::Desk;
use ctsd::pipeline::check::unopened;
use ctsd::progress::Step;

/// Check the content: what is wrong with it, and what a drafter should look at
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The versions to check [default: all]
    #[arg(value_name = "VERSION")]
    versions: Vec<String>,
    /// How to write what is found
    #[arg(long, value_enum, default_value_t = FindingFormat::Text)]
    format: FindingFormat,
    /// Take warnings for errors when the command ends
    #[arg(long, value_name = "SEVERITY")]
    deny: Option<Denied>,
    /// Leave findings with this code out; nothing leaves an error out
    #[arg(long, value_name = "CODE")]
    allow: Vec<String>,
    /// Only what is wrong in this text: that which modifications insert, or their baselines'
    #[arg(long, value_name = "TEXT")]
    only: Option<Only>,
    /// Say what findings with this code are about, with an example; without a code, list the codes
    #[arg(long, value_name = "CODE", num_args = 0..=1, conflicts_with_all = ["versions", "format", "deny", "allow", "only"])]
    explain: Option<Option<String>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Denied {
    Warnings,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Only {
    Inserted,
    Baseline,
}

pub(super) fn run(arguments: &Arguments, common: &Common, report: &mut Report) -> Result<(), Trouble> {
    match &arguments.explain {
        Some(Some(code)) => {
            report.result(&known(code)?.explanation());
            return Ok(());
        }
        Some(None) => {
            list_codes(report);
            return Ok(());
        }
        None => {}
    }
    let allowed: Vec<Code> = arguments.allow.iter().map(|code| known(code)).collect::<Result<_, _>>()?;
    has_content(common)?;
    let Account { diagnostics, sources } = find(arguments, common, report)?;
    let mut findings: Vec<Diagnostic> =
        diagnostics.into_iter().filter(|finding| arguments.wants(finding, &allowed)).collect();
    sort(&mut findings);
    if arguments.format == FindingFormat::Text {
        // A drafter's own come first; those of the text that was there before are for another day.
        findings.sort_by_key(|finding| finding.whose == Some(Whose::Baseline));
    }
    report.found(&findings, &sources, arguments.format);
    let worst = findings.iter().map(|finding| finding.severity).min();
    match worst {
        Some(Severity::Error) => Err(Trouble::Told),
        Some(Severity::Warning) if arguments.deny.is_some() => Err(Trouble::Told),
        _ => Ok(()),
    }
}

/// Everything that is found, be it what keeps the content from being read.
fn find(arguments: &Arguments, common: &Common, report: &mut Report) -> Result<Account, Trouble> {
    match report.watch().during(Step::Reading, || Desk::open(&common.root)) {
        Ok(mut desk) => {
            desk.watch = report.watch();
            let asked = desk.asked(&arguments.versions)?;
            report.expects(1 + desk.looked_at(&asked.versions));
            Ok(desk.check(&asked))
        }
        Err(failure) => Ok(unopened(failure, &Root::folder(&common.root))?),
    }
}

impl Arguments {
    fn wants(&self, finding: &Diagnostic, allowed: &[Code]) -> bool {
        let allowed = allowed.iter().any(|&code| is_allowed(finding, code));
        let wanted = match self.only {
            None => true,
            Some(Only::Inserted) => finding.whose != Some(Whose::Baseline),
            Some(Only::Baseline) => finding.whose != Some(Whose::Inserted),
        };
        wanted && !allowed
    }
}

/// Every code, with what it is about.
fn list_codes(report: &mut Report) {
    let width = Code::ALL.iter().map(|code| code.name().len()).max().unwrap_or(0);
    Code::ALL.iter().for_each(|code| report.result(&format!("{:<width$}  {}", code.name(), code.summary())));
}

fn known(code: &str) -> Result<Code, Trouble> {
    Code::named(code).ok_or_else(|| {
        let codes: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
        Trouble::usage(format!("no finding has the code “{code}”; the codes are {}", codes.join(", ")))
    })
}
