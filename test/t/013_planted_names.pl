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

# --- without a superuser: who owns the database installs, a plain user calls ---

$node->safe_psql('postgres', <<'SQL');
CREATE ROLE owner LOGIN;
CREATE ROLE analyst LOGIN;
ALTER ROLE mallory LOGIN;
CREATE DATABASE before OWNER owner;
CREATE DATABASE after OWNER owner;
ALTER ROLE owner IN DATABASE before SET search_path = analytics;
ALTER ROLE analyst IN DATABASE before SET search_path = analytics, pg_catalog;
ALTER ROLE analyst IN DATABASE after SET search_path = evil, pg_catalog, bubbles, data;
SQL

sub as
{
	my ($role, $database, $sql) = @_;
	my ($out, $err);
	my $status = $node->psql($database, $sql, stdout => \$out, stderr => \$err,
		extra_params => [ '-U', $role ], on_error_stop => 1);

	is($err, '', "$role: no error") if $status;
	return $out;
}

sub refused
{
	my ($role, $database, $sql) = @_;
	my ($status, undef, $err) =
	  $node->psql($database, $sql, extra_params => [ '-U', $role ], on_error_stop => 1);

	return $status ? $err : 'not refused';
}

# Now what is planted counts how often it is called.
sub plant
{
	my ($database, $schema, @more) = @_;
	my $called = "pg_catalog.nextval('$schema.called'::pg_catalog.regclass)";
	my @statements = map {
		s/\banalytics\b/$schema/gr =~ s/666\.0(::float8)?/$called\::pg_catalog.float8/r
		  =~ s/RETURN true/RETURN $called IS NOT NULL/r =~ s/ROW\(666\)/ROW($called)/r
	} @plant, @more;

	$node->psql($database, join(";\n", 'SET search_path = pg_catalog',
			"CREATE SEQUENCE $schema.called", "GRANT USAGE ON $schema.called TO PUBLIC",
			@statements) . ";\n",
		stdout => \$out, stderr => \$err, on_error_stop => 0,
		extra_params => [ '-U', 'mallory' ]);
	cmp_ok($node->safe_psql($database, "SELECT count(*) FROM ($planted) AS p"),
		'>', 1000, "planted in $schema");
}

sub never_called
{
	my ($database, $schema, $name) = @_;

	is($node->safe_psql($database, "SELECT is_called FROM $schema.called"), 'f', $name);
}

# A board of tables that are filled, loaded and refreshed.
my $board = <<'SQL';
SET client_min_messages = warning;
SELECT relation FROM BUBBLE.bubble_create_tables('shop');
INSERT INTO shop.market_price SELECT symbol, at, close FROM data.price;
INSERT INTO shop.member VALUES ('A', 'S'), ('BB', 'S');
COPY shop.load_line (raw) FROM stdin;
symbol,at,close
CCC,2020-01-31,7
CCC,2020-02-31,7
\.
SELECT line FROM BUBBLE.bubble_load('shop', 'market_price');
SELECT relation FROM BUBBLE.bubble_create_scoreboard('shop');
CALL BUBBLE.bubble_refresh('shop');
CALL BUBBLE.bubble_refresh('shop');
SELECT 'a step failed', step, error FROM shop.scoreboard_log WHERE error IS NOT NULL;
TABLE shop.scoreboard;
TABLE shop.drawdown_by_symbol;
SQL
my $prices = <<'SQL';
CREATE SCHEMA data;
GRANT USAGE ON SCHEMA data TO PUBLIC;
CREATE TABLE data.price AS
SELECT s AS symbol, date '2015-01-01' + i AS at, 100 + 30 * sin(i / 50.0) + length(s) AS close
FROM unnest('{A,BB}'::text[]) AS s, generate_series(1, 1500) AS i;
GRANT SELECT ON ALL TABLES IN SCHEMA data TO PUBLIC;
SQL

as('owner', 'before', <<"SQL");
$prices
CREATE SCHEMA analytics;
GRANT USAGE, CREATE ON SCHEMA analytics TO mallory;
GRANT USAGE ON SCHEMA analytics TO PUBLIC;
GRANT CREATE ON DATABASE before TO analyst;
SQL
plant('before', 'analytics');
as('owner', 'before', 'CREATE EXTENSION bubble');
is($node->safe_psql('before', $captured), '', 'before: nothing planted is used');
never_called('before', 'analytics', 'before: nor is it called when the extension is made');
my $made = as('analyst', 'before', $board =~ s/BUBBLE\b/analytics/gr);
like($made, qr/^BB\|/m, 'before: a board is made');
unlike($made, qr/a step failed/, 'before: every step of it');
never_called('before', 'analytics', 'before: nor for a board');

# Planted afterwards, in a schema that comes first, with the names of all
# functions of the extension too. What is called was bound before, as in views.
as('owner', 'after', <<"SQL");
$prices
CREATE SCHEMA bubbles;
CREATE SCHEMA evil;
GRANT USAGE ON SCHEMA bubbles TO PUBLIC;
GRANT USAGE, CREATE ON SCHEMA evil TO mallory;
GRANT USAGE ON SCHEMA evil TO PUBLIC;
GRANT CREATE ON DATABASE after TO analyst;
CREATE EXTENSION bubble SCHEMA bubbles;
SET client_min_messages = error;
SET search_path = data, bubbles;
\\i $root/test/every_aggregate.sql
\\i $root/test/faults/every_call.sql
SELECT format('CREATE VIEW data.call_%s AS %s', row_number() OVER (ORDER BY function, how),
	statement)
FROM (SELECT DISTINCT ON (proname, how) function, how, statement
	FROM every_call JOIN pg_proc ON oid = function
	ORDER BY proname, how, pronargs DESC) AS c \\gexec
GRANT SELECT ON ALL TABLES IN SCHEMA data TO PUBLIC;
SQL
my @calls = split /\n/, $node->safe_psql('after',
	"SELECT 'TABLE data.' || relname || ';' FROM pg_class WHERE relname ~ '^call_' ORDER BY oid");
my $calls = "SET client_min_messages = error;\n" . join "\n", @calls;
my $answers = as('analyst', 'after', $calls);
my $members = $node->safe_psql('after', <<'SQL');
SELECT format('CREATE FUNCTION evil.%I(%s) RETURNS float8 LANGUAGE sql RETURN 666.0', proname,
	(SELECT string_agg(format_type(t, NULL), ', ' ORDER BY n)
	FROM unnest(proargtypes) WITH ORDINALITY AS u (t, n)))
FROM pg_proc WHERE pronamespace = 'bubbles'::regnamespace
	AND NOT proargtypes::oid[] && '{internal,cstring}'::regtype[]::oid[]
SQL
plant('after', 'evil', (split /\n/, $members),
	map { "CREATE TYPE evil.$_ AS (planted integer)" } 'bubble_series', 'drawdown_summary');
cmp_ok(scalar @calls, '>', 300, scalar(@calls) . ' calls of all functions');
is(as('analyst', 'after', $calls), $answers, 'after: they answer the same');
never_called('after', 'evil', 'after: what is planted is not called');
$made = as('analyst', 'after', $board =~ s/BUBBLE\b/bubbles/gr);
like($made, qr/^BB\|/m, 'after: a board is made');
unlike($made, qr/a step failed/, 'after: every step of it');
never_called('after', 'evil', 'after: nor for a board');
foreach my $careless ('max_drawdown(close, at)', 'close * 2', 'count(at)', '1::float8')
{
	$node->safe_psql('after', "SELECT setval('evil.called', 1, false)");
	as('analyst', 'after', "SELECT $careless FROM price LIMIT 1");
	is($node->safe_psql('after', 'SELECT is_called FROM evil.called'),
		't', "the trap works: $careless");
}

# A board is the business of who owns it, and no function has rights of its own.
foreach my $call (
	"CALL bubbles.bubble_refresh('shop')",
	"SELECT bubbles.bubble_load('shop', 'market_price')",
	"SELECT bubbles.bubble_create_scoreboard('shop')",
	"SELECT bubbles.bubble_board_step('shop', 'prices')")
{
	like(refused('mallory', 'after', $call), qr/permission denied/, "$call: not others'");
}
is( $node->safe_psql('after', "SELECT proname FROM pg_proc WHERE prosecdef
		AND pronamespace IN ('bubbles'::regnamespace, 'shop'::regnamespace)"),
	'', 'no function has the rights of its owner');
like(refused('mallory', 'after', 'DROP EXTENSION bubble'), qr/must be owner/, 'dropped by nobody');
like(
	refused('analyst', 'after',
		'ALTER FUNCTION bubbles.max_drawdown(bubbles.bubble_series) COST 1'),
	qr/must be owner/, 'nor changed');

$node->stop;
done_testing();
