# SPDX-License-Identifier: MIT
# Hashes, regular expressions, sorting, closures, string growth and forked processes.
use strict;
use warnings;

# A seed of its own, so that the order of keys is the same in each process.
my $state = 42;
sub next_number { $state = ($state * 1103515245 + 12345) % 2147483648; return $state >> 8 }

my %count;
$count{ "key" . next_number() % 5000 } .= "x" x (next_number() % 40) for 1 .. 60000;
my $total = 0;
$total += length for values %count;
print scalar(keys %count), " $total\n";
my @longest = (sort { length($count{$b}) <=> length($count{$a}) || $a cmp $b } keys %count)[0 .. 9];
print "@longest\n";
delete @count{ grep { /7/ } keys %count };
print scalar(keys %count), "\n";

my $text = join " ", map { sprintf "%s-%d", ("alpha", "beta", "gamma")[$_ % 3], next_number() % 1000 } 1 .. 30000;
my %seen;
$seen{$1}{$2}++ while $text =~ /(\w+)-(\d+)/g;
print join(",", map { "$_=" . scalar keys %{ $seen{$_} } } sort keys %seen), "\n";
(my $changed = $text) =~ s/(\d+)/$1 * 2/ge;
print length($changed), " ", unpack("%32C*", $changed), "\n";
my @fields = split /[ -]/, $text;
print scalar(@fields), " ", join("|", (sort { $a cmp $b } @fields)[0 .. 5]), "\n";

my @tree;
for my $index (1 .. 20000) { push @{ $tree[ next_number() % 300 ] }, { index => $index, name => "n$index" } }
print join(" ", map { scalar @{ $_ // [] } } @tree[ 0 .. 9 ]), "\n";
my @closures = map { my $captured = "c$_" x 5; sub { length($captured) + $_[0] } } 1 .. 5000;
my $sum = 0;
$sum += $closures[$_]->($_) for 0 .. $#closures;
print "$sum\n";
my $grown = "";
$grown .= chr(65 + $_ % 26) x 1000 for 1 .. 3000;
print length($grown), " ", unpack("%32C*", $grown), "\n";

my @children;
for my $child (1 .. 5) {
  pipe(my $reader, my $writer) or die;
  my $process = fork() // die;
  if ($process == 0) {
    my @own = sort { $a <=> $b } map { next_number() * $child % 100003 } 1 .. 5000;
    print $writer "$child $own[0] $own[2500] $own[-1]\n";
    close $writer;
    exit $child;
  }
  close $writer;
  push @children, [ $process, $reader ];
}
for my $child (@children) {
  my ($process, $reader) = @$child;
  print scalar <$reader>;
  waitpid $process, 0;
  print $? >> 8, "\n";
}
