//! placeholder until the quantity branch lands
/// q
#[derive(Clone, Debug)]
pub struct Quantity {
    /// a
    pub per_practice: bool,
}
/// d
#[derive(Clone, Debug)]
pub struct Dirichlet {
    /// a
    pub alpha: Vec<f64>,
}
