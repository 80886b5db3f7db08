//! The order in which the schema wants the children of a property, and which elements mean nothing when empty.
//!
//! docx-rs writes them in an order of its own, which Word forgives and validators don't.

/// The children of an element in the schema's order; none where docx-rs keeps it.
pub fn of(element: &[u8]) -> Option<&'static [&'static [u8]]> {
    Some(match element {
        b"w:pPr" => PARAGRAPH,
        b"w:rPr" => RUN,
        b"w:trPr" => ROW,
        b"w:tcPr" => CELL,
        b"w:tblPr" => TABLE,
        b"w:sectPr" => SECTION,
        b"w:numPr" => &[b"w:ilvl", b"w:numId"],
        b"w:lvl" => LEVEL,
        b"w:style" => STYLE,
        b"w:pBdr" => &[b"w:top", b"w:left", b"w:bottom", b"w:right", b"w:between", b"w:bar"],
        _ => return None,
    })
}

/// Where a child stands in its parent; what isn't listed stands last.
pub fn rank(order: &[&[u8]], child: &[u8]) -> usize {
    order.iter().position(|name| *name == child).unwrap_or(order.len())
}

/// Whether an element without content says nothing.
pub fn means_nothing_empty(element: &[u8]) -> bool {
    matches!(element, b"w:pPr" | b"w:rPr" | b"w:trPr" | b"w:tcPr" | b"w:r" | b"w:tblBorders" | b"w:tabs" | b"w:pBdr")
}

const PARAGRAPH: &[&[u8]] = &[
    b"w:pStyle",
    b"w:keepNext",
    b"w:keepLines",
    b"w:pageBreakBefore",
    b"w:framePr",
    b"w:widowControl",
    b"w:numPr",
    b"w:pBdr",
    b"w:shd",
    b"w:tabs",
    b"w:spacing",
    b"w:ind",
    b"w:jc",
    b"w:outlineLvl",
    b"w:rPr",
    b"w:sectPr",
    b"w:pPrChange",
];

const RUN: &[&[u8]] = &[
    b"w:ins",
    b"w:del",
    b"w:moveFrom",
    b"w:moveTo",
    b"w:rStyle",
    b"w:rFonts",
    b"w:b",
    b"w:bCs",
    b"w:i",
    b"w:iCs",
    b"w:strike",
    b"w:vanish",
    b"w:color",
    b"w:spacing",
    b"w:position",
    b"w:sz",
    b"w:szCs",
    b"w:highlight",
    b"w:u",
    b"w:shd",
    b"w:vertAlign",
    b"w:lang",
    b"w:rPrChange",
];

const ROW: &[&[u8]] = &[b"w:cantSplit", b"w:trHeight", b"w:tblHeader", b"w:ins", b"w:del"];

const CELL: &[&[u8]] = &[b"w:tcW", b"w:gridSpan", b"w:vMerge", b"w:tcBorders", b"w:shd", b"w:tcMar", b"w:vAlign"];

const TABLE: &[&[u8]] =
    &[b"w:tblStyle", b"w:tblW", b"w:jc", b"w:tblInd", b"w:tblBorders", b"w:tblLayout", b"w:tblCellMar", b"w:tblLook"];

const SECTION: &[&[u8]] = &[
    b"w:headerReference",
    b"w:footerReference",
    b"w:type",
    b"w:pgSz",
    b"w:pgMar",
    b"w:pgNumType",
    b"w:cols",
    b"w:titlePg",
    b"w:docGrid",
];

const LEVEL: &[&[u8]] = &[
    b"w:start",
    b"w:numFmt",
    b"w:lvlRestart",
    b"w:pStyle",
    b"w:isLgl",
    b"w:suff",
    b"w:lvlText",
    b"w:lvlJc",
    b"w:pPr",
    b"w:rPr",
];

const STYLE: &[&[u8]] = &[
    b"w:name",
    b"w:basedOn",
    b"w:next",
    b"w:link",
    b"w:uiPriority",
    b"w:semiHidden",
    b"w:unhideWhenUsed",
    b"w:qFormat",
    b"w:pPr",
    b"w:rPr",
    b"w:tblPr",
    b"w:trPr",
    b"w:tcPr",
];
