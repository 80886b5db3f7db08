//! What the tests share.

pub mod docx;
pub mod docx_sample;
pub mod edit;
pub mod generate;
pub mod pdf;

use std::fs;
use std::path::{Path, PathBuf};

/// The small project that is good, which tests make bad.
pub fn good() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/content/good")
}

/// Copies a folder and all that is below it.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name())).unwrap();
        if path.is_dir() {
            copy(&path, &to.join(name));
        } else {
            fs::copy(path, to.join(name)).unwrap();
        }
    }
}
