//! What reaches the disk: files that appear whole or not at all.

mod exchange;
mod hold;
pub mod public;

use crate::diagnostic::Failure;
use crate::files::{SOURCES, below};
use exchange::{Failed, exchange};
use hold::{Hold, PART};
use std::io::{Error, ErrorKind, Write};
use std::path::{Component, Path, PathBuf};
use tempfile::NamedTempFile;

/// A file that has been made and not yet written.
#[derive(Clone, Debug)]
pub struct File {
    /// Its name within the output folder; in a folder there, with `/` between their names.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// What kept the files from being written; earlier output is as it was.
#[derive(Debug)]
struct Unwritten {
    path: PathBuf,
    message: String,
    help: &'static str,
}

impl From<Unwritten> for Failure {
    fn from(why: Unwritten) -> Self {
        Self::refused(format!("{}: {}. {}", why.path.display(), why.message, why.help))
    }
}

/// Writes all files or none: each is written beside its place, and only when all are there are they moved into it. If
/// one then can't be, those moved before it are put back.
///
/// Two runs take turns, so what stands in the folder comes from one of them. A run that is killed leaves each file as
/// it was or as it was to be; the next run removes what else it left.
///
/// # Errors
/// What kept a file from being written, such as a full disk or a file that is open in Word.
pub fn write(folder: &Path, files: &[File]) -> Result<Vec<PathBuf>, Failure> {
    Ok(write_all(folder, files, &[])?)
}

/// As [`write`], and deletes these files too: all of it happens, or none.
///
/// # Errors
/// As [`write`], and what kept a file from being deleted.
pub fn replace(folder: &Path, files: &[File], gone: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    Ok(write_all(folder, files, gone)?)
}

/// Refuses a folder below those that are read: documents among the sources would be read as such the next time.
pub(crate) fn outside_sources(root: &Path, folder: &Path) -> Result<(), Failure> {
    for sources in SOURCES {
        if real(folder).starts_with(real(&root.join(sources))) {
            let folder = folder.display();
            return Err(Failure::refused(format!(
                "{folder} is in `{sources}`, which is read and not written: choose a folder outside it"
            )));
        }
    }
    Ok(())
}

/// A path without links and detours. What isn't there yet holds no links, so a way back from it leads where it came from.
fn real(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for there in path.ancestors() {
        if let (Ok(real), Ok(rest)) = (there.canonicalize(), path.strip_prefix(there)) {
            return rest.components().fold(real, |mut real, part| {
                match part {
                    Component::ParentDir => drop(real.pop()),
                    part => real.push(part),
                }
                real
            });
        }
    }
    path
}

fn write_all(folder: &Path, files: &[File], gone: &[PathBuf]) -> Result<Vec<PathBuf>, Unwritten> {
    std::fs::create_dir_all(folder).map_err(|error| unwritten(folder, &error))?;
    let hold = Hold::of(folder).map_err(|error| unwritten(folder, &error))?;
    hold.sweep();
    let mut beside = Vec::with_capacity(files.len());
    for file in files {
        let path = below(folder, &file.name);
        let within = path.parent().unwrap_or(folder);
        std::fs::create_dir_all(within).map_err(|error| unwritten(within, &error))?;
        let made = write_beside(folder, &file.bytes).map_err(|error| unwritten(&path, &error))?;
        beside.push((made, path));
    }
    for path in beside.iter().map(|(_, path)| path).chain(gone) {
        can_be_replaced(path)?;
    }
    exchange(beside, gone.to_vec()).map_err(|failed| not_exchanged(&failed))
}

/// Makes a folder that isn't there yet with all of its files, which may stand in folders within it: it appears whole
/// or not at all.
///
/// # Errors
/// If the folder is there, or what kept a file from being written.
pub fn create(folder: &Path, files: &[File]) -> Result<Vec<PathBuf>, Failure> {
    Ok(create_all(folder, files)?)
}

fn create_all(folder: &Path, files: &[File]) -> Result<Vec<PathBuf>, Unwritten> {
    if folder.symlink_metadata().is_ok() {
        return Err(unwritten(folder, &ErrorKind::AlreadyExists.into()));
    }
    let parent = folder.parent().unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(PART.0).suffix(PART.1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As with files: temporary folders are made for their owner alone.
        builder.permissions(std::fs::Permissions::from_mode(0o755));
    }
    let beside = builder.tempdir_in(parent).map_err(|error| unwritten(folder, &error))?;
    for file in files {
        let path = below(beside.path(), &file.name);
        let within = path.parent().unwrap_or(beside.path());
        let made = std::fs::create_dir_all(within).and_then(|()| write_beside(within, &file.bytes));
        let put = made.and_then(|made| made.persist(&path).map_err(|error| error.error));
        put.map_err(|error| unwritten(&below(folder, &file.name), &error))?;
    }
    std::fs::rename(beside.path(), folder).map_err(|error| unwritten(folder, &error))?;
    Ok(files.iter().map(|file| below(folder, &file.name)).collect())
}

fn not_exchanged(failed: &Failed) -> Unwritten {
    let mut told = unwritten(&failed.path, &failed.error);
    if !failed.changed.is_empty() {
        let changed: Vec<String> = failed.changed.iter().map(|path| path.display().to_string()).collect();
        told.message.push_str(&format!("; these are new already and couldn't be put back: {}", changed.join(", ")));
    }
    told
}

/// Why no file can be written to a folder; nothing, if one can, or if there is no such folder yet and one can be made.
pub fn obstacle(folder: &Path) -> Option<String> {
    let there = folder.ancestors().find(|it| it.is_dir()).unwrap_or(Path::new("."));
    let there = if there.as_os_str().is_empty() { Path::new(".") } else { there };
    write_beside(there, b"").err().map(|error| unwritten(there, &error).message)
}

/// What stands in the way of a file must show before any is replaced.
fn can_be_replaced(path: &Path) -> Result<(), Unwritten> {
    let Ok(metadata) = std::fs::metadata(path) else { return Ok(()) };
    let in_the_way = |what: &str, help| Err(Unwritten { path: path.to_owned(), message: what.to_owned(), help });
    if metadata.is_dir() {
        return in_the_way("a folder of that name is in the way", "Move the folder away, or rename it.");
    }
    if !metadata.is_file() {
        return in_the_way(
            "something of that name is in the way that is no ordinary file",
            "Move it away, or rename it.",
        );
    }
    // A file that another program holds open can't be replaced on Windows.
    std::fs::OpenOptions::new().append(true).open(path).map(drop).map_err(|error| unwritten(path, &error))
}

fn write_beside(folder: &Path, bytes: &[u8]) -> Result<NamedTempFile, Error> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PART.0).suffix(PART.1);
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

fn unwritten(path: &Path, error: &Error) -> Unwritten {
    let (message, help) = match error.kind() {
        _ if is_open_elsewhere(error) => ("another program has it open", CLOSE),
        ErrorKind::PermissionDenied => ("it may not be written", CLOSE),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            ("the disk is full", "Make room on it, or choose another.")
        }
        ErrorKind::NotADirectory => ("a part of its path isn't a folder", "Choose another folder."),
        ErrorKind::AlreadyExists => {
            ("a file stands where the folder should", "Choose another folder, or move the file away.")
        }
        ErrorKind::ReadOnlyFilesystem => ("the disk is read-only", "Choose another folder."),
        ErrorKind::ResourceBusy => {
            ("another run is writing to it", "Wait until it has ended, or end it, and run the command again.")
        }
        _ => return Unwritten { path: path.to_owned(), message: error.to_string(), help: CLOSE },
    };
    Unwritten { path: path.to_owned(), message: message.to_owned(), help }
}

/// Windows' sharing violation, which no kind of error stands for.
fn is_open_elsewhere(error: &Error) -> bool {
    const SHARING_VIOLATION: i32 = 32;
    cfg!(windows) && error.raw_os_error() == Some(SHARING_VIOLATION)
}

const CLOSE: &str =
    "If the file is open in Word or a PDF viewer, close it; else check the folder and the space on the disk.";
