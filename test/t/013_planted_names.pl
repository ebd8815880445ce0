# Names that the extension's SQL bodies use are bound when it is created.  Then
# whoever may create in the schema must have no say in it: an exact match
# planted there would beat pg_catalog's polymorphic function for ever.
use strict;
use warnings;
use FindBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $root = "$FindBin::RealBin/../..";
my $script = join "\n", map { slurp_file($_) } sort glob("$root/sql/*.sql");
$script =~ s/--[^\n]*//g;

my %own = map { $_ => 1 } $script =~ /CREATE (?:FUNCTION|AGGREGATE|TYPE) (\w+)/g;
my @bodies = $script =~ /^\s*(?:BEGIN ATOMIC\b.*?^END|RETURN\b[^;]*);/msg;
my (%function, %operator, %type, @unqualified);

# What is followed by a parenthesis without being a function; and what looks for
# an operator without a name that could be qualified.
my $syntax = qr/^(?:VALUES|AS|OVER|BY|GROUP|FROM|JOIN|ON|USING|LATERAL|WHERE|AND|OR|NOT|ANY|ALL
	|EXISTS|SELECT|CASE|WHEN|THEN|ELSE|COALESCE|GREATEST|LEAST|RETURN|ROW|FILTER|UNION|WITH
	|MATERIALIZED|OPERATOR|UNNEST_)$/ix;

cmp_ok(scalar @bodies, '>', 0, scalar(@bodies) . ' bodies were found');
foreach my $body (@bodies)
{
	$body =~ s/'(?:[^']|'')*'/''/g;
	while ($body =~ /((?:\w+\s*\.\s*)?)(\w+)\s*\(/g)
	{
		my ($schema, $name) = ($1, $2);

		next if $name =~ $syntax || $own{$name};
		next if $body =~ /\bAS\s+\Q$name\E\s*\(/i && !$schema;
		$function{$name} = 1;
		push @unqualified, "function $name" unless $schema =~ /^pg_catalog\b/;
	}
	while ($body =~ /::\s*((?:\w+\s*\.\s*)?)(\w+)/g)
	{
		next if $own{$2};
		$type{$2} = 1;
		push @unqualified, "type $2" unless $1 =~ /^pg_catalog\b/;
	}
	while ($body =~ /OPERATOR\s*\(\s*((?:\w+\s*\.\s*)?)([^\s)]+)\s*\)/g)
	{
		$operator{$2} = 1;
		push @unqualified, "operator $2" unless $1 =~ /^pg_catalog\b/;
	}
	my $rest = $body =~ s/OPERATOR\s*\([^)]*\)/ /gr =~ s/::|=>|\bSET\s+\w+\s+=/ /gr;
	$rest =~ s/\b\w+\s*\.\s*\*|SELECT\s+\*|\(\s*\*\s*\)/ /g;
	$rest =~ s/([(,\[]|\b(?:SELECT|THEN|ELSE|WHEN))\s*-\s*(?=[\d.])/$1 /g;
	foreach my $sign ($rest =~ /([-+*\/<>=~!@#%^&|]+)/g)
	{
		$operator{$sign} = 1;
		push @unqualified, "operator $sign";
	}
	push @unqualified, map { "the operator that $_ looks for" }
	  $rest =~ /\b(IN\s*\(|BETWEEN|NULLIF|DISTINCT\s+FROM|I?LIKE|SIMILAR|CASE\s+(?!WHEN))/gi;
}
is(join("\n", @unqualified), '', 'every name in an SQL body is qualified');

# --- all of these names, and what is used in any case, planted ---

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', <<'SQL');
CREATE ROLE mallory;
CREATE SCHEMA analytics;
GRANT USAGE, CREATE ON SCHEMA analytics TO mallory;
SQL

$function{$_} = 1
  for qw(unnest percentile_cont array_agg jsonb_agg count sum array_length generate_series);
$operator{$_} = 1 for qw(+ - * / = <> < > <= >= ||);
$type{$_} = 1
  for qw(float8 int4 int8 text date timestamptz interval bool record
	numeric jsonb internal cstring bytea);

my @types = ('float8', 'float8[]', 'int4', 'int8', 'numeric', 'text', 'date', 'timestamptz',
	'interval', 'timestamptz[]', 'jsonb');
my @plant = (
	"CREATE FUNCTION analytics.planted_state(float8[], numeric) RETURNS float8[] LANGUAGE sql
		RETURN ARRAY[666.0]");
foreach my $name (sort keys %function)
{
	foreach my $a (@types)
	{
		push @plant, "CREATE FUNCTION analytics.$name($a) RETURNS SETOF float8
			LANGUAGE sql BEGIN ATOMIC SELECT 666.0::float8; END",
		  map { "CREATE FUNCTION analytics.$name($a, $_) RETURNS float8 LANGUAGE sql
			RETURN 666.0" } @types;
	}
	push @plant, "CREATE AGGREGATE analytics.$name(float8[]
		ORDER BY float8) (SFUNC = pg_catalog.float8_accum, STYPE = float8[], INITCOND = '{0,0,0}')",
	  "CREATE AGGREGATE analytics.$name(float8[] ORDER BY numeric) (SFUNC = analytics.planted_state,
		STYPE = float8[], INITCOND = '{0,0,0}')";
}
foreach my $a (@types)
{
	foreach my $b (@types)
	{
		push @plant, "CREATE FUNCTION analytics.planted($a, $b) RETURNS float8 LANGUAGE sql
			RETURN 666.0",
		  "CREATE FUNCTION analytics.planted_if($a, $b) RETURNS bool LANGUAGE sql RETURN true";
		push @plant, map {
			my $of = /[<>=]/ ? 'planted_if' : 'planted';
			"CREATE OPERATOR analytics.$_ (FUNCTION = analytics.$of, LEFTARG = $a,
				RIGHTARG = $b)" } sort keys %operator;
	}
}
foreach my $name (sort keys %type)
{
	push @plant, "CREATE TYPE analytics.\"$name\" AS (planted integer)",
	  "CREATE FUNCTION analytics.\"cast_$name\"(int4) RETURNS analytics.\"$name\" LANGUAGE sql
		RETURN ROW(666)::analytics.\"$name\"",
	  "CREATE CAST (int4 AS analytics.\"$name\")
		WITH FUNCTION analytics.\"cast_$name\"(int4) AS IMPLICIT";
}

# What cannot be planted is no danger.
my ($out, $err);
$node->psql('postgres', "SET ROLE mallory;\n" . join(";\n", @plant) . ";\n",
	stdout => \$out, stderr => \$err, on_error_stop => 0);

my $planted = <<'SQL';
SELECT 'pg_proc'::regclass::oid AS classid, oid AS objid FROM pg_proc
	WHERE proowner = 'mallory'::regrole
UNION ALL SELECT 'pg_operator'::regclass, oid FROM pg_operator WHERE oprowner = 'mallory'::regrole
UNION ALL SELECT 'pg_type'::regclass, oid FROM pg_type WHERE typowner = 'mallory'::regrole
UNION ALL SELECT 'pg_cast'::regclass, c.oid FROM pg_cast AS c
	JOIN pg_type AS t ON t.oid IN (castsource, casttarget)
WHERE typowner = 'mallory'::regrole
SQL
cmp_ok($node->safe_psql('postgres', "SELECT count(*) FROM ($planted) AS p"), '>', 1000, 'planted');

my $captured = <<"SQL";
SELECT pg_describe_object(d.classid, d.objid, 0) || ' uses ' || pg_describe_object(d.refclassid,
	d.refobjid, 0)
FROM pg_depend AS d JOIN ($planted) AS p ON (p.classid, p.objid) = (d.refclassid, d.refobjid)
WHERE NOT EXISTS (SELECT 1 FROM ($planted) AS q WHERE (q.classid, q.objid) = (d.classid, d.objid))
	AND NOT EXISTS (SELECT 1 FROM pg_type AS t JOIN pg_type AS a ON a.typelem = t.oid
		WHERE d.classid = 'pg_type'::regclass AND d.objid = a.oid
			AND t.typowner = 'mallory'::regrole)
	AND d.classid <> 'pg_class'::regclass
SQL

# The trap works: without qualification a name is captured.
$node->safe_psql('postgres', <<'SQL');
SET search_path = analytics;
CREATE FUNCTION public.careless(levels float8[]) RETURNS SETOF float8
	LANGUAGE sql BEGIN ATOMIC SELECT unnest(levels); END;
CREATE FUNCTION public.careless(x float8, n int4) RETURNS float8 LANGUAGE sql RETURN x * n;
SQL
like($node->safe_psql('postgres', $captured), qr/unnest.*\n.*operator|operator.*\n.*unnest/,
	'careless names are captured');
$node->safe_psql('postgres', 'DROP FUNCTION public.careless(float8[]), public.careless(float8,
	int4)');

$node->safe_psql('postgres', 'CREATE EXTENSION bubble SCHEMA analytics');
is($node->safe_psql('postgres', $captured), '', 'the extension uses nothing that was planted');
is( $node->safe_psql('postgres',
		"SELECT count(*) FROM pg_extension WHERE extname = 'bubble'
			AND extnamespace = 'analytics'::regnamespace"),
	'1', 'it is there');

$node->stop;
done_testing();
