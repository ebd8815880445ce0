import { print } from "../../query.js";

await print(`
	SELECT symbol, e.peak_at::date, e.trough_at::date, e.recovered_at::date, e.depth
	FROM (SELECT symbol, drawdown_episodes(bubble_series(close, at), 0.2) AS episodes
		FROM price_month GROUP BY symbol) AS symbols, unnest(episodes) AS e
	ORDER BY symbol, e.peak_at`);
