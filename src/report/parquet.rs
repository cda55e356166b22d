//! Writing columns to Parquet: the only file that knows the format's library.
//!
//! In: named columns of text, whole numbers and figures, chunk by chunk. Out: one file, Snappy, without a clock
//! or a library version in it, so that the same run gives the same bytes. "No value" is null.
//!
//! Neighbours know columns and kinds alone. Text and whole numbers are required; figures may be null.

use parquet::basic::{Compression, ConvertedType, LogicalType, Repetition, Type as PhysicalType};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{Type, TypePtr};
use std::io::{self, Write};
use std::sync::Arc;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A whole number.
    Whole,
    /// A figure, or no value.
    Figure,
    /// A figure to the last bit (64 bits), or no value.
    Exact,
}

/// A chunk of a column.
#[derive(Clone, Debug)]
pub enum Values<'a> {
    /// Text.
    Text(Vec<&'a str>),
    /// Whole numbers.
    Whole(Vec<i32>),
    /// Figures; NaN is no value.
    Figure(Vec<f32>),
    /// Figures to the last bit; NaN is no value.
    Exact(Vec<f64>),
}

/// A Parquet file being written.
///
/// The kinds given to [`Columns::new`] and the values given to [`Columns::rows`] must agree, column by column.
/// What is dropped without [`Columns::finish`] is no Parquet file.
pub struct Columns<W: Write + Send>(SerializedFileWriter<W>);

impl<W: Write + Send> Columns<W> {
    /// Starts a file with named columns.
    ///
    /// # Errors
    ///
    /// Where the head of the file cannot be written.
    pub fn new(out: W, columns: &[(String, Kind)]) -> io::Result<Self> {
        let fields: Result<Vec<TypePtr>, ParquetError> =
            columns.iter().map(|(name, kind)| field(name, *kind)).collect();
        let schema = Type::group_type_builder("skillmix")
            .with_fields(fields.map_err(fault)?)
            .build()
            .map_err(fault)?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by("skillmix".into())
            .build();
        let writer = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties)).map_err(fault)?;
        Ok(Self(writer))
    }

    /// Writes rows: one chunk of every column, in order, all of the same length.
    ///
    /// Each call is a row group: few calls of many rows pack better than many of few.
    ///
    /// # Errors
    ///
    /// Where a column has no values or values of another kind, where lengths differ, or the file cannot be
    /// written.
    pub fn rows(&mut self, columns: &[Values<'_>]) -> io::Result<()> {
        let mut group = self.0.next_row_group().map_err(fault)?;
        let mut columns = columns.iter();
        while let Some(mut writer) = group.next_column().map_err(fault)? {
            let values =
                columns.next().ok_or_else(|| io::Error::other("a column of the table has no values"))?;
            column(writer.untyped(), values).map_err(fault)?;
            writer.close().map_err(fault)?;
        }
        group.close().map_err(fault)?;
        Ok(())
    }

    /// Ends the file.
    ///
    /// # Errors
    ///
    /// Where the foot cannot be written.
    pub fn finish(self) -> io::Result<()> {
        self.0.close().map(|_| ()).map_err(fault)
    }
}

/// The type of a column.
fn field(name: &str, kind: Kind) -> Result<TypePtr, ParquetError> {
    let (physical, needed) = match kind {
        Kind::Text => (PhysicalType::BYTE_ARRAY, Repetition::REQUIRED),
        Kind::Whole => (PhysicalType::INT32, Repetition::REQUIRED),
        Kind::Figure => (PhysicalType::FLOAT, Repetition::OPTIONAL),
        Kind::Exact => (PhysicalType::DOUBLE, Repetition::OPTIONAL),
    };
    let mut builder = Type::primitive_type_builder(name, physical).with_repetition(needed);
    if kind == Kind::Text {
        builder =
            builder.with_logical_type(Some(LogicalType::String)).with_converted_type(ConvertedType::UTF8);
    }
    builder.build().map(Arc::new)
}

/// Writes a chunk of one column.
///
/// Levels say which figures are there; only those are written, as the format wants it.
fn column(writer: &mut ColumnWriter<'_>, values: &Values<'_>) -> Result<(), ParquetError> {
    match (writer, values) {
        (ColumnWriter::ByteArrayColumnWriter(writer), Values::Text(texts)) => {
            let bytes: Vec<ByteArray> = texts.iter().map(|text| ByteArray::from(*text)).collect();
            writer.write_batch(&bytes, None, None)?;
        }
        (ColumnWriter::Int32ColumnWriter(writer), Values::Whole(numbers)) => {
            writer.write_batch(numbers, None, None)?;
        }
        (ColumnWriter::FloatColumnWriter(writer), Values::Figure(figures)) => {
            let levels: Vec<i16> = figures.iter().map(|x| i16::from(!x.is_nan())).collect();
            let known: Vec<f32> = figures.iter().copied().filter(|x| !x.is_nan()).collect();
            writer.write_batch(&known, Some(&levels), None)?;
        }
        (ColumnWriter::DoubleColumnWriter(writer), Values::Exact(figures)) => {
            let levels: Vec<i16> = figures.iter().map(|x| i16::from(!x.is_nan())).collect();
            let known: Vec<f64> = figures.iter().copied().filter(|x| !x.is_nan()).collect();
            writer.write_batch(&known, Some(&levels), None)?;
        }
        _ => return Err(ParquetError::General("values of another kind than the column".into())),
    }
    Ok(())
}

/// A fault of the library as one of writing.
fn fault(error: ParquetError) -> io::Error {
    io::Error::other(error)
}
