# Kernels, compiled by themselves, against naive computations: the programs of
# test/kernels, each of which prints one line a check.
use strict;
use warnings;
use File::Temp qw(tempdir);
use FindBin;
use Test::More;

my $root = "$FindBin::RealBin/../..";
my $cc = $ENV{CC} || 'cc';
my $build = tempdir(CLEANUP => 1);

plan skip_all => "$cc compiles nothing here"
  if system("echo 'int main(void) { return 0; }' >$build/empty.c"
	  . " && $cc $build/empty.c -o $build/empty 2>$build/log") != 0;
my $gsl_config = $ENV{GSL_CONFIG} || 'gsl-config';
chomp(my $cflags = `$gsl_config --cflags 2>$build/log`);
chomp(my $libs = `$gsl_config --libs 2>$build/log`);
plan skip_all => "$gsl_config is not there" unless $libs;

# Compiles a program with its kernels.
sub compile
{
	my ($name, $options, @kernels) = @_;
	my $sources = join ' ', "$root/test/kernels/$name.c",
	  map { "$root/src/$_.c" } @kernels;

	is( system("$cc -O2 -ffp-contract=off $options -I$root/src $cflags"
			  . " $sources $libs -lm -o $build/$name 2>$build/log"),
		0, "$name is compiled")
	  or diag(`cat $build/log`);
	return;
}

# Runs a compiled program and reports its checks; returns the other lines that
# it printed.
sub run_checks
{
	my ($name, @arguments) = @_;
	my @lines = split /\n/, `$build/$name @arguments 2>&1`;
	my $status = $?;

	foreach my $line (grep { /^(?:not )?ok - / } @lines)
	{
		my ($not, $check) = $line =~ /^(not )?ok - (.*)/;

		ok(!$not, "$name: $check");
	}
	is($status, 0, "$name came to its end without a failure");
	return grep { !/^(?:not )?ok - / } @lines;
}

# The sweeps in all vectors that the processor has, one run each.
my @kernels = map { "explosive/adf_$_" } qw(forward series sweep);
compile('adf_refit', '-Werror', @kernels);
my @digest = run_checks('adf_refit');
like("@digest", qr/^digest [0-9a-f]{16}$/, 'adf_refit: all checks were made');
for (my $vectors = 0; ; $vectors++)
{
	my @lines = run_checks('adf_refit', $vectors);

	last if "@lines" eq 'no such vectors';
	if ("@lines" =~ /is not in this processor/)
	{
		note("@lines");
		next;
	}
	is("@lines", "@digest", "adf_refit: the same bits with vectors $vectors");
}
compile('adf_refit', '-DWIDE_VECTORS=0', @kernels);
is_deeply([ run_checks('adf_refit') ],
	\@digest, 'adf_refit: the same bits without wide vectors');

done_testing();
