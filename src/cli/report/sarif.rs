//! Findings for forges: the Static Analysis Results Interchange Format, SARIF 2.1.0 (OASIS).

use ctsd::diagnostic::{Code, Diagnostic, Location, Severity};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The root folder of the project, in the words that forges know.
const ROOT: &str = "%SRCROOT%";

pub(super) fn write(findings: &[Diagnostic]) -> String {
    let found = |rule: &Code| findings.iter().any(|finding| finding.code == *rule);
    let rules: Vec<Code> = Code::ALL.iter().copied().filter(found).collect();
    let driver = json!({
        "name": env!("CARGO_PKG_NAME"),
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": rules.iter().copied().map(rule).collect::<Vec<_>>(),
    });
    let run = json!({
        "tool": { "driver": driver },
        "columnKind": "unicodeCodePoints",
        "results": findings.iter().map(|finding| result(finding, &rules)).collect::<Vec<_>>(),
    });
    let log = json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": [run] });
    serde_json::to_string_pretty(&log).expect("plain data turns into JSON") + "\n"
}

fn rule(rule: Code) -> Value {
    let text = rule.explanation();
    json!({
        "id": rule,
        "shortDescription": { "text": rule.summary() },
        "fullDescription": { "text": text },
        "help": { "text": text, "markdown": text },
    })
}

fn result(finding: &Diagnostic, rules: &[Code]) -> Value {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let text = match &finding.help {
        Some(help) => format!("{}. To mend it: {help}.", finding.message),
        None => finding.message.clone(),
    };
    let mut result = json!({ "ruleId": finding.code, "level": level, "message": { "text": text } });
    let mut add = |key: &str, value: Value| {
        if let Some(result) = result.as_object_mut() {
            result.insert(key.to_owned(), value);
        }
    };
    if let Some(index) = rules.iter().position(|rule| *rule == finding.code) {
        add("ruleIndex", index.into());
    }
    if let Some(at) = &finding.location {
        add("locations", json!([{ "physicalLocation": place(at) }]));
    }
    let mut properties = json!({ "fixable": finding.fix.is_some() });
    if let (Some(whose), Some(properties)) = (finding.whose, properties.as_object_mut()) {
        properties.insert("whose".to_owned(), json!(whose));
    }
    add("properties", properties);
    if let Some((fix, at)) = finding.fix.as_ref().and_then(|fix| Some((fix, fix.place.as_ref()?))) {
        let place = place(at);
        let replacement = json!({ "deletedRegion": place["region"], "insertedContent": { "text": fix.write } });
        let change = json!({ "artifactLocation": place["artifactLocation"], "replacements": [replacement] });
        add("fixes", json!([{ "artifactChanges": [change] }]));
    }
    result
}

fn place(at: &Location) -> Value {
    json!({
        "artifactLocation": { "uri": uri(&at.file), "uriBaseId": ROOT },
        "region": { "startLine": at.line, "startColumn": at.column, "endColumn": at.column + at.length },
    })
}

/// What can't stand in a path as it is.
const IN_PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// A path as the reference that it is in a URI.
fn uri(path: &str) -> String {
    utf8_percent_encode(path, IN_PATH).to_string()
}
