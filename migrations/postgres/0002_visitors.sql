-- When each visitor was last here, so that what nobody comes back for can be removed.
--
-- Only owners that keep something stand here: a visit alone leaves no row.

CREATE TABLE visitors (
    owner_id    UUID    NOT NULL PRIMARY KEY,
    seen_at     BIGINT  NOT NULL
);

CREATE INDEX visitors_by_seen ON visitors (seen_at);

INSERT INTO visitors (owner_id, seen_at)
SELECT owner_id, MAX(at)
FROM (SELECT owner_id, updated_at AS at FROM strategies
      UNION ALL
      SELECT owner_id, created_at AS at FROM runs) AS kept
GROUP BY owner_id;
