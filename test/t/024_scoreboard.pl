# The scoreboard from an empty database to a restored dump: as an ordinary owner,
# with the extension in a schema off the search_path, with names planted, two
# refreshes at once, readers meanwhile.
use strict;
use warnings;
use FindBin;
use IPC::Run qw(run);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $root = "$FindBin::RealBin/../..";
my $node = PostgreSQL::Test::Cluster->new('main');
$node->init(extra => [ '--locale=C', '--encoding=UTF8' ]);
$node->append_conf('postgresql.conf', "timezone = 'UTC'\n");
$node->start;

# The demo's tables are read by views of the board's names; or its rows are
# loaded into the board's own tables.
my %source = (
	market_price => <<'SQL',
SELECT symbol, day AS at, close FROM tech_stock
UNION ALL SELECT 'NASDAQ', month, close FROM nasdaq
UNION ALL SELECT 'S&P composite', month, price FROM shiller WHERE month >= '1950-01-01'
SQL
	market_fundamental => <<'SQL',
SELECT 'S&P composite' AS symbol, month AS at, NULL::date AS reported_at, 1 AS shares,
	NULL::float8 AS revenue, price / cape AS earnings
FROM shiller WHERE month >= '1950-01-01'
SQL
	funding_round =>
	  'SELECT company, announced_at AS at, known_at AS reported_at, raised AS amount, post_money
	   FROM ai_round',
	company_metric =>
	  "SELECT company, 'revenue' AS metric, reported_at AS at, NULL::date AS reported_at,
		revenue AS value FROM ai_revenue",
	member => <<'SQL');
SELECT DISTINCT company AS member, 'generative AI' AS sector FROM ai_round
UNION ALL SELECT DISTINCT symbol, 'technology shares' FROM tech_stock
UNION ALL VALUES ('NASDAQ', 'US shares'), ('S&P composite', 'US shares')
SQL
my $views = join '', map { "CREATE VIEW board.$_ AS $source{$_};\n" } sort keys %source;
my $inserts = join '', map { "INSERT INTO board.$_ $source{$_};\n" } sort keys %source;

# What a board says, whoever made it.
my $board = <<'SQL';
SELECT sector, at, score, coverage, phase, drawdown, dried_up, shape, low, high, change, components,
	contributions, missing, why
FROM board.scoreboard ORDER BY sector COLLATE "C", at
SQL
my $errors = "SELECT step, error, remark FROM board.scoreboard_log WHERE error <> ''
	OR seconds IS NULL";

# --- an empty database, five statements ---

$node->safe_psql('postgres', 'CREATE DATABASE five');
load_demo('five', 'postgres');
$node->safe_psql('five', 'CREATE EXTENSION bubble');
my $last = $node->safe_psql('five', <<"SQL");
SELECT bubble_create_tables('board');
DO \$\$ BEGIN $inserts END \$\$;
SELECT bubble_create_scoreboard('board');
CALL bubble_refresh('board');
SELECT sector, at, score IS NOT NULL, phase FROM board.scoreboard
WHERE (sector, at) IN (('US shares', '1999-12-31'), ('US shares', '2002-09-30'),
	('generative AI', '2026-03-31')) ORDER BY at;
SQL
like( $last,
	qr/^US\ shares\|1999-12-31\|t\|bubble\n
		US\ shares\|2002-09-30\|t\|bursting\n
		generative\ AI\|2026-03-31\|t\|\w+$/mx,
	'five statements lead to the board');
is($node->safe_psql('five', $errors), '', 'no step failed');
my $expected = $node->safe_psql('five', $board);
is( $node->safe_psql('five', <<'SQL'), '', 'a row for every month');
SELECT sector, at FROM board.sector_month EXCEPT SELECT sector, at FROM board.scoreboard
SQL

is( $node->safe_psql('five',
		"\\set board board\n" . slurp_file("$root/test/false_why.sql")),
	'', 'the sentence why is true in every month');
cmp_ok($node->safe_psql('five',
	"SELECT count(*) FROM board.scoreboard WHERE why LIKE '%changed most:%'"), '>', 100,
	'and there are many');

# --- the five lines that the tour begins with ---

my ($lines) = slurp_file("$root/test/tour/scoreboard.md") =~ /^```\n(.*?)^```/ms;
my $csv = "$PostgreSQL::Test::Utils::tmp_check/prices.csv";
append_to_file($csv,
	"symbol,at,close\n" . slurp_file("$root/test/data/tech_stocks.csv") =~ s/^symbol.*\n//r);
append_to_file($csv, "AAPL,tomorrow,1\n");
$lines =~ s/'prices.csv'/'$csv'/;
$node->safe_psql('postgres', 'CREATE DATABASE lines');
$node->safe_psql('lines', 'CREATE EXTENSION bubble');
my $said = $node->safe_psql('lines', $lines);
like($said, qr/^562\|at: invalid input syntax for type date: "tomorrow" .*\|AAPL,tomorrow,1$/m,
	'a bad line is named');
like( $said,
	qr/^unassigned\|2001-08-31\|[\d.]+\|0\.041666666666666664\|bursting\|.*Covered:\ price;
		\ nothing\ of\ adoption,\ capital,\ economy,\ law,\ money,\ valuation\.$/mx,
	'prices alone have a board, which says what it does not cover');

# --- views over other tables, an ordinary owner, a schema off the path ---

$node->safe_psql('postgres', 'CREATE ROLE alice LOGIN');
$node->safe_psql('postgres', 'CREATE DATABASE owned OWNER alice');
my $alice = sub { $node->safe_psql('owned', $_[0], extra_params => [ '-U', 'alice' ]) };
$alice->('CREATE SCHEMA demo; ALTER ROLE alice SET search_path = demo');
load_demo('owned', 'alice');
$alice->('CREATE SCHEMA analytics; CREATE EXTENSION bubble SCHEMA analytics; CREATE SCHEMA board;');
$alice->($views);
$alice->(<<'SQL');
SELECT analytics.bubble_create_tables('board');
SELECT analytics.bubble_create_scoreboard('board');
CALL analytics.bubble_refresh('board');
SQL
is($alice->($errors), '', 'an ordinary owner refreshes');
is($alice->($board), $expected, 'and has the same board from views');
is( $alice->("SELECT count(*) FROM pg_class WHERE relnamespace = 'board'::regnamespace
	AND relowner <> 'alice'::regrole"),
	'0', 'all of which is hers');

# --- names planted before pg_catalog ---

$alice->(<<'SQL');
CREATE SCHEMA evil;
CREATE FUNCTION evil.oops() RETURNS text
	LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'planted'; END $$;
CREATE FUNCTION evil.eq(text, text) RETURNS boolean
	LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'planted'; END $$;
CREATE FUNCTION evil.eq(oid, oid) RETURNS boolean
	LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'planted'; END $$;
CREATE FUNCTION evil.eq(bigint, bigint) RETURNS boolean
	LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'planted'; END $$;
CREATE FUNCTION evil.plus(bigint, integer) RETURNS bigint
	LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'planted'; END $$;
CREATE OPERATOR evil.= (leftarg = text, rightarg = text, function = evil.eq);
CREATE OPERATOR evil.= (leftarg = oid, rightarg = oid, function = evil.eq);
CREATE OPERATOR evil.= (leftarg = bigint, rightarg = bigint, function = evil.eq);
CREATE OPERATOR evil.~ (leftarg = text, rightarg = text, function = evil.eq);
CREATE OPERATOR evil.<> (leftarg = text, rightarg = text, function = evil.eq);
CREATE OPERATOR evil.+ (leftarg = bigint, rightarg = integer, function = evil.plus);
CREATE FUNCTION evil.format(text, VARIADIC text[]) RETURNS text
	LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'planted'; END $$;
CREATE FUNCTION evil.format(text, text) RETURNS text
	LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'planted'; END $$;
CREATE FUNCTION evil.format(text, text, text) RETURNS text
	LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'planted'; END $$;
CREATE FUNCTION evil.replace(text, text, text) RETURNS text
	LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'planted'; END $$;
CREATE FUNCTION evil.quote_ident(name) RETURNS text
	LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'planted'; END $$;
CREATE FUNCTION evil.concat(text, text) RETURNS text
	LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'planted'; END $$;
CREATE AGGREGATE evil.max(bigint) (SFUNC = int8larger, STYPE = bigint, INITCOND = '7777');
CREATE TYPE evil.text AS (a int);
CREATE TYPE evil.float8 AS (a int);
CREATE TABLE evil.pg_extension (nothing int);
SQL
$alice->(<<'SQL');
SET search_path = evil, pg_catalog;
CALL analytics.bubble_refresh('board');
SELECT analytics.bubble_create_tables('again');
SELECT analytics.bubble_create_scoreboard('again');
INSERT INTO again.load_line (raw) VALUES ('member,sector'), ('a,b');
SELECT * FROM analytics.bubble_load('again', 'member');
CALL analytics.bubble_refresh('again');
SQL
is($alice->($errors), '', 'names that are planted have no say in it');
is($alice->('SELECT max(refresh) FROM board.scoreboard_log'), '2', 'refreshes are counted');
is($alice->($board), $expected, 'nothing has changed');

# --- two at once, and readers meanwhile ---

my $first = $node->background_psql('owned', on_error_stop => 1, extra_params => [ '-U', 'alice' ]);
$first->query_safe(q{BEGIN; CALL analytics.bubble_refresh('board');});
my ($rc, $out, $err) = $node->psql('owned', "CALL analytics.bubble_refresh('board')",
	extra_params => [ '-U', 'alice' ]);
is($rc, 0, 'a second refresh leaves');
like( $err,
	qr/WARNING:  another refresh of the scoreboard in schema "board" is running, this one leaves/,
	'and says so');
is($alice->('SELECT max(refresh) FROM board.scoreboard_log'), '2', 'without a trace');
my $readable = $alice->(<<'SQL');
SELECT string_agg(format('SELECT count(*) FROM board.%I;', relname), ' ')
FROM pg_class WHERE relnamespace = 'board'::regnamespace AND relkind IN ('r', 'v', 'm')
SQL
($rc, $out, $err) = $node->psql('owned', "SET lock_timeout = 1000; $readable",
	extra_params => [ '-U', 'alice' ]);
is("$rc $err", '0 ', 'readers of anything go on');
($rc, $out, $err) = $node->psql('owned', "CALL analytics.bubble_refresh('again')",
	extra_params => [ '-U', 'alice' ]);
is("$rc $err", '0 ', 'another board does not mind');
$first->query_safe('COMMIT');
is($alice->('SELECT count(*) FROM pg_locks WHERE locktype = \'advisory\''), '0',
	'no lock is left behind');
$first->quit;
$alice->("CALL analytics.bubble_refresh('board')");
is($alice->('SELECT max(refresh) FROM board.scoreboard_log'), '4',
	'then the next one goes through');

# --- cancelled: the log says where, nothing is held, the next one succeeds ---

$alice->(<<'SQL');
CREATE FUNCTION board.slow() RETURNS double precision
	LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(60); RETURN 1; END $$;
CREATE VIEW board.slowly AS SELECT 'US shares' AS sector, date '2000-01-31' AS at,
	board.slow() AS value;
INSERT INTO board.scoreboard_indicator (indicator, concern, unit, weight, meaning, source)
VALUES ('slowly', 'none', 'none', 0, 'none', 'slowly');
SQL
($rc, $out, $err) = $node->psql('owned',
	"SET statement_timeout = '5s'; CALL analytics.bubble_refresh('board')",
	extra_params => [ '-U', 'alice' ]);
isnt($rc, 0, 'a refresh can be cancelled');
like($err, qr/canceling statement due to statement timeout/,
	'with the error it was cancelled with');
like( $alice->('SELECT step, error FROM board.scoreboard_log WHERE refresh = 5
	AND error IS NOT NULL'),
	qr/^indicator slowly\|57014 canceling statement due to statement timeout$/,
		'and the log says where');
is($alice->($board), $expected, 'yesterday\'s board stands');
$alice->("UPDATE board.scoreboard_indicator SET enabled = false WHERE indicator = 'slowly';
	CALL analytics.bubble_refresh('board')");
is($alice->('SELECT count(error) FROM board.scoreboard_log WHERE refresh = 6'), '0',
	'the next one succeeds');
is($alice->($board), $expected, 'with the same board');

# --- dump and restore ---

my $dump = "$PostgreSQL::Test::Utils::tmp_check/board.dump";
$alice->("DROP VIEW board.slowly; DROP FUNCTION board.slow; DROP SCHEMA evil CASCADE;
	DELETE FROM board.scoreboard_indicator WHERE indicator = 'slowly'");
$node->command_ok([ 'pg_dump', '-Fc', '-U', 'alice', '-f', $dump, $node->connstr('owned') ],
	'the owner dumps');
$node->safe_psql('postgres', 'CREATE DATABASE restored OWNER alice');
$node->command_ok([ 'pg_restore', '--exit-on-error', '-U', 'alice', '-d',
	$node->connstr('restored'), $dump ], 'and restores');
my $restored = sub { $node->safe_psql('restored', $_[0], extra_params => [ '-U', 'alice' ]) };
is($restored->($board), $expected, 'the board is there at once');
is( $restored->("SELECT string_agg(symbol || summary::text, '' ORDER BY symbol) = ''
	FROM board.price_state"), 'f', 'so is what it keeps');
$restored->("CALL analytics.bubble_refresh('board')");
is($restored->('SELECT count(*), count(error) FROM board.scoreboard_log WHERE refresh = 7'), '33|0',
	'it refreshes');
is($restored->($board), $expected, 'to the same board');
is( $restored->("SELECT obj_description('board.scoreboard'::regclass)"),
	$alice->("SELECT obj_description('board.scoreboard'::regclass)"), 'comments came along');

$node->stop;
done_testing();

sub load_demo
{
	my ($database, $user) = @_;

	my ($out, $err) = ('', '');
	my $ok = run(
		[ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-U', $user, '-d', $node->connstr($database),
			'-f', 'load.sql' ],
		'>', \$out, '2>', \$err, init => sub { chdir "$root/test/data" or die $! });
	ok($ok, "the demo's tables are loaded by $user") or diag($err);
}
