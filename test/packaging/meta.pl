#!/usr/bin/perl
# meta.pl DIRECTORY - checks DIRECTORY/META.json against the PGXN Meta Spec
# 1.0.0 and against what lies beside it. Prints what is wrong; nothing if all
# is right.
use strict;
use warnings;

use JSON::PP;

my $directory = shift // die "usage: meta.pl DIRECTORY\n";
my @wrong;

# Three numbers, then perhaps a word.
my $version = qr/^(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}(?:-?[A-Za-z][0-9A-Za-z-]*)?$/;
my $range   = qr/^(?:[=!<>]=?\s*)?[\w.-]+(?:\s*,\s*(?:[=!<>]=?\s*)?[\w.-]+)*$/;
my $url     = qr{^[a-z][a-z0-9+.-]*:[^\s]+$}i;
my %licenses = map { $_ => 1 } qw(agpl_3 apache_1_1 apache_2_0 artistic_1
  artistic_2 bsd freebsd gfdl_1_2 gfdl_1_3 gpl_1 gpl_2 gpl_3 lgpl_2_1 lgpl_3_0
  mit mozilla_1_0 mozilla_1_1 openssl perl_5 postgresql qpl_1_0 ssleay sun zlib
  open_source restricted unrestricted unknown);
my %keys = map { $_ => 1 } qw(abstract description generated_by license
  maintainer meta-spec name no_index prereqs provides release_status resources
  tags version);

sub wrong
{
	push @wrong, join('', @_);
	return 0;
}

sub is_text
{
	my ($value) = @_;

	return defined $value && !ref $value && $value =~ /\S/;
}

# A text or a list of them.
sub is_texts
{
	my ($value) = @_;

	return is_text($value)
	  || ref $value eq 'ARRAY' && @$value && !grep { !is_text($_) } @$value;
}

# At least two characters, none of which would be trouble in a path.
sub is_term
{
	my ($value) = @_;

	return is_text($value) && $value =~ m{^[^\s/\\[:cntrl:]]{2,}$};
}

sub check_license
{
	my ($license) = @_;

	if (ref $license eq 'HASH')
	{
		return %$license && !grep { !is_text($_) || $_ !~ $url } values %$license;
	}
	return is_texts($license)
	  && !grep { !$licenses{$_} } ref $license ? @$license : $license;
}

sub check_provides
{
	my ($provides) = @_;

	return wrong('provides is no map') if ref $provides ne 'HASH' || !%$provides;
	foreach my $name (sort keys %$provides)
	{
		my $what = $provides->{$name};

		is_term($name) or wrong("provides: the name \"$name\"");
		if (ref $what ne 'HASH')
		{
			wrong("provides: $name is no map");
			next;
		}
		is_text($what->{version}) && $what->{version} =~ $version
		  or wrong("provides: the version of $name");
		is_text($what->{file}) or wrong("provides: the file of $name");
		foreach my $file (grep { defined } @{$what}{qw(file docfile)})
		{
			-f "$directory/$file" or wrong("provides: there is no $file");
		}
		foreach my $key (sort keys %$what)
		{
			$key =~ /^(?:abstract|file|docfile|version|[xX]_.+)$/
			  or wrong("provides: $name has an unknown key $key");
		}
	}
	return;
}

sub check_prereqs
{
	my ($prereqs) = @_;

	return wrong('prereqs is no map') if ref $prereqs ne 'HASH';
	foreach my $phase (sort keys %$prereqs)
	{
		$phase =~ /^(?:configure|build|test|runtime|develop|[xX]_.+)$/
		  or wrong("prereqs: the phase $phase");
		foreach my $relation (sort keys %{$prereqs->{$phase}})
		{
			my $needs = $prereqs->{$phase}{$relation};

			$relation =~ /^(?:requires|recommends|suggests|conflicts|[xX]_.+)$/
			  or wrong("prereqs: the relation $relation");
			foreach my $name (sort keys %$needs)
			{
				is_term($name) && defined $needs->{$name}
				  && !ref $needs->{$name} && $needs->{$name} =~ $range
				  or wrong("prereqs: $name in $phase, $relation");
			}
		}
	}
	return;
}

sub check_resources
{
	my ($resources) = @_;

	foreach my $key (sort keys %$resources)
	{
		my $what = $resources->{$key};

		$key =~ /^(?:homepage|bugtracker|repository|[xX]_.+)$/
		  or wrong("resources: $key");
		foreach my $link (ref $what ? grep { defined } @{$what}{qw(web url)} : $what)
		{
			$link =~ $url or wrong("resources: $key: $link");
		}
	}
	return;
}

sub check_meta
{
	my ($meta) = @_;

	foreach my $key (sort keys %$meta)
	{
		$keys{$key} || $key =~ /^[xX]_./ or wrong("unknown key $key");
	}
	is_term($meta->{name}) or wrong('name');
	is_text($meta->{version}) && $meta->{version} =~ $version or wrong('version');
	is_text($meta->{abstract}) or wrong('abstract');
	is_texts($meta->{maintainer}) or wrong('maintainer');
	check_license($meta->{license}) or wrong('license');
	check_provides($meta->{provides});
	my $spec = $meta->{'meta-spec'};
	ref $spec eq 'HASH' && ($spec->{version} // '') eq '1.0.0'
	  or wrong('meta-spec: the version');
	!defined $spec->{url}
	  || $spec->{url} =~ m{^https?://(?:www\.)?pgxn\.org/(?:meta/)?spec(?:/|\.txt)?$}
	  or wrong('meta-spec: the url');

	foreach my $key (grep { exists $meta->{$_} } qw(description generated_by))
	{
		is_text($meta->{$key}) or wrong($key);
	}
	if (exists $meta->{tags})
	{
		is_texts($meta->{tags}) && ref $meta->{tags}
		  && !grep { length > 256 || m{[/\\[:cntrl:]]} } @{$meta->{tags}}
		  or wrong('tags');
	}
	($meta->{release_status} // 'stable') =~ /^(?:stable|testing|unstable)$/
	  or wrong('release_status');
	check_prereqs($meta->{prereqs}) if exists $meta->{prereqs};
	check_resources($meta->{resources}) if exists $meta->{resources};
	return;
}

# What the specification cannot know: the control file is the source.
sub check_control
{
	my ($meta) = @_;
	my $file = "$directory/$meta->{name}.control";

	open(my $control, '<', $file) or return wrong("there is no $file");
	my ($own) = map { /^default_version = '(.*)'/ ? $1 : () } <$control>;
	close($control) or die "$file: $!\n";
	$meta->{version} =~ /^\Q$own\E(?:\.0)?$/
	  or wrong("version: $meta->{version}, in the control file $own");
	foreach my $what (values %{$meta->{provides}})
	{
		$what->{version} eq $meta->{version}
		  or wrong("provides: $what->{version}, but version $meta->{version}");
	}
	return;
}

open(my $file, '<:raw', "$directory/META.json") or die "META.json: $!\n";
my $text = do { local $/ = undef; <$file> };
close($file) or die "META.json: $!\n";
my $meta = eval { JSON::PP->new->utf8->decode($text) };
if (ref $meta ne 'HASH')
{
	wrong('no JSON: ', $@ || 'not a map');
}
else
{
	check_meta($meta);
	check_control($meta) if !@wrong;
}
print "META.json: $_\n" foreach @wrong;
exit(@wrong ? 1 : 0);
