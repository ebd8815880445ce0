SELECT at, close, 100 * (close / peak - 1) AS under_water
FROM demo.price_month
WHERE symbol = 'NASDAQ'
ORDER BY at
