//! From all GP appointments to net GP time released: the chain of redirecting.
//!
//! In GP hours: asked for -> rated avoidable -> at practices taking part -> redirected -> seen where they were sent -> not
//! returning -> fewer rebookings and follow-ups -> less what presents only because waits are short (where a need states `latent`)
//! -> less GP time for supervising and signposting -> net released. What is taken away
//! from one link to the next is below nought. *Net* is GP minutes of work joining the GP queue without the levers less
//! those with them, less those of people sent to another role and not seen by it, less GP minutes that leave the roster: every follow-up, rebooking and referral is in it. What the
//! receiving roles use of their time stands beside it, never inside it. None of it is cash.
//!
//! In: the options of a scenario. Out: a chain for each that redirects. Plays the replications again for as-now
//! and each such option (`probe`), as an outcome keeps no links.

use super::beside::same_in;
use super::figure::{Figure, Unit};
use super::probe::{Probed, posts_of, probe};
use super::settling::{Settling, settling};
use crate::lever::Change;
use crate::model::Model;
use crate::model::number::Number;
use crate::model::post::Post;
use crate::model::role::Role;
use crate::outcome::columns::{About, Place};
use crate::plan::lanes::Replication;
use crate::roster::path::{post_laws, role_laws};
use crate::scenario::OptionModel;
use crate::units::Day;

/// The chain of one option.
///
/// Figures are GP hours of the counted period unless stated. Each link plus what is taken away from it is the
/// next: `rated + no_part + not_redirected = redirected`, and so on to `net`, year by year.
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
    /// Of that, not seen where they were sent: gave up, or still waiting at the end (taken away).
    pub unseen: Figure,
    /// Of the rest, back with a GP (taken away).
    pub returned: Figure,
    /// Rebookings, follow-ups and referrals that no longer follow (below nought: more of them).
    pub knock_on: Figure,
    /// Requests that present only because waits are shorter than without (taken away), and the net release were there
    /// none; none where no need states latent demand.
    pub latent: Option<(Figure, Figure)>,
    /// GP time on the roster given up to supervise and signpost (taken away); no value where GP posts differ.
    pub supervision: Figure,
    /// Net GP time released.
    pub net: Figure,
    /// Appointment time that the roles other than GPs use more than before; no value where a post of theirs also sees
    /// patients of other places.
    pub receivers: Figure,
}

impl Chain {
    /// The name of [`Self::knock_on`], which says the way that it goes: it adds to what is released or is taken from it.
    pub fn knock_on_words(&self) -> &'static str {
        match self.knock_on.mean < 0.0 {
            true => "less: more other requests, visits",
            false => "fewer other requests, visits",
        }
    }
}

/// The chain of every option that redirects more than as-now, the largest net release first; of as-now against itself
/// without levers where only that redirects; none where nothing is redirected.
///
/// `place` is as-now's; an option that lacks it has no chain.
pub fn chains(options: &[OptionModel], seed: u64, place: Place, reps: &[Replication]) -> Vec<Chain> {
    let Some((now, others)) = options.split_first() else { return Vec::new() };
    let redirecting: Vec<&OptionModel> =
        others.iter().filter(|o| redirects(&o.model) > redirects(&now.model)).collect();
    let (without, against, with) = match redirecting.as_slice() {
        [] if redirects(&now.model) == 0 => return Vec::new(),
        [] => {
            let bare = Model { levers: Vec::new(), ..now.model.clone() }.changed_from(&now.model);
            (bare, "the same without its levers", vec![now])
        }
        _ => (now.model.clone(), now.title.as_str(), redirecting),
    };
    let off = probe(&without, seed, place, reps);
    let mut all: Vec<Chain> = with
        .into_iter()
        .filter_map(|option| {
            let there = same_in((&without, &option.model), place, About::All)?.0;
            let on = probe(&option.model, seed, there, reps);
            let names = (option.title.clone(), against.to_owned());
            let mut chain = links((&option.model, there), (&without, place), &on, &off, names);
            chain.settling = settling(&option.model, Some(&without), seed, reps);
            Some(chain)
        })
        .collect();
    // Those of which no net can be told come last.
    let net = |chain: &Chain| if chain.net.mean.is_nan() { f64::NEG_INFINITY } else { chain.net.mean };
    all.sort_by(|a, b| net(b).total_cmp(&net(a)));
    all
}

/// Redirects that a model's levers hold.
fn redirects(model: &Model) -> usize {
    let changes = model.levers.iter().flat_map(|l| &l.changes);
    changes.filter(|(_, c)| matches!(c, Change::Redirect { .. })).count()
}

/// The links of one option; `on` and `off` are the same replications with its levers and without.
fn links(
    (with, there): (&Model, Place),
    (without, place): (&Model, Place),
    on: &[Probed],
    off: &[Probed],
    (option, against): (String, String),
) -> Chain {
    // An option that adds a role numbers its roles afresh.
    let split =
        |m: &Model| -> (Vec<usize>, Vec<usize>) { (0..m.roles.len()).partition(|&r| m.roles[r].is_gp) };
    let ((gp_on, others_on), (gp_off, others_off)) = (split(with), split(without));
    let total = Probed::total;
    let figure = |of: &dyn Fn(&Probed, &Probed) -> f64| -> Figure {
        let values: Vec<f64> = on.iter().zip(off).map(|(on, off)| of(on, off) / 60.0).collect();
        Figure::of(&values, Unit::Hours)
    };
    // Where GP posts differ GP work moves for other reasons than the levers: no net can be told.
    let same = same_gp_posts(with, without);
    let apart = own_posts(with, there) && own_posts(without, place);
    // Minutes, turned into hours in `figure`.
    let roster = |on: &Probed, off: &Probed| total(&off.rostered, &gp_off) - total(&on.rostered, &gp_on);
    let joining = |on: &Probed, off: &Probed| total(&off.wanted, &gp_off) - total(&on.wanted, &gp_on);
    let latent = |on: &Probed, off: &Probed| on.latent - off.latent;
    let unseen = |on: &Probed, off: &Probed| off.unseen - on.unseen;
    let released = |on: &Probed, off: &Probed| {
        if same { joining(on, off) + unseen(on, off) - roster(on, off) } else { f64::NAN }
    };
    let states_latent = [with, without].iter().any(|m| m.needs.iter().any(|need| need.latent.is_some()));
    Chain {
        option,
        against,
        per: super::say::period(with.horizon.days),
        settling: None,
        asked: figure(&|_, off| total(&off.wanted, &gp_off)),
        rated: figure(&|on, _| on.rated),
        no_part: figure(&|on, _| on.taking_part - on.rated),
        not_redirected: figure(&|on, _| on.redirected - on.taking_part),
        redirected: figure(&|on, _| on.redirected),
        unseen: figure(&unseen),
        returned: figure(&|on, _| -on.returned),
        knock_on: figure(&|on, off| joining(on, off) - (on.redirected - on.returned) + latent(on, off)),
        latent: states_latent.then(|| {
            let without_them = |on: &Probed, off: &Probed| released(on, off) + latent(on, off);
            (figure(&|on, off| -latent(on, off)), figure(&without_them))
        }),
        supervision: figure(&|on, off| if same { -roster(on, off) } else { f64::NAN }),
        net: figure(&released),
        receivers: figure(&|on, off| {
            // Wanted minutes may be more than anybody has: spent is what was used.
            if apart { total(&on.used, &others_on) - total(&off.used, &others_off) } else { f64::NAN }
        }),
    }
}

/// True where no post but those of GPs sees patients of the place and of others as well.
fn own_posts(model: &Model, place: Place) -> bool {
    let (practices, own) = (place.practices(model), posts_of(model, place));
    let of_others = |i: &usize| !model.roles[model.posts[*i].role].is_gp && !own.contains(i);
    (0..model.posts.len())
        .filter(of_others)
        .all(|i| model.posts[i].practices(model).iter().all(|p| !practices.contains(p)))
}

/// True where both models have the same GP posts, so that a difference on the roster is the levers' doing.
///
/// Uncertain numbers are compared by their address: an option numbers its inputs afresh.
pub(super) fn same_gp_posts(a: &Model, b: &Model) -> bool {
    let of = |m: &Model| -> Vec<GpPost> {
        m.posts.iter().filter(|p| m.roles[p.role].is_gp).map(|p| gp_post(m, p)).collect()
    };
    of(a) == of(b)
}

/// What a GP post brings.
#[derive(PartialEq)]
struct GpPost {
    /// First and last day.
    days: (Option<Day>, Option<Day>),
    /// Post and role, with blanks for their numbers.
    laws: (Post, Role),
    /// Their numbers, by name where they are uncertain.
    numbers: Vec<(String, f64)>,
}

/// Names of numbers are taken out, so that the rest can be compared as it stands.
fn gp_post(model: &Model, post: &Post) -> GpPost {
    let mut numbers = Vec::new();
    let mut blank = |number: &mut Number| {
        numbers.push(model.inputs.named(*number));
        *number = Number::ZERO;
    };
    let laws = (post_laws(post, &mut blank), role_laws(&model.roles[post.role], &mut blank));
    GpPost { days: (post.from, post.until), laws, numbers }
}
