// SPDX-License-Identifier: Apache-2.0
// endings WHAT...: does what belongs to an ending, a stop or a signal, one thing after the other:
//   SECONDS           how long the following waits last; 200 ms without it
//   catch             installs a handler for SIGHUP and SIGTERM
//   ignore, default   ignores SIGHUP, or gives it back its default
//   sleep, sleep-until, poll, poll-now, futex, futex-forever, select
//                     waits by this call, with a relative or an absolute time, not at all, or for a thread
//   i386-catch, i386-sleep
//                     the same through the table of i386
//   wait              waits for a signal to catch; after SIGTERM the program goes on
//   thread            waits until a thread ends, which waits by select
// Says "ready" first and "ended" at the end. A wait that fails is told, and the status is 1 then.
#define _GNU_SOURCE
#include <errno.h>
#include <linux/futex.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t terminated;
static struct timespec span = {0, 200000000};
static int word;

static void on_signal(int number) {
  if (number == SIGTERM) terminated = 1;
  if (number == SIGHUP && write(1, "hup\n", 4) != 4) terminated = 1;
}

static int catch (void (*handler)(int), int number) {
  struct sigaction action = {.sa_handler = handler};
  return sigaction(number, &action, NULL);
}

static int select_for_span(void) {
  struct timeval time = {span.tv_sec, span.tv_nsec / 1000};
  return select(0, NULL, NULL, NULL, &time);
}

static int sleep_until(void) {
  struct timespec end;
  clock_gettime(CLOCK_MONOTONIC, &end);
  end.tv_sec += span.tv_sec + 1;
  errno = clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &end, NULL);
  return errno ? -1 : 0;
}

static long wait_for_futex(const struct timespec* time) {
  long result = syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, 0, time, NULL, 0);
  return result == -1 && errno == ETIMEDOUT ? 0 : result;
}

static void* wake(void* unused) {
  select_for_span();
  syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
  return unused;
}

static long after_thread(int forever) {
  pthread_t thread;
  pthread_create(&thread, NULL, wake, NULL);
  long result = forever ? wait_for_futex(NULL) : 0;
  pthread_join(thread, NULL);
  return result;
}

#if defined(__x86_64__)
// Pointers of i386 have 32 bits: everything that is pointed to is static, and so is this program.
static uint32_t action_of_i386[5];
static uint32_t span_of_i386[2] = {0, 300000000};

static void never(void) {}

static long call_of_i386(long number, uint64_t a, uint64_t b, uint64_t c, uint64_t d) {
  long result;
  __asm__ volatile("movq %5, %%rsi\n\tint $0x80"
                   : "=a"(result)
                   : "0"(number), "b"(a), "c"(b), "d"(c), "r"(d)
                   : "memory", "rsi", "r8", "r9", "r10", "r11");
  return result;
}

static long catch_of_i386(void) {
  action_of_i386[0] = (uint32_t)(uintptr_t)never;
  return call_of_i386(174, SIGUSR2, (uintptr_t)action_of_i386, 0, 8);  // rt_sigaction
}

static long sleep_of_i386(void) { return call_of_i386(162, (uintptr_t)span_of_i386, 0, 0, 0); }  // nanosleep
#else
static long catch_of_i386(void) { return 0; }
static long sleep_of_i386(void) { return 0; }
#endif

static long set_span(int seconds) {
  span = (struct timespec){seconds, 0};
  return 0;
}

static long wait_to_catch(void) {
  while (!terminated) pause();
  return 0;
}

static long act(const char* what) {
  if (*what >= '0' && *what <= '9') return set_span(atoi(what));
  if (!strcmp(what, "catch")) return catch (on_signal, SIGHUP) + catch (on_signal, SIGTERM);
  if (!strcmp(what, "ignore")) return catch (SIG_IGN, SIGHUP);
  if (!strcmp(what, "default")) return catch (SIG_DFL, SIGHUP);
  if (!strcmp(what, "sleep")) return syscall(SYS_clock_nanosleep, CLOCK_MONOTONIC, 0, &span, NULL);
  if (!strcmp(what, "sleep-until")) return sleep_until();
#ifdef SYS_poll
  if (!strcmp(what, "poll")) return syscall(SYS_poll, NULL, 0, span.tv_sec * 1000 + span.tv_nsec / 1000000);
  if (!strcmp(what, "poll-now")) return syscall(SYS_poll, NULL, 0, 0);
#endif
  if (!strcmp(what, "futex")) return wait_for_futex(&span);
  if (!strcmp(what, "futex-forever")) return after_thread(1);
  if (!strcmp(what, "thread")) return after_thread(0);
  if (!strcmp(what, "select")) return select_for_span();
  if (!strcmp(what, "i386-catch")) return catch_of_i386();
  if (!strcmp(what, "i386-sleep")) return sleep_of_i386();
  if (!strcmp(what, "wait")) return wait_to_catch();
  errno = EINVAL;
  return -1;
}

int main(int argc, char** argv) {
  setvbuf(stdout, NULL, _IONBF, 0);
  puts("ready");
  for (int i = 1; i < argc; i++)
    if (act(argv[i]) != 0) {
      printf("%s: %s\n", argv[i], strerror(errno));
      return 1;
    }
  puts("ended");
  return 0;
}
