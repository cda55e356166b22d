//! Where a sweep looks: the addresses that it varies, and the points of its design.
//!
//! In: addresses with their values, a design, a seed. Out: points `[point][address]`. Points depend on
//! the seed, the design and the addresses alone, so a share of them is a share of the same sweep.

use crate::experiment::named;
pub use crate::experiment::unfit::Unfit;
use crate::random::{Key, Purpose, entity_hash};
use crate::stats::design::latin_hypercube;
use crate::stats::sobol_points::{MOST_DIMENSIONS, SobolPoints};
use serde::{Deserialize, Serialize};

/// Most points of a sweep; a grid of more is refused before it is built.
pub const MOST: usize = 1_000_000;

/// An address and the values it takes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Vary {
    /// Address.
    pub address: String,
    /// Lowest value.
    pub low: f64,
    /// Highest value.
    pub high: f64,
    /// Step between values; none for any value between.
    pub step: Option<f64>,
}

/// How the points lie; in a file the words of `--design`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Design {
    /// Every combination of all steps.
    Grid,
    /// So many points, each value of each address in a cell of its own.
    LatinHypercube,
    /// The first so many points of the shifted sequence of Sobol'.
    Sobol,
}

impl Vary {
    /// Reads `ADDRESS=LOW:HIGH` or `ADDRESS=LOW:HIGH:STEP`. Slots of a day take whole steps where none is stated, in
    /// every design, from the first whole number to the last.
    ///
    /// # Errors
    ///
    /// Where it cannot be read, runs backwards, has no step that fits or more than [`MOST`] values, or is of the run itself.
    pub fn read(text: &str) -> Result<Self, Unfit> {
        let unread = || {
            Unfit::new(
                format!("`--vary {text}` cannot be read"),
                "write ADDRESS=LOW:HIGH:STEP, such as --vary post.gps.wte=2:6:0.5",
            )
        };
        let (address, range) = text.split_once('=').ok_or_else(unread)?;
        let numbers: Option<Vec<f64>> =
            range.split(':').map(|part| part.trim().parse().ok().filter(|x: &f64| x.is_finite())).collect();
        let (low, high, step) = match numbers.as_deref() {
            Some([low, high]) => (*low, *high, None),
            Some([low, high, step]) => (*low, *high, Some(*step)),
            _ => return Err(unread()),
        };
        let address = address.trim().to_owned();
        let (low, high, step) = match step {
            // A part of a slot is lost every day, so points between whole numbers would differ in name alone.
            None if of_slots(&address) => (low.ceil(), high.floor(), Some(1.0)),
            stated => (low, high, stated),
        };
        if low >= high {
            let whole = if of_slots(&address) { " in whole slots" } else { "" };
            let message = format!("`--vary {text}` runs from {low} to {high}{whole}");
            return Err(Unfit::new(message, "write the lower value first; for one value use --set"));
        }
        named::of_the_plan(&address)?;
        match step {
            Some(step) if step > 0.0 && (high - low) / step >= MOST as f64 => {
                let message = format!("`--vary {text}` has more than {MOST} values");
                Err(Unfit::new(
                    message,
                    "take a longer step; with --design sobol or latin-hypercube it may be left out",
                ))
            }
            // 1 - 0.8 is a little less than 0.2 as a computer has them.
            Some(step) if step <= 0.0 || step > (high - low) * (1.0 + 1e-9) => {
                let message = format!("`--vary {text}` has a step of {step}");
                Err(Unfit::new(message, "a step is above 0 and at most the whole range"))
            }
            _ if address.is_empty() => Err(unread()),
            _ => Ok(Self { address, low, high, step }),
        }
    }

    /// Its values, step by step; none without a step.
    ///
    /// The last step may lie short of `high` by less than a step.
    fn steps(&self) -> Option<Vec<f64>> {
        let step = self.step?;
        let last = libm::floor((self.high - self.low) / step + 1e-9) as usize;
        Some((0..=last).map(|i| tidy(self.low + i as f64 * step)).collect())
    }

    /// The value at a place between 0 and 1, on a step where there is one.
    fn at(&self, place: f64) -> f64 {
        match self.steps() {
            Some(steps) => steps[((place * steps.len() as f64) as usize).min(steps.len() - 1)],
            None => tidy(self.low + place * (self.high - self.low)),
        }
    }
}

/// True for an address that counts slots of a day: these are whole.
fn of_slots(address: &str) -> bool {
    address.ends_with(".slots_per_day") || address.contains(".slots_by_weekday.")
}

/// Nine digits: a step of 0.1 gives 0.3 and not 0.30000000000000004.
fn tidy(x: f64) -> f64 {
    format!("{x:.8e}").parse().unwrap_or(x)
}

/// The points of a design: `[point][address]`. `points` is not looked at for a grid.
///
/// # Errors
///
/// Where a grid lacks a step or has more than [`MOST`] points, or Sobol' is asked for more addresses than it has
/// numbers for.
pub fn points(vary: &[Vary], design: Design, points: usize, seed: u64) -> Result<Vec<Vec<f64>>, Unfit> {
    let key = Key::new(seed, Purpose::Design, entity_hash("sweep"));
    let unit: Vec<Vec<f64>> = match design {
        Design::Grid => return grid(vary),
        Design::LatinHypercube => latin_hypercube(points, vary.len(), key),
        Design::Sobol => {
            let sequence = SobolPoints::shifted(vary.len(), key).ok_or_else(|| {
                let message = format!("{} addresses are too many for Sobol' points", vary.len());
                Unfit::new(message, format!("vary at most {MOST_DIMENSIONS}, or use a Latin hypercube"))
            })?;
            (0..points as u32).map(|number| sequence.point(number)).collect()
        }
    };
    let place = |point: &Vec<f64>| vary.iter().zip(point).map(|(vary, place)| vary.at(*place)).collect();
    Ok(unit.iter().map(place).collect())
}

/// Every combination, the last address fastest.
fn grid(vary: &[Vary]) -> Result<Vec<Vec<f64>>, Unfit> {
    let mut all: Vec<Vec<f64>> = vec![Vec::new()];
    for vary in vary {
        let steps = vary.steps().ok_or_else(|| {
            Unfit::new(
                format!("a grid needs a step for `{}`", vary.address),
                "write LOW:HIGH:STEP, or ask for --design latin-hypercube --points N",
            )
        })?;
        if all.len().saturating_mul(steps.len()) > MOST {
            return Err(Unfit::new(
                format!("the grid has more than {MOST} points"),
                "take longer steps, or ask for --design sobol --points N",
            ));
        }
        let with = |point: &Vec<f64>| steps.iter().map(|x| [&point[..], &[*x]].concat()).collect::<Vec<_>>();
        all = all.iter().flat_map(with).collect();
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vary {
        Vary::read(text).unwrap_or_else(|unfit| panic!("{}", unfit.message))
    }

    /// A step over the whole range is one, though 1 - 0.8 is not quite 0.2.
    #[test]
    fn one_step_makes_two_values() {
        let ends = |text: &str| points(&[read(text)], Design::Grid, 0, 1).map(|points| points.concat());
        assert_eq!(ends("a=0.8:1:0.2"), Ok(vec![0.8, 1.0]));
        assert_eq!(ends("a=1.1:1.2:0.1"), Ok(vec![1.1, 1.2]));
        assert!(Vary::read("a=0.8:1:0.3").is_err(), "longer than the range");
    }

    #[test]
    fn a_grid_is_every_combination() {
        let vary = [read("a.b=0.1:0.3:0.1"), read("c=1:2:1")];
        let got = points(&vary, Design::Grid, 0, 1);
        let want = [[0.1, 1.0], [0.1, 2.0], [0.2, 1.0], [0.2, 2.0], [0.3, 1.0], [0.3, 2.0]];
        assert_eq!(got, Ok(want.map(|point| point.to_vec()).to_vec()));
    }

    #[test]
    fn designs_stay_in_range_on_their_steps_and_hang_on_the_seed() {
        let vary = [read("a=2:6:0.5"), read("b=-1:1")];
        for design in [Design::LatinHypercube, Design::Sobol] {
            let got = points(&vary, design, 32, 5).unwrap_or_default();
            assert_eq!(got.len(), 32);
            assert!(got.iter().all(|p| (2.0..=6.0).contains(&p[0]) && (p[0] * 2.0).fract() == 0.0));
            assert!(got.iter().all(|p| (-1.0..=1.0).contains(&p[1])));
            assert_ne!(points(&vary, design, 32, 6), Ok(got));
        }
    }

    #[test]
    fn slots_of_a_day_are_whole_in_every_design_unless_a_step_is_stated() {
        for address in ["post.gps.slots_per_day", "option.more.overlay.post.gps.slots_by_weekday.mon"] {
            let vary = [read(&format!("{address}=9.5:12.2"))];
            for design in [Design::LatinHypercube, Design::Sobol] {
                let got = points(&vary, design, 32, 5).unwrap_or_default();
                assert!(got.len() == 32 && got.iter().all(|p| [10.0, 11.0, 12.0].contains(&p[0])), "{got:?}");
            }
            let grid = points(&vary, Design::Grid, 0, 1).unwrap_or_default();
            assert_eq!(grid, [[10.0], [11.0], [12.0]].map(|p| p.to_vec()).to_vec());
            assert_eq!(read(&format!("{address}=10:12:0.5")).step, Some(0.5));
            assert!(Vary::read(&format!("{address}=10.2:10.8")).is_err());
        }
        assert_eq!(read("post.gps.wte=2:6").step, None);
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        for text in [
            "a",
            "a=1:1e12:1",
            "a=1:2:1e-12",
            "a=1:2:1e-320",
            "run.seed=1:3:1",
            "run.replications=4:8:4",
            "horizon.weeks=4:8:4",
            "a=1",
            "a=2:1:1",
            "a=1:2:0",
            "a=1:2:3",
            "=1:2:1",
            "a=1:x:1",
            "a=1:2:1:1",
        ] {
            assert!(Vary::read(text).is_err(), "{text}");
        }
        assert!(Vary::read("run_in.weeks=1:3:1").is_ok() && Vary::read("a=0:999999:1").is_ok());
        assert!(points(&[read("a=1:2")], Design::Grid, 0, 1).is_err());
    }
}
