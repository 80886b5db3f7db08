//! Redlines that come back.

mod examples;
mod laws;
mod refused;
mod summary;
mod told;
mod typed;
mod withdrawn;

use crate::common::reviewer;
use ctsd::content::Revised;
use ctsd::files::Root;
use ctsd::pipeline::applying::{Applied, Only};
use ctsd::pipeline::{Desk, Format, Options};
use std::collections::BTreeMap;

/// The files of a project, by path.
type Files = BTreeMap<String, String>;

fn desk(files: &Files) -> Desk {
    let bytes = files.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes()));
    Desk::open_from(&Root::memory(bytes.collect())).unwrap_or_else(|failure| panic!("{failure}"))
}

/// The redline of a version against its base.
fn sent(desk: &Desk, target: &str, full: bool) -> Vec<u8> {
    let (base, target) = desk.with_base(target).unwrap_or_else(|failure| panic!("{failure}"));
    let options = Options { formats: vec![Format::Docx], ..Options::default() };
    let files = if full { desk.full_redline(base, target, &options) } else { desk.redline(base, target, &options) };
    files.unwrap_or_else(|failure| panic!("{failure}")).remove(0).bytes
}

/// What a copy makes of the files.
fn applied(desk: &Desk, copies: &[&[u8]], only: &Only) -> Result<Applied, String> {
    let review = |(at, copy): (usize, &&[u8])| {
        let reviewed = desk.review_bytes(copy).unwrap_or_else(|failure| panic!("{failure}"));
        (format!("copy {at}"), reviewed)
    };
    let copies: Vec<_> = copies.iter().enumerate().map(review).collect();
    desk.apply(&copies, only).map_err(|failure| failure.to_string())
}

/// The files as they are then.
fn with(files: &Files, revised: &Revised) -> Files {
    let mut files = files.clone();
    files.extend(revised.written.iter().map(|file| (file.path.clone(), file.text.clone())));
    files.retain(|path, _| !revised.removed.contains(path));
    files
}
