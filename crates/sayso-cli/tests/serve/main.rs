//! `sayso serve`, asked over real connections.

mod api;
mod browser;
mod described;
mod hostile;
mod load;
mod pages;
mod server;
mod tokens;
