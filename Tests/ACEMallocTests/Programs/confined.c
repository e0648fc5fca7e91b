// SPDX-License-Identifier: MIT
//
// confined.c: a program that may start no more threads when it has become one for which ACE would like to. The argument is why:
// `eperm` and `kill`, a filter of system calls that refuses, or that ends the process; `limit`, the number of processes.
#include "worker.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>

static void filter_calls(uint32_t action) {
  struct sock_filter code[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 1, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone3, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, action),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = {COUNT_OF(code), code};
  CHECK(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0, "prctl: %s", strerror(errno));
  // For all threads of the process.
  long error = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program);
  CHECK(error == 0, "seccomp: %ld, %s", error, strerror(errno));
}

static void limit_processes(void) {
  // Root is not held to the limit.
  if (geteuid() == 0) CHECK(setuid(65534) == 0, "setuid: %s", strerror(errno));
  struct rlimit limit = {1, 1};
  CHECK(setrlimit(RLIMIT_NPROC, &limit) == 0, "setrlimit: %s", strerror(errno));
}

static pthread_barrier_t barrier;
static void *work(void *argument) {
  uint64_t random = (uint64_t)(uintptr_t)argument;
  free(malloc(100));
  pthread_barrier_wait(&barrier);
  pthread_barrier_wait(&barrier);
  for (unsigned turn = 0; turn < 60; turn++) {
    make_slow_calls();
    for (unsigned index = 0; index < 500; index++) free(malloc(random_size(&random, 3000)));
    pause_for(1);
  }
  return NULL;
}

static void *nothing(void *unused) { return unused; }

int main(int argument_count, char **arguments) {
  if (argument_count != 2) return 64;
  announce();
  pthread_t threads[2], refused;
  pthread_barrier_init(&barrier, NULL, 3);
  for (size_t index = 0; index < 2; index++) pthread_create(&threads[index], NULL, work, (void *)(index + 1));
  pthread_barrier_wait(&barrier);
  const char *why = arguments[1];
  if (strcmp(why, "eperm") == 0) filter_calls(SECCOMP_RET_ERRNO | EPERM);
  if (strcmp(why, "kill") == 0) filter_calls(SECCOMP_RET_KILL_PROCESS);
  if (strcmp(why, "limit") == 0) limit_processes();
  // What would end the process is not tried.
  if (strcmp(why, "kill") != 0) CHECK(pthread_create(&refused, NULL, nothing, NULL) != 0, "a thread could be started");
  take_ballast();
  pthread_barrier_wait(&barrier);
  errno = 77;
  for (unsigned turn = 0; turn < 60; turn++) make_slow_calls();
  CHECK(errno == 77, "errno is %d", errno);
  for (size_t index = 0; index < 2; index++) pthread_join(threads[index], NULL);
  struct ace_statistics statistics = statistics_now();
  CHECK(statistics.committed_bytes > 16 * MIB, "only %llu bytes are committed", (unsigned long long)statistics.committed_bytes);
  CHECK(statistics.worker_count == 0, "ACE's thread is said to run");
  // The program's own threads do what they can.
  CHECK(statistics.tick_count > 0, "nobody has looked after idle memory");
  drop_ballast(0);
  return finish();
}
