# Values of bubble_series and drawdown_summary of every kind in the table
# "kept", for the tests of what outlives the statement that made them; and a
# database of test/lasting.sql, in which all lasts that can be made of bubble.
package StoredValues;
use strict;
use warnings;

use Exporter 'import';
use FindBin;
use PostgreSQL::Test::Cluster;
use Test::More;

our @EXPORT = qw(start_node kept same lasting same_answers);

# A server whose settings do not matter to how values are written.
sub start_node
{
	my ($name, @options) = @_;
	my $node = PostgreSQL::Test::Cluster->new($name);

	$node->init(extra => ['--encoding=UTF8'], @options);
	$node->append_conf('postgresql.conf',
		"timezone = 'UTC'\ndatestyle = 'ISO, MDY'\njit = off\n");
	$node->start;
	$node->safe_psql('postgres', 'CREATE EXTENSION bubble');
	return $node;
}

# Days and times; many rows, one, ties, returns, the first time and the last;
# what a rollup made, and nothing; made of the table "price".
sub kept
{
	my ($node) = @_;

	$node->safe_psql('postgres', <<'SQL');
CREATE TABLE kept (
	id int PRIMARY KEY,
	label text,
	s bubble_series,
	d drawdown_summary
);
CREATE TABLE price AS
SELECT i, date '2000-01-01' + i + i / 5 * 2 AS day,
	timestamptz '2000-01-01' + i * i * interval '1.000001 seconds' AS ts,
	exp(sum(0.05 * sin(7919.0 + i * i)) OVER (ORDER BY i)) AS close
FROM generate_series(1, 5000) AS i;
INSERT INTO kept
SELECT 1, 'days', bubble_series(close, day), drawdown_summary(close, day) FROM price WHERE i <= 300
UNION ALL
SELECT 2, 'times', bubble_series(close, ts), drawdown_summary(close, ts) FROM price WHERE i <= 300
UNION ALL
SELECT 3, 'one day', bubble_series(0.1, date '2000-01-01'), drawdown_summary(0.1, date '2000-01-01')
UNION ALL
SELECT 4, 'one time', bubble_series(1e-300, '1999-12-31 23:59:59.999999+00'::timestamptz),
	drawdown_summary(1e300, '1999-12-31 23:59:59.999999+00'::timestamptz)
UNION ALL
SELECT 5, 'ties', bubble_series(i % 7 + 1, date '2000-01-01' + i / 50), drawdown_summary(i % 7 + 1,
	date '2000-01-01' + i / 50)
FROM price WHERE i <= 200
UNION ALL
SELECT 6, 'the ends of time', bubble_series(x, t), drawdown_summary(abs(x), t)
FROM (VALUES (-0.5, timestamptz '4713-01-01 00:00Z BC'), (0.25,
	'294276-12-31 23:59:59.999999Z')) AS v (x, t)
UNION ALL
SELECT 7, 'long', bubble_series(close, day), drawdown_summary(close, day) FROM price
UNION ALL
SELECT 8, 'rolled up', rollup(s), rollup(d)
FROM (SELECT bubble_series(close, ts) AS s, drawdown_summary(close, ts) AS d FROM price
	GROUP BY i % 10) AS parts
UNION ALL
SELECT 9, 'none', NULL, NULL;
SQL
	return;
}

# A table of both types as text, and as what it says.
sub contents
{
	my ($server, $database, $table) = @_;

	return $server->safe_psql($database,
		"SELECT id, label, s, d, max_drawdown_episode(d), observations(s),
			CASE WHEN label <> 'the ends of time' THEN max_drawdown(s) END
		 FROM $table ORDER BY id");
}

# Is a table somewhere what "kept" is on the node?  Of rows that differ the
# ends are shown: long values would flood the log.
sub same
{
	my ($node, $server, $database, $table, $name) = @_;
	my @expected = split /\n/, contents($node, 'postgres', 'kept');
	my @got = split /\n/, contents($server, $database, $table);
	my @differing = grep { ($expected[$_] // '') ne ($got[$_] // '') }
	  0 .. (@expected > @got ? $#expected : $#got);

	ok(!@differing, $name)
	  or diag(map { shown('expected', $expected[$_]), shown('got', $got[$_]) }
		  @differing);
	return;
}

# Runs test/lasting.sql, lasting_answers.sql or lasting_changes.sql.
sub lasting
{
	my ($node, $database, $script, $home) = @_;

	return $node->safe_psql($database, "\\i $FindBin::RealBin/../$script.sql",
		extra_params => [ '-v', 'home=' . ($home // 'analytics'), '-v', 'board=board' ]);
}

# Two answers of lasting_answers.sql; what was logged later may be left out.
sub same_answers
{
	my ($expected, $got, $name, $left_out) = @_;
	my (%before, %after);

	$before{$_}++ foreach split /\n/, $expected;
	$after{$_}++ foreach split /\n/, $got;
	my @differing = map { ($before{$_} // 0) == ($after{$_} // 0) ? ()
		  : ($before{$_} // 0) > ($after{$_} // 0) ? "lost: $_" : "new: $_" }
	  sort keys %{ { %before, %after } };
	@differing = grep { !/$left_out/ } @differing if $left_out;
	ok(%before && !@differing, $name)
	  or diag(join("\n", grep { defined } @differing[ 0 .. 19 ]));
	return;
}

sub shown
{
	my ($what, $row) = @_;

	return "$what: no row\n" unless defined $row;
	return sprintf("%s: %s\n", $what, length $row < 200 ? $row
		: substr($row, 0, 100) . ' ... ' . substr($row, -100));
}

1;
