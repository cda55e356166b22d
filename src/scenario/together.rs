//! Several scenarios as one: things as they are in the first, and all options of all of them.
//!
//! In: scenarios with a short name each. Out: one scenario whose further options are those of the others, named
//! `NAME` (things as they are there) and `NAME.OPTION`. They see the same draws wherever addresses are the same, so they
//! must count the same days.

use super::{AS_NOW, OptionModel, Scenario};
use crate::units::Day;

/// Why scenarios cannot be compared, and the way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Apart {
    /// What differs.
    pub message: String,
    /// The way out.
    pub help: String,
}

/// How files of different periods are given one: that of the first.
fn same_period((own, own_days): (Day, usize), (its, its_days): (Day, usize)) -> String {
    let mut sets = Vec::new();
    if own != its {
        sets.push(format!("--set horizon.start={own}"));
    }
    if own_days != its_days {
        sets.push(match own_days % 7 {
            0 => format!("--set horizon.weeks={}", own_days / 7),
            _ => format!("--set horizon.days={own_days}"),
        });
    }
    format!("years are compared on the same days: give all files one period with {}", sets.join(" "))
}

/// Adds the options of other scenarios to the first.
///
/// `others` are the name under which each is shown and the scenario, in the order in which they were typed.
/// Assumptions and sources that the first does not have are added; the text that loads again stays that of the
/// first.
///
/// # Errors
///
/// Where one counts other days than the first.
pub fn together(mut first: Scenario, others: Vec<(String, Scenario)>) -> Result<Scenario, Apart> {
    for (name, other) in others {
        let (own, its) = (first.options[0].model.horizon, other.options[0].model.horizon);
        if (own.start, own.days) != (its.start, its.days) {
            return Err(Apart {
                message: format!(
                    "`{name}` counts {} days from {}, but the first scenario {} days from {}",
                    its.days, its.start, own.days, own.start
                ),
                help: same_period((own.start, own.days), (its.start, its.days)),
            });
        }
        for figure in other.assumptions {
            // What both state alike is of all; else it is of this file's options, by their new names.
            let alike = |a: &super::Assumption| {
                (&a.address, &a.text, &a.option) == (&figure.address, &figure.text, &None)
            };
            if figure.option.is_some() || !first.assumptions.iter().any(alike) {
                let of = figure.option.as_ref().map_or(name.clone(), |option| format!("{name}.{option}"));
                first.assumptions.push(super::Assumption { option: Some(of), ..figure });
            }
        }
        for source in other.sources {
            if !first.sources.iter().any(|s| s.id == source.id) {
                first.sources.push(source);
            }
        }
        let titles = first.options.iter().map(|option| option.title.clone());
        let known: Vec<String> = titles.chain([first.title.clone()]).collect();
        // A title that is there already says of which file it is.
        let apart = |title: &str| match known.iter().any(|known| known == title) {
            true => format!("{title} ({name})"),
            false => title.to_owned(),
        };
        let renamed = |option: OptionModel| match option.name == AS_NOW {
            true => OptionModel { name: name.clone(), title: apart(&other.title), ..option },
            false => {
                OptionModel { name: format!("{name}.{}", option.name), title: apart(&option.title), ..option }
            }
        };
        // Another file may differ in anything, so its options are one part each.
        let foreign = |option| OptionModel { overlaid: true, over_as_now: None, ..renamed(option) };
        first.options.extend(other.options.into_iter().map(foreign));
        first.hash = blake3::hash(format!("{}{}", first.hash, other.hash).as_bytes()).to_hex().to_string();
    }
    Ok(first)
}
