//! Rows as bytes and back: stretch by stretch, each column after column, then the last rows; figures as they lie in
//! memory.
//!
//! In: figures in memory and in the file. Out: one stream that a runner of the same width takes in again,
//! stretch by stretch, so neither end holds all of it at once. Figures are written as they are, so what is read is the
//! same to the bit.

use super::{Rows, STRETCH, Stretch};
use crate::stats::packed;
use std::io::{self, Read, Write};

impl Rows {
    /// Writes all rows.
    ///
    /// # Errors
    ///
    /// Those of the writer, or of the temporary file.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        packed::write(out, self.width as u64)?;
        packed::write(out, self.replications as u64)?;
        for stretch in &self.whole {
            match stretch {
                Stretch::Memory(figures) => figures_out(figures, out)?,
                Stretch::File(from) => {
                    let mut figures = Vec::with_capacity(STRETCH * self.width);
                    self.read_back(*from, STRETCH * self.width, &mut figures)?;
                    figures_out(&figures, out)?;
                }
            }
        }
        figures_out(&self.last, out)
    }

    /// Reads rows of so many columns that were written.
    ///
    /// # Errors
    ///
    /// Those of the reader; `InvalidData` where other figures were kept than this option has.
    pub fn read(width: usize, input: &mut dyn Read) -> io::Result<Rows> {
        if packed::read::<u64>(input)? != width as u64 {
            return Err(packed::damaged("other figures are kept"));
        }
        let mut rows = Rows::new(width);
        rows.replications = packed::read(input)?;
        // A stretch at a time: a wrong number of rows ends at the end of the input, not of the memory.
        for _ in 0..rows.replications / STRETCH {
            let figures = figures_in(STRETCH * width, input)?;
            let stretch = rows.keep(figures);
            rows.whole.push(stretch);
        }
        rows.last = figures_in(rows.replications % STRETCH * width, input)?;
        Ok(rows)
    }
}

/// Least byte first, so a file of one machine may be read on another.
fn figures_out(figures: &[f32], out: &mut dyn Write) -> io::Result<()> {
    let bytes: Vec<u8> = figures.iter().flat_map(|x| x.to_le_bytes()).collect();
    out.write_all(&bytes)
}

/// Allocates what it says it will read; a wrong number ends at the end of the input.
fn figures_in(figures: usize, input: &mut dyn Read) -> io::Result<Vec<f32>> {
    let mut bytes = vec![0; figures * size_of::<f32>()];
    input.read_exact(&mut bytes)?;
    Ok(bytes.as_chunks().0.iter().map(|four| f32::from_le_bytes(*four)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Wherever rows lie and wherever they end, they come back to the bit and go on as if they had never been written.
    #[test]
    fn rows_come_back_and_go_on() {
        let width = 3;
        let figure = |i: usize| if i.is_multiple_of(5) { f32::NAN } else { i as f32 / 7.0 };
        let all: Vec<f32> = (0..width * (3 * STRETCH + 17)).map(figure).collect();
        let bytes = |rows: &Rows| {
            let mut out = Vec::new();
            rows.write(&mut out).expect("memory");
            out
        };
        for in_memory in [0, width * STRETCH, 1 << 20] {
            let mut whole = Rows::with_memory(width, in_memory);
            whole.extend(&all);
            for kept in [0, 1, 100, STRETCH, 2 * STRETCH + 5, 3 * STRETCH + 17] {
                let (before, after) = all.split_at(kept * width);
                let mut rows = Rows::with_memory(width, in_memory);
                rows.extend(before);
                let written = bytes(&rows);
                let mut again = Rows::read(width, &mut &written[..]).expect("what was written");
                assert_eq!(again.replications(), kept);
                again.extend(after);
                assert!(bytes(&again) == bytes(&whole), "{kept} of {}", whole.replications());
                assert!(Rows::read(width + 1, &mut &written[..]).is_err(), "other columns");
                assert!(Rows::read(width, &mut &written[..written.len() - 1]).is_err(), "cut short");
            }
        }
        let mut endless = Vec::new();
        packed::write(&mut endless, width as u64).expect("memory");
        packed::write(&mut endless, u64::MAX / 64).expect("memory");
        assert!(Rows::read(width, &mut &endless[..]).is_err(), "more rows than bytes");
    }
}
