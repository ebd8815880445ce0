-- ---------------------------------------------------------------------------
-- score
--
-- The score of a row is its standing among the rows before it, so rows are
-- taken in the order given, and parts of them could not be put together
-- again: no COMBINEFUNC.  In a parallel plan whole groups are computed where
-- their rows are.
-- ---------------------------------------------------------------------------

CREATE STATE score(double precision[] [, double precision[] [, text [, text [, bigint [, double precision [, bigint [, bigint]]]]]]])
	IS 'indicators of the rows so far';

CREATE STATE score_moving(double precision[] [, double precision[] [, text [, text [, bigint [, double precision [, bigint [, bigint]]]]]]]) MOVING
	IS 'indicators of the rows of a frame';

CREATE FUNCTION bubble_score_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'final: composite of the last row';

CREATE FUNCTION bubble_components_finalfn(internal) RETURNS double precision[]
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'final: normalised indicators of the last row';

CREATE FUNCTION bubble_contributions_finalfn(internal) RETURNS double precision[]
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'final: what each indicator adds to the score';

CREATE TYPE score_sensitivity AS (
	score double precision,
	low double precision,
	high double precision,
	weights_low double precision,
	weights_high double precision,
	left_out double precision[]
)
	IS 'a score and the interval it lies in when weights are perturbed (5 to 95 percent) and each indicator is left out';

CREATE FUNCTION bubble_score_sensitivity_finalfn(internal) RETURNS score_sensitivity
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000
	IS 'final: score of the last row with its interval';

CREATE AGGREGATE bubble_score(indicators double precision[] [, weights double precision[] [, method text [, aggregation text [, min_history bigint]]]]) (
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
)
	IS 'composite score, 0 to 100, of the last row: its indicators normalised against their history, where that has min_history values; equal weights, percentiles, arithmetic mean and 20 values if not given; rows in the order given';

CREATE AGGREGATE bubble_components(indicators double precision[] [, weights double precision[] [, method text [, aggregation text [, min_history bigint]]]]) (
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
)
	IS 'normalised indicators, 0 to 100, of the last row, null before they have min_history values; equal weights, percentiles, arithmetic mean and 20 values if not given; rows in the order given';

CREATE AGGREGATE bubble_contributions(indicators double precision[] [, weights double precision[] [, method text [, aggregation text [, min_history bigint]]]]) (
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
)
	IS 'what each indicator adds to the composite score of the last row: parts that add up to it, 0 without weight; equal weights, percentiles, arithmetic mean and 20 values if not given; rows in the order given';

CREATE AGGREGATE score_sensitivity(indicators double precision[] [, weights double precision[] [, method text [, aggregation text [, min_history bigint [, perturbation double precision [, replications bigint [, seed bigint]]]]]]]) (
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
)
	IS 'composite score of the last row with the interval it lies in when weights are perturbed and indicators left out; equal weights, percentiles, arithmetic mean and 20 values if not given, perturbation 0.25, 200 replications, seed 1; rows in the order given';

CREATE FUNCTION composite(scores double precision[], weights double precision[] DEFAULT NULL,
	aggregation text DEFAULT 'arithmetic') RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_composite'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'weighted arithmetic, geometric or harmonic mean, minimum, maximum or median of scores; NULL scores drop out, a negative weight takes 100 - score';

CREATE FUNCTION bubble_phase(score double precision, drawdown double precision DEFAULT NULL) RETURNS text
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'calm, building, elevated or bubble by score; bursting when the drawdown passes 0.20';

-- Where values stand among those of their partition, and in their frame.

CREATE FUNCTION zscore(x double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_zscore'
	LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 100
	IS 'standard deviations above the mean of the partition; 0 if its values do not differ';

CREATE FUNCTION robust_zscore(x double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_robust_zscore'
	LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 100
	IS 'distance from the median of the partition over 1.4826 times the median absolute deviation, or, where that is 0, over 1.253314 times the mean one; 0 if its values do not differ';

CREATE FUNCTION minmax_score(x double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_minmax_score'
	LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 100
	IS 'place between the lowest value of the partition (0) and the highest (100); 50 if they do not differ';

CREATE FUNCTION percentile_score(x double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_percentile_score'
	LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 100
	IS 'share of the other rows of the partition with lower values, times 100; 50 if they do not differ';

CREATE STATE latest_percentile(double precision) MOVING
	IS 'values so far, in order';

CREATE STATE latest_zscore(double precision) MOVING
	IS 'mean and spread of the values so far';

CREATE FUNCTION bubble_latest_standing_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
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
)
	IS 'share of the other rows so far with lower values than the last row, times 100: no look-ahead; 50 if they do not differ; rows in the order given';

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
)
	IS 'standard deviations of the last row above the mean of the rows so far: no look-ahead; 0 if they do not differ; rows in the order given';

-- Weights from the data.

CREATE STATE weights(double precision[]) PARTIAL
	IS 'rows of indicators';

CREATE FUNCTION bubble_pca_weights_finalfn(internal) RETURNS double precision[]
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
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
)
	IS 'squared loadings of the first principal component of the correlation matrix, negative where an indicator moves against it; equal where no component stands apart';

CREATE FUNCTION bubble_entropy_weights_finalfn(internal) RETURNS double precision[]
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
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
)
	IS 'weights of indicators by how unevenly their values are spread: 1 - entropy';

CREATE FUNCTION bubble_critic_weights_finalfn(internal) RETURNS double precision[]
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
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
)
	IS 'weights of indicators by how much they differ, and from each other: standard deviation times sum of 1 - correlation (CRITIC)';

CREATE FUNCTION bubble_deviation_weights_finalfn(internal) RETURNS double precision[]
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
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
)
	IS 'weights of indicators by their standard deviations';
