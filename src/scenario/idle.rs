//! Keys that are stated and that nothing reads: a planner who states one believes that it counts.
//!
//! In: the models of the options, each with the merged tree it was made from. Out: warnings at the keys. A key is idle only
//! where no option that has it reads it: what the base states for an overlay or a lever to use is not. What a library of the
//! program states is not the planner's: it is listed, so that the text that loads again can say where it came from.

mod changes;
mod posts;

use super::source::{SourceMap, Span};
use super::tree::{Node, Value};
use crate::fault::Fault;
use crate::lever::{Change, RedirectFrom, RedirectTo};
use crate::model::Model;
use crate::model::avoidable::ShareOf;
use crate::model::need::Need;

/// How texts of the program's own libraries are named.
const LIBRARY: &str = "library:";

/// A key that is stated, as one option stands.
#[derive(Debug)]
pub(crate) struct Key {
    /// Where it stands.
    span: Span,
    /// True where the option reads it.
    read: bool,
    /// What is said where no option does.
    fault: Fault,
}

/// Keys of one option, with the tree they are looked up in.
struct Keys<'t> {
    tree: &'t Node,
    found: Vec<Key>,
}

impl Keys<'_> {
    /// Notes a key where it is stated; `why` continues "`ADDRESS` changes nothing: ".
    fn look(&mut self, address: &str, read: bool, why: impl Into<String>, help: &str) {
        let (node, stated) = self.tree.nearest(address);
        if stated {
            let span = if node.table().is_none() { node.span } else { node.key };
            let message = format!("`{address}` changes nothing: {}", why.into());
            self.found.push(Key {
                span,
                read,
                fault: Fault::warning("idle-key", address, message).help(help),
            });
        }
    }
}

/// Keys that one option states or takes over, read or not.
///
/// Only those that can be idle in a sound scenario are looked at.
pub(crate) fn keys(model: &Model, tree: &Node) -> Vec<Key> {
    let mut keys = Keys { tree, found: Vec::new() };
    model.posts.iter().for_each(|post| posts::post(model, post, &mut keys));
    (0..model.needs.len()).for_each(|k| need(model, k, &mut keys));
    for lever in &model.levers {
        keys.look(
            &format!("lever.{}.starts_at", lever.name),
            model.inputs.mean(lever.ramp_weeks) > 0.0,
            "the lever has no ramp, so it is whole from its first day",
            "state ramp_weeks, or take it away",
        );
        for (name, change) in &lever.changes {
            changes::change(model, &format!("lever.{}.change.{name}", lever.name), change, &mut keys);
        }
    }
    keys.look(
        "avoidable_shares.concentration",
        model.categories.iter().any(|category| category.share_of == ShareOf::GpAppointments),
        "no category is a share of all GP appointments, and only those are drawn together",
        "state share_of_gp_appointments in the categories, or leave it out",
    );
    keys.found
}

/// Keys that no option reads.
#[derive(Debug, Default)]
pub(crate) struct Idle {
    /// Warnings of those that the planner states.
    pub warnings: Vec<(Fault, Span)>,
    /// Addresses of those that a library states, each once.
    pub from_library: Vec<String>,
}

/// Keys that no option reads: the planner's, and those of the program's libraries.
///
/// `keys` are those of all options; a key that several of them have stands there several times. `listed` are the addresses that
/// a file lists as taken over from a library: they count for what stands in that file.
pub(crate) fn idle(keys: Vec<Key>, map: &SourceMap, listed: &[Node]) -> Idle {
    let read: Vec<Span> = keys.iter().filter(|key| key.read).map(|key| key.span).collect();
    let text = |span: Span| map.locate(span).map(|(source, _)| (source.base, source.name.as_str()));
    let of_library = |key: &Key| {
        let here = text(key.span);
        let lists =
            |entry: &Node| matches!(&entry.value, Value::Text(address) if *address == key.fault.address);
        here.is_none_or(|(_, name)| name.starts_with(LIBRARY))
            || listed.iter().any(|entry| lists(entry) && text(entry.span) == here)
    };
    let mut idle = Idle::default();
    for key in keys.into_iter().filter(|key| !key.read && !read.contains(&key.span)) {
        if !of_library(&key) {
            idle.warnings.push((key.fault, key.span));
        } else if !idle.from_library.contains(&key.fault.address) {
            idle.from_library.push(key.fault.address);
        }
    }
    idle
}

/// Keys of a need.
fn need(model: &Model, k: usize, keys: &mut Keys<'_>) {
    let need = &model.needs[k];
    let at = |key: &str| format!("need.{}.{key}", need.name);
    keys.look(
        &at("overflow_after_days"),
        need.seen_by.len() > 1,
        "the need has one role, so it overflows to nobody",
        "name a further role in `roles`, or leave it out",
    );
    keys.look(
        &at("chosen_share"),
        need.chosen_lead.is_some(),
        "it is the share of patients who choose how far ahead they come, and no `chosen_lead` says how far",
        "state chosen_lead, or leave it out",
    );
    for refer in &need.refers_on {
        let role = &model.roles[refer.from_role].name;
        keys.look(
            &at(&format!("refers_on.{role}")),
            sees(model, (k, need), refer.from_role),
            format!("nobody of role `{role}` sees this need, as one of its roles or by a lever"),
            "name the role in `roles`, send requests to it with a lever, or leave it out",
        );
    }
}

/// True where a role may see a need: as one of its roles, or because a lever sends it requests that are counted as the need.
fn sees(model: &Model, (k, need): (usize, &Need), role: usize) -> bool {
    let from = |from: &RedirectFrom| match from {
        RedirectFrom::Need(own) => *own == k,
        RedirectFrom::Category(category) => model.categories[*category].of.contains(&k),
    };
    let sends = |change: &Change| match change {
        Change::Redirect { from: source, to: RedirectTo::Role { role: to, as_need }, .. } => {
            *to == role && as_need.map_or_else(|| from(source), |as_need| as_need == k)
        }
        _ => false,
    };
    need.seen_by.iter().any(|seen| seen.role == role)
        || model.levers.iter().flat_map(|lever| &lever.changes).any(|(_, change)| sends(change))
}
