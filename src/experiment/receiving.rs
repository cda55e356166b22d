//! What redirects send to a role at full strength, against the time that it has; roles to whom nobody is sent.
//!
//! In: options. Out: warnings. Arithmetic of means alone, as in [`super::arithmetic`]: a ramp builds up slowly, so that
//! a run of the first year need not show a queue that the second will have; and a post that nobody is sent to does
//! nothing, whatever it costs.
//!
//! Fit: [`foreseen`](super::foreseen) adds them to the scenario's own warnings when it is loaded. Cost: no draw, no
//! year; a pass over practices and levers. Both kinds are warnings, never faults: a planner may mean either.

use super::arithmetic::{RoleLine, lines};
use crate::fault::Fault;
use crate::lever::{Change, Lever, RedirectFrom, RedirectTo};
use crate::model::Model;
use crate::model::avoidable::Category;
use crate::model::requests::{category_scales, first_requests};
use crate::quantity::{number_text, tenths_text};
use crate::scenario::{OptionModel, Scenario};

/// Warnings of roles with more or less to do than they should: one of each kind for all options.
///
/// A post that is overloaded in two options is said once, with the same numbers; a post that nobody is sent to is said
/// once with the options in which it is so.
pub fn warnings(options: &[OptionModel]) -> Vec<Fault> {
    let mut over: Vec<Over> = Vec::new();
    let mut idle: Vec<Idle<'_>> = Vec::new();
    for option in options {
        let (lines, sent) = (lines(&option.model), sent(&option.model));
        for more in lines.iter().filter_map(|line| overloaded(&option.model, line, &sent[line.role])) {
            if !over.iter().any(|known| known.said == more.said) {
                over.push(more);
            }
        }
        for none in lines.iter().filter(|line| is_idle(&option.model, line, &sent[line.role])) {
            add_idle(option, none, &mut idle);
        }
    }
    let idle = idle.iter().map(|post| unasked(post, options.len()));
    overload(&over).into_iter().chain(idle).chain(super::price_years::warning(options)).collect()
}

/// Renews the warnings of a scenario of whose options some have been left out.
///
/// The renewed warnings are of the options that are left; what the file itself warned of stays.
pub fn renew(scenario: &mut Scenario) {
    scenario
        .warnings
        .drop_where(|fault| ["receiver-overload", "nobody-sent", "price-years"].contains(&fault.code));
    scenario.warn(warnings(&scenario.options));
}

/// A role to which more is sent than it has time for.
struct Over {
    /// A post of it.
    post: String,
    /// The role, its load, and the levers.
    said: String,
    /// Longest time that the levers take to build up [weeks].
    ramp_weeks: f64,
}

/// The warning of all such roles.
///
/// The longest ramp of any of them is named, since a year in which a lever settles in hides a queue.
fn overload(over: &[Over]) -> Option<Fault> {
    let first = over.first()?;
    let ramp = over.iter().map(|role| role.ramp_weeks).fold(0.0, f64::max);
    let ramp = match ramp > 0.0 {
        true => format!(
            "; it builds up over as much as {} weeks, so the first year shows less than the years after",
            number_text(ramp)
        ),
        false => String::new(),
    };
    let said: Vec<&str> = over.iter().map(|role| role.said.as_str()).collect();
    let message = format!(
        "at full strength levers bring more hours of appointments a week than there are before leave and sickness: {}{ramp}",
        said.join("; ")
    );
    let help = "whoever is sent waits longer and longer, or gives up: more of the role, or fewer offered; for how many waits stay short too, state a target for the need they see and ask skillmix size";
    Some(Fault::warning("receiver-overload", format!("post.{}", first.post), message).help(help))
}

/// Requests not yet taken by a lever, at one practice in a mean week.
///
/// Requests a week, so hours follow by the slot; order of levers is that of the option, as the day takes them.
struct Left {
    /// By category and need.
    rated: Vec<Vec<f64>>,
    /// By need, what no category holds.
    others: Vec<f64>,
}

impl Left {
    /// Before any lever.
    ///
    /// `scale` is one a category: what turns a share of all GP appointments into a share of these needs.
    fn new(model: &Model, p: usize, scale: &[f64]) -> Self {
        let mut others: Vec<f64> = (0..model.needs.len()).map(|k| first_requests(model, p, k)).collect();
        let first = others.clone();
        let of_category = |(category, scale): (&Category, &f64)| {
            let share = model.inputs.mean(category.share) * scale;
            let of_need = |k: usize| if category.of.contains(&k) { first[k] * share } else { 0.0 };
            (0..first.len()).map(of_need).collect::<Vec<f64>>()
        };
        // A category takes its share of the need's requests as they are, not of what another category left.
        let rated: Vec<Vec<f64>> = model.categories.iter().zip(scale).map(of_category).collect();
        for category in &rated {
            others.iter_mut().zip(category).for_each(|(left, rated)| *left = (*left - rated).max(0.0));
        }
        Self { rated, others }
    }

    /// Takes a share of what a redirect asks for; returns how many of each need.
    ///
    /// `share` is what is taken: offered x accepted x reach. Nothing returns: this is arithmetic of one pass.
    fn take(&mut self, from: RedirectFrom, share: f64) -> Vec<(usize, f64)> {
        let taken = |k: usize, left: &mut f64| {
            let n = *left * share;
            *left -= n;
            (k, n)
        };
        match from {
            RedirectFrom::Category(c) => {
                self.rated[c].iter_mut().enumerate().map(|(k, left)| taken(k, left)).collect()
            }
            RedirectFrom::Need(k) => vec![taken(k, &mut self.others[k])],
        }
    }
}

/// What levers at full strength send to a role.
///
/// At full strength: after the ramp, on a day on which the lever is in force.
#[derive(Clone, Debug, Default)]
struct Sent<'a> {
    /// Appointment hours a week.
    hours: f64,
    /// The levers that send them.
    levers: Vec<&'a Lever>,
}

/// What is sent to each role, in hours of an ordinary week, in the order of the model.
fn sent(model: &Model) -> Vec<Sent<'_>> {
    let mut sent = vec![Sent::default(); model.roles.len()];
    let scale = category_scales(model);
    for p in 0..model.practices.len() {
        let mut left = Left::new(model, p, &scale);
        for lever in model.levers.iter().filter(|lever| in_force(model, lever)) {
            for (_, change) in &lever.changes {
                send(model, p, (lever, change), &mut left, &mut sent);
            }
        }
    }
    sent
}

/// True for a lever that is in force on a counted day.
///
/// A lever that begins within the counted period counts whole: what it brings in the end is what matters here.
fn in_force(model: &Model, lever: &Lever) -> bool {
    lever.starts <= model.horizon.last() && lever.until.is_none_or(|until| until >= model.horizon.start)
}

/// What one change of a lever sends from a practice.
fn send<'a>(
    model: &'a Model,
    p: usize,
    (lever, change): (&'a Lever, &Change),
    left: &mut Left,
    sent: &mut [Sent<'a>],
) {
    // Only what is sent inside needs time of a role; what goes outside is answered there.
    let Change::Redirect { from, to, offered, accepted, .. } = change else { return };
    let mean = |number| model.inputs.mean(number);
    let maturity = mean(model.networks[model.practices[p].network].maturity);
    let reach = mean(lever.practices_taking_part) * if lever.maturity_scales_uptake { maturity } else { 1.0 };
    let taken = left.take(*from, reach * mean(*offered) * mean(*accepted));
    let RedirectTo::Role { role, as_need } = to else { return };
    for (k, n) in taken.into_iter().filter(|(_, n)| *n > 0.0) {
        // The receiving need's own slot for the role, else the role's.
        let slot = model.slot_minutes(as_need.unwrap_or(k), k, *role);
        let sent = &mut sent[*role];
        sent.hours += n * mean(slot) / 60.0;
        if !sent.levers.iter().any(|known| known.name == lever.name) {
            sent.levers.push(lever);
        }
    }
}

/// A role to which levers at full strength send more than it has time for; else none.
///
/// A role without any time is not called overloaded. How many wte would do is not said: hours are before leave and
/// sickness, so that arithmetic would name too few.
fn overloaded(model: &Model, line: &RoleLine, sent: &Sent<'_>) -> Option<Over> {
    let (all, has) = (line.all.wanted + sent.hours, line.all.offered);
    if sent.hours <= 0.0 || has <= 0.0 || all <= has {
        return None;
    }
    let post = model.posts.iter().find(|post| post.role == line.role)?;
    let names: Vec<String> = sent.levers.iter().map(|lever| format!("`{}`", lever.name)).collect();
    let said = format!(
        "{} {} for {} ({} %, {})",
        model.roles[line.role].title,
        tenths_text(all),
        tenths_text(has),
        number_text((100.0 * all / has).round()),
        names.join(" and "),
    );
    let left = |lever: &&crate::lever::Lever| {
        lever.weeks_to_full(model.inputs.mean(lever.ramp_weeks), model.horizon.start)
    };
    let ramp_weeks = sent.levers.iter().map(left).fold(0.0, f64::max).ceil();
    Some(Over { post: post.name.clone(), said, ramp_weeks })
}

/// A post with time for appointments to which nobody is sent.
struct Idle<'a> {
    post: &'a str,
    role: &'a str,
    /// Appointment hours a week of all posts of the role.
    hours: f64,
    /// Options in which it is so.
    options: Vec<&'a str>,
}

/// True for a role with time for appointments that no need names, no lever of the option sends anybody to, and that
/// supervises nobody.
/// A role that supervises is not idle: its time is taken by the supervised ones' work.
fn is_idle(model: &Model, line: &RoleLine, sent: &Sent<'_>) -> bool {
    let named = model.needs.iter().any(|need| need.seen_by.iter().any(|seen| seen.role == line.role));
    let asked = model.needs.iter().any(|need| need.rate.is_some());
    let mut supervision = model.roles.iter().filter_map(|role| role.supervision.as_ref());
    let supervises = supervision.any(|supervision| supervision.by == line.role);
    // Whose minutes a lever takes has that to do.
    let mut changes = model.levers.iter().flat_map(|lever| &lever.changes);
    let takes =
        changes.any(|(_, change)| matches!(change, Change::Minutes { role, .. } if *role == line.role));
    asked && !named && !supervises && !takes && sent.hours <= 0.0 && line.all.offered > 0.0
}

/// Notes the posts of a role to which nobody is sent.
///
/// `idle` collects a post once, with the options in which it is so.
fn add_idle<'a>(option: &'a OptionModel, line: &RoleLine, idle: &mut Vec<Idle<'a>>) {
    for post in option.model.posts.iter().filter(|post| post.role == line.role) {
        match idle.iter_mut().find(|known| known.post == post.name) {
            Some(known) => known.options.push(&option.name),
            None => idle.push(Idle {
                post: &post.name,
                role: &option.model.roles[line.role].name,
                hours: line.all.offered,
                options: vec![&option.name],
            }),
        }
    }
}

/// The warning of a post to which nobody is sent; `options` is how many options there are.
fn unasked(idle: &Idle<'_>, options: usize) -> Fault {
    let Idle { post, role, .. } = idle;
    let of = match idle.options.len() == options {
        true => String::new(),
        false => format!(" in {}", idle.options.join(", ")),
    };
    let message = format!(
        "nobody is sent to `post.{post}`{of}: no need has its role `{role}` among its roles and no lever in force sends requests \
         there; {} hours a week of the role do nothing",
        tenths_text(idle.hours)
    );
    let help =
        format!("pull a lever that sends requests to role:{role}, or name the role in a need's `roles`");
    Fault::warning("nobody-sent", format!("post.{post}.role"), message).help(help)
}

#[cfg(test)]
mod tests {
    use crate::scenario::{Scenario, load_text};

    /// 100 requests a week; half are offered the nurse and 8 in 10 accept: 40 of 15 minutes are 10 hours, and she has
    /// 5.
    const SENT: &str = r#"
[horizon]
start = 2019-04-01
weeks = 4
[practice.hill]
[need.ill]
requests_per_day = 20
roles = ["gp"]
[role.gp]
[role.nurse]
slot_minutes = 15
[role.aide]
[post.gps]
practice = "hill"
role = "gp"
slots_per_day = 30
[post.nurse]
practice = "hill"
role = "nurse"
slots_per_day = 4
slot_minutes = 15
[post.aide]
practice = "hill"
role = "aide"
slots_per_day = 6
[lever.nurse_first]
ramp_weeks = 3
[lever.nurse_first.change.ill]
redirect = { need = "ill", to = "role:nurse", offered = 0.5, accepted = 0.8 }
[option.nurse]
levers = ["nurse_first"]
"#;

    fn told(text: &str) -> Vec<(&'static str, String)> {
        let scenario: Scenario =
            load_text("test", text, &[]).unwrap_or_else(|r| panic!("{}", r.render(false)));
        super::warnings(&scenario.options).into_iter().map(|w| (w.code, w.message)).collect()
    }

    #[test]
    fn a_role_sent_more_than_it_has_time_for_is_told_and_one_sent_nobody() {
        let told = told(SENT);
        let of = |code: &str| -> Vec<&str> {
            told.iter().filter(|(known, _)| *known == code).map(|(_, message)| message.as_str()).collect()
        };
        let [over] = of("receiver-overload")[..] else { panic!("{told:?}") };
        assert!(over.contains("nurse 10 for 5 (200 %, `nurse_first`)"), "{over}");
        assert!(over.contains("as much as 3 weeks"), "{over}");
        // Hours are before leave and sickness: a number of people from them would be too small.
        let staffed = SENT.replace("slots_per_day = 4\nslot_minutes = 15", "wte = 0.1");
        let (code, over) = &self::told(&staffed)[0];
        assert!(*code == "receiver-overload" && !over.contains("WTE"), "{over}");
        // As things are nobody is sent to the nurse either, but the option sends.
        let [aide, nurse] = of("nobody-sent")[..] else { panic!("{told:?}") };
        assert!(
            aide.starts_with("nobody is sent to `post.aide`:") && aide.contains("5 hours a week"),
            "{aide}"
        );
        assert!(nurse.starts_with("nobody is sent to `post.nurse` in as_now:"), "{nurse}");
    }

    #[test]
    fn a_lever_outside_the_period_sends_nobody() {
        let late = SENT.replace("ramp_weeks = 3", "ramp_weeks = 3\nstarts = 2021-04-01");
        assert!(told(&late).iter().all(|(code, _)| *code != "receiver-overload"), "{:?}", told(&late));
    }

    #[test]
    fn enough_time_and_a_role_named_by_a_need_are_not_told() {
        let text = SENT.replace("slots_per_day = 4\n", "slots_per_day = 8\n");
        let text = text.replace("roles = [\"gp\"]", "roles = [\"gp\", \"aide\", \"nurse\"]");
        assert_eq!(told(&text), []);
    }
}
