//! What may be said of numbers at an end of their range: whether there is a value beyond it, and whether the number
//! matters.
//!
//! In: a plan, mixes with their years, the scenario's reader. Out: by number, whether the scenario can be read with the
//! next lower and the next higher value; and whether any two neighbours differ in what is asked.
//!
//! Fit: the report says of a number at its end that the range hid the answer, and of an idle one that it need not be
//! asked.

use super::{Figure, Load, Mix, Objective, Plan};

/// By number, whether there is a value a step below the mix's and a step above.
///
/// [below, above] Only the mix's own values are tried; whether the scenario can be read with them is what is asked.
pub fn beyond(plan: &Plan, at: &[usize], load: Load<'_>) -> Vec<[bool; 2]> {
    let can = |number: usize, up: bool| {
        let Some(next) = plan.knobs[number].beyond(at[number], up) else { return false };
        let others = plan.knobs.iter().zip(at).enumerate().filter(|(other, _)| *other != number);
        let mut sets: Vec<String> = others.flat_map(|(_, (knob, at))| knob.sets(*at)).collect();
        sets.extend(next);
        load(&sets).is_ok()
    };
    (0..plan.knobs.len()).map(|number| [can(number, false), can(number, true)]).collect()
}

/// By number, true where no two mixes that differ in it by a step differ in what is asked in any year that both have:
/// access where that is minimised, and every target. False where no such two were played.
///
/// A number that no two played mixes differ in by one step is not called idle: nothing was seen of it.
pub fn idle(plan: &Plan, mixes: &[Mix]) -> Vec<bool> {
    let mut figures: Vec<Figure> =
        (0..plan.targets.len()).flat_map(|at| [Figure::Met(at), Figure::Seen(at)]).collect();
    if plan.objective != Objective::Cost {
        figures.push(plan.objective.figure());
    }
    let same = |one: &Mix, other: &Mix| {
        let bits = |mix: &Mix, figure| mix.rows.series(figure, 0).into_iter().map(f64::to_bits);
        figures.iter().all(|figure| bits(one, *figure).zip(bits(other, *figure)).all(|(a, b)| a == b))
    };
    // The last number is fastest, so its neighbours stand next to each other; each one further out steps by more.
    let mut across = 1;
    let mut found: Vec<bool> = Vec::new();
    for (number, knob) in plan.knobs.iter().enumerate().rev() {
        let pairs = mixes.iter().enumerate().filter(|(_, mix)| mix.at[number] < knob.grid.last);
        let pairs = pairs.map(|(at, mix)| (mix, &mixes[at + across]));
        let mut played = pairs.filter(|(a, b)| a.rows.done() > 0 && b.rows.done() > 0).peekable();
        found.push(played.peek().is_some() && played.all(|(a, b)| same(a, b)));
        across *= knob.grid.last + 1;
    }
    found.reverse();
    found
}
