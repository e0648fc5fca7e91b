# SPDX-License-Identifier: MIT
# Writes a C file to compile: awk -v functions=N -f source.awk. Structures, loops, switches and calls from one function to
# earlier ones, so that every part of a compiler has something to do.

function uniform(limit) {
  state = (state * 16807) % 2147483647
  return state % limit
}

function expression(depth) {
  if (depth == 0) return substr("abcd", 1 + uniform(4), 1)
  return "(" expression(depth - 1) " " substr("+-*^&|", 1 + uniform(6), 1) " " expression(depth - 1) ")"
}

function write_function(number) {
  print "static unsigned step" number "(struct record *record, unsigned a, unsigned b) {"
  print "  unsigned c = record->fields[" uniform(16) "], d = " uniform(1000) "u;"
  print "  for (unsigned i = 0; i < (a & 63u); i++) {"
  print "    switch ((i + b) % 4u) {"
  print "    case 0: c += " expression(3) "; break;"
  print "    case 1: d ^= " expression(2) "; break;"
  print "    case 2: record->fields[i & 15u] = " expression(3) "; break;"
  print "    default: c = d * " 3 + uniform(97) "u + record->fields[(i + " uniform(16) "u) & 15u];"
  print "    }"
  print "  }"
  if (number > 0) print "  if (c > d) c += step" uniform(number) "(record, d & 31u, c);"
  print "  return c ^ (d << " 1 + uniform(15) ");"
  print "}"
}

BEGIN {
  state = 20261101
  print "struct record { unsigned fields[16]; const char *name; struct record *next; };"
  for (number = 0; number < functions; number++) write_function(number)
  print "unsigned run(struct record *record) {"
  print "  unsigned sum = 0;"
  for (number = 0; number < functions; number++) print "  sum += step" number "(record, sum, " number "u);"
  print "  return sum;"
  print "}"
}
