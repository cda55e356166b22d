//! `README.txt`: what each file of the folder is, in a planner's words.
//!
//! In: a run, how it was called, and the files written before. Out: text of 80 columns: title, options, period,
//! then a paragraph for each file that is there. It serves every question whose folder ends with `report::close`,
//! and comparisons; pilots and sweeps have a text of their own. A new file needs its sentence here.

use super::Files;
use super::folder::Written;
use super::manifest::again;
use super::workbook;
use crate::experiment::run::RunResult;
use crate::findings::say;

/// What the page is, of every question.
pub(super) const PAGE: &str = "The report as a page for a browser: the answer first, the pictures, every table, and every number that went in with its source. It holds all of that itself, so it can be sent on as it is and read without a connection; print it to get a PDF (what is folded away is printed where it is open).";

/// What the workbook is, of every question.
pub(super) const WORKBOOK: &str = "The tables below as one workbook, a sheet each, with filters; its first sheet has the answer and says what the others hold. The same figures as in the files; tables too long for a sheet are files alone.";

/// What each file is.
///
/// Names as they are in the folder, in the order in which a reader wants them; a picture without its ending, as
/// it is there twice.
pub(super) const MEANING: &[(&str, &str)] = &[
    ("report.html", PAGE),
    (workbook::NAME, WORKBOOK),
    (
        "compare.csv",
        "Every option against things as they are: a row for each option and figure. difference is option less as_now, year by year on the same luck; low to high is how sure the run is of its mean (95 %); chance_better is the share of years in which the option is better; more_years is how many more simulated years would tell, about.",
    ),
    (
        "best.csv",
        "Which option is best in the headline: how much better each is than the best of the others (below 0: worse). All these intervals hold together with 95 %; may_be_best is 1 where an option is not shown to be worse than another.",
    ),
    (
        "ledger.csv",
        "Options of several parts, taken apart: what each part does alone, what is lost if it is taken out last, and its Shapley value (up to six parts). The column alone of all parts and of the interaction adds up to the total.",
    ),
    (
        "ledger_years.parquet",
        "The same for each simulated year by itself: in every year alone of all parts and of the interaction adds up to the total, to the last bit.",
    ),
    (
        "report.txt",
        "The whole report in plain text: the verdict, what each option does, the year that went wrong, and every figure by place, need and role with its interval.",
    ),
    (
        "size.csv",
        "Chance against size: a row for each size that was tried. value is the share of its years in which the target holds (target_met) or the mean share seen in time; against things as they are (seen_within_target_less_as_now) it is that share less the one of the same years as now, level is how much worse it may be, and the last three columns are by how much more of all requests go unmet than now, as a share with its ends; low to high holds with 95 % whenever one stops; shows says whether the size is enough; load is work of appointment time; unmet_at_target are the requests unmet where the target is judged; added_per_unit is contacts of all roles for each unit added since the size before; fund_left is below 0 where the fund is exceeded.",
    ),
    (
        "plots/size",
        "The same as a picture, with the level that is asked and the smallest size that is enough.",
    ),
    (
        "mix.csv",
        "Things as they are (as_now), then every mix of the grid, a row a mix: its values, the years it was given, cost to the practices (funds taken off, pounds a year of 365.25 days), unmet requests and mean wait with 95 % intervals; for each target the share of years in which it holds, the interval by which it was judged, and the mean share seen in time. shows says how the mix stands, dropped_after the round after which it dropped out and why; behind is by how much its objective is worse than the best's, on the same years; frontier is 1 where no mix has both lower mean cost and better mean access.",
    ),
    (
        "rounds.csv",
        "Every round of the search: how many mixes were played, to how many years, and how many then dropped out.",
    ),
    (
        "plots/mix",
        "Cost against access of the mixes, with 95 % intervals: the frontier, the best, and those as good.",
    ),
    ("plots/options", "Every option against things as they are, in the headline, with 95 % intervals."),
    (
        "break_even.csv",
        "Where the decision turns: every value tried of each key number, the weakest evidence first, with the option's paired difference there (95 % low to high). Rows whose row is turns give the value at which the difference crosses nought, with its interval (an empty end lies outside P1 to P99) and the chance that the number lies on the side where the option is not better.",
    ),
    (
        "sensitivity.csv",
        "How every uncertain number goes with the measure, from the draws of this run: rank correlation and share (the part of the variance that would go if the number were known) with 95 % intervals; p is the chance of so strong a relation by luck, for all numbers together; matters is 1 where it is below 0.05. assumption is 1 where there is no evidence for the number.",
    ),
    (
        "split.csv",
        "How much of each spread is not knowing the numbers, and how much chance, with its 95 % interval.",
    ),
    (
        "tornado.csv",
        "One number at a time from its P10 to its P90, all else as drawn, on the same luck: the means at both and the change with its 95 % interval.",
    ),
    (
        "sobol.csv",
        "Sobol' indices by Saltelli's design with 95 % intervals: first is the share of the variance that goes if this alone were known, total what stays if all but this were known; total well above first means that it works together with others.",
    ),
    ("plots/tornado", "One number at a time from its P10 to its P90, the longest first."),
    ("plots/drivers", "The share of the spread that comes from each number, with 95 % intervals."),
    (
        "summary.csv",
        "Every figure in one table: a row for each option, place, need or role, and measure. mean_low to mean_high is how sure the run is of the mean (95 %); P5 to P95 is how far one simulated year may lie from another. opening_backlog and backlog_end count everybody in the book: waiting and overdue, and booked ahead.",
    ),
    (
        "weeks.csv",
        "The course of the year by place: requests in the week asked, contacts (seen) in the week seen, the backlog (waiting and overdue; those booked ahead are not in it) at the end of the week, and appointment minutes offered and used.",
    ),
    (
        "months.csv",
        "By calendar month: appointments attended and not attended (dna) in the month, requests and minutes (a week across two months is parted by its open days), and the backlog at the end of the last week that ends in the month, with percentiles over simulated years. Empty percentiles are not known.",
    ),
    ("post_weeks.csv", "Appointment minutes offered and used by each post, week by week."),
    (
        "shortfall.csv",
        "What locums or a staff bank would have to cover: sessions a week that are missing, by place, role and month (whole weeks, each in the month of its Thursday; all is the whole period, worst the worst month of each year), with percentiles over simulated years and the share of years that are short at all. Practices that share posts of a role are short together: they have a row of their own (scope sharing) and none by themselves. Missing: appointment time that fell due for the role in the month, less what other roles or practices took over of it and the time of its posts that these did not give to others, never below nought. Of a network and of all these are added up: time to spare at one practice, or in another month, is not set against it. shortfall_sessions_week of summary.csv sets it off, and leaves in what others take over. Not in it: what those who are not seen would bring (follow-ups, rebookings). Time that nobody may use (held for others) counts as there.",
    ),
    (
        "waits.csv",
        "How long attended contacts waited, as a share of all attended. A wait runs in calendar days from the day wanted; 90 stands for 90 days and more. Those who never came to be seen are not in it: read left_or_waiting in summary.csv beside it.",
    ),
    (
        "gpad.csv",
        "Appointments in the layout of the national collection, to lay beside published figures: means over the simulated years. Modes are stated shares, not simulated.",
    ),
    (
        "days.csv",
        "Requests, contacts and backlog (waiting and overdue) by practice and day: means with their standard errors.",
    ),
    (
        "replications.parquet",
        "Each simulated year by itself, a row for each year, option and place, for your own statistics. Years with the same number had the same demand and the same luck in every option.",
    ),
    ("replications_full.parquet", "The same for every figure, a row a figure."),
    (
        "inputs.parquet",
        "What each simulated year drew for every uncertain number, a row for each number and year; address and option as in assumptions.csv (shares that are drawn together stand at their table, avoidable_shares.NAME), practice where each draws its own. Join it to replications.parquet by replication.",
    ),
    (
        "plots/demand-and-capacity",
        "Work asked of the tightest role against what its roster holds, week by week.",
    ),
    (
        "plots/shortfall",
        "Sessions a week that locums or a staff bank would have to cover, by practice and month, as now.",
    ),
    ("plots/backlog", "Who is waiting and overdue through the year, as now and under each option."),
    ("plots/utilisation", "How full each post is, week by week; posts that an option adds stand below."),
    ("plots/waits", "Waits by need, with the target."),
    ("plots/targets", "The chance that each practice meets each target, as now and under each option."),
    (
        "plots/gp-time-released",
        "From all GP appointments to net GP time released: what is taken away hangs from the level before it.",
    ),
    ("plots/contacts-a-day", "Contacts a GP a day by practice, against 25."),
    (
        "plots/year-that-went-wrong",
        "The simulated year nearest the worst tenth, day by day, beside the median one.",
    ),
    (
        "assumptions.csv",
        "Every number that was stated: as written, what was drawn for it, its source and where it stands. option is the one that states it; where it is empty the number holds in every option that does not state it anew. A number without a source is an assumption.",
    ),
    (
        "names.csv",
        "What the names in the other tables stand for: kind, name, and the title that people use (e85008 is a practice, as_now an option).",
    ),
    (
        "kept.bin",
        "For the program alone: the years simulated, so that more of them can go on from here (the same command with --extend) instead of from the start.",
    ),
    (
        "scenario.toml",
        "The whole scenario as one file: the command in this text that is asked of it gives the same figures again.",
    ),
    (
        "manifest.json",
        "What was run: version, seed, options, warnings, and the size and fingerprint of every file.",
    ),
];

/// The report of every question but `run`.
///
/// It stands in place of the sentence for `report.txt` above.
const REPORT: &str = "What stood on the screen, in full and with every row of its tables: the answer first.";

/// The text of a folder.
///
/// `written` is what the folder holds so far. The manifest is listed in any case, as it is written last.
pub fn text(result: &RunResult, files: &Files, written: &[Written]) -> String {
    let scenario = &result.scenario;
    let mut text = format!("{}\n{}\n\n", scenario.title, "=".repeat(scenario.title.chars().count()));
    // A search keeps its own figures of each mix or size, and no option's.
    let options = if result.options.is_empty() { scenario.options.len() } else { result.options.len() };
    let (upto, each) = if files.command == "mix" { ("Up to ", "each mix of ") } else { ("", "") };
    text += &format!(
        "{upto}{} simulated years of {each}{options} option{}: {}.\n\n",
        result.replications,
        if options == 1 { "" } else { "s" },
        scenario.options.iter().map(|o| o.title.as_str()).collect::<Vec<_>>().join(", ")
    );
    // With a precision the years are what was played, in whole blocks; what was needed may be fewer.
    if let Some(needed) = result.needed {
        let sentence = format!(
            "The precision asked for took {} of them; years are played in blocks.",
            say::whole(needed as f64)
        );
        text += &format!("{}\n", unindented(&sentence));
    }
    if let Some(now) = scenario.options.first() {
        let horizon = &now.model.horizon;
        let last = horizon.last();
        let convention = match files.command {
            "mix" => format!(
                "Requests are of {} of the period, here and in the files; pounds are a year of 365.25 days.",
                say::all_days(horizon.days)
            ),
            _ => say::convention(horizon.days),
        };
        let period = format!("{} to {}. {convention}", say::short_date(horizon.start), say::short_date(last));
        text += &format!("{}\n", unindented(&period));
    }
    for (name, meaning) in MEANING {
        // The report of a run has its own sentence; all others are what stood on the screen.
        let meaning = if *name == "report.txt" && files.command != "run" { &REPORT } else { meaning };
        // Pictures stand there twice, under one name.
        let picture = format!("{name}.png");
        if written.iter().any(|file| file.name == picture) {
            text += &format!("{name}.png\n{name}.svg\n{}\n", wrapped(meaning, 76));
        } else if written.iter().any(|file| file.name == *name) || *name == super::folder::MANIFEST {
            text += &format!("{name}\n{}\n", wrapped(meaning, 76));
        }
    }
    // Ledgers are named by their options, so they cannot stand in the table.
    for picture in
        written.iter().filter_map(|file| file.name.strip_prefix("plots/ledger-")?.strip_suffix(".png"))
    {
        let meaning = "From things as they are to the option, part by part, in the headline.";
        text +=
            &format!("plots/ledger-{picture}.png\nplots/ledger-{picture}.svg\n{}\n", wrapped(meaning, 76));
    }
    text += "An empty cell means that there is no value, never nought.\n\n";
    text += &format!("To get the same figures again:  {}\n", again(files));
    text
}

/// A paragraph at the margin.
///
/// As [`wrapped`], but without its indent.
fn unindented(text: &str) -> String {
    wrapped(text, 80).lines().map(|line| format!("{}\n", line.trim_start())).collect()
}

/// A text in lines of at most so many letters, indented.
///
/// Four letters of indent are part of the width; a word longer than a line stands alone, whole.
fn wrapped(text: &str, width: usize) -> String {
    let mut out = String::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && line.chars().count() + word.chars().count() + 5 > width {
            out += &format!("    {line}\n");
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line += word;
    }
    out + &format!("    {line}\n")
}
