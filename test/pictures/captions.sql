-- What each picture is called and says, from the board: a row a picture.
WITH price AS (
	SELECT format('NASDAQ Composite, closes of months from %s to %s on a logarithmic scale, above how far they are below their highest close so far. '
		'The deepest fall is %s %%, in %s.', min(extract(year FROM at)), max(extract(year FROM at)), round(100 * max(1 - close / peak)),
		to_char((array_agg(at ORDER BY close / peak))[1], 'FMMonth YYYY')) AS said
	FROM demo.price_month WHERE symbol = 'NASDAQ'
), explosive AS (
	SELECT format('BSADF statistics of the NASDAQ by month against their critical values of 95 percent. %s of %s months are above, the highest is %s in %s.',
		count(*) FILTER (WHERE bsadf > critical_value), count(*), round(max(bsadf)::numeric, 1),
		to_char((array_agg(at ORDER BY bsadf DESC))[1], 'FMMonth YYYY')) AS said
	FROM demo.price_explosive WHERE symbol = 'NASDAQ' AND bsadf IS NOT NULL
), multiples AS (
	SELECT format('Valuation over revenue of four companies on a logarithmic scale, by what was known at the end of each month. In %s: %s.',
		to_char(max(at), 'FMMonth YYYY'), string_agg(format('%s %s', company, round(revenue_multiple)), ', ' ORDER BY revenue_multiple DESC)) AS said
	FROM demo.multiple_by_company
	WHERE revenue_multiple IS NOT NULL AND at = (SELECT max(at) FROM demo.multiple_by_company WHERE company = 'OpenAI')
		AND company IN (SELECT company FROM demo.funding_round)
), funding AS (
	SELECT format('Capital raised by the companies of generative AI in the year up to the end of each month, in billions of US dollars: %s in %s, %s at its highest in %s. '
		'The dashed line is what it comes to when all reports are in, where that can be told yet.', round((array_agg(velocity ORDER BY at DESC))[1]), to_char(max(at), 'FMMonth YYYY'),
		round(max(velocity)), to_char((array_agg(at ORDER BY velocity DESC))[1], 'FMMonth YYYY')) AS said
	FROM demo.funding_by_sector WHERE sector = 'generative AI'
), score AS (
	SELECT sector, format('from %s to %s; its highest is %s in %s, its last %s, phase %s.', extract(year FROM min(at)), extract(year FROM max(at)),
		round(max(score)::numeric), to_char((array_agg(at ORDER BY score DESC, at))[1], 'FMMonth YYYY'),
		round((array_agg(score ORDER BY at DESC))[1]::numeric), (array_agg(phase ORDER BY at DESC))[1]) AS said
	FROM demo.scoreboard WHERE score IS NOT NULL AND (sector <> 'NASDAQ' OR at >= '1985-01-01') GROUP BY sector
)
SELECT * FROM (VALUES
	(1, 'score_ai', 'Generative AI: the score, and what adds to it', (SELECT 'The score of generative AI by month as the sum of what its concerns add, ' || said FROM score WHERE sector = 'generative AI')),
	(2, 'score_nasdaq', 'The dot-com years: the score of the NASDAQ, from prices and the policy rate', (SELECT 'The score of the NASDAQ by month as the sum of what four indicators of its price and a low policy rate add, ' || said FROM score WHERE sector = 'NASDAQ')),
	(3, 'price', 'The NASDAQ and its underwater curve', (SELECT said FROM price)),
	(4, 'explosive', 'Was the growth of the NASDAQ explosive?', (SELECT said FROM explosive)),
	(5, 'multiples', 'What a valuation costs in revenue', (SELECT said FROM multiples)),
	(6, 'funding', 'How fast the money flows in', (SELECT said FROM funding))
) AS captions (place, name, title, said)
ORDER BY place
