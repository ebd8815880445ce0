import { print } from "../../query.js";

await print(`
	SELECT symbol, at, bsadf, critical_value
	FROM price_explosive WHERE bsadf IS NOT NULL ORDER BY symbol, at`);
