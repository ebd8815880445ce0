# A database in which all lasts that can be made of the extension (lasting.sql)
# is dumped and restored in every way, and goes through pg_upgrade to a server
# of the same major (test/upgrade goes to another one).  Every row, every byte
# of a value and every answer of an index stays; views, materialized views and
# the scoreboard go on.
use strict;
use warnings;

use FindBin;
use lib $FindBin::RealBin;
use Members;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use StoredValues;
use Test::More;

my $node = start_node('origin');
my $dumps = $node->basedir;
$node->safe_psql('postgres', 'CREATE DATABASE origin');
lasting($node, 'origin', 'lasting');
my $answers = lasting($node, 'origin', 'lasting_answers');
my $members = members($node, 'origin');
my $values = () = $answers =~ /^market\.\S+\.(?:s|d|long)\|/mg;

cmp_ok($values, '>', 80, 'there are values');
cmp_ok(scalar(split /\n/, $answers), '>', 10_000, 'and much else to compare');
my $logged = qr/^\w+: board\.scoreboard_log/;

# --- dump and restore ---

my @both = ('origin', '-f');
my %way = (
	plain => [ [ ['pg_dump'], 'psql' ] ],
	custom => [ [ [ 'pg_dump', '-Fc' ], 'pg_restore' ] ],
	directory => [ [ [ 'pg_dump', '-Fd', '-j', '2' ], 'pg_restore', '-j', '2' ] ],
	in_two => [
		[ [ 'pg_dump', '--schema-only' ], 'psql' ],
		[ [ 'pg_dump', '--data-only' ], 'psql' ] ],
	in_sections => [
		map { [ [ 'pg_dump', '-Fc', "--section=$_" ], 'pg_restore' ] }
		  'pre-data', 'data', 'post-data' ]);

# The other database has settings under which dates and numbers are written in
# another way, and a search_path that leads to nothing of ours.
foreach my $name (sort keys %way)
{
	my $number = 0;

	$node->safe_psql('postgres', <<"SQL");
CREATE DATABASE $name TEMPLATE template0;
ALTER DATABASE $name SET timezone = 'America/New_York';
ALTER DATABASE $name SET datestyle = 'SQL, DMY';
ALTER DATABASE $name SET search_path = nowhere;
SQL
	foreach my $step (@{ $way{$name} })
	{
		my ($dump, $tool, @options) = @$step;
		my $file = "$dumps/$name." . $number++;

		$node->command_ok([ @$dump, '-f', $file, $node->connstr('origin') ],
			join(' ', @$dump));
		$node->command_ok(
			$tool eq 'psql'
			? [ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-f', $file, $node->connstr($name) ]
			: [ $tool, '-e', @options, '-d', $node->connstr($name), $file ],
			"restored by $tool");
	}
	$node->safe_psql('postgres', "ALTER DATABASE $name RESET ALL");
	fill($name) if $name eq 'in_two';
	same_answers($answers, lasting($node, $name, 'lasting_answers'), "$name: as it was");
	is(join("\n", differences($members, members($node, $name))), '', 'members as well');
	lasting($node, $name, 'lasting_changes');
	same_answers($answers, lasting($node, $name, 'lasting_answers'), 'and goes on', $logged);
	$node->safe_psql('postgres', "DROP DATABASE $name");
}

# A single table, restored next to the one that it was.
$node->command_ok(
	[ 'pg_dump', '-Fc', '-t', 'market.kept', '-t', 'market.measured', '-f', "$dumps/tables",
		$node->connstr('origin') ],
	'pg_dump of tables');
$node->safe_psql('postgres', 'CREATE DATABASE tables');
$node->safe_psql('tables', <<'SQL');
CREATE SCHEMA analytics; CREATE EXTENSION bubble SCHEMA analytics; CREATE SCHEMA market;
CREATE TYPE market.twofold AS (series analytics.bubble_series, summary analytics.drawdown_summary);
CREATE DOMAIN market.long_series AS analytics.bubble_series
	CHECK (analytics.observations(VALUE) > 1);
SQL
$node->command_ok([ 'pg_restore', '-e', '-d', $node->connstr('tables'), "$dumps/tables" ],
	'restored where the extension is');
my $kept = 'SELECT * FROM market.kept ORDER BY id';
is($node->safe_psql('tables', $kept), $node->safe_psql('origin', $kept), 'as they were');

# All of a server, into an empty one; the names of roles and databases are free there.
$node->command_ok([ 'pg_dumpall', '-f', "$dumps/all", '-d', $node->connstr('postgres') ],
	'pg_dumpall');
my $other = PostgreSQL::Test::Cluster->new('other');
$other->init(extra => ['--encoding=UTF8']);
$other->start;
my ($status, undef, $errors) = $other->psql('postgres', "\\i $dumps/all", on_error_stop => 0);
my @errors = grep { !/role "\w+" already exists/ } $errors =~ /(ERROR:.*)/g;
is("@errors", '', 'restored in another server');
same_answers($answers, lasting($other, 'origin', 'lasting_answers'), 'as it was');
is(join("\n", differences($members, members($other, 'origin'))), '', 'members as well');
$other->stop;

# --- pg_upgrade ---

my $new = PostgreSQL::Test::Cluster->new('new');
my ($bin) = `pg_config --bindir` =~ /(.*)/;
SKIP:
{
	skip 'no pg_upgrade here', 1 unless -x "$bin/pg_upgrade";
	my ($libraries) = `pg_config --pkglibdir` =~ /(.*)/;
	skip 'from PostgreSQL 18 on pg_upgrade wants the library in the directory of the server', 1
	  if $node->pg_version >= 18 && !glob("$libraries/bubble.*");

	$new->init(extra => ['--encoding=UTF8']);
	$node->stop;
	my @upgrade = ('pg_upgrade', '--no-sync', '-b', $bin, '-B', $bin, '-d', $node->data_dir,
		'-D', $new->data_dir, '-p', $node->port, '-P', $new->port, '-s', $node->host);

	# It writes where it is.
	chdir $dumps or die "$dumps: $!";
	command_ok([ @upgrade, '--check' ], 'pg_upgrade --check');
	command_ok([@upgrade], 'pg_upgrade');
	chdir '/' or die $!;
	$new->start;
	same_answers($answers, lasting($new, 'origin', 'lasting_answers'), 'as it was');
	my @forgotten = differences($members, members($new, 'origin'));
	is(join("\n", grep { !/^function \S+\(.*timestamp with time zone.*\): provolatile: s -> i$/ }
			@forgotten), '', 'members as well, but for how volatile aggregates are');
	my @repaired = split /\n/,
	  $new->safe_psql('origin', 'SELECT analytics.bubble_repair_volatility()');
	is(scalar @repaired, scalar @forgotten, scalar(@repaired) . ' of them are repaired');
	cmp_ok(scalar @repaired, '>', 30, 'all that there are');
	is(join("\n", differences($members, members($new, 'origin'))), '', 'and all is as it was');
	lasting($new, 'origin', 'lasting_changes');
	same_answers($answers, lasting($new, 'origin', 'lasting_answers'), 'it goes on', $logged);
	$new->stop;
}

done_testing();

# What materialized views hold is no data to --data-only.
sub fill
{
	my ($database) = @_;

	$node->safe_psql($database, $_) foreach split /\n/, $node->safe_psql($database,
		"SELECT format('REFRESH MATERIALIZED VIEW %s', oid::regclass) FROM pg_class
		 WHERE relkind = 'm' AND relname <> 'unfilled' ORDER BY oid");
	return;
}
