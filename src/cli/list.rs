//! `ctsd list`: what there is, and what of it collides.

use super::common::{Common, counted, open, write};
use super::report::Report;
use super::trouble::Trouble;
use ctsd::pipeline::listing::{Clash, FilePlace, List, Listed, Pair, WithNewest};
use ctsd::pipeline::timeline::Place;

/// List versions, releases and modifications: base, status, date, how far behind, conflicts
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// As JSON, for machines
    #[arg(long)]
    json: bool,
    /// As a page, index.html, that leads to the pages that `--format html` has written beside it
    #[arg(long, conflicts_with = "json")]
    html: bool,
}

const TITLES: [&str; 7] = ["VERSION", "BASE", "INCLUDES", "STATUS", "IN FORCE", "BEHIND", "WITH THE NEWEST"];

pub(super) fn run(arguments: &Arguments, common: &Common, report: &mut Report) -> Result<(), Trouble> {
    report.expects(1);
    let desk = open(common, report)?;
    if arguments.html {
        let page = desk.timeline(Place::Folder(&common.output()))?;
        return write(&desk, &[page], common, report).map(drop);
    }
    let list = desk.list();
    if arguments.json {
        report.result(&serde_json::to_string_pretty(&list).expect("plain data turns into JSON"));
    } else {
        print(&list, report);
    }
    // A list with gaps is of use; what the gaps are is told all the same.
    desk.versions(&[])?;
    Ok(())
}

fn print(list: &List, report: &mut Report) {
    let rows: Vec<[String; 7]> =
        std::iter::once(TITLES.map(str::to_owned)).chain(list.versions.iter().map(row)).collect();
    let widths: Vec<usize> =
        (0..TITLES.len()).map(|at| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or(0)).collect();
    for row in &rows {
        let line: String = row.iter().zip(&widths).map(|(cell, &width)| format!("{cell:<width$}  ")).collect();
        report.result(line.trim_end());
    }
    let with_newest = list.versions.iter().filter_map(|it| match (&it.with_newest, &it.newest) {
        (Some(WithNewest::Collides { conflicts }), Some(newest)) => Some((&it.id, newest, conflicts)),
        _ => None,
    });
    let pairs = list.pairs.iter().map(|Pair { one, other, conflicts, .. }| (one, other, conflicts));
    for (one, other, conflicts) in with_newest.chain(pairs).filter(|(.., conflicts)| !conflicts.is_empty()) {
        report.result(&format!("\n{one} and {other} collide in {}:", counted(conflicts.len(), "thing")));
        conflicts.iter().for_each(|conflict| report.result(&format!("  {}", told(conflict))));
    }
}

fn row(it: &Listed) -> [String; 7] {
    let or_none = |text: Option<&str>| text.unwrap_or("-").to_owned();
    let behind = it.newest.as_ref().map_or_else(|| "-".to_owned(), |newest| format!("{} ({newest})", it.behind));
    let includes = it.includes.join(", ");
    let with_newest = match &it.with_newest {
        _ if it.has_errors => "has errors".to_owned(),
        Some(WithNewest::Included) => "is in it".to_owned(),
        Some(WithNewest::Merges) => "merges".to_owned(),
        Some(WithNewest::Collides { conflicts }) => counted(conflicts.len(), "conflict"),
        None => "-".to_owned(),
    };
    [
        it.id.clone(),
        or_none(it.base.as_deref()),
        or_none(Some(includes.as_str()).filter(|text| !text.is_empty())),
        or_none(it.status),
        or_none(it.effective.as_deref()),
        behind,
        with_newest,
    ]
}

fn told(conflict: &Clash) -> String {
    let place = |at: &FilePlace| format!("{}:{}:{}", at.file, at.line, at.column);
    let places: Vec<String> = [&conflict.one, &conflict.other].into_iter().flatten().map(place).collect();
    if places.is_empty() { conflict.about.clone() } else { format!("{} ({})", conflict.about, places.join(", ")) }
}
