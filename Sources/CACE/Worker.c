// SPDX-License-Identifier: MIT
//
// ACE's own thread, and what it may ask about others.
#include "CACE.h"

#include <limits.h>
#include <linux/futex.h>
#include <linux/membarrier.h>
#include <signal.h>
#include <sys/prctl.h>

// The Swift function that the thread runs.
extern void ace_run_worker(void);

static uint32_t wake_count;

static void *run(void *unused) {
  ace_run_worker();
  return unused;
}

bool ace_start_worker(void) {
  // Inherited: no signal of the program's is ever delivered to the thread.
  sigset_t all, former;
  sigfillset(&all);
  if (pthread_sigmask(SIG_SETMASK, &all, &former) != 0) return false;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  // Room for the thread-local storage of many libraries beside a few kilobytes of stack; only what is used is touched.
  pthread_attr_setstacksize(&attributes, 256 << 10);
  pthread_t thread;
  int error = pthread_create(&thread, &attributes, run, NULL);
  pthread_attr_destroy(&attributes);
  pthread_sigmask(SIG_SETMASK, &former, NULL);
  return error == 0;
}

void ace_worker_sleep(uint64_t milliseconds) {
  uint32_t seen = __atomic_load_n(&wake_count, __ATOMIC_RELAXED);
  struct timespec time = {(time_t)(milliseconds / 1000), (long)(milliseconds % 1000) * 1000000};
  syscall(SYS_futex, &wake_count, FUTEX_WAIT_PRIVATE, seen, &time, NULL, 0);
}

void ace_wake_worker(void) {
  __atomic_fetch_add(&wake_count, 1, __ATOMIC_RELAXED);
  syscall(SYS_futex, &wake_count, FUTEX_WAKE_PRIVATE, INT_MAX, NULL, NULL, 0);
}

bool ace_is_confined(void) { return prctl(PR_GET_SECCOMP, 0, 0, 0, 0) != 0; }

bool ace_register_barrier(void) {
  return syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0, 0) == 0;
}

#ifndef CLOSE_RANGE_UNSHARE
#define CLOSE_RANGE_UNSHARE 2
#endif
bool ace_leave_files(void) { return syscall(SYS_close_range, 0, ~0U, CLOSE_RANGE_UNSHARE) == 0; }

bool ace_reach_all_threads(void) { return syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0) == 0; }

uint64_t ace_signal_mask(void) {
  uint64_t mask = 0;
  syscall(SYS_rt_sigprocmask, SIG_BLOCK, NULL, &mask, sizeof mask);
  return mask;
}

// What is read here is read without stdio and without strto*: their code, and the pages that the kernel maps around it, would
// be resident in every program for this alone. The calls are made as such: a library that stands in for open may call malloc,
// and the worker holds the heaps' lock.

// Reads a file of a thread under /proc; how many bytes, with a zero byte behind them.
static ssize_t read_thread_file(int32_t thread, const char *name, char *text, size_t capacity) {
  char digits[12], path[64] = "/proc/self/task/";
  size_t digit_count = 0, end = strlen(path);
  do digits[digit_count++] = (char)('0' + thread % 10);
  while ((thread /= 10) > 0);
  while (digit_count > 0) path[end++] = digits[--digit_count];
  for (path[end++] = '/'; *name != 0; name++) path[end++] = *name;
  path[end] = 0;
  long file = syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return -1;
  ssize_t count = syscall(SYS_read, file, text, capacity - 1);
  syscall(SYS_close, file);
  text[count < 0 ? 0 : count] = 0;
  return count;
}

// The number in a base up to 16 that begins at *text, after blanks and 0x; *text is then behind it, and unchanged without one.
static uint64_t read_number(const char **text, unsigned base) {
  const char *next = *text;
  while (*next == ' ' || *next == '\t') next++;
  if (base == 16 && next[0] == '0' && next[1] == 'x') next += 2;
  const char *first = next;
  uint64_t number = 0;
  for (;; next++) {
    unsigned digit = *next >= 'a' ? (unsigned)(*next - 'a') + 10 : (unsigned)(*next - '0');
    if (digit >= base) break;
    number = number * base + digit;
  }
  if (next != first) *text = next;
  return number;
}

// What follows a line's beginning; NULL where no line begins so.
static const char *find_line(const char *text, const char *beginning) {
  size_t count = strlen(beginning);
  while (*text != 0) {
    size_t index = 0;
    while (index < count && text[index] == beginning[index]) index++;
    if (index == count) return text + count;
    while (*text != 0 && *text++ != '\n') {}
  }
  return NULL;
}

// System calls in which threads wait for something, and that ACE itself never makes on a program's thread, except for futex.
static bool is_waiting_call(uint64_t number, uint64_t first_argument) {
  switch (number) {
    case SYS_futex: {
      // One of ACE's locks: the thread is inside of ACE.
      uintptr_t locks = (uintptr_t)ace_locks;
      return first_argument - locks >= sizeof ace_locks;
    }
    case SYS_read:
    case SYS_recvfrom:
    case SYS_recvmsg:
    case SYS_accept:
    case SYS_accept4:
    case SYS_nanosleep:
    case SYS_clock_nanosleep:
    case SYS_restart_syscall:
    case SYS_wait4:
    case SYS_waitid:
    case SYS_epoll_pwait:
    case SYS_ppoll:
    case SYS_pselect6:
    case SYS_rt_sigtimedwait:
#ifdef SYS_poll
    case SYS_poll:
    case SYS_select:
    case SYS_epoll_wait:
#endif
      return true;
    default: return false;
  }
}

// The number of a line of its own; false where there is no such line, or where it is cut.
static bool read_line_number(const char *text, const char *beginning, unsigned base, uint64_t *number) {
  const char *next = find_line(text, beginning);
  if (next == NULL) return false;
  const char *before = next;
  *number = read_number(&next, base);
  return next != before && *next == '\n';
}

// What a thread that sleeps all the while does not change.
struct thread_state {
  uint64_t blocked_signals, voluntary_switches, other_switches;
};

static bool read_thread_state(int32_t thread, struct thread_state *state) {
  // Two kilobytes, of which a machine of a thousand nodes of memory takes another.
  char text[4096];
  return read_thread_file(thread, "status", text, sizeof text) > 0
      && read_line_number(text, "SigBlk:", 16, &state->blocked_signals)
      && read_line_number(text, "voluntary_ctxt_switches:", 10, &state->voluntary_switches)
      && read_line_number(text, "nonvoluntary_ctxt_switches:", 10, &state->other_switches);
}

bool ace_threads_are_listed(void) {
  char text[4096];
  uint64_t number;
  int32_t own = ace_thread_identifier();
  // One number for each namespace from that of /proc inwards (proc(5)): with two, the line does not end behind the first.
  return read_thread_file(own, "status", text, sizeof text) > 0 && read_line_number(text, "NSpid:", 10, &number)
      && number == (uint64_t)own;
}

bool ace_is_asleep(int32_t thread, uint64_t mask) {
  struct thread_state before, after;
  if (!read_thread_state(thread, &before) || before.blocked_signals != mask) return false;
  char text[256];
  // "running", or the number of the call (-1 for none), its arguments, stack pointer and instruction (proc(5)).
  if (read_thread_file(thread, "syscall", text, sizeof text) <= 0) return false;
  const char *next = text;
  uint64_t number = read_number(&next, 10);
  if (next == text || *next != ' ') return false;
  uint64_t first_argument = read_number(&next, 16);
  if (!is_waiting_call(number, first_argument)) return false;
  // The files are read one after the other. What they say belongs to one moment if the thread has not run between.
  return read_thread_state(thread, &after) && after.blocked_signals == before.blocked_signals
      && after.voluntary_switches == before.voluntary_switches && after.other_switches == before.other_switches;
}
