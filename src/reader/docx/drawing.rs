//! What is drawn, not written: pictures, charts, and the text boxes whose words no other text flows around.

use crate::diagnostic::Failure;
use crate::document::Figure;
use crate::document::markdown::is_figure_file;
use crate::reader::marked::beginning;
use crate::reader::xml::{Space, Token, Xml};
use std::collections::BTreeMap;

/// What stands in something that isn't read.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    /// Its words, on one line.
    pub words: String,
    has_box: bool,
    has_picture: bool,
    has_chart: bool,
    has_diagram: bool,
    has_object: bool,
    /// The relationship to the picture's file, what the picture is called, and what it says that it shows.
    file: Option<String>,
    name: String,
    alt: String,
}

/// Looks through the element that has just begun.
pub(super) fn scan(xml: &mut Xml<'_>) -> Result<Drawing, Failure> {
    let mut found = Drawing::default();
    let mut words = String::new();
    let mut open: Vec<bool> = vec![false];
    while !open.is_empty() {
        match xml.next()? {
            Token::Start(tag) => {
                match (tag.space, tag.name()) {
                    // What stands there a second time, for older readers.
                    (Space::Compatibility, "Fallback") => {
                        xml.skip()?;
                        continue;
                    }
                    (Space::Word, "txbxContent") => found.has_box = true,
                    (_, "docPr") => {
                        found.name = tag.attribute("name").unwrap_or_default();
                        found.alt = tag.attribute("descr").unwrap_or_default();
                    }
                    (_, "blip" | "imagedata") => {
                        found.has_picture = true;
                        found.file = tag.attribute("embed").or_else(|| tag.attribute("id"));
                    }
                    (_, "chart") => found.has_chart = true,
                    (_, "relIds") => found.has_diagram = true,
                    (_, "OLEObject" | "control") => found.has_object = true,
                    (_, "textpath") => {
                        words.push(' ');
                        words.push_str(&tag.attribute("string").unwrap_or_default());
                    }
                    (_, "p" | "tab" | "br") => words.push(' '),
                    _ => {}
                }
                open.push(matches!(tag.name(), "t" | "delText"));
            }
            Token::End => drop(open.pop()),
            Token::Text(text) if open.last() == Some(&true) => words.push_str(&text),
            Token::Text(_) => {}
            Token::Over => break,
        }
    }
    found.words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    Ok(found)
}

/// The file for a part: the one that it would be called, unless another part is called so.
fn free(named: &str, target: &str, shown: &BTreeMap<String, String>) -> String {
    let is_free = |file: &String| shown.get(file).is_none_or(|other| other == target);
    let (stem, ending) = named.rsplit_once('.').unwrap_or((named, ""));
    let others = (2..).map(|nth| format!("{stem}-{nth}.{ending}"));
    std::iter::once(named.to_owned()).chain(others).find(is_free).unwrap_or_default()
}

impl Drawing {
    /// The picture, if that is all there is and documents can carry it. `files` are those of the part, by relationship;
    /// `shown` are the parts of pictures by the files that figures name.
    pub fn figure(&self, files: &BTreeMap<String, String>, shown: &mut BTreeMap<String, String>) -> Option<Figure> {
        let is_more = self.has_box || self.has_chart || self.has_diagram || self.has_object || !self.words.is_empty();
        let target = files.get(self.file.as_deref().filter(|_| !is_more)?)?;
        let named = format!("figures/{}", target.rsplit('/').next().unwrap_or_default());
        let own = Some(&self.name).filter(|name| is_figure_file(name));
        let file = own.cloned().or_else(|| is_figure_file(&named).then(|| free(&named, target, shown)))?;
        shown.entry(file.clone()).or_insert_with(|| target.clone());
        Some(Figure { file, alt: self.alt.split_whitespace().collect::<Vec<_>>().join(" ") })
    }

    /// What to tell of it.
    pub fn remark(&self) -> String {
        let what = match self {
            Self { has_box: true, .. } => "a text box",
            Self { has_object: true, .. } => "an embedded object",
            Self { has_chart: true, .. } => "a chart",
            Self { has_diagram: true, .. } => "a diagram",
            Self { has_picture: true, .. } => "a picture",
            _ => "a drawing",
        };
        match (self.has_box, self.words.is_empty()) {
            (true, false) => format!(
                "{what} is left out, with the words “{}”: move them into the text in Word",
                beginning(&self.words)
            ),
            (false, false) => format!("{what} is left out, with the words “{}”", beginning(&self.words)),
            (_, true) => format!("{what} is left out"),
        }
    }
}
