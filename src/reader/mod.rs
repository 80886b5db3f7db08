//! Bytes to marked documents: the mirror of `writer`.
//!
//! A file that comes from elsewhere is read for what it says and for who changed what: each revision with its author and
//! date, and both texts, the original and the proposed, from one pass. What the dialect can't carry is a remark with its
//! place, never dropped in silence. A file that was made to do harm is refused: nothing is unpacked that wasn't asked
//! for, and nothing beyond what a document can need.

mod carry;
pub mod docx;
mod hands;
mod kind;
pub mod marked;
mod package;
mod pictures;
mod refusal;
mod table;
mod view;
mod words;
pub mod xlsx;
mod xml;

pub use carry::{Carried, Page, document, text};
pub use view::View;
