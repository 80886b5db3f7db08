//! The tests of the whole desk, a folder for each thing it does with what that needs beside it, in one binary: it is
//! linked once, and all its tests run side by side.

mod adopt;
mod another;
mod check;
mod clauses;
mod cli;
mod comments;
mod common;
mod content;
mod definitions;
mod docx;
mod end_to_end;
mod examples;
mod excel;
mod figures;
mod files;
mod found;
mod founding;
mod guide;
mod house;
mod html;
mod instructions;
mod laws;
mod logo;
mod markdown;
mod marks;
mod modification;
mod pdf;
mod publish;
mod reader;
mod references;
mod release;
mod review;
mod serve;
mod tables;
mod whole_or_not;
