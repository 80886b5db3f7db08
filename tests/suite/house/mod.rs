//! The house itself: who uses whom, read from the sources.

mod circles;
mod paths;
mod rooms;
