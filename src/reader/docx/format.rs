//! Numbers as Word prints them.

use crate::document::in_words;

/// A number in one of Word's formats. What isn't known is printed in digits.
pub(super) fn format(number: i64, format: &str) -> String {
    let positive = u32::try_from(number).ok().filter(|number| *number > 0);
    match (format, positive) {
        ("none", _) => String::new(),
        ("decimalZero", _) if (0..10).contains(&number) => format!("0{number}"),
        ("lowerLetter", Some(number)) => letters(number, b'a'),
        ("upperLetter", Some(number)) => letters(number, b'A'),
        ("lowerRoman", Some(number)) => roman(number).to_lowercase(),
        ("upperRoman", Some(number)) => roman(number),
        ("ordinal", Some(number)) => format!("{number}{}", ordinal_ending(number)),
        ("cardinalText", Some(number)) => capitalised(&cardinal(number)),
        ("ordinalText", Some(number)) => capitalised(&ordinal(number)),
        ("numberInDash", _) => format!("- {number} -"),
        ("decimalEnclosedParen", _) => format!("({number})"),
        ("decimalEnclosedFullstop", _) => format!("{number}."),
        ("chicago", Some(number)) => {
            let at = (number as usize - 1) % 4;
            ["*", "†", "‡", "§"][at].repeat(repeats((number as usize - 1) / 4 + 1))
        }
        _ => number.to_string(),
    }
}

/// No number is printed longer than this, however large a file says that it is.
fn repeats(times: usize) -> usize {
    times.min(64)
}

/// a to z, then aa to zz, as Word does: not ab after aa, but bb.
fn letters(number: u32, first: u8) -> String {
    let at = u8::try_from((number - 1) % 26).unwrap_or(0);
    char::from(first + at).to_string().repeat(repeats((number as usize - 1) / 26 + 1))
}

fn roman(number: u32) -> String {
    const DIGITS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut left = number.min(32_767);
    let mut text = String::new();
    for (value, digit) in DIGITS {
        while left >= value {
            text.push_str(digit);
            left -= value;
        }
    }
    text
}

fn ordinal_ending(number: u32) -> &'static str {
    match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}

fn cardinal(number: u32) -> String {
    match number {
        0..100 => in_words(number),
        100..1000 if number.is_multiple_of(100) => format!("{} hundred", in_words(number / 100)),
        100..1000 => format!("{} hundred {}", in_words(number / 100), in_words(number % 100)),
        _ => number.to_string(),
    }
}

fn ordinal(number: u32) -> String {
    let cardinal = cardinal(number);
    let at = cardinal.rfind([' ', '-']).map_or(0, |at| at + 1);
    let (before, last) = cardinal.split_at(at);
    let last = match last {
        "one" => "first".to_owned(),
        "two" => "second".to_owned(),
        "three" => "third".to_owned(),
        "five" => "fifth".to_owned(),
        "eight" => "eighth".to_owned(),
        "nine" => "ninth".to_owned(),
        "twelve" => "twelfth".to_owned(),
        last => match last.strip_suffix('y') {
            Some(stem) => format!("{stem}ieth"),
            None if number >= 1000 => format!("{number}{}", ordinal_ending(number)),
            None => format!("{last}th"),
        },
    };
    format!("{before}{last}")
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::format;

    #[test]
    fn numbers_are_printed_as_word_prints_them() {
        for (number, kind, printed) in [
            (4, "decimal", "4"),
            (4, "decimalZero", "04"),
            (14, "decimalZero", "14"),
            (1, "lowerLetter", "a"),
            (26, "lowerLetter", "z"),
            (27, "lowerLetter", "aa"),
            (28, "upperLetter", "BB"),
            (1994, "upperRoman", "MCMXCIV"),
            (4, "lowerRoman", "iv"),
            (0, "lowerRoman", "0"),
            (-3, "lowerLetter", "-3"),
            (22, "ordinal", "22nd"),
            (113, "ordinal", "113th"),
            (21, "cardinalText", "Twenty-one"),
            (30, "ordinalText", "Thirtieth"),
            (112, "ordinalText", "One hundred twelfth"),
            (5, "chicago", "**"),
            (7, "none", ""),
            (7, "aiueo", "7"),
        ] {
            assert_eq!(format(number, kind), printed, "{number} {kind}");
        }
    }
}
