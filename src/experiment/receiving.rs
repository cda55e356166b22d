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
use crate::scenario::OptionModel;

/// Warnings of roles with more or less to do than they should, option by option, each once.
pub fn warnings(options: &[OptionModel]) -> Vec<Fault> {
    let mut found: Vec<Fault> = Vec::new();
    for option in options {
        for warning in overloaded(&option.model) {
            if !found.iter().any(|known| known.message == warning.message) {
                found.push(warning);
            }
        }
    }
    found.extend(idle(options));
    found
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
fn overloaded(model: &Model) -> Vec<Fault> {
    let lines = lines(model);
    let sent = sent(model);
    let over = lines.iter().filter_map(|line| {
        let (more, levers) = &sent[line.role];
        let (all, has) = (line.all.wanted + more, line.all.offered);
        if *more <= 0.0 || has <= 0.0 || all <= has {
            return None;
        }
        let role = &model.roles[line.role];
        let post = model.posts.iter().find(|post| post.role == line.role)?;
        let names: Vec<String> = levers.iter().map(|lever| format!("`{}`", lever.name)).collect();
        let weeks = levers.iter().map(|lever| model.inputs.mean(lever.ramp_weeks)).fold(0.0, f64::max);
        let ramp = if weeks > 0.0 {
            "; while that builds up the first year shows less than the years after"
        } else {
            ""
        };
        let message = format!(
            "at full strength {} bring {} {} hours of appointments a week, who has {} before leave and sickness ({} %){ramp}",
            names.join(" and "),
            role.title,
            number_text(round(all)),
            number_text(round(has)),
            number_text((100.0 * all / has).round()),
        );
        let help = "whoever is sent waits longer and longer, or gives up; more of the role, or fewer offered. skillmix size finds how many are enough";
        Some(Fault::warning("receiver-overload", format!("post.{}", post.name), message).help(help))
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
