// What the tests in a browser share: Chromium without a window, and checks that
// are printed a line each, as test/browser/Board.pm reads them.
const { chromium } = require('playwright-core');

const paths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const path = process.env.BUBBLE_CHROMIUM || paths.find((file) => require('fs').existsSync(file));

function check(good, what) {
	console.log(`${good ? 'ok' : 'not ok'} - ${what}`);
}

// Opens a page, shows it to "look", and collects what went wrong in it: errors,
// and requests to anywhere but "origin".
async function visit(url, { origin = url, width = 1200, height = 900, dark = false }, look) {
	const browser = await chromium.launch({
		executablePath: path,
		args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
			'--disable-background-networking', '--disable-component-update', '--disable-sync']
	});

	try {
		const page = await browser.newPage({ viewport: { width, height }, colorScheme: dark ? 'dark' : 'light' });
		const wrong = [];

		page.on('pageerror', (error) => wrong.push(error.message));
		page.on('request', (request) => {
			if (!request.url().startsWith(origin) && !request.url().startsWith('data:'))
				wrong.push(`asks for ${request.url()}`);
		});
		await page.goto(url);
		await look(page);
		return wrong;
	} finally {
		await browser.close();
	}
}

// Nothing is wider than the window.
const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);

// A picture of the whole page, for people to look at.
const shoot = (page, name) => page.screenshot({ path: `${process.env.BUBBLE_SHOTS}/${name}.png`, fullPage: true });

function main(test) {
	test().catch((error) => {
		console.error(error);
		process.exitCode = 1;
	});
}

module.exports = { check, fits, main, shoot, visit };
