-- ---------------------------------------------------------------------------
-- funding
--
-- Going back a span from a timestamptz depends on the session's time zone:
-- STABLE.
-- ---------------------------------------------------------------------------

CREATE STATE funding(double precision, @time [, interval [, @time]]) MOVING PARTIAL @calendar
	IS 'the amounts raised';

CREATE FUNCTION bubble_funding_velocity_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C STABLE PARALLEL SAFE
	IS 'final: capital raised in the span, per year';

CREATE FUNCTION bubble_funding_acceleration_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C STABLE PARALLEL SAFE
	IS 'final: velocity over velocity one span earlier, - 1';

CREATE AGGREGATE trailing_revenue(amount double precision, period_end @time) (
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
)
	IS 'revenue booked in the year up to the latest period; null without a row';

CREATE AGGREGATE funding_velocity(amount double precision, at @time) (
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
)
	IS 'capital raised in the year up to the latest row';

CREATE AGGREGATE funding_velocity(amount double precision, at @time, span interval) (
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
)
	IS 'capital raised in the span up to the latest row, per year';

CREATE AGGREGATE funding_velocity(amount double precision, at @time, span interval, as_of @time) (
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
)
	IS 'capital raised in (as_of - span, as_of], per year';

CREATE AGGREGATE funding_acceleration(amount double precision, at @time) (
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
)
	IS 'funding velocity of the last year over that of the year before, - 1; null if that was zero';

CREATE AGGREGATE funding_acceleration(amount double precision, at @time, span interval [, as_of @time]) (
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
)
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
)
	IS 'a completed triangle: factors by age; latest, ultimate and outstanding amounts by row; their standard errors';

CREATE TYPE completed_period AS (
	period date,
	reported double precision,
	completed double precision,
	standard_error double precision
)
	IS 'a month: what was reported of it, and what it will come to';

CREATE FUNCTION chain_ladder(triangle double precision[]) RETURNS chain_ladder_result
	AS 'MODULE_PATHNAME', 'bubble_chain_ladder'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100
	IS 'completes a triangle of cumulative amounts (rows: periods, columns: ages, NULL: not known yet), with standard errors after Mack 1993';

CREATE STATE completion(double precision, @time, @time, @time) PARTIAL @calendar
	IS 'the amounts of a triangle';

CREATE FUNCTION bubble_completed_funding_finalfn(internal) RETURNS completed_period[]
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'final: the months, completed';

CREATE AGGREGATE completed_funding(amount double precision, at @time, reported_at @time, as_of @time) (
	SFUNC = bubble_completion_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_completed_funding_finalfn,
	COMBINEFUNC = bubble_completion_combinefn,
	SERIALFUNC = bubble_completion_serialfn,
	DESERIALFUNC = bubble_completion_deserialfn,
	PARALLEL = SAFE
)
	IS 'funding by month: what was reported up to as_of, and corrected for reports still to come (chain ladder), as an array of rows for unnest()';

CREATE STATE intensity(double precision, @time, interval [, @time]) PARTIAL
	IS 'the weighted amounts raised';

CREATE STATE moving_intensity(double precision, @time, interval [, @time]) MOVING
	IS 'the weighted amounts raised in a frame';

CREATE FUNCTION bubble_intensity_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'final: exponentially weighted capital raised per year';

CREATE STATE next_round(@time, @time, @time) PARTIAL
	IS 'rounds and those that followed them';

CREATE FUNCTION bubble_next_round_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'final: Kaplan-Meier median in days';

CREATE STATE down_round(double precision, double precision) MOVING PARTIAL
	IS 'the counts of priced rounds';

CREATE FUNCTION bubble_down_round_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'final: share of down rounds';

CREATE AGGREGATE funding_intensity(amount double precision, at @time, half_life interval) (
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
)
	IS 'capital raised per year, weighted so that an amount counts half after each half life, when the latest row was raised';

CREATE AGGREGATE funding_intensity(amount double precision, at @time, half_life interval, as_of @time) (
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
)
	IS 'capital raised per year, weighted so that an amount counts half after each half life, on as_of';

CREATE AGGREGATE time_to_next_round(at @time, next_at @time, as_of @time) (
	SFUNC = bubble_next_round_transfn,
	STYPE = internal,
	SSPACE = 2048,
	FINALFUNC = bubble_next_round_finalfn,
	COMBINEFUNC = bubble_next_round_combinefn,
	SERIALFUNC = bubble_next_round_serialfn,
	DESERIALFUNC = bubble_next_round_deserialfn,
	PARALLEL = SAFE
)
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
)
	IS 'share of the rounds whose pre-money is below the previous post-money';

CREATE FUNCTION step_up(pre_money double precision, prior_post_money double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_step_up'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	IS 'pre-money over the previous post-money, below 1 in a down round; null if that was zero';

CREATE FUNCTION value_velocity(pre_money double precision, prior_post_money double precision, elapsed interval) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_value_velocity'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	IS 'growth of the valuation between two rounds, (pre-money / previous post-money - 1) per year elapsed';

CREATE FUNCTION runway_months(cash double precision, monthly_burn double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_runway_months'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	IS 'months until the cash is burnt; null if none is';

CREATE FUNCTION burn_multiple(net_burn double precision, net_new_revenue double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_burn_multiple'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	IS 'money burnt per unit of net new yearly revenue, below 1 is excellent; null unless revenue grew';

CREATE FUNCTION rule_of_40(growth double precision, margin double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_rule_of_40'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	IS 'growth plus margin, both in percent or both as fractions; healthy from 40 percent';

CREATE FUNCTION hype_ratio(capital_raised double precision, revenue double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_hype_ratio'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	IS 'capital raised over revenue; null for zero revenue';

-- Concentration, gaps, summary.

CREATE TYPE funding_summary@_date AS (
	rounds bigint,
	total double precision,
	velocity double precision,
	acceleration double precision,
	largest_share double precision,
	median_gap double precision,
	latest_at @time,
	latest_amount double precision
)
	IS 'the funding of a group up to a day: how much, how fast, how concentrated, how often, with @times';

CREATE STATE herfindahl(double precision) MOVING PARTIAL
	IS 'the sums of amounts and of their squares';

CREATE FUNCTION bubble_herfindahl_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'final: sum of squared shares';

CREATE STATE concentration(double precision [, bigint]) MOVING PARTIAL
	IS 'the amounts to be ranked by size';

CREATE FUNCTION bubble_gini_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'final: distances between all pairs of amounts over n times their sum';

CREATE FUNCTION bubble_top_share_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'final: sum of the k largest amounts over the sum of all';

CREATE STATE round_gap(@time) MOVING PARTIAL
	IS 'the times of rounds';

CREATE FUNCTION bubble_round_gap_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'final: median days between consecutive rounds';

CREATE STATE funding_summary(double precision, @time [, interval [, @time]]) PARTIAL
	IS 'the rounds to be summarised';

CREATE FUNCTION bubble_funding_summary_date_finalfn(internal) RETURNS funding_summary_date
	AS 'MODULE_PATHNAME', 'bubble_funding_summary_finalfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'final: measures of funding as a row, with dates';

CREATE FUNCTION bubble_funding_summary_finalfn(internal) RETURNS funding_summary
	AS 'MODULE_PATHNAME'
	LANGUAGE C STABLE PARALLEL SAFE
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
)
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
)
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
)
	IS 'share of the k largest amounts in the total';

CREATE AGGREGATE round_gap(at @time) (
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
)
	IS 'median days between consecutive rounds; null with fewer than two';

CREATE AGGREGATE funding_summary(amount double precision, at @time) (
	SFUNC = bubble_funding_summary_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_funding_summary@_date_finalfn,
	COMBINEFUNC = bubble_funding_summary_combinefn,
	SERIALFUNC = bubble_funding_summary_serialfn,
	DESERIALFUNC = bubble_funding_summary_deserialfn,
	PARALLEL = SAFE
)
	IS 'rounds, total, velocity, acceleration, largest share, median gap and latest round up to the latest row, with the velocity of one year';

CREATE AGGREGATE funding_summary(amount double precision, at @time, span interval) (
	SFUNC = bubble_funding_summary_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_funding_summary@_date_finalfn,
	COMBINEFUNC = bubble_funding_summary_combinefn,
	SERIALFUNC = bubble_funding_summary_serialfn,
	DESERIALFUNC = bubble_funding_summary_deserialfn,
	PARALLEL = SAFE
)
	IS 'rounds, total, velocity, acceleration, largest share, median gap and latest round up to the latest row, with the velocity of the span';

CREATE AGGREGATE funding_summary(amount double precision, at @time, span interval, as_of @time) (
	SFUNC = bubble_funding_summary_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_funding_summary@_date_finalfn,
	COMBINEFUNC = bubble_funding_summary_combinefn,
	SERIALFUNC = bubble_funding_summary_serialfn,
	DESERIALFUNC = bubble_funding_summary_deserialfn,
	PARALLEL = SAFE
)
	IS 'rounds, total, velocity, acceleration, largest share, median gap and latest round up to as_of, with the velocity of the span';
