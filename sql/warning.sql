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
)
	IS 'what became of the warnings of a score: counts, rates, noise-to-signal ratio and usefulness';

CREATE STATE warnings(double precision, boolean [, double precision]) PARTIAL
	IS 'scores before events and before none';

CREATE FUNCTION bubble_auroc_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'final: area under the ROC curve';

CREATE FUNCTION bubble_best_threshold_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'final: the most useful threshold';

CREATE STATE signal_quality(double precision, boolean, double precision [, double precision]) PARTIAL
	IS 'counts of what became of warnings';

CREATE FUNCTION bubble_signal_quality_finalfn(internal) RETURNS signal_quality
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
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
)
	IS 'area under the ROC curve: probability that a row before an event has a higher score than one before none, ties half';

CREATE AGGREGATE best_threshold(score double precision, event boolean [, preference double precision]) (
	SFUNC = bubble_warnings_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_best_threshold_finalfn,
	COMBINEFUNC = bubble_warnings_combinefn,
	SERIALFUNC = bubble_warnings_serialfn,
	DESERIALFUNC = bubble_warnings_deserialfn,
	PARALLEL = SAFE
)
	IS 'the threshold of the score with the highest usefulness, where score >= threshold warns';

CREATE AGGREGATE signal_quality(score double precision, event boolean, threshold double precision [, preference double precision]) (
	SFUNC = bubble_signal_quality_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_signal_quality_finalfn,
	COMBINEFUNC = bubble_signal_quality_combinefn,
	SERIALFUNC = bubble_signal_quality_serialfn,
	DESERIALFUNC = bubble_signal_quality_deserialfn,
	PARALLEL = SAFE
)
	IS 'hits, misses, false alarms, rates, noise-to-signal ratio and usefulness of the warning score >= threshold';

CREATE FUNCTION drawdown_ahead(price double precision, at @time, horizon interval) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_drawdown_ahead'
	LANGUAGE C WINDOW @calendar PARALLEL SAFE COST 100
	IS 'largest drawdown from the row until horizon later, the event that a warning is about; null where the rows end before; the frame and the order are ignored';
