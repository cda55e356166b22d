//! The help page: commands in groups, as a planner looks for them.
//!
//! In: the commands as clap knows them. Out: the same command line with its help page in groups. A command that stands
//! in no group is not shown, so a new one needs a word here.

use clap::{Command, CommandFactory};

/// Groups and their commands in the order of the page, as a planner looks for them: look at a scenario, ask it
/// something, get data.
const GROUPS: [(&str, &[&str]); 3] = [
    ("Look", &["new", "check", "explain"]),
    ("Ask", &["run", "compare", "size", "mix", "sensitivity", "sweep", "merge", "pilots"]),
    ("Data", &["schema"]),
];

/// The command line with its commands in groups.
pub fn grouped<C: CommandFactory>() -> Command {
    let command = C::command();
    let mut list = String::new();
    for (group, names) in GROUPS {
        let there: Vec<&Command> = names.iter().filter_map(|name| command.find_subcommand(name)).collect();
        list += &format!("{group}:\n");
        for sub in there {
            let about = sub.get_about().map(ToString::to_string).unwrap_or_default();
            list += &format!("  {:<11} {about}\n", sub.get_name());
        }
        list.push('\n');
    }
    command.help_template(format!(
        "{{about}}\n\n{{usage-heading}} {{usage}}\n\n{list}Options:\n{{options}}{{after-help}}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_is_in_a_group() {
        let command = crate::cli::CommandLine::command();
        for sub in command.get_subcommands() {
            assert!(GROUPS.iter().any(|(_, names)| names.contains(&sub.get_name())), "{}", sub.get_name());
        }
        for name in GROUPS.iter().flat_map(|(_, names)| *names) {
            assert!(command.find_subcommand(name).is_some(), "there is no command {name}");
        }
    }

    #[test]
    fn the_command_line_is_sound() {
        grouped::<crate::cli::CommandLine>().debug_assert();
    }
}
