//! Figures in a table's file: what is left out, and what was printed.

use super::form::{Form, Slot, always, maybe, unless_default};
use super::kinds::{As, ByApplicability, ByColumn, Count, Words};
use crate::diagnostic::Code;
use crate::model::{Cells, OmittedStatement, Placed, PublishedRowStatement, PublishedStatement, Text};
use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

/// What is omitted, as far as it can be read.
#[derive(Clone, Debug, Default)]
pub(super) struct OmittedDraft {
    rows: Option<Placed<u32>>,
    counts: Vec<(Placed<Arc<str>>, Cells<u32>)>,
    unknown: Option<Text>,
    provenance: Option<Text>,
}

static OMITTED: LazyLock<Form<OmittedDraft>> = LazyLock::new(|| {
    const ABOUT: &str = "What an extract leaves out: how many rows and their counts, or why nobody knows.";
    const COUNTS: &str = "a list of counts for each applicability";
    Form::<OmittedDraft>::new("the note of what is omitted", "Omitted", ABOUT)
        .optional("rows", Count, "How many rows are left out.", maybe!(rows))
        .optional(
            "cv",
            ByApplicability { kind: ByColumn(Count), expected: COUNTS },
            "For each applicability, how many cells of each column hold it in the rows left out.",
            Slot {
                // Where rows are counted the counts are said, be they none.
                get: |it: &OmittedDraft| it.rows.is_some().then_some(Cow::Borrowed(&it.counts)),
                set: |it, counts| it.counts = counts,
            },
        )
        .optional(
            "unknown",
            Words::Prose,
            "Why the rows left out aren't known. Documents print it in place of the count rows.",
            maybe!(unknown),
        )
        .optional("provenance", Words::Prose, "Where this comes from, and what is inferred.", maybe!(provenance))
        .finish(|reader, fields, it| {
            if fields.get("unknown").is_none() {
                for name in ["rows", "cv"] {
                    fields.require(reader, name);
                }
                return it.rows.is_some();
            }
            if let Some(counted) = fields.get("rows").or(fields.get("cv")) {
                let at = reader.origin(counted);
                let help = "keep “rows” and “cv” if the omitted rows are known, “unknown” if they aren't";
                reader.error(Code::Contradiction, &at, "what is omitted is both counted and unknown", help);
            }
            it.unknown.is_some()
        })
});

/// What an extract leaves out.
pub(super) fn omitted() -> As<&'static LazyLock<Form<OmittedDraft>>, OmittedStatement> {
    As::new(
        &OMITTED,
        |_, _, OmittedDraft { rows, counts, unknown, provenance }| match (unknown, rows) {
            (Some(reason), _) => Some(OmittedStatement::Unknown { reason, provenance }),
            (None, rows) => Some(OmittedStatement::Counted { rows: rows?, counts, provenance }),
        },
        |omitted| match omitted.clone() {
            OmittedStatement::Unknown { reason, provenance } => {
                OmittedDraft { unknown: Some(reason), provenance, ..OmittedDraft::default() }
            }
            OmittedStatement::Counted { rows, counts, provenance } => {
                OmittedDraft { rows: Some(rows), counts, unknown: None, provenance }
            }
        },
    )
}

pub(super) static PUBLISHED: LazyLock<Form<PublishedStatement>> = LazyLock::new(|| {
    let counts = ByApplicability { kind: &PUBLISHED_ROW, expected: "the counts of each applicability" };
    Form::<PublishedStatement>::new("the published counts", "Published", "Count rows as a document printed them.")
        .optional("counts", counts, "The figures of each applicability.", unless_default!(rows))
        .optional("total_tests", Count, "The grand total.", maybe!(total_tests))
        .optional("provenance", Words::Prose, "Where the figures were published.", maybe!(provenance))
});

static PUBLISHED_ROW: LazyLock<Form<PublishedRowStatement>> = LazyLock::new(|| {
    Form::<PublishedRowStatement>::new("the published row", "PublishedRow", "The figures of a count row.")
        .on_one_line()
        .vital("cv", ByColumn(Count), "A figure for each command-variant column.", always!(cells))
        .optional("total", Count, "The row's total, if one was printed.", maybe!(total))
});
