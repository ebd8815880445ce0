-- What the benchmarks share: two statements timed in turn, several times, and
-- the median of the ratios pair by pair, since a machine's speed drifts.
CREATE FUNCTION milliseconds(statement text) RETURNS float8
LANGUAGE plpgsql AS
$$
DECLARE
	started timestamptz := clock_timestamp();
BEGIN
	EXECUTE statement;
	RETURN extract(epoch FROM clock_timestamp() - started) * 1000;
END
$$;

-- Prints: name, ratio, nanoseconds per row of either statement.
CREATE FUNCTION ratio(name text, statement text, against text, n float8,
	pairs int DEFAULT 5) RETURNS text LANGUAGE plpgsql AS
$$
DECLARE
	ours float8[];
	theirs float8[];
	result text;
BEGIN
	PERFORM milliseconds(statement), milliseconds(against);	-- warm up
	FOR i IN 1 .. pairs LOOP
		ours := ours || milliseconds(statement);
		theirs := theirs || milliseconds(against);
	END LOOP;
	SELECT format('%s %s   (%s against %s ns a row)', rpad(name, 62),
		to_char(percentile_cont(0.5) WITHIN GROUP (ORDER BY o / t), '990.000'),
		round(percentile_cont(0.5) WITHIN GROUP (ORDER BY o) * 1e6 / n),
		round(percentile_cont(0.5) WITHIN GROUP (ORDER BY t) * 1e6 / n))
	INTO result FROM unnest(ours, theirs) AS u (o, t);
	RETURN result;
END
$$;
