//! What is counted while the book is kept, side by side in lanes. Nothing of the warm-up is counted.
//!
//! In: what the book, the front door and the roster report. Out: plain counts, one list a kind, which
//! [`crate::outcome`] turns into measures. Lists are flat; the shape in brackets gives their order, the last
//! index running fastest. Minutes are in ticks. Made once and cleared for every block of replications:
//! nothing is allocated in between.

use crate::plan::lanes::{LANES, Lanes};
use crate::roster::CAUSES;
use crate::units::Ticks;

/// Counts of people by practice and original need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
#[expect(missing_docs, reason = "each name is the planner's word for what is counted")]
pub enum Flow {
    /// In the book when counting began, booked ahead included.
    Opening,
    /// Asked, after levers on demand, in the week asked; latent ones among them.
    Requests,
    /// Contacts that took place.
    Attended,
    /// Booked contacts to which the patient did not come.
    Dna,
    /// Answered by a service outside; a share may return.
    RedirectedOutside,
    /// Sent by a lever to a line of another role or need.
    RedirectedInside,
    /// Fell into any avoidable category, redirected or not.
    RatedAvoidable,
    /// Left by themselves, at a day's end or at a hard limit.
    GaveUp,
    /// Found a finite book full.
    Lost,
    /// In the book at the end, booked ahead included.
    StillWaiting,
    /// Told to ask again on the next open day: the same request, not a further one.
    ReAsked,
    /// Decided to join this need: returns, rebookings, follow-ups, referrals on.
    ReturnDecided,
    RebookDecided,
    FollowUpDecided,
    ReferOnDecided,
    /// Of those, and of chosen leads, the ones that would fall after the last day.
    ReturnPending,
    RebookPending,
    FollowUpPending,
    ReferOnPending,
    /// Chose a day after the last: asked, and in no line.
    LeadPending,
    /// Attended contacts that stood in for a GP's: redirected inside, to a role that is not a GP's.
    StoodIn,
    /// Rebookings decided by redirected people: they ask again where they were sent.
    StandInRebooked,
    /// Redirected from a GP to another role and not seen there: gave up, found the book full, or in it at the end.
    StandInUnseen,
    /// Of those in the book when counting began.
    StandInOpening,
    /// Redirected people who had been rated avoidable.
    RatedRedirected,
    /// Of those still waiting, the ones past the day by which a target wants them seen.
    PastTarget,
    /// Attended at another practice of the network.
    Elsewhere,
    /// Of the requests, those that presented only because waits were short.
    Latent,
}

/// Number of [`Flow`]s.
pub const FLOWS: usize = Flow::Latent as usize + 1;
/// National time-from-booking bands.
pub const BANDS: usize = 7;

/// Band of a time from booking [days].
///
/// 0 same day, 1 the next, then 2-7, 8-14, 15-21, 22-28 and more than 28 days.
#[inline]
pub fn band(days: usize) -> usize {
    match days {
        0 => 0,
        1 => 1,
        2..=7 => 2,
        8..=14 => 3,
        15..=21 => 4,
        22..=28 => 5,
        _ => 6,
    }
}

/// Sizes of the tally.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    /// Practices.
    pub practices: usize,
    /// Needs.
    pub needs: usize,
    /// Cells of contacts (practice, label, role).
    pub seen: usize,
    /// Destinations of those who give up or reach a hard limit.
    pub destinations: usize,
    /// Roles.
    pub roles: usize,
    /// Posts.
    pub posts: usize,
    /// Days of the axis.
    pub days: usize,
    /// Counted weeks.
    pub weeks: usize,
    /// Calendar months touched by the counted period.
    pub months: usize,
    /// Targets.
    pub targets: usize,
    /// Redirect changes (all, with or without returns).
    pub redirects: usize,
    /// True where days are recorded.
    pub record_days: bool,
}

/// Counts of one block.
#[derive(Clone, Debug)]
pub struct Tally {
    /// Sizes.
    pub sizes: Sizes,
    /// `[practice][need][flow]`
    pub flow: Vec<Lanes<u32>>,
    /// Attended by wait in calendar days: `[seen][day]`.
    pub waits: Vec<Lanes<u32>>,
    /// Attended by month and time from booking: `[seen][month][band]`.
    pub attended_band: Vec<Lanes<u32>>,
    /// Not attended by month and time from booking: `[seen][month][band]`.
    pub dna_band: Vec<Lanes<u32>>,
    /// Left unseen: `[practice][need][destination]`.
    pub left_to: Vec<Lanes<u32>>,
    /// Redirected by change: `[redirect][practice]`.
    pub redirected: Vec<Lanes<u32>>,
    /// Requests that stood before a change in force: `[redirect][practice]`.
    pub before_redirect: Vec<Lanes<u32>>,
    /// Redirected inside and attended: `[redirect][practice]`.
    pub redirected_attended: Vec<Lanes<u32>>,
    /// Returns decided: `[redirect][practice]`.
    pub redirect_returns: Vec<Lanes<u32>>,
    /// Due with a target day inside the horizon: `[target][practice][week]`.
    pub due: Vec<Lanes<u32>>,
    /// Of those, attended in time: `[target][practice][week]`.
    pub in_time: Vec<Lanes<u32>>,
    /// Minutes by post and week: rostered, used, unusable, unused, lost held: `[post][week]`.
    pub rostered: Vec<Lanes<Ticks>>,
    /// Used for slots, DNA included: `[post][week]`.
    pub used: Vec<Lanes<Ticks>>,
    /// Left over while somebody waited whose slot was longer: `[post][week]`.
    pub unusable: Vec<Lanes<Ticks>>,
    /// Held and lost: `[post][week]`.
    pub held_lost: Vec<Lanes<Ticks>>,
    /// Fractions of a slot carried into the counted period less those carried out, by post.
    pub carried: Vec<Lanes<Ticks>>,
    /// Work sent to stand-ins, rebookings included: `[practice][role]`.
    pub stand_in_work: Vec<Lanes<Ticks>>,
    /// Appointment minutes taken for supervision and for the work of levers, by post; negative where a lever
    /// gives time.
    pub taken: Vec<Lanes<Ticks>>,
    /// Overtime by post: time with patients beyond each person's minutes of the day (a lower bound where
    /// the post has no people).
    pub overtime: Vec<Lanes<Ticks>>,
    /// Days of GPs present, by post [thousandths of a full working day of two sessions].
    pub person_days: Vec<Lanes<i64>>,
    /// Contacts attended on them, by post.
    pub person_contacts: Vec<Lanes<u32>>,
    /// Of those days, the ones with more than 25 contacts pro rata [thousandths of a full working day].
    pub person_days_over_25: Vec<Lanes<i64>>,
    /// Sessions of people lost: `[post][cause]`, before cover [thousandths of a session].
    pub lost_sessions: Vec<Lanes<i64>>,
    /// Of those, covered, by post [thousandths of a session].
    pub covered_sessions: Vec<Lanes<i64>>,
    /// Slot minutes of everyone who joined a queue, by the week they were due: `[practice][role][week]`.
    pub wanted: Vec<Lanes<Ticks>>,
    /// Slot minutes of everyone whom another role saw, or another practice, by the week of the slot: under the role they
    /// waited for, `[practice][role][week]`.
    pub relieved: Vec<Lanes<Ticks>>,
    /// Minutes that a post gave to people who wait for another role, or are of another practice, less those it gave out a second
    /// time where somebody did not come: `[post][week]`.
    pub lent: Vec<Lanes<Ticks>>,
    /// In post, mean of the counted period, by post [millionths of a wte].
    pub in_post: Vec<Lanes<i64>>,
    /// Requests by week: `[practice][week]`.
    pub week_requests: Vec<Lanes<u32>>,
    /// Attended contacts by week.
    pub week_seen: Vec<Lanes<u32>>,
    /// Waiting at the end of the week: `[practice][week]`; the last week may be short.
    pub week_backlog: Vec<Lanes<u32>>,
    /// By day where recorded: requests, attended, waiting at the end of the day: `[practice][day]`.
    pub day_requests: Vec<Lanes<u32>>,
    /// Attended by day.
    pub day_seen: Vec<Lanes<u32>>,
    /// Waiting by day.
    pub day_backlog: Vec<Lanes<u32>>,
    /// Draws made, for the counted-work gate; where a step draws side by side, one for each replication, though nobody may stand
    /// there.
    pub draws: u64,
    /// Batches served, for the counted-work gate.
    pub batches: u64,
}

impl Tally {
    /// An empty tally.
    pub fn new(sizes: Sizes) -> Self {
        let zero = |n: usize| vec![[0u32; LANES]; n];
        let none = |n: usize| vec![[0 as Ticks; LANES]; n];
        let by_week = sizes.practices * sizes.weeks;
        let by_day = if sizes.record_days { sizes.practices * sizes.days } else { 0 };
        let by_post = sizes.posts * sizes.weeks;
        Self {
            sizes,
            flow: zero(sizes.practices * sizes.needs * FLOWS),
            waits: zero(sizes.seen * sizes.days),
            attended_band: zero(sizes.seen * sizes.months * BANDS),
            dna_band: zero(sizes.seen * sizes.months * BANDS),
            left_to: zero(sizes.practices * sizes.needs * sizes.destinations),
            redirected: zero(sizes.redirects * sizes.practices),
            before_redirect: zero(sizes.redirects * sizes.practices),
            redirected_attended: zero(sizes.redirects * sizes.practices),
            redirect_returns: zero(sizes.redirects * sizes.practices),
            due: zero(sizes.targets * by_week),
            in_time: zero(sizes.targets * by_week),
            rostered: none(by_post),
            used: none(by_post),
            unusable: none(by_post),
            held_lost: none(by_post),
            carried: none(sizes.posts),
            stand_in_work: none(sizes.practices * sizes.roles),
            taken: none(sizes.posts),
            overtime: none(sizes.posts),
            person_days: none(sizes.posts),
            person_contacts: zero(sizes.posts),
            person_days_over_25: none(sizes.posts),
            lost_sessions: none(sizes.posts * CAUSES),
            covered_sessions: none(sizes.posts),
            wanted: none(sizes.practices * sizes.roles * sizes.weeks),
            relieved: none(sizes.practices * sizes.roles * sizes.weeks),
            lent: none(sizes.posts * sizes.weeks),
            in_post: none(sizes.posts),
            week_requests: zero(by_week),
            week_seen: zero(by_week),
            week_backlog: zero(by_week),
            day_requests: zero(by_day),
            day_seen: zero(by_day),
            day_backlog: zero(by_day),
            draws: 0,
            batches: 0,
        }
    }

    /// Place of a band.
    ///
    /// `seen` is a cell of [`super::service::Service::seen_cells`], `month` counts from that of the start.
    #[inline(always)]
    pub fn band_at(&self, seen: usize, month: usize, band: usize) -> usize {
        (seen * self.sizes.months + month) * BANDS + band
    }

    /// Forgets everything.
    ///
    /// Before a block is played.
    pub fn clear_all(&mut self) {
        self.clear();
        for counts in [
            &mut self.due,
            &mut self.in_time,
            &mut self.day_requests,
            &mut self.day_seen,
            &mut self.day_backlog,
        ] {
            counts.fill([0; LANES]);
        }
        self.wanted.fill([0; LANES]);
        self.relieved.fill([0; LANES]);
        self.lent.fill([0; LANES]);
    }

    /// Starts counting afresh. Days already recorded stay, and so do targets and minutes wanted: they count
    /// only people due in the counted period, of whom some were booked before it.
    pub fn clear(&mut self) {
        for counts in [
            &mut self.flow,
            &mut self.waits,
            &mut self.attended_band,
            &mut self.dna_band,
            &mut self.left_to,
            &mut self.redirected,
            &mut self.before_redirect,
            &mut self.redirected_attended,
            &mut self.redirect_returns,
            &mut self.week_requests,
            &mut self.week_seen,
            &mut self.week_backlog,
            &mut self.person_contacts,
        ] {
            counts.fill([0; LANES]);
        }
        for minutes in [
            &mut self.rostered,
            &mut self.used,
            &mut self.unusable,
            &mut self.held_lost,
            &mut self.carried,
            &mut self.stand_in_work,
            &mut self.taken,
            &mut self.overtime,
            &mut self.person_days,
            &mut self.person_days_over_25,
            &mut self.lost_sessions,
            &mut self.covered_sessions,
            &mut self.in_post,
        ] {
            minutes.fill([0; LANES]);
        }
        self.draws = 0;
        self.batches = 0;
    }

    /// Place of a flow.
    ///
    /// `need` is the original one, the label of a line.
    #[inline(always)]
    pub fn at(&self, practice: usize, need: usize, flow: Flow) -> usize {
        (practice * self.sizes.needs + need) * FLOWS + flow as usize
    }

    /// Adds to a flow.
    #[inline(always)]
    pub fn add(&mut self, practice: usize, need: usize, flow: Flow, lane: usize, n: u32) {
        let place = self.at(practice, need, flow);
        self.flow[place][lane] += n;
    }
}
