//! From published tables to a place worked out: networks with their practices, the level, the factors.
//!
//! In: the published tables and a [`Request`]. Out: [`Worked`], with the remarks of everything that was decided by the
//! way. Assumptions about single practices are made here and nowhere else: who is left out, whose staff of another year
//! stands in, what is kept although it looks odd. Nothing is written: [`super::files`] does that.

use super::level::{self, Offer};
use super::names::{network_key, public_title};
use super::network::{Network, Practice, Request, Worked};
use super::published::{Published, Staff};
use toml::Table;

/// Works everything out.
///
/// # Errors
///
/// Where the library cannot be read, no network of the area is in the membership table, or the months hold no
/// appointments.
pub fn work_out(request: &Request, published: &Published) -> Result<Worked, String> {
    let library: Table = request.library.parse().map_err(|e| format!("the library cannot be read: {e}"))?;
    let mut remarks = Vec::new();
    let networks = networks(request, published, &mut remarks);
    if networks.is_empty() {
        return Err(format!("no network of the area `{}` is in the membership table", request.area));
    }
    fn of(list: &[(String, u32)]) -> Vec<(&str, u32)> {
        list.iter().map(|(month, days)| (month.as_str(), *days)).collect()
    }
    let level = |months: &[(String, u32)]| {
        level::seen(&published.appointments, &of(months), published.level_weighted, request.days_a_year)
    };
    let seen = level(&request.months);
    if !seen.iter().all(|group| group.booked > 0.0 && group.booked.is_finite()) {
        return Err("the appointment table holds nothing for the months asked for".to_owned());
    }
    // The rates follow from the shares that fail at the fit, where there is one; else from the survey's middle figure.
    let unmet = request.fit.as_ref().map_or([level::UNMET[1]; 2], |fit| fit.unmet);
    let lines = level::lines(&library, &seen, unmet);
    let roles = ["gp", "gp_trainee_locum", "nurse", "direct_patient_care"];
    let minutes: Vec<(&str, f64)> =
        roles.iter().map(|role| (*role, level::minutes_a_wte(&library, role, request.days_a_year))).collect();
    let offers: Vec<Offer> = networks
        // A network that is kept apart is out of every rate of the place.
        .iter()
        .filter(|network| !network.apart)
        .flat_map(|network| &network.practices)
        .map(|practice| {
            let mut offer = Offer { weighted: practice.list.weighted, minutes: [0.0; 2] };
            for ((role, wte), (_, minutes)) in practice.staff.groups().iter().zip(&minutes) {
                offer.minutes[usize::from(!role.starts_with("gp"))] += wte * minutes / practice.list.weighted;
            }
            offer
        })
        .collect();
    let fitted = level::fit(&offers, &level::demand(&lines));
    Ok(Worked {
        check: (!request.check_months.is_empty()).then(|| level(&request.check_months)),
        factors: request.fit.as_ref().map_or(fitted.by_practice, |fit| fit.factors),
        unmet,
        networks,
        seen,
        lines,
        offers,
        fitted,
        minutes,
        remarks,
    })
}

/// Networks of the area with their practices; everything that was decided on the way is a remark.
fn networks(request: &Request, published: &Published, remarks: &mut Vec<String>) -> Vec<Network> {
    let mut networks: Vec<Network> = Vec::new();
    for member in published.members.iter().filter(|member| member.area == request.area) {
        let Some(list) =
            published.lists.iter().find(|row| row.practice == member.practice && row.weighted > 0.0)
        else {
            remarks.push(format!(
                "{} is a member but has no list in {}: left out",
                member.practice, request.list_year
            ));
            continue;
        };
        let apart = request.apart.iter().find(|(code, _)| *code == member.network);
        let key =
            apart.map_or_else(|| network_key(&member.network_name, &request.place), |(_, key)| key.clone());
        let index = networks.iter().position(|network| network.code == member.network).unwrap_or_else(|| {
            let title = key
                .split('-')
                .map(|word| word[..1].to_uppercase() + &word[1..])
                .collect::<Vec<_>>()
                .join(" ");
            networks.push(Network {
                code: member.network.clone(),
                published_name: member.network_name.clone(),
                title: title.replace("Gp ", "GP ").replace(" At ", " at "),
                key: key.clone(),
                apart: apart.is_some(),
                practices: Vec::new(),
            });
            networks.len() - 1
        });
        let (staff, staff_year) = staff_of(&member.practice, request.staff_year, published, remarks);
        let name = published.names.get(&member.practice).unwrap_or(&list.name);
        networks[index].practices.push(Practice {
            code: member.practice.clone(),
            key: member.practice.to_lowercase(),
            title: public_title(name).unwrap_or_else(|| format!("Practice {}", member.practice)),
            list: list.clone(),
            staff,
            staff_year,
            end: member.end.clone(),
        });
    }
    for network in &mut networks {
        network.practices.sort_by(|a, b| a.code.cmp(&b.code));
    }
    networks.sort_by(|a, b| (a.apart, &a.key).cmp(&(b.apart, &b.key)));
    let mut levels: Vec<f64> =
        networks.iter().flat_map(|n| &n.practices).map(Practice::gp_per_thousand).collect();
    // A practice may be far from the others and still be right: it is kept, and said.
    levels.sort_by(f64::total_cmp);
    let median = levels.get(levels.len() / 2).copied().unwrap_or(0.0);
    for practice in networks.iter().flat_map(|network| &network.practices) {
        let level = practice.gp_per_thousand();
        if level > 3.0 * median || level < median / 3.0 {
            remarks.push(format!(
                "{}: {level:.2} GP wte for 1,000 weighted patients against a median of {median:.2}; kept as published, check with the practice",
                practice.code
            ));
        }
    }
    networks
}

/// The staff of a practice; where it returned nobody, the next year in which it returned anybody.
///
/// Up to nine years later; without any, the practice has no posts. Both are said.
fn staff_of(practice: &str, year: u16, published: &Published, remarks: &mut Vec<String>) -> (Staff, u16) {
    let get = |year: u16| published.staff.get(&(practice.to_owned(), year)).copied().unwrap_or_default();
    let asked = get(year);
    if !asked.is_empty() {
        return (asked, year);
    }
    match (year + 1..year + 10).find(|later| !get(*later).is_empty()) {
        Some(later) => {
            remarks.push(format!(
                "{practice} returned no staff for {year}: its first return, of {later}, stands in"
            ));
            (get(later), later)
        }
        None => {
            remarks.push(format!("{practice} returned no staff for {year} or later: it has no posts"));
            (asked, year)
        }
    }
}
