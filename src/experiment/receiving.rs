//! What redirects send to a role at full strength, against the time that it has; roles to whom nobody is sent.
//!
//! In: options. Out: warnings. Arithmetic of means alone, as in [`super::arithmetic`]: a ramp builds up slowly, so that a run of the
//! first year need not show a queue that the second will have; and a post that nobody is sent to does nothing, whatever it costs.

use super::arithmetic::{first_requests, lines};
use crate::fault::Fault;
use crate::lever::{Change, Lever, RedirectFrom, RedirectTo};
use crate::model::Model;
use crate::model::avoidable::ShareOf;
use crate::quantity::number_text;
use crate::scenario::{OptionModel, Scenario};

/// Warnings of roles with more or less to do than they should: one of each kind for all options.
pub fn warnings(options: &[OptionModel]) -> Vec<Fault> {
    let mut over: Vec<Over> = Vec::new();
    for more in options.iter().flat_map(|option| overloaded(&option.model)) {
        if !over.iter().any(|known| known.said == more.said) {
            over.push(more);
        }
    }
    overload(&over).into_iter().chain(idle(options)).collect()
}

/// Renews the warnings of a scenario of whose options some have been left out.
pub fn renew(scenario: &mut Scenario) {
    scenario.warnings.drop_where(|fault| ["receiver-overload", "nobody-sent"].contains(&fault.code));
    scenario.warnings.add(warnings(&scenario.options));
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
    let help = "whoever is sent waits longer and longer, or gives up: more of the role, or fewer offered; skillmix size finds how many are enough";
    Some(Fault::warning("receiver-overload", format!("post.{}", first.post), message).help(help))
}

/// Requests not yet taken by a lever, at one practice in a mean week.
struct Left {
    /// By category and need.
    rated: Vec<Vec<f64>>,
    /// By need, what no category holds.
    others: Vec<f64>,
}

impl Left {
    /// Before any lever.
    fn new(model: &Model, p: usize, scale: &[f64]) -> Self {
        let mut others: Vec<f64> = (0..model.needs.len()).map(|k| first_requests(model, p, k)).collect();
        let first = others.clone();
        let of_category = |(category, scale): (&crate::model::avoidable::Category, &f64)| {
            let share = model.inputs.mean(category.share) * scale;
            let of_need = |k: usize| if category.of.contains(&k) { first[k] * share } else { 0.0 };
            (0..first.len()).map(of_need).collect::<Vec<f64>>()
        };
        let rated: Vec<Vec<f64>> = model.categories.iter().zip(scale).map(of_category).collect();
        for category in &rated {
            others.iter_mut().zip(category).for_each(|(left, rated)| *left = (*left - rated).max(0.0));
        }
        Self { rated, others }
    }

    /// Takes a share of what a redirect asks for; returns how many of each need.
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

/// Factor from a category's stated share to a share of each of its needs: 1, or that of all GP appointments.
fn scales(model: &Model) -> Vec<f64> {
    let week = |k: usize| -> f64 { (0..model.practices.len()).map(|p| first_requests(model, p, k)).sum() };
    let by_gp = |k: &usize| model.needs[*k].seen_by.first().is_some_and(|seen| model.roles[seen.role].is_gp);
    let gp: f64 = (0..model.needs.len()).filter(by_gp).map(week).sum();
    let scale = |category: &crate::model::avoidable::Category| match category.share_of {
        ShareOf::Need => 1.0,
        ShareOf::GpAppointments => {
            let of: f64 = category.of.iter().map(|k| week(*k)).sum();
            if of > 0.0 { gp / of } else { 0.0 }
        }
    };
    model.categories.iter().map(scale).collect()
}

/// Appointment hours a week that levers at full strength send to each role, and the levers that send them.
fn sent(model: &Model) -> Vec<(f64, Vec<&Lever>)> {
    let mut sent: Vec<(f64, Vec<&Lever>)> = vec![(0.0, Vec::new()); model.roles.len()];
    let scale = scales(model);
    let mean = |number| model.inputs.mean(number);
    for (p, practice) in model.practices.iter().enumerate() {
        let mut left = Left::new(model, p, &scale);
        for lever in &model.levers {
            let maturity = mean(model.networks[practice.network].maturity);
            let reach =
                mean(lever.practices_taking_part) * if lever.maturity_scales_uptake { maturity } else { 1.0 };
            for (_, change) in &lever.changes {
                let Change::Redirect { from, to, offered, accepted, .. } = change else { continue };
                let taken = left.take(*from, reach * mean(*offered) * mean(*accepted));
                let RedirectTo::Role { role, as_need } = to else { continue };
                for (k, n) in taken.into_iter().filter(|(_, n)| *n > 0.0) {
                    let need = &model.needs[as_need.unwrap_or(k)];
                    let own = need.seen_by.iter().find(|seen| seen.role == *role);
                    let slot = own.map_or(model.roles[*role].slot_minutes, |seen| seen.slot_minutes);
                    let (hours, levers) = &mut sent[*role];
                    *hours += n * mean(slot) / 60.0;
                    if !levers.iter().any(|known| known.name == lever.name) {
                        levers.push(lever);
                    }
                }
            }
        }
    }
    sent
}

/// Roles to which levers at full strength send more than they have time for.
fn overloaded(model: &Model) -> Vec<Over> {
    let lines = lines(model);
    let sent = sent(model);
    let over = lines.iter().filter_map(|line| {
        let (more, levers) = &sent[line.role];
        let (all, has) = (line.all.wanted + more, line.all.offered);
        if *more <= 0.0 || has <= 0.0 || all <= has {
            return None;
        }
        let post = model.posts.iter().find(|post| post.role == line.role)?;
        let names: Vec<String> = levers.iter().map(|lever| format!("`{}`", lever.name)).collect();
        let said = format!(
            "{} {} for {} ({} %, {})",
            model.roles[line.role].title,
            number_text(round(all)),
            number_text(round(has)),
            number_text((100.0 * all / has).round()),
            names.join(" and "),
        );
        let ramp_weeks = levers.iter().map(|lever| model.inputs.mean(lever.ramp_weeks)).fold(0.0, f64::max);
        Some(Over { post: post.name.clone(), said, ramp_weeks })
    });
    over.collect()
}

/// Posts with time for appointments whose role no need names and no lever of the option sends anybody to.
fn idle(options: &[OptionModel]) -> Vec<Fault> {
    let mut idle: Vec<(String, String, f64, Vec<&str>)> = Vec::new();
    for option in options {
        let model = &option.model;
        let sent = sent(model);
        for line in lines(model) {
            let named = model.needs.iter().any(|need| need.seen_by.iter().any(|seen| seen.role == line.role));
            let asked = model.needs.iter().any(|need| need.rate.is_some());
            let supervises =
                model.roles.iter().any(|r| r.supervision.as_ref().is_some_and(|s| s.by == line.role));
            if named || supervises || !asked || sent[line.role].0 > 0.0 || line.all.offered <= 0.0 {
                continue;
            }
            for post in model.posts.iter().filter(|post| post.role == line.role) {
                let role = &model.roles[line.role].name;
                match idle.iter_mut().find(|(name, ..)| *name == post.name) {
                    Some((.., options)) => options.push(&option.name),
                    None => {
                        idle.push((post.name.clone(), role.clone(), line.all.offered, vec![&option.name]))
                    }
                }
            }
        }
    }
    let warning = |(post, role, hours, of): (String, String, f64, Vec<&str>)| {
        let of = if of.len() == options.len() { String::new() } else { format!(" in {}", of.join(", ")) };
        let message = format!(
            "nobody is sent to `post.{post}`{of}: no need has its role `{role}` among its roles and no lever in force sends requests \
             there; {} hours a week of the role do nothing",
            number_text(round(hours))
        );
        let help =
            format!("pull a lever that sends requests to role:{role}, or name the role in a need's `roles`");
        Fault::warning("nobody-sent", format!("post.{post}.role"), message).help(help)
    };
    idle.into_iter().map(warning).collect()
}

/// One place after the point.
fn round(hours: f64) -> f64 {
    (hours * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use crate::scenario::{Scenario, load_text};

    /// 100 requests a week; half are offered the nurse and 8 in 10 accept: 40 of 15 minutes are 10 hours, and she has 5.
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
        // As things are nobody is sent to the nurse either, but the option sends.
        let [aide, nurse] = of("nobody-sent")[..] else { panic!("{told:?}") };
        assert!(
            aide.starts_with("nobody is sent to `post.aide`:") && aide.contains("5 hours a week"),
            "{aide}"
        );
        assert!(nurse.starts_with("nobody is sent to `post.nurse` in as_now:"), "{nurse}");
    }

    #[test]
    fn enough_time_and_a_role_named_by_a_need_are_not_told() {
        let text = SENT.replace("slots_per_day = 4\n", "slots_per_day = 8\n");
        let text = text.replace("roles = [\"gp\"]", "roles = [\"gp\", \"aide\", \"nurse\"]");
        assert_eq!(told(&text), []);
    }
}
