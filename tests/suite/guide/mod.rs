//! The guide: each command that it shows says what stands below it, and all that it refers to is there.

use crate::common::{copy, walked};
use std::fs;
use std::path::Path;

const SRC: &str = "docs/guide/src";

/// The chapters in the order of the summary, by their paths.
fn chapters() -> Vec<String> {
    let summary = include_str!("../../../docs/guide/src/SUMMARY.md");
    let link = |line: &str| Some(line.split_once("](")?.1.split_once(')')?.0.to_owned());
    summary.lines().filter_map(link).collect()
}

/// One drafter walks through all of it, in one folder, as it tells them to.
#[test]
fn each_command_of_the_guide_says_what_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join(SRC).join("samples"), folder.path());
    let walk: Vec<String> = chapters().into_iter().filter(|chapter| !text(chapter).starts_with("{{#include")).collect();
    assert!(walk.len() > 12);
    walk.iter().for_each(|chapter| walked(&format!("{SRC}/{chapter}"), folder.path()));
}

fn text(chapter: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(SRC).join(chapter);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())).replace("\r\n", "\n")
}

#[test]
fn what_the_guide_refers_to_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(SRC);
    for chapter in chapters() {
        let within = root.join(&chapter);
        let text = text(&chapter);
        for (at, _) in text.match_indices("](") {
            let target = text[at + 2..].split_once(')').unwrap().0;
            let is_there = target.contains("://") || within.parent().unwrap().join(target).is_file();
            assert!(is_there, "{chapter}: {target}");
        }
        if let Some(rest) = text.strip_prefix("{{#include ") {
            assert!(within.parent().unwrap().join(rest.split_once("}}").unwrap().0).is_file(), "{chapter}");
        }
    }
}
