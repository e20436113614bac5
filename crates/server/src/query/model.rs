//! What may be asked of a model: its fields, their kinds, and where they stand in the database.

use super::problem::QueryProblem;

/// A table as lists and reports see it.
#[derive(Debug)]
pub struct Model {
    /// The name in addresses.
    pub name: &'static str,
    /// The table, whose alias in expressions is `it`.
    pub table: &'static str,
    /// Tables that fields stand in besides, joined where one of their fields is needed.
    pub joins: &'static [Join],
    /// What may be asked; the first is `id`.
    pub fields: &'static [Field],
    /// The field by which rows are sorted unless told, descending.
    pub newest_by: &'static str,
}

/// A table of which each row has at most one.
#[derive(Debug)]
pub struct Join {
    /// The table, and its alias.
    pub table: &'static str,
    /// How its row is found.
    pub on: &'static str,
    /// The field of the model that names its row.
    pub key: &'static str,
}

/// Something that a row has.
#[derive(Debug)]
pub struct Field {
    /// The name in filters, columns and rows.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// The expression; of a flag, a condition. `{asker}` stands for the number of the operator who asks.
    pub sql: &'static str,
    /// The table of the model's joins that the expression needs.
    pub join: Option<&'static str>,
    /// A row may have none.
    pub nullable: bool,
    /// Rows may be sorted by it: the expression, never null, that an index stands for.
    pub sort: Option<&'static str>,
    /// Rows may be grouped by it.
    pub groups: bool,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number without a fraction.
    Integer,
    /// A number.
    Real,
    /// A moment, stored as epoch milliseconds.
    Moment,
    /// Yes or no.
    Flag,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A word that is compared as it stands, such as a country's code.
    Word,
    /// Text of people, which is looked for in this column: the same in lower case, written by Rust.
    Text {
        /// The normalised column.
        key: &'static str,
    },
    /// A row of another table.
    Reference(Reference),
}

/// Where the name of a referenced row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The table.
    pub table: &'static str,
    /// Its rows are few, so that they can be looked for by name.
    pub by_name: bool,
}

impl Model {
    /// The field of this name.
    pub fn field(&'static self, name: &str) -> Result<&'static Field, QueryProblem> {
        self.fields
            .iter()
            .find(|field| field.name == name)
            .ok_or_else(|| QueryProblem::UnknownField(name.chars().take(60).collect()))
    }
}

impl Field {
    /// A field that is there in every row, and neither sorts nor groups.
    #[must_use]
    pub const fn new(name: &'static str, kind: Kind, sql: &'static str) -> Self {
        Self { name, kind, sql, join: None, nullable: false, sort: None, groups: false }
    }

    /// The same, which a row may lack.
    #[must_use]
    pub const fn or_none(self) -> Self {
        Self { nullable: true, ..self }
    }

    /// The same, in a joined table.
    #[must_use]
    pub const fn of(self, table: &'static str) -> Self {
        Self { join: Some(table), ..self }
    }

    /// The same, by which rows may be sorted.
    #[must_use]
    pub const fn sorted_by(self, sql: &'static str) -> Self {
        Self { sort: Some(sql), ..self }
    }

    /// The same, by which rows may be grouped.
    #[must_use]
    pub const fn grouped(self) -> Self {
        Self { groups: true, ..self }
    }
}
