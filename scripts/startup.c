// SPDX-License-Identifier: MIT
//
// What a program pays for its allocator before it has asked it for anything: the private dirty memory that it has at main,
// and how long the system takes to start it and to see it end. scripts/startup.sh compiles this, which is both the program
// that is measured and the one that measures.
//
//   startup ROUNDS NAME=LIBRARY…   writes a CSV; an empty LIBRARY is the C library's malloc, and has to come first
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { MAXIMUM_ALLOCATORS = 32, MEMORY_ROUNDS = 11 };

struct allocator {
  const char *name;
  const char *library;
  char **environment;
  double *microseconds;
  double at_main[MEMORY_ROUNDS], after_malloc[MEMORY_ROUNDS];
};

// What the measured program tells of itself, through a pipe.
struct told {
  long at_main, after_malloc;  // private dirty bytes
  char served_by[1024];        // the library that malloc is in
};

// Private dirty bytes of this process, read into the stack and with nothing that could call malloc.
static long private_dirty(void) {
  char text[4096];
  int file = open("/proc/self/smaps_rollup", O_RDONLY | O_CLOEXEC);
  ssize_t length = file < 0 ? -1 : read(file, text, sizeof text - 1);
  if (length <= 0) _exit(3);
  close(file);
  text[length] = 0;
  const char *line = strstr(text, "Private_Dirty:");
  if (!line) _exit(3);
  long kibibytes = 0;
  for (line += strlen("Private_Dirty:"); *line == ' '; line++) {}
  for (; *line >= '0' && *line <= '9'; line++) kibibytes = 10 * kibibytes + (*line - '0');
  return kibibytes * 1024;
}

static int tell(void) {
  struct told told;
  told.at_main = private_dirty();
  void *volatile block = malloc(64);
  if (!block) return 4;
  *(volatile char *)block = 1;
  told.after_malloc = private_dirty();
  free(block);
  Dl_info information;
  void *function = dlsym(RTLD_DEFAULT, "malloc");
  if (!function || !dladdr(function, &information)) return 5;
  snprintf(told.served_by, sizeof told.served_by, "%s", information.dli_fname);
  return write(STDOUT_FILENO, &told, sizeof told) == sizeof told ? 0 : 6;
}

static void give_up(const char *what, const struct allocator *allocator) {
  fprintf(stderr, "startup: %s: %s\n", allocator->name, what);
  exit(70);
}

static double now_microseconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

// Starts the program with an allocator and waits for its end; microseconds from the one to the other.
static double run(const struct allocator *allocator, char *mode, posix_spawn_file_actions_t *actions) {
  char *arguments[] = {"startup", mode, NULL};
  pid_t process;
  int status;
  double begin = now_microseconds();
  if (posix_spawn(&process, "/proc/self/exe", actions, NULL, arguments, allocator->environment) != 0) {
    give_up("it cannot be started", allocator);
  }
  while (waitpid(process, &status, 0) < 0 && errno == EINTR) {}
  double elapsed = now_microseconds() - begin;
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) give_up("it did not end well", allocator);
  return elapsed;
}

static int is_same_file(const char *first, const char *second) {
  struct stat one, other;
  return stat(first, &one) == 0 && stat(second, &other) == 0 && one.st_ino == other.st_ino && one.st_dev == other.st_dev;
}

// Reads its memory, and makes sure that the library served it: the loader goes on without one that it cannot load.
static void measure_memory(struct allocator *allocator, int round) {
  int ends[2];
  struct told told;
  posix_spawn_file_actions_t actions;
  if (pipe2(ends, O_CLOEXEC) != 0) give_up("no pipe", allocator);
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  run(allocator, "tell", &actions);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  if (read(ends[0], &told, sizeof told) != sizeof told) give_up("it told nothing", allocator);
  close(ends[0]);
  if (*allocator->library && !is_same_file(told.served_by, allocator->library)) {
    give_up("its calls were answered by another library", allocator);
  }
  allocator->at_main[round] = (double)told.at_main;
  allocator->after_malloc[round] = (double)told.after_malloc;
}

// This environment with LD_PRELOAD as the allocator needs it.
static char **environment_for(const char *library) {
  size_t count = 0, kept = 0;
  while (environ[count]) count++;
  char **environment = calloc(count + 2, sizeof *environment);
  for (size_t index = 0; index < count; index++) {
    if (strncmp(environ[index], "LD_PRELOAD=", strlen("LD_PRELOAD=")) != 0) environment[kept++] = environ[index];
  }
  if (*library && asprintf(&environment[kept], "LD_PRELOAD=%s", library) < 0) exit(71);
  return environment;
}

static int compare(const void *first, const void *second) {
  double difference = *(const double *)first - *(const double *)second;
  return (difference > 0) - (difference < 0);
}

// The median of values, which are sorted in place.
static double median(double *values, int count) {
  qsort(values, (size_t)count, sizeof *values, compare);
  return count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

static void write_rows(struct allocator *allocators, int allocator_count, int round_count) {
  printf("allocator,library,rounds,dirty_at_main_bytes,dirty_at_main_above_system_bytes,dirty_after_malloc_bytes,"
         "start_median_us,start_least_us,start_above_system_median_us,start_above_system_least_us\n");
  double *differences = calloc((size_t)allocator_count * (size_t)round_count, sizeof *differences);
  // The differences of each round, before sorting takes the rounds apart.
  for (int index = 0; index < allocator_count; index++) {
    for (int round = 0; round < round_count; round++) {
      differences[index * round_count + round] =
          allocators[index].microseconds[round] - allocators[0].microseconds[round];
    }
  }
  double system_at_main = 0, system_least = 0;
  for (int index = 0; index < allocator_count; index++) {
    struct allocator *allocator = &allocators[index];
    double at_main = median(allocator->at_main, MEMORY_ROUNDS);
    double elapsed = median(allocator->microseconds, round_count);
    double least = allocator->microseconds[0];
    if (index == 0) system_at_main = at_main, system_least = least;
    printf("%s,%s,%d,%.0f,%.0f,%.0f,%.1f,%.1f,%.1f,%.1f\n", allocator->name, allocator->library, round_count, at_main,
           at_main - system_at_main, median(allocator->after_malloc, MEMORY_ROUNDS), elapsed, least,
           median(&differences[index * round_count], round_count), least - system_least);
  }
  free(differences);
}

int main(int count, char **arguments) {
  if (count == 2 && strcmp(arguments[1], "end") == 0) return 0;
  if (count == 2 && strcmp(arguments[1], "tell") == 0) return tell();
  static struct allocator allocators[MAXIMUM_ALLOCATORS];
  int allocator_count = count - 2, round_count = count > 2 ? atoi(arguments[1]) : 0;
  if (round_count < 1 || allocator_count > MAXIMUM_ALLOCATORS) {
    fprintf(stderr, "usage: startup ROUNDS NAME=LIBRARY…\n");
    return 64;
  }
  for (int index = 0; index < allocator_count; index++) {
    char *equals = strchr(arguments[index + 2], '=');
    if (!equals) return 64;
    *equals = 0;
    allocators[index].name = arguments[index + 2];
    allocators[index].library = equals + 1;
    allocators[index].environment = environment_for(equals + 1);
    allocators[index].microseconds = calloc((size_t)round_count, sizeof(double));
    for (int round = 0; round < MEMORY_ROUNDS; round++) measure_memory(&allocators[index], round);
  }
  // All take turns, a different one first in each round, so that what disturbs the machine disturbs all alike.
  for (int round = 0; round < round_count; round++) {
    for (int turn = 0; turn < allocator_count; turn++) {
      struct allocator *allocator = &allocators[(round + turn) % allocator_count];
      allocator->microseconds[round] = run(allocator, "end", NULL);
    }
  }
  write_rows(allocators, allocator_count, round_count);
  return 0;
}
