//! The standard normal law.
//!
//! In: a value or a probability. Out: density, distribution function, quantile. Source of the quantile: Wichura,
//! Algorithm AS 241 (PPND16), Applied Statistics 37 (1988), about 1 part in 10^16.

/// |u - 1/2| <= 0.425: numerator.
///
/// AS 241's coefficients, from the constant up, as those of the five arrays below; of r = 0.425^2 - (u - 1/2)^2.
const CENTRE_TOP: [f64; 8] = [
    3.387_132_872_796_366_5,
    133.141_667_891_784_38,
    1_971.590_950_306_551_3,
    13_731.693_765_509_46,
    45_921.953_931_549_87,
    67_265.770_927_008_7,
    33_430.575_583_588_13,
    2_509.080_928_730_122_7,
];
/// |u - 1/2| <= 0.425: denominator.
const CENTRE_BOTTOM: [f64; 8] = [
    1.0,
    42.313_330_701_600_91,
    687.187_007_492_057_9,
    5_394.196_021_424_751,
    21_213.794_301_586_597,
    39_307.895_800_092_71,
    28_729.085_735_721_943,
    5_226.495_278_852_854,
];
/// Tails down to e^-25: numerator.
const NEAR_TOP: [f64; 8] = [
    1.423_437_110_749_683_5,
    4.630_337_846_156_546,
    5.769_497_221_460_691,
    3.647_848_324_763_204_5,
    1.270_458_252_452_368_4,
    0.241_780_725_177_450_6,
    0.022_723_844_989_269_184,
    0.000_774_545_014_278_341_4,
];
/// Tails down to e^-25: denominator.
const NEAR_BOTTOM: [f64; 8] = [
    1.0,
    2.053_191_626_637_759,
    1.676_384_830_183_803_8,
    0.689_767_334_985_1,
    0.148_103_976_427_480_08,
    0.015_198_666_563_616_457,
    0.000_547_593_808_499_534_5,
    1.050_750_071_644_416_9e-9,
];
/// Tails below e^-25: numerator.
const FAR_TOP: [f64; 8] = [
    6.657_904_643_501_103,
    5.463_784_911_164_114,
    1.784_826_539_917_291_3,
    0.296_560_571_828_504_87,
    0.026_532_189_526_576_124,
    0.001_242_660_947_388_078_4,
    2.711_555_568_743_487_6e-5,
    2.010_334_399_292_288_1e-7,
];
/// Tails below e^-25: denominator.
const FAR_BOTTOM: [f64; 8] = [
    1.0,
    0.599_832_206_555_888,
    0.136_929_880_922_735_8,
    0.014_875_361_290_850_615,
    0.000_786_869_131_145_613_3,
    1.846_318_317_510_054_8e-5,
    1.421_511_758_316_446e-7,
    2.044_263_103_389_939_7e-15,
];

/// The value at x of a polynomial whose coefficients run from the constant up.
fn polynomial(coefficients: &[f64; 8], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c)
}

/// The density at x.
pub fn normal_density(x: f64) -> f64 {
    // 1 / sqrt(2 pi)
    0.398_942_280_401_432_7 * libm::exp(-0.5 * x * x)
}

/// P(Z <= x), with its own digits in the lower tail.
///
/// -infinity gives 0 and infinity 1; below x = -38 nothing is left but 0.
pub fn normal_cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x * core::f64::consts::FRAC_1_SQRT_2)
}

/// The value a standard normal variable stays below with chance u; minus and plus infinity at 0 and 1.
///
/// For u in 0..=1; 0.5 gives exactly 0. The relative error is about 1e-16 (the tests of [`super::special`]).
pub fn normal_quantile(u: f64) -> f64 {
    let q = u - 0.5;
    // 0.425 is AS 241's own split: the centre by r, the tails by sqrt(-ln p).
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * polynomial(&CENTRE_TOP, r) / polynomial(&CENTRE_BOTTOM, r);
    }
    let p = if q < 0.0 { u } else { 1.0 - u };
    if p <= 0.0 {
        return f64::INFINITY.copysign(q);
    }
    let r = libm::sqrt(-libm::log(p));
    let z = if r <= 5.0 {
        polynomial(&NEAR_TOP, r - 1.6) / polynomial(&NEAR_BOTTOM, r - 1.6)
    } else {
        polynomial(&FAR_TOP, r - 5.0) / polynomial(&FAR_BOTTOM, r - 5.0)
    };
    z.copysign(q)
}
