# Board.pm - what the tests in a browser share: a server with the board that
# test/demo.sql makes, and programs of this directory, which print a line a
# check.
package Board;

use strict;
use warnings;
use Exporter 'import';
use File::Basename;
use File::Path;
use IPC::Run qw(run);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

our @EXPORT = qw(board browser why_no_browser);

my $here = dirname(__FILE__);

# A server with the board, and the environment that leads to it.
sub board
{
	my ($name) = @_;
	my $node = PostgreSQL::Test::Cluster->new($name);
	my ($out, $error) = ('', '');

	$node->init(extra => [ '--locale=C', '--encoding=UTF8' ]);
	$node->append_conf('postgresql.conf', "timezone = 'UTC'\n");
	$node->start;
	$node->safe_psql('postgres', 'CREATE EXTENSION bubble');
	$ENV{PGHOST} = $node->host;
	$ENV{PGPORT} = $node->port;
	$ENV{PGDATABASE} = 'postgres';
	$ENV{PGUSER} ||= getpwuid($<);
	run(
		[ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-f', 'load.sql', '-f', '../demo.sql' ],
		'>', \$out, '2>', \$error,
		init => sub { chdir "$here/../data" or die $! })
	  or die $error;
	return $node;
}

# What lacks for a browser with the packages of a folder, if anything does.
sub why_no_browser
{
	my ($folder) = @_;

	return 'Node.js is not there' unless grep { -x "$_/node" } split /:/, $ENV{PATH};
	return 'its packages are not there (npm)' unless $folder && -d "$folder/node_modules";
	return 'playwright-core is not there (npm)'
	  unless $ENV{BUBBLE_BROWSER} && -d "$ENV{BUBBLE_BROWSER}/node_modules/playwright-core";
	return 'Chromium is not there'
	  unless grep { -x } $ENV{BUBBLE_CHROMIUM} // (), '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome';
	return;
}

# Runs a program of this directory on some input and takes over its checks.
# Screenshots go to the directory of the test's logs.
sub browser
{
	my ($input, $program, @arguments) = @_;
	my ($out, $error) = ('', '');

	$ENV{NODE_PATH} = "$ENV{BUBBLE_BROWSER}/node_modules";
	$ENV{BUBBLE_SHOTS} = "$PostgreSQL::Test::Utils::log_path/shots";
	mkpath($ENV{BUBBLE_SHOTS});
	my $ended = run([ 'node', "$here/$program", @arguments ], '<', \$input, '>', \$out, '2>', \$error);
	my @checks = grep { /^(?:not )?ok - / } split /\n/, $out;

	foreach (@checks)
	{
		my ($not, $what) = /^(not )?ok - (.*)/;

		ok(!$not, $what);
	}
	ok(@checks > 0 && $ended, "$program came to its end") or diag("$out$error");
	return;
}

1;
