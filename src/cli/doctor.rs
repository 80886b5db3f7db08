//! `ctsd doctor`: what about the place is odd.

use super::common::Common;
use super::report::Report;
use super::trouble::Trouble;
use ctsd::pipeline::doctor::look;

/// Say what is odd about the folder, its files and the program, when something doesn't work as it should
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {}

pub(super) fn run(_: &Arguments, common: &Common, report: &mut Report) -> Result<(), Trouble> {
    let look = look(&common.root, &common.output());
    for (subject, what) in &look.facts {
        report.result(&format!("{subject}: {what}"));
    }
    for oddity in &look.oddities {
        report.result(&format!("odd: {}\n  {}", oddity.what, oddity.help));
    }
    if look.oddities.is_empty() {
        report.result("nothing is odd");
        return Ok(());
    }
    Err(Trouble::Told)
}
