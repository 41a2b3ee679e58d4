//! The archive's statements as Parquet: for pandas, Polars, `DuckDB` and R.
//!
//! The columns are those of a row ([`sayso_archive::Row`]) under their names, strings as UTF-8, `day` as a date would be:
//! text, since not every article has one. Written by column with the parquet crate itself; arrow would be a dozen more
//! crates for the same file.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use parquet::basic::{Compression, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use sayso_archive::{Archive, Row};

/// Rows of one group, which are held in memory until it is written.
const GROUP: usize = 10_000;

/// The published schema.
const SCHEMA: &str = "message sayso_statement {
  required int64 article;
  required binary number (UTF8);
  optional binary url (UTF8);
  optional binary outlet (UTF8);
  optional binary title (UTF8);
  optional binary published (UTF8);
  optional binary day (UTF8);
  required binary sha256 (UTF8);
  optional int64 reprint_of;
  required boolean superseded;
  optional binary actor (UTF8);
  optional int64 actor_id;
  optional binary actor_kind (UTF8);
  required binary parties (UTF8);
  optional binary source (UTF8);
  optional binary cue (UTF8);
  required binary content (UTF8);
  required binary form (UTF8);
  required binary act (UTF8);
  required boolean negated;
  required boolean hedged;
  required binary chain (UTF8);
  required binary status (UTF8);
  required binary issues (UTF8);
  optional binary parent (UTF8);
  required int64 same;
  required double confidence;
  required int64 start;
  required int64 end;
  required boolean corrected;
  required binary program (UTF8);
  required binary model (UTF8);
  optional binary plover (UTF8);
}";

/// Whether a file is a table of statements.
pub(super) fn is_ours(path: &Path) -> bool {
    let reader = File::open(path).ok().and_then(|file| SerializedFileReader::new(file).ok());
    reader.is_some_and(|reader| reader.metadata().file_metadata().schema().name() == "sayso_statement")
}

/// Writes all statements; how many there are.
pub(crate) fn write(archive: &Archive, out: impl Write + Send) -> Result<usize> {
    let schema = Arc::new(parse_message_type(SCHEMA)?);
    let properties =
        WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::try_new(3)?)).build();
    let mut writer = SerializedFileWriter::new(out, schema, Arc::new(properties))?;
    let (mut group, mut n): (Vec<Row>, usize) = (Vec::new(), 0);
    archive.rows(|row| {
        group.push(row);
        if group.len() == GROUP {
            n += written(&mut writer, &mut group)?;
        }
        Ok::<(), anyhow::Error>(())
    })?;
    n += written(&mut writer, &mut group)?;
    writer.close()?;
    Ok(n)
}

/// Writes the rows as one group, and forgets them.
fn written<W: Write + Send>(writer: &mut SerializedFileWriter<W>, rows: &mut Vec<Row>) -> Result<usize> {
    let mut group = writer.next_row_group()?;
    let words = |of: fn(&Row) -> &str| rows.iter().map(|row| Some(of(row))).collect::<Vec<_>>();
    let given =
        |of: fn(&Row) -> &Option<String>| rows.iter().map(|row| of(row).as_deref()).collect::<Vec<_>>();
    let numbers = |of: fn(&Row) -> i64| rows.iter().map(|row| Some(of(row))).collect::<Vec<_>>();
    let flags = |of: fn(&Row) -> bool| rows.iter().map(of).collect::<Vec<_>>();
    type Words = fn(&Row) -> &str;
    type Given = fn(&Row) -> &Option<String>;
    let about: [Given; 5] =
        [|row| &row.url, |row| &row.outlet, |row| &row.title, |row| &row.published, |row| &row.day];
    let said: [Words; 3] = [|row| &row.content, |row| &row.form, |row| &row.act];
    let known: [Words; 3] = [|row| &row.chain, |row| &row.status, |row| &row.issues];
    integers(&mut group, &numbers(|row| row.article), true)?;
    strings(&mut group, &words(|row| &row.number), true)?;
    for of in about {
        strings(&mut group, &given(of), false)?;
    }
    strings(&mut group, &words(|row| &row.sha256), true)?;
    integers(&mut group, &rows.iter().map(|row| row.reprint_of).collect::<Vec<_>>(), false)?;
    booleans(&mut group, &flags(|row| row.superseded))?;
    strings(&mut group, &given(|row| &row.actor), false)?;
    integers(&mut group, &rows.iter().map(|row| row.actor_id).collect::<Vec<_>>(), false)?;
    strings(&mut group, &given(|row| &row.actor_kind), false)?;
    strings(&mut group, &words(|row| &row.parties), true)?;
    strings(&mut group, &given(|row| &row.source), false)?;
    strings(&mut group, &given(|row| &row.cue), false)?;
    for of in said {
        strings(&mut group, &words(of), true)?;
    }
    booleans(&mut group, &flags(|row| row.negated))?;
    booleans(&mut group, &flags(|row| row.hedged))?;
    for of in known {
        strings(&mut group, &words(of), true)?;
    }
    strings(&mut group, &given(|row| &row.parent), false)?;
    integers(&mut group, &numbers(|row| row.same), true)?;
    let mut column = group.next_column()?.context("a column of the schema")?;
    let shares: Vec<f64> = rows.iter().map(|row| row.confidence).collect();
    column.typed::<DoubleType>().write_batch(&shares, None, None)?;
    column.close()?;
    integers(&mut group, &numbers(|row| row.start), true)?;
    integers(&mut group, &numbers(|row| row.end), true)?;
    booleans(&mut group, &flags(|row| row.corrected))?;
    strings(&mut group, &words(|row| &row.program), true)?;
    strings(&mut group, &words(|row| &row.model), true)?;
    strings(&mut group, &given(|row| &row.plover), false)?;
    group.close()?;
    let n = rows.len();
    rows.clear();
    Ok(n)
}

/// Which values are there, as Parquet counts them: 1 for each that is.
fn levels<T>(values: &[Option<T>], required: bool) -> Option<Vec<i16>> {
    (!required).then(|| values.iter().map(|value| i16::from(value.is_some())).collect())
}

fn strings<W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    values: &[Option<&str>],
    required: bool,
) -> Result<()> {
    let mut column = group.next_column()?.context("a column of the schema")?;
    let bytes: Vec<ByteArray> = values.iter().flatten().map(|words| ByteArray::from(*words)).collect();
    column.typed::<ByteArrayType>().write_batch(&bytes, levels(values, required).as_deref(), None)?;
    Ok(column.close()?)
}

fn integers<W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    values: &[Option<i64>],
    required: bool,
) -> Result<()> {
    let mut column = group.next_column()?.context("a column of the schema")?;
    let numbers: Vec<i64> = values.iter().copied().flatten().collect();
    column.typed::<Int64Type>().write_batch(&numbers, levels(values, required).as_deref(), None)?;
    Ok(column.close()?)
}

fn booleans<W: Write + Send>(group: &mut SerializedRowGroupWriter<'_, W>, values: &[bool]) -> Result<()> {
    let mut column = group.next_column()?.context("a column of the schema")?;
    column.typed::<BoolType>().write_batch(values, None, None)?;
    Ok(column.close()?)
}
