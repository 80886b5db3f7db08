//! The style sheet as properties that a page's own style sheet uses.

use crate::stylesheet::{Colour, Stylesheet, TextStyle};
use std::fmt::Write as _;

/// The properties, each `--name: value;`.
pub(super) fn properties(sheet: &Stylesheet) -> String {
    let mut out = String::new();
    let colours = &sheet.colours;
    for (name, colour) in [
        ("text", colours.text),
        ("quiet", colours.quiet),
        ("inserted", colours.inserted),
        ("deleted", colours.deleted),
        ("instruction", colours.instruction),
        ("link", colours.link),
        ("rule", colours.rule),
        ("header-fill", colours.header_fill),
        ("count-fill", colours.count_fill),
    ] {
        let light = String::from(colour);
        // What is written in a colour is lighter on a dark page; what is filled with one, darker.
        let dark = match name {
            "text" => lightened(colour, 0.9),
            _ if name.ends_with("-fill") => darkened(colour),
            _ => lightened(colour, 0.7),
        };
        writeln!(out, "  --{name}: light-dark({light}, {});", String::from(dark)).unwrap_or_default();
    }
    let font: String = sheet.word_font.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c)).collect();
    writeln!(out, "  --font: \"{font}\", \"Liberation Sans\", system-ui, sans-serif;").unwrap_or_default();
    let body = sheet.body.size.max(1.0);
    let mut size = |name: &str, style: &TextStyle| {
        let weight = if style.strong { "bold" } else { "normal" };
        let slant = if style.emphasis { "italic" } else { "normal" };
        writeln!(out, "  --{name}: {slant} {weight} {:.3}rem/1.35 var(--font);", style.size / body).unwrap_or_default();
    };
    for (level, style) in sheet.headings.iter().enumerate() {
        size(&format!("level-{}", level + 1), style);
    }
    for (name, style) in [
        ("title", &sheet.title),
        ("subtitle", &sheet.subtitle),
        ("instruction-text", &sheet.instruction),
        ("caption", &sheet.caption),
        ("note", &sheet.note),
        ("classification", &sheet.classification),
    ] {
        size(name, style);
    }
    out
}

/// On a dark page, a colour that can be read: its hue, as light as it must be.
fn lightened(colour: Colour, least: f64) -> Colour {
    let parts = [colour.red, colour.green, colour.blue].map(|part| f64::from(part) / 255.0);
    let lightness = parts[0] * 0.2126 + parts[1] * 0.7152 + parts[2] * 0.0722;
    let share = ((least - lightness) / (1.0 - lightness)).clamp(0.0, 1.0);
    of_parts(parts.map(|part| part + (1.0 - part) * share))
}

/// On a dark page, a fill that stands out as little as it does on a light one.
fn darkened(colour: Colour) -> Colour {
    of_parts([colour.red, colour.green, colour.blue].map(|part| 0.04 + f64::from(part) / 255.0 * 0.16))
}

fn of_parts([red, green, blue]: [f64; 3]) -> Colour {
    let byte = |part: f64| (part.clamp(0.0, 1.0) * 255.0).round() as u8;
    Colour { red: byte(red), green: byte(green), blue: byte(blue) }
}
