-- The text of the report: the answer, and a card a sector.
\pset format unaligned
\pset tuples_only on
CREATE FUNCTION pg_temp.h(words text) RETURNS text LANGUAGE sql
RETURN replace(replace(replace(words, '&', '&amp;'), '<', '&lt;'), '"', '&quot;');

SELECT format('<p class="lead"><strong>What the figures say.</strong> %s</p>%s<p class="lead"><strong>What they cannot say.</strong> %s</p>',
	pg_temp.h(upper(substr(part[1], 23, 1)) || substr(part[1], 24)), E'\n', pg_temp.h(part[2]))
FROM demo.answer, regexp_match(answer, '^(.*) What they cannot say: (.*)$') AS part;

\qecho <h2>The board</h2>
\qecho <div class="cards">
SELECT format('<article><h3>%s</h3><p class="when">%s</p>'
	'<p class="score">%s <span class="phase %s">%s</span></p>'
	'<p class="shape" role="img" aria-label="The score from the first month to this one">%s</p>'
	'<dl><div><dt>other weights</dt><dd>%s to %s</dd></div><div><dt>covered by data</dt><dd>%s %%</dd></div>%s</dl><p class="why">%s</p></article>',
	pg_temp.h(sector), to_char(at, 'FMMonth YYYY'), round(score::numeric, 1), phase, phase, shape, round(low), round(high), round(100 * coverage),
	CASE WHEN drawdown IS NOT NULL THEN format('<div><dt>below its peak</dt><dd>%s %%</dd></div>', round(100 * drawdown)) END,
	pg_temp.h(regexp_replace(why, '^Score [^:]*: (.)', upper(substr(split_part(why, ': ', 2), 1, 1)))))
FROM (SELECT DISTINCT ON (sector) * FROM demo.scoreboard ORDER BY sector, at DESC) AS now ORDER BY at DESC, sector;
\qecho </div>

\qecho <h2>Generative AI, concern by concern</h2>
\qecho <div class="cards">
SELECT format('<article><h3>%s</h3><dl>%s</dl></article>', upper(left(concern, 1)) || substr(concern, 2),
	string_agg(format('<div><dt>%s, %s %s%s</dt><dd>%s</dd></div>', pg_temp.h(name), round(value::numeric, 2), pg_temp.h(unit),
		CASE WHEN NOT now THEN to_char(at, '", last known in" FMMonth YYYY') END, round(standing::numeric)), '' ORDER BY indicator))
FROM demo.last_known GROUP BY concern ORDER BY concern;
\qecho </div>
\qecho <p class="note">What is measured, its value, and its standing among the months before, 0 to 100.</p>
