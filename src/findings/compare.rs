//! Options against as-now, on the same draws: the paired mean difference, its interval, the chance of being better.

use super::figure::Unit;
use super::headline::Headline;
use crate::model::Model;
use crate::outcome::Outcome;
use crate::outcome::columns::{About, Place};
use crate::outcome::measure::{Better, Measure, by_name};
use crate::stats::paired::{self, Paired, paired};

/// One measure of an option against as-now.
#[derive(Clone, Debug)]
pub struct Difference {
    /// Measure.
    pub measure: &'static Measure,
    /// What it is about, in words.
    pub words: String,
    /// Unit of the difference.
    pub unit: Unit,
    /// Mean under as-now.
    pub as_now: f64,
    /// Mean under the option.
    pub option: f64,
    /// Option less as-now, pair by pair.
    pub paired: Paired,
    /// True where the measure has a better direction.
    pub judged: bool,
}

impl Difference {
    /// Better, worse, or neither where the interval holds nought.
    pub fn verdict(&self) -> &'static str {
        let clear = self.paired.interval.filter(|i| !i.holds(0.0) && self.judged);
        let up = self.measure.better == Better::Higher;
        match clear {
            Some(i) if (i.low > 0.0) == up => "better",
            Some(_) => "worse",
            None if self.judged => "not told apart",
            None => "",
        }
    }
}

/// An option.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// Title.
    pub option: String,
    /// Its differences.
    pub differences: Vec<Difference>,
}

/// Measures that every comparison shows besides the headline.
const SHOWN: [&str; 6] =
    ["attended", "left_or_waiting", "unmet", "redirected_inside", "redirected_outside", "equity_gap"];

/// Compares an option with as-now.
pub fn compare(
    title: &str,
    (model, other): (&Model, &Model),
    headline: &Headline,
    as_now: &Outcome,
    option: &Outcome,
) -> Comparison {
    let mut wanted = vec![(headline.measure, headline.place, headline.about, headline.words(model))];
    for (t, target) in model.targets.iter().enumerate() {
        let words = format!("target met: {}", target.title);
        wanted.extend(by_name("target_met").map(|m| (m, headline.place, About::Target(t), words)));
    }
    if headline.measure.name != "wait_mean" || headline.about != About::All {
        wanted.extend(by_name("wait_mean").map(|m| (m, headline.place, About::All, "mean wait".to_owned())));
    }
    for name in SHOWN {
        let words = name.replace('_', " ");
        wanted.extend(by_name(name).map(|m| (m, headline.place, About::All, words)));
    }
    for (r, role) in model.roles.iter().enumerate() {
        let words = format!("utilisation, {}", role.title);
        wanted.extend(by_name("utilisation").map(|m| (m, headline.place, About::Role(r), words)));
    }
    let differences =
        wanted.into_iter().filter_map(|w| difference(w, (model, other), as_now, option)).collect();
    Comparison { option: title.to_owned(), differences }
}

fn difference(
    (measure, place, about, words): (&'static Measure, Place, About, String),
    models: (&Model, &Model),
    as_now: &Outcome,
    option: &Outcome,
) -> Option<Difference> {
    let (there, what) = same_in(models, place, about)?;
    let (x, y) = (option.series(measure.name, there, what)?, as_now.series(measure.name, place, about)?);
    let pairs: Vec<(f64, f64)> = x.iter().copied().zip(y.iter().copied()).collect();
    let better =
        if measure.better == Better::Higher { paired::Better::Higher } else { paired::Better::Lower };
    let paired = paired(&pairs, better, 0.95)?;
    let mean = |values: &[f64]| crate::stats::moments::Moments::of(values).mean().unwrap_or(f64::NAN);
    let (now, then) = (mean(&y), mean(&x));
    if now == 0.0 && then == 0.0 {
        return None;
    }
    let unit = match Unit::of(measure.unit) {
        Unit::Share => Unit::Points,
        other => other,
    };
    let judged = measure.better != Better::Neither;
    Some(Difference { measure, words, unit, as_now: now, option: then, paired, judged })
}

/// The same place and subject in the option's model, by name.
fn same_in((a, b): (&Model, &Model), place: Place, about: About) -> Option<(Place, About)> {
    let place = match place {
        Place::All => Place::All,
        Place::Network(n) => Place::Network(b.networks.iter().position(|x| x.name == a.networks[n].name)?),
        Place::Practice(p) => {
            Place::Practice(b.practices.iter().position(|x| x.name == a.practices[p].name)?)
        }
    };
    let about = match about {
        About::All => About::All,
        About::Need(k) => About::Need(b.needs.iter().position(|x| x.name == a.needs[k].name)?),
        About::Role(r) => About::Role(b.roles.iter().position(|x| x.name == a.roles[r].name)?),
        About::Target(t) => About::Target(b.targets.iter().position(|x| x.name == a.targets[t].name)?),
        // Redirects are numbered within an option: another option's are not the same.
        About::Redirect(_) => return None,
    };
    Some((place, about))
}
