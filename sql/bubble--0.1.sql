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
	AS 'MODULE_PATHNAME', 'bubble_series_date_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_series_transfn(bubble_series, double precision, date)
	IS 'transition: a value enters the series';

CREATE FUNCTION bubble_series_transfn(bubble_series, double precision, timestamptz) RETURNS bubble_series
	AS 'MODULE_PATHNAME', 'bubble_series_timestamptz_transfn'
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
COMMENT ON AGGREGATE bubble_series(double precision, date)
	IS 'the values in order of time, packed into one value that can be stored';

CREATE AGGREGATE bubble_series(value double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_series_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE bubble_series(double precision, timestamptz)
	IS 'the values in order of time, packed into one value that can be stored';

CREATE AGGREGATE rollup(bubble_series) (
	SFUNC = bubble_series_combinefn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_series_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(bubble_series)
	IS 'all rows of many series as one, whether they overlap in time or not';

CREATE FUNCTION unnest(series bubble_series, OUT at timestamptz, OUT value double precision) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'bubble_series_unnest'
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1000 ROWS 1000;
COMMENT ON FUNCTION unnest(bubble_series)
	IS 'the rows of a series; dates as midnight in the session''s time zone';

CREATE FUNCTION unnest_dates(series bubble_series, OUT at date, OUT value double precision) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'bubble_series_unnest_dates'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 1000;
COMMENT ON FUNCTION unnest_dates(bubble_series)
	IS 'the rows of a series of dates';

CREATE FUNCTION bubble_series(times date[], "values" double precision[]) RETURNS bubble_series
	AS 'MODULE_PATHNAME', 'bubble_series_from_dates'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION bubble_series(date[], double precision[])
	IS 'a series of two arrays of the same length, in any order of time';

CREATE FUNCTION bubble_series(times timestamptz[], "values" double precision[]) RETURNS bubble_series
	AS 'MODULE_PATHNAME', 'bubble_series_from_timestamptz'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION bubble_series(timestamptz[], double precision[])
	IS 'a series of two arrays of the same length, in any order of time';

CREATE FUNCTION times(series bubble_series) RETURNS timestamptz[]
	AS 'MODULE_PATHNAME', 'bubble_series_times'
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION times(bubble_series)
	IS 'the times of a series; dates as midnight in the session''s time zone';

CREATE FUNCTION dates(series bubble_series) RETURNS date[]
	AS 'MODULE_PATHNAME', 'bubble_series_dates'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION dates(bubble_series)
	IS 'the dates of a series of dates';

CREATE FUNCTION series_values(series bubble_series) RETURNS double precision[]
	AS 'MODULE_PATHNAME', 'bubble_series_values'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION series_values(bubble_series)
	IS 'the values of a series, in order of time';

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
COMMENT ON FUNCTION observations(bubble_series)
	IS 'number of rows of a series';

CREATE FUNCTION first_at(series bubble_series) RETURNS timestamptz
	AS 'MODULE_PATHNAME', 'bubble_series_first_at'
	LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION first_at(bubble_series)
	IS 'time of the first row of a series';

CREATE FUNCTION last_at(series bubble_series) RETURNS timestamptz
	AS 'MODULE_PATHNAME', 'bubble_series_last_at'
	LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION last_at(bubble_series)
	IS 'time of the last row of a series';

CREATE FUNCTION slice(series bubble_series, from_at timestamptz, to_at timestamptz) RETURNS bubble_series
	AS 'MODULE_PATHNAME', 'bubble_series_slice'
	LANGUAGE C STABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION slice(bubble_series, timestamptz, timestamptz)
	IS 'the rows of a series from one time to another, both included; NULL for no bound';

CREATE FUNCTION bubble_parameter_series_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_parameter_series_combinefn(internal, internal)
	IS 'combine: two series with the same parameters';

CREATE FUNCTION bubble_parameter_series_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_parameter_series_serialfn(internal)
	IS 'serialize: a series with parameters';

CREATE FUNCTION bubble_parameter_series_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_parameter_series_deserialfn(bytea, internal)
	IS 'deserialize: a series with parameters';

-- ---------------------------------------------------------------------------
-- drawdown
-- ---------------------------------------------------------------------------

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
	IS 'a drawdown from its peak through its trough to its recovery, with times';

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
	IS 'a drawdown from its peak through its trough to its recovery, with dates';

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
	IS 'what is asked of a price most often, with times';

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
	IS 'what is asked of a price most often, with dates';

CREATE FUNCTION bubble_drawdown_scan_transfn(internal, double precision) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_drawdown_scan_transfn(internal, double precision)
	IS 'transition: next price of drawdown(price) and max_drawdown(price)';

CREATE FUNCTION bubble_runup_scan_transfn(internal, double precision) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_runup_scan_transfn(internal, double precision)
	IS 'transition: next price of runup(price) and max_runup(price)';

CREATE FUNCTION bubble_amount_scan_transfn(internal, double precision) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_amount_scan_transfn(internal, double precision)
	IS 'transition: next value of drawdown_amount(value) and max_drawdown_amount(value)';

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
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_drawdown_queue_transfn(internal, double precision)
	IS 'moving transition: a price enters the frame';

CREATE FUNCTION bubble_runup_queue_transfn(internal, double precision) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_runup_queue_transfn(internal, double precision)
	IS 'moving transition: a price enters the frame';

CREATE FUNCTION bubble_amount_queue_transfn(internal, double precision) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_amount_queue_transfn(internal, double precision)
	IS 'moving transition: a value enters the frame';

CREATE FUNCTION bubble_queue_invtransfn(internal, double precision) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_queue_invtransfn(internal, double precision)
	IS 'moving transition: the oldest price leaves the frame';

CREATE FUNCTION bubble_drawdown_queue_transfn(internal, double precision, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_drawdown_queue_date_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_drawdown_queue_transfn(internal, double precision, date)
	IS 'moving transition: a price enters the frame';

CREATE FUNCTION bubble_runup_queue_transfn(internal, double precision, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_runup_queue_date_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_runup_queue_transfn(internal, double precision, date)
	IS 'moving transition: a price enters the frame';

CREATE FUNCTION bubble_amount_queue_transfn(internal, double precision, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_amount_queue_date_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_amount_queue_transfn(internal, double precision, date)
	IS 'moving transition: a value enters the frame';

CREATE FUNCTION bubble_queue_invtransfn(internal, double precision, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_queue_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_queue_invtransfn(internal, double precision, date)
	IS 'moving transition: the oldest price leaves the frame';

CREATE FUNCTION bubble_drawdown_queue_transfn(internal, double precision, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_drawdown_queue_timestamptz_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_drawdown_queue_transfn(internal, double precision, timestamptz)
	IS 'moving transition: a price enters the frame';

CREATE FUNCTION bubble_runup_queue_transfn(internal, double precision, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_runup_queue_timestamptz_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_runup_queue_transfn(internal, double precision, timestamptz)
	IS 'moving transition: a price enters the frame';

CREATE FUNCTION bubble_amount_queue_transfn(internal, double precision, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_amount_queue_timestamptz_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_amount_queue_transfn(internal, double precision, timestamptz)
	IS 'moving transition: a value enters the frame';

CREATE FUNCTION bubble_queue_invtransfn(internal, double precision, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_queue_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_queue_invtransfn(internal, double precision, timestamptz)
	IS 'moving transition: the oldest price leaves the frame';

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
	AS 'MODULE_PATHNAME', 'bubble_drawdown_envelope_date_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_drawdown_envelope_transfn(internal, double precision, date)
	IS 'transition: a price of drawdown(price, at) and max_drawdown(price, at)';

CREATE FUNCTION bubble_runup_envelope_transfn(internal, double precision, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_runup_envelope_date_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_runup_envelope_transfn(internal, double precision, date)
	IS 'transition: a price of runup(price, at) and max_runup(price, at)';

CREATE FUNCTION bubble_amount_envelope_transfn(internal, double precision, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_amount_envelope_date_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_amount_envelope_transfn(internal, double precision, date)
	IS 'transition: a value of drawdown_amount(value, at) and max_drawdown_amount(value, at)';

CREATE FUNCTION bubble_drawdown_envelope_transfn(internal, double precision, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_drawdown_envelope_timestamptz_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_drawdown_envelope_transfn(internal, double precision, timestamptz)
	IS 'transition: a price of drawdown(price, at) and max_drawdown(price, at)';

CREATE FUNCTION bubble_runup_envelope_transfn(internal, double precision, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_runup_envelope_timestamptz_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_runup_envelope_transfn(internal, double precision, timestamptz)
	IS 'transition: a price of runup(price, at) and max_runup(price, at)';

CREATE FUNCTION bubble_amount_envelope_transfn(internal, double precision, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_amount_envelope_timestamptz_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_amount_envelope_transfn(internal, double precision, timestamptz)
	IS 'transition: a value of drawdown_amount(value, at) and max_drawdown_amount(value, at)';

CREATE FUNCTION bubble_envelope_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_envelope_combinefn(internal, internal)
	IS 'combine: two parts of a price history';

CREATE FUNCTION bubble_envelope_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_envelope_serialfn(internal)
	IS 'serialize: part of a price history';

CREATE FUNCTION bubble_envelope_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_envelope_deserialfn(bytea, internal)
	IS 'deserialize: part of a price history';

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
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_returns_scan_transfn(internal, double precision)
	IS 'transition: next return of drawdown_of_returns and max_drawdown_of_returns';

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
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_returns_frame_transfn(internal, double precision)
	IS 'moving transition: a return enters the frame';

CREATE FUNCTION bubble_returns_frame_invtransfn(internal, double precision) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_returns_frame_invtransfn(internal, double precision)
	IS 'moving transition: the oldest return leaves the frame';

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
COMMENT ON AGGREGATE drawdown(double precision)
	IS 'fraction lost by the last price since the highest price so far; rows in the order given';

CREATE AGGREGATE drawdown(price double precision, at date) (
	SFUNC = bubble_drawdown_envelope_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_envelope_last_finalfn,
	COMBINEFUNC = bubble_envelope_combinefn,
	SERIALFUNC = bubble_envelope_serialfn,
	DESERIALFUNC = bubble_envelope_deserialfn,
	MSFUNC = bubble_drawdown_queue_transfn,
	MINVFUNC = bubble_queue_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_queue_last_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE drawdown(double precision, date)
	IS 'fraction lost by the last price since the highest price so far; rows in any order';

CREATE AGGREGATE drawdown(price double precision, at timestamptz) (
	SFUNC = bubble_drawdown_envelope_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_envelope_last_finalfn,
	COMBINEFUNC = bubble_envelope_combinefn,
	SERIALFUNC = bubble_envelope_serialfn,
	DESERIALFUNC = bubble_envelope_deserialfn,
	MSFUNC = bubble_drawdown_queue_transfn,
	MINVFUNC = bubble_queue_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_queue_last_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE drawdown(double precision, timestamptz)
	IS 'fraction lost by the last price since the highest price so far; rows in any order';

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
COMMENT ON AGGREGATE max_drawdown(double precision)
	IS 'largest fraction lost from a peak to a later trough, 0 if none; rows in the order given';

CREATE AGGREGATE max_drawdown(price double precision, at date) (
	SFUNC = bubble_drawdown_envelope_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_envelope_max_finalfn,
	COMBINEFUNC = bubble_envelope_combinefn,
	SERIALFUNC = bubble_envelope_serialfn,
	DESERIALFUNC = bubble_envelope_deserialfn,
	MSFUNC = bubble_drawdown_queue_transfn,
	MINVFUNC = bubble_queue_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_queue_max_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE max_drawdown(double precision, date)
	IS 'largest fraction lost from a peak to a later trough, 0 if none; rows in any order';

CREATE AGGREGATE max_drawdown(price double precision, at timestamptz) (
	SFUNC = bubble_drawdown_envelope_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_envelope_max_finalfn,
	COMBINEFUNC = bubble_envelope_combinefn,
	SERIALFUNC = bubble_envelope_serialfn,
	DESERIALFUNC = bubble_envelope_deserialfn,
	MSFUNC = bubble_drawdown_queue_transfn,
	MINVFUNC = bubble_queue_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_queue_max_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE max_drawdown(double precision, timestamptz)
	IS 'largest fraction lost from a peak to a later trough, 0 if none; rows in any order';

CREATE TYPE drawdown_summary;
COMMENT ON TYPE drawdown_summary
	IS 'a price history, reduced to what its drawdowns can depend on when it is merged with others';

CREATE FUNCTION drawdown_summary_in(cstring) RETURNS drawdown_summary
	AS 'MODULE_PATHNAME'
	LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION drawdown_summary_in(cstring)
	IS 'I/O';

CREATE FUNCTION drawdown_summary_out(drawdown_summary) RETURNS cstring
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION drawdown_summary_out(drawdown_summary)
	IS 'I/O';

CREATE FUNCTION drawdown_summary_recv(internal) RETURNS drawdown_summary
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION drawdown_summary_recv(internal)
	IS 'I/O';

CREATE FUNCTION drawdown_summary_send(drawdown_summary) RETURNS bytea
	AS 'MODULE_PATHNAME'
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
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION drawdown_summary_eq(drawdown_summary, drawdown_summary)
	IS 'implementation of = operator';

CREATE FUNCTION drawdown_summary_ne(drawdown_summary, drawdown_summary) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION drawdown_summary_ne(drawdown_summary, drawdown_summary)
	IS 'implementation of <> operator';

CREATE FUNCTION drawdown_summary_lt(drawdown_summary, drawdown_summary) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION drawdown_summary_lt(drawdown_summary, drawdown_summary)
	IS 'implementation of < operator';

CREATE FUNCTION drawdown_summary_le(drawdown_summary, drawdown_summary) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION drawdown_summary_le(drawdown_summary, drawdown_summary)
	IS 'implementation of <= operator';

CREATE FUNCTION drawdown_summary_gt(drawdown_summary, drawdown_summary) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION drawdown_summary_gt(drawdown_summary, drawdown_summary)
	IS 'implementation of > operator';

CREATE FUNCTION drawdown_summary_ge(drawdown_summary, drawdown_summary) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION drawdown_summary_ge(drawdown_summary, drawdown_summary)
	IS 'implementation of >= operator';

CREATE FUNCTION drawdown_summary_cmp(drawdown_summary, drawdown_summary) RETURNS integer
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION drawdown_summary_cmp(drawdown_summary, drawdown_summary)
	IS 'less-equal-greater: times, then peaks and troughs';

CREATE FUNCTION drawdown_summary_hash(drawdown_summary) RETURNS integer
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION drawdown_summary_hash(drawdown_summary)
	IS 'hash: what it keeps';

CREATE FUNCTION drawdown_summary_hash_extended(drawdown_summary, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME'
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

CREATE FUNCTION bubble_summary_transfn(drawdown_summary, double precision, date) RETURNS drawdown_summary
	AS 'MODULE_PATHNAME', 'bubble_summary_date_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_summary_transfn(drawdown_summary, double precision, date)
	IS 'transition: a price enters the history';

CREATE FUNCTION bubble_summary_transfn(drawdown_summary, double precision, timestamptz) RETURNS drawdown_summary
	AS 'MODULE_PATHNAME', 'bubble_summary_timestamptz_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_summary_transfn(drawdown_summary, double precision, timestamptz)
	IS 'transition: a price enters the history';

CREATE FUNCTION bubble_summary_combinefn(drawdown_summary, drawdown_summary) RETURNS drawdown_summary
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_summary_combinefn(drawdown_summary, drawdown_summary)
	IS 'combine: two parts of a price history';

CREATE FUNCTION bubble_max_drawdown_episode_date_finalfn(drawdown_summary) RETURNS drawdown_episode_date
	AS 'MODULE_PATHNAME', 'bubble_summary_max_drawdown_episode'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION bubble_max_drawdown_episode_date_finalfn(drawdown_summary)
	IS 'final: deepest episode, with dates';

CREATE FUNCTION drawdown(summary drawdown_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_summary_drawdown'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION drawdown(drawdown_summary)
	IS 'fraction lost by the last price since the highest price';

CREATE FUNCTION max_drawdown(summary drawdown_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_summary_max_drawdown'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION max_drawdown(drawdown_summary)
	IS 'largest fraction lost from a peak to a later trough, 0 if none';

CREATE FUNCTION max_drawdown_episode(summary drawdown_summary) RETURNS drawdown_episode
	AS 'MODULE_PATHNAME', 'bubble_summary_max_drawdown_episode'
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION max_drawdown_episode(drawdown_summary)
	IS 'the deepest drawdown as a row: peak, trough, recovery, depth, observations';

CREATE FUNCTION observations(summary drawdown_summary) RETURNS bigint
	AS 'MODULE_PATHNAME', 'bubble_summary_observations'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION observations(drawdown_summary)
	IS 'number of rows of a price history';

CREATE FUNCTION first_at(summary drawdown_summary) RETURNS timestamptz
	AS 'MODULE_PATHNAME', 'bubble_summary_first_at'
	LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION first_at(drawdown_summary)
	IS 'time of the first row of a price history';

CREATE FUNCTION last_at(summary drawdown_summary) RETURNS timestamptz
	AS 'MODULE_PATHNAME', 'bubble_summary_last_at'
	LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION last_at(drawdown_summary)
	IS 'time of the last row of a price history';

CREATE FUNCTION bubble_summary_finalfn(drawdown_summary) RETURNS drawdown_summary
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION bubble_summary_finalfn(drawdown_summary)
	IS 'final function of drawdown_summary() and rollup(): no more rows than can be written as text';

CREATE AGGREGATE drawdown_summary(price double precision, at date) (
	SFUNC = bubble_summary_transfn,
	STYPE = drawdown_summary,
	SSPACE = 1024,
	FINALFUNC = bubble_summary_finalfn,
	COMBINEFUNC = bubble_summary_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE drawdown_summary(double precision, date)
	IS 'a price history reduced to a value that can be stored and rolled up later';

CREATE AGGREGATE drawdown_summary(price double precision, at timestamptz) (
	SFUNC = bubble_summary_transfn,
	STYPE = drawdown_summary,
	SSPACE = 1024,
	FINALFUNC = bubble_summary_finalfn,
	COMBINEFUNC = bubble_summary_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE drawdown_summary(double precision, timestamptz)
	IS 'a price history reduced to a value that can be stored and rolled up later';

CREATE AGGREGATE rollup(drawdown_summary) (
	SFUNC = bubble_summary_combinefn,
	STYPE = drawdown_summary,
	SSPACE = 1024,
	FINALFUNC = bubble_summary_finalfn,
	COMBINEFUNC = bubble_summary_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(drawdown_summary)
	IS 'the summary of all rows of many, whether they overlap in time or not';

CREATE AGGREGATE max_drawdown_episode(price double precision, at date) (
	SFUNC = bubble_summary_transfn,
	STYPE = drawdown_summary,
	SSPACE = 1024,
	FINALFUNC = bubble_max_drawdown_episode_date_finalfn,
	COMBINEFUNC = bubble_summary_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE max_drawdown_episode(double precision, date)
	IS 'the deepest drawdown as a row: peak, trough, recovery, depth, observations';

CREATE AGGREGATE max_drawdown_episode(price double precision, at timestamptz) (
	SFUNC = bubble_summary_transfn,
	STYPE = drawdown_summary,
	SSPACE = 1024,
	FINALFUNC = max_drawdown_episode,
	COMBINEFUNC = bubble_summary_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE max_drawdown_episode(double precision, timestamptz)
	IS 'the deepest drawdown as a row: peak, trough, recovery, depth, observations';

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
COMMENT ON AGGREGATE runup(double precision)
	IS 'fraction gained by the last price since the lowest price so far; rows in the order given';

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
COMMENT ON AGGREGATE drawdown_amount(double precision)
	IS 'amount lost by the last value since the highest value so far; rows in the order given';

CREATE AGGREGATE runup(price double precision, at date) (
	SFUNC = bubble_runup_envelope_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_envelope_last_finalfn,
	COMBINEFUNC = bubble_envelope_combinefn,
	SERIALFUNC = bubble_envelope_serialfn,
	DESERIALFUNC = bubble_envelope_deserialfn,
	MSFUNC = bubble_runup_queue_transfn,
	MINVFUNC = bubble_queue_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_queue_last_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE runup(double precision, date)
	IS 'fraction gained by the last price since the lowest price so far; rows in any order';

CREATE AGGREGATE drawdown_amount(value double precision, at date) (
	SFUNC = bubble_amount_envelope_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_envelope_last_finalfn,
	COMBINEFUNC = bubble_envelope_combinefn,
	SERIALFUNC = bubble_envelope_serialfn,
	DESERIALFUNC = bubble_envelope_deserialfn,
	MSFUNC = bubble_amount_queue_transfn,
	MINVFUNC = bubble_queue_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_queue_last_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE drawdown_amount(double precision, date)
	IS 'amount lost by the last value since the highest value so far; rows in any order';

CREATE AGGREGATE runup(price double precision, at timestamptz) (
	SFUNC = bubble_runup_envelope_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_envelope_last_finalfn,
	COMBINEFUNC = bubble_envelope_combinefn,
	SERIALFUNC = bubble_envelope_serialfn,
	DESERIALFUNC = bubble_envelope_deserialfn,
	MSFUNC = bubble_runup_queue_transfn,
	MINVFUNC = bubble_queue_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_queue_last_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE runup(double precision, timestamptz)
	IS 'fraction gained by the last price since the lowest price so far; rows in any order';

CREATE AGGREGATE drawdown_amount(value double precision, at timestamptz) (
	SFUNC = bubble_amount_envelope_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_envelope_last_finalfn,
	COMBINEFUNC = bubble_envelope_combinefn,
	SERIALFUNC = bubble_envelope_serialfn,
	DESERIALFUNC = bubble_envelope_deserialfn,
	MSFUNC = bubble_amount_queue_transfn,
	MINVFUNC = bubble_queue_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_queue_last_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE drawdown_amount(double precision, timestamptz)
	IS 'amount lost by the last value since the highest value so far; rows in any order';

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
COMMENT ON AGGREGATE max_runup(double precision)
	IS 'largest fraction gained from a trough to a later peak, 0 if none; rows in the order given';

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
COMMENT ON AGGREGATE max_drawdown_amount(double precision)
	IS 'largest amount lost from a peak to a later trough; rows in the order given';

CREATE AGGREGATE max_runup(price double precision, at date) (
	SFUNC = bubble_runup_envelope_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_envelope_max_finalfn,
	COMBINEFUNC = bubble_envelope_combinefn,
	SERIALFUNC = bubble_envelope_serialfn,
	DESERIALFUNC = bubble_envelope_deserialfn,
	MSFUNC = bubble_runup_queue_transfn,
	MINVFUNC = bubble_queue_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_queue_max_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE max_runup(double precision, date)
	IS 'largest fraction gained from a trough to a later peak, 0 if none; rows in any order';

CREATE AGGREGATE max_drawdown_amount(value double precision, at date) (
	SFUNC = bubble_amount_envelope_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_envelope_max_finalfn,
	COMBINEFUNC = bubble_envelope_combinefn,
	SERIALFUNC = bubble_envelope_serialfn,
	DESERIALFUNC = bubble_envelope_deserialfn,
	MSFUNC = bubble_amount_queue_transfn,
	MINVFUNC = bubble_queue_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_queue_max_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE max_drawdown_amount(double precision, date)
	IS 'largest amount lost from a peak to a later trough; rows in any order';

CREATE AGGREGATE max_runup(price double precision, at timestamptz) (
	SFUNC = bubble_runup_envelope_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_envelope_max_finalfn,
	COMBINEFUNC = bubble_envelope_combinefn,
	SERIALFUNC = bubble_envelope_serialfn,
	DESERIALFUNC = bubble_envelope_deserialfn,
	MSFUNC = bubble_runup_queue_transfn,
	MINVFUNC = bubble_queue_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_queue_max_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE max_runup(double precision, timestamptz)
	IS 'largest fraction gained from a trough to a later peak, 0 if none; rows in any order';

CREATE AGGREGATE max_drawdown_amount(value double precision, at timestamptz) (
	SFUNC = bubble_amount_envelope_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_envelope_max_finalfn,
	COMBINEFUNC = bubble_envelope_combinefn,
	SERIALFUNC = bubble_envelope_serialfn,
	DESERIALFUNC = bubble_envelope_deserialfn,
	MSFUNC = bubble_amount_queue_transfn,
	MINVFUNC = bubble_queue_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_queue_max_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE max_drawdown_amount(double precision, timestamptz)
	IS 'largest amount lost from a peak to a later trough; rows in any order';

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
COMMENT ON AGGREGATE drawdown_of_returns(double precision)
	IS 'fraction of wealth lost since it was highest, the start included, by simple returns; rows in the order given';

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
COMMENT ON AGGREGATE max_drawdown_of_returns(double precision)
	IS 'largest fraction of wealth lost from a peak, the start included, to a later trough, by simple returns; rows in the order given';

CREATE FUNCTION bubble_series_alpha_transfn(internal, double precision, date, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_series_alpha_date_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_series_alpha_transfn(internal, double precision, date, double precision)
	IS 'transition: a price of drawdown_at_risk and conditional_drawdown_at_risk';

CREATE FUNCTION bubble_series_alpha_transfn(internal, double precision, timestamptz, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_series_alpha_timestamptz_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_series_alpha_transfn(internal, double precision, timestamptz, double precision)
	IS 'transition: a price of drawdown_at_risk and conditional_drawdown_at_risk';

CREATE FUNCTION bubble_series_min_depth_transfn(internal, double precision, date, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_series_min_depth_date_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_series_min_depth_transfn(internal, double precision, date, double precision)
	IS 'transition: a price of drawdown_episodes with min_depth';

CREATE FUNCTION bubble_series_min_depth_transfn(internal, double precision, timestamptz, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_series_min_depth_timestamptz_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_series_min_depth_transfn(internal, double precision, timestamptz, double precision)
	IS 'transition: a price of drawdown_episodes with min_depth';

CREATE FUNCTION drawdown(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_drawdown'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION drawdown(bubble_series)
	IS 'fraction lost by the last price of a series since the highest price so far';

CREATE FUNCTION max_drawdown(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_max_drawdown'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION max_drawdown(bubble_series)
	IS 'largest fraction lost from a peak of a series to a later trough, 0 if none';

CREATE FUNCTION runup(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_runup'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION runup(bubble_series)
	IS 'fraction gained by the last price of a series since the lowest price so far';

CREATE FUNCTION drawdown_amount(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_drawdown_amount'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION drawdown_amount(bubble_series)
	IS 'amount lost by the last value since the highest value';

CREATE FUNCTION max_runup(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_max_runup'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION max_runup(bubble_series)
	IS 'largest fraction gained from a trough of a series to a later peak, 0 if none';

CREATE FUNCTION max_drawdown_amount(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_max_drawdown_amount'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION max_drawdown_amount(bubble_series)
	IS 'largest amount lost from a peak to a later trough';

CREATE FUNCTION ulcer_index(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_ulcer_index'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION ulcer_index(bubble_series)
	IS 'root mean square of the drawdowns of all rows, as a fraction';

CREATE FUNCTION pain_index(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_pain_index'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION pain_index(bubble_series)
	IS 'mean of the drawdowns of all rows, as a fraction';

CREATE FUNCTION drawdown_deviation(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_drawdown_deviation'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION drawdown_deviation(bubble_series)
	IS 'root of the sum of squared depths of episodes over the number of rows, as a fraction';

CREATE FUNCTION average_drawdown(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_average_drawdown'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION average_drawdown(bubble_series)
	IS 'mean depth of the drawdown episodes, as a fraction; NULL if there is none';

CREATE FUNCTION time_under_water(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_time_under_water'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION time_under_water(bubble_series)
	IS 'share of the rows that are below the highest price so far, 0 to 1';

CREATE FUNCTION cagr(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_cagr'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION cagr(bubble_series)
	IS 'compound growth of the price as a fraction a year; NULL if no time has passed';

CREATE FUNCTION calmar_ratio(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_calmar_ratio'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION calmar_ratio(bubble_series)
	IS 'compound growth a year over the maximum drawdown; NULL if there is none';

CREATE FUNCTION sterling_ratio(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_sterling_ratio'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION sterling_ratio(bubble_series)
	IS 'compound growth a year over the maximum drawdown plus 0.10';

CREATE FUNCTION burke_ratio(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_burke_ratio'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION burke_ratio(bubble_series)
	IS 'compound growth a year over the root of the sum of squared depths of episodes; NULL if there is none';

CREATE FUNCTION martin_ratio(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_martin_ratio'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION martin_ratio(bubble_series)
	IS 'compound growth a year over the ulcer index; NULL if that is 0';

CREATE FUNCTION pain_ratio(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_pain_ratio'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION pain_ratio(bubble_series)
	IS 'compound growth a year over the pain index; NULL if that is 0';

CREATE FUNCTION max_drawdown_of_returns(returns bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_max_drawdown_of_returns'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION max_drawdown_of_returns(bubble_series)
	IS 'largest fraction lost from a peak of wealth, which starts at 1, to a later trough, of simple returns';

CREATE FUNCTION drawdown_of_returns(returns bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_drawdown_of_returns'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION drawdown_of_returns(bubble_series)
	IS 'fraction lost since the highest wealth, which starts at 1, of simple returns';

CREATE FUNCTION wealth_series(returns bubble_series) RETURNS bubble_series
	AS 'MODULE_PATHNAME', 'bubble_wealth_series'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION wealth_series(bubble_series)
	IS 'what simple returns make of a wealth of 1, which is the first row';

CREATE FUNCTION drawdown_at_risk(series bubble_series, alpha double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_drawdown_at_risk'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION drawdown_at_risk(bubble_series, double precision)
	IS 'the drawdown that a share alpha of the rows reaches or exceeds, as a fraction';

CREATE FUNCTION conditional_drawdown_at_risk(series bubble_series, alpha double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_conditional_drawdown_at_risk'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION conditional_drawdown_at_risk(bubble_series, double precision)
	IS 'mean drawdown of the worst rows, a share alpha of all, as a fraction';

CREATE FUNCTION max_drawdown_episode(series bubble_series) RETURNS drawdown_episode
	AS 'MODULE_PATHNAME', 'bubble_max_drawdown_episode'
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION max_drawdown_episode(bubble_series)
	IS 'the deepest drawdown of a series as a row: peak, trough, recovery, depth, observations';

CREATE FUNCTION drawdown_episodes(series bubble_series) RETURNS drawdown_episode[]
	AS 'MODULE_PATHNAME', 'bubble_drawdown_episodes'
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION drawdown_episodes(bubble_series)
	IS 'every drawdown of a series in order of time, as an array of rows for unnest()';

CREATE FUNCTION drawdown_episodes(series bubble_series, min_depth double precision) RETURNS drawdown_episode[]
	AS 'MODULE_PATHNAME', 'bubble_drawdown_episodes_min_depth'
	LANGUAGE C STABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION drawdown_episodes(bubble_series, double precision)
	IS 'every drawdown of a series in order of time, as an array of rows for unnest(); only those of at least min_depth, a fraction';

CREATE FUNCTION price_summary(series bubble_series) RETURNS price_summary
	AS 'MODULE_PATHNAME', 'bubble_price_summary'
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION price_summary(bubble_series)
	IS 'last price, drawdown, deepest episode, measures of the whole curve, growth and volatility, as one row';

CREATE FUNCTION bubble_price_summary_date_finalfn(bubble_series) RETURNS price_summary_date
	AS 'MODULE_PATHNAME', 'bubble_price_summary'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION bubble_price_summary_date_finalfn(bubble_series)
	IS 'final: price_summary, with dates';

CREATE FUNCTION drawdown_path(series bubble_series) RETURNS bubble_series
	AS 'MODULE_PATHNAME', 'bubble_drawdown_path'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION drawdown_path(bubble_series)
	IS 'the drawdown of every row of a series, as a fraction of the highest price so far';

CREATE FUNCTION rolling_max_drawdown(series bubble_series, observations bigint) RETURNS bubble_series
	AS 'MODULE_PATHNAME', 'bubble_rolling_max_drawdown'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION rolling_max_drawdown(bubble_series, bigint)
	IS 'for every row of a series the maximum drawdown of so many rows up to it, as a fraction';

CREATE FUNCTION bubble_drawdown_episodes_date_finalfn(bubble_series) RETURNS drawdown_episode_date[]
	AS 'MODULE_PATHNAME', 'bubble_drawdown_episodes'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION bubble_drawdown_episodes_date_finalfn(bubble_series)
	IS 'final: every episode, with dates';

CREATE FUNCTION bubble_drawdown_episodes_date_finalfn(internal) RETURNS drawdown_episode_date[]
	AS 'MODULE_PATHNAME', 'bubble_drawdown_episodes_finalfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_drawdown_episodes_date_finalfn(internal)
	IS 'final: every episode of a least depth, with dates';

CREATE FUNCTION bubble_drawdown_episodes_timestamptz_finalfn(internal) RETURNS drawdown_episode[]
	AS 'MODULE_PATHNAME', 'bubble_drawdown_episodes_finalfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_drawdown_episodes_timestamptz_finalfn(internal)
	IS 'final: every episode of a least depth, with times';

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

CREATE AGGREGATE price_summary(price double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_price_summary_date_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE price_summary(double precision, date)
	IS 'last price, drawdown, deepest episode, measures of the whole curve, growth and volatility, as one row';

CREATE AGGREGATE price_summary(price double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = price_summary,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE price_summary(double precision, timestamptz)
	IS 'last price, drawdown, deepest episode, measures of the whole curve, growth and volatility, as one row';

CREATE AGGREGATE ulcer_index(price double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = ulcer_index,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE ulcer_index(double precision, date)
	IS 'root mean square of the drawdowns of all rows, as a fraction';

CREATE AGGREGATE ulcer_index(price double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = ulcer_index,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE ulcer_index(double precision, timestamptz)
	IS 'root mean square of the drawdowns of all rows, as a fraction';

CREATE AGGREGATE pain_index(price double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = pain_index,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE pain_index(double precision, date)
	IS 'mean of the drawdowns of all rows, as a fraction';

CREATE AGGREGATE pain_index(price double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = pain_index,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE pain_index(double precision, timestamptz)
	IS 'mean of the drawdowns of all rows, as a fraction';

CREATE AGGREGATE drawdown_deviation(price double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = drawdown_deviation,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE drawdown_deviation(double precision, date)
	IS 'root of the sum of squared depths of episodes over the number of rows, as a fraction';

CREATE AGGREGATE drawdown_deviation(price double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = drawdown_deviation,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE drawdown_deviation(double precision, timestamptz)
	IS 'root of the sum of squared depths of episodes over the number of rows, as a fraction';

CREATE AGGREGATE average_drawdown(price double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = average_drawdown,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE average_drawdown(double precision, date)
	IS 'mean depth of the drawdown episodes, as a fraction; NULL if there is none';

CREATE AGGREGATE average_drawdown(price double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = average_drawdown,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE average_drawdown(double precision, timestamptz)
	IS 'mean depth of the drawdown episodes, as a fraction; NULL if there is none';

CREATE AGGREGATE time_under_water(price double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = time_under_water,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE time_under_water(double precision, date)
	IS 'share of the rows that are below the highest price so far, 0 to 1';

CREATE AGGREGATE time_under_water(price double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = time_under_water,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE time_under_water(double precision, timestamptz)
	IS 'share of the rows that are below the highest price so far, 0 to 1';

CREATE AGGREGATE cagr(price double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = cagr,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE cagr(double precision, date)
	IS 'compound growth of the price as a fraction a year; NULL if no time has passed';

CREATE AGGREGATE cagr(price double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = cagr,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE cagr(double precision, timestamptz)
	IS 'compound growth of the price as a fraction a year; NULL if no time has passed';

CREATE AGGREGATE calmar_ratio(price double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = calmar_ratio,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE calmar_ratio(double precision, date)
	IS 'compound growth a year over the maximum drawdown; NULL if there is none';

CREATE AGGREGATE calmar_ratio(price double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = calmar_ratio,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE calmar_ratio(double precision, timestamptz)
	IS 'compound growth a year over the maximum drawdown; NULL if there is none';

CREATE AGGREGATE sterling_ratio(price double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = sterling_ratio,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE sterling_ratio(double precision, date)
	IS 'compound growth a year over the maximum drawdown plus 0.10';

CREATE AGGREGATE sterling_ratio(price double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = sterling_ratio,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE sterling_ratio(double precision, timestamptz)
	IS 'compound growth a year over the maximum drawdown plus 0.10';

CREATE AGGREGATE burke_ratio(price double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = burke_ratio,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE burke_ratio(double precision, date)
	IS 'compound growth a year over the root of the sum of squared depths of episodes; NULL if there is none';

CREATE AGGREGATE burke_ratio(price double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = burke_ratio,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE burke_ratio(double precision, timestamptz)
	IS 'compound growth a year over the root of the sum of squared depths of episodes; NULL if there is none';

CREATE AGGREGATE martin_ratio(price double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = martin_ratio,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE martin_ratio(double precision, date)
	IS 'compound growth a year over the ulcer index; NULL if that is 0';

CREATE AGGREGATE martin_ratio(price double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = martin_ratio,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE martin_ratio(double precision, timestamptz)
	IS 'compound growth a year over the ulcer index; NULL if that is 0';

CREATE AGGREGATE pain_ratio(price double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = pain_ratio,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE pain_ratio(double precision, date)
	IS 'compound growth a year over the pain index; NULL if that is 0';

CREATE AGGREGATE pain_ratio(price double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = pain_ratio,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE pain_ratio(double precision, timestamptz)
	IS 'compound growth a year over the pain index; NULL if that is 0';

CREATE AGGREGATE max_drawdown_of_returns(return double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = max_drawdown_of_returns,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE max_drawdown_of_returns(double precision, date)
	IS 'largest fraction lost from a peak of wealth, which starts at 1, to a later trough, of simple returns';

CREATE AGGREGATE max_drawdown_of_returns(return double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = max_drawdown_of_returns,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE max_drawdown_of_returns(double precision, timestamptz)
	IS 'largest fraction lost from a peak of wealth, which starts at 1, to a later trough, of simple returns';

CREATE AGGREGATE drawdown_of_returns(return double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = drawdown_of_returns,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE drawdown_of_returns(double precision, date)
	IS 'fraction lost since the highest wealth, which starts at 1, of simple returns';

CREATE AGGREGATE drawdown_of_returns(return double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = drawdown_of_returns,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE drawdown_of_returns(double precision, timestamptz)
	IS 'fraction lost since the highest wealth, which starts at 1, of simple returns';

CREATE AGGREGATE wealth_series(return double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = wealth_series,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE wealth_series(double precision, date)
	IS 'what simple returns make of a wealth of 1, which is the first row';

CREATE AGGREGATE wealth_series(return double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = wealth_series,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE wealth_series(double precision, timestamptz)
	IS 'what simple returns make of a wealth of 1, which is the first row';

CREATE AGGREGATE drawdown_at_risk(price double precision, at date, alpha double precision) (
	SFUNC = bubble_series_alpha_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_drawdown_at_risk_finalfn,
	COMBINEFUNC = bubble_parameter_series_combinefn,
	SERIALFUNC = bubble_parameter_series_serialfn,
	DESERIALFUNC = bubble_parameter_series_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE drawdown_at_risk(double precision, date, double precision)
	IS 'the drawdown that a share alpha of the rows reaches or exceeds, as a fraction';

CREATE AGGREGATE drawdown_at_risk(price double precision, at timestamptz, alpha double precision) (
	SFUNC = bubble_series_alpha_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_drawdown_at_risk_finalfn,
	COMBINEFUNC = bubble_parameter_series_combinefn,
	SERIALFUNC = bubble_parameter_series_serialfn,
	DESERIALFUNC = bubble_parameter_series_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE drawdown_at_risk(double precision, timestamptz, double precision)
	IS 'the drawdown that a share alpha of the rows reaches or exceeds, as a fraction';

CREATE AGGREGATE conditional_drawdown_at_risk(price double precision, at date, alpha double precision) (
	SFUNC = bubble_series_alpha_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_conditional_drawdown_at_risk_finalfn,
	COMBINEFUNC = bubble_parameter_series_combinefn,
	SERIALFUNC = bubble_parameter_series_serialfn,
	DESERIALFUNC = bubble_parameter_series_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE conditional_drawdown_at_risk(double precision, date, double precision)
	IS 'mean drawdown of the worst rows, a share alpha of all, as a fraction';

CREATE AGGREGATE conditional_drawdown_at_risk(price double precision, at timestamptz, alpha double precision) (
	SFUNC = bubble_series_alpha_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_conditional_drawdown_at_risk_finalfn,
	COMBINEFUNC = bubble_parameter_series_combinefn,
	SERIALFUNC = bubble_parameter_series_serialfn,
	DESERIALFUNC = bubble_parameter_series_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE conditional_drawdown_at_risk(double precision, timestamptz, double precision)
	IS 'mean drawdown of the worst rows, a share alpha of all, as a fraction';

CREATE AGGREGATE drawdown_episodes(price double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_drawdown_episodes_date_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE drawdown_episodes(double precision, date)
	IS 'every drawdown in order of time, as an array of rows for unnest()';

CREATE AGGREGATE drawdown_episodes(price double precision, at date, min_depth double precision) (
	SFUNC = bubble_series_min_depth_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_drawdown_episodes_date_finalfn,
	COMBINEFUNC = bubble_parameter_series_combinefn,
	SERIALFUNC = bubble_parameter_series_serialfn,
	DESERIALFUNC = bubble_parameter_series_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE drawdown_episodes(double precision, date, double precision)
	IS 'every drawdown in order of time, as an array of rows for unnest(); only those of at least min_depth, a fraction';

CREATE AGGREGATE drawdown_episodes(price double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = drawdown_episodes,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE drawdown_episodes(double precision, timestamptz)
	IS 'every drawdown in order of time, as an array of rows for unnest()';

CREATE AGGREGATE drawdown_episodes(price double precision, at timestamptz, min_depth double precision) (
	SFUNC = bubble_series_min_depth_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_drawdown_episodes_timestamptz_finalfn,
	COMBINEFUNC = bubble_parameter_series_combinefn,
	SERIALFUNC = bubble_parameter_series_serialfn,
	DESERIALFUNC = bubble_parameter_series_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE drawdown_episodes(double precision, timestamptz, double precision)
	IS 'every drawdown in order of time, as an array of rows for unnest(); only those of at least min_depth, a fraction';

-- ---------------------------------------------------------------------------
-- valuation
-- ---------------------------------------------------------------------------

CREATE FUNCTION bubble_valuation_transfn(internal, double precision, double precision) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_valuation_transfn(internal, double precision, double precision)
	IS 'transition: a company enters the sums';

CREATE FUNCTION bubble_valuation_invtransfn(internal, double precision, double precision) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_valuation_invtransfn(internal, double precision, double precision)
	IS 'moving transition: a company leaves the sums';

CREATE FUNCTION bubble_valuation_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_valuation_combinefn(internal, internal)
	IS 'combine: sums of two groups of companies';

CREATE FUNCTION bubble_valuation_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_valuation_serialfn(internal)
	IS 'serialize: sums of companies';

CREATE FUNCTION bubble_valuation_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
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

CREATE FUNCTION bubble_latest_transfn(internal, double precision, date, date, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_latest_date_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_latest_transfn(internal, double precision, date, date, interval)
	IS 'transition: a row of latest(value, at, as_of, max_age)';

CREATE FUNCTION bubble_latest_transfn(internal, double precision, timestamptz, timestamptz, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_latest_timestamptz_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_latest_transfn(internal, double precision, timestamptz, timestamptz, interval)
	IS 'transition: a row of latest(value, at, as_of, max_age)';

CREATE FUNCTION bubble_latest_transfn(internal, double precision, date, date, interval, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_latest_date_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_latest_transfn(internal, double precision, date, date, interval, date)
	IS 'transition: a row of latest(value, at, reported_at, max_age, as_of)';

CREATE FUNCTION bubble_latest_transfn(internal, double precision, timestamptz, timestamptz, interval, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_latest_timestamptz_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_latest_transfn(internal, double precision, timestamptz, timestamptz, interval, timestamptz)
	IS 'transition: a row of latest(value, at, reported_at, max_age, as_of)';

CREATE FUNCTION bubble_latest_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_latest_combinefn(internal, internal)
	IS 'combine: the later of two rows';

CREATE FUNCTION bubble_latest_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_latest_serialfn(internal)
	IS 'serialize: a latest row';

CREATE FUNCTION bubble_latest_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_latest_deserialfn(bytea, internal)
	IS 'deserialize: a latest row';

CREATE FUNCTION bubble_latest_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_latest_finalfn(internal)
	IS 'final: the value unless it is too old';

CREATE FUNCTION bubble_locf_transfn(internal, double precision) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_locf_transfn(internal, double precision)
	IS 'transition: next value of locf(value)';

CREATE FUNCTION bubble_locf_invtransfn(internal, double precision) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_locf_invtransfn(internal, double precision)
	IS 'moving transition: the oldest value leaves the frame';

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
COMMENT ON AGGREGATE valuation_to_revenue(double precision, double precision)
	IS 'aggregate multiple: sum of valuations over sum of revenues';

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
COMMENT ON AGGREGATE pre_revenue_share(double precision, double precision)
	IS 'share of the total valuation that sits in companies with zero revenue';

CREATE FUNCTION revenue_multiple(valuation double precision, revenue double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_revenue_multiple'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION revenue_multiple(double precision, double precision)
	IS 'valuation over revenue of one company; null for zero revenue';

CREATE AGGREGATE latest(value double precision, at date, as_of date, max_age interval) (
	SFUNC = bubble_latest_transfn,
	STYPE = internal,
	SSPACE = 128,
	FINALFUNC = bubble_latest_finalfn,
	COMBINEFUNC = bubble_latest_combinefn,
	SERIALFUNC = bubble_latest_serialfn,
	DESERIALFUNC = bubble_latest_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE latest(double precision, date, date, interval)
	IS 'last value known on as_of; null if it is older than max_age, null max_age for no limit';

CREATE AGGREGATE latest(value double precision, at timestamptz, as_of timestamptz, max_age interval) (
	SFUNC = bubble_latest_transfn,
	STYPE = internal,
	SSPACE = 128,
	FINALFUNC = bubble_latest_finalfn,
	COMBINEFUNC = bubble_latest_combinefn,
	SERIALFUNC = bubble_latest_serialfn,
	DESERIALFUNC = bubble_latest_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE latest(double precision, timestamptz, timestamptz, interval)
	IS 'last value known on as_of; null if it is older than max_age, null max_age for no limit';

CREATE AGGREGATE latest(value double precision, at date, reported_at date, max_age interval, as_of date) (
	SFUNC = bubble_latest_transfn,
	STYPE = internal,
	SSPACE = 128,
	FINALFUNC = bubble_latest_finalfn,
	COMBINEFUNC = bubble_latest_combinefn,
	SERIALFUNC = bubble_latest_serialfn,
	DESERIALFUNC = bubble_latest_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE latest(double precision, date, date, interval, date)
	IS 'last value that had been reported on as_of, of several reports of one time the last one; null if it is older than max_age, null max_age for no limit';

CREATE AGGREGATE latest(value double precision, at timestamptz, reported_at timestamptz, max_age interval, as_of timestamptz) (
	SFUNC = bubble_latest_transfn,
	STYPE = internal,
	SSPACE = 128,
	FINALFUNC = bubble_latest_finalfn,
	COMBINEFUNC = bubble_latest_combinefn,
	SERIALFUNC = bubble_latest_serialfn,
	DESERIALFUNC = bubble_latest_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE latest(double precision, timestamptz, timestamptz, interval, timestamptz)
	IS 'last value that had been reported on as_of, of several reports of one time the last one; null if it is older than max_age, null max_age for no limit';

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
COMMENT ON AGGREGATE locf(double precision)
	IS 'last observation carried forward: the last value so far that is not null';

CREATE FUNCTION bubble_harmonic_multiple_transfn(internal, double precision, double precision) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_harmonic_multiple_transfn(internal, double precision, double precision)
	IS 'transition: a company enters the sum of yields';

CREATE FUNCTION bubble_harmonic_multiple_invtransfn(internal, double precision, double precision) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_harmonic_multiple_invtransfn(internal, double precision, double precision)
	IS 'moving transition: a company leaves the sum of yields';

CREATE FUNCTION bubble_harmonic_multiple_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_harmonic_multiple_combinefn(internal, internal)
	IS 'combine: yields of two groups of companies';

CREATE FUNCTION bubble_harmonic_multiple_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_harmonic_multiple_serialfn(internal)
	IS 'serialize: yields of companies';

CREATE FUNCTION bubble_harmonic_multiple_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_harmonic_multiple_deserialfn(bytea, internal)
	IS 'deserialize: yields of companies';

CREATE FUNCTION bubble_harmonic_multiple_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_harmonic_multiple_finalfn(internal)
	IS 'final: number of companies over the sum of their yields';

CREATE FUNCTION bubble_median_multiple_transfn(internal, double precision, double precision) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_median_multiple_transfn(internal, double precision, double precision)
	IS 'transition: a company enters the sample of multiples';

CREATE FUNCTION bubble_median_multiple_invtransfn(internal, double precision, double precision) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_median_multiple_invtransfn(internal, double precision, double precision)
	IS 'moving transition: a company leaves the sample of multiples';

CREATE FUNCTION bubble_median_multiple_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_median_multiple_combinefn(internal, internal)
	IS 'combine: multiples of two groups of companies';

CREATE FUNCTION bubble_median_multiple_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_median_multiple_serialfn(internal)
	IS 'serialize: multiples of companies';

CREATE FUNCTION bubble_median_multiple_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_median_multiple_deserialfn(bytea, internal)
	IS 'deserialize: multiples of companies';

CREATE FUNCTION bubble_median_multiple_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_median_multiple_finalfn(internal)
	IS 'final: the multiple in the middle';

CREATE FUNCTION bubble_trailing_revenue_transfn(internal, double precision, date, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_revenue_date_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_revenue_transfn(internal, double precision, date, date)
	IS 'transition: revenue of a period';

CREATE FUNCTION bubble_trailing_revenue_invtransfn(internal, double precision, date, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_revenue_date_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_revenue_invtransfn(internal, double precision, date, date)
	IS 'moving transition: revenue of a period leaves the frame';

CREATE FUNCTION bubble_trailing_revenue_transfn(internal, double precision, date, date, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_revenue_date_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_revenue_transfn(internal, double precision, date, date, interval)
	IS 'transition: revenue of a period';

CREATE FUNCTION bubble_trailing_revenue_invtransfn(internal, double precision, date, date, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_revenue_date_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_revenue_invtransfn(internal, double precision, date, date, interval)
	IS 'moving transition: revenue of a period leaves the frame';

CREATE FUNCTION bubble_trailing_revenue_transfn(internal, double precision, date, date, interval, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_revenue_date_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_revenue_transfn(internal, double precision, date, date, interval, date)
	IS 'transition: a report of revenue';

CREATE FUNCTION bubble_trailing_revenue_transfn(internal, double precision, timestamptz, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_revenue_timestamptz_transfn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_revenue_transfn(internal, double precision, timestamptz, timestamptz)
	IS 'transition: revenue of a period';

CREATE FUNCTION bubble_trailing_revenue_invtransfn(internal, double precision, timestamptz, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_revenue_timestamptz_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_revenue_invtransfn(internal, double precision, timestamptz, timestamptz)
	IS 'moving transition: revenue of a period leaves the frame';

CREATE FUNCTION bubble_trailing_revenue_transfn(internal, double precision, timestamptz, timestamptz, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_revenue_timestamptz_transfn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_revenue_transfn(internal, double precision, timestamptz, timestamptz, interval)
	IS 'transition: revenue of a period';

CREATE FUNCTION bubble_trailing_revenue_invtransfn(internal, double precision, timestamptz, timestamptz, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_revenue_timestamptz_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_revenue_invtransfn(internal, double precision, timestamptz, timestamptz, interval)
	IS 'moving transition: revenue of a period leaves the frame';

CREATE FUNCTION bubble_trailing_revenue_transfn(internal, double precision, timestamptz, timestamptz, interval, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_revenue_timestamptz_transfn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_revenue_transfn(internal, double precision, timestamptz, timestamptz, interval, timestamptz)
	IS 'transition: a report of revenue';

CREATE FUNCTION bubble_trailing_revenue_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_revenue_combinefn(internal, internal)
	IS 'combine: revenue of two sets of periods';

CREATE FUNCTION bubble_trailing_revenue_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_revenue_serialfn(internal)
	IS 'serialize: revenue of periods';

CREATE FUNCTION bubble_trailing_revenue_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_revenue_deserialfn(bytea, internal)
	IS 'deserialize: revenue of periods';

CREATE FUNCTION bubble_trailing_revenue_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_revenue_finalfn(internal)
	IS 'final: revenue booked in the span; null if no period is in it';

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
COMMENT ON AGGREGATE harmonic_multiple(double precision, double precision)
	IS 'harmonic mean of the single multiples; companies with zero revenue count as yields of zero';

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
COMMENT ON AGGREGATE median_multiple(double precision, double precision)
	IS 'median of the single multiples; those with zero revenue are the largest, null if it falls on them';

CREATE AGGREGATE trailing_revenue(amount double precision, period_end date, as_of date) (
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
COMMENT ON AGGREGATE trailing_revenue(double precision, date, date)
	IS 'revenue booked in the year up to as_of; null if there is no report, which is not zero';

CREATE AGGREGATE trailing_revenue(amount double precision, period_end date, as_of date, span interval) (
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
COMMENT ON AGGREGATE trailing_revenue(double precision, date, date, interval)
	IS 'revenue booked in (as_of - span, as_of]; null if there is no report, which is not zero';

CREATE AGGREGATE trailing_revenue(amount double precision, period_end date, as_of date, span interval, reported_at date) (
	SFUNC = bubble_trailing_revenue_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_trailing_revenue_finalfn,
	COMBINEFUNC = bubble_trailing_revenue_combinefn,
	SERIALFUNC = bubble_trailing_revenue_serialfn,
	DESERIALFUNC = bubble_trailing_revenue_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE trailing_revenue(double precision, date, date, interval, date)
	IS 'the same as it was known on as_of: later reports are left out, of each period the last report counts';

CREATE AGGREGATE trailing_revenue(amount double precision, period_end timestamptz, as_of timestamptz) (
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
COMMENT ON AGGREGATE trailing_revenue(double precision, timestamptz, timestamptz)
	IS 'revenue booked in the year up to as_of; null if there is no report, which is not zero';

CREATE AGGREGATE trailing_revenue(amount double precision, period_end timestamptz, as_of timestamptz, span interval) (
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
COMMENT ON AGGREGATE trailing_revenue(double precision, timestamptz, timestamptz, interval)
	IS 'revenue booked in (as_of - span, as_of]; null if there is no report, which is not zero';

CREATE AGGREGATE trailing_revenue(amount double precision, period_end timestamptz, as_of timestamptz, span interval, reported_at timestamptz) (
	SFUNC = bubble_trailing_revenue_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_trailing_revenue_finalfn,
	COMBINEFUNC = bubble_trailing_revenue_combinefn,
	SERIALFUNC = bubble_trailing_revenue_serialfn,
	DESERIALFUNC = bubble_trailing_revenue_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE trailing_revenue(double precision, timestamptz, timestamptz, interval, timestamptz)
	IS 'the same as it was known on as_of: later reports are left out, of each period the last report counts';

CREATE FUNCTION implied_growth(valuation double precision, revenue double precision, exit_multiple double precision, years double precision, required_return double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_implied_growth'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION implied_growth(double precision, double precision, double precision, double precision, double precision)
	IS 'yearly growth of revenue that the valuation asks for, if it is sold at exit_multiple after years; null for zero revenue';

CREATE FUNCTION justified_multiple(growth double precision, exit_multiple double precision, years double precision, required_return double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_justified_multiple'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION justified_multiple(double precision, double precision, double precision, double precision)
	IS 'multiple of revenue today that such a yearly growth justifies: the inverse of implied_growth';

-- Revenue up to the latest period, in a span of time and by the number of
-- periods.  The former has the state of a velocity of funding, see there.

CREATE FUNCTION bubble_trailing_revenue_transfn(internal, double precision, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_latest_date_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_revenue_transfn(internal, double precision, date)
	IS 'transition: an amount booked';

CREATE FUNCTION bubble_trailing_revenue_invtransfn(internal, double precision, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_latest_date_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_revenue_invtransfn(internal, double precision, date)
	IS 'moving transition: the oldest amount leaves the frame';

CREATE FUNCTION bubble_trailing_revenue_transfn(internal, double precision, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_latest_timestamptz_transfn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_revenue_transfn(internal, double precision, timestamptz)
	IS 'transition: an amount booked';

CREATE FUNCTION bubble_trailing_revenue_invtransfn(internal, double precision, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_latest_timestamptz_invtransfn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_revenue_invtransfn(internal, double precision, timestamptz)
	IS 'moving transition: the oldest amount leaves the frame';

CREATE FUNCTION bubble_trailing_latest_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_latest_finalfn(internal)
	IS 'final: revenue booked in the year up to the latest period';

CREATE FUNCTION bubble_trailing_periods_transfn(internal, double precision, date, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_periods_date_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_periods_transfn(internal, double precision, date, bigint)
	IS 'transition: an amount booked';

CREATE FUNCTION bubble_trailing_periods_invtransfn(internal, double precision, date, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_periods_date_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_periods_invtransfn(internal, double precision, date, bigint)
	IS 'moving transition: the oldest amount leaves the frame';

CREATE FUNCTION bubble_trailing_periods_transfn(internal, double precision, date, bigint, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_periods_date_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_periods_transfn(internal, double precision, date, bigint, date)
	IS 'transition: an amount booked';

CREATE FUNCTION bubble_trailing_periods_invtransfn(internal, double precision, date, bigint, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_periods_date_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_periods_invtransfn(internal, double precision, date, bigint, date)
	IS 'moving transition: the oldest amount leaves the frame';

CREATE FUNCTION bubble_trailing_periods_transfn(internal, double precision, timestamptz, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_periods_timestamptz_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_periods_transfn(internal, double precision, timestamptz, bigint)
	IS 'transition: an amount booked';

CREATE FUNCTION bubble_trailing_periods_invtransfn(internal, double precision, timestamptz, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_periods_timestamptz_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_periods_invtransfn(internal, double precision, timestamptz, bigint)
	IS 'moving transition: the oldest amount leaves the frame';

CREATE FUNCTION bubble_trailing_periods_transfn(internal, double precision, timestamptz, bigint, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_periods_timestamptz_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_periods_transfn(internal, double precision, timestamptz, bigint, timestamptz)
	IS 'transition: an amount booked';

CREATE FUNCTION bubble_trailing_periods_invtransfn(internal, double precision, timestamptz, bigint, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_trailing_periods_timestamptz_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_periods_invtransfn(internal, double precision, timestamptz, bigint, timestamptz)
	IS 'moving transition: the oldest amount leaves the frame';

CREATE FUNCTION bubble_trailing_periods_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_periods_combinefn(internal, internal)
	IS 'combine: the rows of both states';

CREATE FUNCTION bubble_trailing_periods_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_periods_serialfn(internal)
	IS 'serialize: the rows';

CREATE FUNCTION bubble_trailing_periods_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_periods_deserialfn(bytea, internal)
	IS 'deserialize: the rows';

CREATE FUNCTION bubble_trailing_periods_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_trailing_periods_finalfn(internal)
	IS 'final: revenue of the last so many periods';

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
COMMENT ON AGGREGATE trailing_periods(double precision, date, bigint)
	IS 'revenue of the last so many periods; null if there are fewer, or one is missing: a gap of more than one and a half usual ones';

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
COMMENT ON AGGREGATE trailing_periods(double precision, date, bigint, date)
	IS 'revenue of the last so many periods that end not later than as_of; null if there are fewer, or one is missing: a gap of more than one and a half usual ones';

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
COMMENT ON AGGREGATE trailing_periods(double precision, timestamptz, bigint)
	IS 'revenue of the last so many periods; null if there are fewer, or one is missing: a gap of more than one and a half usual ones';

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
COMMENT ON AGGREGATE trailing_periods(double precision, timestamptz, bigint, timestamptz)
	IS 'revenue of the last so many periods that end not later than as_of; null if there are fewer, or one is missing: a gap of more than one and a half usual ones';

-- ---------------------------------------------------------------------------
-- funding
--
-- Going back a span from a timestamptz depends on the session's time zone:
-- STABLE.
-- ---------------------------------------------------------------------------

CREATE FUNCTION bubble_funding_transfn(internal, double precision, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_date_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_transfn(internal, double precision, date)
	IS 'transition: an amount raised';

CREATE FUNCTION bubble_funding_invtransfn(internal, double precision, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_date_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_invtransfn(internal, double precision, date)
	IS 'moving transition: the oldest amount leaves the frame';

CREATE FUNCTION bubble_funding_transfn(internal, double precision, date, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_date_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_transfn(internal, double precision, date, interval)
	IS 'transition: an amount raised';

CREATE FUNCTION bubble_funding_invtransfn(internal, double precision, date, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_date_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_invtransfn(internal, double precision, date, interval)
	IS 'moving transition: the oldest amount leaves the frame';

CREATE FUNCTION bubble_funding_transfn(internal, double precision, date, interval, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_date_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_transfn(internal, double precision, date, interval, date)
	IS 'transition: an amount raised';

CREATE FUNCTION bubble_funding_invtransfn(internal, double precision, date, interval, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_date_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_invtransfn(internal, double precision, date, interval, date)
	IS 'moving transition: the oldest amount leaves the frame';

CREATE FUNCTION bubble_funding_transfn(internal, double precision, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_timestamptz_transfn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_transfn(internal, double precision, timestamptz)
	IS 'transition: an amount raised';

CREATE FUNCTION bubble_funding_invtransfn(internal, double precision, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_timestamptz_invtransfn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_invtransfn(internal, double precision, timestamptz)
	IS 'moving transition: the oldest amount leaves the frame';

CREATE FUNCTION bubble_funding_transfn(internal, double precision, timestamptz, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_timestamptz_transfn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_transfn(internal, double precision, timestamptz, interval)
	IS 'transition: an amount raised';

CREATE FUNCTION bubble_funding_invtransfn(internal, double precision, timestamptz, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_timestamptz_invtransfn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_invtransfn(internal, double precision, timestamptz, interval)
	IS 'moving transition: the oldest amount leaves the frame';

CREATE FUNCTION bubble_funding_transfn(internal, double precision, timestamptz, interval, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_timestamptz_transfn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_transfn(internal, double precision, timestamptz, interval, timestamptz)
	IS 'transition: an amount raised';

CREATE FUNCTION bubble_funding_invtransfn(internal, double precision, timestamptz, interval, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_timestamptz_invtransfn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_invtransfn(internal, double precision, timestamptz, interval, timestamptz)
	IS 'moving transition: the oldest amount leaves the frame';

CREATE FUNCTION bubble_funding_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_combinefn(internal, internal)
	IS 'combine: two parts of the amounts raised';

CREATE FUNCTION bubble_funding_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_serialfn(internal)
	IS 'serialize: amounts raised';

CREATE FUNCTION bubble_funding_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_deserialfn(bytea, internal)
	IS 'deserialize: amounts raised';

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

CREATE AGGREGATE trailing_revenue(amount double precision, period_end date) (
	SFUNC = bubble_trailing_revenue_transfn,
	STYPE = internal,
	SSPACE = 2048,
	FINALFUNC = bubble_trailing_latest_finalfn,
	COMBINEFUNC = bubble_funding_combinefn,
	SERIALFUNC = bubble_funding_serialfn,
	DESERIALFUNC = bubble_funding_deserialfn,
	MSFUNC = bubble_trailing_revenue_transfn,
	MINVFUNC = bubble_trailing_revenue_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_trailing_latest_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE trailing_revenue(double precision, date)
	IS 'revenue booked in the year up to the latest period; null without a row';

CREATE AGGREGATE trailing_revenue(amount double precision, period_end timestamptz) (
	SFUNC = bubble_trailing_revenue_transfn,
	STYPE = internal,
	SSPACE = 2048,
	FINALFUNC = bubble_trailing_latest_finalfn,
	COMBINEFUNC = bubble_funding_combinefn,
	SERIALFUNC = bubble_funding_serialfn,
	DESERIALFUNC = bubble_funding_deserialfn,
	MSFUNC = bubble_trailing_revenue_transfn,
	MINVFUNC = bubble_trailing_revenue_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_trailing_latest_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE trailing_revenue(double precision, timestamptz)
	IS 'revenue booked in the year up to the latest period; null without a row';

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
COMMENT ON AGGREGATE funding_velocity(double precision, date)
	IS 'capital raised in the year up to the latest row';

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
COMMENT ON AGGREGATE funding_velocity(double precision, date, interval)
	IS 'capital raised in the span up to the latest row, per year';

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
COMMENT ON AGGREGATE funding_velocity(double precision, date, interval, date)
	IS 'capital raised in (as_of - span, as_of], per year';

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
COMMENT ON AGGREGATE funding_velocity(double precision, timestamptz)
	IS 'capital raised in the year up to the latest row';

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
COMMENT ON AGGREGATE funding_velocity(double precision, timestamptz, interval)
	IS 'capital raised in the span up to the latest row, per year';

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
COMMENT ON AGGREGATE funding_velocity(double precision, timestamptz, interval, timestamptz)
	IS 'capital raised in (as_of - span, as_of], per year';

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
COMMENT ON AGGREGATE funding_acceleration(double precision, date)
	IS 'funding velocity of the last year over that of the year before, - 1; null if that was zero';

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
COMMENT ON AGGREGATE funding_acceleration(double precision, date, interval)
	IS 'funding velocity over that of one span earlier, - 1; null if that was zero';

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
COMMENT ON AGGREGATE funding_acceleration(double precision, date, interval, date)
	IS 'funding velocity over that of one span earlier, - 1; null if that was zero';

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
COMMENT ON AGGREGATE funding_acceleration(double precision, timestamptz)
	IS 'funding velocity of the last year over that of the year before, - 1; null if that was zero';

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
COMMENT ON AGGREGATE funding_acceleration(double precision, timestamptz, interval)
	IS 'funding velocity over that of one span earlier, - 1; null if that was zero';

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
COMMENT ON AGGREGATE funding_acceleration(double precision, timestamptz, interval, timestamptz)
	IS 'funding velocity over that of one span earlier, - 1; null if that was zero';

-- The chain ladder.  Which months are over on a timestamptz depends on the
-- session's time zone: STABLE.

CREATE TYPE chain_ladder_result AS (
	factors double precision[],
	sigma_squared double precision[],
	latest double precision[],
	ultimate double precision[],
	outstanding double precision[],
	standard_error double precision[],
	total_outstanding double precision,
	total_standard_error double precision
);
COMMENT ON TYPE chain_ladder_result
	IS 'a completed triangle: factors by age; latest, ultimate and outstanding amounts by row; their standard errors';

CREATE TYPE completed_period AS (
	period date,
	reported double precision,
	completed double precision,
	standard_error double precision
);
COMMENT ON TYPE completed_period
	IS 'a month: what was reported of it, and what it will come to';

CREATE FUNCTION chain_ladder(triangle double precision[]) RETURNS chain_ladder_result
	AS 'MODULE_PATHNAME', 'bubble_chain_ladder'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION chain_ladder(double precision[])
	IS 'completes a triangle of cumulative amounts (rows: periods, columns: ages, NULL: not known yet), with standard errors after Mack 1993';

CREATE FUNCTION bubble_completion_transfn(internal, double precision, date, date, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_completion_date_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_completion_transfn(internal, double precision, date, date, date)
	IS 'transition: an amount enters its cell of the triangle';

CREATE FUNCTION bubble_completion_transfn(internal, double precision, timestamptz, timestamptz, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_completion_timestamptz_transfn'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_completion_transfn(internal, double precision, timestamptz, timestamptz, timestamptz)
	IS 'transition: an amount enters its cell of the triangle';

CREATE FUNCTION bubble_completion_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_completion_combinefn(internal, internal)
	IS 'combine: amounts of two triangles';

CREATE FUNCTION bubble_completion_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_completion_serialfn(internal)
	IS 'serialize: amounts of a triangle';

CREATE FUNCTION bubble_completion_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_completion_deserialfn(bytea, internal)
	IS 'deserialize: amounts of a triangle';

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
COMMENT ON AGGREGATE completed_funding(double precision, date, date, date)
	IS 'funding by month: what was reported up to as_of, and corrected for reports still to come (chain ladder), as an array of rows for unnest()';

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
COMMENT ON AGGREGATE completed_funding(double precision, timestamptz, timestamptz, timestamptz)
	IS 'funding by month: what was reported up to as_of, and corrected for reports still to come (chain ladder), as an array of rows for unnest()';

CREATE FUNCTION bubble_intensity_transfn(internal, double precision, date, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_intensity_date_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_intensity_transfn(internal, double precision, date, interval)
	IS 'transition: an amount raised';

CREATE FUNCTION bubble_intensity_transfn(internal, double precision, date, interval, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_intensity_date_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_intensity_transfn(internal, double precision, date, interval, date)
	IS 'transition: an amount raised';

CREATE FUNCTION bubble_intensity_moving_transfn(internal, double precision, date, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_intensity_date_moving_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_intensity_moving_transfn(internal, double precision, date, interval)
	IS 'moving transition: an amount enters the frame';

CREATE FUNCTION bubble_intensity_invtransfn(internal, double precision, date, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_intensity_date_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_intensity_invtransfn(internal, double precision, date, interval)
	IS 'moving transition: the oldest amount leaves the frame';

CREATE FUNCTION bubble_intensity_invtransfn(internal, double precision, date, interval, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_intensity_date_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_intensity_invtransfn(internal, double precision, date, interval, date)
	IS 'moving transition: the oldest amount leaves the frame';

CREATE FUNCTION bubble_intensity_transfn(internal, double precision, timestamptz, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_intensity_timestamptz_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_intensity_transfn(internal, double precision, timestamptz, interval)
	IS 'transition: an amount raised';

CREATE FUNCTION bubble_intensity_transfn(internal, double precision, timestamptz, interval, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_intensity_timestamptz_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_intensity_transfn(internal, double precision, timestamptz, interval, timestamptz)
	IS 'transition: an amount raised';

CREATE FUNCTION bubble_intensity_moving_transfn(internal, double precision, timestamptz, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_intensity_timestamptz_moving_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_intensity_moving_transfn(internal, double precision, timestamptz, interval)
	IS 'moving transition: an amount enters the frame';

CREATE FUNCTION bubble_intensity_invtransfn(internal, double precision, timestamptz, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_intensity_timestamptz_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_intensity_invtransfn(internal, double precision, timestamptz, interval)
	IS 'moving transition: the oldest amount leaves the frame';

CREATE FUNCTION bubble_intensity_invtransfn(internal, double precision, timestamptz, interval, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_intensity_timestamptz_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_intensity_invtransfn(internal, double precision, timestamptz, interval, timestamptz)
	IS 'moving transition: the oldest amount leaves the frame';

CREATE FUNCTION bubble_intensity_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_intensity_combinefn(internal, internal)
	IS 'combine: two parts of the amounts raised';

CREATE FUNCTION bubble_intensity_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_intensity_serialfn(internal)
	IS 'serialize: weighted amounts raised';

CREATE FUNCTION bubble_intensity_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_intensity_deserialfn(bytea, internal)
	IS 'deserialize: weighted amounts raised';

CREATE FUNCTION bubble_intensity_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_intensity_finalfn(internal)
	IS 'final: exponentially weighted capital raised per year';

CREATE FUNCTION bubble_next_round_transfn(internal, date, date, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_next_round_date_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_next_round_transfn(internal, date, date, date)
	IS 'transition: a round and the next one';

CREATE FUNCTION bubble_next_round_transfn(internal, timestamptz, timestamptz, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_next_round_timestamptz_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_next_round_transfn(internal, timestamptz, timestamptz, timestamptz)
	IS 'transition: a round and the next one';

CREATE FUNCTION bubble_next_round_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_next_round_combinefn(internal, internal)
	IS 'combine: two parts of the rounds';

CREATE FUNCTION bubble_next_round_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_next_round_serialfn(internal)
	IS 'serialize: durations to the next round';

CREATE FUNCTION bubble_next_round_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_next_round_deserialfn(bytea, internal)
	IS 'deserialize: durations to the next round';

CREATE FUNCTION bubble_next_round_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_next_round_finalfn(internal)
	IS 'final: Kaplan-Meier median in days';

CREATE FUNCTION bubble_down_round_transfn(internal, double precision, double precision) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_down_round_transfn(internal, double precision, double precision)
	IS 'transition: a priced round';

CREATE FUNCTION bubble_down_round_invtransfn(internal, double precision, double precision) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_down_round_invtransfn(internal, double precision, double precision)
	IS 'moving transition: a priced round leaves the frame';

CREATE FUNCTION bubble_down_round_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_down_round_combinefn(internal, internal)
	IS 'combine: counts of two groups of rounds';

CREATE FUNCTION bubble_down_round_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_down_round_serialfn(internal)
	IS 'serialize: counts of rounds';

CREATE FUNCTION bubble_down_round_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_down_round_deserialfn(bytea, internal)
	IS 'deserialize: counts of rounds';

CREATE FUNCTION bubble_down_round_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_down_round_finalfn(internal)
	IS 'final: share of down rounds';

CREATE AGGREGATE funding_intensity(amount double precision, at date, half_life interval) (
	SFUNC = bubble_intensity_transfn,
	STYPE = internal,
	SSPACE = 800,
	FINALFUNC = bubble_intensity_finalfn,
	COMBINEFUNC = bubble_intensity_combinefn,
	SERIALFUNC = bubble_intensity_serialfn,
	DESERIALFUNC = bubble_intensity_deserialfn,
	MSFUNC = bubble_intensity_moving_transfn,
	MINVFUNC = bubble_intensity_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_intensity_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE funding_intensity(double precision, date, interval)
	IS 'capital raised per year, weighted so that an amount counts half after each half life, when the latest row was raised';

CREATE AGGREGATE funding_intensity(amount double precision, at timestamptz, half_life interval) (
	SFUNC = bubble_intensity_transfn,
	STYPE = internal,
	SSPACE = 800,
	FINALFUNC = bubble_intensity_finalfn,
	COMBINEFUNC = bubble_intensity_combinefn,
	SERIALFUNC = bubble_intensity_serialfn,
	DESERIALFUNC = bubble_intensity_deserialfn,
	MSFUNC = bubble_intensity_moving_transfn,
	MINVFUNC = bubble_intensity_invtransfn,
	MSTYPE = internal,
	MSSPACE = 4096,
	MFINALFUNC = bubble_intensity_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE funding_intensity(double precision, timestamptz, interval)
	IS 'capital raised per year, weighted so that an amount counts half after each half life, when the latest row was raised';

CREATE AGGREGATE funding_intensity(amount double precision, at date, half_life interval, as_of date) (
	SFUNC = bubble_intensity_transfn,
	STYPE = internal,
	SSPACE = 800,
	FINALFUNC = bubble_intensity_finalfn,
	COMBINEFUNC = bubble_intensity_combinefn,
	SERIALFUNC = bubble_intensity_serialfn,
	DESERIALFUNC = bubble_intensity_deserialfn,
	MSFUNC = bubble_intensity_transfn,
	MINVFUNC = bubble_intensity_invtransfn,
	MSTYPE = internal,
	MSSPACE = 800,
	MFINALFUNC = bubble_intensity_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE funding_intensity(double precision, date, interval, date)
	IS 'capital raised per year, weighted so that an amount counts half after each half life, on as_of';

CREATE AGGREGATE funding_intensity(amount double precision, at timestamptz, half_life interval, as_of timestamptz) (
	SFUNC = bubble_intensity_transfn,
	STYPE = internal,
	SSPACE = 800,
	FINALFUNC = bubble_intensity_finalfn,
	COMBINEFUNC = bubble_intensity_combinefn,
	SERIALFUNC = bubble_intensity_serialfn,
	DESERIALFUNC = bubble_intensity_deserialfn,
	MSFUNC = bubble_intensity_transfn,
	MINVFUNC = bubble_intensity_invtransfn,
	MSTYPE = internal,
	MSSPACE = 800,
	MFINALFUNC = bubble_intensity_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE funding_intensity(double precision, timestamptz, interval, timestamptz)
	IS 'capital raised per year, weighted so that an amount counts half after each half life, on as_of';

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
COMMENT ON AGGREGATE time_to_next_round(date, date, date)
	IS 'Kaplan-Meier median of the days from a round to the next; rounds still without one on as_of are censored, not dropped';

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
COMMENT ON AGGREGATE time_to_next_round(timestamptz, timestamptz, timestamptz)
	IS 'Kaplan-Meier median of the days from a round to the next; rounds still without one on as_of are censored, not dropped';

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
COMMENT ON AGGREGATE down_round_share(double precision, double precision)
	IS 'share of the rounds whose pre-money is below the previous post-money';

CREATE FUNCTION step_up(pre_money double precision, prior_post_money double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_step_up'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION step_up(double precision, double precision)
	IS 'pre-money over the previous post-money, below 1 in a down round; null if that was zero';

CREATE FUNCTION value_velocity(pre_money double precision, prior_post_money double precision, elapsed interval) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_value_velocity'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION value_velocity(double precision, double precision, interval)
	IS 'growth of the valuation between two rounds, (pre-money / previous post-money - 1) per year elapsed';

CREATE FUNCTION runway_months(cash double precision, monthly_burn double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_runway_months'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION runway_months(double precision, double precision)
	IS 'months until the cash is burnt; null if none is';

CREATE FUNCTION burn_multiple(net_burn double precision, net_new_revenue double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_burn_multiple'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION burn_multiple(double precision, double precision)
	IS 'money burnt per unit of net new yearly revenue, below 1 is excellent; null unless revenue grew';

CREATE FUNCTION rule_of_40(growth double precision, margin double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_rule_of_40'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rule_of_40(double precision, double precision)
	IS 'growth plus margin, both in percent or both as fractions; healthy from 40 percent';

CREATE FUNCTION hype_ratio(capital_raised double precision, revenue double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_hype_ratio'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION hype_ratio(double precision, double precision)
	IS 'capital raised over revenue; null for zero revenue';

-- Concentration, gaps, summary.

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
	IS 'the funding of a group up to a day: how much, how fast, how concentrated, how often, with times';

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
	IS 'the funding of a group up to a day: how much, how fast, how concentrated, how often, with dates';

CREATE FUNCTION bubble_herfindahl_transfn(internal, double precision) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_herfindahl_transfn(internal, double precision)
	IS 'transition: an amount and its square';

CREATE FUNCTION bubble_herfindahl_invtransfn(internal, double precision) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_herfindahl_invtransfn(internal, double precision)
	IS 'moving transition: an amount leaves the frame';

CREATE FUNCTION bubble_herfindahl_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_herfindahl_combinefn(internal, internal)
	IS 'combine: two parts of sums of amounts and of their squares';

CREATE FUNCTION bubble_herfindahl_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_herfindahl_serialfn(internal)
	IS 'serialize: sums of amounts and of their squares';

CREATE FUNCTION bubble_herfindahl_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_herfindahl_deserialfn(bytea, internal)
	IS 'deserialize: sums of amounts and of their squares';

CREATE FUNCTION bubble_herfindahl_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_herfindahl_finalfn(internal)
	IS 'final: sum of squared shares';

CREATE FUNCTION bubble_concentration_transfn(internal, double precision) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_concentration_transfn(internal, double precision)
	IS 'transition: an amount to be ranked by size';

CREATE FUNCTION bubble_concentration_invtransfn(internal, double precision) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_concentration_invtransfn(internal, double precision)
	IS 'moving transition: an amount leaves the frame';

CREATE FUNCTION bubble_concentration_transfn(internal, double precision, bigint) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_concentration_transfn(internal, double precision, bigint)
	IS 'transition: an amount to be ranked by size';

CREATE FUNCTION bubble_concentration_invtransfn(internal, double precision, bigint) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_concentration_invtransfn(internal, double precision, bigint)
	IS 'moving transition: an amount leaves the frame';

CREATE FUNCTION bubble_concentration_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_concentration_combinefn(internal, internal)
	IS 'combine: two parts of amounts to be ranked by size';

CREATE FUNCTION bubble_concentration_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_concentration_serialfn(internal)
	IS 'serialize: amounts to be ranked by size';

CREATE FUNCTION bubble_concentration_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_concentration_deserialfn(bytea, internal)
	IS 'deserialize: amounts to be ranked by size';

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

CREATE FUNCTION bubble_round_gap_transfn(internal, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_round_gap_date_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_round_gap_transfn(internal, date)
	IS 'transition: time of a round';

CREATE FUNCTION bubble_round_gap_invtransfn(internal, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_round_gap_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_round_gap_invtransfn(internal, date)
	IS 'moving transition: the oldest round leaves the frame';

CREATE FUNCTION bubble_round_gap_transfn(internal, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_round_gap_timestamptz_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_round_gap_transfn(internal, timestamptz)
	IS 'transition: time of a round';

CREATE FUNCTION bubble_round_gap_invtransfn(internal, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_round_gap_invtransfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_round_gap_invtransfn(internal, timestamptz)
	IS 'moving transition: the oldest round leaves the frame';

CREATE FUNCTION bubble_round_gap_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_round_gap_combinefn(internal, internal)
	IS 'combine: two parts of times of rounds';

CREATE FUNCTION bubble_round_gap_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_round_gap_serialfn(internal)
	IS 'serialize: times of rounds';

CREATE FUNCTION bubble_round_gap_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_round_gap_deserialfn(bytea, internal)
	IS 'deserialize: times of rounds';

CREATE FUNCTION bubble_round_gap_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_round_gap_finalfn(internal)
	IS 'final: median days between consecutive rounds';

CREATE FUNCTION bubble_funding_summary_transfn(internal, double precision, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_summary_date_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_summary_transfn(internal, double precision, date)
	IS 'transition: an amount raised';

CREATE FUNCTION bubble_funding_summary_transfn(internal, double precision, date, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_summary_date_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_summary_transfn(internal, double precision, date, interval)
	IS 'transition: an amount raised';

CREATE FUNCTION bubble_funding_summary_transfn(internal, double precision, date, interval, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_summary_date_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_summary_transfn(internal, double precision, date, interval, date)
	IS 'transition: an amount raised';

CREATE FUNCTION bubble_funding_summary_transfn(internal, double precision, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_summary_timestamptz_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_summary_transfn(internal, double precision, timestamptz)
	IS 'transition: an amount raised';

CREATE FUNCTION bubble_funding_summary_transfn(internal, double precision, timestamptz, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_summary_timestamptz_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_summary_transfn(internal, double precision, timestamptz, interval)
	IS 'transition: an amount raised';

CREATE FUNCTION bubble_funding_summary_transfn(internal, double precision, timestamptz, interval, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_funding_summary_timestamptz_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_summary_transfn(internal, double precision, timestamptz, interval, timestamptz)
	IS 'transition: an amount raised';

CREATE FUNCTION bubble_funding_summary_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_summary_combinefn(internal, internal)
	IS 'combine: two parts of rounds to be summarised';

CREATE FUNCTION bubble_funding_summary_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_summary_serialfn(internal)
	IS 'serialize: rounds to be summarised';

CREATE FUNCTION bubble_funding_summary_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_funding_summary_deserialfn(bytea, internal)
	IS 'deserialize: rounds to be summarised';

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
COMMENT ON AGGREGATE herfindahl(double precision)
	IS 'concentration: the sum of squared shares of the total, 1 / n if all are equal, 1 if one has all';

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
COMMENT ON AGGREGATE gini(double precision)
	IS 'inequality: 0 if all are equal, 1 - 1 / n if one of n has all';

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
COMMENT ON AGGREGATE top_share(double precision, bigint)
	IS 'share of the k largest amounts in the total';

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
COMMENT ON AGGREGATE round_gap(date)
	IS 'median days between consecutive rounds; null with fewer than two';

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
COMMENT ON AGGREGATE round_gap(timestamptz)
	IS 'median days between consecutive rounds; null with fewer than two';

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
COMMENT ON AGGREGATE funding_summary(double precision, date)
	IS 'rounds, total, velocity, acceleration, largest share, median gap and latest round up to the latest row, with the velocity of one year';

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
COMMENT ON AGGREGATE funding_summary(double precision, date, interval)
	IS 'rounds, total, velocity, acceleration, largest share, median gap and latest round up to the latest row, with the velocity of the span';

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
COMMENT ON AGGREGATE funding_summary(double precision, date, interval, date)
	IS 'rounds, total, velocity, acceleration, largest share, median gap and latest round up to as_of, with the velocity of the span';

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
COMMENT ON AGGREGATE funding_summary(double precision, timestamptz)
	IS 'rounds, total, velocity, acceleration, largest share, median gap and latest round up to the latest row, with the velocity of one year';

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
COMMENT ON AGGREGATE funding_summary(double precision, timestamptz, interval)
	IS 'rounds, total, velocity, acceleration, largest share, median gap and latest round up to the latest row, with the velocity of the span';

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
COMMENT ON AGGREGATE funding_summary(double precision, timestamptz, interval, timestamptz)
	IS 'rounds, total, velocity, acceleration, largest share, median gap and latest round up to as_of, with the velocity of the span';

-- ---------------------------------------------------------------------------
-- explosive
--
-- Parameters may be NULL where that means something: min_window for the
-- default of the number of rows, lags for a choice up to max_lags.  Hence
-- nothing is STRICT.
-- ---------------------------------------------------------------------------

CREATE FUNCTION bubble_adf_transfn(internal, double precision, date, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_adf_date_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_adf_transfn(internal, double precision, date, bigint)
	IS 'transition: a level of adf and its parameters';

CREATE FUNCTION bubble_adf_transfn(internal, double precision, date, bigint, bigint, text) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_adf_date_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_adf_transfn(internal, double precision, date, bigint, bigint, text)
	IS 'transition: a level of adf and its parameters';

CREATE FUNCTION bubble_adf_transfn(internal, double precision, timestamptz, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_adf_timestamptz_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_adf_transfn(internal, double precision, timestamptz, bigint)
	IS 'transition: a level of adf and its parameters';

CREATE FUNCTION bubble_adf_transfn(internal, double precision, timestamptz, bigint, bigint, text) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_adf_timestamptz_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_adf_transfn(internal, double precision, timestamptz, bigint, bigint, text)
	IS 'transition: a level of adf and its parameters';

CREATE FUNCTION bubble_sadf_transfn(internal, double precision, date, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_sadf_date_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_sadf_transfn(internal, double precision, date, bigint)
	IS 'transition: a level of sadf or gsadf and its parameters';

CREATE FUNCTION bubble_sadf_transfn(internal, double precision, date, bigint, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_sadf_date_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_sadf_transfn(internal, double precision, date, bigint, bigint)
	IS 'transition: a level of sadf or gsadf and its parameters';

CREATE FUNCTION bubble_sadf_transfn(internal, double precision, date, bigint, bigint, bigint, text) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_sadf_date_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_sadf_transfn(internal, double precision, date, bigint, bigint, bigint, text)
	IS 'transition: a level of sadf or gsadf and its parameters';

CREATE FUNCTION bubble_sadf_transfn(internal, double precision, timestamptz, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_sadf_timestamptz_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_sadf_transfn(internal, double precision, timestamptz, bigint)
	IS 'transition: a level of sadf or gsadf and its parameters';

CREATE FUNCTION bubble_sadf_transfn(internal, double precision, timestamptz, bigint, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_sadf_timestamptz_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_sadf_transfn(internal, double precision, timestamptz, bigint, bigint)
	IS 'transition: a level of sadf or gsadf and its parameters';

CREATE FUNCTION bubble_sadf_transfn(internal, double precision, timestamptz, bigint, bigint, bigint, text) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_sadf_timestamptz_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_sadf_transfn(internal, double precision, timestamptz, bigint, bigint, bigint, text)
	IS 'transition: a level of sadf or gsadf and its parameters';

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
COMMENT ON AGGREGATE adf(double precision, date)
	IS 'augmented Dickey-Fuller t statistic of the whole sample, constant included: above about 0 explosive growth, far below a stable level; no lags';

CREATE AGGREGATE adf(y double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_adf_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE adf(double precision, timestamptz)
	IS 'augmented Dickey-Fuller t statistic of the whole sample, constant included: above about 0 explosive growth, far below a stable level; no lags';

CREATE AGGREGATE adf(y double precision, at date, lags bigint) (
	SFUNC = bubble_adf_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_adf_finalfn,
	COMBINEFUNC = bubble_parameter_series_combinefn,
	SERIALFUNC = bubble_parameter_series_serialfn,
	DESERIALFUNC = bubble_parameter_series_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE adf(double precision, date, bigint)
	IS 'augmented Dickey-Fuller t statistic of the whole sample, constant included: above about 0 explosive growth, far below a stable level; with so many lagged changes';

CREATE AGGREGATE adf(y double precision, at timestamptz, lags bigint) (
	SFUNC = bubble_adf_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_adf_finalfn,
	COMBINEFUNC = bubble_parameter_series_combinefn,
	SERIALFUNC = bubble_parameter_series_serialfn,
	DESERIALFUNC = bubble_parameter_series_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE adf(double precision, timestamptz, bigint)
	IS 'augmented Dickey-Fuller t statistic of the whole sample, constant included: above about 0 explosive growth, far below a stable level; with so many lagged changes';

CREATE AGGREGATE adf(y double precision, at date, lags bigint, max_lags bigint, criterion text) (
	SFUNC = bubble_adf_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_adf_finalfn,
	COMBINEFUNC = bubble_parameter_series_combinefn,
	SERIALFUNC = bubble_parameter_series_serialfn,
	DESERIALFUNC = bubble_parameter_series_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE adf(double precision, date, bigint, bigint, text)
	IS 'augmented Dickey-Fuller t statistic of the whole sample, constant included: above about 0 explosive growth, far below a stable level; NULL lags are chosen from 0 to max_lags by aic or bic';

CREATE AGGREGATE adf(
	y double precision, at timestamptz, lags bigint, max_lags bigint, criterion text
) (
	SFUNC = bubble_adf_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_adf_finalfn,
	COMBINEFUNC = bubble_parameter_series_combinefn,
	SERIALFUNC = bubble_parameter_series_serialfn,
	DESERIALFUNC = bubble_parameter_series_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE adf(double precision, timestamptz, bigint, bigint, text)
	IS 'augmented Dickey-Fuller t statistic of the whole sample, constant included: above about 0 explosive growth, far below a stable level; NULL lags are chosen from 0 to max_lags by aic or bic';

CREATE AGGREGATE sadf(y double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_sadf_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE sadf(double precision, date)
	IS 'sup ADF statistic of Phillips, Wu and Yu: largest ADF statistic of the windows from the first row on; of floor(n (0.01 + 1.8/sqrt(n))) rows or more, no lags';

CREATE AGGREGATE sadf(y double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_sadf_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE sadf(double precision, timestamptz)
	IS 'sup ADF statistic of Phillips, Wu and Yu: largest ADF statistic of the windows from the first row on; of floor(n (0.01 + 1.8/sqrt(n))) rows or more, no lags';

CREATE AGGREGATE sadf(y double precision, at date, min_window bigint) (
	SFUNC = bubble_sadf_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_sadf_finalfn,
	COMBINEFUNC = bubble_parameter_series_combinefn,
	SERIALFUNC = bubble_parameter_series_serialfn,
	DESERIALFUNC = bubble_parameter_series_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE sadf(double precision, date, bigint)
	IS 'sup ADF statistic of Phillips, Wu and Yu: largest ADF statistic of the windows from the first row on; of min_window rows or more, no lags';

CREATE AGGREGATE sadf(y double precision, at timestamptz, min_window bigint) (
	SFUNC = bubble_sadf_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_sadf_finalfn,
	COMBINEFUNC = bubble_parameter_series_combinefn,
	SERIALFUNC = bubble_parameter_series_serialfn,
	DESERIALFUNC = bubble_parameter_series_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE sadf(double precision, timestamptz, bigint)
	IS 'sup ADF statistic of Phillips, Wu and Yu: largest ADF statistic of the windows from the first row on; of min_window rows or more, no lags';

CREATE AGGREGATE sadf(y double precision, at date, min_window bigint, lags bigint) (
	SFUNC = bubble_sadf_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_sadf_finalfn,
	COMBINEFUNC = bubble_parameter_series_combinefn,
	SERIALFUNC = bubble_parameter_series_serialfn,
	DESERIALFUNC = bubble_parameter_series_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE sadf(double precision, date, bigint, bigint)
	IS 'sup ADF statistic of Phillips, Wu and Yu: largest ADF statistic of the windows from the first row on; of min_window rows or more, with so many lagged changes';

CREATE AGGREGATE sadf(y double precision, at timestamptz, min_window bigint, lags bigint) (
	SFUNC = bubble_sadf_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_sadf_finalfn,
	COMBINEFUNC = bubble_parameter_series_combinefn,
	SERIALFUNC = bubble_parameter_series_serialfn,
	DESERIALFUNC = bubble_parameter_series_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE sadf(double precision, timestamptz, bigint, bigint)
	IS 'sup ADF statistic of Phillips, Wu and Yu: largest ADF statistic of the windows from the first row on; of min_window rows or more, with so many lagged changes';

CREATE AGGREGATE sadf(
	y double precision, at date, min_window bigint, lags bigint, max_lags bigint, criterion text
) (
	SFUNC = bubble_sadf_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_sadf_finalfn,
	COMBINEFUNC = bubble_parameter_series_combinefn,
	SERIALFUNC = bubble_parameter_series_serialfn,
	DESERIALFUNC = bubble_parameter_series_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE sadf(double precision, date, bigint, bigint, bigint, text)
	IS 'sup ADF statistic of Phillips, Wu and Yu: largest ADF statistic of the windows from the first row on; of min_window rows or more, NULL lags are chosen from 0 to max_lags by aic or bic';

CREATE AGGREGATE sadf(
	y double precision, at timestamptz, min_window bigint, lags bigint, max_lags bigint, criterion text
) (
	SFUNC = bubble_sadf_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_sadf_finalfn,
	COMBINEFUNC = bubble_parameter_series_combinefn,
	SERIALFUNC = bubble_parameter_series_serialfn,
	DESERIALFUNC = bubble_parameter_series_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE sadf(double precision, timestamptz, bigint, bigint, bigint, text)
	IS 'sup ADF statistic of Phillips, Wu and Yu: largest ADF statistic of the windows from the first row on; of min_window rows or more, NULL lags are chosen from 0 to max_lags by aic or bic';

CREATE AGGREGATE gsadf(y double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_gsadf_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE gsadf(double precision, date)
	IS 'generalised sup ADF statistic of Phillips, Shi and Yu: largest ADF statistic of all windows; of floor(n (0.01 + 1.8/sqrt(n))) rows or more, no lags';

CREATE AGGREGATE gsadf(y double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_gsadf_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE gsadf(double precision, timestamptz)
	IS 'generalised sup ADF statistic of Phillips, Shi and Yu: largest ADF statistic of all windows; of floor(n (0.01 + 1.8/sqrt(n))) rows or more, no lags';

CREATE AGGREGATE gsadf(y double precision, at date, min_window bigint) (
	SFUNC = bubble_sadf_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_gsadf_finalfn,
	COMBINEFUNC = bubble_parameter_series_combinefn,
	SERIALFUNC = bubble_parameter_series_serialfn,
	DESERIALFUNC = bubble_parameter_series_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE gsadf(double precision, date, bigint)
	IS 'generalised sup ADF statistic of Phillips, Shi and Yu: largest ADF statistic of all windows; of min_window rows or more, no lags';

CREATE AGGREGATE gsadf(y double precision, at timestamptz, min_window bigint) (
	SFUNC = bubble_sadf_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_gsadf_finalfn,
	COMBINEFUNC = bubble_parameter_series_combinefn,
	SERIALFUNC = bubble_parameter_series_serialfn,
	DESERIALFUNC = bubble_parameter_series_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE gsadf(double precision, timestamptz, bigint)
	IS 'generalised sup ADF statistic of Phillips, Shi and Yu: largest ADF statistic of all windows; of min_window rows or more, no lags';

CREATE AGGREGATE gsadf(y double precision, at date, min_window bigint, lags bigint) (
	SFUNC = bubble_sadf_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_gsadf_finalfn,
	COMBINEFUNC = bubble_parameter_series_combinefn,
	SERIALFUNC = bubble_parameter_series_serialfn,
	DESERIALFUNC = bubble_parameter_series_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE gsadf(double precision, date, bigint, bigint)
	IS 'generalised sup ADF statistic of Phillips, Shi and Yu: largest ADF statistic of all windows; of min_window rows or more, with so many lagged changes';

CREATE AGGREGATE gsadf(y double precision, at timestamptz, min_window bigint, lags bigint) (
	SFUNC = bubble_sadf_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_gsadf_finalfn,
	COMBINEFUNC = bubble_parameter_series_combinefn,
	SERIALFUNC = bubble_parameter_series_serialfn,
	DESERIALFUNC = bubble_parameter_series_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE gsadf(double precision, timestamptz, bigint, bigint)
	IS 'generalised sup ADF statistic of Phillips, Shi and Yu: largest ADF statistic of all windows; of min_window rows or more, with so many lagged changes';

CREATE AGGREGATE gsadf(
	y double precision, at date, min_window bigint, lags bigint, max_lags bigint, criterion text
) (
	SFUNC = bubble_sadf_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_gsadf_finalfn,
	COMBINEFUNC = bubble_parameter_series_combinefn,
	SERIALFUNC = bubble_parameter_series_serialfn,
	DESERIALFUNC = bubble_parameter_series_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE gsadf(double precision, date, bigint, bigint, bigint, text)
	IS 'generalised sup ADF statistic of Phillips, Shi and Yu: largest ADF statistic of all windows; of min_window rows or more, NULL lags are chosen from 0 to max_lags by aic or bic';

CREATE AGGREGATE gsadf(
	y double precision, at timestamptz, min_window bigint, lags bigint, max_lags bigint, criterion text
) (
	SFUNC = bubble_sadf_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_gsadf_finalfn,
	COMBINEFUNC = bubble_parameter_series_combinefn,
	SERIALFUNC = bubble_parameter_series_serialfn,
	DESERIALFUNC = bubble_parameter_series_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE gsadf(double precision, timestamptz, bigint, bigint, bigint, text)
	IS 'generalised sup ADF statistic of Phillips, Shi and Yu: largest ADF statistic of all windows; of min_window rows or more, NULL lags are chosen from 0 to max_lags by aic or bic';

CREATE FUNCTION adf(series bubble_series, lags bigint DEFAULT 0,
	max_lags bigint DEFAULT NULL, criterion text DEFAULT 'bic', deterministic text DEFAULT 'constant') RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_adf'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION adf(bubble_series, bigint, bigint, text, text)
	IS 'augmented Dickey-Fuller t statistic of the whole sample: above about 0 explosive growth, far below a stable level; NULL lags are chosen from 0 to max_lags by aic or bic; deterministic terms of the regressions: none, constant or trend';

CREATE FUNCTION sadf(series bubble_series, min_window bigint DEFAULT NULL, lags bigint DEFAULT 0,
	max_lags bigint DEFAULT NULL, criterion text DEFAULT 'bic', deterministic text DEFAULT 'constant') RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_sadf'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION sadf(bubble_series, bigint, bigint, bigint, text, text)
	IS 'sup ADF statistic of Phillips, Wu and Yu: largest ADF statistic of the windows from the first row on; NULL lags are chosen from 0 to max_lags by aic or bic; deterministic terms of the regressions: none, constant or trend';

CREATE FUNCTION gsadf(series bubble_series, min_window bigint DEFAULT NULL, lags bigint DEFAULT 0,
	max_lags bigint DEFAULT NULL, criterion text DEFAULT 'bic', deterministic text DEFAULT 'constant') RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_gsadf'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION gsadf(bubble_series, bigint, bigint, bigint, text, text)
	IS 'generalised sup ADF statistic of Phillips, Shi and Yu: largest ADF statistic of all windows; NULL lags are chosen from 0 to max_lags by aic or bic; deterministic terms of the regressions: none, constant or trend';

CREATE FUNCTION bsadf_path(series bubble_series, min_window bigint DEFAULT NULL, lags bigint DEFAULT 0,
	deterministic text DEFAULT 'constant') RETURNS bubble_series
	AS 'MODULE_PATHNAME', 'bubble_bsadf_path'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION bsadf_path(bubble_series, bigint, bigint, text)
	IS 'bsadf row by row: for each row the largest ADF statistic of the windows of min_window rows or more that end there; deterministic terms of the regressions: none, constant or trend';

CREATE FUNCTION bsadf(y double precision, min_window bigint DEFAULT NULL, lags bigint DEFAULT 0) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_bsadf'
	LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION bsadf(double precision, bigint, bigint)
	IS 'backward sup ADF statistic of a row: the largest of the windows of min_window rows or more that end there; NULL min_window is chosen from the number of rows in the partition, later ones included; the frame is ignored';

-- Critical values, episodes, the test.  Times of a stored series depend on the
-- session's time zone: STABLE.

CREATE FUNCTION sadf_critical_value(observations bigint, level double precision DEFAULT 0.95,
	min_window bigint DEFAULT NULL, lags bigint DEFAULT 0) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_sadf_critical_value'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION sadf_critical_value(bigint, double precision, bigint, bigint)
	IS 'SADF statistic that a random walk passes with probability 1 - level, from the response surface; NULL for fewer or more observations than it knows';

CREATE FUNCTION gsadf_critical_value(observations bigint, level double precision DEFAULT 0.95,
	min_window bigint DEFAULT NULL, lags bigint DEFAULT 0) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_gsadf_critical_value'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION gsadf_critical_value(bigint, double precision, bigint, bigint)
	IS 'GSADF statistic that a random walk passes with probability 1 - level, from the response surface; NULL for fewer or more observations than it knows';

CREATE TYPE explosive_episode AS (
	started_at timestamptz,
	peak_at timestamptz,
	ended_at timestamptz,
	peak_statistic double precision,
	is_bubble boolean
);
COMMENT ON TYPE explosive_episode
	IS 'an explosive episode: its first row, that of the largest statistic, its last row (null while it goes on)';

CREATE TYPE explosive_episode_date AS (
	started_at date,
	peak_at date,
	ended_at date,
	peak_statistic double precision,
	is_bubble boolean
);
COMMENT ON TYPE explosive_episode_date
	IS 'an explosive episode: its first row, that of the largest statistic, its last row (null while it goes on)';

CREATE TYPE explosive_test_result AS (
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
COMMENT ON TYPE explosive_test_result
	IS 'ADF, SADF and GSADF statistics of a sample, each with its critical values at 90, 95 and 99 percent and its p value';

CREATE FUNCTION bubble_explosive_transfn(internal, double precision, date, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_explosive_date_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_explosive_transfn(internal, double precision, date, bigint)
	IS 'transition: a row of explosive_episodes';

CREATE FUNCTION bubble_explosive_transfn(internal, double precision, date, bigint, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_explosive_date_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_explosive_transfn(internal, double precision, date, bigint, bigint)
	IS 'transition: a row of explosive_episodes';

CREATE FUNCTION bubble_explosive_transfn(internal, double precision, date, bigint, bigint, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_explosive_date_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_explosive_transfn(internal, double precision, date, bigint, bigint, double precision)
	IS 'transition: a row of explosive_episodes';

CREATE FUNCTION bubble_explosive_transfn(internal, double precision, date, bigint, bigint, double precision, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_explosive_date_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_explosive_transfn(internal, double precision, date, bigint, bigint, double precision, bigint)
	IS 'transition: a row of explosive_episodes';

CREATE FUNCTION bubble_explosive_transfn(internal, double precision, timestamptz, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_explosive_timestamptz_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_explosive_transfn(internal, double precision, timestamptz, bigint)
	IS 'transition: a row of explosive_episodes';

CREATE FUNCTION bubble_explosive_transfn(internal, double precision, timestamptz, bigint, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_explosive_timestamptz_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_explosive_transfn(internal, double precision, timestamptz, bigint, bigint)
	IS 'transition: a row of explosive_episodes';

CREATE FUNCTION bubble_explosive_transfn(internal, double precision, timestamptz, bigint, bigint, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_explosive_timestamptz_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_explosive_transfn(internal, double precision, timestamptz, bigint, bigint, double precision)
	IS 'transition: a row of explosive_episodes';

CREATE FUNCTION bubble_explosive_transfn(internal, double precision, timestamptz, bigint, bigint, double precision, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_explosive_timestamptz_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_explosive_transfn(internal, double precision, timestamptz, bigint, bigint, double precision, bigint)
	IS 'transition: a row of explosive_episodes';

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

CREATE FUNCTION bubble_explosive_test_finalfn(bubble_series) RETURNS explosive_test_result
	AS 'MODULE_PATHNAME', 'bubble_explosive_test'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION bubble_explosive_test_finalfn(bubble_series)
	IS 'final: the test of the collected rows';

CREATE FUNCTION bubble_explosive_test_finalfn(internal) RETURNS explosive_test_result
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
COMMENT ON AGGREGATE explosive_episodes(double precision, date)
	IS 'episodes in which the BSADF statistic stays above the critical value of the rows so far at 95 percent for ln n rows or more, as an array of rows for unnest()';

CREATE AGGREGATE explosive_episodes(y double precision, at date, min_window bigint) (
	SFUNC = bubble_explosive_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_episodes_date_finalfn,
	COMBINEFUNC = bubble_parameter_series_combinefn,
	SERIALFUNC = bubble_parameter_series_serialfn,
	DESERIALFUNC = bubble_parameter_series_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_episodes(double precision, date, bigint)
	IS 'episodes in which the BSADF statistic stays above the critical value of the rows so far at 95 percent for ln n rows or more, as an array of rows for unnest()';

CREATE AGGREGATE explosive_episodes(y double precision, at date, min_window bigint, lags bigint) (
	SFUNC = bubble_explosive_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_episodes_date_finalfn,
	COMBINEFUNC = bubble_parameter_series_combinefn,
	SERIALFUNC = bubble_parameter_series_serialfn,
	DESERIALFUNC = bubble_parameter_series_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_episodes(double precision, date, bigint, bigint)
	IS 'episodes in which the BSADF statistic stays above the critical value of the rows so far at 95 percent for ln n rows or more, as an array of rows for unnest()';

CREATE AGGREGATE explosive_episodes(y double precision, at date, min_window bigint, lags bigint, level double precision) (
	SFUNC = bubble_explosive_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_episodes_date_finalfn,
	COMBINEFUNC = bubble_parameter_series_combinefn,
	SERIALFUNC = bubble_parameter_series_serialfn,
	DESERIALFUNC = bubble_parameter_series_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_episodes(double precision, date, bigint, bigint, double precision)
	IS 'episodes in which the BSADF statistic stays above the critical value of the rows so far at level for ln n rows or more, as an array of rows for unnest()';

CREATE AGGREGATE explosive_episodes(y double precision, at date, min_window bigint, lags bigint, level double precision, min_duration bigint) (
	SFUNC = bubble_explosive_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_episodes_date_finalfn,
	COMBINEFUNC = bubble_parameter_series_combinefn,
	SERIALFUNC = bubble_parameter_series_serialfn,
	DESERIALFUNC = bubble_parameter_series_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_episodes(double precision, date, bigint, bigint, double precision, bigint)
	IS 'episodes in which the BSADF statistic stays above the critical value of the rows so far at level for min_duration rows or more, as an array of rows for unnest()';

CREATE AGGREGATE explosive_episodes(y double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_episodes_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_episodes(double precision, timestamptz)
	IS 'episodes in which the BSADF statistic stays above the critical value of the rows so far at 95 percent for ln n rows or more, as an array of rows for unnest()';

CREATE AGGREGATE explosive_episodes(y double precision, at timestamptz, min_window bigint) (
	SFUNC = bubble_explosive_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_episodes_finalfn,
	COMBINEFUNC = bubble_parameter_series_combinefn,
	SERIALFUNC = bubble_parameter_series_serialfn,
	DESERIALFUNC = bubble_parameter_series_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_episodes(double precision, timestamptz, bigint)
	IS 'episodes in which the BSADF statistic stays above the critical value of the rows so far at 95 percent for ln n rows or more, as an array of rows for unnest()';

CREATE AGGREGATE explosive_episodes(y double precision, at timestamptz, min_window bigint, lags bigint) (
	SFUNC = bubble_explosive_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_episodes_finalfn,
	COMBINEFUNC = bubble_parameter_series_combinefn,
	SERIALFUNC = bubble_parameter_series_serialfn,
	DESERIALFUNC = bubble_parameter_series_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_episodes(double precision, timestamptz, bigint, bigint)
	IS 'episodes in which the BSADF statistic stays above the critical value of the rows so far at 95 percent for ln n rows or more, as an array of rows for unnest()';

CREATE AGGREGATE explosive_episodes(y double precision, at timestamptz, min_window bigint, lags bigint, level double precision) (
	SFUNC = bubble_explosive_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_episodes_finalfn,
	COMBINEFUNC = bubble_parameter_series_combinefn,
	SERIALFUNC = bubble_parameter_series_serialfn,
	DESERIALFUNC = bubble_parameter_series_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_episodes(double precision, timestamptz, bigint, bigint, double precision)
	IS 'episodes in which the BSADF statistic stays above the critical value of the rows so far at level for ln n rows or more, as an array of rows for unnest()';

CREATE AGGREGATE explosive_episodes(y double precision, at timestamptz, min_window bigint, lags bigint, level double precision, min_duration bigint) (
	SFUNC = bubble_explosive_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_episodes_finalfn,
	COMBINEFUNC = bubble_parameter_series_combinefn,
	SERIALFUNC = bubble_parameter_series_serialfn,
	DESERIALFUNC = bubble_parameter_series_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_episodes(double precision, timestamptz, bigint, bigint, double precision, bigint)
	IS 'episodes in which the BSADF statistic stays above the critical value of the rows so far at level for min_duration rows or more, as an array of rows for unnest()';

CREATE AGGREGATE explosive_test(y double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_test_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_test(double precision, date)
	IS 'ADF, SADF and GSADF statistics with critical values and p values, as one row';

CREATE AGGREGATE explosive_test(y double precision, at date, min_window bigint) (
	SFUNC = bubble_sadf_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_test_finalfn,
	COMBINEFUNC = bubble_parameter_series_combinefn,
	SERIALFUNC = bubble_parameter_series_serialfn,
	DESERIALFUNC = bubble_parameter_series_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_test(double precision, date, bigint)
	IS 'ADF, SADF and GSADF statistics with critical values and p values, as one row';

CREATE AGGREGATE explosive_test(y double precision, at date, min_window bigint, lags bigint) (
	SFUNC = bubble_sadf_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_test_finalfn,
	COMBINEFUNC = bubble_parameter_series_combinefn,
	SERIALFUNC = bubble_parameter_series_serialfn,
	DESERIALFUNC = bubble_parameter_series_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_test(double precision, date, bigint, bigint)
	IS 'ADF, SADF and GSADF statistics with critical values and p values, as one row';

CREATE AGGREGATE explosive_test(
	y double precision, at date, min_window bigint, lags bigint, max_lags bigint, criterion text
) (
	SFUNC = bubble_sadf_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_test_finalfn,
	COMBINEFUNC = bubble_parameter_series_combinefn,
	SERIALFUNC = bubble_parameter_series_serialfn,
	DESERIALFUNC = bubble_parameter_series_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_test(double precision, date, bigint, bigint, bigint, text)
	IS 'ADF, SADF and GSADF statistics with critical values and p values, as one row';

CREATE AGGREGATE explosive_test(y double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_test_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_test(double precision, timestamptz)
	IS 'ADF, SADF and GSADF statistics with critical values and p values, as one row';

CREATE AGGREGATE explosive_test(y double precision, at timestamptz, min_window bigint) (
	SFUNC = bubble_sadf_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_test_finalfn,
	COMBINEFUNC = bubble_parameter_series_combinefn,
	SERIALFUNC = bubble_parameter_series_serialfn,
	DESERIALFUNC = bubble_parameter_series_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_test(double precision, timestamptz, bigint)
	IS 'ADF, SADF and GSADF statistics with critical values and p values, as one row';

CREATE AGGREGATE explosive_test(y double precision, at timestamptz, min_window bigint, lags bigint) (
	SFUNC = bubble_sadf_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_test_finalfn,
	COMBINEFUNC = bubble_parameter_series_combinefn,
	SERIALFUNC = bubble_parameter_series_serialfn,
	DESERIALFUNC = bubble_parameter_series_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_test(double precision, timestamptz, bigint, bigint)
	IS 'ADF, SADF and GSADF statistics with critical values and p values, as one row';

CREATE AGGREGATE explosive_test(
	y double precision, at timestamptz, min_window bigint, lags bigint, max_lags bigint, criterion text
) (
	SFUNC = bubble_sadf_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_test_finalfn,
	COMBINEFUNC = bubble_parameter_series_combinefn,
	SERIALFUNC = bubble_parameter_series_serialfn,
	DESERIALFUNC = bubble_parameter_series_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_test(double precision, timestamptz, bigint, bigint, bigint, text)
	IS 'ADF, SADF and GSADF statistics with critical values and p values, as one row';

CREATE FUNCTION explosive_episodes(series bubble_series, min_window bigint DEFAULT NULL, lags bigint DEFAULT 0,
	level double precision DEFAULT 0.95, min_duration bigint DEFAULT NULL, critical double precision DEFAULT NULL,
	critical_path bubble_series DEFAULT NULL, deterministic text DEFAULT 'constant') RETURNS explosive_episode[]
	AS 'MODULE_PATHNAME', 'bubble_explosive_episodes'
	LANGUAGE C STABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION explosive_episodes(bubble_series, bigint, bigint, double precision, bigint, double precision, bubble_series, text)
	IS 'episodes in which the BSADF statistic stays above critical, the row''s value of critical_path or else the critical value of the rows so far at level for min_duration rows or more, as an array of rows for unnest(); NULL without critical values';

CREATE FUNCTION bsadf_critical_path(series bubble_series, min_window bigint DEFAULT NULL, lags bigint DEFAULT 0,
	level double precision DEFAULT 0.95) RETURNS bubble_series
	AS 'MODULE_PATHNAME', 'bubble_bsadf_critical_path'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION bsadf_critical_path(bubble_series, bigint, bigint, double precision)
	IS 'critical values by which explosive_episodes dates, row by row of bsadf_path; NULL where the response surface does not know them';

CREATE FUNCTION explosive_test(series bubble_series, min_window bigint DEFAULT NULL, lags bigint DEFAULT 0,
	max_lags bigint DEFAULT NULL, criterion text DEFAULT 'bic', deterministic text DEFAULT 'constant')
	RETURNS explosive_test_result
	AS 'MODULE_PATHNAME', 'bubble_explosive_test'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION explosive_test(bubble_series, bigint, bigint, bigint, text, text)
	IS 'ADF, SADF and GSADF statistics with critical values and p values, as one row; deterministic terms of the regressions: none, constant or trend; critical values are known with a constant only';

-- Critical values from simulated and from resampled series.

CREATE FUNCTION bubble_explosive_draws(observations bigint, min_window bigint, lags bigint, replications bigint,
	seed bigint, slice bigint, slices bigint, deterministic text DEFAULT 'constant',
	OUT adf double precision, OUT sadf double precision, OUT gsadf double precision) RETURNS SETOF record
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2000000 ROWS 250;
COMMENT ON FUNCTION bubble_explosive_draws(bigint, bigint, bigint, bigint, bigint, bigint, bigint, text)
	IS 'statistics of simulated random walks: one of so many slices, counted from 0, of the replications';

CREATE FUNCTION explosive_simulate(observations bigint, min_window bigint DEFAULT NULL, lags bigint DEFAULT 0,
	replications bigint DEFAULT 2000, seed bigint DEFAULT 1, deterministic text DEFAULT 'constant',
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
COMMENT ON FUNCTION explosive_simulate(bigint, bigint, bigint, bigint, bigint, text)
	IS 'critical values of the ADF, SADF and GSADF statistics from so many simulated random walks, a row for each level; deterministic terms of the regressions: none, constant or trend';

CREATE TYPE explosive_bootstrap_result AS (
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
COMMENT ON TYPE explosive_bootstrap_result
	IS 'SADF and GSADF statistics of a sample, each with its critical values at 90, 95 and 99 percent and its p value from a bootstrap';

CREATE FUNCTION bubble_bootstrap_transfn(internal, double precision, date, bigint, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_bootstrap_date_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_bootstrap_transfn(internal, double precision, date, bigint, bigint)
	IS 'transition: a row of explosive_bootstrap';

CREATE FUNCTION bubble_bootstrap_transfn(internal, double precision, date, bigint, bigint, bigint, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_bootstrap_date_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_bootstrap_transfn(internal, double precision, date, bigint, bigint, bigint, bigint)
	IS 'transition: a row of explosive_bootstrap';

CREATE FUNCTION bubble_bootstrap_transfn(internal, double precision, date, bigint, bigint, bigint, bigint, text, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_bootstrap_date_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_bootstrap_transfn(internal, double precision, date, bigint, bigint, bigint, bigint, text, bigint)
	IS 'transition: a row of explosive_bootstrap';

CREATE FUNCTION bubble_bootstrap_transfn(internal, double precision, timestamptz, bigint, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_bootstrap_timestamptz_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_bootstrap_transfn(internal, double precision, timestamptz, bigint, bigint)
	IS 'transition: a row of explosive_bootstrap';

CREATE FUNCTION bubble_bootstrap_transfn(internal, double precision, timestamptz, bigint, bigint, bigint, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_bootstrap_timestamptz_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_bootstrap_transfn(internal, double precision, timestamptz, bigint, bigint, bigint, bigint)
	IS 'transition: a row of explosive_bootstrap';

CREATE FUNCTION bubble_bootstrap_transfn(internal, double precision, timestamptz, bigint, bigint, bigint, bigint, text, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_bootstrap_timestamptz_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_bootstrap_transfn(internal, double precision, timestamptz, bigint, bigint, bigint, bigint, text, bigint)
	IS 'transition: a row of explosive_bootstrap';

CREATE FUNCTION bubble_explosive_bootstrap_finalfn(bubble_series) RETURNS explosive_bootstrap_result
	AS 'MODULE_PATHNAME', 'bubble_explosive_bootstrap'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000000;
COMMENT ON FUNCTION bubble_explosive_bootstrap_finalfn(bubble_series)
	IS 'final: the bootstrap of the collected rows';

CREATE FUNCTION bubble_explosive_bootstrap_finalfn(internal) RETURNS explosive_bootstrap_result
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
COMMENT ON AGGREGATE explosive_bootstrap(double precision, date)
	IS 'SADF and GSADF statistics with critical values and p values from a wild bootstrap, valid where volatility changes, as one row';

CREATE AGGREGATE explosive_bootstrap(y double precision, at date, min_window bigint, lags bigint) (
	SFUNC = bubble_bootstrap_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_bootstrap_finalfn,
	COMBINEFUNC = bubble_parameter_series_combinefn,
	SERIALFUNC = bubble_parameter_series_serialfn,
	DESERIALFUNC = bubble_parameter_series_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_bootstrap(double precision, date, bigint, bigint)
	IS 'SADF and GSADF statistics with critical values and p values from a wild bootstrap, valid where volatility changes, as one row';

CREATE AGGREGATE explosive_bootstrap(
	y double precision, at date, min_window bigint, lags bigint, replications bigint, seed bigint
) (
	SFUNC = bubble_bootstrap_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_bootstrap_finalfn,
	COMBINEFUNC = bubble_parameter_series_combinefn,
	SERIALFUNC = bubble_parameter_series_serialfn,
	DESERIALFUNC = bubble_parameter_series_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_bootstrap(double precision, date, bigint, bigint, bigint, bigint)
	IS 'SADF and GSADF statistics with critical values and p values from a wild bootstrap, valid where volatility changes, as one row';

CREATE AGGREGATE explosive_bootstrap(
	y double precision, at date, min_window bigint, lags bigint, replications bigint, seed bigint, method text, control bigint
) (
	SFUNC = bubble_bootstrap_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_bootstrap_finalfn,
	COMBINEFUNC = bubble_parameter_series_combinefn,
	SERIALFUNC = bubble_parameter_series_serialfn,
	DESERIALFUNC = bubble_parameter_series_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_bootstrap(double precision, date, bigint, bigint, bigint, bigint, text, bigint)
	IS 'SADF and GSADF statistics with critical values and p values from a wild bootstrap, valid where volatility changes, as one row';

CREATE AGGREGATE explosive_bootstrap(y double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_bootstrap_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_bootstrap(double precision, timestamptz)
	IS 'SADF and GSADF statistics with critical values and p values from a wild bootstrap, valid where volatility changes, as one row';

CREATE AGGREGATE explosive_bootstrap(y double precision, at timestamptz, min_window bigint, lags bigint) (
	SFUNC = bubble_bootstrap_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_bootstrap_finalfn,
	COMBINEFUNC = bubble_parameter_series_combinefn,
	SERIALFUNC = bubble_parameter_series_serialfn,
	DESERIALFUNC = bubble_parameter_series_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_bootstrap(double precision, timestamptz, bigint, bigint)
	IS 'SADF and GSADF statistics with critical values and p values from a wild bootstrap, valid where volatility changes, as one row';

CREATE AGGREGATE explosive_bootstrap(
	y double precision, at timestamptz, min_window bigint, lags bigint, replications bigint, seed bigint
) (
	SFUNC = bubble_bootstrap_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_bootstrap_finalfn,
	COMBINEFUNC = bubble_parameter_series_combinefn,
	SERIALFUNC = bubble_parameter_series_serialfn,
	DESERIALFUNC = bubble_parameter_series_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_bootstrap(double precision, timestamptz, bigint, bigint, bigint, bigint)
	IS 'SADF and GSADF statistics with critical values and p values from a wild bootstrap, valid where volatility changes, as one row';

CREATE AGGREGATE explosive_bootstrap(
	y double precision, at timestamptz, min_window bigint, lags bigint, replications bigint, seed bigint, method text, control bigint
) (
	SFUNC = bubble_bootstrap_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_bootstrap_finalfn,
	COMBINEFUNC = bubble_parameter_series_combinefn,
	SERIALFUNC = bubble_parameter_series_serialfn,
	DESERIALFUNC = bubble_parameter_series_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_bootstrap(double precision, timestamptz, bigint, bigint, bigint, bigint, text, bigint)
	IS 'SADF and GSADF statistics with critical values and p values from a wild bootstrap, valid where volatility changes, as one row';

CREATE FUNCTION explosive_bootstrap(series bubble_series, min_window bigint DEFAULT NULL, lags bigint DEFAULT 0,
	replications bigint DEFAULT 999, seed bigint DEFAULT 1, method text DEFAULT 'harvey', control bigint DEFAULT NULL,
	deterministic text DEFAULT 'constant') RETURNS explosive_bootstrap_result
	AS 'MODULE_PATHNAME', 'bubble_explosive_bootstrap'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000000;
COMMENT ON FUNCTION explosive_bootstrap(bubble_series, bigint, bigint, bigint, bigint, text, bigint, text)
	IS 'SADF and GSADF statistics with critical values and p values from a wild bootstrap, valid where volatility changes, as one row';

CREATE FUNCTION explosive_bootstrap_path(series bubble_series, min_window bigint DEFAULT NULL, lags bigint DEFAULT 0,
	level double precision DEFAULT 0.95, replications bigint DEFAULT 999, seed bigint DEFAULT 1,
	method text DEFAULT 'harvey', deterministic text DEFAULT 'constant') RETURNS bubble_series
	AS 'MODULE_PATHNAME', 'bubble_explosive_bootstrap_path'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000000;
COMMENT ON FUNCTION explosive_bootstrap_path(bubble_series, bigint, bigint, double precision, bigint, bigint, text, text)
	IS 'critical values of bsadf_path from a wild bootstrap, row by row: the quantile at level of the row''s BSADF statistic, for explosive_episodes';

-- What remains after controls.

CREATE FUNCTION bubble_residuals_transfn(internal, double precision, double precision[], date) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_residuals_date_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_residuals_transfn(internal, double precision, double precision[], date)
	IS 'transition: a row of explosive_residuals(y, controls, at)';

CREATE FUNCTION bubble_residuals_transfn(internal, double precision, double precision[], timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'bubble_residuals_timestamptz_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_residuals_transfn(internal, double precision, double precision[], timestamptz)
	IS 'transition: a row of explosive_residuals(y, controls, at)';

CREATE FUNCTION bubble_residuals_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_residuals_combinefn(internal, internal)
	IS 'combine: rows of two regressions';

CREATE FUNCTION bubble_residuals_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_residuals_serialfn(internal)
	IS 'serialize: rows of a regression';

CREATE FUNCTION bubble_residuals_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_residuals_deserialfn(bytea, internal)
	IS 'deserialize: rows of a regression';

CREATE FUNCTION bubble_explosive_residuals_finalfn(internal) RETURNS bubble_series
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_explosive_residuals_finalfn(internal)
	IS 'final: residuals in order of time';

CREATE AGGREGATE explosive_residuals(y double precision, controls double precision[], at date) (
	SFUNC = bubble_residuals_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_residuals_finalfn,
	COMBINEFUNC = bubble_residuals_combinefn,
	SERIALFUNC = bubble_residuals_serialfn,
	DESERIALFUNC = bubble_residuals_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_residuals(double precision, double precision[], date)
	IS 'the series that remains of y after a least-squares regression on a constant and the controls';

CREATE AGGREGATE explosive_residuals(y double precision, controls double precision[], at timestamptz) (
	SFUNC = bubble_residuals_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_residuals_finalfn,
	COMBINEFUNC = bubble_residuals_combinefn,
	SERIALFUNC = bubble_residuals_serialfn,
	DESERIALFUNC = bubble_residuals_deserialfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE explosive_residuals(double precision, double precision[], timestamptz)
	IS 'the series that remains of y after a least-squares regression on a constant and the controls';

-- ---------------------------------------------------------------------------
-- score
--
-- The score of a row is its standing among the rows before it, so rows are
-- taken in the order given, and parts of them could not be put together
-- again: no COMBINEFUNC.  In a parallel plan whole groups are computed where
-- their rows are.
-- ---------------------------------------------------------------------------

CREATE FUNCTION bubble_score_transfn(internal, double precision[]) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_score_transfn(internal, double precision[])
	IS 'transition: next row of bubble_score and bubble_components';

CREATE FUNCTION bubble_score_transfn(internal, double precision[], double precision[])
	RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_score_transfn(internal, double precision[], double precision[])
	IS 'transition: next row of bubble_score and bubble_components';

CREATE FUNCTION bubble_score_transfn(internal, double precision[], double precision[], text)
	RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_score_transfn(internal, double precision[], double precision[], text)
	IS 'transition: next row of bubble_score and bubble_components';

CREATE FUNCTION bubble_score_transfn(internal, double precision[], double precision[], text, text)
	RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_score_transfn(internal, double precision[], double precision[], text, text)
	IS 'transition: next row of bubble_score and bubble_components';

CREATE FUNCTION bubble_score_moving_transfn(internal, double precision[]) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_score_moving_transfn(internal, double precision[])
	IS 'moving transition: a row enters the frame';

CREATE FUNCTION bubble_score_moving_transfn(internal, double precision[], double precision[])
	RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_score_moving_transfn(internal, double precision[], double precision[])
	IS 'moving transition: a row enters the frame';

CREATE FUNCTION bubble_score_moving_transfn(internal, double precision[], double precision[], text)
	RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_score_moving_transfn(internal, double precision[], double precision[], text)
	IS 'moving transition: a row enters the frame';

CREATE FUNCTION bubble_score_moving_transfn(internal, double precision[], double precision[], text, text)
	RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_score_moving_transfn(internal, double precision[], double precision[], text, text)
	IS 'moving transition: a row enters the frame';

CREATE FUNCTION bubble_score_moving_invtransfn(internal, double precision[]) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_score_moving_invtransfn(internal, double precision[])
	IS 'moving transition: the oldest row leaves the frame';

CREATE FUNCTION bubble_score_moving_invtransfn(internal, double precision[], double precision[])
	RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_score_moving_invtransfn(internal, double precision[], double precision[])
	IS 'moving transition: the oldest row leaves the frame';

CREATE FUNCTION bubble_score_moving_invtransfn(internal, double precision[], double precision[], text)
	RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_score_moving_invtransfn(internal, double precision[], double precision[], text)
	IS 'moving transition: the oldest row leaves the frame';

CREATE FUNCTION bubble_score_moving_invtransfn(internal, double precision[], double precision[], text, text)
	RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_score_moving_invtransfn(internal, double precision[], double precision[], text, text)
	IS 'moving transition: the oldest row leaves the frame';

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
COMMENT ON AGGREGATE bubble_score(double precision[])
	IS 'composite score, 0 to 100, of the last row: its indicators normalised against their history of 20 values at least; equal weights, percentiles, arithmetic mean; rows in the order given';

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
COMMENT ON AGGREGATE bubble_score(double precision[], double precision[])
	IS 'composite score, 0 to 100, of the last row: its indicators normalised against their history of 20 values at least; percentiles, arithmetic mean; rows in the order given';

CREATE AGGREGATE bubble_score(
	indicators double precision[], weights double precision[], method text
) (
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
COMMENT ON AGGREGATE bubble_score(double precision[], double precision[], text)
	IS 'composite score, 0 to 100, of the last row: its indicators normalised against their history of 20 values at least; arithmetic mean; rows in the order given';

CREATE AGGREGATE bubble_score(
	indicators double precision[], weights double precision[], method text, aggregation text
) (
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
COMMENT ON AGGREGATE bubble_score(double precision[], double precision[], text, text)
	IS 'composite score, 0 to 100, of the last row: its indicators normalised against their history of 20 values at least; rows in the order given';

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
COMMENT ON AGGREGATE bubble_components(double precision[])
	IS 'normalised indicators, 0 to 100, of the last row, null before they have 20 values; equal weights, percentiles; rows in the order given';

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
COMMENT ON AGGREGATE bubble_components(double precision[], double precision[])
	IS 'normalised indicators, 0 to 100, of the last row, null before they have 20 values; percentiles; rows in the order given';

CREATE AGGREGATE bubble_components(
	indicators double precision[], weights double precision[], method text
) (
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
COMMENT ON AGGREGATE bubble_components(double precision[], double precision[], text)
	IS 'normalised indicators, 0 to 100, of the last row, null before they have 20 values; rows in the order given';

CREATE AGGREGATE bubble_components(
	indicators double precision[], weights double precision[], method text, aggregation text
) (
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
COMMENT ON AGGREGATE bubble_components(double precision[], double precision[], text, text)
	IS 'normalised indicators, 0 to 100, of the last row, null before they have 20 values; rows in the order given';

CREATE FUNCTION bubble_score_transfn(internal, double precision[], double precision[], text, text, bigint) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_score_transfn(internal, double precision[], double precision[], text, text, bigint)
	IS 'transition: next row of bubble_score and bubble_components';

CREATE FUNCTION bubble_score_moving_transfn(internal, double precision[], double precision[], text, text, bigint)
	RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_score_moving_transfn(internal, double precision[], double precision[], text, text, bigint)
	IS 'moving transition: a row enters the frame';

CREATE FUNCTION bubble_score_moving_invtransfn(internal, double precision[], double precision[], text, text, bigint)
	RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_score_moving_invtransfn(internal, double precision[], double precision[], text, text, bigint)
	IS 'moving transition: the oldest row leaves the frame';

CREATE FUNCTION bubble_score_transfn(internal, double precision[], double precision[], text, text, bigint, bigint, bigint, double precision)
	RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_score_transfn(internal, double precision[], double precision[], text, text, bigint, bigint, bigint, double precision)
	IS 'transition: next row of score_sensitivity';

CREATE FUNCTION bubble_score_moving_transfn(internal, double precision[], double precision[], text, text, bigint, bigint, bigint, double precision)
	RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_score_moving_transfn(internal, double precision[], double precision[], text, text, bigint, bigint, bigint, double precision)
	IS 'moving transition: a row enters the frame';

CREATE FUNCTION bubble_score_moving_invtransfn(internal, double precision[], double precision[], text, text, bigint, bigint, bigint, double precision)
	RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_score_moving_invtransfn(internal, double precision[], double precision[], text, text, bigint, bigint, bigint, double precision)
	IS 'moving transition: the oldest row leaves the frame';

CREATE FUNCTION bubble_contributions_finalfn(internal) RETURNS double precision[]
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_contributions_finalfn(internal)
	IS 'final: what each indicator adds to the score';

CREATE TYPE score_sensitivity_result AS (
	score double precision,
	low double precision,
	high double precision,
	weights_low double precision,
	weights_high double precision,
	left_out double precision[]
);
COMMENT ON TYPE score_sensitivity_result
	IS 'a score and the interval it lies in when weights are perturbed (5 to 95 percent) and each indicator is left out';

CREATE FUNCTION bubble_sensitivity_finalfn(internal) RETURNS score_sensitivity_result
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION bubble_sensitivity_finalfn(internal)
	IS 'final: score of the last row with its interval';

CREATE AGGREGATE bubble_score(
	indicators double precision[], weights double precision[], method text, aggregation text, min_history bigint
) (
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
COMMENT ON AGGREGATE bubble_score(double precision[], double precision[], text, text, bigint)
	IS 'composite score, 0 to 100, of the last row: its indicators normalised against their history, if that has min_history values (null: 20); rows in the order given';

CREATE AGGREGATE bubble_components(
	indicators double precision[], weights double precision[], method text, aggregation text, min_history bigint
) (
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
COMMENT ON AGGREGATE bubble_components(double precision[], double precision[], text, text, bigint)
	IS 'normalised indicators, 0 to 100, of the last row, null before they have min_history values (null: 20); rows in the order given';

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
COMMENT ON AGGREGATE bubble_contributions(double precision[])
	IS 'what each indicator adds to the composite score of the last row: parts that add up to it, 0 without weight; rows in the order given';

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
COMMENT ON AGGREGATE bubble_contributions(double precision[], double precision[])
	IS 'what each indicator adds to the composite score of the last row: parts that add up to it, 0 without weight; rows in the order given';

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
COMMENT ON AGGREGATE bubble_contributions(double precision[], double precision[], text)
	IS 'what each indicator adds to the composite score of the last row: parts that add up to it, 0 without weight; rows in the order given';

CREATE AGGREGATE bubble_contributions(
	indicators double precision[], weights double precision[], method text, aggregation text
) (
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
COMMENT ON AGGREGATE bubble_contributions(double precision[], double precision[], text, text)
	IS 'what each indicator adds to the composite score of the last row: parts that add up to it, 0 without weight; rows in the order given';

CREATE AGGREGATE bubble_contributions(
	indicators double precision[], weights double precision[], method text, aggregation text, min_history bigint
) (
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
COMMENT ON AGGREGATE bubble_contributions(double precision[], double precision[], text, text, bigint)
	IS 'what each indicator adds to the composite score of the last row: parts that add up to it, 0 without weight; rows in the order given';

CREATE AGGREGATE score_sensitivity(indicators double precision[]) (
	SFUNC = bubble_score_transfn,
	STYPE = internal,
	SSPACE = 4096,
	FINALFUNC = bubble_sensitivity_finalfn,
	MSFUNC = bubble_score_moving_transfn,
	MINVFUNC = bubble_score_moving_invtransfn,
	MSTYPE = internal,
	MSSPACE = 8192,
	MFINALFUNC = bubble_sensitivity_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE score_sensitivity(double precision[])
	IS 'composite score of the last row with the interval it lies in when weights are perturbed and indicators left out; rows in the order given';

CREATE AGGREGATE score_sensitivity(
	indicators double precision[], weights double precision[], method text, aggregation text
) (
	SFUNC = bubble_score_transfn,
	STYPE = internal,
	SSPACE = 4096,
	FINALFUNC = bubble_sensitivity_finalfn,
	MSFUNC = bubble_score_moving_transfn,
	MINVFUNC = bubble_score_moving_invtransfn,
	MSTYPE = internal,
	MSSPACE = 8192,
	MFINALFUNC = bubble_sensitivity_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE score_sensitivity(double precision[], double precision[], text, text)
	IS 'composite score of the last row with the interval it lies in when weights are perturbed and indicators left out; rows in the order given';

CREATE AGGREGATE score_sensitivity(
	indicators double precision[], weights double precision[], method text, aggregation text, min_history bigint, replications bigint, seed bigint, perturbation double precision
) (
	SFUNC = bubble_score_transfn,
	STYPE = internal,
	SSPACE = 4096,
	FINALFUNC = bubble_sensitivity_finalfn,
	MSFUNC = bubble_score_moving_transfn,
	MINVFUNC = bubble_score_moving_invtransfn,
	MSTYPE = internal,
	MSSPACE = 8192,
	MFINALFUNC = bubble_sensitivity_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE score_sensitivity(double precision[], double precision[], text, text, bigint, bigint, bigint, double precision)
	IS 'composite score of the last row with the interval it lies in when weights are perturbed and indicators left out; rows in the order given';

CREATE FUNCTION composite(scores double precision[], weights double precision[] DEFAULT NULL,
	aggregation text DEFAULT 'arithmetic') RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_composite'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION composite(double precision[], double precision[], text)
	IS 'weighted arithmetic, geometric or harmonic mean, minimum, maximum or median of scores; NULL scores drop out, a negative weight takes 100 - score';

CREATE FUNCTION bubble_phase(score double precision, drawdown double precision DEFAULT NULL) RETURNS text
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_phase(double precision, double precision)
	IS 'calm, building, elevated or bubble by score; bursting when the drawdown passes 0.20';

-- Where values stand among those of their partition, and in their frame.

CREATE FUNCTION zscore(x double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_zscore'
	LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION zscore(double precision)
	IS 'standard deviations above the mean of the partition; 0 if its values do not differ';

CREATE FUNCTION robust_zscore(x double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_robust_zscore'
	LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION robust_zscore(double precision)
	IS 'distance from the median of the partition over 1.4826 times the median absolute deviation, or, where that is 0, over 1.253314 times the mean one; 0 if its values do not differ';

CREATE FUNCTION minmax_score(x double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_minmax_score'
	LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION minmax_score(double precision)
	IS 'place between the lowest value of the partition (0) and the highest (100); 50 if they do not differ';

CREATE FUNCTION percentile_score(x double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_percentile_score'
	LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION percentile_score(double precision)
	IS 'share of the other rows of the partition with lower values, times 100; 50 if they do not differ';

CREATE FUNCTION bubble_standing_percentile_transfn(internal, double precision) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_standing_percentile_transfn(internal, double precision)
	IS 'transition: next row of latest_percentile';

CREATE FUNCTION bubble_standing_zscore_transfn(internal, double precision) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_standing_zscore_transfn(internal, double precision)
	IS 'transition: next row of latest_zscore';

CREATE FUNCTION bubble_standing_invtransfn(internal, double precision) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_standing_invtransfn(internal, double precision)
	IS 'moving transition: the oldest row leaves the frame';

CREATE FUNCTION bubble_standing_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_standing_finalfn(internal)
	IS 'final: where the last row stands';

CREATE AGGREGATE latest_percentile(x double precision) (
	SFUNC = bubble_standing_percentile_transfn,
	STYPE = internal,
	SSPACE = 2048,
	FINALFUNC = bubble_standing_finalfn,
	MSFUNC = bubble_standing_percentile_transfn,
	MINVFUNC = bubble_standing_invtransfn,
	MSTYPE = internal,
	MSSPACE = 2048,
	MFINALFUNC = bubble_standing_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE latest_percentile(double precision)
	IS 'share of the other rows so far with lower values than the last row, times 100: no look-ahead; 50 if they do not differ; rows in the order given';

CREATE AGGREGATE latest_zscore(x double precision) (
	SFUNC = bubble_standing_zscore_transfn,
	STYPE = internal,
	SSPACE = 2048,
	FINALFUNC = bubble_standing_finalfn,
	MSFUNC = bubble_standing_zscore_transfn,
	MINVFUNC = bubble_standing_invtransfn,
	MSTYPE = internal,
	MSSPACE = 2048,
	MFINALFUNC = bubble_standing_finalfn,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE latest_zscore(double precision)
	IS 'standard deviations of the last row above the mean of the rows so far: no look-ahead; 0 if they do not differ; rows in the order given';

-- Weights from the data.

CREATE FUNCTION bubble_weights_transfn(internal, double precision[]) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_weights_transfn(internal, double precision[])
	IS 'transition: a row of indicators';

CREATE FUNCTION bubble_weights_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_weights_combinefn(internal, internal)
	IS 'combine: rows of indicators';

CREATE FUNCTION bubble_weights_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_weights_serialfn(internal)
	IS 'serialize: rows of indicators';

CREATE FUNCTION bubble_weights_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
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
COMMENT ON AGGREGATE pca_weights(double precision[])
	IS 'squared loadings of the first principal component of the correlation matrix, negative where an indicator moves against it; equal where no component stands apart';

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
COMMENT ON AGGREGATE entropy_weights(double precision[])
	IS 'weights of indicators by how unevenly their values are spread: 1 - entropy';

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
COMMENT ON AGGREGATE critic_weights(double precision[])
	IS 'weights of indicators by how much they differ, and from each other: standard deviation times sum of 1 - correlation (CRITIC)';

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
COMMENT ON AGGREGATE deviation_weights(double precision[])
	IS 'weights of indicators by their standard deviations';

-- Does a score warn?

CREATE TYPE signal_quality_result AS (
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
COMMENT ON TYPE signal_quality_result
	IS 'what became of the warnings of a score: counts, rates, noise-to-signal ratio and usefulness';

CREATE FUNCTION bubble_warnings_transfn(internal, double precision, boolean) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_warnings_transfn(internal, double precision, boolean)
	IS 'transition: a score and whether the event came';

CREATE FUNCTION bubble_warnings_transfn(internal, double precision, boolean, double precision) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_warnings_transfn(internal, double precision, boolean, double precision)
	IS 'transition: a score and whether the event came';

CREATE FUNCTION bubble_warnings_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_warnings_combinefn(internal, internal)
	IS 'combine: scores of two parts';

CREATE FUNCTION bubble_warnings_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_warnings_serialfn(internal)
	IS 'serialize: scores before events and before none';

CREATE FUNCTION bubble_warnings_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_warnings_deserialfn(bytea, internal)
	IS 'deserialize: scores before events and before none';

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
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_signal_quality_transfn(internal, double precision, boolean, double precision)
	IS 'transition: a score and whether the event came';

CREATE FUNCTION bubble_signal_quality_transfn(internal, double precision, boolean, double precision, double precision)
	RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_signal_quality_transfn(internal, double precision, boolean, double precision, double precision)
	IS 'transition: a score and whether the event came';

CREATE FUNCTION bubble_signal_quality_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bubble_signal_quality_combinefn(internal, internal)
	IS 'combine: counts of two parts';

CREATE FUNCTION bubble_signal_quality_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_signal_quality_serialfn(internal)
	IS 'serialize: counts';

CREATE FUNCTION bubble_signal_quality_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bubble_signal_quality_deserialfn(bytea, internal)
	IS 'deserialize: counts';

CREATE FUNCTION bubble_signal_quality_finalfn(internal) RETURNS signal_quality_result
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
COMMENT ON AGGREGATE auroc(double precision, boolean)
	IS 'area under the ROC curve: probability that a row before an event has a higher score than one before none, ties half';

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
COMMENT ON AGGREGATE best_threshold(double precision, boolean)
	IS 'the threshold of the score with the highest usefulness, where score >= threshold warns';

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
COMMENT ON AGGREGATE best_threshold(double precision, boolean, double precision)
	IS 'the threshold of the score with the highest usefulness, where score >= threshold warns';

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
COMMENT ON AGGREGATE signal_quality(double precision, boolean, double precision)
	IS 'hits, misses, false alarms, rates, noise-to-signal ratio and usefulness of the warning score >= threshold';

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
COMMENT ON AGGREGATE signal_quality(double precision, boolean, double precision, double precision)
	IS 'hits, misses, false alarms, rates, noise-to-signal ratio and usefulness of the warning score >= threshold';

CREATE FUNCTION drawdown_ahead(price double precision, at date, horizon interval) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_drawdown_ahead_date'
	LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION drawdown_ahead(double precision, date, interval)
	IS 'largest drawdown from the row until horizon later, the event that a warning is about; null where the rows end before; the frame and the order are ignored';

CREATE FUNCTION drawdown_ahead(price double precision, at timestamptz, horizon interval) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_drawdown_ahead_timestamptz'
	LANGUAGE C WINDOW STABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION drawdown_ahead(double precision, timestamptz, interval)
	IS 'largest drawdown from the row until horizon later, the event that a warning is about; null where the rows end before; the frame and the order are ignored';

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
-- of a timestamptz as they are.  This comes after the last aggregate.
-- ---------------------------------------------------------------------------

UPDATE pg_catalog.pg_proc AS aggregate
SET provolatile = 's'
FROM pg_catalog.pg_aggregate AS definition, pg_catalog.pg_depend AS member, pg_catalog.pg_extension AS extension, pg_catalog.pg_proc AS part
WHERE extension.extname OPERATOR(pg_catalog.=) 'bubble'
	AND member.refclassid OPERATOR(pg_catalog.=) extension.tableoid
	AND member.refobjid OPERATOR(pg_catalog.=) extension.oid
	AND member.deptype OPERATOR(pg_catalog.=) 'e'
	AND member.classid OPERATOR(pg_catalog.=) aggregate.tableoid
	AND member.objid OPERATOR(pg_catalog.=) aggregate.oid
	AND CAST(definition.aggfnoid AS pg_catalog.oid) OPERATOR(pg_catalog.=) aggregate.oid
	AND definition.aggtranstype OPERATOR(pg_catalog.=) CAST(CAST('pg_catalog.internal' AS pg_catalog.regtype) AS pg_catalog.oid)
	AND CAST(CAST('pg_catalog.timestamptz' AS pg_catalog.regtype) AS pg_catalog.oid) OPERATOR(pg_catalog.=) ANY (CAST(aggregate.proargtypes AS pg_catalog.oid[]))
	AND part.provolatile OPERATOR(pg_catalog.=) 's'
	AND part.oid OPERATOR(pg_catalog.=) ANY (ARRAY[CAST(definition.aggtransfn AS pg_catalog.oid), CAST(definition.aggfinalfn AS pg_catalog.oid)]);
