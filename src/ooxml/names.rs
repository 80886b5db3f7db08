//! Names that Word gives no choice in, and limits that it sets.

/// WordprocessingML, as `w:`.
pub const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// What Word has had since 2010, as `w14:`.
pub const WORD_2010: &str = "http://schemas.microsoft.com/office/word/2010/wordml";
/// What Word has had since 2012, as `w15:`.
pub const WORD_2012: &str = "http://schemas.microsoft.com/office/word/2012/wordml";
/// What says which of those an older reader may ignore, as `mc:`.
pub const COMPATIBILITY: &str = "http://schemas.openxmlformats.org/markup-compatibility/2006";
/// What the namespaces of properties and of custom XML begin with.
pub const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006";
/// What the types of Office's own relationships begin with.
pub const OFFICE_RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Word takes no longer name for a bookmark.
pub const LONGEST_BOOKMARK: usize = 40;
