//! What is wrong with a file that isn't YAML, in words for someone who has never heard of YAML.

use crate::diagnostic::{Diagnostic, Location};
use serde_yaml::granit_parser::ErrorKind;
use serde_yaml::{Error, ExternalMessageSource};
use std::sync::Arc;

/// The diagnostic for a parser's error, at its place.
pub(super) fn explain(file: &str, text: &str, error: &Error) -> Diagnostic {
    let (message, help) = words(error);
    let location = error.location().map_or_else(
        || super::files::start_of(file),
        |at| within(file, text, usize::try_from(at.line()).unwrap_or(1), usize::try_from(at.column()).unwrap_or(1)),
    );
    Diagnostic::error("yaml-syntax", message).at(location).help(help)
}

/// The diagnostic for a file with nothing in it but perhaps comments.
pub(super) fn nothing(file: &str) -> Diagnostic {
    Diagnostic::error("empty-file", "the file is empty")
        .at(super::files::start_of(file))
        .help("write its fields, or delete the file")
}

/// The parser can stop past the end of the text, where nothing can be shown.
fn within(file: &str, text: &str, line: usize, column: usize) -> Location {
    let lines = text.lines().count().max(1);
    if line > lines {
        let width = text.lines().last().map_or(0, |line| line.chars().count());
        return Location { file: Arc::from(file), line: lines, column: width + 1, length: 0 };
    }
    Location { file: Arc::from(file), line: line.max(1), column: column.max(1), length: 1 }
}

const INDENT: &str = "indent it with spaces, as far as the fields that it belongs with";
const QUOTE: &str = "put the whole text in quotation marks";

fn words(error: &Error) -> (String, &'static str) {
    match error {
        Error::ExternalMessage { source, msg, .. } => match &**source {
            ExternalMessageSource::Parser(error) => scan_words(error.kind(), msg),
            _ => unknown(msg),
        },
        Error::Eof { .. } => ("the file ends too soon".into(), "write the rest of its fields, or delete the file"),
        Error::MultipleDocuments { .. } => (
            "a second document begins in the file".into(),
            "keep one part in each file, and delete the line “---” or “...”",
        ),
        Error::UnknownAnchor { .. } => (
            "“*” here refers to something that the file doesn't name".into(),
            "put text that begins with “*” in quotation marks",
        ),
        Error::UnsupportedTag { tag, .. } => {
            (format!("“{tag}” isn't understood"), "put text that begins with “!” in quotation marks")
        }
        Error::Budget { .. } => too_much(error),
        Error::AliasReplayLimitExceeded { .. }
        | Error::AliasExpansionLimitExceeded { .. }
        | Error::AliasReplayStackDepthExceeded { .. }
        | Error::AliasReplayCounterOverflow { .. }
        | Error::RecursiveReferencesRequireWeakTypes { .. } => {
            ("references (“*name”) repeat too much of the file".into(), "write out what they stand for")
        }
        Error::AliasError { error, .. } | Error::WithSnippet { error, .. } => words(error),
        Error::Unexpected { .. } | Error::NullIntoString { .. } | Error::SerdeInvalidType { .. } => {
            ("a field's name is missing, or is no text".into(), "write the name of the field before its colon")
        }
        Error::InvalidScalar { .. } | Error::TaggedScalarCannotDeserializeIntoString { .. } => {
            ("the value isn't what its “!!” says it is".into(), "delete the word that begins with “!!”")
        }
        _ => unknown(&error.to_string()),
    }
}

fn too_much(error: &Error) -> (String, &'static str) {
    match error {
        Error::Budget { breach: serde_yaml::budget::BudgetBreach::Depth { .. }, .. } => nested_too_deeply(),
        Error::Budget { breach: serde_yaml::budget::BudgetBreach::Aliases { .. }, .. }
        | Error::Budget { breach: serde_yaml::budget::BudgetBreach::Anchors { .. }, .. } => {
            ("references (“*name”) repeat too much of the file".into(), "write out what they stand for")
        }
        _ => ("the file holds too many values".into(), "split it: each section and each table has a file of its own"),
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
        | K::TabAtBlockScalarStart => {
            ("a tab stands where only spaces can", "replace it with spaces; most editors can do so in the whole file")
        }
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
