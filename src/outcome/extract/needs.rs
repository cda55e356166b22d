//! Figures of a place, all needs or one, in one replication.
//!
//! In: the name of a measure, once. Out: how it is worked out of [`NeedFigures`], so that no name is compared while
//! replications run.
//!
//! Fit: [`super::Extract`] makes one [`NeedFigures`] a group and replication; what is worked out once there is read by
//! every measure. Names are compared once, when the option is compiled.

use super::access::{Waits, band_sum, waits};
use super::targets::equity_gap;
use super::{Cells, ratio};
use crate::book::tally::{BANDS, FLOWS, Flow, Tally};
use crate::outcome::money::{MILLION, Money};
use crate::outcome::work::{self, Work};

/// How a measure is worked out.
pub(super) type Figure = fn(&NeedFigures<'_>) -> f64;

/// Ends (exclusive) in the national bands of a time from booking on the same day, and of one up to 14 days.
const SAME_DAY: usize = 1;
const WITHIN_14_DAYS: usize = 4;

/// What has been counted at a place for some needs.
///
/// Sums over the place's practices and needs; a measure that needs more reads the tally itself.
pub(super) struct NeedFigures<'a> {
    /// Counts and the quantities drawn.
    work: Work<'a>,
    /// Practices, cells and posts of the group.
    cells: &'a Cells,
    /// The same counts, read as money.
    money: Money<'a>,
    /// Counted weeks.
    weeks: f64,
    /// People by what happened to them.
    flows: [u64; FLOWS],
    /// Waits of the attended, once.
    waits: Waits,
}

impl<'a> NeedFigures<'a> {
    /// Adds up what most measures need.
    pub fn new(work: Work<'a>, cells: &'a Cells, weeks: f64, redirects: &'a [(usize, usize)]) -> Self {
        let Work { tally, lane, .. } = work;
        let mut flows = [0; FLOWS];
        for (p, k) in cells.practices.iter().flat_map(|p| cells.needs.iter().map(move |k| (*p, *k))) {
            let first = tally.at(p, k, Flow::Opening);
            for (sum, n) in flows.iter_mut().zip(&tally.flow[first..first + FLOWS]) {
                *sum += u64::from(n[lane]);
            }
        }
        let waits = waits(tally, lane, &cells.seen, flows[Flow::Attended as usize]);
        Self { work, cells, money: Money { work, redirects }, weeks, flows, waits }
    }

    fn flow(&self, flow: Flow) -> f64 {
        self.flows[flow as usize] as f64
    }

    /// In the book for days after the last one: chosen days, rebookings, returns, follow-ups and referrals.
    fn booked_beyond(&self) -> f64 {
        use Flow::{FollowUpPending, LeadPending, RebookPending, ReferOnPending, ReturnPending};
        let all = [LeadPending, RebookPending, ReturnPending, FollowUpPending, ReferOnPending];
        all.into_iter().map(|flow| self.flow(flow)).sum()
    }

    fn requests(&self) -> f64 {
        self.flow(Flow::Requests)
    }

    fn attended(&self) -> f64 {
        self.flow(Flow::Attended)
    }

    /// Left the queue unseen.
    fn gone(&self) -> f64 {
        self.flow(Flow::GaveUp) + self.flow(Flow::Lost)
    }

    /// Gone, missed without asking again, and still waiting past a target.
    fn unmet(&self) -> f64 {
        let missed = self.flow(Flow::Dna) - self.flow(Flow::RebookDecided);
        self.gone() + missed + self.flow(Flow::PastTarget)
    }

    /// Share of attended contacts in some cells up to a time-from-booking band (exclusive).
    ///
    /// A share of the attended, NaN where nobody was.
    fn share_within(&self, cells: &[usize], band: usize) -> f64 {
        ratio(band_sum(self.work.tally, self.work.lane, cells, band) as f64, self.waits.attended as f64)
    }

    /// Patients on the lists of the place, head count.
    ///
    /// [patients] As this replication drew the list.
    fn registered(&self) -> f64 {
        let practices = &self.work.model.practices;
        self.cells.practices.iter().map(|&p| practices[p].registered_list.at(self.work.slots, p)).sum()
    }

    /// Patients on the lists of the place, weighted.
    ///
    /// [patients]
    fn weighted(&self) -> f64 {
        let practices = &self.work.model.practices;
        self.cells.practices.iter().map(|&p| practices[p].weighted_list.at(self.work.slots, p)).sum()
    }

    /// [patients a wte]
    fn patients_a_gp_wte(&self) -> f64 {
        let gps = self.cells.posts.iter().copied().filter(|&post| self.work.is_gp(post));
        let wte = work::sum(&self.work.tally.in_post, gps, self.work.lane) as f64 / MILLION;
        ratio(self.registered(), wte)
    }

    /// Cost of the place [pounds].
    fn cost(&self) -> f64 {
        self.money.total(&self.cells.practices, &self.cells.borne)
    }
}

/// How a measure by place and need is worked out; without value where it is none.
///
/// One function a measure, looked up once; a name that is none gives a figure without value.
pub(super) fn figure(measure: &str) -> Figure {
    people(measure).or_else(|| access(measure)).or_else(|| hours_and_money(measure)).unwrap_or(|_| f64::NAN)
}

/// People by what happened to them.
fn people(measure: &str) -> Option<Figure> {
    Some(match measure {
        "requests" => |of| of.requests(),
        "opening_backlog" => |of| of.flow(Flow::Opening),
        "attended" => |of| of.attended(),
        "dna" => |of| of.flow(Flow::Dna),
        "dna_rate" => |of| ratio(of.flow(Flow::Dna), of.attended() + of.flow(Flow::Dna)),
        "rated_avoidable" => |of| of.flow(Flow::RatedAvoidable),
        "redirected_inside" => |of| of.flow(Flow::RedirectedInside),
        "redirected_outside" => |of| of.flow(Flow::RedirectedOutside),
        "avoidable_in_book" => |of| of.flow(Flow::RatedAvoidable) - of.flow(Flow::RatedRedirected),
        "returned" => |of| of.flow(Flow::ReturnDecided),
        "rebooked" => |of| of.flow(Flow::RebookDecided),
        "follow_ups" => |of| of.flow(Flow::FollowUpDecided),
        "referred_on" => |of| of.flow(Flow::ReferOnDecided),
        "re_asked" => |of| of.flow(Flow::ReAsked),
        "gave_up" => |of| of.flow(Flow::GaveUp),
        "lost" => |of| of.flow(Flow::Lost),
        "unmet" => |of| of.unmet(),
        "backlog_end" => |of| of.flow(Flow::StillWaiting) + of.booked_beyond(),
        "seen_elsewhere" => |of| of.flow(Flow::Elsewhere),
        "latent_requests" => |of| of.flow(Flow::Latent),
        _ => return None,
    })
}

/// Waits [calendar days], times from booking (national bands), rates a head.
fn access(measure: &str) -> Option<Figure> {
    Some(match measure {
        "wait_mean" => |of| of.waits.mean,
        "wait_p50" => |of| of.waits.p50,
        "wait_p90" => |of| of.waits.p90,
        "wait_p95" => |of| of.waits.p95,
        "left_or_waiting" => |of| {
            let unseen = of.gone() + of.flow(Flow::StillWaiting);
            // Everyone whose day has come, follow-ups and rebookings too: they leave and wait like first requests.
            ratio(unseen, unseen + of.attended() + of.flow(Flow::Dna) + of.flow(Flow::RedirectedOutside))
        },
        "same_day" => |of| of.share_within(&of.cells.seen, SAME_DAY),
        "within_14_days" => |of| of.share_within(&of.cells.seen, WITHIN_14_DAYS),
        "first_choice" => |of| of.share_within(&of.cells.usual, BANDS),
        "per_1000_week" => |of| ratio(of.attended() * 1000.0, of.registered() * of.weeks),
        "per_1000_weighted_week" => |of| ratio(of.attended() * 1000.0, of.weighted() * of.weeks),
        "worst_week_backlog" => |of| worst_week(of.work.tally, of.work.lane, &of.cells.practices),
        "equity_gap" => |of| equity_gap(of.work, &of.cells.practices),
        _ => return None,
    })
}

/// GP time, and money.
fn hours_and_money(measure: &str) -> Option<Figure> {
    Some(match measure {
        "gp_work_hours" => |of| of.work.gp(&of.cells.practices, &of.cells.posts),
        "gp_sent_unseen_hours" => |of| of.work.gp_sent_unseen(&of.cells.practices),
        "gp_claimed_hours" => |of| of.work.gp_claimed(&of.cells.practices, &of.cells.posts),
        "gp_released_gross_hours" => |of| of.work.gp_released_gross(&of.cells.practices),
        "patients_a_gp_wte" => |of| of.patients_a_gp_wte(),
        "cost_staff" => |of| of.money.staff(&of.cells.borne),
        "cost_outside" => |of| of.money.outside(&of.cells.practices),
        "cost_total" => |of| of.cost(),
        "cost_known" => |of| of.money.known(&of.cells.practices, &of.cells.borne),
        "cost_reimbursed" => |of| of.money.reimbursed(&of.cells.borne),
        "cost_per_contact" => |of| ratio(of.cost(), of.attended()),
        _ => return None,
    })
}

/// Largest backlog at the end of a week.
///
/// NaN where no week was counted.
fn worst_week(tally: &Tally, lane: usize, practices: &[usize]) -> f64 {
    let weeks = tally.sizes.weeks;
    let at = |w: usize| -> u64 {
        practices.iter().map(|&p| u64::from(tally.week_backlog[p * weeks + w][lane])).sum()
    };
    (0..weeks).map(at).max().map_or(f64::NAN, |n| n as f64)
}
