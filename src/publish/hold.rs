//! One run at a time in an output folder.

use std::fs::{File, TryLockError};
use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How files begin and end that are being written and don't have their names yet.
pub(super) const PART: (&str, &str) = (".ctsd-", ".part");

/// A run waits its turn for half a minute; writing takes a moment, so whoever takes longer has stopped.
const TRIES: u32 = 1500;
const PAUSE: Duration = Duration::from_millis(20);

/// The right to write to a folder, which the system takes back when the run ends, however it ends.
#[derive(Debug)]
pub(super) struct Hold {
    folder: PathBuf,
    /// What is locked; `None` where the system has no locks, as on some network drives. There, files still appear
    /// whole, but those of two runs could mix.
    locked: Option<File>,
}

impl Hold {
    /// Waits until no other run writes to the folder, unless that takes too long.
    pub fn of(folder: &Path) -> Result<Self, Error> {
        let hold = |locked| Self { folder: folder.to_owned(), locked };
        // What else is wrong with a folder that can't be opened shows when something is written to it.
        let Ok(file) = open(folder) else { return Ok(hold(None)) };
        for _ in 0..TRIES {
            match file.try_lock() {
                Ok(()) => return Ok(hold(Some(file))),
                Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
                Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Interrupted => {}
                Err(TryLockError::Error(_)) => return Ok(hold(None)),
            }
        }
        Err(ErrorKind::ResourceBusy.into())
    }

    /// Removes what killed runs have left. Whoever is alive and writing holds the folder, so it is nobody's.
    pub fn sweep(&self) {
        if self.locked.is_none() {
            return;
        }
        let entries = std::fs::read_dir(&self.folder).into_iter().flatten().flatten();
        for entry in entries {
            let name = entry.file_name();
            let is_part = name.to_str().is_some_and(|name| name.starts_with(PART.0) && name.ends_with(PART.1));
            if is_part && entry.file_type().is_ok_and(|kind| kind.is_file()) {
                // One that can't be removed is in nobody's way: each run gives its own new names.
                let _ = std::fs::remove_file(entry.path());
            }
        }
    }
}

/// A folder can itself be locked, which leaves nothing behind.
#[cfg(unix)]
fn open(folder: &Path) -> Result<File, Error> {
    File::open(folder)
}

/// Where a folder can't be locked, a file in it is.
#[cfg(not(unix))]
fn open(folder: &Path) -> Result<File, Error> {
    let mut options = File::options();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(windows)]
    {
        use std::os::windows::fs::OpenOptionsExt;
        // To be read and written by others, not removed: so whoever has it open has the one that others find.
        options.share_mode(0x1 | 0x2);
    }
    options.open(folder.join(LOCK))
}

#[cfg(not(unix))]
const LOCK: &str = ".ctsd.lock";

#[cfg(not(unix))]
impl Drop for Hold {
    fn drop(&mut self) {
        drop(self.locked.take());
        // While another run has it open, it can't be removed, and that run will.
        let _ = std::fs::remove_file(self.folder.join(LOCK));
    }
}
