//! The standard normal law: distribution function and quantile.
//!
//! Source: Wichura, algorithm AS 241, Applied Statistics 37 (1988): PPND16 (about 1e-16 relative) for the quantile,
//! PPND7 (about 1e-7 relative) where a later exact step removes the error.

/// The share of a standard normal law below `x`.
///
/// By the complementary error function, so that digits are kept far out in the lower tail.
pub fn cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x * std::f64::consts::FRAC_1_SQRT_2)
}

/// The value below which a share `u` of a standard normal law lies; infinite at 0 and 1.
///
/// About 1e-16 relative.
#[inline]
pub fn quantile(u: f64) -> f64 {
    let q = u - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180625 - q * q;
        return q * ratio(&CENTRE, r);
    }
    let tail = if q < 0.0 { u } else { 1.0 - u };
    if tail <= 0.0 {
        return if q < 0.0 { f64::NEG_INFINITY } else { f64::INFINITY };
    }
    // The published variable of the tails: the root of the logarithm, not the value itself.
    let r = (-libm::log(tail)).sqrt();
    let size = if r <= 5.0 { ratio(&TAIL, r - 1.6) } else { ratio(&FAR_TAIL, r - 5.0) };
    if q < 0.0 { -size } else { size }
}

/// `quantile` to about 1e-7 relative, for `u` from 1e-10 to 1 - 1e-10: for a sampler that checks its result.
#[inline(always)]
pub(super) fn rough_quantile(u: f64) -> f64 {
    let q = u - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180625 - q * q;
        let above = ((59.109374720 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179;
        let below = ((67.187563600 * r + 78.757757664) * r + 17.895169469) * r + 1.0;
        return q * above / below;
    }
    let tail = if q < 0.0 { u } else { 1.0 - u };
    let r = (-libm::log(tail)).sqrt() - 1.6;
    let above = ((0.17023821103 * r + 1.3067284816) * r + 2.7568153900) * r + 1.4234372777;
    let below = (0.12021132975 * r + 0.73700164250) * r + 1.0;
    let size = above / below;
    if q < 0.0 { -size } else { size }
}

/// A numerator and a denominator, lowest power first.
///
/// As published: of AS 241's PPND16, one for each of three ranges of u.
type Rational = [[f64; 8]; 2];

/// A rational function at `r`: the numerator's value over the denominator's.
#[inline(always)]
fn ratio([above, below]: &Rational, r: f64) -> f64 {
    // powers in pairs (Estrin): the longest chain of dependent products is half of Horner's
    let (r2, r4) = (r * r, (r * r) * (r * r));
    let value = |c: &[f64; 8]| {
        let low = (c[0] + c[1] * r) + (c[2] + c[3] * r) * r2;
        let high = (c[4] + c[5] * r) + (c[6] + c[7] * r) * r2;
        low + high * r4
    };
    value(above) / value(below)
}

/// For u within 0.425 of 1/2, in 0.180625 - (u - 1/2)².
#[expect(clippy::excessive_precision, reason = "digits as published")]
const CENTRE: Rational = [
    [
        3.3871328727963666080e0,
        1.3314166789178437745e2,
        1.9715909503065514427e3,
        1.3731693765509461125e4,
        4.5921953931549871457e4,
        6.7265770927008700853e4,
        3.3430575583588128105e4,
        2.5090809287301226727e3,
    ],
    [
        1.0,
        4.2313330701600911252e1,
        6.8718700749205790830e2,
        5.3941960214247511077e3,
        2.1213794301586595867e4,
        3.9307895800092710610e4,
        2.8729085735721942674e4,
        5.2264952788528545610e3,
    ],
];
/// Further out, as far as r = 5 (a tail of 1.4e-11), in r - 1.6.
#[expect(clippy::excessive_precision, reason = "digits as published")]
const TAIL: Rational = [
    [
        1.42343711074968357734e0,
        4.63033784615654529590e0,
        5.76949722146069140550e0,
        3.64784832476320460504e0,
        1.27045825245236838258e0,
        2.41780725177450611770e-1,
        2.27238449892691845833e-2,
        7.74545014278341407640e-4,
    ],
    [
        1.0,
        2.05319162663775882187e0,
        1.67638483018380384940e0,
        6.89767334985100004550e-1,
        1.48103976427480074590e-1,
        1.51986665636164571966e-2,
        5.47593808499534494600e-4,
        1.05075007164441684324e-9,
    ],
];
/// Beyond, in r - 5.
#[expect(clippy::excessive_precision, reason = "digits as published")]
const FAR_TAIL: Rational = [
    [
        6.65790464350110377720e0,
        5.46378491116411436990e0,
        1.78482653991729133580e0,
        2.96560571828504891230e-1,
        2.65321895265761230930e-2,
        1.24266094738807843860e-3,
        2.71155556874348757815e-5,
        2.01033439929228813265e-7,
    ],
    [
        1.0,
        5.99832206555887937690e-1,
        1.36929880922735805310e-1,
        1.48753612908506148525e-2,
        7.86869131145613259100e-4,
        1.84631831751005468180e-5,
        1.42151175831644588870e-7,
        2.04426310338993978564e-15,
    ],
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::check::{close, golden, words};
    use crate::random::open_unit;

    /// Values of mpmath with 40 digits.
    const KNOWN: [(f64, f64); 9] = [
        (1e-300, -37.0470962993612),
        (1e-20, -9.262340089798407),
        (1e-06, -4.753424308822899),
        (0.001, -3.0902323061678136),
        (0.074, -1.4466320671589785),
        (0.1, -1.2815515655446004),
        (0.3, -0.5244005127080408),
        (0.9, 1.2815515655446006),
        (0.9999, 3.7190164854557084),
    ];

    #[test]
    fn quantile_and_cdf_agree_with_known_values() {
        for (u, x) in KNOWN {
            close(quantile(u), x, 1e-14);
            close(cdf(x), u, 1e-14 * (1.0 + x * x));
        }
        assert_eq!(quantile(0.5), 0.0);
        assert_eq!(quantile(0.0), f64::NEG_INFINITY);
        assert_eq!(quantile(1.0), f64::INFINITY);
    }

    /// Over words of a stated seed, so that both tails are met as often as draws meet them.
    #[test]
    fn cdf_undoes_quantile() {
        for u in words(1, 100_000).map(open_unit) {
            close(cdf(quantile(u)), u, 1e-14);
        }
    }

    /// To three times the published 1e-7.
    #[test]
    fn the_rough_quantile_is_within_its_claim() {
        for u in words(2, 100_000).map(open_unit).filter(|u| (u - 0.5).abs() < 0.5 - 1e-10) {
            close(rough_quantile(u), quantile(u), 3e-7);
        }
    }

    /// A changed hash is a changed draw: log it as a value-breaking change.
    #[test]
    fn golden_draws() {
        assert_eq!(
            golden(words(3, 10_000).map(|word| quantile(open_unit(word)).to_bits())),
            "6083f01d4685b23e"
        );
    }
}
