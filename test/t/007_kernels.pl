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
  if system("echo 'int main(void) { return 0; }' >$build/empty.c && $cc $build/empty.c -o $build/empty 2>$build/log") != 0;
my $gsl_config = $ENV{GSL_CONFIG} || 'gsl-config';
chomp(my $cflags = `$gsl_config --cflags 2>$build/log`);
chomp(my $libs = `$gsl_config --libs 2>$build/log`);
plan skip_all => "$gsl_config is not there" unless $libs;

# Compiles a program with its kernels, runs it and reports its checks; returns
# the other lines that it printed.
sub run_checks
{
	my ($name, $options, @kernels) = @_;
	my $sources = join ' ', "$root/test/kernels/$name.c",
	  map { "$root/src/$_.c" } @kernels;

	is( system("$cc -O2 -ffp-contract=off $options -I$root/src $cflags $sources $libs -lm -o $build/$name 2>$build/log"),
		0, "$name is compiled")
	  or diag(`cat $build/log`);
	my @lines = split /\n/, `$build/$name 2>&1`;
	my $status = $?;

	foreach my $line (grep { /^(?:not )?ok - / } @lines)
	{
		my ($not, $check) = $line =~ /^(not )?ok - (.*)/;

		ok(!$not, "$name: $check");
	}
	is($status, 0, "$name came to its end without a failure");
	return grep { !/^(?:not )?ok - / } @lines;
}

my @kernels = ('explosive/adf_forward', 'explosive/adf_sweep');
my @digest = run_checks('adf_refit', '', @kernels);
like("@digest", qr/^digest [0-9a-f]{16}$/, 'adf_refit: all checks were made');
is_deeply([ run_checks('adf_refit', '-DWIDE_VECTORS=', @kernels) ],
	\@digest, 'adf_refit: the same bits without wide vectors');

done_testing();
