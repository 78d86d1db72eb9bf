//! What is found, and what comes first.

mod any_text;
mod ranking;
mod samples;
mod tolerance;
