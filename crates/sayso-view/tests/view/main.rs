//! Do the views show what a record holds, and nothing else?

mod brat;
mod browser;
mod check;
mod contrast;
mod csv;
mod facts;
mod harbour;
mod html;
mod md;
mod records;
