//! `ctsd`: a drafting desk for legal text.
//!
//! Sections and matrix rows are data. One journey renders a version through templates into Markdown and from that
//! into DOCX and PDF; the other compares two versions and writes the change document. A room uses only the rooms
//! listed below it.

pub mod check;
pub mod compose;
pub mod content;
pub mod diagnostic;
pub mod document;
pub mod files;
pub mod model;
pub mod ooxml;
pub mod pipeline;
pub mod progress;
pub mod publish;
pub mod redline;
pub mod stylesheet;
mod suggest;
pub mod template;
pub mod writer;
