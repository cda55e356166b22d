//! What may happen next to the people of a line, resolved to lines and laws once.
//!
//! In: lines and the model. Out: a [`Next`] a line. A place that the model leads to has its line already
//! ([`super::build`]); where it has none, what is read here is none as well, and nothing happens. Days are
//! calendar days from the contact.

use super::build::{again_key, booked_key, main_key, return_positions};
use super::elsewhere::{Twin, has_twin};
use super::line::{Kind, Line, LineId, LineKey, Lines, Names};
use crate::lever::Change;
use crate::model::Model;
use crate::random::{Key, Purpose, entity_hash};

/// What may happen next to people of one line.
#[derive(Clone, Debug)]
pub struct Next {
    /// True where new requests may be seen on the day they are made.
    pub same_day: bool,
    /// Where those who ask again after a DNA join.
    pub again: Option<LineId>,
    /// Cap of the offset there: days since the first due day that are told apart; nought where no target asks
    /// for them.
    pub again_cap: usize,
    /// Follow-up: line, days, and whether it is booked at the visit.
    ///
    /// The days are as stated; the book makes them at least one. None where the need has no follow-up.
    pub follow_up: Option<(LineId, usize, bool)>,
    /// Referrals on.
    ///
    /// In the need's order, which is the order of their draws; empty for people booked at a visit.
    pub refers_on: Vec<ReferOn>,
    /// Returns of a redirect: redirect number, position of its law, line, days.
    ///
    /// None for people who were not redirected, and for redirects without returns.
    pub returns: Option<(usize, usize, LineId, usize)>,
    /// Targets of the need they are served as: number and days within.
    ///
    /// Every target of that need, in the model's order.
    pub targets: Vec<(usize, usize)>,
    /// Days after which people may give up.
    ///
    /// None where nobody ever does.
    pub gives_up_after: Option<usize>,
    /// Hard limit of patience.
    ///
    /// Days of wait above which people leave; none without one.
    pub hard_limit: Option<usize>,
    /// Key of how many give up on a day, and of who they are.
    pub give_up: Key,
    /// Key of the destinations.
    pub destination: Key,
    /// Key of being told to ask again.
    pub ask_again: Key,
    /// Levers that multiply the chance of not attending: `(lever, change)`, and the hash of their address.
    pub dna_levers: Vec<(usize, usize, u64)>,
    /// The line of those who would be seen elsewhere.
    pub twin: Option<Twin>,
    /// Where the line's people count, if they were redirected.
    pub stand_in: Option<super::work::StandIn>,
}

/// A referral on.
#[derive(Clone, Copy, Debug)]
pub struct ReferOn {
    /// Role that refers.
    pub role: usize,
    /// Position in the need's laws.
    pub law: usize,
    /// Line that is joined.
    pub to: LineId,
    /// Days from the visit.
    pub after: usize,
    /// Hash of the address of the need that is joined, for keys.
    pub about: u64,
}

/// What may happen next, line by line.
///
/// In the order of [`Lines::all`]. `names` are of the same model.
pub fn next(model: &Model, lines: &Lines, names: &Names<'_>, seed: u64) -> Vec<Next> {
    let positions = return_positions(model);
    let redirects: Vec<_> = super::build::redirects(model).collect();
    lines.all.iter().map(|line| next_of(model, lines, names, seed, line, &positions, &redirects)).collect()
}

/// `positions` and `redirects` are of the model, looked up once for all lines.
fn next_of(
    model: &Model,
    lines: &Lines,
    names: &Names<'_>,
    seed: u64,
    line: &Line,
    positions: &[Option<usize>],
    redirects: &[(usize, usize)],
) -> Next {
    let key = line.key;
    let need = &model.needs[key.as_need];
    let p = key.practice;
    let address = line.address(names);
    let keyed = |purpose| Key::new(seed, purpose, entity_hash(&address));
    let again = lines.find(again_key(key));
    let follow_up = need.follow_up.as_ref().and_then(|f| {
        let to = if f.booked_when_due { main_key(model, p, f.as_need) } else { booked_key(model, p, f) };
        lines.find(to).map(|id| (id, f.after_days as usize, !f.booked_when_due))
    });
    let of_need = |(_, t): &(usize, &crate::model::target::Target)| t.need == key.as_need;
    let finite = need.window.as_ref().is_some_and(|w| w.lost_when_full);
    Next {
        // A finite book has to find new requests in the book today; its own rule makes them wait a day
        // ([`Served::least_wait`]).
        same_day: need.same_day || finite,
        again_cap: again.map_or(0, |id| lines.all[id as usize].offsets - 1),
        again,
        follow_up,
        refers_on: refers_on(model, lines, key),
        returns: returns(model, lines, key, positions, redirects),
        targets: model
            .targets
            .iter()
            .enumerate()
            .filter(of_need)
            .map(|(i, t)| (i, t.within_days as usize))
            .collect(),
        gives_up_after: need.gives_up.as_ref().map(|g| g.after_days as usize),
        hard_limit: need.hard_limit.as_ref().map(|h| h.after_days as usize),
        give_up: keyed(Purpose::GiveUp),
        destination: keyed(Purpose::Destination),
        ask_again: keyed(Purpose::AskAgain),
        dna_levers: dna_levers(model, key.as_need),
        twin: lines
            .find(LineKey { willing: true, ..key })
            .filter(|_| has_twin(model, key))
            .map(|line| Twin { line, key: keyed(Purpose::Willing) }),
        // Set afterwards, by `work::find_stand_ins`.
        stand_in: None,
    }
}

/// Where people of a line may be referred on.
fn refers_on(model: &Model, lines: &Lines, key: LineKey) -> Vec<ReferOn> {
    let (need, p) = (&model.needs[key.as_need], key.practice);
    need.refers_on
        .iter()
        .enumerate()
        // Only a first contact is referred on; what was booked at a visit is not.
        .filter(|_| !key.kind.booked())
        .filter_map(|(i, r)| {
            let to = lines.find(main_key(model, p, r.as_need))?;
            let about = entity_hash(&format!("need.{}", model.needs[r.as_need].name));
            Some(ReferOn { role: r.from_role, law: i, to, after: r.after_days as usize, about })
        })
        .collect()
}

/// What becomes of redirected people of a line who return: redirect number, position of its law, line, days.
fn returns(
    model: &Model,
    lines: &Lines,
    key: LineKey,
    positions: &[Option<usize>],
    redirects: &[(usize, usize)],
) -> Option<(usize, usize, LineId, usize)> {
    let p = key.practice;
    match key.kind {
        Kind::Redirected(number) | Kind::RedirectedAgain(number) => {
            let number = number as usize;
            let (lever, change) = redirects[number];
            let Change::Redirect { returns, .. } = &model.levers[lever].changes[change].1 else {
                unreachable!("only redirects are numbered")
            };
            returns.as_ref().and_then(|r| {
                let to = lines.find(main_key(model, p, r.as_need.unwrap_or(key.label)))?;
                Some((number, positions[number]?, to, r.after_days as usize))
            })
        }
        _ => None,
    }
}

/// Levers that multiply the chance of not attending for a need.
///
/// In the order of the option's levers; the hash gives each lever luck of its own on one contact.
fn dna_levers(model: &Model, need: usize) -> Vec<(usize, usize, u64)> {
    let mut found = Vec::new();
    for (l, lever) in model.levers.iter().enumerate() {
        for (c, (name, change)) in lever.changes.iter().enumerate() {
            if matches!(change, Change::Dna { needs, .. } if needs.contains(&need)) {
                found.push((l, c, entity_hash(&format!("lever.{}.change.{name}", lever.name))));
            }
        }
    }
    found
}
