# What can end a refresh of a scoreboard: kill -9 of its backend and of the
# server, a full disk, a timeout, a cancel.  Each time the board of yesterday
# is there to be read, during the refresh too; the log tells; and the next
# refresh succeeds.
#
# The prices are a view that can be told to wait, so that a refresh is caught
# in its first step, in the middle of a REFRESH MATERIALIZED VIEW; so is an
# indicator, for the steps after it.
use strict;
use warnings;
use IPC::Run qw(start);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('faults');
$node->init(extra => [ '--locale=C', '--encoding=UTF8' ]);
$node->append_conf('postgresql.conf',
	"restart_after_crash = on\ntimezone = 'UTC'\nmax_parallel_workers_per_gather = 0\n");
$node->start;
$node->safe_psql('postgres', <<'SQL');
CREATE EXTENSION bubble;
CREATE TABLE wait (place text PRIMARY KEY, seconds double precision);
INSERT INTO wait VALUES ('prices', 0), ('indicator', 0);
CREATE FUNCTION waited(asked text) RETURNS boolean LANGUAGE sql AS
	$$SELECT pg_sleep(seconds) IS NOT NULL FROM public.wait WHERE place = asked$$;
CREATE TABLE price (symbol text, at date, close double precision);
CREATE VIEW market_price AS
	SELECT symbol, at, close FROM price, (SELECT waited('prices') OFFSET 0) AS w (waited)
	WHERE waited;
CREATE FUNCTION add_months(first date, months integer) RETURNS void LANGUAGE sql AS $$
	INSERT INTO public.price
	SELECT s, CAST(d AS date), 100 + length(s) * 10 + 50 * sin(extract(epoch FROM d) / 86400 / 300)
	FROM unnest('{A,BB,CCC}'::text[]) AS s,
		generate_series(first, first + make_interval(months => months) - interval '1 day',
			'1 day') AS d
$$;
SELECT add_months('2019-01-01', 60);
SELECT bubble_create_tables('public');
INSERT INTO member SELECT s, 'software' FROM unnest('{A,BB,CCC}'::text[]) AS s;
SELECT bubble_create_scoreboard('public');
CREATE VIEW slow AS SELECT 'software' AS sector, date '2023-12-31' AS at, 1.0 AS value
	WHERE waited('indicator');
INSERT INTO scoreboard_indicator (indicator, concern, unit, weight, meaning, source)
VALUES ('slow', 'patience', 'none', 0, 'waits', 'public.slow');
CALL bubble_refresh('public');
SQL

my $month = 0;
my $refresh = 1;
is(board()->{months}, 60, 'the board before');

fault('the backend is killed in the first step', 'prices', 'prices', sub {
	kill_backend('KILL');
	# The server starts all over.
});
fault('the backend is killed at an indicator', 'indicator', 'indicator slow', sub {
	kill_backend('KILL');
});
fault('the session is terminated', 'prices', 'prices', sub {
	$node->safe_psql('postgres', 'SELECT pg_terminate_backend(pid) FROM (' . backend() . ') AS b');
});
fault('the server is killed', 'prices', 'prices', sub {
	$node->kill9;
	start_again();
});
fault('the server is killed at an indicator', 'indicator', 'indicator slow', sub {
	$node->kill9;
	start_again();
});
fault('a cancel', 'indicator', 'indicator slow', sub {
	$node->safe_psql('postgres', 'SELECT pg_cancel_backend(pid) FROM (' . backend() . ') AS b');
}, qr/^57014 /);
fault('a timeout', 'prices', 'prices', sub { }, qr/^57014 /, "SET statement_timeout = '2s'");
full_disk();

$node->stop;
done_testing();

# What the board shows, as one value, and the number of a sector's months.
sub board
{
	my ($all, $months) = split /\|/, $node->safe_psql('postgres',
		"SELECT md5(string_agg(s::text, ',' ORDER BY sector, at)),
			count(*) FILTER (WHERE sector = 'software') FROM scoreboard AS s");

	return { all => $all, months => $months };
}

# What the log says of a step of the latest refresh.
sub logged
{
	my ($step) = @_;

	return $node->safe_psql('postgres',
		"SELECT coalesce(error, CASE WHEN seconds IS NULL THEN 'running' ELSE 'done' END)
			FROM scoreboard_log WHERE refresh = $refresh AND step = '$step'");
}

sub backend
{
	return "SELECT pid FROM pg_stat_activity WHERE query LIKE '%CALL bubble_refresh%'
		AND pid <> pg_backend_pid() AND backend_type = 'client backend'";
}

sub kill_backend
{
	my ($signal) = @_;
	my $checkpointer =
	  "SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'";
	my $before = $node->safe_psql('postgres', $checkpointer);

	kill $signal, $node->safe_psql('postgres', backend());
	# The server answers until it notices, then all its processes are new.
	$node->poll_query_until('postgres', "SELECT ($checkpointer) <> $before");
	return;
}

# A new month, so that every refresh has something to do.
sub new_month
{
	my $first = sprintf '%d-%02d-01', 2024 + int($month / 12), 1 + $month % 12;

	$month++;
	$node->safe_psql('postgres', "SELECT add_months('$first', 1)");
	return;
}

# Some time passes until what is left of a killed server is gone.
sub start_again
{
	my $tries = 0;

	until ($node->start(fail_ok => 1) || $tries++ >= 60)
	{
		# That of the killed server, read from the file that it left.
		undef $node->{_pid};
		sleep 1;
	}
	return;
}

# A refresh that waits at a place, in a step, until something ends it.
sub fault
{
	my ($name, $place, $step, $end, $error, $before) = @_;
	my $yesterday = board();
	my ($out, $told) = ('', '');

	new_month();
	$refresh++;
	$node->safe_psql('postgres', "UPDATE wait SET seconds = 300 WHERE place = '$place'");
	my @settings = $before ? ('-c', $before) : ();
	my $session = start(
		[ 'psql', '-X', '-d', $node->connstr('postgres'), @settings, '-c',
			"CALL bubble_refresh('public')" ],
		'<', \undef, '>', \$out, '2>', \$told, IPC::Run::timeout(180));
	ok( $node->poll_query_until('postgres',
			"SELECT count(*) = 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'
				AND query LIKE '%CALL bubble_refresh%'"),
		"$name: the refresh is at it");
	is(logged($step), 'running', "$name: so the log says");
	is_deeply(board(), $yesterday, "$name: readers see the board of yesterday meanwhile");
	$end->();
	$session->finish;
	isnt($session->full_result, 0, "$name: the session is told");

	is_deeply(board(), $yesterday, "$name: the board of yesterday is there");
	if ($error)
	{
		like(logged($step), $error, "$name: the log tells");
	}
	else
	{
		is(logged($step), 'running', "$name: nobody could say so in the log");
	}
	next_refresh($name, $yesterday);
	like(log_of($refresh - 1, $step), $error || qr/^did not come to its end$/,
		"$name: now the log tells");
	return;
}

sub log_of
{
	my ($number, $step) = @_;

	return $node->safe_psql('postgres',
		"SELECT error FROM scoreboard_log WHERE refresh = $number AND step = '$step'");
}

sub next_refresh
{
	my ($name, $yesterday) = @_;

	$node->safe_psql('postgres', 'UPDATE wait SET seconds = 0');
	$refresh++;
	my ($status, undef, $told) = $node->psql('postgres', "CALL bubble_refresh('public')");
	is($status, 0, "$name: the next refresh ends well") or diag($told);
	is( $node->safe_psql('postgres',
		"SELECT string_agg(step || ': ' || coalesce(error, 'not done'), ', ') FROM scoreboard_log
		WHERE refresh = $refresh AND (error IS NOT NULL OR seconds IS NULL)"),
		'', "$name: every step of it");
	is(board()->{months}, $yesterday->{months} + 1, "$name: and the board has a month more");
	return;
}

# The materialized views lie on a disk of their own, which test/check makes
# where it may mount one.
sub full_disk
{
	my $disk = $ENV{BUBBLE_SMALL_DISK};

  SKIP:
	{
		skip 'nobody made a small disk', 1 unless $disk && -w $disk;
		my $name = 'the disk is full';

		mkdir "$disk/space" or die "$disk/space: $!";
		$node->safe_psql('postgres', "CREATE TABLESPACE small LOCATION '$disk/space'");
		$node->safe_psql('postgres',
			'ALTER MATERIALIZED VIEW ALL IN TABLESPACE pg_default SET TABLESPACE small');
		my $yesterday = board();

		new_month();
		# Symbols of no sector, that the first step needs room for.
		$node->safe_psql('postgres',
			q{INSERT INTO price SELECT 'other ' || i, max(at), i
				FROM price, generate_series(1, 2000) AS i GROUP BY i});
		$refresh++;
		fill("$disk/fill");
		my ($status, undef, $told) = $node->psql('postgres', "CALL bubble_refresh('public')");
		is($status, 0, "$name: the refresh goes through its steps") or diag($told);
		is_deeply(board(), $yesterday, "$name: the board of yesterday is there");
		like(log_of($refresh, 'prices'), qr/^53100 .*No space left on device/,
			"$name: the log tells");
		unlink "$disk/fill";
		next_refresh($name, $yesterday);
		$node->safe_psql('postgres',
			'ALTER MATERIALIZED VIEW ALL IN TABLESPACE small SET TABLESPACE pg_default');
		$node->safe_psql('postgres', 'DROP TABLESPACE small');
	}
	return;
}

# Writes until nothing more can be written.
sub fill
{
	my ($file) = @_;

	open(my $out, '>', $file) or die "$file: $!";
	1 while syswrite($out, "\0" x 8192);
	close($out);
	return;
}
