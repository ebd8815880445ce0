import { print } from "../../query.js";

await print(`
	SELECT sector, at, score, low, high
	FROM scoreboard WHERE score IS NOT NULL ORDER BY sector, at`);
