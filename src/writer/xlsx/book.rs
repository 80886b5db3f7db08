//! What a workbook is made from, beside the document.

use crate::document::Document;
use crate::model::{Appendix, Column};
use std::sync::Arc;

/// What a workbook needs to know beside the document.
#[derive(Debug)]
pub struct Book<'a> {
    /// The words that its tables are made of.
    pub appendix: &'a Appendix,
    /// The columns of its tables.
    pub columns: Arc<[Column]>,
    /// What stands on the first sheet; its heading names the sheet.
    pub cover: Document,
    /// The document compared with what it amends, and what that is called.
    pub compared: Option<(Document, String)>,
}
