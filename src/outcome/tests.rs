//! Measures of small scenarios that can be worked out by hand.
