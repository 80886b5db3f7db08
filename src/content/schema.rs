//! What editors know of the files: a JSON Schema of each form, with the project's own words in it.

use super::definitions::Definitions;
use super::{comments, head, section, standards, style, table, vocabulary};
use crate::model::{Appendix, Column};
use serde_json::Value as Json;

/// The schema of each kind of file, by the name that its own file has. With the appendix's words, and the columns that
/// versions have of their own, the schemas list what the project calls things.
pub fn schemas(words: Option<&Appendix>, columns: &[Column]) -> Vec<(&'static str, Json)> {
    let definitions = &mut Definitions::new(words, columns.iter());
    vec![
        ("allow", standards::ALLOW.document(definitions)),
        ("appendix", vocabulary::APPENDIX.document(definitions)),
        ("comments", comments::COMMENTS.document(definitions)),
        ("register", standards::REGISTER.document(definitions)),
        ("section", section::SECTION.document(definitions)),
        ("style", style::STYLE.document(definitions)),
        ("table", table::TABLE.document(definitions)),
        ("terms", standards::TERMS.document(definitions)),
        ("version", head::VERSION.document(definitions)),
    ]
}
