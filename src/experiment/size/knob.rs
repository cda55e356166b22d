//! What is sized: a post, or a number at an address, and how each size is written into the scenario.
//!
//! In: a scenario, the name of a post or an address. Out: a [`Knob`]: the sizes in steps, and for each the texts
//! `ADDRESS=VALUE` that make it so. A post's people grow with its wte, by the role's mean wte a head; what is in
//! post grows with the establishment; members of plain capacity grow with their slots.
//!
//! Fit: sizing and the mix write these texts into the scenario and read it again, so a size means what it would mean in
//! the file. A post that is not people is sized by its slots, and members grow with them. What cannot be sized is
//! refused here.

use super::Unfit;
use super::search::Grid;
use crate::experiment::named;
use crate::model::Model;
use crate::model::post::{Base, Capacity, Post, Staffing};
use crate::outcome::columns::Place;
use crate::scenario::{AS_NOW, OptionModel, Scenario};

/// Most sizes on the grid of one number; a grid of several is bounded by
/// [`MOST_MIXES`](crate::experiment::mix::MOST_MIXES).
const MOST_SIZES: usize = 2_000;
/// Where no end is stated: so many times the size as stated, and so many steps beyond it, whichever is more.
const TIMES: f64 = 8.0;
const STEPS: f64 = 24.0;
/// The step of a post's wte where none is stated.
const HALF_WTE: f64 = 0.5;
/// The step of a post's slots a day where none is stated.
const ONE_SLOT: f64 = 1.0;

/// In what sizes are counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Whole-time equivalents.
    Wte,
    /// Slots a day.
    Slots,
    /// As the scenario counts it.
    Other,
}

/// What is sized.
///
/// Invariant: `grid` counts steps of `step` from `low`; [`Knob::size`] turns a step into a size.
#[derive(Clone, Debug, PartialEq)]
pub struct Knob {
    /// What it is, in words.
    pub title: String,
    /// Address of the size, in the scenario or in an option's overlay.
    pub address: String,
    /// The post, in the option's model; none where another number is varied.
    pub post: Option<usize>,
    /// In what sizes are counted.
    pub unit: Unit,
    /// Size as stated, at its mean where it is uncertain.
    pub now: f64,
    /// From one size to the next.
    pub step: f64,
    /// The usual step, where none was stated and so many sizes lie so near that the step had to be longer; the answer
    /// is then only as fine as the step that was taken.
    pub finer: Option<f64>,
    /// Smallest size.
    pub low: f64,
    /// The sizes as steps above the smallest.
    pub grid: Grid,
    /// Keys of the post that follow its size.
    follow: Vec<Follow>,
    /// What makes it as stated again.
    pub stated: Vec<String>,
}

/// A key that follows the size.
#[derive(Clone, Debug, PartialEq)]
struct Follow {
    /// Address that follows.
    address: String,
    /// As stated.
    now: f64,
    /// By how much it grows with one more of the size.
    each: f64,
    /// True for a number of people: it is rounded and never below one.
    whole: bool,
}

/// The sizes that are asked for.
///
/// None: the smallest and the largest follow from the size as stated.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Range {
    /// From one size to the next.
    pub step: Option<f64>,
    /// Smallest size.
    pub from: Option<f64>,
    /// Largest size.
    pub to: Option<f64>,
}

impl Knob {
    /// A post of an option.
    ///
    /// # Errors
    ///
    /// Where there is no such post, its slots are not the same every open day, or the range has no two sizes.
    pub fn post(scenario: &Scenario, option: &OptionModel, name: &str, range: Range) -> Result<Self, Unfit> {
        let model = &option.model;
        let at = model.posts.iter().position(|post| post.name == name);
        let Some((at, post)) = at.map(|at| (at, &model.posts[at])) else {
            let names: Vec<&str> = model.posts.iter().map(|post| post.name.as_str()).collect();
            let message = format!("there is no post `{name}` in `{}`", option.name);
            return Err(Unfit::unknown(message, name, &names, "its posts are"));
        };
        let path = match option.name.as_str() {
            AS_NOW => format!("post.{name}"),
            option => format!("option.{option}.overlay.post.{name}"),
        };
        // Of people the size is the wte; of slots the slots a day of every open day.
        match &post.capacity {
            Capacity::People(staffing) => {
                Self::people((scenario, option), (at, post), staffing, (&path, range))
            }
            Capacity::Plain(plain) => {
                let open = (0..7).filter(|day| model.calendar.open[*day]).map(|day| plain.slots[day]);
                let slots: Vec<f64> = open.collect();
                let alike = slots.windows(2).all(|pair| pair[0] == pair[1]);
                if plain.slots_by_day.is_some() || !alike || slots.is_empty() {
                    return Err(Unfit {
                        message: format!("post `{name}` does not have the same slots every open day"),
                        help: format!(
                            "vary one number of it instead, such as --vary {path}.slots_by_weekday.mon"
                        ),
                    });
                }
                let each = slots[0] / f64::from(plain.members);
                let mut knob = Self::new(&post.title, format!("{path}.slots_per_day"), Unit::Slots, slots[0]);
                knob.post = Some(at);
                if plain.members > 1 && each > 0.0 {
                    let address = format!("{path}.members");
                    knob.follow.push(Follow {
                        address,
                        now: plain.members.into(),
                        each: 1.0 / each,
                        whole: true,
                    });
                }
                knob.laid(range, ONE_SLOT)
            }
        }
    }

    /// A post of people: headcount and in-post wte, where stated, follow the wte.
    fn people(
        (scenario, option): (&Scenario, &OptionModel),
        (at, post): (usize, &Post),
        staffing: &Staffing,
        (path, range): (&str, Range),
    ) -> Result<Self, Unfit> {
        let model = &option.model;
        let mut knob =
            Self::new(&post.title, format!("{path}.wte"), Unit::Wte, model.inputs.mean(staffing.wte));
        knob.post = Some(at);
        // The range as it was written: what makes the post as stated again.
        if staffing.wte.fixed().is_none() {
            let own = format!("post.{}.wte", post.name);
            if let Some(stated) = scenario.figure(&option.name, &own) {
                knob.stated = vec![format!("{}={}", knob.address, stated.text)];
            }
        }
        if let Some(heads) = staffing.headcount {
            let each = 1.0 / model.roles[post.role].wte_per_head;
            let address = format!("{path}.headcount");
            knob.follow.push(Follow { address, now: heads.into(), each, whole: true });
        }
        if let Some(in_post) = staffing.in_post_wte {
            let now = model.inputs.mean(in_post);
            knob.follow.push(Follow { address: format!("{path}.in_post_wte"), now, each: 1.0, whole: false });
        }
        knob.laid(range, HALF_WTE)
    }

    /// A number at an address.
    ///
    /// A post's wte or slots go through [`Knob::post`], so that what follows the size follows here too.
    ///
    /// # Errors
    ///
    /// Where no number stands at the address, no step is stated, or the range has no two sizes.
    pub fn address(
        scenario: &Scenario,
        option: &OptionModel,
        address: &str,
        range: Range,
    ) -> Result<Self, Unfit> {
        let own = address.split_once(".overlay.").map_or(address, |(_, own)| own);
        named::of_the_plan(own)?;
        if let Some((name, key)) = own.strip_prefix("post.").and_then(|rest| rest.split_once('.'))
            && matches!(key, "wte" | "slots_per_day")
        {
            return Self::post(scenario, option, name, range);
        }
        let known = scenario.figure(&option.name, own);
        let Some(now) = known.map(|a| a.mean).or(range.from) else {
            let names: Vec<&str> = scenario.assumptions.iter().map(|a| a.address.as_str()).collect();
            let message = format!("there is no number at `{address}` to vary");
            return Err(Unfit::unknown(message, own, &names, "numbers that are stated are"));
        };
        let mut knob = Self::new(address, address.to_owned(), Unit::Other, now);
        knob.stated = known.map(|a| format!("{address}={}", a.text)).into_iter().collect();
        let Some(step) = range.step else {
            return Err(Unfit {
                message: format!("a step is needed to vary `{address}`"),
                help: "say by how much a size differs from the next: --step 1".into(),
            });
        };
        knob.laid(range, step)
    }

    /// A number without a range: [`Knob::laid`] gives it one.
    fn new(title: &str, address: String, unit: Unit, now: f64) -> Self {
        let (title, post, follow, stated) = (title.to_owned(), None, Vec::new(), Vec::new());
        let (step, finer, low, grid) = (0.0, None, 0.0, Grid { last: 0, start: 0 });
        Self { title, address, post, unit, now, step, finer, low, grid, follow, stated }
    }

    /// Lays the sizes: steps from the smallest asked for, or steps up and down from the size as stated. Where no step
    /// is stated and the usual one would give too many sizes it is the first of 2, 5, 10, 20 … times as long that does
    /// not.
    ///
    /// # Errors
    ///
    /// Where the step is not above nought, no two sizes lie in the range, or more than [`MOST_SIZES`] do.
    fn laid(mut self, range: Range, usual: f64) -> Result<Self, Unfit> {
        self.step = range.step.unwrap_or(usual);
        if !(self.step > 0.0 && self.step.is_finite()) {
            return Err(Unfit {
                message: "the step is not above nought".into(),
                help: "say by how much a size differs from the next: --step 0.5".into(),
            });
        }
        let (mut low, mut high) = self.ends(range);
        let sound = |x: f64| x.is_finite() && x >= 0.0;
        let steps = |low: f64, high: f64, step: f64| ((high - low) / step + 1e-9).floor();
        if !sound(low) || !sound(high) || steps(low, high, self.step) < 1.0 {
            return Err(Unfit {
                message: format!("from {low} to {high} there are no two sizes"),
                help: "let --to lie at least one step above --from".into(),
            });
        }
        // 2, 2.5 and 2 in turn: 2, 5, 10, 20 ... of the usual step.
        let mut times = [2.0, 2.5, 2.0].into_iter().cycle();
        while range.step.is_none() && steps(low, high, self.step) > MOST_SIZES as f64 {
            self.finer = Some(usual);
            self.step *= times.next().unwrap_or(10.0);
            (low, high) = self.ends(range);
        }
        let last = steps(low, high, self.step);
        if last > MOST_SIZES as f64 {
            return Err(Unfit {
                message: format!("there are more than {MOST_SIZES} sizes from {low} to {high}"),
                help: "ask for a larger --step, or a nearer --to".into(),
            });
        }
        self.low = low;
        // The size as stated need not lie on the grid: the search starts at the nearest step.
        let start = ((self.now - self.low) / self.step).round().clamp(0.0, last);
        self.grid = Grid { last: last as usize, start: start as usize };
        if self.stated.is_empty() {
            self.stated = vec![format!("{}={}", self.address, written(self.now))];
        }
        self.stated.extend(self.follow.iter().map(|f| format!("{}={}", f.address, written(f.now))));
        Ok(self)
    }

    /// The smallest and the largest size, as asked for or as the step has them.
    fn ends(&self, range: Range) -> (f64, f64) {
        let steps_below = (self.now / self.step + 1e-9).floor();
        let mut low = range.from.unwrap_or(self.now - steps_below * self.step).max(0.0);
        // A post of nobody is no post.
        if range.from.is_none() && low < 1e-9 {
            low = self.step;
        }
        (low, range.to.unwrap_or((TIMES * self.now).max(self.now.max(low) + STEPS * self.step)))
    }

    /// The size at a step, to nine digits, so that a step of 0.1 gives 0.3 and not 0.30000000000000004.
    pub fn size(&self, at: usize) -> f64 {
        let size = self.low + at as f64 * self.step;
        (size * 1e9).round() / 1e9
    }

    /// What makes the scenario have the size of a step; keys that follow stand after the size itself.
    pub fn sets(&self, at: usize) -> Vec<String> {
        let size = self.size(at);
        let mut sets = vec![format!("{}={}", self.address, written(size))];
        for follow in &self.follow {
            let value = follow.now + (size - self.now) * follow.each;
            let value = if follow.whole { value.round().max(1.0) } else { value.max(0.0) };
            sets.push(format!("{}={}", follow.address, written(value)));
        }
        sets
    }

    /// What makes the scenario have the size a step beyond one; none below nought.
    pub fn beyond(&self, at: usize, up: bool) -> Option<Vec<String>> {
        if up {
            return Some(self.sets(at + 1));
        }
        let low = self.size(at) - self.step;
        (low >= -1e-9).then(|| Self { low: low.max(0.0), ..self.clone() }.sets(0))
    }

    /// Where its patients are: the place for which a target is judged unless another is asked for.
    pub fn place(&self, model: &Model) -> Place {
        match self.post.map(|post| model.posts[post].base) {
            Some(Base::Practice(p)) if model.practices.len() > 1 => Place::Practice(p),
            Some(Base::Network(n)) if model.networks.len() > 1 => Place::Network(n),
            _ => Place::All,
        }
    }
}

/// A number as the scenario reads it, to nine digits, so that the size read back is the one that was meant.
fn written(value: f64) -> String {
    let value = (value * 1e9).round() / 1e9;
    if value.fract() == 0.0 { format!("{value:.0}") } else { format!("{value}") }
}
