//! Pictures, which a drafter writes as `![what it shows](figures/flow.png)` in a paragraph of their own, with the caption
//! from the next line on.

use super::Reader;
use crate::document::{FIGURE, Figure};
use crate::files::is_bare_name;
use pulldown_cmark::{Event, Parser, Tag};
use std::ops::Range;

/// Where pictures stand below the folder of the content.
const FOLDER: &str = "figures/";
/// What files of pictures are called.
const ENDINGS: [&str; 3] = [".png", ".jpg", ".jpeg"];

const HELP: &str = "Write ![what it shows](figures/flow.png); for the characters, \\![.";

/// A picture that is being read.
pub(super) struct Open {
    file: String,
    alt: String,
}

impl Reader<'_> {
    pub(super) fn start_figure(&mut self, file: String, title: &str, at: Range<usize>) {
        let is_apart = self.inline.runs.is_empty() && self.heading.is_none() && self.lists.is_empty();
        if self.typed && (!is_apart || self.cells.is_open() || self.notes.open.is_some()) {
            let help = "Give it a paragraph of its own, with an empty line above.";
            self.fault(at.clone(), "a picture stands among words, or in a heading, a list, a table or a note", help);
        }
        if !title.is_empty() {
            let help = "Write the caption in the line under the picture.";
            self.fault(at.clone(), "a picture has its caption within the brackets", help);
        }
        if !is_figure_file(&file) {
            let message = format!("“{file}” isn't the name of a picture");
            self.fault(
                at.clone(),
                message,
                "Put a PNG or a JPEG into content/figures, and write such as figures/flow.png.",
            );
        }
        self.no_forbidden(&file, at);
        self.figure = Some(Open { file, alt: String::new() });
    }

    pub(super) fn in_figure(&mut self, text: &str) {
        self.figure.iter_mut().for_each(|figure| figure.alt.push_str(text));
    }

    pub(super) fn end_figure(&mut self, at: Range<usize>) {
        let Some(Open { file, alt }) = self.figure.take() else { return };
        if alt.trim().is_empty() {
            self.fault(at.clone(), "nothing says what the picture shows to readers who can't see it", HELP);
        }
        self.inline.push(FIGURE, at.start);
        if let Some(run) = self.inline.runs.last_mut() {
            let alt = alt.split_whitespace().collect::<Vec<_>>().join(" ");
            run.style.now.figure = Some(Box::new(Figure { file, alt }));
        }
    }

    /// Whether what was read last is a picture.
    pub(super) fn ends_in_figure(&self) -> bool {
        self.inline.runs.last().is_some_and(|run| run.style.now.figure.is_some())
    }

    pub(super) fn no_words_beside_figure(&mut self, at: &Range<usize>) {
        if self.typed && self.ends_in_figure() {
            let help = "Write the caption in the line under the picture.";
            self.fault(at.clone(), "words stand beside a picture", help);
        }
    }
}

/// The files of the pictures that a body shows, each with where it is shown, be they fit or not.
pub fn figure_files(text: &str) -> Vec<(String, Range<usize>)> {
    if !text.contains("![") {
        return Vec::new();
    }
    let shown = |(event, at)| match event {
        Event::Start(Tag::Image { dest_url, .. }) if is_figure_file(&dest_url) => Some((dest_url.into_string(), at)),
        _ => None,
    };
    Parser::new(text).into_offset_iter().filter_map(shown).collect()
}

/// Whether a file can be a picture of the content: in its folder, and of a kind that documents carry.
pub fn is_figure_file(file: &str) -> bool {
    let name = file.strip_prefix(FOLDER).unwrap_or_default();
    let ending = name.to_lowercase();
    is_bare_name(name) && ENDINGS.iter().any(|known| ending.ends_with(known))
}
