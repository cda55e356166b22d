//! Age bands of practices and needs.
//!
//! In: tables keyed by band. Out: bands in order of age, each age in one band at most; the registered list that they add
//! up to. Whether bands of practices and needs fit together is checked on the whole model.

use super::Resolver;
use crate::fault::Fault;
use crate::model::Model;
use crate::model::age::{Ages, requests_a_year};
use crate::model::need::Rate;
use crate::model::number::Number;
use crate::quantity::number_text;
use crate::scenario::format::places::PracticeTable;
use crate::scenario::format::words::Keyed;
use crate::scenario::number::Num;
use crate::scenario::read::Place;

/// How far the registered list and the sum of its age bands may disagree (as hours and sessions may).
const LIST_TOLERANCE: f64 = 0.02;

impl Resolver<'_> {
    /// The bands of a table, youngest first, each with what it holds.
    ///
    /// A key that is no band, or shares ages with one before it, is a fault and left out.
    pub(super) fn ages<'t, R>(
        &mut self,
        stated: &'t Keyed<Num<R>>,
        address: &str,
    ) -> Vec<(Ages, &'t Num<R>)> {
        let mut bands: Vec<(Ages, &Num<R>)> = Vec::with_capacity(stated.0.len());
        for (key, place, value) in &stated.0 {
            let Some(ages) = Ages::parse(key) else {
                let fault = Fault::new("not-an-age-band", "", format!("`{key}` is not a band of ages"));
                let help = "write 0-4 for the ages from 0 to 4, 85_plus for 85 and over, or a single age";
                self.fault_at_key(place, fault.help(help));
                continue;
            };
            if let Some((other, _)) = bands.iter().find(|(other, _)| other.meets(ages)) {
                let message = format!("the bands {other} and {ages} share ages: nobody is in two of them");
                let help = "bands include their first and last year, as in 0-4, 5-14";
                self.fault_at_key(place, Fault::new("age-bands-overlap", "", message).help(help));
                continue;
            }
            bands.push((ages, value));
        }
        if stated.0.is_empty() {
            self.fault(address, Fault::new("empty-list", "", "this table has no band of ages"));
        }
        // The file may name them in any order.
        bands.sort_by_key(|(ages, _)| *ages);
        bands
    }

    /// Patients of a practice by age.
    pub(super) fn patients_by_age(&mut self, place: &Place, table: &PracticeTable) -> Vec<(Ages, f64)> {
        let Some(stated) = &table.age_bands else { return Vec::new() };
        let bands = self.ages(stated, &format!("{}.age_bands", place.address));
        bands.into_iter().map(|(ages, n)| (ages, n.value())).collect()
    }

    /// The registered list: as stated, or the sum of its age bands.
    ///
    /// Nought where neither is stated; whether a list is needed is checked on the whole model. An uncertain list
    /// is not held against the bands.
    pub(super) fn registered_list(
        &mut self,
        place: &Place,
        table: &PracticeTable,
        bands: &[(Ages, f64)],
    ) -> Number {
        // The bands are plain numbers, so their sum is certain.
        let sum: f64 = bands.iter().map(|(_, n)| n).sum();
        if table.registered_list.is_none() {
            return Number::Fixed(sum);
        }
        let list = self.number(&table.registered_list, 0.0);
        if let Some(list) = list.fixed()
            && !bands.is_empty()
            && (sum / list - 1.0).abs() > LIST_TOLERANCE
        {
            let message = format!(
                "the age bands of `{}` add up to {} patients, its registered list is {}",
                place.address,
                number_text(sum),
                number_text(list)
            );
            let help = "bands cover every age of the list; correct them, or leave `registered_list` out";
            self.fault(
                &format!("{}.age_bands", place.address),
                Fault::new("bands-and-list", "", message).help(help),
            );
        }
        list
    }
}

/// The rate of a need by age, all practices together: what an arithmetic reads that looks at no practice.
///
/// Requests a year of all practices at the means of what is drawn, over their patients [requests per patient and
/// year].
pub(super) fn mean_rates(model: &mut Model) {
    let (inputs, practices) = (&model.inputs, &model.practices);
    let patients: f64 = practices.iter().flat_map(|p| &p.age_bands).map(|(_, n)| n).sum();
    for need in model.needs.iter_mut().filter(|need| !need.rate_by_age.is_empty()) {
        let of = |bands: &[(Ages, f64)]| requests_a_year(bands, &need.rate_by_age, |r| inputs.mean(r));
        let requests: f64 = practices.iter().map(|p| of(&p.age_bands)).sum();
        // Without patients there are no requests either: the rate is nought and no division by nought.
        need.rate = Some(Rate::PerPatientYear(Number::Fixed(requests / patients.max(1.0))));
    }
}
