//! The clean documents that a desk made last, for a desk that is opened again and again.

use crate::document::Document;
use crate::model::{Appendix, Version};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The last document of each version, with all that it was made of but the templates. A desk that makes its documents
/// once keeps none.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept(Option<Arc<Mutex<BTreeMap<String, Made>>>>);

#[derive(Debug)]
struct Made {
    of: Of,
    document: Arc<Document>,
}

/// What the document of a version is made of.
#[derive(Debug, PartialEq)]
struct Of {
    appendix: Appendix,
    version: Version,
    /// The id and the name of the version that it amends.
    base: Option<(String, String)>,
}

impl Kept {
    /// One that keeps, with nothing yet.
    pub fn keeping() -> Self {
        Self(Some(Arc::default()))
    }

    /// Whether it keeps.
    pub fn keeps(&self) -> bool {
        self.0.is_some()
    }

    /// The document of a version: that which is kept, if it was made of the same, else one that is made now.
    ///
    /// # Errors
    /// Those of making it.
    pub fn document<E>(
        &self,
        appendix: &Appendix,
        version: &Version,
        base: Option<&Version>,
        make: impl FnOnce() -> Result<Document, E>,
    ) -> Result<Arc<Document>, E> {
        let Some(kept) = &self.0 else { return make().map(Arc::new) };
        let lock = || kept.lock().unwrap_or_else(PoisonError::into_inner);
        let base = base.map(|base| (base.id.to_string(), base.name.clone()));
        let is_of = |of: &Of| of.version == *version && of.base == base && of.appendix == *appendix;
        let known =
            lock().get(version.id.as_str()).filter(|made| is_of(&made.of)).map(|made| Arc::clone(&made.document));
        if let Some(document) = known {
            return Ok(document);
        }
        let document = Arc::new(make()?);
        let of = Of { appendix: appendix.clone(), version: version.clone(), base };
        lock().insert(version.id.to_string(), Made { of, document: Arc::clone(&document) });
        Ok(document)
    }
}
