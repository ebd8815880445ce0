SELECT at, velocity, completed
FROM demo.funding_by_sector
WHERE sector = 'generative AI' AND at >= '2022-01-01'
ORDER BY at
