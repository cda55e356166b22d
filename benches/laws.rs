//! Time of one draw of each law, arguments new at every draw. Divide by 65,536: each sample makes that many
//! draws, enough that the processor cannot learn them.

use divan::{Bencher, black_box};
use skillmix::law::binomial::{Binomial, Table};
use skillmix::law::{gamma, hypergeometric, normal, poisson};
use skillmix::random::{Key, Purpose, open_unit, unit};

const DRAWS: u64 = 65_536;

fn main() {
    divan::main();
}

fn words() -> Vec<u64> {
    let key = Key::new(1, Purpose::Requests, 2);
    (0..DRAWS).map(|index| key.words(index, 20_000, 0)[0]).collect()
}

/// Times the sum of `draw` over the words; the sum stops the draws from being left out.
fn time(bencher: Bencher<'_, '_>, draw: impl Fn(u64) -> u64 + Sync) {
    let words = words();
    bencher.bench_local(|| words.iter().map(|word| draw(black_box(*word))).fold(0_u64, u64::wrapping_add));
}

#[divan::bench]
fn philox_words(bencher: Bencher<'_, '_>) {
    let key = Key::new(1, Purpose::Requests, 2);
    time(bencher, |word| key.words(word, 20_000, 0)[0]);
}

#[divan::bench]
fn normal_quantile(bencher: Bencher<'_, '_>) {
    time(bencher, |word| normal::quantile(open_unit(word)).to_bits());
}

#[divan::bench(args = [0.5, 5.0, 11.0, 20.0, 100.0, 400.0, 2000.0])]
fn poisson_fresh(bencher: Bencher<'_, '_>, mean: f64) {
    time(bencher, |word| u64::from(poisson::quantile(unit(word), mean + (word & 1023) as f64 * 1e-4)));
}

#[divan::bench(args = [5.0, 100.0])]
fn poisson_table(bencher: Bencher<'_, '_>, mean: f64) {
    let table = poisson::Table::new(mean);
    time(bencher, |word| u64::from(table.quantile(unit(word))));
}

#[divan::bench(args = [0.03, 0.3, 0.7])]
fn binomial_table_under_64(bencher: Bencher<'_, '_>, p: f64) {
    let table = Table::new(p, 63);
    time(bencher, |word| u64::from(table.draw((word & 63) as u32, word)));
}

#[divan::bench]
fn binomial_direct_mean_1(bencher: Bencher<'_, '_>) {
    let law = Binomial::direct(0.05);
    time(bencher, |word| u64::from(law.draw((word & 31) as u32 + 5, word)));
}

#[divan::bench(args = [150, 700])]
fn binomial_direct_big(bencher: Bencher<'_, '_>, n: u32) {
    let law = Binomial::direct(0.2);
    time(bencher, |word| u64::from(law.draw(n, word)));
}

#[divan::bench]
fn binomial_build_direct(bencher: Bencher<'_, '_>) {
    time(bencher, |word| u64::from(Binomial::direct(unit(word)).draw(3, word)));
}

#[divan::bench]
fn binomial_build_table_63(bencher: Bencher<'_, '_>) {
    bencher.bench(|| Table::new(black_box(0.2), 63));
}

#[divan::bench(args = [40, 300, 900])]
fn hypergeometric_draw(bencher: Bencher<'_, '_>, population: u32) {
    time(bencher, |word| {
        let kind = population / 3 + (word & 7) as u32;
        u64::from(hypergeometric::draw(population, kind, population / 5 + (word >> 8 & 7) as u32, || word))
    });
}

#[divan::bench(args = [0.5, 50.0])]
fn gamma_unit_mean(bencher: Bencher<'_, '_>, shape: f64) {
    let key = Key::new(1, Purpose::DayNoise, 2);
    time(bencher, |word| gamma::unit_mean_from(key, word, 20_000, shape).to_bits());
}
