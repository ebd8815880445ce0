# pg_cron runs the refresh of a scoreboard: the board changes, and what fails
# is seen: a step of the board in its log, a whole job in pg_cron's own.
# Jobs start with a minute, so this waits for one.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my ($sharedir) = run_command([ $ENV{PG_CONFIG} || 'pg_config', '--sharedir' ]);
plan skip_all => 'pg_cron is not there'
  unless -e "$sharedir/extension/pg_cron.control";

my $node = PostgreSQL::Test::Cluster->new('pg_cron');
$node->init(extra => [ '--locale=C', '--encoding=UTF8' ]);
$node->append_conf('postgresql.conf', <<CONF);
shared_preload_libraries = 'pg_cron'
cron.database_name = 'postgres'
cron.host = '${\ $node->host }'
timezone = 'UTC'
CONF
$node->start;

$node->safe_psql('postgres', <<'SQL');
CREATE EXTENSION pg_cron;
CREATE EXTENSION bubble;
CREATE TABLE market_price (symbol text, at date, close double precision);
SELECT bubble_create_tables('public');
INSERT INTO market_price
SELECT 'A', d, 100 + d - date '2019-01-01'
FROM generate_series(date '2019-01-01', '2023-12-31', '1 day') AS g, CAST(g AS date) AS d;
INSERT INTO member VALUES ('A', 'software');
SELECT bubble_create_scoreboard('public');
CALL bubble_refresh('public');
SQL
my $january = "SELECT count(*), count(*) FILTER (WHERE at = '2024-01-31') FROM scoreboard";
is($node->safe_psql('postgres', $january), '60|0', 'the board before');

# A month more, a fall, and an indicator that fails.
$node->safe_psql('postgres', <<'SQL');
INSERT INTO market_price
SELECT 'A', d, 500 FROM generate_series(date '2024-01-01', '2024-01-31', '1 day') AS g,
	CAST(g AS date) AS d;
CREATE VIEW broken AS SELECT sector, at, 1.0 / 0 AS value FROM scoreboard;
INSERT INTO scoreboard_indicator (indicator, concern, unit, weight, meaning, source)
VALUES ('broken', 'mistakes', 'none', 1, 'divides by zero', 'public.broken');
SELECT cron.schedule('refresh', '* * * * *', $$CALL bubble_refresh('public')$$),
	cron.schedule('mistyped', '* * * * *', $$CALL bubble_refresh('pubic')$$);
SQL

my $ended = "SELECT count(DISTINCT jobid) = 2 FROM cron.job_run_details WHERE end_time IS NOT NULL";
my $waited = 0;
until ($node->safe_psql('postgres', $ended) eq 't' || $waited++ > 150)
{
	sleep 1;
}
$node->safe_psql('postgres', "SELECT cron.unschedule('refresh'), cron.unschedule('mistyped')");

my $runs = $node->safe_psql('postgres',
	"SELECT DISTINCT command, status FROM cron.job_run_details ORDER BY command");
is($runs, "CALL bubble_refresh('pubic')|failed\nCALL bubble_refresh('public')|succeeded",
	'the job ran, the mistyped one failed')
  or diag($node->safe_psql('postgres', 'SELECT * FROM cron.job_run_details'));
like( $node->safe_psql('postgres',
	"SELECT return_message FROM cron.job_run_details WHERE status = 'failed' LIMIT 1"),
	qr/there is no scoreboard in schema pubic/,
	'which says why');

like($node->safe_psql('postgres', $january), qr/^\d+\|1$/, 'the board has a month more');
is( $node->safe_psql('postgres',
	'SELECT step, substr(error, 1, 5) FROM scoreboard_log WHERE refresh > 1 AND error IS NOT NULL
	GROUP BY 1, 2'),
	'indicator broken|22012',
	'the log has the step that failed, and no other one');
is( $node->safe_psql('postgres',
	"SELECT count(*) > 20, min((step, started_at, now())::text)
		FILTER (WHERE seconds IS NULL OR started_at < now() - interval '10 minutes') AS lasting
	FROM scoreboard_log WHERE refresh = 2"),
	't|', 'all steps came to their end');

$node->stop;
done_testing();
