//! What the best point of a sweep does beside things as they are.
//!
//! In: the findings, and the whole scenario as the sweep's folder holds it, so that shards put together say the same as one run.
//! Out: sentences after the answer, with what is still settling in. Where the headline has no better direction no point is best, and nothing is said.

use super::{SweepFindings, sentences};
use crate::experiment::named::option_within;
use crate::experiment::run::first;
use crate::experiment::sweep::points::Vary;
use crate::experiment::sweep::sets;
use crate::findings::advised::advised;
use crate::findings::people;
use crate::findings::settling::settling;
use crate::outcome::measure::Better;
use crate::scenario::{AS_NOW, Report, Scenario, load_text};

impl SweepFindings {
    /// Adds whom the best point harms, and what is foretold of it.
    ///
    /// # Errors
    /// Where the scenario cannot be read.
    pub fn advise(mut self, scenario: &str) -> Result<Self, Report> {
        let known = self.request.better().filter(|better| *better != Better::Neither);
        let best = known.and_then(|_| sentences::best_of_all(&self));
        let Some((option, point)) = best.map(|best| (best.option.clone(), best.values.clone())) else {
            return Ok(self);
        };
        let read = |sets: &[String]| -> Result<Scenario, Report> {
            let mut scenario = load_text("scenario.toml", scenario, sets)?;
            scenario.options.retain(|known| known.name == AS_NOW || known.name == option);
            Ok(scenario)
        };
        let (stated, there) = (read(&[])?, read(&sets(&self.request.vary, &point))?);
        let run = (self.request.seed, self.request.replications);
        let advised = advised(&stated, &there, stated.options.len() - 1, run);
        if let Some(answer) = self.answer.first_mut() {
            *answer = advised.with_harm(answer);
        }
        let model = &there.options[there.options.len() - 1].model;
        self.settling = settling(model, None, self.request.seed, &first(self.request.replications));
        let settles = self.settling.iter().map(|settling| settling.aside(None));
        let after = self.answer.len().min(1);
        let said: Vec<String> = settles.chain(advised.said).collect();
        self.answer.splice(after..after, said);
        self.but = advised.but;
        let further = self.further_people(&stated);
        self.answer.extend(further);
        Ok(self)
    }

    /// Where further people come among the points, for each post whose wte is varied.
    fn further_people(&self, stated: &Scenario) -> Vec<String> {
        let said = |(i, vary): (usize, &Vary)| {
            let mut sizes: Vec<f64> = self.spots.iter().map(|spot| spot.values[i]).collect();
            sizes.sort_by(f64::total_cmp);
            sizes.dedup();
            let within = option_within(&vary.address).unwrap_or(AS_NOW);
            let option = stated.options.iter().find(|option| option.name == within)?;
            people::at(&option.model, &vary.address, &sizes)
        };
        self.request.vary.iter().enumerate().filter_map(said).collect()
    }
}
