SELECT at, score, CASE WHEN at = max(at) OVER run THEN phase END AS phase, count(*) OVER run AS months,
	0 AS floor, c[1], c[1] + c[2], c[1] + c[2] + c[3], c[1] + c[2] + c[3] + c[4], c[1] + c[2] + c[3] + c[4] + c[5],
	c[1] + c[2] + c[3] + c[4] + c[5] + c[6]
FROM (SELECT *, row_number() OVER (ORDER BY at) - row_number() OVER (PARTITION BY phase ORDER BY at) AS run
	FROM demo.scoreboard WHERE sector = 'generative AI' AND score IS NOT NULL) AS board
CROSS JOIN LATERAL (SELECT array_agg(adds ORDER BY n) AS c
	FROM (SELECT n, coalesce(sum((contributions ->> indicator)::float8), 0) AS adds
		FROM unnest('{money,capital,valuation,adoption,law,economy}'::text[]) WITH ORDINALITY AS u (concern, n)
		JOIN demo.scoreboard_indicator USING (concern) GROUP BY n) AS concerns) AS parts
WINDOW run AS (PARTITION BY phase, run)
ORDER BY at
