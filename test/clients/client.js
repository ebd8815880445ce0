// client.js - what arrives in JavaScript, by node-postgres.
// Prints a line a check, "ok - ..." or "not ok - ..."; 77 where there is no
// driver.  test/t/022_clients.pl runs it.
'use strict';
let pg;
try {
	pg = require('pg');
} catch (error) {
	process.exit(77);
}
const assert = require('assert');
let failed = false;

function check(what, got, expected) {
	try {
		assert.deepStrictEqual(got, expected);
		console.log('ok - ' + what);
	} catch (error) {
		failed = true;
		console.log('not ok - ' + what);
		console.log(error.message.replace(/^/gm, '# '));
	}
}

const day = (year, month, date) => new Date(year, month - 1, date);
const utc = (year, month, date) => new Date(Date.UTC(year, month - 1, date));

async function main() {
	const client = new pg.Client({ host: process.env.PGHOST, port: process.env.PGPORT, database: process.env.PGDATABASE, user: process.env.PGUSER });
	await client.connect();
	const rows = async (query, values) => (await client.query({ text: query, values, rowMode: 'array' })).rows;
	const row = async (query, values) => (await rows(query, values))[0];

	check('a row taken apart: dates, numbers, null, a count as a string',
		await row(`SELECT (max_drawdown_episode(close, day)).* FROM price WHERE symbol = 'A'`),
		[day(2024, 1, 3), 120, day(2024, 1, 4), 60, null, 0.5, '2', day(2024, 1, 4)]);
	check('a count as a number',
		await row(`SELECT (max_drawdown_episode(close, day)).observations::integer FROM price WHERE symbol = 'A'`), [2]);
	check('its times',
		await row(`SELECT (e).peak_at, (e).last_at FROM (SELECT max_drawdown_episode(close, day::timestamptz) AS e FROM price WHERE symbol = 'A') AS s`),
		[utc(2024, 1, 3), utc(2024, 1, 4)]);
	check('an array of episodes through unnest',
		await rows(`SELECT e.peak_at, e.depth, e.observations, e.recovered_at FROM (SELECT drawdown_episodes(close, day, 0.1) AS episodes
			FROM price WHERE symbol = 'A') AS s, unnest(episodes) AS e ORDER BY e.peak_at`),
		[[day(2024, 1, 1), 0.25, '3', day(2024, 1, 3)], [day(2024, 1, 3), 0.5, '2', null]]);
	check('a path of funding through unnest',
		await rows(`SELECT p.period_end, p.amount, p.deals, p.acceleration FROM (SELECT funding_path(amount, day, '1 month') AS path FROM round) AS s,
			unnest(path) AS p ORDER BY p.period_end`),
		[[day(2024, 1, 31), 10, '1', null], [day(2024, 2, 29), 30, '1', null]]);
	check('ends of periods are dates',
		await rows(`SELECT period_ends(date '2024-01-01', '2024-03-30', '1 month')`), [[day(2024, 1, 31)], [day(2024, 2, 29)]]);
	check('arrays of numbers, dates, times',
		await row(`SELECT series_values(s), dates(s), times(s) FROM (SELECT bubble_series(close, day) AS s FROM price WHERE symbol = 'B') AS t`),
		[[10, 11], [day(2024, 1, 1), day(2024, 1, 2)], [utc(2024, 1, 1), utc(2024, 1, 2)]]);
	check('arrays are parameters',
		await row('SELECT bubble_series($1::date[], $2::float8[])::text', [['2024-01-01', '2024-01-02'], [10, 11]]), ['date{2024-01-01=10,2024-01-02=11}']);
	const [text] = await row(`SELECT bubble_series(close, day) FROM price WHERE symbol = 'B'`);
	check('a series is a string', text, 'date{2024-01-01=10,2024-01-02=11}');
	check('which is a parameter', await row('SELECT max_drawdown($1::bubble_series), observations($1::bubble_series)', [text]), [0, '2']);
	check('a series as JSON is an array',
		await row(`SELECT bubble_series(close, day)::jsonb FROM price WHERE symbol = 'B'`), [[['2024-01-01', 10], ['2024-01-02', 11]]]);
	check('a row that is not taken apart is a string',
		await row(`SELECT max_drawdown_episode(close, day) FROM price WHERE symbol = 'A'`), ['(2024-01-03,120,2024-01-04,60,,0.5,2,2024-01-04)']);
	check('an array of rows that is not taken apart is a string',
		await row(`SELECT drawdown_episodes(close, day, 0.3) FROM price WHERE symbol = 'A'`), ['{"(2024-01-03,120,2024-01-04,60,,0.5,2,2024-01-04)"}']);
	check('parameters with their types beside them',
		await row('SELECT funding_velocity(amount, day, $1::interval, $2::date) FROM round', ['1 year', '2024-12-31']), [40]);
	check('a line of characters', await row(`SELECT sparkline(close, day) FROM price WHERE symbol = 'A'`), ['\u2586\u2583\u2588\u2581']);
	check('an error has its state', await rows(`SELECT max_drawdown(-1, date '2024-01-01')`).catch(error => error.code), '22003');
	check('and the connection goes on', await row(`SELECT max_drawdown(close, day) FROM price WHERE symbol = 'A'`), [0.5]);
	await client.end();
	process.exit(failed ? 1 : 0);
}

main().catch(error => {
	console.log('not ok - ' + error);
	process.exit(1);
});
