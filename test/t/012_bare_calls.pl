# Aggregates taken apart, as distributed engines do it: every transition,
# combine, inverse and final function of the extension is called without an
# expression, by a small library that is compiled here.
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
my $library = "$build/bare_calls.so";

my $node = PostgreSQL::Test::Cluster->new('main');
my $config = $node->config_data('--includedir-server');

plan skip_all => 'no C compiler or no headers of the server here'
  if system("echo '#include \"postgres.h\"' >$build/empty.c"
	  . " && $cc -I$config -fsyntax-only $build/empty.c 2>$build/log") != 0;
is( system("$cc -O1 -g -fPIC -shared -I$config -I$root/src"
			  . " $root/test/bare/bare_calls.c -o $library 2>$build/log"),
	0, 'the library is compiled')
  or diag(slurp_file("$build/log"));
chmod 0755, $build;

$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION bubble');
$node->safe_psql('postgres', slurp_file("$root/test/every_aggregate.sql"));
$node->safe_psql('postgres', <<"SQL");
CREATE FUNCTION bare_aggregate(aggregate regprocedure, query text, parts integer,
	as_text boolean) RETURNS text AS '$library' LANGUAGE C;
CREATE FUNCTION bare_moving(aggregate regprocedure, query text, frame integer) RETURNS text
	AS '$library' LANGUAGE C;
CREATE FUNCTION bare_damaged(aggregate regprocedure, query text, first integer, after integer)
	RETURNS integer AS '$library' LANGUAGE C;
CREATE FUNCTION bare_answer(aggregate regprocedure, bytes bytea) RETURNS text
	AS '$library' LANGUAGE C;
CREATE FUNCTION whole(call text, rows text) RETURNS text
LANGUAGE plpgsql AS
\$\$
DECLARE
	answer text;
BEGIN
	EXECUTE format('SELECT (%s)::text FROM observed WHERE %s', call, rows) INTO answer;
	RETURN answer;
END
\$\$;
ALTER TABLE observed ADD PRIMARY KEY (k, i);
SQL

# Aggregates that give the same in both ways, and those that do not.
sub compare
{
	my ($name, $condition, $bare, $rows) = @_;
	my $result = $node->safe_psql('postgres', <<"SQL");
WITH chosen AS MATERIALIZED (
	SELECT aggregate, call, arguments
	FROM every_aggregate AS e JOIN pg_aggregate AS a ON a.aggfnoid = e.aggregate
	WHERE $condition
), answer AS MATERIALIZED (
	SELECT aggregate, $bare AS bare, whole(call, '$rows') AS whole FROM chosen
)
SELECT * FROM answer WHERE bare IS DISTINCT FROM whole
SQL
	my $count = $node->safe_psql('postgres',
		"SELECT count(*) FROM every_aggregate AS e
			JOIN pg_aggregate AS a ON a.aggfnoid = e.aggregate WHERE $condition");

	is($result, '', $name);
	cmp_ok($count, '>', 20, "$name: $count aggregates");
}

my $query = q{format('SELECT %s FROM observed WHERE k = 1 ORDER BY i', arguments)};

# Nothing is left out: the catalogue has no aggregate that is not called, and
# whatever can be put together has what hands it over.
is( $node->safe_psql('postgres', <<'SQL'),
SELECT a.aggfnoid::regprocedure,
	CASE WHEN e.aggregate IS NULL THEN 'is not called'
		WHEN e.call IS NULL THEN 'has an argument without a value'
		ELSE 'is put together but not handed over' END
FROM pg_aggregate AS a
	JOIN pg_depend AS d ON d.classid = 'pg_proc'::regclass AND d.objid = a.aggfnoid
		AND d.deptype = 'e'
	JOIN pg_extension AS x ON x.oid = d.refobjid AND x.extname = 'bubble'
	JOIN pg_type AS t ON t.oid = a.aggtranstype
	LEFT JOIN every_aggregate AS e ON e.aggregate = a.aggfnoid
WHERE e.call IS NULL OR a.aggcombinefn <> 0 AND CASE WHEN t.typname = 'internal'
	THEN a.aggserialfn = 0 OR a.aggdeserialfn = 0 ELSE t.typsend = 0 OR t.typreceive = 0 END
SQL
	'', 'every aggregate of the catalogue');
# What takes rows as they come cannot be put together.
is( $node->safe_psql('postgres', <<'SQL'),
SELECT string_agg(DISTINCT p.proname, ' ' ORDER BY p.proname)
FROM every_aggregate AS e JOIN pg_proc AS p ON p.oid = e.aggregate
WHERE NOT in_parts AND EXISTS (SELECT FROM unnest(proargtypes) AS t
	WHERE t IN ('date'::regtype, 'timestamptz'::regtype))
SQL
	'', 'all that know the time of a row can be put together');
# An answer of NULL would be right by chance. The rows are of four months, in which
# no velocity of a year has a change.
is( $node->safe_psql('postgres', <<'SQL'),
SELECT string_agg(aggregate::text, ', ' ORDER BY aggregate::text) FROM every_aggregate
WHERE whole(call, 'k = 1') IS NULL
SQL
	join(', ',
		map { "funding_acceleration(double precision,$_)" } 'date', 'timestamp with time zone'),
	'every aggregate has an answer');

compare('from all rows', 'true', "bare_aggregate(aggregate, $query, 1, false)", 'k = 1');
foreach my $parts (2, 7, 50)
{
	compare("in $parts parts, as bytes", 'in_parts',
		"bare_aggregate(aggregate, $query, $parts, false)", 'k = 1');
	compare("in $parts parts, as text", "in_parts AND aggtranstype <> 'internal'::regtype",
		"bare_aggregate(aggregate, $query, $parts, true)", 'k = 1');
}
compare('in parts of which some are empty', 'in_parts',
	"bare_aggregate(aggregate, replace($query, 'k = 1', 'k = 1 AND i <= 2'), 5, false)",
	'k = 1 AND i <= 2');
compare('of no rows', 'true',
	"bare_aggregate(aggregate, replace($query, 'k = 1', 'k = 0'), 1, false)", 'k = 0');
compare('of no rows in parts', 'in_parts',
	"bare_aggregate(aggregate, replace($query, 'k = 1', 'k = 0'), 3, false)", 'k = 0');
compare('in a moving frame', 'aggmtransfn <> 0', "bare_moving(aggregate, $query, 30)",
	'k = 1 AND i > 10');

# What is serialised is cut off anywhere, or has wrong bytes: an error or an
# answer, but no crash and no endless loop.
my $damaged = $node->safe_psql('postgres', q{
	SELECT aggregate, arguments FROM every_aggregate AS e
	JOIN pg_aggregate AS a ON a.aggfnoid = e.aggregate WHERE aggdeserialfn <> 0 ORDER BY 1});
my $states = 0;

foreach my $line (split /\n/, $damaged)
{
	my ($aggregate, $arguments) = split /\|/, $line, 2;
	my ($code, $out, $err) = $node->psql('postgres', <<"SQL");
SET statement_timeout = '60s';
SELECT bare_damaged('$aggregate',
	\$\$SELECT $arguments FROM observed WHERE k = 1 AND i <= 4 ORDER BY i\$\$, 0, 480) >= 0
SQL
	is($out, 't', "damaged bytes of $aggregate") or diag($err);
	$states++;
}
cmp_ok($states, '>', 100, "damaged bytes of $states aggregates");

# The bytes of a gini, to which a share of the largest amounts is not given.
my $gini = q{'\x000000'::bytea || int8send(2) || float8send(1) || float8send(3)};
is($node->safe_psql('postgres', "SELECT bare_answer('gini(double precision)', $gini)"),
	'0.25', 'bytes that are written by hand');
my (undef, undef, $error) = $node->psql('postgres',
	"SELECT bare_answer('top_share(double precision,bigint)', $gini)");
like($error, qr/invalid k in a serialised state/, 'bytes of another aggregate');

$node->stop;
done_testing();
