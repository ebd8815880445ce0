import { print } from "../../query.js";

await print(`
	SELECT sector, at, velocity, completed
	FROM funding_by_sector ORDER BY sector, at`);
