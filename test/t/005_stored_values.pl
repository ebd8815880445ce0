# Values of bubble_series and drawdown_summary outlive the statement that made
# them: how they lie on disk, and that they are dumped and copied as they are.
use strict;
use warnings;

use FindBin;
use lib $FindBin::RealBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use StoredValues;
use Test::More;

my $node = start_node('stored');
kept($node);

# --- storage ---

is( $node->safe_psql('postgres',
		"SELECT string_agg(concat(typname, ' ', typstorage, typalign), ', ' ORDER BY typname)
		 FROM pg_type WHERE typname IN ('bubble_series', 'drawdown_summary')"),
	'bubble_series ed, drawdown_summary ed',
	'stored out of line and not compressed, so that parts can be read');
is( $node->safe_psql('postgres', 'SELECT pg_column_size(s) FROM kept WHERE id = 7'),
	4 + 16 * 5000, 'a row takes 16 bytes, what identifies the value 4');
is( $node->safe_psql('postgres',
		"SELECT pg_relation_size(reltoastrelid) > 16 * (5000 + 5000)
		 FROM pg_class WHERE oid = 'kept'::regclass"),
	't', 'and lies in the TOAST table');
is( $node->safe_psql('postgres',
		'SELECT max_drawdown(s) = whole, max_drawdown(d) = whole
		 FROM kept, (SELECT max_drawdown(close, day) AS whole FROM price) AS x
		 WHERE id = 7'),
	't|t', 'and from there it gives what the rows give');

# Values come first, so the times of a long series need not be read.
$node->safe_psql('postgres',
	"CREATE TABLE huge AS SELECT bubble_series(i, date '2000-01-01') AS s
	 FROM generate_series(1, 500000) AS i");
my ($values_read) = pages_read('max_drawdown(s)');
my ($all_read) = pages_read('last_at(s)');
cmp_ok($values_read, '>', 400, 'half of a series of 8 MB is read');
cmp_ok($values_read, '<', 0.6 * $all_read, 'where its times are not needed');
$node->safe_psql('postgres', 'DROP TABLE huge');

sub pages_read
{
	my ($expression) = @_;
	my $plan = $node->safe_psql('postgres',
		"EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF, SUMMARY OFF)
		 SELECT $expression FROM huge");
	my ($buffers) = $plan =~ /^\s*Buffers: shared (.*)/m;
	my $pages = 0;

	$pages += $_ foreach $buffers =~ /(?:hit|read)=(\d+)/g;
	return $pages;
}

# --- dump and restore ---

# The other database has settings under which dates and numbers are written
# in another way.
my $dumps = $node->basedir;
foreach my $case (
	[ 'plain', '--format=plain' ],
	[ 'inserts', '--format=plain', '--inserts' ],
	[ 'custom', '--format=custom' ])
{
	my ($name, @options) = @$case;
	my $file = "$dumps/$name.dump";

	$node->safe_psql('postgres', <<"SQL");
CREATE DATABASE $name TEMPLATE template0;
ALTER DATABASE $name SET timezone = 'America/New_York';
ALTER DATABASE $name SET datestyle = 'SQL, DMY';
ALTER DATABASE $name SET extra_float_digits = -15;
SQL
	$node->command_ok(
		[ 'pg_dump', @options, '-f', $file, $node->connstr('postgres') ],
		"pg_dump @options");
	$node->command_ok(
		$name eq 'custom'
		? [ 'pg_restore', '-e', '-d', $node->connstr($name), $file ]
		: [ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-f', $file,
			$node->connstr($name) ],
		'restored');
	$node->safe_psql('postgres', "ALTER DATABASE $name RESET ALL");
	same($node, $node, $name, 'kept', 'as it was');
	$node->safe_psql('postgres', "DROP DATABASE $name");
}

# --- COPY ---

foreach my $format ('text', 'csv', 'binary')
{
	my $file = "$dumps/kept.$format";

	$node->safe_psql('postgres', <<"SQL");
SET timezone = 'Asia/Tokyo';
SET extra_float_digits = -15;
COPY kept TO '$file' (FORMAT $format);
SET timezone = 'America/New_York';
CREATE TABLE copied (LIKE kept);
COPY copied FROM '$file' (FORMAT $format);
SQL
	same($node, $node, 'postgres', 'copied', "COPY (FORMAT $format) out and in");
	$node->safe_psql('postgres', 'DROP TABLE copied');
}

$node->stop;
done_testing();
