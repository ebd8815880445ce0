-- ---------------------------------------------------------------------------
-- valuation
-- ---------------------------------------------------------------------------

CREATE STATE valuation(double precision, double precision) MOVING PARTIAL
	IS 'sums of companies';

CREATE FUNCTION bubble_valuation_to_revenue_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'final: sum of valuations over sum of revenues';

CREATE FUNCTION bubble_pre_revenue_share_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'final: share of the valuation without revenue';

CREATE STATE latest(double precision, @time, interval, @time) PARTIAL
	IS 'the latest row';

CREATE STATE latest_reported(double precision, @time, @time, interval, @time) PARTIAL
	IS 'the latest row, as reported';

CREATE FUNCTION bubble_latest_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C STABLE PARALLEL SAFE
	IS 'final: the value unless it is too old';

CREATE STATE locf(double precision) MOVING
	IS 'the last value';

CREATE FUNCTION bubble_locf_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
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
)
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
)
	IS 'share of the total valuation that sits in companies with zero revenue';

CREATE FUNCTION revenue_multiple(valuation double precision, revenue double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_revenue_multiple'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	IS 'valuation over revenue of one company; null for zero revenue';

CREATE AGGREGATE latest(value double precision, at @time, max_age interval, as_of @time) (
	SFUNC = bubble_latest_transfn,
	STYPE = internal,
	SSPACE = 128,
	FINALFUNC = bubble_latest_finalfn,
	COMBINEFUNC = bubble_latest_combinefn,
	SERIALFUNC = bubble_latest_serialfn,
	DESERIALFUNC = bubble_latest_deserialfn,
	PARALLEL = SAFE
)
	IS 'last value known on as_of; null if it is older than max_age, null max_age for no limit';

CREATE AGGREGATE latest(value double precision, at @time, reported_at @time, max_age interval, as_of @time) (
	SFUNC = bubble_latest_reported_transfn,
	STYPE = internal,
	SSPACE = 128,
	FINALFUNC = bubble_latest_finalfn,
	COMBINEFUNC = bubble_latest_reported_combinefn,
	SERIALFUNC = bubble_latest_reported_serialfn,
	DESERIALFUNC = bubble_latest_reported_deserialfn,
	PARALLEL = SAFE
)
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
)
	IS 'last observation carried forward: the last value so far that is not null';

CREATE STATE harmonic_multiple(double precision, double precision) MOVING PARTIAL
	IS 'the yields of companies';

CREATE FUNCTION bubble_harmonic_multiple_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'final: number of companies over the sum of their yields';

CREATE STATE median_multiple(double precision, double precision) MOVING PARTIAL
	IS 'the multiples of companies';

CREATE FUNCTION bubble_median_multiple_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
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
)
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
)
	IS 'median of the single multiples; those with zero revenue are the largest, null if it falls on them';

CREATE FUNCTION implied_growth(valuation double precision, revenue double precision, exit_multiple double precision, years double precision, required_return double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_implied_growth'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	IS 'yearly growth of revenue that the valuation asks for, if it is sold at exit_multiple after years; null for zero revenue';

CREATE FUNCTION justified_multiple(growth double precision, exit_multiple double precision, years double precision, required_return double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_justified_multiple'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	IS 'multiple of revenue today that such a yearly growth justifies: the inverse of implied_growth';

-- Going back a span from a timestamptz depends on the session's time zone:
-- STABLE.  Without as_of the state is that of a velocity of funding.

CREATE STATE trailing_latest(double precision, @time [, interval]) MOVING PARTIAL @calendar
	IS 'amounts booked';

CREATE FUNCTION bubble_trailing_latest_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C STABLE PARALLEL SAFE
	IS 'final: revenue booked in the span up to the latest period';

CREATE STATE trailing_revenue(double precision, @time, interval, @time) MOVING PARTIAL @calendar
	IS 'revenue of periods';

CREATE STATE trailing_reported(double precision, @time, @time, interval, @time) PARTIAL @calendar
	IS 'reports of revenue';

CREATE FUNCTION bubble_trailing_revenue_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'final: revenue booked in the span; null if no period is in it';

CREATE AGGREGATE trailing_revenue(amount double precision, period_end @time) (
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
)
	IS 'revenue booked in the year up to the latest period; null without a row';

CREATE AGGREGATE trailing_revenue(amount double precision, period_end @time, span interval) (
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
)
	IS 'revenue booked in the span up to the latest period; null without a row';

CREATE AGGREGATE trailing_revenue(amount double precision, period_end @time, span interval, as_of @time) (
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
)
	IS 'revenue booked in (as_of - span, as_of]; null if there is no report, which is not zero';

CREATE AGGREGATE trailing_revenue(amount double precision, period_end @time, reported_at @time, span interval, as_of @time) (
	SFUNC = bubble_trailing_reported_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_trailing_revenue_finalfn,
	COMBINEFUNC = bubble_trailing_reported_combinefn,
	SERIALFUNC = bubble_trailing_reported_serialfn,
	DESERIALFUNC = bubble_trailing_reported_deserialfn,
	PARALLEL = SAFE
)
	IS 'the same as it was known on as_of: later reports are left out, of each period the last report counts';

CREATE STATE trailing_periods(double precision, @time, bigint [, @time]) MOVING PARTIAL
	IS 'amounts booked';

CREATE FUNCTION bubble_trailing_periods_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'final: revenue of the last so many periods';

CREATE AGGREGATE trailing_periods(amount double precision, period_end @time, periods bigint) (
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
)
	IS 'revenue of the last so many periods; null if there are fewer, or one is missing: a gap of more than one and a half usual ones';

CREATE AGGREGATE trailing_periods(amount double precision, period_end @time, periods bigint, as_of @time) (
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
)
	IS 'revenue of the last so many periods that end not later than as_of; null if there are fewer, or one is missing: a gap of more than one and a half usual ones';
