//! Checks of age bands: every practice has them where a need is stated by age, and its bands lie inside the need's.
//!
//! In: a model. Out: faults. Age bands count registered patients; a weighted list holds age already, so demand uses one of
//! the two.

use crate::fault::Fault;
use crate::model::Model;
use crate::model::age::Ages;
use crate::model::calendar::PopulationBasis;

/// Age bands that do not fit together.
///
/// At most one fault where rates are per weighted patient, as nothing else then matters; else one for each
/// practice without bands and one for each practice and need whose bands do not fit.
pub(super) fn ages(model: &Model, faults: &mut Vec<Fault>) {
    // Without such a need nothing has to be known of ages.
    let Some(need) = model.needs.iter().find(|need| !need.rate_by_age.is_empty()) else { return };
    let name = &need.name;
    if model.demand.per == PopulationBasis::Weighted {
        let message = format!(
            "rates are per weighted patient, and `need.{name}` is stated by age: a weighted list already holds age, so it would count twice"
        );
        let help = format!(
            "leave `demand.per` out, so that rates are per registered patient, or state `rate_per_patient_year` in need.{name}"
        );
        faults.push(Fault::new("age-and-weights", "demand.per", message).help(help));
        return;
    }
    for practice in &model.practices {
        let address = format!("practice.{}", practice.name);
        if practice.age_bands.is_empty() {
            let message = format!(
                "`{address}` does not say how old its patients are, but `need.{name}` is stated by age"
            );
            let bands: Vec<String> = need.rate_by_age.iter().map(|(ages, _)| format!("{ages} = …")).collect();
            let help = format!("add age_bands = {{ {} }}, or finer ones", bands.join(", "));
            faults.push(Fault::new("no-age-bands", address, message).help(help));
        }
    }
    for need in model.needs.iter().filter(|need| !need.rate_by_age.is_empty()) {
        // The first band that does not fit: the others follow once it is put right.
        for practice in &model.practices {
            let inside = |ages: Ages| need.rate_by_age.iter().any(|(of, _)| of.contains(ages));
            let Some((ages, _)) = practice.age_bands.iter().find(|(ages, _)| !inside(*ages)) else {
                continue;
            };
            // Bands of the need that share ages with it: none where the need leaves the age out.
            let cut: Vec<String> = need
                .rate_by_age
                .iter()
                .filter(|(of, _)| of.meets(*ages))
                .map(|(of, _)| of.to_string())
                .collect();
            let message = match &cut[..] {
                [] => format!("`need.{}` has no rate for the ages {ages}", need.name),
                cut => format!(
                    "the ages {ages} lie in no single band of `need.{}`, which has {}",
                    need.name,
                    cut.join(", ")
                ),
            };
            let help = if cut.is_empty() {
                format!("add {ages} = 0 to its rates where nobody of that age asks for it")
            } else {
                "a practice's bands may be finer than the need's: state them so that each lies inside one, or state the need's rate for wider bands".to_owned()
            };
            let address = format!("practice.{}.age_bands.{ages}", practice.name);
            faults.push(Fault::new("age-bands-cut", address, message).help(help));
        }
    }
}
