//! The tree as Markdown and back: the hub that templates write and every format is made from.
//!
//! The dialect is closed. It is CommonMark's paragraphs, headings, lists, emphasis and links, with tables, heading
//! ids and these additions; anything else is a fault with its place, never silently dropped or taken for text.
//!
//! | written | means |
//! |---|---|
//! | `<!-- ctsd:document {…} -->` | the document's title, header, footer and other [`Meta`](super::Meta) |
//! | `<!-- ctsd:page-break -->`, `<!-- ctsd:contents -->` | what isn't text |
//! | `<!-- ctsd:title -->` (or another [`TextRole`](super::TextRole)) over a paragraph | what it is for |
//! | `<!-- ctsd:table {…} -->` over a table | its id, column and row keys, and which rows are header and count rows |
//! | `## 5.4 Heading {#section-5.4}` | the section whose identity is 5.4 |
//! | `(a)`, `(iv)`, `b)`, `2.` or another [`Label`](super::Label) at the start of a line | an item of a list, with that label |
//! | `<ins>…</ins>`, `<del>…</del>` | inserted and deleted words |
//! | `<!-- ctsd:inserted -->`, `<!-- ctsd:deleted -->` at a paragraph's end | its mark |
//! | `<!-- ctsd:was {…} -->` at a paragraph's end | the kind that it was before |
//! | `<span data-was="strong">…</span>` | the style that the text had before |
//! | `m^2^`, `CO~2~`, or `<sup>2</sup>`, `<sub>2</sub>` | superscript and subscript |
//! | `[^1]`, and `[^1]: …` below | a note, and what it says |
//! | `![what it shows](figures/flow.png)` and the caption in the next line | a picture |
//! | a line, and one below it that begins with `: ` | a term, and what it means; further paragraphs stand in by two |
//! | `<br>` | a line break within a paragraph or cell |
//!
//! The law: reading what was written gives the same tree, whatever the text holds.

mod characters;
mod directive;
mod escape;
mod fault;
mod pieces;
mod read;
mod write;

pub(crate) use characters::is_forbidden;

pub use directive::clause;
pub use escape::escape;
pub use fault::Fault;
pub use pieces::pieces;
pub use read::{Passage, figure_files, is_figure_file, passages, read, read_blocks, read_body};
pub use write::{write, write_blocks};
