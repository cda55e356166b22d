//! Avoidable categories and the law over their shares.
//!
//! In: categories in the order of the file, in which they take their shares. Out: categories with a number each,
//! drawn alone or together, and the law by which practices differ.

use super::{Resolver, title};
use crate::fault::Fault;
use crate::model::avoidable::{BetweenPractices, Category, ShareOf};
use crate::model::number::Number;
use crate::scenario::format::needs::AvoidableTable;
use crate::scenario::laws;
use crate::scenario::number::Stated;
use crate::scenario::read::Place;

impl Resolver<'_> {
    /// Categories in the order stated, and how practices differ.
    ///
    /// The order counts: a category takes its share of what the earlier ones left.
    pub(super) fn categories(&mut self) -> (Vec<Category>, Option<BetweenPractices>) {
        let file = self.file;
        let stated: &[(String, Place, AvoidableTable)] =
            file.avoidable.as_ref().map_or(&[], |named| &named.0);
        // Without the table each share has its own law and practices are alike.
        let law = file.avoidable_shares.clone().unwrap_or_default();
        let mut categories = Vec::with_capacity(stated.len());
        for (name, place, table) in stated {
            let of = self.find_all(
                "need",
                table.of.as_deref().unwrap_or_default(),
                &format!("{}.of", place.address),
            );
            if table.of.as_ref().is_none_or(Vec::is_empty) {
                self.missing(place, "of", "which needs it falls on");
            }
            // The one or the other; both together are refused when the table is read.
            let (number, share_of) = match (&table.share_of_gp_appointments, &table.share_of_need) {
                (Some(share), _) => (Some(share), ShareOf::GpAppointments),
                (_, share) => (share.as_ref(), ShareOf::Need),
            };
            if number.is_none() && self.tree.nearest(&place.address).0.get("share_of_need").is_none() {
                self.missing(place, "share_of_gp_appointments", "how large it is");
            }
            // Where all are drawn together the share is only the middle of that law.
            let share = match number {
                Some(share) if law.concentration.is_none() || share_of == ShareOf::Need => self.drawn(share),
                Some(share) => Number::Fixed(laws::summary(&share.figure).0),
                None => Number::ZERO,
            };
            categories.push(Category {
                name: name.clone(),
                title: title(&table.name, name),
                of,
                share,
                share_of,
                head: table.head.clone(),
            });
        }
        if let Some(concentration) = &law.concentration {
            self.draw_categories(&mut categories, concentration.value(), stated);
        }
        let between =
            law.between_practices.as_ref().map(|between| BetweenPractices { concentration: between.value() });
        (categories, between)
    }

    /// One Dirichlet law over all categories that are shares of GP appointments and "not avoidable".
    ///
    /// Weights are shares times concentration, `not_avoidable` with what is left of one, so the drawn shares
    /// never pass it. Shares of one need are not among them.
    fn draw_categories(
        &mut self,
        categories: &mut [Category],
        concentration: f64,
        stated: &[(String, Place, AvoidableTable)],
    ) {
        for (_, place, table) in stated {
            if let Some(share) = &table.share_of_gp_appointments
                && !matches!(share.figure.law, Stated::Fixed(_))
            {
                let fault = Fault::new(
                    "two-laws",
                    "",
                    "with [avoidable_shares] concentration a category's share has to be a plain number",
                )
                .help("the concentration says how sure all shares are together; take one of the two away");
                self.fault(&format!("{}.share_of_gp_appointments", place.address), fault);
            }
        }
        let mut parts: Vec<(usize, String, f64)> = Vec::new();
        // What no category takes.
        let mut rest = 1.0;
        for (at, category) in categories.iter().enumerate() {
            let share = category.share.fixed().unwrap_or(0.0);
            if category.share_of == ShareOf::GpAppointments && share > 0.0 {
                rest -= share;
                parts.push((at, category.name.clone(), share * concentration));
            }
        }
        // Shares of one need alone: there is nothing to draw together.
        if parts.is_empty() {
            return;
        }
        if rest <= 0.0 {
            let fault = Fault::new(
                "shares-sum",
                "",
                "the avoidable shares sum to 1 or more: nothing would be left for the GP",
            )
            .help("shares of all GP appointments; the 2015 audit found 0.27 in all");
            self.fault("avoidable", fault);
            return;
        }
        // The index of no category: its draw is only there to be left over.
        parts.push((usize::MAX, "not_avoidable".to_owned(), rest * concentration));
        for ((at, _, _), number) in parts.iter().zip(self.shares("avoidable_shares", &parts)) {
            if let Some(category) = categories.get_mut(*at) {
                category.share = number;
            }
        }
    }
}
