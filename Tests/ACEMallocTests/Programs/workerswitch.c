// SPDX-License-Identifier: MIT
//
// workerswitch.c: ACE's own thread ends when it is switched off while the program runs, and begins again when it is switched on.
// The program's files stay as they are while the thread asks about others.
#include "worker.h"

static int set_worker(uint64_t value) {
  int (*set)(const char *, uint64_t) = (int (*)(const char *, uint64_t))dlsym(RTLD_DEFAULT, "ace_set_knob");
  return set ? set("worker", value) : -1;
}

/// Whether the thread has ended within five seconds.
static bool await_end(void) {
  for (unsigned turn = 0; turn < 500; turn++) {
    if (statistics_now().worker_count == 0) return true;
    pause_for(10);
  }
  return false;
}

/// While every heap is asked about: the least free number of a file is the program's.
static void check_files(int first) {
  for (unsigned turn = 0; turn < 20000; turn++) {
    int file = open("/dev/null", O_RDONLY | O_CLOEXEC);
    CHECK(file == first, "a file was opened as %d and not as %d", file, first);
    if (file != first) return;
    close(file);
  }
}

int main(void) {
  announce();
  alarm(60);
  pthread_t partner = start_partner();
  take_ballast();
  CHECK(await_worker(), "there is no worker");
  int first = open("/dev/null", O_RDONLY | O_CLOEXEC);
  close(first);
  check_files(first);
  CHECK(set_worker(0) == 0, "the worker cannot be switched off");
  CHECK(await_end(), "the worker is switched off, and runs");
  make_slow_calls();
  CHECK(statistics_now().worker_count == 0, "the worker has begun although it is switched off");
  CHECK(set_worker(1) == 0, "the worker cannot be switched on");
  CHECK(await_worker(), "the worker is switched on, and there is none");
  drop_ballast(0);
  end_partner(partner);
  return finish();
}
