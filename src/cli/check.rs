//! `ctsd check`: what a drafter should look at.

use super::common::{Common, Denied, has_content, open};
use super::report::{FindingFormat, Report};
use super::trouble::Trouble;
use ctsd::check::is_allowed;
use ctsd::diagnostic::{Account, Code, Diagnostic, Severity, Whose, sort};
use ctsd::files::Root;
use ctsd::pipeline::check::unopened;
use ctsd::pipeline::mending::Mended;
use ctsd::pipeline::{Asked, Desk};
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
    /// Mend what only one mend is right for, in the files of the modifications, or of the versions that are named
    #[arg(long)]
    fix: bool,
    /// With --fix: show what would change, and write nothing
    #[arg(long, requires = "fix")]
    dry_run: bool,
    /// Say what findings with this code are about, with an example; without a code, list the codes
    #[arg(long, value_name = "CODE", num_args = 0..=1, conflicts_with_all = ["versions", "format", "deny", "allow", "only", "fix"])]
    explain: Option<Option<String>>,
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
    let (account, hides_baseline) = if arguments.fix {
        let (desk, mended) = mend(arguments, &allowed, common, report)?;
        if arguments.dry_run {
            report.answer(&desk.difference(&mended.revised));
            return Ok(());
        }
        written(&desk, &mended, report)?;
        (mended.left, arguments.hides_baseline(&desk.asked(&arguments.versions)?))
    } else {
        find(arguments, common, report)?
    };
    let Account { diagnostics, sources } = account;
    let mut findings: Vec<Diagnostic> =
        diagnostics.into_iter().filter(|finding| arguments.wants(finding, &allowed)).collect();
    sort(&mut findings);
    if arguments.format == FindingFormat::Text {
        // A drafter's own come first; those of the text that was there before are for another day.
        findings.sort_by_key(|finding| finding.whose == Some(Whose::Baseline));
    }
    let worst = findings.iter().map(|finding| finding.severity).min();
    let aside = if hides_baseline { take_baseline(&mut findings) } else { Vec::new() };
    report.found(&findings, &sources, arguments.format);
    report.left_out(&aside, &format!("ctsd check {} --only baseline", arguments.versions.join(" ")));
    match worst {
        Some(Severity::Error) => Err(Trouble::Told),
        Some(Severity::Warning) if arguments.deny.is_some() => Err(Trouble::Told),
        _ => Ok(()),
    }
}

/// Everything that is found, be it what keeps the content from being read, and whether what is found in the baseline
/// is told in a line.
fn find(arguments: &Arguments, common: &Common, report: &mut Report) -> Result<(Account, bool), Trouble> {
    match report.watch().during(Step::Reading, || Desk::open(&common.root)) {
        Ok(mut desk) => {
            desk.watch = report.watch();
            let asked = desk.asked(&arguments.versions)?;
            report.expects(1 + desk.looked_at(&asked.versions));
            Ok((desk.check(&asked), arguments.hides_baseline(&asked)))
        }
        Err(failure) => Ok((unopened(failure, &Root::folder(&common.root))?, false)),
    }
}

/// Takes out what is known of the text that was there before; what keeps a document from being made stays.
fn take_baseline(findings: &mut Vec<Diagnostic>) -> Vec<Diagnostic> {
    let (aside, own) = std::mem::take(findings)
        .into_iter()
        .partition(|finding| finding.whose == Some(Whose::Baseline) && finding.severity != Severity::Error);
    *findings = own;
    aside
}

/// What mending comes to; nothing is written yet.
fn mend(
    arguments: &Arguments,
    allowed: &[Code],
    common: &Common,
    report: &mut Report,
) -> Result<(Desk, Mended), Trouble> {
    let desk = open(common, report)?;
    let mended = desk.mend(&arguments.versions, |finding| arguments.wants(finding, allowed))?;
    for version in &mended.unasked {
        report.remark(&format!("more can be mended in {version}: to change its text, write `check {version} --fix`"));
    }
    Ok((desk, mended))
}

/// Writes what is mended, all of it or nothing, and says what it is.
fn written(desk: &Desk, mended: &Mended, report: &mut Report) -> Result<(), Trouble> {
    if mended.count == 0 {
        report.remark("there is nothing that only one mend is right for");
        return Ok(());
    }
    let paths = desk.write_content(&mended.revised)?;
    let one = if mended.count == 1 { "finding is" } else { "findings are" };
    report.remark(&format!("{} {one} mended, in:", mended.count));
    paths.iter().for_each(|path| report.remark(&path.display().to_string()));
    Ok(())
}

impl Arguments {
    /// Whether somebody who has asked after modifications is told of their own slips alone.
    fn hides_baseline(&self, asked: &Asked<'_>) -> bool {
        let is_of_modifications = !self.versions.is_empty() && asked.versions.iter().all(|it| it.base.is_some());
        is_of_modifications && self.only.is_none() && self.format == FindingFormat::Text
    }

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
