//! From all GP appointments to net GP time released: the chain of redirecting.
//!
//! In GP hours: asked for -> rated avoidable -> at practices taking part -> redirected -> not returning ->
//! fewer rebookings and follow-ups -> less GP time for supervising and signposting -> net released. What is taken away
//! from one link to the next is below nought. *Net* is GP minutes of work joining the GP queue without the levers less
//! those with them, less GP minutes that leave the roster: every follow-up, rebooking and referral is in it. What the
//! receiving roles spend stands beside it, never inside it. None of it is cash.

use super::figure::{Figure, Unit};
use super::probe::{Probed, probe};
use super::settling::{Settling, settling};
use crate::lever::Change;
use crate::model::Model;
use crate::outcome::columns::Place;
use crate::plan::lanes::Replication;
use crate::scenario::Scenario;

/// The chain of one option.
#[derive(Clone, Debug)]
pub struct Chain {
    /// Option with the levers.
    pub option: String,
    /// What it is compared with.
    pub against: String,
    /// What hours are of: `a year`, `in the period`.
    pub per: &'static str,
    /// The slowest of its levers that is still settling in.
    pub settling: Option<Settling>,
    /// GP time asked for without the levers [h].
    pub asked: Figure,
    /// Rated avoidable.
    pub rated: Figure,
    /// Of that, at practices that take no part (taken away).
    pub no_part: Figure,
    /// Of the rest, not redirected (taken away).
    pub not_redirected: Figure,
    /// Redirected.
    pub redirected: Figure,
    /// Of that, back with a GP (taken away).
    pub returned: Figure,
    /// Rebookings, follow-ups and referrals that no longer follow (below nought: more of them).
    pub knock_on: Figure,
    /// GP time on the roster given up to supervise and signpost (taken away); no value where GP posts differ.
    pub supervision: Figure,
    /// Net GP time released.
    pub net: Figure,
    /// Time that the receiving roles spend more than before.
    pub receivers: Figure,
}

/// The chain of the first option that redirects and as-now does not; of as-now against itself without levers where
/// only that redirects; none where nothing is redirected.
pub fn chain(scenario: &Scenario, seed: u64, place: Place, reps: &[Replication]) -> Option<Chain> {
    let as_now = &scenario.options.first()?.model;
    let redirecting = scenario.options.iter().find(|o| redirects(&o.model) > redirects(as_now));
    let (option, with, against, without) = match redirecting {
        Some(o) => (o.title.clone(), &o.model, scenario.options[0].title.clone(), as_now.clone()),
        None if redirects(as_now) > 0 => {
            let bare = Model { levers: Vec::new(), ..as_now.clone() };
            (scenario.options[0].title.clone(), as_now, "the same without its levers".to_owned(), bare)
        }
        None => return None,
    };
    let (on, off) = (probe(with, seed, place, reps), probe(&without, seed, place, reps));
    let mut chain = links(with, &without, &on, &off, (option, against));
    chain.settling = settling(with, Some(&without), seed, reps);
    Some(chain)
}

fn redirects(model: &Model) -> usize {
    let changes = model.levers.iter().flat_map(|l| &l.changes);
    changes.filter(|(_, c)| matches!(c, Change::Redirect { .. })).count()
}

fn links(
    with: &Model,
    without: &Model,
    on: &[Probed],
    off: &[Probed],
    (option, against): (String, String),
) -> Chain {
    let (gp, others): (Vec<usize>, Vec<usize>) = (0..with.roles.len()).partition(|&r| with.roles[r].is_gp);
    let figure = |of: &dyn Fn(&Probed, &Probed) -> f64| -> Figure {
        let values: Vec<f64> = on.iter().zip(off).map(|(on, off)| of(on, off) / 60.0).collect();
        Figure::of(&values, Unit::Hours)
    };
    let same = same_gp_posts(with, without);
    let roster =
        |on: &Probed, off: &Probed| Probed::total(&off.rostered, &gp) - Probed::total(&on.rostered, &gp);
    let joining =
        |on: &Probed, off: &Probed| Probed::total(&off.wanted, &gp) - Probed::total(&on.wanted, &gp);
    Chain {
        option,
        against,
        per: super::say::period(with.horizon.days),
        settling: None,
        asked: figure(&|_, off| Probed::total(&off.wanted, &gp)),
        rated: figure(&|on, _| on.rated),
        no_part: figure(&|on, _| on.taking_part - on.rated),
        not_redirected: figure(&|on, _| on.redirected - on.taking_part),
        redirected: figure(&|on, _| on.redirected),
        returned: figure(&|on, _| -on.returned),
        knock_on: figure(&|on, off| joining(on, off) - (on.redirected - on.returned)),
        supervision: figure(&|on, off| if same { -roster(on, off) } else { f64::NAN }),
        net: figure(&|on, off| joining(on, off) - if same { roster(on, off) } else { 0.0 }),
        receivers: figure(&|on, off| {
            Probed::total(&on.wanted, &others) - Probed::total(&off.wanted, &others)
        }),
    }
}

/// True where both models have the same GP posts, so that a difference on the roster is the levers' doing.
fn same_gp_posts(a: &Model, b: &Model) -> bool {
    let of = |m: &Model| -> Vec<(String, crate::model::post::Capacity)> {
        let gp = m.posts.iter().filter(|p| m.roles[p.role].is_gp);
        gp.map(|p| (p.name.clone(), p.capacity.clone())).collect()
    };
    of(a) == of(b)
}
