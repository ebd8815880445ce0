-- Run-ups at the edges: ends of months, and prices of nothing.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET datestyle = ISO;
SET timezone = 'UTC';

-- A month before 29 March 18:00 is 28 February 18:00, before 30 March 06:00 it
-- is 28 February 06:00: the base goes back to the 27th. With a price of 0 in
-- between the gain stands, but no volatility is known.
SELECT between_them, r.identified_at, r.run_up, round(r.volatility::numeric, 6) AS volatility
FROM unnest('{40,0}'::float8[]) AS between_them,
	unnest((SELECT run_ups(price, 1, at, 1, '1 month')
		FROM (VALUES (timestamptz '2023-02-27 12:00+00', 10.0),
			('2023-02-28 12:00+00', between_them),
			('2023-03-29 18:00+00', CASE WHEN between_them > 0 THEN 41 ELSE 0 END),
			('2023-03-30 06:00+00', 50)) AS v (at, price))) AS r
ORDER BY between_them DESC;
-- The same by hand.
SELECT round((stddev_samp(ln(b / a)) * sqrt(3 / (30.75 / 365.2425)))::numeric, 6)
	AS volatility
FROM (VALUES (10.0, 40.0), (40, 41), (41, 50)) AS v (a, b);
