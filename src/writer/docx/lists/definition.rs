//! How the levels of lists look.

use crate::document::{Enclosure, Label, Series};
use crate::ooxml::styles::LIST_LEVELS;

/// What a level counts in, and what its numbers stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    pub series: Series,
    pub enclosure: Enclosure,
}

/// An abstract numbering: the looks of its levels, so far as items have asked for them.
#[derive(Clone, Debug, Default)]
pub struct Definition {
    pub levels: [Option<Look>; LIST_LEVELS],
    /// The label that it has on all levels, counting nothing.
    pub own: Option<Label>,
}

impl Look {
    /// The looks that a label can have, the likeliest first, and its number in each.
    pub fn of(label: &Label) -> impl Iterator<Item = (Self, u32)> {
        let enclosure = label.enclosure();
        label.numbers().into_iter().map(move |(series, number)| (Self { series, enclosure }, number))
    }

    /// The number of a label that looks so.
    pub fn number(self, label: &Label) -> Option<u32> {
        Self::of(label).find_map(|(look, number)| (look == self).then_some(number))
    }

    /// Whether a list can begin so. After another letter than z, (aa) was put between two others.
    pub fn begins_at(self, number: u32) -> bool {
        number
            <= match self.series {
                Series::LowerLetter | Series::UpperLetter => 26,
                // The largest that Word takes.
                _ => 32_767,
            }
    }

    fn format(self) -> &'static str {
        match self.series {
            Series::Decimal => "decimal",
            Series::LowerRoman => "lowerRoman",
            Series::UpperRoman => "upperRoman",
            Series::LowerLetter => "lowerLetter",
            Series::UpperLetter => "upperLetter",
        }
    }
}

impl Definition {
    /// One that counts so on a level.
    pub fn counting(level: usize, look: Look) -> Self {
        let mut definition = Self::default();
        definition.levels[level] = Some(look);
        definition
    }

    /// The text of a level, with `%` and its number where the count stands, and its format.
    pub fn level(&self, level: usize) -> (String, &'static str) {
        if let Some(own) = &self.own {
            return (own.to_string(), "decimal");
        }
        let plain = Look { series: Series::Decimal, enclosure: Enclosure::Stop };
        let look = self.levels[level].unwrap_or(plain);
        let count = format!("%{}", level + 1);
        let text = match look.enclosure {
            Enclosure::Brackets => format!("({count})"),
            Enclosure::Bracket => format!("{count})"),
            Enclosure::Stop => format!("{count}."),
        };
        (text, look.format())
    }
}
