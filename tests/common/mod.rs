//! What the tests share.
#![allow(dead_code, reason = "each test binary uses its own part")]

pub mod docx;
pub mod docx_sample;
pub mod edit;
pub mod generate;
