-- The mails of an account, which are exported and removed with it.
CREATE INDEX mails_by_account ON mails (account_id, id);
