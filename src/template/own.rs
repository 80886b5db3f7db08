//! A project's own templates beside those that take the place of the built-in ones: parts that they include, and files
//! that nothing reads.

use super::defaults::{DEFAULTS, LIMIT, PAGES, TEMPLATES};
use crate::diagnostic::{Code, Diagnostic};
use crate::files::{Root, start_of};
use crate::suggest::nearest;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// By name: the path as the drafter knows it, and the text.
pub(super) type Files = BTreeMap<String, (Arc<str>, String)>;

/// Adds each part that one of the files names, and that those name in turn. Gives a warning for each file that looks
/// like a template and that nothing reads.
pub(super) fn add(root: &Root, files: &mut Files, findings: &mut Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut others = others(root).unwrap_or_else(|finding| {
        findings.push(finding);
        BTreeSet::new()
    });
    while let Some(name) = others.iter().find(|name| is_named(name, files)).cloned() {
        others.remove(&name);
        let path: Arc<str> = format!("{TEMPLATES}/{name}").into();
        let text = root.text(&path, LIMIT).unwrap_or_else(|wrong| {
            findings.extend(wrong);
            String::new()
        });
        files.insert(name, (path, text));
    }
    others.iter().filter_map(|name| unread(name)).collect()
}

/// The names of the files that take no built-in one's place, with the folder that those of pages are in.
fn others(root: &Root) -> Result<BTreeSet<String>, Diagnostic> {
    let is_default = |name: &str| {
        let is_it = |(known, _): &(&str, &str)| {
            // Some systems take no account of case.
            *known == name || (known.eq_ignore_ascii_case(name) && root.has(&format!("{TEMPLATES}/{known}")))
        };
        DEFAULTS.iter().any(is_it)
    };
    let mut others = BTreeSet::new();
    for (folder, prefix) in
        [(TEMPLATES.to_owned(), ""), (format!("{TEMPLATES}/{PAGES}").trim_end_matches('/').to_owned(), PAGES)]
    {
        if root.has(&folder) {
            let names = root.list(&folder)?.into_iter().filter(|entry| !entry.is_folder).map(|entry| entry.name);
            let names = names.filter(|name| !name.starts_with('~')).map(|name| format!("{prefix}{name}"));
            others.extend(names.filter(|name| !is_default(name)));
        }
    }
    Ok(others)
}

/// Whether a template names it in quotation marks, as to include something is to.
fn is_named(name: &str, files: &Files) -> bool {
    let quoted = [format!("\"{name}\""), format!("'{name}'")];
    [".md", ".html"].iter().any(|ending| name.ends_with(ending))
        && files.values().any(|(_, text)| quoted.iter().any(|quoted| text.contains(quoted)))
}

fn unread(name: &str) -> Option<Diagnostic> {
    // What is misnamed is meant for the folder that it is in.
    let all =
        || DEFAULTS.iter().map(|(known, _)| *known).filter(|known| known.starts_with(PAGES) == name.starts_with(PAGES));
    let lower = name.to_lowercase();
    // An editor adds .txt, and there are other endings for the same.
    let stem = lower.strip_suffix(".txt").unwrap_or(&lower);
    let usual = stem.replace(".markdown", ".md").replace(".yml", ".yaml");
    let meant = all().find(|known| *known == usual).or_else(|| nearest(name, all()));
    let help = match meant {
        Some(meant) => format!("did you mean “{meant}”? rename it"),
        None if usual.ends_with(".md") || usual.ends_with(".html") => {
            format!("include it where it shall stand: {{% include \"{name}\" %}}")
        }
        None if usual.ends_with(".css") => format!("the looks of pages are in {PAGES}page.css: write them there"),
        None if usual.ends_with(".js") => format!("what pages do is in {PAGES}page.js: write it there"),
        None if usual.ends_with(".yaml") => "looks are in style.yaml: write them there".to_owned(),
        None => return None,
    };
    let file = format!("{TEMPLATES}/{name}");
    let finding = Diagnostic::warning(Code::UnreadTemplate, format!("nothing reads the template {file}"));
    Some(finding.at(start_of(&file)).help(help))
}

#[cfg(test)]
mod tests {
    use crate::files::Root;
    use crate::template::Templates;

    /// What is said of these files in `templates/`, and which of them were read.
    fn said(files: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
        let memory = files.iter().map(|(name, text)| (format!("templates/{name}"), text.as_bytes().to_vec())).collect();
        let templates = Templates::load(&Root::memory(memory)).unwrap();
        let unread = templates.unread().iter().map(|finding| finding.help.clone().unwrap_or_default()).collect();
        let is_own =
            |path: &&str| files.iter().any(|(name, text)| !text.is_empty() && **path == format!("templates/{name}"));
        (unread, templates.sources().map(|(path, _)| path).filter(is_own).map(str::to_owned).collect())
    }

    #[test]
    fn parts_that_are_named_are_read_and_so_are_theirs() {
        let (unread, read) = said(&[
            ("cover.md", "{% include \"mine.md\" %}"),
            ("mine.md", "{% include 'deeper.md' %}"),
            ("deeper.md", "Mine."),
            ("unused.md", "{% include \"other.md\" %}"),
        ]);
        assert_eq!(read, ["templates/cover.md", "templates/deeper.md", "templates/mine.md"]);
        assert_eq!(unread, ["include it where it shall stand: {% include \"unused.md\" %}"]);
    }

    #[test]
    fn a_misnamed_file_is_told_with_what_was_meant_and_others_lie_where_they_like() {
        let (unread, _) = said(&[
            ("cover.md.txt", ""),
            ("sections.md", ""),
            ("Redline-Covr.md", ""),
            ("style.yml", ""),
            ("logo.png", ""),
            ("notes.txt", ""),
            (".hidden.md", ""),
        ]);
        let meant = ["redline-cover.md", "cover.md", "section.md", "style.yaml"];
        assert_eq!(unread, meant.map(|meant| format!("did you mean “{meant}”? rename it")));
    }

    #[test]
    fn parts_of_pages_are_read_where_they_are_named_and_others_are_told() {
        let (unread, read) = said(&[
            ("html/page.html", "{% include \"html/mine.html\" %}"),
            ("html/mine.html", "Mine."),
            ("html/other.html", "Other."),
            ("html/pages.css", "p { color: red; }"),
            ("html/looks.css", "p { color: red; }"),
            ("html/extra.js", "alert(1);"),
            ("html/crest.svg", "<svg/>"),
        ]);
        assert_eq!(read, ["templates/html/mine.html", "templates/html/page.html"]);
        assert_eq!(
            unread,
            [
                "what pages do is in html/page.js: write it there",
                "the looks of pages are in html/page.css: write them there",
                "include it where it shall stand: {% include \"html/other.html\" %}",
                "did you mean “html/page.css”? rename it",
            ]
        );
    }
}
