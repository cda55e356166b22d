//! Conditional shares of avoidable categories by need, as drawn.
//!
//! Audit shares are of all GP appointments: they are scaled to the needs a category falls on so that the
//! total over all practices equals the audit. Between practices shares vary by a further Dirichlet about
//! the drawn ones; where that would take a practice beyond all of a need's requests it takes all of them, and
//! what is over is taken from the other practices' in proportion, so that the total stays the audit's.
//!
//! In: shares as drawn, and mean requests by practice and need of the same draw. Out: for each practice and
//! each category at each of its needs the chance that a request, left by the categories before it, falls into
//! it.

use crate::law::gamma;
use crate::law::thinning::Thinning;
use crate::model::Model;
use crate::model::avoidable::{Category, ShareOf};
use crate::model::number::Number;
use crate::model::requests::gp_scale;
use crate::plan::lanes::{LaneThinning, Lanes};
use crate::random::{Key, Purpose, entity_hash};

/// Scenario time.
#[derive(Clone, Debug)]
pub struct Shares {
    /// `(category, need)` by place: categories in the order of the file, in each its needs.
    places: Vec<(usize, usize)>,
    /// Tables where no draw changes anything: one a place.
    fixed: Option<Vec<LaneThinning>>,
    /// Keys of practices' own shares, `[practice][category, and not avoidable]`, with the concentration of the
    /// Dirichlet; none where all practices have the drawn shares.
    own: Option<(f64, Vec<Vec<Key>>)>,
    /// True where practices differ in their shares: about the drawn ones, or because each draws one of its own.
    by_practice: bool,
}

/// Replication time.
#[derive(Clone, Debug)]
pub struct SharesDraw {
    /// `[practice or 0][place]`
    thinnings: Vec<LaneThinning>,
    /// One practice's shares of all GP appointments or of their needs, and behind them what is not avoidable.
    shares: Vec<f64>,
    /// As shares of each need: `[practice or 0][category]`.
    scaled: Vec<f64>,
    /// By what they are taken times at each need.
    kept: Vec<f64>,
}

impl Shares {
    /// Lays out the places.
    pub fn new(model: &Model, seed: u64) -> Self {
        let places: Vec<_> = model
            .categories
            .iter()
            .enumerate()
            .flat_map(|(c, category)| category.of.iter().map(move |&k| (c, k)))
            .collect();
        let fixed = model.categories_between_practices.is_none()
            && model.categories.iter().all(|c| c.share.fixed().is_some() && c.share_of == ShareOf::Need);
        let own = model.categories_between_practices.map(|between| {
            let names = || model.categories.iter().map(|c| c.name.as_str()).chain(["not_avoidable"]);
            let key = |p: &str, c: &str| {
                Key::new(seed, Purpose::Level, entity_hash(&format!("avoidable.{c}@practice.{p}")))
            };
            let keys = model.practices.iter().map(|p| names().map(|c| key(&p.name, c)).collect()).collect();
            (between.concentration, keys)
        });
        let own_draw = |category: &Category| matches!(category.share, Number::DrawnPerPractice(_));
        let by_practice = own.is_some() || model.categories.iter().any(own_draw);
        let mut shares = Self { places, fixed: None, own, by_practice };
        if fixed {
            let values: Vec<f64> = model.categories.iter().map(|c| c.share.fixed().unwrap_or(0.0)).collect();
            shares.fixed = Some(
                shares
                    .conditional(&values, &vec![1.0; model.needs.len()])
                    .into_iter()
                    .map(|p| LaneThinning::Same(Thinning::table(p, 127)))
                    .collect(),
            );
        }
        shares
    }

    /// Buffers for one block.
    ///
    /// One row for all practices where they have no shares of their own.
    pub fn draw_buffers(&self, model: &Model) -> SharesDraw {
        let rows = if self.by_practice { model.practices.len() } else { 1 };
        SharesDraw {
            thinnings: match &self.fixed {
                Some(tables) => tables.clone(),
                None => vec![LaneThinning::each(); rows * self.places.len()],
            },
            shares: vec![0.0; model.categories.len() + 1],
            scaled: vec![0.0; rows * model.categories.len()],
            kept: vec![1.0; model.needs.len()],
        }
    }

    /// The thinning of a place at a practice.
    #[inline]
    pub fn thinning<'a>(&self, draw: &'a SharesDraw, practice: usize, place: usize) -> &'a LaneThinning {
        let row = if self.by_practice { practice * self.places.len() } else { 0 };
        &draw.thinnings[row + place]
    }

    /// Draws one lane.
    ///
    /// Does nothing where the shares are fixed. Allocates a few short lists, once a replication.
    pub fn redraw(
        &self,
        model: &Model,
        lane: usize,
        draw_index: u64,
        slots: &[f64],
        need_mean: &[Lanes<f64>],
        draw: &mut SharesDraw,
    ) {
        if self.fixed.is_some() || self.places.is_empty() {
            return;
        }
        let needs = model.needs.len();
        let scale =
            gp_scale(model, |k| (0..model.practices.len()).map(|p| need_mean[p * needs + k][lane]).sum());
        let categories = model.categories.len();
        let rows = if self.by_practice { model.practices.len() } else { 1 };
        for p in 0..rows {
            for (share, category) in draw.shares.iter_mut().zip(&model.categories) {
                // Row 0 stands for every practice where there is one row alone.
                *share = category.share.at(slots, p);
            }
            self.own_shares(p, draw_index, &mut draw.shares);
            for (c, category) in model.categories.iter().enumerate() {
                draw.scaled[p * categories + c] = match category.share_of {
                    ShareOf::Need => draw.shares[c],
                    ShareOf::GpAppointments => draw.shares[c] * scale(c),
                };
            }
        }
        let SharesDraw { scaled, kept, .. } = draw;
        for (k, kept) in kept.iter_mut().enumerate() {
            let taken = |p: usize| self.together(&scaled[p * categories..], k);
            let requests = |p: usize| if self.by_practice { need_mean[p * needs + k][lane] } else { 1.0 };
            *kept = kept_of((0..rows).map(|p| (taken(p), requests(p))));
        }
        for p in 0..rows {
            let conditional = self.conditional(&draw.scaled[p * categories..], &draw.kept);
            for (place, chance) in conditional.into_iter().enumerate() {
                draw.thinnings[p * self.places.len() + place].set(lane, chance);
            }
        }
    }

    /// A practice's own shares about the drawn ones.
    ///
    /// `shares` are the drawn ones and become the practice's; the last place is made here. A Dirichlet by
    /// gamma variables, each keyed by practice and category with the draw index, so that another category
    /// moves none of the others' variables.
    fn own_shares(&self, p: usize, draw_index: u64, shares: &mut [f64]) {
        let Some((concentration, keys)) = &self.own else { return };
        let rest = shares.len() - 1;
        let avoidable: f64 = shares[..rest].iter().sum();
        shares[rest] = (1.0 - avoidable).max(0.0);
        let mut total = 0.0;
        for (share, key) in shares.iter_mut().zip(&keys[p]) {
            let shape = *share * concentration;
            *share =
                if shape > 0.0 { shape * gamma::unit_mean_from(*key, draw_index, 0, shape) } else { 0.0 };
            total += *share;
        }
        // All may come out as nought where every share is: then nobody is rated.
        if total > 0.0 {
            shares.iter_mut().for_each(|s| *s /= total);
        }
    }

    /// What all categories of a need take together, of the shares of one practice.
    fn together(&self, shares: &[f64], need: usize) -> f64 {
        self.places.iter().filter(|(_, of)| *of == need).map(|(c, _)| shares[*c]).sum()
    }

    /// Chances of each place given that no earlier category took the request; `kept` is what all categories
    /// together are taken times at each need.
    ///
    /// By place. A category whose share leaves nothing takes everyone who is left; those behind it take
    /// nobody.
    fn conditional(&self, shares: &[f64], kept: &[f64]) -> Vec<f64> {
        let mut left = vec![1.0; kept.len()];
        self.places
            .iter()
            .map(|&(c, k)| {
                let share = if kept[k] == 1.0 {
                    shares[c]
                } else {
                    shares[c] / self.together(shares, k).max(1.0 / kept[k])
                };
                let chance = if left[k] > 0.0 { (share / left[k]).clamp(0.0, 1.0) } else { 0.0 };
                // What is left may fall below 0 by rounding: the chance is then held at its end.
                left[k] -= share;
                chance
            })
            .collect()
    }
}

/// By what the shares of all practices at a need have to be taken times, none beyond the whole, so that the
/// total is what they sum to: practices as (share, requests). One where no practice is beyond the whole; else a
/// practice where the product is beyond it takes all.
fn kept_of(practices: impl Iterator<Item = (f64, f64)> + Clone) -> f64 {
    if practices.clone().all(|(share, _)| share <= 1.0) {
        return 1.0;
    }
    let mut falling: Vec<(f64, f64)> = practices.filter(|(share, _)| *share > 0.0).collect();
    falling.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut wanted: f64 = falling.iter().map(|(share, n)| share * n).sum();
    let mut below = wanted;
    for (share, n) in &falling {
        // The factor, if this practice and those with less stay below the whole.
        let factor = wanted / below;
        if factor * share <= 1.0 {
            return factor;
        }
        wanted -= n;
        below -= share * n;
        if wanted <= 0.0 || below <= 0.0 {
            break;
        }
    }
    // More is wanted than there is: whatever is rated, all of it.
    falling.last().map_or(1.0, |(share, _)| 1.0 / share)
}

#[cfg(test)]
mod tests {
    use super::kept_of;

    fn kept(practices: &[(f64, f64)]) -> f64 {
        kept_of(practices.iter().copied())
    }

    /// 100 requests at each of two practices, of which 150 and 20 are rated: 100 and 70 keep the total.
    #[test]
    fn what_is_beyond_the_whole_goes_to_the_others() {
        assert_eq!(kept(&[(0.3, 100.0), (1.0, 100.0)]), 1.0);
        assert!((kept(&[(1.5, 100.0), (0.2, 100.0)]) - 3.5).abs() < 1e-12);
        assert!((kept(&[(1.2, 10.0), (0.5, 10.0), (0.25, 10.0)]) - 0.95 / 0.75).abs() < 1e-12);
        // One alone, and more than all: the whole.
        assert_eq!(kept(&[(1.25, 1.0)]), 0.8);
        assert_eq!(kept(&[(2.0, 10.0), (0.5, 10.0)]), 2.0);
        assert_eq!(kept(&[(0.0, 5.0), (4.0, 1.0)]), 0.25);
    }
}
