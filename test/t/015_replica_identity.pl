# Logical replication of tables without a key: the subscriber finds the row to
# change by comparing all columns, those of our types included.
use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $conf = "timezone = 'UTC'\ndatestyle = 'ISO, MDY'\njit = off\n";

sub start_node
{
	my ($name, @options) = @_;
	my $node = PostgreSQL::Test::Cluster->new($name);

	$node->init(extra => ['--encoding=UTF8'], @options);
	$node->append_conf('postgresql.conf', $conf);
	$node->start;
	$node->safe_psql('postgres', <<'SQL');
CREATE EXTENSION bubble;
CREATE TABLE history (label text, s bubble_series, d drawdown_summary);
ALTER TABLE history REPLICA IDENTITY FULL;
SQL
	return $node;
}

my $publisher = start_node('publisher', allows_streaming => 'logical');
my $subscriber = start_node('subscriber');

# Values that differ in one row only, long ones, one that was rolled up, and
# the same row twice.
$publisher->safe_psql('postgres', <<'SQL');
CREATE TABLE price AS
SELECT g, i, date '2000-01-01' + i AS at,
	100 + sin(i * g) + (CASE WHEN i = 900 THEN g ELSE 0 END) AS x
FROM generate_series(1, 3) AS g, generate_series(1, 1000) AS i;
INSERT INTO history SELECT 'long ' || g, bubble_series(x, at), drawdown_summary(x, at) FROM price
	GROUP BY g;
INSERT INTO history SELECT 'rolled up', rollup(s), rollup(d)
FROM (SELECT bubble_series(x, at) AS s, drawdown_summary(x, at) AS d FROM price WHERE g = 1
	GROUP BY i % 7) AS p;
INSERT INTO history VALUES ('twice', 'date{2000-01-01=0}', NULL), ('twice', 'date{2000-01-01=0}',
	NULL);
CREATE PUBLICATION history FOR TABLE history;
SQL
my $connection = $publisher->connstr . ' dbname=postgres';
$subscriber->safe_psql('postgres',
	"CREATE SUBSCRIPTION history CONNECTION '$connection' PUBLICATION history");
$subscriber->poll_query_until('postgres',
	"SELECT count(*) = 1 FROM pg_subscription_rel WHERE srsubstate IN ('r', 's')")
  or die 'the table is not received';

sub same_rows
{
	my ($name) = @_;
	my $query = 'SELECT label, md5(s::text), md5(d::text) FROM history ORDER BY 1, 2, 3';

	is($subscriber->safe_psql('postgres', $query),
		$publisher->safe_psql('postgres', $query), $name);
	return;
}

same_rows('rows that were there');
$publisher->safe_psql('postgres', <<'SQL');
UPDATE history SET label = 'changed' WHERE label = 'long 2';
UPDATE history SET s = (SELECT s FROM history WHERE label = 'long 3') WHERE label = 'rolled up';
UPDATE history SET d = 'date{2000-01-01;2000-01-01=0;2000-01-01=0}' WHERE label = 'twice';
DELETE FROM history WHERE label = 'long 1';
DELETE FROM history WHERE ctid = (SELECT min(ctid) FROM history WHERE label = 'twice');
SQL
$publisher->wait_for_catchup('history');
same_rows('rows that were changed and deleted');
unlike(slurp_file($subscriber->logfile), qr/could not identify an equality operator/,
	'the subscriber could compare all rows');
is($subscriber->safe_psql('postgres', "SELECT count(*) FROM history WHERE label = 'changed'"),
	'1', 'the right row was changed');

$subscriber->safe_psql('postgres', 'DROP SUBSCRIPTION history');
$subscriber->stop;
$publisher->stop;
done_testing();
