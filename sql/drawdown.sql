-- ---------------------------------------------------------------------------
-- drawdown
-- ---------------------------------------------------------------------------

CREATE TYPE drawdown_episode@_date AS (
	peak_at @time,
	peak double precision,
	trough_at @time,
	trough double precision,
	recovered_at @time,
	depth double precision,
	observations bigint,
	last_at @time
)
	IS 'a drawdown from its peak through its trough to its recovery, with @times';

CREATE TYPE price_summary@_date AS (
	observations bigint,
	last_at @time,
	last_price double precision,
	peak_at @time,
	peak double precision,
	drawdown double precision,
	max_drawdown double precision,
	deepest_peak_at @time,
	deepest_trough_at @time,
	deepest_recovered_at @time,
	ulcer_index double precision,
	pain_index double precision,
	conditional_drawdown_at_risk double precision,
	time_under_water double precision,
	rows_under_water bigint,
	days_under_water double precision,
	cagr double precision,
	volatility double precision
)
	IS 'what is asked of a price most often, with @times';

CREATE TYPE drawdown_summary;

COMMENT ON TYPE drawdown_summary
	IS 'a price history, reduced to what its drawdowns can depend on when it is merged with others';

CREATE FUNCTION drawdown_summary_in(cstring) RETURNS drawdown_summary
	AS 'MODULE_PATHNAME'
	LANGUAGE C STABLE STRICT PARALLEL SAFE
	IS 'I/O';

CREATE FUNCTION drawdown_summary_out(drawdown_summary) RETURNS cstring
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	IS 'I/O';

CREATE FUNCTION drawdown_summary_recv(internal) RETURNS drawdown_summary
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	IS 'I/O';

CREATE FUNCTION drawdown_summary_send(drawdown_summary) RETURNS bytea
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
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
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
	IS 'implementation of = operator';

CREATE FUNCTION drawdown_summary_ne(drawdown_summary, drawdown_summary) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
	IS 'implementation of <> operator';

CREATE FUNCTION drawdown_summary_lt(drawdown_summary, drawdown_summary) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
	IS 'implementation of < operator';

CREATE FUNCTION drawdown_summary_le(drawdown_summary, drawdown_summary) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
	IS 'implementation of <= operator';

CREATE FUNCTION drawdown_summary_gt(drawdown_summary, drawdown_summary) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
	IS 'implementation of > operator';

CREATE FUNCTION drawdown_summary_ge(drawdown_summary, drawdown_summary) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
	IS 'implementation of >= operator';

CREATE FUNCTION drawdown_summary_cmp(drawdown_summary, drawdown_summary) RETURNS integer
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
	IS 'less-equal-greater: times, then peaks and troughs';

CREATE FUNCTION drawdown_summary_hash(drawdown_summary) RETURNS integer
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
	IS 'hash: what it keeps';

CREATE FUNCTION drawdown_summary_hash_extended(drawdown_summary, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
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

CREATE STATE scan(double precision) VARIANTS (drawdown, runup, amount)
	IS 'the rows so far of a curve, in the order given';

CREATE FUNCTION bubble_scan_last_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'final: drawdown or run-up of the last price';

CREATE FUNCTION bubble_scan_max_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'final: maximum drawdown or run-up';

CREATE STATE queue(double precision) VARIANTS (drawdown, runup, amount) MOVING
	IS 'the rows in the frame, in the order given';

CREATE STATE timed_queue(double precision, @time) VARIANTS (drawdown, runup, amount) MOVING
	IS 'the rows in the frame, in order of time';

CREATE FUNCTION bubble_queue_last_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'moving final: drawdown or run-up of the last price';

CREATE FUNCTION bubble_queue_max_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'moving final: maximum drawdown or run-up';

CREATE STATE envelope(double precision, @time) VARIANTS (drawdown, runup, amount) PARTIAL
	IS 'a price history, rows in any order';

CREATE FUNCTION bubble_envelope_last_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'final: drawdown or run-up of the last price';

CREATE FUNCTION bubble_envelope_max_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'final: maximum drawdown or run-up';

CREATE STATE returns_scan(double precision)
	IS 'the returns so far, in the order given';

CREATE FUNCTION bubble_returns_scan_last_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'final: drawdown after the last return';

CREATE FUNCTION bubble_returns_scan_max_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'final: maximum drawdown';

CREATE STATE returns_frame(double precision) MOVING
	IS 'the returns in the frame, in the order given';

CREATE FUNCTION bubble_returns_frame_last_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'moving final: drawdown after the last return';

CREATE FUNCTION bubble_returns_frame_max_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'moving final: maximum drawdown';

CREATE FUNCTION bubble_summary_transfn(drawdown_summary, double precision, @time) RETURNS drawdown_summary
	AS 'MODULE_PATHNAME', 'bubble_summary_transfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'transition: a price enters the history';

CREATE FUNCTION bubble_summary_combinefn(drawdown_summary, drawdown_summary) RETURNS drawdown_summary
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'combine: two parts of a price history';

CREATE FUNCTION bubble_summary_finalfn(drawdown_summary) RETURNS drawdown_summary
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000
	IS 'final function of drawdown_summary() and rollup(): no more rows than can be written as text';

CREATE FUNCTION bubble_max_drawdown_episode_date_finalfn(drawdown_summary) RETURNS drawdown_episode_date
	AS 'MODULE_PATHNAME', 'bubble_summary_max_drawdown_episode'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
	IS 'final: deepest episode, with dates';

CREATE STATE drawdown_at_risk(double precision, @time, double precision) PARTIAL
	IS 'a price history, and which share of it is the tail';

CREATE FUNCTION bubble_drawdown_at_risk_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'final: border of the worst drawdowns';

CREATE FUNCTION bubble_conditional_drawdown_at_risk_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'final: mean of the worst drawdowns';

CREATE STATE drawdown_episodes(double precision, @time, double precision) PARTIAL
	IS 'a price history, and the least depth of its episodes';

CREATE FUNCTION bubble_drawdown_episodes_date_finalfn(bubble_series) RETURNS drawdown_episode_date[]
	AS 'MODULE_PATHNAME', 'bubble_drawdown_episodes'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
	IS 'final: every episode, with dates';

CREATE FUNCTION bubble_drawdown_episodes_date_finalfn(internal) RETURNS drawdown_episode_date[]
	AS 'MODULE_PATHNAME', 'bubble_drawdown_episodes_finalfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'final: every episode of a least depth, with dates';

CREATE FUNCTION bubble_drawdown_episodes_timestamptz_finalfn(internal) RETURNS drawdown_episode[]
	AS 'MODULE_PATHNAME', 'bubble_drawdown_episodes_finalfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'final: every episode of a least depth, with times';

CREATE FUNCTION bubble_price_summary_date_finalfn(bubble_series) RETURNS price_summary_date
	AS 'MODULE_PATHNAME', 'bubble_price_summary'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
	IS 'final: price_summary, with dates';

CREATE FUNCTION drawdown(summary drawdown_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_summary_drawdown'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
	IS 'fraction lost by the last price since the highest price';

CREATE FUNCTION drawdown(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_drawdown'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
	IS 'fraction lost by the last price of a series since the highest price so far';

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
)
	IS 'fraction lost by the last price since the highest price so far; rows in the order given';

CREATE AGGREGATE drawdown(price double precision, at @time) (
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
)
	IS 'fraction lost by the last price since the highest price so far; rows in any order';

CREATE FUNCTION max_drawdown(summary drawdown_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_summary_max_drawdown'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
	IS 'largest fraction lost from a peak to a later trough, 0 if none';

CREATE FUNCTION max_drawdown(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_max_drawdown'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
	IS 'largest fraction lost from a peak of a series to a later trough, 0 if none';

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
)
	IS 'largest fraction lost from a peak to a later trough, 0 if none; rows in the order given';

CREATE AGGREGATE max_drawdown(price double precision, at @time) (
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
)
	IS 'largest fraction lost from a peak to a later trough, 0 if none; rows in any order';

CREATE FUNCTION runup(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_runup'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
	IS 'fraction gained by the last price of a series since the lowest price so far';

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
)
	IS 'fraction gained by the last price since the lowest price so far; rows in the order given';

CREATE AGGREGATE runup(price double precision, at @time) (
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
)
	IS 'fraction gained by the last price since the lowest price so far; rows in any order';

CREATE FUNCTION max_runup(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_max_runup'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
	IS 'largest fraction gained from a trough of a series to a later peak, 0 if none';

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
)
	IS 'largest fraction gained from a trough to a later peak, 0 if none; rows in the order given';

CREATE AGGREGATE max_runup(price double precision, at @time) (
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
)
	IS 'largest fraction gained from a trough to a later peak, 0 if none; rows in any order';

CREATE FUNCTION drawdown_amount(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_drawdown_amount'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
	IS 'amount lost by the last value since the highest value';

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
)
	IS 'amount lost by the last value since the highest value so far; rows in the order given';

CREATE AGGREGATE drawdown_amount(value double precision, at @time) (
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
)
	IS 'amount lost by the last value since the highest value so far; rows in any order';

CREATE FUNCTION max_drawdown_amount(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_max_drawdown_amount'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
	IS 'largest amount lost from a peak to a later trough';

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
)
	IS 'largest amount lost from a peak to a later trough; rows in the order given';

CREATE AGGREGATE max_drawdown_amount(value double precision, at @time) (
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
)
	IS 'largest amount lost from a peak to a later trough; rows in any order';

CREATE FUNCTION drawdown_of_returns(returns bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_drawdown_of_returns'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
	IS 'fraction lost since the highest wealth, which starts at 1, of simple returns';

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
)
	IS 'fraction of wealth lost since it was highest, the start included, by simple returns; rows in the order given';

CREATE AGGREGATE drawdown_of_returns(return double precision, at @time) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = drawdown_of_returns,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
)
	IS 'fraction lost since the highest wealth, which starts at 1, of simple returns';

CREATE FUNCTION max_drawdown_of_returns(returns bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_max_drawdown_of_returns'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
	IS 'largest fraction lost from a peak of wealth, which starts at 1, to a later trough, of simple returns';

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
)
	IS 'largest fraction of wealth lost from a peak, the start included, to a later trough, by simple returns; rows in the order given';

CREATE AGGREGATE max_drawdown_of_returns(return double precision, at @time) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = max_drawdown_of_returns,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
)
	IS 'largest fraction lost from a peak of wealth, which starts at 1, to a later trough, of simple returns';

CREATE FUNCTION wealth_series(returns bubble_series) RETURNS bubble_series
	AS 'MODULE_PATHNAME', 'bubble_wealth_series'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
	IS 'what simple returns make of a wealth of 1, which is the first row';

CREATE AGGREGATE wealth_series(return double precision, at @time) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = wealth_series,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
)
	IS 'what simple returns make of a wealth of 1, which is the first row';

CREATE AGGREGATE drawdown_summary(price double precision, at @time) (
	SFUNC = bubble_summary_transfn,
	STYPE = drawdown_summary,
	SSPACE = 1024,
	FINALFUNC = bubble_summary_finalfn,
	COMBINEFUNC = bubble_summary_combinefn,
	PARALLEL = SAFE
)
	IS 'a price history reduced to a value that can be stored and rolled up later';

CREATE AGGREGATE rollup(drawdown_summary) (
	SFUNC = bubble_summary_combinefn,
	STYPE = drawdown_summary,
	SSPACE = 1024,
	FINALFUNC = bubble_summary_finalfn,
	COMBINEFUNC = bubble_summary_combinefn,
	PARALLEL = SAFE
)
	IS 'the summary of all rows of many, whether they overlap in time or not';

CREATE FUNCTION observations(summary drawdown_summary) RETURNS bigint
	AS 'MODULE_PATHNAME', 'bubble_summary_observations'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	IS 'number of rows of a price history';

CREATE FUNCTION first_at(summary drawdown_summary) RETURNS timestamptz
	AS 'MODULE_PATHNAME', 'bubble_summary_first_at'
	LANGUAGE C STABLE STRICT PARALLEL SAFE
	IS 'time of the first row of a price history';

CREATE FUNCTION last_at(summary drawdown_summary) RETURNS timestamptz
	AS 'MODULE_PATHNAME', 'bubble_summary_last_at'
	LANGUAGE C STABLE STRICT PARALLEL SAFE
	IS 'time of the last row of a price history';

CREATE FUNCTION max_drawdown_episode(summary drawdown_summary) RETURNS drawdown_episode
	AS 'MODULE_PATHNAME', 'bubble_summary_max_drawdown_episode'
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1000
	IS 'the deepest drawdown as a row: peak, trough, recovery, depth, observations';

CREATE FUNCTION max_drawdown_episode(series bubble_series) RETURNS drawdown_episode
	AS 'MODULE_PATHNAME', 'bubble_max_drawdown_episode'
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1000
	IS 'the deepest drawdown of a series as a row: peak, trough, recovery, depth, observations';

CREATE AGGREGATE max_drawdown_episode(price double precision, at date) (
	SFUNC = bubble_summary_transfn,
	STYPE = drawdown_summary,
	SSPACE = 1024,
	FINALFUNC = bubble_max_drawdown_episode_date_finalfn,
	COMBINEFUNC = bubble_summary_combinefn,
	PARALLEL = SAFE
)
	IS 'the deepest drawdown as a row: peak, trough, recovery, depth, observations';

CREATE AGGREGATE max_drawdown_episode(price double precision, at timestamptz) (
	SFUNC = bubble_summary_transfn,
	STYPE = drawdown_summary,
	SSPACE = 1024,
	FINALFUNC = max_drawdown_episode,
	COMBINEFUNC = bubble_summary_combinefn,
	PARALLEL = SAFE
)
	IS 'the deepest drawdown as a row: peak, trough, recovery, depth, observations';

CREATE FUNCTION drawdown_episodes(series bubble_series) RETURNS drawdown_episode[]
	AS 'MODULE_PATHNAME', 'bubble_drawdown_episodes'
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1000
	IS 'every drawdown of a series in order of time, as an array of rows for unnest()';

CREATE FUNCTION drawdown_episodes(series bubble_series, min_depth double precision) RETURNS drawdown_episode[]
	AS 'MODULE_PATHNAME', 'bubble_drawdown_episodes_min_depth'
	LANGUAGE C STABLE PARALLEL SAFE COST 1000
	IS 'every drawdown of a series in order of time, as an array of rows for unnest(); only those of at least min_depth, a fraction';

CREATE AGGREGATE drawdown_episodes(price double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_drawdown_episodes_date_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
)
	IS 'every drawdown in order of time, as an array of rows for unnest()';

CREATE AGGREGATE drawdown_episodes(price double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = drawdown_episodes,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
)
	IS 'every drawdown in order of time, as an array of rows for unnest()';

CREATE AGGREGATE drawdown_episodes(price double precision, at @time, min_depth double precision) (
	SFUNC = bubble_drawdown_episodes_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_drawdown_episodes_@time_finalfn,
	COMBINEFUNC = bubble_drawdown_episodes_combinefn,
	SERIALFUNC = bubble_drawdown_episodes_serialfn,
	DESERIALFUNC = bubble_drawdown_episodes_deserialfn,
	PARALLEL = SAFE
)
	IS 'every drawdown in order of time, as an array of rows for unnest(); only those of at least min_depth, a fraction';

CREATE FUNCTION drawdown_path(series bubble_series) RETURNS bubble_series
	AS 'MODULE_PATHNAME', 'bubble_drawdown_path'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
	IS 'the drawdown of every row of a series, as a fraction of the highest price so far';

CREATE FUNCTION rolling_max_drawdown(series bubble_series, observations bigint) RETURNS bubble_series
	AS 'MODULE_PATHNAME', 'bubble_rolling_max_drawdown'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000
	IS 'for every row of a series the maximum drawdown of so many rows up to it, as a fraction';

CREATE FUNCTION price_summary(series bubble_series) RETURNS price_summary
	AS 'MODULE_PATHNAME', 'bubble_price_summary'
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1000
	IS 'last price, drawdown, deepest episode, measures of the whole curve, growth and volatility, as one row';

CREATE AGGREGATE price_summary(price double precision, at date) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_price_summary_date_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
)
	IS 'last price, drawdown, deepest episode, measures of the whole curve, growth and volatility, as one row';

CREATE AGGREGATE price_summary(price double precision, at timestamptz) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = price_summary,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
)
	IS 'last price, drawdown, deepest episode, measures of the whole curve, growth and volatility, as one row';

CREATE FUNCTION ulcer_index(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_ulcer_index'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
	IS 'root mean square of the drawdowns of all rows, as a fraction';

CREATE AGGREGATE ulcer_index(price double precision, at @time) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = ulcer_index,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
)
	IS 'root mean square of the drawdowns of all rows, as a fraction';

CREATE FUNCTION pain_index(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_pain_index'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
	IS 'mean of the drawdowns of all rows, as a fraction';

CREATE AGGREGATE pain_index(price double precision, at @time) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = pain_index,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
)
	IS 'mean of the drawdowns of all rows, as a fraction';

CREATE FUNCTION drawdown_deviation(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_drawdown_deviation'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
	IS 'root of the sum of squared depths of episodes over the number of rows, as a fraction';

CREATE AGGREGATE drawdown_deviation(price double precision, at @time) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = drawdown_deviation,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
)
	IS 'root of the sum of squared depths of episodes over the number of rows, as a fraction';

CREATE FUNCTION average_drawdown(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_average_drawdown'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
	IS 'mean depth of the drawdown episodes, as a fraction; NULL if there is none';

CREATE AGGREGATE average_drawdown(price double precision, at @time) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = average_drawdown,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
)
	IS 'mean depth of the drawdown episodes, as a fraction; NULL if there is none';

CREATE FUNCTION time_under_water(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_time_under_water'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
	IS 'share of the rows that are below the highest price so far, 0 to 1';

CREATE AGGREGATE time_under_water(price double precision, at @time) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = time_under_water,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
)
	IS 'share of the rows that are below the highest price so far, 0 to 1';

CREATE FUNCTION drawdown_at_risk(series bubble_series, alpha double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_drawdown_at_risk'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000
	IS 'the drawdown that a share alpha of the rows reaches or exceeds, as a fraction';

CREATE AGGREGATE drawdown_at_risk(price double precision, at @time, alpha double precision) (
	SFUNC = bubble_drawdown_at_risk_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_drawdown_at_risk_finalfn,
	COMBINEFUNC = bubble_drawdown_at_risk_combinefn,
	SERIALFUNC = bubble_drawdown_at_risk_serialfn,
	DESERIALFUNC = bubble_drawdown_at_risk_deserialfn,
	PARALLEL = SAFE
)
	IS 'the drawdown that a share alpha of the rows reaches or exceeds, as a fraction';

CREATE FUNCTION conditional_drawdown_at_risk(series bubble_series, alpha double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_conditional_drawdown_at_risk'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000
	IS 'mean drawdown of the worst rows, a share alpha of all, as a fraction';

CREATE AGGREGATE conditional_drawdown_at_risk(price double precision, at @time, alpha double precision) (
	SFUNC = bubble_drawdown_at_risk_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_conditional_drawdown_at_risk_finalfn,
	COMBINEFUNC = bubble_drawdown_at_risk_combinefn,
	SERIALFUNC = bubble_drawdown_at_risk_serialfn,
	DESERIALFUNC = bubble_drawdown_at_risk_deserialfn,
	PARALLEL = SAFE
)
	IS 'mean drawdown of the worst rows, a share alpha of all, as a fraction';

CREATE FUNCTION cagr(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_cagr'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
	IS 'compound growth of the price as a fraction a year; NULL if no time has passed';

CREATE AGGREGATE cagr(price double precision, at @time) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = cagr,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
)
	IS 'compound growth of the price as a fraction a year; NULL if no time has passed';

CREATE FUNCTION calmar_ratio(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_calmar_ratio'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
	IS 'compound growth a year over the maximum drawdown; NULL if there is none';

CREATE AGGREGATE calmar_ratio(price double precision, at @time) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = calmar_ratio,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
)
	IS 'compound growth a year over the maximum drawdown; NULL if there is none';

CREATE FUNCTION sterling_ratio(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_sterling_ratio'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
	IS 'compound growth a year over the maximum drawdown plus 0.10';

CREATE AGGREGATE sterling_ratio(price double precision, at @time) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = sterling_ratio,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
)
	IS 'compound growth a year over the maximum drawdown plus 0.10';

CREATE FUNCTION burke_ratio(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_burke_ratio'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
	IS 'compound growth a year over the root of the sum of squared depths of episodes; NULL if there is none';

CREATE AGGREGATE burke_ratio(price double precision, at @time) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = burke_ratio,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
)
	IS 'compound growth a year over the root of the sum of squared depths of episodes; NULL if there is none';

CREATE FUNCTION martin_ratio(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_martin_ratio'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
	IS 'compound growth a year over the ulcer index; NULL if that is 0';

CREATE AGGREGATE martin_ratio(price double precision, at @time) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = martin_ratio,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
)
	IS 'compound growth a year over the ulcer index; NULL if that is 0';

CREATE FUNCTION pain_ratio(series bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_pain_ratio'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
	IS 'compound growth a year over the pain index; NULL if that is 0';

CREATE AGGREGATE pain_ratio(price double precision, at @time) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = pain_ratio,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
)
	IS 'compound growth a year over the pain index; NULL if that is 0';
