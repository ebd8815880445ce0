# Some random queries over every function of the extension (test/random runs as
# many as one likes, with assertions).
use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use RandomQueries;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init(extra => [ '--encoding=UTF8', '--locale=C' ]);
$node->append_conf('postgresql.conf', "datestyle = 'ISO, MDY'\njit = off\n");
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION bubble');

local $ENV{PGHOST} = $node->host;
local $ENV{PGPORT} = $node->port;
local $ENV{PGDATABASE} = 'postgres';
my %result = random_queries(psql => ['psql'], statements => 3000, seed => 1, boards => 0.1);

is(join("\n", @{ $result{faults} }), '', 'no faults');
cmp_ok($result{statements}, '>=', 3000, "$result{statements} statements in $result{cases} cases");
cmp_ok($result{errors}, '<', 0.5 * $result{statements},
	"$result{errors} errors that users are told");
unlike(slurp_file($node->logfile), qr/terminated by signal|TRAP:|PANIC:/, 'no crash');

$node->stop;
done_testing();
