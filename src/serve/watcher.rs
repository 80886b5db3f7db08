//! Sees what is saved: told by the system, and by looking where no system tells.

use super::state::State;
use crate::files::{Limit, Root, SOURCES};
use crate::pipeline::Desk;
use notify::{RecursiveMode, Watcher};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// How often is looked where nobody tells: network drives, WSL.
const LOOK: Duration = Duration::from_millis(500);

/// An editor saves a file in several steps.
const SETTLE: Duration = Duration::from_millis(5);

/// What is wrong may be half saved: so long it isn't told, if more comes.
const UNSURE: Duration = Duration::from_millis(60);

/// Folders within folders; a link may lead back to one above.
const DEEPEST: usize = 8;

/// A larger file is none that is read.
const LIMIT: Limit = Limit { megabytes: 64, help: "" };

/// What each file says, by its path.
pub(super) type Known = BTreeMap<String, Vec<u8>>;

/// Opens the desk anew whenever the files say something else than is known, until the server ends.
pub(super) fn watch(state: &State, mut known: Known) {
    let (tell, told) = channel();
    let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        if let Ok(event) = event
            && !event.kind.is_access()
        {
            tell.send(event.paths).unwrap_or_default();
        }
    });
    // Where nobody can tell, looking does.
    let mut watcher = watcher.ok();
    for folder in SOURCES {
        if let Some(watcher) = &mut watcher {
            watcher.watch(&state.folder().join(folder), RecursiveMode::Recursive).unwrap_or_default();
        }
    }
    // What was told while something else was done.
    let mut next = None;
    while !state.is_ended() {
        let now = match next.take().map_or_else(|| told.recv_timeout(LOOK), Ok) {
            Ok(mut paths) => {
                std::thread::sleep(SETTLE);
                paths.extend(told.try_iter().flatten());
                told_of(state, &known, &paths).unwrap_or_else(|| look(state.root()))
            }
            Err(RecvTimeoutError::Timeout) => look(state.root()),
            Err(RecvTimeoutError::Disconnected) => {
                std::thread::sleep(LOOK);
                look(state.root())
            }
        };
        if now == known {
            continue;
        }
        known = now;
        let (_, before, _) = state.now();
        let opened = before.map_or_else(|| Desk::open_from(state.root()), |before| before.again());
        if opened.is_err() {
            next = told.recv_timeout(UNSURE).ok();
        }
        match next {
            // Then all is looked at again.
            Some(_) => known.clear(),
            None => state.put(opened),
        }
    }
}

/// What the files say, if no other than these that were there and are says something else.
fn told_of(state: &State, known: &Known, paths: &[PathBuf]) -> Option<Known> {
    let mut now = known.clone();
    for path in paths {
        let path = path.strip_prefix(state.folder()).ok()?;
        let parts: Option<Vec<&str>> = path.components().map(|part| part.as_os_str().to_str()).collect();
        let said = now.get_mut(&parts?.join("/"))?;
        *said = digest(state.root().bytes(&path.to_str()?.replace('\\', "/"), LIMIT).ok()?);
    }
    Some(now)
}

/// What all files say.
pub(super) fn look(root: &Root) -> Known {
    let mut known = Known::new();
    SOURCES.iter().for_each(|folder| add(root, folder, DEEPEST, &mut known));
    known
}

fn add(root: &Root, folder: &str, depth: usize, known: &mut Known) {
    for entry in root.list(folder).unwrap_or_default() {
        match entry.is_folder {
            true if depth > 0 => add(root, &entry.path, depth - 1, known),
            true => {}
            false => {
                let said = digest(root.bytes(&entry.path, LIMIT).unwrap_or_default());
                known.insert(entry.path, said);
            }
        }
    }
}

fn digest(bytes: Vec<u8>) -> Vec<u8> {
    Sha256::digest(bytes).to_vec()
}
