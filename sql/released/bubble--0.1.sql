/* sql/bubble--0.1.sql */

-- complain if script is sourced in psql, rather than via CREATE EXTENSION
\echo Use "CREATE EXTENSION bubble" to load this file. \quit

-- One section a topic.  In each: types, the functions that the aggregates are
-- made of, the aggregates, the scalar functions.
--
-- Aggregates over (value, at) take rows in any order and can be computed in
-- parts (COMBINEFUNC).  Aggregates without a time take rows as they come, so
-- that their parts could not be put together again: no COMBINEFUNC.
--
-- The M... functions serve moving window frames, in which rows also leave.
--
-- COST is by class, so that a planner computes what is dear as late as it can:
-- 1,000 for a pass over a stored value, 100,000 for a test of all its windows,
-- 1,000,000 and more for a simulation.  SSPACE is what a state of a group of
-- some dozen rows takes.

-- ---------------------------------------------------------------------------
-- series
-- ---------------------------------------------------------------------------

CREATE TYPE bubble_series;

COMMENT ON TYPE bubble_series
	IS 'values in order of time, packed into one value';

CREATE FUNCTION bubble_series_in(cstring) RETURNS bubble_series
	AS 'MODULE_PATHNAME'
	LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_series_in(cstring)
	IS 'I/O';

CREATE FUNCTION bubble_series_out(bubble_series) RETURNS cstring
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_series_out(bubble_series)
	IS 'I/O';

CREATE FUNCTION bubble_series_recv(internal) RETURNS bubble_series
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_series_recv(internal)
	IS 'I/O';

CREATE FUNCTION bubble_series_send(bubble_series) RETURNS bytea
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_series_send(bubble_series)
	IS 'I/O';

CREATE TYPE bubble_series (
	INPUT = bubble_series_in,
	OUTPUT = bubble_series_out,
	RECEIVE = bubble_series_recv,
	SEND = bubble_series_send,
	ALIGNMENT = double,
	STORAGE = external
);

CREATE FUNCTION bubble_series_eq(bubble_series, bubble_series) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION bubble_series_eq(bubble_series, bubble_series)
	IS 'implementation of = operator';

CREATE FUNCTION bubble_series_ne(bubble_series, bubble_series) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION bubble_series_ne(bubble_series, bubble_series)
	IS 'implementation of <> operator';

CREATE FUNCTION bubble_series_lt(bubble_series, bubble_series) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION bubble_series_lt(bubble_series, bubble_series)
	IS 'implementation of < operator';

CREATE FUNCTION bubble_series_le(bubble_series, bubble_series) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION bubble_series_le(bubble_series, bubble_series)
	IS 'implementation of <= operator';

CREATE FUNCTION bubble_series_gt(bubble_series, bubble_series) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION bubble_series_gt(bubble_series, bubble_series)
	IS 'implementation of > operator';

CREATE FUNCTION bubble_series_ge(bubble_series, bubble_series) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION bubble_series_ge(bubble_series, bubble_series)
	IS 'implementation of >= operator';

CREATE FUNCTION bubble_series_cmp(bubble_series, bubble_series) RETURNS integer
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION bubble_series_cmp(bubble_series, bubble_series)
	IS 'less-equal-greater: row by row, the earlier time or smaller value first';

CREATE FUNCTION bubble_series_hash(bubble_series) RETURNS integer
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION bubble_series_hash(bubble_series)
	IS 'hash: the rows';

CREATE FUNCTION bubble_series_hash_extended(bubble_series, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION bubble_series_hash_extended(bubble_series, bigint)
	IS 'hash with a seed: the rows';

CREATE OPERATOR = (
	FUNCTION = bubble_series_eq,
	LEFTARG = bubble_series,
	RIGHTARG = bubble_series,
	COMMUTATOR = =,
	NEGATOR = <>,
	RESTRICT = eqsel,
	JOIN = eqjoinsel,
	HASHES,
	MERGES
);

COMMENT ON OPERATOR = (bubble_series, bubble_series)
	IS 'equal';

CREATE OPERATOR <> (
	FUNCTION = bubble_series_ne,
	LEFTARG = bubble_series,
	RIGHTARG = bubble_series,
	COMMUTATOR = <>,
	NEGATOR = =,
	RESTRICT = neqsel,
	JOIN = neqjoinsel
);

COMMENT ON OPERATOR <> (bubble_series, bubble_series)
	IS 'not equal';

CREATE OPERATOR < (
	FUNCTION = bubble_series_lt,
	LEFTARG = bubble_series,
	RIGHTARG = bubble_series,
	COMMUTATOR = >,
	NEGATOR = >=,
	RESTRICT = scalarltsel,
	JOIN = scalarltjoinsel
);

COMMENT ON OPERATOR < (bubble_series, bubble_series)
	IS 'less than';

CREATE OPERATOR <= (
	FUNCTION = bubble_series_le,
	LEFTARG = bubble_series,
	RIGHTARG = bubble_series,
	COMMUTATOR = >=,
	NEGATOR = >,
	RESTRICT = scalarlesel,
	JOIN = scalarlejoinsel
);

COMMENT ON OPERATOR <= (bubble_series, bubble_series)
	IS 'less than or equal';

CREATE OPERATOR > (
	FUNCTION = bubble_series_gt,
	LEFTARG = bubble_series,
	RIGHTARG = bubble_series,
	COMMUTATOR = <,
	NEGATOR = <=,
	RESTRICT = scalargtsel,
	JOIN = scalargtjoinsel
);

COMMENT ON OPERATOR > (bubble_series, bubble_series)
	IS 'greater than';

CREATE OPERATOR >= (
	FUNCTION = bubble_series_ge,
	LEFTARG = bubble_series,
	RIGHTARG = bubble_series,
	COMMUTATOR = <=,
	NEGATOR = <,
	RESTRICT = scalargesel,
	JOIN = scalargejoinsel
);

COMMENT ON OPERATOR >= (bubble_series, bubble_series)
	IS 'greater than or equal';

CREATE OPERATOR CLASS bubble_series_ops DEFAULT FOR TYPE bubble_series USING btree AS
	OPERATOR 1 <,
	OPERATOR 2 <=,
	OPERATOR 3 =,
	OPERATOR 4 >=,
	OPERATOR 5 >,
	FUNCTION 1 bubble_series_cmp(bubble_series, bubble_series);

COMMENT ON OPERATOR CLASS bubble_series_ops USING btree
	IS 'order of bubble_series';

COMMENT ON OPERATOR FAMILY bubble_series_ops USING btree
	IS 'order of bubble_series';

CREATE OPERATOR CLASS bubble_series_ops DEFAULT FOR TYPE bubble_series USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 bubble_series_hash(bubble_series),
	FUNCTION 2 bubble_series_hash_extended(bubble_series, bigint);

COMMENT ON OPERATOR CLASS bubble_series_ops USING hash
	IS 'equality of bubble_series';

COMMENT ON OPERATOR FAMILY bubble_series_ops USING hash
	IS 'equality of bubble_series';

CREATE FUNCTION bubble_series_transfn(bubble_series, double precision, date) RETURNS bubble_series
	AS 'MODULE_PATHNAME', 'bubble_series_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_series_transfn(bubble_series, double precision, date)
	IS 'transition: a value enters the series';

CREATE FUNCTION bubble_series_transfn(bubble_series, double precision, timestamptz) RETURNS bubble_series
	AS 'MODULE_PATHNAME', 'bubble_series_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_series_transfn(bubble_series, double precision, timestamptz)
	IS 'transition: a value enters the series';

CREATE FUNCTION bubble_series_combinefn(bubble_series, bubble_series) RETURNS bubble_series
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_series_combinefn(bubble_series, bubble_series)
	IS 'combine: two series';

CREATE FUNCTION bubble_series_finalfn(bubble_series) RETURNS bubble_series
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION bubble_series_finalfn(bubble_series)
	IS 'final function of bubble_series() and rollup(): no more rows than can be written as text';

CREATE AGGREGATE bubble_series(value double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_series_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE bubble_series(value double precision, at date)
	IS 'series: the values in order of time, packed into one value that can be stored';

CREATE AGGREGATE bubble_series(value double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_series_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE bubble_series(value double precision, at timestamptz)
	IS 'series: the values in order of time, packed into one value that can be stored';

CREATE AGGREGATE rollup(bubble_series) (
	SFUNC = bubble_series_combinefn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_series_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(bubble_series)
	IS 'series: all rows of many series as one, whether they overlap in time or not';

CREATE FUNCTION unnest(series bubble_series, OUT at timestamptz, OUT value double precision) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'bubble_series_unnest'
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1000 ROWS 1000;
COMMENT ON FUNCTION unnest(series bubble_series, OUT at timestamptz, OUT value double precision)
	IS 'series: the rows of a series; dates as midnight in the session''s time zone';

CREATE FUNCTION unnest_dates(series bubble_series, OUT at date, OUT value double precision) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'bubble_series_unnest_dates'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 1000;
COMMENT ON FUNCTION unnest_dates(series bubble_series, OUT at date, OUT value double precision)
	IS 'series: the rows of a series of dates';

CREATE FUNCTION bubble_series(times date[], "values" double precision[]) RETURNS bubble_series
	AS 'MODULE_PATHNAME', 'bubble_series_from_arrays'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION bubble_series(times date[], "values" double precision[])
	IS 'series: a series of two arrays of the same length, in any order of time';

CREATE FUNCTION bubble_series(times timestamptz[], "values" double precision[]) RETURNS bubble_series
	AS 'MODULE_PATHNAME', 'bubble_series_from_arrays'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION bubble_series(times timestamptz[], "values" double precision[])
	IS 'series: a series of two arrays of the same length, in any order of time';

CREATE FUNCTION times(series bubble_series) RETURNS timestamptz[]
	AS 'MODULE_PATHNAME', 'bubble_series_times'
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION times(series bubble_series)
	IS 'series: the times of a series; dates as midnight in the session''s time zone';

CREATE FUNCTION dates(series bubble_series) RETURNS date[]
	AS 'MODULE_PATHNAME', 'bubble_series_dates'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION dates(series bubble_series)
	IS 'series: the dates of a series of dates';

CREATE FUNCTION series_values(series bubble_series) RETURNS double precision[]
	AS 'MODULE_PATHNAME', 'bubble_series_values'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION series_values(series bubble_series)
	IS 'series: the values of a series, in order of time';

CREATE FUNCTION bubble_series_to_json(bubble_series) RETURNS json
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION bubble_series_to_json(bubble_series)
	IS 'the rows as [[time, value], ...]';

CREATE FUNCTION bubble_series_to_jsonb(bubble_series) RETURNS jsonb
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION bubble_series_to_jsonb(bubble_series)
	IS 'the rows as [[time, value], ...]';

CREATE CAST (bubble_series AS json) WITH FUNCTION bubble_series_to_json(bubble_series);

COMMENT ON CAST (bubble_series AS json)
	IS 'the rows as [[time, value], ...], times in UTC';

CREATE CAST (bubble_series AS jsonb) WITH FUNCTION bubble_series_to_jsonb(bubble_series);

COMMENT ON CAST (bubble_series AS jsonb)
	IS 'the rows as [[time, value], ...], times in UTC';

CREATE FUNCTION observations(series bubble_series) RETURNS bigint
	AS 'MODULE_PATHNAME', 'bubble_series_observations'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION observations(series bubble_series)
	IS 'series: number of rows of a series';

CREATE FUNCTION first_at(series bubble_series) RETURNS timestamptz
	AS 'MODULE_PATHNAME', 'bubble_series_first_at'
	LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION first_at(series bubble_series)
	IS 'series: time of the first row of a series';

CREATE FUNCTION last_at(series bubble_series) RETURNS timestamptz
	AS 'MODULE_PATHNAME', 'bubble_series_last_at'
	LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION last_at(series bubble_series)
	IS 'series: time of the last row of a series';

CREATE FUNCTION slice(series bubble_series, from_at timestamptz, to_at timestamptz) RETURNS bubble_series
	AS 'MODULE_PATHNAME', 'bubble_series_slice'
	LANGUAGE C STABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION slice(series bubble_series, from_at timestamptz, to_at timestamptz)
	IS 'series: the rows of a series from one time to another, both included; NULL for no bound';

CREATE FUNCTION period_ends(from_at date, to_at date, step interval) RETURNS SETOF date
	AS 'MODULE_PATHNAME', 'bubble_period_ends'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100 ROWS 100;
COMMENT ON FUNCTION period_ends(from_at date, to_at date, step interval)
	IS 'series: the ends of the months, quarters, years or weeks (on Sunday) between two dates, both included';

CREATE FUNCTION period_ends(from_at timestamptz, to_at timestamptz, step interval) RETURNS SETOF timestamptz
	AS 'MODULE_PATHNAME', 'bubble_period_ends'
	LANGUAGE C STABLE PARALLEL SAFE COST 100 ROWS 100;
COMMENT ON FUNCTION period_ends(from_at timestamptz, to_at timestamptz, step interval)
	IS 'series: the ends of the months, quarters, years or weeks (on Sunday) between two times, both included';

CREATE FUNCTION sparkline(series bubble_series, width bigint DEFAULT 20) RETURNS text
	AS 'MODULE_PATHNAME', 'bubble_sparkline'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION sparkline(series bubble_series, width bigint)
	IS 'series: the shape of a series in so many block characters, from its first time to its last one';

CREATE FUNCTION bubble_sparkline_transfn(internal, double precision, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_sparkline_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_sparkline_transfn(internal, double precision, date)
	IS 'transition: a series to be drawn';

CREATE FUNCTION bubble_sparkline_transfn(internal, double precision, date, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_sparkline_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_sparkline_transfn(internal, double precision, date, bigint)
	IS 'transition: a series to be drawn';

CREATE FUNCTION bubble_sparkline_transfn(internal, double precision, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_sparkline_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_sparkline_transfn(internal, double precision, timestamptz)
	IS 'transition: a series to be drawn';

CREATE FUNCTION bubble_sparkline_transfn(internal, double precision, timestamptz, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_sparkline_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_sparkline_transfn(internal, double precision, timestamptz, bigint)
	IS 'transition: a series to be drawn';

CREATE FUNCTION bubble_sparkline_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_sparkline_combinefn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_sparkline_combinefn(internal, internal)
	IS 'combine: two parts of a series to be drawn';

CREATE FUNCTION bubble_sparkline_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_sparkline_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_sparkline_serialfn(internal)
	IS 'serialize: a series to be drawn';

CREATE FUNCTION bubble_sparkline_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_sparkline_deserialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_sparkline_deserialfn(bytea, internal)
	IS 'deserialize: a series to be drawn';

CREATE FUNCTION bubble_sparkline_finalfn(internal) RETURNS text
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION bubble_sparkline_finalfn(internal)
	IS 'final: a series in block characters';

CREATE AGGREGATE sparkline(value double precision, at date) (
	SFUNC = bubble_sparkline_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_sparkline_finalfn,
	COMBINEFUNC = bubble_sparkline_combinefn,
	SERIALFUNC = bubble_sparkline_serialfn,
	DESERIALFUNC = bubble_sparkline_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE sparkline(value double precision, at date)
	IS 'series: the shape of a series in so many block characters, 20 unless given, from its first time to its last one';

CREATE AGGREGATE sparkline(value double precision, at date, width bigint) (
	SFUNC = bubble_sparkline_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_sparkline_finalfn,
	COMBINEFUNC = bubble_sparkline_combinefn,
	SERIALFUNC = bubble_sparkline_serialfn,
	DESERIALFUNC = bubble_sparkline_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE sparkline(value double precision, at date, width bigint)
	IS 'series: the shape of a series in so many block characters, 20 unless given, from its first time to its last one';

CREATE AGGREGATE sparkline(value double precision, at timestamptz) (
	SFUNC = bubble_sparkline_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_sparkline_finalfn,
	COMBINEFUNC = bubble_sparkline_combinefn,
	SERIALFUNC = bubble_sparkline_serialfn,
	DESERIALFUNC = bubble_sparkline_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE sparkline(value double precision, at timestamptz)
	IS 'series: the shape of a series in so many block characters, 20 unless given, from its first time to its last one';

CREATE AGGREGATE sparkline(value double precision, at timestamptz, width bigint) (
	SFUNC = bubble_sparkline_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_sparkline_finalfn,
	COMBINEFUNC = bubble_sparkline_combinefn,
	SERIALFUNC = bubble_sparkline_serialfn,
	DESERIALFUNC = bubble_sparkline_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE sparkline(value double precision, at timestamptz, width bigint)
	IS 'series: the shape of a series in so many block characters, 20 unless given, from its first time to its last one';

-- ---------------------------------------------------------------------------
-- drawdown
-- ---------------------------------------------------------------------------

CREATE TYPE drawdown_episode_date AS (
	peak_at date,
	peak double precision,
	trough_at date,
	trough double precision,
	recovered_at date,
	depth double precision,
	observations bigint,
	last_at date
);
COMMENT ON TYPE drawdown_episode_date
	IS 'drawdown: a drawdown from its peak through its trough to its recovery, with dates';

CREATE TYPE drawdown_episode AS (
	peak_at timestamptz,
	peak double precision,
	trough_at timestamptz,
	trough double precision,
	recovered_at timestamptz,
	depth double precision,
	observations bigint,
	last_at timestamptz
);
COMMENT ON TYPE drawdown_episode
	IS 'drawdown: a drawdown from its peak through its trough to its recovery, with times';

CREATE TYPE price_summary_date AS (
	observations bigint,
	last_at date,
	last_price double precision,
	peak_at date,
	peak double precision,
	drawdown double precision,
	max_drawdown double precision,
	deepest_peak_at date,
	deepest_trough_at date,
	deepest_recovered_at date,
	ulcer_index double precision,
	pain_index double precision,
	conditional_drawdown_at_risk double precision,
	time_under_water double precision,
	rows_under_water bigint,
	days_under_water double precision,
	cagr double precision,
	volatility double precision
);
COMMENT ON TYPE price_summary_date
	IS 'drawdown: the most common measures of a price, with dates';

CREATE TYPE price_summary AS (
	observations bigint,
	last_at timestamptz,
	last_price double precision,
	peak_at timestamptz,
	peak double precision,
	drawdown double precision,
	max_drawdown double precision,
	deepest_peak_at timestamptz,
	deepest_trough_at timestamptz,
	deepest_recovered_at timestamptz,
	ulcer_index double precision,
	pain_index double precision,
	conditional_drawdown_at_risk double precision,
	time_under_water double precision,
	rows_under_water bigint,
	days_under_water double precision,
	cagr double precision,
	volatility double precision
);
COMMENT ON TYPE price_summary
	IS 'drawdown: the most common measures of a price, with times';

CREATE TYPE drawdown_summary;

COMMENT ON TYPE drawdown_summary
	IS 'a price history, reduced to what its drawdowns can depend on when it is merged with others';

CREATE FUNCTION drawdown_summary_in(cstring) RETURNS drawdown_summary
	AS 'MODULE_PATHNAME', 'bubble_drawdown_summary_in'
	LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION drawdown_summary_in(cstring)
	IS 'I/O';

CREATE FUNCTION drawdown_summary_out(drawdown_summary) RETURNS cstring
	AS 'MODULE_PATHNAME', 'bubble_drawdown_summary_out'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION drawdown_summary_out(drawdown_summary)
	IS 'I/O';

CREATE FUNCTION drawdown_summary_recv(internal) RETURNS drawdown_summary
	AS 'MODULE_PATHNAME', 'bubble_drawdown_summary_recv'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION drawdown_summary_recv(internal)
	IS 'I/O';

CREATE FUNCTION drawdown_summary_send(drawdown_summary) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_drawdown_summary_send'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION drawdown_summary_send(drawdown_summary)
	IS 'I/O';

CREATE TYPE drawdown_summary (
	INPUT = drawdown_summary_in,
	OUTPUT = drawdown_summary_out,
	RECEIVE = drawdown_summary_recv,
	SEND = drawdown_summary_send,
	ALIGNMENT = double,
	STORAGE = external
);

CREATE FUNCTION drawdown_summary_eq(drawdown_summary, drawdown_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'bubble_drawdown_summary_eq'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION drawdown_summary_eq(drawdown_summary, drawdown_summary)
	IS 'implementation of = operator';

CREATE FUNCTION drawdown_summary_ne(drawdown_summary, drawdown_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'bubble_drawdown_summary_ne'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION drawdown_summary_ne(drawdown_summary, drawdown_summary)
	IS 'implementation of <> operator';

CREATE FUNCTION drawdown_summary_lt(drawdown_summary, drawdown_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'bubble_drawdown_summary_lt'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION drawdown_summary_lt(drawdown_summary, drawdown_summary)
	IS 'implementation of < operator';

CREATE FUNCTION drawdown_summary_le(drawdown_summary, drawdown_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'bubble_drawdown_summary_le'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION drawdown_summary_le(drawdown_summary, drawdown_summary)
	IS 'implementation of <= operator';

CREATE FUNCTION drawdown_summary_gt(drawdown_summary, drawdown_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'bubble_drawdown_summary_gt'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION drawdown_summary_gt(drawdown_summary, drawdown_summary)
	IS 'implementation of > operator';

CREATE FUNCTION drawdown_summary_ge(drawdown_summary, drawdown_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'bubble_drawdown_summary_ge'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION drawdown_summary_ge(drawdown_summary, drawdown_summary)
	IS 'implementation of >= operator';

CREATE FUNCTION drawdown_summary_cmp(drawdown_summary, drawdown_summary) RETURNS integer
	AS 'MODULE_PATHNAME', 'bubble_drawdown_summary_cmp'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION drawdown_summary_cmp(drawdown_summary, drawdown_summary)
	IS 'less-equal-greater: times, then peaks and troughs';

CREATE FUNCTION drawdown_summary_hash(drawdown_summary) RETURNS integer
	AS 'MODULE_PATHNAME', 'bubble_drawdown_summary_hash'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION drawdown_summary_hash(drawdown_summary)
	IS 'hash: what it keeps';

CREATE FUNCTION drawdown_summary_hash_extended(drawdown_summary, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME', 'bubble_drawdown_summary_hash_extended'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION drawdown_summary_hash_extended(drawdown_summary, bigint)
	IS 'hash with a seed: what it keeps';

CREATE OPERATOR = (
	FUNCTION = drawdown_summary_eq,
	LEFTARG = drawdown_summary,
	RIGHTARG = drawdown_summary,
	COMMUTATOR = =,
	NEGATOR = <>,
	RESTRICT = eqsel,
	JOIN = eqjoinsel,
	HASHES,
	MERGES
);

COMMENT ON OPERATOR = (drawdown_summary, drawdown_summary)
	IS 'equal';

CREATE OPERATOR <> (
	FUNCTION = drawdown_summary_ne,
	LEFTARG = drawdown_summary,
	RIGHTARG = drawdown_summary,
	COMMUTATOR = <>,
	NEGATOR = =,
	RESTRICT = neqsel,
	JOIN = neqjoinsel
);

COMMENT ON OPERATOR <> (drawdown_summary, drawdown_summary)
	IS 'not equal';

CREATE OPERATOR < (
	FUNCTION = drawdown_summary_lt,
	LEFTARG = drawdown_summary,
	RIGHTARG = drawdown_summary,
	COMMUTATOR = >,
	NEGATOR = >=,
	RESTRICT = scalarltsel,
	JOIN = scalarltjoinsel
);

COMMENT ON OPERATOR < (drawdown_summary, drawdown_summary)
	IS 'less than';

CREATE OPERATOR <= (
	FUNCTION = drawdown_summary_le,
	LEFTARG = drawdown_summary,
	RIGHTARG = drawdown_summary,
	COMMUTATOR = >=,
	NEGATOR = >,
	RESTRICT = scalarlesel,
	JOIN = scalarlejoinsel
);

COMMENT ON OPERATOR <= (drawdown_summary, drawdown_summary)
	IS 'less than or equal';

CREATE OPERATOR > (
	FUNCTION = drawdown_summary_gt,
	LEFTARG = drawdown_summary,
	RIGHTARG = drawdown_summary,
	COMMUTATOR = <,
	NEGATOR = <=,
	RESTRICT = scalargtsel,
	JOIN = scalargtjoinsel
);

COMMENT ON OPERATOR > (drawdown_summary, drawdown_summary)
	IS 'greater than';

CREATE OPERATOR >= (
	FUNCTION = drawdown_summary_ge,
	LEFTARG = drawdown_summary,
	RIGHTARG = drawdown_summary,
	COMMUTATOR = <=,
	NEGATOR = <,
	RESTRICT = scalargesel,
	JOIN = scalargejoinsel
);

COMMENT ON OPERATOR >= (drawdown_summary, drawdown_summary)
	IS 'greater than or equal';

CREATE OPERATOR CLASS drawdown_summary_ops DEFAULT FOR TYPE drawdown_summary USING btree AS
	OPERATOR 1 <,
	OPERATOR 2 <=,
	OPERATOR 3 =,
	OPERATOR 4 >=,
	OPERATOR 5 >,
	FUNCTION 1 drawdown_summary_cmp(drawdown_summary, drawdown_summary);

COMMENT ON OPERATOR CLASS drawdown_summary_ops USING btree
	IS 'order of drawdown_summary';

COMMENT ON OPERATOR FAMILY drawdown_summary_ops USING btree
	IS 'order of drawdown_summary';

CREATE OPERATOR CLASS drawdown_summary_ops DEFAULT FOR TYPE drawdown_summary USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 drawdown_summary_hash(drawdown_summary),
	FUNCTION 2 drawdown_summary_hash_extended(drawdown_summary, bigint);

COMMENT ON OPERATOR CLASS drawdown_summary_ops USING hash
	IS 'equality of drawdown_summary';

COMMENT ON OPERATOR FAMILY drawdown_summary_ops USING hash
	IS 'equality of drawdown_summary';

CREATE FUNCTION bubble_drawdown_scan_transfn(internal, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_drawdown_scan_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_drawdown_scan_transfn(internal, double precision)
	IS 'transition: the rows so far of a curve, in the order given';

CREATE FUNCTION bubble_runup_scan_transfn(internal, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_runup_scan_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_runup_scan_transfn(internal, double precision)
	IS 'transition: the rows so far of a curve, in the order given';

CREATE FUNCTION bubble_amount_scan_transfn(internal, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_amount_scan_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_amount_scan_transfn(internal, double precision)
	IS 'transition: the rows so far of a curve, in the order given';

CREATE FUNCTION bubble_scan_last_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_scan_last_finalfn(internal)
	IS 'final: drawdown or run-up of the last price';

CREATE FUNCTION bubble_scan_max_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_scan_max_finalfn(internal)
	IS 'final: maximum drawdown or run-up';

CREATE FUNCTION bubble_drawdown_queue_transfn(internal, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_drawdown_queue_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_drawdown_queue_transfn(internal, double precision)
	IS 'transition: the rows in the frame, in the order given';

CREATE FUNCTION bubble_runup_queue_transfn(internal, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_runup_queue_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_runup_queue_transfn(internal, double precision)
	IS 'transition: the rows in the frame, in the order given';

CREATE FUNCTION bubble_amount_queue_transfn(internal, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_amount_queue_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_amount_queue_transfn(internal, double precision)
	IS 'transition: the rows in the frame, in the order given';

CREATE FUNCTION bubble_queue_invtransfn(internal, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_queue_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_queue_invtransfn(internal, double precision)
	IS 'moving transition: the oldest row leaves the rows in the frame, in the order given';

CREATE FUNCTION bubble_drawdown_timed_queue_transfn(internal, double precision, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_drawdown_timed_queue_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_drawdown_timed_queue_transfn(internal, double precision, date)
	IS 'transition: the rows in the frame, in order of time';

CREATE FUNCTION bubble_drawdown_timed_queue_transfn(internal, double precision, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_drawdown_timed_queue_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_drawdown_timed_queue_transfn(internal, double precision, timestamptz)
	IS 'transition: the rows in the frame, in order of time';

CREATE FUNCTION bubble_runup_timed_queue_transfn(internal, double precision, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_runup_timed_queue_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_runup_timed_queue_transfn(internal, double precision, date)
	IS 'transition: the rows in the frame, in order of time';

CREATE FUNCTION bubble_runup_timed_queue_transfn(internal, double precision, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_runup_timed_queue_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_runup_timed_queue_transfn(internal, double precision, timestamptz)
	IS 'transition: the rows in the frame, in order of time';

CREATE FUNCTION bubble_amount_timed_queue_transfn(internal, double precision, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_amount_timed_queue_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_amount_timed_queue_transfn(internal, double precision, date)
	IS 'transition: the rows in the frame, in order of time';

CREATE FUNCTION bubble_amount_timed_queue_transfn(internal, double precision, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_amount_timed_queue_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_amount_timed_queue_transfn(internal, double precision, timestamptz)
	IS 'transition: the rows in the frame, in order of time';

CREATE FUNCTION bubble_timed_queue_invtransfn(internal, double precision, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_timed_queue_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_timed_queue_invtransfn(internal, double precision, date)
	IS 'moving transition: the oldest row leaves the rows in the frame, in order of time';

CREATE FUNCTION bubble_timed_queue_invtransfn(internal, double precision, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_timed_queue_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_timed_queue_invtransfn(internal, double precision, timestamptz)
	IS 'moving transition: the oldest row leaves the rows in the frame, in order of time';

CREATE FUNCTION bubble_queue_last_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_queue_last_finalfn(internal)
	IS 'moving final: drawdown or run-up of the last price';

CREATE FUNCTION bubble_queue_max_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_queue_max_finalfn(internal)
	IS 'moving final: maximum drawdown or run-up';

CREATE FUNCTION bubble_drawdown_envelope_transfn(internal, double precision, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_drawdown_envelope_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_drawdown_envelope_transfn(internal, double precision, date)
	IS 'transition: a price history, rows in any order';

CREATE FUNCTION bubble_drawdown_envelope_transfn(internal, double precision, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_drawdown_envelope_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_drawdown_envelope_transfn(internal, double precision, timestamptz)
	IS 'transition: a price history, rows in any order';

CREATE FUNCTION bubble_runup_envelope_transfn(internal, double precision, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_runup_envelope_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_runup_envelope_transfn(internal, double precision, date)
	IS 'transition: a price history, rows in any order';

CREATE FUNCTION bubble_runup_envelope_transfn(internal, double precision, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_runup_envelope_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_runup_envelope_transfn(internal, double precision, timestamptz)
	IS 'transition: a price history, rows in any order';

CREATE FUNCTION bubble_amount_envelope_transfn(internal, double precision, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_amount_envelope_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_amount_envelope_transfn(internal, double precision, date)
	IS 'transition: a price history, rows in any order';

CREATE FUNCTION bubble_amount_envelope_transfn(internal, double precision, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_amount_envelope_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_amount_envelope_transfn(internal, double precision, timestamptz)
	IS 'transition: a price history, rows in any order';

CREATE FUNCTION bubble_envelope_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_envelope_combinefn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_envelope_combinefn(internal, internal)
	IS 'combine: two parts of a price history, rows in any order';

CREATE FUNCTION bubble_envelope_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_envelope_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_envelope_serialfn(internal)
	IS 'serialize: a price history, rows in any order';

CREATE FUNCTION bubble_envelope_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_envelope_deserialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_envelope_deserialfn(bytea, internal)
	IS 'deserialize: a price history, rows in any order';

CREATE FUNCTION bubble_envelope_last_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_envelope_last_finalfn(internal)
	IS 'final: drawdown or run-up of the last price';

CREATE FUNCTION bubble_envelope_max_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_envelope_max_finalfn(internal)
	IS 'final: maximum drawdown or run-up';

CREATE FUNCTION bubble_returns_scan_transfn(internal, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_returns_scan_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_returns_scan_transfn(internal, double precision)
	IS 'transition: the returns so far, in the order given';

CREATE FUNCTION bubble_returns_scan_last_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_returns_scan_last_finalfn(internal)
	IS 'final: drawdown after the last return';

CREATE FUNCTION bubble_returns_scan_max_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_returns_scan_max_finalfn(internal)
	IS 'final: maximum drawdown';

CREATE FUNCTION bubble_returns_frame_transfn(internal, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_returns_frame_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_returns_frame_transfn(internal, double precision)
	IS 'transition: the returns in the frame, in the order given';

CREATE FUNCTION bubble_returns_frame_invtransfn(internal, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_returns_frame_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_returns_frame_invtransfn(internal, double precision)
	IS 'moving transition: the oldest row leaves the returns in the frame, in the order given';

CREATE FUNCTION bubble_returns_frame_last_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_returns_frame_last_finalfn(internal)
	IS 'moving final: drawdown after the last return';

CREATE FUNCTION bubble_returns_frame_max_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_returns_frame_max_finalfn(internal)
	IS 'moving final: maximum drawdown';

CREATE FUNCTION bubble_summary_transfn(drawdown_summary, double precision, date) RETURNS drawdown_summary
	AS 'MODULE_PATHNAME', 'bubble_summary_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_summary_transfn(drawdown_summary, double precision, date)
	IS 'transition: a price enters the history';

CREATE FUNCTION bubble_summary_transfn(drawdown_summary, double precision, timestamptz) RETURNS drawdown_summary
	AS 'MODULE_PATHNAME', 'bubble_summary_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_summary_transfn(drawdown_summary, double precision, timestamptz)
	IS 'transition: a price enters the history';

CREATE FUNCTION bubble_summary_combinefn(drawdown_summary, drawdown_summary) RETURNS drawdown_summary
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_summary_combinefn(drawdown_summary, drawdown_summary)
	IS 'combine: two parts of a price history';

CREATE FUNCTION bubble_summary_finalfn(drawdown_summary) RETURNS drawdown_summary
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION bubble_summary_finalfn(drawdown_summary)
	IS 'final function of drawdown_summary() and rollup(): no more rows than can be written as text';

CREATE FUNCTION bubble_max_drawdown_episode_date_finalfn(drawdown_summary) RETURNS drawdown_episode_date
	AS 'MODULE_PATHNAME', 'bubble_summary_max_drawdown_episode'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION bubble_max_drawdown_episode_date_finalfn(drawdown_summary)
	IS 'final: deepest episode, with dates';

CREATE FUNCTION bubble_drawdown_at_risk_transfn(internal, double precision, date, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_drawdown_at_risk_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_drawdown_at_risk_transfn(internal, double precision, date, double precision)
	IS 'transition: a price history, and the share that is its tail';

CREATE FUNCTION bubble_drawdown_at_risk_transfn(internal, double precision, timestamptz, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_drawdown_at_risk_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_drawdown_at_risk_transfn(internal, double precision, timestamptz, double precision)
	IS 'transition: a price history, and the share that is its tail';

CREATE FUNCTION bubble_drawdown_at_risk_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_drawdown_at_risk_combinefn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_drawdown_at_risk_combinefn(internal, internal)
	IS 'combine: two parts of a price history, and the share that is its tail';

CREATE FUNCTION bubble_drawdown_at_risk_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_drawdown_at_risk_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_drawdown_at_risk_serialfn(internal)
	IS 'serialize: a price history, and the share that is its tail';

CREATE FUNCTION bubble_drawdown_at_risk_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_drawdown_at_risk_deserialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_drawdown_at_risk_deserialfn(bytea, internal)
	IS 'deserialize: a price history, and the share that is its tail';

CREATE FUNCTION bubble_drawdown_at_risk_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_drawdown_at_risk_finalfn(internal)
	IS 'final: border of the worst drawdowns';

CREATE FUNCTION bubble_conditional_drawdown_at_risk_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_conditional_drawdown_at_risk_finalfn(internal)
	IS 'final: mean of the worst drawdowns';

CREATE FUNCTION bubble_drawdown_episodes_transfn(internal, double precision, date, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_drawdown_episodes_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_drawdown_episodes_transfn(internal, double precision, date, double precision)
	IS 'transition: a price history, and the least depth to be listed';

CREATE FUNCTION bubble_drawdown_episodes_transfn(internal, double precision, timestamptz, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_drawdown_episodes_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_drawdown_episodes_transfn(internal, double precision, timestamptz, double precision)
	IS 'transition: a price history, and the least depth to be listed';

CREATE FUNCTION bubble_drawdown_episodes_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_drawdown_episodes_combinefn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_drawdown_episodes_combinefn(internal, internal)
	IS 'combine: two parts of a price history, and the least depth to be listed';

CREATE FUNCTION bubble_drawdown_episodes_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_drawdown_episodes_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_drawdown_episodes_serialfn(internal)
	IS 'serialize: a price history, and the least depth to be listed';

CREATE FUNCTION bubble_drawdown_episodes_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_drawdown_episodes_deserialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_drawdown_episodes_deserialfn(bytea, internal)
	IS 'deserialize: a price history, and the least depth to be listed';

CREATE FUNCTION bubble_drawdown_episodes_date_finalfn(bubble_series) RETURNS drawdown_episode_date[]
	AS 'MODULE_PATHNAME', 'bubble_drawdown_episodes'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION bubble_drawdown_episodes_date_finalfn(bubble_series)
	IS 'final: every episode, with dates';

CREATE FUNCTION bubble_drawdown_episodes_date_finalfn(internal) RETURNS drawdown_episode_date[]
	AS 'MODULE_PATHNAME', 'bubble_drawdown_episodes_finalfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_drawdown_episodes_date_finalfn(internal)
	IS 'final: every episode of at least min_depth, with dates';

CREATE FUNCTION bubble_drawdown_episodes_timestamptz_finalfn(internal) RETURNS drawdown_episode[]
	AS 'MODULE_PATHNAME', 'bubble_drawdown_episodes_finalfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_drawdown_episodes_timestamptz_finalfn(internal)
	IS 'final: every episode of at least min_depth, with times';

CREATE FUNCTION bubble_price_summary_date_finalfn(bubble_series) RETURNS price_summary_date
	AS 'MODULE_PATHNAME', 'bubble_price_summary'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION bubble_price_summary_date_finalfn(bubble_series)
	IS 'final: price_summary, with dates';

CREATE FUNCTION drawdown(summary drawdown_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_summary_drawdown'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION drawdown(summary drawdown_summary)
	IS 'drawdown: fraction lost by the last price since the highest price';

CREATE FUNCTION drawdown(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_drawdown'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION drawdown(series bubble_series)
	IS 'drawdown: fraction lost by the last price of a series since the highest price so far';

CREATE AGGREGATE drawdown(price double precision) (
	SFUNC = bubble_drawdown_scan_transfn,
	STYPE = internal,
	SSPACE = 64,
	FINALFUNC = bubble_scan_last_finalfn,
	MSFUNC = bubble_drawdown_queue_transfn,
	MINVFUNC = bubble_queue_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_queue_last_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE drawdown(price double precision)
	IS 'drawdown: fraction lost by the last price since the highest price so far; rows in the order given';

CREATE AGGREGATE drawdown(price double precision, at date) (
	SFUNC = bubble_drawdown_envelope_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_envelope_last_finalfn,
	COMBINEFUNC = bubble_envelope_combinefn,
	SERIALFUNC = bubble_envelope_serialfn,
	DESERIALFUNC = bubble_envelope_deserialfn,
	MSFUNC = bubble_drawdown_timed_queue_transfn,
	MINVFUNC = bubble_timed_queue_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_queue_last_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE drawdown(price double precision, at date)
	IS 'drawdown: fraction lost by the last price since the highest price so far; rows in any order';

CREATE AGGREGATE drawdown(price double precision, at timestamptz) (
	SFUNC = bubble_drawdown_envelope_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_envelope_last_finalfn,
	COMBINEFUNC = bubble_envelope_combinefn,
	SERIALFUNC = bubble_envelope_serialfn,
	DESERIALFUNC = bubble_envelope_deserialfn,
	MSFUNC = bubble_drawdown_timed_queue_transfn,
	MINVFUNC = bubble_timed_queue_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_queue_last_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE drawdown(price double precision, at timestamptz)
	IS 'drawdown: fraction lost by the last price since the highest price so far; rows in any order';

CREATE FUNCTION max_drawdown(summary drawdown_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_summary_max_drawdown'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION max_drawdown(summary drawdown_summary)
	IS 'drawdown: largest fraction lost from a peak to a later trough, 0 if none';

CREATE FUNCTION max_drawdown(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_max_drawdown'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION max_drawdown(series bubble_series)
	IS 'drawdown: largest fraction lost from a peak of a series to a later trough, 0 if none';

CREATE AGGREGATE max_drawdown(price double precision) (
	SFUNC = bubble_drawdown_scan_transfn,
	STYPE = internal,
	SSPACE = 64,
	FINALFUNC = bubble_scan_max_finalfn,
	MSFUNC = bubble_drawdown_queue_transfn,
	MINVFUNC = bubble_queue_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_queue_max_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE max_drawdown(price double precision)
	IS 'drawdown: largest fraction lost from a peak to a later trough, 0 if none; rows in the order given';

CREATE AGGREGATE max_drawdown(price double precision, at date) (
	SFUNC = bubble_drawdown_envelope_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_envelope_max_finalfn,
	COMBINEFUNC = bubble_envelope_combinefn,
	SERIALFUNC = bubble_envelope_serialfn,
	DESERIALFUNC = bubble_envelope_deserialfn,
	MSFUNC = bubble_drawdown_timed_queue_transfn,
	MINVFUNC = bubble_timed_queue_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_queue_max_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE max_drawdown(price double precision, at date)
	IS 'drawdown: largest fraction lost from a peak to a later trough, 0 if none; rows in any order';

CREATE AGGREGATE max_drawdown(price double precision, at timestamptz) (
	SFUNC = bubble_drawdown_envelope_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_envelope_max_finalfn,
	COMBINEFUNC = bubble_envelope_combinefn,
	SERIALFUNC = bubble_envelope_serialfn,
	DESERIALFUNC = bubble_envelope_deserialfn,
	MSFUNC = bubble_drawdown_timed_queue_transfn,
	MINVFUNC = bubble_timed_queue_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_queue_max_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE max_drawdown(price double precision, at timestamptz)
	IS 'drawdown: largest fraction lost from a peak to a later trough, 0 if none; rows in any order';

CREATE FUNCTION runup(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_runup'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION runup(series bubble_series)
	IS 'drawdown: fraction gained by the last price of a series since the lowest price so far';

CREATE AGGREGATE runup(price double precision) (
	SFUNC = bubble_runup_scan_transfn,
	STYPE = internal,
	SSPACE = 64,
	FINALFUNC = bubble_scan_last_finalfn,
	MSFUNC = bubble_runup_queue_transfn,
	MINVFUNC = bubble_queue_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_queue_last_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE runup(price double precision)
	IS 'drawdown: fraction gained by the last price since the lowest price so far; rows in the order given';

CREATE AGGREGATE runup(price double precision, at date) (
	SFUNC = bubble_runup_envelope_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_envelope_last_finalfn,
	COMBINEFUNC = bubble_envelope_combinefn,
	SERIALFUNC = bubble_envelope_serialfn,
	DESERIALFUNC = bubble_envelope_deserialfn,
	MSFUNC = bubble_runup_timed_queue_transfn,
	MINVFUNC = bubble_timed_queue_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_queue_last_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE runup(price double precision, at date)
	IS 'drawdown: fraction gained by the last price since the lowest price so far; rows in any order';

CREATE AGGREGATE runup(price double precision, at timestamptz) (
	SFUNC = bubble_runup_envelope_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_envelope_last_finalfn,
	COMBINEFUNC = bubble_envelope_combinefn,
	SERIALFUNC = bubble_envelope_serialfn,
	DESERIALFUNC = bubble_envelope_deserialfn,
	MSFUNC = bubble_runup_timed_queue_transfn,
	MINVFUNC = bubble_timed_queue_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_queue_last_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE runup(price double precision, at timestamptz)
	IS 'drawdown: fraction gained by the last price since the lowest price so far; rows in any order';

CREATE FUNCTION max_runup(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_max_runup'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION max_runup(series bubble_series)
	IS 'drawdown: largest fraction gained from a trough of a series to a later peak, 0 if none';

CREATE AGGREGATE max_runup(price double precision) (
	SFUNC = bubble_runup_scan_transfn,
	STYPE = internal,
	SSPACE = 64,
	FINALFUNC = bubble_scan_max_finalfn,
	MSFUNC = bubble_runup_queue_transfn,
	MINVFUNC = bubble_queue_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_queue_max_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE max_runup(price double precision)
	IS 'drawdown: largest fraction gained from a trough to a later peak, 0 if none; rows in the order given';

CREATE AGGREGATE max_runup(price double precision, at date) (
	SFUNC = bubble_runup_envelope_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_envelope_max_finalfn,
	COMBINEFUNC = bubble_envelope_combinefn,
	SERIALFUNC = bubble_envelope_serialfn,
	DESERIALFUNC = bubble_envelope_deserialfn,
	MSFUNC = bubble_runup_timed_queue_transfn,
	MINVFUNC = bubble_timed_queue_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_queue_max_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE max_runup(price double precision, at date)
	IS 'drawdown: largest fraction gained from a trough to a later peak, 0 if none; rows in any order';

CREATE AGGREGATE max_runup(price double precision, at timestamptz) (
	SFUNC = bubble_runup_envelope_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_envelope_max_finalfn,
	COMBINEFUNC = bubble_envelope_combinefn,
	SERIALFUNC = bubble_envelope_serialfn,
	DESERIALFUNC = bubble_envelope_deserialfn,
	MSFUNC = bubble_runup_timed_queue_transfn,
	MINVFUNC = bubble_timed_queue_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_queue_max_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE max_runup(price double precision, at timestamptz)
	IS 'drawdown: largest fraction gained from a trough to a later peak, 0 if none; rows in any order';

CREATE FUNCTION drawdown_amount(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_drawdown_amount'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION drawdown_amount(series bubble_series)
	IS 'drawdown: amount lost by the last value since the highest value';

CREATE AGGREGATE drawdown_amount(value double precision) (
	SFUNC = bubble_amount_scan_transfn,
	STYPE = internal,
	SSPACE = 64,
	FINALFUNC = bubble_scan_last_finalfn,
	MSFUNC = bubble_amount_queue_transfn,
	MINVFUNC = bubble_queue_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_queue_last_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE drawdown_amount(value double precision)
	IS 'drawdown: amount lost by the last value since the highest value so far; rows in the order given';

CREATE AGGREGATE drawdown_amount(value double precision, at date) (
	SFUNC = bubble_amount_envelope_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_envelope_last_finalfn,
	COMBINEFUNC = bubble_envelope_combinefn,
	SERIALFUNC = bubble_envelope_serialfn,
	DESERIALFUNC = bubble_envelope_deserialfn,
	MSFUNC = bubble_amount_timed_queue_transfn,
	MINVFUNC = bubble_timed_queue_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_queue_last_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE drawdown_amount(value double precision, at date)
	IS 'drawdown: amount lost by the last value since the highest value so far; rows in any order';

CREATE AGGREGATE drawdown_amount(value double precision, at timestamptz) (
	SFUNC = bubble_amount_envelope_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_envelope_last_finalfn,
	COMBINEFUNC = bubble_envelope_combinefn,
	SERIALFUNC = bubble_envelope_serialfn,
	DESERIALFUNC = bubble_envelope_deserialfn,
	MSFUNC = bubble_amount_timed_queue_transfn,
	MINVFUNC = bubble_timed_queue_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_queue_last_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE drawdown_amount(value double precision, at timestamptz)
	IS 'drawdown: amount lost by the last value since the highest value so far; rows in any order';

CREATE FUNCTION max_drawdown_amount(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_max_drawdown_amount'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION max_drawdown_amount(series bubble_series)
	IS 'drawdown: largest amount lost from a peak to a later trough';

CREATE AGGREGATE max_drawdown_amount(value double precision) (
	SFUNC = bubble_amount_scan_transfn,
	STYPE = internal,
	SSPACE = 64,
	FINALFUNC = bubble_scan_max_finalfn,
	MSFUNC = bubble_amount_queue_transfn,
	MINVFUNC = bubble_queue_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_queue_max_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE max_drawdown_amount(value double precision)
	IS 'drawdown: largest amount lost from a peak to a later trough; rows in the order given';

CREATE AGGREGATE max_drawdown_amount(value double precision, at date) (
	SFUNC = bubble_amount_envelope_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_envelope_max_finalfn,
	COMBINEFUNC = bubble_envelope_combinefn,
	SERIALFUNC = bubble_envelope_serialfn,
	DESERIALFUNC = bubble_envelope_deserialfn,
	MSFUNC = bubble_amount_timed_queue_transfn,
	MINVFUNC = bubble_timed_queue_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_queue_max_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE max_drawdown_amount(value double precision, at date)
	IS 'drawdown: largest amount lost from a peak to a later trough; rows in any order';

CREATE AGGREGATE max_drawdown_amount(value double precision, at timestamptz) (
	SFUNC = bubble_amount_envelope_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_envelope_max_finalfn,
	COMBINEFUNC = bubble_envelope_combinefn,
	SERIALFUNC = bubble_envelope_serialfn,
	DESERIALFUNC = bubble_envelope_deserialfn,
	MSFUNC = bubble_amount_timed_queue_transfn,
	MINVFUNC = bubble_timed_queue_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_queue_max_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE max_drawdown_amount(value double precision, at timestamptz)
	IS 'drawdown: largest amount lost from a peak to a later trough; rows in any order';

CREATE FUNCTION drawdown_of_returns(returns bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_drawdown_of_returns'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION drawdown_of_returns(returns bubble_series)
	IS 'drawdown: fraction lost since the highest wealth that simple returns make of 1, the start included';

CREATE AGGREGATE drawdown_of_returns(return double precision) (
	SFUNC = bubble_returns_scan_transfn,
	STYPE = internal,
	SSPACE = 64,
	FINALFUNC = bubble_returns_scan_last_finalfn,
	MSFUNC = bubble_returns_frame_transfn,
	MINVFUNC = bubble_returns_frame_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_returns_frame_last_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE drawdown_of_returns(return double precision)
	IS 'drawdown: fraction of wealth lost since it was highest, the start included, by simple returns; rows in the order given';

CREATE AGGREGATE drawdown_of_returns(return double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = drawdown_of_returns,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE drawdown_of_returns(return double precision, at date)
	IS 'drawdown: fraction lost since the highest wealth that simple returns make of 1, the start included';

CREATE AGGREGATE drawdown_of_returns(return double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = drawdown_of_returns,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE drawdown_of_returns(return double precision, at timestamptz)
	IS 'drawdown: fraction lost since the highest wealth that simple returns make of 1, the start included';

CREATE FUNCTION max_drawdown_of_returns(returns bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_max_drawdown_of_returns'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION max_drawdown_of_returns(returns bubble_series)
	IS 'drawdown: largest fraction lost from a peak to a later trough of the wealth that simple returns make of 1, the start included';

CREATE AGGREGATE max_drawdown_of_returns(return double precision) (
	SFUNC = bubble_returns_scan_transfn,
	STYPE = internal,
	SSPACE = 64,
	FINALFUNC = bubble_returns_scan_max_finalfn,
	MSFUNC = bubble_returns_frame_transfn,
	MINVFUNC = bubble_returns_frame_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_returns_frame_max_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE max_drawdown_of_returns(return double precision)
	IS 'drawdown: largest fraction of wealth lost from a peak, the start included, to a later trough, by simple returns; rows in the order given';

CREATE AGGREGATE max_drawdown_of_returns(return double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = max_drawdown_of_returns,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE max_drawdown_of_returns(return double precision, at date)
	IS 'drawdown: largest fraction lost from a peak to a later trough of the wealth that simple returns make of 1, the start included';

CREATE AGGREGATE max_drawdown_of_returns(return double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = max_drawdown_of_returns,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE max_drawdown_of_returns(return double precision, at timestamptz)
	IS 'drawdown: largest fraction lost from a peak to a later trough of the wealth that simple returns make of 1, the start included';

CREATE FUNCTION wealth_series(returns bubble_series) RETURNS bubble_series
	AS 'MODULE_PATHNAME', 'bubble_wealth_series'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION wealth_series(returns bubble_series)
	IS 'drawdown: the wealth that simple returns make of 1; the first row is that 1';

CREATE AGGREGATE wealth_series(return double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = wealth_series,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE wealth_series(return double precision, at date)
	IS 'drawdown: the wealth that simple returns make of 1; the first row is that 1';

CREATE AGGREGATE wealth_series(return double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = wealth_series,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE wealth_series(return double precision, at timestamptz)
	IS 'drawdown: the wealth that simple returns make of 1; the first row is that 1';

CREATE AGGREGATE drawdown_summary(price double precision, at date) (
	SFUNC = bubble_summary_transfn,
	STYPE = drawdown_summary,
	SSPACE = 1024,
	FINALFUNC = bubble_summary_finalfn,
	COMBINEFUNC = bubble_summary_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE drawdown_summary(price double precision, at date)
	IS 'drawdown: a price history reduced to a value that can be stored and rolled up later';

CREATE AGGREGATE drawdown_summary(price double precision, at timestamptz) (
	SFUNC = bubble_summary_transfn,
	STYPE = drawdown_summary,
	SSPACE = 1024,
	FINALFUNC = bubble_summary_finalfn,
	COMBINEFUNC = bubble_summary_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE drawdown_summary(price double precision, at timestamptz)
	IS 'drawdown: a price history reduced to a value that can be stored and rolled up later';

CREATE AGGREGATE rollup(drawdown_summary) (
	SFUNC = bubble_summary_combinefn,
	STYPE = drawdown_summary,
	SSPACE = 1024,
	FINALFUNC = bubble_summary_finalfn,
	COMBINEFUNC = bubble_summary_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(drawdown_summary)
	IS 'drawdown: the summary of all rows of many, whether they overlap in time or not';

CREATE FUNCTION observations(summary drawdown_summary) RETURNS bigint
	AS 'MODULE_PATHNAME', 'bubble_summary_observations'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION observations(summary drawdown_summary)
	IS 'drawdown: number of rows of a price history';

CREATE FUNCTION first_at(summary drawdown_summary) RETURNS timestamptz
	AS 'MODULE_PATHNAME', 'bubble_summary_first_at'
	LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION first_at(summary drawdown_summary)
	IS 'drawdown: time of the first row of a price history';

CREATE FUNCTION last_at(summary drawdown_summary) RETURNS timestamptz
	AS 'MODULE_PATHNAME', 'bubble_summary_last_at'
	LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION last_at(summary drawdown_summary)
	IS 'drawdown: time of the last row of a price history';

CREATE FUNCTION max_drawdown_episode(summary drawdown_summary) RETURNS drawdown_episode
	AS 'MODULE_PATHNAME', 'bubble_summary_max_drawdown_episode'
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION max_drawdown_episode(summary drawdown_summary)
	IS 'drawdown: the deepest drawdown as a row: peak, trough, recovery, depth, observations';

CREATE FUNCTION max_drawdown_episode(series bubble_series) RETURNS drawdown_episode
	AS 'MODULE_PATHNAME', 'bubble_max_drawdown_episode'
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION max_drawdown_episode(series bubble_series)
	IS 'drawdown: the deepest drawdown of a series as a row: peak, trough, recovery, depth, observations';

CREATE AGGREGATE max_drawdown_episode(price double precision, at date) (
	SFUNC = bubble_summary_transfn,
	STYPE = drawdown_summary,
	SSPACE = 1024,
	FINALFUNC = bubble_max_drawdown_episode_date_finalfn,
	COMBINEFUNC = bubble_summary_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE max_drawdown_episode(price double precision, at date)
	IS 'drawdown: the deepest drawdown as a row: peak, trough, recovery, depth, observations';

CREATE AGGREGATE max_drawdown_episode(price double precision, at timestamptz) (
	SFUNC = bubble_summary_transfn,
	STYPE = drawdown_summary,
	SSPACE = 1024,
	FINALFUNC = max_drawdown_episode,
	COMBINEFUNC = bubble_summary_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE max_drawdown_episode(price double precision, at timestamptz)
	IS 'drawdown: the deepest drawdown as a row: peak, trough, recovery, depth, observations';

CREATE FUNCTION drawdown_episodes(series bubble_series) RETURNS drawdown_episode[]
	AS 'MODULE_PATHNAME', 'bubble_drawdown_episodes'
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION drawdown_episodes(series bubble_series)
	IS 'drawdown: every drawdown of a series in order of time, as an array of rows for unnest()';

CREATE FUNCTION drawdown_episodes(series bubble_series, min_depth double precision) RETURNS drawdown_episode[]
	AS 'MODULE_PATHNAME', 'bubble_drawdown_episodes_min_depth'
	LANGUAGE C STABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION drawdown_episodes(series bubble_series, min_depth double precision)
	IS 'drawdown: every drawdown of a series in order of time, as an array of rows for unnest(); only those of at least min_depth, a fraction';

CREATE AGGREGATE drawdown_episodes(price double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_drawdown_episodes_date_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE drawdown_episodes(price double precision, at date)
	IS 'drawdown: every drawdown in order of time, as an array of rows for unnest()';

CREATE AGGREGATE drawdown_episodes(price double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = drawdown_episodes,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE drawdown_episodes(price double precision, at timestamptz)
	IS 'drawdown: every drawdown in order of time, as an array of rows for unnest()';

CREATE AGGREGATE drawdown_episodes(price double precision, at date, min_depth double precision) (
	SFUNC = bubble_drawdown_episodes_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_drawdown_episodes_date_finalfn,
	COMBINEFUNC = bubble_drawdown_episodes_combinefn,
	SERIALFUNC = bubble_drawdown_episodes_serialfn,
	DESERIALFUNC = bubble_drawdown_episodes_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE drawdown_episodes(price double precision, at date, min_depth double precision)
	IS 'drawdown: every drawdown in order of time, as an array of rows for unnest(); only those of at least min_depth, a fraction';

CREATE AGGREGATE drawdown_episodes(price double precision, at timestamptz, min_depth double precision) (
	SFUNC = bubble_drawdown_episodes_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_drawdown_episodes_timestamptz_finalfn,
	COMBINEFUNC = bubble_drawdown_episodes_combinefn,
	SERIALFUNC = bubble_drawdown_episodes_serialfn,
	DESERIALFUNC = bubble_drawdown_episodes_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE drawdown_episodes(price double precision, at timestamptz, min_depth double precision)
	IS 'drawdown: every drawdown in order of time, as an array of rows for unnest(); only those of at least min_depth, a fraction';

CREATE FUNCTION drawdown_path(series bubble_series) RETURNS bubble_series
	AS 'MODULE_PATHNAME', 'bubble_drawdown_path'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION drawdown_path(series bubble_series)
	IS 'drawdown: the drawdown of every row of a series, as a fraction of the highest price so far';

CREATE FUNCTION rolling_max_drawdown(series bubble_series, observations bigint) RETURNS bubble_series
	AS 'MODULE_PATHNAME', 'bubble_rolling_max_drawdown'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION rolling_max_drawdown(series bubble_series, observations bigint)
	IS 'drawdown: for every row of a series the maximum drawdown of the given number of rows up to it, as a fraction';

CREATE FUNCTION price_summary(series bubble_series) RETURNS price_summary
	AS 'MODULE_PATHNAME', 'bubble_price_summary'
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION price_summary(series bubble_series)
	IS 'drawdown: last price, drawdown, deepest episode, measures of the whole curve, growth and volatility, as one row';

CREATE AGGREGATE price_summary(price double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_price_summary_date_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE price_summary(price double precision, at date)
	IS 'drawdown: last price, drawdown, deepest episode, measures of the whole curve, growth and volatility, as one row';

CREATE AGGREGATE price_summary(price double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = price_summary,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE price_summary(price double precision, at timestamptz)
	IS 'drawdown: last price, drawdown, deepest episode, measures of the whole curve, growth and volatility, as one row';

CREATE FUNCTION ulcer_index(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_ulcer_index'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION ulcer_index(series bubble_series)
	IS 'drawdown: root mean square of the drawdowns of all rows, as a fraction';

CREATE AGGREGATE ulcer_index(price double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = ulcer_index,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE ulcer_index(price double precision, at date)
	IS 'drawdown: root mean square of the drawdowns of all rows, as a fraction';

CREATE AGGREGATE ulcer_index(price double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = ulcer_index,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE ulcer_index(price double precision, at timestamptz)
	IS 'drawdown: root mean square of the drawdowns of all rows, as a fraction';

CREATE FUNCTION pain_index(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_pain_index'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION pain_index(series bubble_series)
	IS 'drawdown: mean of the drawdowns of all rows, as a fraction';

CREATE AGGREGATE pain_index(price double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = pain_index,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE pain_index(price double precision, at date)
	IS 'drawdown: mean of the drawdowns of all rows, as a fraction';

CREATE AGGREGATE pain_index(price double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = pain_index,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE pain_index(price double precision, at timestamptz)
	IS 'drawdown: mean of the drawdowns of all rows, as a fraction';

CREATE FUNCTION drawdown_deviation(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_drawdown_deviation'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION drawdown_deviation(series bubble_series)
	IS 'drawdown: root of the sum of squared depths of episodes over the number of rows, as a fraction';

CREATE AGGREGATE drawdown_deviation(price double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = drawdown_deviation,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE drawdown_deviation(price double precision, at date)
	IS 'drawdown: root of the sum of squared depths of episodes over the number of rows, as a fraction';

CREATE AGGREGATE drawdown_deviation(price double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = drawdown_deviation,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE drawdown_deviation(price double precision, at timestamptz)
	IS 'drawdown: root of the sum of squared depths of episodes over the number of rows, as a fraction';

CREATE FUNCTION average_drawdown(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_average_drawdown'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION average_drawdown(series bubble_series)
	IS 'drawdown: mean depth of the drawdown episodes, as a fraction; NULL if there is none';

CREATE AGGREGATE average_drawdown(price double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = average_drawdown,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE average_drawdown(price double precision, at date)
	IS 'drawdown: mean depth of the drawdown episodes, as a fraction; NULL if there is none';

CREATE AGGREGATE average_drawdown(price double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = average_drawdown,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE average_drawdown(price double precision, at timestamptz)
	IS 'drawdown: mean depth of the drawdown episodes, as a fraction; NULL if there is none';

CREATE FUNCTION time_under_water(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_time_under_water'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION time_under_water(series bubble_series)
	IS 'drawdown: share of the rows that are below the highest price so far, 0 to 1';

CREATE AGGREGATE time_under_water(price double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = time_under_water,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE time_under_water(price double precision, at date)
	IS 'drawdown: share of the rows that are below the highest price so far, 0 to 1';

CREATE AGGREGATE time_under_water(price double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = time_under_water,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE time_under_water(price double precision, at timestamptz)
	IS 'drawdown: share of the rows that are below the highest price so far, 0 to 1';

CREATE FUNCTION drawdown_at_risk(series bubble_series, alpha double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_drawdown_at_risk'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION drawdown_at_risk(series bubble_series, alpha double precision)
	IS 'drawdown: the drawdown that a share alpha of the rows reaches or exceeds, as a fraction';

CREATE AGGREGATE drawdown_at_risk(price double precision, at date, alpha double precision) (
	SFUNC = bubble_drawdown_at_risk_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_drawdown_at_risk_finalfn,
	COMBINEFUNC = bubble_drawdown_at_risk_combinefn,
	SERIALFUNC = bubble_drawdown_at_risk_serialfn,
	DESERIALFUNC = bubble_drawdown_at_risk_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE drawdown_at_risk(price double precision, at date, alpha double precision)
	IS 'drawdown: the drawdown that a share alpha of the rows reaches or exceeds, as a fraction';

CREATE AGGREGATE drawdown_at_risk(price double precision, at timestamptz, alpha double precision) (
	SFUNC = bubble_drawdown_at_risk_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_drawdown_at_risk_finalfn,
	COMBINEFUNC = bubble_drawdown_at_risk_combinefn,
	SERIALFUNC = bubble_drawdown_at_risk_serialfn,
	DESERIALFUNC = bubble_drawdown_at_risk_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE drawdown_at_risk(price double precision, at timestamptz, alpha double precision)
	IS 'drawdown: the drawdown that a share alpha of the rows reaches or exceeds, as a fraction';

CREATE FUNCTION conditional_drawdown_at_risk(series bubble_series, alpha double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_conditional_drawdown_at_risk'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION conditional_drawdown_at_risk(series bubble_series, alpha double precision)
	IS 'drawdown: mean drawdown of the worst rows, a share alpha of all, as a fraction';

CREATE AGGREGATE conditional_drawdown_at_risk(price double precision, at date, alpha double precision) (
	SFUNC = bubble_drawdown_at_risk_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_conditional_drawdown_at_risk_finalfn,
	COMBINEFUNC = bubble_drawdown_at_risk_combinefn,
	SERIALFUNC = bubble_drawdown_at_risk_serialfn,
	DESERIALFUNC = bubble_drawdown_at_risk_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE conditional_drawdown_at_risk(price double precision, at date, alpha double precision)
	IS 'drawdown: mean drawdown of the worst rows, a share alpha of all, as a fraction';

CREATE AGGREGATE conditional_drawdown_at_risk(price double precision, at timestamptz, alpha double precision) (
	SFUNC = bubble_drawdown_at_risk_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_conditional_drawdown_at_risk_finalfn,
	COMBINEFUNC = bubble_drawdown_at_risk_combinefn,
	SERIALFUNC = bubble_drawdown_at_risk_serialfn,
	DESERIALFUNC = bubble_drawdown_at_risk_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE conditional_drawdown_at_risk(price double precision, at timestamptz, alpha double precision)
	IS 'drawdown: mean drawdown of the worst rows, a share alpha of all, as a fraction';

CREATE FUNCTION cagr(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_cagr'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION cagr(series bubble_series)
	IS 'drawdown: compound annual growth of the price, as a fraction; NULL if no time has passed';

CREATE AGGREGATE cagr(price double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = cagr,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE cagr(price double precision, at date)
	IS 'drawdown: compound annual growth of the price, as a fraction; NULL if no time has passed';

CREATE AGGREGATE cagr(price double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = cagr,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE cagr(price double precision, at timestamptz)
	IS 'drawdown: compound annual growth of the price, as a fraction; NULL if no time has passed';

CREATE FUNCTION calmar_ratio(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_calmar_ratio'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION calmar_ratio(series bubble_series)
	IS 'drawdown: compound annual growth over the maximum drawdown; NULL if there is none';

CREATE AGGREGATE calmar_ratio(price double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = calmar_ratio,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE calmar_ratio(price double precision, at date)
	IS 'drawdown: compound annual growth over the maximum drawdown; NULL if there is none';

CREATE AGGREGATE calmar_ratio(price double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = calmar_ratio,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE calmar_ratio(price double precision, at timestamptz)
	IS 'drawdown: compound annual growth over the maximum drawdown; NULL if there is none';

CREATE FUNCTION sterling_ratio(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_sterling_ratio'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION sterling_ratio(series bubble_series)
	IS 'drawdown: compound annual growth over the maximum drawdown plus 0.10';

CREATE AGGREGATE sterling_ratio(price double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = sterling_ratio,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE sterling_ratio(price double precision, at date)
	IS 'drawdown: compound annual growth over the maximum drawdown plus 0.10';

CREATE AGGREGATE sterling_ratio(price double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = sterling_ratio,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE sterling_ratio(price double precision, at timestamptz)
	IS 'drawdown: compound annual growth over the maximum drawdown plus 0.10';

CREATE FUNCTION burke_ratio(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_burke_ratio'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION burke_ratio(series bubble_series)
	IS 'drawdown: compound annual growth over the root of the sum of squared depths of episodes; NULL if there is none';

CREATE AGGREGATE burke_ratio(price double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = burke_ratio,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE burke_ratio(price double precision, at date)
	IS 'drawdown: compound annual growth over the root of the sum of squared depths of episodes; NULL if there is none';

CREATE AGGREGATE burke_ratio(price double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = burke_ratio,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE burke_ratio(price double precision, at timestamptz)
	IS 'drawdown: compound annual growth over the root of the sum of squared depths of episodes; NULL if there is none';

CREATE FUNCTION martin_ratio(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_martin_ratio'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION martin_ratio(series bubble_series)
	IS 'drawdown: compound annual growth over the ulcer index; NULL if that is 0';

CREATE AGGREGATE martin_ratio(price double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = martin_ratio,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE martin_ratio(price double precision, at date)
	IS 'drawdown: compound annual growth over the ulcer index; NULL if that is 0';

CREATE AGGREGATE martin_ratio(price double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = martin_ratio,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE martin_ratio(price double precision, at timestamptz)
	IS 'drawdown: compound annual growth over the ulcer index; NULL if that is 0';

CREATE FUNCTION pain_ratio(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_pain_ratio'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION pain_ratio(series bubble_series)
	IS 'drawdown: compound annual growth over the pain index; NULL if that is 0';

CREATE AGGREGATE pain_ratio(price double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = pain_ratio,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE pain_ratio(price double precision, at date)
	IS 'drawdown: compound annual growth over the pain index; NULL if that is 0';

CREATE AGGREGATE pain_ratio(price double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = pain_ratio,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE pain_ratio(price double precision, at timestamptz)
	IS 'drawdown: compound annual growth over the pain index; NULL if that is 0';

-- ---------------------------------------------------------------------------
-- valuation
-- ---------------------------------------------------------------------------

CREATE FUNCTION bubble_valuation_transfn(internal, double precision, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_valuation_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_valuation_transfn(internal, double precision, double precision)
	IS 'transition: sums of companies';

CREATE FUNCTION bubble_valuation_invtransfn(internal, double precision, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_valuation_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_valuation_invtransfn(internal, double precision, double precision)
	IS 'moving transition: the oldest row leaves sums of companies';

CREATE FUNCTION bubble_valuation_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_valuation_combinefn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_valuation_combinefn(internal, internal)
	IS 'combine: two parts of sums of companies';

CREATE FUNCTION bubble_valuation_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_valuation_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_valuation_serialfn(internal)
	IS 'serialize: sums of companies';

CREATE FUNCTION bubble_valuation_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_valuation_deserialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_valuation_deserialfn(bytea, internal)
	IS 'deserialize: sums of companies';

CREATE FUNCTION bubble_valuation_to_revenue_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_valuation_to_revenue_finalfn(internal)
	IS 'final: sum of valuations over sum of revenues';

CREATE FUNCTION bubble_pre_revenue_share_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_pre_revenue_share_finalfn(internal)
	IS 'final: share of the valuation without revenue';

CREATE FUNCTION bubble_latest_transfn(internal, double precision, date, interval, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_latest_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_latest_transfn(internal, double precision, date, interval, date)
	IS 'transition: the latest row';

CREATE FUNCTION bubble_latest_transfn(internal, double precision, timestamptz, interval, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_latest_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_latest_transfn(internal, double precision, timestamptz, interval, timestamptz)
	IS 'transition: the latest row';

CREATE FUNCTION bubble_latest_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_latest_combinefn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_latest_combinefn(internal, internal)
	IS 'combine: two parts of the latest row';

CREATE FUNCTION bubble_latest_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_latest_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_latest_serialfn(internal)
	IS 'serialize: the latest row';

CREATE FUNCTION bubble_latest_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_latest_deserialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_latest_deserialfn(bytea, internal)
	IS 'deserialize: the latest row';

CREATE FUNCTION bubble_latest_reported_transfn(internal, double precision, date, date, interval, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_latest_reported_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_latest_reported_transfn(internal, double precision, date, date, interval, date)
	IS 'transition: the latest row, as reported';

CREATE FUNCTION bubble_latest_reported_transfn(internal, double precision, timestamptz, timestamptz, interval, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_latest_reported_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_latest_reported_transfn(internal, double precision, timestamptz, timestamptz, interval, timestamptz)
	IS 'transition: the latest row, as reported';

CREATE FUNCTION bubble_latest_reported_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_latest_reported_combinefn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_latest_reported_combinefn(internal, internal)
	IS 'combine: two parts of the latest row, as reported';

CREATE FUNCTION bubble_latest_reported_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_latest_reported_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_latest_reported_serialfn(internal)
	IS 'serialize: the latest row, as reported';

CREATE FUNCTION bubble_latest_reported_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_latest_reported_deserialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_latest_reported_deserialfn(bytea, internal)
	IS 'deserialize: the latest row, as reported';

CREATE FUNCTION bubble_latest_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_latest_finalfn(internal)
	IS 'final: the value unless it is too old';

CREATE FUNCTION bubble_locf_transfn(internal, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_locf_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_locf_transfn(internal, double precision)
	IS 'transition: the last value';

CREATE FUNCTION bubble_locf_invtransfn(internal, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_locf_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_locf_invtransfn(internal, double precision)
	IS 'moving transition: the oldest row leaves the last value';

CREATE FUNCTION bubble_locf_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_locf_finalfn(internal)
	IS 'final: the last value that is not null';

CREATE AGGREGATE valuation_to_revenue(valuation double precision, revenue double precision) (
	SFUNC = bubble_valuation_transfn,
	STYPE = internal,
	SSPACE = 1800,
	FINALFUNC = bubble_valuation_to_revenue_finalfn,
	COMBINEFUNC = bubble_valuation_combinefn,
	SERIALFUNC = bubble_valuation_serialfn,
	DESERIALFUNC = bubble_valuation_deserialfn,
	MSFUNC = bubble_valuation_transfn,
	MINVFUNC = bubble_valuation_invtransfn,
	MSTYPE = internal,
	MSSPACE = 1800,
	MFINALFUNC = bubble_valuation_to_revenue_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE valuation_to_revenue(valuation double precision, revenue double precision)
	IS 'valuation: aggregate multiple: sum of valuations over sum of revenues';

CREATE AGGREGATE pre_revenue_share(valuation double precision, revenue double precision) (
	SFUNC = bubble_valuation_transfn,
	STYPE = internal,
	SSPACE = 1800,
	FINALFUNC = bubble_pre_revenue_share_finalfn,
	COMBINEFUNC = bubble_valuation_combinefn,
	SERIALFUNC = bubble_valuation_serialfn,
	DESERIALFUNC = bubble_valuation_deserialfn,
	MSFUNC = bubble_valuation_transfn,
	MINVFUNC = bubble_valuation_invtransfn,
	MSTYPE = internal,
	MSSPACE = 1800,
	MFINALFUNC = bubble_pre_revenue_share_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE pre_revenue_share(valuation double precision, revenue double precision)
	IS 'valuation: share of the total valuation that sits in companies with zero revenue';

CREATE FUNCTION revenue_multiple(valuation double precision, revenue double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_revenue_multiple'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION revenue_multiple(valuation double precision, revenue double precision)
	IS 'valuation: valuation over revenue of one company; null for zero revenue';

CREATE AGGREGATE latest(value double precision, at date, max_age interval, as_of date) (
	SFUNC = bubble_latest_transfn,
	STYPE = internal,
	SSPACE = 128,
	FINALFUNC = bubble_latest_finalfn,
	COMBINEFUNC = bubble_latest_combinefn,
	SERIALFUNC = bubble_latest_serialfn,
	DESERIALFUNC = bubble_latest_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE latest(value double precision, at date, max_age interval, as_of date)
	IS 'valuation: last value known on as_of; null if it is older than max_age, null max_age for no limit';

CREATE AGGREGATE latest(value double precision, at timestamptz, max_age interval, as_of timestamptz) (
	SFUNC = bubble_latest_transfn,
	STYPE = internal,
	SSPACE = 128,
	FINALFUNC = bubble_latest_finalfn,
	COMBINEFUNC = bubble_latest_combinefn,
	SERIALFUNC = bubble_latest_serialfn,
	DESERIALFUNC = bubble_latest_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE latest(value double precision, at timestamptz, max_age interval, as_of timestamptz)
	IS 'valuation: last value known on as_of; null if it is older than max_age, null max_age for no limit';

CREATE AGGREGATE latest(value double precision, at date, reported_at date, max_age interval, as_of date) (
	SFUNC = bubble_latest_reported_transfn,
	STYPE = internal,
	SSPACE = 128,
	FINALFUNC = bubble_latest_finalfn,
	COMBINEFUNC = bubble_latest_reported_combinefn,
	SERIALFUNC = bubble_latest_reported_serialfn,
	DESERIALFUNC = bubble_latest_reported_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE latest(value double precision, at date, reported_at date, max_age interval, as_of date)
	IS 'valuation: last value reported by as_of, the last of several reports of one time; null if it is older than max_age, null max_age for no limit';

CREATE AGGREGATE latest(value double precision, at timestamptz, reported_at timestamptz, max_age interval, as_of timestamptz) (
	SFUNC = bubble_latest_reported_transfn,
	STYPE = internal,
	SSPACE = 128,
	FINALFUNC = bubble_latest_finalfn,
	COMBINEFUNC = bubble_latest_reported_combinefn,
	SERIALFUNC = bubble_latest_reported_serialfn,
	DESERIALFUNC = bubble_latest_reported_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE latest(value double precision, at timestamptz, reported_at timestamptz, max_age interval, as_of timestamptz)
	IS 'valuation: last value reported by as_of, the last of several reports of one time; null if it is older than max_age, null max_age for no limit';

CREATE AGGREGATE locf(value double precision) (
	SFUNC = bubble_locf_transfn,
	STYPE = internal,
	SSPACE = 64,
	FINALFUNC = bubble_locf_finalfn,
	MSFUNC = bubble_locf_transfn,
	MINVFUNC = bubble_locf_invtransfn,
	MSTYPE = internal,
	MSSPACE = 64,
	MFINALFUNC = bubble_locf_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE locf(value double precision)
	IS 'valuation: last observation carried forward: the last value so far that is not null';

CREATE FUNCTION bubble_harmonic_multiple_transfn(internal, double precision, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_harmonic_multiple_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_harmonic_multiple_transfn(internal, double precision, double precision)
	IS 'transition: the yields of companies';

CREATE FUNCTION bubble_harmonic_multiple_invtransfn(internal, double precision, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_harmonic_multiple_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_harmonic_multiple_invtransfn(internal, double precision, double precision)
	IS 'moving transition: the oldest row leaves the yields of companies';

CREATE FUNCTION bubble_harmonic_multiple_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_harmonic_multiple_combinefn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_harmonic_multiple_combinefn(internal, internal)
	IS 'combine: two parts of the yields of companies';

CREATE FUNCTION bubble_harmonic_multiple_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_harmonic_multiple_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_harmonic_multiple_serialfn(internal)
	IS 'serialize: the yields of companies';

CREATE FUNCTION bubble_harmonic_multiple_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_harmonic_multiple_deserialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_harmonic_multiple_deserialfn(bytea, internal)
	IS 'deserialize: the yields of companies';

CREATE FUNCTION bubble_harmonic_multiple_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_harmonic_multiple_finalfn(internal)
	IS 'final: number of companies over the sum of their yields';

CREATE FUNCTION bubble_median_multiple_transfn(internal, double precision, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_median_multiple_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_median_multiple_transfn(internal, double precision, double precision)
	IS 'transition: the multiples of companies';

CREATE FUNCTION bubble_median_multiple_invtransfn(internal, double precision, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_median_multiple_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_median_multiple_invtransfn(internal, double precision, double precision)
	IS 'moving transition: the oldest row leaves the multiples of companies';

CREATE FUNCTION bubble_median_multiple_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_median_multiple_combinefn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_median_multiple_combinefn(internal, internal)
	IS 'combine: two parts of the multiples of companies';

CREATE FUNCTION bubble_median_multiple_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_median_multiple_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_median_multiple_serialfn(internal)
	IS 'serialize: the multiples of companies';

CREATE FUNCTION bubble_median_multiple_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_median_multiple_deserialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_median_multiple_deserialfn(bytea, internal)
	IS 'deserialize: the multiples of companies';

CREATE FUNCTION bubble_median_multiple_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_median_multiple_finalfn(internal)
	IS 'final: the multiple in the middle';

CREATE AGGREGATE harmonic_multiple(valuation double precision, revenue double precision) (
	SFUNC = bubble_harmonic_multiple_transfn,
	STYPE = internal,
	SSPACE = 640,
	FINALFUNC = bubble_harmonic_multiple_finalfn,
	COMBINEFUNC = bubble_harmonic_multiple_combinefn,
	SERIALFUNC = bubble_harmonic_multiple_serialfn,
	DESERIALFUNC = bubble_harmonic_multiple_deserialfn,
	MSFUNC = bubble_harmonic_multiple_transfn,
	MINVFUNC = bubble_harmonic_multiple_invtransfn,
	MSTYPE = internal,
	MSSPACE = 640,
	MFINALFUNC = bubble_harmonic_multiple_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE harmonic_multiple(valuation double precision, revenue double precision)
	IS 'valuation: harmonic mean of the single multiples; companies with zero revenue count as yields of zero';

CREATE AGGREGATE median_multiple(valuation double precision, revenue double precision) (
	SFUNC = bubble_median_multiple_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_median_multiple_finalfn,
	COMBINEFUNC = bubble_median_multiple_combinefn,
	SERIALFUNC = bubble_median_multiple_serialfn,
	DESERIALFUNC = bubble_median_multiple_deserialfn,
	MSFUNC = bubble_median_multiple_transfn,
	MINVFUNC = bubble_median_multiple_invtransfn,
	MSTYPE = internal,
	MSSPACE = 1024,
	MFINALFUNC = bubble_median_multiple_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE median_multiple(valuation double precision, revenue double precision)
	IS 'valuation: median of the single multiples; those with zero revenue count as the largest, null if it falls on one';

CREATE FUNCTION implied_growth(valuation double precision, revenue double precision, exit_multiple double precision, years double precision, required_return double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_implied_growth'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION implied_growth(valuation double precision, revenue double precision, exit_multiple double precision, years double precision, required_return double precision)
	IS 'valuation: yearly growth of revenue that justifies the valuation, if it is sold at exit_multiple after years; null for zero revenue';

CREATE FUNCTION justified_multiple(growth double precision, exit_multiple double precision, years double precision, required_return double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_justified_multiple'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION justified_multiple(growth double precision, exit_multiple double precision, years double precision, required_return double precision)
	IS 'valuation: multiple of revenue today that a yearly growth justifies: the inverse of implied_growth';

-- Going back a span from a timestamptz depends on the session's time zone:
-- STABLE.  Without as_of the state is that of a velocity of funding.

CREATE FUNCTION bubble_trailing_latest_transfn(internal, double precision, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_latest_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_latest_transfn(internal, double precision, date)
	IS 'transition: amounts booked';

CREATE FUNCTION bubble_trailing_latest_transfn(internal, double precision, date, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_latest_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_latest_transfn(internal, double precision, date, interval)
	IS 'transition: amounts booked';

CREATE FUNCTION bubble_trailing_latest_transfn(internal, double precision, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_latest_transfn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_latest_transfn(internal, double precision, timestamptz)
	IS 'transition: amounts booked';

CREATE FUNCTION bubble_trailing_latest_transfn(internal, double precision, timestamptz, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_latest_transfn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_latest_transfn(internal, double precision, timestamptz, interval)
	IS 'transition: amounts booked';

CREATE FUNCTION bubble_trailing_latest_invtransfn(internal, double precision, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_latest_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_latest_invtransfn(internal, double precision, date)
	IS 'moving transition: the oldest row leaves amounts booked';

CREATE FUNCTION bubble_trailing_latest_invtransfn(internal, double precision, date, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_latest_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_latest_invtransfn(internal, double precision, date, interval)
	IS 'moving transition: the oldest row leaves amounts booked';

CREATE FUNCTION bubble_trailing_latest_invtransfn(internal, double precision, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_latest_invtransfn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_latest_invtransfn(internal, double precision, timestamptz)
	IS 'moving transition: the oldest row leaves amounts booked';

CREATE FUNCTION bubble_trailing_latest_invtransfn(internal, double precision, timestamptz, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_latest_invtransfn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_latest_invtransfn(internal, double precision, timestamptz, interval)
	IS 'moving transition: the oldest row leaves amounts booked';

CREATE FUNCTION bubble_trailing_latest_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_latest_combinefn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_latest_combinefn(internal, internal)
	IS 'combine: two parts of amounts booked';

CREATE FUNCTION bubble_trailing_latest_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_trailing_latest_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_latest_serialfn(internal)
	IS 'serialize: amounts booked';

CREATE FUNCTION bubble_trailing_latest_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_latest_deserialfn'
	LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_latest_deserialfn(bytea, internal)
	IS 'deserialize: amounts booked';

CREATE FUNCTION bubble_trailing_latest_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_latest_finalfn(internal)
	IS 'final: revenue booked in the span up to the latest period';

CREATE FUNCTION bubble_trailing_revenue_transfn(internal, double precision, date, interval, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_revenue_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_revenue_transfn(internal, double precision, date, interval, date)
	IS 'transition: revenue of periods';

CREATE FUNCTION bubble_trailing_revenue_transfn(internal, double precision, timestamptz, interval, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_revenue_transfn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_revenue_transfn(internal, double precision, timestamptz, interval, timestamptz)
	IS 'transition: revenue of periods';

CREATE FUNCTION bubble_trailing_revenue_invtransfn(internal, double precision, date, interval, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_revenue_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_revenue_invtransfn(internal, double precision, date, interval, date)
	IS 'moving transition: the oldest row leaves revenue of periods';

CREATE FUNCTION bubble_trailing_revenue_invtransfn(internal, double precision, timestamptz, interval, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_revenue_invtransfn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_revenue_invtransfn(internal, double precision, timestamptz, interval, timestamptz)
	IS 'moving transition: the oldest row leaves revenue of periods';

CREATE FUNCTION bubble_trailing_revenue_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_revenue_combinefn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_revenue_combinefn(internal, internal)
	IS 'combine: two parts of revenue of periods';

CREATE FUNCTION bubble_trailing_revenue_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_trailing_revenue_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_revenue_serialfn(internal)
	IS 'serialize: revenue of periods';

CREATE FUNCTION bubble_trailing_revenue_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_revenue_deserialfn'
	LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_revenue_deserialfn(bytea, internal)
	IS 'deserialize: revenue of periods';

CREATE FUNCTION bubble_trailing_reported_transfn(internal, double precision, date, date, interval, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_reported_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_reported_transfn(internal, double precision, date, date, interval, date)
	IS 'transition: reports of revenue';

CREATE FUNCTION bubble_trailing_reported_transfn(internal, double precision, timestamptz, timestamptz, interval, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_reported_transfn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_reported_transfn(internal, double precision, timestamptz, timestamptz, interval, timestamptz)
	IS 'transition: reports of revenue';

CREATE FUNCTION bubble_trailing_reported_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_reported_combinefn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_reported_combinefn(internal, internal)
	IS 'combine: two parts of reports of revenue';

CREATE FUNCTION bubble_trailing_reported_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_trailing_reported_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_reported_serialfn(internal)
	IS 'serialize: reports of revenue';

CREATE FUNCTION bubble_trailing_reported_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_reported_deserialfn'
	LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_reported_deserialfn(bytea, internal)
	IS 'deserialize: reports of revenue';

CREATE FUNCTION bubble_trailing_revenue_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_revenue_finalfn(internal)
	IS 'final: revenue booked in the span; null if no period is in it';

CREATE AGGREGATE trailing_revenue(amount double precision, period_end date) (
	SFUNC = bubble_trailing_latest_transfn,
	STYPE = internal,
	SSPACE = 2048,
	FINALFUNC = bubble_trailing_latest_finalfn,
	COMBINEFUNC = bubble_trailing_latest_combinefn,
	SERIALFUNC = bubble_trailing_latest_serialfn,
	DESERIALFUNC = bubble_trailing_latest_deserialfn,
	MSFUNC = bubble_trailing_latest_transfn,
	MINVFUNC = bubble_trailing_latest_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_trailing_latest_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE trailing_revenue(amount double precision, period_end date)
	IS 'valuation: revenue booked in the year up to the latest period; null without a row';

CREATE AGGREGATE trailing_revenue(amount double precision, period_end timestamptz) (
	SFUNC = bubble_trailing_latest_transfn,
	STYPE = internal,
	SSPACE = 2048,
	FINALFUNC = bubble_trailing_latest_finalfn,
	COMBINEFUNC = bubble_trailing_latest_combinefn,
	SERIALFUNC = bubble_trailing_latest_serialfn,
	DESERIALFUNC = bubble_trailing_latest_deserialfn,
	MSFUNC = bubble_trailing_latest_transfn,
	MINVFUNC = bubble_trailing_latest_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_trailing_latest_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE trailing_revenue(amount double precision, period_end timestamptz)
	IS 'valuation: revenue booked in the year up to the latest period; null without a row';

CREATE AGGREGATE trailing_revenue(amount double precision, period_end date, span interval) (
	SFUNC = bubble_trailing_latest_transfn,
	STYPE = internal,
	SSPACE = 2048,
	FINALFUNC = bubble_trailing_latest_finalfn,
	COMBINEFUNC = bubble_trailing_latest_combinefn,
	SERIALFUNC = bubble_trailing_latest_serialfn,
	DESERIALFUNC = bubble_trailing_latest_deserialfn,
	MSFUNC = bubble_trailing_latest_transfn,
	MINVFUNC = bubble_trailing_latest_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_trailing_latest_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE trailing_revenue(amount double precision, period_end date, span interval)
	IS 'valuation: revenue booked in the span up to the latest period; null without a row';

CREATE AGGREGATE trailing_revenue(amount double precision, period_end timestamptz, span interval) (
	SFUNC = bubble_trailing_latest_transfn,
	STYPE = internal,
	SSPACE = 2048,
	FINALFUNC = bubble_trailing_latest_finalfn,
	COMBINEFUNC = bubble_trailing_latest_combinefn,
	SERIALFUNC = bubble_trailing_latest_serialfn,
	DESERIALFUNC = bubble_trailing_latest_deserialfn,
	MSFUNC = bubble_trailing_latest_transfn,
	MINVFUNC = bubble_trailing_latest_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_trailing_latest_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE trailing_revenue(amount double precision, period_end timestamptz, span interval)
	IS 'valuation: revenue booked in the span up to the latest period; null without a row';

CREATE AGGREGATE trailing_revenue(amount double precision, period_end date, span interval, as_of date) (
	SFUNC = bubble_trailing_revenue_transfn,
	STYPE = internal,
	SSPACE = 768,
	FINALFUNC = bubble_trailing_revenue_finalfn,
	COMBINEFUNC = bubble_trailing_revenue_combinefn,
	SERIALFUNC = bubble_trailing_revenue_serialfn,
	DESERIALFUNC = bubble_trailing_revenue_deserialfn,
	MSFUNC = bubble_trailing_revenue_transfn,
	MINVFUNC = bubble_trailing_revenue_invtransfn,
	MSTYPE = internal,
	MSSPACE = 768,
	MFINALFUNC = bubble_trailing_revenue_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE trailing_revenue(amount double precision, period_end date, span interval, as_of date)
	IS 'valuation: revenue booked in (as_of - span, as_of]; null if there is no report, which is not zero';

CREATE AGGREGATE trailing_revenue(amount double precision, period_end timestamptz, span interval, as_of timestamptz) (
	SFUNC = bubble_trailing_revenue_transfn,
	STYPE = internal,
	SSPACE = 768,
	FINALFUNC = bubble_trailing_revenue_finalfn,
	COMBINEFUNC = bubble_trailing_revenue_combinefn,
	SERIALFUNC = bubble_trailing_revenue_serialfn,
	DESERIALFUNC = bubble_trailing_revenue_deserialfn,
	MSFUNC = bubble_trailing_revenue_transfn,
	MINVFUNC = bubble_trailing_revenue_invtransfn,
	MSTYPE = internal,
	MSSPACE = 768,
	MFINALFUNC = bubble_trailing_revenue_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE trailing_revenue(amount double precision, period_end timestamptz, span interval, as_of timestamptz)
	IS 'valuation: revenue booked in (as_of - span, as_of]; null if there is no report, which is not zero';

CREATE AGGREGATE trailing_revenue(amount double precision, period_end date, reported_at date, span interval, as_of date) (
	SFUNC = bubble_trailing_reported_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_trailing_revenue_finalfn,
	COMBINEFUNC = bubble_trailing_reported_combinefn,
	SERIALFUNC = bubble_trailing_reported_serialfn,
	DESERIALFUNC = bubble_trailing_reported_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE trailing_revenue(amount double precision, period_end date, reported_at date, span interval, as_of date)
	IS 'valuation: the same as known on as_of: without later reports, and with the last report of each period';

CREATE AGGREGATE trailing_revenue(amount double precision, period_end timestamptz, reported_at timestamptz, span interval, as_of timestamptz) (
	SFUNC = bubble_trailing_reported_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_trailing_revenue_finalfn,
	COMBINEFUNC = bubble_trailing_reported_combinefn,
	SERIALFUNC = bubble_trailing_reported_serialfn,
	DESERIALFUNC = bubble_trailing_reported_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE trailing_revenue(amount double precision, period_end timestamptz, reported_at timestamptz, span interval, as_of timestamptz)
	IS 'valuation: the same as known on as_of: without later reports, and with the last report of each period';

CREATE FUNCTION bubble_trailing_periods_transfn(internal, double precision, date, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_periods_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_periods_transfn(internal, double precision, date, bigint)
	IS 'transition: amounts booked';

CREATE FUNCTION bubble_trailing_periods_transfn(internal, double precision, date, bigint, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_periods_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_periods_transfn(internal, double precision, date, bigint, date)
	IS 'transition: amounts booked';

CREATE FUNCTION bubble_trailing_periods_transfn(internal, double precision, timestamptz, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_periods_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_periods_transfn(internal, double precision, timestamptz, bigint)
	IS 'transition: amounts booked';

CREATE FUNCTION bubble_trailing_periods_transfn(internal, double precision, timestamptz, bigint, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_periods_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_periods_transfn(internal, double precision, timestamptz, bigint, timestamptz)
	IS 'transition: amounts booked';

CREATE FUNCTION bubble_trailing_periods_invtransfn(internal, double precision, date, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_periods_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_periods_invtransfn(internal, double precision, date, bigint)
	IS 'moving transition: the oldest row leaves amounts booked';

CREATE FUNCTION bubble_trailing_periods_invtransfn(internal, double precision, date, bigint, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_periods_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_periods_invtransfn(internal, double precision, date, bigint, date)
	IS 'moving transition: the oldest row leaves amounts booked';

CREATE FUNCTION bubble_trailing_periods_invtransfn(internal, double precision, timestamptz, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_periods_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_periods_invtransfn(internal, double precision, timestamptz, bigint)
	IS 'moving transition: the oldest row leaves amounts booked';

CREATE FUNCTION bubble_trailing_periods_invtransfn(internal, double precision, timestamptz, bigint, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_periods_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_periods_invtransfn(internal, double precision, timestamptz, bigint, timestamptz)
	IS 'moving transition: the oldest row leaves amounts booked';

CREATE FUNCTION bubble_trailing_periods_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_periods_combinefn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_periods_combinefn(internal, internal)
	IS 'combine: two parts of amounts booked';

CREATE FUNCTION bubble_trailing_periods_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_trailing_periods_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_periods_serialfn(internal)
	IS 'serialize: amounts booked';

CREATE FUNCTION bubble_trailing_periods_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_periods_deserialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_periods_deserialfn(bytea, internal)
	IS 'deserialize: amounts booked';

CREATE FUNCTION bubble_trailing_periods_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_periods_finalfn(internal)
	IS 'final: revenue of the last periods';

CREATE AGGREGATE trailing_periods(amount double precision, period_end date, periods bigint) (
	SFUNC = bubble_trailing_periods_transfn,
	STYPE = internal,
	SSPACE = 2048,
	FINALFUNC = bubble_trailing_periods_finalfn,
	COMBINEFUNC = bubble_trailing_periods_combinefn,
	SERIALFUNC = bubble_trailing_periods_serialfn,
	DESERIALFUNC = bubble_trailing_periods_deserialfn,
	MSFUNC = bubble_trailing_periods_transfn,
	MINVFUNC = bubble_trailing_periods_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_trailing_periods_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE trailing_periods(amount double precision, period_end date, periods bigint)
	IS 'valuation: revenue of the last periods, as many as given; null if there are fewer, or one is missing: a gap of more than one and a half usual ones';

CREATE AGGREGATE trailing_periods(amount double precision, period_end timestamptz, periods bigint) (
	SFUNC = bubble_trailing_periods_transfn,
	STYPE = internal,
	SSPACE = 2048,
	FINALFUNC = bubble_trailing_periods_finalfn,
	COMBINEFUNC = bubble_trailing_periods_combinefn,
	SERIALFUNC = bubble_trailing_periods_serialfn,
	DESERIALFUNC = bubble_trailing_periods_deserialfn,
	MSFUNC = bubble_trailing_periods_transfn,
	MINVFUNC = bubble_trailing_periods_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_trailing_periods_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE trailing_periods(amount double precision, period_end timestamptz, periods bigint)
	IS 'valuation: revenue of the last periods, as many as given; null if there are fewer, or one is missing: a gap of more than one and a half usual ones';

CREATE AGGREGATE trailing_periods(amount double precision, period_end date, periods bigint, as_of date) (
	SFUNC = bubble_trailing_periods_transfn,
	STYPE = internal,
	SSPACE = 2048,
	FINALFUNC = bubble_trailing_periods_finalfn,
	COMBINEFUNC = bubble_trailing_periods_combinefn,
	SERIALFUNC = bubble_trailing_periods_serialfn,
	DESERIALFUNC = bubble_trailing_periods_deserialfn,
	MSFUNC = bubble_trailing_periods_transfn,
	MINVFUNC = bubble_trailing_periods_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_trailing_periods_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE trailing_periods(amount double precision, period_end date, periods bigint, as_of date)
	IS 'valuation: revenue of the last periods, as many as given, that end no later than as_of; null if there are fewer, or one is missing: a gap of more than one and a half usual ones';

CREATE AGGREGATE trailing_periods(amount double precision, period_end timestamptz, periods bigint, as_of timestamptz) (
	SFUNC = bubble_trailing_periods_transfn,
	STYPE = internal,
	SSPACE = 2048,
	FINALFUNC = bubble_trailing_periods_finalfn,
	COMBINEFUNC = bubble_trailing_periods_combinefn,
	SERIALFUNC = bubble_trailing_periods_serialfn,
	DESERIALFUNC = bubble_trailing_periods_deserialfn,
	MSFUNC = bubble_trailing_periods_transfn,
	MINVFUNC = bubble_trailing_periods_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_trailing_periods_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE trailing_periods(amount double precision, period_end timestamptz, periods bigint, as_of timestamptz)
	IS 'valuation: revenue of the last periods, as many as given, that end no later than as_of; null if there are fewer, or one is missing: a gap of more than one and a half usual ones';

-- ---------------------------------------------------------------------------
-- funding
--
-- Going back a span from a timestamptz depends on the session's time zone:
-- STABLE.
-- ---------------------------------------------------------------------------

CREATE FUNCTION bubble_funding_transfn(internal, double precision, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_transfn(internal, double precision, date)
	IS 'transition: the amounts raised';

CREATE FUNCTION bubble_funding_transfn(internal, double precision, date, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_transfn(internal, double precision, date, interval)
	IS 'transition: the amounts raised';

CREATE FUNCTION bubble_funding_transfn(internal, double precision, date, interval, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_transfn(internal, double precision, date, interval, date)
	IS 'transition: the amounts raised';

CREATE FUNCTION bubble_funding_transfn(internal, double precision, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_transfn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_transfn(internal, double precision, timestamptz)
	IS 'transition: the amounts raised';

CREATE FUNCTION bubble_funding_transfn(internal, double precision, timestamptz, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_transfn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_transfn(internal, double precision, timestamptz, interval)
	IS 'transition: the amounts raised';

CREATE FUNCTION bubble_funding_transfn(internal, double precision, timestamptz, interval, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_transfn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_transfn(internal, double precision, timestamptz, interval, timestamptz)
	IS 'transition: the amounts raised';

CREATE FUNCTION bubble_funding_invtransfn(internal, double precision, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_invtransfn(internal, double precision, date)
	IS 'moving transition: the oldest row leaves the amounts raised';

CREATE FUNCTION bubble_funding_invtransfn(internal, double precision, date, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_invtransfn(internal, double precision, date, interval)
	IS 'moving transition: the oldest row leaves the amounts raised';

CREATE FUNCTION bubble_funding_invtransfn(internal, double precision, date, interval, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_invtransfn(internal, double precision, date, interval, date)
	IS 'moving transition: the oldest row leaves the amounts raised';

CREATE FUNCTION bubble_funding_invtransfn(internal, double precision, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_invtransfn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_invtransfn(internal, double precision, timestamptz)
	IS 'moving transition: the oldest row leaves the amounts raised';

CREATE FUNCTION bubble_funding_invtransfn(internal, double precision, timestamptz, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_invtransfn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_invtransfn(internal, double precision, timestamptz, interval)
	IS 'moving transition: the oldest row leaves the amounts raised';

CREATE FUNCTION bubble_funding_invtransfn(internal, double precision, timestamptz, interval, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_invtransfn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_invtransfn(internal, double precision, timestamptz, interval, timestamptz)
	IS 'moving transition: the oldest row leaves the amounts raised';

CREATE FUNCTION bubble_funding_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_combinefn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_combinefn(internal, internal)
	IS 'combine: two parts of the amounts raised';

CREATE FUNCTION bubble_funding_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_funding_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_serialfn(internal)
	IS 'serialize: the amounts raised';

CREATE FUNCTION bubble_funding_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_deserialfn'
	LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_deserialfn(bytea, internal)
	IS 'deserialize: the amounts raised';

CREATE FUNCTION bubble_funding_velocity_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_velocity_finalfn(internal)
	IS 'final: capital raised in the span, per year';

CREATE FUNCTION bubble_funding_acceleration_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_acceleration_finalfn(internal)
	IS 'final: velocity over velocity one span earlier, - 1';

CREATE AGGREGATE funding_velocity(amount double precision, at date) (
	SFUNC = bubble_funding_transfn,
	STYPE = internal,
	SSPACE = 2048,
	FINALFUNC = bubble_funding_velocity_finalfn,
	COMBINEFUNC = bubble_funding_combinefn,
	SERIALFUNC = bubble_funding_serialfn,
	DESERIALFUNC = bubble_funding_deserialfn,
	MSFUNC = bubble_funding_transfn,
	MINVFUNC = bubble_funding_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_funding_velocity_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE funding_velocity(amount double precision, at date)
	IS 'funding: capital raised in the year up to the latest row';

CREATE AGGREGATE funding_velocity(amount double precision, at timestamptz) (
	SFUNC = bubble_funding_transfn,
	STYPE = internal,
	SSPACE = 2048,
	FINALFUNC = bubble_funding_velocity_finalfn,
	COMBINEFUNC = bubble_funding_combinefn,
	SERIALFUNC = bubble_funding_serialfn,
	DESERIALFUNC = bubble_funding_deserialfn,
	MSFUNC = bubble_funding_transfn,
	MINVFUNC = bubble_funding_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_funding_velocity_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE funding_velocity(amount double precision, at timestamptz)
	IS 'funding: capital raised in the year up to the latest row';

CREATE AGGREGATE funding_velocity(amount double precision, at date, span interval) (
	SFUNC = bubble_funding_transfn,
	STYPE = internal,
	SSPACE = 2048,
	FINALFUNC = bubble_funding_velocity_finalfn,
	COMBINEFUNC = bubble_funding_combinefn,
	SERIALFUNC = bubble_funding_serialfn,
	DESERIALFUNC = bubble_funding_deserialfn,
	MSFUNC = bubble_funding_transfn,
	MINVFUNC = bubble_funding_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_funding_velocity_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE funding_velocity(amount double precision, at date, span interval)
	IS 'funding: capital raised in the span up to the latest row, per year';

CREATE AGGREGATE funding_velocity(amount double precision, at timestamptz, span interval) (
	SFUNC = bubble_funding_transfn,
	STYPE = internal,
	SSPACE = 2048,
	FINALFUNC = bubble_funding_velocity_finalfn,
	COMBINEFUNC = bubble_funding_combinefn,
	SERIALFUNC = bubble_funding_serialfn,
	DESERIALFUNC = bubble_funding_deserialfn,
	MSFUNC = bubble_funding_transfn,
	MINVFUNC = bubble_funding_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_funding_velocity_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE funding_velocity(amount double precision, at timestamptz, span interval)
	IS 'funding: capital raised in the span up to the latest row, per year';

CREATE AGGREGATE funding_velocity(amount double precision, at date, span interval, as_of date) (
	SFUNC = bubble_funding_transfn,
	STYPE = internal,
	SSPACE = 2048,
	FINALFUNC = bubble_funding_velocity_finalfn,
	COMBINEFUNC = bubble_funding_combinefn,
	SERIALFUNC = bubble_funding_serialfn,
	DESERIALFUNC = bubble_funding_deserialfn,
	MSFUNC = bubble_funding_transfn,
	MINVFUNC = bubble_funding_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_funding_velocity_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE funding_velocity(amount double precision, at date, span interval, as_of date)
	IS 'funding: capital raised in (as_of - span, as_of], per year';

CREATE AGGREGATE funding_velocity(amount double precision, at timestamptz, span interval, as_of timestamptz) (
	SFUNC = bubble_funding_transfn,
	STYPE = internal,
	SSPACE = 2048,
	FINALFUNC = bubble_funding_velocity_finalfn,
	COMBINEFUNC = bubble_funding_combinefn,
	SERIALFUNC = bubble_funding_serialfn,
	DESERIALFUNC = bubble_funding_deserialfn,
	MSFUNC = bubble_funding_transfn,
	MINVFUNC = bubble_funding_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_funding_velocity_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE funding_velocity(amount double precision, at timestamptz, span interval, as_of timestamptz)
	IS 'funding: capital raised in (as_of - span, as_of], per year';

CREATE AGGREGATE funding_acceleration(amount double precision, at date) (
	SFUNC = bubble_funding_transfn,
	STYPE = internal,
	SSPACE = 2048,
	FINALFUNC = bubble_funding_acceleration_finalfn,
	COMBINEFUNC = bubble_funding_combinefn,
	SERIALFUNC = bubble_funding_serialfn,
	DESERIALFUNC = bubble_funding_deserialfn,
	MSFUNC = bubble_funding_transfn,
	MINVFUNC = bubble_funding_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_funding_acceleration_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE funding_acceleration(amount double precision, at date)
	IS 'funding: funding velocity of the last year over that of the year before, - 1; null if that was zero';

CREATE AGGREGATE funding_acceleration(amount double precision, at timestamptz) (
	SFUNC = bubble_funding_transfn,
	STYPE = internal,
	SSPACE = 2048,
	FINALFUNC = bubble_funding_acceleration_finalfn,
	COMBINEFUNC = bubble_funding_combinefn,
	SERIALFUNC = bubble_funding_serialfn,
	DESERIALFUNC = bubble_funding_deserialfn,
	MSFUNC = bubble_funding_transfn,
	MINVFUNC = bubble_funding_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_funding_acceleration_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE funding_acceleration(amount double precision, at timestamptz)
	IS 'funding: funding velocity of the last year over that of the year before, - 1; null if that was zero';

CREATE AGGREGATE funding_acceleration(amount double precision, at date, span interval) (
	SFUNC = bubble_funding_transfn,
	STYPE = internal,
	SSPACE = 2048,
	FINALFUNC = bubble_funding_acceleration_finalfn,
	COMBINEFUNC = bubble_funding_combinefn,
	SERIALFUNC = bubble_funding_serialfn,
	DESERIALFUNC = bubble_funding_deserialfn,
	MSFUNC = bubble_funding_transfn,
	MINVFUNC = bubble_funding_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_funding_acceleration_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE funding_acceleration(amount double precision, at date, span interval)
	IS 'funding: funding velocity over that of one span earlier, - 1; null if that was zero';

CREATE AGGREGATE funding_acceleration(amount double precision, at date, span interval, as_of date) (
	SFUNC = bubble_funding_transfn,
	STYPE = internal,
	SSPACE = 2048,
	FINALFUNC = bubble_funding_acceleration_finalfn,
	COMBINEFUNC = bubble_funding_combinefn,
	SERIALFUNC = bubble_funding_serialfn,
	DESERIALFUNC = bubble_funding_deserialfn,
	MSFUNC = bubble_funding_transfn,
	MINVFUNC = bubble_funding_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_funding_acceleration_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE funding_acceleration(amount double precision, at date, span interval, as_of date)
	IS 'funding: funding velocity over that of one span earlier, - 1; null if that was zero';

CREATE AGGREGATE funding_acceleration(amount double precision, at timestamptz, span interval) (
	SFUNC = bubble_funding_transfn,
	STYPE = internal,
	SSPACE = 2048,
	FINALFUNC = bubble_funding_acceleration_finalfn,
	COMBINEFUNC = bubble_funding_combinefn,
	SERIALFUNC = bubble_funding_serialfn,
	DESERIALFUNC = bubble_funding_deserialfn,
	MSFUNC = bubble_funding_transfn,
	MINVFUNC = bubble_funding_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_funding_acceleration_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE funding_acceleration(amount double precision, at timestamptz, span interval)
	IS 'funding: funding velocity over that of one span earlier, - 1; null if that was zero';

CREATE AGGREGATE funding_acceleration(amount double precision, at timestamptz, span interval, as_of timestamptz) (
	SFUNC = bubble_funding_transfn,
	STYPE = internal,
	SSPACE = 2048,
	FINALFUNC = bubble_funding_acceleration_finalfn,
	COMBINEFUNC = bubble_funding_combinefn,
	SERIALFUNC = bubble_funding_serialfn,
	DESERIALFUNC = bubble_funding_deserialfn,
	MSFUNC = bubble_funding_transfn,
	MINVFUNC = bubble_funding_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_funding_acceleration_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE funding_acceleration(amount double precision, at timestamptz, span interval, as_of timestamptz)
	IS 'funding: funding velocity over that of one span earlier, - 1; null if that was zero';

-- The chain ladder.  Which months are over on a timestamptz depends on the
-- session's time zone: STABLE.

CREATE TYPE chain_ladder AS (
	factors double precision[],
	sigma_squared double precision[],
	latest double precision[],
	ultimate double precision[],
	outstanding double precision[],
	standard_error double precision[],
	total_outstanding double precision,
	total_standard_error double precision
);
COMMENT ON TYPE chain_ladder
	IS 'funding: a completed triangle: factors by age; latest, ultimate and outstanding amounts by row; their standard errors';

CREATE TYPE completed_period AS (
	period date,
	reported double precision,
	completed double precision,
	standard_error double precision
);
COMMENT ON TYPE completed_period
	IS 'funding: a month: what was reported of it, and its estimated total';

CREATE FUNCTION chain_ladder(triangle double precision[]) RETURNS chain_ladder
	AS 'MODULE_PATHNAME', 'bubble_chain_ladder'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION chain_ladder(triangle double precision[])
	IS 'funding: completes a triangle of cumulative amounts (rows: periods, columns: ages, NULL: not known yet), with standard errors after Mack 1993';

CREATE FUNCTION bubble_completion_transfn(internal, double precision, date, date, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_completion_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_completion_transfn(internal, double precision, date, date, date)
	IS 'transition: the amounts of a triangle';

CREATE FUNCTION bubble_completion_transfn(internal, double precision, timestamptz, timestamptz, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_completion_transfn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_completion_transfn(internal, double precision, timestamptz, timestamptz, timestamptz)
	IS 'transition: the amounts of a triangle';

CREATE FUNCTION bubble_completion_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_completion_combinefn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_completion_combinefn(internal, internal)
	IS 'combine: two parts of the amounts of a triangle';

CREATE FUNCTION bubble_completion_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_completion_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_completion_serialfn(internal)
	IS 'serialize: the amounts of a triangle';

CREATE FUNCTION bubble_completion_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_completion_deserialfn'
	LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_completion_deserialfn(bytea, internal)
	IS 'deserialize: the amounts of a triangle';

CREATE FUNCTION bubble_completed_funding_finalfn(internal) RETURNS completed_period[]
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_completed_funding_finalfn(internal)
	IS 'final: the months, completed';

CREATE AGGREGATE completed_funding(amount double precision, at date, reported_at date, as_of date) (
	SFUNC = bubble_completion_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_completed_funding_finalfn,
	COMBINEFUNC = bubble_completion_combinefn,
	SERIALFUNC = bubble_completion_serialfn,
	DESERIALFUNC = bubble_completion_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE completed_funding(amount double precision, at date, reported_at date, as_of date)
	IS 'funding: funding by month: what was reported up to as_of, and corrected for reports still to come (chain ladder), as an array of rows for unnest()';

CREATE AGGREGATE completed_funding(amount double precision, at timestamptz, reported_at timestamptz, as_of timestamptz) (
	SFUNC = bubble_completion_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_completed_funding_finalfn,
	COMBINEFUNC = bubble_completion_combinefn,
	SERIALFUNC = bubble_completion_serialfn,
	DESERIALFUNC = bubble_completion_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE completed_funding(amount double precision, at timestamptz, reported_at timestamptz, as_of timestamptz)
	IS 'funding: funding by month: what was reported up to as_of, and corrected for reports still to come (chain ladder), as an array of rows for unnest()';

-- Intensity.

CREATE FUNCTION bubble_intensity_transfn(internal, double precision, date, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_intensity_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_intensity_transfn(internal, double precision, date, interval)
	IS 'transition: the weighted amounts raised';

CREATE FUNCTION bubble_intensity_transfn(internal, double precision, date, interval, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_intensity_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_intensity_transfn(internal, double precision, date, interval, date)
	IS 'transition: the weighted amounts raised';

CREATE FUNCTION bubble_intensity_transfn(internal, double precision, timestamptz, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_intensity_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_intensity_transfn(internal, double precision, timestamptz, interval)
	IS 'transition: the weighted amounts raised';

CREATE FUNCTION bubble_intensity_transfn(internal, double precision, timestamptz, interval, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_intensity_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_intensity_transfn(internal, double precision, timestamptz, interval, timestamptz)
	IS 'transition: the weighted amounts raised';

CREATE FUNCTION bubble_intensity_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_intensity_combinefn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_intensity_combinefn(internal, internal)
	IS 'combine: two parts of the weighted amounts raised';

CREATE FUNCTION bubble_intensity_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_intensity_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_intensity_serialfn(internal)
	IS 'serialize: the weighted amounts raised';

CREATE FUNCTION bubble_intensity_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_intensity_deserialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_intensity_deserialfn(bytea, internal)
	IS 'deserialize: the weighted amounts raised';

CREATE FUNCTION bubble_moving_intensity_transfn(internal, double precision, date, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_moving_intensity_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_moving_intensity_transfn(internal, double precision, date, interval)
	IS 'transition: the weighted amounts raised in a frame';

CREATE FUNCTION bubble_moving_intensity_transfn(internal, double precision, date, interval, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_moving_intensity_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_moving_intensity_transfn(internal, double precision, date, interval, date)
	IS 'transition: the weighted amounts raised in a frame';

CREATE FUNCTION bubble_moving_intensity_transfn(internal, double precision, timestamptz, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_moving_intensity_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_moving_intensity_transfn(internal, double precision, timestamptz, interval)
	IS 'transition: the weighted amounts raised in a frame';

CREATE FUNCTION bubble_moving_intensity_transfn(internal, double precision, timestamptz, interval, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_moving_intensity_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_moving_intensity_transfn(internal, double precision, timestamptz, interval, timestamptz)
	IS 'transition: the weighted amounts raised in a frame';

CREATE FUNCTION bubble_moving_intensity_invtransfn(internal, double precision, date, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_moving_intensity_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_moving_intensity_invtransfn(internal, double precision, date, interval)
	IS 'moving transition: the oldest row leaves the weighted amounts raised in a frame';

CREATE FUNCTION bubble_moving_intensity_invtransfn(internal, double precision, date, interval, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_moving_intensity_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_moving_intensity_invtransfn(internal, double precision, date, interval, date)
	IS 'moving transition: the oldest row leaves the weighted amounts raised in a frame';

CREATE FUNCTION bubble_moving_intensity_invtransfn(internal, double precision, timestamptz, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_moving_intensity_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_moving_intensity_invtransfn(internal, double precision, timestamptz, interval)
	IS 'moving transition: the oldest row leaves the weighted amounts raised in a frame';

CREATE FUNCTION bubble_moving_intensity_invtransfn(internal, double precision, timestamptz, interval, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_moving_intensity_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_moving_intensity_invtransfn(internal, double precision, timestamptz, interval, timestamptz)
	IS 'moving transition: the oldest row leaves the weighted amounts raised in a frame';

CREATE FUNCTION bubble_intensity_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_intensity_finalfn(internal)
	IS 'final: exponentially weighted capital raised per year';

CREATE AGGREGATE funding_intensity(amount double precision, at date, half_life interval) (
	SFUNC = bubble_intensity_transfn,
	STYPE = internal,
	SSPACE = 800,
	FINALFUNC = bubble_intensity_finalfn,
	COMBINEFUNC = bubble_intensity_combinefn,
	SERIALFUNC = bubble_intensity_serialfn,
	DESERIALFUNC = bubble_intensity_deserialfn,
	MSFUNC = bubble_moving_intensity_transfn,
	MINVFUNC = bubble_moving_intensity_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_intensity_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE funding_intensity(amount double precision, at date, half_life interval)
	IS 'funding: capital raised per year, weighted so that an amount counts half after each half life, when the latest row was raised';

CREATE AGGREGATE funding_intensity(amount double precision, at timestamptz, half_life interval) (
	SFUNC = bubble_intensity_transfn,
	STYPE = internal,
	SSPACE = 800,
	FINALFUNC = bubble_intensity_finalfn,
	COMBINEFUNC = bubble_intensity_combinefn,
	SERIALFUNC = bubble_intensity_serialfn,
	DESERIALFUNC = bubble_intensity_deserialfn,
	MSFUNC = bubble_moving_intensity_transfn,
	MINVFUNC = bubble_moving_intensity_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_intensity_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE funding_intensity(amount double precision, at timestamptz, half_life interval)
	IS 'funding: capital raised per year, weighted so that an amount counts half after each half life, when the latest row was raised';

CREATE AGGREGATE funding_intensity(amount double precision, at date, half_life interval, as_of date) (
	SFUNC = bubble_intensity_transfn,
	STYPE = internal,
	SSPACE = 800,
	FINALFUNC = bubble_intensity_finalfn,
	COMBINEFUNC = bubble_intensity_combinefn,
	SERIALFUNC = bubble_intensity_serialfn,
	DESERIALFUNC = bubble_intensity_deserialfn,
	MSFUNC = bubble_moving_intensity_transfn,
	MINVFUNC = bubble_moving_intensity_invtransfn,
	MSTYPE = internal,
	MSSPACE = 800,
	MFINALFUNC = bubble_intensity_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE funding_intensity(amount double precision, at date, half_life interval, as_of date)
	IS 'funding: capital raised per year, weighted so that an amount counts half after each half life, on as_of';

CREATE AGGREGATE funding_intensity(amount double precision, at timestamptz, half_life interval, as_of timestamptz) (
	SFUNC = bubble_intensity_transfn,
	STYPE = internal,
	SSPACE = 800,
	FINALFUNC = bubble_intensity_finalfn,
	COMBINEFUNC = bubble_intensity_combinefn,
	SERIALFUNC = bubble_intensity_serialfn,
	DESERIALFUNC = bubble_intensity_deserialfn,
	MSFUNC = bubble_moving_intensity_transfn,
	MINVFUNC = bubble_moving_intensity_invtransfn,
	MSTYPE = internal,
	MSSPACE = 800,
	MFINALFUNC = bubble_intensity_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE funding_intensity(amount double precision, at timestamptz, half_life interval, as_of timestamptz)
	IS 'funding: capital raised per year, weighted so that an amount counts half after each half life, on as_of';

-- From one round to the next.

CREATE FUNCTION bubble_next_round_transfn(internal, date, date, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_next_round_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_next_round_transfn(internal, date, date, date)
	IS 'transition: rounds and those that followed them';

CREATE FUNCTION bubble_next_round_transfn(internal, timestamptz, timestamptz, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_next_round_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_next_round_transfn(internal, timestamptz, timestamptz, timestamptz)
	IS 'transition: rounds and those that followed them';

CREATE FUNCTION bubble_next_round_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_next_round_combinefn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_next_round_combinefn(internal, internal)
	IS 'combine: two parts of rounds and those that followed them';

CREATE FUNCTION bubble_next_round_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_next_round_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_next_round_serialfn(internal)
	IS 'serialize: rounds and those that followed them';

CREATE FUNCTION bubble_next_round_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_next_round_deserialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_next_round_deserialfn(bytea, internal)
	IS 'deserialize: rounds and those that followed them';

CREATE FUNCTION bubble_next_round_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_next_round_finalfn(internal)
	IS 'final: Kaplan-Meier median in days';

CREATE AGGREGATE time_to_next_round(at date, next_at date, as_of date) (
	SFUNC = bubble_next_round_transfn,
	STYPE = internal,
	SSPACE = 2048,
	FINALFUNC = bubble_next_round_finalfn,
	COMBINEFUNC = bubble_next_round_combinefn,
	SERIALFUNC = bubble_next_round_serialfn,
	DESERIALFUNC = bubble_next_round_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE time_to_next_round(at date, next_at date, as_of date)
	IS 'funding: Kaplan-Meier median of the days from a round to the next; rounds still without one on as_of are censored, not dropped';

CREATE AGGREGATE time_to_next_round(at timestamptz, next_at timestamptz, as_of timestamptz) (
	SFUNC = bubble_next_round_transfn,
	STYPE = internal,
	SSPACE = 2048,
	FINALFUNC = bubble_next_round_finalfn,
	COMBINEFUNC = bubble_next_round_combinefn,
	SERIALFUNC = bubble_next_round_serialfn,
	DESERIALFUNC = bubble_next_round_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE time_to_next_round(at timestamptz, next_at timestamptz, as_of timestamptz)
	IS 'funding: Kaplan-Meier median of the days from a round to the next; rounds still without one on as_of are censored, not dropped';

CREATE FUNCTION bubble_round_gap_transfn(internal, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_round_gap_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_round_gap_transfn(internal, date)
	IS 'transition: the times of rounds';

CREATE FUNCTION bubble_round_gap_transfn(internal, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_round_gap_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_round_gap_transfn(internal, timestamptz)
	IS 'transition: the times of rounds';

CREATE FUNCTION bubble_round_gap_invtransfn(internal, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_round_gap_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_round_gap_invtransfn(internal, date)
	IS 'moving transition: the oldest row leaves the times of rounds';

CREATE FUNCTION bubble_round_gap_invtransfn(internal, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_round_gap_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_round_gap_invtransfn(internal, timestamptz)
	IS 'moving transition: the oldest row leaves the times of rounds';

CREATE FUNCTION bubble_round_gap_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_round_gap_combinefn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_round_gap_combinefn(internal, internal)
	IS 'combine: two parts of the times of rounds';

CREATE FUNCTION bubble_round_gap_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_round_gap_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_round_gap_serialfn(internal)
	IS 'serialize: the times of rounds';

CREATE FUNCTION bubble_round_gap_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_round_gap_deserialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_round_gap_deserialfn(bytea, internal)
	IS 'deserialize: the times of rounds';

CREATE FUNCTION bubble_round_gap_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_round_gap_finalfn(internal)
	IS 'final: median days between consecutive rounds';

CREATE AGGREGATE round_gap(at date) (
	SFUNC = bubble_round_gap_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_round_gap_finalfn,
	COMBINEFUNC = bubble_round_gap_combinefn,
	SERIALFUNC = bubble_round_gap_serialfn,
	DESERIALFUNC = bubble_round_gap_deserialfn,
	MSFUNC = bubble_round_gap_transfn,
	MINVFUNC = bubble_round_gap_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_round_gap_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE round_gap(at date)
	IS 'funding: median days between consecutive rounds; null with fewer than two';

CREATE AGGREGATE round_gap(at timestamptz) (
	SFUNC = bubble_round_gap_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_round_gap_finalfn,
	COMBINEFUNC = bubble_round_gap_combinefn,
	SERIALFUNC = bubble_round_gap_serialfn,
	DESERIALFUNC = bubble_round_gap_deserialfn,
	MSFUNC = bubble_round_gap_transfn,
	MINVFUNC = bubble_round_gap_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_round_gap_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE round_gap(at timestamptz)
	IS 'funding: median days between consecutive rounds; null with fewer than two';

CREATE FUNCTION bubble_down_round_transfn(internal, double precision, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_down_round_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_down_round_transfn(internal, double precision, double precision)
	IS 'transition: the counts of priced rounds';

CREATE FUNCTION bubble_down_round_invtransfn(internal, double precision, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_down_round_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_down_round_invtransfn(internal, double precision, double precision)
	IS 'moving transition: the oldest row leaves the counts of priced rounds';

CREATE FUNCTION bubble_down_round_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_down_round_combinefn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_down_round_combinefn(internal, internal)
	IS 'combine: two parts of the counts of priced rounds';

CREATE FUNCTION bubble_down_round_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_down_round_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_down_round_serialfn(internal)
	IS 'serialize: the counts of priced rounds';

CREATE FUNCTION bubble_down_round_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_down_round_deserialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_down_round_deserialfn(bytea, internal)
	IS 'deserialize: the counts of priced rounds';

CREATE FUNCTION bubble_down_round_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_down_round_finalfn(internal)
	IS 'final: share of down rounds';

CREATE AGGREGATE down_round_share(pre_money double precision, prior_post_money double precision) (
	SFUNC = bubble_down_round_transfn,
	STYPE = internal,
	SSPACE = 64,
	FINALFUNC = bubble_down_round_finalfn,
	COMBINEFUNC = bubble_down_round_combinefn,
	SERIALFUNC = bubble_down_round_serialfn,
	DESERIALFUNC = bubble_down_round_deserialfn,
	MSFUNC = bubble_down_round_transfn,
	MINVFUNC = bubble_down_round_invtransfn,
	MSTYPE = internal,
	MSSPACE = 64,
	MFINALFUNC = bubble_down_round_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE down_round_share(pre_money double precision, prior_post_money double precision)
	IS 'funding: share of the rounds whose pre-money is below the previous post-money';

CREATE FUNCTION step_up(pre_money double precision, prior_post_money double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_step_up'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION step_up(pre_money double precision, prior_post_money double precision)
	IS 'funding: pre-money over the previous post-money, below 1 in a down round; null if that was zero';

CREATE FUNCTION value_velocity(pre_money double precision, prior_post_money double precision, elapsed interval) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_value_velocity'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION value_velocity(pre_money double precision, prior_post_money double precision, elapsed interval)
	IS 'funding: growth of the valuation between two rounds, (pre-money / previous post-money - 1) per year elapsed';

-- Ratios of one company.

CREATE FUNCTION runway_months(cash double precision, monthly_burn double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_runway_months'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION runway_months(cash double precision, monthly_burn double precision)
	IS 'funding: months until the cash is burnt; null if none is burnt';

CREATE FUNCTION burn_multiple(net_burn double precision, net_new_revenue double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_burn_multiple'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION burn_multiple(net_burn double precision, net_new_revenue double precision)
	IS 'funding: money burnt per unit of net new yearly revenue, below 1 is excellent; null unless revenue grew';

CREATE FUNCTION rule_of_40(growth double precision, margin double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_rule_of_40'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rule_of_40(growth double precision, margin double precision)
	IS 'funding: growth plus margin, both in percent or both as fractions; healthy from 40 percent';

CREATE FUNCTION hype_ratio(capital_raised double precision, revenue double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_hype_ratio'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION hype_ratio(capital_raised double precision, revenue double precision)
	IS 'funding: capital raised over revenue; null for zero revenue';

-- Concentration.

CREATE FUNCTION bubble_herfindahl_transfn(internal, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_herfindahl_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_herfindahl_transfn(internal, double precision)
	IS 'transition: the sums of amounts and of their squares';

CREATE FUNCTION bubble_herfindahl_invtransfn(internal, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_herfindahl_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_herfindahl_invtransfn(internal, double precision)
	IS 'moving transition: the oldest row leaves the sums of amounts and of their squares';

CREATE FUNCTION bubble_herfindahl_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_herfindahl_combinefn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_herfindahl_combinefn(internal, internal)
	IS 'combine: two parts of the sums of amounts and of their squares';

CREATE FUNCTION bubble_herfindahl_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_herfindahl_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_herfindahl_serialfn(internal)
	IS 'serialize: the sums of amounts and of their squares';

CREATE FUNCTION bubble_herfindahl_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_herfindahl_deserialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_herfindahl_deserialfn(bytea, internal)
	IS 'deserialize: the sums of amounts and of their squares';

CREATE FUNCTION bubble_herfindahl_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_herfindahl_finalfn(internal)
	IS 'final: sum of squared shares';

CREATE AGGREGATE herfindahl(amount double precision) (
	SFUNC = bubble_herfindahl_transfn,
	STYPE = internal,
	SSPACE = 1200,
	FINALFUNC = bubble_herfindahl_finalfn,
	COMBINEFUNC = bubble_herfindahl_combinefn,
	SERIALFUNC = bubble_herfindahl_serialfn,
	DESERIALFUNC = bubble_herfindahl_deserialfn,
	MSFUNC = bubble_herfindahl_transfn,
	MINVFUNC = bubble_herfindahl_invtransfn,
	MSTYPE = internal,
	MSSPACE = 1200,
	MFINALFUNC = bubble_herfindahl_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE herfindahl(amount double precision)
	IS 'funding: concentration: the sum of squared shares of the total, from 1 / n if all are equal to 1 if one has all';

CREATE FUNCTION bubble_concentration_transfn(internal, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_concentration_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_concentration_transfn(internal, double precision)
	IS 'transition: the amounts to be ranked by size';

CREATE FUNCTION bubble_concentration_transfn(internal, double precision, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_concentration_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_concentration_transfn(internal, double precision, bigint)
	IS 'transition: the amounts to be ranked by size';

CREATE FUNCTION bubble_concentration_invtransfn(internal, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_concentration_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_concentration_invtransfn(internal, double precision)
	IS 'moving transition: the oldest row leaves the amounts to be ranked by size';

CREATE FUNCTION bubble_concentration_invtransfn(internal, double precision, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_concentration_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_concentration_invtransfn(internal, double precision, bigint)
	IS 'moving transition: the oldest row leaves the amounts to be ranked by size';

CREATE FUNCTION bubble_concentration_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_concentration_combinefn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_concentration_combinefn(internal, internal)
	IS 'combine: two parts of the amounts to be ranked by size';

CREATE FUNCTION bubble_concentration_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_concentration_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_concentration_serialfn(internal)
	IS 'serialize: the amounts to be ranked by size';

CREATE FUNCTION bubble_concentration_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_concentration_deserialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_concentration_deserialfn(bytea, internal)
	IS 'deserialize: the amounts to be ranked by size';

CREATE FUNCTION bubble_gini_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_gini_finalfn(internal)
	IS 'final: distances between all pairs of amounts over n times their sum';

CREATE FUNCTION bubble_top_share_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_top_share_finalfn(internal)
	IS 'final: sum of the k largest amounts over the sum of all';

CREATE AGGREGATE gini(amount double precision) (
	SFUNC = bubble_concentration_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_gini_finalfn,
	COMBINEFUNC = bubble_concentration_combinefn,
	SERIALFUNC = bubble_concentration_serialfn,
	DESERIALFUNC = bubble_concentration_deserialfn,
	MSFUNC = bubble_concentration_transfn,
	MINVFUNC = bubble_concentration_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_gini_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE gini(amount double precision)
	IS 'funding: inequality: 0 if all are equal, 1 - 1 / n if one of n has all';

CREATE AGGREGATE top_share(amount double precision, k bigint) (
	SFUNC = bubble_concentration_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_top_share_finalfn,
	COMBINEFUNC = bubble_concentration_combinefn,
	SERIALFUNC = bubble_concentration_serialfn,
	DESERIALFUNC = bubble_concentration_deserialfn,
	MSFUNC = bubble_concentration_transfn,
	MINVFUNC = bubble_concentration_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_top_share_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE top_share(amount double precision, k bigint)
	IS 'funding: share of the k largest amounts in the total';

-- Summary.

CREATE TYPE funding_summary_date AS (
	rounds bigint,
	total double precision,
	velocity double precision,
	acceleration double precision,
	largest_share double precision,
	median_gap double precision,
	latest_at date,
	latest_amount double precision
);
COMMENT ON TYPE funding_summary_date
	IS 'funding: the funding of a group up to a day: how much, how fast, how concentrated, how often, with dates';

CREATE TYPE funding_summary AS (
	rounds bigint,
	total double precision,
	velocity double precision,
	acceleration double precision,
	largest_share double precision,
	median_gap double precision,
	latest_at timestamptz,
	latest_amount double precision
);
COMMENT ON TYPE funding_summary
	IS 'funding: the funding of a group up to a day: how much, how fast, how concentrated, how often, with times';

CREATE FUNCTION bubble_funding_summary_transfn(internal, double precision, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_summary_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_summary_transfn(internal, double precision, date)
	IS 'transition: the rounds to be summarised';

CREATE FUNCTION bubble_funding_summary_transfn(internal, double precision, date, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_summary_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_summary_transfn(internal, double precision, date, interval)
	IS 'transition: the rounds to be summarised';

CREATE FUNCTION bubble_funding_summary_transfn(internal, double precision, date, interval, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_summary_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_summary_transfn(internal, double precision, date, interval, date)
	IS 'transition: the rounds to be summarised';

CREATE FUNCTION bubble_funding_summary_transfn(internal, double precision, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_summary_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_summary_transfn(internal, double precision, timestamptz)
	IS 'transition: the rounds to be summarised';

CREATE FUNCTION bubble_funding_summary_transfn(internal, double precision, timestamptz, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_summary_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_summary_transfn(internal, double precision, timestamptz, interval)
	IS 'transition: the rounds to be summarised';

CREATE FUNCTION bubble_funding_summary_transfn(internal, double precision, timestamptz, interval, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_summary_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_summary_transfn(internal, double precision, timestamptz, interval, timestamptz)
	IS 'transition: the rounds to be summarised';

CREATE FUNCTION bubble_funding_summary_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_summary_combinefn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_summary_combinefn(internal, internal)
	IS 'combine: two parts of the rounds to be summarised';

CREATE FUNCTION bubble_funding_summary_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_funding_summary_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_summary_serialfn(internal)
	IS 'serialize: the rounds to be summarised';

CREATE FUNCTION bubble_funding_summary_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_summary_deserialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_summary_deserialfn(bytea, internal)
	IS 'deserialize: the rounds to be summarised';

CREATE FUNCTION bubble_funding_summary_date_finalfn(internal) RETURNS funding_summary_date
	AS 'MODULE_PATHNAME', 'bubble_funding_summary_finalfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_summary_date_finalfn(internal)
	IS 'final: measures of funding as a row, with dates';

CREATE FUNCTION bubble_funding_summary_finalfn(internal) RETURNS funding_summary
	AS 'MODULE_PATHNAME'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_summary_finalfn(internal)
	IS 'final: measures of funding as a row, with times';

CREATE AGGREGATE funding_summary(amount double precision, at date) (
	SFUNC = bubble_funding_summary_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_funding_summary_date_finalfn,
	COMBINEFUNC = bubble_funding_summary_combinefn,
	SERIALFUNC = bubble_funding_summary_serialfn,
	DESERIALFUNC = bubble_funding_summary_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE funding_summary(amount double precision, at date)
	IS 'funding: rounds, total, velocity, acceleration, largest share, median gap and latest round up to the latest row, with the velocity of one year';

CREATE AGGREGATE funding_summary(amount double precision, at timestamptz) (
	SFUNC = bubble_funding_summary_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_funding_summary_finalfn,
	COMBINEFUNC = bubble_funding_summary_combinefn,
	SERIALFUNC = bubble_funding_summary_serialfn,
	DESERIALFUNC = bubble_funding_summary_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE funding_summary(amount double precision, at timestamptz)
	IS 'funding: rounds, total, velocity, acceleration, largest share, median gap and latest round up to the latest row, with the velocity of one year';

CREATE AGGREGATE funding_summary(amount double precision, at date, span interval) (
	SFUNC = bubble_funding_summary_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_funding_summary_date_finalfn,
	COMBINEFUNC = bubble_funding_summary_combinefn,
	SERIALFUNC = bubble_funding_summary_serialfn,
	DESERIALFUNC = bubble_funding_summary_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE funding_summary(amount double precision, at date, span interval)
	IS 'funding: rounds, total, velocity, acceleration, largest share, median gap and latest round up to the latest row, with the velocity of the span';

CREATE AGGREGATE funding_summary(amount double precision, at timestamptz, span interval) (
	SFUNC = bubble_funding_summary_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_funding_summary_finalfn,
	COMBINEFUNC = bubble_funding_summary_combinefn,
	SERIALFUNC = bubble_funding_summary_serialfn,
	DESERIALFUNC = bubble_funding_summary_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE funding_summary(amount double precision, at timestamptz, span interval)
	IS 'funding: rounds, total, velocity, acceleration, largest share, median gap and latest round up to the latest row, with the velocity of the span';

CREATE AGGREGATE funding_summary(amount double precision, at date, span interval, as_of date) (
	SFUNC = bubble_funding_summary_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_funding_summary_date_finalfn,
	COMBINEFUNC = bubble_funding_summary_combinefn,
	SERIALFUNC = bubble_funding_summary_serialfn,
	DESERIALFUNC = bubble_funding_summary_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE funding_summary(amount double precision, at date, span interval, as_of date)
	IS 'funding: rounds, total, velocity, acceleration, largest share, median gap and latest round up to as_of, with the velocity of the span';

CREATE AGGREGATE funding_summary(amount double precision, at timestamptz, span interval, as_of timestamptz) (
	SFUNC = bubble_funding_summary_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_funding_summary_finalfn,
	COMBINEFUNC = bubble_funding_summary_combinefn,
	SERIALFUNC = bubble_funding_summary_serialfn,
	DESERIALFUNC = bubble_funding_summary_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE funding_summary(amount double precision, at timestamptz, span interval, as_of timestamptz)
	IS 'funding: rounds, total, velocity, acceleration, largest share, median gap and latest round up to as_of, with the velocity of the span';

-- The path of a group.  Which days end a period of a timestamptz depends on
-- the session's time zone: STABLE.

CREATE TYPE funding_path_date AS (
	period_end date,
	amount double precision,
	deals bigint,
	velocity double precision,
	acceleration double precision,
	concentration double precision,
	largest_share double precision
);
COMMENT ON TYPE funding_path_date
	IS 'funding: the funding of a group at the end of a period: raised in it, how fast, how concentrated, with dates';

CREATE TYPE funding_path AS (
	period_end timestamptz,
	amount double precision,
	deals bigint,
	velocity double precision,
	acceleration double precision,
	concentration double precision,
	largest_share double precision
);
COMMENT ON TYPE funding_path
	IS 'funding: the funding of a group at the end of a period: raised in it, how fast, how concentrated, with times';

CREATE FUNCTION bubble_funding_path_transfn(internal, double precision, date, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_path_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_path_transfn(internal, double precision, date, interval)
	IS 'transition: the rounds of a path';

CREATE FUNCTION bubble_funding_path_transfn(internal, double precision, date, interval, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_path_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_path_transfn(internal, double precision, date, interval, date)
	IS 'transition: the rounds of a path';

CREATE FUNCTION bubble_funding_path_transfn(internal, double precision, timestamptz, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_path_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_path_transfn(internal, double precision, timestamptz, interval)
	IS 'transition: the rounds of a path';

CREATE FUNCTION bubble_funding_path_transfn(internal, double precision, timestamptz, interval, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_path_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_path_transfn(internal, double precision, timestamptz, interval, timestamptz)
	IS 'transition: the rounds of a path';

CREATE FUNCTION bubble_funding_path_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_path_combinefn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_path_combinefn(internal, internal)
	IS 'combine: two parts of the rounds of a path';

CREATE FUNCTION bubble_funding_path_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_funding_path_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_path_serialfn(internal)
	IS 'serialize: the rounds of a path';

CREATE FUNCTION bubble_funding_path_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_path_deserialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_path_deserialfn(bytea, internal)
	IS 'deserialize: the rounds of a path';

CREATE FUNCTION bubble_funding_path_date_finalfn(internal) RETURNS funding_path_date[]
	AS 'MODULE_PATHNAME', 'bubble_funding_path_finalfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION bubble_funding_path_date_finalfn(internal)
	IS 'final: the funding at the end of every period, as rows with dates';

CREATE FUNCTION bubble_funding_path_finalfn(internal) RETURNS funding_path[]
	AS 'MODULE_PATHNAME'
	LANGUAGE C STABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION bubble_funding_path_finalfn(internal)
	IS 'final: the funding at the end of every period, as rows with times';

CREATE AGGREGATE funding_path(amount double precision, at date, step interval) (
	SFUNC = bubble_funding_path_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_funding_path_date_finalfn,
	COMBINEFUNC = bubble_funding_path_combinefn,
	SERIALFUNC = bubble_funding_path_serialfn,
	DESERIALFUNC = bubble_funding_path_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE funding_path(amount double precision, at date, step interval)
	IS 'funding: amount, deals, yearly velocity, acceleration and concentration at the end of every period, as an array of rows for unnest()';

CREATE AGGREGATE funding_path(amount double precision, at timestamptz, step interval) (
	SFUNC = bubble_funding_path_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_funding_path_finalfn,
	COMBINEFUNC = bubble_funding_path_combinefn,
	SERIALFUNC = bubble_funding_path_serialfn,
	DESERIALFUNC = bubble_funding_path_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE funding_path(amount double precision, at timestamptz, step interval)
	IS 'funding: amount, deals, yearly velocity, acceleration and concentration at the end of every period, as an array of rows for unnest()';

CREATE AGGREGATE funding_path(amount double precision, at date, step interval, reported_at date) (
	SFUNC = bubble_funding_path_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_funding_path_date_finalfn,
	COMBINEFUNC = bubble_funding_path_combinefn,
	SERIALFUNC = bubble_funding_path_serialfn,
	DESERIALFUNC = bubble_funding_path_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE funding_path(amount double precision, at date, step interval, reported_at date)
	IS 'funding: amount, deals, yearly velocity, acceleration and concentration at the end of every period, of what was reported by then, as an array of rows for unnest()';

CREATE AGGREGATE funding_path(amount double precision, at timestamptz, step interval, reported_at timestamptz) (
	SFUNC = bubble_funding_path_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_funding_path_finalfn,
	COMBINEFUNC = bubble_funding_path_combinefn,
	SERIALFUNC = bubble_funding_path_serialfn,
	DESERIALFUNC = bubble_funding_path_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE funding_path(amount double precision, at timestamptz, step interval, reported_at timestamptz)
	IS 'funding: amount, deals, yearly velocity, acceleration and concentration at the end of every period, of what was reported by then, as an array of rows for unnest()';

-- ---------------------------------------------------------------------------
-- explosive
--
-- Parameters may be NULL where that means something: min_window for the
-- default of the number of rows, lags of a series for none, or a choice up to
-- max_lags.  Hence nothing is STRICT.
-- ---------------------------------------------------------------------------

CREATE FUNCTION bubble_adf_transfn(internal, double precision, date, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_adf_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_adf_transfn(internal, double precision, date, bigint)
	IS 'transition: a series and the lags of adf';

CREATE FUNCTION bubble_adf_transfn(internal, double precision, timestamptz, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_adf_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_adf_transfn(internal, double precision, timestamptz, bigint)
	IS 'transition: a series and the lags of adf';

CREATE FUNCTION bubble_adf_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_adf_combinefn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_adf_combinefn(internal, internal)
	IS 'combine: two parts of a series and the lags of adf';

CREATE FUNCTION bubble_adf_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_adf_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_adf_serialfn(internal)
	IS 'serialize: a series and the lags of adf';

CREATE FUNCTION bubble_adf_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_adf_deserialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_adf_deserialfn(bytea, internal)
	IS 'deserialize: a series and the lags of adf';

CREATE FUNCTION bubble_sadf_transfn(internal, double precision, date, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_sadf_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_sadf_transfn(internal, double precision, date, bigint)
	IS 'transition: a series and the parameters of sadf, gsadf or explosive_test';

CREATE FUNCTION bubble_sadf_transfn(internal, double precision, date, bigint, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_sadf_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_sadf_transfn(internal, double precision, date, bigint, bigint)
	IS 'transition: a series and the parameters of sadf, gsadf or explosive_test';

CREATE FUNCTION bubble_sadf_transfn(internal, double precision, timestamptz, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_sadf_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_sadf_transfn(internal, double precision, timestamptz, bigint)
	IS 'transition: a series and the parameters of sadf, gsadf or explosive_test';

CREATE FUNCTION bubble_sadf_transfn(internal, double precision, timestamptz, bigint, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_sadf_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_sadf_transfn(internal, double precision, timestamptz, bigint, bigint)
	IS 'transition: a series and the parameters of sadf, gsadf or explosive_test';

CREATE FUNCTION bubble_sadf_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_sadf_combinefn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_sadf_combinefn(internal, internal)
	IS 'combine: two parts of a series and the parameters of sadf, gsadf or explosive_test';

CREATE FUNCTION bubble_sadf_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_sadf_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_sadf_serialfn(internal)
	IS 'serialize: a series and the parameters of sadf, gsadf or explosive_test';

CREATE FUNCTION bubble_sadf_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_sadf_deserialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_sadf_deserialfn(bytea, internal)
	IS 'deserialize: a series and the parameters of sadf, gsadf or explosive_test';

CREATE FUNCTION bubble_adf_finalfn(bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_adf'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION bubble_adf_finalfn(bubble_series)
	IS 'final: ADF statistic of the whole sample, default parameters';

CREATE FUNCTION bubble_adf_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_adf_finalfn(internal)
	IS 'final: ADF statistic of the whole sample';

CREATE FUNCTION bubble_sadf_finalfn(bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_sadf'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION bubble_sadf_finalfn(bubble_series)
	IS 'final: largest ADF statistic of the windows from the first row on, default parameters';

CREATE FUNCTION bubble_sadf_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_sadf_finalfn(internal)
	IS 'final: largest ADF statistic of the windows from the first row on';

CREATE FUNCTION bubble_gsadf_finalfn(bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_gsadf'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION bubble_gsadf_finalfn(bubble_series)
	IS 'final: largest ADF statistic of all windows, default parameters';

CREATE FUNCTION bubble_gsadf_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION bubble_gsadf_finalfn(internal)
	IS 'final: largest ADF statistic of all windows';

CREATE AGGREGATE adf(y double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_adf_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE adf(y double precision, at date)
	IS 'explosive: augmented Dickey-Fuller t statistic of the whole sample, constant included: above about 0 explosive growth, far below a stable level; no lags';

CREATE AGGREGATE adf(y double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_adf_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE adf(y double precision, at timestamptz)
	IS 'explosive: augmented Dickey-Fuller t statistic of the whole sample, constant included: above about 0 explosive growth, far below a stable level; no lags';

CREATE AGGREGATE adf(y double precision, at date, lags bigint) (
	SFUNC = bubble_adf_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_adf_finalfn,
	COMBINEFUNC = bubble_adf_combinefn,
	SERIALFUNC = bubble_adf_serialfn,
	DESERIALFUNC = bubble_adf_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE adf(y double precision, at date, lags bigint)
	IS 'explosive: augmented Dickey-Fuller t statistic of the whole sample, constant included: above about 0 explosive growth, far below a stable level; with the given number of lagged changes';

CREATE AGGREGATE adf(y double precision, at timestamptz, lags bigint) (
	SFUNC = bubble_adf_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_adf_finalfn,
	COMBINEFUNC = bubble_adf_combinefn,
	SERIALFUNC = bubble_adf_serialfn,
	DESERIALFUNC = bubble_adf_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE adf(y double precision, at timestamptz, lags bigint)
	IS 'explosive: augmented Dickey-Fuller t statistic of the whole sample, constant included: above about 0 explosive growth, far below a stable level; with the given number of lagged changes';

CREATE AGGREGATE sadf(y double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_sadf_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE sadf(y double precision, at date)
	IS 'explosive: sup ADF statistic of Phillips, Wu and Yu: largest ADF statistic of the windows from the first row on; of floor(n (0.01 + 1.8/sqrt(n))) rows or more, no lags';

CREATE AGGREGATE sadf(y double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_sadf_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE sadf(y double precision, at timestamptz)
	IS 'explosive: sup ADF statistic of Phillips, Wu and Yu: largest ADF statistic of the windows from the first row on; of floor(n (0.01 + 1.8/sqrt(n))) rows or more, no lags';

CREATE AGGREGATE sadf(y double precision, at date, min_window bigint) (
	SFUNC = bubble_sadf_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_sadf_finalfn,
	COMBINEFUNC = bubble_sadf_combinefn,
	SERIALFUNC = bubble_sadf_serialfn,
	DESERIALFUNC = bubble_sadf_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE sadf(y double precision, at date, min_window bigint)
	IS 'explosive: sup ADF statistic of Phillips, Wu and Yu: largest ADF statistic of the windows from the first row on; of min_window rows or more, with the given number of lagged changes, none unless given';

CREATE AGGREGATE sadf(y double precision, at date, min_window bigint, lags bigint) (
	SFUNC = bubble_sadf_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_sadf_finalfn,
	COMBINEFUNC = bubble_sadf_combinefn,
	SERIALFUNC = bubble_sadf_serialfn,
	DESERIALFUNC = bubble_sadf_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE sadf(y double precision, at date, min_window bigint, lags bigint)
	IS 'explosive: sup ADF statistic of Phillips, Wu and Yu: largest ADF statistic of the windows from the first row on; of min_window rows or more, with the given number of lagged changes, none unless given';

CREATE AGGREGATE sadf(y double precision, at timestamptz, min_window bigint) (
	SFUNC = bubble_sadf_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_sadf_finalfn,
	COMBINEFUNC = bubble_sadf_combinefn,
	SERIALFUNC = bubble_sadf_serialfn,
	DESERIALFUNC = bubble_sadf_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE sadf(y double precision, at timestamptz, min_window bigint)
	IS 'explosive: sup ADF statistic of Phillips, Wu and Yu: largest ADF statistic of the windows from the first row on; of min_window rows or more, with the given number of lagged changes, none unless given';

CREATE AGGREGATE sadf(y double precision, at timestamptz, min_window bigint, lags bigint) (
	SFUNC = bubble_sadf_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_sadf_finalfn,
	COMBINEFUNC = bubble_sadf_combinefn,
	SERIALFUNC = bubble_sadf_serialfn,
	DESERIALFUNC = bubble_sadf_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE sadf(y double precision, at timestamptz, min_window bigint, lags bigint)
	IS 'explosive: sup ADF statistic of Phillips, Wu and Yu: largest ADF statistic of the windows from the first row on; of min_window rows or more, with the given number of lagged changes, none unless given';

CREATE AGGREGATE gsadf(y double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_gsadf_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE gsadf(y double precision, at date)
	IS 'explosive: generalised sup ADF statistic of Phillips, Shi and Yu: largest ADF statistic of all windows; of floor(n (0.01 + 1.8/sqrt(n))) rows or more, no lags';

CREATE AGGREGATE gsadf(y double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_gsadf_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE gsadf(y double precision, at timestamptz)
	IS 'explosive: generalised sup ADF statistic of Phillips, Shi and Yu: largest ADF statistic of all windows; of floor(n (0.01 + 1.8/sqrt(n))) rows or more, no lags';

CREATE AGGREGATE gsadf(y double precision, at date, min_window bigint) (
	SFUNC = bubble_sadf_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_gsadf_finalfn,
	COMBINEFUNC = bubble_sadf_combinefn,
	SERIALFUNC = bubble_sadf_serialfn,
	DESERIALFUNC = bubble_sadf_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE gsadf(y double precision, at date, min_window bigint)
	IS 'explosive: generalised sup ADF statistic of Phillips, Shi and Yu: largest ADF statistic of all windows; of min_window rows or more, with the given number of lagged changes, none unless given';

CREATE AGGREGATE gsadf(y double precision, at date, min_window bigint, lags bigint) (
	SFUNC = bubble_sadf_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_gsadf_finalfn,
	COMBINEFUNC = bubble_sadf_combinefn,
	SERIALFUNC = bubble_sadf_serialfn,
	DESERIALFUNC = bubble_sadf_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE gsadf(y double precision, at date, min_window bigint, lags bigint)
	IS 'explosive: generalised sup ADF statistic of Phillips, Shi and Yu: largest ADF statistic of all windows; of min_window rows or more, with the given number of lagged changes, none unless given';

CREATE AGGREGATE gsadf(y double precision, at timestamptz, min_window bigint) (
	SFUNC = bubble_sadf_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_gsadf_finalfn,
	COMBINEFUNC = bubble_sadf_combinefn,
	SERIALFUNC = bubble_sadf_serialfn,
	DESERIALFUNC = bubble_sadf_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE gsadf(y double precision, at timestamptz, min_window bigint)
	IS 'explosive: generalised sup ADF statistic of Phillips, Shi and Yu: largest ADF statistic of all windows; of min_window rows or more, with the given number of lagged changes, none unless given';

CREATE AGGREGATE gsadf(y double precision, at timestamptz, min_window bigint, lags bigint) (
	SFUNC = bubble_sadf_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_gsadf_finalfn,
	COMBINEFUNC = bubble_sadf_combinefn,
	SERIALFUNC = bubble_sadf_serialfn,
	DESERIALFUNC = bubble_sadf_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE gsadf(y double precision, at timestamptz, min_window bigint, lags bigint)
	IS 'explosive: generalised sup ADF statistic of Phillips, Shi and Yu: largest ADF statistic of all windows; of min_window rows or more, with the given number of lagged changes, none unless given';

CREATE FUNCTION adf(series bubble_series, lags bigint DEFAULT NULL,
	max_lags bigint DEFAULT NULL, criterion text DEFAULT 'bic', deterministic text DEFAULT 'constant') RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_adf'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION adf(series bubble_series, lags bigint, max_lags bigint, criterion text, deterministic text)
	IS 'explosive: augmented Dickey-Fuller t statistic of the whole sample: above about 0 explosive growth, far below a stable level; NULL lags are chosen from 0 to max_lags by aic or bic; deterministic terms of the regressions: none, constant or trend';

CREATE FUNCTION sadf(series bubble_series, min_window bigint DEFAULT NULL, lags bigint DEFAULT NULL,
	max_lags bigint DEFAULT NULL, criterion text DEFAULT 'bic', deterministic text DEFAULT 'constant') RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_sadf'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION sadf(series bubble_series, min_window bigint, lags bigint, max_lags bigint, criterion text, deterministic text)
	IS 'explosive: sup ADF statistic of Phillips, Wu and Yu: largest ADF statistic of the windows from the first row on; NULL lags are chosen from 0 to max_lags by aic or bic; deterministic terms of the regressions: none, constant or trend';

CREATE FUNCTION gsadf(series bubble_series, min_window bigint DEFAULT NULL, lags bigint DEFAULT NULL,
	max_lags bigint DEFAULT NULL, criterion text DEFAULT 'bic', deterministic text DEFAULT 'constant') RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_gsadf'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION gsadf(series bubble_series, min_window bigint, lags bigint, max_lags bigint, criterion text, deterministic text)
	IS 'explosive: generalised sup ADF statistic of Phillips, Shi and Yu: largest ADF statistic of all windows; NULL lags are chosen from 0 to max_lags by aic or bic; deterministic terms of the regressions: none, constant or trend';

CREATE FUNCTION bsadf_path(series bubble_series, min_window bigint DEFAULT NULL, lags bigint DEFAULT NULL,
	max_lags bigint DEFAULT NULL, criterion text DEFAULT 'bic', deterministic text DEFAULT 'constant') RETURNS bubble_series
	AS 'MODULE_PATHNAME', 'bubble_bsadf_path'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION bsadf_path(series bubble_series, min_window bigint, lags bigint, max_lags bigint, criterion text, deterministic text)
	IS 'explosive: bsadf row by row: for each row the largest ADF statistic of the windows of min_window rows or more that end there; deterministic terms of the regressions: none, constant or trend';

CREATE FUNCTION bsadf(y double precision, min_window bigint DEFAULT NULL, lags bigint DEFAULT 0) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_bsadf'
	LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION bsadf(y double precision, min_window bigint, lags bigint)
	IS 'explosive: backward sup ADF statistic of a row: the largest of the windows of min_window rows or more that end there; NULL min_window is chosen from the number of rows in the partition, later ones included; the frame is ignored';

-- Critical values, episodes, the test.  Times of a stored series depend on the
-- session's time zone: STABLE.

CREATE FUNCTION sadf_critical_value(observations bigint, min_window bigint DEFAULT NULL, lags bigint DEFAULT 0,
	level double precision DEFAULT 0.95) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_sadf_critical_value'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION sadf_critical_value(observations bigint, min_window bigint, lags bigint, level double precision)
	IS 'explosive: SADF statistic that a random walk passes with probability 1 - level, from the response surface; NULL for fewer or more observations than it covers';

CREATE FUNCTION gsadf_critical_value(observations bigint, min_window bigint DEFAULT NULL, lags bigint DEFAULT 0,
	level double precision DEFAULT 0.95) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_gsadf_critical_value'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION gsadf_critical_value(observations bigint, min_window bigint, lags bigint, level double precision)
	IS 'explosive: GSADF statistic that a random walk passes with probability 1 - level, from the response surface; NULL for fewer or more observations than it covers';

CREATE TYPE explosive_episode_date AS (
	started_at date,
	peak_at date,
	ended_at date,
	peak_statistic double precision,
	is_bubble boolean
);
COMMENT ON TYPE explosive_episode_date
	IS 'explosive: an explosive episode: its first row, that of the largest statistic, its last row (null while it goes on)';

CREATE TYPE explosive_episode AS (
	started_at timestamptz,
	peak_at timestamptz,
	ended_at timestamptz,
	peak_statistic double precision,
	is_bubble boolean
);
COMMENT ON TYPE explosive_episode
	IS 'explosive: an explosive episode: its first row, that of the largest statistic, its last row (null while it goes on)';

CREATE TYPE explosive_test AS (
	observations bigint,
	min_window bigint,
	lags bigint,
	adf double precision,
	adf_90 double precision,
	adf_95 double precision,
	adf_99 double precision,
	adf_p double precision,
	sadf double precision,
	sadf_90 double precision,
	sadf_95 double precision,
	sadf_99 double precision,
	sadf_p double precision,
	gsadf double precision,
	gsadf_90 double precision,
	gsadf_95 double precision,
	gsadf_99 double precision,
	gsadf_p double precision
);
COMMENT ON TYPE explosive_test
	IS 'explosive: ADF, SADF and GSADF statistics of a sample, each with its critical values at 90, 95 and 99 percent and its p value';

CREATE FUNCTION bubble_explosive_episodes_transfn(internal, double precision, date, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_explosive_episodes_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_explosive_episodes_transfn(internal, double precision, date, bigint)
	IS 'transition: a series and the parameters of explosive_episodes';

CREATE FUNCTION bubble_explosive_episodes_transfn(internal, double precision, date, bigint, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_explosive_episodes_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_explosive_episodes_transfn(internal, double precision, date, bigint, bigint)
	IS 'transition: a series and the parameters of explosive_episodes';

CREATE FUNCTION bubble_explosive_episodes_transfn(internal, double precision, date, bigint, bigint, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_explosive_episodes_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_explosive_episodes_transfn(internal, double precision, date, bigint, bigint, double precision)
	IS 'transition: a series and the parameters of explosive_episodes';

CREATE FUNCTION bubble_explosive_episodes_transfn(internal, double precision, date, bigint, bigint, double precision, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_explosive_episodes_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_explosive_episodes_transfn(internal, double precision, date, bigint, bigint, double precision, bigint)
	IS 'transition: a series and the parameters of explosive_episodes';

CREATE FUNCTION bubble_explosive_episodes_transfn(internal, double precision, timestamptz, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_explosive_episodes_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_explosive_episodes_transfn(internal, double precision, timestamptz, bigint)
	IS 'transition: a series and the parameters of explosive_episodes';

CREATE FUNCTION bubble_explosive_episodes_transfn(internal, double precision, timestamptz, bigint, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_explosive_episodes_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_explosive_episodes_transfn(internal, double precision, timestamptz, bigint, bigint)
	IS 'transition: a series and the parameters of explosive_episodes';

CREATE FUNCTION bubble_explosive_episodes_transfn(internal, double precision, timestamptz, bigint, bigint, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_explosive_episodes_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_explosive_episodes_transfn(internal, double precision, timestamptz, bigint, bigint, double precision)
	IS 'transition: a series and the parameters of explosive_episodes';

CREATE FUNCTION bubble_explosive_episodes_transfn(internal, double precision, timestamptz, bigint, bigint, double precision, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_explosive_episodes_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_explosive_episodes_transfn(internal, double precision, timestamptz, bigint, bigint, double precision, bigint)
	IS 'transition: a series and the parameters of explosive_episodes';

CREATE FUNCTION bubble_explosive_episodes_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_explosive_episodes_combinefn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_explosive_episodes_combinefn(internal, internal)
	IS 'combine: two parts of a series and the parameters of explosive_episodes';

CREATE FUNCTION bubble_explosive_episodes_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_explosive_episodes_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_explosive_episodes_serialfn(internal)
	IS 'serialize: a series and the parameters of explosive_episodes';

CREATE FUNCTION bubble_explosive_episodes_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_explosive_episodes_deserialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_explosive_episodes_deserialfn(bytea, internal)
	IS 'deserialize: a series and the parameters of explosive_episodes';

CREATE FUNCTION bubble_explosive_episodes_finalfn(bubble_series) RETURNS explosive_episode[]
	AS 'MODULE_PATHNAME', 'bubble_explosive_episodes'
	LANGUAGE C STABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION bubble_explosive_episodes_finalfn(bubble_series)
	IS 'final: explosive episodes of the collected rows';

CREATE FUNCTION bubble_explosive_episodes_finalfn(internal) RETURNS explosive_episode[]
	AS 'MODULE_PATHNAME', 'bubble_explosive_episodes_finalfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION bubble_explosive_episodes_finalfn(internal)
	IS 'final: explosive episodes of the collected rows';

CREATE FUNCTION bubble_explosive_episodes_date_finalfn(bubble_series) RETURNS explosive_episode_date[]
	AS 'MODULE_PATHNAME', 'bubble_explosive_episodes'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION bubble_explosive_episodes_date_finalfn(bubble_series)
	IS 'final: explosive episodes of the collected rows';

CREATE FUNCTION bubble_explosive_episodes_date_finalfn(internal) RETURNS explosive_episode_date[]
	AS 'MODULE_PATHNAME', 'bubble_explosive_episodes_finalfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION bubble_explosive_episodes_date_finalfn(internal)
	IS 'final: explosive episodes of the collected rows';

CREATE FUNCTION bubble_explosive_test_finalfn(bubble_series) RETURNS explosive_test
	AS 'MODULE_PATHNAME', 'bubble_explosive_test'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION bubble_explosive_test_finalfn(bubble_series)
	IS 'final: the test of the collected rows';

CREATE FUNCTION bubble_explosive_test_finalfn(internal) RETURNS explosive_test
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION bubble_explosive_test_finalfn(internal)
	IS 'final: the test of the collected rows';

CREATE AGGREGATE explosive_episodes(y double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_episodes_date_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_episodes(y double precision, at date)
	IS 'explosive: episodes in which the BSADF statistic stays above the critical value of the rows so far at 95 percent for ln n rows or more, as an array of rows for unnest()';

CREATE AGGREGATE explosive_episodes(y double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_episodes_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_episodes(y double precision, at timestamptz)
	IS 'explosive: episodes in which the BSADF statistic stays above the critical value of the rows so far at 95 percent for ln n rows or more, as an array of rows for unnest()';

CREATE AGGREGATE explosive_episodes(
	y double precision, at date, min_window bigint) (
	SFUNC = bubble_explosive_episodes_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_episodes_date_finalfn,
	COMBINEFUNC = bubble_explosive_episodes_combinefn,
	SERIALFUNC = bubble_explosive_episodes_serialfn,
	DESERIALFUNC = bubble_explosive_episodes_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_episodes( y double precision, at date, min_window bigint)
	IS 'explosive: episodes in which the BSADF statistic stays above the critical value of the rows so far at level, 95 percent unless given, for min_duration rows, ln n unless given, or more, as an array of rows for unnest()';

CREATE AGGREGATE explosive_episodes(
	y double precision, at date, min_window bigint, lags bigint) (
	SFUNC = bubble_explosive_episodes_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_episodes_date_finalfn,
	COMBINEFUNC = bubble_explosive_episodes_combinefn,
	SERIALFUNC = bubble_explosive_episodes_serialfn,
	DESERIALFUNC = bubble_explosive_episodes_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_episodes( y double precision, at date, min_window bigint, lags bigint)
	IS 'explosive: episodes in which the BSADF statistic stays above the critical value of the rows so far at level, 95 percent unless given, for min_duration rows, ln n unless given, or more, as an array of rows for unnest()';

CREATE AGGREGATE explosive_episodes(
	y double precision, at date, min_window bigint, lags bigint, level double precision) (
	SFUNC = bubble_explosive_episodes_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_episodes_date_finalfn,
	COMBINEFUNC = bubble_explosive_episodes_combinefn,
	SERIALFUNC = bubble_explosive_episodes_serialfn,
	DESERIALFUNC = bubble_explosive_episodes_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_episodes( y double precision, at date, min_window bigint, lags bigint, level double precision)
	IS 'explosive: episodes in which the BSADF statistic stays above the critical value of the rows so far at level, 95 percent unless given, for min_duration rows, ln n unless given, or more, as an array of rows for unnest()';

CREATE AGGREGATE explosive_episodes(
	y double precision, at date, min_window bigint, lags bigint, level double precision, min_duration bigint
) (
	SFUNC = bubble_explosive_episodes_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_episodes_date_finalfn,
	COMBINEFUNC = bubble_explosive_episodes_combinefn,
	SERIALFUNC = bubble_explosive_episodes_serialfn,
	DESERIALFUNC = bubble_explosive_episodes_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_episodes( y double precision, at date, min_window bigint, lags bigint, level double precision, min_duration bigint
)
	IS 'explosive: episodes in which the BSADF statistic stays above the critical value of the rows so far at level, 95 percent unless given, for min_duration rows, ln n unless given, or more, as an array of rows for unnest()';

CREATE AGGREGATE explosive_episodes(
	y double precision, at timestamptz, min_window bigint) (
	SFUNC = bubble_explosive_episodes_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_episodes_finalfn,
	COMBINEFUNC = bubble_explosive_episodes_combinefn,
	SERIALFUNC = bubble_explosive_episodes_serialfn,
	DESERIALFUNC = bubble_explosive_episodes_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_episodes( y double precision, at timestamptz, min_window bigint)
	IS 'explosive: episodes in which the BSADF statistic stays above the critical value of the rows so far at level, 95 percent unless given, for min_duration rows, ln n unless given, or more, as an array of rows for unnest()';

CREATE AGGREGATE explosive_episodes(
	y double precision, at timestamptz, min_window bigint, lags bigint) (
	SFUNC = bubble_explosive_episodes_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_episodes_finalfn,
	COMBINEFUNC = bubble_explosive_episodes_combinefn,
	SERIALFUNC = bubble_explosive_episodes_serialfn,
	DESERIALFUNC = bubble_explosive_episodes_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_episodes( y double precision, at timestamptz, min_window bigint, lags bigint)
	IS 'explosive: episodes in which the BSADF statistic stays above the critical value of the rows so far at level, 95 percent unless given, for min_duration rows, ln n unless given, or more, as an array of rows for unnest()';

CREATE AGGREGATE explosive_episodes(
	y double precision, at timestamptz, min_window bigint, lags bigint, level double precision) (
	SFUNC = bubble_explosive_episodes_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_episodes_finalfn,
	COMBINEFUNC = bubble_explosive_episodes_combinefn,
	SERIALFUNC = bubble_explosive_episodes_serialfn,
	DESERIALFUNC = bubble_explosive_episodes_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_episodes( y double precision, at timestamptz, min_window bigint, lags bigint, level double precision)
	IS 'explosive: episodes in which the BSADF statistic stays above the critical value of the rows so far at level, 95 percent unless given, for min_duration rows, ln n unless given, or more, as an array of rows for unnest()';

CREATE AGGREGATE explosive_episodes(
	y double precision, at timestamptz, min_window bigint, lags bigint, level double precision, min_duration bigint
) (
	SFUNC = bubble_explosive_episodes_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_episodes_finalfn,
	COMBINEFUNC = bubble_explosive_episodes_combinefn,
	SERIALFUNC = bubble_explosive_episodes_serialfn,
	DESERIALFUNC = bubble_explosive_episodes_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_episodes( y double precision, at timestamptz, min_window bigint, lags bigint, level double precision, min_duration bigint
)
	IS 'explosive: episodes in which the BSADF statistic stays above the critical value of the rows so far at level, 95 percent unless given, for min_duration rows, ln n unless given, or more, as an array of rows for unnest()';

CREATE AGGREGATE explosive_test(y double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_test_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_test(y double precision, at date)
	IS 'explosive: ADF, SADF and GSADF statistics with critical values and p values, as one row';

CREATE AGGREGATE explosive_test(y double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_test_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_test(y double precision, at timestamptz)
	IS 'explosive: ADF, SADF and GSADF statistics with critical values and p values, as one row';

CREATE AGGREGATE explosive_test(y double precision, at date, min_window bigint) (
	SFUNC = bubble_sadf_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_test_finalfn,
	COMBINEFUNC = bubble_sadf_combinefn,
	SERIALFUNC = bubble_sadf_serialfn,
	DESERIALFUNC = bubble_sadf_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_test(y double precision, at date, min_window bigint)
	IS 'explosive: ADF, SADF and GSADF statistics with critical values and p values, as one row';

CREATE AGGREGATE explosive_test(y double precision, at date, min_window bigint, lags bigint) (
	SFUNC = bubble_sadf_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_test_finalfn,
	COMBINEFUNC = bubble_sadf_combinefn,
	SERIALFUNC = bubble_sadf_serialfn,
	DESERIALFUNC = bubble_sadf_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_test(y double precision, at date, min_window bigint, lags bigint)
	IS 'explosive: ADF, SADF and GSADF statistics with critical values and p values, as one row';

CREATE AGGREGATE explosive_test(y double precision, at timestamptz, min_window bigint) (
	SFUNC = bubble_sadf_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_test_finalfn,
	COMBINEFUNC = bubble_sadf_combinefn,
	SERIALFUNC = bubble_sadf_serialfn,
	DESERIALFUNC = bubble_sadf_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_test(y double precision, at timestamptz, min_window bigint)
	IS 'explosive: ADF, SADF and GSADF statistics with critical values and p values, as one row';

CREATE AGGREGATE explosive_test(y double precision, at timestamptz, min_window bigint, lags bigint) (
	SFUNC = bubble_sadf_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_test_finalfn,
	COMBINEFUNC = bubble_sadf_combinefn,
	SERIALFUNC = bubble_sadf_serialfn,
	DESERIALFUNC = bubble_sadf_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_test(y double precision, at timestamptz, min_window bigint, lags bigint)
	IS 'explosive: ADF, SADF and GSADF statistics with critical values and p values, as one row';

CREATE FUNCTION explosive_episodes(series bubble_series, min_window bigint DEFAULT NULL, lags bigint DEFAULT NULL,
	level double precision DEFAULT 0.95, min_duration bigint DEFAULT NULL,
	max_lags bigint DEFAULT NULL, criterion text DEFAULT 'bic', deterministic text DEFAULT 'constant',
	critical double precision DEFAULT NULL, critical_path bubble_series DEFAULT NULL) RETURNS explosive_episode[]
	AS 'MODULE_PATHNAME', 'bubble_explosive_episodes'
	LANGUAGE C STABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION explosive_episodes(series bubble_series, min_window bigint, lags bigint, level double precision, min_duration bigint, max_lags bigint, criterion text, deterministic text, critical double precision, critical_path bubble_series)
	IS 'explosive: episodes in which the BSADF statistic stays for min_duration rows or more above critical, the row''s value of critical_path or else the critical value of the rows so far at level, as an array of rows for unnest(); NULL without critical values';

CREATE FUNCTION bsadf_critical_path(series bubble_series, min_window bigint DEFAULT NULL, lags bigint DEFAULT NULL,
	level double precision DEFAULT 0.95, max_lags bigint DEFAULT NULL, criterion text DEFAULT 'bic') RETURNS bubble_series
	AS 'MODULE_PATHNAME', 'bubble_bsadf_critical_path'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION bsadf_critical_path(series bubble_series, min_window bigint, lags bigint, level double precision, max_lags bigint, criterion text)
	IS 'explosive: critical values by which explosive_episodes dates, row by row of bsadf_path; NULL where the response surface does not cover them';

CREATE FUNCTION explosive_test(series bubble_series, min_window bigint DEFAULT NULL, lags bigint DEFAULT NULL,
	max_lags bigint DEFAULT NULL, criterion text DEFAULT 'bic', deterministic text DEFAULT 'constant')
	RETURNS explosive_test
	AS 'MODULE_PATHNAME', 'bubble_explosive_test'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION explosive_test(series bubble_series, min_window bigint, lags bigint, max_lags bigint, criterion text, deterministic text)
	IS 'explosive: ADF, SADF and GSADF statistics with critical values and p values, as one row; deterministic terms of the regressions: none, constant or trend; critical values are known with a constant only';

-- Critical values from simulated and from resampled series.

CREATE FUNCTION bubble_explosive_draws(observations bigint, min_window bigint, lags bigint, replications bigint,
	seed bigint, slice bigint, slices bigint, deterministic text DEFAULT 'constant',
	OUT adf double precision, OUT sadf double precision, OUT gsadf double precision) RETURNS SETOF record
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2000000 ROWS 250;
COMMENT ON FUNCTION bubble_explosive_draws(observations bigint, min_window bigint, lags bigint, replications bigint, seed bigint, slice bigint, slices bigint, deterministic text, OUT adf double precision, OUT sadf double precision, OUT gsadf double precision)
	IS 'statistics of simulated random walks: one of several slices, counted from 0, of the replications';

CREATE FUNCTION explosive_simulate(observations bigint, min_window bigint DEFAULT NULL, lags bigint DEFAULT 0,
	replications bigint DEFAULT 999, seed bigint DEFAULT 1, deterministic text DEFAULT 'constant',
	OUT level double precision, OUT adf double precision, OUT sadf double precision, OUT gsadf double precision)
	RETURNS SETOF record
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1000000 ROWS 19
BEGIN ATOMIC
	SELECT pg_catalog.unnest(levels), pg_catalog.unnest(adf), pg_catalog.unnest(sadf), pg_catalog.unnest(gsadf)
	FROM (
		SELECT levels, pg_catalog.percentile_cont(levels) WITHIN GROUP (ORDER BY d.adf) AS adf,
			pg_catalog.percentile_cont(levels) WITHIN GROUP (ORDER BY d.sadf) AS sadf,
			pg_catalog.percentile_cont(levels) WITHIN GROUP (ORDER BY d.gsadf) AS gsadf
		FROM (
			SELECT * FROM bubble_explosive_draws(observations, min_window, lags, replications, seed, 0, 8, deterministic)
			UNION ALL
			SELECT * FROM bubble_explosive_draws(observations, min_window, lags, replications, seed, 1, 8, deterministic)
			UNION ALL
			SELECT * FROM bubble_explosive_draws(observations, min_window, lags, replications, seed, 2, 8, deterministic)
			UNION ALL
			SELECT * FROM bubble_explosive_draws(observations, min_window, lags, replications, seed, 3, 8, deterministic)
			UNION ALL
			SELECT * FROM bubble_explosive_draws(observations, min_window, lags, replications, seed, 4, 8, deterministic)
			UNION ALL
			SELECT * FROM bubble_explosive_draws(observations, min_window, lags, replications, seed, 5, 8, deterministic)
			UNION ALL
			SELECT * FROM bubble_explosive_draws(observations, min_window, lags, replications, seed, 6, 8, deterministic)
			UNION ALL
			SELECT * FROM bubble_explosive_draws(observations, min_window, lags, replications, seed, 7, 8, deterministic)
		) AS d,
			(VALUES (ARRAY[0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.925, 0.95, 0.975, 0.99,
				0.995, 0.999]::pg_catalog.float8[])) AS l (levels)
		GROUP BY levels
	) AS q;
END;
COMMENT ON FUNCTION explosive_simulate(observations bigint, min_window bigint, lags bigint, replications bigint, seed bigint, deterministic text, OUT level double precision, OUT adf double precision, OUT sadf double precision, OUT gsadf double precision)
	IS 'explosive: critical values of the ADF, SADF and GSADF statistics from simulated random walks, a row for each level; deterministic terms of the regressions: none, constant or trend';

CREATE TYPE explosive_bootstrap AS (
	observations bigint,
	min_window bigint,
	lags bigint,
	replications bigint,
	sadf double precision,
	sadf_90 double precision,
	sadf_95 double precision,
	sadf_99 double precision,
	sadf_p double precision,
	gsadf double precision,
	gsadf_90 double precision,
	gsadf_95 double precision,
	gsadf_99 double precision,
	gsadf_p double precision
);
COMMENT ON TYPE explosive_bootstrap
	IS 'explosive: SADF and GSADF statistics of a sample, each with its critical values at 90, 95 and 99 percent and its p value from a bootstrap';

CREATE FUNCTION bubble_explosive_bootstrap_transfn(internal, double precision, date, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_explosive_bootstrap_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_explosive_bootstrap_transfn(internal, double precision, date, bigint)
	IS 'transition: a series and the parameters of explosive_bootstrap';

CREATE FUNCTION bubble_explosive_bootstrap_transfn(internal, double precision, date, bigint, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_explosive_bootstrap_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_explosive_bootstrap_transfn(internal, double precision, date, bigint, bigint)
	IS 'transition: a series and the parameters of explosive_bootstrap';

CREATE FUNCTION bubble_explosive_bootstrap_transfn(internal, double precision, date, bigint, bigint, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_explosive_bootstrap_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_explosive_bootstrap_transfn(internal, double precision, date, bigint, bigint, bigint)
	IS 'transition: a series and the parameters of explosive_bootstrap';

CREATE FUNCTION bubble_explosive_bootstrap_transfn(internal, double precision, date, bigint, bigint, bigint, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_explosive_bootstrap_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_explosive_bootstrap_transfn(internal, double precision, date, bigint, bigint, bigint, bigint)
	IS 'transition: a series and the parameters of explosive_bootstrap';

CREATE FUNCTION bubble_explosive_bootstrap_transfn(internal, double precision, timestamptz, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_explosive_bootstrap_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_explosive_bootstrap_transfn(internal, double precision, timestamptz, bigint)
	IS 'transition: a series and the parameters of explosive_bootstrap';

CREATE FUNCTION bubble_explosive_bootstrap_transfn(internal, double precision, timestamptz, bigint, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_explosive_bootstrap_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_explosive_bootstrap_transfn(internal, double precision, timestamptz, bigint, bigint)
	IS 'transition: a series and the parameters of explosive_bootstrap';

CREATE FUNCTION bubble_explosive_bootstrap_transfn(internal, double precision, timestamptz, bigint, bigint, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_explosive_bootstrap_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_explosive_bootstrap_transfn(internal, double precision, timestamptz, bigint, bigint, bigint)
	IS 'transition: a series and the parameters of explosive_bootstrap';

CREATE FUNCTION bubble_explosive_bootstrap_transfn(internal, double precision, timestamptz, bigint, bigint, bigint, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_explosive_bootstrap_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_explosive_bootstrap_transfn(internal, double precision, timestamptz, bigint, bigint, bigint, bigint)
	IS 'transition: a series and the parameters of explosive_bootstrap';

CREATE FUNCTION bubble_explosive_bootstrap_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_explosive_bootstrap_combinefn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_explosive_bootstrap_combinefn(internal, internal)
	IS 'combine: two parts of a series and the parameters of explosive_bootstrap';

CREATE FUNCTION bubble_explosive_bootstrap_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_explosive_bootstrap_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_explosive_bootstrap_serialfn(internal)
	IS 'serialize: a series and the parameters of explosive_bootstrap';

CREATE FUNCTION bubble_explosive_bootstrap_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_explosive_bootstrap_deserialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_explosive_bootstrap_deserialfn(bytea, internal)
	IS 'deserialize: a series and the parameters of explosive_bootstrap';

CREATE FUNCTION bubble_explosive_bootstrap_finalfn(bubble_series) RETURNS explosive_bootstrap
	AS 'MODULE_PATHNAME', 'bubble_explosive_bootstrap'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000000;
COMMENT ON FUNCTION bubble_explosive_bootstrap_finalfn(bubble_series)
	IS 'final: the bootstrap of the collected rows';

CREATE FUNCTION bubble_explosive_bootstrap_finalfn(internal) RETURNS explosive_bootstrap
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000000;
COMMENT ON FUNCTION bubble_explosive_bootstrap_finalfn(internal)
	IS 'final: the bootstrap of the collected rows';

CREATE AGGREGATE explosive_bootstrap(y double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_bootstrap_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_bootstrap(y double precision, at date)
	IS 'explosive: SADF and GSADF statistics with critical values and p values from a wild bootstrap, valid where volatility changes, as one row';

CREATE AGGREGATE explosive_bootstrap(y double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_bootstrap_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_bootstrap(y double precision, at timestamptz)
	IS 'explosive: SADF and GSADF statistics with critical values and p values from a wild bootstrap, valid where volatility changes, as one row';

CREATE AGGREGATE explosive_bootstrap(
	y double precision, at date, min_window bigint) (
	SFUNC = bubble_explosive_bootstrap_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_bootstrap_finalfn,
	COMBINEFUNC = bubble_explosive_bootstrap_combinefn,
	SERIALFUNC = bubble_explosive_bootstrap_serialfn,
	DESERIALFUNC = bubble_explosive_bootstrap_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_bootstrap( y double precision, at date, min_window bigint)
	IS 'explosive: SADF and GSADF statistics with critical values and p values from a wild bootstrap, valid where volatility changes, as one row';

CREATE AGGREGATE explosive_bootstrap(
	y double precision, at date, min_window bigint, lags bigint) (
	SFUNC = bubble_explosive_bootstrap_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_bootstrap_finalfn,
	COMBINEFUNC = bubble_explosive_bootstrap_combinefn,
	SERIALFUNC = bubble_explosive_bootstrap_serialfn,
	DESERIALFUNC = bubble_explosive_bootstrap_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_bootstrap( y double precision, at date, min_window bigint, lags bigint)
	IS 'explosive: SADF and GSADF statistics with critical values and p values from a wild bootstrap, valid where volatility changes, as one row';

CREATE AGGREGATE explosive_bootstrap(
	y double precision, at date, min_window bigint, lags bigint, replications bigint) (
	SFUNC = bubble_explosive_bootstrap_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_bootstrap_finalfn,
	COMBINEFUNC = bubble_explosive_bootstrap_combinefn,
	SERIALFUNC = bubble_explosive_bootstrap_serialfn,
	DESERIALFUNC = bubble_explosive_bootstrap_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_bootstrap( y double precision, at date, min_window bigint, lags bigint, replications bigint)
	IS 'explosive: SADF and GSADF statistics with critical values and p values from a wild bootstrap, valid where volatility changes, as one row';

CREATE AGGREGATE explosive_bootstrap(
	y double precision, at date, min_window bigint, lags bigint, replications bigint, seed bigint
) (
	SFUNC = bubble_explosive_bootstrap_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_bootstrap_finalfn,
	COMBINEFUNC = bubble_explosive_bootstrap_combinefn,
	SERIALFUNC = bubble_explosive_bootstrap_serialfn,
	DESERIALFUNC = bubble_explosive_bootstrap_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_bootstrap( y double precision, at date, min_window bigint, lags bigint, replications bigint, seed bigint
)
	IS 'explosive: SADF and GSADF statistics with critical values and p values from a wild bootstrap, valid where volatility changes, as one row';

CREATE AGGREGATE explosive_bootstrap(
	y double precision, at timestamptz, min_window bigint) (
	SFUNC = bubble_explosive_bootstrap_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_bootstrap_finalfn,
	COMBINEFUNC = bubble_explosive_bootstrap_combinefn,
	SERIALFUNC = bubble_explosive_bootstrap_serialfn,
	DESERIALFUNC = bubble_explosive_bootstrap_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_bootstrap( y double precision, at timestamptz, min_window bigint)
	IS 'explosive: SADF and GSADF statistics with critical values and p values from a wild bootstrap, valid where volatility changes, as one row';

CREATE AGGREGATE explosive_bootstrap(
	y double precision, at timestamptz, min_window bigint, lags bigint) (
	SFUNC = bubble_explosive_bootstrap_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_bootstrap_finalfn,
	COMBINEFUNC = bubble_explosive_bootstrap_combinefn,
	SERIALFUNC = bubble_explosive_bootstrap_serialfn,
	DESERIALFUNC = bubble_explosive_bootstrap_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_bootstrap( y double precision, at timestamptz, min_window bigint, lags bigint)
	IS 'explosive: SADF and GSADF statistics with critical values and p values from a wild bootstrap, valid where volatility changes, as one row';

CREATE AGGREGATE explosive_bootstrap(
	y double precision, at timestamptz, min_window bigint, lags bigint, replications bigint) (
	SFUNC = bubble_explosive_bootstrap_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_bootstrap_finalfn,
	COMBINEFUNC = bubble_explosive_bootstrap_combinefn,
	SERIALFUNC = bubble_explosive_bootstrap_serialfn,
	DESERIALFUNC = bubble_explosive_bootstrap_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_bootstrap( y double precision, at timestamptz, min_window bigint, lags bigint, replications bigint)
	IS 'explosive: SADF and GSADF statistics with critical values and p values from a wild bootstrap, valid where volatility changes, as one row';

CREATE AGGREGATE explosive_bootstrap(
	y double precision, at timestamptz, min_window bigint, lags bigint, replications bigint, seed bigint
) (
	SFUNC = bubble_explosive_bootstrap_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_bootstrap_finalfn,
	COMBINEFUNC = bubble_explosive_bootstrap_combinefn,
	SERIALFUNC = bubble_explosive_bootstrap_serialfn,
	DESERIALFUNC = bubble_explosive_bootstrap_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_bootstrap( y double precision, at timestamptz, min_window bigint, lags bigint, replications bigint, seed bigint
)
	IS 'explosive: SADF and GSADF statistics with critical values and p values from a wild bootstrap, valid where volatility changes, as one row';

CREATE FUNCTION explosive_bootstrap(series bubble_series, min_window bigint DEFAULT NULL, lags bigint DEFAULT NULL,
	replications bigint DEFAULT 999, seed bigint DEFAULT 1, method text DEFAULT 'harvey', control bigint DEFAULT NULL,
	max_lags bigint DEFAULT NULL, criterion text DEFAULT 'bic', deterministic text DEFAULT 'constant') RETURNS explosive_bootstrap
	AS 'MODULE_PATHNAME', 'bubble_explosive_bootstrap'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000000;
COMMENT ON FUNCTION explosive_bootstrap(series bubble_series, min_window bigint, lags bigint, replications bigint, seed bigint, method text, control bigint, max_lags bigint, criterion text, deterministic text)
	IS 'explosive: SADF and GSADF statistics with critical values and p values from a wild bootstrap, valid where volatility changes, as one row';

CREATE FUNCTION explosive_bootstrap_path(series bubble_series, min_window bigint DEFAULT NULL, lags bigint DEFAULT NULL,
	level double precision DEFAULT 0.95, replications bigint DEFAULT 999, seed bigint DEFAULT 1,
	method text DEFAULT 'harvey', max_lags bigint DEFAULT NULL, criterion text DEFAULT 'bic',
	deterministic text DEFAULT 'constant') RETURNS bubble_series
	AS 'MODULE_PATHNAME', 'bubble_explosive_bootstrap_path'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000000;
COMMENT ON FUNCTION explosive_bootstrap_path(series bubble_series, min_window bigint, lags bigint, level double precision, replications bigint, seed bigint, method text, max_lags bigint, criterion text, deterministic text)
	IS 'explosive: critical values of bsadf_path from a wild bootstrap, row by row: the quantile at level of the row''s BSADF statistic, for explosive_episodes';

-- What remains after controls.

CREATE FUNCTION bubble_explosive_residuals_transfn(internal, double precision, double precision[], date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_explosive_residuals_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_explosive_residuals_transfn(internal, double precision, double precision[], date)
	IS 'transition: the rows of a regression';

CREATE FUNCTION bubble_explosive_residuals_transfn(internal, double precision, double precision[], timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_explosive_residuals_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_explosive_residuals_transfn(internal, double precision, double precision[], timestamptz)
	IS 'transition: the rows of a regression';

CREATE FUNCTION bubble_explosive_residuals_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_explosive_residuals_combinefn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_explosive_residuals_combinefn(internal, internal)
	IS 'combine: two parts of the rows of a regression';

CREATE FUNCTION bubble_explosive_residuals_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_explosive_residuals_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_explosive_residuals_serialfn(internal)
	IS 'serialize: the rows of a regression';

CREATE FUNCTION bubble_explosive_residuals_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_explosive_residuals_deserialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_explosive_residuals_deserialfn(bytea, internal)
	IS 'deserialize: the rows of a regression';

CREATE FUNCTION bubble_explosive_residuals_finalfn(internal) RETURNS bubble_series
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_explosive_residuals_finalfn(internal)
	IS 'final: residuals in order of time';

CREATE AGGREGATE explosive_residuals(y double precision, controls double precision[], at date) (
	SFUNC = bubble_explosive_residuals_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_residuals_finalfn,
	COMBINEFUNC = bubble_explosive_residuals_combinefn,
	SERIALFUNC = bubble_explosive_residuals_serialfn,
	DESERIALFUNC = bubble_explosive_residuals_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_residuals(y double precision, controls double precision[], at date)
	IS 'explosive: the series that remains of y after a least-squares regression on a constant and the controls';

CREATE AGGREGATE explosive_residuals(y double precision, controls double precision[], at timestamptz) (
	SFUNC = bubble_explosive_residuals_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_residuals_finalfn,
	COMBINEFUNC = bubble_explosive_residuals_combinefn,
	SERIALFUNC = bubble_explosive_residuals_serialfn,
	DESERIALFUNC = bubble_explosive_residuals_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_residuals(y double precision, controls double precision[], at timestamptz)
	IS 'explosive: the series that remains of y after a least-squares regression on a constant and the controls';

-- ---------------------------------------------------------------------------
-- score
--
-- The score of a row is its standing among the rows before it, so rows are
-- taken in the order given, and parts of them could not be put together
-- again: no COMBINEFUNC.  In a parallel plan whole groups are computed where
-- their rows are.
-- ---------------------------------------------------------------------------

CREATE FUNCTION bubble_score_transfn(internal, double precision[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_score_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_score_transfn(internal, double precision[])
	IS 'transition: indicators of the rows so far';

CREATE FUNCTION bubble_score_transfn(internal, double precision[], double precision[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_score_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_score_transfn(internal, double precision[], double precision[])
	IS 'transition: indicators of the rows so far';

CREATE FUNCTION bubble_score_transfn(internal, double precision[], double precision[], text) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_score_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_score_transfn(internal, double precision[], double precision[], text)
	IS 'transition: indicators of the rows so far';

CREATE FUNCTION bubble_score_transfn(internal, double precision[], double precision[], text, text) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_score_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_score_transfn(internal, double precision[], double precision[], text, text)
	IS 'transition: indicators of the rows so far';

CREATE FUNCTION bubble_score_transfn(internal, double precision[], double precision[], text, text, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_score_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_score_transfn(internal, double precision[], double precision[], text, text, bigint)
	IS 'transition: indicators of the rows so far';

CREATE FUNCTION bubble_score_transfn(internal, double precision[], double precision[], text, text, bigint, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_score_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_score_transfn(internal, double precision[], double precision[], text, text, bigint, double precision)
	IS 'transition: indicators of the rows so far';

CREATE FUNCTION bubble_score_transfn(internal, double precision[], double precision[], text, text, bigint, double precision, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_score_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_score_transfn(internal, double precision[], double precision[], text, text, bigint, double precision, bigint)
	IS 'transition: indicators of the rows so far';

CREATE FUNCTION bubble_score_transfn(internal, double precision[], double precision[], text, text, bigint, double precision, bigint, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_score_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_score_transfn(internal, double precision[], double precision[], text, text, bigint, double precision, bigint, bigint)
	IS 'transition: indicators of the rows so far';

CREATE FUNCTION bubble_score_moving_transfn(internal, double precision[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_score_moving_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_score_moving_transfn(internal, double precision[])
	IS 'transition: indicators of the rows of a frame';

CREATE FUNCTION bubble_score_moving_transfn(internal, double precision[], double precision[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_score_moving_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_score_moving_transfn(internal, double precision[], double precision[])
	IS 'transition: indicators of the rows of a frame';

CREATE FUNCTION bubble_score_moving_transfn(internal, double precision[], double precision[], text) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_score_moving_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_score_moving_transfn(internal, double precision[], double precision[], text)
	IS 'transition: indicators of the rows of a frame';

CREATE FUNCTION bubble_score_moving_transfn(internal, double precision[], double precision[], text, text) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_score_moving_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_score_moving_transfn(internal, double precision[], double precision[], text, text)
	IS 'transition: indicators of the rows of a frame';

CREATE FUNCTION bubble_score_moving_transfn(internal, double precision[], double precision[], text, text, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_score_moving_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_score_moving_transfn(internal, double precision[], double precision[], text, text, bigint)
	IS 'transition: indicators of the rows of a frame';

CREATE FUNCTION bubble_score_moving_transfn(internal, double precision[], double precision[], text, text, bigint, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_score_moving_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_score_moving_transfn(internal, double precision[], double precision[], text, text, bigint, double precision)
	IS 'transition: indicators of the rows of a frame';

CREATE FUNCTION bubble_score_moving_transfn(internal, double precision[], double precision[], text, text, bigint, double precision, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_score_moving_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_score_moving_transfn(internal, double precision[], double precision[], text, text, bigint, double precision, bigint)
	IS 'transition: indicators of the rows of a frame';

CREATE FUNCTION bubble_score_moving_transfn(internal, double precision[], double precision[], text, text, bigint, double precision, bigint, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_score_moving_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_score_moving_transfn(internal, double precision[], double precision[], text, text, bigint, double precision, bigint, bigint)
	IS 'transition: indicators of the rows of a frame';

CREATE FUNCTION bubble_score_moving_invtransfn(internal, double precision[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_score_moving_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_score_moving_invtransfn(internal, double precision[])
	IS 'moving transition: the oldest row leaves indicators of the rows of a frame';

CREATE FUNCTION bubble_score_moving_invtransfn(internal, double precision[], double precision[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_score_moving_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_score_moving_invtransfn(internal, double precision[], double precision[])
	IS 'moving transition: the oldest row leaves indicators of the rows of a frame';

CREATE FUNCTION bubble_score_moving_invtransfn(internal, double precision[], double precision[], text) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_score_moving_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_score_moving_invtransfn(internal, double precision[], double precision[], text)
	IS 'moving transition: the oldest row leaves indicators of the rows of a frame';

CREATE FUNCTION bubble_score_moving_invtransfn(internal, double precision[], double precision[], text, text) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_score_moving_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_score_moving_invtransfn(internal, double precision[], double precision[], text, text)
	IS 'moving transition: the oldest row leaves indicators of the rows of a frame';

CREATE FUNCTION bubble_score_moving_invtransfn(internal, double precision[], double precision[], text, text, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_score_moving_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_score_moving_invtransfn(internal, double precision[], double precision[], text, text, bigint)
	IS 'moving transition: the oldest row leaves indicators of the rows of a frame';

CREATE FUNCTION bubble_score_moving_invtransfn(internal, double precision[], double precision[], text, text, bigint, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_score_moving_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_score_moving_invtransfn(internal, double precision[], double precision[], text, text, bigint, double precision)
	IS 'moving transition: the oldest row leaves indicators of the rows of a frame';

CREATE FUNCTION bubble_score_moving_invtransfn(internal, double precision[], double precision[], text, text, bigint, double precision, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_score_moving_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_score_moving_invtransfn(internal, double precision[], double precision[], text, text, bigint, double precision, bigint)
	IS 'moving transition: the oldest row leaves indicators of the rows of a frame';

CREATE FUNCTION bubble_score_moving_invtransfn(internal, double precision[], double precision[], text, text, bigint, double precision, bigint, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_score_moving_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_score_moving_invtransfn(internal, double precision[], double precision[], text, text, bigint, double precision, bigint, bigint)
	IS 'moving transition: the oldest row leaves indicators of the rows of a frame';

CREATE FUNCTION bubble_score_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_score_finalfn(internal)
	IS 'final: composite of the last row';

CREATE FUNCTION bubble_components_finalfn(internal) RETURNS double precision[]
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_components_finalfn(internal)
	IS 'final: normalised indicators of the last row';

CREATE FUNCTION bubble_contributions_finalfn(internal) RETURNS double precision[]
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_contributions_finalfn(internal)
	IS 'final: what each indicator adds to the score';

CREATE TYPE score_sensitivity AS (
	score double precision,
	low double precision,
	high double precision,
	weights_low double precision,
	weights_high double precision,
	left_out double precision[]
);
COMMENT ON TYPE score_sensitivity
	IS 'score: a score and the interval it lies in when weights are perturbed (5 to 95 percent) and each indicator is left out';

CREATE FUNCTION bubble_score_sensitivity_finalfn(internal) RETURNS score_sensitivity
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION bubble_score_sensitivity_finalfn(internal)
	IS 'final: score of the last row with its interval';

CREATE AGGREGATE bubble_score(indicators double precision[]) (
	SFUNC = bubble_score_transfn,
	STYPE = internal,
	SSPACE = 4096,
	FINALFUNC = bubble_score_finalfn,
	MSFUNC = bubble_score_moving_transfn,
	MINVFUNC = bubble_score_moving_invtransfn,
	MSTYPE = internal,
	MSSPACE = 8192,
	MFINALFUNC = bubble_score_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE bubble_score(indicators double precision[])
	IS 'score: composite score, 0 to 100, of the last row: its indicators normalised against their history, where that has min_history values; equal weights, percentiles, arithmetic mean and 20 values if not given; rows in the order given';

CREATE AGGREGATE bubble_score(indicators double precision[], weights double precision[]) (
	SFUNC = bubble_score_transfn,
	STYPE = internal,
	SSPACE = 4096,
	FINALFUNC = bubble_score_finalfn,
	MSFUNC = bubble_score_moving_transfn,
	MINVFUNC = bubble_score_moving_invtransfn,
	MSTYPE = internal,
	MSSPACE = 8192,
	MFINALFUNC = bubble_score_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE bubble_score(indicators double precision[], weights double precision[])
	IS 'score: composite score, 0 to 100, of the last row: its indicators normalised against their history, where that has min_history values; equal weights, percentiles, arithmetic mean and 20 values if not given; rows in the order given';

CREATE AGGREGATE bubble_score(indicators double precision[], weights double precision[], method text) (
	SFUNC = bubble_score_transfn,
	STYPE = internal,
	SSPACE = 4096,
	FINALFUNC = bubble_score_finalfn,
	MSFUNC = bubble_score_moving_transfn,
	MINVFUNC = bubble_score_moving_invtransfn,
	MSTYPE = internal,
	MSSPACE = 8192,
	MFINALFUNC = bubble_score_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE bubble_score(indicators double precision[], weights double precision[], method text)
	IS 'score: composite score, 0 to 100, of the last row: its indicators normalised against their history, where that has min_history values; equal weights, percentiles, arithmetic mean and 20 values if not given; rows in the order given';

CREATE AGGREGATE bubble_score(indicators double precision[], weights double precision[], method text, aggregation text) (
	SFUNC = bubble_score_transfn,
	STYPE = internal,
	SSPACE = 4096,
	FINALFUNC = bubble_score_finalfn,
	MSFUNC = bubble_score_moving_transfn,
	MINVFUNC = bubble_score_moving_invtransfn,
	MSTYPE = internal,
	MSSPACE = 8192,
	MFINALFUNC = bubble_score_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE bubble_score(indicators double precision[], weights double precision[], method text, aggregation text)
	IS 'score: composite score, 0 to 100, of the last row: its indicators normalised against their history, where that has min_history values; equal weights, percentiles, arithmetic mean and 20 values if not given; rows in the order given';

CREATE AGGREGATE bubble_score(indicators double precision[], weights double precision[], method text, aggregation text, min_history bigint) (
	SFUNC = bubble_score_transfn,
	STYPE = internal,
	SSPACE = 4096,
	FINALFUNC = bubble_score_finalfn,
	MSFUNC = bubble_score_moving_transfn,
	MINVFUNC = bubble_score_moving_invtransfn,
	MSTYPE = internal,
	MSSPACE = 8192,
	MFINALFUNC = bubble_score_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE bubble_score(indicators double precision[], weights double precision[], method text, aggregation text, min_history bigint)
	IS 'score: composite score, 0 to 100, of the last row: its indicators normalised against their history, where that has min_history values; equal weights, percentiles, arithmetic mean and 20 values if not given; rows in the order given';

CREATE AGGREGATE bubble_components(indicators double precision[]) (
	SFUNC = bubble_score_transfn,
	STYPE = internal,
	SSPACE = 4096,
	FINALFUNC = bubble_components_finalfn,
	MSFUNC = bubble_score_moving_transfn,
	MINVFUNC = bubble_score_moving_invtransfn,
	MSTYPE = internal,
	MSSPACE = 8192,
	MFINALFUNC = bubble_components_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE bubble_components(indicators double precision[])
	IS 'score: normalised indicators, 0 to 100, of the last row, null before they have min_history values; equal weights, percentiles, arithmetic mean and 20 values if not given; rows in the order given';

CREATE AGGREGATE bubble_components(indicators double precision[], weights double precision[]) (
	SFUNC = bubble_score_transfn,
	STYPE = internal,
	SSPACE = 4096,
	FINALFUNC = bubble_components_finalfn,
	MSFUNC = bubble_score_moving_transfn,
	MINVFUNC = bubble_score_moving_invtransfn,
	MSTYPE = internal,
	MSSPACE = 8192,
	MFINALFUNC = bubble_components_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE bubble_components(indicators double precision[], weights double precision[])
	IS 'score: normalised indicators, 0 to 100, of the last row, null before they have min_history values; equal weights, percentiles, arithmetic mean and 20 values if not given; rows in the order given';

CREATE AGGREGATE bubble_components(indicators double precision[], weights double precision[], method text) (
	SFUNC = bubble_score_transfn,
	STYPE = internal,
	SSPACE = 4096,
	FINALFUNC = bubble_components_finalfn,
	MSFUNC = bubble_score_moving_transfn,
	MINVFUNC = bubble_score_moving_invtransfn,
	MSTYPE = internal,
	MSSPACE = 8192,
	MFINALFUNC = bubble_components_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE bubble_components(indicators double precision[], weights double precision[], method text)
	IS 'score: normalised indicators, 0 to 100, of the last row, null before they have min_history values; equal weights, percentiles, arithmetic mean and 20 values if not given; rows in the order given';

CREATE AGGREGATE bubble_components(indicators double precision[], weights double precision[], method text, aggregation text) (
	SFUNC = bubble_score_transfn,
	STYPE = internal,
	SSPACE = 4096,
	FINALFUNC = bubble_components_finalfn,
	MSFUNC = bubble_score_moving_transfn,
	MINVFUNC = bubble_score_moving_invtransfn,
	MSTYPE = internal,
	MSSPACE = 8192,
	MFINALFUNC = bubble_components_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE bubble_components(indicators double precision[], weights double precision[], method text, aggregation text)
	IS 'score: normalised indicators, 0 to 100, of the last row, null before they have min_history values; equal weights, percentiles, arithmetic mean and 20 values if not given; rows in the order given';

CREATE AGGREGATE bubble_components(indicators double precision[], weights double precision[], method text, aggregation text, min_history bigint) (
	SFUNC = bubble_score_transfn,
	STYPE = internal,
	SSPACE = 4096,
	FINALFUNC = bubble_components_finalfn,
	MSFUNC = bubble_score_moving_transfn,
	MINVFUNC = bubble_score_moving_invtransfn,
	MSTYPE = internal,
	MSSPACE = 8192,
	MFINALFUNC = bubble_components_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE bubble_components(indicators double precision[], weights double precision[], method text, aggregation text, min_history bigint)
	IS 'score: normalised indicators, 0 to 100, of the last row, null before they have min_history values; equal weights, percentiles, arithmetic mean and 20 values if not given; rows in the order given';

CREATE AGGREGATE bubble_contributions(indicators double precision[]) (
	SFUNC = bubble_score_transfn,
	STYPE = internal,
	SSPACE = 4096,
	FINALFUNC = bubble_contributions_finalfn,
	MSFUNC = bubble_score_moving_transfn,
	MINVFUNC = bubble_score_moving_invtransfn,
	MSTYPE = internal,
	MSSPACE = 8192,
	MFINALFUNC = bubble_contributions_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE bubble_contributions(indicators double precision[])
	IS 'score: what each indicator adds to the composite score of the last row: parts that add up to it, 0 without weight; equal weights, percentiles, arithmetic mean and 20 values if not given; rows in the order given';

CREATE AGGREGATE bubble_contributions(indicators double precision[], weights double precision[]) (
	SFUNC = bubble_score_transfn,
	STYPE = internal,
	SSPACE = 4096,
	FINALFUNC = bubble_contributions_finalfn,
	MSFUNC = bubble_score_moving_transfn,
	MINVFUNC = bubble_score_moving_invtransfn,
	MSTYPE = internal,
	MSSPACE = 8192,
	MFINALFUNC = bubble_contributions_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE bubble_contributions(indicators double precision[], weights double precision[])
	IS 'score: what each indicator adds to the composite score of the last row: parts that add up to it, 0 without weight; equal weights, percentiles, arithmetic mean and 20 values if not given; rows in the order given';

CREATE AGGREGATE bubble_contributions(indicators double precision[], weights double precision[], method text) (
	SFUNC = bubble_score_transfn,
	STYPE = internal,
	SSPACE = 4096,
	FINALFUNC = bubble_contributions_finalfn,
	MSFUNC = bubble_score_moving_transfn,
	MINVFUNC = bubble_score_moving_invtransfn,
	MSTYPE = internal,
	MSSPACE = 8192,
	MFINALFUNC = bubble_contributions_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE bubble_contributions(indicators double precision[], weights double precision[], method text)
	IS 'score: what each indicator adds to the composite score of the last row: parts that add up to it, 0 without weight; equal weights, percentiles, arithmetic mean and 20 values if not given; rows in the order given';

CREATE AGGREGATE bubble_contributions(indicators double precision[], weights double precision[], method text, aggregation text) (
	SFUNC = bubble_score_transfn,
	STYPE = internal,
	SSPACE = 4096,
	FINALFUNC = bubble_contributions_finalfn,
	MSFUNC = bubble_score_moving_transfn,
	MINVFUNC = bubble_score_moving_invtransfn,
	MSTYPE = internal,
	MSSPACE = 8192,
	MFINALFUNC = bubble_contributions_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE bubble_contributions(indicators double precision[], weights double precision[], method text, aggregation text)
	IS 'score: what each indicator adds to the composite score of the last row: parts that add up to it, 0 without weight; equal weights, percentiles, arithmetic mean and 20 values if not given; rows in the order given';

CREATE AGGREGATE bubble_contributions(indicators double precision[], weights double precision[], method text, aggregation text, min_history bigint) (
	SFUNC = bubble_score_transfn,
	STYPE = internal,
	SSPACE = 4096,
	FINALFUNC = bubble_contributions_finalfn,
	MSFUNC = bubble_score_moving_transfn,
	MINVFUNC = bubble_score_moving_invtransfn,
	MSTYPE = internal,
	MSSPACE = 8192,
	MFINALFUNC = bubble_contributions_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE bubble_contributions(indicators double precision[], weights double precision[], method text, aggregation text, min_history bigint)
	IS 'score: what each indicator adds to the composite score of the last row: parts that add up to it, 0 without weight; equal weights, percentiles, arithmetic mean and 20 values if not given; rows in the order given';

CREATE AGGREGATE score_sensitivity(indicators double precision[]) (
	SFUNC = bubble_score_transfn,
	STYPE = internal,
	SSPACE = 4096,
	FINALFUNC = bubble_score_sensitivity_finalfn,
	MSFUNC = bubble_score_moving_transfn,
	MINVFUNC = bubble_score_moving_invtransfn,
	MSTYPE = internal,
	MSSPACE = 8192,
	MFINALFUNC = bubble_score_sensitivity_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE score_sensitivity(indicators double precision[])
	IS 'score: composite score of the last row with the interval it lies in when weights are perturbed and indicators left out; equal weights, percentiles, arithmetic mean and 20 values if not given, perturbation 0.25, 999 replications, seed 1; rows in the order given';

CREATE AGGREGATE score_sensitivity(indicators double precision[], weights double precision[]) (
	SFUNC = bubble_score_transfn,
	STYPE = internal,
	SSPACE = 4096,
	FINALFUNC = bubble_score_sensitivity_finalfn,
	MSFUNC = bubble_score_moving_transfn,
	MINVFUNC = bubble_score_moving_invtransfn,
	MSTYPE = internal,
	MSSPACE = 8192,
	MFINALFUNC = bubble_score_sensitivity_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE score_sensitivity(indicators double precision[], weights double precision[])
	IS 'score: composite score of the last row with the interval it lies in when weights are perturbed and indicators left out; equal weights, percentiles, arithmetic mean and 20 values if not given, perturbation 0.25, 999 replications, seed 1; rows in the order given';

CREATE AGGREGATE score_sensitivity(indicators double precision[], weights double precision[], method text) (
	SFUNC = bubble_score_transfn,
	STYPE = internal,
	SSPACE = 4096,
	FINALFUNC = bubble_score_sensitivity_finalfn,
	MSFUNC = bubble_score_moving_transfn,
	MINVFUNC = bubble_score_moving_invtransfn,
	MSTYPE = internal,
	MSSPACE = 8192,
	MFINALFUNC = bubble_score_sensitivity_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE score_sensitivity(indicators double precision[], weights double precision[], method text)
	IS 'score: composite score of the last row with the interval it lies in when weights are perturbed and indicators left out; equal weights, percentiles, arithmetic mean and 20 values if not given, perturbation 0.25, 999 replications, seed 1; rows in the order given';

CREATE AGGREGATE score_sensitivity(indicators double precision[], weights double precision[], method text, aggregation text) (
	SFUNC = bubble_score_transfn,
	STYPE = internal,
	SSPACE = 4096,
	FINALFUNC = bubble_score_sensitivity_finalfn,
	MSFUNC = bubble_score_moving_transfn,
	MINVFUNC = bubble_score_moving_invtransfn,
	MSTYPE = internal,
	MSSPACE = 8192,
	MFINALFUNC = bubble_score_sensitivity_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE score_sensitivity(indicators double precision[], weights double precision[], method text, aggregation text)
	IS 'score: composite score of the last row with the interval it lies in when weights are perturbed and indicators left out; equal weights, percentiles, arithmetic mean and 20 values if not given, perturbation 0.25, 999 replications, seed 1; rows in the order given';

CREATE AGGREGATE score_sensitivity(indicators double precision[], weights double precision[], method text, aggregation text, min_history bigint) (
	SFUNC = bubble_score_transfn,
	STYPE = internal,
	SSPACE = 4096,
	FINALFUNC = bubble_score_sensitivity_finalfn,
	MSFUNC = bubble_score_moving_transfn,
	MINVFUNC = bubble_score_moving_invtransfn,
	MSTYPE = internal,
	MSSPACE = 8192,
	MFINALFUNC = bubble_score_sensitivity_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE score_sensitivity(indicators double precision[], weights double precision[], method text, aggregation text, min_history bigint)
	IS 'score: composite score of the last row with the interval it lies in when weights are perturbed and indicators left out; equal weights, percentiles, arithmetic mean and 20 values if not given, perturbation 0.25, 999 replications, seed 1; rows in the order given';

CREATE AGGREGATE score_sensitivity(indicators double precision[], weights double precision[], method text, aggregation text, min_history bigint, perturbation double precision) (
	SFUNC = bubble_score_transfn,
	STYPE = internal,
	SSPACE = 4096,
	FINALFUNC = bubble_score_sensitivity_finalfn,
	MSFUNC = bubble_score_moving_transfn,
	MINVFUNC = bubble_score_moving_invtransfn,
	MSTYPE = internal,
	MSSPACE = 8192,
	MFINALFUNC = bubble_score_sensitivity_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE score_sensitivity(indicators double precision[], weights double precision[], method text, aggregation text, min_history bigint, perturbation double precision)
	IS 'score: composite score of the last row with the interval it lies in when weights are perturbed and indicators left out; equal weights, percentiles, arithmetic mean and 20 values if not given, perturbation 0.25, 999 replications, seed 1; rows in the order given';

CREATE AGGREGATE score_sensitivity(indicators double precision[], weights double precision[], method text, aggregation text, min_history bigint, perturbation double precision, replications bigint) (
	SFUNC = bubble_score_transfn,
	STYPE = internal,
	SSPACE = 4096,
	FINALFUNC = bubble_score_sensitivity_finalfn,
	MSFUNC = bubble_score_moving_transfn,
	MINVFUNC = bubble_score_moving_invtransfn,
	MSTYPE = internal,
	MSSPACE = 8192,
	MFINALFUNC = bubble_score_sensitivity_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE score_sensitivity(indicators double precision[], weights double precision[], method text, aggregation text, min_history bigint, perturbation double precision, replications bigint)
	IS 'score: composite score of the last row with the interval it lies in when weights are perturbed and indicators left out; equal weights, percentiles, arithmetic mean and 20 values if not given, perturbation 0.25, 999 replications, seed 1; rows in the order given';

CREATE AGGREGATE score_sensitivity(indicators double precision[], weights double precision[], method text, aggregation text, min_history bigint, perturbation double precision, replications bigint, seed bigint) (
	SFUNC = bubble_score_transfn,
	STYPE = internal,
	SSPACE = 4096,
	FINALFUNC = bubble_score_sensitivity_finalfn,
	MSFUNC = bubble_score_moving_transfn,
	MINVFUNC = bubble_score_moving_invtransfn,
	MSTYPE = internal,
	MSSPACE = 8192,
	MFINALFUNC = bubble_score_sensitivity_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE score_sensitivity(indicators double precision[], weights double precision[], method text, aggregation text, min_history bigint, perturbation double precision, replications bigint, seed bigint)
	IS 'score: composite score of the last row with the interval it lies in when weights are perturbed and indicators left out; equal weights, percentiles, arithmetic mean and 20 values if not given, perturbation 0.25, 999 replications, seed 1; rows in the order given';

CREATE FUNCTION composite(scores double precision[], weights double precision[] DEFAULT NULL,
	aggregation text DEFAULT 'arithmetic') RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_composite'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION composite(scores double precision[], weights double precision[], aggregation text)
	IS 'score: weighted arithmetic, geometric or harmonic mean, minimum, maximum or median of scores; NULL scores drop out, a negative weight takes 100 - score';

CREATE FUNCTION bubble_phase(score double precision, drawdown double precision DEFAULT NULL) RETURNS text
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_phase(score double precision, drawdown double precision)
	IS 'score: calm, building, elevated or bubble by score; bursting when the drawdown passes 0.20';

-- Where values stand among those of their partition, and in their frame.

CREATE FUNCTION zscore(x double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_zscore'
	LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION zscore(x double precision)
	IS 'score: standard deviations above the mean of the partition; 0 if its values do not differ';

CREATE FUNCTION robust_zscore(x double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_robust_zscore'
	LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION robust_zscore(x double precision)
	IS 'score: distance from the median of the partition over 1.4826 times the median absolute deviation or, if that is 0, 1.253314 times the mean one; 0 if its values do not differ';

CREATE FUNCTION minmax_score(x double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_minmax_score'
	LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION minmax_score(x double precision)
	IS 'score: place between the lowest value of the partition (0) and the highest (100); 50 if they do not differ';

CREATE FUNCTION percentile_score(x double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_percentile_score'
	LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION percentile_score(x double precision)
	IS 'score: share of the other rows of the partition with lower values, times 100; 50 if they do not differ';

CREATE FUNCTION bubble_latest_percentile_transfn(internal, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_latest_percentile_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_latest_percentile_transfn(internal, double precision)
	IS 'transition: values so far, in order';

CREATE FUNCTION bubble_latest_percentile_invtransfn(internal, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_latest_percentile_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_latest_percentile_invtransfn(internal, double precision)
	IS 'moving transition: the oldest row leaves values so far, in order';

CREATE FUNCTION bubble_latest_zscore_transfn(internal, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_latest_zscore_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_latest_zscore_transfn(internal, double precision)
	IS 'transition: mean and spread of the values so far';

CREATE FUNCTION bubble_latest_zscore_invtransfn(internal, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_latest_zscore_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_latest_zscore_invtransfn(internal, double precision)
	IS 'moving transition: the oldest row leaves mean and spread of the values so far';

CREATE FUNCTION bubble_latest_standing_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_latest_standing_finalfn(internal)
	IS 'final: where the last row stands';

CREATE AGGREGATE latest_percentile(x double precision) (
	SFUNC = bubble_latest_percentile_transfn,
	STYPE = internal,
	SSPACE = 2048,
	FINALFUNC = bubble_latest_standing_finalfn,
	MSFUNC = bubble_latest_percentile_transfn,
	MINVFUNC = bubble_latest_percentile_invtransfn,
	MSTYPE = internal,
	MSSPACE = 2048,
	MFINALFUNC = bubble_latest_standing_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE latest_percentile(x double precision)
	IS 'score: share of the other rows so far with lower values than the last row, times 100: no look-ahead; 50 if they do not differ; rows in the order given';

CREATE AGGREGATE latest_zscore(x double precision) (
	SFUNC = bubble_latest_zscore_transfn,
	STYPE = internal,
	SSPACE = 2048,
	FINALFUNC = bubble_latest_standing_finalfn,
	MSFUNC = bubble_latest_zscore_transfn,
	MINVFUNC = bubble_latest_zscore_invtransfn,
	MSTYPE = internal,
	MSSPACE = 2048,
	MFINALFUNC = bubble_latest_standing_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE latest_zscore(x double precision)
	IS 'score: standard deviations of the last row above the mean of the rows so far: no look-ahead; 0 if they do not differ; rows in the order given';

-- Weights from the data.

CREATE FUNCTION bubble_weights_transfn(internal, double precision[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_weights_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_weights_transfn(internal, double precision[])
	IS 'transition: rows of indicators';

CREATE FUNCTION bubble_weights_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_weights_combinefn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_weights_combinefn(internal, internal)
	IS 'combine: two parts of rows of indicators';

CREATE FUNCTION bubble_weights_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_weights_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_weights_serialfn(internal)
	IS 'serialize: rows of indicators';

CREATE FUNCTION bubble_weights_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_weights_deserialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_weights_deserialfn(bytea, internal)
	IS 'deserialize: rows of indicators';

CREATE FUNCTION bubble_pca_weights_finalfn(internal) RETURNS double precision[]
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_pca_weights_finalfn(internal)
	IS 'final: pca weights';

CREATE AGGREGATE pca_weights(indicators double precision[]) (
	SFUNC = bubble_weights_transfn,
	STYPE = internal,
	SSPACE = 4096,
	FINALFUNC = bubble_pca_weights_finalfn,
	COMBINEFUNC = bubble_weights_combinefn,
	SERIALFUNC = bubble_weights_serialfn,
	DESERIALFUNC = bubble_weights_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE pca_weights(indicators double precision[])
	IS 'score: squared loadings of the first principal component of the correlation matrix, negative where an indicator moves against it; equal if no component stands out';

CREATE FUNCTION bubble_entropy_weights_finalfn(internal) RETURNS double precision[]
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_entropy_weights_finalfn(internal)
	IS 'final: entropy weights';

CREATE AGGREGATE entropy_weights(indicators double precision[]) (
	SFUNC = bubble_weights_transfn,
	STYPE = internal,
	SSPACE = 4096,
	FINALFUNC = bubble_entropy_weights_finalfn,
	COMBINEFUNC = bubble_weights_combinefn,
	SERIALFUNC = bubble_weights_serialfn,
	DESERIALFUNC = bubble_weights_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE entropy_weights(indicators double precision[])
	IS 'score: weights of indicators by how unevenly their values are spread: 1 - entropy';

CREATE FUNCTION bubble_critic_weights_finalfn(internal) RETURNS double precision[]
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_critic_weights_finalfn(internal)
	IS 'final: critic weights';

CREATE AGGREGATE critic_weights(indicators double precision[]) (
	SFUNC = bubble_weights_transfn,
	STYPE = internal,
	SSPACE = 4096,
	FINALFUNC = bubble_critic_weights_finalfn,
	COMBINEFUNC = bubble_weights_combinefn,
	SERIALFUNC = bubble_weights_serialfn,
	DESERIALFUNC = bubble_weights_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE critic_weights(indicators double precision[])
	IS 'score: weights of indicators by how much they vary and differ from each other: standard deviation times sum of 1 - correlation (CRITIC)';

CREATE FUNCTION bubble_deviation_weights_finalfn(internal) RETURNS double precision[]
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_deviation_weights_finalfn(internal)
	IS 'final: deviation weights';

CREATE AGGREGATE deviation_weights(indicators double precision[]) (
	SFUNC = bubble_weights_transfn,
	STYPE = internal,
	SSPACE = 4096,
	FINALFUNC = bubble_deviation_weights_finalfn,
	COMBINEFUNC = bubble_weights_combinefn,
	SERIALFUNC = bubble_weights_serialfn,
	DESERIALFUNC = bubble_weights_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE deviation_weights(indicators double precision[])
	IS 'score: weights of indicators by their standard deviations';

-- ---------------------------------------------------------------------------
-- warning
--
-- What a score was worth: the events that followed, and how well it warned.
-- ---------------------------------------------------------------------------

CREATE TYPE signal_quality AS (
	threshold double precision,
	hits bigint,
	misses bigint,
	false_alarms bigint,
	quiet bigint,
	hit_rate double precision,
	false_alarm_rate double precision,
	noise_to_signal double precision,
	usefulness double precision
);
COMMENT ON TYPE signal_quality
	IS 'warning: how the warnings of a score turned out: counts, rates, noise-to-signal ratio and usefulness';

CREATE FUNCTION bubble_warnings_transfn(internal, double precision, boolean) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_warnings_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_warnings_transfn(internal, double precision, boolean)
	IS 'transition: scores before events and otherwise';

CREATE FUNCTION bubble_warnings_transfn(internal, double precision, boolean, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_warnings_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_warnings_transfn(internal, double precision, boolean, double precision)
	IS 'transition: scores before events and otherwise';

CREATE FUNCTION bubble_warnings_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_warnings_combinefn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_warnings_combinefn(internal, internal)
	IS 'combine: two parts of scores before events and otherwise';

CREATE FUNCTION bubble_warnings_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_warnings_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_warnings_serialfn(internal)
	IS 'serialize: scores before events and otherwise';

CREATE FUNCTION bubble_warnings_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_warnings_deserialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_warnings_deserialfn(bytea, internal)
	IS 'deserialize: scores before events and otherwise';

CREATE FUNCTION bubble_auroc_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_auroc_finalfn(internal)
	IS 'final: area under the ROC curve';

CREATE FUNCTION bubble_best_threshold_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_best_threshold_finalfn(internal)
	IS 'final: the most useful threshold';

CREATE FUNCTION bubble_signal_quality_transfn(internal, double precision, boolean, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_signal_quality_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_signal_quality_transfn(internal, double precision, boolean, double precision)
	IS 'transition: counts of how warnings turned out';

CREATE FUNCTION bubble_signal_quality_transfn(internal, double precision, boolean, double precision, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_signal_quality_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_signal_quality_transfn(internal, double precision, boolean, double precision, double precision)
	IS 'transition: counts of how warnings turned out';

CREATE FUNCTION bubble_signal_quality_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_signal_quality_combinefn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_signal_quality_combinefn(internal, internal)
	IS 'combine: two parts of counts of how warnings turned out';

CREATE FUNCTION bubble_signal_quality_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_signal_quality_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_signal_quality_serialfn(internal)
	IS 'serialize: counts of how warnings turned out';

CREATE FUNCTION bubble_signal_quality_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_signal_quality_deserialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_signal_quality_deserialfn(bytea, internal)
	IS 'deserialize: counts of how warnings turned out';

CREATE FUNCTION bubble_signal_quality_finalfn(internal) RETURNS signal_quality
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_signal_quality_finalfn(internal)
	IS 'final: quality of the warnings';

CREATE AGGREGATE auroc(score double precision, event boolean) (
	SFUNC = bubble_warnings_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_auroc_finalfn,
	COMBINEFUNC = bubble_warnings_combinefn,
	SERIALFUNC = bubble_warnings_serialfn,
	DESERIALFUNC = bubble_warnings_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE auroc(score double precision, event boolean)
	IS 'warning: area under the ROC curve: probability that a row before an event has a higher score than another row, ties half';

CREATE AGGREGATE best_threshold(score double precision, event boolean) (
	SFUNC = bubble_warnings_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_best_threshold_finalfn,
	COMBINEFUNC = bubble_warnings_combinefn,
	SERIALFUNC = bubble_warnings_serialfn,
	DESERIALFUNC = bubble_warnings_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE best_threshold(score double precision, event boolean)
	IS 'warning: the threshold of the score with the highest usefulness, where score >= threshold warns';

CREATE AGGREGATE best_threshold(score double precision, event boolean, preference double precision) (
	SFUNC = bubble_warnings_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_best_threshold_finalfn,
	COMBINEFUNC = bubble_warnings_combinefn,
	SERIALFUNC = bubble_warnings_serialfn,
	DESERIALFUNC = bubble_warnings_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE best_threshold(score double precision, event boolean, preference double precision)
	IS 'warning: the threshold of the score with the highest usefulness, where score >= threshold warns';

CREATE AGGREGATE signal_quality(score double precision, event boolean, threshold double precision) (
	SFUNC = bubble_signal_quality_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_signal_quality_finalfn,
	COMBINEFUNC = bubble_signal_quality_combinefn,
	SERIALFUNC = bubble_signal_quality_serialfn,
	DESERIALFUNC = bubble_signal_quality_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE signal_quality(score double precision, event boolean, threshold double precision)
	IS 'warning: hits, misses, false alarms, rates, noise-to-signal ratio and usefulness of the warning score >= threshold';

CREATE AGGREGATE signal_quality(score double precision, event boolean, threshold double precision, preference double precision) (
	SFUNC = bubble_signal_quality_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_signal_quality_finalfn,
	COMBINEFUNC = bubble_signal_quality_combinefn,
	SERIALFUNC = bubble_signal_quality_serialfn,
	DESERIALFUNC = bubble_signal_quality_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE signal_quality(score double precision, event boolean, threshold double precision, preference double precision)
	IS 'warning: hits, misses, false alarms, rates, noise-to-signal ratio and usefulness of the warning score >= threshold';

CREATE FUNCTION drawdown_ahead(price double precision, at date, horizon interval) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_drawdown_ahead'
	LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION drawdown_ahead(price double precision, at date, horizon interval)
	IS 'warning: largest drawdown from the row until horizon later, the event that a warning is about; null where the rows end before; the frame and the order are ignored';

CREATE FUNCTION drawdown_ahead(price double precision, at timestamptz, horizon interval) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_drawdown_ahead'
	LANGUAGE C WINDOW STABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION drawdown_ahead(price double precision, at timestamptz, horizon interval)
	IS 'warning: largest drawdown from the row until horizon later, the event that a warning is about; null where the rows end before; the frame and the order are ignored';

-- How firm that is.

CREATE TYPE event_episode_date AS (
	started_at date,
	ended_at date,
	rows bigint
);
COMMENT ON TYPE event_episode_date
	IS 'warning: rows with an event, one after the other, with dates';

CREATE TYPE event_episode AS (
	started_at timestamptz,
	ended_at timestamptz,
	rows bigint
);
COMMENT ON TYPE event_episode
	IS 'warning: rows with an event, one after the other, with times';

CREATE TYPE auroc_interval AS (
	auroc double precision,
	low double precision,
	high double precision,
	events bigint,
	episodes bigint
);
COMMENT ON TYPE auroc_interval
	IS 'warning: area under the ROC curve with an interval, the number of rows with an event and of runs of such rows';

CREATE TYPE calibration AS (
	bin bigint,
	lowest double precision,
	highest double precision,
	mean_score double precision,
	observations bigint,
	events bigint,
	share double precision,
	low double precision,
	high double precision
);
COMMENT ON TYPE calibration
	IS 'warning: rows with scores from lowest to highest, and the share of them with an event, with an interval';

CREATE FUNCTION bubble_event_episodes_transfn(internal, boolean, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_event_episodes_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_event_episodes_transfn(internal, boolean, date)
	IS 'transition: events in order of time';

CREATE FUNCTION bubble_event_episodes_transfn(internal, boolean, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_event_episodes_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_event_episodes_transfn(internal, boolean, timestamptz)
	IS 'transition: events in order of time';

CREATE FUNCTION bubble_event_episodes_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_event_episodes_combinefn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_event_episodes_combinefn(internal, internal)
	IS 'combine: two parts of events in order of time';

CREATE FUNCTION bubble_event_episodes_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_event_episodes_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_event_episodes_serialfn(internal)
	IS 'serialize: events in order of time';

CREATE FUNCTION bubble_event_episodes_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_event_episodes_deserialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_event_episodes_deserialfn(bytea, internal)
	IS 'deserialize: events in order of time';

CREATE FUNCTION bubble_event_episodes_date_finalfn(internal) RETURNS event_episode_date[]
	AS 'MODULE_PATHNAME', 'bubble_event_episodes_finalfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_event_episodes_date_finalfn(internal)
	IS 'final: runs of events, with dates';

CREATE FUNCTION bubble_event_episodes_timestamptz_finalfn(internal) RETURNS event_episode[]
	AS 'MODULE_PATHNAME', 'bubble_event_episodes_finalfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_event_episodes_timestamptz_finalfn(internal)
	IS 'final: runs of events, with times';

CREATE AGGREGATE event_episodes(event boolean, at date) (
	SFUNC = bubble_event_episodes_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_event_episodes_date_finalfn,
	COMBINEFUNC = bubble_event_episodes_combinefn,
	SERIALFUNC = bubble_event_episodes_serialfn,
	DESERIALFUNC = bubble_event_episodes_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE event_episodes(event boolean, at date)
	IS 'warning: runs of rows with an event, in order of time, as an array of rows for unnest()';

CREATE AGGREGATE event_episodes(event boolean, at timestamptz) (
	SFUNC = bubble_event_episodes_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_event_episodes_timestamptz_finalfn,
	COMBINEFUNC = bubble_event_episodes_combinefn,
	SERIALFUNC = bubble_event_episodes_serialfn,
	DESERIALFUNC = bubble_event_episodes_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE event_episodes(event boolean, at timestamptz)
	IS 'warning: runs of rows with an event, in order of time, as an array of rows for unnest()';

CREATE FUNCTION bubble_auroc_interval_transfn(internal, double precision, boolean, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_auroc_interval_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_auroc_interval_transfn(internal, double precision, boolean, date)
	IS 'transition: scores and events in order of time';

CREATE FUNCTION bubble_auroc_interval_transfn(internal, double precision, boolean, date, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_auroc_interval_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_auroc_interval_transfn(internal, double precision, boolean, date, interval)
	IS 'transition: scores and events in order of time';

CREATE FUNCTION bubble_auroc_interval_transfn(internal, double precision, boolean, date, interval, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_auroc_interval_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_auroc_interval_transfn(internal, double precision, boolean, date, interval, bigint)
	IS 'transition: scores and events in order of time';

CREATE FUNCTION bubble_auroc_interval_transfn(internal, double precision, boolean, date, interval, bigint, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_auroc_interval_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_auroc_interval_transfn(internal, double precision, boolean, date, interval, bigint, bigint)
	IS 'transition: scores and events in order of time';

CREATE FUNCTION bubble_auroc_interval_transfn(internal, double precision, boolean, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_auroc_interval_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_auroc_interval_transfn(internal, double precision, boolean, timestamptz)
	IS 'transition: scores and events in order of time';

CREATE FUNCTION bubble_auroc_interval_transfn(internal, double precision, boolean, timestamptz, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_auroc_interval_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_auroc_interval_transfn(internal, double precision, boolean, timestamptz, interval)
	IS 'transition: scores and events in order of time';

CREATE FUNCTION bubble_auroc_interval_transfn(internal, double precision, boolean, timestamptz, interval, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_auroc_interval_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_auroc_interval_transfn(internal, double precision, boolean, timestamptz, interval, bigint)
	IS 'transition: scores and events in order of time';

CREATE FUNCTION bubble_auroc_interval_transfn(internal, double precision, boolean, timestamptz, interval, bigint, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_auroc_interval_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_auroc_interval_transfn(internal, double precision, boolean, timestamptz, interval, bigint, bigint)
	IS 'transition: scores and events in order of time';

CREATE FUNCTION bubble_auroc_interval_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_auroc_interval_combinefn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_auroc_interval_combinefn(internal, internal)
	IS 'combine: two parts of scores and events in order of time';

CREATE FUNCTION bubble_auroc_interval_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_auroc_interval_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_auroc_interval_serialfn(internal)
	IS 'serialize: scores and events in order of time';

CREATE FUNCTION bubble_auroc_interval_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_auroc_interval_deserialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_auroc_interval_deserialfn(bytea, internal)
	IS 'deserialize: scores and events in order of time';

CREATE FUNCTION bubble_auroc_interval_finalfn(internal) RETURNS auroc_interval
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION bubble_auroc_interval_finalfn(internal)
	IS 'final: area under the ROC curve with an interval';

CREATE AGGREGATE auroc_interval(score double precision, event boolean, at date) (
	SFUNC = bubble_auroc_interval_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_auroc_interval_finalfn,
	COMBINEFUNC = bubble_auroc_interval_combinefn,
	SERIALFUNC = bubble_auroc_interval_serialfn,
	DESERIALFUNC = bubble_auroc_interval_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE auroc_interval(score double precision, event boolean, at date)
	IS 'warning: area under the ROC curve with the middle 95 % of those of samples made of blocks of neighbouring rows, since events overlap';

CREATE AGGREGATE auroc_interval(score double precision, event boolean, at date, block interval) (
	SFUNC = bubble_auroc_interval_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_auroc_interval_finalfn,
	COMBINEFUNC = bubble_auroc_interval_combinefn,
	SERIALFUNC = bubble_auroc_interval_serialfn,
	DESERIALFUNC = bubble_auroc_interval_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE auroc_interval(score double precision, event boolean, at date, block interval)
	IS 'warning: area under the ROC curve with the middle 95 % of those of samples made of blocks of neighbouring rows, since events overlap';

CREATE AGGREGATE auroc_interval(score double precision, event boolean, at date, block interval, replications bigint) (
	SFUNC = bubble_auroc_interval_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_auroc_interval_finalfn,
	COMBINEFUNC = bubble_auroc_interval_combinefn,
	SERIALFUNC = bubble_auroc_interval_serialfn,
	DESERIALFUNC = bubble_auroc_interval_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE auroc_interval(score double precision, event boolean, at date, block interval, replications bigint)
	IS 'warning: area under the ROC curve with the middle 95 % of those of samples made of blocks of neighbouring rows, since events overlap';

CREATE AGGREGATE auroc_interval(score double precision, event boolean, at date, block interval, replications bigint, seed bigint) (
	SFUNC = bubble_auroc_interval_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_auroc_interval_finalfn,
	COMBINEFUNC = bubble_auroc_interval_combinefn,
	SERIALFUNC = bubble_auroc_interval_serialfn,
	DESERIALFUNC = bubble_auroc_interval_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE auroc_interval(score double precision, event boolean, at date, block interval, replications bigint, seed bigint)
	IS 'warning: area under the ROC curve with the middle 95 % of those of samples made of blocks of neighbouring rows, since events overlap';

CREATE AGGREGATE auroc_interval(score double precision, event boolean, at timestamptz) (
	SFUNC = bubble_auroc_interval_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_auroc_interval_finalfn,
	COMBINEFUNC = bubble_auroc_interval_combinefn,
	SERIALFUNC = bubble_auroc_interval_serialfn,
	DESERIALFUNC = bubble_auroc_interval_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE auroc_interval(score double precision, event boolean, at timestamptz)
	IS 'warning: area under the ROC curve with the middle 95 % of those of samples made of blocks of neighbouring rows, since events overlap';

CREATE AGGREGATE auroc_interval(score double precision, event boolean, at timestamptz, block interval) (
	SFUNC = bubble_auroc_interval_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_auroc_interval_finalfn,
	COMBINEFUNC = bubble_auroc_interval_combinefn,
	SERIALFUNC = bubble_auroc_interval_serialfn,
	DESERIALFUNC = bubble_auroc_interval_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE auroc_interval(score double precision, event boolean, at timestamptz, block interval)
	IS 'warning: area under the ROC curve with the middle 95 % of those of samples made of blocks of neighbouring rows, since events overlap';

CREATE AGGREGATE auroc_interval(score double precision, event boolean, at timestamptz, block interval, replications bigint) (
	SFUNC = bubble_auroc_interval_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_auroc_interval_finalfn,
	COMBINEFUNC = bubble_auroc_interval_combinefn,
	SERIALFUNC = bubble_auroc_interval_serialfn,
	DESERIALFUNC = bubble_auroc_interval_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE auroc_interval(score double precision, event boolean, at timestamptz, block interval, replications bigint)
	IS 'warning: area under the ROC curve with the middle 95 % of those of samples made of blocks of neighbouring rows, since events overlap';

CREATE AGGREGATE auroc_interval(score double precision, event boolean, at timestamptz, block interval, replications bigint, seed bigint) (
	SFUNC = bubble_auroc_interval_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_auroc_interval_finalfn,
	COMBINEFUNC = bubble_auroc_interval_combinefn,
	SERIALFUNC = bubble_auroc_interval_serialfn,
	DESERIALFUNC = bubble_auroc_interval_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE auroc_interval(score double precision, event boolean, at timestamptz, block interval, replications bigint, seed bigint)
	IS 'warning: area under the ROC curve with the middle 95 % of those of samples made of blocks of neighbouring rows, since events overlap';

CREATE FUNCTION bubble_calibration_transfn(internal, double precision, boolean) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_calibration_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_calibration_transfn(internal, double precision, boolean)
	IS 'transition: scores before events and before none';

CREATE FUNCTION bubble_calibration_transfn(internal, double precision, boolean, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_calibration_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_calibration_transfn(internal, double precision, boolean, bigint)
	IS 'transition: scores before events and before none';

CREATE FUNCTION bubble_calibration_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_calibration_combinefn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_calibration_combinefn(internal, internal)
	IS 'combine: two parts of scores before events and before none';

CREATE FUNCTION bubble_calibration_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_calibration_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_calibration_serialfn(internal)
	IS 'serialize: scores before events and before none';

CREATE FUNCTION bubble_calibration_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_calibration_deserialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_calibration_deserialfn(bytea, internal)
	IS 'deserialize: scores before events and before none';

CREATE FUNCTION bubble_calibration_finalfn(internal) RETURNS calibration[]
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_calibration_finalfn(internal)
	IS 'final: share of events in each bin of the score';

CREATE AGGREGATE calibration(score double precision, event boolean) (
	SFUNC = bubble_calibration_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_calibration_finalfn,
	COMBINEFUNC = bubble_calibration_combinefn,
	SERIALFUNC = bubble_calibration_serialfn,
	DESERIALFUNC = bubble_calibration_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE calibration(score double precision, event boolean)
	IS 'warning: reliability: share of events in bins of the score with as many rows each, 10 unless given, with Wilson''s interval of 95 %, as an array of rows for unnest()';

CREATE AGGREGATE calibration(score double precision, event boolean, bins bigint) (
	SFUNC = bubble_calibration_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_calibration_finalfn,
	COMBINEFUNC = bubble_calibration_combinefn,
	SERIALFUNC = bubble_calibration_serialfn,
	DESERIALFUNC = bubble_calibration_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE calibration(score double precision, event boolean, bins bigint)
	IS 'warning: reliability: share of events in bins of the score with as many rows each, 10 unless given, with Wilson''s interval of 95 %, as an array of rows for unnest()';

CREATE FUNCTION bubble_brier_score_transfn(internal, double precision, boolean) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_brier_score_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_brier_score_transfn(internal, double precision, boolean)
	IS 'transition: squared distances of probabilities from what came';

CREATE FUNCTION bubble_brier_score_invtransfn(internal, double precision, boolean) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_brier_score_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_brier_score_invtransfn(internal, double precision, boolean)
	IS 'moving transition: the oldest row leaves squared distances of probabilities from what came';

CREATE FUNCTION bubble_brier_score_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_brier_score_combinefn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_brier_score_combinefn(internal, internal)
	IS 'combine: two parts of squared distances of probabilities from what came';

CREATE FUNCTION bubble_brier_score_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_brier_score_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_brier_score_serialfn(internal)
	IS 'serialize: squared distances of probabilities from what came';

CREATE FUNCTION bubble_brier_score_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_brier_score_deserialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_brier_score_deserialfn(bytea, internal)
	IS 'deserialize: squared distances of probabilities from what came';

CREATE FUNCTION bubble_brier_score_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_brier_score_finalfn(internal)
	IS 'final: their mean';

CREATE AGGREGATE brier_score(probability double precision, event boolean) (
	SFUNC = bubble_brier_score_transfn,
	STYPE = internal,
	SSPACE = 1200,
	FINALFUNC = bubble_brier_score_finalfn,
	COMBINEFUNC = bubble_brier_score_combinefn,
	SERIALFUNC = bubble_brier_score_serialfn,
	DESERIALFUNC = bubble_brier_score_deserialfn,
	MSFUNC = bubble_brier_score_transfn,
	MINVFUNC = bubble_brier_score_invtransfn,
	MSTYPE = internal,
	MSSPACE = 1200,
	MFINALFUNC = bubble_brier_score_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE brier_score(probability double precision, event boolean)
	IS 'warning: mean squared distance of a probability from what came, 1 or 0: 0 is perfect, that of the base rate p for all rows p (1 - p)';

-- ---------------------------------------------------------------------------
-- boom
--
-- Prices that have run up against their market, and what became of them.
-- ---------------------------------------------------------------------------

CREATE TYPE run_up_date AS (
	identified_at date,
	run_up double precision,
	net_run_up double precision,
	long_run_up double precision,
	acceleration double precision,
	volatility double precision,
	drawdown_ahead double precision,
	crashed boolean,
	long_from_at date
);
COMMENT ON TYPE run_up_date
	IS 'boom: a price that has run up against its market, what it was like, and whether it crashed, with dates';

CREATE TYPE run_up AS (
	identified_at timestamptz,
	run_up double precision,
	net_run_up double precision,
	long_run_up double precision,
	acceleration double precision,
	volatility double precision,
	drawdown_ahead double precision,
	crashed boolean,
	long_from_at timestamptz
);
COMMENT ON TYPE run_up
	IS 'boom: a price that has run up against its market, what it was like, and whether it crashed, with times';

CREATE FUNCTION bubble_run_ups_transfn(internal, double precision, double precision, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_run_ups_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_run_ups_transfn(internal, double precision, double precision, date)
	IS 'transition: a price and its market';

CREATE FUNCTION bubble_run_ups_transfn(internal, double precision, double precision, date, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_run_ups_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_run_ups_transfn(internal, double precision, double precision, date, double precision)
	IS 'transition: a price and its market';

CREATE FUNCTION bubble_run_ups_transfn(internal, double precision, double precision, date, double precision, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_run_ups_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_run_ups_transfn(internal, double precision, double precision, date, double precision, interval)
	IS 'transition: a price and its market';

CREATE FUNCTION bubble_run_ups_transfn(internal, double precision, double precision, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_run_ups_transfn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_run_ups_transfn(internal, double precision, double precision, timestamptz)
	IS 'transition: a price and its market';

CREATE FUNCTION bubble_run_ups_transfn(internal, double precision, double precision, timestamptz, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_run_ups_transfn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_run_ups_transfn(internal, double precision, double precision, timestamptz, double precision)
	IS 'transition: a price and its market';

CREATE FUNCTION bubble_run_ups_transfn(internal, double precision, double precision, timestamptz, double precision, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_run_ups_transfn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_run_ups_transfn(internal, double precision, double precision, timestamptz, double precision, interval)
	IS 'transition: a price and its market';

CREATE FUNCTION bubble_run_ups_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_run_ups_combinefn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_run_ups_combinefn(internal, internal)
	IS 'combine: two parts of a price and its market';

CREATE FUNCTION bubble_run_ups_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_run_ups_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_run_ups_serialfn(internal)
	IS 'serialize: a price and its market';

CREATE FUNCTION bubble_run_ups_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_run_ups_deserialfn'
	LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_run_ups_deserialfn(bytea, internal)
	IS 'deserialize: a price and its market';

CREATE FUNCTION bubble_eligible_run_ups_transfn(internal, double precision, double precision, boolean, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_eligible_run_ups_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_eligible_run_ups_transfn(internal, double precision, double precision, boolean, date)
	IS 'transition: a price and its market, and where a run-up may be identified';

CREATE FUNCTION bubble_eligible_run_ups_transfn(internal, double precision, double precision, boolean, date, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_eligible_run_ups_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_eligible_run_ups_transfn(internal, double precision, double precision, boolean, date, double precision)
	IS 'transition: a price and its market, and where a run-up may be identified';

CREATE FUNCTION bubble_eligible_run_ups_transfn(internal, double precision, double precision, boolean, date, double precision, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_eligible_run_ups_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_eligible_run_ups_transfn(internal, double precision, double precision, boolean, date, double precision, interval)
	IS 'transition: a price and its market, and where a run-up may be identified';

CREATE FUNCTION bubble_eligible_run_ups_transfn(internal, double precision, double precision, boolean, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_eligible_run_ups_transfn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_eligible_run_ups_transfn(internal, double precision, double precision, boolean, timestamptz)
	IS 'transition: a price and its market, and where a run-up may be identified';

CREATE FUNCTION bubble_eligible_run_ups_transfn(internal, double precision, double precision, boolean, timestamptz, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_eligible_run_ups_transfn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_eligible_run_ups_transfn(internal, double precision, double precision, boolean, timestamptz, double precision)
	IS 'transition: a price and its market, and where a run-up may be identified';

CREATE FUNCTION bubble_eligible_run_ups_transfn(internal, double precision, double precision, boolean, timestamptz, double precision, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_eligible_run_ups_transfn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_eligible_run_ups_transfn(internal, double precision, double precision, boolean, timestamptz, double precision, interval)
	IS 'transition: a price and its market, and where a run-up may be identified';

CREATE FUNCTION bubble_eligible_run_ups_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_eligible_run_ups_combinefn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_eligible_run_ups_combinefn(internal, internal)
	IS 'combine: two parts of a price and its market, and where a run-up may be identified';

CREATE FUNCTION bubble_eligible_run_ups_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_eligible_run_ups_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_eligible_run_ups_serialfn(internal)
	IS 'serialize: a price and its market, and where a run-up may be identified';

CREATE FUNCTION bubble_eligible_run_ups_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_eligible_run_ups_deserialfn'
	LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_eligible_run_ups_deserialfn(bytea, internal)
	IS 'deserialize: a price and its market, and where a run-up may be identified';

CREATE FUNCTION bubble_run_ups_date_finalfn(internal) RETURNS run_up_date[]
	AS 'MODULE_PATHNAME', 'bubble_run_ups_finalfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_run_ups_date_finalfn(internal)
	IS 'final: every run-up, with dates';

CREATE FUNCTION bubble_run_ups_timestamptz_finalfn(internal) RETURNS run_up[]
	AS 'MODULE_PATHNAME', 'bubble_run_ups_finalfn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_run_ups_timestamptz_finalfn(internal)
	IS 'final: every run-up, with times';

CREATE FUNCTION run_ups(price bubble_series, market bubble_series, threshold double precision DEFAULT 1.0,
	span interval DEFAULT '24 months') RETURNS run_up[]
	AS 'MODULE_PATHNAME', 'bubble_run_ups'
	LANGUAGE C STABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION run_ups(price bubble_series, market bubble_series, threshold double precision, span interval)
	IS 'boom: run-ups of a price: a gain of threshold in a span, of as much more than the market, and of half in 2.5 spans; at most one a span; as an array of rows for unnest()';

CREATE AGGREGATE run_ups(price double precision, market double precision, at date) (
	SFUNC = bubble_run_ups_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_run_ups_date_finalfn,
	COMBINEFUNC = bubble_run_ups_combinefn,
	SERIALFUNC = bubble_run_ups_serialfn,
	DESERIALFUNC = bubble_run_ups_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE run_ups(price double precision, market double precision, at date)
	IS 'boom: run-ups of a price: a gain of threshold in a span, of as much more than the market, and of half in 2.5 spans; at most one a span; as an array of rows for unnest()';

CREATE AGGREGATE run_ups(price double precision, market double precision, at date, threshold double precision) (
	SFUNC = bubble_run_ups_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_run_ups_date_finalfn,
	COMBINEFUNC = bubble_run_ups_combinefn,
	SERIALFUNC = bubble_run_ups_serialfn,
	DESERIALFUNC = bubble_run_ups_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE run_ups(price double precision, market double precision, at date, threshold double precision)
	IS 'boom: run-ups of a price: a gain of threshold in a span, of as much more than the market, and of half in 2.5 spans; at most one a span; as an array of rows for unnest()';

CREATE AGGREGATE run_ups(price double precision, market double precision, at date, threshold double precision, span interval) (
	SFUNC = bubble_run_ups_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_run_ups_date_finalfn,
	COMBINEFUNC = bubble_run_ups_combinefn,
	SERIALFUNC = bubble_run_ups_serialfn,
	DESERIALFUNC = bubble_run_ups_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE run_ups(price double precision, market double precision, at date, threshold double precision, span interval)
	IS 'boom: run-ups of a price: a gain of threshold in a span, of as much more than the market, and of half in 2.5 spans; at most one a span; as an array of rows for unnest()';

CREATE AGGREGATE run_ups(price double precision, market double precision, at timestamptz) (
	SFUNC = bubble_run_ups_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_run_ups_timestamptz_finalfn,
	COMBINEFUNC = bubble_run_ups_combinefn,
	SERIALFUNC = bubble_run_ups_serialfn,
	DESERIALFUNC = bubble_run_ups_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE run_ups(price double precision, market double precision, at timestamptz)
	IS 'boom: run-ups of a price: a gain of threshold in a span, of as much more than the market, and of half in 2.5 spans; at most one a span; as an array of rows for unnest()';

CREATE AGGREGATE run_ups(price double precision, market double precision, at timestamptz, threshold double precision) (
	SFUNC = bubble_run_ups_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_run_ups_timestamptz_finalfn,
	COMBINEFUNC = bubble_run_ups_combinefn,
	SERIALFUNC = bubble_run_ups_serialfn,
	DESERIALFUNC = bubble_run_ups_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE run_ups(price double precision, market double precision, at timestamptz, threshold double precision)
	IS 'boom: run-ups of a price: a gain of threshold in a span, of as much more than the market, and of half in 2.5 spans; at most one a span; as an array of rows for unnest()';

CREATE AGGREGATE run_ups(price double precision, market double precision, at timestamptz, threshold double precision, span interval) (
	SFUNC = bubble_run_ups_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_run_ups_timestamptz_finalfn,
	COMBINEFUNC = bubble_run_ups_combinefn,
	SERIALFUNC = bubble_run_ups_serialfn,
	DESERIALFUNC = bubble_run_ups_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE run_ups(price double precision, market double precision, at timestamptz, threshold double precision, span interval)
	IS 'boom: run-ups of a price: a gain of threshold in a span, of as much more than the market, and of half in 2.5 spans; at most one a span; as an array of rows for unnest()';

CREATE AGGREGATE run_ups(price double precision, market double precision, eligible boolean, at date) (
	SFUNC = bubble_eligible_run_ups_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_run_ups_date_finalfn,
	COMBINEFUNC = bubble_eligible_run_ups_combinefn,
	SERIALFUNC = bubble_eligible_run_ups_serialfn,
	DESERIALFUNC = bubble_eligible_run_ups_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE run_ups(price double precision, market double precision, eligible boolean, at date)
	IS 'boom: run-ups of a price: a gain of threshold in a span, of as much more than the market, and of half in 2.5 spans; at most one a span, in eligible rows; as an array of rows for unnest()';

CREATE AGGREGATE run_ups(price double precision, market double precision, eligible boolean, at date, threshold double precision) (
	SFUNC = bubble_eligible_run_ups_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_run_ups_date_finalfn,
	COMBINEFUNC = bubble_eligible_run_ups_combinefn,
	SERIALFUNC = bubble_eligible_run_ups_serialfn,
	DESERIALFUNC = bubble_eligible_run_ups_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE run_ups(price double precision, market double precision, eligible boolean, at date, threshold double precision)
	IS 'boom: run-ups of a price: a gain of threshold in a span, of as much more than the market, and of half in 2.5 spans; at most one a span, in eligible rows; as an array of rows for unnest()';

CREATE AGGREGATE run_ups(price double precision, market double precision, eligible boolean, at date, threshold double precision, span interval) (
	SFUNC = bubble_eligible_run_ups_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_run_ups_date_finalfn,
	COMBINEFUNC = bubble_eligible_run_ups_combinefn,
	SERIALFUNC = bubble_eligible_run_ups_serialfn,
	DESERIALFUNC = bubble_eligible_run_ups_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE run_ups(price double precision, market double precision, eligible boolean, at date, threshold double precision, span interval)
	IS 'boom: run-ups of a price: a gain of threshold in a span, of as much more than the market, and of half in 2.5 spans; at most one a span, in eligible rows; as an array of rows for unnest()';

CREATE AGGREGATE run_ups(price double precision, market double precision, eligible boolean, at timestamptz) (
	SFUNC = bubble_eligible_run_ups_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_run_ups_timestamptz_finalfn,
	COMBINEFUNC = bubble_eligible_run_ups_combinefn,
	SERIALFUNC = bubble_eligible_run_ups_serialfn,
	DESERIALFUNC = bubble_eligible_run_ups_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE run_ups(price double precision, market double precision, eligible boolean, at timestamptz)
	IS 'boom: run-ups of a price: a gain of threshold in a span, of as much more than the market, and of half in 2.5 spans; at most one a span, in eligible rows; as an array of rows for unnest()';

CREATE AGGREGATE run_ups(price double precision, market double precision, eligible boolean, at timestamptz, threshold double precision) (
	SFUNC = bubble_eligible_run_ups_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_run_ups_timestamptz_finalfn,
	COMBINEFUNC = bubble_eligible_run_ups_combinefn,
	SERIALFUNC = bubble_eligible_run_ups_serialfn,
	DESERIALFUNC = bubble_eligible_run_ups_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE run_ups(price double precision, market double precision, eligible boolean, at timestamptz, threshold double precision)
	IS 'boom: run-ups of a price: a gain of threshold in a span, of as much more than the market, and of half in 2.5 spans; at most one a span, in eligible rows; as an array of rows for unnest()';

CREATE AGGREGATE run_ups(price double precision, market double precision, eligible boolean, at timestamptz, threshold double precision, span interval) (
	SFUNC = bubble_eligible_run_ups_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_run_ups_timestamptz_finalfn,
	COMBINEFUNC = bubble_eligible_run_ups_combinefn,
	SERIALFUNC = bubble_eligible_run_ups_serialfn,
	DESERIALFUNC = bubble_eligible_run_ups_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE run_ups(price double precision, market double precision, eligible boolean, at timestamptz, threshold double precision, span interval)
	IS 'boom: run-ups of a price: a gain of threshold in a span, of as much more than the market, and of half in 2.5 spans; at most one a span, in eligible rows; as an array of rows for unnest()';

CREATE TYPE crash_odds AS (
	threshold double precision,
	episodes bigint,
	crashes bigint,
	unknown bigint,
	share double precision,
	low double precision,
	high double precision
);
COMMENT ON TYPE crash_odds
	IS 'boom: of the episodes at a threshold: how many there were, how many crashed, the share of those that are known, with an interval';

CREATE FUNCTION bubble_crash_odds_transfn(internal, double precision, boolean) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_crash_odds_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_crash_odds_transfn(internal, double precision, boolean)
	IS 'transition: episodes and their outcomes';

CREATE FUNCTION bubble_crash_odds_transfn(internal, double precision, boolean, double precision[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_crash_odds_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_crash_odds_transfn(internal, double precision, boolean, double precision[])
	IS 'transition: episodes and their outcomes';

CREATE FUNCTION bubble_crash_odds_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_crash_odds_combinefn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_crash_odds_combinefn(internal, internal)
	IS 'combine: two parts of episodes and their outcomes';

CREATE FUNCTION bubble_crash_odds_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_crash_odds_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_crash_odds_serialfn(internal)
	IS 'serialize: episodes and their outcomes';

CREATE FUNCTION bubble_crash_odds_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_crash_odds_deserialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_crash_odds_deserialfn(bytea, internal)
	IS 'deserialize: episodes and their outcomes';

CREATE FUNCTION bubble_clustered_crash_odds_transfn(internal, double precision, boolean, double precision, double precision[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_clustered_crash_odds_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_clustered_crash_odds_transfn(internal, double precision, boolean, double precision, double precision[])
	IS 'transition: episodes, their outcomes and their clusters';

CREATE FUNCTION bubble_clustered_crash_odds_transfn(internal, double precision, boolean, double precision, double precision[], bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_clustered_crash_odds_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_clustered_crash_odds_transfn(internal, double precision, boolean, double precision, double precision[], bigint)
	IS 'transition: episodes, their outcomes and their clusters';

CREATE FUNCTION bubble_clustered_crash_odds_transfn(internal, double precision, boolean, double precision, double precision[], bigint, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_clustered_crash_odds_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_clustered_crash_odds_transfn(internal, double precision, boolean, double precision, double precision[], bigint, bigint)
	IS 'transition: episodes, their outcomes and their clusters';

CREATE FUNCTION bubble_clustered_crash_odds_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_clustered_crash_odds_combinefn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_clustered_crash_odds_combinefn(internal, internal)
	IS 'combine: two parts of episodes, their outcomes and their clusters';

CREATE FUNCTION bubble_clustered_crash_odds_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_clustered_crash_odds_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_clustered_crash_odds_serialfn(internal)
	IS 'serialize: episodes, their outcomes and their clusters';

CREATE FUNCTION bubble_clustered_crash_odds_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_clustered_crash_odds_deserialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_clustered_crash_odds_deserialfn(bytea, internal)
	IS 'deserialize: episodes, their outcomes and their clusters';

CREATE FUNCTION bubble_crash_odds_finalfn(internal) RETURNS crash_odds[]
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_crash_odds_finalfn(internal)
	IS 'final: odds at each threshold';

CREATE FUNCTION bubble_clustered_crash_odds_finalfn(internal) RETURNS crash_odds[]
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION bubble_clustered_crash_odds_finalfn(internal)
	IS 'final: odds at each threshold, intervals by clusters';

CREATE AGGREGATE crash_odds(attribute double precision, crashed boolean) (
	SFUNC = bubble_crash_odds_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_crash_odds_finalfn,
	COMBINEFUNC = bubble_crash_odds_combinefn,
	SERIALFUNC = bubble_crash_odds_serialfn,
	DESERIALFUNC = bubble_crash_odds_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE crash_odds(attribute double precision, crashed boolean)
	IS 'boom: share of the episodes that crashed, of those whose attribute is at least each threshold, with Wilson''s interval of 95 %; NULL outcomes are counted apart';

CREATE AGGREGATE crash_odds(attribute double precision, crashed boolean, thresholds double precision[]) (
	SFUNC = bubble_crash_odds_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_crash_odds_finalfn,
	COMBINEFUNC = bubble_crash_odds_combinefn,
	SERIALFUNC = bubble_crash_odds_serialfn,
	DESERIALFUNC = bubble_crash_odds_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE crash_odds(attribute double precision, crashed boolean, thresholds double precision[])
	IS 'boom: share of the episodes that crashed, of those whose attribute is at least each threshold, with Wilson''s interval of 95 %; NULL outcomes are counted apart';

CREATE AGGREGATE crash_odds(attribute double precision, crashed boolean, cluster double precision, thresholds double precision[]) (
	SFUNC = bubble_clustered_crash_odds_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_clustered_crash_odds_finalfn,
	COMBINEFUNC = bubble_clustered_crash_odds_combinefn,
	SERIALFUNC = bubble_clustered_crash_odds_serialfn,
	DESERIALFUNC = bubble_clustered_crash_odds_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE crash_odds(attribute double precision, crashed boolean, cluster double precision, thresholds double precision[])
	IS 'boom: share of the episodes that crashed, of those whose attribute is at least each threshold; episodes of one cluster are one draw: the interval is the middle 95 % of samples of clusters, or, where all or none crashed, that of Wilson of one draw a cluster';

CREATE AGGREGATE crash_odds(attribute double precision, crashed boolean, cluster double precision, thresholds double precision[], replications bigint) (
	SFUNC = bubble_clustered_crash_odds_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_clustered_crash_odds_finalfn,
	COMBINEFUNC = bubble_clustered_crash_odds_combinefn,
	SERIALFUNC = bubble_clustered_crash_odds_serialfn,
	DESERIALFUNC = bubble_clustered_crash_odds_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE crash_odds(attribute double precision, crashed boolean, cluster double precision, thresholds double precision[], replications bigint)
	IS 'boom: share of the episodes that crashed, of those whose attribute is at least each threshold; episodes of one cluster are one draw: the interval is the middle 95 % of samples of clusters, or, where all or none crashed, that of Wilson of one draw a cluster';

CREATE AGGREGATE crash_odds(attribute double precision, crashed boolean, cluster double precision, thresholds double precision[], replications bigint, seed bigint) (
	SFUNC = bubble_clustered_crash_odds_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_clustered_crash_odds_finalfn,
	COMBINEFUNC = bubble_clustered_crash_odds_combinefn,
	SERIALFUNC = bubble_clustered_crash_odds_serialfn,
	DESERIALFUNC = bubble_clustered_crash_odds_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE crash_odds(attribute double precision, crashed boolean, cluster double precision, thresholds double precision[], replications bigint, seed bigint)
	IS 'boom: share of the episodes that crashed, of those whose attribute is at least each threshold; episodes of one cluster are one draw: the interval is the middle 95 % of samples of clusters, or, where all or none crashed, that of Wilson of one draw a cluster';

CREATE FUNCTION bubble_resample_draws(seed bigint, replication bigint, draws bigint, parts bigint) RETURNS bigint[]
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION bubble_resample_draws(seed bigint, replication bigint, draws bigint, parts bigint)
	IS 'the parts, counted from 1, that a replication of a resampled interval draws';

-- ---------------------------------------------------------------------------
-- lppls
--
-- Log-periodic power laws.  Options are given by name over a stored series;
-- horizon may be NULL, for a fifth of the rows.  Hence nothing is STRICT.
-- Times of a stored series depend on the session's time zone: STABLE.
-- ---------------------------------------------------------------------------

CREATE TYPE lppls_fit_date AS (
	observations bigint,
	critical_at date,
	exponent double precision,
	frequency double precision,
	a double precision,
	b double precision,
	c1 double precision,
	c2 double precision,
	sse double precision,
	damping double precision,
	oscillations double precision,
	relative_error double precision,
	on_bound boolean,
	critical_low date,
	critical_high date,
	rows_ahead double precision
);
COMMENT ON TYPE lppls_fit_date
	IS 'lppls: a log-periodic power law: ln p = a + b t^exponent + c1 t^exponent cos(frequency ln t) + c2 t^exponent sin(frequency ln t), t the rows left until critical_at, which is rows_ahead after the last one';

CREATE TYPE lppls_fit AS (
	observations bigint,
	critical_at timestamptz,
	exponent double precision,
	frequency double precision,
	a double precision,
	b double precision,
	c1 double precision,
	c2 double precision,
	sse double precision,
	damping double precision,
	oscillations double precision,
	relative_error double precision,
	on_bound boolean,
	critical_low timestamptz,
	critical_high timestamptz,
	rows_ahead double precision
);
COMMENT ON TYPE lppls_fit
	IS 'lppls: a log-periodic power law: ln p = a + b t^exponent + c1 t^exponent cos(frequency ln t) + c2 t^exponent sin(frequency ln t), t the rows left until critical_at, which is rows_ahead after the last one';

CREATE TYPE lppls_confidence AS (
	windows bigint,
	positive bigint,
	negative bigint,
	on_bound bigint
);
COMMENT ON TYPE lppls_confidence
	IS 'lppls: windows that were fitted, those of them whose fits show a bubble or a negative bubble, those that have found no critical time';

CREATE FUNCTION bubble_lppls_fit_transfn(internal, double precision, date, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_lppls_fit_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_lppls_fit_transfn(internal, double precision, date, bigint)
	IS 'transition: a series and the horizon of lppls_fit';

CREATE FUNCTION bubble_lppls_fit_transfn(internal, double precision, timestamptz, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_lppls_fit_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_lppls_fit_transfn(internal, double precision, timestamptz, bigint)
	IS 'transition: a series and the horizon of lppls_fit';

CREATE FUNCTION bubble_lppls_fit_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_lppls_fit_combinefn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_lppls_fit_combinefn(internal, internal)
	IS 'combine: two parts of a series and the horizon of lppls_fit';

CREATE FUNCTION bubble_lppls_fit_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_lppls_fit_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_lppls_fit_serialfn(internal)
	IS 'serialize: a series and the horizon of lppls_fit';

CREATE FUNCTION bubble_lppls_fit_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_lppls_fit_deserialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_lppls_fit_deserialfn(bytea, internal)
	IS 'deserialize: a series and the horizon of lppls_fit';

CREATE FUNCTION bubble_lppls_fit_finalfn(bubble_series) RETURNS lppls_fit
	AS 'MODULE_PATHNAME', 'bubble_lppls_fit'
	LANGUAGE C STABLE PARALLEL SAFE COST 1000000;
COMMENT ON FUNCTION bubble_lppls_fit_finalfn(bubble_series)
	IS 'final: the fit of the collected rows, default horizon';

CREATE FUNCTION bubble_lppls_fit_finalfn(internal) RETURNS lppls_fit
	AS 'MODULE_PATHNAME', 'bubble_lppls_fit_finalfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000000;
COMMENT ON FUNCTION bubble_lppls_fit_finalfn(internal)
	IS 'final: the fit of the collected rows';

CREATE FUNCTION bubble_lppls_fit_date_finalfn(bubble_series) RETURNS lppls_fit_date
	AS 'MODULE_PATHNAME', 'bubble_lppls_fit'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000000;
COMMENT ON FUNCTION bubble_lppls_fit_date_finalfn(bubble_series)
	IS 'final: the fit of the collected rows, default horizon';

CREATE FUNCTION bubble_lppls_fit_date_finalfn(internal) RETURNS lppls_fit_date
	AS 'MODULE_PATHNAME', 'bubble_lppls_fit_finalfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000000;
COMMENT ON FUNCTION bubble_lppls_fit_date_finalfn(internal)
	IS 'final: the fit of the collected rows';

CREATE AGGREGATE lppls_fit(price double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_lppls_fit_date_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE lppls_fit(price double precision, at date)
	IS 'lppls: the log-periodic power law that fits the logarithms of prices best, as one row: critical time with its interval, shape, sum of squares; the critical time is sought within a fifth of the rows';

CREATE AGGREGATE lppls_fit(price double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_lppls_fit_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE lppls_fit(price double precision, at timestamptz)
	IS 'lppls: the log-periodic power law that fits the logarithms of prices best, as one row: critical time with its interval, shape, sum of squares; the critical time is sought within a fifth of the rows';

CREATE AGGREGATE lppls_fit(price double precision, at date, horizon bigint) (
	SFUNC = bubble_lppls_fit_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_lppls_fit_date_finalfn,
	COMBINEFUNC = bubble_lppls_fit_combinefn,
	SERIALFUNC = bubble_lppls_fit_serialfn,
	DESERIALFUNC = bubble_lppls_fit_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE lppls_fit(price double precision, at date, horizon bigint)
	IS 'lppls: the log-periodic power law that fits the logarithms of prices best, as one row: critical time with its interval, shape, sum of squares; the critical time is sought within horizon rows after the last one';

CREATE AGGREGATE lppls_fit(price double precision, at timestamptz, horizon bigint) (
	SFUNC = bubble_lppls_fit_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_lppls_fit_finalfn,
	COMBINEFUNC = bubble_lppls_fit_combinefn,
	SERIALFUNC = bubble_lppls_fit_serialfn,
	DESERIALFUNC = bubble_lppls_fit_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE lppls_fit(price double precision, at timestamptz, horizon bigint)
	IS 'lppls: the log-periodic power law that fits the logarithms of prices best, as one row: critical time with its interval, shape, sum of squares; the critical time is sought within horizon rows after the last one';

CREATE FUNCTION lppls_fit(series bubble_series, horizon bigint DEFAULT NULL,
	min_exponent double precision DEFAULT 0, max_exponent double precision DEFAULT 2,
	min_frequency double precision DEFAULT 1, max_frequency double precision DEFAULT 50,
	level double precision DEFAULT 0.95, autocorrelated boolean DEFAULT true) RETURNS lppls_fit
	AS 'MODULE_PATHNAME', 'bubble_lppls_fit'
	LANGUAGE C STABLE PARALLEL SAFE COST 1000000;
COMMENT ON FUNCTION lppls_fit(series bubble_series, horizon bigint, min_exponent double precision, max_exponent double precision, min_frequency double precision, max_frequency double precision, level double precision, autocorrelated boolean)
	IS 'lppls: the log-periodic power law that fits the logarithms of prices best, as one row: critical time with its interval at level, shape, sum of squares; the critical time is sought within horizon rows after the last one, a fifth of the rows unless given';

CREATE FUNCTION lppls_windows(series bubble_series, longest bigint DEFAULT 750, shortest bigint DEFAULT 125, step bigint DEFAULT 5,
	horizon bigint DEFAULT NULL, min_exponent double precision DEFAULT 0, max_exponent double precision DEFAULT 2,
	min_frequency double precision DEFAULT 1, max_frequency double precision DEFAULT 50,
	level double precision DEFAULT 0.95, autocorrelated boolean DEFAULT true) RETURNS SETOF lppls_fit
	AS 'MODULE_PATHNAME', 'bubble_lppls_windows'
	LANGUAGE C STABLE PARALLEL SAFE COST 100000000 ROWS 126;
COMMENT ON FUNCTION lppls_windows(series bubble_series, longest bigint, shortest bigint, step bigint, horizon bigint, min_exponent double precision, max_exponent double precision, min_frequency double precision, max_frequency double precision, level double precision, autocorrelated boolean)
	IS 'lppls: lppls_fit of the last rows, from the longest of so many to the shortest, in steps: a row per window';

CREATE FUNCTION lppls_confidence(series bubble_series, longest bigint DEFAULT 750, shortest bigint DEFAULT 125, step bigint DEFAULT 5,
	filter text DEFAULT 'sornette', horizon bigint DEFAULT NULL,
	min_exponent double precision DEFAULT 0, max_exponent double precision DEFAULT 2,
	min_frequency double precision DEFAULT 1, max_frequency double precision DEFAULT 50,
	count_bounds boolean DEFAULT true) RETURNS lppls_confidence
	AS 'MODULE_PATHNAME', 'bubble_lppls_confidence'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000000;
COMMENT ON FUNCTION lppls_confidence(series bubble_series, longest bigint, shortest bigint, step bigint, filter text, horizon bigint, min_exponent double precision, max_exponent double precision, min_frequency double precision, max_frequency double precision, count_bounds boolean)
	IS 'lppls: how many windows that end at the last row show a bubble (positive) or its mirror image (negative) by a published filter: sornette, trust, shu_zhu or lppls; those whose critical time is on a bound, so that none was found, count only if count_bounds';

-- ---------------------------------------------------------------------------
-- adoption
--
-- Months of a timestamptz are those of the session's time zone: STABLE.  What
-- is fitted to a series is its aggregate's final function, too.
-- ---------------------------------------------------------------------------

CREATE TYPE growth_rate AS (
	level double precision,
	rate double precision,
	rate_se double precision,
	acceleration double precision,
	acceleration_se double precision,
	p_decelerating double precision,
	doubling_time double precision
);
COMMENT ON TYPE growth_rate
	IS 'adoption: the growth of a level at its latest row: rate and acceleration with standard errors, p value of no acceleration, doubling time in years';

CREATE FUNCTION bubble_growth_transfn(internal, double precision, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_growth_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_growth_transfn(internal, double precision, date)
	IS 'transition: the levels in time';

CREATE FUNCTION bubble_growth_transfn(internal, double precision, date, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_growth_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_growth_transfn(internal, double precision, date, interval)
	IS 'transition: the levels in time';

CREATE FUNCTION bubble_growth_transfn(internal, double precision, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_growth_transfn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_growth_transfn(internal, double precision, timestamptz)
	IS 'transition: the levels in time';

CREATE FUNCTION bubble_growth_transfn(internal, double precision, timestamptz, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_growth_transfn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_growth_transfn(internal, double precision, timestamptz, interval)
	IS 'transition: the levels in time';

CREATE FUNCTION bubble_growth_invtransfn(internal, double precision, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_growth_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_growth_invtransfn(internal, double precision, date)
	IS 'moving transition: the oldest row leaves the levels in time';

CREATE FUNCTION bubble_growth_invtransfn(internal, double precision, date, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_growth_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_growth_invtransfn(internal, double precision, date, interval)
	IS 'moving transition: the oldest row leaves the levels in time';

CREATE FUNCTION bubble_growth_invtransfn(internal, double precision, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_growth_invtransfn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_growth_invtransfn(internal, double precision, timestamptz)
	IS 'moving transition: the oldest row leaves the levels in time';

CREATE FUNCTION bubble_growth_invtransfn(internal, double precision, timestamptz, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_growth_invtransfn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_growth_invtransfn(internal, double precision, timestamptz, interval)
	IS 'moving transition: the oldest row leaves the levels in time';

CREATE FUNCTION bubble_growth_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_growth_combinefn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_growth_combinefn(internal, internal)
	IS 'combine: two parts of the levels in time';

CREATE FUNCTION bubble_growth_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_growth_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_growth_serialfn(internal)
	IS 'serialize: the levels in time';

CREATE FUNCTION bubble_growth_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_growth_deserialfn'
	LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_growth_deserialfn(bytea, internal)
	IS 'deserialize: the levels in time';

CREATE FUNCTION bubble_growth_rate_finalfn(internal) RETURNS growth_rate
	AS 'MODULE_PATHNAME'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_growth_rate_finalfn(internal)
	IS 'final: growth at the latest row';

CREATE AGGREGATE growth_rate(value double precision, at date) (
	SFUNC = bubble_growth_transfn,
	STYPE = internal,
	SSPACE = 4096,
	FINALFUNC = bubble_growth_rate_finalfn,
	COMBINEFUNC = bubble_growth_combinefn,
	SERIALFUNC = bubble_growth_serialfn,
	DESERIALFUNC = bubble_growth_deserialfn,
	MSFUNC = bubble_growth_transfn,
	MINVFUNC = bubble_growth_invtransfn,
	MSTYPE = internal,
	MSSPACE = 8192,
	MFINALFUNC = bubble_growth_rate_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE growth_rate(value double precision, at date)
	IS 'adoption: how fast a level grows at its latest row, as a fraction a year, and how fast that changes: least squares of its logarithm on time and time squared, over all rows or those of the span, with standard errors';

CREATE AGGREGATE growth_rate(value double precision, at date, span interval) (
	SFUNC = bubble_growth_transfn,
	STYPE = internal,
	SSPACE = 4096,
	FINALFUNC = bubble_growth_rate_finalfn,
	COMBINEFUNC = bubble_growth_combinefn,
	SERIALFUNC = bubble_growth_serialfn,
	DESERIALFUNC = bubble_growth_deserialfn,
	MSFUNC = bubble_growth_transfn,
	MINVFUNC = bubble_growth_invtransfn,
	MSTYPE = internal,
	MSSPACE = 8192,
	MFINALFUNC = bubble_growth_rate_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE growth_rate(value double precision, at date, span interval)
	IS 'adoption: how fast a level grows at its latest row, as a fraction a year, and how fast that changes: least squares of its logarithm on time and time squared, over all rows or those of the span, with standard errors';

CREATE AGGREGATE growth_rate(value double precision, at timestamptz) (
	SFUNC = bubble_growth_transfn,
	STYPE = internal,
	SSPACE = 4096,
	FINALFUNC = bubble_growth_rate_finalfn,
	COMBINEFUNC = bubble_growth_combinefn,
	SERIALFUNC = bubble_growth_serialfn,
	DESERIALFUNC = bubble_growth_deserialfn,
	MSFUNC = bubble_growth_transfn,
	MINVFUNC = bubble_growth_invtransfn,
	MSTYPE = internal,
	MSSPACE = 8192,
	MFINALFUNC = bubble_growth_rate_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE growth_rate(value double precision, at timestamptz)
	IS 'adoption: how fast a level grows at its latest row, as a fraction a year, and how fast that changes: least squares of its logarithm on time and time squared, over all rows or those of the span, with standard errors';

CREATE AGGREGATE growth_rate(value double precision, at timestamptz, span interval) (
	SFUNC = bubble_growth_transfn,
	STYPE = internal,
	SSPACE = 4096,
	FINALFUNC = bubble_growth_rate_finalfn,
	COMBINEFUNC = bubble_growth_combinefn,
	SERIALFUNC = bubble_growth_serialfn,
	DESERIALFUNC = bubble_growth_deserialfn,
	MSFUNC = bubble_growth_transfn,
	MINVFUNC = bubble_growth_invtransfn,
	MSTYPE = internal,
	MSSPACE = 8192,
	MFINALFUNC = bubble_growth_rate_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE growth_rate(value double precision, at timestamptz, span interval)
	IS 'adoption: how fast a level grows at its latest row, as a fraction a year, and how fast that changes: least squares of its logarithm on time and time squared, over all rows or those of the span, with standard errors';

CREATE FUNCTION growth_rate(series bubble_series, span interval DEFAULT NULL) RETURNS growth_rate
	AS 'MODULE_PATHNAME', 'bubble_growth_rate'
	LANGUAGE C STABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION growth_rate(series bubble_series, span interval)
	IS 'adoption: how fast a level grows at its latest row, as a fraction a year, and how fast that changes: least squares of its logarithm on time and time squared, over all rows or those of the span, with standard errors';

CREATE TYPE adoption_fit_date AS (
	model text,
	observations bigint,
	saturation double precision,
	saturation_se double precision,
	saturation_low double precision,
	saturation_high double precision,
	identified boolean,
	p double precision,
	p_se double precision,
	q double precision,
	q_se double precision,
	x double precision,
	x_se double precision,
	s double precision,
	s_se double precision,
	a double precision,
	a_se double precision,
	b double precision,
	b_se double precision,
	c double precision,
	c_se double precision,
	rss double precision,
	aicc double precision,
	peak_at date,
	peak_low date,
	peak_high date,
	share_reached double precision,
	origin_at date,
	last_at date,
	time_unit text,
	step double precision,
	covariance double precision[],
	reason text
);
COMMENT ON TYPE adoption_fit_date
	IS 'adoption: a fitted curve of adoption: saturation with its interval, parameters, times in years since origin_at; the reason where something is missing';

CREATE TYPE adoption_fit AS (
	model text,
	observations bigint,
	saturation double precision,
	saturation_se double precision,
	saturation_low double precision,
	saturation_high double precision,
	identified boolean,
	p double precision,
	p_se double precision,
	q double precision,
	q_se double precision,
	x double precision,
	x_se double precision,
	s double precision,
	s_se double precision,
	a double precision,
	a_se double precision,
	b double precision,
	b_se double precision,
	c double precision,
	c_se double precision,
	rss double precision,
	aicc double precision,
	peak_at timestamptz,
	peak_low timestamptz,
	peak_high timestamptz,
	share_reached double precision,
	origin_at timestamptz,
	last_at timestamptz,
	time_unit text,
	step double precision,
	covariance double precision[],
	reason text
);
COMMENT ON TYPE adoption_fit
	IS 'adoption: a fitted curve of adoption: saturation with its interval, parameters, times in years since origin_at; the reason where something is missing';

CREATE FUNCTION bubble_bass_fit_finalfn(bubble_series) RETURNS adoption_fit
	AS 'MODULE_PATHNAME', 'bubble_bass_fit'
	LANGUAGE C STABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION bubble_bass_fit_finalfn(bubble_series)
	IS 'final: the Bass curve of the collected rows';

CREATE FUNCTION bubble_bass_fit_date_finalfn(bubble_series) RETURNS adoption_fit_date
	AS 'MODULE_PATHNAME', 'bubble_bass_fit'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION bubble_bass_fit_date_finalfn(bubble_series)
	IS 'final: the Bass curve of the collected rows';

CREATE FUNCTION bubble_bass_fit_cumulative_finalfn(bubble_series) RETURNS adoption_fit
	AS 'MODULE_PATHNAME', 'bubble_bass_fit_cumulative'
	LANGUAGE C STABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION bubble_bass_fit_cumulative_finalfn(bubble_series)
	IS 'final: the Bass curve of the collected rows';

CREATE FUNCTION bubble_bass_fit_cumulative_date_finalfn(bubble_series) RETURNS adoption_fit_date
	AS 'MODULE_PATHNAME', 'bubble_bass_fit_cumulative'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION bubble_bass_fit_cumulative_date_finalfn(bubble_series)
	IS 'final: the Bass curve of the collected rows';

CREATE FUNCTION bubble_logistic_fit_finalfn(bubble_series) RETURNS adoption_fit
	AS 'MODULE_PATHNAME', 'bubble_logistic_fit'
	LANGUAGE C STABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION bubble_logistic_fit_finalfn(bubble_series)
	IS 'final: the logistic curve of the collected rows';

CREATE FUNCTION bubble_logistic_fit_date_finalfn(bubble_series) RETURNS adoption_fit_date
	AS 'MODULE_PATHNAME', 'bubble_logistic_fit'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION bubble_logistic_fit_date_finalfn(bubble_series)
	IS 'final: the logistic curve of the collected rows';

CREATE FUNCTION bubble_gompertz_fit_finalfn(bubble_series) RETURNS adoption_fit
	AS 'MODULE_PATHNAME', 'bubble_gompertz_fit'
	LANGUAGE C STABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION bubble_gompertz_fit_finalfn(bubble_series)
	IS 'final: the Gompertz curve of the collected rows';

CREATE FUNCTION bubble_gompertz_fit_date_finalfn(bubble_series) RETURNS adoption_fit_date
	AS 'MODULE_PATHNAME', 'bubble_gompertz_fit'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION bubble_gompertz_fit_date_finalfn(bubble_series)
	IS 'final: the Gompertz curve of the collected rows';

CREATE FUNCTION bubble_exponential_fit_finalfn(bubble_series) RETURNS adoption_fit
	AS 'MODULE_PATHNAME', 'bubble_exponential_fit'
	LANGUAGE C STABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION bubble_exponential_fit_finalfn(bubble_series)
	IS 'final: exponential growth of the collected rows';

CREATE FUNCTION bubble_exponential_fit_date_finalfn(bubble_series) RETURNS adoption_fit_date
	AS 'MODULE_PATHNAME', 'bubble_exponential_fit'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION bubble_exponential_fit_date_finalfn(bubble_series)
	IS 'final: exponential growth of the collected rows';

CREATE FUNCTION bubble_adoption_fit_finalfn(bubble_series) RETURNS adoption_fit
	AS 'MODULE_PATHNAME', 'bubble_adoption_fit'
	LANGUAGE C STABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION bubble_adoption_fit_finalfn(bubble_series)
	IS 'final: of the exponential of the collected rows';

CREATE FUNCTION bubble_adoption_fit_date_finalfn(bubble_series) RETURNS adoption_fit_date
	AS 'MODULE_PATHNAME', 'bubble_adoption_fit'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION bubble_adoption_fit_date_finalfn(bubble_series)
	IS 'final: of the exponential of the collected rows';

CREATE AGGREGATE bass_fit(adopters double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_bass_fit_date_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE bass_fit(adopters double precision, at date)
	IS 'adoption: the Bass curve, by nonlinear least squares on increments (Srinivasan and Mason), as one row';

CREATE AGGREGATE bass_fit(adopters double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_bass_fit_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE bass_fit(adopters double precision, at timestamptz)
	IS 'adoption: the Bass curve, by nonlinear least squares on increments (Srinivasan and Mason), as one row';

CREATE AGGREGATE bass_fit_cumulative(level double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_bass_fit_cumulative_date_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE bass_fit_cumulative(level double precision, at date)
	IS 'adoption: the Bass curve, by nonlinear least squares on levels, whose errors depend on each other: standard errors are too small, as one row';

CREATE AGGREGATE bass_fit_cumulative(level double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_bass_fit_cumulative_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE bass_fit_cumulative(level double precision, at timestamptz)
	IS 'adoption: the Bass curve, by nonlinear least squares on levels, whose errors depend on each other: standard errors are too small, as one row';

CREATE AGGREGATE logistic_fit(level double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_logistic_fit_date_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE logistic_fit(level double precision, at date)
	IS 'adoption: the logistic curve, by nonlinear least squares, as one row';

CREATE AGGREGATE logistic_fit(level double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_logistic_fit_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE logistic_fit(level double precision, at timestamptz)
	IS 'adoption: the logistic curve, by nonlinear least squares, as one row';

CREATE AGGREGATE gompertz_fit(level double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_gompertz_fit_date_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE gompertz_fit(level double precision, at date)
	IS 'adoption: the Gompertz curve, by nonlinear least squares, as one row';

CREATE AGGREGATE gompertz_fit(level double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_gompertz_fit_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE gompertz_fit(level double precision, at timestamptz)
	IS 'adoption: the Gompertz curve, by nonlinear least squares, as one row';

CREATE AGGREGATE exponential_fit(level double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_exponential_fit_date_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE exponential_fit(level double precision, at date)
	IS 'adoption: exponential growth, by nonlinear least squares, as one row';

CREATE AGGREGATE exponential_fit(level double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_exponential_fit_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE exponential_fit(level double precision, at timestamptz)
	IS 'adoption: exponential growth, by nonlinear least squares, as one row';

CREATE AGGREGATE adoption_fit(level double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_adoption_fit_date_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE adoption_fit(level double precision, at date)
	IS 'adoption: of the exponential, the logistic and the Gompertz curve the one with the lowest AICc, as one row';

CREATE AGGREGATE adoption_fit(level double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_adoption_fit_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE adoption_fit(level double precision, at timestamptz)
	IS 'adoption: of the exponential, the logistic and the Gompertz curve the one with the lowest AICc, as one row';

CREATE FUNCTION bass_fit(series bubble_series) RETURNS adoption_fit
	AS 'MODULE_PATHNAME', 'bubble_bass_fit'
	LANGUAGE C STABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION bass_fit(series bubble_series)
	IS 'adoption: the Bass curve, by nonlinear least squares on increments (Srinivasan and Mason), as one row';

CREATE FUNCTION bass_fit_cumulative(series bubble_series) RETURNS adoption_fit
	AS 'MODULE_PATHNAME', 'bubble_bass_fit_cumulative'
	LANGUAGE C STABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION bass_fit_cumulative(series bubble_series)
	IS 'adoption: the Bass curve, by nonlinear least squares on levels, whose errors depend on each other: standard errors are too small, as one row';

CREATE FUNCTION logistic_fit(series bubble_series) RETURNS adoption_fit
	AS 'MODULE_PATHNAME', 'bubble_logistic_fit'
	LANGUAGE C STABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION logistic_fit(series bubble_series)
	IS 'adoption: the logistic curve, by nonlinear least squares, as one row';

CREATE FUNCTION gompertz_fit(series bubble_series) RETURNS adoption_fit
	AS 'MODULE_PATHNAME', 'bubble_gompertz_fit'
	LANGUAGE C STABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION gompertz_fit(series bubble_series)
	IS 'adoption: the Gompertz curve, by nonlinear least squares, as one row';

CREATE FUNCTION exponential_fit(series bubble_series) RETURNS adoption_fit
	AS 'MODULE_PATHNAME', 'bubble_exponential_fit'
	LANGUAGE C STABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION exponential_fit(series bubble_series)
	IS 'adoption: exponential growth, by nonlinear least squares, as one row';

CREATE FUNCTION adoption_fit(series bubble_series) RETURNS adoption_fit
	AS 'MODULE_PATHNAME', 'bubble_adoption_fit'
	LANGUAGE C STABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION adoption_fit(series bubble_series)
	IS 'adoption: of the exponential, the logistic and the Gompertz curve the one with the lowest AICc, as one row';

-- What a fitted curve says.

CREATE FUNCTION adoption_curve(fit adoption_fit_date, at date) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_adoption_curve'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION adoption_curve(fit adoption_fit_date, at date)
	IS 'adoption: the level of a fitted curve at a time; null where no curve was found';

CREATE FUNCTION adoption_curve(fit adoption_fit, at timestamptz) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_adoption_curve'
	LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION adoption_curve(fit adoption_fit, at timestamptz)
	IS 'adoption: the level of a fitted curve at a time; null where no curve was found';

CREATE FUNCTION adoption_forecast(fit adoption_fit_date, from_at date, to_at date, step interval,
	OUT at date, OUT value double precision, OUT low double precision, OUT high double precision) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'bubble_adoption_forecast'
	LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 20;
COMMENT ON FUNCTION adoption_forecast(fit adoption_fit_date, from_at date, to_at date, step interval, OUT at date, OUT value double precision, OUT low double precision, OUT high double precision)
	IS 'adoption: the levels of a fitted curve, a row a step, with intervals that hold 95 percent of single levels if the curve is right';

CREATE FUNCTION adoption_forecast(fit adoption_fit, from_at timestamptz, to_at timestamptz, step interval,
	OUT at timestamptz, OUT value double precision, OUT low double precision, OUT high double precision) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'bubble_adoption_forecast'
	LANGUAGE C STABLE PARALLEL SAFE ROWS 20;
COMMENT ON FUNCTION adoption_forecast(fit adoption_fit, from_at timestamptz, to_at timestamptz, step interval, OUT at timestamptz, OUT value double precision, OUT low double precision, OUT high double precision)
	IS 'adoption: the levels of a fitted curve, a row a step, with intervals that hold 95 percent of single levels if the curve is right';

-- Where a level changes.  Times of a stored series depend on the session's time
-- zone where they become dates: STABLE.

CREATE TYPE change_point_date AS (
	at date,
	statistic double precision,
	p double precision,
	before double precision,
	after double precision
);
COMMENT ON TYPE change_point_date
	IS 'adoption: the change of a level: time of the last row before it, largest F statistic and its p value, means before and after it';

CREATE TYPE change_point AS (
	at timestamptz,
	statistic double precision,
	p double precision,
	before double precision,
	after double precision
);
COMMENT ON TYPE change_point
	IS 'adoption: the change of a level: time of the last row before it, largest F statistic and its p value, means before and after it';

CREATE TYPE change_points_date AS (
	at date,
	gain double precision,
	before double precision,
	after double precision
);
COMMENT ON TYPE change_points_date
	IS 'adoption: one of the changes of a level: time of the last row before it, what it takes from the sum of squares in variances of the noise, means between the change before it and the one after it';

CREATE TYPE change_points AS (
	at timestamptz,
	gain double precision,
	before double precision,
	after double precision
);
COMMENT ON TYPE change_points
	IS 'adoption: one of the changes of a level: time of the last row before it, what it takes from the sum of squares in variances of the noise, means between the change before it and the one after it';

CREATE FUNCTION bubble_change_point_transfn(internal, double precision, date, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_change_point_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_change_point_transfn(internal, double precision, date, double precision)
	IS 'transition: a series and the trimming of change_point';

CREATE FUNCTION bubble_change_point_transfn(internal, double precision, timestamptz, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_change_point_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_change_point_transfn(internal, double precision, timestamptz, double precision)
	IS 'transition: a series and the trimming of change_point';

CREATE FUNCTION bubble_change_point_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_change_point_combinefn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_change_point_combinefn(internal, internal)
	IS 'combine: two parts of a series and the trimming of change_point';

CREATE FUNCTION bubble_change_point_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_change_point_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_change_point_serialfn(internal)
	IS 'serialize: a series and the trimming of change_point';

CREATE FUNCTION bubble_change_point_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_change_point_deserialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_change_point_deserialfn(bytea, internal)
	IS 'deserialize: a series and the trimming of change_point';

CREATE FUNCTION bubble_change_points_transfn(internal, double precision, date, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_change_points_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_change_points_transfn(internal, double precision, date, double precision)
	IS 'transition: a series and the penalty of change_points';

CREATE FUNCTION bubble_change_points_transfn(internal, double precision, timestamptz, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_change_points_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_change_points_transfn(internal, double precision, timestamptz, double precision)
	IS 'transition: a series and the penalty of change_points';

CREATE FUNCTION bubble_change_points_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_change_points_combinefn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_change_points_combinefn(internal, internal)
	IS 'combine: two parts of a series and the penalty of change_points';

CREATE FUNCTION bubble_change_points_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_change_points_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_change_points_serialfn(internal)
	IS 'serialize: a series and the penalty of change_points';

CREATE FUNCTION bubble_change_points_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_change_points_deserialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_change_points_deserialfn(bytea, internal)
	IS 'deserialize: a series and the penalty of change_points';

CREATE FUNCTION bubble_change_point_finalfn(bubble_series) RETURNS change_point
	AS 'MODULE_PATHNAME', 'bubble_change_point'
	LANGUAGE C STABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION bubble_change_point_finalfn(bubble_series)
	IS 'final: the largest change of the collected rows';

CREATE FUNCTION bubble_change_point_finalfn(internal) RETURNS change_point
	AS 'MODULE_PATHNAME', 'bubble_change_point_finalfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION bubble_change_point_finalfn(internal)
	IS 'final: the largest change of the collected rows';

CREATE FUNCTION bubble_change_point_date_finalfn(bubble_series) RETURNS change_point_date
	AS 'MODULE_PATHNAME', 'bubble_change_point'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION bubble_change_point_date_finalfn(bubble_series)
	IS 'final: the largest change of the collected rows';

CREATE FUNCTION bubble_change_point_date_finalfn(internal) RETURNS change_point_date
	AS 'MODULE_PATHNAME', 'bubble_change_point_finalfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION bubble_change_point_date_finalfn(internal)
	IS 'final: the largest change of the collected rows';

CREATE FUNCTION bubble_change_points_finalfn(bubble_series) RETURNS change_points[]
	AS 'MODULE_PATHNAME', 'bubble_change_points'
	LANGUAGE C STABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION bubble_change_points_finalfn(bubble_series)
	IS 'final: the changes of the collected rows';

CREATE FUNCTION bubble_change_points_finalfn(internal) RETURNS change_points[]
	AS 'MODULE_PATHNAME', 'bubble_change_points_finalfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION bubble_change_points_finalfn(internal)
	IS 'final: the changes of the collected rows';

CREATE FUNCTION bubble_change_points_date_finalfn(bubble_series) RETURNS change_points_date[]
	AS 'MODULE_PATHNAME', 'bubble_change_points'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION bubble_change_points_date_finalfn(bubble_series)
	IS 'final: the changes of the collected rows';

CREATE FUNCTION bubble_change_points_date_finalfn(internal) RETURNS change_points_date[]
	AS 'MODULE_PATHNAME', 'bubble_change_points_finalfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION bubble_change_points_date_finalfn(internal)
	IS 'final: the changes of the collected rows';

CREATE AGGREGATE change_point(value double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_change_point_date_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE change_point(value double precision, at date)
	IS 'adoption: where the mean of a level changes most, with the p value of no change (Andrews, Hansen); at least 15 percent of the rows lie on each side';

CREATE AGGREGATE change_point(value double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_change_point_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE change_point(value double precision, at timestamptz)
	IS 'adoption: where the mean of a level changes most, with the p value of no change (Andrews, Hansen); at least 15 percent of the rows lie on each side';

CREATE AGGREGATE change_point(value double precision, at date, trimming double precision) (
	SFUNC = bubble_change_point_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_change_point_date_finalfn,
	COMBINEFUNC = bubble_change_point_combinefn,
	SERIALFUNC = bubble_change_point_serialfn,
	DESERIALFUNC = bubble_change_point_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE change_point(value double precision, at date, trimming double precision)
	IS 'adoption: where the mean of a level changes most, with the p value of no change (Andrews, Hansen); at least a share trimming of the rows lies on each side';

CREATE AGGREGATE change_point(value double precision, at timestamptz, trimming double precision) (
	SFUNC = bubble_change_point_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_change_point_finalfn,
	COMBINEFUNC = bubble_change_point_combinefn,
	SERIALFUNC = bubble_change_point_serialfn,
	DESERIALFUNC = bubble_change_point_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE change_point(value double precision, at timestamptz, trimming double precision)
	IS 'adoption: where the mean of a level changes most, with the p value of no change (Andrews, Hansen); at least a share trimming of the rows lies on each side';

CREATE AGGREGATE change_points(value double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_change_points_date_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE change_points(value double precision, at date)
	IS 'adoption: all changes of the mean of a level: the cuts with the least sum of squares and penalties, each of 2 ln n variances of the noise; an array of rows for unnest()';

CREATE AGGREGATE change_points(value double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_change_points_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE change_points(value double precision, at timestamptz)
	IS 'adoption: all changes of the mean of a level: the cuts with the least sum of squares and penalties, each of 2 ln n variances of the noise; an array of rows for unnest()';

CREATE AGGREGATE change_points(value double precision, at date, penalty double precision) (
	SFUNC = bubble_change_points_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_change_points_date_finalfn,
	COMBINEFUNC = bubble_change_points_combinefn,
	SERIALFUNC = bubble_change_points_serialfn,
	DESERIALFUNC = bubble_change_points_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE change_points(value double precision, at date, penalty double precision)
	IS 'adoption: all changes of the mean of a level: the cuts with the least sum of squares and penalties, each of so many variances of the noise, 2 ln n if NULL; an array of rows for unnest()';

CREATE AGGREGATE change_points(value double precision, at timestamptz, penalty double precision) (
	SFUNC = bubble_change_points_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_change_points_finalfn,
	COMBINEFUNC = bubble_change_points_combinefn,
	SERIALFUNC = bubble_change_points_serialfn,
	DESERIALFUNC = bubble_change_points_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE change_points(value double precision, at timestamptz, penalty double precision)
	IS 'adoption: all changes of the mean of a level: the cuts with the least sum of squares and penalties, each of so many variances of the noise, 2 ln n if NULL; an array of rows for unnest()';

CREATE FUNCTION change_point(series bubble_series, trimming double precision DEFAULT 0.15) RETURNS change_point
	AS 'MODULE_PATHNAME', 'bubble_change_point'
	LANGUAGE C STABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION change_point(series bubble_series, trimming double precision)
	IS 'adoption: where the mean of a level changes most, with the p value of no change (Andrews, Hansen); at least a share trimming of the rows lies on each side';

CREATE FUNCTION change_points(series bubble_series, penalty double precision DEFAULT NULL) RETURNS change_points[]
	AS 'MODULE_PATHNAME', 'bubble_change_points'
	LANGUAGE C STABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION change_points(series bubble_series, penalty double precision)
	IS 'adoption: all changes of the mean of a level: the cuts with the least sum of squares and penalties, each of so many variances of the noise, 2 ln n if NULL; an array of rows for unnest()';

-- Hype and reality.

CREATE FUNCTION bubble_hype_transfn(internal, double precision, double precision, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_hype_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_hype_transfn(internal, double precision, double precision, date)
	IS 'transition: what attention and reality have been';

CREATE FUNCTION bubble_hype_transfn(internal, double precision, double precision, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_hype_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_hype_transfn(internal, double precision, double precision, timestamptz)
	IS 'transition: what attention and reality have been';

CREATE FUNCTION bubble_hype_invtransfn(internal, double precision, double precision, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_hype_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_hype_invtransfn(internal, double precision, double precision, date)
	IS 'moving transition: the oldest row leaves what attention and reality have been';

CREATE FUNCTION bubble_hype_invtransfn(internal, double precision, double precision, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_hype_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_hype_invtransfn(internal, double precision, double precision, timestamptz)
	IS 'moving transition: the oldest row leaves what attention and reality have been';

CREATE FUNCTION bubble_hype_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_hype_combinefn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_hype_combinefn(internal, internal)
	IS 'combine: two parts of what attention and reality have been';

CREATE FUNCTION bubble_hype_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_hype_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_hype_serialfn(internal)
	IS 'serialize: what attention and reality have been';

CREATE FUNCTION bubble_hype_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_hype_deserialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_hype_deserialfn(bytea, internal)
	IS 'deserialize: what attention and reality have been';

CREATE FUNCTION bubble_hype_gap_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_hype_gap_finalfn(internal)
	IS 'final: where attention stands, less where reality stands';

CREATE AGGREGATE hype_gap(attention double precision, reality double precision, at date) (
	SFUNC = bubble_hype_transfn,
	STYPE = internal,
	SSPACE = 4096,
	FINALFUNC = bubble_hype_gap_finalfn,
	COMBINEFUNC = bubble_hype_combinefn,
	SERIALFUNC = bubble_hype_serialfn,
	DESERIALFUNC = bubble_hype_deserialfn,
	MSFUNC = bubble_hype_transfn,
	MINVFUNC = bubble_hype_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_hype_gap_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE hype_gap(attention double precision, reality double precision, at date)
	IS 'adoption: where the latest attention stands in its own past less where the latest reality stands in its own, each as the share of its other values below it, times 100: from -100 to 100';

CREATE AGGREGATE hype_gap(attention double precision, reality double precision, at timestamptz) (
	SFUNC = bubble_hype_transfn,
	STYPE = internal,
	SSPACE = 4096,
	FINALFUNC = bubble_hype_gap_finalfn,
	COMBINEFUNC = bubble_hype_combinefn,
	SERIALFUNC = bubble_hype_serialfn,
	DESERIALFUNC = bubble_hype_deserialfn,
	MSFUNC = bubble_hype_transfn,
	MINVFUNC = bubble_hype_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_hype_gap_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE hype_gap(attention double precision, reality double precision, at timestamptz)
	IS 'adoption: where the latest attention stands in its own past less where the latest reality stands in its own, each as the share of its other values below it, times 100: from -100 to 100';

CREATE FUNCTION hype_gap(attention bubble_series, reality bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_hype_gap'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION hype_gap(attention bubble_series, reality bubble_series)
	IS 'adoption: where the latest attention stands in its own past less where the latest reality stands in its own, each as the share of its other values below it, times 100: from -100 to 100';

CREATE TYPE lead_lag AS (
	lag bigint,
	lag_low bigint,
	lag_high bigint,
	correlation double precision,
	low double precision,
	high double precision,
	p double precision,
	pairs bigint
);
COMMENT ON TYPE lead_lag
	IS 'adoption: the lag at which changes go together most, and the lags that cannot be told from it; the correlation there with its 95 percent interval, the p value of the highest of so many correlations, the pairs of changes';

CREATE FUNCTION bubble_lead_lag_transfn(internal, double precision, double precision, date, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_lead_lag_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_lead_lag_transfn(internal, double precision, double precision, date, bigint)
	IS 'transition: two series and the most rows between them';

CREATE FUNCTION bubble_lead_lag_transfn(internal, double precision, double precision, timestamptz, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_lead_lag_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_lead_lag_transfn(internal, double precision, double precision, timestamptz, bigint)
	IS 'transition: two series and the most rows between them';

CREATE FUNCTION bubble_lead_lag_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_lead_lag_combinefn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_lead_lag_combinefn(internal, internal)
	IS 'combine: two parts of two series and the most rows between them';

CREATE FUNCTION bubble_lead_lag_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'bubble_lead_lag_serialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_lead_lag_serialfn(internal)
	IS 'serialize: two series and the most rows between them';

CREATE FUNCTION bubble_lead_lag_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_lead_lag_deserialfn'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_lead_lag_deserialfn(bytea, internal)
	IS 'deserialize: two series and the most rows between them';

CREATE FUNCTION bubble_lead_lag_finalfn(internal) RETURNS lead_lag
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION bubble_lead_lag_finalfn(internal)
	IS 'final: the lag of the highest correlation of changes';

CREATE AGGREGATE lead_lag(a double precision, b double precision, at date, most bigint) (
	SFUNC = bubble_lead_lag_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_lead_lag_finalfn,
	COMBINEFUNC = bubble_lead_lag_combinefn,
	SERIALFUNC = bubble_lead_lag_serialfn,
	DESERIALFUNC = bubble_lead_lag_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE lead_lag(a double precision, b double precision, at date, most bigint)
	IS 'adoption: by how many rows b follows a, up to most rows either way: the lag at which the correlation of changes from row to row is highest';

CREATE AGGREGATE lead_lag(a double precision, b double precision, at timestamptz, most bigint) (
	SFUNC = bubble_lead_lag_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_lead_lag_finalfn,
	COMBINEFUNC = bubble_lead_lag_combinefn,
	SERIALFUNC = bubble_lead_lag_serialfn,
	DESERIALFUNC = bubble_lead_lag_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE lead_lag(a double precision, b double precision, at timestamptz, most bigint)
	IS 'adoption: by how many rows b follows a, up to most rows either way: the lag at which the correlation of changes from row to row is highest';

CREATE FUNCTION lead_lag(a bubble_series, b bubble_series, most bigint DEFAULT 12) RETURNS lead_lag
	AS 'MODULE_PATHNAME', 'bubble_lead_lag'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION lead_lag(a bubble_series, b bubble_series, most bigint)
	IS 'adoption: by how many rows b follows a, up to most rows either way, of the rows at times that both have: the lag at which the correlation of changes from row to row is highest';

-- ---------------------------------------------------------------------------
-- scoreboard
--
-- From tables to a board: what these functions create belongs to their caller
-- and is no member of the extension.  Their bodies rely on no search_path: the
-- texts of views name the schema of the board as {board} and that of the
-- extension as {bubble}, and are run with pg_catalog alone on the path.
--
-- Prices are the only table that is large, so what is made of them is kept by
-- month: price_now is one pass over market_price, which compares the closed
-- part of every symbol with its fingerprint and takes the open months.  Closed
-- months are computed again where a fingerprint differs.  Nothing looks ahead,
-- so that a new day leaves every closed month as it is.
-- ---------------------------------------------------------------------------

CREATE FUNCTION bubble_in_block() RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C STABLE PARALLEL RESTRICTED;
COMMENT ON FUNCTION bubble_in_block()
	IS 'implementation of bubble_refresh: is this a transaction block?';

-- The standard tables: a row a column.  "known" columns may be NULL: known at once.
CREATE FUNCTION bubble_board_columns()
	RETURNS TABLE (relation text, place integer, name text, type text, rule text, needed boolean, meaning text)
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
VALUES
	('market_price', 0, 'closes of shares, indices or tokens, a row a day of trading', NULL, 'PRIMARY KEY (symbol, at)', NULL::pg_catalog.bool, NULL),
	('market_price', 1, 'symbol', 'text', 'NOT NULL', true, 'what is traded'),
	('market_price', 2, 'at', 'date', 'NOT NULL CONSTRAINT "at must be from 1700 to 2199" CHECK (at BETWEEN ''1700-01-01'' AND ''2199-12-31'')', true, 'day of the close'),
	('market_price', 3, 'close', 'double precision', 'NOT NULL CONSTRAINT "close must be finite and not negative" CHECK (close >= 0 AND close < ''Infinity'')', true,
		'price, adjusted for splits, in the currency of the symbol'),
	('market_fundamental', 0, 'what a listed company or an index earns, a row a report', NULL, 'UNIQUE NULLS NOT DISTINCT (symbol, at, reported_at)', NULL, NULL),
	('market_fundamental', 1, 'symbol', 'text', 'NOT NULL', true, 'as in market_price'),
	('market_fundamental', 2, 'at', 'date', 'NOT NULL CONSTRAINT "at must be from 1700 to 2199" CHECK (at BETWEEN ''1700-01-01'' AND ''2199-12-31'')', true, 'last day of the period'),
	('market_fundamental', 3, 'reported_at', 'date', 'CONSTRAINT "reported_at must be from 1700 to 2199" CHECK (reported_at BETWEEN ''1700-01-01'' AND ''2199-12-31'')', true,
		'day on which the figures became known; NULL: on the last day of the period'),
	('market_fundamental', 4, 'shares', 'double precision', 'CONSTRAINT "shares must be finite and not negative" CHECK (shares >= 0 AND shares < ''Infinity'')', true,
		'number of shares, whose value at a month''s last close is the valuation; 1 where revenue and earnings are those of a share or of an index'),
	('market_fundamental', 5, 'revenue', 'double precision', 'CONSTRAINT "revenue must be finite and not negative" CHECK (revenue >= 0 AND revenue < ''Infinity'')', true,
		'revenue of the year up to the last day of the period, in the currency of the price'),
	('market_fundamental', 6, 'earnings', 'double precision', 'CONSTRAINT "earnings must be finite" CHECK (abs(earnings) < ''Infinity'')', true,
		'earnings of the same year, or their mean over ten years; negative for a loss'),
	('funding_round', 0, 'capital raised by companies, a row a round', NULL, 'PRIMARY KEY (company, at)', NULL, NULL),
	('funding_round', 1, 'company', 'text', 'NOT NULL', true, 'who raised it'),
	('funding_round', 2, 'at', 'date', 'NOT NULL CONSTRAINT "at must be from 1700 to 2199" CHECK (at BETWEEN ''1700-01-01'' AND ''2199-12-31'')', true, 'day of the round'),
	('funding_round', 3, 'reported_at', 'date', 'CONSTRAINT "reported_at must be from 1700 to 2199" CHECK (reported_at BETWEEN ''1700-01-01'' AND ''2199-12-31'')', true,
		'day on which it became known; NULL: on the day of the round'),
	('funding_round', 4, 'amount', 'double precision', 'CONSTRAINT "amount must be finite and not negative" CHECK (amount >= 0 AND amount < ''Infinity'')', true,
		'capital raised, in one currency and unit for the whole sector'),
	('funding_round', 5, 'post_money', 'double precision', 'CONSTRAINT "post_money must be finite and not negative" CHECK (post_money >= 0 AND post_money < ''Infinity'')', true,
		'valuation after the round, in the unit of amount; NULL: not made public'),
	('company_metric', 0, 'figures of companies, a row a figure and report', NULL, 'UNIQUE NULLS NOT DISTINCT (company, metric, at, reported_at)', NULL, NULL),
	('company_metric', 1, 'company', 'text', 'NOT NULL', true, 'whose figure it is'),
	('company_metric', 2, 'metric', 'text', 'NOT NULL', true,
		'revenue (a year), net_burn (a month), cash, compute_spend (a year), of which negative revenue and cash count as 0; others are kept for indicators of your own'),
	('company_metric', 3, 'at', 'date', 'NOT NULL CONSTRAINT "at must be from 1700 to 2199" CHECK (at BETWEEN ''1700-01-01'' AND ''2199-12-31'')', true, 'day that the figure is of'),
	('company_metric', 4, 'reported_at', 'date', 'CONSTRAINT "reported_at must be from 1700 to 2199" CHECK (reported_at BETWEEN ''1700-01-01'' AND ''2199-12-31'')', true, 'day on which it became known; NULL: on that day'),
	('company_metric', 5, 'value', 'double precision', 'NOT NULL CONSTRAINT "value must be finite" CHECK (abs(value) < ''Infinity'')', true, 'the figure, in the unit of funding_round.amount'),
	('adoption', 0, 'how many use a product, a row a product, day and report', NULL, 'UNIQUE NULLS NOT DISTINCT (product, at, reported_at)', NULL, NULL),
	('adoption', 1, 'product', 'text', 'NOT NULL', true, 'what is used'),
	('adoption', 2, 'at', 'date', 'NOT NULL CONSTRAINT "at must be from 1700 to 2199" CHECK (at BETWEEN ''1700-01-01'' AND ''2199-12-31'')', true, 'day that the level is of'),
	('adoption', 3, 'reported_at', 'date', 'CONSTRAINT "reported_at must be from 1700 to 2199" CHECK (reported_at BETWEEN ''1700-01-01'' AND ''2199-12-31'')', true, 'day on which it became known; NULL: on that day'),
	('adoption', 4, 'level', 'double precision', 'NOT NULL CONSTRAINT "level must be finite and not negative" CHECK (level >= 0 AND level < ''Infinity'')', true,
		'users, customers, or a share of those who could be'),
	('macro_series', 0, 'series of the economy, a row a value and report; the default board counts those named policy_rate and credit_spread', NULL, 'UNIQUE NULLS NOT DISTINCT (series, at, reported_at)', NULL, NULL),
	('macro_series', 1, 'series', 'text', 'NOT NULL', true, 'policy_rate: the rate of the central bank; credit_spread: yield of risky less that of safe debt; others are kept for indicators of your own'),
	('macro_series', 2, 'at', 'date', 'NOT NULL CONSTRAINT "at must be from 1700 to 2199" CHECK (at BETWEEN ''1700-01-01'' AND ''2199-12-31'')', true, 'day or last day of the period that the value is of'),
	('macro_series', 3, 'reported_at', 'date', 'CONSTRAINT "reported_at must be from 1700 to 2199" CHECK (reported_at BETWEEN ''1700-01-01'' AND ''2199-12-31'')', true, 'day on which it became known; NULL: on that day'),
	('macro_series', 4, 'value', 'double precision', 'NOT NULL CONSTRAINT "value must be finite" CHECK (abs(value) < ''Infinity'')', true, 'the value, percent a year for rates and spreads'),
	('legal_event', 0, 'lawsuits, rulings, laws, investigations, a row an event', NULL, 'UNIQUE NULLS NOT DISTINCT (event, subject, at)', NULL, NULL),
	('legal_event', 1, 'event', 'text', 'NOT NULL', true, 'what happened, in a line'),
	('legal_event', 2, 'subject', 'text', '', true, 'the company, symbol or sector that it concerns; NULL: all sectors'),
	('legal_event', 3, 'at', 'date', 'NOT NULL CONSTRAINT "at must be from 1700 to 2199" CHECK (at BETWEEN ''1700-01-01'' AND ''2199-12-31'')', true, 'day of the event'),
	('legal_event', 4, 'reported_at', 'date', 'CONSTRAINT "reported_at must be from 1700 to 2199" CHECK (reported_at BETWEEN ''1700-01-01'' AND ''2199-12-31'')', true, 'day on which it became known; NULL: on that day'),
	('legal_event', 5, 'severity', 'double precision', 'NOT NULL DEFAULT 1 CONSTRAINT "severity must be finite and not negative" CHECK (severity >= 0 AND severity < ''Infinity'')', true,
		'how much it counts, 1 for an ordinary event'),
	('member', 0, 'which symbol, company or product belongs to which sector', NULL, 'PRIMARY KEY (member, sector)', NULL, NULL),
	('member', 1, 'member', 'text', 'NOT NULL', true, 'a symbol, a company or a product'),
	('member', 2, 'sector', 'text', 'NOT NULL', true, 'its sector; a member of several has a row for each, one of none is of the sector unassigned'),
	('load_line', 0, 'lines of a CSV file on their way into one of the tables: copy them in here, then call bubble_load', NULL, '', NULL, NULL),
	('load_line', 1, 'line', 'bigint', 'GENERATED ALWAYS AS IDENTITY PRIMARY KEY', true, 'number of the line, the heading is the first'),
	('load_line', 2, 'raw', 'text', '', true, 'the line as it stands in the file'),
	('load_rejected', 0, 'lines that bubble_load did not take, and why', NULL, '', NULL, NULL),
	('load_rejected', 1, 'loaded_at', 'timestamptz', 'NOT NULL', true, 'when they were to be loaded'),
	('load_rejected', 2, 'relation', 'text', 'NOT NULL', true, 'the table that they were for'),
	('load_rejected', 3, 'line', 'bigint', 'NOT NULL', true, 'number of the line in its file'),
	('load_rejected', 4, 'reason', 'text', 'NOT NULL', true, 'what is wrong with it'),
	('load_rejected', 5, 'raw', 'text', '', true, 'the line as it stood in the file')
$$;
COMMENT ON FUNCTION bubble_board_columns()
	IS 'implementation of bubble_create_tables: the columns of the standard tables';

CREATE FUNCTION bubble_create_tables(schema text DEFAULT CURRENT_SCHEMA) RETURNS TABLE (relation text, done text)
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET client_min_messages = warning
AS $$
DECLARE
	home text;
	layout record;
	complaints text;
	there text[];
BEGIN
	SELECT quote_ident(nspname) INTO home
	FROM pg_extension AS e JOIN pg_namespace AS n ON n.oid = e.extnamespace WHERE extname = 'bubble';
	IF schema IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = '22004', MESSAGE = '"schema" must not be NULL',
			HINT = 'Name the schema in which the tables are to be.';
	END IF;
	IF schema = '' THEN
		RAISE EXCEPTION USING ERRCODE = '3F000', MESSAGE = '"schema" must not be empty',
			HINT = 'Name the schema in which the tables are to be.';
	END IF;
	IF to_regnamespace(quote_ident(schema)) IS NULL THEN
		EXECUTE format('CREATE SCHEMA %I', schema);
	END IF;
	-- Relations that are there already are looked at before anything is created.
	EXECUTE replace($sql$
SELECT string_agg(problem, '; ' ORDER BY c.relname, place), array_agg(DISTINCT c.relname::text)
FROM {bubble}.bubble_board_columns() AS l
JOIN pg_class AS c ON c.relname = l.relation AND c.relnamespace = to_regnamespace(quote_ident($1))
LEFT JOIN pg_attribute AS a ON place > 0 AND a.attrelid = c.oid AND a.attname = name AND attnum > 0 AND NOT attisdropped
LEFT JOIN pg_type AS t ON t.oid = a.atttypid
CROSS JOIN LATERAL (SELECT coalesce(nullif(t.typbasetype, 0), a.atttypid) AS base, to_regtype(type)::oid AS wanted) AS types
CROSS JOIN LATERAL (SELECT CASE
	WHEN place = 0 THEN CASE WHEN relkind NOT IN ('r', 'p', 'v', 'm', 'f') THEN format('%s is no table and no view', l.relation) END
	WHEN relkind NOT IN ('r', 'p', 'v', 'm', 'f') THEN NULL
	WHEN a.attname IS NULL THEN format('%s has no column "%s" (%s)', l.relation, name, type)
	WHEN base <> wanted AND NOT EXISTS (SELECT FROM pg_cast WHERE castsource = base AND casttarget = wanted AND castcontext = 'i')
		THEN format('%s.%s is %s, not %s', l.relation, name, format_type(a.atttypid, a.atttypmod), type)
	END AS problem) AS judged
$sql$, '{bubble}', home) INTO complaints, there USING schema;
	IF complaints IS NOT NULL THEN
		RAISE EXCEPTION USING ERRCODE = '42P16', MESSAGE = format('relations of schema "%s" cannot be used for a scoreboard', schema),
			DETAIL = complaints || '.',
			HINT = 'Rename them, or replace each by a view that has these columns with these types.';
	END IF;
	FOR layout IN EXECUTE replace($sql$
SELECT l.relation, bool_or(l.relation = ANY ($1)) AS there,
	format('CREATE TABLE %I.%I (%s)', $2, l.relation, string_agg(CASE WHEN place > 0 THEN format('%I %s %s', name, type, rule)
		ELSE rule END, ', ' ORDER BY place = 0, place) FILTER (WHERE place > 0 OR rule <> '')) AS definition,
	array_agg(format('COMMENT ON %s IS %L', CASE place WHEN 0 THEN format('TABLE %I.%I', $2, l.relation)
		ELSE format('COLUMN %I.%I.%I', $2, l.relation, name) END, CASE place WHEN 0 THEN name ELSE meaning END)) AS comments
FROM {bubble}.bubble_board_columns() AS l GROUP BY l.relation ORDER BY min(array_position(
	ARRAY['market_price', 'market_fundamental', 'funding_round', 'company_metric', 'adoption', 'macro_series', 'legal_event', 'member',
		'load_line', 'load_rejected'], l.relation))
$sql$, '{bubble}', home) USING coalesce(there, '{}'), schema LOOP
		relation := layout.relation;
		done := 'used as it is';
		IF NOT layout.there THEN
			done := 'created';
			EXECUTE layout.definition;
			EXECUTE array_to_string(layout.comments, '; ');
		END IF;
		RETURN NEXT;
	END LOOP;
END
$$;
COMMENT ON FUNCTION bubble_create_tables(schema text)
	IS 'scoreboard: makes the standard tables of a scoreboard, which belong to the caller; tables and views of these names are used as they are, after a check of their columns';

-- The last day that a board knows: what is dated later counts once it has come.
-- It is the end of the month, since months are dated so, and that of tomorrow,
-- which it is elsewhere already.
CREATE FUNCTION bubble_board_end() RETURNS date
	LANGUAGE sql STABLE PARALLEL SAFE
	RETURN (pg_catalog.date_trunc('month', (CURRENT_DATE OPERATOR(pg_catalog.+) 1)::pg_catalog.timestamp)
		OPERATOR(pg_catalog.+) '1 month -1 day'::pg_catalog.interval)::pg_catalog.date;
COMMENT ON FUNCTION bubble_board_end()
	IS 'implementation of bubble_refresh: the last day that a board knows';

-- The views of a board stay with its owner: they hold on to the functions that
-- they call, bubble_board_end and bubble_board_number, which stay too.

-- A number that products, quotients and sums of a few of its kind can be made
-- of; one that is no figure of anything is as good as unknown.
CREATE FUNCTION bubble_board_number(value double precision) RETURNS double precision
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN CASE WHEN value OPERATOR(pg_catalog.=) 0 OR pg_catalog.abs(value) OPERATOR(pg_catalog.>=) '1e-100'::pg_catalog.float8
		AND pg_catalog.abs(value) OPERATOR(pg_catalog.<=) 1e100 THEN value END;
COMMENT ON FUNCTION bubble_board_number(value double precision)
	IS 'implementation of bubble_refresh: a number, or NULL where it is beyond 1e100 or, but for 0, below 1e-100';

-- A numeric may be beyond what a double can be.
CREATE FUNCTION bubble_board_number(value numeric) RETURNS double precision
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN CASE WHEN value OPERATOR(pg_catalog.=) 0 OR pg_catalog.abs(value) OPERATOR(pg_catalog.>=) '1e-100'::pg_catalog.numeric
		AND pg_catalog.abs(value) OPERATOR(pg_catalog.<=) 1e100 THEN value::pg_catalog.float8 END;
COMMENT ON FUNCTION bubble_board_number(value numeric)
	IS 'implementation of bubble_refresh: a number, or NULL where it is beyond 1e100 or, but for 0, below 1e-100';

-- Loading: what can be loaded into what is looked at first.
CREATE FUNCTION bubble_load_relation(schema text, target text) RETURNS regclass
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	relation regclass := to_regclass(quote_ident(schema) || '.' || quote_ident(target));
BEGIN
	IF schema IS NULL OR target IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = '22004', MESSAGE = format('"%s" must not be NULL', CASE WHEN schema IS NULL THEN 'schema' ELSE 'target' END),
			HINT = 'Name the schema of the tables and the table to load into.';
	END IF;
	IF to_regclass(format('%I.load_line', schema)) IS NULL OR to_regclass(format('%I.load_rejected', schema)) IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = '42P01', MESSAGE = format('there is no table load_line in schema %I', schema),
			HINT = 'Make it with bubble_create_tables(schema).';
	END IF;
	IF relation IS NULL OR (SELECT relkind NOT IN ('r', 'p') FROM pg_class WHERE oid = relation) THEN
		RAISE EXCEPTION USING ERRCODE = '42809', MESSAGE = format('there is no table %I in schema %I to load into', target, schema),
			HINT = 'Lines are loaded into tables, those of bubble_create_tables for instance.';
	END IF;
	RETURN relation;
END
$$;
COMMENT ON FUNCTION bubble_load_relation(schema text, target text)
	IS 'implementation of bubble_load: the table to load into';

CREATE FUNCTION bubble_load_heading(schema text) RETURNS text[]
	LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	heading text[];
BEGIN
	CREATE TEMP TABLE bubble_parsed (number bigint PRIMARY KEY, fields text[]);
	-- A field is in quotes, doubled inside, or has none; what is left over makes a line malformed.
	EXECUTE format($sql$
INSERT INTO pg_temp.bubble_parsed (number, fields)
SELECT line, CASE WHEN strpos(raw, '"') = 0 THEN (SELECT array_agg(nullif(btrim(f), '') ORDER BY n) FROM unnest(string_to_array(raw, ',')) WITH ORDINALITY AS u (f, n))
	ELSE (SELECT CASE WHEN string_agg(m[1], '' ORDER BY n) = ',' || raw THEN
		array_agg(CASE WHEN btrim(m[2]) LIKE '"%%' THEN replace(substr(btrim(m[2]), 2, length(btrim(m[2])) - 2), '""', '"') ELSE nullif(btrim(m[2]), '') END ORDER BY n) END
		FROM regexp_matches(',' || raw, '(,([[:space:]]*"(?:[^"]|"")*"[[:space:]]*|[^,"]*))', 'g') WITH ORDINALITY AS u (m, n)) END
FROM (SELECT line, rtrim(raw, E'\r') AS raw FROM %s) AS lines
WHERE btrim(raw) <> ''
$sql$, format('%I.load_line', schema)::regclass);
	-- What stands before the first name is a byte order mark.
	SELECT ARRAY(SELECT lower(regexp_replace(f, '^[^[:alnum:]_]+', '')) FROM unnest(fields) WITH ORDINALITY AS u (f, n) ORDER BY n) INTO heading
	FROM pg_temp.bubble_parsed ORDER BY number LIMIT 1;
	DELETE FROM pg_temp.bubble_parsed WHERE number = (SELECT min(number) FROM pg_temp.bubble_parsed);
	RETURN heading;
END
$$;
COMMENT ON FUNCTION bubble_load_heading(schema text)
	IS 'implementation of bubble_load: takes the lines apart, and the first one off';

CREATE FUNCTION bubble_load_columns(schema text, target text, heading text[], OUT columns text[], OUT casts text[])
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	relation regclass := format('%I.%I', schema, target);
	problem text;
BEGIN
	-- A day in any other order than year, month, day could be taken for another
	-- one, and a cast would cut a text off that is too long for its column.
	SELECT array_agg(quote_ident(f) ORDER BY n),
		array_agg(CASE WHEN atttypid = 'date'::regtype
			THEN format('CASE WHEN fields[%1$s] ~ ''^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}$'' THEN fields[%1$s]::date ELSE (fields[%1$s] || '' (not YYYY-MM-DD)'')::date END', n)
			WHEN (SELECT typcategory FROM pg_type WHERE oid = atttypid) = 'S' THEN format('fields[%s]', n)
			ELSE format('fields[%s]::%s', n, format_type(atttypid, atttypmod)) END ORDER BY n),
		string_agg(format('"%s" is no column', f), '; ' ORDER BY n) FILTER (WHERE attname IS NULL OR attgenerated <> '' OR attidentity <> '')
	INTO columns, casts, problem
	FROM unnest(heading) WITH ORDINALITY AS u (f, n)
	LEFT JOIN pg_attribute ON attrelid = relation AND attname = f AND attnum > 0 AND NOT attisdropped;
	SELECT concat_ws('; ', problem, string_agg(format('"%s" is missing', attname), '; ' ORDER BY attnum)) INTO problem
	FROM pg_attribute
	WHERE attrelid = relation AND attnum > 0 AND NOT attisdropped AND attnotnull AND NOT atthasdef AND attidentity = '' AND attname <> ALL (coalesce(heading, '{}'));
	IF heading = '{}' THEN
		problem := 'Quotes are not closed or stand within a field';
	END IF;
	IF heading IS NULL OR problem <> '' OR cardinality(heading) > (SELECT count(DISTINCT f) FROM unnest(heading) AS f) THEN
		RAISE EXCEPTION USING ERRCODE = '22P04', MESSAGE = format('the first line does not name columns of %s', target),
			DETAIL = CASE WHEN heading IS NULL THEN 'There is no line in load_line' ELSE coalesce(nullif(problem, ''), 'A column is named twice') END || '.',
			HINT = format('Its columns are %s.', (SELECT string_agg(attname, ', ' ORDER BY attnum) FROM pg_attribute
				WHERE attrelid = relation AND attnum > 0 AND NOT attisdropped))
				|| CASE WHEN heading IS NULL THEN '' ELSE format('  The lines are still there: name their table, or TRUNCATE %I.load_line RESTART IDENTITY before you copy a file again.', schema) END;
	END IF;
END
$$;
COMMENT ON FUNCTION bubble_load_columns(schema text, target text, heading text[], OUT columns text[], OUT casts text[])
	IS 'implementation of bubble_load: the columns that a heading names, and what makes values for them of fields';

CREATE FUNCTION bubble_load_range(first bigint, last bigint, columns text[], casts text[], OUT problem text)
	LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	state text;
	rule text;
	lacking text;
BEGIN
	-- Only within a load: what the arrays say is run.
	PERFORM 'pg_temp.bubble_loading'::regclass;
	BEGIN
		EXECUTE format('INSERT INTO pg_temp.bubble_loading (%s, "line of the file") SELECT %s, number FROM pg_temp.bubble_parsed WHERE number BETWEEN $1 AND $2',
			array_to_string(columns, ', '), array_to_string(casts, ', ')) USING first, last;
		RETURN;
	EXCEPTION WHEN data_exception OR integrity_constraint_violation OR invalid_text_representation THEN
		GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, problem = MESSAGE_TEXT, rule = CONSTRAINT_NAME, lacking = COLUMN_NAME;
	END;
	-- A constraint of a domain that NULL is none of has no column, and what a
	-- function raises need not have a name.
	IF state = '23514' AND rule <> '' THEN
		problem := rule;
	ELSIF state = '23502' AND lacking <> '' THEN
		problem := lacking || ' is missing';
	ELSIF first = last AND state NOT IN ('23514', '23502') THEN
		-- Which column is it?
		FOR i IN 1 .. cardinality(casts) LOOP
			BEGIN
				EXECUTE format('SELECT %s FROM pg_temp.bubble_parsed WHERE number = $1', casts[i]) USING first;
			EXCEPTION WHEN data_exception THEN
				problem := columns[i] || ': ' || replace(problem, ' (not YYYY-MM-DD)"', '" (not YYYY-MM-DD)');
				EXIT;
			END;
		END LOOP;
	END IF;
END
$$;
COMMENT ON FUNCTION bubble_load_range(first bigint, last bigint, columns text[], casts text[], OUT problem text)
	IS 'implementation of bubble_load: casts a range of lines; what is wrong with them, or NULL';

-- Lines are cast many at once; a range that fails is halved until what is wrong
-- stands alone.
CREATE FUNCTION bubble_load_casts(columns text[], casts text[]) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	home text;
	ranges int8range[];
	span int8range;
	middle bigint;
	problem text;
BEGIN
	SELECT quote_ident(nspname) INTO home
	FROM pg_extension AS e JOIN pg_namespace AS n ON n.oid = e.extnamespace WHERE extname = 'bubble';
	WITH gone AS (
		DELETE FROM pg_temp.bubble_parsed WHERE fields IS NULL OR cardinality(fields) <> cardinality(columns) RETURNING number, fields
	)
	INSERT INTO pg_temp.bubble_refused
	SELECT number, CASE WHEN fields IS NULL THEN 'quotes are not closed or stand within a field'
		ELSE format('%s field%s instead of %s', cardinality(fields), CASE WHEN cardinality(fields) > 1 THEN 's' END, cardinality(columns)) END FROM gone;
	SELECT array_agg(int8range(lo, hi, '[]') ORDER BY lo DESC) INTO ranges
	FROM (SELECT min(number) AS lo, max(number) AS hi FROM pg_temp.bubble_parsed GROUP BY number / 10000) AS r;
	WHILE cardinality(ranges) > 0 LOOP
		span := ranges[cardinality(ranges)];
		ranges := trim_array(ranges, 1);
		EXECUTE format('SELECT %s.bubble_load_range($1, $2, $3, $4)', home) INTO problem USING lower(span), upper(span) - 1, columns, casts;
		IF problem IS NOT NULL AND upper(span) - lower(span) > 1 THEN
			middle := (lower(span) + upper(span)) / 2;
			ranges := ranges || int8range(middle, upper(span)) || int8range(lower(span), middle);
		ELSIF problem IS NOT NULL THEN
			INSERT INTO pg_temp.bubble_refused VALUES (lower(span), problem);
		END IF;
	END LOOP;
END
$$;
COMMENT ON FUNCTION bubble_load_casts(columns text[], casts text[])
	IS 'implementation of bubble_load: rows of the lines that have no fault';

-- Of lines with one key the last counts, and a row that is there gives way.
CREATE FUNCTION bubble_load_rows(relation regclass, columns text[]) RETURNS void
	LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	keys text[];
BEGIN
	PERFORM 'pg_temp.bubble_loading'::regclass;
	SELECT array_agg(quote_ident(attname) ORDER BY attnum) INTO keys
	FROM pg_attribute
	WHERE attrelid = relation AND attnum = ANY ((SELECT indkey FROM pg_index WHERE indrelid = relation AND indisunique AND indpred IS NULL AND indexprs IS NULL
		ORDER BY indisprimary DESC, indexrelid LIMIT 1)::int2[]);
	IF keys IS NOT NULL THEN
		EXECUTE format($sql$
WITH twice AS (
	SELECT "line of the file" AS number, last FROM (
		SELECT "line of the file", max("line of the file") OVER (PARTITION BY %s) AS last FROM pg_temp.bubble_loading) AS l
	WHERE last > "line of the file"
), gone AS (
	DELETE FROM pg_temp.bubble_loading USING twice WHERE "line of the file" = number
)
INSERT INTO pg_temp.bubble_refused SELECT number, format('line %%s has the same %%s', last, %L) FROM twice
$sql$, array_to_string(keys, ', '), array_to_string(keys, ', '));
	END IF;
	EXECUTE format('INSERT INTO %s (%s) SELECT %2$s FROM pg_temp.bubble_loading ORDER BY "line of the file" %s', relation, array_to_string(columns, ', '),
		CASE WHEN keys IS NULL THEN ''
			WHEN NOT EXISTS (SELECT unnest(columns) EXCEPT SELECT unnest(keys)) THEN 'ON CONFLICT DO NOTHING'
			ELSE format('ON CONFLICT (%s) DO UPDATE SET %s', array_to_string(keys, ', '),
				(SELECT string_agg(format('%1$s = EXCLUDED.%1$s', c), ', ') FROM unnest(columns) AS c WHERE c <> ALL (keys))) END);
END
$$;
COMMENT ON FUNCTION bubble_load_rows(relation regclass, columns text[])
	IS 'implementation of bubble_load: rows into the table, those with a key that is there in their place';

-- A name that no view quotes does nothing: most often it is misspelt.
CREATE FUNCTION bubble_load_unused(schema text, target text, names text[]) RETURNS text[]
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	home text;
	unused text[];
BEGIN
	SELECT quote_ident(nspname) INTO home
	FROM pg_extension AS e JOIN pg_namespace AS n ON n.oid = e.extnamespace WHERE extname = 'bubble';
	EXECUTE format($sql$
WITH own AS MATERIALIZED (
	SELECT pg_get_viewdef(c.oid) AS body
	FROM pg_class AS c
	WHERE relnamespace = to_regnamespace(quote_ident($1)) AND relkind IN ('v', 'm')
		AND NOT EXISTS (SELECT FROM %s.bubble_board_parts() AS p WHERE p.name = c.relname)
)
SELECT array_agg(name ORDER BY name COLLATE "C")
FROM unnest($3) AS name
WHERE name <> ALL (CASE $2 WHEN 'company_metric' THEN '{revenue,net_burn,cash,compute_spend}' ELSE '{policy_rate,credit_spread}' END::text[])
	AND NOT EXISTS (SELECT FROM own WHERE strpos(body, quote_literal(name)) > 0)
$sql$, home) INTO unused USING schema, target, names;
	RETURN unused;
END
$$;
COMMENT ON FUNCTION bubble_load_unused(schema text, target text, names text[])
	IS 'implementation of bubble_load: metrics or series that neither the board nor a view in its schema uses';

CREATE FUNCTION bubble_load_warnings(schema text, target text) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	home text;
	naming text;
	names text[];
	later date[];
	days text;
BEGIN
	SELECT quote_ident(nspname) INTO home
	FROM pg_extension AS e JOIN pg_namespace AS n ON n.oid = e.extnamespace WHERE extname = 'bubble';
	SELECT attname INTO naming FROM pg_attribute
	WHERE attrelid = 'pg_temp.bubble_loading'::regclass AND NOT attisdropped
		AND attname = CASE target WHEN 'company_metric' THEN 'metric' WHEN 'macro_series' THEN 'series' END;
	IF naming IS NOT NULL THEN
		EXECUTE format('SELECT %s.bubble_load_unused($1, $2, (SELECT array_agg(DISTINCT %I::text) FROM pg_temp.bubble_loading))', home, naming)
		INTO names USING schema, target;
	END IF;
	IF cardinality(names) > 0 THEN
		RAISE WARNING USING ERRCODE = '01000', MESSAGE = format('%s: no indicator uses the %s %s', target,
				CASE WHEN naming = 'metric' AND cardinality(names) > 1 THEN 'metrics' ELSE naming END,
				array_to_string(ARRAY(SELECT format('"%s"', name) FROM unnest(names[:10]) WITH ORDINALITY AS u (name, n) ORDER BY n), ', ')
				|| CASE WHEN cardinality(names) > 10 THEN format(' and %s more', cardinality(names) - 10) ELSE '' END),
			HINT = format('The board itself uses %s, so spelt; others count through an indicator of your own, whose view is in schema %I.',
				CASE naming WHEN 'metric' THEN 'revenue, net_burn, cash, compute_spend' ELSE 'policy_rate, credit_spread' END, schema);
	END IF;
	SELECT string_agg(format('SELECT %I::date AS day FROM pg_temp.bubble_loading', attname), ' UNION ') INTO days FROM pg_attribute
	WHERE attrelid = 'pg_temp.bubble_loading'::regclass AND NOT attisdropped AND attname IN ('at', 'reported_at')
		AND atttypid IN ('date'::regtype, 'timestamptz'::regtype);
	IF days IS NOT NULL THEN
		EXECUTE format('SELECT array_agg(DISTINCT day ORDER BY day) FROM (%s) AS days WHERE day > %s.bubble_board_end()', days, home) INTO later;
	END IF;
	IF cardinality(later) > 0 THEN
		RAISE WARNING USING ERRCODE = '01000', MESSAGE = format('%s: %s in the future: %s', target,
				CASE cardinality(later) WHEN 1 THEN 'a day' ELSE 'days' END, array_to_string(later[:10], ', ')
				|| CASE WHEN cardinality(later) > 10 THEN format(' and %s more', cardinality(later) - 10) ELSE '' END),
			HINT = 'The board leaves such rows out until their month has come.  Delete them where the year is mistyped.';
	END IF;
END
$$;
COMMENT ON FUNCTION bubble_load_warnings(schema text, target text)
	IS 'implementation of bubble_load: names that nothing uses, and days in the future';

CREATE FUNCTION bubble_load(schema text, target text) RETURNS TABLE (line bigint, reason text, raw text)
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET datestyle = 'ISO, YMD'
AS $$
DECLARE
	home text;
	relation regclass;
	heading text[];
	columns text[];
	casts text[];
	loaded bigint;
	rejected bigint;
BEGIN
	SELECT quote_ident(nspname) INTO home
	FROM pg_extension AS e JOIN pg_namespace AS n ON n.oid = e.extnamespace WHERE extname = 'bubble';
	EXECUTE format('SELECT %s.bubble_load_relation($1, $2)', home) INTO relation USING schema, target;
	EXECUTE format('LOCK TABLE %I.load_line IN SHARE ROW EXCLUSIVE MODE', schema);
	EXECUTE format('SELECT %s.bubble_load_heading($1)', home) INTO heading USING schema;
	EXECUTE format('SELECT * FROM %s.bubble_load_columns($1, $2, $3)', home) INTO columns, casts USING schema, target, heading;
	EXECUTE format('CREATE TEMP TABLE bubble_loading (LIKE %s INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', relation);
	ALTER TABLE pg_temp.bubble_loading ADD COLUMN "line of the file" bigint;
	CREATE TEMP TABLE bubble_refused (number bigint, why text);
	EXECUTE format('SELECT %s.bubble_load_casts($1, $2)', home) USING columns, casts;
	EXECUTE format('SELECT %s.bubble_load_rows($1, $2)', home) USING relation, columns;
	EXECUTE format('SELECT %s.bubble_load_warnings($1, $2)', home) USING schema, target;
	SELECT count(*) INTO loaded FROM pg_temp.bubble_loading;
	SELECT count(*) INTO rejected FROM pg_temp.bubble_refused;
	EXECUTE format('INSERT INTO %I.load_rejected (loaded_at, relation, line, reason, raw)
		SELECT clock_timestamp(), $1, number, why, raw FROM pg_temp.bubble_refused JOIN %1$I.load_line ON line = number', schema) USING target;
	RETURN QUERY EXECUTE pg_catalog.format('SELECT number, why, raw FROM pg_temp.bubble_refused JOIN %I.load_line ON line OPERATOR(pg_catalog.=) number ORDER BY number', schema);
	EXECUTE format('TRUNCATE %I.load_line RESTART IDENTITY', schema);
	DROP TABLE pg_temp.bubble_loading, pg_temp.bubble_parsed, pg_temp.bubble_refused;
	RAISE NOTICE '%', format('%s: %s line%s loaded, %s rejected', target, loaded, CASE WHEN loaded <> 1 THEN 's' END, rejected);
END
$$;
COMMENT ON FUNCTION bubble_load(schema text, target text)
	IS 'scoreboard: moves the lines of load_line, CSV with a heading, into a table of the schema; a row whose key is there replaces it; returns the lines that were rejected, and why, and keeps them in load_rejected; a WARNING names metrics and series that nothing uses, and days in the future';

-- What a board is made of, in the order in which it is created and refreshed.
-- A kind is table, view, materialized view (with its unique key), or run: a
-- statement of a refresh, of the step that it stands in.
CREATE FUNCTION bubble_board_parts()
	RETURNS TABLE (place integer, step text, kind text, name text, keys text, body text, meaning text)
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
VALUES
	(10, NULL, 'table', 'scoreboard_indicator', NULL, $sql$
	indicator text PRIMARY KEY CHECK (indicator ~ '^[^[:cntrl:]]+$'),
	concern text NOT NULL,
	unit text NOT NULL,
	weight double precision NOT NULL CHECK (weight >= 0 AND weight < 'Infinity'),
	sign smallint NOT NULL DEFAULT 1 CHECK (sign IN (-1, 1)),
	meaning text NOT NULL,
	enabled boolean NOT NULL DEFAULT true,
	source text NOT NULL$sql$,
	'the indicators of the board: change weights, turn indicators off, add rows of your own; the next refresh counts them. Whoever may write here has the refresh read any view'),
	(11, NULL, 'table', 'scoreboard_log', NULL, $sql$
	refresh bigint,
	step text,
	started_at timestamptz NOT NULL,
	seconds double precision,
	rows bigint,
	error text,
	remark text,
	PRIMARY KEY (refresh, step)$sql$,
	'what every refresh did, a row a step: no seconds and no error means that it is running, or was when its session ended'),
	(12, NULL, 'table', 'scoreboard_value', NULL, $sql$
	sector text,
	at date,
	indicator text,
	value double precision NOT NULL CONSTRAINT "value must be finite" CHECK (abs(value) < 'Infinity'),
	PRIMARY KEY (sector, at, indicator)$sql$,
	'what the views of the indicators said at the last refresh'),
	(13, NULL, 'table', 'scoreboard_state', NULL, $sql$
	kind text,
	subject text,
	state text NOT NULL,
	value double precision,
	at date,
	PRIMARY KEY (kind, subject)$sql$,
	'what alerts are compared with'),
	(14, NULL, 'table', 'scoreboard_crossing', NULL, $sql$
	refresh bigint,
	kind text,
	subject text,
	at date,
	before text NOT NULL,
	after text NOT NULL,
	value double precision,
	PRIMARY KEY (refresh, kind, subject)$sql$,
	'what crossed a line at which refresh'),
	(20, NULL, 'table', 'price_closed', NULL, $sql$
	one boolean PRIMARY KEY DEFAULT true CHECK (one),
	closed_before date NOT NULL,
	explosive_from date NOT NULL DEFAULT '-infinity',
	sector_from date NOT NULL DEFAULT '-infinity',
	explosive_changed text[] NOT NULL DEFAULT '{}',
	sector_changed text[] NOT NULL DEFAULT '{}',
	membership bigint NOT NULL DEFAULT 0$sql$,
	'how far prices are closed: months before this day are computed again only where a price in them has changed; and what of it the later steps have not seen yet'),
	(21, NULL, 'table', 'price_state', NULL, $sql$
	symbol text PRIMARY KEY,
	closed_observations bigint NOT NULL,
	fingerprint bigint NOT NULL,
	peak double precision,
	summary {bubble}.drawdown_summary$sql$,
	'the closed months of every symbol: how many closes they have, their fingerprint, their summary'),
	(22, NULL, 'table', 'price_month', NULL, $sql$
	symbol text,
	at date,
	close double precision NOT NULL,
	high double precision NOT NULL,
	low double precision NOT NULL,
	peak double precision NOT NULL,
	observations bigint NOT NULL,
	PRIMARY KEY (symbol, at)$sql$,
	'closes by month: the last, highest and lowest one, the highest one so far, how many; at is the last day of the month'),
	(23, NULL, 'table', 'price_explosive', NULL, $sql$
	symbol text,
	at date,
	bsadf double precision,
	critical_value double precision,
	PRIMARY KEY (symbol, at)$sql$,
	'BSADF statistics of the closes at months'' ends, of windows of 36 months or more, and their critical values of 95 percent, each of the months so far'),
	(24, NULL, 'table', 'price_sector', NULL, $sql$
	sector text,
	at date,
	members bigint NOT NULL,
	growth double precision,
	fallen_share double precision,
	explosive_share double precision,
	bsadf_excess double precision,
	PRIMARY KEY (sector, at)$sql$,
	'prices by sector and month: symbols with a close, their mean growth on the month before, the shares of those more than 20 percent below their peak and of those with an explosive root, and the median of BSADF less critical value'),
	(30, 'prices', 'run', NULL, NULL, $sql$
INSERT INTO {board}.price_closed (closed_before)
SELECT date_trunc('month', least(max(at), current_date)::timestamp)::date
FROM {board}.market_price
WHERE NOT EXISTS (SELECT FROM {board}.price_closed) AND at BETWEEN '1700-01-01' AND (SELECT {bubble}.bubble_board_end()) AND close >= 0
HAVING max(at) IS NOT NULL$sql$, NULL),
	(31, 'prices', 'materialized view', 'price_now', 'symbol', $sql$
SELECT symbol::text AS symbol, count(*) AS observations, min(at::date) AS first_at, max(at::date) AS last_at,
	count(*) FILTER (WHERE at < (SELECT closed_before FROM {board}.price_closed)) AS closed_observations,
	coalesce(bit_xor(hashfloat8extended(close, at - date '2000-01-01'))
		FILTER (WHERE at < (SELECT closed_before FROM {board}.price_closed)), 0) AS fingerprint,
	{bubble}.bubble_series(close, at) FILTER (WHERE at >= (SELECT closed_before FROM {board}.price_closed)) AS open
FROM {board}.market_price
WHERE symbol IS NOT NULL AND (close = 0 OR close BETWEEN 1e-100 AND 1e100) AND at BETWEEN '1700-01-01' AND (SELECT {bubble}.bubble_board_end())
GROUP BY symbol$sql$,
	'one pass over market_price: of every symbol the fingerprint of its closed months and the closes of its open ones; a close that is negative or beyond 1e100 is left out'),
	(32, 'prices', 'run', NULL, NULL, $sql$
WITH stale AS (
	DELETE FROM {board}.price_state AS s
	WHERE NOT EXISTS (SELECT FROM {board}.price_now AS n
		WHERE n.symbol = s.symbol AND n.closed_observations = s.closed_observations AND n.fingerprint = s.fingerprint)
	RETURNING symbol
), months AS (
	DELETE FROM {board}.price_month AS m USING stale WHERE m.symbol = stale.symbol
), explosive AS (
	DELETE FROM {board}.price_explosive AS e USING stale WHERE e.symbol = stale.symbol
)
UPDATE {board}.price_closed SET sector_changed = sector_changed || ARRAY(SELECT symbol FROM stale)$sql$, NULL),
	(33, 'prices', 'run', NULL, NULL, $sql$
UPDATE {board}.price_closed
SET explosive_from = least(explosive_from, closed_before), explosive_changed = explosive_changed || fresh.symbols,
	sector_from = least(sector_from, closed_before), sector_changed = sector_changed || fresh.symbols
FROM (SELECT ARRAY(SELECT symbol FROM {board}.price_now AS n WHERE NOT EXISTS (SELECT FROM {board}.price_state AS s WHERE s.symbol = n.symbol)) AS symbols) AS fresh$sql$, NULL),
	(34, 'prices', 'run', NULL, NULL, $sql$
INSERT INTO {board}.price_month (symbol, at, close, high, low, peak, observations)
WITH fresh AS MATERIALIZED (
	SELECT symbol FROM {board}.price_now AS n WHERE NOT EXISTS (SELECT FROM {board}.price_state AS s WHERE s.symbol = n.symbol)
), usable AS NOT MATERIALIZED (
	SELECT symbol::text AS symbol, at::date AS at, close::double precision AS close
	FROM {board}.market_price
	WHERE symbol IN (SELECT symbol FROM fresh) AND (close = 0 OR close BETWEEN 1e-100 AND 1e100) AND at BETWEEN '1700-01-01' AND '2199-12-31'
		AND at < (SELECT closed_before FROM {board}.price_closed)
), month AS MATERIALIZED (
	SELECT symbol, date_trunc('month', at::timestamp) AS month, max(at) AS last_at, max(close) AS high, min(close) AS low, count(*) AS observations
	FROM usable GROUP BY 1, 2
), ended AS (
	SELECT m.symbol, month, max(close) AS close, high, low, observations
	FROM month AS m JOIN usable AS u ON u.symbol = m.symbol AND u.at = last_at
	GROUP BY m.symbol, month, high, low, observations
)
SELECT symbol, (month + interval '1 month - 1 day')::date, close, high, low, max(high) OVER (PARTITION BY symbol ORDER BY month), observations
FROM ended$sql$, NULL),
	(35, 'prices', 'run', NULL, NULL, $sql$
INSERT INTO {board}.price_state (symbol, closed_observations, fingerprint, peak, summary)
WITH fresh AS MATERIALIZED (
	SELECT symbol, closed_observations, fingerprint FROM {board}.price_now AS n
	WHERE NOT EXISTS (SELECT FROM {board}.price_state AS s WHERE s.symbol = n.symbol)
), closed AS (
	SELECT symbol::text AS symbol, max(close) AS peak, {bubble}.drawdown_summary(close, at) AS summary
	FROM {board}.market_price
	WHERE symbol IN (SELECT symbol FROM fresh) AND (close = 0 OR close BETWEEN 1e-100 AND 1e100) AND at BETWEEN '1700-01-01' AND '2199-12-31'
		AND at < (SELECT closed_before FROM {board}.price_closed)
	GROUP BY symbol
)
SELECT symbol, closed_observations, fingerprint, peak, summary FROM fresh LEFT JOIN closed USING (symbol)$sql$, NULL),
	(36, 'prices', 'run', NULL, NULL, $sql$
WITH opened AS (
	SELECT n.symbol, date_trunc('month', o.at::timestamp) AS month, max(value) AS high, min(value) AS low, count(*) AS observations,
		(array_agg(value ORDER BY o.at DESC, value DESC))[1] AS close
	FROM {board}.price_now AS n, {bubble}.unnest_dates(open) AS o
	GROUP BY 1, 2
), month AS MATERIALIZED (
	SELECT symbol, (month + interval '1 month - 1 day')::date AS at, close, high, low, observations,
		greatest(s.peak, max(high) OVER (PARTITION BY symbol ORDER BY month)) AS peak
	FROM opened JOIN {board}.price_state AS s USING (symbol)
), gone AS (
	DELETE FROM {board}.price_month AS m
	WHERE at >= (SELECT closed_before FROM {board}.price_closed)
		AND NOT EXISTS (SELECT FROM month WHERE month.symbol = m.symbol AND month.at = m.at)
)
INSERT INTO {board}.price_month AS m (symbol, at, close, high, low, peak, observations)
SELECT symbol, at, close, high, low, peak, observations FROM month
ON CONFLICT (symbol, at) DO UPDATE
SET close = EXCLUDED.close, high = EXCLUDED.high, low = EXCLUDED.low, peak = EXCLUDED.peak, observations = EXCLUDED.observations
WHERE (m.close, m.high, m.low, m.peak, m.observations) IS DISTINCT FROM
	(EXCLUDED.close, EXCLUDED.high, EXCLUDED.low, EXCLUDED.peak, EXCLUDED.observations)$sql$, NULL),
	(37, 'prices', 'run', NULL, NULL, $sql$
UPDATE {board}.price_state AS s
SET closed_observations = s.closed_observations + f.observations, fingerprint = s.fingerprint # f.fingerprint,
	peak = greatest(s.peak, f.peak),
	summary = (SELECT {bubble}.rollup(part) FROM (VALUES (s.summary), (f.summary)) AS parts (part))
FROM {board}.price_now AS n
CROSS JOIN (SELECT date_trunc('month', least(max(last_at), current_date)::timestamp)::date AS closed_before FROM {board}.price_now) AS now
CROSS JOIN LATERAL (
	SELECT count(*) AS observations, bit_xor(hashfloat8extended(value, at - date '2000-01-01')) AS fingerprint,
		max(value) AS peak, {bubble}.drawdown_summary(value, at) AS summary
	FROM {bubble}.unnest_dates({bubble}.slice(n.open, NULL::date, now.closed_before - 1))) AS f
WHERE n.symbol = s.symbol AND f.observations > 0
	AND now.closed_before > (SELECT closed_before FROM {board}.price_closed)$sql$, NULL),
	(38, 'prices', 'run', NULL, NULL, $sql$
UPDATE {board}.price_closed AS c
SET closed_before = now.closed_before
FROM (SELECT date_trunc('month', least(max(last_at), current_date)::timestamp)::date AS closed_before FROM {board}.price_now) AS now
WHERE now.closed_before > c.closed_before$sql$, NULL),
	(40, 'drawdowns', 'materialized view', 'drawdown_by_symbol', 'symbol', $sql$
SELECT symbol, first_at, last_at, observations, {bubble}.drawdown(whole) AS drawdown, {bubble}.max_drawdown(whole) AS max_drawdown,
	(e.episode).peak_at::date AS peak_at, (e.episode).trough_at::date AS trough_at, (e.episode).recovered_at::date AS recovered_at
FROM {board}.price_now AS n
JOIN {board}.price_state AS s USING (symbol)
CROSS JOIN LATERAL (SELECT {bubble}.drawdown_summary(value, at) AS part
	FROM {bubble}.unnest_dates({bubble}.slice(n.open, (SELECT closed_before FROM {board}.price_closed), NULL::date))) AS o
CROSS JOIN LATERAL (SELECT {bubble}.rollup(part) AS whole FROM (VALUES (s.summary), (o.part)) AS parts (part) OFFSET 0) AS w
CROSS JOIN LATERAL (SELECT {bubble}.max_drawdown_episode(whole) AS episode OFFSET 0) AS e$sql$,
	'every symbol: how far its last close is below its peak, and its deepest drawdown, from daily closes'),
	(41, 'explosive', 'run', NULL, NULL, $sql$
WITH known AS MATERIALIZED (
	SELECT DISTINCT symbol FROM {board}.price_explosive
), path AS (
	SELECT symbol, p.at, p.value AS bsadf, c.value AS critical_value
	FROM (SELECT symbol, {bubble}.bubble_series(close, at) AS closes, CASE WHEN symbol IN (SELECT symbol FROM known)
			THEN (SELECT nullif(explosive_from, '-infinity') FROM {board}.price_closed) END AS first_at
		FROM {board}.price_month GROUP BY symbol HAVING count(*) >= 36) AS s
	CROSS JOIN LATERAL (SELECT {bubble}.slice({bubble}.bsadf_path(closes, 36, 0), first_at, NULL::date) AS bsadf,
		{bubble}.slice({bubble}.bsadf_critical_path(closes, 36, 0), first_at, NULL::date) AS critical OFFSET 0) AS paths
	CROSS JOIN LATERAL {bubble}.unnest_dates(bsadf) AS p
	LEFT JOIN LATERAL {bubble}.unnest_dates(critical) AS c ON c.at = p.at
), gone AS (
	DELETE FROM {board}.price_explosive AS e
	WHERE at >= (SELECT explosive_from FROM {board}.price_closed)
		AND NOT EXISTS (SELECT FROM {board}.price_month AS m WHERE m.symbol = e.symbol AND m.at = e.at)
)
INSERT INTO {board}.price_explosive AS e (symbol, at, bsadf, critical_value)
SELECT symbol, at, bsadf, critical_value
FROM path
ON CONFLICT (symbol, at) DO UPDATE SET bsadf = EXCLUDED.bsadf, critical_value = EXCLUDED.critical_value
WHERE (e.bsadf, e.critical_value) IS DISTINCT FROM (EXCLUDED.bsadf, EXCLUDED.critical_value)$sql$, NULL),
	(42, 'explosive', 'run', NULL, NULL, $sql$
UPDATE {board}.price_closed
SET explosive_from = closed_before, explosive_changed = '{}', sector_from = least(sector_from, explosive_from),
	sector_changed = sector_changed || explosive_changed$sql$, NULL),
	(43, 'explosive', 'materialized view', 'explosive_by_symbol', 'symbol', $sql$
SELECT symbol, at, months, bsadf, critical_value, bsadf > critical_value AS explosive,
	CASE WHEN bsadf > critical_value THEN coalesce((last_quiet_at + 1 + interval '1 month')::date - 1, first_at) END AS explosive_since,
	last_explosive_at, gsadf, {bubble}.gsadf_critical_value(months, 36, 0, 0.95) AS gsadf_critical_value
FROM (SELECT symbol, min(at) AS first_at, max(at) AS at, count(*) + 35 AS months, max(bsadf) AS gsadf,
		max(at) FILTER (WHERE bsadf > critical_value) AS last_explosive_at, max(at) FILTER (WHERE bsadf <= critical_value) AS last_quiet_at
	FROM {board}.price_explosive GROUP BY symbol) AS path
JOIN {board}.price_explosive USING (symbol, at)$sql$,
	'every symbol of 36 months or more: is the growth of its closes at months'' ends explosive now, and when was it last?'),
	(50, 'months', 'materialized view', 'membership', 'member, sector', $sql$
SELECT member::text AS member, sector::text AS sector FROM {board}.member WHERE member IS NOT NULL AND sector IS NOT NULL
UNION
SELECT sector, sector FROM {board}.member WHERE sector IS NOT NULL
UNION
SELECT known.member, 'unassigned'
FROM (SELECT symbol FROM {board}.price_state UNION SELECT symbol FROM {board}.market_fundamental UNION SELECT company FROM {board}.funding_round
	UNION SELECT company FROM {board}.company_metric UNION SELECT product FROM {board}.adoption UNION SELECT subject FROM {board}.legal_event) AS known (member)
WHERE known.member IS NOT NULL
	AND NOT EXISTS (SELECT FROM {board}.member AS m WHERE m.member = known.member)
	AND NOT EXISTS (SELECT FROM {board}.member AS m WHERE m.sector = known.member)$sql$,
	'members of sectors; a sector is a member of itself, and who is in none is in unassigned'),
	(51, 'months', 'materialized view', 'sector_month', 'sector, at', $sql$
SELECT sector, at
FROM (SELECT sector, min(first_at) AS first_at, max(last_at) AS last_at
	FROM (SELECT symbol, first_at, last_at FROM {board}.price_now
		UNION ALL SELECT symbol, min(greatest(at, reported_at)), max(greatest(at, reported_at)) FROM {board}.market_fundamental
			WHERE greatest(at, reported_at) BETWEEN '1700-01-01' AND (SELECT {bubble}.bubble_board_end()) GROUP BY symbol
		UNION ALL SELECT company, min(greatest(at, reported_at)), max(greatest(at, reported_at)) FROM {board}.funding_round
			WHERE greatest(at, reported_at) BETWEEN '1700-01-01' AND (SELECT {bubble}.bubble_board_end()) GROUP BY company
		UNION ALL SELECT company, min(greatest(at, reported_at)), max(greatest(at, reported_at)) FROM {board}.company_metric
			WHERE greatest(at, reported_at) BETWEEN '1700-01-01' AND (SELECT {bubble}.bubble_board_end()) GROUP BY company
		UNION ALL SELECT product, min(greatest(at, reported_at)), max(greatest(at, reported_at)) FROM {board}.adoption
			WHERE greatest(at, reported_at) BETWEEN '1700-01-01' AND (SELECT {bubble}.bubble_board_end()) GROUP BY product
		UNION ALL SELECT subject, min(greatest(at, reported_at)), max(greatest(at, reported_at)) FROM {board}.legal_event
			WHERE greatest(at, reported_at) BETWEEN '1700-01-01' AND (SELECT {bubble}.bubble_board_end()) GROUP BY subject
	) AS known (member, first_at, last_at)
	JOIN {board}.membership USING (member)
	GROUP BY sector) AS sectors,
	{bubble}.period_ends(first_at, (date_trunc('month', last_at::timestamp) + interval '1 month - 1 day')::date, interval '1 month') AS at$sql$,
	'the rows of the board: the ends of the months of every sector from the first to the last in which something became known'),
	(60, 'prices of sectors', 'run', NULL, NULL, $sql$
WITH now AS MATERIALIZED (
	SELECT coalesce(bit_xor(hashtextextended(member, hashtext(sector))), 0) AS membership FROM {board}.membership
)
UPDATE {board}.price_closed AS c
SET membership = now.membership, sector_from = CASE WHEN c.membership = now.membership THEN sector_from ELSE '-infinity' END
FROM now$sql$, NULL),
	(61, 'prices of sectors', 'run', NULL, NULL, $sql$
DELETE FROM {board}.price_sector
WHERE at >= (SELECT sector_from FROM {board}.price_closed) OR sector IN (
	SELECT sector FROM {board}.membership WHERE member IN (SELECT unnest(sector_changed) FROM {board}.price_closed))$sql$, NULL),
	(62, 'prices of sectors', 'run', NULL, NULL, $sql$
INSERT INTO {board}.price_sector (sector, at, members, growth, fallen_share, explosive_share, bsadf_excess)
SELECT sector, m.at, count(*), avg(m.close / nullif(b.close, 0) - 1 ORDER BY m.symbol),
	avg(CASE WHEN m.close < 0.8 * m.peak * (1 - 1e-12) THEN 1.0 ELSE 0.0 END)::double precision,
	avg(CASE WHEN bsadf > critical_value THEN 1.0 WHEN bsadf <= critical_value THEN 0.0 END)::double precision,
	percentile_cont(0.5) WITHIN GROUP (ORDER BY bsadf - critical_value)
FROM {board}.price_month AS m
JOIN {board}.membership AS s ON s.member = m.symbol
LEFT JOIN {board}.price_month AS b ON b.symbol = m.symbol AND b.at = (date_trunc('month', m.at::timestamp) - interval '1 day')::date
LEFT JOIN {board}.price_explosive AS e ON e.symbol = m.symbol AND e.at = m.at
WHERE m.at >= (SELECT sector_from FROM {board}.price_closed) OR sector IN (
	SELECT sector FROM {board}.membership WHERE member IN (SELECT unnest(sector_changed) FROM {board}.price_closed))
GROUP BY sector, m.at$sql$, NULL),
	(63, 'prices of sectors', 'run', NULL, NULL, $sql$
UPDATE {board}.price_closed SET sector_from = closed_before, sector_changed = '{}'$sql$, NULL),
	(64, 'prices of sectors', 'materialized view', 'price_by_sector', 'sector, at', $sql$
SELECT sector, at, members, growth, level, {bubble}.drawdown(level) OVER w AS drawdown,
	level / nullif(first_value(level) OVER (PARTITION BY sector ORDER BY at + 1 RANGE BETWEEN interval '24 months' PRECEDING
		AND interval '24 months' PRECEDING), 0) - 1 AS run_up,
	fallen_share, explosive_share, bsadf_excess
FROM (SELECT *, exp(least(greatest(sum(ln(greatest(1 + coalesce(growth, 0), 1e-9))) OVER (PARTITION BY sector ORDER BY at), -300), 300)) AS level
	FROM {board}.price_sector) AS index
WINDOW w AS (PARTITION BY sector ORDER BY at)$sql$,
	'the index of a sector: 1 times the mean growths of its members; its drawdown at months'' ends and its run-up over 24 months'),
	(70, 'multiples', 'materialized view', 'multiple_by_company', 'company, at', $sql$
WITH report AS (
	SELECT symbol::text AS company, at, greatest(at, reported_at) AS known_at, {bubble}.bubble_board_number(shares) AS shares, CASE WHEN revenue < 0 THEN 0 ELSE {bubble}.bubble_board_number(revenue) END AS revenue,
		{bubble}.bubble_board_number(earnings) AS earnings, row_number() OVER (PARTITION BY symbol ORDER BY at, reported_at NULLS FIRST) AS number
	FROM {board}.market_fundamental
), round AS (
	SELECT company::text AS company, at, greatest(at, reported_at) AS known_at, post_money::double precision AS post_money,
		row_number() OVER (PARTITION BY company ORDER BY at, post_money) AS number
	FROM {board}.funding_round WHERE {bubble}.bubble_board_number(post_money) IS NOT NULL
), sold AS (
	SELECT company::text AS company, at, greatest(at, reported_at) AS known_at, CASE WHEN value < 0 THEN 0 ELSE {bubble}.bubble_board_number(value) END AS revenue,
		row_number() OVER (PARTITION BY company ORDER BY at, reported_at NULLS FIRST) AS number
	FROM {board}.company_metric WHERE metric = 'revenue'
), event AS (
	SELECT DISTINCT member AS company, at, true AS ending, NULL::bigint AS report, NULL::bigint AS round, NULL::bigint AS sold
	FROM {board}.membership JOIN {board}.sector_month USING (sector)
	WHERE member IN (SELECT company FROM report UNION SELECT company FROM round)
	UNION ALL SELECT company, known_at, false, number, NULL, NULL FROM report
	UNION ALL SELECT company, known_at, false, NULL, number, NULL FROM round
	UNION ALL SELECT company, known_at, false, NULL, NULL, number FROM sold
), known AS (
	SELECT company, at, ending, max(report) OVER w AS report, max(round) OVER w AS round, max(sold) OVER w AS sold
	FROM event WINDOW w AS (PARTITION BY company ORDER BY at)
)
SELECT k.company, k.at, valuation, listed, f.revenue, f.earnings, {bubble}.revenue_multiple(valuation, f.revenue) AS revenue_multiple,
	CASE WHEN f.earnings > 0 THEN valuation / f.earnings END AS earnings_multiple
FROM known AS k
LEFT JOIN report AS r ON r.company = k.company AND r.number = k.report AND r.at > k.at - interval '18 months'
LEFT JOIN round AS v ON v.company = k.company AND v.number = k.round AND v.at > k.at - interval '3 years'
LEFT JOIN sold AS s ON s.company = k.company AND s.number = k.sold AND s.at > k.at - interval '18 months'
LEFT JOIN {board}.price_month AS p ON p.symbol = k.company AND p.at = k.at
CROSS JOIN LATERAL (SELECT coalesce(r.shares * p.close, post_money) AS valuation, r.shares * p.close IS NOT NULL AS listed,
	coalesce(s.revenue, r.revenue) AS revenue, r.earnings) AS f
WHERE ending AND valuation > 0$sql$,
	'every company at the end of every month, by what was known then: its valuation (shares at the last close, or the last round of three years), revenue and earnings of the last 18 months, and the multiples of them'),
	(80, 'funding', 'materialized view', 'funding_by_sector', 'sector, at', $sql$
WITH round AS (
	SELECT sector, company, r.at, greatest(r.at, reported_at) AS known_at, {bubble}.bubble_board_number(amount) AS amount, {bubble}.bubble_board_number(post_money) AS post_money
	FROM {board}.funding_round AS r
	JOIN {board}.membership ON member = company
	WHERE r.at >= '1700-01-01' AND greatest(r.at, reported_at) <= (SELECT {bubble}.bubble_board_end())
), ending AS (
	SELECT sector, max(m.at) AS at, greatest(known_until, (SELECT max(last_at) FROM {board}.price_now)) AS known_until
	FROM {board}.sector_month AS m JOIN (SELECT sector, max(known_at) AS known_until FROM round GROUP BY sector) AS r USING (sector)
	GROUP BY sector, known_until
), path AS (
	SELECT sector, month.*
	FROM (SELECT sector, {bubble}.funding_path(amount, at, interval '1 month', known_at) AS path
		FROM (SELECT sector, amount, at, known_at FROM round UNION ALL SELECT sector, 0, at, at FROM ending) AS rounds
		GROUP BY sector) AS paths
	CROSS JOIN LATERAL unnest(path) AS month
), recent AS (
	SELECT r.*, m.at AS month
	FROM round AS r
	JOIN {board}.sector_month AS m ON m.sector = r.sector AND r.at > m.at - interval '1 year' AND known_at <= m.at
), shares AS (
	SELECT sector, month, sum(rounds)::bigint AS rounds, {bubble}.herfindahl(raised ORDER BY company) AS concentration
	FROM (SELECT sector, month, company, count(*) AS rounds, sum(amount ORDER BY at) AS raised FROM recent GROUP BY sector, month, company) AS companies
	GROUP BY sector, month
), steps AS (
	SELECT sector, month, {bubble}.down_round_share(greatest(r.post_money - coalesce(r.amount, 0), 0), prior.post_money) AS down_rounds
	FROM recent AS r
	CROSS JOIN LATERAL (SELECT post_money::double precision AS post_money FROM {board}.funding_round AS p
		WHERE p.company = r.company AND p.at < r.at AND greatest(p.at, reported_at) <= month AND {bubble}.bubble_board_number(post_money) IS NOT NULL
		ORDER BY p.at DESC LIMIT 1) AS prior
	WHERE r.post_money IS NOT NULL
	GROUP BY sector, month
), completed AS (
	SELECT sector, m.at AS month, sum(c.completed ORDER BY c.period) AS raised
	FROM (SELECT sector, known_until, {bubble}.completed_funding(amount, round.at, known_at, known_until) AS months
		FROM round JOIN ending USING (sector) GROUP BY sector, known_until) AS s
	CROSS JOIN LATERAL unnest(months) AS c
	JOIN {board}.sector_month AS m USING (sector)
	WHERE m.at <= known_until AND c.period > m.at - interval '1 year' AND c.period <= m.at
	GROUP BY sector, m.at
)
SELECT m.sector, m.at, coalesce(rounds, 0) AS rounds, velocity, acceleration, shares.concentration, down_rounds, completed.raised AS completed
FROM {board}.sector_month AS m
JOIN path ON path.sector = m.sector AND path.period_end = m.at
LEFT JOIN shares ON shares.sector = m.sector AND shares.month = m.at
LEFT JOIN steps ON steps.sector = m.sector AND steps.month = m.at
LEFT JOIN completed ON completed.sector = m.sector AND completed.month = m.at$sql$,
	'rounds of the year up to the end of every month as they were known then; completed is what that year will come to when all reports are in, of months that are over, and changes as they come in'),
	(90, 'adoption', 'materialized view', 'adoption_by_sector', 'sector, at', $sql$
SELECT sector, m.at, count(*) AS products, percentile_cont(0.5) WITHIN GROUP (ORDER BY (growth).rate) AS growth,
	percentile_cont(0.5) WITHIN GROUP (ORDER BY (growth).acceleration) AS acceleration
FROM (SELECT DISTINCT product::text AS member FROM {board}.adoption) AS products
JOIN {board}.membership USING (member)
JOIN {board}.sector_month AS m USING (sector)
CROSS JOIN LATERAL (SELECT max(at) AS last_at,
		CASE WHEN min(at) <= max(at) - interval '9 months' THEN {bubble}.growth_rate(level, at, interval '2 years') END AS growth
	FROM (SELECT DISTINCT ON (at) at, level::double precision AS level
		FROM {board}.adoption
		WHERE product = member AND greatest(at, reported_at) <= m.at AND at > m.at - interval '30 months'
		ORDER BY at, greatest(at, reported_at) DESC, reported_at DESC NULLS LAST, level DESC) AS known) AS levels
WHERE last_at >= m.at - interval '6 months'
GROUP BY sector, m.at$sql$,
	'products at the end of every month, by what was known then: the median of growth_rate of their levels of two years, as a fraction a year, and of its acceleration; of levels that span nine months, the last of which is no older than six'),
	(91, 'capital', 'materialized view', 'capital_by_sector', 'sector, at', $sql$
WITH figure AS (
	SELECT sector, m.at, company, revenue, revenue_before, net_burn, cash, compute_spend, raised
	FROM {board}.sector_month AS m
	JOIN {board}.membership USING (sector)
	JOIN (SELECT company FROM {board}.company_metric UNION SELECT company FROM {board}.funding_round) AS companies ON company = member
	CROSS JOIN LATERAL (SELECT {bubble}.latest(value, at, interval '18 months', m.at) FILTER (WHERE metric = 'revenue') AS revenue,
			{bubble}.latest(value, at, interval '18 months', (m.at + 1 - interval '1 year')::date - 1) FILTER (WHERE metric = 'revenue') AS revenue_before,
			{bubble}.latest(value, at, interval '18 months', m.at) FILTER (WHERE metric = 'net_burn') AS net_burn,
			{bubble}.latest(value, at, interval '18 months', m.at) FILTER (WHERE metric = 'cash') AS cash,
			{bubble}.latest(value, at, interval '18 months', m.at) FILTER (WHERE metric = 'compute_spend') AS compute_spend
		FROM (SELECT DISTINCT ON (metric, at) metric, at,
				CASE WHEN value < 0 AND metric IN ('revenue', 'cash') THEN 0 ELSE {bubble}.bubble_board_number(value) END AS value FROM {board}.company_metric AS c
			WHERE c.company = companies.company AND at >= '1700-01-01' AND greatest(at, reported_at) <= m.at
			ORDER BY metric, at, reported_at DESC NULLS LAST) AS known) AS figures
	CROSS JOIN LATERAL (SELECT sum({bubble}.bubble_board_number(amount) ORDER BY r.at) AS raised FROM {board}.funding_round AS r
		WHERE r.company = companies.company AND greatest(r.at, reported_at) <= m.at) AS rounds
)
SELECT sector, at,
	{bubble}.burn_multiple(12 * sum(net_burn ORDER BY company) FILTER (WHERE burning), sum(revenue - revenue_before ORDER BY company) FILTER (WHERE burning)) AS burn_multiple,
	{bubble}.hype_ratio(sum(raised ORDER BY company), sum(revenue ORDER BY company)) AS hype_ratio,
	sum(compute_spend ORDER BY company) FILTER (WHERE revenue IS NOT NULL)
		/ nullif(sum(revenue ORDER BY company) FILTER (WHERE compute_spend IS NOT NULL), 0) AS compute_share,
	{bubble}.runway_months(sum(cash ORDER BY company) FILTER (WHERE net_burn IS NOT NULL), sum(net_burn ORDER BY company) FILTER (WHERE cash IS NOT NULL)) AS runway
FROM (SELECT *, net_burn IS NOT NULL AND revenue IS NOT NULL AND revenue_before IS NOT NULL AS burning FROM figure) AS figures
GROUP BY sector, at$sql$,
	'companies of a sector together at the end of every month, by what was known then: burn of a year over the year''s new revenue, capital raised so far over revenue, compute over revenue, cash over burn in months; of companies whose figures for it are known'),
	(92, 'macro', 'materialized view', 'macro_by_month', 'series, at', $sql$
SELECT series, m.at, {bubble}.latest(value, s.at, reported_at, interval '6 months', m.at) AS value
FROM (SELECT DISTINCT at FROM {board}.sector_month) AS m
JOIN (SELECT series::text AS series, value::double precision AS value, at, greatest(at, reported_at) AS reported_at FROM {board}.macro_series) AS s
	ON s.at >= '1700-01-01' AND s.reported_at <= m.at
GROUP BY series, m.at
HAVING {bubble}.latest(value, s.at, reported_at, interval '6 months', m.at) IS NOT NULL$sql$,
	'series of the economy at the end of every month, by what was known then; a value counts for six months'),
	(93, 'law', 'materialized view', 'law_by_sector', 'sector, at', $sql$
SELECT sector, m.at, {bubble}.funding_intensity(severity, e.at, interval '180 days', m.at) AS intensity,
	count(*) FILTER (WHERE e.at > m.at - interval '1 year') AS events
FROM (SELECT * FROM {board}.sector_month AS m WHERE EXISTS (SELECT FROM {board}.legal_event AS l
	WHERE greatest(l.at, reported_at) <= m.at AND greatest(l.at, reported_at) > m.at - interval '6 months')) AS m
JOIN (SELECT sector, event, subject, e.at, greatest(e.at, reported_at) AS known_at, {bubble}.bubble_board_number(severity) AS severity
	FROM {board}.legal_event AS e JOIN {board}.membership ON member = subject
	UNION ALL
	SELECT sector, event, subject, e.at, greatest(e.at, reported_at), {bubble}.bubble_board_number(severity)
	FROM {board}.legal_event AS e CROSS JOIN (SELECT DISTINCT sector FROM {board}.membership) AS sectors WHERE subject IS NULL) AS e USING (sector)
WHERE known_at <= m.at
GROUP BY sector, m.at$sql$,
	'legal events up to the end of every month, by what was known then: severity a year, weighted by age with a half-life of 180 days, and how many in the year; where nothing became known of any sector in six months the list is taken to have ended'),
	(100, NULL, 'view', 'indicator_revenue_multiple', NULL, $sql$
SELECT sector, at, percentile_cont(0.5) WITHIN GROUP (ORDER BY revenue_multiple) AS value
FROM {board}.multiple_by_company JOIN {board}.membership ON member = company
GROUP BY sector, at$sql$,
	'median multiple of valuation to revenue of the companies with both; high: a price far ahead of business'),
	(101, NULL, 'view', 'indicator_earnings_multiple', NULL, $sql$
SELECT sector, at, percentile_cont(0.5) WITHIN GROUP (ORDER BY earnings_multiple) AS value
FROM {board}.multiple_by_company JOIN {board}.membership ON member = company
GROUP BY sector, at$sql$,
	'median multiple of valuation to earnings of the companies with a profit'),
	(102, NULL, 'view', 'indicator_unproven_share', NULL, $sql$
SELECT sector, at, {bubble}.pre_revenue_share(valuation, coalesce(revenue, 0)) AS value
FROM {board}.multiple_by_company JOIN {board}.membership ON member = company
WHERE revenue IS NOT NULL OR NOT listed
GROUP BY sector, at
HAVING count(revenue) > 0$sql$,
	'share of the valuation in companies with a round but no known revenue, where some revenue is known'),
	(103, NULL, 'view', 'indicator_funding_velocity', NULL, $sql$
SELECT sector, at, velocity AS value
FROM {board}.funding_by_sector$sql$,
	'capital raised in the year; high: a flood'),
	(104, NULL, 'view', 'indicator_funding_acceleration', NULL, $sql$
SELECT sector, at, acceleration AS value
FROM {board}.funding_by_sector$sql$,
	'velocity over that of the year before, less 1; low: it dries up'),
	(105, NULL, 'view', 'indicator_funding_concentration', NULL, $sql$
SELECT sector, at, concentration AS value
FROM {board}.funding_by_sector$sql$,
	'Herfindahl index of the capital raised in the year by company; 1: one has all'),
	(106, NULL, 'view', 'indicator_down_rounds', NULL, $sql$
SELECT sector, at, down_rounds AS value
FROM {board}.funding_by_sector$sql$,
	'share of the rounds of the year priced below the one before; few: nobody doubts'),
	(107, NULL, 'view', 'indicator_run_up', NULL, $sql$
SELECT sector, at, run_up AS value
FROM {board}.price_by_sector$sql$,
	'growth of the index of the sector in 24 months'),
	(108, NULL, 'view', 'indicator_bsadf_excess', NULL, $sql$
SELECT sector, at, bsadf_excess AS value
FROM {board}.price_by_sector$sql$,
	'median over the symbols of how far BSADF is above its critical value of 95 percent'),
	(109, NULL, 'view', 'indicator_explosive_share', NULL, $sql$
SELECT sector, at, explosive_share AS value
FROM {board}.price_by_sector$sql$,
	'share of the symbols whose growth is explosive'),
	(110, NULL, 'view', 'indicator_index_drawdown', NULL, $sql$
SELECT sector, at, drawdown AS value
FROM {board}.price_by_sector$sql$,
	'how far the index of the sector is below its highest month; low: at the top'),
	(111, NULL, 'view', 'indicator_adoption_growth', NULL, $sql$
SELECT sector, at, growth AS value
FROM {board}.adoption_by_sector$sql$,
	'median growth a year of the users of products, fitted to two years; low: fewer come'),
	(112, NULL, 'view', 'indicator_adoption_acceleration', NULL, $sql$
SELECT sector, at, acceleration AS value
FROM {board}.adoption_by_sector$sql$,
	'median acceleration of that growth; low: adoption slows'),
	(113, NULL, 'view', 'indicator_burn_multiple', NULL, $sql$
SELECT sector, at, burn_multiple AS value
FROM {board}.capital_by_sector$sql$,
	'burn of a year over the new revenue of that year'),
	(114, NULL, 'view', 'indicator_hype_ratio', NULL, $sql$
SELECT sector, at, hype_ratio AS value
FROM {board}.capital_by_sector$sql$,
	'capital raised so far over revenue'),
	(115, NULL, 'view', 'indicator_compute_share', NULL, $sql$
SELECT sector, at, compute_share AS value
FROM {board}.capital_by_sector$sql$,
	'compute spend over revenue'),
	(116, NULL, 'view', 'indicator_runway', NULL, $sql$
SELECT sector, at, runway AS value
FROM {board}.capital_by_sector$sql$,
	'cash over burn; low: money is needed soon'),
	(117, NULL, 'view', 'indicator_policy_rate', NULL, $sql$
SELECT sector, at, value
FROM {board}.sector_month JOIN {board}.macro_by_month USING (at)
WHERE series = 'policy_rate'$sql$,
	'the policy rate; low: money is cheap'),
	(118, NULL, 'view', 'indicator_credit_spread', NULL, $sql$
SELECT sector, at, value
FROM {board}.sector_month JOIN {board}.macro_by_month USING (at)
WHERE series = 'credit_spread'$sql$,
	'the spread of risky over safe debt; low: risk costs little'),
	(119, NULL, 'view', 'indicator_legal_pressure', NULL, $sql$
SELECT sector, at, intensity AS value
FROM {board}.law_by_sector$sql$,
	'intensity of lawsuits, rulings and laws'),
	(130, NULL, 'fill', 'scoreboard_indicator', NULL, $sql$
INSERT INTO {board}.scoreboard_indicator (indicator, concern, unit, weight, sign, meaning, source)
VALUES
	('revenue_multiple', 'valuation', 'years of revenue', 4, 1, 'median multiple of valuation to revenue of the companies with both; high: a price far ahead of business', 'indicator_revenue_multiple'),
	('earnings_multiple', 'valuation', 'years of earnings', 4, 1, 'median multiple of valuation to earnings of the companies with a profit', 'indicator_earnings_multiple'),
	('unproven_share', 'valuation', 'fraction', 4, 1, 'share of the valuation in companies with a round but no known revenue, where some revenue is known', 'indicator_unproven_share'),
	('funding_velocity', 'money', 'money a year', 3, 1, 'capital raised in the year; high: a flood', 'indicator_funding_velocity'),
	('funding_acceleration', 'money', 'change on the year', 3, 1, 'velocity over that of the year before, less 1; low: it dries up', 'indicator_funding_acceleration'),
	('funding_concentration', 'money', '0 to 1', 3, 1, 'Herfindahl index of the capital raised in the year by company; 1: one has all', 'indicator_funding_concentration'),
	('down_rounds', 'money', 'fraction', 3, -1, 'share of the rounds of the year priced below the one before; few: nobody doubts', 'indicator_down_rounds'),
	('run_up', 'price', 'fraction in 24 months', 3, 1, 'growth of the index of the sector in 24 months', 'indicator_run_up'),
	('bsadf_excess', 'price', 'BSADF less critical value', 3, 1, 'median over the symbols of how far BSADF is above its critical value of 95 percent', 'indicator_bsadf_excess'),
	('explosive_share', 'price', 'fraction', 3, 1, 'share of the symbols whose growth is explosive', 'indicator_explosive_share'),
	('index_drawdown', 'price', 'fraction', 3, -1, 'how far the index of the sector is below its highest month; low: at the top', 'indicator_index_drawdown'),
	('adoption_growth', 'adoption', 'fraction a year', 6, -1, 'median growth a year of the users of products, fitted to two years; low: fewer come', 'indicator_adoption_growth'),
	('adoption_acceleration', 'adoption', 'change a year', 6, -1, 'median acceleration of that growth; low: adoption slows', 'indicator_adoption_acceleration'),
	('burn_multiple', 'capital', 'ratio', 3, 1, 'burn of a year over the new revenue of that year', 'indicator_burn_multiple'),
	('hype_ratio', 'capital', 'years of revenue', 3, 1, 'capital raised so far over revenue', 'indicator_hype_ratio'),
	('compute_share', 'capital', 'ratio', 3, 1, 'compute spend over revenue', 'indicator_compute_share'),
	('runway', 'capital', 'months', 3, -1, 'cash over burn; low: money is needed soon', 'indicator_runway'),
	('policy_rate', 'economy', 'percent a year', 3, -1, 'the policy rate; low: money is cheap', 'indicator_policy_rate'),
	('credit_spread', 'economy', 'percent a year', 3, -1, 'the spread of risky over safe debt; low: risk costs little', 'indicator_credit_spread'),
	('legal_pressure', 'law', 'severity a year', 6, 1, 'intensity of lawsuits, rulings and laws', 'indicator_legal_pressure')
ON CONFLICT (indicator) DO NOTHING$sql$, NULL),
	(140, NULL, 'view', 'scoreboard_standing', NULL, $sql$
SELECT sector, at, indicator, concern, unit, weight, sign, value,
	({bubble}.bubble_components(ARRAY[value], ARRAY[sign::double precision]) OVER (PARTITION BY sector, indicator ORDER BY at))[1] AS standing
FROM {board}.scoreboard_value
JOIN {board}.scoreboard_indicator USING (indicator)
WHERE enabled$sql$,
	'every value with its standing: its percentile among the months so far, from 0 to 100, turned around where sign is -1; NULL before the 20th value'),
	(141, NULL, 'view', 'scoreboard_part', NULL, $sql$
SELECT *, coalesce(contribution, 0) - coalesce(lag(contribution) OVER (PARTITION BY sector, indicator ORDER BY at), 0) AS change
FROM (SELECT m.sector, m.at, i.indicator, i.concern, i.unit, i.weight, i.sign, value, standing,
		i.weight * standing / nullif(sum(i.weight) FILTER (WHERE standing IS NOT NULL) OVER (PARTITION BY m.sector, m.at
			ORDER BY i.indicator ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING), 0) AS contribution
	FROM {board}.sector_month AS m
	JOIN {board}.scoreboard_indicator AS i ON enabled AND i.weight > 0
	LEFT JOIN {board}.scoreboard_standing AS s ON s.sector = m.sector AND s.at = m.at AND s.indicator = i.indicator) AS part$sql$,
	'what every indicator adds to the score of every month: weight times standing over the weight of all that have one; and how that has changed since the month before'),
	(142, 'scoreboard', 'run', NULL, NULL, $sql$
DELETE FROM {board}.scoreboard_value WHERE indicator NOT IN (SELECT indicator FROM {board}.scoreboard_indicator)$sql$, NULL),
	(150, 'scoreboard', 'materialized view', 'scoreboard', 'sector, at', $sql$
WITH board AS (
	SELECT sector, at, sum(contribution ORDER BY indicator) AS score,
		coalesce(sum(weight ORDER BY indicator) FILTER (WHERE standing IS NOT NULL), 0) / sum(weight ORDER BY indicator) AS coverage,
		coalesce(jsonb_object_agg(indicator, standing) FILTER (WHERE standing IS NOT NULL), '{}') AS components,
		coalesce(jsonb_object_agg(indicator, contribution) FILTER (WHERE standing IS NOT NULL), '{}') AS contributions,
		array_agg(standing ORDER BY indicator) FILTER (WHERE standing IS NOT NULL) AS standings,
		array_agg(weight ORDER BY indicator) FILTER (WHERE standing IS NOT NULL) AS weights,
		(array_agg(format('%s adds %s (standing %s of 100)', name, round(contribution::numeric, 1), round(standing::numeric))
			ORDER BY contribution DESC, indicator) FILTER (WHERE standing IS NOT NULL))[1:2] AS largest,
		(array_agg(format('%s changed most: %s', name, to_char(change, 'FMSG990.0'))
			ORDER BY abs(change) DESC, indicator) FILTER (WHERE round(change::numeric, 1) <> 0))[1] AS mover,
		array_agg(DISTINCT concern ORDER BY concern) FILTER (WHERE standing IS NULL) AS lacking,
		array_agg(indicator ORDER BY indicator) FILTER (WHERE standing IS NULL) AS missing,
		array_agg(DISTINCT concern ORDER BY concern) FILTER (WHERE standing IS NOT NULL) AS covered
	FROM (SELECT *, CASE sign WHEN -1 THEN 'low ' ELSE '' END || replace(indicator, '_', ' ') AS name FROM {board}.scoreboard_part) AS part
	GROUP BY sector, at
), judged AS (
	SELECT board.*, p.drawdown, f.dried_up, lag(score) OVER (PARTITION BY sector ORDER BY at) AS before
	FROM board
	LEFT JOIN (SELECT sector, at, value AS drawdown FROM {board}.scoreboard_standing WHERE indicator = 'index_drawdown') AS p USING (sector, at)
	LEFT JOIN (SELECT sector, at, {bubble}.drawdown(value) OVER (PARTITION BY sector ORDER BY at) AS dried_up
		FROM {board}.scoreboard_standing WHERE indicator = 'funding_velocity') AS f USING (sector, at)
)
SELECT sector, at, score, coverage, {bubble}.bubble_phase(score, drawdown) AS phase, drawdown, dried_up,
	{bubble}.sparkline(score, at) OVER (PARTITION BY sector ORDER BY at) AS shape,
	(s.sensitivity).low AS low, (s.sensitivity).high AS high, score - before AS change, components, contributions, coalesce(missing, '{}') AS missing,
	CASE WHEN score IS NULL THEN 'No score: no indicator that counts has a value of this month and of 19 months before.'
		ELSE format('Score %s: %s. %sCovered: %s%s.', round(score::numeric, 1), array_to_string(largest, ', '),
			CASE WHEN before IS NOT NULL THEN coalesce('Since the month before, ' || mover || '. ', 'Nothing has changed since the month before. ') END,
			array_to_string(covered, ', '), coalesce('; nothing of ' || nullif(array_to_string(ARRAY(SELECT unnest(lacking) EXCEPT SELECT unnest(covered) ORDER BY 1), ', '), ''), ''))
	END AS why
FROM judged
LEFT JOIN LATERAL (SELECT {bubble}.score_sensitivity(x, weights, 'minmax', 'arithmetic', 1 ORDER BY n) AS sensitivity
	FROM (VALUES (1, array_fill(0::double precision, ARRAY[coalesce(cardinality(standings), 1)])),
		(2, array_fill(100::double precision, ARRAY[coalesce(cardinality(standings), 1)])), (3, standings)) AS scale (n, x) WHERE standings IS NOT NULL) AS s ON true$sql$,
	'the board: every sector at the end of every month, by what was known then'),
	(160, NULL, 'view', 'scoreboard_metric', NULL, $sql$
SELECT at::timestamptz AS time, sector, metric, unit, value
FROM {board}.scoreboard
CROSS JOIN LATERAL (VALUES ('score', '0 to 100', score), ('score low', '0 to 100', low), ('score high', '0 to 100', high),
	('coverage', 'fraction', coverage), ('drawdown', 'fraction', drawdown), ('dried up', 'fraction', dried_up)) AS m (metric, unit, value)
WHERE value IS NOT NULL
UNION ALL
SELECT at::timestamptz, sector, replace(indicator, '_', ' ') || suffix, coalesce(scale, unit), number
FROM {board}.scoreboard_part
CROSS JOIN LATERAL (VALUES ('', NULL, value), (' standing', '0 to 100', standing), (' contribution', '0 to 100', contribution)) AS m (suffix, scale, number)
WHERE number IS NOT NULL$sql$,
	'the board for BI tools, flat: a time, a sector, a metric with its unit, a value'),
	(161, NULL, 'fill', 'scoreboard', NULL, $sql$
COMMENT ON COLUMN {board}.funding_by_sector.completed IS 'what the year up to then will come to when all reports are in; changes as they come in';
COMMENT ON COLUMN {board}.scoreboard_indicator.concern IS 'what it is a sign of, for sums of contributions';
COMMENT ON COLUMN {board}.scoreboard_indicator.weight IS 'its weight among the indicators that are known; 0 leaves it out';
COMMENT ON COLUMN {board}.scoreboard_indicator.sign IS '1: high values score high; -1: low values do';
COMMENT ON COLUMN {board}.scoreboard_indicator.enabled IS 'whether it counts at the next refresh';
COMMENT ON COLUMN {board}.scoreboard_indicator.source IS 'a view (sector, at, value), in this schema unless it says another; of each month its last row counts';
COMMENT ON COLUMN {board}.scoreboard.sector IS 'as in member; unassigned is what has none';
COMMENT ON COLUMN {board}.scoreboard.at IS 'last day of the month; the last row is of the month so far';
COMMENT ON COLUMN {board}.scoreboard.score IS '0 to 100: the mean of the components by weight, of those that are known; NULL without one';
COMMENT ON COLUMN {board}.scoreboard.coverage IS 'share of the weight of all enabled indicators that is known';
COMMENT ON COLUMN {board}.scoreboard.phase IS 'bubble_phase of the score and the drawdown';
COMMENT ON COLUMN {board}.scoreboard.drawdown IS 'how far the index of the sector is below its highest month; NULL without prices';
COMMENT ON COLUMN {board}.scoreboard.dried_up IS 'how far the funding of the year is below its highest; NULL without rounds';
COMMENT ON COLUMN {board}.scoreboard.shape IS 'the score so far, drawn between its lowest and its highest value';
COMMENT ON COLUMN {board}.scoreboard.low IS 'lowest score with other weights, or without one of the indicators';
COMMENT ON COLUMN {board}.scoreboard.high IS 'highest score with other weights, or without one of the indicators';
COMMENT ON COLUMN {board}.scoreboard.change IS 'score less that of the month before';
COMMENT ON COLUMN {board}.scoreboard.components IS 'standings by indicator, 0 to 100';
COMMENT ON COLUMN {board}.scoreboard.contributions IS 'what each indicator adds to the score';
COMMENT ON COLUMN {board}.scoreboard.missing IS 'enabled indicators that are not known, or have less than 20 months of history';
COMMENT ON COLUMN {board}.scoreboard.why IS 'the two largest contributions, the largest change since the month before, what is covered'$sql$, NULL),
	(170, 'alerts', 'run', NULL, NULL, $sql$
WITH now AS MATERIALIZED (
	SELECT DISTINCT ON (sector) 'phase' AS kind, sector AS subject, phase AS state, score AS value, at
	FROM {board}.scoreboard WHERE phase IS NOT NULL ORDER BY sector, at DESC
), drawdown AS MATERIALIZED (
	SELECT 'drawdown' AS kind, symbol AS subject, CASE WHEN round(drawdown::numeric, 9) > 0.2 THEN 'more than 20 percent' ELSE 'at most 20 percent' END AS state, drawdown AS value, last_at AS at
	FROM {board}.drawdown_by_symbol WHERE drawdown IS NOT NULL
), explosive AS MATERIALIZED (
	SELECT 'explosive' AS kind, symbol AS subject, CASE WHEN explosive THEN 'explosive' ELSE 'not explosive' END AS state, bsadf - critical_value AS value, at
	FROM {board}.explosive_by_symbol WHERE explosive IS NOT NULL
), state AS MATERIALIZED (
	SELECT * FROM now UNION ALL SELECT * FROM drawdown UNION ALL SELECT * FROM explosive
), kept AS (
	INSERT INTO {board}.scoreboard_state AS s (kind, subject, state, value, at)
	SELECT kind, subject, state, value, at FROM state
	ON CONFLICT (kind, subject) DO UPDATE SET state = EXCLUDED.state, value = EXCLUDED.value, at = EXCLUDED.at
	WHERE (s.state, s.value, s.at) IS DISTINCT FROM (EXCLUDED.state, EXCLUDED.value, EXCLUDED.at)
)
INSERT INTO {board}.scoreboard_crossing (refresh, kind, subject, at, before, after, value)
SELECT (SELECT max(refresh) FROM {board}.scoreboard_log), kind, subject, state.at, old.state, state.state, state.value
FROM state JOIN {board}.scoreboard_state AS old USING (kind, subject)
WHERE old.state <> state.state$sql$, NULL),
	(171, NULL, 'view', 'scoreboard_alert', NULL, $sql$
SELECT kind, subject, at, before, after, value
FROM {board}.scoreboard_crossing
WHERE refresh = (SELECT max(refresh) FROM {board}.scoreboard_log WHERE step = 'alerts' AND seconds IS NOT NULL AND error IS NULL)$sql$,
	'what crossed a line at the last refresh: the phase of a sector, a drawdown of 20 percent, an explosive root')
$$;
COMMENT ON FUNCTION bubble_board_parts()
	IS 'implementation of bubble_create_scoreboard: what a board is made of';

CREATE FUNCTION bubble_create_scoreboard(schema text DEFAULT CURRENT_SCHEMA) RETURNS TABLE (relation text, done text)
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET client_min_messages = warning
AS $$
DECLARE
	home text;
	version text;
	part record;
	target text;
	others text;
BEGIN
	SELECT quote_ident(nspname), extversion INTO home, version
	FROM pg_extension AS e JOIN pg_namespace AS n ON n.oid = e.extnamespace WHERE extname = 'bubble';
	EXECUTE replace($sql$
SELECT string_agg(format('%s is no %s', name, kind), '; ' ORDER BY place)
FROM {bubble}.bubble_board_parts() JOIN pg_class ON relname = name AND relnamespace = to_regnamespace(quote_ident($1))
WHERE relkind <> CASE kind WHEN 'table' THEN 'r' WHEN 'view' THEN 'v' WHEN 'materialized view' THEN 'm' ELSE relkind END
$sql$, '{bubble}', home) INTO others USING schema;
	IF others IS NOT NULL THEN
		RAISE EXCEPTION USING ERRCODE = '42809', MESSAGE = format('schema "%s" has other relations of the names of a scoreboard', schema),
			DETAIL = others || '.', HINT = 'Rename them, or make the scoreboard in another schema.';
	END IF;
	RETURN QUERY EXECUTE pg_catalog.format('SELECT * FROM %s.bubble_create_tables($1)', home) USING schema;
	-- With an extension that was dropped the summaries went, and what they are of is computed anew.
	IF to_regclass(format('%I.price_state', schema)) IS NOT NULL AND NOT EXISTS (SELECT FROM pg_attribute
		WHERE attrelid = to_regclass(format('%I.price_state', schema)) AND attname = 'summary' AND NOT attisdropped) THEN
		EXECUTE format('ALTER TABLE %I.price_state ADD summary %s.drawdown_summary', schema, home);
		EXECUTE format('TRUNCATE %1$I.price_state, %1$I.price_closed, %1$I.price_month, %1$I.price_explosive, %1$I.price_sector', schema);
	END IF;
	FOR part IN EXECUTE format('SELECT kind, name, keys, body, meaning FROM %s.bubble_board_parts() WHERE kind <> ''run'' ORDER BY place', home) LOOP
		target := format('%I.%I', schema, part.name);
		part.body := replace(replace(part.body, '{bubble}', home), '{board}', quote_ident(schema));
		IF part.kind = 'fill' THEN
			EXECUTE part.body;
			CONTINUE;
		END IF;
		relation := part.name;
		done := 'kept';
		IF to_regclass(target) IS NULL THEN
			done := 'created';
			EXECUTE CASE part.kind WHEN 'table' THEN format('CREATE TABLE %s (%s)', target, part.body)
				WHEN 'view' THEN format('CREATE VIEW %s AS%s', target, part.body)
				ELSE format('CREATE MATERIALIZED VIEW %s AS%s WITH NO DATA', target, part.body) END;
			IF part.kind = 'materialized view' THEN
				EXECUTE format('CREATE UNIQUE INDEX ON %s (%s)', target, part.keys);
			END IF;
			-- A later version may have to know which one made it.
			EXECUTE format('COMMENT ON %s %s IS %L', upper(part.kind), target, format('%s (bubble %s)', part.meaning, version));
		END IF;
		RETURN NEXT;
	END LOOP;
END
$$;
COMMENT ON FUNCTION bubble_create_scoreboard(schema text)
	IS 'scoreboard: makes the scoreboard on the standard tables, which are made where they are missing: views, materialized views and the catalogue of indicators; what is there already is kept, and all of it listed';

CREATE FUNCTION bubble_board_steps(board text) RETURNS text[]
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	home text;
	indicators text[];
	steps text[];
BEGIN
	SELECT quote_ident(nspname) INTO home
	FROM pg_extension AS e JOIN pg_namespace AS n ON n.oid = e.extnamespace WHERE extname = 'bubble';
	IF board IS NULL OR to_regclass(format('%I.scoreboard_log', board)) IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = '42P01', MESSAGE = format('there is no scoreboard in schema %s', coalesce(quote_ident(board), 'NULL')),
			HINT = 'Make one with bubble_create_scoreboard(schema).';
	END IF;
	EXECUTE format('SELECT array_agg(''indicator '' || indicator ORDER BY indicator) FROM %I.scoreboard_indicator WHERE enabled', board) INTO indicators;
	EXECUTE replace($sql$
SELECT array_agg(step ORDER BY first) FILTER (WHERE first < 100) || $1 || array_agg(step ORDER BY first) FILTER (WHERE first > 100)
FROM (SELECT step, min(place) AS first FROM {bubble}.bubble_board_parts() WHERE step IS NOT NULL GROUP BY step) AS steps
$sql$, '{bubble}', home) INTO steps USING coalesce(indicators, '{}');
	RETURN steps;
END
$$;
COMMENT ON FUNCTION bubble_board_steps(board text)
	IS 'implementation of bubble_refresh: the steps in their order';

CREATE FUNCTION bubble_board_remark(board text, step text) RETURNS text
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	home text;
	counts text;
	remark text;
BEGIN
	SELECT quote_ident(nspname) INTO home
	FROM pg_extension AS e JOIN pg_namespace AS n ON n.oid = e.extnamespace WHERE extname = 'bubble';
	IF to_regclass(format('%I.market_price', board)) IS NULL THEN
		RETURN NULL;
	END IF;
	IF step = 'prices' THEN
		EXECUTE format($sql$
SELECT concat_ws('; ', CASE WHEN faults > 0 THEN format('%%s of %%s rows of market_price do not count: not the close of a symbol on a day', faults, rows) END,
	CASE WHEN later > 0 THEN format('rows with days in the future do not count yet: %%s of market_price', later) END)
FROM (SELECT count(*) AS rows, count(*) FILTER (WHERE at > (SELECT %s.bubble_board_end())) AS later,
		count(*) FILTER (WHERE (symbol IS NOT NULL AND (close = 0 OR close BETWEEN 1e-100 AND 1e100) AND at >= '1700-01-01' AND at < 'infinity') IS NOT TRUE) AS faults
	FROM %I.market_price) AS counts
$sql$, home, board) INTO remark;
		remark := nullif(remark, '');
		RETURN remark;
	END IF;
	EXECUTE format($sql$
SELECT string_agg(format('SELECT %%L AS name, count(*) AS later FROM %%I.%%I WHERE %%I > %%L', l.relation, $1, l.relation, l.name, %s.bubble_board_end()), ' UNION ALL ')
FROM %1$s.bubble_board_columns() AS l WHERE l.name = 'at' AND l.relation <> 'market_price'
$sql$, home) INTO counts USING board;
	EXECUTE format($sql$
SELECT 'rows with days in the future do not count yet: ' || string_agg(format('%%s of %%s', later, name), ', ' ORDER BY name) FROM (%s) AS counts WHERE later > 0
$sql$, counts) INTO remark;
	RETURN remark;
END
$$;
COMMENT ON FUNCTION bubble_board_remark(board text, step text)
	IS 'implementation of bubble_refresh: what a step has to say of rows that do not count';

CREATE FUNCTION bubble_board_step(board text, step text, OUT rows bigint, OUT remark text)
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET jit = off SET extra_float_digits = 1 SET client_min_messages = error
AS $$
DECLARE
	home text;
	part record;
	target text;
	source text;
	counted bigint;
	twins text;
	work_mem text := current_setting('work_mem');
BEGIN
	SELECT quote_ident(nspname) INTO home
	FROM pg_extension AS e JOIN pg_namespace AS n ON n.oid = e.extnamespace WHERE extname = 'bubble';
	-- Groups of a month and symbol are many; more is kept where more is allowed.
	IF pg_size_bytes(work_mem) < 67108864 THEN
		PERFORM set_config('work_mem', '64MB', true);
	END IF;
	rows := 0;
	IF step LIKE 'indicator %' THEN
		EXECUTE format('SELECT source FROM %I.scoreboard_indicator WHERE indicator = $1', board) INTO source USING substr(step, 11);
		target := (SELECT string_agg(quote_ident(n), '.') FROM unnest(parse_ident(source)) AS n);
		IF cardinality(parse_ident(source)) = 1 THEN
			target := format('%I.%s', board, target);
		END IF;
		EXECUTE format($sql$
WITH said AS MATERIALIZED (
	SELECT sector, day, value, CASE WHEN day BETWEEN '1700-01-01' AND '2199-12-31'
		THEN (date_trunc('month', day::timestamp) + interval '1 month - 1 day')::date END AS at
	FROM (SELECT s.sector::text AS sector, s.at::date AS day, s.value::double precision AS value FROM %2$s AS s WHERE s.value IS NOT NULL) AS s
), counted AS MATERIALIZED (
	SELECT sector, at, day, value, rank() OVER last AS place, row_number() OVER last AS number
	FROM said JOIN %1$I.sector_month USING (sector, at)
	WINDOW last AS (PARTITION BY sector, at ORDER BY day DESC)
), good AS MATERIALIZED (
	SELECT sector, at, value FROM counted WHERE number = 1
), gone AS (
	DELETE FROM %1$I.scoreboard_value AS v
	WHERE indicator = $1 AND NOT EXISTS (SELECT FROM good AS g WHERE g.sector = v.sector AND g.at = v.at)
), kept AS (
	INSERT INTO %1$I.scoreboard_value AS v (sector, at, indicator, value)
	SELECT sector, at, $1, value FROM good
	ON CONFLICT (sector, at, indicator) DO UPDATE SET value = EXCLUDED.value WHERE v.value <> EXCLUDED.value
)
SELECT (SELECT count(*) FROM good), CASE WHEN said.rows > counted.rows
	THEN format('%%s of %%s values do not count: no sector of the board has their month', said.rows - counted.rows, said.rows) END,
	(SELECT format('Sector "%%s" has several values at %%s.', sector, day) FROM counted WHERE place = 1 AND number > 1 ORDER BY sector, day LIMIT 1)
FROM (SELECT count(*) AS rows FROM said) AS said, (SELECT count(*) AS rows FROM counted) AS counted
$sql$, board, target) INTO rows, remark, twins USING substr(step, 11);
		IF twins IS NOT NULL THEN
			RAISE EXCEPTION USING ERRCODE = '21000', MESSAGE = format('%s says more than one value of a sector and day', target),
				DETAIL = twins, HINT = 'Let it give a row for each, such as the one that was reported last.';
		END IF;
	END IF;
	FOR part IN EXECUTE format('SELECT kind, name, body FROM %s.bubble_board_parts() WHERE step = $1 ORDER BY place', home) USING step LOOP
		-- What has just been filled for the first time would be planned as if it were empty.
		FOR target IN SELECT format('%I.%I', board, relname) FROM pg_class
			WHERE relnamespace = to_regnamespace(quote_ident(board)) AND relkind IN ('r', 'm') AND reltuples < 0
				AND pg_relation_size(oid) > 0 AND (part.body LIKE '%{board}.' || relname || '%') LOOP
			EXECUTE format('ANALYZE %s', target);
		END LOOP;
		target := quote_ident(board) || '.' || quote_ident(part.name);
		IF part.kind = 'run' THEN
			EXECUTE replace(replace(part.body, '{bubble}', home), '{board}', quote_ident(board));
			GET DIAGNOSTICS counted = ROW_COUNT;
		ELSE
			-- Nobody waits for it before the first refresh; after it readers go on.
			EXECUTE format('REFRESH MATERIALIZED VIEW %s %s', CASE WHEN (
				SELECT relispopulated FROM pg_class WHERE oid = to_regclass(target)) THEN 'CONCURRENTLY' END, target);
			EXECUTE format('SELECT count(*) FROM %s', target) INTO counted;
		END IF;
		rows := rows + counted;
	END LOOP;
	IF step = 'prices' OR step = 'months' THEN
		EXECUTE format('SELECT %s.bubble_board_remark($1, $2)', home) INTO remark USING board, step;
	ELSIF step = 'scoreboard' THEN
		EXECUTE format('SELECT CASE WHEN NOT EXISTS (SELECT FROM %I.scoreboard_indicator WHERE enabled AND weight > 0)
			THEN ''no indicator counts: none is enabled with a weight above 0'' END', board) INTO remark;
	END IF;
	PERFORM set_config('work_mem', work_mem, true);
END
$$;
COMMENT ON FUNCTION bubble_board_step(board text, step text, OUT rows bigint, OUT remark text)
	IS 'implementation of bubble_refresh: one step';

-- A procedure that commits can have no SET clause, and nothing that it sets is
-- left after a commit, so every name in it is qualified.
CREATE PROCEDURE bubble_refresh(schema text DEFAULT CURRENT_SCHEMA)
	LANGUAGE plpgsql
AS $$
DECLARE
	home pg_catalog.text;
	block pg_catalog.bool;
	steps pg_catalog.text[];
	step pg_catalog.text;
	number pg_catalog.int8;
	started pg_catalog.timestamptz;
	counted pg_catalog.int8;
	note pg_catalog.text;
	problem pg_catalog.text;
	state pg_catalog.text;
	detail pg_catalog.text;
	failed pg_catalog.int8 := 0;
	key pg_catalog.int8 := pg_catalog.hashtextextended(pg_catalog.concat('bubble_refresh ', schema), 0);
BEGIN
	SELECT pg_catalog.quote_ident(n.nspname) INTO home
	FROM pg_catalog.pg_extension AS e JOIN pg_catalog.pg_namespace AS n ON n.oid OPERATOR(pg_catalog.=) e.extnamespace
	WHERE e.extname OPERATOR(pg_catalog.=) 'bubble';
	EXECUTE pg_catalog.format('SELECT %s.bubble_in_block(), %s.bubble_board_steps($1)', home, home) INTO block, steps USING schema;
	-- Within a function nothing can be committed: that ends here, before anything is done.
	IF NOT block THEN
		COMMIT;
	END IF;
	-- A lock of a transaction is never left behind.  A second refresh that comes
	-- between two transactions of this one goes on in its place.
	IF NOT pg_catalog.pg_try_advisory_xact_lock(key) THEN
		RAISE WARNING USING ERRCODE = '55P03',
			MESSAGE = pg_catalog.format('another refresh of the scoreboard in schema "%s" is running, this one leaves', schema);
		RETURN;
	END IF;
	EXECUTE pg_catalog.format('UPDATE %I.scoreboard_log SET error = ''did not come to its end'' WHERE seconds IS NULL AND error IS NULL', schema);
	EXECUTE pg_catalog.format('SELECT COALESCE(pg_catalog.max(refresh), 0) OPERATOR(pg_catalog.+) 1 FROM %I.scoreboard_log', schema) INTO number;
	FOREACH step IN ARRAY steps LOOP
		started := pg_catalog.clock_timestamp();
		EXECUTE pg_catalog.format('INSERT INTO %I.scoreboard_log (refresh, step, started_at) VALUES ($1, $2, $3)', schema)
		USING number, step, started;
		IF NOT block THEN
			COMMIT;
			IF NOT pg_catalog.pg_try_advisory_xact_lock(key) THEN
				RAISE WARNING USING ERRCODE = '55P03',
					MESSAGE = pg_catalog.format('another refresh of the scoreboard in schema "%s" has taken over, this one leaves', schema);
				RETURN;
			END IF;
		END IF;
		problem := NULL;
		BEGIN
			EXECUTE pg_catalog.format('SELECT * FROM %s.bubble_board_step($1, $2)', home) INTO counted, note USING schema, step;
		EXCEPTION WHEN query_canceled OR OTHERS THEN
			GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, problem = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL;
			counted := NULL;
			note := CASE WHEN detail OPERATOR(pg_catalog.<>) '' THEN detail END;
			problem := pg_catalog.concat(state, ' ', problem);
		END;
		EXECUTE pg_catalog.format('UPDATE %I.scoreboard_log SET seconds = $3, rows = $4, error = $5, remark = $6
			WHERE refresh OPERATOR(pg_catalog.=) $1 AND step OPERATOR(pg_catalog.=) $2', schema)
		USING number, step, pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() OPERATOR(pg_catalog.-) started), counted, problem, note;
		IF NOT block THEN
			COMMIT;
			IF NOT pg_catalog.pg_try_advisory_xact_lock(key) THEN
				RAISE WARNING USING ERRCODE = '55P03',
					MESSAGE = pg_catalog.format('another refresh of the scoreboard in schema "%s" has taken over, this one leaves', schema);
				RETURN;
			END IF;
		END IF;
		IF problem IS NOT NULL THEN
			failed := failed OPERATOR(pg_catalog.+) 1;
		END IF;
		-- Who cancels a refresh means all of it.
		IF problem OPERATOR(pg_catalog.~) '^57' THEN
			RAISE EXCEPTION USING ERRCODE = state, MESSAGE = pg_catalog.substr(problem, 7), DETAIL = pg_catalog.format('The refresh was at "%s".', step);
		END IF;
	END LOOP;
	IF failed OPERATOR(pg_catalog.>) 0 THEN
		RAISE WARNING USING ERRCODE = '01000',
			MESSAGE = pg_catalog.format('%s of %s steps of the refresh failed', failed, pg_catalog.cardinality(steps)),
			HINT = pg_catalog.format('Their errors are in %I.scoreboard_log; what they could not compute is as it was.', schema);
	END IF;
END
$$;
COMMENT ON PROCEDURE bubble_refresh(schema text)
	IS 'scoreboard: refreshes the scoreboard step by step, with a commit after each and a row in scoreboard_log; a step that fails does not stop the others, and a second refresh at the same time leaves';

-- ---------------------------------------------------------------------------
-- The catalogue: what can be called, topic by topic
-- ---------------------------------------------------------------------------

CREATE VIEW bubble_functions (topic, name, forms, meaning) AS
SELECT topic, name, pg_catalog.array_agg(form ORDER BY arguments, form),
	(pg_catalog.array_agg(meaning ORDER BY arguments, form))[1]
FROM (
	SELECT pg_catalog.split_part(told.description, ': ', 1) AS topic, CAST(callable.proname AS pg_catalog.text) AS name,
		pg_catalog.pg_get_function_arguments(callable.oid) AS form, callable.pronargs AS arguments,
		pg_catalog.substr(told.description, pg_catalog.strpos(told.description, ': ') OPERATOR(pg_catalog.+) 2) AS meaning
	FROM pg_catalog.pg_extension AS extension
	JOIN pg_catalog.pg_depend AS member ON member.refclassid OPERATOR(pg_catalog.=) extension.tableoid
		AND member.refobjid OPERATOR(pg_catalog.=) extension.oid AND member.deptype OPERATOR(pg_catalog.=) 'e'
	JOIN pg_catalog.pg_proc AS callable ON member.classid OPERATOR(pg_catalog.=) callable.tableoid
		AND member.objid OPERATOR(pg_catalog.=) callable.oid
	JOIN pg_catalog.pg_description AS told ON told.classoid OPERATOR(pg_catalog.=) callable.tableoid
		AND told.objoid OPERATOR(pg_catalog.=) callable.oid AND told.objsubid OPERATOR(pg_catalog.=) 0
	WHERE extension.extname OPERATOR(pg_catalog.=) 'bubble'
) AS functions
WHERE topic OPERATOR(pg_catalog.=) ANY (CAST('{series,drawdown,valuation,funding,explosive,score,warning,boom,lppls,adoption,scoreboard}' AS pg_catalog.text[]))
GROUP BY topic, name;

COMMENT ON VIEW bubble_functions
	IS 'what users call: topic, name, its forms and its meaning';

GRANT SELECT ON bubble_functions TO PUBLIC;

-- ---------------------------------------------------------------------------
-- An aggregate is as stable as its functions
--
-- CREATE AGGREGATE calls every aggregate immutable, and nothing lets one say
-- otherwise.  But where months are taken from a timestamptz the answer depends
-- on the session's time zone.  postgres_fdw sends what is immutable to the
-- other server, whose sessions it keeps in GMT: the same query would have one
-- answer over a table and another one over the same table seen from elsewhere.
-- So the label is mended here, and these aggregates are computed where they
-- are asked for.  Dates know no time zone.  A function that is STABLE because
-- it also serves stored dates (bubble_series, drawdown_summary) gives times
-- of a timestamptz as they are, but for the fits of adoption, which count in
-- months.
--
-- pg_upgrade makes the aggregates anew and so forgets their labels: whoever
-- uses postgres_fdw calls the function after it.  So does every update script
-- that adds aggregates.  This comes after the last aggregate.
-- ---------------------------------------------------------------------------

CREATE FUNCTION bubble_repair_volatility() RETURNS SETOF regprocedure
	LANGUAGE sql VOLATILE PARALLEL UNSAFE
BEGIN ATOMIC
	UPDATE pg_catalog.pg_proc AS aggregate
	SET provolatile = 's'
	FROM pg_catalog.pg_aggregate AS definition, pg_catalog.pg_depend AS member, pg_catalog.pg_extension AS extension, pg_catalog.pg_proc AS part
	WHERE extension.extname OPERATOR(pg_catalog.=) 'bubble'
		AND aggregate.provolatile OPERATOR(pg_catalog.<>) 's'
		AND member.refclassid OPERATOR(pg_catalog.=) extension.tableoid
		AND member.refobjid OPERATOR(pg_catalog.=) extension.oid
		AND member.deptype OPERATOR(pg_catalog.=) 'e'
		AND member.classid OPERATOR(pg_catalog.=) aggregate.tableoid
		AND member.objid OPERATOR(pg_catalog.=) aggregate.oid
		AND definition.aggfnoid::pg_catalog.oid OPERATOR(pg_catalog.=) aggregate.oid
		AND (definition.aggtranstype OPERATOR(pg_catalog.=) 'pg_catalog.internal'::pg_catalog.regtype::pg_catalog.oid
			OR aggregate.proname::pg_catalog.text OPERATOR(pg_catalog.=) ANY ('{bass_fit,bass_fit_cumulative,logistic_fit,gompertz_fit,exponential_fit,adoption_fit}'::pg_catalog.text[]))
		AND 'pg_catalog.timestamptz'::pg_catalog.regtype::pg_catalog.oid OPERATOR(pg_catalog.=) ANY (aggregate.proargtypes::pg_catalog.oid[])
		AND part.provolatile OPERATOR(pg_catalog.=) 's'
		AND part.oid OPERATOR(pg_catalog.=) ANY (ARRAY[definition.aggtransfn::pg_catalog.oid, definition.aggfinalfn::pg_catalog.oid])
	RETURNING aggregate.oid::pg_catalog.regprocedure;
END;
COMMENT ON FUNCTION bubble_repair_volatility()
	IS 'implementation of what CREATE EXTENSION and pg_upgrade leave undone: labels aggregates STABLE whose functions are, and names them';

SELECT FROM bubble_repair_volatility();

