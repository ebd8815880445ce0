# TimescaleDB keeps the rows of a table in chunks of time: every aggregate gives
# over such a hypertable what it gives over a plain one, in whatever parts the
# plan takes it; so do windows, and summaries that outlive their chunks.
use strict;
use warnings;

use FindBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $root = "$FindBin::RealBin/../..";
my ($sharedir) = run_command([ $ENV{PG_CONFIG} || 'pg_config', '--sharedir' ]);
plan skip_all => 'TimescaleDB is not there for this PostgreSQL'
  unless -e "$sharedir/extension/timescaledb.control";

my $node = PostgreSQL::Test::Cluster->new('timescaledb');
$node->init(extra => [ '--locale=C', '--encoding=UTF8' ]);
$node->append_conf('postgresql.conf', <<'CONF');
shared_preload_libraries = 'timescaledb'
timescaledb.telemetry_level = off
timezone = 'America/New_York'
jit = off
CONF
$node->start;

# Either extension may come first, and both have functions of the same names.
$node->safe_psql('postgres', 'CREATE DATABASE bubble_first');
$node->safe_psql('postgres', 'CREATE EXTENSION timescaledb; CREATE EXTENSION bubble');
$node->safe_psql('bubble_first', 'CREATE EXTENSION bubble; CREATE EXTENSION timescaledb');
my $version = $node->safe_psql('postgres',
	"SELECT extversion FROM pg_extension WHERE extname = 'timescaledb'");
note("TimescaleDB $version, ", $node->safe_psql('postgres', 'SHOW timescaledb.license'));

$node->safe_psql('postgres', slurp_file("$root/test/$_"))
  foreach ('every_aggregate.sql', 'every_form.sql');
$node->safe_psql('postgres', <<'SQL');
CREATE TABLE chunked (LIKE observed);
SELECT create_hypertable('chunked', 'at', chunk_time_interval => interval '10 days');
INSERT INTO chunked SELECT * FROM observed ORDER BY i * 7 % 40, k;
ANALYZE chunked;
-- Two years, of which the first months come last, in no order.
CREATE TABLE price AS
SELECT symbol, timestamptz '2023-01-01 12:00Z' + n * interval '1 hour 7 minutes' AS at,
	100 * exp(0.4 * sin(n * 0.003 * symbol) + 0.1 * sin(7919.0 * n * n)) AS close
FROM generate_series(1, 6) AS symbol, generate_series(0, 14999) AS n;
CREATE TABLE chunked_price (LIKE price);
SELECT create_hypertable('chunked_price', 'at', chunk_time_interval => interval '30 days');
INSERT INTO chunked_price SELECT * FROM price ORDER BY at < '2023-03-01', close;
ANALYZE chunked_price;
ANALYZE price;
SQL

cmp_ok(chunks('chunked'), '>', 8, 'rows in chunks');
cmp_ok(chunks('chunked_price'), '>', 20, 'prices in chunks');

# --- every aggregate in every form ---

foreach my $by_symbol ('true', 'false')
{
	is( $node->safe_psql('postgres', <<"SQL"),
SELECT * FROM other_answers('chunked', $by_symbol, '{plain,in order,distinct,filtered}')
SQL
		'', 'as over a plain table, ' . ($by_symbol eq 'true' ? 'by symbol' : 'all rows'));
}
my $parallel = <<'SQL';
SET min_parallel_table_scan_size = 0;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET max_parallel_workers_per_gather = 3;
SQL
foreach my $by_symbol ('true', 'false')
{
	is( $node->safe_psql('postgres',
			"$parallel SELECT * FROM other_answers('chunked', $by_symbol, '{plain}')"),
		'', 'in parallel plans too');
}
my ($count, $gathered) = split /\|/, $node->safe_psql('postgres', <<"SQL");
$parallel
SELECT count(*), count(*) FILTER (WHERE plan(asked(call, 'chunked', true)) ~ 'Gather.*Partial')
FROM form WHERE form = 'plain'
SQL
cmp_ok($count, '>', 200, "all $count that take rows in any order");
cmp_ok($gathered, '>', 200, "$gathered of them in parts");

# --- plans over chunks ---

my @measures = (
	'max_drawdown(close, at)', 'max_drawdown_episode(close, at)', 'drawdown_summary(close, at)',
	'ulcer_index(close, at)', 'price_summary(close, at)', 'drawdown_episodes(close, at)',
	'herfindahl(close)', 'round_gap(at)', "funding_velocity(close, at, '1 month')",
	'gini(close)', 'sparkline(close, at)');
my $measured = join ', ', @measures;

foreach my $group ('symbol', "date_trunc('month', at)", "time_bucket('45 days', at)")
{
	my $query = "SELECT $group AS g, $measured FROM price GROUP BY 1 ORDER BY 1";
	my $chunked = $query =~ s/FROM price/FROM chunked_price/r;
	my $expected = $node->safe_psql('postgres', $query);

	is($node->safe_psql('postgres', $chunked), $expected, "by $group");
	is($node->safe_psql('postgres', "$parallel $chunked"), $expected, 'in a parallel plan');
}
like(
	$node->safe_psql('postgres', <<"SQL"),
$parallel
SELECT plan('SELECT symbol, max_drawdown(close, at) FROM chunked_price GROUP BY symbol')
SQL
	qr/Gather.*Partial \w+Aggregate.*Parallel Seq Scan on _timescaledb_internal/s,
	'which puts parts of chunks together');

# --- windows ---

foreach my $frame (
	'ORDER BY at',
	"ORDER BY at RANGE '3 days' PRECEDING",
	"ORDER BY at RANGE BETWEEN '40 days' PRECEDING AND '1 day' PRECEDING",
	'ORDER BY at ROWS BETWEEN 50 PRECEDING AND 3 FOLLOWING EXCLUDE CURRENT ROW')
{
	my $query = "SELECT count(d), count(m), count(h),
			md5(string_agg(format('%s %s %s %s', symbol, d, m, h), ',' ORDER BY symbol, at))
		FROM (SELECT symbol, at, drawdown(close) OVER w AS d, max_drawdown(close) OVER w AS m,
				harmonic_multiple(close, 2) OVER w AS h
			FROM price WHERE symbol <= 2 AND at < '2023-06-01'
			WINDOW w AS (PARTITION BY symbol $frame)) AS q";
	my $expected = $node->safe_psql('postgres', $query);

	is($node->safe_psql('postgres', $query =~ s/FROM price/FROM chunked_price/r),
		$expected, $frame);
	like($expected, qr/^[1-9]\d{3}/, 'of thousands of rows');
}

# --- what outlives its chunk ---

$node->safe_psql('postgres', <<'SQL');
CREATE TABLE kept AS
SELECT symbol, tableoid::regclass AS chunk, drawdown_summary(close, at) AS d,
	bubble_series(close, at) AS s
FROM chunked_price GROUP BY symbol, tableoid;
SQL
my $kept = 'max_drawdown_episode(rollup(d)), ulcer_index(rollup(s)), observations(rollup(d))';
my $expected = $node->safe_psql('postgres', <<'SQL');
SELECT symbol, max_drawdown_episode(close, at), ulcer_index(close, at), count(*)
FROM price GROUP BY symbol ORDER BY symbol
SQL
is($node->safe_psql('postgres', "SELECT symbol, $kept FROM kept GROUP BY symbol ORDER BY symbol"),
	$expected, 'summaries of chunks rolled up');
$node->safe_psql('postgres', "SELECT drop_chunks('chunked_price', timestamptz '2024-01-01')");
cmp_ok(chunks('chunked_price'), '<', 20, 'after old chunks were dropped');
is( $node->safe_psql('postgres', <<"SQL"),
SELECT symbol, $kept
FROM (
	SELECT symbol, d, s FROM kept
	WHERE chunk::oid NOT IN (SELECT tableoid FROM chunked_price)
	UNION ALL
	SELECT symbol, drawdown_summary(close, at), bubble_series(close, at)
	FROM chunked_price GROUP BY symbol
) AS q
GROUP BY symbol ORDER BY symbol
SQL
	$expected, 'with what is left of the rows');

# A hypertable of summaries, refreshed chunk by chunk.
$node->safe_psql('postgres', <<'SQL');
CREATE TABLE daily (symbol int, day timestamptz, d drawdown_summary);
SELECT create_hypertable('daily', 'day', chunk_time_interval => interval '60 days');
INSERT INTO daily
SELECT symbol, time_bucket('1 day', at), drawdown_summary(close, at) FROM price GROUP BY 1, 2;
SQL
is( $node->safe_psql('postgres',
		"$parallel SELECT symbol, max_drawdown_episode(rollup(d)) FROM daily
		GROUP BY 1 ORDER BY 1"),
	$node->safe_psql('postgres',
		'SELECT symbol, max_drawdown_episode(close, at) FROM price GROUP BY 1 ORDER BY 1'),
	'a hypertable of summaries');

# --- one name, two functions ---

foreach my $database ('postgres', 'bubble_first')
{
	foreach my $type ('double precision', 'numeric', 'real', 'integer', 'bigint')
	{
		my ($code, $out, $error) = $node->psql($database, <<"SQL");
SELECT string_agg(l::text, ',' ORDER BY i)
FROM (SELECT i, locf(x::$type) OVER (ORDER BY i) AS l
	FROM (VALUES (1, NULL), (2, 5), (3, NULL), (4, 7)) AS v (i, x)) AS q
SQL
		is($out, '5,5,7', "locf of $type in $database") or diag($error);
	}
}

$node->stop;
done_testing();

sub chunks
{
	return $node->safe_psql('postgres',
		"SELECT count(*) FROM timescaledb_information.chunks WHERE hypertable_name = '$_[0]'");
}
