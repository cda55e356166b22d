//! The figures of every replication, column by column, in bounded memory.
//!
//! In: rows, in the order of replications. Out: a column, or a stretch of one. Rows are kept by stretches of
//! [`STRETCH`] replications, each column after column; stretches beyond [`IN_MEMORY`] lie in a temporary file without a
//! name, which goes when the run ends. Where no such file can be had everything stays in memory.
//!
//! Cost: whole stretches stay in memory up to 16 MiB and lie in the file beyond. Reading a column back is one read a
//! stretch. Nothing is lost where no file can be made.

mod bytes;

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

/// Replications of a stretch: a whole number of blocks of [`LANES`](crate::plan::lanes::LANES), so stretches fill as
/// replications come in.
pub const STRETCH: usize = 256;
/// Figures that stay in memory: 16 MiB.
const IN_MEMORY: usize = 16 * 1024 * 1024 / size_of::<f32>();

/// Figures `[replication][column]`; no value is NaN.
#[derive(Clone, Debug)]
pub struct Rows {
    /// Columns of a row.
    width: usize,
    /// Rows taken in.
    replications: usize,
    /// Whole stretches in their order: `[column][replication]`.
    whole: Vec<Stretch>,
    /// The last rows, fewer than a stretch: `[replication][column]`.
    last: Vec<f32>,
    /// Made when the first stretch does not fit in memory; a clone reads the same file.
    file: Option<Arc<Mutex<File>>>,
    /// Most figures of whole stretches that stay in memory.
    in_memory: usize,
}

/// A whole stretch.
///
/// A stretch of a clone is the same one: figures are never changed once they are there.
#[derive(Clone, Debug)]
enum Stretch {
    /// `[column][replication]`, of one stretch.
    Memory(Vec<f32>),
    /// At this byte of the file.
    File(u64),
}

impl Rows {
    /// No rows yet, of so many columns.
    pub fn new(width: usize) -> Self {
        Self::with_memory(width, IN_MEMORY)
    }

    fn with_memory(width: usize, in_memory: usize) -> Self {
        Self { width, replications: 0, whole: Vec::new(), last: Vec::new(), file: None, in_memory }
    }

    /// Number of replications.
    pub fn replications(&self) -> usize {
        self.replications
    }

    /// Adds rows, in the order of replications.
    ///
    /// `rows` holds one row after the other; part of one is not possible. Empty rows (width nought) are not counted.
    pub fn extend(&mut self, mut rows: &[f32]) {
        if self.width == 0 {
            return;
        }
        self.replications += rows.len() / self.width;
        let full = STRETCH * self.width;
        // A full stretch is turned and kept at once; what is left waits for more rows.
        while self.last.len() + rows.len() >= full {
            let (now, later) = rows.split_at(full - self.last.len());
            self.last.extend_from_slice(now);
            rows = later;
            let stretch = self.keep(turned(&self.last, self.width));
            self.whole.push(stretch);
            self.last.clear();
        }
        self.last.extend_from_slice(rows);
    }

    /// Keeps a stretch in memory or in the file.
    ///
    /// Memory again where the file cannot be made or written: the run goes on, with more memory.
    fn keep(&mut self, figures: Vec<f32>) -> Stretch {
        if (self.whole.len() + 1) * figures.len() <= self.in_memory {
            return Stretch::Memory(figures);
        }
        if self.file.is_none() {
            self.file = tempfile::tempfile().ok().map(|file| Arc::new(Mutex::new(file)));
        }
        let Some(file) = &self.file else { return Stretch::Memory(figures) };
        let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes: Vec<u8> = figures.iter().flat_map(|x| x.to_le_bytes()).collect();
        let written = file.seek(SeekFrom::End(0)).and_then(|at| file.write_all(&bytes).map(|()| at));
        // A full disk: from here on memory has to do.
        written.map_or(Stretch::Memory(figures), Stretch::File)
    }

    /// Part of a column over replications, in their order.
    ///
    /// # Panics
    /// Where the temporary file cannot be read back.
    ///
    /// NaN is no value. A stretch is read once, in the file or in memory.
    pub fn stretch(&self, column: usize, replications: Range<usize>) -> Vec<f32> {
        let mut out = Vec::with_capacity(replications.len());
        let mut at = replications.start;
        // A range may run over several stretches and into the rows that are not one yet.
        while at < replications.end {
            let (number, first) = (at / STRETCH, at % STRETCH);
            let end = (replications.end - number * STRETCH).min(STRETCH);
            match self.whole.get(number) {
                None => out.extend((first..end).map(|r| self.last[r * self.width + column])),
                Some(Stretch::Memory(all)) => out.extend_from_slice(&all[column * STRETCH..][first..end]),
                Some(Stretch::File(from)) => {
                    let start = from + ((column * STRETCH + first) * size_of::<f32>()) as u64;
                    self.read_back(start, end - first, &mut out)
                        .unwrap_or_else(|error| panic!("the temporary file of results: {error}"));
                }
            }
            at = number * STRETCH + end;
        }
        out
    }

    /// Reads figures of the file from byte `start` on, which stand as they were written, least byte first.
    fn read_back(&self, start: u64, figures: usize, out: &mut Vec<f32>) -> io::Result<()> {
        let Some(file) = &self.file else { return Err(io::ErrorKind::NotFound.into()) };
        let mut bytes = vec![0; figures * size_of::<f32>()];
        {
            let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
            file.seek(SeekFrom::Start(start))?;
            file.read_exact(&mut bytes)?;
        }
        out.extend(bytes.as_chunks().0.iter().map(|four| f32::from_le_bytes(*four)));
        Ok(())
    }
}

/// Rows of one whole stretch as columns, one after the other: a column at a time is what every report reads.
fn turned(rows: &[f32], width: usize) -> Vec<f32> {
    let mut columns = vec![0.0; rows.len()];
    for (r, row) in rows.chunks(width).enumerate() {
        for (column, figure) in row.iter().enumerate() {
            columns[column * STRETCH + r] = *figure;
        }
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever the pieces in which they come, and wherever they lie, rows read as they were added.
    #[test]
    fn figures_come_back_as_they_went() {
        let (width, replications) = (3, 3 * STRETCH + 17);
        let all: Vec<f32> = (0..width * replications).map(|i| i as f32).collect();
        for in_memory in [0, width * STRETCH, IN_MEMORY] {
            for pieces in [1, 5, 300, replications] {
                let mut rows = Rows::with_memory(width, in_memory);
                all.chunks(pieces * width).for_each(|piece| rows.extend(piece));
                assert_eq!(rows.replications(), replications);
                assert_eq!(rows.file.is_some(), in_memory < IN_MEMORY);
                for range in [0..replications, 0..1, 250..260, STRETCH..2 * STRETCH, 5..5, 700..785] {
                    let wanted: Vec<f32> = range.clone().map(|r| (r * width + 1) as f32).collect();
                    assert_eq!(rows.stretch(1, range), wanted);
                }
            }
        }
    }
}
