-- SPDX-License-Identifier: MIT
-- What docs/profiling.md profiles: a table and an index, built and read in memory.
PRAGMA temp_store = memory;
CREATE TABLE word(id INTEGER PRIMARY KEY, name TEXT, size INTEGER);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000)
INSERT INTO word SELECT i, 'word ' || (i * 7919 % 200003), i % 977 FROM n;
CREATE INDEX by_name ON word(name);
SELECT count(*) FROM (SELECT size, group_concat(substr(name, 6), ',') AS names FROM word GROUP BY size ORDER BY names);
SELECT count(DISTINCT name || size) FROM word a WHERE EXISTS (SELECT 1 FROM word b WHERE b.name = a.name);
