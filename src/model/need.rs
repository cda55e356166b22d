//! Needs: the kinds of request, and everything that a request of a kind may meet.

use super::age::Ages;
use super::number::Number;

/// How many requests of a need arise.
#[derive(Clone, Debug, PartialEq)]
pub enum Rate {
    /// First requests a patient of the list a year.
    PerPatientYear(Number),
    /// First requests a request day, at each practice.
    PerDay(Number),
    /// Each patient of the list asks independently with this chance on a request day (binomial).
    PanelChance(Number),
    /// Exactly these numbers by day from the start of the horizon, at each practice; nothing after.
    ByDay(Vec<u32>),
}

/// A chosen lead: the patient or the plan wants a later day.
#[derive(Clone, Debug, PartialEq)]
pub struct ChosenLead {
    /// Share of requests that choose a lead at all; the others are due the day they are asked.
    pub chosen_share: Number,
    /// Share of each national band among those who choose: 0, 1, 2-7, 8-14, 15-21, 22-28, over 28 days.
    pub bands: [Number; 7],
}

/// First and last day of each national time-from-booking band; "over 28" is taken as 29 to 42 days
/// where a day has to be drawn.
pub const LEAD_BANDS: [(u32, u32); 7] = [(0, 0), (1, 1), (2, 7), (8, 14), (15, 21), (22, 28), (29, 42)];

/// Days from booking that a DNA law tells apart: a table ends before, a law that levels off is constant from there.
pub const DNA_DAYS: u32 = 400;

/// The chance of not attending by time from booking.
#[derive(Clone, Debug, PartialEq)]
pub enum DnaLaw {
    /// The same whatever the time from booking [share].
    Constant(Number),
    /// `(from day, share)` in rising order of days; the last value holds.
    ByDay(Vec<(u32, Number)>),
    /// `max - (max - least) exp(-days / scale_days)`.
    Saturating {
        /// Share at once.
        least: Number,
        /// Share after long.
        most: Number,
        /// Days in which the distance to the most falls to 37 %.
        scale_days: Number,
    },
}

/// What happens when a patient does not attend.
#[derive(Clone, Debug, PartialEq)]
pub struct Dna {
    /// Chance by time from booking.
    pub law: DnaLaw,
    /// Share of those who did not attend that ask again.
    pub rebook: Number,
    /// Days until they ask again.
    pub rebook_after_days: u32,
    /// Share of the wasted minutes that goes to whoever waits, the same day, once.
    pub refill: Number,
    /// Share of the law's rise with time from booking that is the effect of the time itself: as far as an
    /// option changes leads, the chance follows only this share of it.
    pub lead_effect: Number,
}

impl Dna {
    /// True where a change of leads moves the chance by less than the whole of the law's rise.
    pub fn follows_leads_in_part(&self) -> bool {
        self.lead_effect.fixed() != Some(1.0) && !matches!(self.law, DnaLaw::Constant(_))
    }
}

/// Giving up: those who have waited long enough leave by chance at each day's end.
#[derive(Clone, Debug, PartialEq)]
pub struct GivesUp {
    /// Wait from which people may leave [calendar days].
    pub after_days: u32,
    /// Chance of leaving at each calendar day's end [share].
    pub chance_each_day: Number,
    /// Where they go: destination and share; shares sum to one.
    pub to: Vec<(String, Number)>,
}

/// A follow-up visit arranged at an attended contact.
#[derive(Clone, Debug, PartialEq)]
pub struct FollowUp {
    /// Chance of a follow-up after an attended contact [share].
    pub share: Number,
    /// Days from the visit to the day it is due.
    pub after_days: u32,
    /// The need as which it joins.
    pub as_need: usize,
    /// True where it is asked for only when due; otherwise it is booked at the visit.
    pub booked_when_due: bool,
}

/// Referral on: a contact with a stand-in that has to be seen by another role after all.
#[derive(Clone, Debug, PartialEq)]
pub struct ReferOn {
    /// Role that refers on.
    pub from_role: usize,
    /// Share of first contacts with that role.
    pub share: Number,
    /// Days until it joins.
    pub after_days: u32,
    /// Need as which it joins (its first-choice role sees it).
    pub as_need: usize,
}

/// A finite book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Days ahead that can be booked, today not counted.
    pub days: u32,
    /// True: who finds it full is lost and counted; false: waits outside and is admitted later.
    pub lost_when_full: bool,
}

/// A role that may see the need, with the length of its slot.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SeenBy {
    /// Role.
    pub role: usize,
    /// Slot [min].
    pub slot_minutes: Number,
    /// Wait from which a request may overflow to this role [calendar days]; 0 for the first preference.
    pub overflow_after_days: u32,
}

/// Consulting time of an attended contact.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ConsultationTime {
    /// Mean [min].
    pub mean: Number,
    /// Coefficient of variation [share].
    pub cv: Number,
}

/// Modes of a contact, in the national order: face to face, telephone, video or online, home visit.
pub const MODES: [&str; 4] = ["face_to_face", "telephone", "video_online", "home_visit"];

/// Slots that a need states beside those of its own roles, for roles to which it is redirected.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Slots {
    /// With any role, where one is stated [min].
    pub any: Option<Number>,
    /// With a role [min].
    pub by_role: Vec<(usize, Number)>,
}

/// A kind of request.
#[derive(Clone, Debug)]
pub struct Need {
    /// Name in the file.
    pub name: String,
    /// Title shown to people.
    pub title: String,
    /// National category of the appointment.
    pub gpad_category: Option<String>,
    /// 0 is served first.
    pub priority: u8,
    /// How many ask.
    pub rate: Option<Rate>,
    /// Rates by age [first requests a patient a year]; where there are any, `rate` is their mean over all practices.
    pub rate_by_age: Vec<(Ages, Number)>,
    /// Who may see it, in order of preference (at least one).
    pub seen_by: Vec<SeenBy>,
    /// Its slots with roles that it is sent to.
    pub slots: Slots,
    /// Consulting time, where overtime is to be known.
    pub consultation: Option<ConsultationTime>,
    /// Share of each mode.
    pub mode: [f64; 4],
    /// Chosen lead.
    pub chosen_lead: Option<ChosenLead>,
    /// Not attending.
    pub dna: Option<Dna>,
    /// Giving up.
    pub gives_up: Option<GivesUp>,
    /// Those who have waited longer than this leave before service on an open day [calendar days].
    pub hard_limit: Option<HardLimit>,
    /// False: today's requests can be seen from tomorrow.
    pub same_day: bool,
    /// A finite book.
    pub window: Option<Window>,
    /// Follow-up visits.
    pub follow_up: Option<FollowUp>,
    /// Referrals on from stand-ins.
    pub refers_on: Vec<ReferOn>,
    /// Those waiting at the very start, by practice; they count as asked on the first simulated day.
    pub start_backlog: Vec<u32>,
    /// Share told to ask again tomorrow among those left waiting on the day they ask.
    pub asks_again: Option<Number>,
    /// Being seen at another practice of the network that has time to spare.
    pub elsewhere: Option<Elsewhere>,
    /// Requests that present only where access is good.
    pub latent: Option<Latent>,
}

/// Whether those who are not seen leave in the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Leaves {
    /// After so many days at most [calendar days].
    Within(u32),
    /// By chance, so that a queue grows until as many leave as there is no time for.
    InTheEnd,
    /// Some may wait without end.
    Never,
}

impl Need {
    /// Whether those who wait for it leave if nobody sees them.
    pub fn leaves(&self) -> Leaves {
        let certain = |gives_up: &&GivesUp| gives_up.chance_each_day.fixed() == Some(1.0);
        let limits = [
            self.hard_limit.as_ref().map(|limit| limit.after_days),
            self.window.filter(|window| window.lost_when_full).map(|window| window.days),
            self.gives_up.as_ref().filter(certain).map(|gives_up| gives_up.after_days),
        ];
        let some = |gives_up: &GivesUp| gives_up.chance_each_day.fixed() != Some(0.0);
        match limits.into_iter().flatten().min() {
            Some(days) => Leaves::Within(days),
            None if self.gives_up.as_ref().is_some_and(some) => Leaves::InTheEnd,
            None => Leaves::Never,
        }
    }
}

/// Being seen at another practice of the network, in time that its own patients leave.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Elsewhere {
    /// Share of patients who would go [share].
    pub willing: Number,
    /// Wait from which they may be seen there [calendar days].
    pub after_days: u32,
}

/// Latent demand: requests that present only while waits are short.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Latent {
    /// Further requests while waits are short, of the usual ones [share].
    pub share: Number,
    /// Mean wait of the last open week up to which they present [calendar days].
    pub within_days: Number,
}

/// A hard limit of patience.
#[derive(Clone, Debug, PartialEq)]
pub struct HardLimit {
    /// Those with a wait above this leave [calendar days].
    pub after_days: u32,
    /// Where they go.
    pub to: Vec<(String, Number)>,
}
