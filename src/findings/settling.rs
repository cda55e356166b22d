//! The settling-in year: how far an option's levers have come over the counted period.
//!
//! A lever rises in a straight line from nought on its first day; the maturity of a network stretches the ramp. A year
//! that the ramp fills says what the first year brings, not what the plan brings. In: a model and the levers that only
//! it has. Out: the slowest of them, its first day at full strength and its mean strength over the period, nought on days on which
//! it is not in force or nobody is there to whom it sends people.

use super::say;
use crate::lever::Lever;
use crate::lever::roles::Does;
use crate::model::Model;
use crate::model::place::Network;
use crate::model::post::Post;
use crate::plan::draws::DrawPlan;
use crate::plan::lanes::Replication;
use crate::units::Day;
use std::cmp::Ordering;

/// Days of a year of whole weeks.
const YEAR: i32 = 364;
/// At this mean strength or above, a lever is as good as whole.
const WHOLE: f64 = 0.9;

/// The slowest lever of an option that is still settling in.
///
/// Only of levers that act at some time in the counted period.
#[derive(Clone, Debug, PartialEq)]
pub struct Settling {
    /// Title of the lever.
    pub lever: String,
    /// Day on which it began, be it before the counted period.
    pub starts: Day,
    /// Last counted day on which it acts.
    pub until: Day,
    /// First counted day.
    pub first: Day,
    /// True where it, or the last post that receives, ends at some time, so that a longer period need not show a year at full strength.
    pub ends: bool,
    /// First day at full strength, mean over draws and networks.
    pub full_from: Day,
    /// Mean strength over the counted days [share of full].
    pub average: f64,
    /// Last counted day.
    pub last: Day,
    /// For each lever of the option that ramps up, this one among them, the settings that bring it to full strength on the first day; none
    /// where that takes more, such as a post that is there from the start.
    pub among: Vec<Option<String>>,
}

impl Settling {
    /// True where full strength is reached only after the counted period, not where it ends before.
    pub fn beyond(&self) -> bool {
        !self.ends_first() && self.full_from > self.last
    }

    /// True where it ends, in the counted period, before it is at full strength.
    fn ends_first(&self) -> bool {
        self.until < self.full_from && self.until < self.last
    }

    /// True where a year of this period, cut into years from its first day, is at full strength throughout.
    fn holds_a_whole_year(&self) -> bool {
        let years = (self.full_from.0 - self.first.0 + YEAR + YEAR - 1) / YEAR;
        YEAR * years <= self.last.0 - self.first.0 + 1
    }

    /// What shows a year at full strength: the options of a command that leave the ramps out. None for a lever that ends, and where
    /// the period holds such a year.
    pub fn without_ramps(&self) -> Option<String> {
        let sets: Vec<&str> = self.among.iter().flatten().map(String::as_str).collect();
        let all = sets.len() == self.among.len();
        (all && !self.ends && !self.holds_a_whole_year()).then(|| sets.join(" "))
    }

    /// `its slowest part ("A pharmacist")` of several levers, the lever itself where it is the one that settles in.
    fn part(&self) -> String {
        match self.among.len() {
            0 | 1 => format!("\"{}\"", self.lever),
            _ => format!("its slowest part (\"{}\")", self.lever),
        }
    }

    /// What an answer leaves out that is of this period: for commands that judge a plan by it.
    ///
    /// `whose` stands before it where several are told apart: the option. `Pulled from its first day, "Pharmacist" is on
    /// average at 35 % of its strength in this period: a year at full strength would show more of its help and of its
    /// load; --set lever.pharmacist.ramp_weeks=0 shows one.`
    pub fn aside(&self, whose: Option<&str>) -> String {
        let from = match self.starts.cmp(&self.first) {
            Ordering::Equal => "pulled from its first day".to_owned(),
            Ordering::Greater => format!("pulled from {}", say::short_date(self.starts)),
            Ordering::Less => format!("in force since {}", say::short_date(self.starts)),
        };
        let whole = match self.without_ramps() {
            Some(sets) if self.last.0 - self.first.0 + 1 >= YEAR => format!("; {sets} shows one"),
            Some(sets) => format!("; {sets} shows this period so"),
            None if self.ends || !self.holds_a_whole_year() => String::new(),
            None => "; the last year of this period is one".to_owned(),
        };
        let more = match self.ends_first() {
            true => ", and ends before it is at full strength".to_owned(),
            false => {
                format!(": a year at full strength would show more of its help and of its load{whole}")
            }
        };
        let said = format!(
            "{from}, {} is on average at {} of its strength in this period{more}.",
            self.part(),
            say::percent(self.average)
        );
        whose.map_or_else(|| say::capital(&said), |whose| format!("{whose}: {said}"))
    }

    /// The same of one option among many, after [`BUILDING_UP`]: `A shared pharmacist 36 %`.
    pub fn brief(&self, whose: &str) -> String {
        let from = match self.starts == self.first {
            true => String::new(),
            false => format!(" since {}", say::short_date(self.starts)),
        };
        let shown = match self.ends_first() {
            true => " (ends before it is at full strength)".to_owned(),
            false if !self.ends && self.holds_a_whole_year() => " (100 % in the last year)".to_owned(),
            false => String::new(),
        };
        format!("{whose}{from} {}{shown}", say::percent(self.average))
    }

    /// `This is its settling-in year: at full strength only from 1 May 2020; on average at 50 % until then.`
    pub fn sentence(&self) -> String {
        let (from, average) = (say::short_date(self.full_from), say::percent(self.average));
        // Of several levers the slowest speaks, by its name.
        let it =
            if self.among.len() > 1 { format!("its slowest part ({})", self.lever) } else { "it".to_owned() };
        if self.ends_first() {
            return format!(
                "Settling in is part of this: {it} ends before it is at full strength; on average over the period it is at {average}."
            );
        }
        if self.beyond() {
            format!(
                "This is its settling-in period: {it} is at full strength only from about {from}, after the last day counted; on average over the period it is at {average}."
            )
        } else {
            format!(
                "Settling in is part of this: {it} is at full strength only from about {from}; on average over the period it is at {average}."
            )
        }
    }
}

/// The slowest lever of a model that `without` does not have, where it settles in during the counted period.
///
/// A lever that began before the period has risen since, though it is off in the warm-up (`plan::strength`). None where every such lever is as good as whole.
pub fn settling(model: &Model, without: Option<&Model>, seed: u64, reps: &[Replication]) -> Option<Settling> {
    let old = |lever: &Lever| without.is_some_and(|m| m.levers.iter().any(|l| l.name == lever.name));
    let levers: Vec<&Lever> = model.levers.iter().filter(|l| !old(l)).collect();
    let ramps = ramps_of(model, &levers, seed, reps);
    let (first, last) = (model.horizon.start, model.horizon.last());
    let rises = |(_, ramps): &(&&Lever, &Vec<Ramp>)| ramps.iter().any(|ramp| ramp.days > 0.0);
    let sets = |(lever, _): (&&Lever, &Vec<Ramp>)| {
        // From the first day on, if everybody is there by then to whom it sends people.
        let ramp = format!("--set lever.{}.ramp_weeks=0", lever.name);
        let set = match lever.starts > first {
            true => format!("{ramp} --set lever.{}.starts={first}", lever.name),
            false => ramp,
        };
        acts(model, lever, (first, last)).first().is_some_and(|day| *day == first).then_some(set)
    };
    let among: Vec<Option<String>> = levers.iter().zip(&ramps).filter(rises).map(sets).collect();
    let all = levers.iter().zip(ramps).filter_map(|(lever, ramps)| {
        let starts = lever.starts;
        let acts = acts(model, lever, (starts.max(first), last));
        let until = *acts.last()?;
        let mean_days = ramps.iter().map(|ramp| ramp.days).sum::<f64>() / ramps.len().max(1) as f64;
        let on = |day: &Day| {
            let since = f64::from(day.0 - starts.0);
            ramps.iter().map(|ramp| ramp.risen(since + 1.0) - ramp.risen(since)).sum::<f64>()
                / ramps.len() as f64
        };
        let whole_days: f64 = acts.iter().map(on).sum();
        let strength = whole_days / acts.len() as f64;
        (strength < WHOLE).then(|| {
            let settling = Settling {
                lever: lever.title.clone(),
                starts,
                until,
                first,
                ends: lever.until.is_some()
                    || !acts_where(model, lever, |p| p.until.is_none() && p.exists_on(last)),
                full_from: starts.plus(mean_days.round() as i32),
                average: whole_days / model.horizon.days as f64,
                last,
                among: among.clone(),
            };
            (strength, settling)
        })
    });
    all.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, settling)| settling)
}

/// The days from `starts` to `last` on which a lever is in force and any of its changes acts.
fn acts(model: &Model, lever: &Lever, (starts, last): (Day, Day)) -> Vec<Day> {
    let ends = lever.until.map_or(last, |until| until.min(last));
    let days = (0..=ends.0 - starts.0).map(|day| starts.plus(day));
    days.filter(|day| acts_where(model, lever, |post| post.exists_on(*day))).collect()
}

/// True where a change of a lever acts although only some posts are there: one that sends people to a role needs a post of it.
fn acts_where(model: &Model, lever: &Lever, there: impl Fn(&Post) -> bool) -> bool {
    lever.changes.iter().any(|(_, change)| {
        let mut receivers = change.roles().filter(|(_, does)| *does == Does::Receives);
        receivers.all(|(role, _)| model.posts.iter().any(|post| post.role == role && there(post)))
    })
}

/// How a lever rises in one draw and network.
#[derive(Clone, Copy, Debug)]
struct Ramp {
    /// Days from its start to full strength.
    days: f64,
    /// Share of full strength at its start.
    from: f64,
}

impl Ramp {
    /// Days at full strength that so many days from its start are worth: a straight line that is cut at full strength, summed.
    fn risen(self, days: f64) -> f64 {
        let from_nought =
            if self.days <= days { days - 0.5 * self.days } else { 0.5 * days * days / self.days };
        self.from * days + (1.0 - self.from) * from_nought
    }
}

/// How each lever rises: one for every draw and network that it reaches.
///
/// Maturity divides the ramp: a network at 0.5 takes twice as long.
fn ramps_of(model: &Model, levers: &[&Lever], seed: u64, reps: &[Replication]) -> Vec<Vec<Ramp>> {
    let draws = DrawPlan::new(&model.inputs, &model.practices, seed);
    let mut slots = vec![0.0; draws.slots()];
    let mut ramps = vec![Vec::new(); levers.len()];
    let networks = || model.networks.iter().enumerate();
    let reached = |lever| networks().filter(|(at, _)| reaches(model, lever, *at)).map(|(_, n)| n).collect();
    let reached: Vec<Vec<&Network>> = levers.iter().map(|lever| reached(lever)).collect();
    for rep in reps {
        draws.draw(rep.draw, &mut slots);
        for ((ramps, lever), networks) in ramps.iter_mut().zip(levers).zip(&reached) {
            let (weeks, from) = (lever.ramp_weeks.at(&slots, 0), lever.starts_at.at(&slots, 0));
            let ramp = |n: &&Network| Ramp { days: 7.0 * weeks / n.maturity.at(&slots, 0), from };
            ramps.extend(networks.iter().map(ramp));
        }
    }
    ramps
}

/// True where a change of a lever acts at a practice of a network, at some time.
fn reaches(model: &Model, lever: &Lever, network: usize) -> bool {
    let practices = (0..model.practices.len()).filter(|p| model.practices[*p].network == network);
    practices.into_iter().any(|practice| acts_where(model, lever, |post| post.serves(model, practice)))
}

/// What is said once of many options that settle in, before [`Settling::brief`] of each.
pub const BUILDING_UP: &str = "Not at full strength all through this period, so that a year at full strength would show more of their \
help and of their load (--set lever.NAME.ramp_weeks=0, lever by lever, shows them at full strength from their first day); mean strength in this period";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ramp_as_long_as_the_period_is_half_there() {
        let strength = |(days, from): (f64, f64)| Ramp { days, from }.risen(364.0) / 364.0;
        let ramps = [(364.0, 0.0), (728.0, 0.0), (91.0, 0.0), (0.0, 0.0), (364.0, 0.5), (0.0, 0.5)];
        assert_eq!(ramps.map(strength), [0.5, 0.25, 0.875, 1.0, 0.75, 1.0]);
    }

    /// Half a year of 364 days from its first day, with a ramp of 26 weeks: half of half. A post that comes when the ramp
    /// is over is at full strength on each of its days; one that goes after a quarter leaves an eighth of the ramp's half.
    #[test]
    fn days_on_which_it_does_not_act_count_for_nothing() {
        let found = |lever: &str, post: &str| {
            let text = format!(
                "horizon = {{ start = 2019-04-01, weeks = 52 }}\n[practice.a]\nregistered_list = 5000\n[need.ask]\nrate_per_patient_year = 3\nroles = [\"gp\"]\n\
                 [role.gp]\nstaff_group = \"GP\"\n[role.physio]\n[post.gps]\nrole = \"gp\"\nslots_per_day = 60\n[post.physio]\nrole = \"physio\"\nslots_per_day = 10\n{post}\n\
                 [lever.send]\nramp_weeks = 26\n{lever}\nchange.over.redirect = {{ need = \"ask\", to = \"role:physio\", accepted = 0.1 }}\n[option.more]\nlevers = [\"send\"]\n"
            );
            let scenario = crate::scenario::load_text("a.toml", &text, &[])
                .unwrap_or_else(|report| panic!("{}", report.render(false)));
            settling(&scenario.options[1].model, None, 1, &crate::experiment::run::first(1))
        };
        let late = found("starts = 2019-09-30", "").expect("it settles in");
        assert_eq!((late.average, late.ends), (0.25, false));
        // From the middle of the period on it takes the first day too; in half a year nothing shows a year.
        let sets = "--set lever.send.ramp_weeks=0 --set lever.send.starts=2019-04-01";
        assert_eq!(late.without_ramps().as_deref(), Some(sets));
        assert!(
            late.aside(None).ends_with(&format!("of its load; {sets} shows one.")),
            "{}",
            late.aside(None)
        );
        let over = found("starts = 2019-04-01", "from = 2019-09-30");
        assert_eq!(over, None, "full strength from the post's first day");
        let gone = found("starts = 2019-04-01", "until = 2019-06-30").expect("it settles in");
        assert_eq!((gone.average, gone.ends), (0.0625, true), "91 x 91 / 2 / 182 days of 364");
        assert!(gone.sentence().contains("it ends before it is at full strength"), "{}", gone.sentence());
        assert!(gone.aside(None).ends_with("in this period, and ends before it is at full strength."));
        // Two weeks at the start and the two last ones: 14 x 14 / 2 / 182 and 14 whole days.
        let gaps = found(
            "starts = 2019-04-01",
            "until = 2019-04-14\n[post.back]\nrole = \"physio\"\nslots_per_day = 9\nfrom = 2020-03-16",
        )
        .expect("it settles in");
        assert!((gaps.average - (14.0 * 14.0 / 364.0 + 14.0) / 364.0).abs() < 1e-12, "{}", gaps.average);
        assert_eq!(gaps.starts, Day::from_date(jiff::civil::date(2019, 4, 1)));
        // A second role, which has no post, changes nothing.
        let other = "\n[role.other]\n[lever.send.change.there.redirect]\nneed = \"ask\"\nto = \"role:other\"\naccepted = 0.1";
        let alone = found("starts = 2019-09-30", other).expect("it settles in");
        assert_eq!((alone.average, alone.ends), (late.average, late.ends));
        // One that has people to go to when the other's are gone goes on.
        let on = "\nuntil = 2019-06-30\n[lever.send.change.out.redirect]\nneed = \"ask\"\nto = \"outside:pharmacy\"\naccepted = 0.1";
        let on = found("starts = 2019-09-30", on).expect("it settles in");
        assert_eq!((on.average, on.ends), (late.average, late.ends));
    }

    #[test]
    fn what_is_said_turns_with_the_date() {
        let day = |y, m, d| Day::from_date(jiff::civil::date(y, m, d));
        let mut s = Settling {
            lever: "Pharmacist".into(),
            starts: day(2019, 4, 1),
            until: day(2020, 3, 29),
            first: day(2019, 4, 1),
            ends: false,
            full_from: day(2020, 8, 31),
            average: 0.35,
            last: day(2020, 3, 29),
            among: vec![Some("--set lever.pharmacist.ramp_weeks=0".into())],
        };
        assert!(s.sentence().starts_with(
            "This is its settling-in period: it is at full strength only from about 31 August 2020, after"
        ));
        assert_eq!(
            s.aside(None),
            "Pulled from its first day, \"Pharmacist\" is on average at 35 % of its strength in this period: a year at full strength would show more of its help and of its load; --set lever.pharmacist.ramp_weeks=0 shows one."
        );
        assert_eq!(s.brief("Plan"), "Plan 35 %");
        // 518 days to full strength and a year after it: three years.
        (s.until, s.last) = (day(2022, 3, 27), day(2022, 3, 27));
        assert!(
            s.aside(None).ends_with("of its load; the last year of this period is one."),
            "{}",
            s.aside(None)
        );
        assert_eq!(s.brief("Plan"), "Plan 35 % (100 % in the last year)");
        (s.until, s.last) = (day(2020, 3, 29), day(2020, 3, 29));
        s.starts = day(2019, 10, 1);
        assert!(s.aside(Some("Plan")).starts_with("Plan: pulled from 1 October 2019, \"Pharmacist\" is"));
        assert_eq!(s.brief("Plan"), "Plan since 1 October 2019 35 %");
        s.ends = true;
        assert!(s.aside(None).ends_with("of its help and of its load."), "no longer period shows it");
        assert_eq!(s.brief("Plan"), "Plan since 1 October 2019 35 %");
        s.full_from = day(2019, 10, 1);
        assert!(s.sentence().starts_with("Settling in is part of this: it is at full strength only from about 1 October 2019; on average over the period it is at 35 %"));
        s.among = vec![None, Some("--set lever.desk.ramp_weeks=0".into())];
        assert_eq!(s.without_ramps(), None, "one needs more than that");
        assert!(s.sentence().contains("its slowest part (Pharmacist) is at full strength only"));
    }
}
