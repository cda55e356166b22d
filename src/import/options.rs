//! What could be done in a network: levers alone, a shared post each, a GP who leaves.
//!
//! In: a network that was worked out. Out: the options of its file and the overlays beside them. Every option is one
//! thing a network could do, in words a board reads; a planner adds others in the same way. What an option costs is in
//! its post.

use super::files::{short, sourced};
use super::network::{Network, Practice, Request, Worked};
use std::fmt::Write as _;

/// The options of a network's file.
pub fn options(network: &Network) -> String {
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
    if let Some(practice) = leaver(network) {
        let _ = write!(
            text,
            "[option.gp_leaving_{under}]\nname = \"A GP leaves {title}\"\nlevers = []\noverlay = \"options/gp-leaving-{key}.toml\"\n",
            under = network.key.replace('-', "_"),
            key = network.key,
            title = practice.title,
        );
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
pub struct Shared {
    /// Name of the option.
    pub option: &'static str,
    /// Name of its overlay.
    pub file: &'static str,
    /// As a report writes it.
    title: &'static str,
    /// Post of the overlay, in a network's file.
    post: &'static str,
    /// Role of the library, with its cost and its settling in.
    role: &'static str,
    /// Levers that send work to it, as the scenario lists them.
    levers: &'static str,
    /// True where the state pays a share of it.
    fund: bool,
    /// What it does, in words for the file.
    about: &'static str,
}

/// The shared posts.
pub const SHARED: [Shared; 8] = [
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
///
/// `networks` is empty for the overlay of one network, and holds all of them for the borough's.
pub fn shared_post(shared: &Shared, networks: &[&Network]) -> String {
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

/// The pharmacist with the money of 2025/26.
///
/// It replaces the fund of the shared pharmacist, so the same post is compared under other money.
pub fn pharmacist_2025() -> String {
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

/// The overlay in which a GP leaves: its path and text.
///
/// None where no practice has GPs to lose. The one who leaves and the one who comes are posts of their own, so the year
/// has both of them.
pub fn gp_leaving(request: &Request, worked: &Worked, network: &Network) -> Option<(String, String)> {
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
