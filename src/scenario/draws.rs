//! Numbers that cannot be uncertain, or cannot differ by practice, where the engine reads them: said
//! here, so that a law is never quietly read as something else.

use crate::fault::Fault;
use crate::lever::Change;
use crate::model::Model;
use crate::model::need::{DnaLaw, Need};
use crate::model::number::Number;

/// Faults of numbers whose law the engine could not honour.
pub(super) fn draws(model: &Model, faults: &mut Vec<Fault>) {
    for need in &model.needs {
        destinations(need, faults);
        for (key, number) in chances(need) {
            same_everywhere(&format!("need.{}.{key}", need.name), number, faults);
        }
    }
    for lever in &model.levers {
        for (name, change) in &lever.changes {
            if let Change::Redirect { offered, accepted, returns, .. } = change {
                let address = format!("lever.{}.change.{name}.redirect", lever.name);
                same_everywhere(&format!("{address}.offered"), *offered, faults);
                same_everywhere(&format!("{address}.accepted"), *accepted, faults);
                if let Some(returns) = returns {
                    same_everywhere(&format!("{address}.returns.share"), returns.share, faults);
                }
            }
        }
    }
}

/// Shares of destinations are read once for all draws.
fn destinations(need: &Need, faults: &mut Vec<Fault>) {
    let gives_up = need.gives_up.iter().map(|g| ("gives_up", &g.to));
    let hard = need.hard_limit.iter().map(|h| ("hard_limit", &h.to));
    for (key, to) in gives_up.chain(hard) {
        for (name, _) in to.iter().filter(|(_, share)| share.fixed().is_none()) {
            let address = format!("need.{}.{key}.to.{name}", need.name);
            faults.push(
                Fault::new(
                    "not-uncertain",
                    &address,
                    "where people go who leave unseen has to be a plain share".to_owned(),
                )
                .help("write the likely share as a number; how many leave may be uncertain"),
            );
        }
    }
}

/// Chances of a need that one practice cannot have for itself.
fn chances(need: &Need) -> Vec<(String, Number)> {
    let mut found = Vec::new();
    if let Some(dna) = &need.dna {
        found.push(("dna.rebook".to_owned(), dna.rebook));
        found.push(("dna.refill".to_owned(), dna.refill));
        match &dna.law {
            DnaLaw::Constant(share) => found.push(("dna.share".to_owned(), *share)),
            DnaLaw::ByDay(steps) => {
                found.extend(steps.iter().map(|(day, share)| (format!("dna.by_day.{day}"), *share)));
            }
            DnaLaw::Saturating { least, most, scale_days } => {
                found.push(("dna.saturating.least".to_owned(), *least));
                found.push(("dna.saturating.most".to_owned(), *most));
                found.push(("dna.saturating.scale_days".to_owned(), *scale_days));
            }
        }
    }
    if let Some(gives_up) = &need.gives_up {
        found.push(("gives_up.chance_each_day".to_owned(), gives_up.chance_each_day));
    }
    if let Some(follow_up) = &need.follow_up {
        found.push(("follow_up.share".to_owned(), follow_up.share));
    }
    if let Some(share) = need.asks_again {
        found.push(("asks_again".to_owned(), share));
    }
    if let Some(elsewhere) = &need.elsewhere {
        found.push(("elsewhere.willing".to_owned(), elsewhere.willing));
    }
    if let Some(latent) = &need.latent {
        found.push(("latent.share".to_owned(), latent.share));
        found.push(("latent.within_days".to_owned(), latent.within_days));
    }
    found
}

/// A number that is read once for all practices.
fn same_everywhere(address: &str, number: Number, faults: &mut Vec<Fault>) {
    if matches!(number, Number::DrawnPerPractice(_)) {
        faults.push(
            Fault::new(
                "not-per-practice",
                address,
                "this number is the same for all practices: it cannot be drawn practice by practice"
                    .to_owned(),
            )
            .help("leave out per = \"practice\""),
        );
    }
}
