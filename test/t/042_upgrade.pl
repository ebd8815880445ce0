# Upgrades: what a user of a released version has becomes, by ALTER EXTENSION
# UPDATE, member by member what a new user gets; views, stored values and a
# scoreboard over old members live on; the library still has every function
# that an old script names.  Scripts of released versions cannot change unseen.
use strict;
use warnings;

use Digest::SHA;
use File::Temp qw(tempdir);
use FindBin;
use lib $FindBin::RealBin;
use Members;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use StoredValues;
use Test::More;

my $root = "$FindBin::RealBin/../..";
my ($version) = slurp_file("$root/bubble.control") =~ /^default_version = '(.*)'/m;
my $pg_config = $ENV{PG_CONFIG} || 'pg_config';

# --- scripts of released versions ---

my @frozen = map { s{.*/}{}r } glob("$root/sql/released/bubble--*.sql");
my @released = grep { !/--/ } map { /^bubble--(.*)\.sql$/ } @frozen;
note(@released ? "released: @released" : 'no version has been released yet');
is_deeply([ sums("$root/sql/released") ], [ map { sum("$root/sql/released/$_") } @frozen ],
	'scripts of released versions are what they were');

sub sums
{
	my ($directory) = @_;

	return unless -e "$directory/SHA256SUMS";
	return sort_by_file(split /\n/, slurp_file("$directory/SHA256SUMS"));
}

sub sum
{
	my ($file) = @_;

	return Digest::SHA->new(256)->addfile($file)->hexdigest . '  ' . $file =~ s{.*/}{}r;
}

sub sort_by_file
{
	return sort { (split ' ', $a)[1] cmp (split ' ', $b)[1] } @_;
}

# --- make freeze ---

# In a copy where nothing has been released, whatever has been here.
my $copy = tempdir(CLEANUP => 1);
my $make = "cd $copy && env -u MAKEFLAGS -u MAKELEVEL make -s with_llvm=no PG_CONFIG=$pg_config";
my $script = "sql/bubble--$version.sql";
system("cp -R $root/src $root/sql $root/Makefile $root/bubble.control $copy"
	  . " && rm -rf $copy/sql/released $copy/$script") == 0 or die 'cp failed';
delete @ENV{ grep { /^(?:MAKE|MFLAGS|PGXS)/ } keys %ENV };

is(make('freeze')->{status}, 0, 'make freeze');
my $content = slurp_file("$copy/$script");
is(slurp_file("$copy/sql/released/bubble--$version.sql"), $content,
	'keeps the script that CREATE EXTENSION runs');
like($content, qr{^/\* sql/bubble--\Q$version\E\.sql \*/}, 'which names its version');
is_deeply([ sums("$copy/sql/released") ], [ sum("$copy/sql/released/bubble--$version.sql") ],
	'and its sum');
fails('freeze', qr/Version \Q$version\E has been released already/, 'a version is frozen once');
is(make("-W sql/begin.sql.in $copy/$script")->{status}, 0, 'what does not change can be made');
is_deeply([ installed() ], ["bubble--$version.sql"], 'and is installed once');

append("$copy/sql/drawdown.sql.in",
	"\nCREATE FUNCTION more() RETURNS int LANGUAGE sql IMMUTABLE RETURN 1\n\tIS 'one more';\n");
fails("$copy/$script",
	qr{Version \Q$version\E has been released:.*Raise default_version.*--\Q$version\E--NEW\.sql},
	'a released script cannot change');
like(make("$copy/$script")->{log}, qr/^> CREATE FUNCTION more\(\)/m, 'what differs is shown');
is(slurp_file("$copy/$script"), $content, 'the script stays as it was');

# The next version.
system("sed -i \"s/^default_version = .*/default_version = '9.9'/\" $copy/bubble.control") == 0
  or die 'sed failed';
append("$copy/sql/bubble--$version--9.9.sql", "CREATE FUNCTION more() ...\n");
is(make("$copy/sql/bubble--9.9.sql")->{status}, 0, 'the next version may');
like(slurp_file("$copy/sql/bubble--9.9.sql"), qr/^CREATE FUNCTION more/m, 'and does');
my @all = ("bubble--$version--9.9.sql", "bubble--$version.sql", 'bubble--9.9.sql');
is_deeply([ installed() ], [ sort @all ],
	'what was released, the update and the new version are installed');
is(make('freeze')->{status}, 0, 'it is released in turn');
is_deeply([ map { s{.*/}{}r } glob("$copy/sql/released/*.sql") ], [ sort @all ],
	'with the update');
ok(!-e "$copy/sql/bubble--$version--9.9.sql", 'which has moved there');
is_deeply([ sums("$copy/sql/released") ], [ map { sum("$copy/sql/released/$_") } sort @all ],
	'all with their sums');
is_deeply([ installed() ], [ sort @all ], 'and all are installed as before');
append("$copy/sql/released/bubble--$version.sql", "-- more\n");
fails('-W sql/released/SHA256SUMS freeze', qr/released already/, 'nothing changes by freezing');

sub make
{
	my ($arguments) = @_;
	my $log = `($make $arguments) 2>&1`;

	return { status => $? >> 8, log => $log };
}

sub fails
{
	my ($arguments, $expected, $name) = @_;
	my $run = make($arguments);

	ok($run->{status} != 0 && $run->{log} =~ $expected, $name) or diag($run->{log});
	return;
}

sub append
{
	my ($file, $text) = @_;

	open(my $out, '>>', $file) or die "$file: $!";
	print $out $text;
	close($out) or die "$file: $!";
	return;
}

# The scripts that make install would install.
sub installed
{
	my ($now) = slurp_file("$copy/bubble.control") =~ /^default_version = '(.*)'/m;
	my $made = make("$copy/sql/bubble--$now.sql");
	my %scripts = map { $_ => 1 } make('-n install')->{log} =~ /(bubble--[^\s\/']+\.sql)/g;

	return sort keys %scripts;
}

# --- a comparison that finds what differs ---

my $node = start_node('upgraded');
my $fresh = members($node, 'postgres');
cmp_ok(scalar keys %$fresh, '>', 900, 'members, and what belongs to them');
is(join("\n", differences($fresh, members($node, 'postgres'))), '', 'are equal to themselves');

# Each change, and how the difference is told where that is one line.
my @changes = (
	[ 'ALTER FUNCTION slice(bubble_series, timestamptz, timestamptz) COST 7',
		'function slice(bubble_series,timestamptz,timestamptz): procost: 1000 -> 7' ],
	[ 'ALTER FUNCTION bubble_phase(float8, float8) VOLATILE PARALLEL UNSAFE',
		'function bubble_phase(float8,float8): proparallel: s -> u',
		'function bubble_phase(float8,float8): provolatile: i -> v' ],
	[ "ALTER FUNCTION observations(bubble_series) CALLED ON NULL INPUT SET search_path = ''",
		'function observations(bubble_series): proconfig: nothing -> {"search_path=\"\""}',
		'function observations(bubble_series): proisstrict: true -> false' ],
	[ "COMMENT ON FUNCTION rollup(bubble_series) IS 'changed'",
		'function rollup(bubble_series): comment' ],
	[ 'REVOKE EXECUTE ON FUNCTION observations(drawdown_summary) FROM PUBLIC',
		'function observations(drawdown_summary): proacl: nothing -> {postgres=X/postgres}' ],
	[ 'ALTER EXTENSION bubble DROP AGGREGATE gini(float8)', 'function gini(float8) is missing' ],
	[ 'CREATE FUNCTION more() RETURNS int LANGUAGE sql RETURN 1;
		ALTER EXTENSION bubble ADD FUNCTION more()', 'function more() is new' ],
	[ "UPDATE pg_aggregate SET aggtransspace = 1
		WHERE aggfnoid = 'herfindahl(float8)'::regprocedure",
		'function herfindahl(float8): aggtransspace' ],
	[ "UPDATE pg_aggregate SET aggfinalmodify = 'w'
		WHERE aggfnoid = 'cagr(float8,date)'::regprocedure",
		'function cagr(float8,date): aggfinalmodify: r -> w' ],
	[ 'ALTER TYPE signal_quality ADD ATTRIBUTE more int',
		'composite type signal_quality: column' ],
	[ 'ALTER TYPE bubble_series SET (STORAGE = main)', 'type bubble_series: typstorage: e -> m' ],
	[ 'ALTER OPERATOR = (bubble_series, bubble_series) SET (RESTRICT = NONE)',
		'operator =(bubble_series,bubble_series): oprrest' ],
	[ 'ALTER OPERATOR FAMILY drawdown_summary_ops USING hash
		DROP FUNCTION 2 (drawdown_summary, drawdown_summary)',
		'function 2 (drawdown_summary, drawdown_summary) of operator family' ],
	[ 'ALTER EXTENSION bubble DROP CAST (bubble_series AS json);
		DROP CAST (bubble_series AS json); CREATE CAST (bubble_series AS json)
		WITH FUNCTION bubble_series_to_json(bubble_series) AS ASSIGNMENT;
		ALTER EXTENSION bubble ADD CAST (bubble_series AS json)',
		'cast from bubble_series to json: castcontext: e -> a' ],
	[ 'REVOKE SELECT ON bubble_functions FROM PUBLIC', 'view bubble_functions: relacl' ],
	[ 'CREATE OR REPLACE VIEW bubble_functions AS SELECT proname::text AS topic,
		proname::text AS name, NULL::text[] AS forms, NULL::text COLLATE "C" AS meaning
		FROM pg_proc',
		'rule _RETURN on view bubble_functions: ev_action' ]);
my @found = told($fresh, members($node, 'postgres', join(';', map { $_->[0] } @changes)));
foreach my $expected (map { @$_[ 1 .. $#$_ ] } @changes)
{
	ok((grep { index($_, $expected) == 0 } @found), "found: $expected")
	  or diag(join("\n", @found));
}

# Differences, in short.
sub told
{
	return map { s/\bpublic\.//gr } map { s/timestamp with time zone/timestamptz/gr }
	  map { s/double precision/float8/gr } differences(@_);
}

# --- from every released version to this one ---

$node->safe_psql('postgres', 'CREATE ROLE alice LOGIN');
foreach my $old (@released)
{
	upgraded("from_$old" =~ s/\W/_/gr, $old, $version, $fresh);
}

# --- versions made up ---

# To a version that adds, changes and drops, by an update that does so, and by
# one that forgets a change.
SKIP:
{
	my $directory = private_directory();
	skip 'this PostgreSQL finds extensions in its own directories only', 9 unless $directory;

	my $new = $content;
	my $slice = 'slice(series bubble_series, from_at timestamptz, to_at timestamptz)';
	my $rollup = 'rollup(series bubble_series)';
	my $more = "CREATE FUNCTION more() RETURNS int LANGUAGE sql IMMUTABLE RETURN 1;\n"
	  . "COMMENT ON FUNCTION more() IS 'series: one more';\n";
	my $update = "COMMENT ON AGGREGATE $rollup IS 'changed';\n"
	  . "DROP AGGREGATE gini(double precision);\n";
	my $dearer = "ALTER FUNCTION $slice COST 2000;\n";

	$new =~ s/^(CREATE FUNCTION slice\(.*?COST )1000/${1}2000/ms or die 'no slice';
	$new =~ s/^(COMMENT ON AGGREGATE rollup\(\w* *bubble_series\)\s+IS )'.*?'/$1'changed'/m
	  or die 'no rollup';
	$new =~ s/^CREATE AGGREGATE gini\(.*?^COMMENT ON AGGREGATE gini.*?;\n//ms or die 'no gini';
	append("$directory/bubble--$_.sql", $new . $more) foreach qw(next short);
	append("$directory/bubble--$version--next.sql", $more . $update . $dearer);
	append("$directory/bubble--$version--short.sql", $more . $update);
	$node->safe_psql('postgres', 'CREATE DATABASE next');
	$node->safe_psql('next', "CREATE EXTENSION bubble VERSION 'next'");
	my $next = members($node, 'next');
	is_deeply(
		[ told($fresh, $next) ],
		[   'function gini(float8) is missing',
			(grep { /^function rollup\(bubble_series\): comment .* -> changed$/ }
				  told($fresh, $next)),
			'function slice(bubble_series,timestamptz,timestamptz): procost: 1000 -> 2000',
			'function more() is new' ],
		'the next version adds, changes and drops');
	upgraded('to_next', $version, 'next', $next);
	upgraded('to_short', $version, 'short', $next,
		'function slice(bubble_series,timestamptz,timestamptz): procost: 2000 -> 1000');
}

# A copy of the directory in which the server finds the extension.
sub private_directory
{
	my ($system, $path) = split /\|/, $node->safe_psql('postgres',
		"SELECT current_setting('extension_destdir', true),
			split_part(current_setting('extension_control_path', true), ':', 1)"), -1;
	my $private = tempdir(CLEANUP => 1);
	my ($found, $name) = $path && $path ne '$system' ? ($path, 'extension_control_path')
	  : ($system, 'extension_destdir');

	return unless $found;
	system("cp -RL $found/. $private") == 0 or die 'cp failed';
	$node->append_conf('postgresql.conf', "$name = '$private"
		  . ($name eq 'extension_destdir' ? "'\n" : ":\$system'\n"));
	$node->reload;
	return $private . ($name eq 'extension_destdir' ? `$pg_config --sharedir` =~ s/\n//r : '')
	  . '/extension';
}

# --- the library ---

# A database that has not been updated yet calls the new library.
my %symbol;
foreach my $file (glob("$root/sql/*.sql $root/sql/released/*.sql $copy/sql/released/*.sql"))
{
	$symbol{$_} = 1 foreach slurp_file($file) =~ /AS 'MODULE_PATHNAME', '(\w+)'/g;
}
cmp_ok(scalar keys %symbol, '>', 300, 'functions that scripts name');
$symbol{bubble_made_up} = 1;
my $lacking = $node->safe_psql('postgres', <<"SQL");
CREATE FUNCTION lacks(symbol text) RETURNS boolean LANGUAGE plpgsql AS \$\$
BEGIN
	EXECUTE format('CREATE OR REPLACE FUNCTION named() RETURNS void AS ''bubble'', %L LANGUAGE c',
		symbol);
	RETURN false;
EXCEPTION WHEN undefined_function THEN
	RETURN true;
END
\$\$;
SELECT symbol FROM unnest(string_to_array('@{[ join ' ', sort keys %symbol ]}', ' ')) AS symbol
WHERE lacks(symbol);
SQL
is($lacking, 'bubble_made_up', 'are all in the library');

$node->stop;
done_testing();

# Makes a database with a version, uses it, updates it as its owner, and
# compares it with a fresh one.
sub upgraded
{
	my ($database, $old, $new, $expected, @differing) = @_;
	my $one = sub { $node->safe_psql($database, $_[0]) };

	$node->safe_psql('postgres', "CREATE DATABASE $database OWNER alice");
	$node->safe_psql($database, "CREATE EXTENSION bubble VERSION '$old'",
		extra_params => [ '-U', 'alice' ]);
	lasting($node, $database, 'lasting', 'public');
	my $answers = lasting($node, $database, 'lasting_answers', 'public');
	$node->safe_psql($database, "ALTER EXTENSION bubble UPDATE TO '$new'",
		extra_params => [ '-U', 'alice' ]);
	is($one->("SELECT extversion FROM pg_extension WHERE extname = 'bubble'"), $new,
		"from $old to $new");
	is_deeply([ told($expected, members($node, $database)) ], \@differing,
		@differing ? 'what the update lacks is found' : 'all members are those of a fresh install');
	same_answers($answers, lasting($node, $database, 'lasting_answers', 'public'),
		'what was made with the old version gives the same', qr/: market\.catalogue/);
	lasting($node, $database, 'lasting_changes', 'public');
	same_answers($answers, lasting($node, $database, 'lasting_answers', 'public'), 'and goes on',
		qr/: (?:market\.catalogue|board\.scoreboard_log)/);
	return;
}
