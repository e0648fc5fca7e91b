// SPDX-License-Identifier: MIT
//
// Inline wrappers for ptrace(2) and seccomp(2). Functions that the C library has none for return what the kernel does, with
// the error number negated.
#pragma once

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/ptrace.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

/// `ptrace`, but for the requests that read words.
static inline int linux_ptrace(long request, pid_t thread, uint64_t address, uint64_t data) {
  return syscall(SYS_ptrace, request, (long)thread, address, data) < 0 ? -errno : 0;
}

/// `ptrace(PTRACE_GETEVENTMSG)`: of a start of a thread or process its number, of an `exec` the number that the thread had before.
static inline pid_t linux_traced_event_thread(pid_t thread) {
  unsigned long message = 0;
  return syscall(SYS_ptrace, (long)PTRACE_GETEVENTMSG, (long)thread, 0L, &message) < 0 ? -1 : (pid_t)message;
}

/// The call that a stopped thread is at.
typedef struct {
  /// Whether it is at the call's end.
  bool is_exit;
  bool is_error;
  int64_t result;
  uint64_t number;
  uint64_t arguments[6];
} linux_traced_call;

/// `ptrace(PTRACE_GET_SYSCALL_INFO)`; false where the thread is at no call.
static inline bool linux_get_traced_call(pid_t thread, linux_traced_call *call) {
  struct ptrace_syscall_info information;
  if (syscall(SYS_ptrace, (long)PTRACE_GET_SYSCALL_INFO, (long)thread, sizeof information, &information) < 0) return false;
  call->is_exit = information.op == PTRACE_SYSCALL_INFO_EXIT;
  if (call->is_exit) {
    call->is_error = information.exit.is_error;
    call->result = information.exit.rval;
    return true;
  }
  if (information.op == PTRACE_SYSCALL_INFO_NONE) return false;
  // A stop of seccomp's and one at a call's begin have number and arguments at the same place.
  call->number = information.entry.nr;
  for (int index = 0; index < 6; index++) call->arguments[index] = information.entry.args[index];
  return true;
}

/// `PTRACE_SEIZE`, with the options under which threads, processes and the filter's calls stop; the process and all
/// that it starts are killed when the tracer ends.
static inline int linux_seize(pid_t process) {
  return linux_ptrace(
      PTRACE_SEIZE, process, 0,
      PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACESECCOMP | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE |
          PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL);
}

/// Where `linux_start_filtered` has failed.
enum { LINUX_START_FILTER = 1, LINUX_START_EXEC = 2 };

extern int execvpe(const char *file, char *const arguments[], char *const environment[]);

/// `fork` and `execvpe`, with a seccomp filter in between: the program's calls are what the filter makes of them.
///
/// The child waits for a byte from `gate` before it goes on; when the gate is closed without, it ends. Descriptors that
/// are not negative become its standard output and standard error. Of what fails it writes the place (above) and the error
/// number, both `int`, to `report`, which `exec` closes. Returns the process or a negated error number.
static inline pid_t linux_start_filtered(
    char *const arguments[], char *const environment[], int output, int errors, struct sock_fprog *filter, int gate,
    int report) {
  const pid_t process = fork();
  if (process != 0) return process < 0 ? -errno : process;
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  signal(SIGPIPE, SIG_DFL);
  signal(SIGXFSZ, SIG_DFL);
  if (output >= 0) dup2(output, STDOUT_FILENO);
  if (errors >= 0) dup2(errors, STDERR_FILENO);
  char byte;
  if (read(gate, &byte, 1) != 1) _exit(127);
  int fault[2] = {LINUX_START_FILTER, 0};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, filter) == 0) {
    fault[0] = LINUX_START_EXEC;
    execvpe(arguments[0], arguments, environment);
  }
  fault[1] = errno;
  if (write(report, fault, sizeof fault) < 0) _exit(126);
  _exit(127);
}
