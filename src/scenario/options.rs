//! The options of a scenario: each a whole model, `as_now` first.
//!
//! In: the merged scenario, read and as a tree. Out: the options in their order, with the figures that their overlays
//! state. For the ledger each option is also laid out as its levers alone over things as they are.
//!
//! Each option is resolved from its own merged tree, so a fault in the base is found in each; the report keeps
//! one.

use super::format::{File, levers::OptionTable};
use super::gather::Gatherer;
use super::number::Figure;
use super::read::Place;
use super::resolve::number_people;
use super::tree::Node;
use super::{AS_NOW, Noted, OptionModel, read};
use crate::fault::Severity;
use crate::model::Model;

/// Every option, `as_now` first.
///
/// Faults go to `noted`, figures of overlays to `figures`. `as_now` is made where the file does not state it;
/// where it does, it comes first wherever it stands.
pub(super) fn options(
    gatherer: &mut Gatherer,
    (file, tree): (&File, &Node),
    noted: &mut Noted,
    figures: &mut Vec<Figure>,
) -> Vec<OptionModel> {
    let stated: &[_] = file.option.as_ref().map_or(&[], |named| &named.0);
    let as_now = stated.iter().filter(|(name, _, _)| name == AS_NOW);
    let others = stated.iter().filter(|(name, _, _)| name != AS_NOW);
    // Things as they are need not be stated.
    let base = [(AS_NOW.to_owned(), Place::default(), OptionTable::default())];
    let first = if stated.iter().any(|(name, _, _)| name == AS_NOW) { &[][..] } else { &base[..] };
    let mut options: Vec<OptionModel> = Vec::new();
    let mut now: Option<Laid> = None;
    for (name, _, option) in first.iter().chain(as_now).chain(others) {
        let levers_at = format!("option.{name}.levers");
        let levers = option.levers.clone().unwrap_or_default();
        let laid = Laid::of(name, levers.clone(), gatherer, (file, tree), noted, figures);
        let model = noted.resolve(&laid.file, &laid.tree, &levers, &levers_at);
        let over_as_now = now.as_ref().and_then(|now| now.with(&levers, &levers_at));
        // What an option changes is told against things as they are, once those are known.
        let changed = |mut model: Model| {
            let now = options.first().map(|now| &now.model);
            number_people(&mut model, now);
            match now {
                Some(now) => model.changed_from(now),
                None => model,
            }
        };
        let (model, over_as_now) = (changed(model), over_as_now.map(changed));
        options.push(OptionModel {
            name: name.clone(),
            title: option.name.clone().unwrap_or_else(|| untitled(name)),
            levers,
            model,
            adds_posts: laid.adds_posts.clone(),
            overlaid: laid.overlaid,
            over_as_now,
        });
        now.get_or_insert(laid);
    }
    options
}

/// The title where an option states no name.
fn untitled(name: &str) -> String {
    if name == AS_NOW { "As now".into() } else { name.replace('_', " ") }
}

/// A scenario with the overlay of an option over it, and the option's levers.
///
/// `overlaid` and `adds_posts` are as in [`OptionModel`].
struct Laid {
    /// The scenario with types.
    file: File,
    tree: Node,
    levers: Vec<String>,
    /// Posts that only its overlay has.
    adds_posts: Vec<String>,
    overlaid: bool,
}

impl Laid {
    /// Lays the overlay of an option, where it has one, and reads the whole anew.
    fn of(
        name: &str,
        levers: Vec<String>,
        gatherer: &mut Gatherer,
        (file, tree): (&File, &Node),
        noted: &mut Noted,
        figures: &mut Vec<Figure>,
    ) -> Self {
        let (overlay, there) = tree.nearest(&format!("option.{name}.overlay"));
        if !there {
            let (file, tree) = (file.clone(), tree.clone());
            return Self { file, tree, levers, adds_posts: Vec::new(), overlaid: false };
        }
        let (adds_posts, overlaid) = changes(tree, overlay);
        let whole = gatherer.with_overlay(tree, overlay);
        let (file, stated) = read(&whole, noted);
        // Those of the scenario itself are known already, and stay without an option.
        figures.extend(stated.into_iter().map(|figure| Figure { option: Some(name.to_owned()), ..figure }));
        Self { file, tree: whole, levers, adds_posts, overlaid }
    }

    /// With further levers, those of an option first, in its order. None where they cannot stand here: what is wrong has
    /// been said, or is right only with the option's other changes.
    fn with(&self, levers: &[String], levers_at: &str) -> Option<Model> {
        // Those of as_now that the option does not name come after its own.
        let own = self.levers.iter().filter(|lever| !levers.contains(lever));
        let all: Vec<String> = levers.iter().chain(own).cloned().collect();
        // Its own list of faults, which is dropped: only whether there are any is asked.
        let mut noted = Noted { readable: true, ..Noted::default() };
        let model = noted.resolve(&self.file, &self.tree, &all, levers_at);
        noted.faults.iter().all(|(fault, _)| fault.severity != Severity::Fault).then_some(model)
    }
}

/// The posts that an overlay adds to a tree, and whether it changes anything else.
///
/// An overlay that is no table counts as a change: what it is has been said as a fault.
fn changes(tree: &Node, overlay: &Node) -> (Vec<String>, bool) {
    let mut added = Vec::new();
    // Anything but further posts.
    let mut more = overlay.table().is_none();
    for (kind, node) in overlay.table().into_iter().flatten() {
        let Some(posts) = node.table().filter(|_| kind == "post") else {
            more = true;
            continue;
        };
        for name in posts.keys() {
            if tree.nearest(&format!("post.{name}")).1 {
                more = true;
            } else {
                added.push(name.clone());
            }
        }
    }
    (added, more)
}
