# Clients may send any bytes as a bubble_series or a drawdown_summary: what is
# no value is refused with an error that blames the bytes, what is one works.
use strict;
use warnings;

use FindBin;
use lib $FindBin::RealBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use StoredValues;
use Test::More;

my $node = start_node('received');
kept($node);

# --- binary values from anyone ---

# A client may send any bytes as a value.  Each is in a file of its own, in
# the binary format of COPY, together with a number.  Every file is loaded or
# fails with an error that blames the bytes; all in one session.
my $files = $node->basedir . '/binary';
mkdir $files or die "$files: $!";
my @sent;
my $rejected_count = 0;

sub send_bytes
{
	my ($type, $bytes, $name) = @_;
	my $number = push @sent, { type => $type, name => $name };

	open(my $out, '>:raw', "$files/$number") or die "$files/$number: $!";
	print $out "PGCOPY\n\xff\r\n\0", pack('N N', 0, 0),
	  pack('n N N N/a* n', 2, 4, $number, $bytes, 0xffff);
	close($out) or die "$files/$number: $!";
	return $number;
}

sub load_sent
{
	my ($from) = @_;
	my $to = @sent;
	my %last = (type => '');
	my $calls = '';

	foreach my $number ($from .. $to)
	{
		my $type = $sent[ $number - 1 ]{type};
		if ($type eq $last{type})
		{
			$last{to} = $number;
			next;
		}
		$calls .= "CALL receive('$last{type}', $last{from}, $last{to});\n"
		  if $last{type};
		%last = (type => $type, from => $number, to => $number);
	}
	$calls .= "CALL receive('$last{type}', $last{from}, $last{to});\n";
	return $node->safe_psql('postgres',
		"SELECT pg_backend_pid();\n${calls}SELECT pg_backend_pid();");
}

$node->safe_psql('postgres', <<"SQL");
CREATE TABLE received_bubble_series (number int, v bubble_series);
CREATE TABLE received_drawdown_summary (number int, v drawdown_summary);
CREATE TABLE rejected (number int, state text, message text, detail text);
CREATE PROCEDURE receive(type text, first int, last int) LANGUAGE plpgsql AS
\$\$
DECLARE
	message text;
	detail text;
BEGIN
	FOR number IN first .. last LOOP
		BEGIN
			EXECUTE format('COPY received_%s FROM %L (FORMAT binary)', type, '$files/' || number);
		EXCEPTION WHEN OTHERS THEN
			GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL;
			INSERT INTO rejected VALUES (number, SQLSTATE, message, detail);
		END;
	END LOOP;
END
\$\$;
SQL

my $day = 86_400_000_000;
my $end = 9_223_371_331_200_000_000;    # the first time that is none
my $begin = -211_813_488_000_000_000;
my $nan = unpack('d>', pack('H*', '7ff8000000000000'));
my $infinity = 9**9**9;

# The binary form, see series_sql.c: kind 0 are dates.
sub series
{
	my ($kind, $values, $times, %other) = @_;

	return pack('C C q>', $other{version} // 1, $kind, 
		$other{length} // scalar @$values)
	  . pack('(d>)*', @$values)
	  . pack('(q>)*', @$times);
}

# The binary form, see summary_type.c; rows are pairs of time and price.
sub summary
{
	my ($kind, $peaks, $troughs, $times, %other) = @_;

	return pack('C C N N N',
		$other{version} // 1, $kind,
		$other{peaks} // scalar @$peaks,
		$other{troughs} // scalar @$troughs,
		$other{packed} // length $times)
	  . join('', map { pack('q> d>', @$_) } @$peaks, @$troughs)
	  . $times;
}

# A packed run of steps, see time_set_state.h: units are us, ms, s, min, h, d.
sub run
{
	my ($number, $unit, $repeats) = @_;
	my $more = $number >> 3;
	my $run = pack 'C', ($more ? 128 : 0) | ($number & 7) << 4 | $unit << 1
	  | defined $repeats;

	$run .= number($more) if $more;
	$run .= number($repeats) if defined $repeats;
	return $run;
}

sub number
{
	my ($number) = @_;
	my $bytes = '';

	for (; $number > 127; $number >>= 7)
	{
		$bytes .= pack 'C', 128 | $number & 127;
	}
	return $bytes . pack 'C', $number;
}

my $row = [ [ 0, 1 ] ];
my @risen = ([ [ 0, 1 ], [ $day, 2 ] ], [ [ 0, 1 ], [ $day, 2 ] ]);
my @fallen = ([ [ 0, 2 ] ], [ [ 2 * $day, 1 ] ]);
my $order = qr/not in order/;
my $range = qr/out of range/;
my $rows_fit = qr/number of rows does not fit/;
my $short = qr/insufficient data left/;
my $ascend = qr/must ascend/;
my $unread = qr/times cannot be read/;
my $positive = qr/price must be finite and not negative/;
my $long = qr/incorrect binary data format/;

# type, name, bytes, and what happens: an error, or the text of the value
my @made = (
	[ 's', 'a series', series(0, [ 1, 2 ], [ 0, $day ]), 'date{2000-01-01=1,2000-01-02=2}' ],
	[ 's', 'any finite value', series(1, [ 0, -1, 2 ], [ 0, 1, 1 ]),
		'timestamptz{2000-01-01 00:00:00+00=0,2000-01-01 00:00:00.000001+00=-1,'
		  . '2000-01-01 00:00:00.000001+00=2}' ],
	[ 's', 'the same row twice', series(0, [ 1, 1 ], [ 0, 0 ]), 'date{2000-01-01=1,2000-01-01=1}' ],
	[ 's', 'the ends of time', series(1, [ 1, 2 ], [ $begin, $end - 1 ]),
		'timestamptz{4714-11-24 00:00:00+00 BC=1,294276-12-31 23:59:59.999999+00=2}' ],
	[ 's', 'nothing', '', qr/no data left/ ],
	[ 's', 'an old version', series(0, [1], [0], version => 0), qr/version/ ],
	[ 's', 'a new version', series(0, [1], [0], version => 2), qr/version/ ],
	[ 's', 'an unknown kind', series(2, [1], [0]), qr/kind of time/ ],
	[ 's', 'no rows', series(0, [], []), $rows_fit ],
	[ 's', 'fewer than no rows', series(0, [1], [0], length => -1), $rows_fit ],
	[ 's', 'the most rows', series(0, [1], [0], length => 2**62), $rows_fit ],
	[ 's', 'rows whose size overflows', series(0, [1], [0], length => 2**60 + 1), $rows_fit ],
	[ 's', 'a row too few', series(0, [1], [0], length => 2), $rows_fit ],
	[ 's', 'a row too many', series(0, [ 1, 0 ], [ 0, 0 ], length => 1), $long ],
	[ 's', 'a NaN', series(0, [$nan], [0]), qr/must be finite/ ],
	[ 's', 'an infinite value', series(0, [ 1, $infinity ], [ 0, 0 ]), qr/must be finite/ ],
	[ 's', 'a value less than all', series(0, [ -$infinity, 1 ], [ 0, 0 ]), qr/must be finite/ ],
	[ 's', 'times not in order', series(0, [ 1, 2 ], [ $day, 0 ]), $order ],
	[ 's', 'ties not in order', series(0, [ 2, 1 ], [ 0, 0 ]), $order ],
	[ 's', 'a date at noon', series(0, [1], [ $day / 2 ]), $range ],
	[ 's', 'a time too late', series(1, [1], [$end]), $range ],
	[ 's', 'a time too early', series(1, [1], [ $begin - 1 ]), $range ],
	[ 's', 'an infinite time', series(1, [1], [9_223_372_036_854_775_807]), $range ],
	[ 's', 'a time before all', series(1, [1], [ -9_223_372_036_854_775_807 - 1 ]), $range ],

	[ 'd', 'a summary', summary(0, @risen, run(1, 5)),
		'date{2000-01-01,1d;2000-01-01=1,2000-01-02=2;2000-01-01=1,2000-01-02=2}' ],
	[ 'd', 'a row between', summary(0, @fallen, run(1, 5, 2)),
		'date{2000-01-01,1d*2;2000-01-01=2;2000-01-03=1}' ],
	[ 'd', 'a run in pieces', summary(0, @fallen, run(1, 5) . run(1, 5)),
		'date{2000-01-01,1d*2;2000-01-01=2;2000-01-03=1}' ],
	[ 'd', 'a run in another unit', summary(0, @fallen, run(24, 4) . run(86400, 2, 1)),
		'date{2000-01-01,1d*2;2000-01-01=2;2000-01-03=1}' ],
	[ 'd', 'a run in more bytes than needed', summary(0, @fallen, "\x9a\x80\x80\x00"
		. "\x1b\x81\x00"),
		'date{2000-01-01,1d*2;2000-01-01=2;2000-01-03=1}' ],
	[ 'd', 'one row as often as can be', summary(0, $row, $row, run(0, 0, (1 << 62) - 1)),
		'date{2000-01-01,0us*4611686018427387903;2000-01-01=1;2000-01-01=1}' ],
	[ 'd', 'nothing', '', qr/no data left/ ],
	[ 'd', 'an old version', summary(0, $row, $row, '', version => 0), qr/version/ ],
	[ 'd', 'a new version', summary(0, $row, $row, '', version => 2), qr/version/ ],
	[ 'd', 'an unknown kind', summary(2, $row, $row, ''), qr/kind of time/ ],
	[ 'd', 'no peaks', summary(0, [], $row, ''), $unread ],
	[ 'd', 'no troughs', summary(0, $row, [], ''), qr/no rows/ ],
	[ 'd', 'the most peaks', summary(0, $row, $row, '', peaks => 0xffffffff), $rows_fit ],
	[ 'd', 'the most troughs', summary(0, $row, $row, '', troughs => 0xffffffff), $rows_fit ],
	[ 'd', 'the most times', summary(0, $row, $row, '', packed => 0xffffffff), $unread ],
	[ 'd', 'counts that fit together only', summary(0, $row, $row, '', peaks => 2, troughs => 1),
		$rows_fit ],
	[ 'd', 'a byte of times too few', summary(0, $row, $row, '', packed => 1), $unread ],
	[ 'd', 'a byte of times too many', summary(0, $row, $row, 'x', packed => 0), $long ],
	[ 'd', 'a NaN', summary(0, [ [ 0, $nan ] ], [ [ 0, $nan ] ], ''), $positive ],
	[ 'd', 'an infinite price', summary(0, [ [ 0, $infinity ] ], [ [ 0, $infinity ] ], ''),
		$positive ],
	[ 'd', 'a price of zero', summary(0, [ [ 0, 0 ] ], [ [ 0, 0 ] ], ''),
		'date{2000-01-01;2000-01-01=0;2000-01-01=0}' ],
	[ 'd', 'a zero with a sign', summary(0, [ [ 0, -0.0 ] ], [ [ 0, unpack('d>', pack('H*',
		'8000000000000000')) ] ], ''),
		'date{2000-01-01;2000-01-01=0;2000-01-01=0}' ],
	[ 'd', 'a negative price', summary(0, [ [ 0, -1 ] ], [ [ 0, -1 ] ], ''), $positive ],
	[ 'd', 'a NaN among the troughs', summary(0, $row, [ [ 0, $nan ] ], ''), $positive ],
	[ 'd', 'peaks that descend', summary(0, [ [ 0, 2 ], [ $day, 1 ] ], [ [ $day, 1 ] ], run(1, 5)),
		$ascend ],
	[ 'd', 'peaks that go back in time', summary(0, [ [ $day, 1 ], [ 0, 2 ] ], $row, run(1, 5)),
		$ascend ],
	[ 'd', 'troughs that descend', summary(0, [ [ 0, 2 ] ], [ [ 0, 2 ], [ $day, 1 ] ], run(1, 5)),
		$ascend ],
	[ 'd', 'a peak twice', summary(0, [ [ 0, 1 ], [ 0, 1 ] ], $row, run(0, 0)), $ascend ],
	[ 'd', 'a trough above the peak', summary(0, $row, [ [ $day, 2 ] ], run(1, 5)),
		qr/one price history/ ],
	[ 'd', 'a trough before the peak', summary(0, [ [ $day, 1 ] ], $row, ''),
		qr/one price history/ ],
	[ 'd', 'a peak at noon', summary(0, [ [ $day / 2, 1 ] ], $row, ''), $unread ],
	[ 'd', 'a peak too late', summary(1, [ [ $end, 1 ] ], [ [ $end, 1 ] ], ''), $unread ],
	[ 'd', 'a trough too late', summary(1, $row, [ [ $end, 1 ] ], ''), $range ],
	[ 'd', 'a trough too early', summary(1, $row, [ [ $begin - 1, 1 ] ], ''), $range ],
	[ 'd', 'a step that is no day', summary(0, @risen, run(12, 4, 2)), $unread ],
	[ 'd', 'steps beyond the end of time', summary(0, @risen, run(1, 5, 2**40)), $unread ],
	[ 'd', 'a step as long as can be', summary(1, @risen, run(2**63 - 1, 0)), $unread ],
	[ 'd', 'a step that overflows', summary(1, @risen, run(2**62, 5)), $unread ],
	[ 'd', 'unit 6', summary(0, @risen, "\x1c"), $unread ],
	[ 'd', 'unit 7', summary(0, @risen, "\x1e"), $unread ],
	[ 'd', 'a step that repeats zero times', summary(0, @risen, "\x1b\x00"), $unread ],
	[ 'd', 'a number without an end', summary(0, @risen, "\x9a" . "\x80" x 9), $unread ],
	[ 'd', 'a number of 65 bits', summary(0, @risen, "\x9a" . "\xff" x 9 . "\x03"), $unread ],
	[ 'd', 'a number that the low bits push over', summary(0, @risen, "\x9a" . "\xff" x 8 . "\x7f"),
		$unread ],
	[ 'd', 'repeats beyond counting', summary(0, $row, $row, "\x01" . "\xff" x 9 . "\x01"),
		$unread ],
	[ 'd', 'rows beyond counting', summary(0, $row, $row, run(0, 0, 2**62)), qr/too many rows/ ],
	[ 'd', 'rows beyond counting in two runs', summary(0, $row, $row, run(0, 0, 2**61) x 2),
		qr/too many rows/ ],
	[ 'd', 'no number of repeats', summary(0, @risen, "\x1b"), $unread ],
	[ 'd', 'a time too few', summary(0, @risen, ''), qr/time of a peak or trough is missing/ ],
	[ 'd', 'a time too many', summary(0, @risen, run(1, 5, 2)), qr/after the last trough/ ],
	[ 'd', 'a time where no price can be', summary(0, [ [ 0, 1 ], [ 2 * $day, 1 ] ],
		[ [ 0, 1 ], [ 2 * $day, 1 ] ], run(1, 5, 2)), qr/no price can be/ ]);

my %type = (s => 'bubble_series', d => 'drawdown_summary');
send_bytes($type{ $_->[0] }, $_->[2], $_->[1]) foreach @made;
load_sent(1);
foreach my $number (1 .. @made)
{
	my ($type, $name, undef, $expected) = @{ $made[ $number - 1 ] };
	my $got = $node->safe_psql('postgres',
		"SELECT v FROM received_$type{$type} WHERE number = $number
		 UNION ALL SELECT concat_ws(' ', 'ERROR', state, message, detail) FROM rejected
			WHERE number = $number"
		  =~ s/SELECT v/SELECT v::text/r);

	if (ref $expected)
	{
		like($got, qr/^ERROR.*$expected/, "$type{$type}: $name is refused");
	}
	else
	{
		is($got, $expected, "$type{$type}: $name is read");
	}
}

# Values as they are sent, damaged in every way that a few bytes can be.
srand(7);
$node->safe_psql('postgres', <<'SQL');
CREATE TABLE valid AS
SELECT bubble_series(close, day) AS s_day, bubble_series(close, ts) AS s_time,
	drawdown_summary(close, day) AS d_day, drawdown_summary(close, ts) AS d_time
FROM price WHERE i BETWEEN 2 AND 12;
SQL
my %damaged;
my $damaged_from = @sent + 1;
foreach my $column ('s_day', 's_time', 'd_day', 'd_time')
{
	my $type = $type{ substr($column, 0, 1) };
	my $send = $type eq 'bubble_series' ? 'bubble_series_send' : 'drawdown_summary_send';
	my $valid = pack 'H*',
	  $node->safe_psql('postgres', "SELECT encode($send($column), 'hex') FROM valid");
	my $length = length $valid;

	send_bytes($type, $valid, 'whole');
	send_bytes($type, substr($valid, 0, $_), 'cut') foreach 0 .. $length - 1;
	send_bytes($type, $valid . random_bytes($_), 'longer') foreach 1 .. 20;
	foreach my $place (0 .. $length - 1)
	{
		my $byte = ord substr($valid, $place, 1);
		foreach my $other (0x00, 0xff, 0x7f, 0x80, ($byte + 1) & 255, $byte ^ 8)
		{
			next if $other == $byte;
			my $bytes = $valid;
			substr($bytes, $place, 1) = chr $other;
			send_bytes($type, $bytes, 'byte');
		}
	}
	foreach (1 .. 200)
	{
		my $bytes = $valid;
		substr($bytes, int rand $length, 1) = random_bytes(1)
		  foreach 0 .. int rand 3;
		send_bytes($type, $bytes, 'bytes');
		send_bytes($type, random_bytes(int rand 100), 'soup');
		send_bytes($type,
			substr($valid, 0, 14) . random_bytes($length - 14), 'soup');
	}
}

sub random_bytes
{
	my ($count) = @_;

	return join '', map { chr int rand 256 } 1 .. $count;
}

my ($pid_before, $pid_after) = split /\n/, load_sent($damaged_from);
is($pid_after, $pid_before, 'one session has received all damaged values');
my $damaged_count = @sent - $damaged_from + 1;
my $refused_count = $node->safe_psql('postgres',
	"SELECT count(*) FROM rejected WHERE number >= $damaged_from");
my $read_count = $node->safe_psql('postgres',
	"SELECT (SELECT count(*) FROM received_bubble_series WHERE number >= $damaged_from)
		+ (SELECT count(*) FROM received_drawdown_summary WHERE number >= $damaged_from)");
note("$damaged_count damaged values: $refused_count refused, $read_count read");
is($refused_count + $read_count, $damaged_count,
	'each was either refused or read');
cmp_ok($refused_count, '>', 2000, 'most are refused');
cmp_ok($read_count, '>', 500, 'some cannot be told from whole ones');
is( $node->safe_psql('postgres',
		"SELECT string_agg(DISTINCT state, ' ' ORDER BY state) FROM rejected"),
	'08P01 22003 22P03 54000',
	'no refusal is an internal error');

# What is read is a value like any other.
is( $node->safe_psql('postgres', <<'SQL'), '', 'a bubble_series that was read is sound');
SELECT number, v, sound, outside
FROM received_bubble_series,
	(SELECT s_day, s_time FROM valid) AS w,
	LATERAL (SELECT min(u.value) > 0 AS are_prices, count(*) AS rows,
			min(u.at) FILTER (WHERE (u.at BETWEEN first_at(v) AND last_at(v)) IS NOT TRUE)
				AS outside
		FROM unnest(v) AS u) AS x,
	LATERAL (SELECT v::text::bubble_series AS again) AS y,
	LATERAL (SELECT ARRAY[
		again::text = v::text AND again = v,
		bubble_series_send(again) = bubble_series_send(v),
		rows > 0 AND rows = observations(v),
		outside IS NULL,
		CASE WHEN are_prices THEN max_drawdown(v) BETWEEN 0 AND 1 AND drawdown(v) BETWEEN 0
			AND max_drawdown(v)
			AND max_drawdown(v) = max_drawdown(again) AND ulcer_index(v) = ulcer_index(again)
			AND cardinality(drawdown_episodes(v)) <= rows ELSE true END,
		(SELECT observations(rollup(part)) FROM unnest(ARRAY[v,
			CASE WHEN v::text LIKE 'date%' THEN s_day ELSE s_time END]) AS part) = rows + 11
		] AS sound) AS z
WHERE false = ANY (sound) OR array_position(sound, NULL) IS NOT NULL;
SQL
is( $node->safe_psql('postgres', <<'SQL'), '', 'a drawdown_summary that was read is sound');
SELECT number, v, sound
FROM received_drawdown_summary,
	(SELECT d_day, d_time FROM valid) AS w,
	LATERAL (SELECT v::text::drawdown_summary AS again, max_drawdown_episode(v) AS e,
		coalesce(max_drawdown(v), 0) AS lost) AS y,
	LATERAL (SELECT ARRAY[
		again::text = v::text AND again = v
			AND drawdown_summary_send(again) = drawdown_summary_send(v),
		observations(v) > 0 AND observations(again) = observations(v),
		first_at(v) <= last_at(v),
		lost BETWEEN 0 AND 1,
		coalesce(drawdown(v), 0) BETWEEN 0 AND lost,
		coalesce(max_drawdown(again), 0) = lost,
		CASE WHEN e IS NULL THEN lost = 0
			ELSE (e).depth = max_drawdown(v) AND (e).observations BETWEEN 2 AND observations(v) END,
		observations(v) > 4611686018427387904 - 11 OR
		(SELECT observations(rollup(part)) = observations(v)::numeric + 11
				AND max_drawdown(rollup(part)) >= lost
			FROM unnest(ARRAY[v,
				CASE WHEN v::text LIKE 'date%' THEN d_day ELSE d_time END]) AS part)
		] AS sound) AS z
WHERE false = ANY (sound) OR array_position(sound, NULL) IS NOT NULL;
SQL
unlike(slurp_file($node->logfile), qr/terminated by signal|PANIC|TRAP:/,
	'no process has crashed');

$node->stop;
done_testing();
