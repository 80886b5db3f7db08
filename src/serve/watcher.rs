//! Sees what is saved: told by the system, and by looking where no system tells.

use super::state::State;
use crate::files::{Limit, Root};
use notify::{RecursiveMode, Watcher};
use sha2::{Digest, Sha256};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// The folders that are read.
const READ: [&str; 2] = ["content", "templates"];

/// How often is looked where nobody tells: network drives, WSL.
const LOOK: Duration = Duration::from_millis(500);

/// An editor saves a file in several steps.
const SETTLE: Duration = Duration::from_millis(15);

/// Folders within folders; a link may lead back to one above.
const DEEPEST: usize = 8;

/// A larger file is none that is read.
const LIMIT: Limit = Limit { megabytes: 64, help: "" };

/// Opens the desk anew whenever the files say something else than is known, until the server ends.
pub(super) fn watch(state: &State, mut known: Vec<u8>) {
    let (tell, told) = channel();
    let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| !event.kind.is_access()) {
            tell.send(()).unwrap_or_default();
        }
    });
    // Where nobody can tell, looking does.
    let mut watcher = watcher.ok();
    for folder in READ {
        if let Some(watcher) = &mut watcher {
            watcher.watch(&state.folder().join(folder), RecursiveMode::Recursive).unwrap_or_default();
        }
    }
    while !state.is_ended() {
        match told.recv_timeout(LOOK) {
            Ok(()) => {
                std::thread::sleep(SETTLE);
                told.try_iter().for_each(drop);
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => std::thread::sleep(LOOK),
        }
        let now = digest(state.root());
        if now != known {
            known = now;
            state.open();
        }
    }
}

/// What all files together say.
pub(super) fn digest(root: &Root) -> Vec<u8> {
    let mut digest = Sha256::new();
    for folder in READ {
        add(root, folder, DEEPEST, &mut digest);
    }
    digest.finalize().to_vec()
}

fn add(root: &Root, folder: &str, depth: usize, digest: &mut Sha256) {
    for entry in root.list(folder).unwrap_or_default() {
        digest.update(entry.path.as_bytes());
        digest.update([0]);
        match entry.is_folder {
            true if depth > 0 => add(root, &entry.path, depth - 1, digest),
            true => {}
            false => digest.update(Sha256::digest(root.bytes(&entry.path, LIMIT).unwrap_or_default())),
        }
    }
}
