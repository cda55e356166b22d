//! Promise: `size` finds the smallest staffing that is enough, says so only with its stated error, says "borderline" where it
//! cannot tell, and spends years where the answer hangs.

use skillmix::experiment::kept_years::KeptYears;
use skillmix::experiment::size::ask::Ask;
use skillmix::experiment::size::knob::Range;
use skillmix::experiment::size::search::{Found, Grid, Tried, search};
use skillmix::experiment::size::{Sized, size};
use skillmix::findings::sized::SizedFindings;
use skillmix::scenario::{Scenario, load_text};
use skillmix::stats::beta::binomial_cdf;
use skillmix::stats::interval::clopper_pearson;
use skillmix::stats::moments::Moments;
use skillmix::stats::normal::normal_quantile;
use skillmix::stats::sequential::{Kind, Sequential, Stands};
use std::convert::Infallible;
use std::fs;
use std::path::Path;
use std::process::Command;

/// One draw of the unit interval by trial and year: the same year for every size.
fn luck(trial: u64, year: u64) -> f64 {
    let mut z = (trial << 32 | year).wrapping_add(0x9E37_79B9_7F4A_7C15);
    for multiplier in [0xBF58_476D_1CE4_E5B9_u64, 0x94D0_49BB_1331_11EB] {
        z = (z ^ (z >> 29)).wrapping_mul(multiplier);
    }
    ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
}

/// A curve of chance against size: half at `middle`, steeper where `scale` is small.
fn curve(middle: f64, scale: f64, at: usize) -> f64 {
    1.0 / (1.0 + libm::exp((middle - at as f64) / scale))
}

const RULE: Sequential = Sequential { kind: Kind::Chance, level: 0.9, near: 0.01, error: 0.05, most: 10_000 };

fn searched(trial: u64, grid: Grid, chance: &dyn Fn(usize) -> f64) -> Found {
    let mut play = |at: usize, upto: usize| -> Result<Tried, Infallible> {
        let year = |year: u64| f64::from(u8::from(luck(trial, year) < chance(at)));
        Ok(Tried::of(&RULE, &(0..upto as u64).map(year).collect::<Vec<f64>>()))
    };
    let Ok(found) = search(grid, RULE, &mut play);
    found
}

/// Over 3,000 searches on curves of many shapes and starts a wrong answer is rarer than 1 in 20.
///
/// The bound is `error` for each search; that a correct rule is seen above it has a chance far below one in a million, since
/// the exact ends at 15 looks are wrong much less often than Bonferroni allows.
#[test]
fn a_wrong_size_is_rarer_than_stated() {
    let (trials, mut wrong, mut settled) = (3_000, 0, 0);
    for trial in 0..trials {
        let middle = 4.0 + 12.0 * luck(900_001, trial);
        let scale = 0.2 + 1.5 * luck(900_002, trial);
        let grid = Grid { last: 30, start: (30.0 * luck(900_003, trial)) as usize };
        let chance = |at: usize| curve(middle, scale, at);
        let found = searched(trial, grid, &chance);
        let exact = (0..=30).find(|at| chance(*at) >= RULE.level).expect("a size is enough");
        let too_small = found.enough.is_some_and(|enough| enough < exact);
        let too_large = found.too_few.is_some_and(|few| few >= exact);
        wrong += u64::from(too_small || too_large);
        // What is answered is what the sizes show with all the years they were given, those of the curve included.
        let stands = |at: Option<usize>| at.map(|at| found.tried[&at].stands);
        assert!(matches!(stands(found.enough), None | Some(Stands::Above)), "trial {trial}: {found:?}");
        assert!(matches!(stands(found.too_few), None | Some(Stands::Below)), "trial {trial}: {found:?}");
        settled += u64::from(found.enough == found.too_few.map(|few| few + 1));
    }
    assert!(wrong * 20 <= trials, "{wrong} of {trials} wrong");
    assert!(settled * 4 > trials * 3, "only {settled} of {trials} settled without a borderline size");
}

/// Years that a full grid needs for the same error: at every size as many as tell the harder of the two sizes at the turn from
/// the level, with 95 % on either side and nine times in ten. That many have to be played at every size, since it is not
/// known where the turn is.
fn of_a_grid(sizes: usize, exact: usize, chance: &dyn Fn(usize) -> f64) -> f64 {
    let z = normal_quantile(0.975);
    let power = normal_quantile(0.9);
    let level = RULE.level;
    let years = |p: f64| {
        let sum = z * (level * (1.0 - level)).sqrt() + power * (p * (1.0 - p)).sqrt();
        (sum / (p - level)).powi(2)
    };
    // Fewer than this cannot show that a size is enough, were every year to meet the target.
    let least = (1..).find(|n| clopper_pearson(f64::from(*n), f64::from(*n), 0.95).low >= level).unwrap_or(1);
    sizes as f64 * years(chance(exact)).max(years(chance(exact - 1))).max(f64::from(least))
}

/// Counted: on grids of 20 and 40 sizes, from any start, the search takes at most a fifth of the years of the full grid.
#[test]
fn the_search_takes_at_most_a_fifth_of_a_full_grid() {
    let mut worst: f64 = 0.0;
    for (sizes, scale) in [(20, 0.3), (20, 0.6), (20, 1.0), (40, 0.6), (40, 1.2)] {
        let (mut ours, mut full, mut ratios) = (0.0, 0.0, Vec::new());
        for trial in 0..400 {
            let middle = 0.2 * sizes as f64 + 0.5 * sizes as f64 * luck(7, trial);
            let chance = |at: usize| curve(middle, scale, at);
            let exact = (1..sizes).find(|at| chance(*at) >= RULE.level).expect("a size is enough");
            // A size that no run of this length tells from the level is borderline for a grid too.
            if (chance(exact) - RULE.level).min(RULE.level - chance(exact - 1)) < 0.02 {
                continue;
            }
            let grid = Grid { last: sizes - 1, start: ((sizes - 1) as f64 * luck(8, trial)) as usize };
            let (years, of_grid) =
                (searched(trial, grid, &chance).years as f64, of_a_grid(sizes, exact, &chance));
            ours += years;
            full += of_grid;
            ratios.push(years / of_grid);
        }
        let mean = ratios.iter().sum::<f64>() / ratios.len() as f64;
        println!(
            "{sizes} sizes, scale {scale}: {:.3} of the years of a grid, {mean:.3} a search",
            ours / full
        );
        worst = worst.max(ours / full).max(mean);
    }
    assert!(worst <= 0.2, "{worst:.3} of the years of a full grid");
}

/// Sizes a case's file with a target laid on; `sets` state where the search begins.
fn case(file: &str, target: &str, sets: &[&str], ask: &Ask) -> Sized {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(format!("{file}.toml"));
    let text = fs::read_to_string(path).expect("a case") + "\n[target.seen]\nneed = \"visit\"\n" + target;
    let base: Vec<String> = sets.iter().map(ToString::to_string).collect();
    let load = |more: &[String]| load_text(file, &text, &[&base[..], more].concat());
    let scenario: Scenario = load(&[]).unwrap_or_else(|report| panic!("{}", report.render(false)));
    let plan = ask.plan(&scenario).unwrap_or_else(|unfit| panic!("{unfit:?}"));
    size(plan, &load, &KeptYears::none(), &|_| {}).unwrap_or_else(|report| panic!("{}", report.render(false)))
}

fn post(name: &str) -> Ask {
    Ask { post: Some(name.into()), ..Ask::default() }
}

/// The sizes found: too few and enough, in slots a day; all between are borderline.
fn sizes(sized: &Sized, way: usize) -> (Option<f64>, Option<f64>) {
    let size = |at: Option<usize>| at.map(|at| sized.plan.knob.size(at));
    (size(sized.ways[way].found.too_few), size(sized.ways[way].found.enough))
}

/// MW: members of a team in the long run, by the mean share seen in time. The exact sizes, and one member less fails.
#[test]
fn mw_teams_are_sized_exactly() {
    let cases = [
        ("mw-o1", 3.0, 11.0, "within_days = 0\nshare = 0.9"),
        ("mw-o2", 2.0, 17.0, "within_days = 2\nshare = 0.95"),
        ("mw-o3", 13.0, 6.0, "within_days = 1\nshare = 0.9"),
    ];
    for (file, each, members, target) in cases {
        let start = [format!("post.gps.slots_per_day={}", 20.0 * each), "post.gps.members=20".to_owned()];
        // By the member: --step is what one of them has.
        let ask = Ask { range: Range { step: Some(each), ..Range::default() }, ..post("gps") };
        let sized = case(file, target, &start.each_ref().map(String::as_str), &ask);
        assert_eq!(sizes(&sized, 0), (Some(each * (members - 1.0)), Some(each * members)), "{file}");
        assert_eq!(sized.ways[0].disordered, 0, "{file}");
    }
}

/// SQ: slots for nine in ten on the day.
#[test]
fn sq_slots_are_sized_exactly() {
    for (mean, slots) in [(5, 7.0), (10, 13.0), (20, 23.0), (50, 54.0), (100, 104.0)] {
        let sets =
            [format!("need.visit.requests_per_day={mean}"), format!("post.gps.slots_per_day={}", mean + 2)];
        let sets = sets.each_ref().map(String::as_str);
        // At 53 slots for 50 a day the share is within a tenth of a point of nine in ten: told apart when asked to.
        let ask = Ask { near: Some(0.0), ..post("gps") };
        let sized = case("sq-o1", "within_days = 0\nshare = 0.9", &sets, &ask);
        assert_eq!(sizes(&sized, 0), (Some(slots - 1.0), Some(slots)), "{mean} a day");
    }
}

/// One day at a time: the chance that everybody is seen. The exact size is enough or borderline, one less too few or
/// borderline, and nothing is borderline that lies further from the level than so many days can tell.
fn one_day(file: &str, sets: &[&str], level: f64, chance: &dyn Fn(u64) -> f64) {
    let ask = Ask { chance: Some(level), ..post("gps") };
    let sized = case(file, "within_days = 0\nshare = 1.0", &[sets, &["horizon.days=1"]].concat(), &ask);
    let (few, enough) = sizes(&sized, 0);
    let exact = (0..).find(|slots| chance(*slots) >= level).unwrap_or(0);
    let what = format!("{file} at {level}: exactly {exact}, found {few:?} and {enough:?}");
    let (few, enough) = (few.expect("too few") as u64, enough.expect("enough") as u64);
    assert!(few < exact && exact <= enough, "{what}");
    for between in few + 1..enough {
        assert!((chance(between) - level).abs() < 0.02, "{what}: {between} is not borderline");
    }
    for slots in [exact - 1, exact].into_iter().filter(|slots| (chance(*slots) - level).abs() < 0.002) {
        assert!(few < slots && slots < enough, "{what}: {slots} is borderline");
    }
}

/// Chance of at most so many by steps of a law: its first term, and the factor from each term to the next.
fn upto(first: f64, next: impl Fn(f64) -> f64, most: u64) -> f64 {
    let (mut term, mut sum) = (first, first);
    for n in 1..=most {
        term *= next(n as f64);
        sum += term;
    }
    sum
}

#[test]
fn nv_one_day_is_sized_exactly_or_called_borderline() {
    let poisson = |slots: u64| upto(libm::exp(-20.0), |n| 20.0 / n, slots);
    let (k, odds) = (6.0, 20.0 / 26.0);
    let negative = |slots: u64| upto(libm::pow(6.0 / 26.0, k), |n| (k + n - 1.0) / n * odds, slots);
    assert!((poisson(24) - 0.843_227).abs() < 1e-5 && negative(32) >= 0.9 && negative(31) < 0.9);
    for (level, slots) in [(0.8, [24, 27]), (0.9, [26, 32]), (0.95, [28, 37]), (0.99, [31, 47])] {
        let exact = |of: &dyn Fn(u64) -> f64| (0..).find(|slots| of(*slots) >= level);
        assert_eq!([exact(&poisson), exact(&negative)], slots.map(Some), "the case's own sizes at {level}");
        one_day("nv-o1", &["post.gps.slots_per_day=20"], level, &poisson);
        one_day("nv-o2", &["post.gps.slots_per_day=20"], level, &negative);
    }
}

/// Two a day on average: on 13.5 % of days nobody falls due, and the chance is of the others. The answer says how many.
#[test]
fn days_on_which_nobody_falls_due_are_told() {
    let ask = Ask { chance: Some(0.9), ..post("gps") };
    let sets = ["horizon.days=1", "need.visit.requests_per_day=2", "post.gps.slots_per_day=2"];
    let sized = case("nv-o1", "within_days = 0\nshare = 1.0", &sets, &ask);
    let findings = SizedFindings::new(&sized);
    let row = findings.ways[0].rows.iter().max_by_key(|row| row.years).expect("a size");
    let (n, p) = (row.years as f64, libm::exp(-2.0));
    // Five standard errors of a binomial: false-alarm rate below 1e-6.
    assert!((row.without as f64 - n * p).abs() < 5.0 * (n * p * (1.0 - p)).sqrt(), "{} of {n}", row.without);
    let first = &findings.answer[0];
    assert!(first.contains(" years apart in which nobody fell due"), "{first}");
}

/// Chance of so many under a Poisson law.
fn poisson(mean: f64, n: u64) -> f64 {
    (1..=n).fold(libm::exp(-mean), |term, k| term * mean / k as f64)
}

/// Mean of the share of a day's people for whom there are slots, over days on which anybody comes: `law` is the chance of so
/// many, fewer than 200.
fn seen_of_a_day(law: &dyn Fn(u64) -> f64, slots: u64) -> f64 {
    let seen: f64 = (1..200).map(|n| law(n) * n.min(slots) as f64 / n as f64).sum();
    seen / (1.0 - law(0))
}

/// Half as many again ask in the option: each day a Poisson stream of half of its own requests is added. Exactly: the
/// smallest number of slots with a share seen that is at most a thousandth smaller than 20 a day meet as now; a size between the two that are told lies
/// within what so many days leave open. The same post as now needs what it has: no day differs there, and one less is too few.
#[test]
fn no_worse_than_now_is_sized_exactly_or_called_borderline() {
    let more = "within_days = 0\nshare = 0.5\n[lever.more.change.visits]\n\
                demand = { needs = [\"visit\"], factor = 1.5 }\n[option.more]\nlevers = [\"more\"]";
    let own = |n: u64| poisson(20.0, n);
    let both = |all: u64| (0..=all).map(|n| own(n) * poisson(0.5 * n as f64, all - n)).sum::<f64>();
    let now = seen_of_a_day(&own, 20);
    let lead = |slots: u64| seen_of_a_day(&both, slots) - now;
    let exact = (20..).find(|slots| lead(*slots) >= -0.001).expect("a size is enough");
    let sets = ["horizon.days=1", "post.gps.slots_per_day=20"];
    let ask = Ask { as_now: true, option: Some("more".into()), ..post("gps") };
    let sized = case("nv-o1", more, &sets, &ask);
    let (few, enough) = sizes(&sized, 0);
    let (few, enough) = (few.expect("too few") as u64, enough.expect("enough") as u64);
    let what = format!("exactly {exact}, found {few} and {enough}");
    assert!(few < exact && exact <= enough, "{what}");
    for between in few + 1..enough {
        // 10,000 days of shares that vary by at most a quarter, at K looks: five standard errors.
        assert!((lead(between) + 0.001).abs() < 5.0 * 0.25 / 100.0, "{what}: {between} is not borderline");
    }
    let findings = SizedFindings::new(&sized);
    let first = &findings.answer[0];
    assert!(
        first.contains("differs from now's")
            && first.contains("no worse than now, to within 0.1 points, is asked"),
        "{first}"
    );
    let days = Moments::of(&sized.now.as_ref().expect("days as now").in_time);
    let mean = days.mean().expect("days on which somebody comes");
    assert!((mean - now).abs() < 5.0 * 0.25 / (days.n() as f64).sqrt(), "{mean} is not {now}");

    let same = case("nv-o1", more, &sets, &Ask { as_now: true, ..post("gps") });
    assert_eq!(sizes(&same, 0), (Some(19.0), Some(20.0)));
}

/// OV: a panel against slots. At the largest panel of a level the chance at 20 slots is the level to a thousandth: borderline.
#[test]
fn ov_panels_are_sized_exactly_or_called_borderline() {
    for (panel, share, level) in
        [(2200, 0.008, 0.9), (1500, 0.011, 0.9), (1761, 0.008, 0.95), (1925, 0.008, 0.9), (2297, 0.008, 0.7)]
    {
        let file = if share == 0.008 { "ov-o1" } else { "ov-o2" };
        let list = format!("practice.surgery.registered_list={panel}");
        let chance = |slots: u64| binomial_cdf(panel, share, slots);
        one_day(file, &[&list, "post.gps.slots_per_day=12"], level, &chance);
    }
}

/// PO-O2: a pool of three sites in steps of three slots, and the same slots divided among the sites.
#[test]
fn pooling_saves_what_it_does_in_the_exact_case() {
    let sharing = vec!["pooled".to_owned(), "split".to_owned()];
    let range = Range { step: Some(3.0), ..Range::default() };
    let ask = Ask { sharing, range, ..post("gps") };
    let sized = case("po-o2-pooled", "within_days = 0\nshare = 0.95\nfor_each = \"all\"", &[], &ask);
    assert_eq!(sizes(&sized, 0), (Some(60.0), Some(63.0)), "62 slots in one pool");
    assert_eq!(sizes(&sized, 1), (Some(66.0), Some(69.0)), "69 slots at three sites");
}

fn skillmix(folder: &Path, args: &[&str], exit: i32) -> (String, String) {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios/compare.toml");
    let mut all = vec!["size", fixture.to_str().expect("a path of letters")];
    all.extend(args);
    run(folder, &all, exit)
}

/// Runs the command in a folder; what it says on either channel.
pub fn run(folder: &Path, args: &[&str], exit: i32) -> (String, String) {
    let command = Command::new(env!("CARGO_BIN_EXE_skillmix")).current_dir(folder).args(args).output();
    let output = command.expect("the command starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(exit), "{args:?}: {err}");
    (out, err)
}

#[test]
fn the_command_says_the_answer_first_and_writes_a_whole_folder() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let asked = ["--post", "gps", "--target", "routine", "--chance", "0.9"];
    let (text, _) = skillmix(folder.path(), &[&asked[..], &["--out", "a"]].concat(), 0);
    let first: String = text.split_whitespace().take(20).collect::<Vec<_>>().join(" ");
    assert!(
        first.contains("is the smallest size shown to be enough: the target \"routine\" holds in"),
        "{text}"
    );
    assert!(text.contains("One step less is too few") || text.contains("Borderline"), "{text}");
    assert!(
        text.contains("Output at") && text.contains("for the last step"),
        "gross and marginal together: {text}"
    );
    assert!(text.lines().all(|line| line.chars().count() <= 80), "80 columns: {text}");
    skillmix(folder.path(), &[&asked[..], &["--out", "b", "--threads", "1", "--quiet"]].concat(), 0);
    let read = |out: &str, name: &str| {
        fs::read(folder.path().join(out).join(name)).unwrap_or_else(|_| panic!("{name} is written"))
    };
    let names =
        ["size.csv", "plots/size.svg", "plots/size.png", "README.txt", "manifest.json", "scenario.toml"];
    for name in names.into_iter().chain(["assumptions.csv"]) {
        assert_eq!(read("a", name), read("b", name), "{name}: the same bytes on any number of cores");
    }
    let svg = String::from_utf8(read("a", "plots/size.svg")).expect("text");
    assert!(
        svg.contains("<title id=\"title\">GP, Mill Lane: ") && svg.contains(" is enough, "),
        "{}",
        &svg[..400]
    );
    again(folder.path(), &read("a", "size.csv"));
}

/// In the folder the command of the manifest gives the same table, and the scenario runs at the size that is enough.
fn again(folder: &Path, table: &[u8]) {
    let manifest = fs::read_to_string(folder.join("a/manifest.json")).expect("a manifest");
    let line = manifest.lines().find_map(|line| line.trim().strip_prefix("\"run_again\": \"skillmix "));
    let line = line.expect("a command").trim_end_matches("\",").replace('\'', "");
    let mut args: Vec<&str> = line.split_whitespace().collect();
    args.extend(["--out", "../c", "--quiet"]);
    run(&folder.join("a"), &args, 0);
    assert_eq!(fs::read(folder.join("c/size.csv")).expect("a table"), table);
    for name in ["report.txt", "scenario.toml", "README.txt", "plots/size.svg"] {
        let read = |out: &str| fs::read_to_string(folder.join(out).join(name)).expect("a file");
        assert!(read("a") == read("c"), "{name}: {}", read("c"));
    }
    run(&folder.join("a"), &["run", "scenario.toml", "-n", "4", "--quiet", "--no-plots", "--out", "../d"], 0);
    let rows = String::from_utf8_lossy(table).into_owned();
    let enough = rows.lines().find(|row| row.contains("smallest_enough")).expect("a size that is enough");
    let size = enough.split(',').nth(1).expect("a size");
    let scenario = fs::read_to_string(folder.join("a/scenario.toml")).expect("a scenario");
    assert!(scenario.contains(&format!("slots_per_day = {size}")), "{enough}");
}

#[test]
fn what_cannot_be_sized_is_said_in_a_planners_words() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let chance = ["--target", "routine", "--chance", "0.9"];
    let said = |args: &[&str], words: &str| {
        let (_, err) = skillmix(folder.path(), args, 2);
        assert!(err.contains(words), "{args:?}: {err}");
    };
    said(&[&chance[..], &["--post", "gp"]].concat(), "did you mean `gps`?");
    said(&["--post", "gps", "--target", "rutine", "--chance", "0.9"], "did you mean `routine`?");
    said(&["--post", "gps", "--target", "routine", "--chance", "1"], "above 0 and below 1");
    said(&["--post", "gps", "--target", "routine", "--chance", "0"], "above 0 and below 1");
    said(&[&chance[..], &["--post", "gps", "--step", "0"]].concat(), "above 0");
    said(&[&chance[..], &["--post", "gps", "--from", "5", "--to", "5"]].concat(), "there are no two sizes");
    said(&[&chance[..], &["--post", "gps", "--sharing", "split"]].concat(), "not a shared post");
    said(&[&chance[..], &["--post", "gps", "--option", "teem"]].concat(), "did you mean `team`?");
    said(&[&chance[..], &["--post", "gps", "--place", "practice.mil"]].concat(), "did you mean `mill`?");
    said(&[&chance[..], &["--vary", "post.gps.wtee", "--step", "1"]].concat(), "there is no number at");
    assert!(!folder.path().join("output").exists(), "nothing was written");
}

/// A role whose work another role holds up: no size will do, and the other role is named. A post that only one option has
/// is sized in that option.
#[test]
fn no_size_will_do_where_another_role_is_the_bottleneck() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let asked = ["--post", "pharmacist", "--chance", "0.9", "--set", "post.gps.slots_per_day=14"];
    let (text, _) = skillmix(folder.path(), &[&asked[..], &["--out", "a"]].concat(), 0);
    let svg = fs::read_to_string(folder.path().join("a/plots/size.svg")).expect("a picture");
    assert!(svg.contains(": no size tried is enough</title>"), "{}", &svg[..400]);
    assert!(text.starts_with("No size of pharmacist") && text.contains("will do (in the option"), "{text}");
    assert!(text.contains("Another role is the bottleneck"), "{text}");
}

/// One slot is the usual step, however many members a post of slots has; where that would be too many sizes the step is a round
/// number of them, and that is said. What is typed is written as it is typed.
#[test]
fn slots_are_sized_one_by_one_and_written_with_all_their_decimals() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios/compare.toml");
    let path = path.to_str().expect("a path of letters");
    let knob = |sets: &[&str], range: Range| {
        let sets: Vec<String> = sets.iter().map(ToString::to_string).collect();
        let scenario = skillmix::scenario::load(Path::new(path), &sets).expect("the fixture");
        let ask = Ask { chance: Some(0.9), range, ..post("gps") };
        ask.plan(&scenario).unwrap_or_else(|unfit| panic!("{unfit:?}")).knob
    };
    let four = knob(&["post.gps.members=4", "post.gps.slots_per_day=22"], Range::default());
    assert_eq!((four.step, four.low, four.finer), (1.0, 1.0, None));
    // 8,000 slots in steps of 5 are 1,600 sizes; in steps of 2 they would be 4,000.
    let many = knob(&["post.gps.members=50", "post.gps.slots_per_day=1000"], Range::default());
    assert_eq!((many.step, many.finer), (5.0, Some(1.0)));
    let folder = tempfile::tempdir().expect("a passing folder");
    let chance = ["size", path, "--post", "gps", "--chance", "0.9", "-n", "64", "--no-plots"];
    let said = |more: &[&str]| run(folder.path(), &[&chance[..], more].concat(), 0).0;
    let text = said(&["--set", "post.gps.slots_per_day=300", "--out", "a"]);
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words.contains("Sizes are 2 slots a day apart: 1 slot a day apart there would be too many"),
        "{text}"
    );
    let text = said(&["--step", "0.25", "--from", "19.25", "--to", "140.25", "--out", "b"]);
    let table = fs::read_to_string(folder.path().join("b/size.csv")).expect("a table");
    for row in table.lines().skip(1) {
        let size = row.split(',').nth(1).expect("a size");
        assert!(text.contains(&format!("\n{size} ")), "{size} as it is: {text}");
    }
    assert!(table.contains(".25,") || table.contains(".75,"), "{table}");
}

/// Where more of a number does worse no size is the smallest that is enough: that is said, and what to type instead, which works.
#[test]
fn a_number_of_which_more_hurts_is_told_and_what_to_ask_instead() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let asked = ["--vary", "need.routine.slot_minutes", "--from", "6", "--to", "14", "--step", "1"];
    for goal in [&["--chance", "0.5"][..], &["--mean"]] {
        let args = [&asked[..], goal, &["-n", "300", "--out", "a"]].concat();
        let (text, _) = skillmix(folder.path(), &args, 0);
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            words.starts_with("More of need.routine.slot_minutes does worse, so that no size is"),
            "{text}"
        );
        assert!(words.contains(": at 6 the ") && words.contains(", at 14 "), "{text}");
        assert!(!words.contains("No size") && !words.contains("fewer may do"), "{text}");
        let table = fs::read_to_string(folder.path().join("a/size.csv")).expect("a table");
        assert!(!table.contains("smallest_enough") && table.contains(",holds,"), "{table}");
        let command = words.split("seen with: skillmix ").nth(1).expect("a command");
        let command = command.split(" Found ").next().expect("its end").replace('\'', "");
        let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios/compare.toml");
        let command = command.replace("FILE", fixture.to_str().expect("a path of letters"));
        let mut args: Vec<&str> = command.split_whitespace().collect();
        args.extend(["-n", "8", "--no-plots", "--out", "s"]);
        let (swept, _) = run(folder.path(), &args, 0);
        assert!(swept.starts_with("Target met") || swept.starts_with("Share seen within"), "{swept}");
    }
    // A number of which more helps has its smallest, and the ends are told apart the right way.
    let up = ["--vary", "post.gps.slots_by_weekday.mon", "--from", "0", "--to", "120", "--step", "40"];
    let (text, _) =
        skillmix(folder.path(), &[&up[..], &["--chance", "0.5", "-n", "300", "--out", "b"]].concat(), 0);
    assert!(!text.contains("does worse, so"), "{text}");
}

/// The manifest's command is for a program: all digits, no commas, and it gives the same table.
#[test]
fn the_command_of_the_manifest_has_every_digit() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let grid = ["--step", "1150.125", "--from", "20.5", "--to", "12500.75"];
    let goal = ["--post", "gps", "--chance", "0.9996", "--precision", "0.00012345", "-n", "64"];
    let (text, _) = skillmix(folder.path(), &[&grid[..], &goal, &["--out", "a"]].concat(), 4);
    assert!(text.contains("99.96 %"), "what was asked: {text}");
    let manifest = fs::read_to_string(folder.path().join("a/manifest.json")).expect("a manifest");
    let line = manifest.lines().find_map(|line| line.trim().strip_prefix("\"run_again\": \"skillmix "));
    let line = line.expect("a command").trim_end_matches("\",").replace('\'', "");
    for typed in
        ["--chance 0.9996", "--step 1150.125", "--from 20.5", "--to 12500.75", "--precision 0.00012345"]
    {
        assert!(line.contains(typed), "{typed}: {line}");
    }
    let mut args: Vec<&str> = line.split_whitespace().collect();
    args.extend(["--out", "../c", "--quiet", "--no-plots"]);
    run(&folder.path().join("a"), &args, 4);
    let table = |out: &str| fs::read(folder.path().join(out).join("size.csv")).expect("a table");
    assert_eq!(table("a"), table("c"));
}

/// The network that `new` writes, where a pharmacist is sent what others could not answer.
pub fn starter() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli/starter/network.toml");
    path.to_str().expect("a path of letters").to_owned()
}

/// Asks for the size of the starter's pharmacists under the option that sends to them; what it says.
fn of_pharmacists(folder: &Path, more: &[&str]) -> String {
    let starter = starter();
    let asked = ["size", &starter, "--post", "pharmacists", "--option", "ask_the_pharmacist"];
    run(folder, &[&asked[..], more].concat(), 0).0
}

/// A size that is enough for one need's target and ruins another need: whom it harms stands right after the answer, with what the
/// levers send to it, and that it holds over the period alone is said once.
#[test]
fn whom_the_size_that_is_enough_harms_is_said_after_the_answer() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let grid = ["--from", "18", "--to", "54", "--step", "18", "-n", "200", "--out", "a", "--no-plots"];
    let text = of_pharmacists(folder.path(), &[&["--chance", "0.4"][..], &grid].concat());
    let parts: Vec<String> = text.split("\n\n").map(|part| part.replace('\n', " ")).collect();
    assert!(parts[0].contains("18 slots a day is the smallest size shown to be enough"), "{text}");
    assert!(parts[2].starts_with("Beside things as they are, on the same"), "{text}");
    assert!(parts[2].contains("it harms medicines question (left or waiting from 0."), "{text}");
    assert!(parts[2].contains(" net GP hours a year."), "{text}");
    assert!(parts[3].starts_with("There, at full strength levers bring more hours"), "{text}");
    assert!(parts[3].contains("Clinical pharmacist") && parts[3].contains("for 22.5 (236 %"), "{text}");
    assert!(parts[4].starts_with("It holds over the 364 days simulated and no longer"), "{text}");
    let again =
        parts[5..].iter().filter(|part| part.starts_with("Unstable")).any(|part| part.contains(" 18 slots"));
    assert!(!again, "said once: {text}");
}

/// Enough slots while the lever builds up over two years are not enough at its full strength: straight after the answer
/// that is said, with the load that `ramp_weeks = 0` has at that size.
#[test]
fn a_size_of_a_settling_in_year_is_not_called_the_answer_for_good() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let starter = starter();
    let asked =
        ["size", &starter, "--post", "pharmacists", "--option", "ask_the_pharmacist", "--chance", "0.2"];
    let grid = ["--from", "18", "--to", "54", "--step", "18", "-n", "200", "--no-plots"];
    let with = |ramp: &str, out: &str| {
        let set = format!("lever.ask_the_pharmacist.ramp_weeks={ramp}");
        let more = ["--set", &set, "--out", out];
        let (text, _) = run(folder.path(), &[&asked[..], &grid, &more].concat(), 0);
        text.split("\n\n").map(|part| part.replace('\n', " ")).collect::<Vec<String>>()
    };
    let settling = with("104", "a");
    assert!(settling[1].starts_with("Pulled from its first day, \""), "{settling:?}");
    assert!(settling[1].contains(" is on average at 25 % of its strength in this period:"), "{settling:?}");
    assert!(
        settling[1].contains(
            "; --set lever.ask_the_pharmacist.ramp_weeks=0 shows one. At full strength from the first day ("
        ),
        "{settling:?}"
    );
    let whole = with("0", "b");
    assert!(whole.iter().all(|part| !part.contains("At full strength from the first day")), "{whole:?}");
    // The load is that of the same size where nothing rises.
    assert!(settling[1].contains("more work is offered than there is time for (248 %)"), "{settling:?}");
    assert!(whole.iter().any(|part| part.contains("than there is time for (248 %)")), "{whole:?}");
    assert!(settling[1].contains(": 18 slots a day is the answer for this period only"), "{settling:?}");
}

/// With so few years as the search needs, none of sixteen at every size is no proof that size makes no difference: what it moves
/// is said instead. With years enough that both ends are known to within what matters, it is said of the target alone.
#[test]
fn that_size_makes_no_difference_takes_years_and_is_of_the_target_alone() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let grid = ["--from", "8", "--to", "14", "--step", "2", "--set", "post.gps.slots_per_day=8"];
    let asked = [&["--post", "gps", "--chance", "0.5"], &grid[..]].concat();
    let (text, _) = skillmix(folder.path(), &[&asked[..], &["--out", "a"]].concat(), 0);
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words.contains("will do: even at 14 slots a day") && !words.contains("makes no difference"),
        "{text}"
    );
    assert!(
        words.contains("The target does not tell these sizes apart; other figures do: from 8 slots"),
        "{text}"
    );
    assert!(words.contains(" more contacts attended ("), "{text}");
    let (text, _) =
        skillmix(folder.path(), &[&asked[..], &["--precision", "0.25", "--out", "b"]].concat(), 0);
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("To this target size makes no difference from 8 slots a day on"), "{text}");
    assert!(words.contains("It does to other figures: from 8 slots a day"), "{text}");
}

/// Twelve ask each day and whoever is not seen leaves at once; DAYS stands for a target's days.
const LOSING: &str = r#"
horizon = { start = 2018-01-01, days = 84 }
calendar = { open = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] }
demand = { weekday = { mon = 1, tue = 1, wed = 1, thu = 1, fri = 1, sat = 1, sun = 1 }, normalised = false }
[practice.north]
registered_list = 6000
[practice.south]
registered_list = 6000
[role.gp]
[need.visit]
requests_per_day = 6
roles = ["gp"]
gives_up = { after_days = 0, chance_each_day = 1 }
[target.seen]
need = "visit"
within_days = DAYS
share = 0.7
[post.gps]
role = "gp"
slots_per_day = 10
"#;

/// Where nobody falls due that is the answer, after few years; where those who are not seen leave no queue is said to grow, and
/// every way of sharing says its own size.
#[test]
fn nobody_due_and_queues_that_people_leave_are_said() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let said = |days: &str, more: &[&str]| {
        fs::write(folder.path().join("losing.toml"), LOSING.replace("DAYS", days)).expect("a file");
        let asked = ["size", "losing.toml", "--post", "gps", "--mean", "--no-plots"];
        let text = run(folder.path(), &[&asked[..], more].concat(), 0).0;
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let nobody = said("84", &["--out", "a"]);
    assert!(
        nobody.starts_with("No size of ") && nobody.contains("does anybody fall due under the target"),
        "{nobody}"
    );
    let table = fs::read_to_string(folder.path().join("a/size.csv")).expect("a table");
    for row in table.lines().skip(1).map(|row| row.split(',').collect::<Vec<_>>()) {
        assert!(row[3].parse::<usize>().is_ok_and(|years| years < 500) && row[9] == "not_told", "{row:?}");
    }
    let losing = said("0", &["--sharing", "pooled,split", "--out", "b"]);
    assert!(losing.contains("those who cannot be seen leave"), "{losing}");
    assert!(!losing.contains("growing") && !losing.contains("grow until"), "{losing}");
    assert!(
        losing.contains("Split: ") && losing.contains(" is the smallest size shown to be enough, "),
        "{losing}"
    );
}

/// A mean is judged from 256 years on: sizes with fewer were passed by, and the foot of the table says why.
#[test]
fn sizes_that_the_search_passed_by_are_not_called_untold() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let (text, _) = skillmix(folder.path(), &["--post", "gps", "--mean", "-n", "400", "--out", "a"], 0);
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("passed by"), "{text}");
    assert!(
        words.contains("Passed by: too few years to tell (a mean is judged from 256 years on)"),
        "{text}"
    );
    let table = fs::read_to_string(folder.path().join("a/size.csv")).expect("a table");
    for row in table.lines().skip(1).map(|row| row.split(',').collect::<Vec<_>>()) {
        let (years, shows) = (row[3].parse::<usize>().expect("years"), row[9]);
        assert_eq!(shows == "passed_by", years < 256, "{row:?}");
        assert!(shows != "not_told" || years == 400, "{row:?}");
    }
}

/// Pharmacists beyond what they are sent help nobody: who holds back is said, and nothing else is said to move.
#[test]
fn where_more_of_a_post_moves_nothing_who_holds_back_is_said() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios/compare.toml"))
        .expect("the fixture");
    let post = r#"
[post.pharmacists]
practice = "mill"
role = "pharmacist"
slots_per_day = 8
[option.send]
name = "Ask the pharmacist"
levers = ["pharmacist"]
"#;
    fs::write(folder.path().join("flat.toml"), text + post).expect("a scenario");
    let mut args = vec!["size", "flat.toml", "--option", "send", "--post", "pharmacists", "--chance", "0.9"];
    args.extend(["--set", "post.gps.slots_per_day=17", "-n", "200", "--to", "40", "--out", "a"]);
    let (said, _) = run(folder.path(), &args, 0);
    let words = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(!words.contains("makes no difference") && !words.contains("other figures do"), "{said}");
    assert!(words.contains("Another role is the bottleneck at 40 slots a day: GP"), "{said}");
    let table = fs::read_to_string(folder.path().join("a/size.csv")).expect("a table");
    assert!(table.lines().next().is_some_and(|head| head.contains(",unmet_at_target,")), "{table}");
}

/// A place whose patients the post never sees is refused: every size would be "enough" there.
#[test]
fn a_place_that_the_post_does_not_serve_is_refused() {
    let text = "horizon = { start = 2019-04-01, weeks = 8 }\n[practice.north]\nregistered_list = 9000\n[practice.south]\nregistered_list = 5000\n\
                [need.routine]\nrate_per_patient_year = 2.1\nroles = [\"gp\"]\n[role.gp]\n\
                [post.doctors]\npractice = \"north\"\nslots_per_day = 80\n[post.docs]\npractice = \"south\"\nwte = 3\n\
                [target.t]\nneed = \"routine\"\nwithin_days = 5\nshare = 0.8\n";
    let folder = tempfile::tempdir().expect("a passing folder");
    fs::write(folder.path().join("a.toml"), text).expect("a passing folder");
    let asked = [
        "size",
        "a.toml",
        "--post",
        "docs",
        "--target",
        "t",
        "--mean",
        "-n",
        "64",
        "--place",
        "practice.north",
    ];
    let output = Command::new(env!("CARGO_BIN_EXE_skillmix"))
        .current_dir(folder.path())
        .args(asked)
        .output()
        .expect("the command starts");
    let said = String::from_utf8_lossy(&output.stderr).split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("post `docs` sees no patients of practice.north"), "{said}");
    assert!(said.contains("practice.south"), "{said}");
}

/// A foot of four lines, which says settling in too, lifts the drawing: words of the axis stand above all of it.
#[test]
fn the_foot_of_the_picture_lies_under_no_words() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let more = ["--chance", "0.8", "--target", "routine_14_days", "-n", "32", "--quiet", "--out", "out"];
    of_pharmacists(folder.path(), &more);
    let svg = std::fs::read_to_string(folder.path().join("out/plots/size.svg")).expect("the picture");
    let texts: Vec<(f64, &str)> = svg
        .split("<text ")
        .skip(1)
        .map(|text| {
            let (_, height) = text.split_once(" y=\"").expect("a height");
            let (height, _) = height.split_once('"').expect("a height");
            let (_, words) = text.split_once('>').expect("words");
            (height.parse().expect("a number"), words.trim())
        })
        .collect();
    let at = |words: &str| texts.iter().find(|(_, text)| text.starts_with(words)).expect("words").0;
    let (axis, foot) = (at("slots a day of"), at("Blue: enough"));
    assert!(
        texts.iter().filter(|(height, _)| *height >= foot).count() >= 4,
        "a foot of few lines: {texts:?}"
    );
    assert!(axis + 22.0 <= foot, "the axis at {axis}, the foot from {foot}");
}
