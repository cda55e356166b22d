//! A histogram as bytes and back.
//!
//! In: a histogram, or bytes. Out: the same counts; equal histograms give equal bytes, in whatever order their values
//! came. Counts stand cell by cell from the first to the last that is not empty; of empty ones in a row how many.
//!
//! Fit: sums of a run that is kept are written through this. The format is that of
//! [`packed`](crate::stats::packed) throughout: a count is as many bytes as it needs.

use super::{Histogram, MOST_CELLS};
use crate::stats::packed::{damaged, read, write};
use std::io::{self, Read, Write};

impl Histogram {
    /// Writes the counts.
    ///
    /// Empty counts in a row are one number, so a histogram over waits is small. Equal histograms give equal bytes.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        write(out, self.total)?;
        let counts: Vec<(u32, u64)> = self.counts().collect();
        // A histogram without values is its count alone; nothing else follows.
        let (Some((first, _)), Some((last, _))) = (counts.first(), counts.last()) else { return Ok(()) };
        write(out, self.sum)?;
        write(out, self.squares)?;
        write(out, self.width())?;
        write(out, *first)?;
        write(out, last - first)?;
        let mut next = *first;
        for (cell, count) in &counts {
            if *cell > next {
                write(out, 0_u32)?;
                write(out, cell - next)?;
            }
            write(out, *count)?;
            next = cell.saturating_add(1);
        }
        Ok(())
    }

    /// Reads counts that were written.
    ///
    /// # Errors
    ///
    /// Those of the reader; `InvalidData` where the counts do not add up, or no histogram could be so wide.
    pub fn read(input: &mut dyn Read) -> io::Result<Histogram> {
        let total: u64 = read(input)?;
        if total == 0 {
            return Ok(Histogram::new());
        }
        let mut found = Histogram {
            total,
            sum: read(input)?,
            squares: read(input)?,
            shift: read(input)?,
            ..Histogram::new()
        };
        found.base = read(input)?;
        let cells = read::<u32>(input)?.saturating_add(1);
        let last = found.base.checked_add(cells - 1);
        // A shift or a span that no values could have made is refused before anything of that size is made.
        if found.shift >= u32::BITS
            || cells > MOST_CELLS
            || last.is_none_or(|last| last > u32::MAX >> found.shift)
        {
            return Err(damaged("a histogram is too wide"));
        }
        found.cells = vec![0; cells as usize];
        let (mut at, mut counted) = (0, 0_u64);
        while at < cells {
            let count: u64 = read(input)?;
            if count == 0 {
                at = at.saturating_add(read::<u32>(input)?.max(1));
                continue;
            }
            counted = counted.checked_add(count).ok_or_else(|| damaged("a histogram counts too many"))?;
            found.cells[at as usize] = (count & 0xffff) as u16;
            if count >> 16 > 0 {
                found.over.insert(found.base + at, count >> 16);
            }
            at += 1;
        }
        // The variance would be negative: these are no sums of any values.
        let spread = u128::from(total).checked_mul(found.squares).zip(found.sum.checked_mul(found.sum));
        let possible = spread.is_some_and(|(squares, sum)| squares >= sum);
        if at > cells || counted != total || !possible {
            return Err(damaged("a histogram does not add up"));
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(histogram: &Histogram) -> Vec<u8> {
        let mut out = Vec::new();
        histogram.write(&mut out).expect("memory");
        out
    }

    /// Narrow, wide, with gaps, with more than a cell can count, with nothing: counts, and what is added later, are the
    /// same.
    #[test]
    fn counts_come_back_and_go_on() {
        let mut many = vec![7; 70_000];
        many.extend([9; 65_536]);
        let cases = [
            vec![],
            vec![0],
            vec![5, 5, 900, 3],
            vec![u32::MAX, u32::MAX - 70_000],
            many,
            vec![60_000, 3, 51_095],
        ];
        for values in cases {
            let mut first = Histogram::new();
            values.iter().for_each(|v| first.add(*v));
            let written = bytes(&first);
            let mut second = Histogram::read(&mut &written[..]).expect("what was written");
            assert_eq!(format!("{first:?}"), format!("{second:?}"));
            assert_eq!(written, bytes(&second));
            for value in [4, 8, 61_000] {
                first.add(value);
                second.add(value);
            }
            assert_eq!(format!("{first:?}"), format!("{second:?}"));
        }
    }

    /// Any byte changed or cut off: an error or another histogram, never a panic.
    #[test]
    fn damage_is_an_error() {
        let mut histogram = Histogram::new();
        (0..300_u32).for_each(|v| histogram.add(v * v));
        let written = bytes(&histogram);
        for at in 0..written.len() {
            assert!(Histogram::read(&mut &written[..at]).is_err());
            for change in [0x01, 0x40, 0x80, 0xff] {
                let mut other = written.clone();
                other[at] ^= change;
                let _ = Histogram::read(&mut &other[..]);
            }
        }
    }
}
