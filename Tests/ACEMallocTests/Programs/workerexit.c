// SPDX-License-Identifier: MIT
//
// workerexit.c: ends in different ways while ACE's own thread is at work. Arguments: how (exit, _exit, return, last), and with
// what status. `last` ends the main thread alone, and the program with its last thread.
#include "worker.h"

static void *last(void *argument) {
  free(malloc(100));
  // The main thread is told to end meanwhile.
  pthread_join(*(pthread_t *)argument, NULL);
  drop_ballast(10);
  pause_for(50);
  say("the last thread ends\n");
  return NULL;
}

static void at_exit(void) { drop_ballast(0); }

int main(int argument_count, char **arguments) {
  if (argument_count != 3) return 64;
  const char *how = arguments[1];
  int status = atoi(arguments[2]);
  take_ballast();
  if (strcmp(how, "last") == 0) {
    static pthread_t self;
    self = pthread_self();
    pthread_t thread;
    pthread_t partner = start_partner();
    if (!await_worker()) return 70;
    end_partner(partner);
    pthread_create(&thread, NULL, last, &self);
    pthread_detach(thread);
    pthread_exit(NULL);
  }
  start_partner();
  if (!await_worker()) return 70;
  drop_ballast(5);
  atexit(at_exit);
  for (int turn = 0; turn < status % 4; turn++) make_slow_calls();
  if (strcmp(how, "exit") == 0) exit(failure_count ? 71 : status);
  if (strcmp(how, "_exit") == 0) _exit(failure_count ? 71 : status);
  return failure_count ? 71 : status;
}
