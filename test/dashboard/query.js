// What the data loaders share: the rows of a query as JSON on standard output.
// node-postgres takes PGHOST, PGDATABASE and the like; BUBBLE_SCHEMA names the
// schema of the board. Days come as they stand there, counts as numbers.
import pg from "pg";

pg.types.setTypeParser(pg.types.builtins.DATE, (day) => day);
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

const board = process.env.BUBBLE_SCHEMA ?? "demo";

// Tables are found in the board, functions where the extension is.
const path = `SELECT set_config('search_path', format('%I, %I', $1::text, nspname), false)
	FROM pg_extension JOIN pg_namespace AS n ON n.oid = extnamespace
	WHERE extname = 'bubble'`;

export async function print(query) {
	const client = new pg.Client();

	await client.connect();
	await client.query(path, [board]);
	const { rows } = await client.query(query);
	await client.end();
	process.stdout.write(JSON.stringify(rows));
}
