# 032_bi_tool.pl - a BI tool on the board: SQLPad opens a saved query, draws its
# chart in a browser, and every point is where its score is. BUBBLE_BROWSER is a
# folder with the packages of test/browser.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::RealBin/../browser";
use Board;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $why = why_no_browser($ENV{BUBBLE_BROWSER});
plan skip_all => $why if $why;
plan skip_all => 'SQLPad is not there (npm)' unless -d "$ENV{BUBBLE_BROWSER}/node_modules/sqlpad";

my $node = board('bi_tool');
my $query = q{SELECT at AS month, score FROM demo.scoreboard
WHERE sector = 'NASDAQ' AND at BETWEEN '1995-01-01' AND '2003-12-31' ORDER BY at};
my $rows = $node->safe_psql('postgres', "COPY ($query) TO STDOUT (FORMAT csv)");

browser($rows, 'sqlpad.js', PostgreSQL::Test::Cluster::get_free_port(),
	PostgreSQL::Test::Utils::tempdir(), $query);

$node->stop;
done_testing();
