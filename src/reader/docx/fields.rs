//! Fields: what Word puts in a document by itself. What a field shows is read; its code isn't.

use super::state::{Field, Reading};
use crate::diagnostic::Failure;
use crate::document::Revised;

/// The fields that nothing is printed for where they stand.
const SILENT: [&str; 16] = [
    "XE",
    "TC",
    "TA",
    "RD",
    "SET",
    "ASK",
    "FILLIN",
    "PRINT",
    "PRIVATE",
    "NEXT",
    "NEXTIF",
    "SKIPIF",
    "BOOKMARK",
    "AUTOTEXTLIST",
    "SECTION",
    "INFO",
];

impl Reading<'_> {
    pub fn begin_field(&mut self, code: String) {
        let number = self.ended.len();
        self.ended.push(false);
        self.fields.push(Field { number, code, shows: false, replaced: false, link: None });
    }

    pub fn add_code(&mut self, code: &str) {
        if let Some(field) = self.fields.iter_mut().rev().find(|field| !field.shows) {
            field.code.push_str(code);
        }
    }

    /// The code is over, and what the field shows begins.
    pub fn show_field(&mut self) -> Result<(), Failure> {
        let margin = self.in_margin;
        let Some(field) = self.fields.last_mut() else { return Ok(()) };
        field.shows = true;
        let stands_for = match kind(&field.code) {
            "HYPERLINK" => {
                field.link = address(&field.code).map(Into::into);
                None
            }
            "PAGE" if margin => Some("{page}"),
            "NUMPAGES" if margin => Some("{pages}"),
            _ => None,
        };
        if kind(&field.code).eq_ignore_ascii_case("toc")
            && let Some(paragraph) = &mut self.paragraph
        {
            paragraph.contents = true;
        }
        if let Some(text) = stands_for {
            self.say(text, &Revised::default(), self.marks)?;
            if let Some(field) = self.fields.last_mut() {
                field.replaced = true;
            }
        }
        Ok(())
    }

    pub fn end_field(&mut self) {
        let Some(field) = self.fields.pop() else { return };
        self.ended[field.number] = true;
        let name = kind(&field.code);
        if !field.shows && !name.is_empty() && !SILENT.iter().any(|silent| silent.eq_ignore_ascii_case(name)) {
            let what = match name {
                "FORMCHECKBOX" => "a box to be ticked is left out".to_owned(),
                _ => format!("a field ({name}) has nothing to show, and is left out: update the fields in Word"),
            };
            self.tell(true, what);
        }
    }

    /// Whether what is read is shown by a table of contents.
    pub fn is_in_contents(&self) -> bool {
        self.fields.iter().any(|field| field.shows && kind(&field.code).eq_ignore_ascii_case("toc"))
    }
}

/// What kind of field a code is of.
fn kind(code: &str) -> &str {
    code.split_whitespace().next().unwrap_or_default()
}

/// Where the code of a link leads.
fn address(code: &str) -> Option<String> {
    let mut words = words(code).into_iter().skip(1);
    let (mut address, mut place) = (None, None);
    while let Some(word) = words.next() {
        match word.as_str() {
            "\\l" => place = words.next(),
            "\\o" | "\\t" => drop(words.next()),
            word if word.starts_with('\\') => {}
            _ => address = Some(word),
        }
    }
    match (address, place) {
        (Some(address), Some(place)) => Some(format!("{address}#{place}")),
        (Some(address), None) => Some(address),
        (None, place) => place.map(|place| format!("#{place}")),
    }
}

/// The words of a code; those in quotation marks are one.
fn words(code: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (at, piece) in code.split('"').enumerate() {
        match at % 2 {
            0 => words.extend(piece.split_whitespace().map(str::to_owned)),
            _ => words.push(piece.to_owned()),
        }
    }
    words
}
