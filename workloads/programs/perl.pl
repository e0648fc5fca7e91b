# SPDX-License-Identifier: MIT
# What Perl scripts do: hashes of lists, regular expressions over lines of text, split, join, sort.
use strict;
use warnings;

# Perl's own order of hashes differs from run to run unless PERL_HASH_SEED=0.
my $state = 20261101;
sub uniform { my ($limit) = @_; $state = ($state * 16807) % 2147483647; return $state % $limit }
sub word { my ($length) = @_; return join '', map { chr(97 + uniform(26)) } 1 .. $length }

my @lines;
for my $number (1 .. 6000) {
    my ($user, $path) = (word(5), join('/', '', map { word(3 + uniform(6)) } 1 .. 3));
    push @lines, sprintf '10.0.%d.%d - %s [%02d:%02d] "GET %s HTTP/1.1" %d %d', uniform(256), uniform(256), $user,
        uniform(24), uniform(60), $path, (200, 304, 404, 500)[uniform(4)], uniform(100000);
}

my (%bytes, %hits, %paths);
for my $line (@lines) {
    next unless $line =~ m{^(\S+) - (\w+) \[(\d+):\d+\] "GET (\S+) [^"]+" (\d+) (\d+)$};
    my ($host, $user, $hour, $path, $status, $size) = ($1, $2, $3, $4, $5, $6);
    $bytes{$host} += $size;
    push @{ $hits{$hour}{$status} }, { user => $user, size => $size };
    my @parts = split m{/}, $path;
    $paths{ $parts[1] }{ $parts[2] } = join '-', reverse @parts;
}

my @report;
for my $hour (sort { $a <=> $b } keys %hits) {
    for my $status (sort keys %{ $hits{$hour} }) {
        my @largest = (sort { $b->{size} <=> $a->{size} || $a->{user} cmp $b->{user} } @{ $hits{$hour}{$status} })[0 .. 2];
        push @report, "$hour $status " . join ',', map { $_ ? "$_->{user}=$_->{size}" : '' } @largest;
    }
}
my $text = join "\n", @report;
$text =~ s/(\w+)=(\d+)/$2 by \U$1/g;
my @hosts = (sort { $bytes{$b} <=> $bytes{$a} || $a cmp $b } keys %bytes)[0 .. 9];
print length($text), " @hosts[0 .. 1] ", scalar(keys %paths), "\n";
