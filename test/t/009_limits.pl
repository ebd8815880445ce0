# What functions take at their largest: how much memory, as the operating system
# counts it or the server, and how soon they end when they are cancelled.
use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', <<'CONF');
jit = off
max_parallel_workers_per_gather = 0
CONF
$node->start;
$node->safe_psql('postgres', <<'SQL');
CREATE EXTENSION bubble;
CREATE TABLE stored AS
SELECT k, bubble_series(100 + random(), date '2000-01-01' + i) AS s
FROM generate_series(1, 1000) AS k, generate_series(1, 10000) AS i GROUP BY k;
SQL

# Megabytes that a new session takes at its peak for a query, more than for
# another one.
sub megabytes_more
{
	my ($query, $than) = @_;

	return peak($query) - peak($than);
}

sub peak
{
	my ($query) = @_;
	my $answer = $node->safe_psql('postgres', <<"SQL");
SELECT count(*) FROM (SELECT 1 FROM generate_series(1, 10)) AS warm_up;
SELECT count(x) FROM ($query) AS q (x);
SELECT substring(pg_read_file('/proc/self/status') FROM 'VmHWM:\\s+(\\d+) kB')::int / 1024;
SQL

	return (split /\n/, $answer)[-1];
}

# --- memory ---

SKIP:
{
	skip 'the system does not tell the peak memory of a process', 1
	  unless -r '/proc/self/status'
	  && slurp_file('/proc/self/status') =~ /^VmHWM:\s+\d+ kB/m;

	# Arguments whose evaluation allocates: 1,000 times 200 kB, or as many series
	# of 160 kB, stored out of line.
	my $argument = "length(repeat('x', 200000) || i)::float8";
	my $texts = 'FROM generate_series(1, 1000) AS i';
	foreach my $function ('zscore(%s) OVER ()', 'robust_zscore(%s) OVER ()',
		'minmax_score(%s) OVER ()', 'percentile_score(%s) OVER ()',
		'bsadf(%s) OVER (ORDER BY i)',
		"drawdown_ahead(%s, date '2000-01-01' + i, '5 days') OVER ()")
	{
		my $call = sprintf $function, $argument;

		cmp_ok(megabytes_more("SELECT $call $texts", "SELECT $argument $texts"),
			'<', 20, "$function keeps the arguments of one row");
	}
	cmp_ok(
		megabytes_more('SELECT percentile_score(max_drawdown(s)) OVER () FROM stored',
			'SELECT max_drawdown(s) FROM stored'),
		'<', 20, 'percentile_score over stored series keeps one of them');

	# What ciss needs once is not needed for each replication.
	my $wide = 'SELECT %s FROM (SELECT array_agg(sin(i * k)) AS a, k'
	  . ' FROM generate_series(1, 100) AS i, generate_series(1, 30) AS k GROUP BY k) AS r';
	cmp_ok(
		megabytes_more(
			sprintf($wide, "score_sensitivity(a, NULL, NULL, 'ciss', 1, NULL, 20000, NULL)"),
			sprintf($wide, "bubble_score(a, NULL, NULL, 'ciss', 1)")),
		'<', 5, 'replications of ciss leave nothing behind');
}

# --- cancelled ---

# The largest arrays, many rows, many ties. A query that has computed for half
# a second ends at once; other tests may use the machine, hence two seconds.
$node->safe_psql('postgres', <<'SQL');
CREATE UNLOGGED TABLE large AS
SELECT ARRAY[random(), random(), random(), random()] AS a, random() AS x FROM generate_series(1,
	1500000) AS i;
CREATE UNLOGGED TABLE wide AS
SELECT i, ARRAY(SELECT sin(i * k) FROM generate_series(1, 1000) AS k) AS a FROM generate_series(1,
	3000) AS i;
SQL
foreach my $query (
	"SELECT score_sensitivity(a, NULL, NULL, 'ciss', 1, NULL, 100000, NULL) FROM wide",
	"SELECT score_sensitivity(a, NULL, NULL, 'median', 1, NULL, 100000, NULL) FROM wide",
	"SELECT score_sensitivity(a[1:2], NULL, NULL, 'median', 1, NULL, 100000, NULL)"
	  . ' OVER (ORDER BY i) FROM wide',
	"SELECT bubble_score(a, NULL, NULL, 'ciss', 1) OVER (ORDER BY i ROWS 100 PRECEDING) FROM wide",
	"SELECT bubble_contributions(a[1:16], NULL, NULL, 'median', 1) OVER (ORDER BY i) FROM wide",
	'SELECT pca_weights(a) FROM large, generate_series(1, 2)',
	'SELECT entropy_weights(a) FROM large, generate_series(1, 2)',
	'SELECT critic_weights(a[1:250]) FROM wide, generate_series(1, 10)',
	'SELECT sum(r) FROM (SELECT percentile_score(x) OVER () AS r FROM large) AS s',
	'SELECT sum(r) FROM (SELECT robust_zscore(greatest(x, 0.8)) OVER () AS r FROM large) AS s',
	'SELECT best_threshold(x, a[1] < 0.5) FROM large, generate_series(1, 12)',
	'SELECT auroc(floor(10 * x), a[1] < 0.5) FROM large, generate_series(1, 12)',
	'SELECT calibration(x, a[1] < 0.5, 1000) FROM large, generate_series(1, 12)',
	"SELECT auroc_interval(x, a[1] < 0.5, date '2000-01-01' + (1000 * x)::int,"
	  . " '1 month', 100000) FROM large",
	"SELECT crash_odds(x, a[1] < 0.5, x, '{0.5}', 100000) FROM large",
	"SELECT run_ups(x, 1, date '2000-01-01' + (1e6 * x)::int) FROM large, generate_series(1, 5)",
	'SELECT gsadf(s) FROM stored',
	'SELECT explosive_bootstrap(s) FROM stored',
	'SELECT lppls_confidence(s, 10000, 100, 1) FROM stored',
	'SELECT gompertz_fit(s) FROM stored',
	'SELECT change_points(s, 1e-6) FROM stored',
	'SELECT lead_lag(s, s, 5000) FROM stored',
	'SELECT octet_length(bubble_series_send(rollup(s))) FROM stored, generate_series(1, 20) AS k')
{
	my $started = time;
	my ($status, $out, $err) = $node->psql('postgres', <<"SQL");
SET statement_timeout = '500ms';
$query
SQL

	like($err, qr/canceling statement/, "$query can be cancelled");
	cmp_ok(time - $started, '<', 2.5, 'at once');
}

# --- memory of a group ---

# A random walk of 3 million rows in order of time, in one group.
$node->safe_psql('postgres', <<'SQL');
SET max_parallel_workers_per_gather = 0;
SELECT setseed(0.3);
CREATE UNLOGGED TABLE walk AS
SELECT timestamptz '2000-01-01' + i * interval '1 minute' AS at,
	exp(0.001 * sum(random() - 0.5) OVER (ROWS UNBOUNDED PRECEDING)) AS price
FROM generate_series(1, 3000000) AS i;
SQL

sub kilobytes
{
	my ($aggregate) = @_;
	my $plan = $node->safe_psql('postgres', <<"SQL");
SET max_parallel_workers_per_gather = 0;
SET enable_sort = off;
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF)
SELECT price > 0 AS one, $aggregate FROM walk GROUP BY one;
SQL
	my ($kilobytes) = $plan =~ /HashAggregate.*Memory Usage: (\d+)kB/s;

	note("$aggregate: ", $kilobytes // $plan, ' kB');
	return $kilobytes // 'unknown';
}

foreach my $aggregate ('drawdown', 'max_drawdown', 'max_drawdown_episode',
	'max_runup', 'drawdown_summary')
{
	cmp_ok(kilobytes("$aggregate(price, at)"), '<', 1024,
		"$aggregate: 3 million rows in less than 1 MB");
}
cmp_ok(kilobytes('bubble_series(price, at)'), '>', 46_000,
	'which is not because memory is not counted');
$node->safe_psql('postgres', 'DROP TABLE walk');

$node->stop;
done_testing();
