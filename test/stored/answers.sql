-- What is asked of a stored value: functions whose answers no other library of
-- mathematics could change. Prices are positive, or not (then fewer are asked,
-- and in statements of their own, since constants are computed beforehand).
CREATE FUNCTION answers(s bubble_series) RETURNS text LANGUAGE plpgsql AS
$$
DECLARE
	told text := concat_ws(' ', observations(s), first_at(s), last_at(s),
		bubble_series_hash(s), bubble_series_hash_extended(s, 7), sparkline(s, 12),
		bubble_series_send(slice(s, first_at(s), first_at(s))));
BEGIN
	IF (SELECT min(value) > 0 FROM unnest(s)) THEN
		told := concat_ws(' ', told, drawdown(s), max_drawdown(s), runup(s),
			max_runup(s), average_drawdown(s), max_drawdown_episode(s), drawdown_episodes(s, 0.7));
	END IF;
	RETURN told;
END
$$;
CREATE FUNCTION answers(d drawdown_summary) RETURNS text LANGUAGE sql AS
$$
SELECT concat_ws(' ', observations(d), first_at(d), last_at(d),
	drawdown_summary_hash(d), drawdown_summary_hash_extended(d, 7),
	drawdown(d), max_drawdown(d), max_drawdown_episode(d))
$$;
