# Citus spreads the rows of a table over servers: every aggregate gives over such
# a table what it gives over one in one place, whether the workers compute it whole,
# in parts that the coordinator puts together, or the coordinator from the rows.
# That states go from one server to another is tested without Citus in
# 012_bare_calls.pl.
use strict;
use warnings;

use FindBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $root = "$FindBin::RealBin/../..";
my ($sharedir) = run_command([ $ENV{PG_CONFIG} || 'pg_config', '--sharedir' ]);
plan skip_all => 'Citus is not there for this PostgreSQL'
  unless -e "$sharedir/extension/citus.control";

my $coordinator = start('coordinator');
my @workers = map { start($_) } 'worker1', 'worker2';

$coordinator->safe_psql('postgres',
	"SELECT citus_set_coordinator_host('127.0.0.1', ${\ $coordinator->port })");
$coordinator->safe_psql('postgres', "SELECT citus_add_node('127.0.0.1', ${\ $_->port })")
  foreach (@workers);
# The extension reaches the workers; a zone is set on each.
$coordinator->safe_psql('postgres', 'CREATE SCHEMA measures');
$coordinator->safe_psql('postgres', 'CREATE EXTENSION bubble SCHEMA measures');
$_->safe_psql('postgres', <<'SQL')
ALTER DATABASE postgres SET timezone = 'America/New_York';
ALTER DATABASE postgres SET search_path = public, measures;
SQL
  foreach ($coordinator, @workers);
my $version = $coordinator->safe_psql('postgres',
	"SELECT extversion FROM pg_extension WHERE extname = 'citus'");
my ($major) = $version =~ /^(\d+)/;
note("Citus $version");

is( $coordinator->safe_psql('postgres', <<'SQL'),
SELECT result, count(*)
FROM run_command_on_workers($$SELECT count(*) FROM pg_extension WHERE extname = 'bubble'$$)
GROUP BY result
SQL
	'1|2', 'the extension is on the workers');
is( $coordinator->safe_psql('postgres',
		"SELECT DISTINCT result FROM run_command_on_workers('SHOW timezone')"),
	'America/New_York', 'and so is the zone');

# What compares is needed here only.
$coordinator->safe_psql('postgres',
	'SET citus.enable_ddl_propagation = off;' . slurp_file("$root/test/$_"))
  foreach ('every_aggregate.sql', 'every_form.sql');
# By symbol; and by something else, so that a symbol's rows are on all workers.
$coordinator->safe_psql('postgres', <<'SQL');
CREATE TABLE by_symbol (LIKE observed);
CREATE TABLE by_row (LIKE observed);
SELECT create_distributed_table('by_symbol', 'k'), create_distributed_table('by_row', 'i');
INSERT INTO by_symbol SELECT * FROM observed;
INSERT INTO by_row SELECT * FROM observed;
SQL

# --- every aggregate ---

my $all = q('{plain,in order,distinct,filtered}');

is($coordinator->safe_psql('postgres', "SELECT * FROM other_answers('by_symbol', true, $all)"),
	'', 'by the distribution column');
is($coordinator->safe_psql('postgres', "SELECT * FROM other_answers('by_row', true, $all)"),
	'', 'by another column');
is($coordinator->safe_psql('postgres', "SELECT * FROM other_answers('by_row', false, $all)"),
	'', 'over all rows');

# --- where it is computed ---

# What the workers are asked for of an aggregate, by symbol.
sub task
{
	my ($call, $table) = @_;
	my ($query) = $coordinator->safe_psql('postgres',
		"SELECT plan(asked(\$\$$call\$\$, '$table', true))") =~ /Query: (.*)/;

	return $query // 'no query';
}

foreach my $call (
	'ulcer_index(value, at)', 'max_drawdown_episode(value, at)', 'gini(value)',
	'drawdown_episodes(value, at)', 'max_drawdown(value, at)')
{
	my ($name) = $call =~ /^(\w+)/;

	like(task($call, 'by_symbol'), qr/SELECT k, .*\Q$name\E\(value.*GROUP BY/,
		"$call by the distribution column: whole");
}
like(task($_, 'by_row'), qr/partial_agg\('[\w.]*${\ s|\(.*||r }\(/, "$_ by another: in parts")
  foreach ('ulcer_index(value, at)', 'max_drawdown_episode(value, at)',
	'drawdown_summary(value, at)', 'price_summary(value, at)');
foreach my $call ('gini(value)', 'max_drawdown(value, at)', 'drawdown_at_risk(value, at, 0.9)')
{
	my ($name) = $call =~ /^(\w+)/;

	if ($major < 15)
	{
		like(task($call, 'by_row'), qr/^SELECT (?!.*$name)/, "$call by another: of rows");
	}
	else
	{
		like(task($call, 'by_row'), qr/partial_agg\('[\w.]*$name\(/, "$call by another: in parts");
	}
}
like(task('ulcer_index(value, at ORDER BY i)', 'by_row'), qr/^SELECT (?!.*ulcer_index)/,
	'with an order: of rows');
like(task('drawdown(value ORDER BY at)', 'by_row'), qr/^SELECT (?!.*drawdown\()/,
	'what takes rows as they come: of rows');

# --- windows, and two levels ---

my $window = <<'SQL';
SELECT k, i, drawdown(value) OVER w, ulcer_index(value, at) OVER w, max_drawdown(value, at) OVER w
FROM observed
WINDOW w AS (PARTITION BY k ORDER BY at ROWS 12 PRECEDING) ORDER BY k, i
SQL
foreach my $table ('by_symbol', 'by_row')
{
	is($coordinator->safe_psql('postgres', $window =~ s/observed/$table/r),
		$coordinator->safe_psql('postgres', $window), "windows, $table");
}
my $levels = <<'SQL';
SELECT max_drawdown_episode(rollup(d)), ulcer_index(rollup(s)), observations(rollup(d))
FROM (SELECT k, drawdown_summary(value, ts) AS d, bubble_series(value, ts) AS s
	FROM observed GROUP BY k) AS q
SQL
is($coordinator->safe_psql('postgres', $levels =~ s/observed/by_symbol/r),
	$coordinator->safe_psql('postgres', $levels), 'rolled up from what workers made');
$coordinator->safe_psql('postgres', <<'SQL');
CREATE TABLE month (k integer, month date, d drawdown_summary, s bubble_series);
SELECT create_distributed_table('month', 'k');
INSERT INTO month
SELECT k, date_trunc('month', at), drawdown_summary(value, ts), bubble_series(value, ts)
FROM by_symbol GROUP BY 1, 2;
SQL
is( $coordinator->safe_psql('postgres',
		'SELECT max_drawdown_episode(rollup(d)), ulcer_index(rollup(s)), observations(rollup(d))
		FROM month'),
	$coordinator->safe_psql('postgres', $levels), 'and from what they keep');

$_->stop foreach ($coordinator, @workers);
done_testing();

sub start
{
	my ($name) = @_;
	my $node = PostgreSQL::Test::Cluster->new($name);

	$node->init(extra => [ '--locale=C', '--encoding=UTF8' ], allows_streaming => 'logical');
	$node->append_conf('postgresql.conf', <<'CONF');
shared_preload_libraries = 'citus'
listen_addresses = '127.0.0.1'
citus.node_conninfo = 'sslmode=prefer'
citus.shard_count = 6
max_prepared_transactions = 100
jit = off
CONF
	$node->start;
	$node->safe_psql('postgres', 'CREATE EXTENSION citus');
	return $node;
}
