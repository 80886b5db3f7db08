//! Progress: what long work is at, told to whoever waits for it.

use std::fmt;
use std::sync::Arc;

/// A step of the work, as whoever waits for it knows it. Steps may run within and beside each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// The content and the templates are read.
    Reading,
    /// A document or a workbook from elsewhere is read, and content made of it.
    Importing,
    /// One of several versions, from 1: all that is done for it.
    Version {
        /// As the version is called.
        name: &'a str,
        /// Which of them it is, from 1.
        place: usize,
        /// How many there are.
        of: usize,
    },
    /// A version is laid out by its templates.
    Rendering(&'a str),
    /// Two versions are compared.
    Comparing,
    /// A document is written as Markdown.
    Markdown,
    /// Text is set into pages.
    Pages,
    /// A document is written for Word.
    Word,
    /// Pages are written as PDF.
    Pdf,
    /// A document is written as a page for a browser.
    Html,
    /// Matrices are written as a page for a browser.
    Matrix,
    /// Tables are written for Excel.
    Excel,
    /// The files go to the disk.
    Writing,
}

impl fmt::Display for Step<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reading => f.write_str("reading"),
            Self::Importing => f.write_str("importing"),
            Self::Version { name, of: 1, .. } => f.write_str(name),
            Self::Version { name, place, of } => write!(f, "{name} ({place} of {of})"),
            Self::Rendering(name) => write!(f, "rendering {name}"),
            Self::Comparing => f.write_str("comparing"),
            Self::Markdown => f.write_str("Markdown"),
            Self::Pages => f.write_str("pages"),
            Self::Word => f.write_str("Word"),
            Self::Pdf => f.write_str("PDF"),
            Self::Html => f.write_str("HTML"),
            Self::Matrix => f.write_str("matrix page"),
            Self::Excel => f.write_str("Excel"),
            Self::Writing => f.write_str("writing"),
        }
    }
}

/// Whoever waits for the work, and is told from whichever thread does it.
pub trait Watcher: Send + Sync {
    /// A step has begun.
    fn begins(&self, step: Step<'_>);
    /// A step has ended.
    fn ends(&self, step: Step<'_>);
}

/// Who is told of the work; by default, nobody.
#[derive(Clone, Default)]
pub struct Watch(Option<Arc<dyn Watcher>>);

impl Watch {
    /// That watcher is told.
    pub fn by(watcher: Arc<dyn Watcher>) -> Self {
        Self(Some(watcher))
    }

    /// Does the work, and tells when it begins and ends.
    pub fn during<T>(&self, step: Step<'_>, work: impl FnOnce() -> T) -> T {
        let Some(watcher) = &self.0 else { return work() };
        watcher.begins(step);
        let done = work();
        watcher.ends(step);
        done
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Watch").field(&self.0.is_some()).finish()
    }
}
