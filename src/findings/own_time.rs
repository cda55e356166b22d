//! How much of the time of the posts that an option adds is used.
//!
//! In: the models of as-now and an option, and the option's weekly sums of posts. Out: a share, and a line for all options.
//! A post is added where as-now has none of its name. Of all its rostered appointment minutes in the counted period;
//! time that nobody uses is paid for all the same.

use super::{say, weeks};
use crate::model::Model;
use crate::outcome::Outcome;

/// Below this share of used minutes a hint stands beside the figure: the same might be had of fewer hours.
pub const LOW: f64 = 0.6;

/// Used of the time of the posts that an option adds [share], as the table and picture of utilisation have it; of several each
/// counts by the minutes that it offers. None where it adds none that has appointment time.
///
/// Only in roles that offer more than now: people of a role who stand in a post of another name are not added.
pub fn used(as_now: (&Model, &Outcome), option: (&Model, &Outcome)) -> Option<f64> {
    let (now, other) = (as_now.0, option.0);
    let of_role = |(model, outcome): (&Model, &Outcome), role: &str| -> f64 {
        let posts = (0..model.posts.len()).filter(|&p| model.roles[model.posts[p].role].name == role);
        posts.map(|p| weeks::offered(model, outcome, p)).sum()
    };
    let added = (0..other.posts.len()).filter(|&p| {
        let (name, role) = (&other.posts[p].name, &other.roles[other.posts[p].role].name);
        !now.posts.iter().any(|old| old.name == *name) && of_role(option, role) > of_role(as_now, role)
    });
    let each =
        added.filter_map(|p| Some((weeks::offered(other, option.1, p), weeks::used(other, option.1, p)?)));
    let (all, used) =
        each.fold((0.0, 0.0), |(all, sum), (offered, used)| (all + offered, sum + offered * used));
    (all > 0.0).then(|| used / all)
}

/// `Used of the appointment time of the posts that an option adds: physiotherapists 53 %.`, with a hint where that is
/// little; none where no option adds a post.
pub fn line<'a>(options: impl IntoIterator<Item = (&'a str, Option<f64>)>) -> Option<String> {
    let known: Vec<(&str, f64)> =
        options.into_iter().filter_map(|(title, used)| Some((title, used?))).collect();
    let each: Vec<String> =
        known.iter().map(|(title, used)| format!("{title} {}", say::percent(*used))).collect();
    let hint = match known.iter().any(|(_, used)| *used < LOW) {
        true => format!(
            " Under {}: `skillmix size` tells whether fewer hours would do (as many people are sent there all the same).",
            say::percent(LOW)
        ),
        false => String::new(),
    };
    (!each.is_empty()).then(|| {
        format!("Used of the appointment time of the posts that an option adds: {}.{hint}", each.join("; "))
    })
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn little_use_of_added_time_is_hinted_at() {
        let said = line([("Physios", Some(0.53)), ("Longer visits", None), ("Nurse", Some(0.82))]);
        assert_eq!(
            said.as_deref(),
            Some(
                "Used of the appointment time of the posts that an option adds: Physios 53 %; Nurse 82 %. Under 60 %: `skillmix size` tells whether fewer hours would do (as many people are sent there all the same)."
            )
        );
        assert!(line([("Nurse", Some(0.6))]).is_some_and(|said| said.ends_with("Nurse 60 %.")));
        assert_eq!(line([("Longer visits", None)]), None);
    }
}
