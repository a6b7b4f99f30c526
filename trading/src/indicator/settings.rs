//! The parameters of one indicator in one strategy, resolved to plain numbers and choices.

use super::{Definition, Series};

/// Values for every parameter and choice of a [`Definition`], in its order.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    definition: &'static Definition,
    values: Vec<f64>,
    choices: Vec<usize>,
    wanted: u32,
}

impl Settings {
    /// The defaults of `definition`, all outputs wanted.
    pub fn defaults(definition: &'static Definition) -> Self {
        Self {
            definition,
            values: definition.parameters.iter().map(|p| p.default).collect(),
            choices: vec![0; definition.choices.len()],
            wanted: u32::MAX,
        }
    }

    /// The same with the parameter `name` set to `value`.
    ///
    /// # Panics
    /// When the definition has no parameter of this name, or the value is outside its range:
    /// documents are validated before.
    #[must_use]
    pub fn with(mut self, name: &str, value: f64) -> Self {
        let index = self.parameter_index(name);
        let parameter = &self.definition.parameters[index];
        assert!(
            parameter.fault(value).is_none(),
            "{}.{name} = {value} is outside {} to {}",
            self.definition.kind,
            parameter.min,
            parameter.max
        );
        self.values[index] = value;
        self
    }

    /// The same with the choice `name` set to `value`.
    ///
    /// # Panics
    /// When there is no such choice or value.
    #[must_use]
    pub fn choosing(mut self, name: &str, value: &str) -> Self {
        let index = self.choice_index(name);
        let choice = &self.definition.choices[index];
        self.choices[index] = choice
            .values
            .iter()
            .position(|v| v.name == value)
            .unwrap_or_else(|| panic!("{}.{name} has no {value:?}", self.definition.kind));
        self
    }

    /// The same with only these outputs wanted (bit n is output n); the columns of the others may
    /// hold anything.
    #[must_use]
    pub const fn wanting(mut self, outputs: u32) -> Self {
        self.wanted = outputs;
        self
    }

    /// The definition.
    pub const fn definition(&self) -> &'static Definition {
        self.definition
    }

    /// Whether output `index` is read by anybody.
    pub const fn wants(&self, index: usize) -> bool {
        self.wanted & (1 << index) != 0
    }

    /// The value of a parameter that is a real number.
    pub fn real(&self, name: &str) -> f64 {
        self.values[self.parameter_index(name)]
    }

    /// The value of a parameter that counts bars.
    pub fn period(&self, name: &str) -> usize {
        self.real(name) as usize
    }

    /// The name of the chosen value, such as `"mt5"` for the choice `"method"`.
    pub fn choice(&self, name: &str) -> &'static str {
        let index = self.choice_index(name);
        self.definition.choices[index].values[self.choices[index]].name
    }

    /// The values in the definition's order.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Builds the indicator.
    pub fn build(&self) -> Box<dyn Series> {
        (self.definition.build)(self)
    }

    /// Bars before the first value.
    pub fn warm_up(&self) -> usize {
        (self.definition.warm_up)(self)
    }

    fn parameter_index(&self, name: &str) -> usize {
        self.definition
            .parameters
            .iter()
            .position(|p| p.name == name)
            .unwrap_or_else(|| panic!("{} has no parameter {name:?}", self.definition.kind))
    }

    fn choice_index(&self, name: &str) -> usize {
        self.definition
            .choices
            .iter()
            .position(|c| c.name == name)
            .unwrap_or_else(|| panic!("{} has no choice {name:?}", self.definition.kind))
    }
}
