//! Word documents, read: those that the desk writes come back as they were, and those of others lose no word.

mod hostile;
mod laws;
mod mutated;
mod package;
mod real;
mod shipped;
mod traps;
