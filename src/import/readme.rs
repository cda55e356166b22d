//! The note of a place's folder: where each figure came from, the sums of the level, what was decided.

use super::level::{self, LEADS};
use super::network::{Request, Worked};
use std::fmt::Write as _;

/// The text of `README.md`.
///
/// In the order in which the level is worked out, so the sums can be followed.
pub fn text(request: &Request, worked: &Worked) -> String {
    let mut text = format!(
        "# {place}\n\nMade from published files by `new --network`. Every file here is output: make it anew rather than\n\
         edit it, and put changes in an overlay. Contains public sector information licensed under the Open Government Licence v3.0 (NHS England,\n\
         NHS Digital, GOV.UK).\n\n\
         `level.toml` holds the rates, `<network>.toml` the practices and posts of a network, `borough.toml` the networks\n\
         together, `options/` what could be done. Practices whose public name holds a clinician's are called by their code.\n\n\
         ## Networks\n\n| network | code | practices | registered {y} | weighted {y} | GP wte | trainee and locum | nurse | direct patient care |\n|---|---|--:|--:|--:|--:|--:|--:|--:|\n",
        place = request.place,
        y = request.list_year,
    );
    let mut large = 0;
    for network in &worked.networks {
        let (registered, weighted) = network.lists();
        large += usize::from(!network.apart && registered > 50_000.0);
        let _ = writeln!(
            text,
            "| {}{} | {} | {} | {registered:.0} | {weighted:.0} | {:.1} | {:.1} | {:.1} | {:.1} |",
            network.title,
            if network.apart { " (apart)" } else { "" },
            network.code,
            network.practices.len(),
            network.wte("gp"),
            network.wte("gp_trainee_locum"),
            network.wte("nurse"),
            network.wte("direct_patient_care"),
        );
    }
    let inside = worked.networks.iter().filter(|network| !network.apart).count();
    let _ = write!(
        text,
        "\n{large} of the {inside} networks are larger than the 50,000 patients of the guideline (30,000 to 50,000).\n\n\
         These are the networks of July 2019. The three networks of the 2018 papers (Northern, Central, Southern) have no\n\
         published membership, so they are not here and nothing here should be read as them. The membership file damages the\n\
         day and month of its dates: the year 2019 is read from it, July from the publication. Networks marked apart are in\n\
         their own file and in no rate, total or factor of the place. A practice that closed before the lists of {y} is not here.\n\n\
         ## Where each figure is from\n\n\
         | figure | publication |\n|---|---|\n\
         | registered and weighted list | NHS Payments to General Practice {y} (mean of the year) |\n\
         | membership | ePCN core partner details, edition 2022 |\n\
         | FTE and headcount | General Practice Workforce {s}, practice level, mean of the year's snapshots (the September snapshot alone was not available) |\n\
         | missed appointments, level | Appointments in General Practice, {area} |\n\
         | everything else | `library:england`, each figure with its source |\n\n\
         A published staff group stays one post with a staff-group role (GP; trainee and locum; nurse; direct patient care):\n\
         partners and salaried doctors are not told apart, because nothing published tells them apart. Administrators hold\n\
         no appointments and are left out.\n\n",
        y = request.list_year,
        s = request.staff_year,
        area = request.level_area,
    );
    if !worked.remarks.is_empty() {
        text.push_str("What was decided about single practices:\n\n");
        for remark in &worked.remarks {
            let _ = writeln!(text, "- {remark}");
        }
        text.push('\n');
    }
    level_section(request, worked, &mut text);
    text.push_str(
        "## Options\n\n\
         Signposting, fewer missed appointments, sessions moved to Mondays and a hard winter are levers of the library and need\n\
         no file. A new role is an overlay with its post; the lever in the library states which needs and categories move, the\n\
         share of each, who comes back (one minus substitution), referral on, supervision and how long the work takes to build\n\
         up from four tenths. Settling in is its own lever: supervision takes three times as long while it lasts, so a first quarter can be negative. In\n\
         `gp-leaving-*` a GP leaves on 30 June, of a practice with two to four GPs where there is one; the successor's post is funded and empty, and the library's\n\
         search law fills it (5.2 months; 18 % given up).\n",
    );
    text
}

/// The level, step by step.
fn level_section(request: &Request, worked: &Worked, text: &mut String) {
    published_level(request, worked, text);
    asked_for(worked, text);
    offered(worked, text);
    factors(worked, text);
    simulated(request, worked, text);
    leads(request, worked, text);
    text.push('\n');
}

/// What is published of the area.
fn published_level(request: &Request, worked: &Worked, text: &mut String) {
    let (first, last) = (&request.months[0].0, &request.months[request.months.len() - 1].0);
    let days: u32 = request.months.iter().map(|month| month.1).sum();
    let _ = write!(
        text,
        "## The level\n\n\
         ### 1. What is published\n\n\
         {area}, {first} to {last} ({days} working days; the file starts in March 2019), scaled to\n\
         {y:.0} working days, divided by its weighted patients of 2019-20 without GP at Hand, whose appointments were not published.\n\
         Staff recorded as unknown are shared out. About 3 % of practices did not report (England; not known for this area):\n\
         the level is not raised for it. The months left out are busier winter months; the whole year to February 2020 is\n\
         shown as a check.\n\n\
         | per 1,000 weighted patients a year | GP | other staff |\n|---|--:|--:|\n",
        area = request.level_area,
        y = request.days_a_year,
    );
    let seen = &worked.seen;
    let row = |text: &mut String, name: &str, a: f64, b: f64| {
        let _ = writeln!(text, "| {name} | {a:.0} | {b:.0} |");
    };
    row(text, "booked", seen[0].booked * 1e3, seen[1].booked * 1e3);
    row(text, "attended (status unknown shared out)", seen[0].attended * 1e3, seen[1].attended * 1e3);
    if let Some(check) = &worked.check {
        row(text, "booked, March 2019 to February 2020", check[0].booked * 1e3, check[1].booked * 1e3);
    }
}

/// Requests and attempts to book by need.
fn asked_for(worked: &Worked, text: &mut String) {
    let _ = write!(
        text,
        "\n### 2. What is asked for, and who sees it\n\nThe mix of needs is the library's. Rates are scaled so that attempts to book, less the {:.1} % (GP) and {:.1} % (other\nstaff) that fail, equal the level. The evidence is 9 to 16 % of attempts to see a GP (TE07, TE09). Attempts exceed first requests\nby rebooked misses and follow-ups of those who were served: who is not seen is not asked back.\n\n",
        worked.unmet[0] * 100.0,
        worked.unmet[1] * 100.0,
    );
    text.push_str("| need | first requests per 1,000 weighted a year | attempts to book | of them delivered at the level | seen by, in order | slot [min] |\n|---|--:|--:|--:|---|--:|\n");
    for line in &worked.lines {
        let _ = writeln!(
            text,
            "| {} | {:.0}{} | {:.0} | {:.0} | {} | {} |",
            line.title,
            line.rate * 1e3,
            line.range.map_or(String::new(), |[low, high]| format!(
                " ({:.0} to {:.0})",
                low * 1e3,
                high * 1e3
            )),
            line.bookings * 1e3,
            line.delivered * 1e3,
            line.roles.join(", "),
            line.slot,
        );
    }
    for (group, name) in ["GP", "other staff"].iter().enumerate() {
        let of = |f: &dyn Fn(&level::Line) -> f64| {
            worked.lines.iter().filter(|l| l.group == group).map(f).sum::<f64>() * 1e3
        };
        let _ = writeln!(
            text,
            "| **{name}** | **{:.0}** | **{:.0}** | **{:.0}** | | |",
            of(&|l| l.rate),
            of(&|l| l.bookings),
            of(&|l| l.delivered),
        );
    }
}

/// Minutes offered, and the factor that fits them.
fn offered(worked: &Worked, text: &mut String) {
    text.push_str("\nThe range of unmet demand, one uncertain number, sits on the rate of same-day illness alone.\n\n### 3. What the staff in post offer\n\n| role | wte | appointment minutes a wte a year | minutes |\n|---|--:|--:|--:|\n");
    for (role, minutes) in &worked.minutes {
        let wte: f64 = worked.networks.iter().filter(|n| !n.apart).map(|n| n.wte(role)).sum();
        let _ = writeln!(text, "| {role} | {wte:.1} | {minutes:.0} | {:.0} |", wte * minutes);
    }
    let people: f64 = worked.offers.iter().map(|offer| offer.weighted).sum();
    let offered =
        [0, 1].map(|g: usize| worked.offers.iter().map(|o| o.weighted * o.minutes[g]).sum::<f64>() / people);
    let demand = level::demand(&worked.lines);
    let _ = write!(
        text,
        "\nMinutes a wte a year = hours x 60 x direct share / 5 x (working days - leave) x (1 - sickness); vacancies and cover are\n\
         left to the simulation.\n\n\
         ### 4. One factor a staff group\n\n\
         | minutes a weighted patient a year | GP | other staff |\n|---|--:|--:|\n\
         | asked for | {:.1} | {:.1} |\n| target: booked at the published level | {:.1} | {:.1} |\n| offered by the staff in post | {:.1} | {:.1} |\n\
         | factor if all practices were one | {:.2} | {:.2} |\n| **factor practice by practice** | **{:.2}** | **{:.2}** |\n| delivered / target at that factor | {:.3} | {:.3} |\n\n",
        demand.asked[0],
        demand.asked[1],
        demand.target[0],
        demand.target[1],
        offered[0],
        offered[1],
        worked.fitted.as_one[0],
        worked.fitted.as_one[1],
        worked.fitted.by_practice[0],
        worked.fitted.by_practice[1],
        worked.fitted.residual[0],
        worked.fitted.residual[1],
    );
}

/// The factors as written, one line a group, and whether each is to be believed.
fn factors(worked: &Worked, text: &mut String) {
    text.push_str(
        "Staff and patients are not spread alike: some practices publish many times the nursing hours of others. A practice with\n\
         hours to spare cannot serve the neighbour's patients, so the factor practice by practice is above the one for all as\n\
         one. Nurses with time left see same-day illness, doctors with time left see nurses' work after a week; both are in\n\
         the factor. It stands on every post as `minutes_factor` with the source LEVEL, and is the assumption to doubt first.\n\n",
    );
    for (group, name) in ["GP", "other staff"].iter().enumerate() {
        let _ = writeln!(
            text,
            "- {name}: {:.2} is written; {}.",
            worked.factors[group],
            if level::credible(worked.factors[group]) {
                "inside 0.8 to 1.25"
            } else {
                "**outside 0.8 to 1.25: not credible**, staff, lists and appointments published do not fit together"
            }
        );
    }
}

/// Times from booking, published and simulated.
fn leads(request: &Request, worked: &Worked, text: &mut String) {
    text.push_str("\n### 5. Targets that are not inputs\n\nShare of booked appointments by time from booking, published and simulated.\n\n| | ");
    text.push_str(&LEADS.map(|(label, _)| label).join(" | "));
    text.push_str(" |\n|---|--:|--:|--:|--:|--:|--:|--:|\n");
    for (group, name) in ["GP", "other staff"].iter().enumerate() {
        let shares = worked.seen[group].leads.map(|share| format!("{share:.3}"));
        let _ = writeln!(text, "| {name}, published | {} |", shares.join(" | "));
        if let Some(fit) = &request.fit {
            let shares = fit.leads[group].map(|share| format!("{share:.3}"));
            let _ = writeln!(text, "| {name}, simulated | {} |", shares.join(" | "));
        }
    }
    if let Some(fit) = &request.fit {
        let _ = write!(text, "\n{}", fit.leads_note);
    }
}

/// The fit by simulation, or what stands in for it.
fn simulated(request: &Request, worked: &Worked, text: &mut String) {
    let Some(fit) = &request.fit else {
        text.push_str("\nThis is arithmetic at the mean; a fit by simulation has not been given.\n");
        return;
    };
    let _ = write!(
        text,
        "\nThe arithmetic above knows no queue, no vacancy and no spread between practices' demand. The factors written were found by\n\
         simulation (`borough.toml`, as_now, {:.0} replications):\n\n\
         | | GP | other staff |\n|---|--:|--:|\n| factor | {:.2} | {:.2} |\n",
        fit.replications, fit.factors[0], fit.factors[1]
    );
    let target = worked.seen.map(|seen| seen.booked * 1e3);
    let _ = write!(
        text,
        "| target: booked per 1,000 weighted a year | {:.0} | {:.0} |\n| simulated | {:.0} | {:.0} |\n| residual | {:+.1} % | {:+.1} % |\n\n\
         {:.1} % of all attempts give up in the run (9 to 16 % is wanted). The unmet share is an outcome of the queue, so the\n\
         rates are derived from the shares that fail there (section 2).\n\n{}",
        target[0],
        target[1],
        fit.booked[0],
        fit.booked[1],
        (fit.booked[0] / target[0] - 1.0) * 100.0,
        (fit.booked[1] / target[1] - 1.0) * 100.0,
        fit.unmet_all * 100.0,
        fit.note,
    );
}
