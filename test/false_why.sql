-- The rows of a scoreboard, in the schema :board, whose sentence why is not
-- true: it names the largest two contributions and the largest change.
WITH ranked AS (
	SELECT sector, at, contribution, standing,
		CASE sign WHEN -1 THEN 'low ' ELSE '' END || replace(indicator, '_', ' ') AS name,
		row_number() OVER (PARTITION BY sector, at
			ORDER BY contribution DESC NULLS LAST, indicator) AS place,
		abs(coalesce(contribution, 0) - coalesce(before, 0)) AS moved
	FROM (SELECT m.sector, m.at, i.indicator, sign,
		(m.contributions ->> indicator)::float8 AS contribution,
		(m.components ->> indicator)::float8 AS standing,
			(b.contributions ->> indicator)::float8 AS before
		FROM :"board".scoreboard m JOIN :"board".scoreboard b ON b.sector = m.sector
			AND b.at = (date_trunc('month', m.at) - interval '1 day')::date AND b.score IS NOT NULL
		CROSS JOIN :"board".scoreboard_indicator i WHERE m.score IS NOT NULL) AS c
), said AS (
	SELECT sector, at, (regexp_match(why, '^Score [0-9.]+: ([^(]*) adds '))[1] AS first,
		(regexp_match(why, '\), ([^(;]*) adds '))[1] AS second,
		(regexp_match(why, 'Since the month before, ([^;.]*) changed most: [-+]([0-9]+.[0-9])'))[1]
			AS mover,
		(regexp_match(why,
			'Since the month before, ([^;.]*) changed most: [-+]([0-9]+.[0-9])'))[2]::float8 AS by
	FROM :"board".scoreboard
)
SELECT sector, at, first, second, mover, by
FROM said JOIN (SELECT sector, at, max(name) FILTER (WHERE place = 1) AS one,
	max(name) FILTER (WHERE place = 2 AND contribution IS NOT NULL) AS two, max(moved) AS moved
	FROM ranked GROUP BY sector, at) AS true_is USING (sector, at)
WHERE first IS DISTINCT FROM one OR second IS DISTINCT FROM two
	OR abs(coalesce(by, 0) - moved) > 0.051 OR
	mover IS NOT NULL AND NOT EXISTS (SELECT FROM ranked r WHERE r.sector = said.sector
		AND r.at = said.at AND r.name = mover AND abs(r.moved - by) <= 0.051);
