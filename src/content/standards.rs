//! What checks measure drafts against: `registers/*.yaml`, `terms.yaml` and `allow.yaml`, none of which must be there.

use super::folder::{Loader, REGISTERS};
use super::reader::{Field, Fields, Reader, all};
use super::{CONTENT, Failure, Sources};
use crate::diagnostic::{Code, sort};
use crate::files::{Entry, Root};
use crate::model::{
    Abbreviation, Allowance, Companion, Placed, ReferenceWords, Register, Request, Standards, Usage, Wording,
};
use std::collections::BTreeMap;

const TERMS: &str = "terms.yaml";
const ALLOW: &str = "allow.yaml";

/// Reads what checks measure against. The journeys do without it, so a slip in it never keeps a document from being
/// made.
///
/// # Errors
/// Everything that is wrong with these files.
pub fn standards(root: &Root) -> Result<(Standards, Sources), Failure> {
    let mut loader = Loader::new(root);
    let mut standards = Standards::default();
    if root.has(&format!("{CONTENT}/{REGISTERS}")) {
        for entry in loader.list(&format!("{CONTENT}/{REGISTERS}")).into_iter().filter(Entry::is_yaml) {
            standards.registers.extend(loader.read(&entry.path, register));
        }
    }
    let optional = |name: &str| Some(format!("{CONTENT}/{name}")).filter(|path| root.has(path));
    let (terms, allow) = (optional(TERMS), optional(ALLOW));
    if let Some(file) = terms {
        standards.wording = loader.read(&file, wording).unwrap_or_default();
    }
    if let Some(file) = allow {
        standards.allowances = loader.read(&file, allowances).unwrap_or_default();
    }
    let (sources, mut diagnostics) = loader.finish();
    if diagnostics.is_empty() {
        return Ok((standards, sources));
    }
    sort(&mut diagnostics);
    Err(Failure { diagnostics, sources })
}

pub(super) const REGISTER_FIELDS: &[&str] = &["register", "name", "provenance", "requests"];
pub(super) const REQUEST_FIELDS: &[&str] = &["variant", "name", "critical", "roles", "provenance"];

fn register(reader: &mut Reader<'_>, root: Field<'_>) -> Option<Register> {
    let fields = reader.fields(root, "the register", REGISTER_FIELDS)?;
    let name = fields.require(reader, "register").and_then(|field| reader.text(field));
    for note in ["name", "provenance"] {
        fields.get(note).and_then(|field| reader.prose(field));
    }
    let items = fields.require(reader, "requests").and_then(|field| reader.list(field, "the Service Request"));
    let requests: Vec<Request> =
        items.unwrap_or_default().into_iter().filter_map(|item| request(reader, item)).collect();
    let mut lines = BTreeMap::new();
    for request in &requests {
        let at = &request.variant.origin;
        if let Some(line) = lines.insert(&request.variant.value, at.line) {
            let message = format!("the register lists {} a second time", request.variant.value);
            reader.error(Code::DuplicateName, at, message, format!("keep one of the two; the other is on line {line}"));
        }
    }
    Some(Register { name: name?.value, requests })
}

fn request(reader: &mut Reader<'_>, item: Field<'_>) -> Option<Request> {
    let fields = reader.fields(item, "the Service Request", REQUEST_FIELDS)?;
    let variant = fields.require(reader, "variant").and_then(|field| reader.text(field));
    let name = fields.require(reader, "name").and_then(|field| reader.text(field));
    let critical = fields.require(reader, "critical").and_then(|field| reader.flag(field));
    fields.get("provenance").and_then(|field| reader.prose(field));
    let roles = fields.require(reader, "roles").and_then(|field| words(reader, field, "the role"));
    Some(Request { variant: variant?, name: name?.value, critical: critical?.value, roles: roles? })
}

pub(super) const WORDING_FIELDS: &[&str] =
    &["terms", "phrases", "abbreviations", "companions", "references", "provenance"];
pub(super) const USAGE_FIELDS: &[&str] = &["write", "not", "because", "within_sentence"];
pub(super) const ABBREVIATION_FIELDS: &[&str] = &["short", "full"];
pub(super) const COMPANION_FIELDS: &[&str] = &["where_it_says", "also_say", "because"];
pub(super) const REFERENCE_FIELDS: &[&str] = &["section", "section_also", "table", "service_request", "obligation"];

fn wording(reader: &mut Reader<'_>, root: Field<'_>) -> Option<Wording> {
    let fields = reader.fields(root, "the list of words", WORDING_FIELDS)?;
    fields.get("provenance").and_then(|field| reader.prose(field));
    let references = fields.get("references").and_then(|field| references(reader, field)).unwrap_or_default();
    Some(Wording {
        terms: list(reader, &fields, "terms", "the term", usage),
        phrases: list(reader, &fields, "phrases", "the phrase", usage),
        abbreviations: list(reader, &fields, "abbreviations", "the abbreviation", abbreviation),
        companions: list(reader, &fields, "companions", "the companion", companion),
        references,
    })
}

fn list<T>(
    reader: &mut Reader<'_>,
    fields: &Fields<'_>,
    name: &'static str,
    item: &str,
    read: fn(&mut Reader<'_>, Field<'_>) -> Option<T>,
) -> Vec<T> {
    let items = fields.get(name).and_then(|field| reader.list(field, item)).unwrap_or_default();
    items.into_iter().filter_map(|item| read(reader, item)).collect()
}

fn usage(reader: &mut Reader<'_>, item: Field<'_>) -> Option<Usage> {
    let fields = reader.fields(item, "the entry", USAGE_FIELDS)?;
    let write = fields.require(reader, "write").and_then(|field| reader.text(field));
    let not = fields.require(reader, "not").and_then(|field| words(reader, field, "the spelling"));
    let because = optional(reader, &fields, "because");
    let within_sentence = fields.get("within_sentence").and_then(|field| reader.flag(field));
    let within_sentence = within_sentence.is_some_and(|flag: Placed<bool>| flag.value);
    Some(Usage { write: write?.value, not: not?, because, within_sentence })
}

fn abbreviation(reader: &mut Reader<'_>, item: Field<'_>) -> Option<Abbreviation> {
    let fields = reader.fields(item, "the abbreviation", ABBREVIATION_FIELDS)?;
    let short = fields.require(reader, "short").and_then(|field| reader.text(field));
    let full = fields.require(reader, "full").and_then(|field| reader.text(field));
    Some(Abbreviation { short: short?.value, full: full?.value })
}

fn companion(reader: &mut Reader<'_>, item: Field<'_>) -> Option<Companion> {
    let fields = reader.fields(item, "the companion", COMPANION_FIELDS)?;
    let where_it_says = fields.require(reader, "where_it_says").and_then(|field| reader.text(field));
    let also_say = fields.require(reader, "also_say").and_then(|field| reader.text(field));
    let because = optional(reader, &fields, "because");
    Some(Companion { where_it_says: where_it_says?.value, also_say: also_say?.value, because })
}

fn references(reader: &mut Reader<'_>, field: Field<'_>) -> Option<ReferenceWords> {
    let fields = reader.fields(field, "the list of reference words", REFERENCE_FIELDS)?;
    let section = fields.require(reader, "section").and_then(|field| reader.text(field));
    let table = fields.require(reader, "table").and_then(|field| reader.text(field));
    let mut several = |name| fields.get(name).and_then(|field| words(reader, field, "the word")).unwrap_or_default();
    Some(ReferenceWords {
        section_also: several("section_also"),
        service_request: several("service_request"),
        obligation: several("obligation"),
        section: section?.value,
        table: table?.value,
    })
}

pub(super) const ALLOW_FIELDS: &[&str] = &["allow"];
pub(super) const ALLOWANCE_FIELDS: &[&str] = &["code", "file", "about", "reason"];

fn allowances(reader: &mut Reader<'_>, root: Field<'_>) -> Option<Vec<Allowance>> {
    let fields = reader.fields(root, "the file", ALLOW_FIELDS)?;
    let items = fields.require(reader, "allow").and_then(|field| reader.list(field, "the allowance"))?;
    Some(items.into_iter().filter_map(|item| allowance(reader, item)).collect())
}

fn allowance(reader: &mut Reader<'_>, item: Field<'_>) -> Option<Allowance> {
    let fields = reader.fields(item, "the allowance", ALLOWANCE_FIELDS)?;
    let code = fields.require(reader, "code").and_then(|field| reader.text(field));
    let file = optional(reader, &fields, "file");
    let about = optional(reader, &fields, "about");
    let reason = fields.require(reader, "reason").and_then(|field| reader.prose(field));
    Some(Allowance { code: code?, file, about, reason: reason?.text })
}

fn optional(reader: &mut Reader<'_>, fields: &Fields<'_>, name: &'static str) -> Option<String> {
    fields.get(name).and_then(|field| reader.prose(field)).map(|text| text.text)
}

fn words(reader: &mut Reader<'_>, field: Field<'_>, item: &str) -> Option<Vec<String>> {
    let items = reader.list(field, item)?;
    all(items.into_iter().map(|item| reader.text(item).map(|text| text.value)))
}
