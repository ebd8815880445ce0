# One answer on every server: what depends on the session's time zone is
# computed where it is asked for, what does not where the rows are.
use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my %zone = (here => 'America/New_York', east => 'Asia/Tokyo', gmt => 'GMT');
my %node;

foreach my $name (sort keys %zone)
{
	$node{$name} = PostgreSQL::Test::Cluster->new($name);
	$node{$name}->init;
	$node{$name}->append_conf('postgresql.conf', "timezone = '$zone{$name}'\n");
	$node{$name}->start;
	$node{$name}->safe_psql('postgres', <<'SQL');
CREATE EXTENSION bubble;
CREATE TABLE booked AS
SELECT 2.0 ^ i AS amount, at, at::date AS day, at + '20 days' AS known
FROM unnest('{2019-03-31 23:30-04,2019-12-31 20:00-05,2020-01-31 23:00-05,2020-02-29 12:00+00,
	2020-02-29 23:00-05,2020-03-01 00:30-05,2020-03-31 03:00+00}'::timestamptz[])
		WITH ORDINALITY AS u (at, i);
SQL
}

my $here = $node{here};

if (!$here->safe_psql('postgres',
		"SELECT 1 FROM pg_available_extensions WHERE name = 'postgres_fdw'"))
{
	plan skip_all => 'no postgres_fdw here';
}

$here->safe_psql('postgres', 'CREATE EXTENSION postgres_fdw');
foreach my $name ('east', 'gmt')
{
	my ($host, $port) = ($node{$name}->host, $node{$name}->port);

	$here->safe_psql('postgres', <<"SQL");
CREATE SERVER $name FOREIGN DATA WRAPPER postgres_fdw
	OPTIONS (host '$host', port '$port', dbname 'postgres', extensions 'bubble');
CREATE USER MAPPING FOR CURRENT_USER SERVER $name;
CREATE FOREIGN TABLE booked_$name (amount double precision, at timestamptz, day date,
	known timestamptz)
	SERVER $name OPTIONS (table_name 'booked');
SQL
}

# An aggregate over the rows of a table, in a session of a zone.
sub answer
{
	my ($zone, $aggregate, $table) = @_;

	return $here->safe_psql('postgres',
		"SET timezone = '$zone'; SELECT $aggregate FROM $table");
}

sub plan_of
{
	return $here->safe_psql('postgres',
		"EXPLAIN (VERBOSE, COSTS OFF) SELECT $_[0] FROM booked_gmt");
}

# --- by the calendar of the session ---

my $as_of = q('2020-03-31 03:00+00');
my $months = "count(*) - count(*) + trailing_revenue(1, at, '1 month', $as_of)";

is(answer('America/New_York', $months, $_), 1, "one round in the month, $_")
  foreach ('booked WHERE amount IN (16, 128)', 'booked_east WHERE amount IN (16, 128)',
	'booked_gmt WHERE amount IN (16, 128)');

my @session = (
	"trailing_revenue(amount, at, '1 year', $as_of)",
	"trailing_revenue(amount, at, '1 month', $as_of)",
	"trailing_revenue(amount, at, known, '1 month', $as_of)",
	'funding_velocity(amount, at)',
	"funding_velocity(amount, at, '1 month')",
	"funding_velocity(amount, at, '1 month', $as_of)",
	'funding_acceleration(amount, at)',
	"funding_acceleration(amount, at, '1 month')",
	"funding_acceleration(amount, at, '1 month', $as_of)",
	"funding_summary(amount, at, '1 month')",
	"latest(amount, at, '1 month', '2020-03-31 04:30+00') FILTER (WHERE amount < 128)",
	"completed_funding(amount, at, known, $as_of)");

foreach my $aggregate (@session)
{
	unlike(plan_of($aggregate), qr/Remote SQL: SELECT \S*\w+\(/,
		"$aggregate is computed here");
	foreach my $zone ('America/New_York', 'Asia/Tokyo')
	{
		my $expected = answer($zone, $aggregate, 'booked');

		is(answer($zone, $aggregate, "booked_$_"), $expected,
			"as over a table, $zone, rows from $_")
		  foreach ('east', 'gmt');
	}
}

# The calendars do differ.
isnt(answer('America/New_York', $months, 'booked'),
	answer('Asia/Tokyo', $months, 'booked'), 'zones have months of their own');

# --- what no zone can change ---

foreach my $aggregate (
	"trailing_revenue(amount, day, '1 mon'::interval, '2020-03-31'::date)",
	"funding_velocity(amount, day, '1 mon'::interval)",
	"latest(amount, day, '1 mon'::interval, '2020-03-31'::date)",
	'max_drawdown(amount, at)',
	'max_drawdown_episode(amount, at)',
	"funding_intensity(amount, at, '1 mon'::interval)")
{
	like(plan_of($aggregate), qr/Remote SQL: SELECT \S*\Q$aggregate\E FROM/,
		"$aggregate is computed by the server that has the rows");
	is(answer('Asia/Tokyo', $aggregate, 'booked_gmt'),
		answer('Asia/Tokyo', $aggregate, 'booked'), 'and is what it is here')
	  unless $aggregate =~ /day/;
	is(answer('Asia/Tokyo', $aggregate, 'booked_gmt'),
		$node{gmt}->safe_psql('postgres', "SELECT $aggregate FROM booked"),
		'and is what it is there')
	  if $aggregate =~ /day/;
}

# --- every aggregate by the calendar is labelled so, and survives a dump ---

my $mislabelled = <<'SQL';
SELECT count(*) FILTER (WHERE p.provolatile = 'i'), count(*) > 10
FROM pg_proc AS p JOIN pg_aggregate AS a ON a.aggfnoid = p.oid, pg_proc AS t, pg_depend AS d,
	pg_extension AS e
WHERE 'timestamptz'::regtype = ANY (p.proargtypes::oid[]) AND a.aggtranstype = 'internal'::regtype
	AND t.oid IN (a.aggtransfn, a.aggfinalfn) AND t.provolatile = 's'
	AND d.objid = p.oid AND d.deptype = 'e' AND d.refobjid = e.oid AND e.extname = 'bubble'
SQL
is($here->safe_psql('postgres', $mislabelled), '0|t',
	'aggregates are as stable as their functions');
$here->safe_psql('postgres', 'CREATE DATABASE restored');
$here->command_ok([ 'sh', '-c',
		'pg_dump -p ' . $here->port . ' -h ' . $here->host . ' postgres'
		  . ' | psql -X -q -v ON_ERROR_STOP=1 -p '
		  . $here->port . ' -h ' . $here->host . ' restored' ],
	'dumped and restored');
is($here->safe_psql('restored', $mislabelled), '0|t', 'as in a restored database');

$_->stop foreach (values %node);
done_testing();
