#include "adapters/xml/xml_path.h"

#include <libxml/xpathInternals.h>

namespace tracegate {
namespace {

// Steps of one evaluation; past them it finds nothing.
constexpr unsigned long kStepsMax = 10'000'000;  // NOLINT(runtime/int): libxml2's type

struct FreeContext {
  void operator()(xmlXPathContext* context) const { xmlXPathFreeContext(context); }
};
struct FreeText {
  void operator()(xmlChar* text) const { xmlFree(text); }
};

const xmlChar* Xml(const std::string& text) {
  return reinterpret_cast<const xmlChar*>(text.c_str());
}

std::string Taken(xmlChar* text) {
  const std::unique_ptr<xmlChar, FreeText> owned(text);
  return text == nullptr ? "" : reinterpret_cast<const char*>(text);
}

// The library would print to standard error.
void SayNothing(void* /*data*/, xmlErrorPtr /*error*/) {}

bool HoldsElements(const xmlNode* node) {
  return node->type == XML_ELEMENT_NODE && xmlChildElementCount(const_cast<xmlNode*>(node)) > 0;
}

}  // namespace

absl::StatusOr<XmlPath> XmlPath::Parse(const std::string& text, const XmlNamespaces& namespaces) {
  const auto document = ParseXml("<none/>");
  if (!document.ok()) return document.status();
  const std::unique_ptr<xmlXPathContext, FreeContext> context(xmlXPathNewContext(document->get()));
  context->error = SayNothing;
  XmlPath path(xmlXPathCtxtCompile(context.get(), Xml(text)), namespaces);
  if (path.expression_ == nullptr) return absl::InvalidArgumentError("is no XPath expression");
  if (path.Evaluate(xmlDocGetRootElement(document->get())) == nullptr) {
    return absl::InvalidArgumentError("has a prefix or function that is not known");
  }
  return path;
}

XmlPath::Object XmlPath::Evaluate(xmlNode* from) const {
  const std::unique_ptr<xmlXPathContext, FreeContext> context(xmlXPathNewContext(from->doc));
  if (context == nullptr) return nullptr;
  context->error = SayNothing;
  context->opLimit = kStepsMax;
  context->node = from;
  for (const auto& [prefix, uri] : namespaces_) {
    xmlXPathRegisterNs(context.get(), Xml(prefix), Xml(uri));
  }
  return Object(xmlXPathCompiledEval(expression_.get(), context.get()));
}

std::vector<xmlNode*> XmlPath::Elements(xmlNode* from, size_t nodes_max) const {
  std::vector<xmlNode*> elements;
  const Object found = Evaluate(from);
  if (found == nullptr || found->type != XPATH_NODESET || found->nodesetval == nullptr) {
    return elements;
  }
  xmlXPathNodeSetSort(found->nodesetval);
  for (int i = 0; i < found->nodesetval->nodeNr && elements.size() < nodes_max; ++i) {
    xmlNode* node = found->nodesetval->nodeTab[i];
    if (node->type == XML_ELEMENT_NODE) elements.push_back(node);
  }
  return elements;
}

std::optional<std::string> XmlPath::Text(xmlNode* from, bool* no_single) const {
  const Object found = Evaluate(from);
  if (found == nullptr) return std::nullopt;
  if (found->type != XPATH_NODESET) return Taken(xmlXPathCastToString(found.get()));
  const xmlNodeSet* nodes = found->nodesetval;
  if (nodes == nullptr || nodes->nodeNr == 0) return std::nullopt;
  *no_single = nodes->nodeNr > 1 || HoldsElements(nodes->nodeTab[0]);
  if (*no_single) return std::nullopt;
  return Taken(xmlXPathCastNodeToString(nodes->nodeTab[0]));
}

}  // namespace tracegate
