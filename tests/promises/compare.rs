//! Promise: options are compared on the same years, the answer comes first and turns round with the figures, and what an
//! option is made of adds up in every year.

use skillmix::experiment::compare::{Asked, Compared, compare};
use skillmix::experiment::players::Players;
use skillmix::experiment::run::{Settings, first, run};
use skillmix::findings::compared::ComparedFindings;
use skillmix::findings::compared::ledger::LedgerLine;
use skillmix::outcome::Outcome;
use skillmix::outcome::columns::{About, Place};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios/compare.toml")
}

fn compared(sets: &[&str]) -> Compared {
    let sets: Vec<String> = sets.iter().map(ToString::to_string).collect();
    let scenario =
        skillmix::scenario::load(&fixture(), &sets).unwrap_or_else(|r| panic!("{}", r.render(false)));
    let (replications, seed) = (scenario.run.replications, scenario.run.seed);
    let asked = Asked { settings: Settings::new(seed), replications, precision: None, ledger: true };
    compare(scenario, asked, &|_, _| {})
}

fn sentence<'a>(findings: &'a ComparedFindings, start: &str) -> &'a str {
    findings
        .answer
        .iter()
        .find(|s| s.starts_with(start))
        .unwrap_or_else(|| panic!("no sentence on {start}: {:?}", findings.answer))
}

fn skillmix(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_skillmix"))
        .current_dir(folder)
        .args(args)
        .output()
        .expect("the command starts")
}

/// Compares the fixture into `out`, and expects an exit code.
fn command(folder: &Path, more: &[&str], exit: i32) -> Output {
    let fixture = fixture();
    let mut args = vec!["compare", fixture.to_str().expect("a path of letters")];
    args.extend(more);
    let output = skillmix(folder, &args);
    assert_eq!(output.status.code(), Some(exit), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

/// A headline of one practice and one need is kept though other practices' figures of its measure are not, in every
/// option, in the sets of the ledger and under the second luck.
#[test]
fn a_headline_is_kept_whatever_it_is_of() {
    let compared = compared(&["run.headline=follow_ups@practice.mill/need.routine", "run.replications=32"]);
    let at = compared.run.headline[0].expect("a headline");
    assert_eq!((at.measure, at.place, at.about), ("follow_ups", Place::Practice(0), About::Need(0)));
    for option in &compared.run.options {
        assert!(
            option.series("follow_ups", Place::Practice(0), About::Need(0)).is_some(),
            "{}",
            option.option
        );
        assert!(
            option.series("rebooked", Place::Practice(0), About::Need(0)).is_none(),
            "others are not kept"
        );
    }
    let ledger = &compared.ledgers[0].figures[0];
    assert_eq!((ledger.shown, ledger.years.iter().flatten().count()), (0, 32), "the headline has parts");
}

#[test]
fn the_ledger_adds_up_in_every_year_and_an_overlap_is_counted_once() {
    let compared = compared(&[]);
    let ledgers: Vec<usize> = compared.ledgers.iter().map(|l| l.option).collect();
    assert_eq!(ledgers, [1, 4], "options of several parts");
    for ledger in &compared.ledgers {
        assert_eq!(ledger.players.len(), 2);
        for figure in &ledger.figures {
            let shown = &compared.shown[figure.shown];
            let (now, then) = (compared.series(0, shown), compared.series(ledger.option, shown));
            let (Some(now), Some(then)) = (now, then) else { continue };
            assert_eq!(figure.years.len(), 96);
            for (year, parts) in figure.years.iter().enumerate() {
                let Some(parts) = parts else { continue };
                let name = shown.measure.name;
                assert_eq!(
                    parts.alone.iter().sum::<f64>() + parts.interaction,
                    parts.total,
                    "{name}, year {year}"
                );
                let shapley: f64 = parts.shapley.iter().flatten().sum();
                assert_eq!(shapley, parts.total, "{name}, year {year}");
                let whole = then[year] - now[year];
                assert!(
                    (parts.total - whole).abs() <= 1e-10 * (now[year].abs() + then[year].abs()),
                    "{name}"
                );
            }
        }
    }
    // Of 30 in 100, 40 % go at the desk and half at the line: 12 and 15 alone, 12 + 9 together, so 6 less.
    let findings = ComparedFindings::new(&compared);
    let line = ledger_line(&findings, 0, "redirected_outside");
    let share = |x: f64| x / line.total.mean;
    assert!((share(line.entries[0].alone.mean) - 12.0 / 21.0).abs() < 0.02, "{line:?}");
    assert!((share(line.entries[1].alone.mean) - 15.0 / 21.0).abs() < 0.02, "{line:?}");
    assert!((share(line.interaction.mean) + 6.0 / 21.0).abs() < 0.02, "{line:?}");
    assert!((share(line.entries[1].last.mean) - 9.0 / 21.0).abs() < 0.02, "{line:?}");
}

fn ledger_line<'a>(findings: &'a ComparedFindings, option: usize, measure: &str) -> &'a LedgerLine {
    let ledger = findings.options[option].ledger.as_ref().expect("a ledger");
    let of = |line: &&LedgerLine| findings.figures[line.figure].shown.measure.name == measure;
    ledger.lines.iter().find(of).expect("the figure has parts")
}

#[test]
fn a_lever_stands_with_the_post_that_it_works_through() {
    let compared = compared(&[]);
    let team = &compared.ledgers[1];
    let names: Vec<&str> = team.players.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, ["desk", "pharmacist"]);
    assert_eq!(team.players[1].title, "Medicines to a pharmacist, with its post");
    // What the desk does alone is what the option of the desk alone does.
    let findings = ComparedFindings::new(&compared);
    let alone = ledger_line(&findings, 3, "wait_mean").entries[0].alone.mean;
    let desk = findings.options[2].lines[0].as_ref().expect("the wait has a value");
    assert!((alone - desk.paired.mean).abs() < 1e-9, "{alone} {desk:?}");
}

/// An option that changes a post and drops a lever of as-now: what is no lever of its own is one part, and a set of none
/// of the parts is as-now to the bit.
#[test]
fn other_changes_are_one_part_and_nothing_is_as_now() {
    let text = fs::read_to_string(fixture()).expect("the fixture");
    let more = "[option.as_now]\nlevers = [\"desk\"]\n\
        [option.swap]\nname = \"Swap\"\nlevers = [\"line\", \"winter\"]\n\
        [option.swap.overlay.post.gps]\nslots_per_day = 21\n";
    let scenario = skillmix::scenario::load_text("swap", &(text + more), &[])
        .unwrap_or_else(|r| panic!("{}", r.render(false)));
    let swap = scenario.options.iter().find(|o| o.name == "swap").expect("the option");
    let players = Players::new(&scenario.options[0], swap);
    let names: Vec<&str> = players.players.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, ["line", "winter", "other_changes"]);
    let reps = first(16);
    let run = |model| run("", model, &reps, Settings::new(7), &|_| {});
    let (nothing, now) = (run(players.model(0)), run(scenario.options[0].model.clone()));
    let (all, swapped) = (run(players.model(7)), run(swap.model.clone()));
    let wait = |outcome: &Outcome| outcome.series("wait_mean", Place::All, About::All).expect("a wait");
    assert_eq!((wait(&nothing), wait(&all)), (wait(&now), wait(&swapped)));
    let levers = |set| players.model(set).levers.iter().map(|l| l.name.clone()).collect::<Vec<String>>();
    assert_eq!((levers(1), levers(4)), (vec!["line".to_owned(), "desk".to_owned()], vec![]));
}

#[test]
fn the_sentence_turns_round_with_the_figures() {
    let more = ComparedFindings::new(&compared(&[]));
    let said = sentence(&more, "Demand changes is worse than things as they are: mean wait goes from");
    assert!(said.contains(", up "), "{said}");
    let fewer = ComparedFindings::new(&compared(&["lever.winter.change.more.demand.factor=0.96"]));
    let said = sentence(&fewer, "Demand changes is better than things as they are: mean wait goes from");
    assert!(said.contains(", down "), "{said}");
    let same = ComparedFindings::new(&compared(&["lever.winter.change.more.demand.factor=1.0"]));
    sentence(&same, "Demand changes changes nothing: mean wait is the same in every year.");
    let none = ComparedFindings::new(&compared(&["run.matters.wait_mean=50"]));
    sentence(&none, "Demand changes makes no difference that matters (less than 50");
    let hardly = ComparedFindings::new(&compared(&[
        "lever.winter.change.more.demand.factor=1.0001",
        "run.replications=16",
    ]));
    let said = sentence(&hardly, "Demand changes cannot be told from things as they are yet");
    assert!(said.contains("more simulated years would tell"), "{said}");
}

#[test]
fn the_best_is_named_only_where_it_is_shown() {
    let clear = ComparedFindings::new(&compared(&[]));
    assert!(
        clear.answer[0]
            .starts_with("Desk and line is best in mean wait: better than each of the other four, ahead of "),
        "{}",
        clear.answer[0]
    );
    let alike = ComparedFindings::new(&compared(&["run.matters.wait_mean=50"]));
    assert!(alike.answer[0].contains(", which is less than what matters"), "{}", alike.answer[0]);
    assert!(!clear.answer[0].contains("what matters"), "{}", clear.answer[0]);
    // Two options alike to the bit: neither is better, and the rest is worse.
    let tied = ComparedFindings::new(&compared(&["option.desk.levers=[\"desk\", \"line\"]"]));
    assert!(
        tied.answer[0].starts_with(
            "Best in mean wait is each of Desk and line and The desk alone, with the same in every one of"
        ),
        "{}",
        tied.answer[0]
    );
}

#[test]
fn the_command_says_the_answer_first_and_writes_a_whole_folder() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let output = command(folder.path(), &["--out", "a"], 0);
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(text.starts_with("Desk and line is best in mean wait"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80), "80 columns");
    command(folder.path(), &["--out", "b", "--threads", "1", "--quiet"], 0);
    for name in [
        "compare.csv",
        "best.csv",
        "ledger.csv",
        "ledger_years.parquet",
        "plots/options.svg",
        "plots/ledger-both.png",
        "README.txt",
        "manifest.json",
        "scenario.toml",
        "assumptions.csv",
        "summary.csv",
    ] {
        let read = |out: &str| {
            fs::read(folder.path().join(out).join(name)).unwrap_or_else(|_| panic!("{name} is written"))
        };
        assert_eq!(read("a"), read("b"), "{name}: the same bytes on any number of cores");
    }
    // In the folder, the command that the README names gives the same table again.
    let again = skillmix(
        &folder.path().join("a"),
        &["compare", "scenario.toml", "--out", "../c", "--quiet", "--no-plots"],
    );
    assert_eq!(again.status.code(), Some(0));
    let table = |out: &str| fs::read_to_string(folder.path().join(out).join("ledger.csv")).expect("a ledger");
    assert_eq!(table("a"), table("c"));
    adds_up(&table("a"));
}

/// In every figure of `ledger.csv` the means of the parts add up to the total, to the digits written.
fn adds_up(ledger: &str) {
    let mut rows = csv::Reader::from_reader(ledger.as_bytes());
    let head = rows.headers().expect("headings").clone();
    let at = |name: &str| head.iter().position(|h| h == name).unwrap_or_else(|| panic!("a column {name}"));
    let (part, alone) = (at("part"), at("alone"));
    let (mut sum, mut size, mut totals) = (0.0, 0.0_f64, 0);
    for row in rows.records() {
        let row = row.expect("a row");
        let value: f64 = row[alone].parse().expect("a number");
        if &row[part] == "total" {
            assert!((sum - value).abs() <= 3e-5 * size.max(value.abs()), "{sum} {value}: {row:?}");
            (sum, size, totals) = (0.0, 0.0, totals + 1);
        } else {
            sum += value;
            size = size.max(value.abs());
        }
    }
    assert!(totals > 5, "{totals} totals");
}

#[test]
fn what_cannot_be_asked_is_refused_and_precision_is_kept() {
    let folder = tempfile::tempdir().expect("a passing folder");
    command(folder.path(), &["--option", "desc"], 2);
    command(folder.path(), &["--option", "as_now"], 2);
    command(folder.path(), &["--matters", "soon"], 2);
    command(folder.path(), &["--matters", "wait_meen=1"], 2);
    assert!(!folder.path().join("output").exists(), "nothing was written");
    let quick = ["--option", "winter", "--quiet", "--no-plots"];
    command(folder.path(), &[&quick[..], &["--precision", "0.001", "--out", "a"]].concat(), 4);
    command(folder.path(), &[&quick[..], &["--precision", "0.9", "--out", "b"]].concat(), 0);
    let rows = fs::read_to_string(folder.path().join("b/compare.csv")).expect("a table");
    assert!(rows.lines().nth(1).is_some_and(|row| row.contains(",80,")), "stopped at the first look: {rows}");
    let manifest = fs::read_to_string(folder.path().join("b/manifest.json")).expect("a manifest");
    let manifest: serde_json::Value = serde_json::from_str(&manifest).expect("JSON");
    assert_eq!((&manifest["replications"], &manifest["replications_needed"]), (&80.into(), &64.into()));
}

#[test]
fn further_files_add_their_options() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let other =
        format!("extends = [{:?}]\ntitle = \"One slot more\"\n[post.gps]\nslots_per_day = 21\n", fixture());
    fs::write(folder.path().join("more.toml"), other).expect("a file");
    let more = ["more.toml", "--option", "more", "--quiet", "--no-plots", "--out", "a"];
    command(folder.path(), &more, 0);
    let rows = fs::read_to_string(folder.path().join("a/compare.csv")).expect("a table");
    assert!(
        rows.lines().nth(1).is_some_and(|row| row.starts_with("more,all") && row.contains(",better,")),
        "{rows}"
    );
    let again = [
        "compare",
        "scenario.toml",
        "more.toml",
        "--option",
        "more",
        "--out",
        "../b",
        "--quiet",
        "--no-plots",
    ];
    assert_eq!(skillmix(&folder.path().join("a"), &again).status.code(), Some(0));
    assert_eq!(fs::read_to_string(folder.path().join("b/compare.csv")).expect("a table"), rows);
    fs::write(
        folder.path().join("short.toml"),
        format!("extends = [{:?}]\n[horizon]\nweeks = 25\n", fixture()),
    )
    .expect("a file");
    command(folder.path(), &["short.toml"], 3);
}

/// Two parts that take from the same category: why they do less together is said. A pharmacist's medicines and the desk's
/// pharmacy take from different ones: no reason is.
#[test]
fn a_reason_is_stated_only_where_parts_take_from_the_same_patients() {
    let findings = ComparedFindings::new(&compared(&[]));
    let same = |option: &str| {
        let found = findings.options.iter().find(|o| o.name == option).expect("an option of the fixture");
        found.ledger.as_ref().and_then(|ledger| ledger.same.clone())
    };
    assert_eq!(same("both").as_deref(), Some("community pharmacy"));
    assert_eq!(same("team"), None);
    let said = findings.answer.join(" ");
    assert!(!said.contains("much of the same") && !said.contains("need one another"), "{said}");
}

/// Nobody gives up and no target is missed, yet a role that is sent more than it can see makes its need wait for weeks.
#[test]
fn harm_is_said_of_every_option_and_of_the_best() {
    let text = fs::read_to_string(fixture()).expect("the fixture");
    let medicines = r#"
[need.review]
name = "Medicines question"
rate_per_patient_year = 0.4
roles = ["pharmacist"]
slot_minutes = 15
[post.pharmacists]
practice = "mill"
role = "pharmacist"
slots_per_day = 8
slot_minutes = 15
[option.send]
name = "Ask the pharmacist"
levers = ["pharmacist"]
"#;
    let text = text.replace("headline = \"wait_mean\"", "headline = \"wait_mean/need.routine\"").replace(
        "to = \"role:pharmacist\", accepted",
        "to = \"role:pharmacist\", as_need = \"review\", accepted",
    );
    let sets = ["post.gps.slots_per_day=19".to_owned()];
    let scenario = skillmix::scenario::load_text("harm.toml", &format!("{text}{medicines}"), &sets);
    let mut scenario = scenario.unwrap_or_else(|r| panic!("{}", r.render(false)));
    scenario.options.retain(|option| ["as_now", "send", "winter"].contains(&option.name.as_str()));
    let asked = Asked { settings: Settings::new(7), replications: 64, precision: None, ledger: false };
    let findings = ComparedFindings::new(&compare(scenario, asked, &|_, _| {}));
    let first = &findings.answer[0];
    // Who takes from others is not called the best: the harm stands in the same sentence.
    assert!(first.contains("Ask the pharmacist does most for ") && !first.contains("best"), "{first}");
    assert!(first.contains(", but Medicines question waits ") && first.contains(" days longer"), "{first}");
    assert_eq!(findings.answer[1], "No option is better than now without harm to a need.");
    let option = sentence(&findings, "Ask the pharmacist is better");
    assert!(
        option.contains("It harms medicines question (") && option.contains("; mean wait from 1.5 to "),
        "{option}"
    );
}

/// What an option does at each practice: the paired difference of that practice's own share, which need not be that of all.
#[test]
fn the_change_at_each_practice_stands_beside_that_of_all() {
    let folder = tempfile::tempdir().expect("a folder");
    let starter = super::size::starter();
    let args =
        ["compare", &starter, "--option", "ask_the_pharmacist", "-n", "32", "--no-plots", "--out", "o"];
    let output = skillmix(folder.path(), &args);
    let screen = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(screen.contains("PLACE BY PLACE"), "{screen}");
    let read = |name: &str| {
        let mut rows = csv::Reader::from_path(folder.path().join("o").join(name)).expect("a table");
        let head = rows.headers().expect("a head").clone();
        let cell = move |row: &csv::StringRecord, of: &str| {
            row[head.iter().position(|h| h == of).expect("a column")].to_owned()
        };
        (rows.records().map(|row| row.expect("a row")).collect::<Vec<_>>(), cell)
    };
    let (summary, of) = read("summary.csv");
    let mean = |option: &str, place: &str| -> f64 {
        let row = summary.iter().find(|row| {
            of(row, "option") == option
                && of(row, "place") == place
                && of(row, "measure") == "seen_within_target"
        });
        of(row.expect("the practice's share"), "mean").parse().expect("a number")
    };
    let (rows, of) = read("compare.csv");
    for place in ["high_street", "riverside"] {
        let row = rows.iter().find(|row| of(row, "place") == place).expect("a row of the practice");
        let stated: f64 = of(row, "difference").parse().expect("a number");
        let difference = mean("ask_the_pharmacist", place) - mean("as_now", place);
        // Six digits of each stand in the tables.
        assert!((stated - difference).abs() < 2e-6, "{place}: {stated} and {difference}");
    }
}

/// A desk that takes a year to reach its strength is at a quarter of it over the first half. That is said once for all
/// options that have it, at the foot of the picture too, and not where nothing rises.
#[test]
fn options_that_are_settling_in_are_said_to_be() {
    let sets = ["run.replications=16", "lever.desk.ramp_weeks=52"];
    let findings = ComparedFindings::new(&compared(&sets));
    let said = "Desk and line, The desk alone and A pharmacist and the desk: pulled from its first day, \"Signposting at the desk\" is on average at 25 % of its strength in this period: a year at full strength would show more of its help and of its load; --set lever.desk.ramp_weeks=0 shows this period so.";
    assert!(findings.answer.iter().any(|sentence| sentence == said), "{:?}", findings.answer);
    let picture = |findings: &ComparedFindings| {
        let plots = skillmix::report::plots::compared::all(findings).expect("pictures");
        plots.into_iter().find(|(name, _)| name == "options").expect("a picture of all options").1.svg
    };
    let foot = "Desk and line, The desk alone and A pharmacist and the desk at 25 % of full strength";
    assert!(picture(&findings).contains(foot));
    let whole = ComparedFindings::new(&compared(&["run.replications=16"]));
    assert!(whole.answer.iter().all(|sentence| !sentence.contains("of its strength")), "{:?}", whole.answer);
    assert!(!picture(&whole).contains("of full strength"));
}

/// A tenth of a pharmacist to whom far more are sent than see anybody.
const SENT: &str = r#"
[horizon]
start = 2024-04-01
weeks = 26
warm_up_weeks = 4
[run]
replications = 16
seed = 3
headline = "wait_mean"
[practice.mill]
registered_list = 5000
[role.gp]
staff_group = "GP"
hours_per_wte_week = 37.5
session_hours = 4
direct_share = 0.6
cost_per_wte_year = 100000
[role.pharmacist]
hours_per_wte_week = 37.5
session_hours = 4
direct_share = 0.6
slot_minutes = 20
cost_per_wte_year = 50000
[need.routine]
rate_per_patient_year = 1.0
roles = ["gp"]
slot_minutes = 10
[post.gps]
practice = "mill"
role = "gp"
wte = 2.0
[avoidable.medicines]
of = ["routine"]
share_of_need = 0.2
[lever.pharmacist]
starts = 2024-04-01
[lever.pharmacist.change.inside]
redirect = { category = "medicines", to = "role:pharmacist", accepted = 0.8 }
[option.team]
levers = ["pharmacist"]
[option.team.overlay.post.pharmacist]
practice = "mill"
role = "pharmacist"
wte = 0.1
"#;

/// What the report of a run calls net GP time released is what GP time claimed falls by, in the same years; GP time
/// wanted falls by more, with those who are sent and never seen, and is not judged.
#[test]
fn claimed_time_falls_by_the_net_release_of_a_run() {
    let scenario = skillmix::scenario::load_text("case.toml", SENT, &[])
        .unwrap_or_else(|report| panic!("{}", report.render(false)));
    let asked = Asked { settings: Settings::new(3), replications: 16, precision: None, ledger: false };
    let compared = compare(scenario, asked, &|_, _| {});
    let findings = ComparedFindings::new(&compared);
    let team = findings.options.iter().find(|option| option.name == "team").expect("an option");
    let at = |measure: &str| {
        findings.figures.iter().position(|f| f.shown.measure.name == measure).expect("a figure")
    };
    let line = |measure: &str| team.lines[at(measure)].as_ref().expect("a line");
    let (claimed, wanted) = (line("gp_claimed_hours"), line("gp_work_hours"));
    let scenario = &compared.run.scenario;
    let of = |name: &str| scenario.options.iter().position(|option| option.name == name).expect("an option");
    let beside = skillmix::findings::beside::Beside {
        as_now: (&scenario.options[0].model, &compared.run.options[0]),
        option: (&scenario.options[of("team")].model, &compared.run.options[of("team")]),
        place: Place::All,
    };
    let money = skillmix::findings::money::money(&beside).expect("costs are stated");
    let released = money.released.expect("time is released");
    assert!(
        (claimed.paired.mean + released.mean).abs() < 1e-3,
        "{} and {}",
        claimed.paired.mean,
        released.mean
    );
    assert!(
        wanted.paired.mean < claimed.paired.mean - 1.0,
        "{} and {}",
        wanted.paired.mean,
        claimed.paired.mean
    );
    // Neither more nor fewer hours of GPs is good by itself: that depends on what the others do instead.
    assert!(claimed.judgement.is_none() && wanted.judgement.is_none());
}

/// Of many options the screen shows a line each and where the rest is; the rest is in the results.
#[test]
fn of_many_options_the_screen_shows_a_line_each() {
    let folder = tempfile::tempdir().expect("a folder");
    let central = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/hammersmith-fulham/central.toml");
    let central = central.to_str().expect("a path of letters");
    let output = skillmix(
        folder.path(),
        &["compare", central, "-n", "3", "--no-ledger", "--no-plots", "--out", "out"],
    );
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let screen = String::from_utf8(output.stdout).expect("text");
    let report = fs::read_to_string(folder.path().join("out/report.txt")).expect("a report");
    let scenario = skillmix::scenario::load(Path::new(central), &[]).expect("a sound scenario");
    let table = |text: &str| -> Vec<String> {
        let rows = text.split("EACH OPTION AGAINST").nth(1).expect("a table").lines();
        rows.skip_while(|line| !line.starts_with("---"))
            .take_while(|line| !line.is_empty())
            .map(Into::into)
            .collect()
    };
    // On the screen whom they harm stands behind the table.
    let rows: Vec<String> = table(&screen).into_iter().take_while(|line| !line.starts_with("- ")).collect();
    assert_eq!(table(&report), rows);
    // A title may take several lines of its column.
    let wide = rows[0].split(' ').next().expect("a column").len();
    let column = rows[1..].iter().map(|row| row.chars().take(wide).collect::<String>());
    let titles = column.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
    for option in &scenario.options[1..] {
        assert!(titles.contains(&option.title), "{} is not in the table:\n{screen}", option.title);
    }
    let said = format!("report.txt in the results has the rest, {} lines:", report.lines().count());
    assert!(screen.contains(&said), "{said}\n{screen}");
    assert!(screen.lines().count() < report.lines().count() / 4, "{}", screen.lines().count());
    assert!(screen.lines().all(|line| line.chars().count() <= 80), "{screen}");
}

/// Options of two files that are called alike say of which file they are, and a figure in which neither direction is better
/// has an answer, no judgement and no best.
#[test]
fn options_called_alike_say_of_which_file_they_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let after = folder.path().join("after.toml");
    fs::copy(fixture(), &after).expect("a copy");
    let after = after.to_str().expect("a path of letters");
    let more = [after, "-n", "10", "--no-ledger", "--no-plots", "--out", "out"];
    let screen = String::from_utf8(command(folder.path(), &more, 0).stdout).expect("text");
    let row = |title: &str| screen.lines().filter(|line| line.starts_with(title)).count();
    assert!(row("Desk and line (after)  ") == 1 && row("Desk and line  ") == 1, "{screen}");
    let report = fs::read_to_string(folder.path().join("out/report.txt")).expect("a report");
    assert!(report.contains("A practice near its limit (after)"), "{report}");
    // The two are one option twice, so no years would tell them apart.
    let more = [after, "-n", "200", "--no-ledger", "--no-plots", "--out", "twice"];
    let screen = String::from_utf8(command(folder.path(), &more, 0).stdout).expect("text");
    let twice = screen.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        twice.contains("each of Desk and line and Desk and line (after), with the same in every one of 200"),
        "{screen}"
    );
    let more = ["-n", "10", "--no-plots", "--set", "option.desk.name=\"Desk and line\"", "--out", "alike"];
    let screen = String::from_utf8(command(folder.path(), &more, 0).stdout).expect("text");
    let row = |title: &str| screen.lines().filter(|line| line.starts_with(title)).count();
    assert!(row("Desk and line (desk)  ") > 0 && row("Desk and line (both)  ") > 0, "{screen}");
    let more = ["-n", "10", "--no-plots", "--set", "run.headline=gp_claimed_hours", "--out", "claimed"];
    let screen = String::from_utf8(command(folder.path(), &more, 0).stdout).expect("text");
    let first = "Neither more nor less is better in GP claimed hours, so no option is called\nbest.\n";
    assert!(screen.starts_with(first) && !screen.contains("one in twenty"), "{screen}");
    let headings = screen.lines().find(|line| line.starts_with("Option ")).expect("a table");
    assert!(!headings.contains("Shows"), "{screen}");
    // Where no way is better the options stand in their order, whichever way each goes.
    let titles = ["Desk and line", "Demand changes", "The desk alone", "A pharmacist and the desk"];
    let first = |title: &&str| screen.lines().position(|line| line.starts_with(&format!("{title}  ")));
    let rows: Vec<Option<usize>> = titles.iter().map(first).collect();
    assert!(rows.iter().all(Option::is_some) && rows.is_sorted(), "{rows:?} in {screen}");
}
