//! The names of a scenario, each list in the order of the model.
//!
//! In: a file. Out: names whose places in these lists are the indexes that the model uses throughout. Sorted
//! lists make the model the same however a file is ordered; categories keep their order, because they take their
//! shares in it.

use crate::scenario::format::File;
use crate::scenario::format::words::Named;

/// Names by kind.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    /// Networks, sorted; one called `all` where none is stated.
    pub network: Vec<String>,
    /// Practices, sorted.
    pub practice: Vec<String>,
    /// Needs, sorted.
    pub need: Vec<String>,
    /// Categories, in the order stated.
    pub avoidable: Vec<String>,
    /// Roles, sorted; those that posts and needs mention where none is stated.
    pub role: Vec<String>,
    /// Roles in the order in which they are given rooms.
    pub rooms: Vec<String>,
    /// Posts, sorted.
    pub post: Vec<String>,
    /// Funds, sorted.
    pub fund: Vec<String>,
    /// Levers, sorted.
    pub lever: Vec<String>,
}

/// The one role of a scenario that names none.
const ONLY_ROLE: &str = "clinician";

/// Names in the order of the file.
fn stated<T>(named: &Option<Named<T>>) -> Vec<String> {
    named.iter().flat_map(|named| named.0.iter().map(|(name, _, _)| name.clone())).collect()
}

/// Names sorted.
fn sorted<T>(named: &Option<Named<T>>) -> Vec<String> {
    let mut names = stated(named);
    names.sort();
    names
}

impl Names {
    /// The names of a file.
    pub fn of(file: &File) -> Self {
        let mut network = sorted(&file.network);
        if network.is_empty() {
            network.push("all".to_owned());
        }
        let mut role = sorted(&file.role);
        if role.is_empty() {
            let posts =
                file.post.iter().flat_map(|posts| &posts.0).filter_map(|(_, _, post)| post.role.clone());
            let needs = file
                .need
                .iter()
                .flat_map(|needs| &needs.0)
                .flat_map(|(_, _, need)| need.roles.clone().unwrap_or_default());
            role = posts.chain(needs).collect();
            role.sort();
            role.dedup();
            if role.is_empty() {
                role.push(ONLY_ROLE.to_owned());
            }
        }
        let first = file.rooms.iter().flat_map(|rooms| rooms.order.iter().flatten().cloned());
        let mut rooms: Vec<String> = first.collect();
        rooms.extend(stated(&file.role));
        Self {
            network,
            practice: sorted(&file.practice),
            need: sorted(&file.need),
            avoidable: stated(&file.avoidable),
            role,
            rooms,
            post: sorted(&file.post),
            fund: sorted(&file.fund),
            lever: sorted(&file.lever),
        }
    }

    /// The turn of a role when rooms are given out: those that `[rooms]` names, then as they stand in the file.
    ///
    /// Roles that are in neither come last, all alike.
    pub fn room_order(&self, role: &str) -> usize {
        self.rooms.iter().position(|known| known == role).unwrap_or(self.rooms.len())
    }

    /// The list of a kind.
    ///
    /// Levers for every word that is no other kind.
    pub fn list(&self, kind: &str) -> &[String] {
        match kind {
            "network" => &self.network,
            "practice" => &self.practice,
            "need" => &self.need,
            "avoidable" => &self.avoidable,
            "role" => &self.role,
            "post" => &self.post,
            "fund" => &self.fund,
            _ => &self.lever,
        }
    }
}

/// Named entries in the order of their names.
///
/// The order of [`Names`], so that the place in this list is the index in the model.
pub(crate) fn by_name<T>(named: &Option<Named<T>>) -> Vec<&(String, crate::scenario::read::Place, T)> {
    let mut entries: Vec<_> = named.iter().flat_map(|named| &named.0).collect();
    entries.sort_by(|one, other| one.0.cmp(&other.0));
    entries
}
