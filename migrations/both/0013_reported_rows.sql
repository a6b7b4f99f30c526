-- How many rows were reported of an account at a broker: counted with each report, since counting
-- them anew would take longer the more there are. Whoever thins old snapshots counts them anew, which
-- also fills in what was there before, and what servers of an older version keep meanwhile.
ALTER TABLE broker_accounts ADD COLUMN deal_count BIGINT NOT NULL DEFAULT 0;
ALTER TABLE broker_accounts ADD COLUMN snapshot_count BIGINT NOT NULL DEFAULT 0;
-- When its old snapshots were last thinned.
ALTER TABLE broker_accounts ADD COLUMN thinned_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX broker_accounts_by_thinning ON broker_accounts (thinned_at, id);
