//! `ctsd check`: what a drafter should look at.

use super::report::FindingFormat;
use super::{Common, Report, Trouble, has_content};
use ctsd::check::{check, is_allowed, looked_at};
use ctsd::content::{self, Sources};
use ctsd::diagnostic::{Code, Diagnostic, Severity, Whose, sort};
use ctsd::files::Root;
use ctsd::model::Version;
use ctsd::pipeline::Desk;
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
    let (findings, sources) = find(arguments, common, report)?;
    let mut findings: Vec<Diagnostic> =
        findings.into_iter().filter(|finding| arguments.wants(finding, &allowed)).collect();
    sort(&mut findings);
    if arguments.format == FindingFormat::Text {
        // A drafter's own come first; those of the text that was there before are for another day.
        findings.sort_by_key(|finding| finding.whose == Some(Whose::Baseline));
    }
    report.found(&findings, arguments.format, &|file| super::source(file, &sources, common));
    let worst = findings.iter().map(|finding| finding.severity).min();
    match worst {
        Some(Severity::Error) => Err(Trouble::Content),
        Some(Severity::Warning) if arguments.deny.is_some() => Err(Trouble::Content),
        _ => Ok(()),
    }
}

/// Everything that is found, be it what keeps the content from being read, and the text that it is found in.
fn find(arguments: &Arguments, common: &Common, report: &mut Report) -> Result<(Vec<Diagnostic>, Sources), Trouble> {
    let reading = || (Desk::open(&common.root), content::standards(&Root::folder(&common.root)));
    let (desk, standards) = report.watch().during(Step::Reading, reading);
    match (desk, standards) {
        (Ok(desk), Ok((standards, sources))) => {
            let Asked { versions, faults } = asked(arguments, &desk)?;
            report.expects(1 + looked_at(&desk.project, &versions));
            let mut findings = check(&desk.project, &desk.templates, &standards, &versions, &report.watch());
            findings.extend(faults);
            Ok((findings, desk.project.sources.with(sources)))
        }
        (desk, standards) => {
            let (mut findings, mut sources) = match desk {
                Ok(desk) => (desk.project.faults, desk.project.sources),
                Err(failure) => (failure.diagnostics, failure.sources),
            };
            match standards {
                Ok((_, more)) => sources = sources.with(more),
                Err(failure) => {
                    findings.extend(failure.diagnostics);
                    sources = sources.with(failure.sources);
                }
            }
            Ok((findings, sources))
        }
    }
}

/// The versions that are asked for and whole, and what is wrong with the others.
struct Asked<'d> {
    versions: Vec<&'d Version>,
    faults: Vec<Diagnostic>,
}

fn asked<'d>(arguments: &Arguments, desk: &'d Desk) -> Result<Asked<'d>, Trouble> {
    let project = &desk.project;
    if arguments.versions.is_empty() {
        return Ok(Asked { versions: project.versions.iter().collect(), faults: project.faults.clone() });
    }
    let mut asked = Asked { versions: Vec::new(), faults: Vec::new() };
    for id in &arguments.versions {
        let faults = project.faults_of(id);
        match project.version(id) {
            Some(version) => asked.versions.push(version),
            None if faults.is_empty() => return Err(super::unknown(desk, id)),
            None => {}
        }
        asked.faults.extend(faults);
    }
    Ok(asked)
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
