#ifndef TRACEGATE_GATEWAY_TRACING_TRACE_BATCH_H_
#define TRACEGATE_GATEWAY_TRACING_TRACE_BATCH_H_

#include <deque>
#include <functional>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "gateway/identity/caller.h"
#include "gateway/tracing/timers.h"
#include "gateway/tracing/tracer.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// The traces of one caller's batch. Each is opened as by itself, with two differences: it is replied to after kItemWait at
// the latest, so that one State that is away does not hold up the rest; and where two weapons have one serial number, the
// later waits until the earlier is replied to, and so finds it on record (see NoteEarlierTrace).
//
// Thread safety: all methods from any thread. Lifetime: what it waits for holds it; what is pointed to outlives it.
class TraceBatch : public std::enable_shared_from_this<TraceBatch> {
 public:
  static constexpr absl::Duration kItemWait = absl::Milliseconds(500);

  struct Parts {
    Tracer* tracer = nullptr;
    Timers* timers = nullptr;
    std::function<absl::Time()> clock;
  };

  // `deadline` is the batch's.
  TraceBatch(Parts parts, Caller caller, absl::Time deadline)
      : parts_(std::move(parts)), caller_(std::move(caller)), deadline_(deadline) {}

  // As Tracer::Create.
  void Open(v1::CreateTraceRequest request, std::string request_bytes, TraceRun::Reply reply);

 private:
  struct Item {
    v1::CreateTraceRequest request;
    std::string request_bytes;
    TraceRun::Reply reply;
  };

  void Create(Item item, TraceRun::Reply reply);
  // The one whose reply the next with that number waits for. The next is opened on the timers' thread: the reply comes on
  // that of the log's writer, which others wait for.
  void CreateFirst(const std::string& number, Item item);
  void CreateNext(const std::string& number);

  const Parts parts_;
  const Caller caller_;
  const absl::Time deadline_;
  absl::Mutex mutex_;
  // Those that wait, by folded serial number; there is a row while one with that number is being opened.
  absl::flat_hash_map<std::string, std::deque<Item>> waiting_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRACING_TRACE_BATCH_H_
