/* The statements of a recording, asked as fast as SQLite answers them: `facts REGISTRY RECORDING`; one pass for every line
 * on standard input, its seconds on standard output. See facts.rs. The settings are those of `store::open`. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct sqlite3 sqlite3;
typedef struct sqlite3_stmt sqlite3_stmt;
int sqlite3_open_v2(const char *, sqlite3 **, int, const char *);
int sqlite3_db_config(sqlite3 *, int, ...);
int sqlite3_exec(sqlite3 *, const char *, void *, void *, char **);
int sqlite3_prepare_v2(sqlite3 *, const char *, int, sqlite3_stmt **, const char **);
int sqlite3_bind_int64(sqlite3_stmt *, int, int64_t);
int sqlite3_bind_text(sqlite3_stmt *, int, const char *, int, void (*)(void *));
int sqlite3_step(sqlite3_stmt *);
int sqlite3_reset(sqlite3_stmt *);
int sqlite3_column_count(sqlite3_stmt *);
int sqlite3_column_type(sqlite3_stmt *, int);
int64_t sqlite3_column_int64(sqlite3_stmt *, int);
const unsigned char *sqlite3_column_text(sqlite3_stmt *, int);
int sqlite3_column_bytes(sqlite3_stmt *, int);
enum { READONLY_NOMUTEX = 1 | 0x8000, QPSG = 1007, ROW = 100, INTEGER = 1, TEXT = 3, MOST = 16 };

struct value { const char *text; int length; int64_t number; };
struct asked { sqlite3_stmt *statement; int count; struct value values[MOST]; };

static void fail(const char *what) { fprintf(stderr, "facts.c: %s\n", what); exit(1); }

static char *line(FILE *from) {
  char *text = NULL; size_t room = 0;
  ssize_t length = getline(&text, &room, from);
  if (length < 0) return NULL;
  if (length > 0 && text[length - 1] == '\n') text[length - 1] = 0;
  return text;
}

int main(int argc, char **argv) {
  sqlite3 *db;
  if (argc != 3) fail("usage: facts REGISTRY RECORDING");
  if (sqlite3_open_v2(argv[1], &db, READONLY_NOMUTEX, NULL)) fail("no registry");
  sqlite3_db_config(db, QPSG, 1, NULL);
  const char *settings = "PRAGMA automatic_index = OFF; PRAGMA cell_size_check = ON; PRAGMA cache_size = -8192; BEGIN";
  if (sqlite3_exec(db, settings, NULL, NULL, NULL)) fail("settings");
  FILE *recording = fopen(argv[2], "r");
  if (!recording) fail("no recording");
  int statements = atoi(line(recording));
  sqlite3_stmt **prepared = calloc(statements, sizeof *prepared);
  for (int n = 0; n < statements; n++)
    if (sqlite3_prepare_v2(db, line(recording), -1, &prepared[n], NULL)) fail("a statement");
  size_t count = 0, room = 1 << 20;
  struct asked *asked = malloc(room * sizeof *asked);
  for (char *head; (head = line(recording)); count++) {
    if (count == room) asked = realloc(asked, (room *= 2) * sizeof *asked);
    struct asked *one = &asked[count];
    int which;
    if (sscanf(head, "%d %d", &which, &one->count) != 2 || one->count > MOST) fail("a line of the recording");
    one->statement = prepared[which];
    for (int n = 0; n < one->count; n++) {
      char *value = line(recording);
      one->values[n] = (struct value){value[0] == 't' ? value + 1 : NULL, (int)strlen(value) - 1, atoll(value + 1)};
    }
  }
  int64_t sum = 0;
  for (int key; (key = getchar()) != EOF;) {
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    for (size_t n = 0; n < count; n++) {
      struct asked *one = &asked[n];
      for (int v = 0; v < one->count; v++) {
        struct value *value = &one->values[v];
        if (value->text) sqlite3_bind_text(one->statement, v + 1, value->text, value->length, NULL);
        else sqlite3_bind_int64(one->statement, v + 1, value->number);
      }
      while (sqlite3_step(one->statement) == ROW) {
        int columns = sqlite3_column_count(one->statement);
        for (int c = 0; c < columns; c++) {
          int type = sqlite3_column_type(one->statement, c);
          if (type == INTEGER) sum += sqlite3_column_int64(one->statement, c);
          else if (type == TEXT) sum += sqlite3_column_text(one->statement, c)[0] + sqlite3_column_bytes(one->statement, c);
        }
      }
      sqlite3_reset(one->statement);
    }
    clock_gettime(CLOCK_MONOTONIC, &to);
    printf("%.9f\n", (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9);
    fflush(stdout);
  }
  fprintf(stderr, sum == 42 ? " " : "");
  return 0;
}
