//! What each finding is about, for `ctsd check --explain`.

/// A heading for each code, a line that says what is found, and what there is to know of it.
const RULES: &str = include_str!("rules.md");

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explanation {
    pub code: &'static str,
    /// In a line.
    pub summary: &'static str,
    /// With an example, as Markdown.
    pub text: &'static str,
}

/// All codes that a finding can bear, in the order of the explanations.
pub fn codes() -> impl Iterator<Item = Explanation> {
    RULES.split("\n## ").skip(1).filter_map(|section| {
        let (code, text) = section.split_once('\n')?;
        let text = text.trim();
        Some(Explanation { code: code.trim(), summary: text.lines().next().unwrap_or_default(), text })
    })
}

/// What findings with this code are about.
pub fn explain(code: &str) -> Option<Explanation> {
    codes().find(|explanation| explanation.code == code)
}
