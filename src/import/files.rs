//! The files of a place: the level, a network each, the whole, its options, the note.
//!
//! In: a [`Request`] and what was worked out ([`Worked`]). Out: (relative path, text) of every file, in the order they
//! are written. Nothing is read and nothing is drawn: the same tables give the same bytes. Fit: `new` writes them
//! through `report::folder`, all or none; [`super::options`] and [`super::readme`] make the texts of theirs.
//!
//! The texts are scenarios of their own: a test reads the written files.

use super::network::{Network, Request, Worked};
use super::options::{SHARED, gp_leaving, options, pharmacist_2025, shared_post};
use super::published::Published;
use super::work_out::work_out;
use super::{level, readme};
use std::fmt::Write as _;

/// Two decimals at most, no trailing noughts.
///
/// 3.10 becomes 3.1 and 4.00 becomes 4: a scenario file is read by people.
pub fn short(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A number with its source.
///
/// As an inline table of a scenario file, rounded as [`short`] rounds.
pub fn sourced(value: f64, source: &str) -> String {
    format!("{{ fixed = {}, source = \"{source}\" }}", short(value))
}

/// What the licence of the publications asks for.
const ATTRIBUTION: &str = "# Contains public sector information licensed under the Open Government Licence v3.0 (NHS England, NHS Digital).\n";

/// All files of the folder: relative path and text.
///
/// (relative path, text); `README.md` is the last.
///
/// # Errors
///
/// Those of [`work_out`].
pub fn folder(request: &Request, published: &Published) -> Result<Vec<(String, String)>, String> {
    let worked = work_out(request, published)?;
    Ok(all_files(request, &worked))
}

/// The files of one network of the place: the level, the network, its options, the note.
///
/// Nothing of another network of the place, and nothing of the borough, is among them.
///
/// # Errors
///
/// Those of [`work_out`]; and where the network has no practice with a list.
pub fn one_network(
    request: &Request,
    published: &Published,
    code: &str,
) -> Result<Vec<(String, String)>, String> {
    let worked = work_out(request, published)?;
    let Some(network) = worked.networks.iter().find(|network| network.code == code) else {
        return Err(format!("the network `{code}` has no practice with a list in {}", request.list_year));
    };
    let (own, leaving) =
        (format!("{}.toml", network.key), format!("options/gp-leaving-{}.toml", network.key));
    // Files of other networks, of the borough, and of a GP who leaves another network.
    let others = |name: &str| {
        let of_another = worked.networks.iter().any(|other| name == format!("{}.toml", other.key));
        of_another && name != own
            || name == "borough.toml"
            || name.starts_with("options/borough-")
            || name.starts_with("options/gp-leaving-") && name != leaving
    };
    let mut files = all_files(request, &worked);
    files.retain(|(name, _)| !others(name));
    Ok(files)
}

/// Every file of the place: the level first, the note last.
fn all_files(request: &Request, worked: &Worked) -> Vec<(String, String)> {
    let mut files = vec![("level.toml".to_owned(), level_file(request, worked))];
    for network in &worked.networks {
        files.push((format!("{}.toml", network.key), network_file(request, worked, network)));
        if let Some((name, text)) = gp_leaving(request, worked, network) {
            files.push((name, text));
        }
    }
    files.push(("borough.toml".to_owned(), borough_file(request, worked)));
    for post in &SHARED {
        files.push((format!("options/{}.toml", post.file), shared_post(post, &[])));
        let inside: Vec<&Network> = worked.networks.iter().filter(|network| !network.apart).collect();
        files.push((format!("options/borough-{}.toml", post.file), shared_post(post, &inside)));
    }
    files.push(("options/shared-pharmacist-2025.toml".to_owned(), pharmacist_2025()));
    files.push(("README.md".to_owned(), readme::text(request, worked)));
    files
}

/// `level.toml`: rates and their sources, the run's length, the target. Networks extend it.
fn level_file(request: &Request, worked: &Worked) -> String {
    let mut text = format!(
        "# {place}: the level, shared by its networks. Made from published files by `new --network`; do not edit, make it anew.\n\
         {ATTRIBUTION}#\n\
         # Rates: the library's mix of needs, scaled so that attempts to book, less those that fail (TE09, and the fit),\n\
         # give the appointments of {area} a weighted patient a year (README.md shows the sums):\n\
         # GP {g:.3}, other staff {o:.3} booked. Missed appointments by lead time are {area}'s own.\n\
         # Leads are nowhere an input: the run is compared with them.\n\n\
         extends = [\"library:england\"]\ntitle = \"{place}: level of 2019\"\n\n\
         [horizon]\nstart = {start}\nweeks = 52\nwarm_up_weeks = 8\n\n\
         [run]\nreplications = 1000\nseed = 20190401\n\
         # assumption: less than half a point is nothing that a board would decide about\n\
         matters = {{ seen_within_target = 0.005 }}\n\n\
         [target.routine_14_days]\nname = \"Routine requests seen within 14 days\"\nneed = \"routine\"\nwithin_days = 14\nshare = 0.9   # assumption\nfor_each = \"practice\"\nover = \"year\"\n\n",
        place = request.place,
        area = request.level_area,
        g = worked.seen[0].booked,
        o = worked.seen[1].booked,
        start = request.start,
    );
    level_needs(worked, &mut text);
    level_sources(request, worked, &mut text);
    text.trim_end().to_owned() + "\n"
}

/// Rates, and chances of not attending by lead time.
///
/// Letters, paperwork, and visits at home and in care homes get no chance of not attending.
fn level_needs(worked: &Worked, text: &mut String) {
    let dna_name = ["gp", "other"];
    for line in &worked.lines {
        let _ = writeln!(text, "[need.{}]", line.need);
        match line.range {
            Some([low, high]) => {
                // The range is of same-day illness alone: unmet demand is one uncertain number, not one a need.
                let _ = writeln!(
                    text,
                    "rate_per_patient_year = {{ low = {low:.3}, likely = {:.3}, high = {high:.3}, source = \"LEVEL\", note = \"low to high: 9 to 16 % of all GP attempts fail, TE09\" }}",
                    line.rate
                );
            }
            None => {
                let _ = writeln!(
                    text,
                    "rate_per_patient_year = {{ fixed = {:.4}, source = \"LEVEL\" }}",
                    line.rate
                );
            }
        }
        if !["results_letters", "paperwork", "home_visit", "care_home"].contains(&line.need.as_str()) {
            let days: Vec<String> = level::LEADS
                .iter()
                .zip(worked.seen[line.group].dna_by_lead)
                .filter(|(_, share)| share.is_finite())
                .map(|((_, day), share)| format!("\"{day}\" = {share:.4}"))
                .collect();
            let _ = writeln!(
                text,
                "dna.by_day = {{ {}, source = \"GPAD-{}\" }}",
                days.join(", "),
                dna_name[line.group]
            );
        }
        text.push('\n');
    }
}

/// Where the numbers of the level, the lists and the staff are from.
///
/// One source a staff group's level, one for the lists of the year, one for each year of staff that a practice has.
fn level_sources(request: &Request, worked: &Worked, text: &mut String) {
    let [gp, other] = worked.factors;
    let months = format!(
        "{} to {}",
        request.months.first().map_or("", |m| m.0.as_str()),
        request.months.last().map_or("", |m| m.0.as_str())
    );
    for (name, group) in [("gp", "GP"), ("other", "other staff")] {
        let _ = write!(
            text,
            "[source.GPAD-{name}]\ntitle = \"Appointments in General Practice, {area}, {group}: missed by lead time, {months}\"\nyear = 2021\nlink = \"https://digital.nhs.uk/data-and-information/publications/statistical/appointments-in-general-practice\"\nconfidence = \"high\"\n\n",
            area = request.level_area,
        );
    }
    // What the fit delivered, where there is one; else what the arithmetic left over.
    let over_target = |g: usize| match &request.fit {
        Some(fit) => fit.booked[g] / (worked.seen[g].booked * 1e3),
        None => worked.fitted.residual[g],
    };
    let _ = write!(
        text,
        "[source.LEVEL]\ntitle = \"Fitted: the library's mix scaled to published appointments of {area}; factor GP {gp}, other staff {other}; delivered over target {r0:.3} and {r1:.3} by {how}, see README.md\"\nyear = 2026\nconfidence = \"medium\"\n\n\
         [source.LISTS-{years}]\ntitle = \"NHS Payments to General Practice {years}: registered and weighted list\"\nyear = 2019\nlink = \"https://digital.nhs.uk/data-and-information/publications/statistical/nhs-payments-to-general-practice\"\nconfidence = \"high\"\n\n",
        area = request.level_area,
        r0 = over_target(0),
        r1 = over_target(1),
        how = if request.fit.is_some() { "simulation" } else { "arithmetic" },
        years = request.list_year,
    );
    let mut staff_years: Vec<u16> =
        worked.networks.iter().flat_map(|n| &n.practices).map(|p| p.staff_year).collect();
    staff_years.sort_unstable();
    staff_years.dedup();
    for year in staff_years {
        let _ = write!(
            text,
            "[source.WORKFORCE-{year}]\ntitle = \"General Practice Workforce {year}, mean of the year's snapshots, by practice and staff group\"\nyear = {year}\nlink = \"https://digital.nhs.uk/data-and-information/publications/statistical/general-and-personal-medical-services\"\nconfidence = \"medium\"\n\n",
        );
    }
}

/// `KEY.toml`: one network, its practices with their lists and posts, and its options.
fn network_file(request: &Request, worked: &Worked, network: &Network) -> String {
    let (registered, weighted) = network.lists();
    let mut text = format!(
        "# {title} ({published}, {code}): {n} practices, {registered:.0} registered, {weighted:.0} weighted patients.\n\
         # Made from published files by `new --network`; changes belong in an overlay. README.md says where each figure is from.\n\
         {ATTRIBUTION}",
        title = network.title,
        published = network.published_name,
        code = network.code,
        n = network.practices.len(),
    );
    if network.apart {
        text.push_str(
            "#\n# Kept apart, out of every rate of the place: most of its patients live elsewhere and are seen online, its remote\n\
             # staff are not in the workforce return, and its appointments were not published before 2021. What follows is what\n\
             # was returned, not a picture of its capacity.\n",
        );
    }
    let _ = write!(
        text,
        "\nextends = [\"level.toml\"]\ntitle = \"{place}, {title} network: as staffed in {year}, networks of July 2019\"\n\n\
         [run]\nheadline = \"seen_within_target@network.{key}/need.routine\"\n\n\
         [network.{key}]\nname = \"{title}\"\nmaturity = {{ low = 0.5, likely = 0.7, high = 0.9, note = \"assumption: a network in its first year\", confidence = \"assumption\" }}\n",
        place = request.place,
        title = network.title,
        year = request.staff_year,
        key = network.key,
    );
    for practice in &network.practices {
        let _ = write!(
            text,
            "\n[practice.{key}]\nname = \"{title}\"\nnetwork = \"{network}\"\nregistered_list = {reg}\nweighted_list = {wei}\nsource = \"LISTS-{year}\"\n",
            key = practice.key,
            title = practice.title,
            network = network.key,
            reg = short(practice.list.registered),
            wei = short(practice.list.weighted),
            year = request.list_year,
        );
        // A comment beside the practice, so that whoever reads the file sees what was decided about it.
        if !practice.end.is_empty() {
            let _ = writeln!(text, "# left the network in {}", practice.end.get(..4).unwrap_or_default());
        }
        if practice.staff_year != request.staff_year {
            let _ = writeln!(
                text,
                "# no staff returned for {}; its first return, of {}, stands in",
                request.staff_year, practice.staff_year
            );
        }
        for (role, wte) in practice.staff.groups().into_iter().filter(|(_, wte)| *wte > 0.0) {
            let source = format!("WORKFORCE-{}", practice.staff_year);
            let _ = write!(
                text,
                "[post.{key}_{role}]\npractice = \"{key}\"\nrole = \"{role}\"\nwte = {wte}\nsource = \"{source}\"\n",
                key = practice.key,
                wte = short(wte),
            );
            // Heads are published for GPs alone; the model takes the rest from the role's wte a head.
            if let (true, Some(heads)) = (role == "gp", practice.staff.gp_heads.filter(|heads| *heads >= 1.0))
            {
                let _ = writeln!(text, "headcount = {heads:.0}");
            }
            // GPs and trainees share one factor, nurses and direct patient care the other.
            let factor = worked.factors[usize::from(!role.starts_with("gp"))];
            let _ = writeln!(text, "minutes_factor = {}", sourced(factor, "LEVEL"));
        }
    }
    text.push_str(&options(network));
    text
}

/// `borough.toml`: the networks of the place together, those kept apart left out.
fn borough_file(request: &Request, worked: &Worked) -> String {
    let inside: Vec<&Network> = worked.networks.iter().filter(|network| !network.apart).collect();
    let (registered, weighted) =
        inside.iter().map(|n| n.lists()).fold((0.0, 0.0), |s, l| (s.0 + l.0, s.1 + l.1));
    let files: Vec<String> = inside.iter().map(|network| format!("\"{}.toml\"", network.key)).collect();
    let out: Vec<&str> = worked.networks.iter().filter(|n| n.apart).map(|n| n.title.as_str()).collect();
    let mut text = format!(
        "# {place}: its {n} networks together, {registered:.0} registered and {weighted:.0} weighted patients; without {out}.\n\
         # Made from published files by `new --network`; changes belong in an overlay.\n{ATTRIBUTION}\n\
         extends = [{files}]\n# the money of 2025/26 is looked at network by network\nremove = [\"option.shared_pharmacist_2025\"]\n\
         title = \"{place}: {n} networks as staffed in {year}\"\n\n\
         [run]\nheadline = \"seen_within_target/need.routine\"\n\n\
         # The fund is that of one network.\n[fund.arrs_2019]\npounds = {{ fixed = {fund}, source = \"CST-13\", note = \"71,920 a network\" }}\n\n\
         # A shared post is one in each network here, not one for the borough.\n",
        place = request.place,
        n = inside.len(),
        fund = 71_920 * inside.len(),
        out = if out.is_empty() { "nobody".to_owned() } else { out.join(", ") },
        files = files.join(", "),
        year = request.staff_year,
    );
    for post in &SHARED {
        let _ = write!(text, "[option.{}]\noverlay = \"options/borough-{}.toml\"\n", post.option, post.file);
    }
    text
}
