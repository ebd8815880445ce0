-- A statement that calls each function of the extension that users can call, with
-- one text for an answer; after every_aggregate.sql, whose rows and calls are
-- used. Functions of later versions are called as well, as long as their
-- arguments are told by names or types.
INSERT INTO observed
SELECT 5, i, date '2010-01-01' + (i * 271) % 1009, 100 + 40 * sin(i * 0.013) + i % 5
FROM generate_series(1, 1000) AS i;
ALTER TABLE observed ADD PRIMARY KEY (k, i);

CREATE TABLE sample AS
SELECT s, wealth_series(r, at) AS w, m, grown, bubble_series(r, at) AS r, long,
	bass_fit(grown) AS fit, adoption_fit(value, at) AS fit_date
FROM (
	SELECT bubble_series(exp(0.2 * sin(i / 9.0) + 0.03 * i) + i % 3, at) AS s,
		drawdown_summary(100 + 40 * sin(i * 0.37), at) AS m,
		bubble_series(100 / (1 + exp(4 - 0.1 * i)) + 0.3 * sin(i * i), at) AS grown
	FROM generate_series(1, 60) AS i, date(date '2020-01-01' + 7 * i) AS at
) AS p, (
	SELECT bubble_series(100 + 40 * sin(i * 0.013) + i % 5, date '2000-01-01' + i) AS long
	FROM generate_series(1, 3000) AS i
) AS q, LATERAL (
	SELECT 0.01 * sin(i * i) AS r, 100 / (1 + exp(4 - 0.1 * i)) + 0.3 * sin(i * i) AS value,
		date '2020-01-01' + 7 * i AS at
	FROM generate_series(1, 60) AS i
) AS o
GROUP BY s, m, grown, long;

CREATE FUNCTION sample_argument(function text, name text, type regtype, long boolean) RETURNS text
LANGUAGE sql AS
$$
SELECT '(' || CASE
	WHEN type = 'bubble_series'::regtype THEN CASE
		WHEN function ~ '_fit|^growth_rate' THEN 'grown'
		WHEN name ~ 'returns' THEN 'r'
		WHEN long THEN 'long'
		ELSE 's' END
	WHEN type = 'drawdown_summary'::regtype THEN 'm'
	WHEN type::text = 'adoption_fit' THEN 'fit'
	WHEN type::text = 'adoption_fit_date' THEN 'fit_date'
	WHEN type::text ~ '^date\[\]' THEN 'dates(s)'
	WHEN type::text ~ '^timestamp.*\[\]' THEN 'times(s)'
	WHEN name = 'values' THEN 'series_values(s)'
	WHEN name = 'triangle' THEN '''{{10,15,16},{11,16,NULL},{12,NULL,NULL}}'''
	WHEN type::text = 'double precision[]' THEN '''{1,2,3}'''
	WHEN name = 'from_at' THEN CASE WHEN long THEN '''2001-01-01''' ELSE '''2020-03-01''' END
	WHEN name IN ('to_at', 'at') THEN '''2021-06-01'''
	WHEN name IN ('step', 'elapsed', 'span') AND type = 'interval'::regtype THEN '''1 month'''
	WHEN name = 'horizon' AND type = 'interval'::regtype THEN '''90 days'''
	WHEN name = 'longest' THEN '60'
	WHEN name = 'shortest' THEN '50'
	WHEN name IN ('alpha', 'min_depth', 'drawdown', 'trimming') THEN '0.1'
	WHEN name = 'observations' AND function = 'rolling_max_drawdown' THEN '20'
	WHEN name = 'observations' THEN '60'
	WHEN name = 'min_window' THEN '20'
	WHEN name = 'aggregation' THEN '''median'''
	WHEN name = 'method' THEN '''phillips_shi'''
	WHEN name = 'criterion' THEN '''bic'''
	WHEN name = 'deterministic' THEN '''constant'''
	WHEN name = 'filter' THEN '''lppls'''
	WHEN name = 'replications' THEN '19'
	WHEN name = 'autocorrelated' OR name = 'count_bounds' THEN 'true'
	WHEN name IN ('level', 'required_return', 'growth', 'margin') THEN '0.9'
	WHEN name = 'critical' THEN 'NULL'
	WHEN name = 'slice' THEN '0'
	WHEN name IN ('slices') THEN '1'
	WHEN name IN ('min_exponent') THEN '0.1'
	WHEN name IN ('max_exponent') THEN '0.9'
	WHEN name IN ('min_frequency') THEN '6'
	WHEN name IN ('max_frequency') THEN '13'
	WHEN name = 'lags' OR name = 'max_lags' THEN '1'
	WHEN type::text IN ('bigint', 'integer') THEN '7'
	WHEN type::text = 'double precision' THEN '5'
	ELSE 'NULL' END || ')::' || type
$$;

-- Arguments with defaults are left out, or given: what they ask for, more lags,
-- other methods, is work of its own. Heavy functions are not called with long
-- series.
CREATE VIEW every_call AS
WITH member AS (
	SELECT p.*, pg_get_function_result(p.oid) AS result
	FROM pg_proc p JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
	WHERE d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'bubble')
), scalar AS (
	SELECT m.oid::regprocedure AS function, proretset, how, format('%s(%s)', m.proname,
		(SELECT string_agg(sample_argument(m.proname, m.proargnames[n], type, how = 'long'), ', ' ORDER BY n)
			FILTER (WHERE n <= m.pronargs - CASE WHEN how = 'given' THEN 0 ELSE m.pronargdefaults END)
		FROM unnest(m.proargtypes) WITH ORDINALITY AS t (type, n))) AS call
	FROM member m, unnest('{plain,given,long}'::text[]) AS how
	WHERE m.prokind = 'f' AND m.provolatile <> 'v' AND m.proname NOT IN ('bubble_board_steps', 'bubble_board_remark', 'bubble_in_block')
		AND m.proname !~ '^bubble_load_'
		AND m.proname !~ '(transfn|combinefn|serialfn|finalfn)$'
		AND NOT m.proargtypes::oid[] && '{internal,cstring}'::regtype[]::oid[]
		AND CASE how WHEN 'given' THEN m.pronargdefaults > 0
			WHEN 'long' THEN m.procost < 100000 AND 'bubble_series'::regtype = ANY (m.proargtypes::oid[])
			ELSE true END
), aggregate AS (
	SELECT e.*, a.aggmtransfn <> 0 AS moves, a.aggkind <> 'n' AS sorted,
		coalesce(f.procost < 100000, true) AND e.call !~ '^auroc_interval|^crash_odds|^run_ups|^score_sensitivity' AS light
	FROM every_aggregate e JOIN pg_aggregate a ON a.aggfnoid = e.aggregate LEFT JOIN pg_proc f ON f.oid = a.aggfinalfn
)
SELECT function, how, CASE WHEN proretset
	THEN format('SELECT string_agg(t::text, '' '') FROM (SELECT %s FROM sample) AS t', call)
	ELSE format('SELECT (%s)::text FROM sample', call) END AS statement
FROM scalar
UNION ALL
SELECT aggregate, 'grouped', format(
	'SELECT string_agg(a, '' '' ORDER BY k) FROM (SELECT k, (%s)::text AS a FROM observed WHERE k <= %s GROUP BY k) AS q',
	call, CASE WHEN light THEN 5 ELSE 2 END)
FROM aggregate
UNION ALL
SELECT aggregate, 'moving', format(
	'SELECT string_agg(a, '' '' ORDER BY k, i) FROM (SELECT k, i, (%s OVER (PARTITION BY k ORDER BY i ROWS %s PRECEDING))::text AS a
		FROM observed WHERE %s) AS q',
	call, CASE WHEN moves THEN 600 ELSE 30 END,
	CASE WHEN moves THEN 'k >= 4' WHEN light THEN 'k = 4' ELSE 'k = 4 AND i > 35' END)
FROM aggregate WHERE NOT sorted
UNION ALL
SELECT oid::regprocedure, 'window', format(
	'SELECT string_agg(a, '' '' ORDER BY k, i) FROM (SELECT k, i, %s(%s) OVER (PARTITION BY k ORDER BY i)::text AS a
		FROM observed WHERE k >= 4) AS q', proname,
	(SELECT string_agg(argument(proname, proargnames[n], type), ', ' ORDER BY n) FROM unnest(proargtypes) WITH ORDINALITY AS t (type, n)))
FROM member WHERE prokind = 'w';
