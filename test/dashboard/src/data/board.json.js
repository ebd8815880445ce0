import { print } from "../../query.js";

await print(`
	SELECT DISTINCT ON (sector) sector, at, score, low, high, coverage, phase, why
	FROM scoreboard ORDER BY sector, at DESC`);
