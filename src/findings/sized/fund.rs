//! The fund that pays for the sized post: its terms, and how much of it a size leaves or lacks.

use crate::model::Model;

/// Days of a year, as money counts them.
const YEAR: f64 = 365.25;

/// A fund as the sized post sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct FundSeen {
    /// Title.
    pub title: String,
    /// What it has for the counted period [£]; none where it has no end.
    pub pounds: Option<f64>,
    /// Most that it pays for a whole-time equivalent [£ a year].
    pub ceiling: Option<f64>,
    /// Share of the cost that it pays.
    pub share: f64,
}

impl FundSeen {
    /// The fund of a post; none where no fund pays for it, or its fund says nothing of the role of the post.
    pub fn new(model: &Model, post: usize) -> Option<Self> {
        let post = &model.posts[post];
        let fund = &model.funds[post.paid_by?];
        let (_, ceiling, share) = fund.reimburses.iter().find(|(role, ..)| *role == post.role)?;
        let years = model.horizon.days as f64 / YEAR;
        let pounds = fund.pounds.is_finite().then_some(fund.pounds * years);
        Some(Self { title: fund.title.clone(), pounds, ceiling: *ceiling, share: *share })
    }

    /// What is left of the fund after a claim; below nought where it is exceeded [£].
    pub fn left(&self, claim: f64) -> Option<f64> {
        self.pounds.map(|pounds| pounds - claim)
    }
}
