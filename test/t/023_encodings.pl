# Databases in other encodings than UTF8: what is drawn in block characters
# where there are any is drawn in digits elsewhere.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('encodings');
$node->init(extra => [ '--locale=C', '--encoding=UTF8' ]);
$node->start;

my $drawn = "SELECT sparkline(v, date '2020-01-01' + v) || ' '
	|| sparkline(bubble_series(-v, date '2020-01-01' + v)) FROM generate_series(1, 8) AS v";
my $blocks = join '', map { "\xe2\x96" . chr(0x80 + $_) } 1 .. 8;
my $blocks_down = join '', map { "\xe2\x96" . chr(0x80 + $_) } reverse 1 .. 8;

foreach my $encoding (qw(UTF8 LATIN1 WIN1252 SQL_ASCII EUC_JP))
{
	my $database = lc "in_$encoding";

	$node->safe_psql('postgres',
		"CREATE DATABASE $database ENCODING '$encoding' LOCALE 'C' TEMPLATE template0");
	$node->safe_psql($database, 'CREATE EXTENSION bubble');
	is( $node->safe_psql($database, $drawn),
		$encoding eq 'UTF8' ? "$blocks $blocks_down" : '12345678 87654321',
		"a line in $encoding");
}

# What a client cannot show the server says.
my ($status, $out, $error) = $node->psql('in_utf8', "SET client_encoding = 'LATIN1'; $drawn");
isnt($status, 0, 'a client in LATIN1 cannot show blocks');
like($error, qr/has no equivalent in encoding "LATIN1"/, 'and is told');

$node->stop;
done_testing();
