// SPDX-License-Identifier: MIT
// Makes a known number of calls, writes a line, and ends with a known code: calls COUNT CODE.
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv) {
  int count = argc > 1 ? atoi(argv[1]) : 0;
  int code = argc > 2 ? atoi(argv[2]) : 0;
  for (int index = 0; index < count; ++index) free(malloc(7001));
  free(realloc(calloc(3, 1000), 9001));
  free(aligned_alloc(4096, 8192));
  static const char line[] = "what the program says\n";
  if (write(1, line, sizeof line - 1) < 0) return 99;
  return code;
}
