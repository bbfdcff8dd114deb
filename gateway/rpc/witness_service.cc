#include "gateway/rpc/witness_service.h"

#include <utility>

namespace tracegate {

void ServeWitness(Witness* witness, HandlerTable* table) {
  table->ServeUnary<v1::AddCheckpointRequest>(
      "/tracegate.v1.EvidenceService/AddCheckpoint",
      [witness](const Call& call, const v1::AddCheckpointRequest& request, std::string,
                ReplyDone done) {
        witness->AddCheckpoint(call.caller.state, request, [done = std::move(done)](auto response) {
          if (!response.ok()) return done(response.status());
          done(response->SerializeAsString());
        });
      });
}

}  // namespace tracegate
