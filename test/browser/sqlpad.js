// SQLPad, a BI tool, on the board: a saved query is opened and its chart drawn
// in a browser. sqlpad.js PORT FOLDER QUERY: QUERY is given on two columns, month
// and score; its rows, which the chart must show, come as CSV on standard input.
const { spawn } = require('child_process');
const path = require('path');
const { check, main, shoot, visit } = require('./browser.js');

const [port, folder, queryText] = process.argv.slice(2);
const expected = require('fs').readFileSync(0, 'utf8').trim().split('\n').map((line) => line.split(','))
	.map(([month, score]) => [month, Number(score)]);
const origin = `http://127.0.0.1:${port}`;
const user = { email: 'reader@example.org', password: 'only for this run' };
let cookie;

async function call(method, what, body) {
	const answer = await fetch(`${origin}${what}`, {
		method, redirect: 'manual', body: body && JSON.stringify(body),
		headers: { 'content-type': 'application/json', ...(cookie && { cookie }) }
	});
	const set = answer.headers.getSetCookie();

	if (set.length > 0)
		cookie = set.map((line) => line.split(';')[0]).join('; ');
	return answer.headers.get('content-type')?.includes('json') ? answer.json() : {};
}

async function untilUp() {
	for (let tries = 0; tries < 300; tries++) {
		try {
			return await call('GET', '/api/app');
		} catch {
			await new Promise((wake) => setTimeout(wake, 200));
		}
	}
	throw new Error('SQLPad did not start');
}

// The points of the line, in the units of the axes: a pixel stands for what the
// ticks of the vertical axis say.
function pointsOf(chart) {
	const place = (tick) => Number(/translate\([^,]*,([^)]*)\)/.exec(tick.getAttribute('transform'))[1]);
	const ticks = [...chart.querySelectorAll('.y.axis .tick')].map((tick) => [place(tick), Number(tick.textContent)]);
	const [[low, a], [high, b]] = [ticks.at(0), ticks.at(-1)];
	const line = [...chart.querySelectorAll('path')].map((path) => path.getAttribute('d'))
		.sort((p, q) => q.length - p.length)[0];
	const points = [...line.matchAll(/(-?[\d.e-]+),(-?[\d.e-]+)/g)];

	return points.map((point) => a + (Number(point[2]) - low) * (b - a) / (high - low));
}

// It grows into its shape: what is there when nothing moves any more.
async function atRest(page) {
	let drawn = [], before;

	for (let tries = 0; tries < 40 && !(drawn.length > 0 && String(drawn) === String(before)); tries++) {
		before = drawn;
		await page.waitForTimeout(500);
		drawn = await page.$eval('.tau-chart__svg', pointsOf);
	}
	return drawn;
}

async function test() {
	await untilUp();
	await call('POST', '/api/signup', { ...user, passwordConfirmation: user.password });
	await call('POST', '/api/signin', user);
	const { connection } = await call('POST', '/api/connections', {
		name: 'board', driver: 'postgres', host: process.env.PGHOST, port: process.env.PGPORT,
		database: process.env.PGDATABASE, username: process.env.PGUSER
	});
	const { query } = await call('POST', '/api/queries', {
		name: 'Score of the NASDAQ', tags: [], connectionId: connection._id, queryText,
		chartConfiguration: { chartType: 'line', fields: { x: 'month', y: 'score' } }
	});

	check(query._id, 'the query is saved');
	const wrong = await visit(`${origin}/signin`, { origin }, async (page) => {
		await page.fill('input[type=email]', user.email);
		await page.fill('input[type=password]', user.password);
		await page.click('button[type=submit]');
		await page.waitForURL((url) => !url.pathname.includes('signin'));

		await page.goto(`${origin}/query-chart/${query._id}`);
		await page.waitForSelector('.tau-chart__svg .y.axis .tick');
		const drawn = await atRest(page);
		check(drawn.length === expected.length, `the chart has a point a month: ${drawn.length}`);
		check(drawn.every((score, i) => Math.abs(score - expected[i][1]) < 0.5), 'every point is where its score is');
		const axes = await page.$eval('.tau-chart__svg', (chart) => chart.textContent);
		check(/month/i.test(axes) && /score/i.test(axes), 'the axes are named');
		check((await page.textContent('body')).includes('Score of the NASDAQ'), 'the chart has its title');
		await shoot(page, 'sqlpad-chart');

		await page.goto(`${origin}/queries/${query._id}`);
		await page.waitForFunction(() => /scoreboard/.test(document.querySelector('.ace_content')?.textContent));
		await page.click('button:has-text("Run")');
		await page.waitForSelector(`text=${expected.length} rows`);
		await page.waitForSelector(`text=${expected[0][0]}`);
		const table = await page.textContent('body');
		check(table.includes(expected[0][0]) && table.includes(String(expected[0][1])), 'the table has the first row');
		await shoot(page, 'sqlpad-query');
	});

	check(wrong.length === 0, `no errors and no requests elsewhere: ${wrong.join('; ')}`);
}

main(async () => {
	const server = spawn(process.execPath, [require.resolve('sqlpad/server.js')], {
		cwd: path.dirname(require.resolve('sqlpad/package.json')),
		env: {
			...process.env, SQLPAD_IP: '127.0.0.1', SQLPAD_PORT: port, SQLPAD_DB_PATH: folder,
			SQLPAD_PASSPHRASE: 'only for this run'
		},
		stdio: 'ignore'
	});

	try {
		await test();
	} finally {
		server.kill();
	}
});
