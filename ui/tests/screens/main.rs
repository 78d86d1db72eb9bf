//! Every screen: found and pressed through its accessible names, emptied when left, drawn in both
//! orientations.

mod pictures;
mod presses;
mod samples;
