//! Whole numbers as bytes: seven bits a byte, the lowest first, so that small ones are short (LEB128).
//!
//! In: numbers and a writer, or a reader. Out: bytes, or the numbers again. What cannot be a number that was written is
//! an error of the kind `InvalidData`, never a panic.
//!
//! Fit: histograms, sums and rows of a run that is kept to be extended or merged are written through this. [`damaged`]
//! is the error of every reader of such a file.

use std::io::{self, Read, Write};

/// Bits of a byte that hold the number; the highest says that more follow.
const BITS: u32 = 7;

/// Writes a number.
///
/// `u128` takes 19 bytes at most, seven bits each; small counts take one.
///
/// # Errors
///
/// Those of the writer.
pub fn write(out: &mut dyn Write, number: impl Into<u128>) -> io::Result<()> {
    let mut left = number.into();
    let mut bytes = [0_u8; 19];
    let mut at = 0;
    loop {
        bytes[at] = (left & 0x7f) as u8;
        left >>= BITS;
        if left == 0 {
            return out.write_all(&bytes[..=at]);
        }
        bytes[at] |= 0x80;
        at += 1;
    }
}

/// Reads a number of a type.
///
/// # Errors
///
/// Those of the reader; `InvalidData` where the number is larger than the type, or no byte ends it.
pub fn read<T: TryFrom<u128>>(input: &mut dyn Read) -> io::Result<T> {
    let mut number = 0_u128;
    for shift in (0..u128::BITS).step_by(BITS as usize) {
        let mut byte = [0];
        input.read_exact(&mut byte)?;
        let bits = u128::from(byte[0] & 0x7f);
        if (bits << shift) >> shift != bits {
            break;
        }
        number |= bits << shift;
        if byte[0] & 0x80 == 0 {
            return T::try_from(number).map_err(|_| damaged("a number is too large"));
        }
    }
    Err(damaged("a number is too large"))
}

/// What was read is not what was written.
///
/// `why` says what is wrong in a planner's words; the caller adds which file it was.
pub fn damaged(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_and_small_ones_are_short() {
        for (number, bytes) in
            [(0, 1), (127, 1), (128, 2), (1 << 14, 3), (u128::MAX, 19), (u128::MAX - 1, 19)]
        {
            let mut out = Vec::new();
            write(&mut out, number).expect("memory");
            assert_eq!(out.len(), bytes);
            assert_eq!(read::<u128>(&mut &out[..]).ok(), Some(number));
            assert_eq!(read::<u64>(&mut &out[..]).ok(), u64::try_from(number).ok());
            assert!(read::<u128>(&mut &out[..bytes - 1]).is_err(), "cut short");
        }
        assert!(read::<u128>(&mut &[0xff; 40][..]).is_err(), "no number is so long");
    }
}
