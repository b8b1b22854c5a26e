/* Blocking sockets in C, a thread for each connection; the same words as ours.mjs. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static const char *row;
static int listener;
static int is(const char *name) { return strcmp(row, name) == 0; }
static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec + t.tv_nsec / 1e9; }
static void all(int fd, const char *data, size_t n) {
  while (n > 0) { ssize_t sent = send(fd, data, n, MSG_NOSIGNAL); if (sent <= 0) return; data += sent; n -= sent; }
}
static size_t exactly(int fd, char *data, size_t n) {
  size_t got = 0;
  while (got < n) { ssize_t r = recv(fd, data + got, n - got, 0); if (r <= 0) break; got += r; }
  return got;
}
static void nodelay(int fd) { int on = 1; setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on); }

static void *converse(void *arg) {
  int fd = (int)(long)arg;
  char *buf = malloc(65536);
  ssize_t n;
  if (is("bulk")) { while (recv(fd, buf, 65536, 0) > 0); all(fd, ".", 1); }
  else if (is("frames")) {
    size_t have = 0; unsigned count = 0;
    while ((n = recv(fd, buf + have, 65536 - have, 0)) > 0) {
      size_t at = 0; unsigned size; have += n;
      while (have - at >= 4 && (memcpy(&size, buf + at, 4), size = ntohl(size), have - at >= 4 + size)) { at += 4 + size; count++; }
      memmove(buf, buf + at, have -= at);
    }
    count = htonl(count); all(fd, (char *)&count, 4);
  } else while ((n = recv(fd, buf, 4096, 0)) > 0) all(fd, buf, n);
  free(buf); close(fd);
  return NULL;
}
static void *serve(void *unused) {
  char buf[2048]; unsigned count = 0;
  pthread_attr_t small; pthread_attr_init(&small); pthread_attr_setstacksize(&small, 65536); pthread_attr_setdetachstate(&small, 1);
  if (strncmp(row, "udp", 3) == 0) for (;;) {
    struct sockaddr_in from; socklen_t len = sizeof from;
    ssize_t n = recvfrom(listener, buf, sizeof buf, 0, (void *)&from, &len);
    if (is("udp")) sendto(listener, buf, n, 0, (void *)&from, len);
    else if (n > 1) count++;
    else sendto(listener, buf, sprintf(buf, "%u", count), 0, (void *)&from, len);
  }
  for (;;) {
    int fd = accept(listener, NULL, NULL);
    if (is("connect")) { close(fd); continue; }
    if (!is("many")) nodelay(fd);
    pthread_t thread; pthread_create(&thread, &small, converse, (void *)(long)fd);
  }
  return unused;
}
static int order(const void *a, const void *b) { double d = *(double *)a - *(double *)b; return d < 0 ? -1 : d > 0; }

static double drive(int port, int count) {
  static char data[65536]; memset(data, 'x', sizeof data);
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  double start = now();
  if (is("lookup")) {
    struct addrinfo hints = { .ai_socktype = SOCK_STREAM };
    for (int i = 0; i < count; i++) { struct addrinfo *found; if (getaddrinfo("localhost", "80", &hints, &found) == 0) freeaddrinfo(found); }
    return count / (now() - start);
  }
  if (is("connect")) {
    for (int i = 0; i < count; i++) {
      int fd = socket(AF_INET, SOCK_STREAM, 0);
      if (connect(fd, (void *)&to, sizeof to) == 0) exactly(fd, data, 1);
      close(fd);
    }
    return count / (now() - start);
  }
  int udp = strncmp(row, "udp", 3) == 0, fd = socket(AF_INET, udp ? SOCK_DGRAM : SOCK_STREAM, 0);
  if (connect(fd, (void *)&to, sizeof to) != 0) { perror("connect"); exit(1); }
  if (!udp) nodelay(fd);
  if (is("tcp") || is("udp")) {
    double *times = calloc(count, sizeof *times);
    for (int i = 0; i < count; i++) { start = now(); all(fd, data, 64); exactly(fd, data, 64); times[i] = now() - start; }
    qsort(times, count, sizeof *times, order);
    return times[count / 2] * 1e6;
  }
  start = now();
  if (is("bulk")) {
    for (int i = 0; i < count * 16; i++) all(fd, data, 65536);
    shutdown(fd, SHUT_WR); exactly(fd, data, 1);
    return count * 1.048576 / (now() - start);
  }
  if (is("frames")) {
    unsigned size = htonl(1024); memcpy(data, &size, 4);
    for (int i = 0; i < count; i++) all(fd, data, 1028);
    shutdown(fd, SHUT_WR); exactly(fd, data, 4);
    return count / (now() - start);
  }
  struct timeval second = {.tv_sec = 1};
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &second, sizeof second);
  for (int i = 0; i < count; i++) send(fd, data, 64, 0);
  for (int i = 0; i < 5; i++) {
    send(fd, "E", 1, 0);
    ssize_t n = recv(fd, data, 100, 0);
    if (n > 0) { data[n] = 0; return atoi(data) / (now() - start); }
  }
  return 0;
}
int main(int argc, char **argv) {
  if (argc < 3) return 2;
  row = argv[2];
  if (strcmp(argv[1], "drive") == 0) { printf("%f\n", drive(atoi(argv[3]), atoi(argv[4]))); return 0; }
  struct sockaddr_in own = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t len = sizeof own; int room = 4 << 20; pthread_t thread;
  if (!is("lookup")) {
    listener = socket(AF_INET, strncmp(row, "udp", 3) == 0 ? SOCK_DGRAM : SOCK_STREAM, 0);
    setsockopt(listener, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
    bind(listener, (void *)&own, sizeof own); listen(listener, 4096); getsockname(listener, (void *)&own, &len);
    pthread_create(&thread, NULL, serve, NULL);
  }
  if (strcmp(argv[1], "both") == 0) { printf("%f\n", drive(ntohs(own.sin_port), atoi(argv[3]))); return 0; }
  printf("%d\n", ntohs(own.sin_port)); fflush(stdout);
  while (getchar() != EOF);
  return 0;
}
