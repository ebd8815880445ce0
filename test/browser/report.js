// The report of test/demo as it is drawn: report.js FILE.
const { check, fits, main, shoot, visit } = require('./browser.js');

const url = `file://${process.argv[2]}`;

// How many pictures of a kind are to be seen.
const seen = (page, kind) => page.$$eval(`svg.${kind}`, (all) => all.filter((one) => one.getClientRects().length > 0).length);

// The colours of the ground of a card, of its text and of a picture's.
const colours = (page) => page.evaluate(() => [
	getComputedStyle(document.querySelector('article')).backgroundColor,
	getComputedStyle(document.querySelector('article')).color,
	getComputedStyle(document.querySelector('svg [fill="#25241f"]')).fill
].map((colour) => /(\d+), (\d+), (\d+)/.exec(colour)?.slice(1).map(Number) ?? [0, 0, 0])
	.map(([r, g, b]) => (r + g + b) / 765));

main(async () => {
	for (const width of [1200, 380]) {
		for (const dark of [false, true]) {
			const name = `report, ${width} pixels, ${dark ? 'dark' : 'light'}`;
			const wrong = await visit(url, { width, dark }, async (page) => {
				const wide = await seen(page, 'wide'), narrow = await seen(page, 'narrow');
				const [ground, ink, label] = await colours(page);

				check(await fits(page), `${name}: it fits`);
				check(width > 620 ? wide === 6 && narrow === 0 : wide === 0 && narrow === 6,
					`${name}: pictures for this width (${wide}, ${narrow})`);
				check(dark ? ground < 0.2 && ink > 0.8 && label > 0.8 : ground > 0.8 && ink < 0.2 && label < 0.2,
					`${name}: ink can be told from its ground`);
				await page.click('summary >> nth=0');
				check(await page.isVisible('pre >> nth=0'), `${name}: a statement opens`);
				await shoot(page, name.replace(/\W+/g, '-'));
			});

			check(wrong.length === 0, `${name}: no errors, nothing loaded from elsewhere: ${wrong.join('; ')}`);
		}
	}
});
