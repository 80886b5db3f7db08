//! What words of a section stand for which others, kept while one modification after another is laid over a base.

use crate::align;
use crate::model::Section;
use std::collections::BTreeMap;

/// The words that are replaced in each section, by its identity, as it was asked for last.
#[derive(Debug, Default)]
pub(in crate::compose) struct Replaced {
    known: BTreeMap<String, Known>,
}

#[derive(Debug)]
struct Known {
    was: String,
    is: String,
    words: Vec<(String, String)>,
}

impl Replaced {
    /// What is replaced in several sections, each as it was and as it is.
    pub fn between(&mut self, pairs: &[(&Section, &Section)]) -> impl Iterator<Item = (&str, &str)> {
        for (was, is) in pairs {
            let is_known = |known: &Known| known.is == is.body.text && known.was == was.body.text;
            if !self.known.get(&is.id).is_some_and(is_known) {
                let (was, now) = (was.body.text.clone(), is.body.text.clone());
                let words = align::replaced(&was, &now);
                self.known.insert(is.id.clone(), Known { was, is: now, words });
            }
        }
        let words = pairs.iter().filter_map(|(_, is)| self.known.get(&is.id)).flat_map(|known| &known.words);
        words.map(|(old, new)| (old.as_str(), new.as_str()))
    }
}
