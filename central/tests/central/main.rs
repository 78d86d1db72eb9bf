//! Central as kiosks and operators meet it: a true one on a free port, over TLS.

mod anonymity;
mod audit;
mod capacity;
mod county;
mod crowd;
mod filing;
mod import;
mod import_public;
mod program;
mod rotation;
mod routes;
mod secrecy;
mod support;
