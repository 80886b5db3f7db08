//! What each file can say, as types for JSON Schemas: editors complete and check the files by them.
//!
//! Files are read by hand, for the sake of places and of many errors at once, so these types are for the schemas
//! alone. A test holds them to the fields that the readers know. Numbers and ids are text here, so that an editor
//! says so when one isn't in quotation marks: unquoted, 6.20 is the number 6.2 to other tools.

#![expect(dead_code, reason = "the types are turned into schemas, and never hold values")]

use schemars::{JsonSchema, schema_for};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What is true of the appendix in every version: its name, and the words that its tables are made of.
#[derive(JsonSchema)]
#[schemars(title = "Appendix", deny_unknown_fields)]
struct Appendix {
    /// Such as “Appendix R”.
    name: String,
    /// Its title as documents print it, without quotation marks.
    title: String,
    /// The contract that it belongs to, in short, such as “SEC”.
    code: String,
    /// The contract that it belongs to, in full.
    code_name: String,
    /// The language of the text as a BCP 47 tag, such as “en-GB”.
    language: String,
    /// The policy that the classifications come from.
    policy: String,
    /// The classifications, from the loosest to the strictest.
    classifications: Vec<Classification>,
    /// The User Roles. Each has a table of its own.
    roles: Vec<Role>,
    /// What a command-variant cell can hold, in the order of the count rows.
    applicabilities: Vec<Applicability>,
    /// What a cell holds that a row doesn't name.
    default_applicability: String,
    /// The label of the grand total under the count rows.
    total_label: String,
    /// What tables print for a critical Service Request, such as “Y”.
    critical: String,
    /// What tables print for one that isn't critical, such as “N”.
    not_critical: String,
    /// The columns of the tables, from left to right.
    columns: Vec<Column>,
    /// Where this comes from, and what is inferred or unverified. No document prints it.
    provenance: Option<String>,
}

/// A classification under the policy.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Classification {
    /// Such as “White”.
    name: String,
    /// What a reader may do with the document, in whole sentences. The cover prints it.
    meaning: String,
    /// The line at the foot of each page.
    statement: String,
    /// Where this comes from, and what is inferred or unverified.
    provenance: Option<String>,
}

/// A User Role.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Role {
    /// As tables print it, such as “ED”.
    code: String,
    /// In full, such as “Electricity Distributor”.
    name: String,
}

/// What a command-variant cell can hold, and how it counts.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Applicability {
    /// As cells print it, such as “Mandatory”.
    name: String,
    /// The label of its count row, such as “Count of Mandatory”.
    count_label: String,
    /// Whether its cells are tests: then its count row has a total, which the grand total takes in.
    counts_as_test: bool,
}

/// A column: one that shows a field of the row (“field”), or a command variant (“cv”).
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Column {
    /// The field of the row that it shows.
    field: Option<ColumnField>,
    /// The key of a command variant, which rows use to name their cells.
    cv: Option<Key>,
    /// What its head prints.
    label: String,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum ColumnField {
    Reference,
    Variant,
    Name,
    Critical,
    Role,
}

/// A short key; figures need no quotation marks.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Key {
    Figure(u32),
    Text(String),
}

/// A version of the code, or with “base” a modification of one.
#[derive(JsonSchema)]
#[schemars(title = "Version", deny_unknown_fields)]
struct Version {
    /// Names the version and its files, in quotation marks: “"6.18"” or “MP089”. The folder is named the same, in
    /// lower case.
    id: String,
    /// As documents print it, such as “SEC Version 6.18”.
    name: String,
    /// What a modification calls itself, on the cover of its change document.
    title: Option<String>,
    /// The id of the version that a modification is drafted against, in quotation marks.
    base: Option<String>,
    /// The version of a modification's legal text, in quotation marks, such as “"0.1"”.
    legal_text_version: Option<String>,
    /// Under the policy that the appendix names. A modification that doesn't say has its base's.
    classification: Option<String>,
    /// The date of its revisions: year, month and day.
    #[schemars(regex(pattern = r"^\d{4}-\d{2}-\d{2}$"))]
    date: Option<String>,
    /// Why not all of the appendix is here, if it isn't. Documents print it.
    extract: Option<String>,
    /// Where this comes from, and what is inferred or unverified. No document prints it.
    provenance: Option<String>,
    /// The columns of its tables, if they aren't the appendix's.
    columns: Option<Vec<Column>>,
}

/// A section as it reads; in a modification, as it will read (“section”), or one that it adds (“insert”).
#[derive(JsonSchema)]
#[schemars(title = "Section", deny_unknown_fields)]
struct Section {
    /// The number of the section, in quotation marks. In a modification, its number in the base.
    section: Option<String>,
    /// In a modification, the number that a new section shall have; those after it move up.
    insert: Option<String>,
    /// The identity that outlives its number. Leave it out, unless the number alone can't tell it.
    id: Option<String>,
    /// The heading, without the number.
    heading: Option<String>,
    /// The text, in Markdown: paragraphs, “- ” lists, “# ” headings, tables.
    body: Option<String>,
    /// Where this comes from, and what is inferred. No document prints it.
    provenance: Option<String>,
    /// Whether the modification deletes the section, with its subsections.
    delete: Option<bool>,
    /// With “delete”: whether the sections after it move down by one number.
    close_up: Option<bool>,
    /// The new number that the modification gives it.
    renumber: Option<String>,
    /// Where the modification moves it to.
    #[schemars(rename = "move")]
    place: Option<Neighbour>,
}

/// Beside which other.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Neighbour {
    /// In front of the one with this number or key.
    before: Option<String>,
    /// Behind the one with this number or key.
    after: Option<String>,
}

/// A table with its rows; in a modification, what it does to the rows (“table”), or a table that it adds
/// (“insert_table”).
#[derive(JsonSchema)]
#[schemars(title = "Table", deny_unknown_fields)]
struct Table {
    /// The number of the table, in quotation marks.
    table: Option<String>,
    /// In a modification, the number of a table that it adds.
    insert_table: Option<String>,
    /// The identity that outlives its number. Leave it out, unless the number alone can't tell it.
    id: Option<String>,
    /// A title that its caption prints.
    title: Option<String>,
    /// The code of its User Role, such as “ED”.
    role: Option<String>,
    /// All of its rows, in order. A modification names only what it does to rows.
    rows: Option<Vec<Row>>,
    /// Rows that the modification adds, and where.
    insert: Option<Vec<Insertion>>,
    /// The keys of rows that the modification deletes.
    remove: Option<Vec<String>>,
    /// Rows that the modification changes: the key, and only what changes.
    amend: Option<Vec<AmendedRow>>,
    /// Rows that the modification moves.
    #[schemars(rename = "move")]
    moves: Option<Vec<Move>>,
    /// Whether the modification deletes the table.
    delete: Option<bool>,
    /// What is left out, if the table is an extract.
    omitted: Option<Omitted>,
    /// The count rows as they were published. Documents print the computed ones; checks compare the two.
    published: Option<Published>,
    /// Where this comes from, and what is inferred. No document prints it.
    provenance: Option<String>,
}

/// A Service Request.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Row {
    /// A key of its own, where two rows bear one variant. Else the variant is the key.
    id: Option<String>,
    /// The Service Reference, in quotation marks, such as “"6.2"”.
    reference: String,
    /// The Service Reference Variant, in quotation marks, such as “"6.2.7"”.
    variant: String,
    /// The name of the Service Request.
    name: String,
    /// Whether the Service Request is critical.
    critical: bool,
    /// The cells: a list of all, or only those that don't hold the default, by the key of their column.
    cv: Option<Cells<String>>,
    /// The code of the User Role, if it isn't the table's.
    role: Option<String>,
    /// Where this comes from, and what is inferred.
    provenance: Option<String>,
}

/// The key of a row, and what of it changes.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct AmendedRow {
    /// The key of the row in the base: its variant, or its id.
    row: String,
    /// A key of its own from now on.
    id: Option<String>,
    /// The Service Reference, in quotation marks.
    reference: Option<String>,
    /// The Service Reference Variant, in quotation marks.
    variant: Option<String>,
    /// The name of the Service Request.
    name: Option<String>,
    /// Whether the Service Request is critical.
    critical: Option<bool>,
    /// The cells that change, by the key of their column, or a list of all.
    cv: Option<Cells<String>>,
    /// The code of the User Role.
    role: Option<String>,
    /// Where this comes from, and what is inferred.
    provenance: Option<String>,
}

/// Rows to add, beside which other; at the end, if none is named.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Insertion {
    /// In front of the row with this key.
    before: Option<String>,
    /// Behind the row with this key.
    after: Option<String>,
    /// The rows, whole.
    rows: Vec<Row>,
}

/// A row to move, and beside which other.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Move {
    /// The key of the row.
    row: String,
    /// In front of the row with this key.
    before: Option<String>,
    /// Behind the row with this key.
    after: Option<String>,
}

/// Values for the command-variant columns.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Cells<T> {
    /// One for each column.
    All(Vec<T>),
    /// Those of some columns, by key.
    Some(BTreeMap<String, T>),
}

/// What an extract leaves out: how many rows and their counts, or why nobody knows.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Omitted {
    /// How many rows are left out.
    #[schemars(range(max = 999_999))]
    rows: Option<u32>,
    /// For each applicability, how many cells of each column hold it in the rows left out.
    cv: Option<BTreeMap<String, Cells<u32>>>,
    /// Why the rows left out aren't known. Documents print it in place of the count rows.
    unknown: Option<String>,
    /// Where this comes from, and what is inferred.
    provenance: Option<String>,
}

/// Count rows as a document printed them.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Published {
    /// The figures of each applicability.
    counts: Option<BTreeMap<String, PublishedRow>>,
    /// The grand total.
    #[schemars(range(max = 999_999))]
    total_tests: Option<u32>,
    /// Where the figures were published.
    provenance: Option<String>,
}

/// The figures of a count row.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct PublishedRow {
    /// A figure for each command-variant column.
    cv: Cells<u32>,
    /// The row's total, if one was printed.
    #[schemars(range(max = 999_999))]
    total: Option<u32>,
}

/// The Service Requests as a specification lists them. Checks hold rows against them.
#[derive(JsonSchema)]
#[schemars(title = "Register", deny_unknown_fields)]
struct Register {
    /// What findings call the specification, such as “DUIS”.
    register: String,
    /// The specification's name in full.
    name: Option<String>,
    /// Where the facts come from, and of what date they are.
    provenance: Option<String>,
    /// The Service Requests.
    requests: Vec<Request>,
}

/// A Service Request as its specification defines it.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Request {
    /// The Service Reference Variant, in quotation marks.
    variant: String,
    /// The name, letter for letter.
    name: String,
    /// Whether it is critical.
    critical: bool,
    /// The codes of the User Roles that may send it.
    roles: Vec<String>,
    /// Where this comes from.
    provenance: Option<String>,
}

/// How the appendix says things. Checks hold the text of every version against it.
#[derive(JsonSchema)]
#[schemars(title = "Terms", deny_unknown_fields)]
struct Terms {
    /// The one spelling of each defined term, and those found for it.
    terms: Option<Vec<Usage>>,
    /// Turns of phrase, and those found for them.
    phrases: Option<Vec<Usage>>,
    /// What is spelt out where it is first used.
    abbreviations: Option<Vec<Abbreviation>>,
    /// Words that call for others under the same heading.
    companions: Option<Vec<Companion>>,
    /// How the text refers to its own parts and to Service Requests.
    references: Option<References>,
    /// Where this comes from.
    provenance: Option<String>,
}

/// What to write, and what isn't written for it.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Usage {
    /// What to write.
    write: String,
    /// What is found in its place.
    not: Vec<String>,
    /// Why, for the drafter.
    because: Option<String>,
    /// Whether it is only wrong where no sentence begins.
    within_sentence: Option<bool>,
}

/// A short form and its full form.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Abbreviation {
    /// Such as “UEPT”.
    short: String,
    /// Such as “User Entry Process Tests”.
    full: String,
}

/// Words that call for others.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Companion {
    /// Where the text under a heading says this …
    where_it_says: String,
    /// … it also says this.
    also_say: String,
    /// Why, for the drafter.
    because: Option<String>,
}

/// The words of references.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct References {
    /// What amendment instructions call a part of the text.
    section: String,
    /// What else it is called.
    section_also: Option<Vec<String>>,
    /// What a table is called.
    table: String,
    /// The words after which the numbers of Service Requests stand.
    service_request: Option<Vec<String>>,
    /// The words that say that a Service Request must be executed.
    obligation: Option<Vec<String>>,
}

/// Findings that are known and need no more looking at.
#[derive(JsonSchema)]
#[schemars(title = "Allowances", deny_unknown_fields)]
struct Allow {
    /// What is allowed, each with a reason.
    allow: Vec<Allowance>,
}

/// A finding that is allowed.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Allowance {
    /// The code that the finding bears, such as “register-name”.
    code: String,
    /// The file or folder that it is in; anywhere, if none is named.
    file: Option<String>,
    /// Words that its message holds.
    about: Option<String>,
    /// Why it is allowed.
    reason: String,
}

/// The schema of each kind of file, by the name that its own file has.
pub fn schemas() -> Vec<(&'static str, Value)> {
    vec![
        ("allow", schema_for!(Allow).to_value()),
        ("appendix", schema_for!(Appendix).to_value()),
        ("register", schema_for!(Register).to_value()),
        ("section", schema_for!(Section).to_value()),
        ("style", schema_for!(crate::stylesheet::Stylesheet).to_value()),
        ("table", schema_for!(Table).to_value()),
        ("terms", schema_for!(Terms).to_value()),
        ("version", schema_for!(Version).to_value()),
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
    use super::super::{head, section, standards, table, vocabulary};
    use super::*;
    use std::collections::BTreeSet;

    /// The fields of a thing in its schema.
    fn properties(schema: &Value) -> BTreeSet<&str> {
        schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect()
    }

    #[test]
    fn the_schemas_know_the_fields_that_the_readers_know() {
        let schemas: BTreeMap<&str, Value> = schemas().into_iter().collect();
        let amended: Vec<&str> = std::iter::once("row").chain(table::ROW_FIELDS.iter().copied()).collect();
        let known: [(&str, &str, &[&str]); 26] = [
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
