//! Sums as bytes and back. What follows from the model (places, cells) is not written: it is that of the sums read
//! into.

use super::Sums;
use crate::stats::histogram::Histogram;
use crate::stats::packed::{damaged, read, write};
use std::io::{self, Read, Write};

impl Sums {
    /// Writes the sums.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        write(out, self.replications)?;
        for histograms in [&self.weekly, &self.minutes_weekly, &self.post_weekly, &self.shortfalls.missing] {
            write(out, histograms.len() as u64)?;
            histograms.iter().try_for_each(|histogram| histogram.write(out))?;
        }
        numbers_out(self.waits.as_flattened(), out)?;
        numbers_out(self.attended.as_flattened(), out)?;
        numbers_out(self.bands.as_flattened(), out)?;
        numbers_out(self.daily.as_flattened(), out)?;
        numbers_out(&self.left_to, out)
    }

    /// Reads sums that were written into empty ones of the same model.
    pub fn read(&mut self, input: &mut dyn Read) -> io::Result<()> {
        self.replications = read(input)?;
        let missing = &mut self.shortfalls.missing;
        for histograms in [&mut self.weekly, &mut self.minutes_weekly, &mut self.post_weekly, missing] {
            same_length(histograms.len(), input)?;
            for histogram in histograms {
                *histogram = Histogram::read(input)?;
            }
        }
        numbers_in(self.waits.as_flattened_mut(), input)?;
        numbers_in(self.attended.as_flattened_mut(), input)?;
        numbers_in(self.bands.as_flattened_mut(), input)?;
        numbers_in(self.daily.as_flattened_mut(), input)?;
        numbers_in(&mut self.left_to, input)
    }
}

fn numbers_out<T: Copy + Into<u128>>(numbers: &[T], out: &mut dyn Write) -> io::Result<()> {
    write(out, numbers.len() as u64)?;
    numbers.iter().try_for_each(|number| write(out, *number))
}

fn numbers_in<T: TryFrom<u128>>(numbers: &mut [T], input: &mut dyn Read) -> io::Result<()> {
    same_length(numbers.len(), input)?;
    for number in numbers {
        *number = read(input)?;
    }
    Ok(())
}

fn same_length(length: usize, input: &mut dyn Read) -> io::Result<()> {
    match read::<u64>(input)? == length as u64 {
        true => Ok(()),
        false => Err(damaged("other sums are kept")),
    }
}
