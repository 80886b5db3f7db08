//! What was made of texts, for who makes the same again a moment later.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// What was made of texts, by these. It holds what was asked for since it was begun, and what was asked of the one before.
#[derive(Debug)]
pub(super) struct Memory<V> {
    before: HashMap<String, V>,
    now: Mutex<HashMap<String, V>>,
}

impl<V: Clone> Memory<V> {
    pub fn new() -> Self {
        Self { before: HashMap::new(), now: Mutex::default() }
    }

    /// One that follows it, and forgets what wasn't asked of it.
    pub fn next(&self) -> Self {
        let now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        // Where nothing was made in between, what was known before is as good.
        let before = if now.is_empty() { &self.before } else { &*now };
        Self { before: before.clone(), now: Mutex::default() }
    }

    /// What is made of a text, unless it is known; what can't be made isn't remembered.
    pub fn made<E>(&self, text: &str, make: impl FnOnce(&str) -> Result<V, E>) -> Result<V, E> {
        let now = || self.now.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = now().get(text) {
            return Ok(known.clone());
        }
        let value = self.before.get(text).map_or_else(|| make(text), |known| Ok(known.clone()))?;
        now().insert(text.to_owned(), value.clone());
        Ok(value)
    }
}
