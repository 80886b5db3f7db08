//! How each style of the document looks, as the style sheet says.

use crate::document::{Block, CLAUSE_LEVELS, Document, Kind, TextRole};
use crate::ooxml::styles::{
    BODY, BULLET, COMMENT, CONTINUED, FIGURE, FOOTER, FOOTNOTE, FOOTNOTE_NUMBER, GAP, HEADER, HYPERLINK, LIST_STYLES,
    LOGO, NUMBER, QUIET, TABLE, TABLE_HEADER, TABLE_LABEL, TABLE_TEXT, clause, clause_name, contents, list_item,
    of_role,
};
use crate::ooxml::units::{half_points, line, twips, twips_of_points};
use crate::stylesheet::{HEAD_GAP, LogoSide, Stylesheet, TERM_GAP, TextStyle};
use crate::writer::contents::{BETWEEN_ENTRIES, DEEPEST};
use docx_rs as word;
use word::{BuildXML, StyleType};

/// The styles part, as docx-rs builds it.
pub fn build(document: &Document, sheet: &Stylesheet, text_width: u32, noted: bool) -> Vec<u8> {
    let fonts = word::RunFonts::new()
        .ascii(&sheet.word_font)
        .hi_ansi(&sheet.word_font)
        .east_asia(&sheet.word_font)
        .cs(&sheet.word_font);
    let styles = word::Styles::new().default_fonts(fonts).default_size(half_points(sheet.body.size));
    let all = [
        headings(sheet),
        clauses(document, sheet),
        definitions(document, sheet),
        lists(sheet),
        roles(sheet),
        furniture(sheet, text_width),
        tables(sheet),
        characters(sheet),
    ];
    let notes = noted.then(|| notes(sheet));
    let figures = shows_figures(document).then(|| figures(sheet));
    all.into_iter().chain(notes).chain(figures).flatten().fold(styles, word::Styles::add_style).build()
}

fn paragraph(id: &str, name: &str, text: &TextStyle, sheet: &Stylesheet) -> word::Style {
    let spacing = word::LineSpacing::new()
        .before(twips_of_points(text.before))
        .after(twips_of_points(text.after))
        .line_rule(word::LineSpacingType::Auto)
        .line(line(text.line));
    let mut style = word::Style::new(id, StyleType::Paragraph)
        .name(name)
        .based_on("Normal")
        .size(half_points(text.size))
        .color(sheet.colours.text.to_string())
        .line_spacing(spacing);
    style.paragraph_property.widow_control = Some(true);
    if text.strong {
        style = style.bold();
    }
    if text.emphasis {
        style = style.italic();
    }
    style
}

fn keep_next(mut style: word::Style) -> word::Style {
    style.paragraph_property.keep_next = Some(true);
    style.paragraph_property.keep_lines = Some(true);
    style
}

/// The number of a section stays text: it is the section's name in law, to which other clauses refer, and must not
/// change by itself when a drafter adds a heading in Word. A tab parts it from the title.
fn headings(sheet: &Stylesheet) -> Vec<word::Style> {
    let last = sheet.headings.last().unwrap_or(&sheet.body);
    (0..6)
        .map(|at| {
            let text = sheet.headings.get(at).unwrap_or(last);
            let style = paragraph(&format!("Heading{}", at + 1), &format!("heading {}", at + 1), text, sheet);
            keep_next(hanging(style.outline_lvl(at).next(BODY), sheet))
        })
        .collect()
}

/// The first paragraphs of sections without a heading, where a document has them. They stand under no heading in Word's
/// outline, and their number is text, as that of a heading is.
fn clauses(document: &Document, sheet: &Stylesheet) -> Vec<word::Style> {
    let is_clause = |block: &Block| {
        let Block::Paragraph(paragraph) = block else { return false };
        paragraph.kind.both().any(|kind| matches!(kind, Kind::Clause { .. }))
    };
    let levels = 1..=if document.blocks.iter().any(is_clause) { CLAUSE_LEVELS } else { 0 };
    let text = sheet.clause.as_ref().unwrap_or(&sheet.body);
    let style = |level| paragraph(&clause(level), &clause_name(level), text, sheet);
    levels.map(|level| hanging(style(level).next(BODY), sheet)).collect()
}

/// Terms and what they mean, where a document has them: the term in a frame beside its meaning, so that both stay
/// paragraphs of the text, which Word tracks as it does others.
///
/// The frame stands in the style alone, though LibreOffice shows the meaning below the term then: of frames in paragraphs
/// it loses the revisions, those of the meaning too.
fn definitions(document: &Document, sheet: &Stylesheet) -> Vec<word::Style> {
    let defines = |block: &Block| {
        let Block::Paragraph(paragraph) = block else { return false };
        paragraph.kind.both().any(Kind::defines)
    };
    if !document.blocks.iter().any(defines) {
        return Vec::new();
    }
    let column = twips(sheet.term_column());
    let bold = TextStyle { strong: true, ..sheet.body.clone() };
    let term = paragraph(of_role(TextRole::Term), "Defined Term", &bold, sheet)
        .next(of_role(TextRole::Meaning))
        .wrap("around")
        .v_anchor("text")
        .h_anchor("margin")
        .x_align("left")
        .frame_y(1)
        .frame_width(u32::try_from(column - twips(TERM_GAP)).unwrap_or_default());
    let meaning = paragraph(of_role(TextRole::Meaning), "Definition", &sheet.body, sheet);
    vec![keep_next(term), meaning.indent(Some(column), None, None, None)]
}

/// A style of paragraphs of which the number hangs left of the words.
fn hanging(style: word::Style, sheet: &Stylesheet) -> word::Style {
    let room = twips(sheet.heading_indent);
    style.indent(Some(room), Some(word::SpecialIndentType::Hanging(room)), None, None)
}

fn lists(sheet: &Stylesheet) -> Vec<word::Style> {
    let mut styles = vec![paragraph(BODY, "Body Text", &sheet.body, sheet)];
    for (base, name, list) in [
        (BULLET, "List Bullet", Some(super::lists::BULLETS)),
        (NUMBER, "List Number", Some(super::lists::NUMBERS)),
        (CONTINUED, "List Continue", None),
    ] {
        for level in 1..=LIST_STYLES {
            let name = if level == 1 { name.to_owned() } else { format!("{name} {level}") };
            let mut style = paragraph(&list_item(base, level), &name, &sheet.list, sheet);
            match list {
                Some(list) => {
                    let id = word::NumberingId::new(list);
                    style.paragraph_property =
                        style.paragraph_property.numbering(id, word::IndentLevel::new(level - 1));
                }
                None => style = style.indent(Some(super::lists::indent(sheet, level)), None, None, None),
            }
            styles.push(style);
        }
    }
    styles
}

fn roles(sheet: &Stylesheet) -> Vec<word::Style> {
    let instruction = paragraph("AmendmentInstruction", "Amendment Instruction", &sheet.instruction, sheet)
        .color(sheet.colours.instruction.to_string());
    vec![
        paragraph("Title", "Title", &sheet.title, sheet),
        keep_next(paragraph("Subtitle", "Subtitle", &sheet.subtitle, sheet)),
        keep_next(instruction),
        keep_next(paragraph("Caption", "caption", &sheet.caption, sheet)),
        paragraph("Note", "Note", &sheet.note, sheet),
        paragraph("Classification", "Classification", &sheet.classification, sheet),
        paragraph(COMMENT, "annotation text", &sheet.note, sheet),
        gap(sheet),
    ]
}

/// An empty line as low as Word can make it.
fn gap(sheet: &Stylesheet) -> word::Style {
    let spacing = word::LineSpacing::new().before(0).after(0).line_rule(word::LineSpacingType::Exact).line(20);
    word::Style::new(GAP, StyleType::Paragraph)
        .name("Table Gap")
        .based_on("Normal")
        .size(2)
        .color(sheet.colours.text.to_string())
        .line_spacing(spacing)
}

fn furniture(sheet: &Stylesheet, text_width: u32) -> Vec<word::Style> {
    let rule = |position| {
        let border = word::ParagraphBorder::new(position).size(4).space(4).color(sheet.colours.rule.to_string());
        word::ParagraphBorders::with_empty().set(border)
    };
    let line = |id, name, text| {
        paragraph(id, name, text, sheet).color(sheet.colours.quiet.to_string()).align(word::AlignmentType::Center)
    };
    let mut header = line(HEADER, "header", &sheet.header);
    header.paragraph_property.borders = Some(rule(word::ParagraphBorderPosition::Bottom));
    let mut footer = line(FOOTER, "footer", &sheet.footer);
    footer.paragraph_property.borders = Some(rule(word::ParagraphBorderPosition::Top));
    let mut styles = vec![header, footer];
    styles.extend(sheet.logo.as_ref().map(|logo| {
        let room = TextStyle { size: 1.0, strong: false, emphasis: false, before: 0.0, after: HEAD_GAP, line: 1.2 };
        paragraph(LOGO, "Header Logo", &room, sheet).align(match logo.side {
            LogoSide::Left => word::AlignmentType::Left,
            LogoSide::Right => word::AlignmentType::Right,
        })
    }));
    let entry = TextStyle { before: 0.0, after: BETWEEN_ENTRIES, ..sheet.body.clone() };
    for level in 1..=DEEPEST {
        let mut style = paragraph(&contents(level), &format!("toc {level}"), &entry, sheet);
        let stop = word::Tab::new()
            .val(word::TabValueType::Right)
            .leader(word::TabLeaderType::Dot)
            .pos(usize::try_from(text_width).unwrap_or_default());
        if level == 1 {
            style = style.bold();
        }
        // The number of a section hangs, as in its heading. It says how deep the section stands; to stand in by levels
        // would put a section under the heading of another where the sections between them aren't there.
        let hanging = twips(sheet.heading_indent);
        let number = word::Tab::new().val(word::TabValueType::Left).pos(usize::try_from(hanging).unwrap_or_default());
        style.paragraph_property.tabs = vec![number, stop];
        style = style.indent(Some(hanging), Some(word::SpecialIndentType::Hanging(hanging)), None, None);
        styles.push(style);
    }
    styles
}

fn tables(sheet: &Stylesheet) -> Vec<word::Style> {
    let header = TextStyle { strong: true, ..sheet.table.clone() };
    let grid = |id: &str, name: &str, size| {
        let borders = [
            word::TableBorderPosition::Top,
            word::TableBorderPosition::Left,
            word::TableBorderPosition::Bottom,
            word::TableBorderPosition::Right,
            word::TableBorderPosition::InsideH,
            word::TableBorderPosition::InsideV,
        ]
        .into_iter()
        .fold(word::TableBorders::with_empty(), |borders, position| {
            borders.set(word::TableBorder::new(position).size(size).color(sheet.colours.rule.to_string()))
        });
        word::Style::new(id, StyleType::Table).name(name).set_borders(borders)
    };
    let margins = super::table::margins(sheet);
    vec![
        grid("TableGrid", "Table Grid", 4),
        grid(TABLE, "Matrix", 4).based_on("TableGrid").margins(margins),
        paragraph(TABLE_TEXT, "Table Text", &sheet.table, sheet),
        paragraph(TABLE_HEADER, "Table Header", &header, sheet),
        paragraph(TABLE_LABEL, "Table Label", &header, sheet),
    ]
}

fn shows_figures(document: &Document) -> bool {
    let is_figure = |block: &Block| {
        let Block::Paragraph(paragraph) = block else { return false };
        paragraph.kind.both().any(|kind| *kind == Kind::Role(TextRole::Figure))
    };
    document.blocks.iter().any(is_figure)
}

/// Pictures stand on one page with their captions, which look as those of tables do.
fn figures(sheet: &Stylesheet) -> Vec<word::Style> {
    let mut style = paragraph(FIGURE, "Figure", &sheet.caption, sheet);
    style.paragraph_property.keep_lines = Some(true);
    vec![style]
}

/// Notes look as other small print does.
fn notes(sheet: &Stylesheet) -> Vec<word::Style> {
    let mut number = word::Style::new(FOOTNOTE_NUMBER, StyleType::Character).name("footnote reference");
    number.run_property = number.run_property.vert_align(word::VertAlignType::SuperScript);
    vec![paragraph(FOOTNOTE, "footnote text", &sheet.footnote(), sheet), number]
}

fn characters(sheet: &Stylesheet) -> Vec<word::Style> {
    let character = |id, name| word::Style::new(id, StyleType::Character).name(name);
    vec![
        character(HYPERLINK, "Hyperlink").color(sheet.colours.link.to_string()).underline("single"),
        character(QUIET, "Quiet").color(sheet.colours.quiet.to_string()),
    ]
}
