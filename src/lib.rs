//! `ctsd`: a drafting desk for legal text.
//!
//! ```
//! use ctsd::pipeline::{Desk, Format, Options};
//! use std::path::Path;
//!
//! # fn main() -> Result<(), ctsd::diagnostic::Failure> {
//! // The folder that holds `content`, and `templates` where a project has its own.
//! let desk = Desk::open(Path::new("."))?;
//! let (base, target) = (desk.version("6.18")?, desk.version("MP089")?);
//!
//! // What the modification amends, with the instruction of each amendment.
//! let changes = desk.compare(base, target)?.changes;
//! assert!(changes.amendments.iter().any(|amendment| amendment.instruction == "Amend Section 5.4 as follows:"));
//!
//! // The same as a document, in any of the formats.
//! let options = Options { formats: vec![Format::Markdown], ..Options::default() };
//! let files = desk.redline(base, target, &options)?;
//! assert_eq!(files[0].name, "redline-6.18-mp089.md");
//! # Ok(())
//! # }
//! ```
//!
//! Sections and matrix rows are data. One journey renders a version through templates into Markdown and from that
//! into DOCX and PDF; the other compares two versions and writes the change document.
//!
//! A room uses only rooms that stand below it in this list; a test holds it.
//!
//! | room | what lives there |
//! |---|---|
//! | `cli` | the commands: what is asked for is parsed, the desk is called, the outcome is printed |
//! | `serve` | a live preview for a browser on this machine: watched, made anew, told |
//! | `pipeline` | the journeys, each a paragraph of calls: build, redline, check, rebase, publish |
//! | `publish` | what reaches the disk: whole files or none, what the public may see, the manifest |
//! | `adopt` | a document or a workbook that was read, as content, with all that was guessed |
//! | `check` | the rules, a file each, and what is known and allowed |
//! | `change` | the change document: covers, instructions, marked parts, context rows, remarks |
//! | `writer` | a leaf for each format behind one table of formats |
//! | `reader` | bytes to marked documents: who changed what, both texts, and what couldn't be carried; and to the cells of workbooks |
//! | `ooxml` | what Word's files are made of, for those who write them and those who read them |
//! | `redline` | the marked tree, and the list of amendments |
//! | `template` | Tera: a version through templates into Markdown |
//! | `compose` | whole versions: a modification laid over its base or moved onto another, a release of several, a version stated alone; and who said what |
//! | `align` | what two texts have in common: sequences and words; the only user of `similar` |
//! | `content` | YAML in and out: one table of fields for each form |
//! | `stylesheet` | how documents look, in Word and PDF alike |
//! | `model` | plain data: the appendix, versions, what modifications and releases state, counts |
//! | `document` | the tree of a document, Markdown in and out, accepting and rejecting, references |
//! | `files` | the one door to files, on disk or in memory, and the one rule of what a text may hold |
//! | `diagnostic` | findings: codes, places, what to do |
//! | `starter` | the files that a new project begins with |
//! | `progress` | what takes long, told while it does |
//! | `suggest` | did you mean |
//! | `digest` | what bytes are known by, in hexadecimal digits |

#![warn(missing_docs)]

pub mod adopt;
mod align;
pub mod change;
pub mod check;
pub mod compose;
pub mod content;
pub mod diagnostic;
mod digest;
pub mod document;
pub mod files;
pub mod model;
pub mod ooxml;
pub mod pipeline;
pub mod progress;
pub mod publish;
pub mod reader;
pub mod redline;
pub mod serve;
mod starter;
pub mod stylesheet;
mod suggest;
pub mod template;
pub mod writer;
