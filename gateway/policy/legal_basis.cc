#include "gateway/policy/legal_basis.h"

namespace tracegate {
namespace {

// A reviewed table: docs/reference/policy.md shows it to people.
constexpr LegalBasisRow kTable[] = {
    {v1::LEGAL_BASIS_ITI, true, false, "ITI", "paras 16-23: tracing requests and their answers"},
    {v1::LEGAL_BASIS_ATT_7_6, false, true, "ATT 7(6)",
     "the exporter tells importing and transit States of an authorisation; of transfers alone"},
    {v1::LEGAL_BASIS_ATT_8_1, false, true, "ATT 8(1)",
     "the importer informs the exporter's assessment; of transfers alone"},
    {v1::LEGAL_BASIS_ATT_8_3, false, true, "ATT 8(3)",
     "the State of final destination asks for export authorisations; of transfers alone"},
    {v1::LEGAL_BASIS_ATT_11, true, true, "ATT 11",
     "11(3)-(5): information against diversion, its sources and routes; a trace finds where it "
     "happened"},
    {v1::LEGAL_BASIS_FIREARMS_PROTOCOL_10, false, true, "Firearms Protocol 10",
     "10(2): transit States say in writing, before shipment, that they do not object; of transfers "
     "alone"},
    {v1::LEGAL_BASIS_FIREARMS_PROTOCOL_12, true, false, "Firearms Protocol 12",
     "12(4): prompt responses to tracing requests"},
    {v1::LEGAL_BASIS_CIFTA_XIII, true, false, "CIFTA XIII",
     "exchange of information, tracing included"},
    {v1::LEGAL_BASIS_EUROPOL_WORKING_ARRANGEMENT, true, false, "Europol working arrangement",
     "exchange between investigators, for the purposes it names"},
    {v1::LEGAL_BASIS_BILATERAL, true, true, "bilateral", "what the two States wrote: its purposes"},
};

}  // namespace

std::span<const LegalBasisRow> LegalBasisTable() { return kTable; }

const LegalBasisRow* FindLegalBasis(v1::LegalBasis basis) {
  for (const LegalBasisRow& row : kTable) {
    if (row.basis == basis) return &row;
  }
  return nullptr;
}

}  // namespace tracegate
