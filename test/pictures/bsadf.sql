-- The path of the picture: month, price to dividend, BSADF, critical value.
SELECT month, price / dividend, bsadf, sadf_critical_value(n::int)
FROM (SELECT *, bsadf(price / dividend) OVER w, row_number() OVER w AS n
	FROM shiller WINDOW w AS (ORDER BY month)) AS path
WHERE bsadf IS NOT NULL
ORDER BY month
