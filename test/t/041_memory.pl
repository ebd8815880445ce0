# Memory that is not to be had, and memory that is not given back.  A library that
# is compiled here stands between the server and malloc: it refuses an allocation
# of the server, of GSL or of bubble, the first one, the second one, and so on, or
# cancels the statement there.  Each time there is an error, the session lives and
# gives the right answer again.  Thousands of errors leave nothing behind.
#
# BUBBLE_FAULTS=all takes every form of every function, every allocation, and a
# thousand errors of each; it takes half an hour.
use strict;
use warnings;
use FindBin;
use File::Temp qw(tempdir);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $root = "$FindBin::RealBin/../..";
my $cc = $ENV{CC} || 'cc';
my $build = tempdir(CLEANUP => 1);
my $library = "$build/failing_malloc.so";
my $bare = "$build/bare_calls.so";
my $all = ($ENV{BUBBLE_FAULTS} // '') eq 'all';

my $node = PostgreSQL::Test::Cluster->new('main');
my $config = $node->config_data('--includedir-server');

plan skip_all => 'another library is preloaded' if $ENV{LD_PRELOAD};
plan skip_all => 'not the GNU C library'
  if system("echo '#include <features.h>' | $cc -E -dM - 2>$build/log"
	  . ' | grep -q __GLIBC__') != 0 || !-r '/proc/self/statm';
plan skip_all => 'no C compiler or no headers of the server here'
  if system("echo '#include \"postgres.h\"' >$build/empty.c"
	  . " && $cc -I$config -fsyntax-only $build/empty.c 2>$build/log") != 0;
is( system("$cc -D_GNU_SOURCE -O1 -g -Wall -fPIC -shared -I$config"
			  . " $root/test/faults/failing_malloc.c -o $library 2>$build/log"),
	0, 'the library is compiled')
  or diag(slurp_file("$build/log"));
is( system("$cc -O1 -g -fPIC -shared -I$config -I$root/src"
			  . " $root/test/bare/bare_calls.c -o $bare 2>$build/log"),
	0, 'and one that takes aggregates apart')
  or diag(slurp_file("$build/log"));
chmod 0755, $build;

$node->init(extra => [ '--encoding=UTF8', '--locale=C' ]);
$node->append_conf('postgresql.conf', <<'CONF');
jit = off
max_parallel_workers_per_gather = 0
autovacuum = off
timezone = 'UTC'
CONF
{
	local $ENV{LD_PRELOAD} = $library;
	$node->start;
}
local $ENV{PGHOST} = $node->host;
local $ENV{PGPORT} = $node->port;
local $ENV{PGDATABASE} = 'postgres';
my $postmaster = (split /\n/, slurp_file($node->data_dir . '/postmaster.pid'))[0];

run_file('setup', <<"SQL");
SET client_min_messages = error;
CREATE EXTENSION bubble;
\\i $root/test/every_aggregate.sql
\\i $root/test/faults/every_call.sql
\\set library '$library'
\\i $root/test/faults/sweep.sql
\\i $root/test/faults/errors.sql
CREATE SEQUENCE kept;
CREATE TABLE chosen AS
SELECT * FROM (
	SELECT c.*, proname, row_number() OVER (PARTITION BY proname, how ORDER BY pronargs DESC,
		function::oid) AS n
	FROM every_call AS c JOIN pg_proc ON oid = function) AS c
WHERE n = 1 OR ${\ ($all ? 'true' : 'false')};
CREATE FUNCTION bare_aggregate(aggregate regprocedure, query text, parts integer,
	as_text boolean) RETURNS text
	AS '$bare' LANGUAGE C;
INSERT INTO chosen (function, how, statement)
SELECT aggregate, 'parts', format('SELECT bare_aggregate(%L, %L, 3, false)', aggregate,
	format('SELECT %s FROM observed WHERE k = %s ORDER BY i', arguments,
		CASE WHEN c.statement ~ 'k <= 5' THEN 5 ELSE 1 END))
FROM every_aggregate JOIN chosen AS c ON function = aggregate AND how = 'grouped' WHERE in_parts;
SQL

# Some functions tell which order they need, when they are first called.
sub query
{
	my ($sql) = @_;

	return $node->safe_psql('postgres', "SET client_min_messages = error;\n$sql");
}

# What psql prints, errors too, of what a file says.
sub run_file
{
	my ($name, $sql) = @_;

	append_to_file("$build/$name.sql", $sql);
	system("psql -qAtX -f $build/$name.sql >$build/$name.out 2>&1");
	my $out = slurp_file("$build/$name.out");
	die $out if $name eq 'setup' && $out =~ /ERROR/;
	return $out;
}

# --- one allocation after the other ---

# Those that GSL and bubble ask the system for themselves.
query("CREATE TABLE swept_share AS
	SELECT c.*, s.* FROM chosen AS c, swept(statement, 'share', 0) AS s");
swept('GSL and bubble have a share of the memory that they take', 'share', 300);
query(<<"SQL");
CREATE TABLE swept_library AS
SELECT c.*, s.* FROM chosen AS c, swept(statement, 'library', ${\ ($all ? 2000 : 30)}) AS s
WHERE (function, how) IN (SELECT function, how FROM swept_share WHERE refusals > 0)
SQL
swept('GSL and bubble are refused an allocation', 'library', 500);
query(<<"SQL");
CREATE TABLE swept_all AS
SELECT c.*, s.* FROM chosen AS c, swept(statement, 'all', ${\ ($all ? 400 : 4)}) AS s
SQL
swept('whoever is refused an allocation', 'all', 1500);

sub swept
{
	my ($name, $way, $least) = @_;

	is(query("SELECT function, how, wrong FROM swept_$way WHERE wrong IS NOT NULL"),
		'', "$name: an error, and the right answer again");
	my ($calls, $refusals, $errors) = split /\|/, query(
		"SELECT count(*) FILTER (WHERE refusals > 0), sum(refusals), sum(errors) FROM swept_$way");
	cmp_ok($refusals, '>', $least, "$refusals refusals in $calls calls, $errors errors");
}

# --- a limit of the process ---

# Larger tables under the same names, for statements that grow.
run_file('large', <<'SQL');
CREATE SCHEMA large;
CREATE TABLE large.observed AS
SELECT * FROM public.observed WHERE k < 5
UNION ALL
SELECT 5, i, date '2010-01-01' + (i * 7919) % 12011, 100 + 40 * sin(i * 0.0013) + i % 5
FROM generate_series(1, 12000) AS i;
CREATE TABLE large.sample AS SELECT s, w, m, grown, r, fit, fit_date, (
	SELECT bubble_series(100 + 40 * sin(i * 0.013) + i % 5, date '1000-01-01' + i)
	FROM generate_series(1, 200000) AS i) AS long
FROM public.sample;
SQL
{
	my @statements = split /\0/, $node->safe_psql('postgres', q{SELECT statement || chr(1)
		FROM chosen WHERE how IN ('grouped', 'moving', 'window', 'long') ORDER BY function, how})
	  =~ s/\x01\n?/\0/gr;
	my $script = "SET client_min_messages = error;\n\\set VERBOSITY sqlstate\n"
	  . "SET search_path = large, public;\n";
	my $n = 0;

	foreach my $statement (@statements)
	{
		my $digest = "SELECT md5(coalesce(a, 'nothing')) FROM ($statement) AS q (a);\n";

		$script .= "\\echo #$n#\n$digest" . join('',
			map {
				"SELECT limit_memory($_) AS limited \\gset\n$digest"
				  . "SELECT limit_memory(-1) AS limited \\gset\n" x 2
			  } 0, 500) . $digest;
		$n++;
	}
	my @answers = split /#\d+#\n/, run_file('limited', "$script\\echo #$n#\n");
	my ($failed, @wrong) = (0);

	shift @answers;
	foreach my $n (0 .. $#statements)
	{
		my ($right, @lines) = split /\n/, $answers[$n] // '';
		my $errors = grep { /^(?:psql:\S+ )?ERROR:  53200$/ } @lines;

		$failed += $errors;
		push @wrong, "$statements[$n]\n$answers[$n]"
		  if !defined $right || $right !~ /^[0-9a-f]{32}$/ || @lines != 3 || $lines[-1] ne $right
		  || grep { $_ ne $right && !/ERROR:  53200$/ } @lines;
	}
	is(join("\n", @wrong), '', 'memory of the process is limited: an error, and the right'
		  . ' answer again');
	cmp_ok($failed, '>', 50, "$failed errors of ${\ (2 * @statements)} statements");
}

# --- errors that are repeated ---

query(<<'SQL');
INSERT INTO failing
SELECT way, statement, 1, false FROM chosen, unnest('{late,bad}'::text[]) AS way
WHERE how <> 'long' AND fails(way, statement, 1, 1, false);
INSERT INTO failing
SELECT 'cancel', statement, a, false FROM chosen, allocations(statement, false) AS a
WHERE how NOT IN ('long', 'moving') AND a > 0
UNION ALL
SELECT 'cancel', statement, a, true FROM chosen, allocations(statement, true) AS a
WHERE how <> 'long' AND a > 0
SQL

# What a session holds when each statement has failed so often, and when it has
# failed as often again.
sub flat
{
	my ($name, $sql, $before) = @_;
	my $held = "SELECT contexts, bytes, allocated, objects, kilobytes FROM held;\n";
	my $out = run_file("flat_$name", "SET client_min_messages = error;\n"
		  . "\\set VERBOSITY sqlstate\n" . ($before // $sql) . "$held$sql$held");
	my @held = map { [ split /\|/ ] } $out =~ /^(\d+\|\d+\|\d+\|\d+\|-?\d+)$/mg;

	die $out unless @held == 2;
	note("$name: contexts, bytes in them, bytes of malloc, objects, kilobytes:"
		  . " @{ $held[0] }, then @{ $held[1] }");
	return ((map { $held[1][$_] - $held[0][$_] } 0 .. 2, 4), $held[1][3]);
}

# The server's own caches move by a few bytes, the heap by some pages.
sub is_flat
{
	my ($name, $count, $sql, $before) = @_;
	my ($contexts, $bytes, $allocated, $kilobytes, $objects) =
	  flat($name =~ tr/a-z/_/cr, $sql, $before);

	cmp_ok($contexts, '<=', 2, "$name, $count: memory contexts");
	cmp_ok($bytes, '<=', 16384, 'bytes in them');
	cmp_ok($allocated, '<=', 32768, 'bytes of malloc');
	is($objects, 0, 'objects of GSL');
	cmp_ok($kilobytes, '<=', 2048, 'kilobytes of the process');
}

my ($ordinary, $of_gsl) = map { $node->safe_psql('postgres',
		"SELECT count(*) FROM failing WHERE of_library = $_") } 'false', 'true';
my $rounds = $all ? 1000 : 40;
cmp_ok($ordinary, '>', 400, "$ordinary statements that fail");
cmp_ok($of_gsl, '>', 20, "and $of_gsl that are cancelled in GSL");
is_flat('errors in a block', $rounds * $ordinary, "SELECT repeated($rounds, false);\n");
$rounds = $all ? 1000 : 50;
is_flat('errors amid objects of GSL', $rounds * $of_gsl, "SELECT repeated($rounds, true);\n");

my @plain = map { s/\x01//r =~ s/\\gset /\\gset\n/gr } split /\x01\n/, query(q{
	SELECT CASE WHEN way = 'cancel'
			THEN format('SELECT malloc_cancels_at(%s, %L) AS armed \gset ',
				1 + (n * 7) % allocations, of_library)
			ELSE '' END
		|| 'SET search_path = ' || CASE way WHEN 'cancel' THEN '' ELSE way || ',' END || ' public;'
		|| regexp_replace(statement, '\s+', ' ', 'g') || ';'
		|| 'SELECT malloc_refused() AS armed \gset ' || chr(1)
	FROM (SELECT *, row_number() OVER () AS n FROM failing) AS f ORDER BY md5(statement || way)});
my $plain = join("\n", @plain) . "\nRESET search_path; SELECT malloc_refused() AS armed \\gset\n";
# A statement that was executed five times may be planned once more, for good.
is_flat('errors of statements', 2 * @plain, $plain x 2, $plain x 6);

# Of 1,000 errors, 40 bytes each that are lost would be noticed; so would plans
# that are kept.
my (undef, undef, $lost) =
  flat('lost', "SELECT count(memory_lost(40)) FROM generate_series(1, 1000);\n");
cmp_ok($lost, '>', 32768, 'memory that is lost would be noticed');
my ($kept) = flat('kept', 'DO $$ BEGIN FOR i IN 1 .. 3 LOOP EXECUTE format('
	  . "'PREPARE p%s AS SELECT 1', nextval('kept')); END LOOP; END \$\$;\n");
cmp_ok($kept, '>', 2, 'contexts that are kept would be noticed');

# --- sessions that end after an error ---

sub server_holds
{
	return (
		(split ' ', slurp_file("/proc/$postmaster/statm"))[1] * 4,
		scalar(() = glob($node->data_dir . '/pg_dynshmem/*')),
		scalar(() = glob($node->data_dir . '/base/pgsql_tmp/*')));
}

my @failing = grep { !/malloc_cancels_at/ } @plain;
my $quiet = "\\set VERBOSITY sqlstate\nSET client_min_messages = error;\n";
my $sessions = join '', map { "\\c\n$quiet$failing[$_ % @failing]\n" } 1 .. 1000;
run_file('warm_up', substr $sessions, 0, length($sessions) / 10);
my @before = server_holds();
my $out = run_file('sessions', $sessions);
my @after = server_holds();
my $errors = () = $out =~ /ERROR:/g;
cmp_ok($errors, '>=', 1000, "$errors errors in 1000 sessions");
cmp_ok($after[0] - $before[0], '<=', 1024, 'kilobytes of the server');
is("@after[1, 2]", "@before[1, 2]", 'shared memory and temporary files');
is( $node->safe_psql('postgres',
		"SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'
			AND pid <> pg_backend_pid()"),
	'0', 'no session remains');

unlike(slurp_file($node->logfile), qr/terminated by signal|TRAP:|PANIC:/, 'no crash');
$node->stop;
done_testing();
