// SPDX-License-Identifier: MIT
// SQLite (package libsqlite3-dev) as Swift sees it.
#pragma once
#include <sqlite3.h>
#include <stdint.h>

/// Binds a text of which SQLite makes a copy of its own: SQLITE_TRANSIENT is a cast that Swift does not see.
static inline int csqlite_bind_text(sqlite3_stmt *statement, int index, const char *text, int count) {
  return sqlite3_bind_text(statement, index, text, count, SQLITE_TRANSIENT);
}
