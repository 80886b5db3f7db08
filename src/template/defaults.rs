//! The built-in templates, and where a project has its own.

use crate::files::Limit;

/// The templates that the binary brings along, by name.
pub(super) const DEFAULTS: [(&str, &str); 30] = [
    ("appendix.md", include_str!("../../templates/appendix.md")),
    ("classification.md", include_str!("../../templates/classification.md")),
    ("cover.md", include_str!("../../templates/cover.md")),
    ("instruction.md", include_str!("../../templates/instruction.md")),
    ("matrix.md", include_str!("../../templates/matrix.md")),
    ("omitted-rows.md", include_str!("../../templates/omitted-rows.md")),
    ("redline-cover.md", include_str!("../../templates/redline-cover.md")),
    ("redline-full.md", include_str!("../../templates/redline-full.md")),
    ("redline.md", include_str!("../../templates/redline.md")),
    ("rows.md", include_str!("../../templates/rows.md")),
    ("section.md", include_str!("../../templates/section.md")),
    ("summary.md", include_str!("../../templates/summary.md")),
    ("summary-table.md", include_str!("../../templates/summary-table.md")),
    ("whose.md", include_str!("../../templates/whose.md")),
    ("workbook.md", include_str!("../../templates/workbook.md")),
    ("html/bottom.html", include_str!("../../templates/html/bottom.html")),
    ("html/head.html", include_str!("../../templates/html/head.html")),
    ("html/index.html", include_str!("../../templates/html/index.html")),
    ("html/index.js", include_str!("../../templates/html/index.js")),
    ("html/live.html", include_str!("../../templates/html/live.html")),
    ("html/live.js", include_str!("../../templates/html/live.js")),
    ("html/matrix.html", include_str!("../../templates/html/matrix.html")),
    ("html/matrix.js", include_str!("../../templates/html/matrix.js")),
    ("html/endnotes.html", include_str!("../../templates/html/endnotes.html")),
    ("html/page.css", include_str!("../../templates/html/page.css")),
    ("html/page.html", include_str!("../../templates/html/page.html")),
    ("html/page.js", include_str!("../../templates/html/page.js")),
    ("html/version.html", include_str!("../../templates/html/version.html")),
    ("html/viewer.html", include_str!("../../templates/html/viewer.html")),
    ("style.yaml", include_str!("../../templates/style.yaml")),
];

/// The folder of the project's own templates, below the root.
pub(crate) const TEMPLATES: &str = "templates";

/// The folder in it of those that pages for a browser are made of.
pub(super) const PAGES: &str = "html/";

/// Nobody writes a larger template by hand.
pub(super) const LIMIT: Limit = Limit { megabytes: 1, help: "take out what isn't wording" };

/// The text of the template of this name that the binary brings along.
pub(crate) fn default(name: &str) -> Option<&'static str> {
    DEFAULTS.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}
