//! Promise: `mix` names the best mix that keeps to what is asked, is wrong no more often than it says, says "borderline" and
//! "as good" where it cannot tell, never simulates what is over the budget for certain, and says what comes closest where
//! none will do.

use super::size::run as command;
use skillmix::experiment::kept_years::KeptYears;
use skillmix::experiment::mix::ask::Ask;
use skillmix::experiment::mix::race::{Out, Raced, Turn, Years, race};
use skillmix::experiment::mix::rules::{Condition, Rules, Sure};
use skillmix::experiment::mix::{Mixed, Objective, mix};
use skillmix::findings::mix::MixFindings;
use skillmix::findings::mix::rows::State;
use skillmix::scenario::load;
use skillmix::stats::normal::normal_quantile;
use skillmix::stats::sequential::{Kind, Stands};
use skillmix::stats::stopping::Precision;
use std::convert::Infallible;
use std::fs;
use std::path::{Path, PathBuf};

/// One draw of the unit interval by trial, year and stream: the same for whoever asks.
fn luck(trial: u64, year: u64, stream: u64) -> f64 {
    let mut z = (trial << 40 | stream << 24 | year).wrapping_add(0x9E37_79B9_7F4A_7C15);
    for multiplier in [0xBF58_476D_1CE4_E5B9_u64, 0x94D0_49BB_1331_11EB] {
        z = (z ^ (z >> 30)).wrapping_mul(multiplier);
    }
    (((z ^ (z >> 31)) >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
}

/// A contender whose figures are known: mean of its objective, chances of its conditions.
type Truth = (f64, Vec<f64>);

const MATTERS: f64 = 0.1;

fn rules(conditions: usize, most: usize) -> Rules {
    let condition = Condition { kind: Kind::Chance, level: 0.8, near: 0.01 };
    Rules {
        conditions: vec![condition; conditions],
        error: 0.05,
        most,
        matters: Precision::Absolute(MATTERS),
    }
}

/// Years of a known contender: its objective normal with sd 1, half of the variance luck in common; its conditions on luck of
/// which half the draws are in common.
fn years(trial: u64, truth: &[Truth], (at, from, upto): Turn) -> Years {
    let normal = |year: u64, stream: u64| normal_quantile(luck(trial, year, stream));
    let (own, years) = (100 + 10 * at as u64, from as u64..upto as u64);
    let (mean, chances) = &truth[at];
    let objective = |year: u64| mean + 0.5_f64.sqrt() * (normal(year, 1) + normal(year, own));
    let kept = |year: u64, number: u64, chance: f64| {
        let stream = if luck(trial, year, 3) < 0.5 { 4 } else { own + 1 } + number;
        f64::from(u8::from(luck(trial, year, stream) < chance))
    };
    Years {
        objective: years.clone().map(objective).collect(),
        conditions: (0..)
            .zip(chances)
            .map(|(i, p)| years.clone().map(|year| kept(year, i, *p)).collect())
            .collect(),
    }
}

/// A race of known contenders.
fn raced(trial: u64, truth: &[Truth], rules: &Rules) -> Raced {
    let mut play = |turns: &[Turn]| -> Result<Vec<Years>, Infallible> {
        Ok(turns.iter().map(|turn| years(trial, truth, *turn)).collect())
    };
    let Ok(raced) = race(&vec![Sure::default(); truth.len()], rules, &mut play);
    raced
}

/// What would be chosen by the means of 64 years, with no thought of luck: the lowest of those that keep to every condition.
fn by_means(trial: u64, truth: &[Truth]) -> Option<usize> {
    let mean = |of: &[f64]| of.iter().sum::<f64>() / of.len() as f64;
    let seen: Vec<Years> = (0..truth.len()).map(|at| years(trial, truth, (at, 0, 64))).collect();
    let keeps = |at: &usize| seen[*at].conditions.iter().all(|kept| mean(kept) >= 0.8);
    let by = |a: &usize, b: &usize| mean(&seen[*a].objective).total_cmp(&mean(&seen[*b].objective));
    (0..truth.len()).filter(keeps).min_by(by)
}

/// The truly best of those that truly keep to every condition.
fn best(truth: &[Truth]) -> Option<usize> {
    let keeps = |at: &usize| truth[*at].1.iter().all(|chance| *chance >= 0.8);
    (0..truth.len()).filter(keeps).min_by(|a, b| truth[*a].0.total_cmp(&truth[*b].0))
}

/// True where the answer is wrong: the winner fails a condition, or the truly best is better by more than what matters and
/// was dropped, or called as good, or there is said to be none.
fn wrong(truth: &[Truth], raced: &Raced) -> bool {
    let Some(best) = best(truth) else { return raced.winner.is_some() };
    let open = raced.contenders[best].out.is_none()
        && raced.contenders[best].stands.iter().any(|stands| *stands != Some(Stands::Above));
    match raced.winner {
        None => raced.contenders[best].out.is_some(),
        Some(winner) => {
            let fails = truth[winner].1.iter().any(|chance| *chance < 0.8);
            let behind = truth[winner].0 - truth[best].0 > MATTERS;
            fails || (behind && !(open || (!raced.settled && raced.contenders[best].out.is_none())))
        }
    }
}

/// Counts over trials: wrong answers, answers that are the truly best, and years of a full grid's with as many at each. The trials
/// are hard: the means of 64 years alone choose a wrong one more than one time in ten.
fn count(trials: u64, most: usize, conditions: usize, make: &dyn Fn(u64) -> Vec<Truth>) -> (u64, u64, f64) {
    let rules = rules(conditions, most);
    let (mut amiss, mut right, mut ours, mut full, mut naive) = (0, 0, 0, 0, 0);
    for trial in 0..trials {
        let truth = make(trial);
        let raced = raced(trial, &truth, &rules);
        amiss += u64::from(wrong(&truth, &raced));
        right += u64::from(raced.winner.is_some() && raced.winner == best(&truth));
        let behind = |at: usize| best(&truth).is_none_or(|best| truth[at].0 - truth[best].0 > MATTERS);
        let fails = |at: usize| truth[at].1.iter().any(|chance| *chance < 0.8);
        naive += u64::from(by_means(trial, &truth).is_some_and(|at| fails(at) || behind(at)));
        ours += raced.years();
        full += truth.len() * raced.contenders.iter().map(|c| c.done()).max().unwrap_or(0);
    }
    println!("by the means of 64 years: {naive} of {trials} wrong");
    assert!(naive * 10 > trials, "only {naive} of {trials} are hard");
    (amiss, right, ours as f64 / full as f64)
}

/// 24 contenders, the best better than all others by just more than what matters: the hardest case for comparing.
///
/// 400 trials, keyed luck. The bound is 1 in 20 for each. Bonferroni does not use it up: none is wrong, so that a sound rule is seen
/// above 20 has a chance below one in a million; one that is wrong 1 time in 10 passes once in 4,700.
#[test]
fn the_best_by_just_what_matters_is_not_missed() {
    let make = |trial: u64| {
        let at = (luck(7, trial, 9) * 24.0) as usize;
        (0..24).map(|i| (if i == at { 0.0 } else { 0.12 }, Vec::new())).collect()
    };
    let (wrong, right, share) = count(400, 4_000, 0, &make);
    println!("slippage: {wrong} of 400 wrong, {right} right, {share:.3} of a full grid");
    assert!(wrong <= 20 && right >= 360, "{wrong} wrong, {right} right of 400");
}

/// The best of a grid lies where the target only just holds: cheaper ones fail by little, dearer ones keep to it. A contender that
/// fails must not win, and the best must not be dropped. 400 trials, keyed luck; false alarm as above.
#[test]
fn a_mix_that_misses_the_target_is_rarely_called_best() {
    let make = |trial: u64| {
        let turn = 3 + (luck(8, trial, 9) * 18.0) as usize;
        let step = |i: usize| {
            if i < turn { 0.76 - 0.02 * (turn - i) as f64 } else { 0.84 + 0.01 * (i - turn) as f64 }
        };
        (0..24).map(|i| (i as f64, vec![step(i).clamp(0.05, 0.999), 0.97])).collect()
    };
    let (wrong, right, share) = count(400, 4_000, 2, &make);
    println!("target: {wrong} of 400 wrong, {right} right, {share:.3} of a full grid");
    assert!(wrong <= 20 && right >= 300, "{wrong} wrong, {right} right of 400");
}

/// Contenders of all kinds: objectives and chances at random, sometimes none that keeps to both conditions. 600 trials.
#[test]
fn whatever_the_grid_a_wrong_answer_is_rarer_than_stated() {
    let make = |trial: u64| {
        let number = 6 + (luck(9, trial, 1) * 40.0) as usize;
        let spread = 0.2 + 3.0 * luck(9, trial, 2);
        let one = |i: usize| {
            let draw = |stream: u64| luck(10_000 + trial, i as u64, stream);
            (spread * draw(1), vec![0.5 + 0.5 * draw(2), 0.6 + 0.4 * draw(3)])
        };
        (0..number).map(one).collect()
    };
    let (wrong, right, share) = count(600, 1_000, 2, &make);
    println!("any: {wrong} of 600 wrong, {right} right, {share:.3} of a full grid");
    assert!(wrong <= 30 && share < 0.5, "{wrong} of 600 wrong, {share:.3} of a full grid");
}

/// Years of a cost that is the same in all of them, and of five that are lower but for a loss that comes once in two
/// hundred years: 97 + 0.005 x 1,200 = 103 against 100.
fn rare(trial: u64, (at, from, upto): Turn) -> Years {
    let loss = |year: u64| if luck(trial, year, 10 + at as u64) < 0.005 { 1297.0 } else { 97.0 };
    let objective = |year: u64| if at == 0 { 100.0 } else { loss(year) };
    Years { objective: (from as u64..upto as u64).map(objective).collect(), conditions: Vec::new() }
}

/// Equal years are no proof that a loss never comes. 300 trials, keyed luck: with the stated error of 1 in 20, more than 30 wrong
/// have a chance below 1 in 10,000; judged by equal years more are (the last lines).
#[test]
fn a_rare_loss_that_has_not_come_yet_makes_nobody_best() {
    let rules = rules(0, 2_000);
    let race_of = |trial: u64, sure: Sure| {
        let mut play = |turns: &[Turn]| -> Result<Vec<Years>, Infallible> {
            Ok(turns.iter().map(|turn| rare(trial, *turn)).collect())
        };
        let Ok(raced) = race(&[sure; 6], &rules, &mut play);
        raced
    };
    let dropped = |raced: &Raced| matches!(raced.contenders[0].out, Some((Out::Beaten(_), _)));
    let wrong = (0..300).filter(|trial| dropped(&race_of(*trial, Sure::default()))).count();
    println!("rare loss: {wrong} of 300 wrong");
    assert!(wrong <= 30, "{wrong} of 300");
    // Said to be sure, equal years are taken as they are: so the trials are hard.
    let sure = Sure { objective: true, cost: true, part: None };
    let hard = (0..300).filter(|trial| dropped(&race_of(*trial, sure))).count();
    assert!(hard > 30, "only {hard} of 300 are hard");
    // What may not have been seen is told by the fewest years that decided.
    let early = |raced: &Raced| {
        let beaten = raced.contenders.iter().filter(|one| matches!(one.out, Some((Out::Beaten(_), _))));
        beaten.map(|one| one.done() / 3).min()
    };
    for trial in 0..20 {
        let raced = race_of(trial, Sure::default());
        let winner = raced.winner.expect("nobody fails a condition");
        let fewest = early(&raced).into_iter().chain([raced.contenders[winner].done() / 3]).min();
        assert_eq!(raced.unseen(), fewest);
    }
}

/// Costs that luck moves alike in every mix, by what is paid outside: told apart by what their staff cost for certain. Without that
/// part the same equal differences tell nothing.
#[test]
fn luck_that_is_the_same_in_every_mix_does_not_make_their_costs_alike() {
    let rules = rules(0, 200);
    let staff = |at: usize| 85_000.0 + 10_000.0 * at as f64;
    let race_of = |part: bool| {
        let mut play = |turns: &[Turn]| -> Result<Vec<Years>, Infallible> {
            let years = |&(at, from, upto): &Turn| {
                let paid = |year: u64| 100.0 * luck(3, year, 1);
                let objective = (from as u64..upto as u64).map(|year| staff(at) + paid(year)).collect();
                Years { objective, conditions: Vec::new() }
            };
            Ok(turns.iter().map(years).collect())
        };
        let sure: Vec<Sure> =
            (0..6).map(|at| Sure { part: part.then(|| staff(at)), ..Sure::default() }).collect();
        let Ok(raced) = race(&sure, &rules, &mut play);
        raced
    };
    let beaten = |raced: &Raced| {
        raced.contenders.iter().filter(|one| matches!(one.out, Some((Out::Beaten(_), _)))).count()
    };
    let told = race_of(true);
    assert_eq!((told.winner, beaten(&told)), (Some(0), 5));
    assert_eq!(beaten(&race_of(false)), 0);
}

fn scenario() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios/mix.toml")
}

const VARY: [&str; 2] = ["post.gps.wte=2:8:1", "post.nurses.wte=1:7:1"];

fn ask(objective: Objective) -> Ask {
    Ask {
        vary: VARY.map(ToOwned::to_owned).to_vec(),
        objective,
        targets: Vec::new(),
        chance: 0.8,
        place: None,
        budget: None,
        option: None,
        matters: None,
        most: 3_000,
    }
}

fn found(ask: &Ask) -> (Mixed, MixFindings) {
    let read = |more: &[String]| load(&scenario(), more);
    let stated = read(&[]).unwrap_or_else(|report| panic!("{}", report.render(false)));
    let plan = ask.plan(&stated).unwrap_or_else(|unfit| panic!("{unfit:?}"));
    let mixed = mix(plan, &read, &KeptYears::none(), &|_| {})
        .unwrap_or_else(|report| panic!("{}", report.render(false)));
    let findings = MixFindings::new(&mixed);
    (mixed, findings)
}

fn poisson(mean: f64, n: usize) -> f64 {
    (1..=n).fold(libm::exp(-mean), |term, i| term * mean / i as f64)
}

/// Sums over complex and plain requests of the day, by the file's own head.
fn day(of: impl Fn(usize, usize) -> f64) -> f64 {
    (0..50)
        .flat_map(|a| (0..50).map(move |s| (a, s)))
        .map(|(a, s)| poisson(6.0, a) * poisson(8.0, s) * of(a, s))
        .sum()
}

/// Chances that everybody complex, and everybody plain, is seen: of days on which there is anybody.
fn chances(gps: usize, nurses: usize) -> [f64; 2] {
    let one = |held: bool| if held { 1.0 } else { 0.0 };
    let complex = day(|a, _| one((1..=2 * gps).contains(&a)));
    let left = |a: usize| 2 * nurses + (2 * gps).saturating_sub(a);
    let plain = day(|a, s| one(s > 0 && s <= left(a)));
    [complex / (1.0 - libm::exp(-6.0)), plain / (1.0 - libm::exp(-8.0))]
}

fn unmet(gps: usize, nurses: usize) -> f64 {
    day(|a, s| {
        let left = (2 * gps).saturating_sub(a);
        (a.saturating_sub(2 * gps) + s.saturating_sub(2 * nurses + left)) as f64
    })
}

fn all() -> impl Iterator<Item = (usize, usize)> {
    (2..=8).flat_map(|gps| (1..=7).map(move |nurses| (gps, nurses)))
}

fn pounds(gps: usize, nurses: usize) -> f64 {
    100_000.0 * gps as f64 + 40_000.0 * nurses as f64
}

/// The best mix of two roles by hand, where the second role takes what the first has left: the cheapest of which both targets
/// hold with the chance asked for.
#[test]
fn the_cheapest_mix_of_two_roles_is_the_one_worked_out_by_hand() {
    for (chance, want) in [(0.75, (4, 4)), (0.9, (5, 5))] {
        let keeps =
            |(gps, nurses): &(usize, usize)| chances(*gps, *nurses).iter().all(|held| *held >= chance);
        let by_hand = all().filter(keeps).min_by(|a, b| pounds(a.0, a.1).total_cmp(&pounds(b.0, b.1)));
        assert_eq!(by_hand, Some(want), "at {chance}");
        let targets = vec!["complex".to_owned(), "target.plain".to_owned()];
        let (_, f) = found(&Ask { targets, chance, ..ask(Objective::Cost) });
        let best = &f.rows[f.best.expect("a best mix")];
        assert_eq!(best.values, [want.0 as f64, want.1 as f64], "at {chance}: {}", f.answer[0]);
        let cost = best.seen.cost.expect("a cost").mean;
        assert!((cost - pounds(want.0, want.1)).abs() < 1.0, "{cost}");
        for (held, exact) in best.seen.targets.iter().zip(chances(want.0, want.1)) {
            assert!(held.interval.is_some_and(|interval| interval.holds(exact)), "{exact} {held:?}");
        }
        assert!(f.effort.searched * 5 < f.effort.full(), "{:?}", f.effort);
    }
}

/// At 80 % four doctors and four nurses miss the target by three in a thousand: cheaper, and named as borderline, never best.
#[test]
fn what_cannot_be_told_is_called_borderline() {
    assert!((chances(4, 4)[1] - 0.797).abs() < 5e-4);
    let targets = vec!["complex".to_owned(), "plain".to_owned()];
    let (_, f) = found(&Ask { targets, ..ask(Objective::Cost) });
    assert_eq!(f.best.map(|best| f.rows[best].values.clone()), Some(vec![4.0, 5.0]));
    let borderline: Vec<&Vec<f64>> = f.all(State::Borderline).map(|row| &row.values).collect();
    assert_eq!(borderline, [&vec![4.0, 4.0]]);
    assert!(f.answer.iter().any(|said| said.starts_with("Borderline, cheaper")), "{:?}", f.answer);
}

/// Within a budget: those over it for certain are never played, and the fewest unmet are those worked out by hand.
#[test]
fn a_budget_excludes_before_any_year_and_the_fewest_unmet_are_found() {
    let budget = 600_000.0;
    let affordable = || all().filter(|(gps, nurses)| pounds(*gps, *nurses) <= budget);
    let by_hand = affordable().min_by(|a, b| unmet(a.0, a.1).total_cmp(&unmet(b.0, b.1))).expect("a mix");
    let (mixed, f) = found(&Ask { budget: Some(budget), ..ask(Objective::Unmet) });
    assert_eq!(f.effort.excluded, 49 - affordable().count());
    assert!(
        f.all(State::Excluded)
            .all(|row| row.seen.years == 0 && row.certain.is_some_and(|cost| cost > budget))
    );
    let best = &f.rows[f.best.expect("a best mix")];
    assert_eq!(best.values, [by_hand.0 as f64, by_hand.1 as f64], "{}", f.answer[0]);
    // What is certain beforehand is what the years then cost, to the rounding of people.
    for mix in mixed.mixes.iter().filter(|mix| mix.rows.done() > 0) {
        let cost = mix.rows.mean(skillmix::experiment::mix::Figure::Cost).expect("a cost");
        let certain = mix.certain.expect("certain");
        assert!(certain <= cost + 0.5 && cost - certain < 1_500.0, "{certain} {cost}");
    }
}

/// A mix that costs just the budget keeps to it, whatever the amount: what years cost is rounded, which is no excess.
#[test]
fn a_mix_that_costs_just_the_budget_keeps_to_it() {
    for (gps, nurses) in [(5, 5), (4, 4), (6, 2), (3, 7)] {
        let budget = pounds(gps, nurses);
        let vary = vec![format!("post.gps.wte={gps}:{}:1", gps + 1), format!("post.nurses.wte={nurses}:8:1")];
        let (_, f) = found(&Ask { vary, budget: Some(budget), most: 64, ..ask(Objective::Unmet) });
        let best = f.best.map(|best| f.rows[best].values.clone());
        assert_eq!(best, Some(vec![gps as f64, nurses as f64]), "{}", f.answer.join(" "));
    }
}

/// 0 WTE of an option's post is without the levers that send requests to it, and without its settling in: as things are.
#[test]
fn nobody_in_an_options_post_is_as_without_it() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios/mix-option.toml");
    let read = |more: &[String]| load(&path, more);
    let stated = read(&[]).unwrap_or_else(|report| panic!("{}", report.render(false)));
    assert!(stated.warnings.is_empty(), "{}", stated.warnings.render(false));
    let vary = ["post.helper.wte=0:1:1", "post.gps.wte=4:5:1"].map(ToOwned::to_owned).to_vec();
    let ask = Ask { vary, option: Some("helper".into()), most: 128, ..ask(Objective::Unmet) };
    let plan = ask.plan(&stated).unwrap_or_else(|unfit| panic!("{unfit:?}"));
    let mixed = mix(plan, &read, &KeptYears::none(), &|_| {})
        .unwrap_or_else(|report| panic!("{}", report.render(false)));
    let unmet = skillmix::experiment::mix::Figure::Unmet;
    let now = mixed.as_now.series(unmet, 0);
    for mix in &mixed.mixes {
        let values = mix.rows.series(unmet, 0);
        assert!(values.len() >= 32, "{:?}", mix.at);
        assert_eq!(values[..32] == now[..32], mix.at == [0, 0], "{:?}", mix.at);
    }
    let f = MixFindings::new(&mixed);
    let said = "the levers `to_helper` and `first_weeks` are left out";
    assert!(f.answer.iter().any(|sentence| sentence.contains(said)), "{:?}", f.answer);
    let text = skillmix::report::text::whole(&skillmix::report::mix::document::document(&f));
    assert!(text.lines().any(|line| line.contains("as now")), "{text}");
    // A scenario that has it so by itself is warned of: lever, role and way out.
    let none = read(&["option.helper.overlay.post.helper.wte=0".to_owned()]);
    let none = none.unwrap_or_else(|report| panic!("{}", report.render(false)));
    let told = none.warnings.render(false);
    let own = "`lever.first_weeks` is for role `helper`";
    for words in
        ["`lever.to_helper` sends requests to role `helper`", own, "has 0 wte", "give the post some wte"]
    {
        assert!(told.contains(words), "{told}");
    }
}

fn mixed(folder: &Path, more: &[&str], exit: i32) -> (String, String) {
    let path = scenario();
    let path = path.to_str().expect("a path of letters");
    let args = ["mix", path, "--vary", VARY[0], "--vary", VARY[1], "-n", "600"];
    command(folder, &[&args[..], more].concat(), exit)
}

#[test]
fn the_same_bytes_on_one_core_and_on_two_and_from_the_folder_again() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let here = folder.path();
    let asked =
        ["--minimise", "cost", "--subject-to", "complex", "--subject-to", "plain", "--chance", "0.75"];
    let (text, _) = mixed(here, &[&asked[..], &["--threads", "2", "--out", "a"]].concat(), 0);
    assert!(text.starts_with("The cheapest mix shown to keep to"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80), "80 columns: {text}");
    mixed(here, &[&asked[..], &["--threads", "1", "--quiet", "--out", "b"]].concat(), 0);
    let read =
        |out: &str, name: &str| fs::read(here.join(out).join(name)).unwrap_or_else(|_| panic!("{name}"));
    let names = ["mix.csv", "rounds.csv", "report.txt", "plots/mix.svg", "plots/mix.png", "README.txt"];
    for name in names.into_iter().chain(["assumptions.csv", "scenario.toml", "manifest.json"]) {
        assert_eq!(read("a", name), read("b", name), "{name}: the same bytes on any number of cores");
    }
    // Things as they are stand in the table, against the best on the same years; the frontier does so on the screen too.
    let table = String::from_utf8(read("a", "mix.csv")).expect("text");
    let mut lines = table.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let (head, now) = (lines.next().expect("headings"), lines.next().expect("things as they are"));
    let cell = |name: &str| now[head.iter().position(|column| *column == name).expect("a column")];
    assert_eq!((now[0], cell("post.gps.wte"), cell("shows")), ("as_now", "4", "as_now"));
    assert!(
        ["years", "cost_to_practices_a_year", "behind", "behind_low", "complex.holds"]
            .iter()
            .all(|c| !cell(c).is_empty()),
        "{now:?}"
    );
    assert!(text.contains("The frontier against the best mix on the same simulated years"), "{text}");
    let picture = String::from_utf8(read("a", "plots/mix.svg")).expect("text");
    assert!(picture.contains("Against the best on the same years"), "the caption");
    // The command in the folder's manifest gives the same table; the scenario there is that of the best mix.
    let manifest = String::from_utf8(read("a", "manifest.json")).expect("text");
    let line = manifest.lines().find_map(|line| line.trim().strip_prefix("\"run_again\": \"skillmix "));
    let line = line.expect("a command").trim_end_matches("\",").replace('\'', "");
    let mut args: Vec<&str> = line.split_whitespace().collect();
    args.extend(["--out", "../c", "--quiet", "--no-plots"]);
    command(&here.join("a"), &args, 0);
    for name in ["mix.csv", "rounds.csv", "report.txt", "scenario.toml"] {
        assert_eq!(read("c", name), read("a", name), "{name}");
    }
    let scenario = String::from_utf8(read("a", "scenario.toml")).expect("text");
    let post = scenario.split("[post.gps]").nth(1).expect("the post");
    assert!(post.contains("wte = 4"), "{post}");
}

#[test]
fn where_none_will_do_it_says_which_target_fails_and_what_comes_closest() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let args = [
        "--minimise",
        "cost",
        "--subject-to",
        "plain",
        "--subject-to",
        "complex",
        "--chance",
        "0.9",
        "--budget",
        "500000",
    ];
    let (text, _) = mixed(folder.path(), &[&args[..], &["--out", "a"]].concat(), 0);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.starts_with("None of the 49 mixes keeps to what is asked:"), "{text}");
    assert!(text.contains("Closest comes GP, Mill Lane") && text.contains("points short"), "{text}");
    assert!(
        text.contains("are over £500,000 a year by what is certain of their cost, and never simulated"),
        "{text}"
    );
    let table = fs::read_to_string(folder.path().join("a/mix.csv")).expect("a table");
    assert_eq!(table.lines().count(), 51, "headings, things as they are, and a row a mix");
    assert!(
        table.contains("costs more than the budget for certain") && table.contains("misses target"),
        "{table}"
    );
    let (text, _) = mixed(folder.path(), &["--minimise", "unmet", "--budget", "100", "--out", "c"], 0);
    assert!(text.contains("The cheapest is GP, Mill Lane 2 WTE and Nurse, Mill Lane 1 WTE"), "{text}");
    // A grid too small by far: the best lies at its edge.
    let path = scenario();
    let path = path.to_str().expect("a path of letters");
    let edge = [
        "mix",
        path,
        "--vary",
        "post.gps.wte=5:6:1",
        "--vary",
        "post.nurses.wte=5:7:1",
        "--minimise",
        "cost",
    ];
    let (text, _) =
        command(folder.path(), &[&edge[..], &["--subject-to", "plain", "--out", "b"]].concat(), 0);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("lies at the edge of the grid") && text.contains("widen it downwards"), "{text}");
}

#[test]
fn what_cannot_be_asked_is_refused_in_a_planners_words() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let path = scenario();
    let path = path.to_str().expect("a path of letters");
    let told = |args: &[&str], exit: i32, words: &str| {
        let (_, said) = command(folder.path(), &[&["mix", path][..], args].concat(), exit);
        assert!(said.contains(words), "{words}: {said}");
    };
    let cost = ["--minimise", "cost", "--subject-to", "plain"];
    let with = |vary: &'static str| [&cost[..], &["--vary", vary]].concat();
    told(&with("post.gp.wte=2:8:1"), 2, "did you mean `gps`?");
    told(&with("post.gps.wtee=2:8:1"), 2, "a post has no key `wtee`");
    told(&with("post.gps.wte=8:2:1"), 2, "write the lower value first");
    told(&with("post.gps.wte=2:8:0"), 2, "a step is above 0");
    told(&with("post.gps.wte=-1:8:1"), 2, "cannot be below nought");
    told(&with("post.gps.wte=1:9:0.001"), 2, "runs over 8001 values");
    let big = ["--vary", "post.gps.wte=1:1000:1", "--vary", "post.nurses.wte=1:1000:1"];
    told(&[&cost[..], &big].concat(), 2, "1000 x 1000");
    told(&["--minimise", "cost", "--vary", VARY[0]], 2, "name a target: --subject-to complex");
    told(&["--minimise", "cost", "--subject-to", "plane", "--vary", VARY[0]], 2, "did you mean `plain`?");
    told(&[&with(VARY[0])[..], &["--vary", VARY[0]]].concat(), 2, "is varied twice");
    told(&[&with(VARY[0])[..], &["--place", "ward.9"]].concat(), 2, "is no place");
    let compare = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios/compare.toml");
    let slots = ["mix", compare.to_str().expect("a path"), "--vary", "post.gps.slots_per_day=18:24:2"];
    let of_slots = |more: &[&str], exit: i32| command(folder.path(), &[&slots[..], more].concat(), exit);
    let (_, said) = of_slots(&["--minimise", "cost", "--subject-to", "routine"], 2);
    assert!(
        said.contains("what a mix costs is not known: post `gps` has appointments and no people"),
        "{said}"
    );
    let (text, _) = of_slots(&["--minimise", "wait", "-n", "64", "--out", "s"], 0);
    assert!(text.contains("Costs are not known for every post"), "{text}");
}

/// The fewest unmet with half the pharmacists, whose own patients never give up and so are never unmet: whom it harms stands right
/// after the answer, then what the levers send there; neither is said of the file as stated.
#[test]
fn whom_the_best_mix_harms_is_said_after_the_answer() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let starter = super::size::starter();
    let args =
        ["mix", &starter, "--option", "ask_the_pharmacist", "--minimise", "unmet", "-n", "100", "--no-plots"];
    let vary = ["--vary", "post.pharmacists.slots_per_day=18:54:18", "--vary"];
    let gps = ["post.high_street_gps.slots_per_day=114:124:10", "--out", "a"];
    let (text, _) = command(folder.path(), &[&args[..], &vary, &gps].concat(), 0);
    let parts: Vec<String> = text.split("\n\n").map(|part| part.replace('\n', " ")).collect();
    assert!(parts[0].contains("Town network 18 slots a day and GP"), "{text}");
    assert!(
        parts[1].starts_with("Pulled from its first day, \"Ask the pharmacist\" is on average at "),
        "{text}"
    );
    assert!(
        parts[2].starts_with("Beside things as they are, on the same 100 years, it harms medicines question"),
        "{text}"
    );
    assert!(parts[3].starts_with("There, at full strength") && parts[3].contains("(236 %"), "{text}");
}

/// The manifest's command is for a program: every digit of what was asked, and it gives the same table.
#[test]
fn the_command_of_the_manifest_has_every_digit() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let path = scenario();
    let path = path.to_str().expect("a path of letters");
    let args =
        ["mix", path, "--vary", "post.gps.wte=4:5.125:1.125", "--vary", "post.nurses.wte=4:5:1", "-n", "64"];
    let goal =
        ["--minimise", "cost", "--subject-to", "plain", "--chance", "0.70123", "--budget", "1234567.5"];
    command(folder.path(), &[&args[..], &goal, &["--precision", "0.012345", "--out", "a"]].concat(), 4);
    let manifest = fs::read_to_string(folder.path().join("a/manifest.json")).expect("text");
    let line = manifest.lines().find_map(|line| line.trim().strip_prefix("\"run_again\": \"skillmix "));
    let line = line.expect("a command").trim_end_matches("\",").replace('\'', "");
    for typed in ["--chance 0.70123", "--budget 1234567.5", "--precision 0.012345", "wte=4:5.125:1.125"] {
        assert!(line.contains(typed), "{typed}: {line}");
    }
    let mut args: Vec<&str> = line.split_whitespace().collect();
    args.extend(["--out", "../c", "--quiet", "--no-plots"]);
    command(&folder.path().join("a"), &args, 4);
    let table = |out: &str| fs::read(folder.path().join(out).join("mix.csv")).expect("a table");
    assert_eq!(table("a"), table("c"));
}

/// The best mix of a year in which a lever builds up is said to be that straight after the answer.
#[test]
fn a_mix_of_a_settling_in_year_is_said_to_be_one() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let starter = super::size::starter();
    let of = |ramp: &str, out: &str| {
        let set = format!("lever.ask_the_pharmacist.ramp_weeks={ramp}");
        let args = ["mix", &starter, "--option", "ask_the_pharmacist", "--set", &set, "--minimise", "unmet"];
        let grid =
            ["--vary", "post.pharmacists.slots_per_day=18:36:18", "-n", "32", "--no-plots", "--out", out];
        let (text, _) = command(folder.path(), &[&args[..], &grid].concat(), 0);
        text.split("\n\n").nth(1).unwrap_or_default().replace('\n', " ")
    };
    let said = of("104", "a");
    assert!(
        said.starts_with("Pulled from its first day, \"") && said.contains(" at 25 % of its strength"),
        "{said}"
    );
    assert!(!of("0", "b").contains("of its strength"));
}
