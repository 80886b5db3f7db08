//! What the template engine says is wrong, in a drafter's words and at its line.

use tera::ErrorKind;

/// Something wrong with a template.
#[derive(Debug)]
pub(super) struct Fault {
    /// The template that it is in.
    pub template: String,
    /// From 1; the column is in characters.
    pub line: usize,
    pub column: usize,
    pub length: usize,
    pub message: String,
    pub help: String,
}

const HELP: &str = "see the shipped template of the same name for what it can use";

/// All that an error says. `name` is the template that was rendered; `source` gives the text of any.
pub(super) fn faults<'s>(name: &str, error: &tera::Error, source: impl Fn(&str) -> Option<&'s str>) -> Vec<Fault> {
    let mut faults = told(name, error, &source);
    faults.iter_mut().for_each(|fault| curly_quote(fault, &source));
    faults
}

fn told<'s>(name: &str, error: &tera::Error, source: &impl Fn(&str) -> Option<&'s str>) -> Vec<Fault> {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let span = report.span();
            let one_line = span.start_line == span.end_line;
            let length = if one_line { span.end_col.saturating_sub(span.start_col) } else { 0 };
            let template = if report.filename().is_empty() { name } else { report.filename() };
            vec![fault(template, span.start_line, span.start_col + 1, length, report.message())]
        }
        ErrorKind::CircularInclude { include_chain: chain, .. }
        | ErrorKind::CircularExtend { inheritance_chain: chain, .. } => vec![circle(name, chain, source)],
        ErrorKind::MissingParent { current, parent } => {
            let (line, column) = place(source, current, parent);
            vec![fault(current, line, column, parent.len() + 2, &format!("Unknown template `{parent}`"))]
        }
        ErrorKind::Msg(text) if text.starts_with("error: ") => reports(text),
        other => vec![fault(name, 1, 1, 0, &other.to_string())],
    }
}

/// Quotation marks as Word types them mean nothing to the engine.
fn curly_quote<'s>(fault: &mut Fault, source: &impl Fn(&str) -> Option<&'s str>) {
    let line = source(&fault.template).and_then(|text| text.lines().nth(fault.line - 1));
    let mark = line.and_then(|line| line.chars().nth(fault.column - 1));
    if let Some(mark @ ('“' | '”' | '‘' | '’')) = mark {
        fault.message = format!("the quotation mark {mark} is curly, as Word types it");
        fault.help = "between braces, type straight ones: \"…\"".to_owned();
    }
}

fn fault(template: &str, line: usize, column: usize, length: usize, said: &str) -> Fault {
    let (message, help) = words(said);
    let template = template.to_owned();
    Fault { template, line: line.max(1), column: column.max(1), length, message, help }
}

/// A template that includes or extends itself, be it through others.
fn circle<'s>(name: &str, chain: &[String], source: &impl Fn(&str) -> Option<&'s str>) -> Fault {
    let last = chain.last().map_or(name, String::as_str);
    // What leads into the circle is no part of it.
    let start = chain.iter().position(|name| name == last).unwrap_or(0);
    let circle: Vec<&str> = match chain.get(start..) {
        Some(circle) if circle.len() > 1 => circle.iter().map(String::as_str).collect(),
        _ => vec![last, last],
    };
    let closing = circle.iter().rev().nth(1).copied().unwrap_or(last);
    let (line, column) = place(source, closing, last);
    let message = format!("the template leads back to itself: “{}”", circle.join("”, then “"));
    let help = "take one of these out".to_owned();
    Fault { template: closing.to_owned(), line, column, length: last.chars().count() + 2, message, help }
}

/// Where a template names another, in quotation marks.
fn place<'s>(source: &impl Fn(&str) -> Option<&'s str>, template: &str, other: &str) -> (usize, usize) {
    let quoted = [format!("\"{other}\""), format!("'{other}'")];
    let lines = source(template).unwrap_or_default().lines().enumerate();
    let hit = |(line, text): (usize, &str)| {
        let at = quoted.iter().find_map(|quoted| text.find(quoted.as_str()))?;
        Some((line + 1, text[..at].chars().count() + 1))
    };
    lines.into_iter().find_map(hit).unwrap_or((1, 1))
}

/// Several errors in one text, each as “error: …”, a line with its place, and its source line underlined.
fn reports(text: &str) -> Vec<Fault> {
    let mut found = Vec::new();
    for report in text.split("error: ").filter(|report| !report.trim().is_empty()) {
        let mut lines = report.lines();
        let said = lines.next().unwrap_or_default();
        let mut place = lines.next().and_then(|line| line.split("--> ").nth(1)).unwrap_or_default().rsplitn(3, ':');
        let mut number = || place.next().and_then(|number| number.trim().parse().ok()).unwrap_or(1);
        let (column, line) = (number(), number());
        let length = lines.nth(2).map_or(0, |underline| underline.matches('^').count());
        found.push(fault(place.next().unwrap_or_default(), line, column, length, said));
    }
    found
}

/// The engine's words in ours, for what drafters meet; others as they are.
fn words(said: &str) -> (String, String) {
    let quoted = || said.split('`').nth(1).unwrap_or_default();
    let help = HELP.to_owned();
    if said.starts_with("Variable `") {
        let known = said.split("Available variables: ").nth(1);
        let help = known.map_or(help, |known| format!("it can use: {known}"));
        return (format!("there is nothing named “{}” here", quoted()), help);
    }
    for (beginning, what) in
        [("Unknown template", "template"), ("Unknown filter", "filter"), ("Unknown function", "function")]
    {
        if said.starts_with(beginning) {
            let help = if what == "template" {
                "correct its name, or put a file of that name in the folder “templates”".to_owned()
            } else {
                help
            };
            return (format!("there is no {what} “{}”", quoted()), help);
        }
    }
    if said == "Unexpected end of input" {
        return (
            "the template ends too soon".to_owned(),
            "close what it opens: “{% if … %}” by “{% endif %}”, “{% for … %}” by “{% endfor %}”, “{{” by “}}”"
                .to_owned(),
        );
    }
    (said.trim_end().to_owned(), help)
}
