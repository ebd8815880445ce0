-- ---------------------------------------------------------------------------
-- series
-- ---------------------------------------------------------------------------

CREATE TYPE bubble_series;

COMMENT ON TYPE bubble_series
	IS 'values in order of time, packed into one value';

CREATE FUNCTION bubble_series_in(cstring) RETURNS bubble_series
	AS 'MODULE_PATHNAME'
	LANGUAGE C STABLE STRICT PARALLEL SAFE
	IS 'I/O';

CREATE FUNCTION bubble_series_out(bubble_series) RETURNS cstring
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	IS 'I/O';

CREATE FUNCTION bubble_series_recv(internal) RETURNS bubble_series
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	IS 'I/O';

CREATE FUNCTION bubble_series_send(bubble_series) RETURNS bytea
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
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
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
	IS 'implementation of = operator';

CREATE FUNCTION bubble_series_ne(bubble_series, bubble_series) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
	IS 'implementation of <> operator';

CREATE FUNCTION bubble_series_lt(bubble_series, bubble_series) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
	IS 'implementation of < operator';

CREATE FUNCTION bubble_series_le(bubble_series, bubble_series) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
	IS 'implementation of <= operator';

CREATE FUNCTION bubble_series_gt(bubble_series, bubble_series) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
	IS 'implementation of > operator';

CREATE FUNCTION bubble_series_ge(bubble_series, bubble_series) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
	IS 'implementation of >= operator';

CREATE FUNCTION bubble_series_cmp(bubble_series, bubble_series) RETURNS integer
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
	IS 'less-equal-greater: row by row, the earlier time or smaller value first';

CREATE FUNCTION bubble_series_hash(bubble_series) RETURNS integer
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
	IS 'hash: the rows';

CREATE FUNCTION bubble_series_hash_extended(bubble_series, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
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

CREATE FUNCTION bubble_series_transfn(bubble_series, double precision, @time) RETURNS bubble_series
	AS 'MODULE_PATHNAME', 'bubble_series_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'transition: a value enters the series';

CREATE FUNCTION bubble_series_combinefn(bubble_series, bubble_series) RETURNS bubble_series
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'combine: two series';

CREATE FUNCTION bubble_series_finalfn(bubble_series) RETURNS bubble_series
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000
	IS 'final function of bubble_series() and rollup(): no more rows than can be written as text';

CREATE AGGREGATE bubble_series(value double precision, at @time) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_series_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
)
	IS 'the values in order of time, packed into one value that can be stored';

CREATE AGGREGATE rollup(bubble_series) (
	SFUNC = bubble_series_combinefn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_series_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
)
	IS 'all rows of many series as one, whether they overlap in time or not';

CREATE FUNCTION unnest(series bubble_series, OUT at timestamptz, OUT value double precision) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'bubble_series_unnest'
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1000 ROWS 1000
	IS 'the rows of a series; dates as midnight in the session''s time zone';

CREATE FUNCTION unnest_dates(series bubble_series, OUT at date, OUT value double precision) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'bubble_series_unnest_dates'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 1000
	IS 'the rows of a series of dates';

CREATE FUNCTION bubble_series(times @time[], "values" double precision[]) RETURNS bubble_series
	AS 'MODULE_PATHNAME', 'bubble_series_from_arrays'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	IS 'a series of two arrays of the same length, in any order of time';

CREATE FUNCTION times(series bubble_series) RETURNS timestamptz[]
	AS 'MODULE_PATHNAME', 'bubble_series_times'
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1000
	IS 'the times of a series; dates as midnight in the session''s time zone';

CREATE FUNCTION dates(series bubble_series) RETURNS date[]
	AS 'MODULE_PATHNAME', 'bubble_series_dates'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
	IS 'the dates of a series of dates';

CREATE FUNCTION series_values(series bubble_series) RETURNS double precision[]
	AS 'MODULE_PATHNAME', 'bubble_series_values'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
	IS 'the values of a series, in order of time';

CREATE FUNCTION bubble_series_to_json(bubble_series) RETURNS json
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
	IS 'the rows as [[time, value], ...]';

CREATE FUNCTION bubble_series_to_jsonb(bubble_series) RETURNS jsonb
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
	IS 'the rows as [[time, value], ...]';

CREATE CAST (bubble_series AS json) WITH FUNCTION bubble_series_to_json(bubble_series);

COMMENT ON CAST (bubble_series AS json)
	IS 'the rows as [[time, value], ...], times in UTC';

CREATE CAST (bubble_series AS jsonb) WITH FUNCTION bubble_series_to_jsonb(bubble_series);

COMMENT ON CAST (bubble_series AS jsonb)
	IS 'the rows as [[time, value], ...], times in UTC';

CREATE FUNCTION observations(series bubble_series) RETURNS bigint
	AS 'MODULE_PATHNAME', 'bubble_series_observations'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	IS 'number of rows of a series';

CREATE FUNCTION first_at(series bubble_series) RETURNS timestamptz
	AS 'MODULE_PATHNAME', 'bubble_series_first_at'
	LANGUAGE C STABLE STRICT PARALLEL SAFE
	IS 'time of the first row of a series';

CREATE FUNCTION last_at(series bubble_series) RETURNS timestamptz
	AS 'MODULE_PATHNAME', 'bubble_series_last_at'
	LANGUAGE C STABLE STRICT PARALLEL SAFE
	IS 'time of the last row of a series';

CREATE FUNCTION slice(series bubble_series, from_at timestamptz, to_at timestamptz) RETURNS bubble_series
	AS 'MODULE_PATHNAME', 'bubble_series_slice'
	LANGUAGE C STABLE PARALLEL SAFE COST 1000
	IS 'the rows of a series from one time to another, both included; NULL for no bound';

CREATE FUNCTION bubble_parameter_series_combinefn(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'combine: two series with the same parameters';

CREATE FUNCTION bubble_parameter_series_serialfn(internal) RETURNS bytea
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	IS 'serialize: a series with parameters';

CREATE FUNCTION bubble_parameter_series_deserialfn(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	IS 'deserialize: a series with parameters';
