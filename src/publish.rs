//! What reaches the disk: files that appear whole or not at all.

pub mod public;

use std::io::Write;
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// A file that has been made and not yet written.
#[derive(Clone, Debug)]
pub struct File {
    /// Its name within the output folder.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// What kept the files from being written; earlier output is as it was.
#[derive(Debug)]
pub struct Unwritten {
    pub path: PathBuf,
    pub message: String,
    pub help: &'static str,
}

/// Writes all files or none: each is written beside its place, and only when all are there are they moved into it.
///
/// # Errors
/// What kept a file from being written, such as a full disk or a file that is open in Word.
pub fn write(folder: &Path, files: &[File]) -> Result<Vec<PathBuf>, Unwritten> {
    let fail = |path: &Path, error: &std::io::Error| Unwritten {
        path: path.to_owned(),
        message: describe(error),
        help: "If the file is open in Word or a PDF viewer, close it; else check the folder and the space on the disk.",
    };
    std::fs::create_dir_all(folder).map_err(|error| fail(folder, &error))?;
    let mut beside = Vec::with_capacity(files.len());
    for file in files {
        let path = folder.join(&file.name);
        let made = write_beside(folder, &file.bytes).map_err(|error| fail(&path, &error))?;
        beside.push((made, path));
    }
    for (_, path) in &beside {
        if path.is_dir() {
            let message = "a folder of that name is in the way".to_owned();
            return Err(Unwritten { path: path.clone(), message, help: "Move the folder away, or rename it." });
        }
        // A file that another program holds open can't be replaced on Windows; that must show before any is.
        if path.exists() {
            std::fs::OpenOptions::new().append(true).open(path).map_err(|error| fail(path, &error))?;
        }
    }
    let mut written = Vec::with_capacity(beside.len());
    for (made, path) in beside {
        made.persist(&path).map_err(|error| fail(&path, &error.error))?;
        written.push(path);
    }
    Ok(written)
}

fn write_beside(folder: &Path, bytes: &[u8]) -> std::io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".ctsd-").suffix(".part");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // Documents are for others to read; temporary files are made for their owner alone.
        builder.permissions(std::fs::Permissions::from_mode(0o644));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_data()?;
    Ok(file)
}

fn describe(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::PermissionDenied => "it may not be written".to_owned(),
        std::io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        std::io::ErrorKind::NotADirectory => "a part of its path isn't a folder".to_owned(),
        std::io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
        _ => error.to_string(),
    }
}
