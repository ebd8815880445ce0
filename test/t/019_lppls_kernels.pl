# Kernels of log-periodic power laws, compiled by themselves, against naive
# computations: test/kernels/lppls.c, which prints one line a check, with all
# vectors that the processor has.
use strict;
use warnings;
use File::Temp qw(tempdir);
use FindBin;
use Test::More;

my $root = "$FindBin::RealBin/../..";
my $cc = $ENV{CC} || 'cc';
my $build = tempdir(CLEANUP => 1);

plan skip_all => "$cc compiles nothing here"
  if system("echo 'int main(void) { return 0; }' >$build/empty.c && $cc $build/empty.c -o $build/empty 2>$build/log") != 0;

my $sources = join ' ', "$root/test/kernels/lppls.c",
  map { "$root/src/lppls/$_.c" } qw(curve descent cells search fit filter);

# Compiles the program.
sub compile
{
	my ($options) = @_;

	is( system("$cc -O2 -ffp-contract=off -Wall -Wextra -Werror $options -I$root/src $sources -lm -o $build/lppls 2>$build/log"),
		0, "compiled $options")
	  or diag(`cat $build/log`);
	return;
}

# Runs it and reports its checks; returns the other lines that it printed.
sub run_checks
{
	my ($vectors) = @_;
	my @lines = split /\n/, `$build/lppls $vectors 2>&1`;
	my $status = $?;

	foreach my $line (grep { /^(?:not )?ok - / } @lines)
	{
		my ($not, $check) = $line =~ /^(not )?ok - (.*)/;

		ok(!$not, $check);
	}
	is($status, 0, 'came to its end without a failure');
	return grep { !/^(?:not )?ok - / } @lines;
}

compile('');
my @digest = run_checks('');
like("@digest", qr/^digest [0-9a-f]{16}$/, 'all checks were made');
for (my $vectors = 0; ; $vectors++)
{
	my @lines = run_checks($vectors);

	last if "@lines" eq 'no such vectors';
	if ("@lines" =~ /is not in this processor/)
	{
		note("@lines");
		next;
	}
	is("@lines", "@digest", "the same bits with vectors $vectors");
}
compile('-DWIDE_VECTORS=0');
is_deeply([ run_checks('') ], \@digest, 'the same bits without wide vectors');

done_testing();
