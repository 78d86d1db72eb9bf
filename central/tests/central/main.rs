//! Central as kiosks and operators meet it: a true one on a free port, over TLS.

mod audit;
mod capacity;
mod county;
mod import;
mod program;
mod routes;
mod secrecy;
mod support;
