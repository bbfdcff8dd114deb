#ifndef TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_TS_TEXT_H_
#define TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_TS_TEXT_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "gateway/evidence/time_stamp/ts_handles.h"

namespace tracegate::ts {

// What OpenSSL holds, as text for a person, and how this room refuses. Internal to this room.

// INVALID_ARGUMENT (FIELD_INVALID) about `time_stamp.<part>`.
absl::Status Refused(std::string_view part, std::string_view problem);

// A stranger's text, safe to show: bytes outside printable ASCII become `?`; past 200 bytes, `...`.
std::string Quoted(std::string_view text);

// A certificate's subject as RFC 2253 has it, printable and bounded: `CN=Stamp,O=Authority,C=BR`.
std::string Subject(const X509* certificate);

// Dotted decimal, whether or not OpenSSL has a name for it; bounded. `2.999.1`.
std::string Dotted(const ASN1_OBJECT* object);

// The oldest error in OpenSSL's queue of this thread, in its words; clears the queue.
std::string TakeLibraryError();

// The bytes of an ASN.1 string; empty for null.
std::string_view BytesOf(const ASN1_STRING* string);

}  // namespace tracegate::ts

#endif  // TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_TS_TEXT_H_
