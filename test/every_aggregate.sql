-- Rows out of order, and a call of every aggregate of the extension over them.
-- Arguments are told by their names, or else by their types, so that aggregates
-- of later versions are called as well; one that needs a value of its own fails
-- here until it is named below.
CREATE TABLE observed AS
SELECT k, i, day AS at, 100 + 40 * sin(day * 0.37 + k) + 9 * cos(day * day) AS value
FROM (
	SELECT k, i, (i * 27) % 40 AS day
	FROM generate_series(1, 4) AS k, generate_series(1, 40) AS i
) AS q;
ALTER TABLE observed ALTER at TYPE date USING date '2020-01-31' + at * 3;

CREATE FUNCTION argument(aggregate text, name text, type regtype) RETURNS text
LANGUAGE sql AS
$$
SELECT '(' || coalesce(
	CASE name
		WHEN 'return' THEN '(value - 100) / 1000'
		WHEN 'revenue' THEN 'value / 7 + k'
		WHEN 'prior_post_money' THEN '99'
		WHEN 'indicators' THEN 'ARRAY[value, i % 7, value * (i % 3)]'
		WHEN 'controls' THEN 'ARRAY[i % 5, i % 7]'
		WHEN 'weights' THEN 'ARRAY[1, 2, 3]'
		WHEN 'event' THEN 'i % 5 = 0'
		WHEN 'alpha' THEN '0.1'
		WHEN 'min_depth' THEN '0.01'
		WHEN 'level' THEN CASE WHEN aggregate ~ '_fit' THEN 'value' ELSE '0.95' END
		WHEN 'preference' THEN '0.4'
		WHEN 'perturbation' THEN '0.1'
		WHEN 'threshold' THEN CASE aggregate WHEN 'run_ups' THEN '0.1' ELSE '100' END
		WHEN 'thresholds' THEN '''{80,100}'''
		WHEN 'market' THEN '50'
		WHEN 'cluster' THEN 'i % 3'
		WHEN 'probability' THEN 'value / 150'
		WHEN 'trimming' THEN '0.2'
		WHEN 'penalty' THEN '7'
		WHEN 'b' THEN 'value + i % 7'
		WHEN 'reality' THEN 'value * (i % 5)'
		WHEN 'lags' THEN '1'
		WHEN 'min_window' THEN '25'
		WHEN 'replications' THEN '19'
		WHEN 'method' THEN '''zscore'''
		WHEN 'aggregation' THEN '''geometric'''
		WHEN 'as_of' THEN '''2020-06-30'''
		WHEN 'next_at' THEN 'at + 30 + k'
		WHEN 'reported_at' THEN 'at + 5 + k'
	END,
	CASE type::text
		WHEN 'double precision' THEN 'value'
		WHEN 'date' THEN 'at'
		WHEN 'timestamp with time zone' THEN '(at + time ''16:00'') AT TIME ZONE ''UTC'''
		WHEN 'interval' THEN '''90 days'''
		WHEN 'integer' THEN '3'
		WHEN 'bigint' THEN '3'
		WHEN 'boolean' THEN 'i % 5 = 0'
		WHEN 'bubble_series' THEN 'format(''date{%s=%s}'', at, value)'
		WHEN 'drawdown_summary' THEN 'format(''date{%1$s;%1$s=%2$s;%1$s=%2$s}'', at, value)'
	END) || ')::' || type
$$;

CREATE VIEW every_aggregate AS
SELECT p.oid::regprocedure AS aggregate, a.aggcombinefn <> 0 AS in_parts,
	format('%s(%s)', p.proname, string_agg(argument(p.proname, p.proargnames[n], type), ', ' ORDER BY n)) AS call,
	string_agg(argument(p.proname, p.proargnames[n], type), ', ' ORDER BY n) AS arguments
FROM pg_aggregate a JOIN pg_proc p ON p.oid = a.aggfnoid JOIN
	pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e',
	unnest(p.proargtypes) WITH ORDINALITY AS t (type, n)
WHERE d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'bubble')
GROUP BY p.oid, p.proname, a.aggcombinefn;
