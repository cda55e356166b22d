//! The files of a place: the level, a network each, the whole, its options, the note.

use super::level::{self, Factors, Line, Offer, Seen};
use super::published::{ListRow, Published, Staff};
use super::readme;
use std::fmt::Write as _;
use toml::Table;

/// What to make.
#[derive(Clone, Debug)]
pub struct Request {
    /// The place's name (`Hammersmith & Fulham`); taken out of the networks' names.
    pub place: String,
    /// Area code in the published tables.
    pub area: String,
    /// Financial year of the lists.
    pub list_year: String,
    /// Year of the workforce.
    pub staff_year: u16,
    /// First day of the run.
    pub start: String,
    /// Networks kept apart from every rate of the place: code and file name.
    pub apart: Vec<(String, String)>,
    /// Name of the area whose published appointments give the level.
    pub level_area: String,
    /// Months of the published appointments with their working days.
    pub months: Vec<(String, u32)>,
    /// The same months with those needed for a whole year, as a check; empty where there are none.
    pub check_months: Vec<(String, u32)>,
    /// Working days a year.
    pub days_a_year: f64,
    /// The library's text.
    pub library: String,
    /// Factors of a fit by simulation; the arithmetic's own where absent.
    pub factors: Option<[f64; 2]>,
}

/// A practice ready to be written.
#[derive(Clone, Debug)]
pub struct Practice {
    /// Code as published.
    pub code: String,
    /// Code in lower case: its name in the file.
    pub key: String,
    /// Title; the code where the public name holds a clinician's.
    pub title: String,
    /// List.
    pub list: ListRow,
    /// Staff.
    pub staff: Staff,
    /// Year of the staff figures.
    pub staff_year: u16,
    /// End of membership, where one is published.
    pub end: String,
}

impl Practice {
    /// GP whole-time equivalents for 1,000 weighted patients, trainees and locums included.
    pub fn gp_per_thousand(&self) -> f64 {
        let [gp, trainees, ..] = self.staff.groups();
        (gp.1 + trainees.1) / self.list.weighted * 1000.0
    }
}

/// A network ready to be written.
#[derive(Clone, Debug)]
pub struct Network {
    /// Code as published.
    pub code: String,
    /// Name as published.
    pub published_name: String,
    /// File and address.
    pub key: String,
    /// Title.
    pub title: String,
    /// Kept out of the place's rates.
    pub apart: bool,
    /// Its practices by code.
    pub practices: Vec<Practice>,
}

impl Network {
    /// Registered and weighted patients.
    pub fn lists(&self) -> (f64, f64) {
        self.practices.iter().fold((0.0, 0.0), |(r, w), p| (r + p.list.registered, w + p.list.weighted))
    }

    /// Whole-time equivalents of a role.
    pub fn wte(&self, role: &str) -> f64 {
        self.practices
            .iter()
            .flat_map(|p| p.staff.groups())
            .filter(|(name, _)| *name == role)
            .map(|(_, wte)| wte)
            .sum()
    }
}

/// Everything worked out for a place.
#[derive(Clone, Debug)]
pub struct Worked {
    /// Networks, those apart last.
    pub networks: Vec<Network>,
    /// Published level.
    pub seen: [Seen; 2],
    /// The same over the whole year of the check.
    pub check: Option<[Seen; 2]>,
    /// Needs at that level.
    pub lines: Vec<Line>,
    /// Offered minutes a practice.
    pub offers: Vec<Offer>,
    /// Factors of the arithmetic.
    pub fitted: Factors,
    /// Factors written.
    pub factors: [f64; 2],
    /// Minutes a whole-time equivalent brings in a year, by role.
    pub minutes: Vec<(&'static str, f64)>,
    /// What had to be decided about the data.
    pub remarks: Vec<String>,
}

/// `NORTH HAMMERSMITH & FULHAM PCN` in Hammersmith & Fulham is `north`.
pub fn network_key(published: &str, place: &str) -> String {
    let name = published.to_uppercase().replace(&place.to_uppercase(), " ").replace(" PCN", " ");
    name.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect::<Vec<_>>()
        .join("-")
}

/// A name in capitals as a title; none where it may hold a clinician's name.
pub fn public_title(name: &str) -> Option<String> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let person = words.iter().any(|word| {
        let plain: String = word.chars().filter(|c| c.is_alphabetic()).collect();
        ["DR", "DRS", "DOCTOR", "PARTNERS", "PARTNER", "PARTN", "MR", "MRS", "MS"]
            .contains(&plain.to_uppercase().as_str())
    });
    if words.is_empty() || person {
        return None;
    }
    let small = ["FOR", "OF", "AND", "THE"];
    let title: Vec<String> = words
        .iter()
        .enumerate()
        .map(|(place, word)| {
            if word.len() == 2 && word.chars().all(char::is_alphabetic) && ["GP"].contains(word) {
                return (*word).to_owned();
            }
            let lower = word.to_lowercase();
            if place > 0 && small.contains(word) {
                return lower;
            }
            let mut letters = lower.chars();
            letters
                .next()
                .map_or(String::new(), |first| first.to_uppercase().collect::<String>() + letters.as_str())
        })
        .collect();
    Some(title.join(" "))
}

/// Works everything out.
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
    let lines = level::lines(&library, &seen);
    let roles = ["gp", "gp_trainee_locum", "nurse", "direct_patient_care"];
    let minutes: Vec<(&str, f64)> =
        roles.iter().map(|role| (*role, level::minutes_a_wte(&library, role, request.days_a_year))).collect();
    let offers: Vec<Offer> = networks
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
        factors: request.factors.unwrap_or(fitted.by_practice),
        networks,
        seen,
        lines,
        offers,
        fitted,
        minutes,
        remarks,
    })
}

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

/// Two decimals at most, no trailing noughts.
pub fn short(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn sourced(value: f64, source: &str) -> String {
    format!("{{ fixed = {}, source = \"{source}\" }}", short(value))
}

const ATTRIBUTION: &str = "# Contains public sector information licensed under the Open Government Licence v3.0 (NHS England, NHS Digital).\n";

/// All files of the folder: relative path and text.
pub fn folder(request: &Request, published: &Published) -> Result<Vec<(String, String)>, String> {
    let worked = work_out(request, published)?;
    let mut files = vec![("level.toml".to_owned(), level_file(request, &worked))];
    for network in &worked.networks {
        files.push((format!("{}.toml", network.key), network_file(request, &worked, network)));
        if let Some((name, text)) = gp_leaving(request, &worked, network) {
            files.push((name, text));
        }
    }
    files.push(("borough.toml".to_owned(), borough_file(request, &worked)));
    for post in &SHARED {
        files.push((format!("options/{}.toml", post.file), shared_post(post, &[])));
        let inside: Vec<&Network> = worked.networks.iter().filter(|network| !network.apart).collect();
        files.push((format!("options/borough-{}.toml", post.file), shared_post(post, &inside)));
    }
    files.push(("options/shared-pharmacist-2025.toml".to_owned(), pharmacist_2025()));
    files.push(("README.md".to_owned(), readme::text(request, &worked)));
    Ok(files)
}

fn level_file(request: &Request, worked: &Worked) -> String {
    let [gp, other] = worked.factors;
    let mut text = format!(
        "# {place}: the level, shared by its networks. Made from published files by `new --network`; do not edit, make it anew.\n\
         {ATTRIBUTION}#\n\
         # Rates: the library's mix of needs, scaled so that first requests, less the 12 % that fail (TE09), with follow-ups\n\
         # and rebooked misses, give the appointments of {area} a weighted patient a year (README.md shows the sums):\n\
         # GP {g:.3}, other staff {o:.3} booked. Missed appointments by lead time are {area}'s own.\n\
         # Leads are nowhere an input: the run is compared with them.\n\n\
         extends = [\"library:england\"]\ntitle = \"{place}: level of 2019\"\n\n\
         [horizon]\nstart = {start}\nweeks = 52\nwarm_up_weeks = 8\n\n\
         [run]\nreplications = 1000\nseed = 20190401\n\n\
         [target.routine_14_days]\nname = \"Routine requests seen within 14 days\"\nneed = \"routine\"\nwithin_days = 14\nshare = 0.9   # assumption\nfor_each = \"practice\"\nover = \"year\"\n\n",
        place = request.place,
        area = request.level_area,
        g = worked.seen[0].booked,
        o = worked.seen[1].booked,
        start = request.start,
    );
    let dna_name = ["gp", "other"];
    for line in &worked.lines {
        let _ = writeln!(text, "[need.{}]", line.need);
        match line.range {
            Some([low, high]) => {
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
    let _ = write!(
        text,
        "[source.LEVEL]\ntitle = \"Fitted: the library's mix scaled to published appointments of {area}; factor GP {gp}, other staff {other}; delivered over target {r0:.3} and {r1:.3} by arithmetic, see README.md\"\nyear = 2026\nconfidence = \"medium\"\n\n\
         [source.LISTS-{years}]\ntitle = \"NHS Payments to General Practice {years}: registered and weighted list\"\nyear = 2019\nlink = \"https://digital.nhs.uk/data-and-information/publications/statistical/nhs-payments-to-general-practice\"\nconfidence = \"high\"\n\n",
        area = request.level_area,
        r0 = worked.fitted.residual[0],
        r1 = worked.fitted.residual[1],
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
    text.trim_end().to_owned() + "\n"
}

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
            if let (true, Some(heads)) = (role == "gp", practice.staff.gp_heads.filter(|heads| *heads >= 1.0))
            {
                let _ = writeln!(text, "headcount = {heads:.0}");
            }
            let factor = worked.factors[usize::from(!role.starts_with("gp"))];
            let _ = writeln!(text, "minutes_factor = {}", sourced(factor, "LEVEL"));
        }
    }
    text.push_str(&options(network));
    text
}

/// The options of a network's file.
fn options(network: &Network) -> String {
    let mut text = String::from(
        "\n# What could be done. Each is compared with things as they are; each new role is one whole-time equivalent for the\n\
         # whole network and takes GP time before it gives any.\n",
    );
    for (name, title, levers) in LEVERS_ONLY {
        let _ = write!(text, "[option.{name}]\nname = \"{title}\"\nlevers = [{levers}]\n");
    }
    for post in &SHARED {
        let _ = write!(
            text,
            "[option.{}]\nname = \"{}\"\nlevers = [{}]\noverlay = \"options/{}.toml\"\n",
            post.option, post.title, post.levers, post.file
        );
    }
    let _ = write!(
        text,
        "[option.shared_pharmacist_2025]\nname = \"A shared pharmacist, reimbursed as in 2025/26\"\nlevers = [\"pharmacist\", \"pharmacist_induction\"]\noverlay = \"options/shared-pharmacist-2025.toml\"\n"
    );
    if leaver(network).is_some() {
        let _ = write!(
            text,
            "[option.gp_leaving_{under}]\nname = \"A GP leaves\"\nlevers = []\noverlay = \"options/gp-leaving-{key}.toml\"\n",
            under = network.key.replace('-', "_"),
            key = network.key,
        );
    }
    text
}

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
         # A shared post is one in each network here, not one for the borough.\n",
        place = request.place,
        n = inside.len(),
        out = if out.is_empty() { "nobody".to_owned() } else { out.join(", ") },
        files = files.join(", "),
        year = request.staff_year,
    );
    for post in &SHARED {
        let _ = write!(text, "[option.{}]\noverlay = \"options/borough-{}.toml\"\n", post.option, post.file);
    }
    text
}

/// Options that need no overlay: name, title, levers.
const LEVERS_ONLY: [(&str, &str, &str); 4] = [
    ("signposting", "Active signposting", "\"signposting\""),
    ("fewer_dnas", "Fewer missed appointments", "\"reminders\""),
    ("more_on_mondays", "Sessions moved to Mondays (costs nothing)", "\"more_on_mondays\""),
    ("hard_winter", "A hard winter", "\"hard_winter\""),
];

/// A shared post of the options.
struct Shared {
    option: &'static str,
    file: &'static str,
    title: &'static str,
    post: &'static str,
    role: &'static str,
    levers: &'static str,
    fund: bool,
    about: &'static str,
}

const SHARED: [Shared; 8] = [
    Shared {
        option: "shared_pharmacist",
        file: "shared-pharmacist",
        title: "A shared pharmacist",
        post: "shared_pharmacist",
        role: "clinical_pharmacist",
        levers: "\"pharmacist\", \"pharmacist_induction\"",
        fund: true,
        about: "Medication reviews and queries, prescriptions that hospitals ask for, and part of what the team could take.",
    },
    Shared {
        option: "shared_physiotherapist",
        file: "shared-physiotherapist",
        title: "A shared first-contact physiotherapist",
        post: "shared_physiotherapist",
        role: "first_contact_physio",
        levers: "\"physiotherapist\", \"physiotherapist_induction\"",
        fund: false,
        about: "Musculoskeletal problems, straight from the desk.",
    },
    Shared {
        option: "link_worker",
        file: "link-worker",
        title: "A shared link worker",
        post: "shared_link_worker",
        role: "social_prescriber",
        levers: "\"link_worker\", \"link_worker_induction\"",
        fund: true,
        about: "Practical and social problems.",
    },
    Shared {
        option: "nurse_practitioner",
        file: "nurse-practitioner",
        title: "A shared advanced nurse practitioner",
        post: "shared_nurse_practitioner",
        role: "advanced_nurse_practitioner",
        levers: "\"nurse_practitioner\", \"nurse_practitioner_induction\"",
        fund: false,
        about: "Same-day illness.",
    },
    Shared {
        option: "mental_health_worker",
        file: "mental-health-worker",
        title: "A shared mental-health practitioner",
        post: "shared_mental_health_worker",
        role: "mental_health_practitioner",
        levers: "\"mental_health_worker\", \"mental_health_worker_induction\"",
        fund: false,
        about: "Mental health problems.",
    },
    Shared {
        option: "paramedic",
        file: "paramedic",
        title: "A shared paramedic",
        post: "shared_paramedic",
        role: "paramedic",
        levers: "\"paramedic\", \"paramedic_induction\"",
        fund: false,
        about: "Home visits and same-day illness.",
    },
    Shared {
        option: "physician_associate",
        file: "physician-associate",
        title: "A shared physician associate",
        post: "shared_physician_associate",
        role: "physician_associate",
        levers: "\"physician_associate\", \"physician_associate_induction\"",
        fund: false,
        about: "Same-day illness, under the rules of before July 2025.",
    },
    Shared {
        option: "workflow",
        file: "workflow",
        title: "Letters and forms to trained clerks",
        post: "document_clerk",
        role: "admin",
        levers: "\"workflow\"",
        fund: false,
        about: "Fit notes, forms and documents.",
    },
];

/// The overlay of a shared post: for the one network of a file, or one in each network of the borough.
fn shared_post(shared: &Shared, networks: &[&Network]) -> String {
    let mut text = format!(
        "# {}: one whole-time equivalent, one queue for all its practices.\n# {}\n# The lever in the library says which work moves, how much of it, who comes back, and the settling in.\n",
        shared.title, shared.about
    );
    let mut one = |key: String, base: String, name: String| {
        let _ = write!(
            text,
            "\n[post.{key}]\nname = \"{name}\"\n{base}role = \"{role}\"\nwte = 1.0   # the option\nsharing = \"pooled\"\n{fund}",
            role = shared.role,
            fund = if shared.fund { "paid_by = \"fund.arrs_2019\"\n" } else { "" },
        );
    };
    if networks.is_empty() {
        one(shared.post.to_owned(), String::new(), shared.title.to_owned());
    }
    for network in networks {
        one(
            format!("{}_{}", network.key.replace('-', "_"), shared.post),
            format!("network = \"{}\"\n", network.key),
            format!("{}, {}", shared.title, network.title),
        );
    }
    text
}

fn pharmacist_2025() -> String {
    "# The shared pharmacist as reimbursed in 2025/26 (inner London).\n\nextends = [\"shared-pharmacist.toml\"]\n\n[post.shared_pharmacist]\npaid_by = \"fund.arrs_2025\"\n".to_owned()
}

/// The practice whose GP leaves in the option: of those with two to four GPs the one with the longest list; in a
/// network without such a practice the one with the fewest GPs (two at least).
fn leaver(network: &Network) -> Option<&Practice> {
    let staffed = |p: &&Practice| {
        p.staff.gp_heads.is_some_and(|heads| heads >= 2.0) && p.staff.gp.is_some_and(|wte| wte > 0.0)
    };
    let heads = |p: &Practice| p.staff.gp_heads.unwrap_or(f64::INFINITY);
    if network.apart {
        return None;
    }
    network
        .practices
        .iter()
        .filter(staffed)
        .filter(|p| heads(p) <= 4.0)
        .max_by(|a, b| a.list.weighted.total_cmp(&b.list.weighted))
        .or_else(|| network.practices.iter().filter(staffed).min_by(|a, b| heads(a).total_cmp(&heads(b))))
}

fn gp_leaving(request: &Request, worked: &Worked, network: &Network) -> Option<(String, String)> {
    let practice = leaver(network)?;
    let (wte, heads) = (practice.staff.gp?, practice.staff.gp_heads?);
    let one = wte / heads;
    let date = format!("{}-07-01", request.start.get(..4)?);
    let factor = sourced(worked.factors[0], "LEVEL");
    let text = format!(
        "# A GP leaves {title} on 30 June: of {heads:.0} GPs ({wte} wte) one, at the practice's mean of {one:.2} wte.\n\
         # The search takes 5.2 months on average and 18 % of searches are given up (role.gp.leaving: TRN-15, TRN-16): the\n\
         # new post is funded but empty on its first day, so the library's vacancy law fills it.\n\n\
         [post.{key}_gp]\nwte = {{ fixed = {rest}, source = \"WORKFORCE-{year}\", note = \"less the one who leaves\" }}\nheadcount = {left:.0}\n\n\
         [post.{key}_gp_leaver]\nname = \"The GP who leaves\"\npractice = \"{key}\"\nrole = \"gp\"\nwte = {{ fixed = {one:.2}, source = \"WORKFORCE-{year}\", note = \"mean of the practice\" }}\nheadcount = 1\nuntil = {year_text}-06-30\nminutes_factor = {factor}\n\n\
         [post.{key}_gp_successor]\nname = \"The search for a successor\"\npractice = \"{key}\"\nrole = \"gp\"\nwte = {{ fixed = {one:.2}, source = \"WORKFORCE-{year}\", note = \"mean of the practice\" }}\nin_post_wte = 0\nheadcount = 1\nfrom = {date}\nminutes_factor = {factor}\n",
        title = practice.title,
        key = practice.key,
        rest = short(wte - one),
        left = heads - 1.0,
        year = practice.staff_year,
        year_text = &date[..4],
    );
    Some((format!("options/gp-leaving-{}.toml", network.key), text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::published;

    const LISTS: &str = "financial_year,practice_code,practice_name,ccg_code,registered_patients,weighted_patients,former_ccg_code\n\
        2018-19,E1,DR A PERSON,X,5000,4800,X\n2018-19,E2,NORTH ROAD SURGERY,X,8000,7900,X\n2017-18,E2,NORTH ROAD SURGERY,X,1,1,X\n";
    const MEMBERS: &str = "practice_code,pcn_code,pcn_name,relationship_start,relationship_end,former_ccg_code\n\
        E1,U1,NORTH EXAMPLE TOWN PCN,2019-07-01,,X\nE2,U1,NORTH EXAMPLE TOWN PCN,2019-07-01,,X\nE9,U1,NORTH EXAMPLE TOWN PCN,2019-07-01,,X\n";
    const STAFF: &str = "practice_code,year,gp_headcount_excl_trainees_locums,gp_fte_excl_trainees_locums,gp_trainee_and_locum_fte,nurse_fte,direct_patient_care_fte\n\
        E1,2018,0,0,0,0,0\nE1,2021,3,2.4,0,1,0.5\nE2,2018,4,3.1,0.4,1.2,2.0\n";
    const BOOKS: &str = "ccg_code,month,status,hcp_type,mode,lead_time,appointments\n\
        X,2019-03,Attended,GP,Face-to-Face,Same Day,2300\nX,2019-03,DNA,GP,Face-to-Face,1 Day,100\nX,2019-03,Attended,Other Practice staff,Face-to-Face,2 to 7 Days,1900\n\
        X,2019-03,DNA,Other Practice staff,Face-to-Face,2 to 7 Days,100\n";

    fn example() -> (Request, Published) {
        let request = Request {
            place: "Example Town".to_owned(),
            area: "X".to_owned(),
            list_year: "2018-19".to_owned(),
            staff_year: 2018,
            start: "2019-04-01".to_owned(),
            apart: Vec::new(),
            level_area: "Example Area".to_owned(),
            months: vec![("2019-03".to_owned(), 21)],
            check_months: Vec::new(),
            days_a_year: 253.0,
            library: include_str!("../scenario/library/england.toml").to_owned(),
            factors: None,
        };
        let published = Published {
            lists: published::lists(LISTS, "2018-19").unwrap_or_default(),
            level_weighted: 12_700.0,
            members: published::members(MEMBERS).unwrap_or_default(),
            staff: published::staff(STAFF).unwrap_or_default(),
            names: Default::default(),
            appointments: published::appointments(BOOKS).unwrap_or_default(),
        };
        (request, published)
    }

    #[test]
    fn a_place_becomes_files_that_parse_and_name_nobody() {
        let (request, published) = example();
        let files = folder(&request, &published).expect("the example is whole");
        let get = |name: &str| {
            files.iter().find(|(path, _)| path == name).map(|(_, text)| text.clone()).unwrap_or_default()
        };
        for (path, text) in &files {
            if path.ends_with(".toml") {
                text.parse::<Table>().unwrap_or_else(|e| panic!("{path}: {e}\n{text}"));
            }
            assert!(!text.contains("PERSON") && !text.contains("Person"), "{path} names a clinician");
        }
        let north = get("north.toml");
        assert!(north.contains("[practice.e1]\nname = \"Practice E1\""), "{north}");
        assert!(north.contains("name = \"North Road Surgery\""));
        assert!(north.contains("[post.e2_gp]\npractice = \"e2\"\nrole = \"gp\"\nwte = 3.1\nsource = \"WORKFORCE-2018\"\nheadcount = 4"));
        assert!(north.contains("its first return, of 2021, stands in"));
        assert!(!north.contains("e1_gp_trainee_locum"), "nobody published, no post");
        assert!(get("README.md").contains("E9 is a member but has no list"));
    }

    #[test]
    fn the_rates_give_back_the_published_level() {
        let (request, published) = example();
        let worked = work_out(&request, &published).expect("the example is whole");
        for group in 0..2 {
            let total: f64 =
                worked.lines.iter().filter(|line| line.group == group).map(|line| line.bookings).sum();
            assert!((total * (1.0 - level::UNMET[1]) - worked.seen[group].booked).abs() < 1e-9);
        }
        assert!((worked.seen[0].booked - 2400.0 / 12_700.0 * 253.0 / 21.0).abs() < 1e-9);
        assert!((worked.seen[0].dna - 100.0 / 2400.0).abs() < 1e-12);
    }

    #[test]
    fn keys_and_titles() {
        assert_eq!(network_key("SOUTH FULHAM PCN", "Hammersmith & Fulham"), "south-fulham");
        assert_eq!(network_key("NORTH HAMMERSMITH & FULHAM PCN", "Hammersmith & Fulham"), "north");
        assert_eq!(public_title("THE SURGERY, DR X & PARTNERS"), None);
        assert_eq!(
            public_title("RICHFORD GATE MEDICAL CENTRE").as_deref(),
            Some("Richford Gate Medical Centre")
        );
        assert_eq!(
            public_title("HAMMERSMITH & FULHAM CENTRES FOR HEALTH").as_deref(),
            Some("Hammersmith & Fulham Centres for Health")
        );
    }
}
