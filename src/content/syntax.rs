//! What is wrong with a file that isn't YAML, in words for someone who has never heard of YAML.

use super::extent::Extent;
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::files::start_of;
use granit_parser::{ErrorKind, ScanError};
use std::sync::Arc;

/// Why a text isn't a tree of values.
#[derive(Debug)]
pub(super) enum Fault {
    Parser(ScanError),
    SecondDocument,
    /// The tag that isn't understood.
    Tag(String),
    /// The value isn't what its tag says.
    TagMismatch,
    /// The name of a field isn't text.
    NoName,
    UnknownAlias,
    /// Aliases within aliases, or too much from them.
    Repetition,
    Depth,
    TooMany,
}

/// The diagnostic for a fault, at its place.
pub(super) fn explain(file: &str, text: &str, fault: &Fault, at: Extent) -> Diagnostic {
    if let Some(slip) = slip_before(file, text, fault, at) {
        return slip;
    }
    let (message, help) = words(fault);
    Diagnostic::error(Code::YamlSyntax, message).at(within(file, text, at)).help(help)
}

/// A slip that the parser takes for the start of something else, and so trips over further on: the nearest, at its own
/// line. What begins at the margin ends what came before it, so the search ends there.
fn slip_before(file: &str, text: &str, fault: &Fault, at: Extent) -> Option<Diagnostic> {
    if !matches!(fault, Fault::Parser(_)) {
        return None;
    }
    let lines: Vec<&str> = text.lines().collect();
    let last = usize::try_from(at.line).unwrap_or(1).min(lines.len());
    for (number, line) in lines.iter().enumerate().take(last).rev() {
        let place = |column: usize| Location { file: Arc::from(file), line: number + 1, column: column + 1, length: 1 };
        if let Some(tab) = line.chars().take_while(|c| c.is_whitespace()).position(|c| c == '\t') {
            let (message, help) = tab_for_spaces();
            return Some(Diagnostic::error(Code::YamlSyntax, message).at(place(tab)).help(help));
        }
        if let Some(colon) = tight_colon(line) {
            let finding = Diagnostic::error(Code::YamlSyntax, "no space follows the colon");
            return Some(finding.at(place(colon)).help("put a space after the colon"));
        }
        if number + 1 < last && line.starts_with(|c: char| !c.is_whitespace() && c != '#') {
            break;
        }
    }
    None
}

/// The column of the colon after the name that a line begins with, if its value follows without a space.
fn tight_colon(line: &str) -> Option<usize> {
    let field = line.trim_start().trim_start_matches("- ").trim_start();
    let (name, value) = field.split_once(':')?;
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let is_tight = value.starts_with(|c: char| !c.is_whitespace() && c != '/');
    (is_name && is_tight).then_some(line.chars().count() - field.chars().count() + name.len())
}

fn tab_for_spaces() -> (&'static str, &'static str) {
    ("a tab stands where only spaces can", "replace it with spaces; most editors can do so in the whole file")
}

/// The diagnostic for a file with nothing in it but perhaps comments.
pub(super) fn nothing(file: &str) -> Diagnostic {
    Diagnostic::error(Code::EmptyFile, "the file is empty")
        .at(start_of(file))
        .help("write its fields, or delete the file")
}

/// The parser can stop past the end of a line or of the text, where nothing can be shown.
fn within(file: &str, text: &str, at: Extent) -> Location {
    let (line, column) = (usize::try_from(at.line).unwrap_or(1), usize::try_from(at.column).unwrap_or(1));
    let beyond = line > text.lines().count();
    let line = line.clamp(1, text.lines().count().max(1));
    let past = text.lines().nth(line - 1).map_or(0, |line| line.chars().count()) + 1;
    let column = if beyond { past } else { column.clamp(1, past) };
    Location { file: Arc::from(file), line, column, length: usize::from(column < past) }
}

const INDENT: &str = "indent it with spaces, as far as the fields that it belongs with";
const QUOTE: &str = "put the whole text in quotation marks";

fn words(fault: &Fault) -> (String, &'static str) {
    match fault {
        Fault::Parser(error) => match error.kind() {
            ErrorKind::UnknownAnchor => words(&Fault::UnknownAlias),
            kind => scan_words(kind, &error.info()),
        },
        Fault::SecondDocument => (
            "a second document begins in the file".into(),
            "keep one part in each file, and delete the line “---” or “...”",
        ),
        Fault::UnknownAlias => (
            "“*” here refers to something that the file doesn't name".into(),
            "put text that begins with “*” in quotation marks",
        ),
        Fault::Tag(tag) => (format!("“{tag}” isn't understood"), "put text that begins with “!” in quotation marks"),
        Fault::TagMismatch => {
            ("the value isn't what its “!!” says it is".into(), "delete the word that begins with “!!”")
        }
        Fault::NoName => (
            "a field's name is missing, or is no text".into(),
            "write the name of the field before its colon, and text that begins with “{” in quotation marks",
        ),
        Fault::Repetition => {
            ("references (“*name”) repeat too much of the file".into(), "write out what they stand for")
        }
        Fault::Depth => nested_too_deeply(),
        Fault::TooMany => {
            ("the file holds too many values".into(), "split it: each section and each table has a file of its own")
        }
    }
}

fn nested_too_deeply() -> (String, &'static str) {
    (
        "lists and fields stand too deep within one another".into(),
        "close the brackets “[” and “{”; no content needs many",
    )
}

fn unknown(message: &str) -> (String, &'static str) {
    (format!("the file can't be understood: {message}"), "compare it with a file that works")
}

/// By the sort of slip that most often causes it.
fn scan_words(kind: &ErrorKind, message: &str) -> (String, &'static str) {
    use ErrorKind as K;
    let (message, help) = match kind {
        K::TabNotAllowed
        | K::TabInBlockIndentation
        | K::TabInIndentation
        | K::TabInPlainScalar
        | K::TabAtBlockScalarStart => tab_for_spaces(),
        K::UnclosedQuotedScalar | K::DocumentIndicatorInQuotedScalar => {
            ("a quotation mark is opened and never closed", "close it at the end of the text that it opens")
        }
        K::InvalidTrailingSingleQuotedScalar => (
            "text follows a closing quotation mark",
            "put all of the text in the marks, and write an apostrophe within as ''",
        ),
        K::InvalidTrailingDoubleQuotedScalar => (
            "text follows a closing quotation mark",
            "put all of the text in the marks, and write a mark within as \\\"; fields in brackets want a comma between",
        ),
        K::UnclosedFlowCollection { open } => return (format!("“{open}” is opened and never closed"), "close it"),
        K::MismatchedFlowCollectionEnd { open, close } => {
            return (format!("“{open}” is closed by “{close}”"), "close each bracket by its own kind");
        }
        K::MisplacedFlowCollectionEnd => ("a bracket is closed that was never opened", "delete it, or open it before"),
        K::UnexpectedEofFlowSequence | K::ExpectedFlowSequenceSeparator => {
            ("a list in “[” brackets lacks a comma or its “]”", "put a comma between its items and “]” after the last")
        }
        K::UnexpectedEofFlowMapping | K::UnexpectedEofImplicitFlowMapping | K::ExpectedFlowMappingSeparator => (
            "fields in “{” brackets lack a comma or their “}”",
            "put a comma between the fields and “}” after the last; put text that holds a comma in quotation marks",
        ),
        K::MappingValueNotAllowed | K::InvalidColonPlacement | K::FlowMappingValueAdjacentCollection => (
            "a colon stands where no field can begin",
            "put text that holds a colon in quotation marks; else check the indents, and the space after each colon above",
        ),
        K::SimpleKeyExpected | K::InvalidSimpleKey => (
            "the line is no field: it has no colon",
            "write “name: value”, or indent text that goes on from the line above",
        ),
        K::InvalidIndentation
        | K::ExpectedBlockMappingKey
        | K::MappingKeyNotAllowed
        | K::UnexpectedEofBlockMapping
        | K::InvalidFlowScalarIndent
        | K::InvalidQuotedScalarIndent
        | K::ExpectedDocumentStart => ("the line isn't indented like those that it belongs with", INDENT),
        K::InvalidBlockScalarIndent => ("a line of the text isn't indented like the others", INDENT),
        K::ExpectedBlockSequenceEntry
        | K::UnexpectedEofBlockSequence
        | K::BlockSequenceEntryNotAllowed
        | K::InvalidBlockEntryWhitespace
        | K::BlockEntryInFlowCollection => (
            "the line isn't indented like its list, or lacks its “-”",
            "begin each item with “- ” in one column, and its other fields two columns further in",
        ),
        K::InvalidBlockScalarHeader => (
            "text follows “|” or “>” on its line",
            "begin the text on the next line, indented; put text that begins with “|” or “>” in quotation marks",
        ),
        K::UnexpectedCharacter { character } => {
            return (format!("text can't begin with “{character}” here"), QUOTE);
        }
        K::MissingAnchorOrAliasName => ("text can't begin with “*” or “&” here", QUOTE),
        K::UnknownQuotedScalarEscape | K::InvalidQuotedScalarHexEscape | K::InvalidUnicodeEscape => (
            "a backslash stands before something that it can't change",
            "write two backslashes for one, or put the text in single quotation marks",
        ),
        K::RecursionLimitExceeded => return nested_too_deeply(),
        _ => return unknown(message),
    };
    (message.into(), help)
}
