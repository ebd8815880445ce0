SELECT at, bsadf, critical_value
FROM demo.price_explosive
WHERE symbol = 'NASDAQ'
ORDER BY at
