-- A closed trade is made of all deals of its position, which may lie far apart.
CREATE INDEX deals_by_position ON deals (account_id, broker_account_id, position_ticket, id);
