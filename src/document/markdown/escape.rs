//! Text to Markdown that reads back as that text.

use crate::document::Label;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Container {
    Paragraph,
    Heading,
    Cell,
}

/// Which edges of its block some text stands at; they decide what could be trimmed or taken for markup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Edges {
    pub first: bool,
    pub last: bool,
}

/// Escapes one value for its place in a template, wherever that is: the templates' escape function.
pub fn escape(text: &str) -> String {
    let mut cell = String::with_capacity(text.len() + 8);
    push(&mut cell, text, Edges { first: true, last: true }, Container::Cell);
    // The value may stand in a heading too, where these mean attributes.
    cell.replace('{', "\\{").replace('}', "\\}")
}

/// Appends `text` to the Markdown of a block, escaped.
pub(super) fn push(out: &mut String, text: &str, edges: Edges, container: Container) {
    let rest = match edges.first && container != Container::Heading {
        true => push_start(out, text),
        false => text,
    };
    let begins = text.len() - rest.len();
    for (at, c) in rest.char_indices() {
        let edge = (edges.first && begins + at == 0) || (edges.last && at + c.len_utf8() == rest.len());
        let next = rest[at + c.len_utf8()..].chars().next();
        push_char(out, c, next, edge, container);
    }
}

fn push_char(out: &mut String, c: char, next: Option<char>, edge: bool, container: Container) {
    match c {
        // White space at the edge of a block would be trimmed.
        _ if edge && c.is_whitespace() => push_entity(out, c),
        '\n' => out.push_str("<br>"),
        _ if c.is_control() => push_entity(out, c),
        '\\' if container == Container::Cell => out.push_str("&#92;"),
        '|' if container == Container::Cell => out.push_str("\\|"),
        '{' | '}' | '#' if container == Container::Heading => push_escaped(out, c),
        '\\' | '`' | '*' | '_' | '^' | '~' | '[' | ']' => push_escaped(out, c),
        '<' => out.push_str("&lt;"),
        // At the end of a run the next one may be a link, and the two would make a picture.
        '!' if next.is_none() => push_escaped(out, c),
        // At the end of a run the next one may begin what reads as an entity.
        '&' if next.is_none_or(|n| n.is_ascii_alphanumeric() || n == '#') => out.push_str("&amp;"),
        _ => out.push(c),
    }
}

fn push_escaped(out: &mut String, c: char) {
    out.push('\\');
    out.push(c);
}

fn push_entity(out: &mut String, c: char) {
    out.push_str(&format!("&#{};", u32::from(c)));
}

/// Whether a backslash takes its meaning from what stands at a byte.
pub(super) fn is_escaped(text: &str, at: usize) -> bool {
    let before = text.as_bytes().get(..at).unwrap_or_default();
    before.iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
}

/// Escapes what would make the first line of a block a list item, a heading, a quotation, a rule or a fence;
/// gives what remains.
fn push_start<'a>(out: &mut String, text: &'a str) -> &'a str {
    if let Some(label) = Label::at_start(text) {
        let at = label.as_str().find(['(', ')', '.']).unwrap_or(0);
        out.push_str(&text[..at]);
        out.push('\\');
        out.push_str(&text[at..=at]);
        return &text[at + 1..];
    }
    match text.chars().next() {
        Some(c @ ('-' | '+' | '#' | '>' | '~' | '=' | ':' | '|')) => {
            push_escaped(out, c);
            &text[1..]
        }
        _ => text,
    }
}

/// A link's destination, to stand between `<` and `>`.
pub(super) fn destination(link: &str) -> String {
    let mut out = String::with_capacity(link.len());
    for c in link.chars() {
        match c {
            '\\' | '<' | '>' | '&' | '|' => push_entity(&mut out, c),
            _ if c.is_control() => push_entity(&mut out, c),
            _ => out.push(c),
        }
    }
    out
}

/// Leaves only what neither Markdown nor HTML could take for markup.
pub(super) fn percent_encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'.' | b'-' | b'_' | b'/' | b':' | b'#' => out.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// Undoes [`percent_encode`]; what isn't so encoded stays as it is.
pub(super) fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match hex.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(decoded) if byte == b'%' => {
                bytes.push(decoded);
                rest = &after[2..];
            }
            _ => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}
