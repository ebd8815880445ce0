# Values of bubble_series and drawdown_summary go to other servers: replicated,
# and fetched by postgres_fdw, which also has them computed there.
use strict;
use warnings;

use FindBin;
use lib $FindBin::RealBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use StoredValues;
use Test::More;

my $node = start_node('publisher', allows_streaming => 'logical');
kept($node);

# --- logical replication ---

my $subscriber = start_node('subscriber');
$node->safe_psql('postgres', 'CREATE PUBLICATION kept FOR TABLE kept');
my %binary = (as_text => 'false', as_binary => 'true');
foreach my $name (sort keys %binary)
{
	my $publisher = $node->connstr . ' dbname=postgres';

	$subscriber->safe_psql('postgres', "CREATE DATABASE $name");
	$subscriber->safe_psql($name, <<"SQL");
CREATE EXTENSION bubble;
CREATE TABLE kept (id int PRIMARY KEY, label text, s bubble_series, d drawdown_summary);
SQL
	$subscriber->safe_psql($name,
		"CREATE SUBSCRIPTION $name CONNECTION '$publisher' PUBLICATION kept
		 WITH (binary = $binary{$name})");
}
foreach my $name (sort keys %binary)
{
	$subscriber->poll_query_until($name,
		"SELECT count(*) = 1 FROM pg_subscription_rel WHERE srsubstate IN ('r', 's')")
	  or die "$name does not receive the table";
	same($node, $subscriber, $name, 'kept', "replicated $name: rows that were there");
}

# One row whose values come again, one whose long values stay as they are and
# are not sent, and new ones.
$node->safe_psql('postgres', <<'SQL');
UPDATE kept SET d = (SELECT rollup(d) FROM kept WHERE id IN (1, 5)), s = (SELECT s FROM kept
	WHERE id = 1) WHERE id = 3;
UPDATE kept SET label = 'still long' WHERE id = 7;
INSERT INTO kept SELECT id + 10, label, s, d FROM kept;
DELETE FROM kept WHERE id = 2;
SQL
foreach my $name (sort keys %binary)
{
	$node->wait_for_catchup($name);
	same($node, $subscriber, $name, 'kept', "replicated $name: rows that came");
	$subscriber->safe_psql($name, "DROP SUBSCRIPTION $name");
}
$subscriber->stop;

# --- postgres_fdw ---

SKIP:
{
	skip 'no postgres_fdw here', 5
	  unless $node->safe_psql('postgres',
		"SELECT 1 FROM pg_available_extensions WHERE name = 'postgres_fdw'");

	my ($host, $port) = ($node->host, $node->port);
	$node->safe_psql('postgres', <<"SQL");
CREATE TABLE quote AS
SELECT i % 5 AS symbol, day, close FROM price;
CREATE EXTENSION postgres_fdw;
CREATE SERVER loopback FOREIGN DATA WRAPPER postgres_fdw
	OPTIONS (host '$host', port '$port', dbname 'postgres', extensions 'bubble');
CREATE USER MAPPING FOR CURRENT_USER SERVER loopback;
CREATE FOREIGN TABLE far_quote (symbol int, day date, close double precision)
	SERVER loopback OPTIONS (table_name 'quote');
CREATE FOREIGN TABLE far_kept (id int, label text, s bubble_series, d drawdown_summary)
	SERVER loopback OPTIONS (table_name 'kept');
SQL
	foreach my $aggregate ('max_drawdown(close, day)', 'drawdown_summary(close, day)')
	{
		my $query = "SELECT symbol, $aggregate FROM far_quote GROUP BY symbol";

		like(
			$node->safe_psql('postgres', "EXPLAIN (VERBOSE, COSTS OFF) $query"),
			qr/Remote SQL: SELECT symbol, \S*\Q$aggregate\E FROM .* GROUP BY/,
			"$aggregate is computed by the server that has the rows");
		is( $node->safe_psql('postgres', "$query ORDER BY symbol"),
			$node->safe_psql('postgres', "$query ORDER BY symbol"
				  =~ s/far_quote/quote/r),
			'and is what it is there');
	}
	same($node, $node, 'postgres', 'far_kept', 'values come from another server');
}

$node->stop;
done_testing();
