//! Content as a drafter would have typed it: a tree of what is to be written, and its text.

use serde_yaml::DoubleQuoted;
use std::fmt::Write as _;

/// How wide a line may become before it is broken where it can be.
const WIDTH: usize = 120;

/// How wide a row may be that stands on one line.
const ROW_WIDTH: usize = 180;

/// What is to be written. Two trees are equal when they say the same in the same way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Yaml {
    Text(String, Style),
    List(Vec<Yaml>),
    Map(Vec<(String, Yaml)>, Shape),
}

/// How a text is written, where it allows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Without quotation marks.
    Bare,
    /// A figure or a flag, which no reader takes for text.
    Typed,
    /// In quotation marks.
    Quoted,
    /// Without quotation marks, and over several lines where it is long.
    Prose,
    /// Line for line.
    Literal,
}

/// How fields stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A line each.
    Block,
    /// All on one line, where they fit.
    Line,
}

impl Yaml {
    pub fn line(entries: Vec<(String, Self)>) -> Self {
        Self::Map(entries, Shape::Line)
    }

    pub fn block(entries: Vec<(String, Self)>) -> Self {
        Self::Map(entries, Shape::Block)
    }

    /// The text of a file that holds it.
    pub fn document(&self) -> String {
        let mut text = String::new();
        self.below(0, &mut text);
        text
    }

    /// What follows `name:` or `-` on its line and below, with its last line's end. `column` is how far in the name
    /// or the dash stands.
    pub fn after(&self, column: usize, used: usize, text: &mut String) {
        if let Some(flow) = self.on_line(used) {
            text.push(' ');
            text.push_str(&flow);
            text.push('\n');
            return;
        }
        match self {
            Self::Text(words, style) => {
                text.push(' ');
                over_lines(words, *style, column + 2, text);
            }
            _ => {
                text.push('\n');
                self.below(column + 2, text);
            }
        }
    }

    /// The lines of fields or items, so far in.
    pub fn below(&self, indent: usize, text: &mut String) {
        match self {
            Self::Map(entries, _) => entries.iter().for_each(|(name, value)| field(name, value, indent, text)),
            Self::List(items) => items.iter().for_each(|value| item(value, indent, text)),
            Self::Text(..) => {
                text.push_str(&" ".repeat(indent));
                text.push_str(&self.flow(false));
                text.push('\n');
            }
        }
    }

    /// What stands on the one line that `used` characters of are taken, if it may.
    fn on_line(&self, used: usize) -> Option<String> {
        match self {
            Self::Text(words, Style::Literal) => (words.is_empty() || !is_literal(words)).then(|| self.flow(false)),
            Self::Text(words, Style::Prose) => {
                let flow = self.flow(false);
                let is_long = used + 1 + flow.chars().count() > WIDTH;
                let is_better_over_lines =
                    (words.contains('\n') && is_literal(words)) || (is_long && is_foldable(words));
                (!is_better_over_lines).then_some(flow)
            }
            Self::Text(..) => Some(self.flow(false)),
            Self::List(items) if items.is_empty() => Some("[]".to_owned()),
            Self::Map(entries, _) if entries.is_empty() => Some("{}".to_owned()),
            Self::List(items) if items.iter().all(|item| matches!(item, Self::Text(..))) => self.fitting(used, WIDTH),
            Self::Map(_, Shape::Line) => self.fitting(used, ROW_WIDTH),
            _ => None,
        }
    }

    fn fitting(&self, used: usize, width: usize) -> Option<String> {
        Some(self.flow(false)).filter(|flow| used + 1 + flow.chars().count() <= width)
    }

    /// On one line; `within` brackets, where more must be quoted.
    pub fn flow(&self, within: bool) -> String {
        match self {
            Self::Text(words, Style::Typed) => words.clone(),
            Self::Text(words, Style::Quoted) => quoted(words),
            Self::Text(words, _) if is_bare(words, within) => words.clone(),
            Self::Text(words, _) => quoted(words),
            Self::List(items) => {
                format!("[{}]", items.iter().map(|item| item.flow(true)).collect::<Vec<_>>().join(", "))
            }
            Self::Map(entries, _) if entries.is_empty() => "{}".to_owned(),
            Self::Map(entries, _) => {
                let entry =
                    |(name, value): &(String, Self)| format!("{}: {}", self::name(name, true), value.flow(true));
                format!("{{ {} }}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
            }
        }
    }
}

/// The lines of a field.
pub(super) fn field(name: &str, value: &Yaml, indent: usize, text: &mut String) {
    let name = self::name(name, false);
    let _ = write!(text, "{:indent$}{name}:", "");
    value.after(indent, indent + name.chars().count() + 1, text);
}

/// The lines of an item of a list.
pub(super) fn item(value: &Yaml, indent: usize, text: &mut String) {
    let _ = write!(text, "{:indent$}-", "");
    if matches!(value, Yaml::Map(..)) && value.on_line(indent + 1).is_none() {
        // The first field stands beside the dash.
        let mut below = String::new();
        value.below(indent + 2, &mut below);
        text.push(' ');
        text.push_str(below.trim_start());
    } else {
        value.after(indent, indent + 1, text);
    }
}

/// A field's name. Figures need no quotation marks, since names are read as they are written.
fn name(name: &str, within: bool) -> String {
    let is_figure = !name.is_empty() && name.len() < 10 && name.bytes().all(|byte| byte.is_ascii_digit());
    if is_figure || is_bare(name, within) { name.to_owned() } else { quoted(name) }
}

/// In double quotation marks, with escapes for what can't be seen.
pub(super) fn quoted(text: &str) -> String {
    let quoted = serde_yaml::to_string(&DoubleQuoted(text)).expect("any text can be quoted");
    quoted.trim_end_matches('\n').to_owned()
}

/// Whether a character has no shape of its own, or might not come through as it is.
fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{feff}' | '\u{fffe}' | '\u{ffff}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
}

/// Whether every reader of YAML takes the text, as it stands, for that text.
fn is_bare(text: &str, within: bool) -> bool {
    let begins = |c: char| c.is_alphanumeric() || c == '(';
    let ends = |c: char| c != ':' && !c.is_whitespace();
    text.starts_with(begins)
        && text.ends_with(ends)
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.contains('\n')
        && !text.chars().any(|c| is_hidden(c) || c == '\t' || (within && ",[]{}:".contains(c)))
        && !is_typed(text)
}

/// Whether a reader might take it for a number, a flag, nothing or a date.
fn is_typed(text: &str) -> bool {
    let lower = text.to_lowercase();
    let is_word =
        matches!(lower.as_str(), "true" | "false" | "yes" | "no" | "y" | "n" | "on" | "off" | "null" | "inf" | "nan");
    let is_figure = text.starts_with(|c: char| c.is_ascii_digit())
        && lower.chars().all(|c| c.is_ascii_hexdigit() || "._xo:+-".contains(c));
    is_word || is_figure
}

/// Whether a text can stand line for line and come back as it was.
pub(super) fn is_literal(text: &str) -> bool {
    let is_visible = |line: &str| line.is_empty() || !line.trim().is_empty();
    !text.is_empty()
        && !text.ends_with('\n')
        && text.split('\n').all(is_visible)
        && !text.chars().any(|c| is_hidden(c) && c != '\n')
}

/// Whether a text can be broken between any two of its words.
fn is_foldable(text: &str) -> bool {
    is_literal(text) && !text.contains(['\n', '\t']) && !text.starts_with(' ') && !text.ends_with(' ')
}

/// A text over several lines, so far in.
fn over_lines(words: &str, style: Style, indent: usize, text: &mut String) {
    let lines = if style == Style::Prose && !words.contains('\n') {
        text.push_str(">-\n");
        folded(words, WIDTH.saturating_sub(indent).max(40))
    } else {
        text.push_str(literal_head(words));
        text.push('\n');
        words.split('\n').map(str::to_owned).collect()
    };
    text.push_str(&indented(&lines, indent));
}

/// What a text begins with that stands line for line: a first line that begins with a space says how far in they are.
pub(super) fn literal_head(words: &str) -> &'static str {
    let first = words.trim_start_matches('\n');
    if first.starts_with(|c: char| c.is_whitespace()) { "|2" } else { "|" }
}

/// Lines, so far in; empty ones stay empty.
pub(super) fn indented(lines: &[String], indent: usize) -> String {
    let mut text = String::new();
    for line in lines {
        if !line.is_empty() {
            text.push_str(&" ".repeat(indent));
            text.push_str(line);
        }
        text.push('\n');
    }
    text
}

/// Broken at single spaces, so that each of them comes back as a space.
fn folded(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut words = text.split(' ');
    let mut line = words.next().unwrap_or_default().to_owned();
    for word in words {
        let is_single = !word.is_empty() && !line.is_empty() && !line.ends_with(' ');
        if is_single && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(std::mem::replace(&mut line, word.to_owned()));
        } else {
            line.push(' ');
            line.push_str(word);
        }
    }
    lines.push(line);
    lines
}
