//! What each file can say, as types for JSON Schemas: editors complete and check the files by them.
//!
//! Files are read by hand, for the sake of places and of many errors at once, so these types are for the schemas
//! alone. A test holds them to the fields that the readers know. Numbers and ids are text here, so that an editor
//! says so when one isn't in quotation marks: unquoted, 6.20 is the number 6.2 to other tools.

#[expect(dead_code, reason = "the types are turned into schemas, and never hold values")]
mod standards;
#[expect(dead_code, reason = "the types are turned into schemas, and never hold values")]
mod versions;

use schemars::schema_for;
use serde_json::{Map, Value};

/// The schema of each kind of file, by the name that its own file has.
pub fn schemas() -> Vec<(&'static str, Value)> {
    vec![
        ("allow", schema_for!(standards::Allow).to_value()),
        ("appendix", schema_for!(versions::Appendix).to_value()),
        ("register", schema_for!(standards::Register).to_value()),
        ("section", schema_for!(versions::Section).to_value()),
        ("style", schema_for!(crate::stylesheet::Stylesheet).to_value()),
        ("table", schema_for!(versions::Table).to_value()),
        ("terms", schema_for!(standards::Terms).to_value()),
        ("version", schema_for!(versions::Version).to_value()),
    ]
    .into_iter()
    .map(|(name, schema)| (name, without_null(schema)))
    .collect()
}

/// A field that may be left out may not be there without a value.
fn without_null(schema: Value) -> Value {
    match schema {
        Value::Object(fields) => {
            let mut fields: Map<String, Value> =
                fields.into_iter().map(|(name, value)| (name, without_null(value))).collect();
            for choice in ["type", "anyOf"] {
                one_left(&mut fields, choice);
            }
            Value::Object(fields)
        }
        Value::Array(items) => Value::Array(items.into_iter().map(without_null).collect()),
        other => other,
    }
}

/// Takes null out of a choice of types or of schemas. Where one is left, it is no choice any more.
fn one_left(fields: &mut Map<String, Value>, name: &str) {
    let Some(Value::Array(choices)) = fields.get_mut(name) else { return };
    let null = serde_json::json!({ "type": "null" });
    choices.retain(|choice| choice != "null" && *choice != null);
    let [only] = choices.as_slice() else { return };
    match only.clone() {
        Value::Object(only) => {
            fields.shift_remove(name);
            fields.extend(only);
        }
        only => {
            fields.insert(name.to_owned(), only);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{head, logo, section, standards, table, vocabulary};
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    /// The fields of a thing in its schema.
    fn properties(schema: &Value) -> BTreeSet<&str> {
        schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect()
    }

    #[test]
    fn the_schemas_know_the_fields_that_the_readers_know() {
        let schemas: BTreeMap<&str, Value> = schemas().into_iter().collect();
        let amended: Vec<&str> = std::iter::once("row").chain(table::ROW_FIELDS.iter().copied()).collect();
        let known: [(&str, &str, &[&str]); 27] = [
            ("appendix", "", vocabulary::FIELDS),
            ("appendix", "Classification", vocabulary::CLASSIFICATION_FIELDS),
            ("appendix", "Role", vocabulary::ROLE_FIELDS),
            ("appendix", "Applicability", vocabulary::APPLICABILITY_FIELDS),
            ("appendix", "Column", vocabulary::COLUMN_FIELDS),
            ("version", "", head::FIELDS),
            ("version", "Column", vocabulary::COLUMN_FIELDS),
            ("section", "", section::FIELDS),
            ("section", "Neighbour", section::NEIGHBOUR_FIELDS),
            ("table", "", table::FIELDS),
            ("table", "Row", table::ROW_FIELDS),
            ("table", "AmendedRow", &amended),
            ("table", "Insertion", table::INSERTION_FIELDS),
            ("table", "Move", table::MOVE_FIELDS),
            ("table", "Omitted", table::OMITTED_FIELDS),
            ("table", "Published", table::PUBLISHED_FIELDS),
            ("table", "PublishedRow", table::PUBLISHED_ROW_FIELDS),
            ("register", "", standards::REGISTER_FIELDS),
            ("register", "Request", standards::REQUEST_FIELDS),
            ("terms", "", standards::WORDING_FIELDS),
            ("terms", "Usage", standards::USAGE_FIELDS),
            ("terms", "Abbreviation", standards::ABBREVIATION_FIELDS),
            ("terms", "Companion", standards::COMPANION_FIELDS),
            ("terms", "References", standards::REFERENCE_FIELDS),
            ("style", "Logo", &logo::FIELDS),
            ("allow", "", standards::ALLOW_FIELDS),
            ("allow", "Allowance", standards::ALLOWANCE_FIELDS),
        ];
        for (file, definition, fields) in known {
            let schema = &schemas[file];
            let schema = if definition.is_empty() { schema } else { &schema["$defs"][definition] };
            assert_eq!(properties(schema), fields.iter().copied().collect(), "{file} {definition}");
            assert_eq!(schema["additionalProperties"], false, "{file} {definition}");
            assert!(schema["description"].is_string(), "{file} {definition}");
        }
    }
}
