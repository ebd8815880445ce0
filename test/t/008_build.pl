# The Makefile: builds in a directory of their own are whole, and what is
# missing stops make with one line that says so.
use strict;
use warnings;
use File::Find;
use File::Temp qw(tempdir);
use FindBin;
use Test::More;

my $root = "$FindBin::RealBin/../..";
my $pg_config = $ENV{PG_CONFIG} || 'pg_config';
my $make = "make with_llvm=no PG_CONFIG=$pg_config";
my $copy = tempdir(CLEANUP => 1);

delete @ENV{ grep { /^(?:MAKE|MFLAGS|PGXS)/ } keys %ENV };

# A directory where nothing has been built.
system("cp -R $root/src $root/sql $root/expected $root/test $root/Makefile"
	  . " $root/bubble.control $copy") == 0
  or die 'cp failed';
unlink "$copy/bubble.so", files_below("$copy/src", qr/\.(?:o|bc)$/);

# --- in a directory of its own ---

my @sources = map { s/\.c$/.o/r } files_below("$copy/src", qr/\.c$/);

mkdir "$copy/$_" foreach qw(relative absolute);
my $compiled =
  output("cd $copy/absolute && $make -n -f $copy/Makefile");
is_deeply([ sort($compiled =~ /-c -o (\S+)/g) ],
	[ sort map { s{^\Q$copy\E/}{}r } @sources ],
	'make -f /path/Makefile compiles every source');
my ($status, $log) =
  run("cd $copy/relative && $make -s -j2 COPT='-O0 -w' -f ../Makefile");
is($status, 0, 'make -f ../Makefile comes to its end') or diag($log);
is_deeply([ files_below("$copy/relative/src", qr/\.o$/) ],
	[ map { s{^\Q$copy\E/}{$copy/relative/}r } @sources ],
	'every source has its object');
ok(-f "$copy/relative/bubble.so", 'the library is there');
($status, $log) = run(
	"cd $copy/relative && $make install DESTDIR=$copy/stage -f ../Makefile");
is($status, 0, 'make install -f ../Makefile as well') or diag($log);
my %scripts = map { s{.*/}{}r => 1 } glob("$copy/sql/bubble--*.sql"),
  glob("$copy/sql/released/bubble--*.sql");
is_deeply(
	[ map { s{.*/}{}r } files_below("$copy/stage", qr/^[^.]+\.|\./) ],
	[ sort 'bubble.control', 'bubble.so', keys %scripts ],
	'it installs all files');
like(output("cd $copy/relative && $make -n installcheck -f ../Makefile"),
	qr{ln -s \S+/expected expected.*--inputdir=\.\./test .* api }s,
	'make installcheck finds the tests');

open(my $object, '>', "$copy/src/bubble.o") or die;
close($object);
stops('-f ../Makefile', qr/holds a build of its own/, 'absolute');
unlink "$copy/src/bubble.o";

# --- the script that CREATE EXTENSION runs ---

# Alpine's awk is that of busybox, and others have theirs.
my @parts = map { "$copy/sql/$_.sql.in" }
  output("cd $copy && $make -pnq") =~ m{^parts = .*,(begin [\w ]+ end)\)}m
  ? split(' ', $1)
  : ();
cmp_ok(scalar(@parts), '>', 2, 'the files of the topics are known');
my $expand = "-v version=9.9 -f $copy/sql/expand.awk @parts";
my $script = output("awk $expand");
foreach my $awk ('mawk', 'gawk --posix', 'original-awk', 'busybox awk')
{
  SKIP:
	{
		my ($program) = split(' ', $awk);

		skip "no $program", 1 if (run("command -v $program"))[0] != 0;
		ok(output("$awk $expand") eq $script, "$awk makes the same script");
	}
}

# --- what is missing ---

stops('PG_CONFIG=/none', qr{/none does not lead to});
stops('PG_CONFIG=true', qr/true does not lead to/);
stops('GSL_CONFIG=/none', qr{/none does not lead to});
stops('GSL_CONFIG=true install', qr/true does not lead to/);
is((run("cd $copy && $make GSL_CONFIG=/none clean"))[0],
	0, 'make clean needs no library');

done_testing();

# The files whose names match, sorted as the shell does not.
sub files_below
{
	my ($directory, $pattern) = @_;
	my @found;

	find(
		{   wanted => sub { push @found, $_ if -f && m{[^/]*$} && $& =~ $pattern },
			no_chdir => 1
		},
		$directory);
	@found = sort { ($a =~ s{.*/}{}r) cmp($b =~ s{.*/}{}r) || $a cmp $b } @found;
	return @found;
}

sub run
{
	my ($command) = @_;
	my $log = `($command) 2>&1`;

	return ($? >> 8, $log);
}

sub output
{
	return (run(@_))[1];
}

# Passes when make ends at once, with one line of this kind.
sub stops
{
	my ($arguments, $expected, $directory) = @_;
	my ($status, $log) =
	  run("cd $copy/" . ($directory // '') . " && $make $arguments");

	is($status, 2, "make $arguments stops");
	like($log, qr/^[^\n]*: \*\*\* [^\n]*$expected[^\n]*\n\z/,
		'and says why in one line');
}
