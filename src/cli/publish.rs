//! `ctsd publish` and `ctsd verify`: the public set, and the proof of it.

use super::{Common, Report, Trouble, open, steps, told, version};
use ctsd::check::{check, looked_at};
use ctsd::content;
use ctsd::diagnostic::{Diagnostic, Severity};
use ctsd::files::Root;
use ctsd::model::Version;
use ctsd::pipeline::{Desk, Format, Options};
use ctsd::publish::{self, public};
use std::path::PathBuf;

const FORMATS: [Format; 4] = [Format::Markdown, Format::Docx, Format::Pdf, Format::Json];

/// Write the public set of a version, with a manifest: refuses what isn't for the public
#[derive(Debug, clap::Args)]
pub(super) struct PublishArguments {
    /// The version, such as 6.18 or MP089
    #[arg(id = "of", value_name = "VERSION")]
    version: String,
    /// The folder to publish to
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
    #[command(flatten)]
    revisions: super::Revisions,
}

/// Check a published folder against its manifest and against a fresh build
#[derive(Debug, clap::Args)]
pub(super) struct VerifyArguments {
    /// The published folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

pub(super) fn publish(arguments: &PublishArguments, common: &Common, report: &mut Report) -> Result<(), Trouble> {
    let (author, date) = arguments.revisions.chosen()?;
    super::outside_sources(&arguments.to, common)?;
    let desk = open(common, report)?;
    let version = version(&desk, &arguments.version, report)?;
    if let Ok(there) = public::manifest(&arguments.to)
        && there.version != version.id.value
    {
        return Err(Trouble::usage(format!(
            "{} holds the public set of {}: publish {} to a folder of its own",
            arguments.to.display(),
            there.version,
            version.name
        )));
    }
    let options = Options { formats: FORMATS.to_vec(), author, date, context: None, comments: false };
    let checked = looked_at(&desk.project, &[version]);
    report.expects(steps::AROUND + checked + steps::public_set(version, &options));
    refuse_errors(&desk, version, common, report)?;
    let files = told(desk.public_set(version, &options), &desk, report)?;
    super::write_to(&arguments.to, &files, report)
}

/// Nothing is published while a check finds an error in it.
fn refuse_errors(desk: &Desk, version: &Version, common: &Common, report: &mut Report) -> Result<(), Trouble> {
    let (findings, sources) = match content::standards(&Root::folder(&common.root)) {
        Ok((standards, sources)) => {
            (check(&desk.project, &desk.templates, &standards, &[version], &desk.watch), sources)
        }
        Err(failure) => (failure.diagnostics, failure.sources),
    };
    let errors: Vec<Diagnostic> = findings.into_iter().filter(|finding| finding.severity == Severity::Error).collect();
    if errors.is_empty() {
        return Ok(());
    }
    report.findings(&errors, &|file| {
        let text = desk.project.sources.text(file).or_else(|| sources.text(file));
        text.map(str::to_owned)
    });
    Err(Trouble::Content)
}

pub(super) fn verify(arguments: &VerifyArguments, common: &Common, report: &mut Report) -> Result<(), Trouble> {
    let manifest = public::manifest(&arguments.folder).map_err(Trouble::usage)?;
    let mut wrong = public::broken_sums(&arguments.folder, &manifest);
    let fresh = match afresh(&manifest, common, report) {
        Ok(fresh) => fresh,
        Err(trouble) => {
            // What the sums say holds whatever state the drafts are in.
            wrong.iter().for_each(|line| report.trouble(line));
            return Err(trouble);
        }
    };
    wrong.extend(public::differences(&arguments.folder, &fresh));
    wrong.dedup();
    if wrong.is_empty() {
        report.result(&format!(
            "{}: {} files, all as published and as a fresh build gives them",
            manifest.version,
            fresh.len()
        ));
        return Ok(());
    }
    wrong.iter().for_each(|line| report.trouble(line));
    Err(Trouble::Content)
}

/// The set as the content gives it now.
fn afresh(manifest: &public::Manifest, common: &Common, report: &mut Report) -> Result<Vec<publish::File>, Trouble> {
    let desk = open(common, report)?;
    let version = version(&desk, &manifest.version, report)?;
    let options = Options {
        formats: FORMATS.to_vec(),
        author: manifest.author.clone(),
        date: manifest.date.clone(),
        context: None,
        comments: false,
    };
    // Nothing is written.
    report.expects(steps::AROUND - 1 + steps::public_set(version, &options));
    told(desk.public_set(version, &options), &desk, report)
}
