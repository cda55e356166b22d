//! Whole numbers on the command line: years, points, cores.
//!
//! In: what was typed. Out: the number, or what may be typed there; clap shows it with the flag's name.

use crate::quantity::number_text;

/// Reads a whole number between two, both allowed.
pub fn between<T: TryFrom<u64>>(least: u64, most: u64) -> impl Fn(&str) -> Result<T, String> + Clone {
    move |text| {
        let number = text.trim().parse::<u64>().ok().filter(|number| (least..=most).contains(number));
        number.and_then(|number| T::try_from(number).ok()).ok_or_else(|| {
            let (least, most) = (number_text(least as f64), number_text(most as f64));
            format!("write a whole number from {least} to {most} in digits alone, such as 1000")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::between;

    #[test]
    fn digits_alone_are_a_whole_number() {
        let years = between::<u32>(1, 10_000_000);
        assert_eq!((years("1000"), years("10000000")), (Ok(1000), Ok(10_000_000)));
        for text in ["1e3", "0", "10000001", "1.5", "-3", "", "1,000"] {
            let said = years(text).expect_err(text);
            assert_eq!(said, "write a whole number from 1 to 10,000,000 in digits alone, such as 1000");
        }
        assert!(between::<u16>(1, u64::from(u16::MAX))("70000").is_err());
    }
}
