# Three servers asked at once by a fourth, through partitions of a foreign table:
# every aggregate of the extension gives what it gives over the same rows in one
# place, and is computed by the server that has them where postgres_fdw may know
# that nothing else comes out there. What is asked for over all of them goes
# through values that can be stored.
use strict;
use warnings;

use FindBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $root = "$FindBin::RealBin/../..";

# Every one in a zone of its own; sessions of postgres_fdw are in GMT.
my %zone = (one => 'Asia/Tokyo', two => 'America/New_York', three => 'Europe/London');
my @far = ('one', 'two', 'three');
my %keys = (one => '1', two => '2', three => '3, 4');

my $here = start('here', 'America/Sao_Paulo');

plan skip_all => 'no postgres_fdw here'
  unless $here->safe_psql('postgres',
	"SELECT 1 FROM pg_available_extensions WHERE name = 'postgres_fdw'");

$here->safe_psql('postgres', <<'SQL');
CREATE EXTENSION postgres_fdw;
CREATE TABLE far (LIKE observed) PARTITION BY LIST (k);
CREATE TABLE far_part (part integer, LIKE observed) PARTITION BY LIST (part);
CREATE TABLE far_month (k integer, month date, d drawdown_summary, s bubble_series)
	PARTITION BY LIST (k);
SQL

my $part = 0;

foreach my $name (@far)
{
	my $node = start($name, $zone{$name});
	my ($host, $port) = ($node->host, $node->port);

	# A third of the symbols; of all of them a third of the rows; and months of
	# its own symbols, each as a value.
	$node->safe_psql('postgres', <<"SQL");
CREATE TABLE part AS SELECT $part AS part, * FROM observed WHERE i % 3 = $part;
DELETE FROM observed WHERE k NOT IN ($keys{$name});
CREATE TABLE month AS
SELECT k, date_trunc('month', at)::date AS month, drawdown_summary(value, ts) AS d,
	bubble_series(value, ts) AS s
FROM observed GROUP BY 1, 2;
SQL
	$here->safe_psql('postgres', <<"SQL");
CREATE SERVER $name FOREIGN DATA WRAPPER postgres_fdw
	OPTIONS (host '$host', port '$port', dbname 'postgres', extensions 'bubble',
		async_capable 'true', fdw_tuple_cost '1');
CREATE USER MAPPING FOR CURRENT_USER SERVER $name;
CREATE FOREIGN TABLE far_$name PARTITION OF far FOR VALUES IN ($keys{$name})
	SERVER $name OPTIONS (table_name 'observed');
CREATE FOREIGN TABLE far_part_$name PARTITION OF far_part FOR VALUES IN ($part)
	SERVER $name OPTIONS (table_name 'part');
CREATE FOREIGN TABLE far_month_$name PARTITION OF far_month FOR VALUES IN ($keys{$name})
	SERVER $name OPTIONS (table_name 'month');
ANALYZE far_$name, far_part_$name, far_month_$name;
SQL
	$part++;
}

# Nothing comes out otherwise than here.
sub same
{
	my ($name, $zone, $forms, $by_symbol, $least) = @_;
	my $differences = $here->safe_psql('postgres', <<"SQL");
SET timezone = '$zone';
SET enable_partitionwise_aggregate = on;
SELECT * FROM other_answers('far', $by_symbol, $forms)
SQL
	my $count = $here->safe_psql('postgres', "SELECT count(*) FROM form WHERE form = ANY ($forms)");

	is($differences, '', "$name: nothing else than in one place");
	cmp_ok($count, '>', $least, "$name: $count calls");
}

my $all = q('{plain,in order,distinct,filtered}');

same('by symbol, America/Sao_Paulo', 'America/Sao_Paulo', $all, 'true', 800);
same('by symbol, Asia/Tokyo', 'Asia/Tokyo', q('{plain}'), 'true', 200);
same('of all rows, Asia/Tokyo', 'Asia/Tokyo', $all, 'false', 800);
same('of all rows, America/Sao_Paulo', 'America/Sao_Paulo', q('{plain}'), 'false', 200);

# --- where it is computed ---

# The calendar of the session is not that of the other servers; before PostgreSQL
# 17 arrays of the extension's rows have types that are no members of it; and a
# text has a collation, which is not one of theirs. A date becomes a time by the
# calendar, too.
my $sent = <<"SQL";
SET enable_partitionwise_aggregate = on;
WITH planned AS MATERIALIZED (
	SELECT form, call, plan(asked(call, 'far', true)) AS plan,
		p.provolatile = 'i' AND (p.prorettype < 16384 OR EXISTS (SELECT FROM pg_depend AS d
				WHERE d.classid = 'pg_type'::regclass AND d.objid = p.prorettype AND deptype = 'e'))
			AND 'text'::regtype <> ALL (p.proargtypes::oid[])
			AND call !~ 'k\\)::timestamp' AS expected
	FROM form AS f JOIN pg_proc AS p ON p.oid = f.aggregate
), counted AS (
	SELECT form, call, expected, regexp_count(plan, 'Async Foreign Scan') AS scans,
		regexp_count(plan, 'Remote SQL: SELECT k, \\S*' || substring(call FROM '^\\w+') || '\\(')
			AS sent, plan
	FROM planned
)
SQL
is( $here->safe_psql('postgres',
		"$sent SELECT form, call, expected, scans, sent, plan FROM counted
		WHERE sent <> CASE WHEN expected THEN 3 ELSE 0 END OR expected AND scans <> 3 LIMIT 5"),
	'',
	'what may be is computed by all three servers at once');
my ($here_computed, $far_computed) = split /\|/,
  $here->safe_psql('postgres',
	"$sent SELECT count(*) FILTER (WHERE sent = 0), count(*) FILTER (WHERE sent = 3)
	FROM counted WHERE form = 'in order'");
note("$far_computed aggregates are computed there, $here_computed here");
cmp_ok($far_computed, '>', 150, 'which are most');

# As a reader sees it.
like(
	$here->safe_psql('postgres', <<'SQL'),
SET enable_partitionwise_aggregate = on;
EXPLAIN (VERBOSE, COSTS OFF)
SELECT k, max_drawdown(value, at) FILTER (WHERE i > 3) FROM far GROUP BY k;
SQL
	qr/^Append
  ->  Async Foreign Scan
        Output: .*
        Relations: Aggregate on \(public\.far_one far\)
        Remote SQL: SELECT k, \S+max_drawdown\(value, at\) FILTER \(WHERE \(i > 3\)\) FROM .*
  ->  Async Foreign Scan/,
	'the query that a server gets');

# --- all rows, through what can be stored ---

# What a server computes, and what of it rolled up is the same aggregate over rows:
# all rows, or those of each symbol, which are on all servers.
my %levels = (
	drawdown_summary => [ '', 'max_drawdown', 'max_drawdown_episode' ],
	bubble_series => [
		'', 'ulcer_index', 'pain_index', 'average_drawdown', 'time_under_water', 'cagr',
		'max_drawdown', 'max_drawdown_episode', 'drawdown_episodes', 'price_summary', 'sadf',
		'explosive_test', 'change_point', 'sparkline', 'growth_rate', 'bass_fit'
	]);

foreach my $zone ('America/Sao_Paulo', 'Asia/Tokyo')
{
	my $settings = "SET timezone = '$zone'; SET enable_partitionwise_aggregate = on;";

	foreach my $state (sort keys %levels)
	{
		my $by_part = "SELECT k, part, $state(value, ts) AS v FROM far_part GROUP BY part, k";
		my $by_key = "SELECT k, $state(value, ts) AS v FROM far GROUP BY k";

		foreach my $function (@{ $levels{$state} })
		{
			my $aggregate = ($function eq '' ? $state : $function) . '(value, ts)';

			is( $here->safe_psql('postgres',
					"$settings SELECT $function(rollup(v)) FROM ($by_key) AS q"),
				$here->safe_psql('postgres', "$settings SELECT $aggregate FROM observed"),
				"$function(rollup($state)) of all rows, $zone");
			is( $here->safe_psql('postgres',
					"$settings SELECT k, $function(rollup(v)) FROM ($by_part) AS q
					GROUP BY k ORDER BY k"),
				$here->safe_psql('postgres',
					"$settings SELECT k, $aggregate FROM observed GROUP BY k ORDER BY k"),
				'by symbol, the rows of each on all servers');
		}
		like($here->safe_psql('postgres', "$settings SELECT plan(\$\$$_\$\$)"),
			qr/(Remote SQL: SELECT k, \S.*$state\(value, ts\) FROM.*){3}/s,
			'the state is made where the rows are')
		  foreach ($by_part, $by_key);
	}
}

# Values that are stored there, in one level and in two, whole or as they are.
foreach my $case (
	['k, max_drawdown(rollup(d)) AS a', 'GROUP BY k', 'k, max_drawdown(value, ts) AS a', 3],
	['k, rollup(d ORDER BY month DESC) AS a', 'GROUP BY k',
		'k, drawdown_summary(value, ts) AS a', 3],
	['k, rollup(DISTINCT s) AS a', 'GROUP BY k', 'k, bubble_series(value, ts) AS a', 3],
	["k, rollup(s) FILTER (WHERE month < '2020-04-01') AS a", 'GROUP BY k',
		"k, bubble_series(value, ts) FILTER (WHERE at < '2020-04-01') AS a", 3],
	['0 AS k, max_drawdown_episode(rollup(d)) AS a', '',
		'0 AS k, max_drawdown_episode(value, ts) AS a', 0],
	['0 AS k, ulcer_index(rollup(s)) AS a', '', '0 AS k, ulcer_index(value, ts) AS a', 0])
{
	my ($over_values, $group, $over_rows, $scans) = @$case;
	my $query = "SELECT $over_values FROM far_month $group";
	my $settings = 'SET enable_partitionwise_aggregate = on';

	is( $here->safe_psql('postgres', "$settings; SELECT * FROM ($query) AS q ORDER BY k"),
		$here->safe_psql('postgres', "SELECT $over_rows FROM observed $group ORDER BY k"),
		"$over_values of stored values");
	my @sent = $here->safe_psql('postgres', "$settings; SELECT plan(\$\$$query\$\$)") =~
	  /Remote SQL: SELECT k, \S*rollup\(/g;
	is(scalar @sent, $scans, "computed there by $scans");
}
is( $here->safe_psql('postgres', <<'SQL'),
SET enable_partitionwise_aggregate = on;
SELECT rollup(v) FROM (SELECT k, rollup(d) AS v FROM far_month GROUP BY k) AS q
SQL
	$here->safe_psql('postgres', 'SELECT drawdown_summary(value, ts) FROM observed'),
	'and rolled up again');

# --- with statements that live longer ---

is( $here->safe_psql('postgres', <<'SQL'),
SET enable_partitionwise_aggregate = on;
SET plan_cache_mode = force_generic_plan;
PREPARE asked (interval, date) AS
SELECT k, funding_velocity(value, at, $1, $2) FROM far GROUP BY k ORDER BY k;
EXECUTE asked ('30 days', '2020-04-01');
EXECUTE asked ('60 days', '2020-05-01');
SQL
	$here->safe_psql('postgres', <<'SQL'),
SELECT k, funding_velocity(value, at, '30 days', date '2020-04-01')
FROM observed GROUP BY k ORDER BY k;
SELECT k, funding_velocity(value, at, '60 days', date '2020-05-01')
FROM observed GROUP BY k ORDER BY k;
SQL
	'a prepared statement with parameters');
is( $here->safe_psql('postgres', <<'SQL'),
SET enable_partitionwise_aggregate = on;
BEGIN;
DECLARE c CURSOR FOR SELECT k, max_drawdown_episode(value, at) FROM far GROUP BY k ORDER BY k;
FETCH 1 FROM c;
FETCH ALL FROM c;
COMMIT;
SQL
	$here->safe_psql('postgres',
		'SELECT k, max_drawdown_episode(value, at) FROM observed GROUP BY k ORDER BY k'),
	'a cursor');
my $window = 'k, i, max_drawdown(value, at) OVER w, ulcer_index(value, at) OVER w,
	gini(value) OVER w FROM';
my $frame = 'WINDOW w AS (PARTITION BY k ORDER BY at ROWS 12 PRECEDING) ORDER BY k, i';
is( $here->safe_psql('postgres', "SELECT $window far $frame"),
	$here->safe_psql('postgres', "SELECT $window observed $frame"),
	'windows, over rows that are fetched');

# An error there is an error here, and the next statement works.
my ($code, $out, $error) = $here->psql('postgres', <<'SQL');
SET enable_partitionwise_aggregate = on;
SELECT k, max_drawdown(value - 100, at) FROM far GROUP BY k;
SQL
like($error, qr/ERROR: +price .*positive|ERROR: .*price/i, 'an error of another server');
is($here->safe_psql('postgres', 'SELECT count(*) FROM far'), '160', 'and the next statement');

done_testing();

# A server whose rows are those of all: a copy that is complete.
sub start
{
	my ($name, $timezone) = @_;
	my $node = PostgreSQL::Test::Cluster->new($name);

	$node->init(extra => [ '--locale=C', '--encoding=UTF8' ]);
	$node->append_conf('postgresql.conf', "timezone = '$timezone'\njit = off\n");
	$node->start;
	$node->safe_psql('postgres', 'CREATE EXTENSION bubble');
	$node->safe_psql('postgres', slurp_file("$root/test/$_"))
	  foreach ('every_aggregate.sql', 'every_form.sql');
	return $node;
}
