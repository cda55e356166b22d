//! A guide table: finds in about one comparison where a uniform number falls among rising thresholds.
//!
//! In: cumulative probabilities. Out: the position of the first that exceeds u. The value is that of a search from
//! the bottom, only sooner. Source: Chen and Asau 1974; Devroye, Non-Uniform Random Variate Generation, III.2.4.

/// Rising thresholds with, for each of equal cells of [0, 1), the first that exceeds the cell's lower end.
#[derive(Clone, Debug)]
pub(super) struct Guide {
    /// The last is infinite, so a search always ends.
    thresholds: Vec<f64>,
    /// By cell: position of the first threshold above its lower end.
    first: Vec<u32>,
    /// How many cells, as the factor of u.
    cells: f64,
}

impl Guide {
    /// A guide over cumulative probabilities, rising, at least one. The last is taken as 1.
    pub fn new(mut thresholds: Vec<f64>) -> Self {
        if let Some(last) = thresholds.last_mut() {
            *last = f64::INFINITY;
        }
        // a power of two of about two cells a threshold, so that cell borders are exact
        let cells = (2 * thresholds.len()).next_power_of_two();
        let mut first = Vec::with_capacity(cells);
        let mut position = 0;
        for cell in 0..cells {
            while cell as f64 / cells as f64 >= thresholds[position as usize] {
                position += 1;
            }
            first.push(position);
        }
        Self { thresholds, first, cells: cells as f64 }
    }

    /// Position of the first threshold above `u`, with `u` in [0, 1).
    #[inline]
    pub fn find(&self, u: f64) -> u32 {
        // u x cells is below the number of cells, for cells are a power of two.
        let mut position = self.first[(u * self.cells) as usize];
        while u >= self.thresholds[position as usize] {
            position += 1;
        }
        position
    }
}
