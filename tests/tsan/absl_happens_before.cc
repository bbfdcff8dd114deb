// Tells ThreadSanitizer what the packaged absl cannot, not being compiled for it: that whoever takes
// a mutex has seen all that happened before it was let go. Without this, data rightly guarded by an
// absl::Mutex is reported as a race. The linker puts each __wrap_ function in place of the one it
// names (--wrap); tests/CMakeLists.txt reads the names from this file.
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

extern "C" {

void __tsan_acquire(void* address);
void __tsan_release(void* address);
void AnnotateIgnoreReadsBegin(const char* file, int line);
void AnnotateIgnoreReadsEnd(const char* file, int line);

// An absl::Status counts its holders inside the library, so its last holder, who frees it, looks
// unsynchronised with those who only read it. So does the library's graph of held mutexes, guarded by a spin lock in there.
// ThreadSanitizer asks for this text by name.
const char* __tsan_default_suppressions() {
  return "race:libabsl_status.so\nrace:libabsl_graphcycles_internal.so\n";
}

// While a mutex is let go, absl evaluates the conditions of others who wait for it, under the lock it
// still holds but after our release: those reads would look like races.
#define UNDER_RELEASED_LOCK(call)               \
  AnnotateIgnoreReadsBegin(__FILE__, __LINE__); \
  call;                                         \
  AnnotateIgnoreReadsEnd(__FILE__, __LINE__)

#define TAKES(symbol)                 \
  void __real_##symbol(void* mutex);  \
  void __wrap_##symbol(void* mutex) { \
    __real_##symbol(mutex);           \
    __tsan_acquire(mutex);            \
  }

#define TRIES(symbol)                    \
  bool __real_##symbol(void* mutex);     \
  bool __wrap_##symbol(void* mutex) {    \
    bool taken = __real_##symbol(mutex); \
    if (taken) __tsan_acquire(mutex);    \
    return taken;                        \
  }

#define LETS_GO(symbol)                          \
  void __real_##symbol(void* mutex);             \
  void __wrap_##symbol(void* mutex) {            \
    __tsan_release(mutex);                       \
    UNDER_RELEASED_LOCK(__real_##symbol(mutex)); \
  }

#define WAITS(symbol, condition_type)                           \
  void __real_##symbol(void* mutex, condition_type condition);  \
  void __wrap_##symbol(void* mutex, condition_type condition) { \
    __tsan_release(mutex);                                      \
    UNDER_RELEASED_LOCK(__real_##symbol(mutex, condition));     \
    __tsan_acquire(mutex);                                      \
  }

#define WAITS_UNTIL(symbol, condition_type, limit_type)                           \
  bool __real_##symbol(void* mutex, condition_type condition, limit_type limit);  \
  bool __wrap_##symbol(void* mutex, condition_type condition, limit_type limit) { \
    __tsan_release(mutex);                                                        \
    UNDER_RELEASED_LOCK(bool met = __real_##symbol(mutex, condition, limit));     \
    __tsan_acquire(mutex);                                                        \
    return met;                                                                   \
  }

TAKES(_ZN4absl7debian35Mutex4LockEv)
TAKES(_ZN4absl7debian35Mutex10ReaderLockEv)
TRIES(_ZN4absl7debian35Mutex7TryLockEv)
TRIES(_ZN4absl7debian35Mutex13ReaderTryLockEv)
LETS_GO(_ZN4absl7debian35Mutex6UnlockEv)
LETS_GO(_ZN4absl7debian35Mutex12ReaderUnlockEv)
WAITS(_ZN4absl7debian35Mutex5AwaitERKNS0_9ConditionE, const absl::Condition&)
WAITS(_ZN4absl7debian35Mutex8LockWhenERKNS0_9ConditionE, const absl::Condition&)
WAITS_UNTIL(_ZN4absl7debian35Mutex16AwaitWithTimeoutERKNS0_9ConditionENS0_8DurationE,
            const absl::Condition&, absl::Duration)
WAITS_UNTIL(_ZN4absl7debian35Mutex17AwaitWithDeadlineERKNS0_9ConditionENS0_4TimeE,
            const absl::Condition&, absl::Time)

// A wait on a condition variable lets go of the mutex, its second argument, and takes it again.
#define WAITS_ON(symbol)                                   \
  void __real_##symbol(void* variable, void* mutex);       \
  void __wrap_##symbol(void* variable, void* mutex) {      \
    __tsan_release(mutex);                                 \
    UNDER_RELEASED_LOCK(__real_##symbol(variable, mutex)); \
    __tsan_acquire(mutex);                                 \
  }

#define WAITS_ON_UNTIL(symbol, limit_type)                                    \
  bool __real_##symbol(void* variable, void* mutex, limit_type limit);        \
  bool __wrap_##symbol(void* variable, void* mutex, limit_type limit) {       \
    __tsan_release(mutex);                                                    \
    UNDER_RELEASED_LOCK(bool late = __real_##symbol(variable, mutex, limit)); \
    __tsan_acquire(mutex);                                                    \
    return late;                                                              \
  }

WAITS_ON(_ZN4absl7debian37CondVar4WaitEPNS0_5MutexE)
WAITS_ON_UNTIL(_ZN4absl7debian37CondVar15WaitWithTimeoutEPNS0_5MutexENS0_8DurationE, absl::Duration)
WAITS_ON_UNTIL(_ZN4absl7debian37CondVar16WaitWithDeadlineEPNS0_5MutexENS0_4TimeE, absl::Time)

LETS_GO(_ZN4absl7debian312Notification6NotifyEv)
TAKES(_ZNK4absl7debian312Notification19WaitForNotificationEv)

#define WAITS_FOR(symbol, limit_type)                   \
  bool __real_##symbol(void* event, limit_type limit);  \
  bool __wrap_##symbol(void* event, limit_type limit) { \
    bool happened = __real_##symbol(event, limit);      \
    if (happened) __tsan_acquire(event);                \
    return happened;                                    \
  }

WAITS_FOR(_ZNK4absl7debian312Notification30WaitForNotificationWithTimeoutENS0_8DurationE,
          absl::Duration)
WAITS_FOR(_ZNK4absl7debian312Notification31WaitForNotificationWithDeadlineENS0_4TimeE, absl::Time)

TAKES(_ZN4absl7debian315BlockingCounter4WaitEv)
bool __real__ZN4absl7debian315BlockingCounter14DecrementCountEv(void* counter);
bool __wrap__ZN4absl7debian315BlockingCounter14DecrementCountEv(void* counter) {
  __tsan_release(counter);
  return __real__ZN4absl7debian315BlockingCounter14DecrementCountEv(counter);
}

}  // extern "C"
