# What psql alone cannot show: plans, cancelled statements, a server that
# lives on, dump and restore.
use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', <<'CONF');
max_worker_processes = 8
max_parallel_workers = 8
parallel_setup_cost = 0
parallel_tuple_cost = 0
min_parallel_table_scan_size = 0
CONF
$node->start;
$node->safe_psql('postgres', <<'SQL');
CREATE EXTENSION bubble;
CREATE TABLE price AS
SELECT s AS symbol, date '2000-01-01' + d AS day,
	exp(sum(0.05 * sin(s * 7919.0 + d * d)) OVER (PARTITION BY s ORDER BY d)) AS close
FROM generate_series(1, 20) AS s, generate_series(1, 5000) AS d;
ALTER TABLE price SET (parallel_workers = 3);
VACUUM ANALYZE price;
SQL

# --- parallel plans ---

my @aggregates = (
	'drawdown(close, day)',
	'max_drawdown(close, day)',
	'max_drawdown_episode(close, day)',
	'runup(close, day)',
	'max_runup(close, day)',
	'ulcer_index(close, day)',
	'pain_index(close, day)',
	'drawdown_deviation(close, day)',
	'average_drawdown(close, day)',
	'time_under_water(close, day)',
	'cagr(close, day)',
	'calmar_ratio(close, day)',
	'sterling_ratio(close, day)',
	'burke_ratio(close, day)',
	'martin_ratio(close, day)',
	'pain_ratio(close, day)',
	'drawdown_at_risk(close, day, 0.05)',
	'conditional_drawdown_at_risk(close, day, 0.05)',
	'drawdown_episodes(close, day)',
	'drawdown_episodes(close, day, 0.1)',
	'max_drawdown_of_returns(greatest(close - 1, -0.5) / 100, day)',
	'drawdown_of_returns(greatest(close - 1, -0.5) / 100, day)',
	'drawdown_summary(close, day)::text',
	'md5(bubble_series(close, day)::text)',
	'valuation_to_revenue(close, symbol)',
	'pre_revenue_share(close, symbol)',
	"latest(close, day, '1 year', '2010-01-01')",
	'funding_velocity(close, day)',
	"funding_velocity(close, day, '90 days')",
	"funding_velocity(close, day, '90 days', '2010-01-01')",
	'funding_acceleration(close, day)',
	"funding_acceleration(close, day, '90 days')",
	"funding_acceleration(close, day, '90 days', '2010-01-01')",
	'harmonic_multiple(close, symbol)',
	'median_multiple(close, symbol)',
	"trailing_revenue(close, day, '1 year', '2010-01-01')",
	"trailing_revenue(close, day, day + 30, '1 year', '2010-01-01')",
	"funding_intensity(close, day, '90 days')",
	"funding_intensity(close, day, '90 days', '2010-01-01')",
	"time_to_next_round(day, day + symbol * 10, '2010-01-01')",
	'down_round_share(close, symbol)',
	'herfindahl(close)',
	'gini(close)',
	'top_share(close, 3)',
	'round_gap(day)',
	'funding_summary(close, day)',
	"funding_summary(close, day, '90 days', '2010-01-01')",
	"completed_funding(close, day, day + symbol, '2010-01-31')",
	'adf(close, day)',
	'adf(close, day, 2)',
	'sadf(close, day, 100)',
	'sadf(close, day)',
	'sadf(close, day, 100, 1)',
	'md5(explosive_residuals(close, ARRAY[symbol, symbol % 7], day)::text)',
	'pca_weights(ARRAY[close, close * symbol, -sqrt(close)])',
	'entropy_weights(ARRAY[close, close * symbol, sqrt(close)])',
	'critic_weights(ARRAY[close, close * symbol, -sqrt(close)])',
	'deviation_weights(ARRAY[close, close * symbol, -sqrt(close)])',
	'auroc(close, extract(day FROM day) > 15)',
	'best_threshold(close, close > 1.5)',
	'best_threshold(close, close > 1.5, 0.3)',
	'signal_quality(close, close > 1.5, 1.4)',
	'signal_quality(close, close > 1.5, 1.4, 0.3)');
foreach my $aggregate (@aggregates)
{
	foreach my $query (
		"SELECT $aggregate FROM price",
		"SELECT symbol, $aggregate FROM price GROUP BY symbol ORDER BY symbol")
	{
		my $parallel = 'SET max_parallel_workers_per_gather = 3;';
		my $serial = 'SET max_parallel_workers_per_gather = 0;';

		like(
			$node->safe_psql('postgres', "$parallel EXPLAIN (COSTS OFF) $query"),
			qr/Finalize.*Gather.*Partial \w*Aggregate.*Parallel Seq Scan/s,
			"$query: computed in parts");
		is( $node->safe_psql('postgres', "$parallel $query"),
			$node->safe_psql('postgres', "$serial $query"),
			'and in parallel as in one piece');
	}
}

# --- errors and cancelled statements ---

$node->safe_psql('postgres', <<'SQL');
CREATE TABLE bad AS SELECT * FROM price;
INSERT INTO bad VALUES (21, '2030-01-01', 'NaN');
SQL
my ($status, $out, $err) =
  $node->psql('postgres', 'SELECT max_drawdown(close, day) FROM bad');
is($status, 3, 'a NaN among the prices fails the statement');
like($err, qr/price must be finite and not negative/, 'and says why');

# All states are large here: the rows come in the wrong order.
foreach my $function (
	'max_drawdown(close, ts)',
	'max_drawdown_episode(close, ts)',
	'ulcer_index(close, ts)',
	'drawdown_at_risk(close, ts, 0.05)',
	'drawdown_summary(close, ts)',
	'bubble_series(close, ts)',
	'funding_velocity(close, ts)',
	'funding_summary(close, ts)',
	"funding_intensity(close, ts, '1 hour')",
	"completed_funding(close, ts, ts, '2020-01-01')",
	'gini(close)',
	'round_gap(ts)',
	'auroc(close, close > 5)',
	'pca_weights(ARRAY[close, -close])',
	"drawdown_ahead(close, ts, '1 hour') OVER ()",
	'max_drawdown(close, ts) OVER (ORDER BY ts ROWS 1000000 PRECEDING)')
{
	my $started = time;
	($status, $out, $err) = $node->psql('postgres', <<"SQL");
SET statement_timeout = '700ms';
SELECT $function
FROM (SELECT timestamptz '2000-01-01' + ((i * 7919) % 10000000) * interval '1 second' AS ts,
	1 + i AS close FROM generate_series(1, 100000000) AS i) AS x
SQL
	like($err, qr/canceling statement/, "$function can be cancelled");
	cmp_ok(time - $started, '<', 15, 'soon');
}

# One computation is long here, not the reading of rows; seen from here, a
# cancelled one is over soon.
$node->safe_psql('postgres', <<'SQL');
CREATE TABLE long AS
SELECT bubble_series(100 + sin(i * 0.7 * i), date '2000-01-01' + i) AS s FROM generate_series(1,
	30000) AS i;
SQL
foreach my $query (
	'SELECT * FROM explosive_simulate(4000, replications => 1000000)',
	'SELECT explosive_bootstrap(s, replications => 100000) FROM long',
	'SELECT explosive_bootstrap_path(s, replications => 5000) FROM long',
	"SELECT explosive_bootstrap(s, 20, method => 'phillips_shi', control => 100000) FROM long",
	"SELECT explosive_bootstrap(s, 300, 12, 99, 1, 'phillips_shi', 30000) FROM long",
	'SELECT gsadf(s, NULL, 12) FROM long',
	"SELECT score_sensitivity(ARRAY[i, i % 7, i % 11], NULL, 'percentile', 'median', 1, 0.2,"
	  . " 100000, 1) OVER (ORDER BY i) FROM generate_series(1, 10000) AS i")
{
	my $started = time;
	($status, $out, $err) = $node->psql('postgres', <<"SQL");
SET bubble.progress = on;
SET statement_timeout = '2500ms';
$query
SQL
	like($err, qr/canceling statement/, "$query can be cancelled");
	cmp_ok(time - $started, '<', 15, 'soon');
	like($err, qr/NOTICE:  explosive_simulate: \d+ of 125000 replications done/,
		'and has told how far it was')
	  if $query =~ /simulate/;
}

is($node->safe_psql('postgres', 'SELECT count(*) FROM bad'),
	100001, 'the server and its data live on');
unlike(slurp_file($node->logfile), qr/terminated by signal|PANIC/,
	'no process has crashed');

# --- dump and restore ---

$node->safe_psql('postgres', <<'SQL');
CREATE MATERIALIZED VIEW fall AS
SELECT symbol, max_drawdown_episode(close, day) AS e FROM price GROUP BY symbol;
CREATE TABLE kept AS SELECT * FROM fall;
SQL
my $dump = $node->basedir . '/dump.sql';
$node->command_ok(
	[ 'pg_dump', '-f', $dump, $node->connstr('postgres') ], 'dumped');
$node->safe_psql('postgres', 'CREATE DATABASE restored');
$node->command_ok(
	[ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-f', $dump,
		$node->connstr('restored') ], 'restored');
foreach my $table ('fall', 'kept')
{
	is( $node->safe_psql('restored', "SELECT * FROM $table ORDER BY symbol"),
		$node->safe_psql('postgres', "SELECT * FROM $table ORDER BY symbol"),
		"$table came back as it was");
}

# --- who may create it ---

is( $node->safe_psql(
		'postgres', <<'SQL'), 'f', 'a database owner who is no superuser can create it');
CREATE ROLE analyst LOGIN;
CREATE DATABASE sandbox OWNER analyst;
\c sandbox
SET SESSION AUTHORIZATION analyst;
CREATE EXTENSION bubble;
SELECT rolsuper FROM pg_roles WHERE rolname = current_user;
SQL

$node->stop;
done_testing();
