//! The public set: what may be published, and the proof of what was.
//!
//! A set is the documents of one version, with a manifest that says what they are and `SHA256SUMS`, which any system
//! can check.

mod classified;

pub(crate) use classified::says_its_classification;

use super::File;
use crate::diagnostic::{Code, Diagnostic, Failure};
use crate::digest::hexadecimal;
use crate::model::{Appendix, Version};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::Path;

const MANIFEST: &str = "manifest.json";
const SUMS: &str = "SHA256SUMS";

/// What a public set is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The id of the version that it is of.
    pub version: String,
    /// The version that a modification is drafted against.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline: Option<String>,
    /// The name of its classification.
    pub classification: String,
    /// The name and version of the tool that made the set.
    pub tool: String,
    /// What the set was made from: the SHA-256 of the content, the templates and the logo, whatever the line ends.
    pub content: String,
    /// The author and the date that stand on the revisions, if they were chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// When they were made, in ISO 8601 and UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The SHA-256 of each document, by name.
    pub files: BTreeMap<String, String>,
}

/// Refuses what is not for the public: only the loosest classification is.
///
/// # Errors
/// One for each version of which the set would tell.
pub(crate) fn guard(appendix: &Appendix, versions: &[&Version]) -> Result<(), Vec<Diagnostic>> {
    let refused = |version: &&&Version| appendix.strictness(&version.classification.name) != Some(0);
    let public = appendix.classifications.first().map_or("", |loosest| loosest.name.as_str());
    let finding = |version: &&Version| {
        let name = &version.classification.name;
        let message = format!("{} is classified as {} and can't be published", version.name, name.value);
        Diagnostic::error(Code::NotPublic, message).at(name.origin.location()).help(format!(
            "if it is for the public, say “classification: {public}” here; `redline` and `build` write the documents for \
             others"
        ))
    };
    let findings: Vec<Diagnostic> = versions.iter().filter(refused).map(finding).collect();
    if findings.is_empty() { Ok(()) } else { Err(findings) }
}

/// Refuses a folder that holds something else: the set of another version, or what is no set at all.
///
/// # Errors
/// What stands there.
pub(crate) fn holds_no_other(folder: &Path, id: &str, name: &str) -> Result<(), Failure> {
    let refuse = |what: String| Err(Failure::refused(format!("{} {what}", folder.display())));
    let is_visible = |entry: &std::fs::DirEntry| !entry.file_name().to_string_lossy().starts_with('.');
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let is_in_use = entries.into_iter().any(|entry| is_visible(&entry));
    match (folder.is_file(), is_in_use, manifest(folder)) {
        (true, ..) => refuse("is a file, not a folder: name a folder, which need not be there yet".to_owned()),
        (_, _, Ok(there)) if there.version != id => {
            refuse(format!("holds the public set of {}: publish {name} to a folder of its own", there.version))
        }
        (_, true, Err(_)) => {
            refuse(format!("holds files that are no public set: publish {name} to a folder of its own"))
        }
        _ => Ok(()),
    }
}

/// Adds the manifest and the sums to the documents of a set.
pub(crate) fn seal(mut documents: Vec<File>, mut manifest: Manifest) -> Vec<File> {
    manifest.files = documents.iter().map(|file| (file.name.clone(), digest(&file.bytes))).collect();
    let mut text = serde_json::to_string_pretty(&manifest).expect("plain data turns into JSON");
    text.push('\n');
    documents.push(File { name: MANIFEST.to_owned(), bytes: text.into_bytes() });
    documents.sort_by(|a, b| a.name.cmp(&b.name));
    let sums: String = documents.iter().map(|file| format!("{}  {}\n", digest(&file.bytes), file.name)).collect();
    documents.push(File { name: SUMS.to_owned(), bytes: sums.into_bytes() });
    documents
}

/// What a folder says it is.
///
/// # Errors
/// Why it is no public set.
pub fn manifest(folder: &Path) -> Result<Manifest, Failure> {
    let name = folder.display();
    let help = "name the folder that `ctsd publish` wrote (--to)";
    if !folder.exists() {
        return Err(Failure::refused(format!("there is no folder {name}: {help}")));
    }
    if !folder.is_dir() {
        return Err(Failure::refused(format!("{name} is a file, not a folder: {help}")));
    }
    let text = std::fs::read_to_string(folder.join(MANIFEST)).map_err(|error| match error.kind() {
        ErrorKind::NotFound => Failure::refused(format!("{name} is no public set, for it has no {MANIFEST}: {help}")),
        _ => Failure::refused(format!("{MANIFEST} in {name} can't be read: {error}")),
    })?;
    serde_json::from_str(&text).map_err(|error| {
        Failure::refused(format!("{MANIFEST} in {name} isn't one that `ctsd publish` wrote, or was changed: {error}"))
    })
}

/// What is wrong with a published folder, held against the set as it is made afresh.
pub(crate) fn differences(folder: &Path, fresh: &[File]) -> Vec<String> {
    let mut wrong = Vec::new();
    for file in fresh {
        match std::fs::read(folder.join(&file.name)) {
            Ok(bytes) if bytes == file.bytes => {}
            Ok(_) => wrong.push(format!("{} isn't what a fresh build gives", file.name)),
            Err(error) => wrong.push(format!("{} can't be read: {error}", file.name)),
        }
    }
    let known: BTreeSet<&str> = fresh.iter().map(|file| file.name.as_str()).collect();
    match std::fs::read_dir(folder) {
        Ok(entries) => {
            let names = entries.filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()));
            let mut strays: Vec<String> = names.filter(|name| !known.contains(name.as_str())).collect();
            strays.sort_unstable();
            wrong.extend(strays.into_iter().map(|name| format!("{name} isn't part of the set")));
        }
        Err(error) => wrong.push(format!("{} can't be read: {error}", folder.display())),
    }
    wrong
}

/// What is wrong with a folder by its own sums, without building anything.
pub fn broken_sums(folder: &Path, manifest: &Manifest) -> Vec<String> {
    let mut wrong = Vec::new();
    for (name, sum) in &manifest.files {
        // A manifest from elsewhere must not lead out of the folder.
        let plain = !name.is_empty() && !name.contains(['/', '\\', ':']) && name != ".." && name != ".";
        match plain.then(|| std::fs::read(folder.join(name))) {
            Some(Ok(bytes)) if digest(&bytes) == *sum => {}
            Some(Ok(_)) => wrong.push(format!("{name} was changed since it was published")),
            Some(Err(error)) => wrong.push(format!("{name} can't be read: {error}")),
            None => wrong.push(format!("“{name}” in the manifest isn't the name of a file")),
        }
    }
    wrong
}

/// One SHA-256 over many texts, whose line ends don't count, and pictures, each with its name.
pub(crate) fn content_digest<'a>(
    texts: impl Iterator<Item = (&'a str, &'a str)>,
    pictures: impl Iterator<Item = (&'a str, &'a [u8])>,
) -> String {
    let mut hash = Sha256::new();
    let mut add = |bytes: &[u8]| {
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    };
    for (name, text) in texts {
        add(name.as_bytes());
        add(text.replace("\r\n", "\n").as_bytes());
    }
    for (name, bytes) in pictures {
        add(name.as_bytes());
        add(bytes);
    }
    hexadecimal(&hash.finalize())
}

fn digest(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}
