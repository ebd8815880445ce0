# Drivers of other languages: what arrives is what README.md says, in natural
# types: rows taken apart, episodes through unnest(), arrays, dates, counts.
# Each program of test/clients prints a line a check; where its language or its
# driver is not there it is skipped.
use strict;
use warnings;
use FindBin;
use IPC::Run qw(run);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $clients = "$FindBin::RealBin/../clients";
my $jars = '/usr/share/java/postgresql.jar';

my $node = PostgreSQL::Test::Cluster->new('clients');
$node->init(extra => [ '--locale=C', '--encoding=UTF8' ]);
# JDBC knows no sockets of Unix.
$node->append_conf('postgresql.conf', "listen_addresses = '127.0.0.1'\ntimezone = 'UTC'\n");
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION bubble');
$node->safe_psql('postgres', slurp_file("$clients/tables.sql"));

local $ENV{PGHOST} = $node->host;
local $ENV{PGPORT} = $node->port;
local $ENV{PGDATABASE} = 'postgres';
local $ENV{PGUSER} = $ENV{PGUSER} || scalar getpwuid($<);
local $ENV{PYTHONIOENCODING} = 'utf-8';
local $ENV{PYTHONDONTWRITEBYTECODE} = 1;
# Debian's own packages for node, and any that the caller has.
local $ENV{NODE_PATH} = join ':', grep { $_ } $ENV{NODE_PATH}, '/usr/share/nodejs';
# Debian's drivers are those of its own Python.
my $python = -x '/usr/bin/python3' ? '/usr/bin/python3' : 'python3';

check_client($_, [ $python, "$clients/client.py", $_ ]) foreach qw(psycopg2 psycopg);
check_client('node-postgres', [ 'node', "$clients/client.js" ]);
check_client('JDBC', [ 'java', '-cp', $ENV{CLASSPATH} || $jars, "$clients/Client.java" ], 'javac');

$node->stop;
done_testing();

sub is_there
{
	my ($program) = @_;

	return grep { -x "$_/$program" } $program =~ m{^/} ? '' : split /:/, $ENV{PATH};
}

# Runs a client, if what it is written in is there.
sub check_client
{
	my ($driver, $command, @needed) = @_;

	foreach my $program ($command->[0], @needed)
	{
		next if is_there($program);
		skipped("$driver: $program is not there");
		return;
	}
	my ($out, $error) = ('', '');
	run($command, '>', \$out, '2>', \$error);
	my $status = $? >> 8;
	if ($status == 77)
	{
		skipped("$driver is not there");
		return;
	}
	my @checks = grep { /^(?:not )?ok - / } split /\n/, $out;
	foreach (@checks)
	{
		my ($not, $what) = /^(not )?ok - (.*)/;

		ok(!$not, "$driver: $what");
	}
	ok(@checks > 0 && $status == 0, "$driver came to its end")
	  or diag("$out$error");
	return;
}

sub skipped
{
	my ($why) = @_;

  SKIP:
	{
		skip $why, 1;
	}
	return;
}
