//! What people do: how far ahead they choose to come, whether they attend, where they go instead.
//!
//! In: tables of a need. Out: the parts of the model's need. Shares of one whole are either plain, and must sum
//! to one, or drawn together from one Dirichlet law.

use super::Resolver;
use crate::fault::Fault;
use crate::model::need::{ChosenLead, DNA_DAYS, Dna, DnaLaw};
use crate::model::number::Number;
use crate::quantity::Dirichlet;
use crate::scenario::format::needs::{BANDS, ChosenLeadTable, DnaTable};
use crate::scenario::format::words::Keyed;
use crate::scenario::number::{Num, Share, Stated};
use crate::scenario::read::Place;

impl Resolver<'_> {
    /// The bands of a chosen lead, in the order of `BANDS`; a band that is not named has nought.
    ///
    /// With `dirichlet` the shares are drawn together: the weight of a band is its share times the concentration.
    pub(super) fn chosen_lead(&mut self, lead: &ChosenLeadTable, chosen: &Option<Num<Share>>) -> ChosenLead {
        let mut bands = [Number::ZERO; 7];
        // Unknown bands have been said where the table was read.
        let place = |band: &str| BANDS.iter().position(|known| *known == band);
        let fixed = self.fixed_sum(&lead.bands);
        if let Some(sum) = fixed.filter(|_| !lead.bands.0.is_empty()) {
            self.sum_to_one("the shares of a chosen lead", &lead.place.address, sum);
        }
        match (&lead.concentration, lead.dirichlet) {
            (Some(concentration), true) => {
                let parts: Vec<(usize, String, f64)> = lead
                    .bands
                    .0
                    .iter()
                    // A weight of nought has no law: such a band stays at nought.
                    .filter(|(_, _, share)| share.value() > 0.0)
                    .filter_map(|(band, _, share)| {
                        Some((place(band)?, band.clone(), share.value() * concentration.value()))
                    })
                    .collect();
                let address = format!("{}.dirichlet", lead.place.address);
                let numbers = self.shares(&address, &parts);
                for ((band, _, _), number) in parts.iter().zip(numbers) {
                    bands[*band] = number;
                }
            }
            _ => {
                for (band, _, share) in &lead.bands.0 {
                    if let Some(index) = place(band) {
                        bands[index] = self.drawn(share);
                    }
                }
            }
        }
        ChosenLead { chosen_share: self.number(chosen, 1.0), bands }
    }

    /// Shares drawn together.
    ///
    /// `parts` are index, name and weight; the numbers come back in the same order. Where no law can be made of
    /// them a fault is noted and all are nought.
    pub(super) fn shares(&mut self, address: &str, parts: &[(usize, String, f64)]) -> Vec<Number> {
        let names = parts.iter().map(|(_, name, _)| name.clone()).collect();
        match Dirichlet::new(address, names, parts.iter().map(|part| part.2).collect()) {
            Ok(law) => self.inputs.add_shares(law),
            Err(reason) => {
                let fault =
                    Fault::new("wrong-law", "", format!("these shares cannot be drawn together: {reason}"))
                        .help("the weight of a part is its share times the concentration");
                self.fault(address, fault);
                vec![Number::ZERO; parts.len()]
            }
        }
    }

    /// The sum of shares where all are fixed.
    ///
    /// None as soon as one is uncertain: then there is no sum to hold against one.
    fn fixed_sum(&self, shares: &Keyed<Num<Share>>) -> Option<f64> {
        shares
            .0
            .iter()
            .map(|(_, _, share)| match share.figure.law {
                Stated::Fixed(value) => Some(value),
                _ => None,
            })
            .sum()
    }

    /// Non-attendance of a need, and what follows it.
    ///
    /// The law is the first stated of a share, shares by days from booking, and a rising curve. Without a rebook
    /// nobody comes again; `lead_effect_share` is 1 where it is not stated: the chance follows the time from
    /// booking as it stands.
    pub(super) fn dna(&mut self, table: &DnaTable) -> Dna {
        // At most one of the three; that was looked at when the table was read.
        let law = if let Some(share) = &table.share {
            DnaLaw::Constant(self.drawn(share))
        } else if let Some(stated) = &table.by_day {
            let mut days = Vec::new();
            for (day, at, share) in &stated.0 {
                match day.parse::<u32>() {
                    Ok(day) if day < DNA_DAYS => days.push((day, self.drawn(share))),
                    _ => {
                        let fault = Fault::new(
                            "not-a-day",
                            "",
                            format!(
                                "`{day}` is not a number of days from booking, from 0 to {}",
                                DNA_DAYS - 1
                            ),
                        )
                        .help("write by_day = { 0 = 0.02, 1 = 0.05, 8 = 0.1 }; the last value holds");
                        self.fault_at_key(at, fault);
                    }
                }
            }
            days.sort_by_key(|(day, _)| *day);
            if days.is_empty() {
                self.fault(&table.place.address, Fault::new("empty-list", "", "this table has no day in it"));
            }
            DnaLaw::ByDay(days)
        } else if let Some(rises) = &table.saturating {
            DnaLaw::Saturating {
                least: self.needed(&rises.least, &rises.place, "least", "the share at once"),
                most: self.needed(&rises.most, &rises.place, "most", "the share after long"),
                scale_days: self.needed(&rises.scale_days, &rises.place, "scale_days", "how fast it rises"),
            }
        } else {
            let keys = ["share", "by_day", "saturating"];
            // A law that is there and wrong has been said.
            if !keys.iter().any(|key| self.tree.nearest(&format!("{}.{key}", table.place.address)).1) {
                self.missing(&table.place, "share", "how many do not attend");
            }
            DnaLaw::Constant(Number::ZERO)
        };
        Dna {
            law,
            rebook: self.number(&table.rebook, 0.0),
            rebook_after_days: table.rebook_after_days.as_ref().map_or(1.0, Num::value) as u32,
            refill: self.number(&table.refill, 0.0),
            lead_effect: self.number(&table.lead_effect_share, 1.0),
        }
    }

    /// Where people go who leave, with their shares, by name; all to `nowhere` where nothing is stated.
    pub(super) fn destinations(
        &mut self,
        to: &Option<Keyed<Num<Share>>>,
        place: &Place,
    ) -> Vec<(String, Number)> {
        // All of them go somewhere, if only nowhere.
        let Some(to) = to else { return vec![("nowhere".to_owned(), Number::ONE)] };
        if let Some(sum) = self.fixed_sum(to) {
            self.sum_to_one("the shares of where people go", &format!("{}.to", place.address), sum);
        }
        let mut found: Vec<(String, Number)> =
            to.0.iter().map(|(name, _, share)| (name.clone(), self.drawn(share))).collect();
        // By name, as the book numbers destinations.
        found.sort_by(|one, other| one.0.cmp(&other.0));
        found
    }
}
