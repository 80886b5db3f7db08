//! Names of folders and files.

use super::reader::Reader;
use crate::diagnostic::Code;
use crate::model::Placed;

/// Names that Windows keeps for devices, whatever follows their first point.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "com", "lpt"];

/// Whether a text can name folders and files, on every system; `what` it is, if it can't.
pub(super) fn names_files(reader: &mut Reader<'_>, name: &Placed<String>, what: &str) -> bool {
    let help = unfit(name);
    if let Some(help) = &help {
        reader.error(Code::UnsafeId, &name.origin, format!("“{}” can't be {what}", name.value), help.clone());
    }
    help.is_none()
}

/// What to do about a text that can't name folders and files on every system; nothing, if it can.
pub(crate) fn unfit(name: &str) -> Option<String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if let Some(bad) = name.chars().find(|&c| !fits(c)) {
        return Some(format!("it names files, so write it without “{bad}”: letters, digits, points and hyphens only"));
    }
    let help = if name.is_empty() {
        "it names files, so it can't be empty"
    } else if name.starts_with('.') || name.ends_with('.') || name.contains("..") {
        "it names files, so a point stands only between letters or digits, such as “6.18”"
    } else if name.len() > 64 {
        "it names files, so keep it to 64 characters"
    } else if is_device(name) {
        "Windows keeps that name for a device: choose another"
    } else {
        return None;
    };
    Some(help.to_owned())
}

/// Whether Windows keeps a name for a device.
pub(super) fn is_device(id: &str) -> bool {
    let stem = id.split('.').next().unwrap_or(id).to_lowercase();
    let device = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    match stem.len() - device.len() {
        0 => DEVICES[..4].contains(&device),
        1 => DEVICES[4..].contains(&device),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_device_names_are_known_with_and_without_an_ending() {
        for device in ["CON", "nul", "com1", "LPT9.1", "aux.x"] {
            assert!(is_device(device), "{device}");
        }
        for id in ["6.18", "mp089", "com", "com10", "console", "con1"] {
            assert!(!is_device(id), "{id}");
        }
    }
}
