//! The columns that the rows of what was reported are read from.

/// The columns of a kind of row, each with a text before it: nothing, or the name that a query has
/// for the table.
macro_rules! columns {
    (broker $of:literal) => {
        columns!($of: id, login, server, currency, seen_at)
    };
    (deal $of:literal) => {
        columns!(
            $of: id, broker_account_id, ticket, order_ticket, position_ticket, symbol, side, entry,
            volume, price, profit, commission, swap, fee, magic, strategy_id, strategy_version,
            remark, executed_at, received_at
        )
    };
    (equity $of:literal) => {
        columns!($of: broker_account_id, taken_at, balance, equity, margin)
    };
    ($of:literal: $first:ident $(, $column:ident)*) => {
        concat!($of, stringify!($first) $(, ", ", $of, stringify!($column))*)
    };
}
pub(super) use columns;
