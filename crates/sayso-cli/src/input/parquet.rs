//! Which articles do the rows of a Parquet file hold?
//!
//! Only the columns that say something of an article are read, a few rows at a time, so that
//! a file of any length fits in memory. A row becomes an object as JSON lines have it,
//! and goes their way.

use std::collections::VecDeque;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;

use anyhow::{Error, Result, anyhow};
use jiff::Timestamp;
use jiff::ToSpan as _;
use jiff::civil::date;
use parquet::basic::{Compression, ConvertedType, LogicalType, TimeUnit, Type};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{ByteArrayType, DataType, Int32Type, Int64Type};
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::reader::{ChunkReader, FileReader, SerializedFileReader};
use parquet::schema::types::ColumnDescriptor;
use serde_json::{Map, Value};

use super::load;

/// Rows that are in memory at once.
const BATCH: usize = 16;

/// The fields of an article, and the columns' names under which data sets have them, the
/// likeliest first.
const FIELDS: &[(&str, &[&str])] = &[
    ("text", &["text", "content", "body", "maintext", "article"]),
    ("title", &["title"]),
    ("url", &["url"]),
    ("outlet", &["outlet", "source", "domain", "publisher"]),
    ("byline", &["byline", "author", "authors"]),
    ("published", &["published", "date", "publish_date", "date_publish"]),
    ("language", &["language"]),
];

/// The rows of a file, with their numbers from 1.
pub(super) struct Rows<R: ChunkReader> {
    file: SerializedFileReader<R>,
    chosen: Vec<Chosen>,
    max_bytes: u64,
    /// The next row group.
    group: usize,
    /// Of the present one.
    columns: Vec<Column>,
    n_left: usize,
    rows: VecDeque<(usize, Result<Vec<u8>>)>,
    number: usize,
}

/// A column that is read.
struct Chosen {
    field: &'static str,
    name: String,
    index: usize,
    max_def: i16,
    form: Form,
}

/// What a column's values stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Words,
    Days,
    /// So many make a second.
    Ticks(i64),
}

/// A value in words, if it is there; bytes that are no words are an error.
type Cell = Result<Option<String>, std::string::FromUtf8Error>;

enum Column {
    Words(Box<ColumnReaderImpl<ByteArrayType>>),
    Days(Box<ColumnReaderImpl<Int32Type>>),
    Ticks(Box<ColumnReaderImpl<Int64Type>>, i64),
}

impl<R: ChunkReader + 'static> Rows<R> {
    /// Opens a file.
    ///
    /// # Errors
    /// When it is no Parquet file, or has no column of texts.
    pub(super) fn new(file: R, max_bytes: u64) -> Result<Self> {
        let file = guarded(|| Ok(SerializedFileReader::new(file)?))
            .map_err(|error| anyhow!("it is a broken Parquet file: {error}"))?;
        let columns = file.metadata().file_metadata().schema_descr().columns();
        let chosen: Vec<Chosen> =
            FIELDS.iter().filter_map(|(field, names)| choose(field, names, columns)).collect();
        if !chosen.iter().any(|chosen| chosen.field == "text") {
            let mut names: Vec<String> = columns.iter().filter_map(|column| named(column)).collect();
            names.dedup();
            return Err(anyhow!(
                "no column of texts (text, content, body, maintext or article); its columns are {}",
                names.join(", ")
            ));
        }
        if let Some(packing) = unknown_packing(&file, &chosen) {
            return Err(anyhow!(
                "it is packed as {packing}, which isn't read; save it with zstd, snappy or gzip"
            ));
        }
        let (columns, rows) = (Vec::new(), VecDeque::new());
        Ok(Self { file, chosen, max_bytes, group: 0, columns, n_left: 0, rows, number: 0 })
    }

    /// How many rows the file says that it has.
    pub(super) fn n_rows(&self) -> u64 {
        u64::try_from(self.file.metadata().file_metadata().num_rows()).unwrap_or(0)
    }

    /// Reads some more rows; false at the end.
    fn fill(&mut self) -> bool {
        if self.n_left == 0 && !self.open_group() {
            return false;
        }
        match guarded(|| self.batch()) {
            Ok(0) if self.n_left > 0 => self.lose(&anyhow!("it has fewer rows than it says")),
            Ok(_) => {}
            Err(error) => self.lose(&error),
        }
        true
    }

    fn open_group(&mut self) -> bool {
        if self.group >= self.file.num_row_groups() {
            return false;
        }
        let group = self.group;
        self.group += 1;
        let n_rows = self.file.metadata().row_group(group).num_rows();
        self.n_left = usize::try_from(n_rows).unwrap_or(0);
        let columns = guarded(|| {
            let group = self.file.get_row_group(group)?;
            let open = |chosen: &Chosen| Column::new(group.get_column_reader(chosen.index)?, chosen.form);
            self.chosen.iter().map(open).collect::<Result<_>>()
        });
        match columns {
            Ok(columns) => self.columns = columns,
            Err(error) => self.lose(&error),
        }
        true
    }

    /// The rest of a row group can't be read.
    fn lose(&mut self, error: &Error) {
        let rest = match self.n_left {
            0 | 1 => String::new(),
            n => format!("; the {} rows behind it go with it", n - 1),
        };
        let error = anyhow!("a part of the Parquet file is damaged: {error}{rest}");
        self.rows.push_back((self.number + 1, Err(error)));
        self.number += self.n_left;
        self.n_left = 0;
        self.columns.clear();
    }

    fn batch(&mut self) -> Result<usize> {
        let n = BATCH.min(self.n_left);
        let read =
            |(column, chosen): (&mut Column, &Chosen)| Ok(column.cells(n, chosen.max_def)?.into_iter());
        let mut cells: Vec<_> = self.columns.iter_mut().zip(&self.chosen).map(read).collect::<Result<_>>()?;
        let n_rows = cells.iter().map(ExactSizeIterator::len).min().unwrap_or(0);
        for _ in 0..n_rows {
            self.number += 1;
            let row: Vec<Cell> = cells.iter_mut().map(|column| column.next().unwrap_or(Ok(None))).collect();
            self.rows.push_back((self.number, self.row(row)));
        }
        self.n_left -= n_rows;
        Ok(n_rows)
    }

    /// An object as a line of JSON has it.
    fn row(&self, cells: Vec<Cell>) -> Result<Vec<u8>> {
        let mut fields = Map::new();
        for (cell, chosen) in cells.into_iter().zip(&self.chosen) {
            let words =
                cell.map_err(|_| anyhow!("its column `{}` holds bytes that are not UTF-8", chosen.name))?;
            match words {
                Some(words) if words.len() as u64 > self.max_bytes => {
                    return Err(load::too_large(words.len() as u64, self.max_bytes));
                }
                None if chosen.field == "text" => {
                    return Err(anyhow!("there are no words in its column `{}`", chosen.name));
                }
                Some(words) => drop(fields.insert(chosen.field.to_owned(), Value::String(words))),
                None => {}
            }
        }
        Ok(serde_json::to_vec(&fields)?)
    }
}

impl<R: ChunkReader + 'static> Iterator for Rows<R> {
    type Item = (usize, Result<Vec<u8>>);

    fn next(&mut self) -> Option<Self::Item> {
        while self.rows.is_empty() && self.fill() {}
        self.rows.pop_front()
    }
}

/// The crate takes some damaged metadata for a fault of the program and panics; here it is a
/// fault of the file. Nothing is printed, and what is left behind is used no more.
fn guarded<T>(read: impl FnOnce() -> Result<T>) -> Result<T> {
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let read = panic::catch_unwind(AssertUnwindSafe(read));
    panic::set_hook(hook);
    read.unwrap_or_else(|_| Err(anyhow!("its metadata contradict each other")))
}

/// The column for a field; its name counts in any case, and it may be a list of words.
fn choose(field: &'static str, names: &[&str], columns: &[Arc<ColumnDescriptor>]) -> Option<Chosen> {
    names.iter().find_map(|name| {
        let is_it = |column: &&Arc<ColumnDescriptor>| {
            let parts = column.path().parts();
            // A list's parts have names of their own behind its; a structure has several of them.
            parts.first().is_some_and(|part| part.eq_ignore_ascii_case(name))
                && (parts.len() == 1 || column.max_rep_level() == 1)
                && form(column).is_some_and(|form| form == Form::Words || field == "published")
        };
        let index = columns.iter().position(|column| is_it(&column))?;
        let column = &columns[index];
        let (name, max_def) = (column.path().parts().first()?.clone(), column.max_def_level());
        Some(Chosen { field, name, index, max_def, form: form(column)? })
    })
}

/// A column for people, with its type where that is why it holds no words.
fn named(column: &ColumnDescriptor) -> Option<String> {
    let name = column.path().parts().first()?;
    Some(match form(column) {
        Some(Form::Words) => name.clone(),
        _ => format!("{name} ({})", column.physical_type().to_string().to_lowercase()),
    })
}

/// How a column is packed that can't be unpacked here, if there is one.
fn unknown_packing<R: ChunkReader + 'static>(
    file: &SerializedFileReader<R>,
    chosen: &[Chosen],
) -> Option<String> {
    let packings = file.metadata().row_groups().iter().flat_map(|group| {
        let columns = chosen.iter().filter_map(|chosen| group.columns().get(chosen.index));
        columns.map(ColumnChunkMetaData::compression)
    });
    let is_known = |packing: &Compression| {
        let is_plain = [Compression::UNCOMPRESSED, Compression::SNAPPY].contains(packing);
        is_plain || matches!(packing, Compression::GZIP(_) | Compression::ZSTD(_))
    };
    let mut unknown = packings.filter(|packing| !is_known(packing));
    unknown.next().map(|packing| format!("{packing:?}").split('(').next().unwrap_or_default().to_lowercase())
}

/// `None` for values that say nothing of an article.
fn form(column: &ColumnDescriptor) -> Option<Form> {
    let converted = column.converted_type();
    match (column.physical_type(), column.logical_type_ref()) {
        (Type::BYTE_ARRAY, _) if converted != ConvertedType::DECIMAL => Some(Form::Words),
        (Type::INT32, _) if converted == ConvertedType::DATE => Some(Form::Days),
        (Type::INT64, Some(LogicalType::Timestamp(stamp))) => Some(Form::Ticks(match stamp.unit {
            TimeUnit::MILLIS => 1_000,
            TimeUnit::MICROS => 1_000_000,
            TimeUnit::NANOS => 1_000_000_000,
        })),
        (Type::INT64, _) if converted == ConvertedType::TIMESTAMP_MILLIS => Some(Form::Ticks(1_000)),
        (Type::INT64, _) if converted == ConvertedType::TIMESTAMP_MICROS => Some(Form::Ticks(1_000_000)),
        _ => None,
    }
}

impl Column {
    fn new(reader: ColumnReader, form: Form) -> Result<Self> {
        Ok(match (reader, form) {
            (ColumnReader::ByteArrayColumnReader(reader), Form::Words) => Self::Words(Box::new(reader)),
            (ColumnReader::Int32ColumnReader(reader), Form::Days) => Self::Days(Box::new(reader)),
            (ColumnReader::Int64ColumnReader(reader), Form::Ticks(n)) => Self::Ticks(Box::new(reader), n),
            _ => return Err(anyhow!("a column is of another type than its schema says")),
        })
    }

    /// At most so many more cells.
    fn cells(&mut self, n: usize, max_def: i16) -> Result<Vec<Cell>> {
        let joined = |cell: Vec<Result<String, _>>| -> Cell {
            let parts: Vec<String> = cell.into_iter().collect::<Result<_, _>>()?;
            Ok(Some(parts.join(", ")).filter(|words| !words.trim().is_empty()))
        };
        let of_number = |cell: Vec<Option<String>>| -> Cell { Ok(cell.into_iter().flatten().next()) };
        Ok(match self {
            Self::Words(reader) => values(reader, n, max_def)?
                .into_iter()
                .map(|cell| joined(cell.iter().map(|v| String::from_utf8(v.data().to_vec())).collect()))
                .collect(),
            Self::Days(reader) => values(reader, n, max_def)?
                .into_iter()
                .map(|cell| of_number(cell.into_iter().map(day).collect()))
                .collect(),
            Self::Ticks(reader, unit) => values(reader, n, max_def)?
                .into_iter()
                .map(|cell| of_number(cell.into_iter().map(|ticks| instant(ticks, *unit)).collect()))
                .collect(),
        })
    }
}

/// The values of so many more rows: one of each, none where it is null, several in a list.
fn values<T: DataType>(reader: &mut ColumnReaderImpl<T>, n: usize, max_def: i16) -> Result<Vec<Vec<T::T>>> {
    let (mut def, mut rep, mut values) = (Vec::new(), Vec::new(), Vec::new());
    let (n_rows, _, n_levels) = reader.read_records(n, Some(&mut def), Some(&mut rep), &mut values)?;
    let mut values = values.into_iter();
    let mut rows: Vec<Vec<T::T>> = Vec::with_capacity(n_rows);
    // A column that has to be there has no levels, and neither has one that is no list.
    let n_levels = if max_def == 0 { n_rows } else { n_levels };
    for i in 0..n_levels {
        if rep.get(i).is_none_or(|&level| level == 0) {
            rows.push(Vec::new());
        }
        let is_there = def.get(i).is_none_or(|&level| level == max_def);
        if let Some(row) = rows.last_mut().filter(|_| is_there) {
            row.extend(values.next());
        }
    }
    Ok(rows)
}

fn day(days: i32) -> Option<String> {
    Some(date(1970, 1, 1).checked_add(days.days()).ok()?.to_string())
}

fn instant(ticks: i64, unit: i64) -> Option<String> {
    let seconds = ticks.div_euclid(unit);
    Some(Timestamp::from_second(seconds).ok()?.to_string())
}
