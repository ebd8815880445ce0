# Kernels that have vectors, compiled by themselves, against naive computations:
# programs of test/kernels, each of which prints one line a check and a digest
# of its numbers, the same with all vectors.
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

# A program in all vectors that the processor has, one run each.
sub check_in_all_vectors
{
	my ($name, $options, @kernels) = @_;

	compile($name, $options, @kernels);
	my @digest = run_checks($name);
	like("@digest", qr/^digest [0-9a-f]{16}$/, "$name: all checks were made");
	for (my $vectors = 0; ; $vectors++)
	{
		my @lines = run_checks($name, $vectors);

		last if "@lines" eq 'no such vectors';
		SKIP:
		{
			skip "$name: @lines", 1
			  if "@lines" =~ /is not in this processor/;
			is("@lines", "@digest",
				"$name: the same bits with vectors $vectors");
		}
	}
	# The last is what other processors than these have.
	foreach my $without ('-DWIDE_VECTORS=0', '-DWIDE_VECTORS=0 -U__SSE2__')
	{
		compile($name, "$options $without", @kernels);
		is_deeply([ run_checks($name) ],
			\@digest, "$name: the same bits with $without");
	}
	return;
}

check_in_all_vectors('adf_refit', '-Werror',
	map { "explosive/adf_$_" } qw(forward series sweep));
check_in_all_vectors('lppls', '-Wall -Wextra -Werror',
	map { "lppls/$_" } qw(cells curve descent filter fit search));

done_testing();
