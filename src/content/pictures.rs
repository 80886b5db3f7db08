//! Pictures from files: the logo beside the style sheet, and what bodies show, below the content.

use super::reader::{Beside, Reader};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::markdown;
use crate::files::Limit;
use crate::model::Text;
use crate::stylesheet::{Picture, Unfit};
use crate::suggest::nearest;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What comes as a larger file was made for posters.
pub(super) const FILE: Limit =
    Limit { megabytes: 2, help: "scale the picture down: a thousand pixels across print well" };

/// A picture that a file names.
pub(super) struct Wanted<'w> {
    pub beside: Beside<'w>,
    /// Below that folder.
    pub name: &'w str,
    pub read: fn(Vec<u8>) -> Result<Picture, Unfit>,
    /// What it may be.
    pub kinds: &'static str,
}

/// Tells of each picture of a body that documents can't show.
pub(super) fn check(reader: &mut Reader<'_>, body: &Text) {
    let Some(beside) = reader.beside else { return };
    for (file, at) in markdown::figure_files(body) {
        let wanted = Wanted { beside, name: &file, read: Picture::from_file, kinds: "a PNG or a JPEG" };
        if let Err(wrong) = load(wanted) {
            let width = body.get(at.clone()).map_or(1, |written| written.chars().count());
            reader.findings.push(wrong.at(body.locate(at.start, width)));
        }
    }
}

/// The pictures that some bodies show, by the names that these have for them, from below a folder; those that can't be shown
/// are left out.
pub(super) fn all<'b>(beside: Beside<'_>, bodies: impl Iterator<Item = &'b str>) -> BTreeMap<String, Arc<Picture>> {
    let mut known: BTreeMap<String, Option<Arc<Picture>>> = BTreeMap::new();
    for (file, _) in bodies.flat_map(markdown::figure_files) {
        known.entry(file).or_insert_with_key(|file| {
            let bytes = beside.root.bytes(&format!("{}/{file}", beside.folder), FILE).ok()?;
            Picture::from_file(bytes).ok().map(Arc::new)
        });
    }
    known.into_iter().filter_map(|(file, picture)| Some((file, picture?))).collect()
}

/// The picture in a file.
///
/// # Errors
/// What is wrong with it, without a place.
pub(super) fn load(wanted: Wanted<'_>) -> Result<Picture, Diagnostic> {
    let Wanted { beside, name, read, kinds } = wanted;
    let path = format!("{}/{name}", beside.folder);
    let bytes = beside.root.bytes(&path, FILE).map_err(|wrong| {
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", &path));
        let there = beside.root.list(folder).unwrap_or_default();
        let meant = nearest(file, there.iter().filter(|entry| !entry.is_folder).map(|entry| entry.name.as_str()));
        let help = match meant.filter(|meant| *meant != file) {
            Some(meant) => format!("did you mean “{meant}”?"),
            None => wrong.help.unwrap_or_default(),
        };
        Diagnostic::error(wrong.code, wrong.message).help(help)
    })?;
    read(bytes).map_err(|unfit| unfit_at(&path, &unfit, kinds))
}

fn unfit_at(path: &str, unfit: &Unfit, kinds: &str) -> Diagnostic {
    const SAVE: &str = "open it in a program for pictures and save it as PNG";
    let (message, help) = match unfit {
        Unfit::OtherKind(Some(what)) => (format!("{path} is {what}, not {kinds}"), SAVE),
        Unfit::OtherKind(None) => (format!("{path} isn't {kinds}"), SAVE),
        Unfit::TooFine(width, height) => (format!("{path} is {width} by {height} pixels: too many"), FILE.help),
        Unfit::Broken(why) => {
            let kind = if path.to_lowercase().ends_with("png") { "PNG" } else { "JPEG" };
            (format!("{path} is a broken {kind}: {why}"), SAVE)
        }
    };
    Diagnostic::error(Code::BadPicture, message).help(help)
}
