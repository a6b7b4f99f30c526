-- Since when an account at a broker is put away by its owner: it takes no place of the plan, and
-- keeps its deals. Empty where it is not; a report of it makes it empty again.
ALTER TABLE broker_accounts ADD COLUMN retired_at BIGINT;
