# Kernels of the topics, compiled by themselves, against naive computations:
# programs of test/kernels, each of which prints one line a check.
use strict;
use warnings;
use File::Temp qw(tempdir);
use FindBin;
use Test::More;

my $root = "$FindBin::RealBin/../..";
my $cc = $ENV{CC} || 'cc';
my $gsl_config = $ENV{GSL_CONFIG} || 'gsl-config';
my $build = tempdir(CLEANUP => 1);

# The programs and the kernels that each of them tries.
my %kernels = (
	change => [ map { "adoption/$_" }
		  qw(change_level change_partition change_split lead_lag) ],
	composite => [
		qw(foundation/exact_sum foundation/small_sum score/ciss
		  score/composite score/moments warning/signal) ],
	drawdown => [ map { "drawdown/$_" }
		  qw(curve_tree episode returns_path rolling swing tail underwater
		  wealth) ],
	explosive => [ map { "explosive/$_" }
		  qw(adf_series dating largest null_model projection surface
		  surface_table) ],
	funding => [
		qw(foundation/exact_sum funding/chain_ladder funding/concentration
		  funding/decay funding/survival) ],
	odds => ['warning/weighted_roc'],
	scores => [qw(score/shapley score/weights warning/roc warning/signal)],
	series => ['series/sparkline'],
	sums_and_losses =>
	  [qw(foundation/exact_sum foundation/small_sum warning/loss) ],
	valuation => ['valuation/implied_growth']);

chomp(my $cflags = `$gsl_config --cflags 2>$build/log`);
chomp(my $libs = `$gsl_config --libs 2>$build/log`);
plan skip_all => "$gsl_config is not there" unless $libs;
plan skip_all => 'no C compiler with 128-bit integers here'
  if system("echo 'int main(void) { return (int) (__int128) 0; }' >$build/empty.c"
	  . " && $cc $build/empty.c -o $build/empty 2>$build/log") != 0;

foreach my $program (sort keys %kernels)
{
	my $sources = join ' ', "$root/test/kernels/$program.c",
	  map { "$root/src/$_.c" } @{ $kernels{$program} };

	is( system("$cc -O2 -ffp-contract=off -I$root/src $cflags $sources $libs -lm"
			  . " -o $build/$program 2>$build/log"),
		0, "$program is compiled")
	  or diag(`cat $build/log`);
	my @lines = split /\n/, `$build/$program 2>&1`;
	is($?, 0, "$program came to its end without a failure");
	foreach my $line (@lines)
	{
		my ($not, $check) = $line =~ /^(not )?ok - (.*)/;

		ok(defined $check && !$not, "$program: " . ($check || $line));
	}
}

done_testing();
