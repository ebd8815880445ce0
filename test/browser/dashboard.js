// The dashboard of test/dashboard as it is built: dashboard.js FOLDER, and on
// standard input what the board has: a line "sector,score" a sector.
const fs = require('fs');
const http = require('http');
const path = require('path');
const { check, fits, main, shoot, visit } = require('./browser.js');

const folder = process.argv[2];
const board = fs.readFileSync(0, 'utf8').trim().split('\n').map((line) => line.split(','));
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json' };

// What any server of static files does.
function serve(request, response) {
	const { pathname } = new URL(request.url, 'http://localhost');
	const file = path.join(folder, decodeURIComponent(pathname.endsWith('/') ? `${pathname}index.html` : pathname));

	fs.readFile(file, (error, text) => {
		response.writeHead(error ? 404 : 200, { 'content-type': types[path.extname(file)] ?? 'application/octet-stream' });
		response.end(text);
	});
}

main(async () => {
	const server = http.createServer(serve);

	await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
	const url = `http://127.0.0.1:${server.address().port}/`;

	try {
		for (const [width, dark] of [[1200, false], [1200, true], [390, false], [390, true]]) {
			const name = `dashboard, ${width} pixels, ${dark ? 'dark' : 'light'}`;
			const wrong = await visit(url, { width, dark }, async (page) => {
				const picture = (title) => `figure:has(h2:text-is("${title}"))`;

				await page.waitForSelector(`${picture('Funding velocity')} g[aria-label=line] path`, { state: 'attached' });
				const cards = await page.$$eval('.sector', (all) => all.map((card) => [
					card.querySelector('.name').textContent, card.querySelector('.score').firstChild.textContent]));
				check(JSON.stringify(cards.sort()) === JSON.stringify(board.slice().sort()), `${name}: the cards are the board: ${cards.join(' ')}`);
				check(await fits(page), `${name}: it fits`);
				const falls = Number(/; (\d+) falls/.exec(await page.textContent(picture('Underwater curve')))[1]);
				check(falls > 0 && await page.locator(`${picture('Underwater curve')} g[aria-label=rect] rect`).count() === falls,
					`${name}: ${falls} episodes are shaded`);
				const bsadf = await page.$eval(`${picture('BSADF statistics')} g[aria-label=line] path`, (line) => line.getAttribute('d'));
				check(bsadf.split('L').length > 500, `${name}: BSADF has a point a month`);
				await shoot(page, name.replace(/\W+/g, '-'));

				await page.selectOption('select >> nth=0', 'NASDAQ');
				await page.waitForSelector('text=No rounds of NASDAQ are known.');
				check(await page.locator(`${picture('Score')} path`).count() > 0, `${name}: another sector is drawn`);
			});

			check(wrong.length === 0, `${name}: no errors, nothing loaded from elsewhere: ${wrong.join('; ')}`);
		}
	} finally {
		server.close();
	}
});
