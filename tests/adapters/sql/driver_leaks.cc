// PostgreSQL's ODBC driver loses some bytes with each statement that the server refuses. They are its own; what is lost
// anywhere else is still found.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:psqlodbcw.so\n"; }
