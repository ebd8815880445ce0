-- Adoption at its edges: curves through all points, rows of a fit that users
-- change, the ends of the calendar, the shortest and the longest pieces.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET datestyle = ISO;
SET timezone = 'UTC';
CREATE SCHEMA adoption_edges;
SET search_path = adoption_edges, public;

-- A curve through all points is certain: there is nothing to judge errors by.
CREATE TABLE curve AS
SELECT i, date '2020-01-01' + i AS at, 100 / (1 + exp((20 - i) / 3.0::float8)) AS logistic,
	100 * exp(-exp((20 - i) / 3.0::float8)) AS gompertz
FROM generate_series(1, 40) AS i;
SELECT model, round(saturation::numeric, 9) AS saturation, saturation_se,
	is_same(saturation_low, saturation) AS low, is_same(saturation_high, saturation) AS high,
	identified, rss, aicc, peak_at, peak_low, peak_high,
	round(share_reached::numeric, 6) AS reached, covariance, reason
FROM (SELECT logistic_fit(logistic, at) AS f FROM curve UNION ALL
	SELECT gompertz_fit(gompertz, at) FROM curve) AS v, LATERAL (SELECT (f).*) AS r;

-- Before the first observation as after the last.
CREATE TABLE fitted AS SELECT logistic_fit(logistic, at) AS f FROM curve;
SELECT d, is_near(adoption_curve(f, date '2020-01-21' + d), 50 * (1 + tanh(d / 6.0::float8)),
	1e-9) AS level
FROM fitted, unnest('{-3000,-300,-30,-20,0,30,3000}'::int[]) AS d;

-- A row of which something is missing or cannot be has no curve, and no error.
SELECT change, round(adoption_curve(changed, date '2020-01-21')::numeric, 9) AS curve,
	(SELECT count(*) FROM adoption_forecast(changed, date '2020-02-11', date '2020-02-13', '1 day'))
		AS forecasts
FROM fitted, unnest(ARRAY['{}', '{"model": null}', '{"model": "other"}', '{"observations": null}',
	'{"observations": 3}', '{"saturation": null}', '{"x": null}', '{"rss": null}', '{"step": null}',
	'{"step": 0}', '{"covariance": null}', '{"covariance": [0, 0, 0]}',
	'{"covariance": [[0, 0], [0, 0]]}', '{"covariance": [[0, 0, 0], [0, null, 0], [0, 0, 0]]}',
	'{"origin_at": null}', '{"last_at": null}', '{"time_unit": null}', '{"time_unit": "week"}'])
	AS change, LATERAL (SELECT jsonb_populate_record(f, change::jsonb) AS changed) AS c;
SELECT error_of($$SELECT adoption_curve(jsonb_populate_record(f, '{"origin_at": "infinity"}'),
	date '2020-01-21') FROM fitted$$);

-- Steps end where the calendar does.
SELECT x.at, round(x.value::numeric, 6) AS value
FROM fitted, adoption_forecast(f, '2020-02-01', date '294276-12-31', '200000 years') AS x;
SELECT x.at, round(x.value::numeric, 6) AS value
FROM fitted, adoption_forecast(f, '2020-02-01', date '9999-12-31', '2147483647 days') AS x;
SELECT x.at, round(x.value::numeric, 6) AS value
FROM (SELECT logistic_fit(logistic, at::timestamptz) AS f FROM curve) AS t,
	adoption_forecast(f, '4713-12-01 BC', timestamptz '294276-12-31', '1314900000 hours') AS x;

-- Many rows at few times, and nothing at all.
SELECT (f).model, (f).observations, (f).saturation, (f).reason
FROM (SELECT unnest(ARRAY[logistic_fit(i, date '2020-01-01' + i % 3),
	bass_fit(i, date '2020-01-01' + i % 3), exponential_fit(i, date '2020-01-01' + i % 2),
	logistic_fit(0, date '2020-01-01' + i), bass_fit(0, date '2020-01-01' + i),
	exponential_fit(0, date '2020-01-01' + i)]) AS f FROM generate_series(1, 9) AS i) AS v;

-- Values up to the largest number are levels; a sum beyond it is none. Bass's
-- curve begins a step before the first row, which takes a calendar that does.
SELECT name, round(((f).saturation / top)::numeric, 9) AS saturation, (f).reason
FROM (VALUES (1.7e308::float8)) AS t (top), LATERAL (
	SELECT 'logistic' AS name, logistic_fit(top / (1 + exp((20 - i) / 3.0)), at) AS f
	FROM curve UNION ALL
	SELECT 'the largest', logistic_fit(CASE WHEN i > 20 THEN 1.7976931348623157e308 ELSE 1
		END, at) FROM curve UNION ALL
	SELECT 'bass', bass_fit(top, at) FROM curve UNION ALL
	SELECT 'of one day', bass_fit(top, date '2020-01-01' + i / 2) FROM curve UNION ALL
	SELECT 'early', bass_fit(i, '4713-01-01 BC'::date + i * 100) FROM curve UNION ALL
	SELECT 'earliest', bass_fit(i, '4714-11-24 BC'::date + (i - 1) * 100) FROM curve) AS f;

-- There are bounds.
SELECT (f).observations, (f).saturation, (f).reason
FROM (SELECT logistic_fit(i, date '0001-01-01' + i) AS f
	FROM generate_series(0, 1000000) AS i) AS v;

-- A peak that no calendar has is not known, the curve is.
SELECT unit, (f).time_unit, (f).peak_at, round((f).saturation::numeric, 6) AS saturation,
	round((f).share_reached::numeric, 9) AS reached, (f).reason
FROM (SELECT unit, logistic_fit(100 / (1 + exp((300 - i) / 30.0::float8)), CASE unit
		WHEN 'month' THEN (date '2000-01-01' + i * interval '1000 years')::date
		ELSE date '2000-01-01' + i * 365243 END) AS f
	FROM unnest('{day,month}'::text[]) AS unit, generate_series(1, 200) AS i GROUP BY unit) AS v
ORDER BY unit;
-- Days are counted before the year 0 of astronomers, which is 1 BC, and where a
-- month ends after the calendar.
CREATE TABLE falling AS
SELECT day, exponential_fit(exp(2 - i / 120000.0::float8), make_timestamptz(2020, 1, day, 0, 0, 0) +
	i * interval '1 month') AS f
FROM unnest('{1,20,28}'::int[]) AS day, generate_series(0, 20) AS i GROUP BY day;
SELECT day, at, (f).time_unit, is_near(ln(adoption_curve(f, at)), 2 - (extract(epoch FROM at) -
	extract(epoch FROM timestamptz '2020-01-01') - (day - 1) * 86400) / 86400 / 3652425,
	2e-5) AS log
FROM falling, unnest('{4714-11-24 00:00+00 BC,4714-12-30 00:00+00 BC,0002-12-30 00:00+00 BC,
	0001-01-05 00:00+00 BC,0001-01-25 00:00+00 BC,
	294276-12-15 00:00+00,294276-12-31 00:00+00}'::timestamptz[]) AS at ORDER BY day, at;

-- The only place for a change would have chi-square's p, 0.011494620: with 499
-- rows on each side p is nine tenths of the way there. It grows with the places
-- that are looked at, up to a hundredth of the rows on each side.
SELECT trimming, c.at - date '2020-01-01' AS at, round(c.statistic::numeric, 9) AS statistic,
	round(c.p::numeric, 9) AS p
FROM unnest('{0.4999,0.495,0.49,0.3,0.15,0.01,0.002}'::float8[]) AS trimming,
	LATERAL (SELECT (change_point(i % 2 + 0.08 * (i > 500)::int, date '2020-01-01' + i,
		trimming)).* FROM generate_series(1, 1000) AS i) AS c
ORDER BY trimming DESC;

-- On a smooth rise pieces are long, and many places for the last cut stay in
-- question. Exact dynamic programming finds the same least cost.
CREATE TABLE rise AS SELECT i, (i * i)::float8 AS v FROM generate_series(1, 400) AS i;
CREATE FUNCTION least_cost(v float8[], penalty float8) RETURNS float8 LANGUAGE plpgsql AS
$$
DECLARE
	sums float8[] := ARRAY(SELECT sum(x) OVER (ORDER BY i) FROM unnest(v) WITH ORDINALITY
		AS u (x, i));
	squares float8[] := ARRAY(SELECT sum(x * x) OVER (ORDER BY i) FROM unnest(v) WITH ORDINALITY
		AS u (x, i));
	best float8[];
BEGIN
	FOR t IN 1 .. cardinality(v) LOOP
		best[t] := (SELECT min(coalesce(best[s] + penalty, 0) + squares[t] -
				coalesce(squares[s], 0) - (sums[t] - coalesce(sums[s], 0)) ^ 2 / (t - s))
			FROM generate_series(0, t - 1) AS s);
	END LOOP;
	RETURN best[cardinality(v)];
END
$$;
WITH penalties AS (
	SELECT penalty, array_agg(v ORDER BY i) AS v, change_points(v, date '2020-01-01' + i, penalty)
		AS cuts
	FROM rise, unnest('{30,3000,300000}'::float8[]) AS penalty GROUP BY penalty),
	noise AS (SELECT var_samp(d) / 2 AS noise
		FROM (SELECT v - lag(v) OVER (ORDER BY i) AS d FROM rise) AS e),
	pieces AS (SELECT penalty, a, lead(a, 1, 401) OVER (PARTITION BY penalty ORDER BY a) AS b
		FROM penalties, LATERAL (SELECT 1 AS a UNION ALL SELECT c.at + 1 - date '2020-01-01'
			FROM unnest(cuts) AS c) AS begins)
SELECT penalty, count(*) AS pieces, max(b - a) AS longest,
	is_near(sum(cost) / least_cost(min(p.v), penalty * min(noise)), 1 - (count(*) - 1) * penalty *
		min(noise) / least_cost(min(p.v), penalty * min(noise)), 1e-9) AS least
FROM pieces JOIN penalties AS p USING (penalty), noise,
	LATERAL (SELECT regr_sxx(v, v) AS cost FROM rise WHERE i >= a AND i < b) AS c
GROUP BY penalty ORDER BY penalty;

-- Attention and reality of which one is not known, or not when: in frames too.
CREATE TABLE hype AS
SELECT g, i, CASE WHEN i % 7 <> 0 THEN date '2020-01-01' + i END AS at,
	CASE WHEN g <> 1 THEN i * 37 % 11 END::float8 AS a,
	CASE WHEN g <> 2 THEN i * 17 % 13 END::float8 AS r, (g * 4 + i) % 9 AS part
FROM generate_series(0, 2) AS g, generate_series(1, 60) AS i;
SELECT * FROM in_frames('SELECT g, i, ours, theirs FROM (
	SELECT g, i, ours, (SELECT hype_gap(h.a, h.r, h.at) FROM hype AS h
		WHERE h.g = x.g AND h.i = ANY (f)) AS theirs
	FROM (SELECT g, i, hype_gap(a, r, at) OVER w AS ours, array_agg(i) OVER w AS f FROM hype
		WINDOW w AS (PARTITION BY g ORDER BY i {frame})) AS x) AS y
	WHERE ours IS DISTINCT FROM theirs', ARRAY['ROWS 9 PRECEDING', 'ROWS BETWEEN 5 PRECEDING AND
	5 FOLLOWING', '']);
-- One part knows attention alone, the other reality alone.
CREATE TABLE expected AS SELECT 1 AS one, hype_gap(CASE WHEN part < 5 THEN i * 37 % 11 END,
	CASE WHEN part >= 5 THEN i * 17 % 13 END, at) AS gap FROM hype;
SELECT gap FROM expected;
SELECT * FROM in_every_plan('expected', 'one', 'hype', 'SELECT 1 AS one, hype_gap(CASE WHEN
	part < 5 THEN i * 37 % 11 END, CASE WHEN part >= 5 THEN i * 17 % 13 END, at) AS gap
	FROM {rows}');

-- Growth over frames into which some rows come late, and which they leave again.
CREATE TABLE late AS
SELECT i, date '2020-01-01' + CASE WHEN i % 290 = 40 THEN i - 30 ELSE i END AS at,
	exp(i / 200.0 + (i * 7919 % 101) / 1000.0) AS level
FROM generate_series(1, 700) AS i;
SELECT frame, i, ours, theirs
FROM unnest('{40,200}'::int[]) AS frame, LATERAL (
	SELECT i, growth_rate(level, at) OVER (ORDER BY i ROWS 40 PRECEDING) AS of_40,
		growth_rate(level, at) OVER (ORDER BY i ROWS 200 PRECEDING) AS of_200
	FROM late) AS o, LATERAL (SELECT CASE frame WHEN 40 THEN of_40 ELSE of_200 END AS ours) AS f,
	LATERAL (SELECT growth_rate(level, at) AS theirs FROM late
		WHERE late.i BETWEEN o.i - frame AND o.i) AS t
WHERE i % 7 = 0 AND (abs((ours).rate - (theirs).rate) <= 1e-9 * abs((theirs).rate) AND
	abs((ours).rate_se - (theirs).rate_se) <= 1e-9 * (theirs).rate_se AND
	abs((ours).acceleration - (theirs).acceleration) <= 1e-9 * (theirs).acceleration_se AND
	(ours).level = (theirs).level) IS NOT TRUE
ORDER BY frame, i LIMIT 5;
