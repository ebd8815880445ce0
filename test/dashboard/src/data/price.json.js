import { print } from "../../query.js";

await print(`
	SELECT symbol, at, close / peak - 1 AS under_water
	FROM price_month ORDER BY symbol, at`);
