//! `comments.yaml` beside a version's files: what reviewers say of it. No version needs one, and none is made from it.

use super::edit as edits;
use super::folder::{self, Loader, TEXT, folder_of};
use super::form::{Form, always, maybe, unless_default};
use super::kinds::{As, Line, List, Quoted, Words, number, prose, string};
use super::reader::{Field, Known, Reader};
use super::write::Written;
use crate::diagnostic::{Code, Diagnostic, Failure, sort};
use crate::files::Root;
use crate::model::{Answer, Comment, CommentState, Placed};
use crate::suggest::did_you_mean;
use serde_json::json;
use std::sync::LazyLock;

/// What a file of comments says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Comments {
    pub comments: Vec<Comment>,
}

/// The comments on a version, in their order.
///
/// # Errors
/// Everything that is wrong with their file.
pub fn comments(root: &Root, id: &str) -> Result<Vec<Comment>, Failure> {
    let path = path(id);
    if !root.has(&path) {
        return Ok(Vec::new());
    }
    let mut loader = Loader::new(root);
    let read = loader.read(&path, |reader, root| COMMENTS.read(reader, root));
    let (sources, mut diagnostics) = loader.finish();
    if diagnostics.is_empty() {
        return Ok(read.unwrap_or_default().comments);
    }
    sort(&mut diagnostics);
    Err(Failure::content(diagnostics, sources))
}

/// The file of a version's comments so that it says these: of one that is there, only what differs is written anew.
///
/// # Errors
/// Everything that keeps the file from being read, or from being changed without being rewritten.
pub fn write_comments(root: &Root, id: &str, comments: &[Comment]) -> Result<Written, Vec<Diagnostic>> {
    let path = path(id);
    let stated = Comments { comments: comments.to_vec() };
    let text = match root.has(&path) {
        true => {
            let raw = String::from_utf8_lossy(&root.bytes(&path, TEXT).map_err(|wrong| vec![wrong])?).into_owned();
            edits::edit(&COMMENTS, &path, &raw, Known::default(), &stated)?
        }
        false => super::write::document(&COMMENTS, "../schemas/comments", &stated),
    };
    Ok(Written { path, text })
}

fn path(id: &str) -> String {
    format!("{}{}", folder_of(id), folder::COMMENTS)
}

pub(super) static COMMENTS: LazyLock<Form<Comments>> = LazyLock::new(|| {
    Form::<Comments>::new("the file", "Comments", "What reviewers say of a version. Checks tell what isn't resolved.")
        .vital("comments", List::new("the comment", &COMMENT), "The comments.", always!(comments))
});

static COMMENT: LazyLock<Form<Comment>> = LazyLock::new(|| {
    Form::<Comment>::new("the comment", "Comment", "A reviewer's comment.")
        .optional("section", number(), "The number of the section that it is on.", maybe!(section))
        .optional("table", number(), "The number of the table that it is on.", maybe!(table))
        .optional("row", Quoted, "The key of the table's row that it is on.", maybe!(row))
        .optional("words", prose(), "The words that it is about.", maybe!(words))
        .vital("author", string(), "Who makes it.", always!(author))
        .optional("date", string(), "When, such as 2026-01-31T09:30:00Z.", maybe!(date))
        .vital("text", Words::Prose, "What it says.", always!(text))
        .optional(
            "state",
            state(),
            "Whether it is open, as it is if nothing is said, or resolved.",
            unless_default!(state),
        )
        .optional(
            "answers",
            List::new("the answer", &ANSWER),
            "What was answered, in its order.",
            unless_default!(answers),
        )
});

static ANSWER: LazyLock<Form<Answer>> = LazyLock::new(|| {
    Form::<Answer>::new("the answer", "Answer", "An answer to a comment.")
        .vital("author", string(), "Who gives it.", always!(author))
        .optional("date", string(), "When, such as 2026-01-31T09:30:00Z.", maybe!(date))
        .vital("text", Words::Prose, "What it says.", always!(text))
});

fn state() -> As<Line, CommentState> {
    let into = |reader: &mut Reader<'_>, _: Field<'_>, name: Placed<String>| {
        let known = CommentState::ALL.into_iter().find(|state| state.name() == name.value);
        if known.is_none() {
            let help = did_you_mean(&name, CommentState::ALL.iter().map(|state| state.name()), "a comment is one of");
            reader.error(Code::UnknownStatus, &name.origin, format!("“{}” is no state of a comment", name.value), help);
        }
        known
    };
    As::new(Line, into, |state| state.name().to_owned().into())
        .with_schema(|_, _| json!({ "enum": CommentState::ALL.map(CommentState::name) }))
}
