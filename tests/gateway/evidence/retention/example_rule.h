#ifndef TRACEGATE_TESTS_GATEWAY_EVIDENCE_RETENTION_EXAMPLE_RULE_H_
#define TRACEGATE_TESTS_GATEWAY_EVIDENCE_RETENTION_EXAMPLE_RULE_H_

#include <initializer_list>
#include <string>
#include <vector>

#include "tracegate/config/v1/gateway.pb.h"

namespace tracegate {

struct ExampleRule {
  std::string id = "ten-years";
  std::string state = "";
  std::vector<v1::EntryKind> kinds = {};
  config::v1::RetentionTrigger trigger = config::v1::RETENTION_TRIGGER_ENTRY;
  int years = 10;
  int days = 0;

  operator config::v1::RetentionRule() const {
    config::v1::RetentionRule rule;
    rule.set_id(id);
    rule.set_state(state);
    for (const v1::EntryKind kind : kinds) rule.add_kinds(kind);
    rule.set_trigger(trigger);
    rule.set_years(years);
    rule.set_days(days);
    rule.set_source("Act on " + id);
    return rule;
  }
};

inline config::v1::Retention RetentionOf(std::initializer_list<ExampleRule> rules) {
  config::v1::Retention retention;
  for (const ExampleRule& rule : rules) *retention.add_rules() = rule;
  return retention;
}

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_GATEWAY_EVIDENCE_RETENTION_EXAMPLE_RULE_H_
