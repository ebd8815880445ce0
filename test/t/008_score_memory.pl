# How much memory a session takes at most, as the operating system counts it:
# of a state, of a large answer, of arguments that need much room themselves.
use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

plan skip_all => 'the system does not tell the peak memory of a process'
  unless -r '/proc/self/status'
  && slurp_file('/proc/self/status') =~ /^VmHWM:\s+\d+ kB/m;

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
		sprintf($wide, "score_sensitivity(a, NULL, NULL, 'ciss', 1, 20000, NULL, NULL)"),
		sprintf($wide, "bubble_score(a, NULL, NULL, 'ciss', 1)")),
	'<', 5, 'replications of ciss leave nothing behind');

$node->stop;
done_testing();
