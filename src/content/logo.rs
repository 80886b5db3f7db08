//! The logo that a style sheet names: its fields, and the picture in the file beside the sheet.

use super::form::{Form, Slot, always, maybe, unless_default};
use super::kinds::{As, Line, positive, string};
use super::pictures::{self, Wanted};
use super::reader::{Beside, Field, Fields, Reader};
use crate::diagnostic::Code;
use crate::files::is_bare_name;
use crate::model::{Origin, Placed};
use crate::stylesheet::{Logo, LogoSide, Page, Picture, Stylesheet};
use serde_json::json;
use std::sync::{Arc, LazyLock};

/// A logo that has been read, with its picture.
pub(super) fn logo() -> As<&'static LazyLock<Form<Draft>>, Logo> {
    let into = |_: &mut Reader<'_>, _: Field<'_>, draft: Draft| {
        let Draft { picture, width, side, alt } = draft;
        let (file, picture) = picture?;
        Some(Logo { file, width, side, alt, picture: Some(picture) })
    };
    As::new(&LOGO, into, |logo| Draft {
        picture: logo.picture.clone().map(|picture| (logo.file.clone(), picture)),
        width: logo.width,
        side: logo.side,
        alt: logo.alt.clone(),
    })
}

/// A logo as its fields say it.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    picture: Option<(String, Arc<Picture>)>,
    width: f32,
    side: LogoSide,
    alt: String,
}

static LOGO: LazyLock<Form<Draft>> = LazyLock::new(|| {
    Form::<Draft>::new("the logo", "Logo", "A picture at the head of each page, over the line there.")
        .vital("file", file(), "The name of a PNG file that stands beside the style sheet.", maybe!(picture))
        .vital("width", positive(), "How wide it is shown, in millimetres. Its height follows.", always!(width))
        .optional("side", side(), "The side of the page that it stands on.", unless_default!(side))
        .vital("alt", string(), "What it shows, in words, for readers who can't see it.", always!(alt))
});

pub(super) fn slot() -> Slot<Stylesheet, Logo> {
    maybe!(logo)
}

/// The name of a file and the picture in it.
fn file() -> As<Line, (String, Arc<Picture>)> {
    let into = |reader: &mut Reader<'_>, _: Field<'_>, file: Placed<String>| {
        let picture = reader.beside.and_then(|beside| picture(reader, &file, beside))?;
        Some((file.value, Arc::new(picture)))
    };
    As::new(Line, into, |(file, _)| file.clone().into())
}

fn side() -> As<Line, LogoSide> {
    As::new(
        Line,
        |reader, _, side| match side.as_str() {
            "left" => Some(LogoSide::Left),
            "right" => Some(LogoSide::Right),
            other => {
                reader.error(Code::WrongType, &side.origin, format!("“{other}” is no side"), "write “left” or “right”");
                None
            }
        },
        |side| match side {
            LogoSide::Left => "left".to_owned().into(),
            LogoSide::Right => "right".to_owned().into(),
        },
    )
    .with_schema(|_, _| json!({ "enum": ["left", "right"] }))
}

/// Holds the logo against the page, where both could be read.
pub(super) fn hold_against_page(reader: &mut Reader<'_>, fields: &Fields<'_>, sheet: &mut Stylesheet) -> bool {
    let width = fields.get("logo").and_then(|logo| logo.within("width"));
    if let (Some((logo, picture)), Some(width)) = (sheet.picture(), width)
        && sheet.page.width > 0.0
    {
        let at = reader.origin(width);
        fit(reader, &at, &sheet.page, logo, picture);
    }
    true
}

fn picture(reader: &mut Reader<'_>, file: &Placed<String>, beside: Beside<'_>) -> Option<Picture> {
    let name = file.as_str();
    // A style sheet must not lead to what lies elsewhere on the disk.
    if !is_bare_name(name) {
        let message = format!("“{name}” isn't the name of a file");
        reader.error(
            Code::BadFileName,
            &file.origin,
            message,
            "put the file beside style.yaml, and write its name alone",
        );
        return None;
    }
    let wanted = Wanted { beside, name, read: Picture::from_png, kinds: "a PNG" };
    match pictures::load(wanted) {
        Ok(picture) => Some(picture),
        Err(wrong) => {
            reader.error(wrong.code, &file.origin, wrong.message, wrong.help.unwrap_or_default());
            None
        }
    }
}

/// A logo stands between the margins, and leaves the page to the text.
fn fit(reader: &mut Reader<'_>, at: &Origin, page: &Page, logo: &Logo, picture: &Picture) {
    let (width, height) = page.least_text();
    // A third of the text, and the page is a letterhead.
    let (widest, highest) = (width, height / 3.0);
    let shown = logo.height(picture);
    let most = (widest.min(logo.width * highest / shown) + 0.01).floor();
    let help = match most >= 1.0 {
        true => format!("make it {most} wide at most; lengths are in millimetres"),
        false => "take a picture that is less high for its width".to_owned(),
    };
    if logo.width > widest {
        let message = format!("the logo is wider than the text, of which an upright page has {width:.0} mm");
        reader.error(Code::BadLength, at, message, help);
    } else if shown > highest {
        let message = format!("at that width the logo would be {shown:.0} mm high: more than a third of a turned page");
        reader.error(Code::BadLength, at, message, help);
    }
}
