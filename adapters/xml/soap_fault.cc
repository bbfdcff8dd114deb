#include "adapters/xml/soap_fault.h"

#include <algorithm>
#include <memory>
#include <string_view>

#include "absl/strings/ascii.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr std::string_view kSoap11 = "http://schemas.xmlsoap.org/soap/envelope/";
constexpr std::string_view kSoap12 = "http://www.w3.org/2003/05/soap-envelope";

std::string_view View(const xmlChar* text) {
  return text == nullptr ? "" : reinterpret_cast<const char*>(text);
}

bool Is(const xmlNode* node, std::string_view space, std::string_view name) {
  return node != nullptr && node->type == XML_ELEMENT_NODE && View(node->name) == name &&
         View(node->ns == nullptr ? nullptr : node->ns->href) == space;
}

const xmlNode* Child(const xmlNode* parent, std::string_view space, std::string_view name) {
  const xmlNode* child = parent == nullptr ? nullptr : parent->children;
  while (child != nullptr && !Is(child, space, name)) child = child->next;
  return child;
}

// `soap:Client.Authentication`: without prefix, and only what stands before the first dot.
std::string CodeIn(const xmlNode* element) {
  xmlChar* content = xmlNodeGetContent(element);
  std::string code(View(content));
  xmlFree(content);
  absl::StripAsciiWhitespace(&code);
  const size_t colon = code.find(':');
  if (colon != std::string::npos) code.erase(0, colon + 1);
  return code.substr(0, code.find('.'));
}

}  // namespace

absl::Status CheckSoapFault(const std::string& asked, const xmlDoc& document) {
  const xmlNode* root = xmlDocGetRootElement(&document);
  for (const std::string_view space : {kSoap11, kSoap12}) {
    if (!Is(root, space, "Envelope")) continue;
    const xmlNode* fault = Child(Child(root, space, "Body"), space, "Fault");
    if (fault == nullptr) return absl::OkStatus();
    const xmlNode* code = space == kSoap11 ? Child(fault, "", "faultcode")
                                           : Child(Child(fault, space, "Code"), space, "Value");
    const std::string word = code == nullptr ? "" : CodeIn(code);
    if (word == "Client" || word == "Sender") {
      return Failure(v1::REASON_REGISTRY_MISMATCH,
                     asked + " answers with a SOAP fault: the question is wrong (" + word + ")");
    }
    return Failure(v1::REASON_REGISTRY_UNAVAILABLE, asked + " answers with a SOAP fault");
  }
  return absl::OkStatus();
}

}  // namespace tracegate
