//! `ctsd publish` and `ctsd verify`: the public set, and the proof of it.

use super::common::{Common, Denied, open};
use super::report::Report;
use super::steps;
use super::trouble::Trouble;
use super::writing::RevisionOptions;
use ctsd::diagnostic::Severity;
use ctsd::pipeline::publishing::{Revisions, Verified};
use ctsd::publish::public::{self, Manifest};
use std::path::{Path, PathBuf};

/// Write the public set of a version, with a manifest: refuses what isn't for the public
#[derive(Debug, clap::Args)]
pub(super) struct PublishArguments {
    /// The version, such as 6.18 or MP089
    #[arg(id = "of", value_name = "VERSION")]
    version: String,
    /// The folder to publish to
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
    /// Publish nothing while a check finds anything as bad as this, errors aside
    #[arg(long, value_name = "SEVERITY")]
    deny: Option<Denied>,
    #[command(flatten)]
    revisions: RevisionOptions,
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
    let revisions = Revisions { author, date };
    let desk = open(common, report)?;
    let version = desk.version(&arguments.version)?;
    report.expects(steps::AROUND + desk.looked_at(&[version]) + steps::public_set(version, &revisions.options()));
    let denied = if arguments.deny.is_some() { Severity::Warning } else { Severity::Error };
    desk.publish_if(version, &revisions, &arguments.to, denied)?.iter().for_each(|path| report.wrote(path));
    let folder = arguments.to.display();
    report.next(&format!(
        "“ctsd verify \"{folder}\"” holds it against its manifest and a fresh build, now and on any day"
    ));
    Ok(())
}

pub(super) fn verify(arguments: &VerifyArguments, common: &Common, report: &mut Report) -> Result<(), Trouble> {
    let manifest = public::manifest(&arguments.folder)?;
    let verified = match verified(&arguments.folder, &manifest, common, report) {
        Ok(verified) => verified,
        Err(trouble) => {
            // What the sums say holds whatever state the drafts are in.
            public::broken_sums(&arguments.folder, &manifest).iter().for_each(|line| report.trouble(line));
            return Err(trouble);
        }
    };
    if verified.differences.is_empty() {
        report.result(&format!(
            "{}: {} files, all as published and as a fresh build gives them",
            manifest.version, verified.files
        ));
        return Ok(());
    }
    verified.differences.iter().for_each(|line| report.trouble(line));
    Err(Trouble::Told)
}

fn verified(folder: &Path, manifest: &Manifest, common: &Common, report: &mut Report) -> Result<Verified, Trouble> {
    let desk = open(common, report)?;
    let (version, options) = (desk.version(&manifest.version)?, Revisions::default().options());
    // Nothing is written.
    report.expects(steps::AROUND - 1 + steps::public_set(version, &options));
    Ok(desk.verify(folder, manifest)?)
}
