//! The level: published appointments a weighted patient, the request rates that give them, and one factor a
//! staff group so that the hours in post can hold them. Plain arithmetic, to be refitted by simulation.
//!
//! In: the appointments of an area by month, the library's mix of needs, the staff of its practices. Out: the rates at
//! which that mix gives those appointments, and the factors that let the hours in post hold them. Assumption: the mix
//! of needs is the library's everywhere, and what differs between areas is its level. Everything is a patient,
//! weighted, a year.
//!
//! What is wanted of the arithmetic is a starting point: a fit by simulation takes its place where there is one.

use super::published::Appointments;
use std::collections::BTreeMap;
use toml::{Table, Value};

/// The two staff groups of the appointment publication.
///
/// Position 0 is GP, 1 is other staff, in every pair of this file.
pub const GROUPS: [&str; 2] = ["GP", "Other Practice staff"];
/// Lead-time labels of the publication and the first day of each [calendar days].
pub const LEADS: [(&str, u32); 7] = [
    ("Same Day", 0),
    ("1 Day", 1),
    ("2 to 7 Days", 2),
    ("8 to 14 Days", 8),
    ("15 to 21 Days", 15),
    ("22 to 28 Days", 22),
    ("More than 28 Days", 29),
];
/// Share of attempts that fail: lowest, likely, highest (GP Patient Survey 2017 to 2023).
///
/// [share of all attempts to book] The middle one is the level's, the ends are the range of the rates.
pub const UNMET: [f64; 3] = [0.09, 0.12, 0.16];

/// What is published about a staff group, with appointments of unknown staff shared out.
///
/// Shares are between 0 and 1 and are of those with known status, so the unknown ones change no share.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Seen {
    /// Booked appointments a weighted patient a year, missed and unknown ones included.
    pub booked: f64,
    /// Attended a weighted patient a year, unknown status shared out.
    pub attended: f64,
    /// Share not attending of those with known status.
    pub dna: f64,
    /// Share of each national lead band, in the order of [`LEADS`]; of those with a known lead time, so they sum to
    /// one.
    pub leads: [f64; 7],
    /// Share not attending of those with known status in each band; NaN where the area has none in a band.
    pub dna_by_lead: [f64; 7],
}

/// The published level over some months, scaled to a year of `days_a_year` working days.
///
/// `[GP, other staff]`. `weighted` are the patients of the practices that published, `days_a_year` turns the months
/// into a year. Appointments of unknown staff are shared out over the two groups in proportion.
///
/// NaN where the months hold nothing: [`super::work_out`] refuses that.
pub fn seen(rows: &[Appointments], months: &[(&str, u32)], weighted: f64, days_a_year: f64) -> [Seen; 2] {
    let rows: Vec<&Appointments> =
        rows.iter().filter(|row| months.iter().any(|(month, _)| row.month == *month)).collect();
    let days: f64 = months.iter().map(|(_, days)| f64::from(*days)).sum();
    let sum = |keep: &dyn Fn(&Appointments) -> bool| {
        rows.iter().filter(|row| keep(row)).map(|row| row.count).sum::<f64>()
    };
    let all = sum(&|_| true);
    let named = sum(&|row| GROUPS.contains(&row.staff.as_str()));
    GROUPS.map(|group| {
        let of = |status: &str| sum(&|row| row.staff == group && row.status == status);
        let (attended, missed) = (of("Attended"), of("DNA"));
        // Shared out over both groups in proportion: all / named.
        let total = sum(&|row| row.staff == group);
        let booked = total * all / named / weighted * days_a_year / days;
        let dna = missed / (attended + missed);
        let lead = |label: &str| sum(&|row| row.staff == group && row.lead == label);
        let dna_at = |label: &str| {
            let of =
                |status: &str| sum(&|row| row.staff == group && row.lead == label && row.status == status);
            of("DNA") / (of("Attended") + of("DNA"))
        };
        let known: f64 = LEADS.iter().map(|(label, _)| lead(label)).sum();
        Seen {
            booked,
            attended: booked * (1.0 - dna),
            dna,
            leads: LEADS.map(|(label, _)| lead(label) / known),
            dna_by_lead: LEADS.map(|(label, _)| dna_at(label)),
        }
    })
}

/// A number of the library: plain, fixed or its likely value.
///
/// NaN where nothing of the kind stands there; a beta is taken by its mean.
pub fn value(node: &Value) -> f64 {
    match node {
        Value::Integer(whole) => *whole as f64,
        Value::Float(number) => *number,
        Value::Table(table) => ["fixed", "likely"]
            .iter()
            .find_map(|key| table.get(*key))
            .or_else(|| table.get("beta").and_then(|beta| beta.get("mean")))
            .map_or(f64::NAN, value),
        _ => f64::NAN,
    }
}

/// Its value; none where the path leads nowhere.
fn field(table: &Value, path: &[&str]) -> Option<f64> {
    path.iter().try_fold(table, |node, key| node.get(key)).map(value)
}

/// A need as the arithmetic sees it.
///
/// Rates are a patient or a weighted patient a year; `slot` is minutes. A line is one need of the library.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Name.
    pub need: String,
    /// Title.
    pub title: String,
    /// 0 for GP, 1 for other staff: the group of its first-choice role.
    pub group: usize,
    /// Roles in order of preference, as the library states them; the first decides the group.
    pub roles: Vec<String>,
    /// Slot of the first-choice role [min].
    pub slot: f64,
    /// First requests a patient a year in the library.
    pub library_rate: f64,
    /// First requests a weighted patient a year at this level.
    pub rate: f64,
    /// Lowest and highest rate that [`UNMET`] allows, where the range of unmet demand sits; none where the rate is one
    /// number.
    pub range: Option<[f64; 2]>,
    /// Attempts to book a weighted patient a year: first requests, and rebookings and follow-ups of those served.
    pub bookings: f64,
    /// Of them, those that are served.
    pub delivered: f64,
}

/// Needs at the published level, where a share of each group's attempts to book fails.
///
/// In the order of the library's needs. The scale of a group is such that what is delivered equals what is published:
/// every rate of that group is multiplied by it.
///
/// Without needs in the library there are no lines.
pub fn lines(library: &Table, seen: &[Seen; 2], unmet: [f64; 2]) -> Vec<Line> {
    let Some(needs) = library.get("need").and_then(Value::as_table) else { return Vec::new() };
    let roles = library.get("role").and_then(Value::as_table);
    let group_of = |role: &str| {
        let group = roles
            .and_then(|all| all.get(role))
            .and_then(|role| role.get("staff_group"))
            .and_then(Value::as_str);
        usize::from(group != Some(GROUPS[0]))
    };
    // Who is only sent there asks for nothing at first.
    let asked = |(_, need): &(&String, &Value)| need.get("rate_per_patient_year").is_some();
    let mut lines: Vec<Line> = needs
        .iter()
        .filter(asked)
        .map(|(name, need)| {
            let roles: Vec<String> = need
                .get("roles")
                .and_then(Value::as_array)
                .map(|list| list.iter().filter_map(Value::as_str).map(str::to_owned).collect())
                .unwrap_or_default();
            Line {
                need: name.clone(),
                title: need.get("name").and_then(Value::as_str).unwrap_or(name).to_owned(),
                group: roles.first().map_or(0, |role| group_of(role)),
                slot: field(need, &["slot_minutes"]).unwrap_or(10.0),
                library_rate: field(need, &["rate_per_patient_year"]).unwrap_or(0.0),
                rate: 0.0,
                range: need
                    .get("rate_per_patient_year")
                    .filter(|rate| rate.get("low").is_some())
                    .map(|_| [0.0; 2]),
                bookings: 0.0,
                delivered: 0.0,
                roles,
            }
        })
        .collect();
    // What attempts there would be at the library's rates; scaling changes them in proportion.
    let library_bookings = bookings(needs, &lines, seen, unmet);
    let mut scale = [0.0; 2];
    for group in 0..2 {
        let total: f64 =
            lines.iter().zip(&library_bookings).filter(|(line, _)| line.group == group).map(|(_, b)| b).sum();
        scale[group] = seen[group].booked / (1.0 - unmet[group]) / total;
    }
    for (line, bookings) in lines.iter_mut().zip(&library_bookings) {
        line.rate = line.library_rate * scale[line.group];
        line.bookings = bookings * scale[line.group];
        line.delivered = line.bookings * (1.0 - unmet[line.group]);
    }
    // The range is put on one need: the others stay at the middle rate, so nothing is counted twice.
    let total: f64 = lines.iter().filter(|line| line.group == 0).map(|line| line.rate).sum();
    for line in &mut lines {
        if line.range.is_some() {
            let with = |unmet: f64| line.rate + total * ((1.0 - UNMET[1]) / (1.0 - unmet) - 1.0);
            line.range = Some([with(UNMET[0]), with(UNMET[2])]);
        }
    }
    lines
}

/// Attempts to book of each need, at the library's rates. Only who is served is asked back or misses a visit.
///
/// `[need]`, a patient a year at the library's rates: first requests and what follows from them. A fixed number of
/// rounds: rebookings and follow-ups are chances below 1, and 200 rounds leave nothing of them.
fn bookings(needs: &Table, lines: &[Line], seen: &[Seen; 2], unmet: [f64; 2]) -> Vec<f64> {
    let index: BTreeMap<&str, usize> =
        lines.iter().enumerate().map(|(i, line)| (line.need.as_str(), i)).collect();
    let first: Vec<f64> = lines.iter().map(|line| line.library_rate).collect();
    let mut booked = first.clone();
    for _ in 0..200 {
        let mut next = first.clone();
        for (i, line) in lines.iter().enumerate() {
            let need = &needs[&line.need];
            let dna = if need.get("dna").is_some() { seen[line.group].dna } else { 0.0 };
            let served = booked[i] * (1.0 - unmet[line.group]);
            // Only who was served may miss the next visit or be asked back.
            next[i] += field(need, &["dna", "rebook"]).unwrap_or(0.0) * dna * served;
            if let Some(share) = field(need, &["follow_up", "share"]) {
                let to = need
                    .get("follow_up")
                    .and_then(|f| f.get("as"))
                    .and_then(Value::as_str)
                    .unwrap_or(&line.need);
                if let Some(to) = index.get(to) {
                    next[*to] += share * (1.0 - dna) * served;
                }
            }
        }
        booked = next;
    }
    booked
}

/// Appointment minutes a year that one whole-time equivalent of a role brings when leave and sickness are off.
///
/// [min a year] Before the factors. Where the library says nothing, a post has no leave and no sickness; hours have a
/// value of their own to fall back on, since every post works some.
pub fn minutes_a_wte(library: &Table, role: &str, open_days: f64) -> f64 {
    let Some(role) = library.get("role").and_then(|roles| roles.get(role)) else { return 0.0 };
    let get = |path: &[&str], default: f64| field(role, path).unwrap_or(default);
    // A week of five days: minutes of a week over 5 are those of a day.
    get(&["hours_per_wte_week"], 37.5) * 60.0 * get(&["direct_share"], 1.0) / 5.0
        * (open_days - get(&["leave", "days_per_wte_year"], 0.0))
        * (1.0 - get(&["sickness", "rate"], 0.0))
}

/// One practice in the arithmetic: weighted list and offered minutes a weighted patient a year of each group.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Offer {
    /// Weighted patients.
    pub weighted: f64,
    /// Minutes a weighted patient a year, GP and other staff.
    pub minutes: [f64; 2],
}

/// Demand and target of the arithmetic, in minutes a weighted patient a year.
///
/// `[GP, other staff]` throughout.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Demand {
    /// Minutes asked for: attempts times the slot of the role that is asked first.
    pub asked: [f64; 2],
    /// Minutes published as booked: delivered times the same slot.
    pub target: [f64; 2],
    /// Share, 0 to 1, of each group's demand [minutes asked for] that some role of the other group may see, where that
    /// group has minutes to spare.
    pub shared: [f64; 2],
}

/// Demand in minutes of the lines.
///
/// Each line at the slot of its first choice, so overflow moves no minutes between the groups.
pub fn demand(lines: &[Line]) -> Demand {
    let mut demand = Demand::default();
    let mut lent = [0.0; 2];
    for line in lines {
        let minutes = line.bookings * line.slot;
        demand.asked[line.group] += minutes;
        demand.target[line.group] += line.delivered * line.slot;
        // Roles of the other group among the choices: only these may help.
        let other = ["nurse", "direct_patient_care"];
        let helps = |role: &String| other.contains(&role.as_str()) != (line.group == 1);
        if line.roles.iter().any(helps) {
            lent[line.group] += minutes;
        }
    }
    demand.shared = [lent[0] / demand.asked[0], lent[1] / demand.asked[1]];
    demand
}

/// Delivered minutes of each group against the target at the given factors: each practice serves what it can,
/// then what is left over may be served by the other group's spare minutes.
///
/// Delivered over target: 1 is the published level. Each practice is held to its own minutes, so staff spread unlike
/// patients cost more than the same staff of all of them would.
pub fn delivered(offers: &[Offer], demand: &Demand, factor: [f64; 2]) -> [f64; 2] {
    let mut sum = [0.0; 2];
    let mut people = 0.0;
    for offer in offers {
        let held = [offer.minutes[0] * factor[0], offer.minutes[1] * factor[1]];
        let own = [0, 1].map(|g: usize| demand.asked[g].min(held[g]));
        // The other group's spare minutes, as far as this one lacks them and its needs may be seen there.
        let helped = [0, 1].map(|g: usize| {
            (held[1 - g] - own[1 - g]).min(demand.asked[g] - own[g]).min(demand.shared[g] * demand.asked[g])
        });
        sum[0] += offer.weighted * (own[0] + helped[1]);
        sum[1] += offer.weighted * (own[1] + helped[0]);
        people += offer.weighted;
    }
    [0, 1].map(|g: usize| sum[g] / people / demand.target[g])
}

/// The factors found.
///
/// `[GP, other staff]` throughout.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Factors {
    /// Target over offer, all practices as one, as if patients and staff were spread alike; the difference to the next
    /// is the spread.
    pub as_one: [f64; 2],
    /// Practice by practice, what makes delivered minutes meet the target; two decimals, as a factor is an assumption,
    /// not a measurement.
    pub by_practice: [f64; 2],
    /// Delivered over target at those factors; 1 where the arithmetic meets the level.
    pub residual: [f64; 2],
}

/// Fits the factors to two decimals by turns; delivered minutes rise with a group's own factor.
///
/// Fitted one group after the other, since each group's delivered minutes rise with its own factor; 30 rounds of both,
/// each by halving, are more than two figures need. Delivered minutes may not reach the target however large the factor
/// is: the residual says so.
pub fn fit(offers: &[Offer], demand: &Demand) -> Factors {
    let people: f64 = offers.iter().map(|offer| offer.weighted).sum();
    let mean = |g: usize| offers.iter().map(|offer| offer.weighted * offer.minutes[g]).sum::<f64>() / people;
    let as_one = [0, 1].map(|g: usize| demand.target[g] / mean(g));
    let mut factor = [1.0; 2];
    for _ in 0..30 {
        for g in 0..2 {
            let (mut low, mut high): (f64, f64) = (0.2, 4.0);
            for _ in 0..40 {
                factor[g] = f64::midpoint(low, high);
                if delivered(offers, demand, factor)[g] < 1.0 { low = factor[g] } else { high = factor[g] }
            }
        }
    }
    let by_practice = factor.map(|f| (f * 100.0).round() / 100.0);
    Factors { as_one, by_practice, residual: delivered(offers, demand, by_practice) }
}

/// True where a factor can be believed.
///
/// Outside it, published staff and published appointments do not fit each other, and the note says so.
pub fn credible(factor: f64) -> bool {
    (0.8..=1.25).contains(&factor)
}
