# Values of bubble_series and drawdown_summary outlive the statement that made
# them: how they lie on disk, that those of released versions are read, and those
# of unknown ones refused, that all are dumped and copied as they are.
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

# --- values written by released versions ---

# In a database of its own: casts from bytes are for nobody else.
my $stored = "$FindBin::RealBin/../stored";
my $little = unpack('C', pack 'S', 1);
$node->safe_psql('postgres', 'CREATE DATABASE written');
my $written = sub { $node->safe_psql('written', $_[0]) };
$written->("SET client_min_messages = warning; CREATE EXTENSION bubble;
\\i $stored/raw.sql
\\i $stored/answers.sql");
my @versions = map { m{([^/]*)\.csv$} } glob("$stored/*.csv");
cmp_ok(scalar @versions, '>', 0, "values of versions @versions");
foreach my $version (@versions)
{
	$written->(<<"SQL");
DROP TABLE IF EXISTS written;
CREATE TABLE written (n serial, label text, type text, stored text, sent bytea, text text,
	answers text);
\\copy written (label, type, stored, sent, text, answers) FROM '$stored/$version.csv' (FORMAT csv)
SQL
	foreach my $type ('bubble_series', 'drawdown_summary')
	{
		my $count = $written->("SELECT count(*) FROM written WHERE type = '$type'");
		my %source = (text => "text::$type");

		$source{disk} = "stored::raw::$type" if $little;
		cmp_ok($count, '>', 20, "$count of type $type written by $version");
		receive($type);
		$source{bytes} = "(SELECT v FROM received WHERE received.n = written.n)";
		foreach my $from (sort keys %source)
		{
			# In a table, long values lie in the TOAST table and short ones have short headers.
			$written->("DROP TABLE IF EXISTS again;
				CREATE TABLE again AS SELECT n, $source{$from} AS v FROM written
				WHERE type = '$type'");
			is($written->("SELECT label, 'text', v::text, text FROM again JOIN written USING (n)
					WHERE v::text <> text"), '', "from $from: the text is that of $version");
			is($written->("SELECT label, 'sent', ${type}_send(v), sent
					FROM again JOIN written USING (n) WHERE ${type}_send(v) <> sent"), '',
				'so is what is sent');
			is($written->("SELECT label, answers(v), answers FROM again JOIN written USING (n)
					WHERE answers(v) <> answers"), '', 'and what it answers');
			is($written->("SELECT label, v::raw, stored FROM again JOIN written USING (n)
					WHERE v::raw::text <> stored"), '', 'it is stored as it was') if $little;
		}
	}
}

# Values that were sent, by their numbers, in a table received.
sub receive
{
	my ($type) = @_;
	my $file = $node->basedir . '/received';

	$written->("DROP TABLE IF EXISTS received; CREATE TABLE received (n int, v $type)");
	open(my $out, '>:raw', $file) or die "$file: $!";
	print $out "PGCOPY\n\xff\r\n\0", pack('N N', 0, 0);
	foreach (split /\n/,
		$written->("SELECT n, encode(sent, 'hex') FROM written WHERE type = '$type'"))
	{
		my ($n, $hex) = split /\|/;

		print $out pack('n N N N/a*', 2, 4, $n, pack 'H*', $hex);
	}
	print $out pack('n', 0xffff);
	close($out) or die "$file: $!";
	$written->("\\copy received FROM '$file' (FORMAT binary)");
	return;
}

# --- values of unknown versions ---

# All that reads a value, of which one lies in the row and one in the TOAST table.
SKIP:
{
	skip 'the bytes on disk are those of another machine', 1 unless $little;

	foreach my $type ('bubble_series', 'drawdown_summary')
	{
		foreach my $version ('00', '02', 'ff')
		{
			is($written->(unknown($type, $version)), '',
				"$type of version $version: nothing reads it");
		}
	}
}

# What does not refuse such a value, and how.
sub unknown
{
	my ($type, $version) = @_;
	my $number = hex $version;

	return <<"SQL";
SET client_min_messages = warning;
DROP TABLE IF EXISTS unknown;
CREATE TABLE unknown AS SELECT label, overlay(stored PLACING '$version' FROM 3)::raw::$type AS v,
	stored::raw::$type AS known
FROM written WHERE type = '$type' AND label IN ('one day', 'long');
CREATE OR REPLACE FUNCTION refused(call text, label text) RETURNS boolean LANGUAGE plpgsql AS
\$\$
DECLARE
	told text;
	hint text;
BEGIN
	EXECUTE format('SELECT count(x) FROM (SELECT %s AS x FROM unknown WHERE label = %L) AS q', call,
		label);
	RETURN false;
EXCEPTION WHEN feature_not_supported THEN
	GET STACKED DIAGNOSTICS told = MESSAGE_TEXT, hint = PG_EXCEPTION_HINT;
	RETURN told = 'version $number of a stored $type is not known'
		AND hint = 'Use the library that wrote it, or make it anew.';
END
\$\$;
CREATE TEMP TABLE call AS
SELECT format('%s(v%s)', p.oid::regproc, (SELECT string_agg(
	CASE t WHEN '$type'::regtype THEN ', known'
	ELSE format(', %L::%s', CASE format_type(t, NULL) WHEN 'double precision' THEN '0.5'
		WHEN 'interval' THEN '90 days' WHEN 'bigint' THEN '30' WHEN 'integer' THEN '30'
		WHEN 'text' THEN '' WHEN 'timestamp with time zone' THEN '2000-03-01'
		WHEN 'boolean' THEN 'f' END,
		format_type(t, NULL)) END, '')
	FROM unnest(proargtypes[1:pronargs - 1 - pronargdefaults]::oid[]) AS t)) AS call
FROM pg_proc AS p JOIN pg_depend AS d ON d.classid = 'pg_proc'::regclass AND objid = p.oid
WHERE deptype = 'e' AND proargtypes[0] = '$type'::regtype AND prokind IN ('f', 'a')
	AND proname !~ '_(finalfn|transfn)\$'
UNION VALUES ('v::text'), ('v = known'), ('known <> v'), ('v < known'), ('known::text || v::text'),
	('(SELECT count(DISTINCT u) FROM (VALUES (v), (known)) AS t (u))');
SELECT 'few' FROM call HAVING count(*) < CASE '$type' WHEN 'bubble_series' THEN 70 ELSE 20 END;
SELECT label, call FROM call, unknown WHERE NOT refused(call, label) ORDER BY 2, 1;
SQL
}

# A binary value of a version to come, as another server may send it.
$written->('UPDATE written SET sent = set_byte(sent, 0, 2)');
foreach my $type ('bubble_series', 'drawdown_summary')
{
	eval { receive($type) };
	like($@, qr/ERROR:  version 2 of a binary $type is not known
DETAIL:  It was sent by another version of the extension, or is damaged.
HINT:  Send it as text, or use the same version of the extension on both sides./,
		"a $type of a version to come is not received");
}
$node->safe_psql('postgres', 'DROP DATABASE written');

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
