//! Posts: people of one role at one base, or plain capacity without people.

use super::Model;
use super::number::Number;
use crate::units::Day;

/// Where a post is based and whom it may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Base {
    /// One practice.
    Practice(usize),
    /// All practices of a network.
    Network(usize),
    /// All practices.
    Federation,
}

/// How a shared post is shared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sharing {
    /// One queue for all its practices.
    Pooled,
    /// Minutes divided by weighted list, one queue each; fractions of a slot are carried forward.
    Split,
    /// Whole sessions at sites in turn, each losing minutes to travel and set-up.
    Rota {
        /// Minutes lost a session.
        minutes_lost: f64,
    },
}

/// Where the people of a shared post hold their sessions.
#[derive(Clone, Debug, PartialEq)]
pub enum Sites {
    /// Nowhere that is stated.
    Unstated,
    /// At these practices in turn, session by session; who stands twice has two turns.
    InTurn(Vec<usize>),
    /// At all practices served, each as often as its part of the weighted list says.
    ByList,
    /// At a practice by half-day of the week; of several, one a week in turn. Empty where nobody works.
    ByHalfDay(Box<[Vec<usize>; 14]>),
}

/// Absence law of plain capacity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PlainAbsence {
    /// Each member absent on each open day independently [share].
    Daily(Number),
    /// Each member absent in geometric spells of calendar days with this long-run share.
    Spells {
        /// Long-run share of days absent.
        share: Number,
        /// Mean spell [calendar days].
        mean_days: Number,
    },
}

/// Slots without people, or with members who are present or not.
#[derive(Clone, Debug, PartialEq)]
pub struct PlainCapacity {
    /// Slots by weekday, Monday first (open days only).
    pub slots: [f64; 7],
    /// Slots by day from the start instead; nothing after the last.
    pub slots_by_day: Option<Vec<f64>>,
    /// Dated exceptions `(first, last, slots a day)`.
    pub exceptions: Vec<(Day, Day, f64)>,
    /// Members who share the slots: capacity is floor(slots x present / members).
    pub members: u32,
    /// Their absence.
    pub absence: Option<PlainAbsence>,
}

impl PlainCapacity {
    /// Slots of a full week, before absence and dated exceptions; slots stated day by day are averaged over the period,
    /// beyond whose end nothing counts.
    pub fn slots_a_week(&self, model: &Model) -> f64 {
        let days = model.horizon.days;
        match &self.slots_by_day {
            Some(list) => list.iter().take(days).sum::<f64>() * 7.0 / days.max(1) as f64,
            None => (0..7).filter(|&day| model.calendar.open[day]).map(|day| self.slots[day]).sum(),
        }
    }
}

/// A half-day of the working week: `weekday x 2`, plus 1 for the afternoon.
pub type HalfDay = u8;

/// People.
#[derive(Clone, Debug, PartialEq)]
pub struct Staffing {
    /// Funded establishment [wte].
    pub wte: Number,
    /// In post at the start [wte]; all of it where absent.
    pub in_post_wte: Option<Number>,
    /// People; round(wte / the role's wte a head) where absent.
    pub headcount: Option<u32>,
    /// Half-days worked by the post's people together, in person order; dealt where absent.
    pub works: Option<Vec<HalfDay>>,
}

/// How much a post brings.
#[derive(Clone, Debug, PartialEq)]
pub enum Capacity {
    /// Slots.
    Plain(PlainCapacity),
    /// People.
    People(Staffing),
}

/// What happens to held minutes that are not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeldRelease {
    /// They join the open minutes of the same day.
    SameDay,
    /// They are lost.
    Lost,
}

/// Minutes of a post held for some needs.
#[derive(Clone, Debug, PartialEq)]
pub struct CarveOut {
    /// Share of the day's minutes held.
    pub share: Number,
    /// Needs they are held for.
    pub for_needs: Vec<usize>,
    /// True: those needs may use only held minutes of this post; false: open minutes too.
    pub held_only: bool,
    /// What becomes of unused held minutes.
    pub release: HeldRelease,
}

impl CarveOut {
    /// True where a need may use no minutes of the post but those held for it.
    pub fn bars(&self, need: usize) -> bool {
        self.held_only && self.for_needs.contains(&need)
    }
}

/// A post.
#[derive(Clone, Debug, PartialEq)]
pub struct Post {
    /// Name in the file.
    pub name: String,
    /// Title shown to people.
    pub title: String,
    /// Role.
    pub role: usize,
    /// Base.
    pub base: Base,
    /// How a network or federation post is shared.
    pub sharing: Sharing,
    /// Where a network or federation post sits; a practice's own post sits there.
    pub sites: Sites,
    /// True where its sessions need a consulting room at their site.
    pub needs_room: bool,
    /// What it brings.
    pub capacity: Capacity,
    /// Length of one of its plain slots [min].
    pub slot_minutes: f64,
    /// First day of the post; from the beginning where absent.
    pub from: Option<Day>,
    /// Last day of the post; to the end where absent.
    pub until: Option<Day>,
    /// Held minutes.
    pub carve_out: Option<CarveOut>,
    /// Factor on its appointment minutes, fitted to a published level [1 = as the role says].
    pub minutes_factor: Number,
    /// Fund that pays a part of it.
    pub paid_by: Option<usize>,
    /// Number from which its people are counted among those of their role and base: half-days are dealt by it, so that a post that is
    /// divided into several keeps its week.
    pub people_before: usize,
}

impl Post {
    /// True where it may see patients of a practice. By its base alone: where its people sit is another matter.
    pub fn serves(&self, model: &Model, practice: usize) -> bool {
        match self.base {
            Base::Practice(own) => own == practice,
            Base::Network(network) => model.practices[practice].network == network,
            Base::Federation => true,
        }
    }

    /// True on days on which it exists: from its first to its last day, both inclusive.
    pub fn exists_on(&self, day: Day) -> bool {
        self.from.is_none_or(|from| day >= from) && self.until.is_none_or(|until| day <= until)
    }

    /// True where both are there on some day.
    pub fn overlaps(&self, other: &Self) -> bool {
        let before =
            |a: &Self, b: &Self| matches!((a.until, b.from), (Some(until), Some(from)) if until < from);
        !before(self, other) && !before(other, self)
    }

    /// The practices whose patients it may see, in their order.
    pub fn practices(&self, model: &Model) -> Vec<usize> {
        (0..model.practices.len()).filter(|practice| self.serves(model, *practice)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 10 slots a day over the two weeks of the period, then 1,000 that never come: 70 a week.
    #[test]
    fn slots_beyond_the_period_count_for_nothing() {
        let days = [["10"; 14], ["1000"; 14]].concat().join(", ");
        let text = format!(
            "horizon = {{ start = 2024-04-01, weeks = 2 }}
[practice.mill]
[need.ask]
requests_per_day = 5
[post.gp]
slots_by_day = [{days}]
"
        );
        let scenario = crate::scenario::load_text("days.toml", &text, &[])
            .unwrap_or_else(|report| panic!("{}", report.render(false)));
        let model = &scenario.options[0].model;
        let Capacity::Plain(plain) = &model.posts[0].capacity else { panic!("plain slots") };
        assert_eq!(plain.slots_a_week(model), 70.0);
    }
}
