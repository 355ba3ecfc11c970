/*
 * Offers new connections to an HTTP server at a steady rate, and counts what becomes of every single one.
 *
 *   connections ADDRESS PORT PATH RATE HANG_SECONDS
 *
 * It stops at SIGINT, SIGTERM or the end of its standard input, lets what is under way finish, and prints one line of JSON.
 *
 * The server closes first: a side that closes first keeps the connection in TIME-WAIT for a minute, and once all ports are held like
 * that, each new connect() costs milliseconds of search. We close with a reset, which ends the other side's TIME-WAIT too, and with it
 * what the kernel remembers of a translated address; without that, both run full at a few thousand connections a second.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* More at once would be a burst that overflows a server's queue after a pause, not a steady rate. */
#define MOST_UNDER_WAY 400
#define HEAD_BYTES 4096
#define NANOSECONDS 1000000000ull

enum outcome { GOOD, REFUSED, RESET, BAD_STATUS, WRONG_BODY, HUNG, OTHER, OUTCOMES };
static const char *const NAMES[OUTCOMES] = {"good", "refused", "reset", "badStatus", "wrongBody", "hung", "other"};

struct connection {
  int fd;
  bool asked;
  uint64_t begun;
  char head[HEAD_BYTES + 1];
  size_t head_bytes;
  bool head_complete;
  long long body_bytes;
  struct connection *earlier, *later;
};

static struct sockaddr_in server;
static char request[1024];
static uint64_t rate, hang, begun, now;

static struct connection pool[MOST_UNDER_WAY];
static struct connection *unused[MOST_UNDER_WAY];
static size_t unused_count = MOST_UNDER_WAY;
/* In the order of their beginning, which is that of their deadlines too. */
static struct connection *oldest, *newest;

static int poller;
static uint64_t offered, outcomes[OUTCOMES], slowest;
static uint64_t *answered_in_second, seconds_seen;

static void die(const char *what) {
  fprintf(stderr, "connections: %s: %s\n", what, strerror(errno));
  exit(1);
}

static uint64_t clock_now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * NANOSECONDS + (uint64_t)time.tv_nsec;
}

static void count_answer(uint64_t took) {
  uint64_t second = (now - begun) / NANOSECONDS;
  while (seconds_seen <= second) {
    answered_in_second = realloc(answered_in_second, (seconds_seen + 1) * sizeof *answered_in_second);
    if (answered_in_second == NULL) die("realloc");
    answered_in_second[seconds_seen++] = 0;
  }
  answered_in_second[second]++;
  if (took > slowest) slowest = took;
}

static void append(struct connection *each) {
  each->earlier = newest;
  each->later = NULL;
  if (newest == NULL) oldest = each;
  else newest->later = each;
  newest = each;
}

static void take_out(struct connection *each) {
  if (each->earlier == NULL) oldest = each->later;
  else each->earlier->later = each->later;
  if (each->later == NULL) newest = each->earlier;
  else each->later->earlier = each->earlier;
}

static void finish(struct connection *each, enum outcome outcome) {
  struct linger reset = {.l_onoff = 1, .l_linger = 0};
  setsockopt(each->fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
  close(each->fd);
  take_out(each);
  unused[unused_count++] = each;
  outcomes[outcome]++;
  if (outcome == GOOD) count_answer(now - each->begun);
}

static void fail(struct connection *each, int error) {
  if (error == ECONNREFUSED) finish(each, REFUSED);
  else if (error == ECONNRESET || error == EPIPE) finish(each, RESET);
  else {
    if (outcomes[OTHER] == 0) fprintf(stderr, "connections: %s\n", strerror(error));
    finish(each, OTHER);
  }
}

static void start(void) {
  struct connection *each = unused[--unused_count];
  memset(each, 0, offsetof(struct connection, earlier));
  each->begun = now;
  each->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (each->fd < 0) die("socket");
  append(each);
  offered++;
  if (connect(each->fd, (struct sockaddr *)&server, sizeof server) != 0 && errno != EINPROGRESS) {
    fail(each, errno);
    return;
  }
  struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = each};
  if (epoll_ctl(poller, EPOLL_CTL_ADD, each->fd, &event) != 0) die("epoll_ctl");
}

/* What the head announces, or -1. */
static long long content_length(const struct connection *each) {
  const char *line = strcasestr(each->head, "\r\nContent-Length:");
  return line == NULL ? -1 : atoll(line + strlen("\r\nContent-Length:"));
}

static enum outcome judge(const struct connection *each) {
  if (!each->head_complete) return WRONG_BODY;
  if (strncmp(each->head, "HTTP/1.1 200 ", strlen("HTTP/1.1 200 ")) != 0) return BAD_STATUS;
  return each->body_bytes == content_length(each) ? GOOD : WRONG_BODY;
}

static void take(struct connection *each, const char *bytes, size_t count) {
  if (each->head_complete) {
    each->body_bytes += (long long)count;
    return;
  }
  size_t room = HEAD_BYTES - each->head_bytes, taken = count < room ? count : room;
  memcpy(each->head + each->head_bytes, bytes, taken);
  each->head_bytes += taken;
  each->head[each->head_bytes] = 0;
  char *end = strstr(each->head, "\r\n\r\n");
  if (end == NULL) return;
  each->head_complete = true;
  each->body_bytes = (long long)(each->head_bytes - (size_t)(end + 4 - each->head) + (count - taken));
  end[2] = 0;
}

static void receive(struct connection *each) {
  static char bytes[65536];
  for (;;) {
    ssize_t count = recv(each->fd, bytes, sizeof bytes, 0);
    if (count < 0 && errno == EAGAIN) return;
    if (count < 0) fail(each, errno);
    else if (count == 0) finish(each, judge(each));
    else {
      take(each, bytes, (size_t)count);
      continue;
    }
    return;
  }
}

static void advance(struct connection *each, uint32_t events) {
  if (!each->asked && events & EPOLLOUT && !(events & EPOLLERR)) {
    each->asked = true;
    ssize_t sent = send(each->fd, request, strlen(request), MSG_NOSIGNAL);
    if (sent != (ssize_t)strlen(request)) {
      fail(each, sent < 0 ? errno : EMSGSIZE);
      return;
    }
  }
  if (events & (EPOLLIN | EPOLLERR | EPOLLHUP)) receive(each);
}

static void offer_what_is_due(void) {
  uint64_t due = (now - begun) * rate / NANOSECONDS;
  while (offered < due && unused_count > 0) start();
}

static void give_up_what_hangs(void) {
  while (oldest != NULL && now - oldest->begun > hang) finish(oldest, HUNG);
}

/* Events without a connection are those that stop us. Returns whether there was one. */
static bool handle_events(void) {
  struct epoll_event events[256];
  int count = epoll_wait(poller, events, 256, 1);
  if (count < 0 && errno != EINTR) die("epoll_wait");
  now = clock_now();
  bool stopped = false;
  for (int at = 0; at < count; at++) {
    if (events[at].data.ptr == NULL) stopped = true;
    else advance(events[at].data.ptr, events[at].events);
  }
  return stopped;
}

static void print(uint64_t lasted) {
  printf("{\"offered\":%llu,\"seconds\":%.3f,\"slowestSeconds\":%.3f,\"outcomes\":{", (unsigned long long)offered,
         (double)lasted / NANOSECONDS, (double)slowest / NANOSECONDS);
  for (int at = 0; at < OUTCOMES; at++)
    printf("%s\"%s\":%llu", at == 0 ? "" : ",", NAMES[at], (unsigned long long)outcomes[at]);
  printf("},\"goodInSecond\":[");
  for (uint64_t at = 0; at < seconds_seen; at++)
    printf("%s%llu", at == 0 ? "" : ",", (unsigned long long)answered_in_second[at]);
  printf("]}\n");
}

static void stop_at(int fd, uint32_t events) {
  struct epoll_event event = {.events = events, .data.ptr = NULL};
  if (epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event) != 0) die("standard input has to be a pipe");
}

static void set_up(char *const arguments[]) {
  server.sin_family = AF_INET;
  server.sin_port = htons((uint16_t)atoi(arguments[2]));
  errno = EINVAL;
  if (inet_pton(AF_INET, arguments[1], &server.sin_addr) != 1) die(arguments[1]);
  rate = strtoull(arguments[4], NULL, 10);
  hang = strtoull(arguments[5], NULL, 10) * NANOSECONDS;
  if (rate == 0 || hang == 0) die("RATE and HANG_SECONDS");
  int length = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", arguments[3],
                        arguments[1]);
  if (length >= (int)sizeof request) die("PATH");
  for (size_t at = 0; at < MOST_UNDER_WAY; at++) unused[at] = &pool[at];
}

static void listen_for_the_end(void) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  sigprocmask(SIG_BLOCK, &signals, NULL);
  poller = epoll_create1(EPOLL_CLOEXEC);
  if (poller < 0) die("epoll_create1");
  stop_at(signalfd(-1, &signals, SFD_CLOEXEC), EPOLLIN | EPOLLONESHOT);
  stop_at(STDIN_FILENO, EPOLLIN | EPOLLONESHOT);
}

int main(int count, char *arguments[]) {
  if (count != 6) {
    fprintf(stderr, "usage: connections ADDRESS PORT PATH RATE HANG_SECONDS\n");
    return 2;
  }
  set_up(arguments);
  listen_for_the_end();
  begun = now = clock_now();
  bool running = true;
  uint64_t lasted = 0;
  while (running || oldest != NULL) {
    if (running) offer_what_is_due();
    if (handle_events() && running) {
      running = false;
      lasted = now - begun;
    }
    give_up_what_hangs();
  }
  print(lasted);
  return 0;
}
