//! Names that Word gives no choice in, and limits that it sets.

/// WordprocessingML, as `w:`.
pub const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// What the namespaces of properties and of custom XML begin with.
pub const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006";
/// What the types of Office's own relationships begin with.
pub const OFFICE_RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Word takes no longer name for a bookmark.
pub const LONGEST_BOOKMARK: usize = 40;
