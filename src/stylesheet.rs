//! How documents look: one sheet for DOCX and PDF alike, which a drafter can edit (`templates/style.yaml`).
//!
//! Lengths are in millimetres where they measure the page and in points where they measure type.

mod logo;
mod picture;

use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

pub use logo::{Logo, LogoSide};
pub use picture::{Picture, PictureContent, Unfit};

/// Over and under what stands at the head of a page, in points.
pub const HEAD_GAP: f32 = 5.0;

/// How everything looks, in Word and PDF alike.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Stylesheet {
    /// The paper and its margins.
    pub page: Page,
    /// The typeface that Word is told to use. PDFs carry Liberation Sans, which has the same widths as Arial.
    pub word_font: String,
    /// The colours.
    pub colours: Colours,
    /// The title on the cover.
    pub title: TextStyle,
    /// The line under the title.
    pub subtitle: TextStyle,
    /// From level 1 down; deeper headings look like the last.
    pub headings: Vec<TextStyle>,
    /// Text.
    pub body: TextStyle,
    /// The first paragraph of a section without a heading; like text unless it is given.
    pub clause: Option<TextStyle>,
    /// Whether the table of contents lists sections without a heading, by their first paragraph.
    pub clauses_in_contents: bool,
    /// List items.
    pub list: TextStyle,
    /// The line that opens an amended part.
    pub instruction: TextStyle,
    /// The line over a table.
    pub caption: TextStyle,
    /// Remarks in small print.
    pub note: TextStyle,
    /// The classification on the cover.
    pub classification: TextStyle,
    /// The text in cells.
    pub table: TextStyle,
    /// The cells around it.
    pub cells: Cells,
    /// The line at the head of each page.
    pub header: TextStyle,
    /// The lines at its foot.
    pub footer: TextStyle,
    /// How revisions are shown.
    pub marks: Marks,
    /// How far the text of a numbered heading stands in from its number, in millimetres.
    pub heading_indent: f32,
    /// How far each list level stands in from the one above, in millimetres.
    pub list_indent: f32,
    /// The bullets of list levels 1, 2, …; deeper levels start again from the first.
    pub bullets: Vec<String>,
    /// None unless it is given.
    pub logo: Option<Logo>,
    /// The pictures that the text shows, by their files as it names them.
    #[serde(skip)]
    pub figures: BTreeMap<String, Arc<Picture>>,
}

impl Page {
    /// The text's width and height where each is least: upright the page is narrow, turned it is low. In millimetres.
    pub fn least_text(&self) -> (f32, f32) {
        let side = self.width.min(self.height);
        (side - self.left - self.right, side - self.top - self.bottom)
    }
}

/// Between a defined term and what it means, in millimetres.
pub const TERM_GAP: f32 = 4.0;

impl Stylesheet {
    /// The logo and its picture, if there is one to be shown.
    pub fn picture(&self) -> Option<(&Logo, &Picture)> {
        self.logo.as_ref().and_then(|logo| Some((logo, logo.picture.as_deref()?)))
    }

    /// A picture of the text, and how wide and how high it is shown, in millimetres: with room for a caption on any page.
    pub fn figure(&self, file: &str) -> Option<(&Arc<Picture>, (f32, f32))> {
        const OF_PAGE: f32 = 0.8;
        let picture = self.figures.get(file)?;
        let (width, height) = self.page.least_text();
        Some((picture, picture.shown((width, height * OF_PAGE))))
    }

    /// How far from the top of the paper the head begins, in millimetres: halfway into the margin.
    pub fn head_top(&self) -> f32 {
        self.page.top / 2.0
    }

    /// How far from the top of the paper the text begins, in millimetres, under so many lines of header. It is the
    /// margin, but for a logo that needs more room.
    pub fn text_top(&self, lines: usize) -> f32 {
        let Some((logo, picture)) = self.picture() else { return self.page.top };
        let lines = lines as f32 * self.header.size * self.header.line;
        // Under the logo, over the rule, and twice between the rule and the text.
        let head = self.head_top() + logo.height(picture) + (lines + 4.0 * HEAD_GAP) * 25.4 / 72.0;
        self.page.top.max(head)
    }
}

/// A portrait page, in millimetres. A landscape page has its sides swapped and the same margins.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Page {
    /// From left to right.
    pub width: f32,
    /// From top to bottom.
    pub height: f32,
    /// The margin at the top.
    pub top: f32,
    /// The margin at the bottom.
    pub bottom: f32,
    /// The margin on the left.
    pub left: f32,
    /// The margin on the right.
    pub right: f32,
}

/// The colours of a document.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Colours {
    /// Of text.
    pub text: Colour,
    /// For what should recede, such as `N/A` in a matrix.
    pub quiet: Colour,
    /// Of inserted text.
    pub inserted: Colour,
    /// Of deleted text.
    pub deleted: Colour,
    /// Of the lines that open amended parts.
    pub instruction: Colour,
    /// Of links.
    pub link: Colour,
    /// Table rules and the lines at head and foot.
    pub rule: Colour,
    /// Behind the header rows of a table.
    pub header_fill: Colour,
    /// Behind the count rows of a table.
    pub count_fill: Colour,
}

/// Type and space of one sort of paragraph, in points.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TextStyle {
    /// In points.
    pub size: f32,
    /// Whether it is bold.
    pub strong: bool,
    /// Whether it is italic.
    pub emphasis: bool,
    /// Space above.
    pub before: f32,
    /// Space below.
    pub after: f32,
    /// The distance from line to line, as a multiple of the size.
    pub line: f32,
}

/// How the cells of a table are set. Lengths are in points.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Cells {
    /// Space between the text and the sides of its cell.
    pub sides: f32,
    /// Space over and under the text.
    pub ends: f32,
    /// Whether the first cell of each row of a matrix heads the row, for who has it read out.
    pub row_headers: bool,
    /// How small type may become so that a table fits its page without cutting words.
    pub least_size: f32,
    /// Cells that say only one of these recede (`colours.quiet`).
    pub quiet_words: Vec<String>,
    /// What stands over the column of a page of matrices that says which clauses name each row.
    pub named_in: String,
}

/// How a redline shows its revisions, besides their colours.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Marks {
    /// How far left of the text the bar beside a changed line stands, in millimetres.
    pub bar_gap: f32,
    /// How thick that bar is, in points.
    pub bar_width: f32,
    /// What is read out for inserted text, and for deleted text; `{text}` stands for it.
    pub spoken_inserted: String,
    /// The same of deleted text.
    pub spoken_deleted: String,
    /// How large the words left of the bar are, in points.
    pub note_size: f32,
    /// The words there for what looked otherwise.
    pub was: Was,
}

/// What is said in a PDF's margin of text that looks otherwise than it did; nothing, if it is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Was {
    /// Of words that were neither bold nor italic.
    pub plain: String,
    /// Of words that were bold.
    pub strong: String,
    /// Of words that were italic.
    pub emphasis: String,
    /// Of words that were both.
    pub strong_emphasis: String,
    /// Of words that were raised.
    pub superscript: String,
    /// Of words that were lowered.
    pub subscript: String,
    /// Of a paragraph that was ordinary text.
    pub body: String,
    /// Of one that was a heading; `{level}` stands for its level.
    pub heading: String,
    /// Of one that was an item of a list; `{level}` stands for its level.
    pub item: String,
    /// Of an item that had a bullet.
    pub bullet: String,
    /// Of an item that had a number or a letter; `{label}` stands for it.
    pub label: String,
}

/// Notes that can just be read, and no words.
impl Default for Marks {
    fn default() -> Self {
        Self {
            bar_gap: 0.0,
            bar_width: 0.0,
            spoken_inserted: String::new(),
            spoken_deleted: String::new(),
            note_size: 6.5,
            was: Was::default(),
        }
    }
}

/// Of no size, with single spacing.
impl Default for TextStyle {
    fn default() -> Self {
        Self { size: 0.0, strong: false, emphasis: false, before: 0.0, after: 0.0, line: 1.2 }
    }
}

/// An sRGB colour, written `"#1f3864"`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(into = "String")]
pub struct Colour {
    /// From 0 to 255.
    pub red: u8,
    /// From 0 to 255.
    pub green: u8,
    /// From 0 to 255.
    pub blue: u8,
}

impl Stylesheet {
    /// How wide the column of defined terms is, with the gap beside it, in millimetres.
    pub fn term_column(&self) -> f32 {
        const SHARE: f32 = 0.33;
        (self.page.width - self.page.left - self.page.right) * SHARE
    }

    /// How notes at the foot of the page are set: in the small print of other remarks, upright.
    pub fn footnote(&self) -> TextStyle {
        TextStyle { emphasis: false, ..self.note.clone() }
    }
}

impl TryFrom<String> for Colour {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let digits = text.strip_prefix('#').filter(|d| d.len() == 6 && d.bytes().all(|b| b.is_ascii_hexdigit()));
        let Some(digits) = digits else {
            return Err(format!(
                "“{text}” is no colour: write it as “#” and six hexadecimal digits, such as \"#1f3864\""
            ));
        };
        let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).expect("two hexadecimal digits");
        Ok(Self { red: part(0), green: part(2), blue: part(4) })
    }
}

impl Colour {
    /// The colour thinned until text in it can be read on it.
    pub fn tint(self) -> Self {
        const KEPT: u32 = 18;
        let thin = |part: u8| u8::try_from((u32::from(part) * KEPT + 255 * (100 - KEPT)) / 100).unwrap_or(u8::MAX);
        Self { red: thin(self.red), green: thin(self.green), blue: thin(self.blue) }
    }
}

/// Six hexadecimal digits without the `#`, as Word writes a colour.
impl std::fmt::Display for Colour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02X}{:02X}{:02X}", self.red, self.green, self.blue)
    }
}

impl From<Colour> for String {
    fn from(colour: Colour) -> Self {
        format!("#{colour}").to_lowercase()
    }
}
