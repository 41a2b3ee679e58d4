//! `sayso serve`, asked over real connections.

mod api;
mod hostile;
mod pages;
mod server;
mod tokens;
