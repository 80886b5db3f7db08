#![no_main]

#[allow(dead_code, reason = "each target holds one of the laws")]
#[path = "../../tests/suite/found/laws.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| laws::workbook(bytes));
