//! Lines: where requests wait. A line is one practice's people who are alike in all that later laws read
//! (original need, the need they are served as, the role they wait for, how they came), apart from the
//! day they fell due and one small offset.
//!
//! In: keys found by [`super::build`]. Out: lines, and where each has its cells in the buffers of
//! [`super::state`].

use std::collections::BTreeMap;

/// Index of a line.
pub type LineId = u32;

/// How people came into a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// New requests, returns and referrals; the offset is the chosen lead.
    Main,
    /// Asked again after a DNA; the offset is the days since they first fell due (held at a cap).
    Again,
    /// Booked at a visit so many days ahead, one line for each delay; the offset is the lead above it.
    Booked(u32),
    /// Redirected by a change that has returns of its own (its number).
    Redirected(u32),
    /// Booked at a visit and asked again after a DNA; the offset as for `Again`.
    BookedAgain,
    /// Redirected, and asked again after a DNA; the offset as for `Again`.
    RedirectedAgain(u32),
}

impl Kind {
    /// True for people who asked again: their offset is the days since they first fell due.
    #[inline]
    pub fn asked_again(self) -> bool {
        matches!(self, Self::Again | Self::BookedAgain | Self::RedirectedAgain(_))
    }

    /// True for people booked at a visit.
    pub fn booked(self) -> bool {
        matches!(self, Self::Booked(_) | Self::BookedAgain)
    }

    /// The kind that people of this kind become when they ask again.
    pub fn again(self) -> Self {
        match self {
            Self::Main => Self::Again,
            Self::Booked(_) => Self::BookedAgain,
            Self::Redirected(change) => Self::RedirectedAgain(change),
            again => again,
        }
    }
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineKey {
    /// Practice.
    pub practice: usize,
    /// Original need: the label under which everything is counted.
    pub label: usize,
    /// Need whose slot, priority, patience, DNA and target apply.
    pub as_need: usize,
    /// Role it waits for.
    pub role: usize,
    /// How people came.
    pub kind: Kind,
    /// True for people who would be seen at another practice of the network.
    pub willing: bool,
}

/// A line with its place in the book's buffers.
#[derive(Clone, Debug)]
pub struct Line {
    /// What it is.
    pub key: LineKey,
    /// Offsets a due day.
    pub offsets: usize,
    /// Days from booking to due at offset 0 (for [`Kind::Again`] at every offset).
    pub lead_base: usize,
    /// First cell; cells are `[due day % ring][offset]`, none where there is one offset.
    pub cells: usize,
    /// Due days for which offsets are kept.
    pub ring: u32,
    /// Wait after which the offset no longer matters to any law or measure [calendar days]; older
    /// people are known by their due day alone.
    pub forget_after: usize,
    /// For each time from booking the least one that every law and measure treats alike; times beyond
    /// its end are like its last. Empty where offsets are not leads.
    pub alike: Vec<u16>,
    /// First total by due day.
    pub totals: usize,
}

impl Line {
    /// Place of a cell.
    ///
    /// Due days share the ring: one is cleared before the next that falls on it is booked
    /// ([`super::state::State::fall_due`]).
    #[inline(always)]
    pub fn cell(&self, due: usize, offset: usize) -> usize {
        self.cells + (due as u32 % self.ring) as usize * self.offsets + offset
    }

    /// Offsets that are still told apart on day `t` for a due day.
    #[inline(always)]
    pub fn offsets_at(&self, t: usize, due: usize) -> usize {
        // `due` is never after `t` here: people who are not due yet are not looked at by offset.
        if self.offsets > 1 && t - due <= self.forget_after { self.offsets } else { 1 }
    }

    /// True where the line can tell apart what a size asks for.
    fn holds(&self, size: Size, days: usize) -> bool {
        let plain = size.offsets == 1;
        let same = (self.offsets, self.lead_base) == (size.offsets, size.lead_base);
        let far = self.offsets == 1 || self.ring >= (size.forget_after + size.ahead + 2).min(days) as u32;
        plain && self.lead_base == size.lead_base || same && far
    }

    /// The least offset that, after a wait, every law and measure treats like this one.
    #[inline]
    pub fn alike_offset(&self, wait: usize, offset: usize) -> u16 {
        match self.alike.last() {
            None => offset as u16,
            Some(last) => {
                let booked = wait + self.lead_base + offset;
                let like = self.alike.get(booked).unwrap_or(last);
                usize::from(*like).saturating_sub(wait + self.lead_base) as u16
            }
        }
    }

    /// Days from booking to due.
    #[inline]
    pub fn lead(&self, offset: usize) -> usize {
        if self.key.kind.asked_again() { 0 } else { self.lead_base + offset }
    }

    /// Days from the first due day to this due day.
    #[inline]
    pub fn since_first_due(&self, offset: usize) -> usize {
        if self.key.kind.asked_again() { offset } else { 0 }
    }

    /// Name for keys: the address of everyone in it.
    pub fn address(&self, names: &Names<'_>) -> String {
        let key = self.key;
        let kind = match key.kind {
            Kind::Main => "main".to_owned(),
            Kind::Again => "again".to_owned(),
            Kind::Booked(days) => format!("booked.{days}"),
            Kind::BookedAgain => "booked_again".to_owned(),
            Kind::Redirected(change) => format!("redirected.{}", names.changes[change as usize]),
            Kind::RedirectedAgain(change) => {
                format!("redirected_again.{}", names.changes[change as usize])
            }
        };
        let willing = if key.willing { "/willing" } else { "" };
        format!(
            "practice.{}/need.{}/as.{}/role.{}/{kind}{willing}",
            names.practices[key.practice],
            names.needs[key.label],
            names.needs[key.as_need],
            names.roles[key.role]
        )
    }
}

/// Names from which the addresses of lines are made.
#[derive(Clone, Debug)]
pub struct Names<'a> {
    /// Practices.
    pub practices: Vec<&'a str>,
    /// Needs.
    pub needs: Vec<&'a str>,
    /// Roles.
    pub roles: Vec<&'a str>,
    /// Redirects with returns (`lever.x.change.y`).
    pub changes: Vec<String>,
}

/// All lines of an option, found by what they are.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    /// In order of creation.
    pub all: Vec<Line>,
    /// Each key once; every line is in it.
    index: BTreeMap<LineKey, LineId>,
    /// Cells of all lines together.
    pub cells: usize,
    /// Totals by due day of all lines together.
    pub totals: usize,
}

impl Lines {
    /// The line of a key, made where it does not exist yet.
    ///
    /// # Panics
    ///
    /// Where a line of this key is there already and could not tell apart what `size` asks for: its people
    /// would differ in what later laws read.
    pub fn get_or_add(&mut self, key: LineKey, size: Size, days: usize) -> LineId {
        if let Some(&id) = self.index.get(&key) {
            let line = &self.all[id as usize];
            assert!(line.holds(size, days), "{key:?} is one line for people who differ: {size:?}");
            return id;
        }
        let Size { offsets, lead_base, forget_after, ahead } = size;
        // One due day before the oldest that still matters and today itself: hence two more than the two
        // stretches together.
        let ring = (forget_after + ahead + 2).min(days) as u32;
        let alike = Vec::new();
        self.push(Line { key, offsets, lead_base, cells: 0, ring, forget_after, alike, totals: 0 }, days)
    }

    /// The line of those of another who would be seen elsewhere: of the same size.
    pub fn add_twin(&mut self, of: LineId, days: usize) {
        let line = &self.all[of as usize];
        self.push(Line { key: LineKey { willing: true, ..line.key }, ..line.clone() }, days);
    }

    /// Adds a line and gives it its place in the buffers.
    fn push(&mut self, line: Line, days: usize) -> LineId {
        let id = self.all.len() as LineId;
        self.index.insert(line.key, id);
        self.all.push(Line { cells: self.cells, totals: self.totals, ..line });
        let Line { offsets, ring, .. } = self.all[id as usize];
        self.cells += if offsets > 1 { offsets * ring as usize } else { 0 };
        self.totals += days;
        id
    }

    /// The line of a key, if it exists.
    pub fn find(&self, key: LineKey) -> Option<LineId> {
        self.index.get(&key).copied()
    }
}

/// How much a line has to tell apart.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Offsets a due day.
    pub offsets: usize,
    /// Days from booking to due at offset 0.
    pub lead_base: usize,
    /// Wait after which offsets no longer matter.
    pub forget_after: usize,
    /// Farthest due day ahead of today.
    pub ahead: usize,
}

impl Size {
    /// One offset: nothing but the due day.
    pub const PLAIN: Self = Self { offsets: 1, lead_base: 0, forget_after: 0, ahead: 0 };
}
