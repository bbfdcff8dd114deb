#ifndef TRACEGATE_ADAPTERS_XML_XML_PATH_H_
#define TRACEGATE_ADAPTERS_XML_XML_PATH_H_

#include <libxml/xpath.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/xml/xml_document.h"

namespace tracegate {

// Prefixes, and the namespaces that they stand for.
using XmlNamespaces = std::map<std::string, std::string>;

// An XPath 1.0 expression, from one element to others or to a value.
//
// Thread safety: none: one thread at a time. Lifetime: what it finds belongs to the document.
class XmlPath {
 public:
  // Errors: INVALID_ARGUMENT where it is no expression, or has a prefix that stands for nothing.
  static absl::StatusOr<XmlPath> Parse(const std::string& text, const XmlNamespaces& namespaces);

  // The elements that it leads to from `from`, in the document's order, at most `nodes_max`.
  std::vector<xmlNode*> Elements(xmlNode* from, size_t nodes_max) const;

  // The value it has at `from`: the text of the one element or attribute that it leads to, or the expression's own
  // text, number or truth value; none where it leads to nothing. `no_single` is set where it leads to several, or to an
  // element that holds others.
  std::optional<std::string> Text(xmlNode* from, bool* no_single) const;

 private:
  struct FreeExpression {
    void operator()(xmlXPathCompExpr* expression) const { xmlXPathFreeCompExpr(expression); }
  };
  struct FreeObject {
    void operator()(xmlXPathObject* object) const { xmlXPathFreeObject(object); }
  };
  using Object = std::unique_ptr<xmlXPathObject, FreeObject>;

  XmlPath(xmlXPathCompExpr* expression, XmlNamespaces namespaces)
      : expression_(expression), namespaces_(std::move(namespaces)) {}

  Object Evaluate(xmlNode* from) const;

  std::unique_ptr<xmlXPathCompExpr, FreeExpression> expression_;
  XmlNamespaces namespaces_;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_XML_XML_PATH_H_
