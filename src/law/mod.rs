//! Probability laws: a file a law, with its mass or distribution function, its quantile and, where hot, its table.
//!
//! In: uniform numbers or words made by `random`, and parameters already known to be valid. Out: drawn values. A draw
//! never allocates and never fails; a table and its direct form return the same value for the same bits. Elementary
//! functions come from `libm`, so that every machine draws the same. Statements "monotone" hold for the exact laws;
//! cumulative sums carry rounding of about 1e-15, so a draw could break them with a chance of that order.

pub mod beta_binomial;
pub mod binomial;
#[cfg(test)]
pub(crate) mod check;
pub mod discrete;
pub mod factorial;
pub mod gamma;
mod guide;
pub mod hypergeometric;
pub mod negative_binomial;
pub mod normal;
pub mod poisson;
pub mod thinning;

/// 1/k for k = 1..=512 (entry 0 is unused): a product is several times faster than a quotient.
static RECIPROCAL: [f64; 513] = {
    let mut table = [0.0; 513];
    let mut k = 1;
    while k < table.len() {
        table[k] = 1.0 / k as f64;
        k += 1;
    }
    table
};
