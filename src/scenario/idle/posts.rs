//! Keys of posts that nothing reads: lengths of slots where there are people, ways of sharing where nobody shares, dated
//! slots on days that do not come.
//!
//! In: a post of a model. Out: its keys, read or not.

use super::Keys;
use crate::model::Model;
use crate::model::post::{Base, Capacity, PlainCapacity, Post, Sharing};

/// Keys of a post.
pub(super) fn post(model: &Model, post: &Post, keys: &mut Keys<'_>) {
    let at = |key: &str| format!("post.{}.{key}", post.name);
    let people = matches!(post.capacity, Capacity::People(_));
    keys.look(
        &at("slot_minutes"),
        !people,
        "the post has people, whose appointments are as long as each need's `slot_minutes` says",
        "state slot_minutes in the needs that they see, or leave it out",
    );
    let lost = match post.sharing {
        Sharing::Rota { minutes_lost } => minutes_lost,
        Sharing::Pooled | Sharing::Split => 0.0,
    };
    let shared = !matches!(post.base, Base::Practice(_));
    // Pooled is what the post of one practice is anyway.
    keys.look(
        &at("sharing"),
        shared || post.sharing == Sharing::Pooled || lost > 0.0,
        "the post sees patients of one practice, so nobody shares it",
        "give the post a `network` in place of its `practice`, or leave it out",
    );
    keys.look(
        &at("rota_minutes_lost"),
        matches!(post.sharing, Sharing::Rota { .. }),
        "minutes are lost to travel by a post that goes round its sites, and this one does not",
        "state sharing = \"rota\", or leave it out",
    );
    if let Capacity::Plain(plain) = &post.capacity {
        (0..plain.exceptions.len()).for_each(|i| exception(model, plain, (i, &at("exceptions")), keys));
    }
}

/// An exception: outside the period, beside slots that are stated day by day, or on days that a later one holds, all of them. A
/// shorter one laid over a longer is how a pattern is stated.
fn exception(model: &Model, plain: &PlainCapacity, (i, list): (usize, &str), keys: &mut Keys<'_>) {
    let (from, to, _) = plain.exceptions[i];
    let (start, end) = (model.horizon.start, model.horizon.last());
    let first = start.plus(-(model.horizon.warm_up_days as i32));
    let later = plain.exceptions[i + 1..].iter().find(|(other, last, _)| *other <= from && *last >= to);
    let (why, help) = if plain.slots_by_day.is_some() {
        ("`slots_by_day` states every day by itself".to_owned(), "change the days in slots_by_day")
    } else if from > end || to < first {
        (
            format!("its days lie outside the period from {start} to {end}"),
            "check its dates against [horizon]",
        )
    } else if let Some((other, last, _)) = later {
        let days = if other == last { format!("of {other}") } else { format!("from {other} to {last}") };
        let help = "take it out, or put it behind the other: the later in the list counts";
        (format!("a later exception, {days}, holds them too, and the later one counts"), help)
    } else {
        return keys.look(&format!("{list}.{i}"), true, "", "");
    };
    keys.look(&format!("{list}.{i}"), false, why, help);
}
