//! The style sheet, read with the same care as the content.

use super::form::{Form, always, maybe, unless_default};
use super::kinds::{As, Line, List, flag, length, positive, string};
use super::reader::{Beside, Known};
use super::{folder, logo};
use crate::diagnostic::{Code, Diagnostic, sort};
use crate::files::Root;
use crate::stylesheet::{Cells, Colour, Colours, Marks, Page, Stylesheet, TextStyle, Was};
use serde_json::json;
use std::sync::{Arc, LazyLock};

/// The style sheet that the text of a file states; `file` is its path below `root`, where the logo that it names stands
/// beside it.
///
/// # Errors
/// Everything that is wrong with it.
pub fn stylesheet(root: &Root, file: &str, text: &str) -> Result<Stylesheet, Vec<Diagnostic>> {
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let known = Known { beside: Some(Beside { root, folder }), ..Known::default() };
    let (value, mut diagnostics) =
        folder::parse(&Arc::from(file), "", text, known, |reader, field| STYLE.read(reader, field));
    match value {
        Some(sheet) if diagnostics.is_empty() => Ok(sheet),
        _ => {
            sort(&mut diagnostics);
            Err(diagnostics)
        }
    }
}

pub(super) static STYLE: LazyLock<Form<Stylesheet>> = LazyLock::new(|| {
    let form = Form::<Stylesheet>::new("the style sheet", "Style sheet", "How documents look, in Word and PDF alike.")
        .vital("page", &PAGE, PAGE_ABOUT, always!(page))
        .vital(
            "word_font",
            string(),
            "The typeface that Word is told to use. PDFs carry Liberation Sans, which has the same widths as Arial.",
            always!(word_font),
        )
        .vital("colours", &COLOURS, COLOURS_ABOUT, always!(colours))
        .vital("cells", &CELLS, CELLS_ABOUT, always!(cells))
        .vital("marks", &MARKS, MARKS_ABOUT, always!(marks))
        .vital(
            "heading_indent",
            length(),
            "How far the text of a numbered heading stands in from its number, in millimetres.",
            always!(heading_indent),
        )
        .vital(
            "list_indent",
            length(),
            "How far each list level stands in from the one above, in millimetres.",
            always!(list_indent),
        )
        .vital(
            "bullets",
            List::strict("the bullet", string()).not_empty(),
            "The bullets of list levels 1, 2, …; deeper levels start again from the first.",
            always!(bullets),
        )
        .vital("title", &TEXT, "The title on the cover.", always!(title))
        .vital("subtitle", &TEXT, "What stands under the title.", always!(subtitle))
        .vital(
            "headings",
            List::strict("the heading style", &TEXT).not_empty(),
            "From level 1 down; deeper headings look like the last.",
            always!(headings),
        );
    paragraphs(form)
        .optional(
            "clause",
            &TEXT,
            "The first paragraph of a section without a heading. Like “body” unless it is given.",
            maybe!(clause),
        )
        .optional(
            "clauses_in_contents",
            flag(),
            "Whether the table of contents lists sections without a heading, by their first paragraph.",
            unless_default!(clauses_in_contents),
        )
        .optional("logo", logo::logo(), "A picture at the head of each page. None unless it is given.", logo::slot())
        .finish(logo::hold_against_page)
});

fn paragraphs(form: Form<Stylesheet>) -> Form<Stylesheet> {
    form.vital("body", &TEXT, "The paragraphs of the text.", always!(body))
        .vital("list", &TEXT, "The items of lists.", always!(list))
        .vital("instruction", &TEXT, "What a change document says is to be done.", always!(instruction))
        .vital("caption", &TEXT, "What stands over a table.", always!(caption))
        .vital("note", &TEXT, "Remarks that aren't the text of the appendix.", always!(note))
        .vital("classification", &TEXT, "The classification on the cover.", always!(classification))
        .vital("table", &TEXT, "What the cells of tables hold.", always!(table))
        .vital("header", &TEXT, "The head of each page.", always!(header))
        .vital("footer", &TEXT, "The foot of each page.", always!(footer))
}

const PAGE_ABOUT: &str =
    "A portrait page, in millimetres. A landscape page has its sides swapped and the same margins.";

static PAGE: LazyLock<Form<Page>> = LazyLock::new(|| {
    Form::<Page>::new("the page", "Page", PAGE_ABOUT)
        .vital("width", length(), "From side to side.", always!(width))
        .vital("height", length(), "From top to bottom.", always!(height))
        .vital("top", length(), "The margin at the top.", always!(top))
        .vital("bottom", length(), "The margin at the bottom.", always!(bottom))
        .vital("left", length(), "The margin on the left.", always!(left))
        .vital("right", length(), "The margin on the right.", always!(right))
        .finish(|reader, fields, page| {
            let is_read = ["width", "height", "top", "bottom", "left", "right"].iter().all(|name| fields.has(name));
            let narrow = page.left + page.right >= page.width || page.top + page.bottom >= page.height;
            // Turned, the page has its sides swapped and the same margins.
            let low = page.left + page.right >= page.height || page.top + page.bottom >= page.width;
            if is_read && page.width > 0.0 && page.height > 0.0 && (narrow || low) {
                let help = "make the page larger or its margins smaller; lengths are in millimetres";
                reader.error(Code::BadLength, &fields.origin, "the margins leave no room on the page", help);
            }
            true
        })
});

const COLOURS_ABOUT: &str = "The colours of text, of lines and of what stands behind.";

static COLOURS: LazyLock<Form<Colours>> = LazyLock::new(|| {
    Form::<Colours>::new("the list of colours", "Colours", COLOURS_ABOUT)
        .vital("text", colour(), "The text.", always!(text))
        .vital("quiet", colour(), "What should recede, such as “N/A” in a matrix.", always!(quiet))
        .vital("inserted", colour(), "Inserted text.", always!(inserted))
        .vital("deleted", colour(), "Deleted text.", always!(deleted))
        .vital("instruction", colour(), "Amendment instructions.", always!(instruction))
        .vital("link", colour(), "Links.", always!(link))
        .vital("rule", colour(), "Table rules and the lines at head and foot.", always!(rule))
        .vital("header_fill", colour(), "Behind the header rows of a table.", always!(header_fill))
        .vital("count_fill", colour(), "Behind the count rows of a table.", always!(count_fill))
});

fn colour() -> As<Line, Colour> {
    As::new(
        Line,
        |reader, _, text| {
            let colour = Colour::try_from(text.value.clone());
            if colour.is_err() {
                let message = format!("“{}” is no colour", text.value);
                let help = "write “#” and six hexadecimal digits, in quotation marks, such as \"#1f3864\"";
                reader.error(Code::BadColour, &text.origin, message, help);
            }
            colour.ok()
        },
        |colour| String::from(*colour).into(),
    )
    .with_schema(|_, _| json!({ "type": "string", "pattern": "^#[0-9a-fA-F]{6}$" }))
}

const CELLS_ABOUT: &str = "How the cells of a table are set. Lengths are in points.";

static CELLS: LazyLock<Form<Cells>> = LazyLock::new(|| {
    Form::<Cells>::new("the style of cells", "Cells", CELLS_ABOUT)
        .vital("sides", length(), "Space between the text and the sides of its cell.", always!(sides))
        .vital("ends", length(), "Space over and under the text.", always!(ends))
        .vital(
            "least_size",
            positive(),
            "How small type may become so that a table fits its page without cutting words.",
            always!(least_size),
        )
        .optional(
            "quiet_words",
            List::strict("the quiet word", string()),
            "Cells that say only one of these recede (“colours.quiet”).",
            unless_default!(quiet_words),
        )
        .optional(
            "named_in",
            string(),
            "What stands over the column of a page of matrices that says which clauses name each row.",
            unless_default!(named_in),
        )
        .optional(
            "row_headers",
            flag(),
            "Whether the first cell of each row of a matrix heads the row, for who has it read out.",
            unless_default!(row_headers),
        )
});

const MARKS_ABOUT: &str = "How a redline shows its revisions, besides their colours.";

static MARKS: LazyLock<Form<Marks>> = LazyLock::new(|| {
    Form::<Marks>::new("the style of marks", "Marks", MARKS_ABOUT)
        .vital(
            "bar_gap",
            length(),
            "How far left of the text the bar beside a changed line stands, in millimetres.",
            always!(bar_gap),
        )
        .vital("bar_width", length(), "How thick that bar is, in points.", always!(bar_width))
        .vital(
            "spoken_inserted",
            string(),
            "What is read out for inserted text; “{text}” stands for it.",
            always!(spoken_inserted),
        )
        .vital(
            "spoken_deleted",
            string(),
            "What is read out for deleted text; “{text}” stands for it.",
            always!(spoken_deleted),
        )
        .optional(
            "note_size",
            positive(),
            "How large the words left of the bar are, in points, which say whose a change is and how it looked.",
            always!(note_size),
        )
        .optional("was", &WAS, WAS_ABOUT, unless_default!(was))
});

const WAS_ABOUT: &str = "The words beside what looks otherwise than it did. What isn't given isn't said.";

static WAS: LazyLock<Form<Was>> = LazyLock::new(|| {
    Form::<Was>::new("the words for what was", "Was", WAS_ABOUT)
        .optional("plain", string(), "Words that were neither bold nor italic.", unless_default!(plain))
        .optional("strong", string(), "Words that were bold.", unless_default!(strong))
        .optional("emphasis", string(), "Words that were italic.", unless_default!(emphasis))
        .optional("strong_emphasis", string(), "Words that were both.", unless_default!(strong_emphasis))
        .optional("superscript", string(), "Words that were raised.", unless_default!(superscript))
        .optional("subscript", string(), "Words that were lowered.", unless_default!(subscript))
        .optional("body", string(), "A paragraph that was ordinary text.", unless_default!(body))
        .optional("heading", string(), "What was a heading; “{level}” stands for its level.", unless_default!(heading))
        .optional(
            "item",
            string(),
            "What was an item of a list; “{level}” stands for its level.",
            unless_default!(item),
        )
        .optional("bullet", string(), "An item that had a bullet.", unless_default!(bullet))
        .optional("label", string(), "An item that had a number or a letter, “{label}”.", unless_default!(label))
});

static TEXT: LazyLock<Form<TextStyle>> = LazyLock::new(|| {
    Form::<TextStyle>::new("the style", "TextStyle", "Type and space of one sort of paragraph, in points.")
        .on_one_line()
        .vital("size", positive(), "The size of the type.", always!(size))
        .optional("strong", flag(), "Whether it is bold.", unless_default!(strong))
        .optional("emphasis", flag(), "Whether it is italic.", unless_default!(emphasis))
        .optional("before", length(), "Space above.", unless_default!(before))
        .optional("after", length(), "Space below.", unless_default!(after))
        .optional("line", positive(), "The distance from line to line, as a multiple of the size.", always!(line))
});

/// The style sheet that ships, for tests.
#[cfg(test)]
pub(crate) fn shipped() -> Stylesheet {
    let text = include_str!("../../templates/style.yaml");
    stylesheet(&Root::memory(std::collections::BTreeMap::new()), "templates/style.yaml", text).expect("it reads")
}
