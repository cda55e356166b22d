//! What options that are played on the same replications share: demand and roster paths, drawn once a block.
//!
//! In: the options of a block, one after another. Out: for each the requests and the people's days that it would have
//! drawn itself, to the bit. The first option that draws a path keeps it; another takes it over where everything that
//! it is a function of is the same ([`demand::path`](crate::demand::path), [`roster::path`](crate::roster::path)),
//! else draws its own. What follows from seeing people is every option's own.
//!
//! Costs memory: `days x (practices x needs + people)` rows of a block for each thread, and that all options of a block
//! are compiled at the same time.

use crate::demand::path::Path;
use crate::demand::{Demand, DemandDraw};
use crate::plan::axis::Axis;
use crate::plan::lanes::{Lanes, Replication};
use crate::roster::path::Paths as Posts;

/// Paths of one block of replications.
#[derive(Debug)]
pub struct Paths<'a> {
    /// The replications that the paths are of.
    reps: Vec<Replication>,
    demand: Option<Path<'a>>,
    posts: Posts<'a>,
    /// False where no other option follows.
    keeps: bool,
}

/// How an option stands to the demand path that is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    /// It draws its own.
    Apart,
    /// It draws the one that is kept.
    First,
    /// It takes over what is kept.
    Known,
}

impl<'a> Paths<'a> {
    /// Of so many options played one after another; empty. Of one that is played alone nothing is kept.
    pub fn of(options: usize) -> Self {
        Self { reps: Vec::new(), demand: None, posts: Posts::default(), keeps: options > 1 }
    }

    /// Begins an option on a block: what was kept of other replications is forgotten.
    pub(super) fn begin(&mut self, reps: &[Replication]) {
        if self.keeps && self.reps != reps {
            *self = Self { reps: reps.to_vec(), keeps: true, ..Self::of(0) };
        }
    }

    /// True where an option may follow that takes over what this one draws.
    pub(super) fn keeps(&self) -> bool {
        self.keeps
    }

    pub(super) fn posts(&self) -> &Posts<'a> {
        &self.posts
    }

    pub(super) fn posts_mut(&mut self) -> &mut Posts<'a> {
        &mut self.posts
    }

    /// How the option that begins stands to the demand path, given its demand as drawn; `shape` is practices and needs.
    pub(super) fn demand(
        &mut self,
        demand: &'a Demand,
        draw: &DemandDraw,
        axis: &Axis,
        shape: (usize, usize),
    ) -> Share {
        match &self.demand {
            Some(path) if path.is_of(demand, draw, (axis, shape), self.reps.len()) => Share::Known,
            None if self.keeps => {
                self.demand = Some(Path::new(demand, draw, axis, shape));
                Share::First
            }
            _ => Share::Apart,
        }
    }

    /// Requests of a practice on a day (`at`: day and practice), by need: taken over, or drawn by `draw`.
    #[inline]
    pub(super) fn requests(
        &mut self,
        share: Share,
        (t, practice): (usize, usize),
        requests: &mut [Lanes<u32>],
        draw: impl FnOnce(&mut [Lanes<u32>]),
    ) {
        match (share, &mut self.demand) {
            (Share::Known, Some(path)) => requests.copy_from_slice(path.at(t, practice)),
            (Share::First, Some(path)) => {
                draw(requests);
                path.at(t, practice).copy_from_slice(requests);
            }
            _ => draw(requests),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::load;
    use crate::year::Year;
    use std::path::Path as File;

    /// Who leaves demand and posts alone takes all over; sickness of a hard winter is drawn anew, another seed everything.
    #[test]
    fn what_options_share_is_taken_over() {
        let file = File::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/hammersmith-fulham/central.toml");
        let scenario = load(&file, &[]).unwrap_or_else(|report| panic!("{}", report.render(false)));
        let model = |name: &str| {
            let option = scenario.options.iter().find(|option| option.name == name).expect("an option");
            Year::new(option.model.clone(), 1, false)
        };
        let years = ["as_now", "signposting", "shared_pharmacist", "hard_winter"].map(model);
        let reps: Vec<Replication> = (0..2).map(|i| Replication::new(i, i)).collect();
        let mut paths = Paths::of(years.len());
        let mut stood = |year| -> (Share, usize) {
            let mut block = Year::block(year);
            year.run_among(&reps, &mut block, &mut paths);
            let shape = (year.model.practices.len(), year.model.needs.len());
            (paths.demand(&year.demand, &block.demand, &year.axis, shape), block.roster.taken_over())
        };
        let posts = years[0].model.posts.len();
        assert_eq!(stood(&years[0]), (Share::Known, 0), "the path is its own");
        assert_eq!(stood(&years[1]), (Share::Known, posts));
        assert_eq!(stood(&years[2]), (Share::Known, posts), "all but the post that it adds");
        assert_eq!(stood(&years[3]), (Share::Known, 0), "levers act on requests after they are made");
        let other_seed = Year::new(scenario.options[0].model.clone(), 2, false);
        assert_eq!(stood(&other_seed), (Share::Apart, 0));
        // The same rates a week later: other days, other requests.
        let mut later = scenario.options[0].model.clone();
        later.horizon.start = later.horizon.start.plus(7);
        let later = Year::new(later, 1, false);
        assert_eq!(stood(&later), (Share::Apart, 0));
        // Of other replications nothing is known.
        let others = [Replication::new(7, 7)];
        let mut block = years[1].block();
        years[1].run_among(&others, &mut block, &mut paths);
        assert_eq!(block.roster.taken_over(), 0);
    }
}
