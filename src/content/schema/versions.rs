//! What the files of the appendix and of its versions can say.

use schemars::JsonSchema;
use std::collections::BTreeMap;

/// What is true of the appendix in every version: its name, and the words that its tables are made of.
#[derive(JsonSchema)]
#[schemars(title = "Appendix", deny_unknown_fields)]
pub(super) struct Appendix {
    /// Such as “Appendix R”.
    name: String,
    /// What the names of the documents begin with, such as “appendix-r” [default: the words of the name].
    file_name: Option<String>,
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
pub(super) struct Version {
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
pub(super) struct Section {
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
pub(super) struct Table {
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
