//! Promise: `pilots` states an effect with an interval that holds, a power that comes true, and a verdict only where the pilot
//! could have gone against the model; what it cannot know it says.

mod beyond;
mod calendar;

use skillmix::experiment::lean::lean;
use skillmix::experiment::pilots::layout::{Adjusted, Cell, Layout};
use skillmix::experiment::pilots::months::simulate;
use skillmix::experiment::pilots::open_days::{Grows, OpenDays};
use skillmix::experiment::pilots::power::summed;
use skillmix::experiment::pilots::unit::Units;
use skillmix::experiment::pilots::{Asked, Tried, try_pilot};
use skillmix::experiment::run::{Settings, first};
use skillmix::experiment::shown::Shown;
use skillmix::findings::piloted::PilotedFindings;
use skillmix::findings::piloted::verdict::{Outlook, Verdict, Why};
use skillmix::model::Model;
use skillmix::outcome::columns::{About, Place};
use skillmix::outcome::measure::{MEASURES, by_name};
use skillmix::scenario::pilots::{Asked as Read, Month, Per, PilotFile, Stated, load};
use skillmix::stats::normal::normal_quantile;
use skillmix::stats::panel::Estimate;
use skillmix::stats::predictive::Predictive;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A stream of normal numbers from a seed (splitmix64 and the quantile function).
struct Luck(u64);

impl Luck {
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (((z ^ (z >> 31)) >> 12) as f64 + 0.5) / (1u64 << 52) as f64
    }

    fn normal(&mut self) -> f64 {
        normal_quantile(self.unit())
    }
}

fn layout(practices: usize, controls: usize, before: usize, after: usize) -> Layout {
    let stated = Stated { practices: Some(practices), controls, months_before: before, months_after: after };
    Layout::stated(stated, practices)
}

/// Months of a layout: levels of practices, a season, a trend, what meets all (where asked), noise that hangs together from month to month
/// (0.6), and an effect that differs between practices.
fn values(layout: &Layout, luck: &mut Luck, effect: f64, shared: f64) -> Vec<f64> {
    let practices = layout.control.len();
    let level: Vec<f64> = (0..practices).map(|_| 100.0 + 10.0 * luck.normal()).collect();
    let own: Vec<f64> = (0..practices).map(|_| effect + 1.0 * luck.normal()).collect();
    let mut noise = vec![0.0; practices];
    let mut common = std::collections::BTreeMap::new();
    let cells = layout.cells.iter().map(|cell| {
        let p = cell.practice;
        let at_start = cell.month == layout.cells[0].month;
        let fresh = luck.normal();
        noise[p] = if at_start { fresh } else { 0.6 * noise[p] + 0.8 * fresh };
        let met = *common.entry(cell.month).or_insert_with(|| shared * luck.normal());
        let season = 4.0 * libm::cos(std::f64::consts::FRAC_PI_6 * cell.month.of_year() as f64);
        let trend = 0.2 * f64::from(cell.month.0 - layout.start.0);
        let acts = cell.after && !layout.control[p];
        level[p] + season + trend + met + 3.0 * noise[p] + if acts { own[p] } else { 0.0 }
    });
    cells.collect()
}

/// Share of trials whose 95 % interval holds the effect.
fn coverage(layout: &Layout, trials: u64, seed: u64, shared: f64) -> f64 {
    let panel = layout.panel().expect("an estimate");
    let used = layout.used();
    let mut luck = Luck(seed);
    let held = (0..trials).filter(|_| {
        let all = values(layout, &mut luck, 5.0, shared);
        let values: Vec<f64> = used.iter().map(|at| all[*at]).collect();
        panel.estimate(&values).interval(0.95).holds(5.0)
    });
    held.count() as f64 / trials as f64
}

/// Before and after with month of the year and trend, 4 to 16 practices that are alike in their months: Student's interval over
/// practices is exact, whatever hangs together inside a practice. 5,000 trials, seed 41; a right interval lies outside 0.95 ± 0.0154
/// (five standard errors) once in two million.
#[test]
fn the_interval_holds_with_four_to_sixteen_practices() {
    for practices in [4, 6, 10, 16] {
        let layout = layout(practices, 0, 24, 12);
        assert_eq!(layout.adjusted(), Adjusted::SeasonAndTrend);
        let held = coverage(&layout, 5_000, 41, 0.0);
        assert!((held - 0.95).abs() < 0.0154, "{practices} practices: {held}");
    }
}

/// Differences in differences, with what meets all in every month, and with months missing at random: nearly exact. 4,000
/// trials, seed 43: a true coverage of 0.95 lies outside 0.93 to 0.97 less than once in a million.
#[test]
fn the_interval_holds_with_controls_and_with_gaps() {
    for (practices, controls) in [(4, 4), (4, 10), (8, 3)] {
        let whole = layout(practices, controls, 12, 6);
        let held = coverage(&whole, 4_000, 43, 8.0);
        assert!((0.93..0.97).contains(&held), "{practices} and {controls}: {held}");
        let mut luck = Luck(44);
        let cells: Vec<Cell> = whole.cells.iter().filter(|_| luck.unit() > 0.15).copied().collect();
        let held = coverage(&Layout { cells, ..whole }, 4_000, 45, 8.0);
        assert!((0.93..0.97).contains(&held), "{practices} and {controls} with gaps: {held}");
    }
}

/// The trend of pilots less that of controls before the start, where both go the same way: its interval holds nought in 95 %, with
/// months that hang together and with what meets all. 4,000 trials, seed 67: a true coverage of 0.95 lies outside 0.93 to 0.97 less
/// than once in a million.
#[test]
fn trends_before_the_start_are_shown_to_differ_once_in_twenty() {
    for (practices, controls) in [(4, 4), (8, 6)] {
        let layout = layout(practices, controls, 12, 6);
        let before = layout.before().expect("controls and a year before");
        let mut luck = Luck(67);
        let held = (0..4_000).filter(|_| {
            let all = values(&layout, &mut luck, 5.0, 8.0);
            let own: Vec<f64> = before.cells.iter().map(|at| all[*at]).collect();
            before.panel.estimate(&own).interval(0.95).holds(0.0)
        });
        let held = held.count() as f64 / 4_000.0;
        assert!((0.93..0.97).contains(&held), "{practices} and {controls}: {held}");
    }
}

/// Without controls what meets all practices at once breaks the interval, which is why the power says how often that happens.
/// Seed 47, 1,000 trials: the share is far below nine in ten.
#[test]
fn without_controls_what_meets_all_counts_as_effect() {
    assert!(coverage(&layout(8, 0, 24, 12), 1_000, 47, 8.0) < 0.9);
}

/// Where the model is right the predictive p-value is uniform. 3,000 pilots of ten practices each, seed 53; Kolmogorov's
/// distance of a uniform law is above 2.69 / sqrt(3,000) = 0.0491 once in a million.
#[test]
fn the_predictive_p_value_is_uniform_under_the_model() {
    let layout = layout(10, 0, 24, 12);
    let panel = layout.panel().expect("an estimate");
    let spread = 3.0;
    let draws: Vec<f64> =
        (0..400).map(|i| 5.0 + spread * normal_quantile((f64::from(i) + 0.5) / 400.0)).collect();
    let mut luck = Luck(53);
    let mut p: Vec<f64> = (0..3_000)
        .map(|_| {
            let truth = 5.0 + spread * luck.normal();
            let found = panel.estimate(&values(&layout, &mut luck, truth, 0.0));
            Predictive::new(&draws, found.error, found.df).expect("draws").p_value(found.effect)
        })
        .collect();
    p.sort_by(f64::total_cmp);
    let n = p.len() as f64;
    let distance = p.iter().enumerate().map(|(i, p)| (p - (i as f64 + 0.5) / n).abs()).fold(0.0, f64::max);
    assert!(distance < 0.0491, "{distance}");
    let disagree = p.iter().filter(|p| **p <= 0.1).count() as f64 / n;
    assert!((disagree - 0.1).abs() < 0.03, "one pilot in ten disagrees by luck: {disagree}");
}

/// The power stated from pilots without an effect is the share of fresh pilots with the effect that show it. 3,000 pilots each,
/// seeds 59 and 61; the two shares differ by more than five standard errors (0.0646 at most) once in two million.
#[test]
fn the_power_stated_comes_true_in_fresh_pilots() {
    for layout in [layout(5, 0, 24, 12), layout(5, 5, 12, 6)] {
        let panel = layout.panel().expect("an estimate");
        let trials = 3_000;
        let mut luck = Luck(59);
        let nothing: Vec<Estimate> =
            (0..trials).map(|_| panel.estimate(&values(&layout, &mut luck, 0.0, 0.0))).collect();
        for effect in [-1.5, -3.0] {
            let power = summed(&nothing, (&layout, panel.df()), effect);
            let mut luck = Luck(61);
            let shown = (0..trials).filter(|_| {
                panel.estimate(&values(&layout, &mut luck, effect, 0.0)).interval(0.95).high < 0.0
            });
            let share = shown.count() as f64 / f64::from(trials);
            let stated = power.at_predicted.share;
            assert!((share - stated).abs() < 0.0646, "{effect}: stated {stated}, came to {share}");
            assert!((power.false_alarms.share - 0.05).abs() < 0.02, "{}", power.false_alarms.share);
            assert!(power.detectable < 0.0, "on the side of the effect");
        }
    }
}

fn counts() -> Vec<&'static str> {
    MEASURES.iter().filter(|measure| measure.never_negative()).map(|measure| measure.name).collect()
}

fn measures() -> Vec<&'static str> {
    MEASURES.iter().map(|measure| measure.name).collect()
}

fn read(path: &str, replications: usize) -> PilotFile {
    let asked = Read {
        sets: &[],
        measures: &measures(),
        counts: &counts(),
        replications: Some(replications),
        seed: None,
        only: &[],
    };
    match load(Path::new(path), asked) {
        Ok(file) => file,
        Err(reports) => panic!("{}", reports.iter().map(|r| r.render(false)).collect::<String>()),
    }
}

fn tried(file: &PilotFile, pilots: usize) -> Vec<Tried> {
    let asked = Asked { lanes: 16, precision: None, pilots };
    file.pilots.iter().map(|pilot| try_pilot(pilot.clone(), asked, &|_, _| ())).collect()
}

/// Every kind of pilot of the tests' file, each said as what it is.
#[test]
fn every_kind_of_pilot_is_said_as_what_it_is() {
    let file = read("tests/pilots/pilots.toml", 100);
    let found = PilotedFindings::new(&file.title, &tried(&file, 60));
    let of = |name: &str| found.pilots.iter().find(|p| p.name == name).unwrap_or_else(|| panic!("{name}"));
    assert!(of("own").verdict == Verdict::InSample, "{:?}", of("own").verdict);
    assert_eq!(of("survey").verdict, Verdict::SurveyOnly);
    assert!(
        of("survey").sentence.contains("87 %") && of("survey").sentence.contains("outside what the model")
    );
    assert!(matches!(of("small").verdict, Verdict::Planned(Outlook::Unknown)));
    assert!(
        of("before_after").verdict.scored()
            || of("before_after").verdict == Verdict::CouldNotTell(Why::TooWide)
    );
    let notes = |name: &str| of(name).notes.join(" ");
    assert!(notes("months").contains("straight trend are taken out"), "{}", notes("months"));
    assert!(notes("controls").contains("difference in differences"), "{}", notes("controls"));
    let gaps = notes("gaps");
    for words in [
        "trend and season cannot both be known",
        "Practice west has no month before the start",
        "No practice has 2019-12",
        "Months are unequal: south",
        "The month in which it began",
        "would look like an effect of",
    ] {
        assert!(gaps.contains(words), "{words}: {gaps}");
    }
    // the numbers of the months were made with an effect of 9 %
    let (effect, interval) = of("controls").sides.as_ref().and_then(|s| s.observed).expect("an effect");
    let made = -0.09 * 1000.0 * 2.1 / 52.18;
    assert!(interval.is_some_and(|i| i.holds(made)), "{effect}: {interval:?} without {made}");
}

/// The power of the engine's own months, 300 simulated pilots under each of two seeds: the shares differ by more than five standard
/// errors (0.204 at most) once in two million.
#[test]
fn the_power_of_simulated_months_does_not_hang_on_the_seed() {
    let mut shares = Vec::new();
    for seed in [3, 4] {
        let asked = Read {
            sets: &[],
            measures: &measures(),
            counts: &counts(),
            replications: Some(60),
            seed: Some(seed),
            only: &[],
        };
        let mut file =
            load(Path::new("tests/pilots/pilots.toml"), asked).unwrap_or_else(|_| panic!("it loads"));
        file.pilots.retain(|pilot| pilot.name == "before_after");
        let tried = tried(&file, 300);
        let power = tried[0].model.as_ref().and_then(|m| m.power.clone().ok()).expect("a power");
        shares.push((power.at_predicted.share, power.false_alarms.share, power.detectable));
    }
    assert!((shares[0].0 - shares[1].0).abs() < 0.204, "{shares:?}");
    assert!((shares[0].1 - shares[1].1).abs() < 0.204, "{shares:?}");
    assert!((shares[0].2 / shares[1].2 - 1.0).abs() < 0.5, "{shares:?}");
}

#[test]
fn every_broken_pilots_file_says_what_is_wrong() {
    let files = super::diagnostics::toml_files("tests/broken/pilots");
    assert!(files.len() >= 16, "only {}", files.len());
    for path in files {
        let asked = Read {
            sets: &[],
            measures: &measures(),
            counts: &counts(),
            replications: None,
            seed: None,
            only: &[],
        };
        let text: String = match load(&path, asked) {
            Ok(_) => panic!("{} is not broken", path.display()),
            Err(reports) => reports.iter().map(|report| report.render(false)).collect(),
        };
        let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        insta::with_settings!({ snapshot_path => "../broken/pilots", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name.clone(), text);
        });
    }
}

/// The shipped pilots: each source is stated, each carries a heading and what stands behind it, and what set the model is not scored.
#[test]
fn the_shipped_pilots_are_honest() {
    let file = read("scenarios/pilots/published.toml", 20);
    assert!(file.pilots.len() >= 6);
    let known: Vec<&str> = file.sources.iter().map(|source| source.id.as_str()).collect();
    for figure in file.assumptions.iter().filter(|f| !f.address.starts_with("run.")) {
        let source = figure.source.as_deref().unwrap_or_else(|| panic!("{} has no source", figure.address));
        assert!(known.contains(&source), "{source} of {} is not stated", figure.address);
    }
    for pilot in &file.pilots {
        assert!(pilot.heading.is_some() && pilot.evidence.weight.is_some(), "{}", pilot.name);
        assert!(!pilot.evidence.word.is_empty() && !pilot.evidence.measured_by.is_empty(), "{}", pilot.name);
    }
    let set = |name: &str| {
        let pilot = file.pilots.iter().find(|pilot| pilot.name == name).unwrap_or_else(|| panic!("{name}"));
        pilot.simulated.as_ref().is_some_and(|simulated| !simulated.in_sample.is_empty())
    };
    assert!(set("physiotherapists_review") && set("navigation_time") && !set("pharmacists_16"));
    assert!(read("scenarios/pilots/planned.toml", 20).pilots.iter().all(|pilot| pilot.seen.is_none()));
}

/// Every lever of the library that a planner could pull has a heading.
#[test]
fn levers_of_the_library_carry_their_heading() {
    let text = fs::read_to_string("src/scenario/library/england.toml").expect("the library");
    let mut lever = None;
    let mut without = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("[lever.").and_then(|rest| rest.strip_suffix(']')) {
            if !name.contains('.') {
                without.extend(lever.replace(name.to_owned()));
            }
        } else if line.starts_with("heading = ") {
            lever = None;
        }
    }
    without.extend(lever);
    assert_eq!(without, ["hard_winter"], "weather is no lever of anyone's");
}

fn skillmix(arguments: &[&str]) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_skillmix")).args(arguments).output();
    output.expect("the program starts")
}

/// A folder of one test, gone at its end.
fn folder(name: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("skillmix-pilots-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&path);
    path
}

/// The same bytes on one core and on two, and again from the folder itself; the report keeps to 80 columns.
#[test]
fn the_folder_gives_the_same_figures_again() {
    let (one, two, again) = (folder("one"), folder("two"), folder("again"));
    let run = |file: &str, out: &Path, threads: &str| {
        let out = out.display().to_string();
        let given =
            ["pilots", file, "-n", "40", "--simulated-pilots", "30", "--threads", threads, "--out", &out];
        let done = skillmix(&given);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8_lossy(&done.stdout).into_owned()
    };
    let said = run("tests/pilots/pilots.toml", &one, "1");
    run("tests/pilots/pilots.toml", &two, "2");
    let copied = one.join("pilots.toml").display().to_string();
    run(&copied, &again, "2");
    for name in
        ["pilots.csv", "power.csv", "report.txt", "plots/pilots.png", "assumptions.csv", "manifest.json"]
    {
        let read = |folder: &Path| fs::read(folder.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert!(read(&one) == read(&two), "{name} hangs on the number of cores");
        if matches!(name, "pilots.csv" | "power.csv" | "report.txt") {
            assert!(read(&one) == read(&again), "{name} is not the same again");
        }
    }
    trends_stand_by_themselves(&one.join("pilots.csv"));
    sizes_say_which_way_they_go(&one.join("plots"));
    let report = fs::read_to_string(one.join("report.txt")).expect("a report");
    for line in report.lines().chain(said.lines()) {
        assert!(line.chars().count() <= 80, "{line}");
    }
    assert!(said.starts_with("Of seven pilots the model agrees with "), "{said}");
    [one, two, again].iter().for_each(|folder| drop(fs::remove_dir_all(folder)));
}

/// Of a file in which only some pilots are asked for, the folder holds these and no other: its own command gives the same.
#[test]
fn the_folder_of_some_pilots_gives_the_same_figures_again() {
    let (some, again) = (folder("some"), folder("some-again"));
    let out = some.display().to_string();
    let given =
        ["pilots", "tests/pilots/pilots.toml", "--only", "months", "--only", "before_after", "-n", "40"];
    let done = skillmix(&[&given[..], &["--simulated-pilots", "30", "--no-plots", "--out", &out]].concat());
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let readme = fs::read_to_string(some.join("README.txt")).expect("what each file is");
    let typed = readme.split("same figures again:  skillmix ").nth(1).expect("a command").trim();
    assert!(typed.contains("--only months --only before_after"), "{typed}");
    let out = again.display().to_string();
    let done = Command::new(env!("CARGO_BIN_EXE_skillmix"))
        .current_dir(&some)
        .args(typed.split_whitespace().chain(["--no-plots", "--out", &out]))
        .output()
        .expect("the program starts");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let names = |folder: &Path| -> Vec<_> {
        let mut names: Vec<_> =
            fs::read_dir(folder).expect("a folder").filter_map(Result::ok).map(|e| e.file_name()).collect();
        names.sort();
        names
    };
    assert_eq!(names(&some), names(&again));
    // These name the line in which a number stands, or hold the fingerprint of one that does.
    let lines = ["assumptions.csv", "results.xlsx", "manifest.json"];
    for name in names(&some).iter().filter(|name| lines.iter().all(|line| *name != line)) {
        let read = |folder: &Path| fs::read(folder.join(name)).expect("a file");
        assert!(read(&some) == read(&again), "{} is not the same again", name.display());
    }
    [some, again].iter().for_each(|folder| drop(fs::remove_dir_all(folder)));
}

/// Along the curve of power sizes have no sign: axis and mark say in words which way they go, and in what unit.
fn sizes_say_which_way_they_go(folder: &Path) {
    let files = fs::read_dir(folder).expect("pictures").filter_map(Result::ok).map(|entry| entry.path());
    let power = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        name.starts_with("power-") && name.ends_with(".svg")
    };
    let mut seen = 0;
    for path in files.filter(power) {
        let svg = fs::read_to_string(&path).expect("a picture");
        let words: Vec<&str> =
            svg.split('>').filter_map(|part| part.split('<').next()).map(str::trim).collect();
        let mark = words.iter().find(|words| words.starts_with("what the model expects: ")).expect("a mark");
        let way = mark.rsplit(' ').next().expect("a word");
        assert!(["less", "more", "change"].contains(&way), "{mark}");
        let axis = words.iter().find(|words| words.starts_with("so much ")).expect("an axis with its unit");
        assert!(axis.contains('[') && (way == "change" || axis.contains(way)), "{axis} beside {mark}");
        seen += 1;
    }
    assert!(seen > 0, "no picture of power");
}

/// The trend before the start is a side of its own, without the p of the effect; a side, unit and interval is one row of a pilot.
fn trends_stand_by_themselves(table: &Path) {
    let mut table = csv::Reader::from_path(table).expect("a table");
    let rows: Vec<std::collections::BTreeMap<String, String>> =
        table.deserialize().collect::<Result<_, _>>().expect("rows");
    let trends: Vec<_> = rows.iter().filter(|row| row["side"] == "trend_before").collect();
    assert!(!trends.is_empty() && trends.iter().all(|row| row["pilot"] == "controls"));
    assert!(trends.iter().all(|row| row["predictive_p"].is_empty() && row["not_knowing"].is_empty()));
    assert!(rows.iter().any(|row| row["side"] == "observed" && !row["predictive_p"].is_empty()));
    let keys =
        ["pilot", "side", "unit", "interval", "measure"].map(|key| rows.iter().map(move |row| &row[key]));
    let [pilots, sides, units, intervals, measures] = keys;
    let keys: Vec<_> = pilots.zip(sides).zip(units.zip(intervals)).zip(measures).collect();
    let distinct: std::collections::BTreeSet<_> = keys.iter().collect();
    assert_eq!(distinct.len(), keys.len(), "two quantities under one key");
}

#[test]
fn the_command_says_what_it_cannot_do() {
    let out = folder("usage").display().to_string();
    let file = "tests/pilots/pilots.toml";
    let only = skillmix(&["pilots", file, "--only", "month", "--out", &out]);
    assert_eq!(only.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&only.stderr).contains("did you mean `months`?"));
    assert_eq!(skillmix(&["pilots", "tests/broken/pilots/03-unknown-measure.toml"]).status.code(), Some(3));
    let given =
        ["pilots", file, "--only", "before_after", "-n", "64", "--precision", "0.0001", "--out", &out];
    let precise = skillmix(&[&given[..], &["--simulated-pilots", "20", "--quiet"]].concat());
    assert_eq!(precise.status.code(), Some(4), "{}", String::from_utf8_lossy(&precise.stderr));
    assert!(Path::new(&out).join("pilots.csv").is_file(), "the results so far are written");
    let _ = fs::remove_dir_all(out);
}

/// Months are calendar months.
#[test]
fn a_month_is_read_as_written() {
    assert_eq!(
        Month::read("2019-04").map(|m| (m.year(), m.of_year(), m.weeks() * 7.0)),
        Some((2019, 3, 30.0))
    );
    for wrong in ["2019-13", "19-04", "2019-4", "April 2019", ""] {
        assert_eq!(Month::read(wrong), None, "{wrong}");
    }
}

/// Months of a single need add up to its year: contacts attended and missed, and those seen on the day and within 14 days, exactly.
#[test]
fn months_of_a_need_add_up_to_its_year() {
    let text = "
        [horizon]
        start = 2019-04-01
        days = 366
        [practice.north]
        registered_list = 3000
        [practice.south]
        registered_list = 5000
        [need.routine]
        rate_per_patient_year = 2
        dna = { share = 0.06 }
        [need.urgent]
        rate_per_patient_year = 1
        priority = 0
        [post.north_doctors]
        practice = \"north\"
        slots_per_day = 34
        [post.south_doctors]
        practice = \"south\"
        slots_per_day = 58
    ";
    let scenario = skillmix::scenario::load_text("months.toml", text, &[]);
    let scenario = scenario.unwrap_or_else(|report| panic!("{}", report.render(false)));
    let model = &scenario.options[0].model;
    // of a single need as far as its years are kept by practice, of all together every one
    let names = ["attended", "dna", "dna_rate", "same_day", "within_14_days"];
    for about in [About::Need(0), About::All] {
        let kept = |name: &&str| match about {
            About::Need(_) => by_name(name).is_some_and(|measure| measure.fine),
            _ => true,
        };
        add_up(model, about, &names.into_iter().filter(kept).collect::<Vec<_>>());
    }
}

/// Months of some measures against the year of the same replications, practice by practice.
fn add_up(model: &Model, about: About, names: &[&str]) {
    let shown = |name: &str, place: Place| Shown { measure: by_name(name).expect("a measure"), place, about };
    let reps = first(4);
    let settings = Settings::new(71);
    let months = |name: &str| {
        let measure = by_name(name).expect("a measure");
        let grows = Grows::of(measure, measure.unit != "share");
        let units = Units {
            shown: shown(name, Place::All),
            per: Per::PracticeWeek,
            months: Per::PracticeWeek,
            flow: true,
            practices: vec![0, 1],
            names: vec!["north".into(), "south".into()],
            lists: vec![3000.0, 5000.0],
            weeks: 366.0 / 7.0,
            wte: 0.0,
            by_practice: true,
            open: OpenDays::new(model, grows, &[0, 1], Month(12 * 2019 + 3)..Month(12 * 2020 + 3)),
        };
        assert!(skillmix::experiment::pilots::months::keeps(model, &units.shown), "{name}");
        simulate(model, &units, (0, 12), &reps, settings, &|_| {})
    };
    let by_month: Vec<_> = names.iter().map(|name| months(name)).collect();
    let at = |name: &str| names.iter().position(|known| *known == name);
    let wanted: Vec<Shown> = (0..2)
        .flat_map(|p| names.iter().map(move |name| (p, *name)))
        .map(|(p, name)| shown(name, Place::Practice(p)))
        .collect();
    let years = lean(model.clone(), (model, &wanted), &reps, settings, &|_| {});
    let open = OpenDays::new(model, Grows::Held, &[0, 1], Month(12 * 2019 + 3)..Month(12 * 2020 + 3));
    let weeks =
        |practice: usize, month: usize| open.month(Some(practice), Month(12 * 2019 + 3 + month as i32));
    for (replication, year) in years.chunks(wanted.len()).enumerate() {
        for practice in 0..2 {
            let year = |of: usize| f64::from(year[practice * names.len() + of]);
            let sum = |of: &dyn Fn(usize) -> f64| (0..12).map(of).sum::<f64>();
            let counts = ["attended", "dna"].into_iter().filter_map(at);
            for of in counts {
                let got = sum(&|m| by_month[of].at(replication, practice, m) * weeks(practice, m));
                assert!(year(of) > 0.0 && (got - year(of)).abs() <= 2e-6 * year(of), "{}: {got}", names[of]);
            }
            // a share of the year lies between those of its months, and is their mean weighted by contacts
            for of in ["dna_rate", "same_day", "within_14_days"].into_iter().filter_map(at) {
                let month = |m: usize| by_month[of].at(replication, practice, m);
                let (low, high) =
                    (0..12).map(month).fold((1.0, 0.0), |(l, h): (f64, f64), x| (l.min(x), h.max(x)));
                assert!((low..=high).contains(&year(of)) && year(of) > 0.0, "{}: {low} to {high}", names[of]);
                if let ("dna_rate", Some(dna)) = (names[of], at("dna")) {
                    // those missed over the rate are all who were booked
                    let missed = |m: usize| by_month[dna].at(replication, practice, m) * weeks(practice, m);
                    let booked = sum(&|m| missed(m) / month(m));
                    let got = sum(&missed) / booked;
                    assert!((got - year(of)).abs() <= 1e-5 * year(of), "{got} and {}", year(of));
                }
            }
        }
    }
}

/// A count that stands still in every practice says nothing of luck, though months of more or fewer open days make it vary a week.
#[test]
fn months_that_stand_still_cannot_tell() {
    let folder = folder("still");
    fs::create_dir_all(&folder).expect("a folder");
    for name in ["place.toml", "with-controls.csv"] {
        fs::copy(format!("tests/pilots/{name}"), folder.join(name)).expect("a copy");
    }
    let mut rows = csv::Reader::from_path("tests/pilots/with-controls.csv").expect("months");
    let head = rows.headers().expect("a head").clone();
    let value = head.iter().position(|cell| cell == "value").expect("values");
    let mut still = csv::Writer::from_path(folder.join("with-controls.csv")).expect("months");
    still.write_record(&head).expect("a row");
    for row in rows.records() {
        let row = row.expect("a row");
        still
            .write_record(row.iter().enumerate().map(|(at, cell)| if at == value { "1200" } else { cell }))
            .expect("a row");
    }
    still.flush().expect("written");
    let pilots = "title = \"Still\"\n[run]\nreplications = 20\nseed = 5\n[pilot.controls]\nname = \"Still\"\nheading = \"new_ways_of_working\"\n\
                  scenario = \"place.toml\"\noption = \"signposting\"\nmeasure = \"attended\"\nstarted = 2019-04-01\nobserved = { csv = \"with-controls.csv\" }\n";
    let (file, out) = (folder.join("pilots.toml"), folder.join("out").display().to_string());
    fs::write(&file, pilots).expect("a pilots file");
    let file = file.display().to_string();
    let done = skillmix(&["pilots", &file, "--simulated-pilots", "20", "--no-plots", "--out", &out]);
    let said = String::from_utf8_lossy(&done.stdout).split_whitespace().collect::<Vec<_>>().join(" ");
    let _ = fs::remove_dir_all(&folder);
    assert!(
        said.contains("could not tell") && said.contains("the same value in all of its months"),
        "{said}"
    );
}
