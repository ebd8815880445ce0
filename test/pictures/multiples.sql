SELECT at, max(revenue_multiple) FILTER (WHERE company = 'OpenAI') AS openai,
	max(revenue_multiple) FILTER (WHERE company = 'Anthropic') AS anthropic,
	max(revenue_multiple) FILTER (WHERE company = 'xAI') AS xai,
	max(revenue_multiple) FILTER (WHERE company = 'Mistral AI') AS mistral_ai
FROM demo.multiple_by_company
WHERE at >= '2023-01-01'
GROUP BY at
ORDER BY at
