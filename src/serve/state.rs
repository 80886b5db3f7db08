//! What is served: the desk as of the last save, and the pages made of it.

use super::editor::{Editor, Opener};
use super::told::Told;
use crate::diagnostic::Failure;
use crate::files::Root;
use crate::pipeline::Desk;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How many pages are kept.
const MOST: usize = 100;

/// What is served, for the watcher and for all who answer.
#[derive(Debug)]
pub(super) struct State {
    root: Root,
    opener: Opener,
    now: Mutex<Now>,
    changed: Condvar,
    /// Held while a page is made, so that two who ask for one don't make it twice.
    making: Mutex<()>,
    ended: AtomicBool,
}

/// As of one save.
#[derive(Debug, Default)]
pub(super) struct Now {
    /// Counts the saves.
    pub count: u64,
    /// The last desk that could be opened.
    pub desk: Option<Arc<Desk>>,
    /// Why the files as they are now can't be opened.
    pub wrong: Vec<Told>,
    /// The last page that could be made, by what is asked for.
    pages: BTreeMap<String, Made>,
}

/// A page, and what is told of the files that it was made of.
#[derive(Clone, Debug, Default)]
pub(super) struct Made {
    /// The save that it was made after.
    pub count: u64,
    /// Nothing, as long as none could be made.
    pub page: Option<Arc<str>>,
    /// The page before it that was another, for a browser that has that one.
    pub before: Option<Arc<str>>,
    /// Why it isn't that of the last save.
    pub errors: Vec<Told>,
    /// What a drafter should look at, once somebody has asked.
    pub findings: Option<Vec<Told>>,
}

impl Made {
    /// The same, with a page that was made since.
    pub fn with(self, page: Arc<str>) -> Self {
        match self.page {
            Some(was) if was != page => Self { page: Some(page), before: Some(was), ..self },
            was => Self { page: Some(was.unwrap_or(page)), ..self },
        }
    }
}

impl State {
    pub fn new(folder: &Path, editor: Editor) -> Self {
        // Editors are told where a file is from the root of the disk.
        let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
        Self {
            root: Root::folder(folder.clone()),
            opener: Opener { folder, editor },
            now: Mutex::default(),
            changed: Condvar::new(),
            making: Mutex::default(),
            ended: AtomicBool::new(false),
        }
    }

    pub fn root(&self) -> &Root {
        &self.root
    }

    pub fn folder(&self) -> &Path {
        &self.opener.folder
    }

    /// What opens the files of the project.
    pub fn opener(&self) -> &Opener {
        &self.opener
    }

    /// Takes what was read of the files, and tells those who wait.
    pub fn put(&self, opened: Result<Desk, Failure>) {
        let mut now = self.lock();
        now.count += 1;
        match opened {
            Ok(desk) => {
                now.desk = Some(Arc::new(desk));
                now.wrong = Vec::new();
            }
            Err(failure) => now.wrong = Told::of_failure(failure, &self.opener),
        }
        self.changed.notify_all();
    }

    /// The page that was made for what is asked for, if one was.
    pub fn page(&self, asked: &str) -> Made {
        self.lock().pages.get(asked).cloned().unwrap_or_default()
    }

    /// Makes something while nobody else does.
    pub fn making<T>(&self, make: impl FnOnce() -> T) -> T {
        let _held = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        make()
    }

    /// Keeps a page, unless one of a later save is kept. Of very many, another is let go: it is made again for who asks.
    pub fn keep(&self, asked: &str, made: Made) {
        let mut now = self.lock();
        if now.pages.len() >= MOST && !now.pages.contains_key(asked) {
            now.pages.pop_first();
        }
        let kept = now.pages.entry(asked.to_owned()).or_default();
        if kept.count <= made.count {
            *kept = made;
        }
    }

    /// The desk of now, and whether it is that of the last save.
    pub fn now(&self) -> (u64, Option<Arc<Desk>>, Vec<Told>) {
        let now = self.lock();
        (now.count, now.desk.clone(), now.wrong.clone())
    }

    /// Waits until there was another save than so many, but no longer than this. Says how many there were.
    pub fn wait(&self, count: u64, most: Duration) -> u64 {
        let now = self.lock();
        let same = |now: &mut Now| now.count == count && !self.is_ended();
        match self.changed.wait_timeout_while(now, most, same) {
            Ok((now, _)) => now.count,
            Err(poisoned) => poisoned.into_inner().0.count,
        }
    }

    pub fn is_ended(&self) -> bool {
        self.ended.load(Ordering::SeqCst)
    }

    pub fn end(&self) {
        self.ended.store(true, Ordering::SeqCst);
        drop(self.lock());
        self.changed.notify_all();
    }

    /// What one thread left half done is of no harm to the others: each value is put in its place whole.
    fn lock(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
