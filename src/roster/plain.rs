//! Plain capacity: slots by day, shared by members who are present or not.
//!
//! In: slots by weekday, day or date, the share of the day that the base is open, the post's factor on its minutes,
//! absence as drawn. Out: ticks by day. No people stand behind it: no sessions are counted as lost, nobody needs a room, and levers
//! on people do not act. Absence takes whole slots: the day has floor(slots x factor x present / members) of them.

use crate::law::negative_binomial::geometric_days;
use crate::law::thinning::Thinning;
use crate::model::number::Number;
use crate::model::post::{Base, PlainAbsence, PlainCapacity, Post};
use crate::plan::axis::Axis;
use crate::plan::lanes::{LANES, LaneThinning, Lanes, Replication};
use crate::random::{Key, Purpose, entity_hash, open_unit, unit};
use crate::units::{Ticks, ticks};

/// Scenario time.
#[derive(Clone, Debug)]
pub struct Plain {
    /// Slots by day before absence, times the factor where that is fixed.
    slots: Vec<f64>,
    /// The post's factor where it is drawn, and the practice whose numbers it takes.
    factor: Option<(Number, usize)>,
    /// Length of a slot [ticks].
    slot: Ticks,
    /// Those who share the slots; each absent one takes an equal part.
    members: u32,
    /// None where members are always there.
    absence: Option<Absence>,
    /// Key of daily absence.
    key: Key,
}

/// Absence of the members, by one of two laws.
#[derive(Clone, Debug)]
enum Absence {
    /// Share of days absent, each day and member by itself.
    Daily(Number, LaneThinning),
    /// Long-run share of days absent, mean length of a spell [days], and a key for each member.
    Spells { share: Number, mean_days: Number, members: Vec<Key> },
}

/// Replication time.
#[derive(Clone, Debug)]
pub struct PlainDraw {
    /// Factor on the slots; one where none is drawn.
    factor: Lanes<f64>,
    /// None where absence comes in spells or not at all.
    daily: Option<LaneThinning>,
    /// Members absent by day, where absence comes in spells.
    absent: Vec<Lanes<u32>>,
}

impl Plain {
    /// Compiles the capacity of a post; `open` is the share of each day its base is open.
    ///
    /// Exceptions, patterns and part-open days are all settled here: by day only absence is left.
    pub fn new(post: &Post, plain: &PlainCapacity, axis: &Axis, open: &[f64], seed: u64) -> Self {
        let address = format!("post.{}", post.name);
        // A shared post takes numbers that are drawn by practice from the first practice of the file, as people do.
        let practice = if let Base::Practice(own) = post.base { own } else { 0 };
        let (fixed, factor) = match post.minutes_factor.fixed() {
            Some(fixed) => (fixed, None),
            None => (1.0, Some((post.minutes_factor, practice))),
        };
        let slots = (0..axis.days).map(|t| slots_on(post, plain, axis, open, t) * fixed).collect();
        let absence = plain.absence.map(|absence| match absence {
            PlainAbsence::Daily(share) => {
                let thinning = match share.fixed() {
                    Some(p) => LaneThinning::Same(Thinning::table(p, plain.members.max(1))),
                    None => LaneThinning::each(),
                };
                Absence::Daily(share, thinning)
            }
            PlainAbsence::Spells { share, mean_days } => Absence::Spells {
                share,
                mean_days,
                members: (0..plain.members)
                    .map(|m| {
                        Key::new(seed, Purpose::SicknessSpell, entity_hash(&format!("{address}/person.{m}")))
                    })
                    .collect(),
            },
        });
        Self {
            slots,
            factor,
            slot: ticks(post.slot_minutes),
            members: plain.members,
            absence,
            key: Key::new(seed, Purpose::Absence, entity_hash(&address)),
        }
    }

    /// Buffers for one block.
    ///
    /// The table of a fixed daily absence is shared, not copied.
    pub fn draw_buffers(&self) -> PlainDraw {
        let none = PlainDraw { factor: [1.0; LANES], daily: None, absent: Vec::new() };
        match &self.absence {
            Some(Absence::Daily(_, thinning)) => PlainDraw { daily: Some(thinning.clone()), ..none },
            Some(Absence::Spells { .. }) => PlainDraw { absent: vec![[0; LANES]; self.slots.len()], ..none },
            None => none,
        }
    }

    /// Draws one lane.
    ///
    /// Daily absence is drawn by day, in [`Plain::minutes`]; spells are laid here for the whole year.
    pub fn redraw(&self, axis: &Axis, lane: usize, rep: Replication, slots: &[f64], draw: &mut PlainDraw) {
        if let Some((factor, practice)) = self.factor {
            draw.factor[lane] = factor.at(slots, practice);
        }
        match &self.absence {
            Some(Absence::Daily(share, _)) if share.fixed().is_none() => {
                if let Some(thinning) = &mut draw.daily {
                    thinning.set(lane, share.at(slots, 0));
                }
            }
            Some(Absence::Spells { share, mean_days, members }) => {
                draw.absent.iter_mut().for_each(|day| day[lane] = 0);
                for key in members {
                    spells(*key, rep, axis.day(0).0, (share.at(slots, 0), mean_days.at(slots, 0)), |t| {
                        draw.absent.get_mut(t).map(|day| day[lane] += 1).is_some()
                    });
                }
            }
            _ => {}
        }
    }

    /// Minutes on a day: floor(slots x factor x present / members) slots.
    ///
    /// Fractions of a slot stay where nobody is absent: slots a day need not be whole.
    #[inline]
    pub fn minutes(
        &self,
        draw: &PlainDraw,
        t: usize,
        day: i32,
        reps: &[Replication],
        out: &mut Lanes<Ticks>,
    ) {
        let slots = self.slots[t];
        *out = self.planned(draw, t);
        if self.absence.is_none() || slots <= 0.0 {
            return;
        }
        for (lane, rep) in reps.iter().enumerate() {
            let absent = match &draw.daily {
                Some(thinning) => thinning.draw(lane, self.members, self.key.words(rep.chance, day, 0)[0]),
                None => draw.absent[t][lane],
            };
            if absent > 0 {
                let present = f64::from(self.members - absent) / f64::from(self.members);
                // A hair above, so that 14 x 3/3 is 14 and not 13.999…
                out[lane] = self.whole((slots * draw.factor[lane] * present + 1e-9).floor());
            }
        }
    }

    /// Minutes on a day before absence: the same in every lane unless the factor is drawn.
    #[inline]
    pub fn planned(&self, draw: &PlainDraw, t: usize) -> Lanes<Ticks> {
        match self.factor {
            None => [self.whole(self.slots[t]); LANES],
            Some(_) => draw.factor.map(|factor| self.whole(self.slots[t] * factor)),
        }
    }

    /// Slots, whole or not, in ticks.
    fn whole(&self, slots: f64) -> Ticks {
        (slots * self.slot as f64).round() as Ticks
    }
}

/// Slots of a post on a day, before absence and the post's factor.
///
/// A list by day begins on the first counted day and says what is there on an open day, part-open or not;
/// dated exceptions go before the week's pattern, and the last of those that hold the date before the others.
pub fn slots_on(post: &Post, plain: &PlainCapacity, axis: &Axis, open: &[f64], t: usize) -> f64 {
    let day = axis.day(t);
    if open[t] <= 0.0 || !post.exists_on(day) {
        return 0.0;
    }
    if let Some(list) = &plain.slots_by_day {
        return t.checked_sub(axis.warm_up).and_then(|d| list.get(d)).copied().unwrap_or(0.0);
    }
    let dated = plain.exceptions.iter().rev().find(|(from, to, _)| (*from..=*to).contains(&day));
    let slots = dated.map_or(plain.slots[day.weekday()], |(_, _, slots)| *slots);
    slots * open[t]
}

/// Geometric spells of whole calendar days with a stationary start; `absent(t)` says false past the end.
///
/// Until then it marks the day and says true.
fn spells(
    key: Key,
    rep: Replication,
    first_day: i32,
    (share, mean_days): (f64, f64),
    mut absent: impl FnMut(usize) -> bool,
) {
    if share <= 0.0 {
        return;
    }
    // Spells run in whole days: a mean drawn below one is one.
    let mean_days = mean_days.max(1.0);
    // Present spells are geometric too, with the mean that makes the long-run share come out.
    let mean_present = mean_days * (1.0 - share) / share;
    let mut words = key.stream(rep.chance, first_day, 0);
    let mut away = unit(words.next_word()) < share;
    let mut t = 0;
    loop {
        // Geometric spells have no memory: what is left of one at the start is a whole one again.
        let mean = if away { mean_days } else { mean_present };
        let length = geometric_days(open_unit(words.next_word()), mean) as usize;
        for day in t..t + length {
            if away && !absent(day) {
                return;
            }
        }
        t += length;
        // Ends a walk whose present spells alone have gone past any horizon.
        if t > 200_000 {
            return;
        }
        away = !away;
    }
}
