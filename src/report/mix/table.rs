//! `mix.csv`: things as they are, then every mix of the grid, a row a mix; `rounds.csv`: how the search went.
//!
//! In: findings of a search. Out: CSV whose first columns are the addresses varied and whose last are five for
//! each target, so the width follows the question; the columns between are fixed.

use crate::findings::mix::MixFindings;
use crate::findings::mix::rows::{Row, Seen, State, Target};
use crate::findings::sized::rows::Known;
use crate::report::cell::number;
use crate::stats::sequential::Stands;
use std::io::{self, Write};

/// Columns after the values.
///
/// Costs are pounds a year of 365.25 days, requests are of the whole period, waits are calendar days. `behind` is
/// in the unit of the objective.
const HEAD: [&str; 24] = [
    "years",
    "shows",
    "dropped_after",
    "set_aside_after",
    "why",
    "frontier",
    "cost_to_practices_a_year",
    "cost_low",
    "cost_high",
    "cost_all_a_year",
    "certain_cost_a_year",
    "unmet",
    "unmet_low",
    "unmet_high",
    "wait_mean",
    "wait_low",
    "wait_high",
    "objective",
    "behind",
    "behind_low",
    "behind_high",
    "budget",
    "chance_asked",
    "error",
];

/// Columns of each target.
///
/// Each heading is the target's name, a dot, and one of these.
const TARGET: [&str; 5] = ["holds", "holds_low", "holds_high", "judged", "seen_in_time"];

/// Every mix.
///
/// Mixes are numbered from 1 in the order of the grid; `as_now` stands first where it was simulated, and is no
/// mix.
pub fn mixes(f: &MixFindings, out: &mut dyn Write) -> io::Result<()> {
    let mut table = crate::report::cell::Table::to(out);
    let mut head = vec!["mix".to_owned()];
    head.extend(f.varied.iter().map(|varied| varied.address.clone()));
    head.extend(HEAD.map(ToOwned::to_owned));
    for target in &f.targets {
        head.extend(TARGET.map(|column| format!("{}.{column}", target.name)));
    }
    table.write_record(head)?;
    if f.as_now.years > 0 {
        table.write_record(as_now(f))?;
    }
    for (at, row) in f.rows.iter().enumerate() {
        let mut cells = vec![(at + 1).to_string()];
        cells.extend(row.values.iter().map(|value| number(*value)));
        cells.extend(standing(f, row));
        cells.extend(figures(f, (&row.seen, row.certain, row.behind)));
        cells.extend(row.seen.targets.iter().flat_map(target));
        table.write_record(cells)?;
    }
    table.flush()
}

/// How the mix stands, and why it dropped out.
///
/// Years, word, round dropped, round set aside, reason, frontier. A mix never simulated has dropped in round 0;
/// an empty round is one that never came.
fn standing(f: &MixFindings, row: &Row) -> Vec<String> {
    let why = match row.state {
        State::Fails(target) => format!("misses target {}", f.targets[target].name),
        State::OverBudget => "costs more than the budget".into(),
        State::Excluded => "costs more than the budget for certain: never simulated".into(),
        State::Worse | State::Near => "worse than a mix that keeps to what is asked".into(),
        State::Best | State::Alike | State::Borderline => String::new(),
    };
    let round = |round: Option<usize>| round.map_or(String::new(), |round| round.to_string());
    vec![
        row.seen.years.to_string(),
        row.state.word().to_owned(),
        if row.state == State::Excluded { "0".into() } else { round(row.dropped) },
        round(row.aside),
        why,
        if row.frontier { "1" } else { "0" }.to_owned(),
    ]
}

/// Things as they are: no mix of the grid, so it takes no part in the race; `behind` is against the best on the same years, with
/// its 95 % interval.
fn as_now(f: &MixFindings) -> Vec<String> {
    let mut cells = vec!["as_now".to_owned()];
    cells.extend(f.varied.iter().map(|varied| number(varied.as_now)));
    cells.extend([f.as_now.years.to_string(), "as_now".to_owned()]);
    cells.extend(["", "", "", ""].map(str::to_owned));
    cells.extend(figures(f, (&f.as_now, None, f.as_now_behind())));
    cells.extend(f.as_now.targets.iter().flat_map(target));
    cells
}

/// The cells from `frontier` on, up to the targets: of a mix and of things as they are alike.
///
/// Money that is certain (`certain`) is known before any year is played: `None` for things as they are. `behind`
/// is `None` for the best itself, and for a mix that was never played.
fn figures(f: &MixFindings, (seen, certain, behind): (&Seen, Option<f64>, Option<Known>)) -> Vec<String> {
    let three = |known: Option<Known>| {
        let interval = known.and_then(|known| known.interval);
        [number(known.map(|k| k.mean)), number(interval.map(|i| i.low)), number(interval.map(|i| i.high))]
    };
    let mut cells = three(seen.cost).to_vec();
    cells.extend([number(seen.spent), number(certain)]);
    cells.extend(three(seen.unmet));
    cells.extend(three(seen.wait));
    cells.push(f.objective.word().to_owned());
    cells.extend(three(behind));
    cells.extend([number(f.budget), number((!f.targets.is_empty()).then_some(f.chance)), number(f.error)]);
    cells
}

/// Chance, its interval, the judgement, mean share seen in time. `judged` is empty where the target was not
/// judged.
fn target(target: &Target) -> [String; 5] {
    let judged = match target.stands {
        Some(Stands::Above) => "kept",
        Some(Stands::Below) => "missed",
        Some(Stands::Near) => "borderline",
        Some(Stands::Open) => "not_told",
        None => "",
    };
    [
        number(target.chance),
        number(target.interval.map(|i| i.low)),
        number(target.interval.map(|i| i.high)),
        judged.to_owned(),
        number(target.seen),
    ]
}

/// Every round.
///
/// In the order played; `called_back` is 1 for a round of mixes set aside before that could still be better than
/// the best.
pub fn rounds(f: &MixFindings, out: &mut dyn Write) -> io::Result<()> {
    let mut table = crate::report::cell::Table::to(out);
    table.write_record([
        "round",
        "called_back",
        "mixes",
        "upto_years",
        "years",
        "missed",
        "worse",
        "set_aside",
    ])?;
    for (at, round) in f.rounds.iter().enumerate() {
        let counts = [round.played, round.upto, round.years, round.failed, round.beaten, round.aside];
        let mut cells = vec![(at + 1).to_string(), u8::from(round.back).to_string()];
        cells.extend(counts.map(|count| count.to_string()));
        table.write_record(cells)?;
    }
    table.flush()
}
