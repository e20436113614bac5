//! Parameters and columns, between our types and those of PostgreSQL.

use std::error::Error as StdError;

use tokio_postgres::{
    Row,
    types::{FromSql, IsNull, ToSql, Type, private::BytesMut, to_sql_checked},
};

use crate::{Column, Error, Value, postgres::error};

type Failure = Box<dyn StdError + Sync + Send>;

pub(crate) fn column(row: &Row, index: usize) -> Result<Column<'_>, Error> {
    row.try_get(index).map_err(error)
}

impl<'a> FromSql<'a> for Column<'a> {
    fn from_sql(column: &Type, raw: &'a [u8]) -> Result<Self, Failure> {
        Ok(match *column {
            Type::INT8 => Column::Integer(i64::from_sql(column, raw)?),
            Type::INT4 => Column::Integer(i32::from_sql(column, raw)?.into()),
            // SQLite answers 0 or 1 for a condition.
            Type::BOOL => Column::Integer(bool::from_sql(column, raw)?.into()),
            Type::FLOAT8 => Column::Real(f64::from_sql(column, raw)?),
            Type::BYTEA => Column::Bytes(raw),
            _ => Column::Text(<&str>::from_sql(column, raw)?),
        })
    }

    fn from_sql_null(_column: &Type) -> Result<Self, Failure> {
        Ok(Column::Null)
    }

    fn accepts(column: &Type) -> bool {
        let numbers = [Type::INT8, Type::INT4, Type::BOOL, Type::FLOAT8];
        numbers.contains(column) || *column == Type::BYTEA || is_text(column)
    }
}

fn is_text(kind: &Type) -> bool {
    <&str as FromSql<'_>>::accepts(kind)
}

impl ToSql for Value<'_> {
    fn to_sql(&self, parameter: &Type, out: &mut BytesMut) -> Result<IsNull, Failure> {
        match (self, parameter) {
            (Value::Null, _) => Ok(IsNull::Yes),
            (Value::Integer(value), &Type::INT8) => value.to_sql(parameter, out),
            (Value::Integer(value), &Type::INT4) => i32::try_from(*value)?.to_sql(parameter, out),
            (Value::Real(value), &Type::FLOAT8) => value.to_sql(parameter, out),
            (Value::Text(text), _) if is_text(parameter) => text.to_sql(parameter, out),
            (Value::Bytes(bytes), &Type::BYTEA) => bytes.to_sql(parameter, out),
            _ => Err(format!("a parameter of type {parameter} was given {self:?}").into()),
        }
    }

    fn accepts(_parameter: &Type) -> bool {
        true // the type is compared with the value above
    }

    to_sql_checked!();
}
