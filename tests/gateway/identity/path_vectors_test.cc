// What a caller's certificate may be and may not be, one small PKI a case, in groups. For every refusal there is an
// acceptance one step away.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "gateway/identity/caller_verifier.h"
#include "protos/tracegate/failure.h"
#include "tests/gateway/identity/minted_pki.h"

namespace tracegate {
namespace {

constexpr char kOfficer[] = "spiffe://br.example/policia-federal/registry";
constexpr char kPeer[] = "spiffe://pt.example/psp/peer";
constexpr auto kAccepted = v1::REASON_UNSPECIFIED;
constexpr auto kUntrusted = v1::REASON_CERTIFICATE_UNTRUSTED;
constexpr auto kExpired = v1::REASON_CERTIFICATE_EXPIRED;
constexpr auto kUnsuitable = v1::REASON_CERTIFICATE_UNSUITABLE;
constexpr auto kRevoked = v1::REASON_CERTIFICATE_REVOKED;
constexpr auto kUnknown = v1::REASON_REVOCATION_UNKNOWN;
constexpr auto kConfig = v1::REASON_CONFIG_INVALID;

absl::Time At(int year, int month = 1, int day = 1) {
  return absl::FromCivil(absl::CivilSecond(year, month, day), absl::UTCTimeZone());
}

// Two States' CAs, made once.
struct Pki {
  Minted root = Minted::Root("BR");
  Minted issuing = root.Intermediate("BR issuing");
  Minted pt_root = Minted::Root("PT");
  Minted pt_issuing = pt_root.Intermediate("PT issuing");
};

const Pki& ThePki() {
  static const Pki pki;
  return pki;
}

// What a peer shows, and what the gateway has for it.
struct Shown {
  std::string leaf;
  std::string chain;
  absl::Time at = At(2026);
  std::optional<std::string> crls = std::nullopt;
  std::optional<std::string> br_bundle = std::nullopt;  // in place of the root alone
};

struct Vector {
  std::string name;
  v1::Reason reason;
  std::function<Shown(const Pki&)> show;
};

using Vectors = std::vector<Vector>;

Shown Through(const Pki& pki, const Mint& mint) {
  return {pki.issuing.Issue(mint).pem(), pki.issuing.pem()};
}

Vector OfLeaf(const std::string& name, v1::Reason reason, const Mint& mint) {
  return {name, reason, [mint](const Pki& pki) { return Through(pki, mint); }};
}

// A leaf below a CA of that kind, itself below the root.
Vector BelowCa(const std::string& name, v1::Reason reason, const Mint& ca,
               const Mint& leaf = LeafMint(kOfficer)) {
  return {name, reason, [ca, leaf](const Pki& pki) {
            const Minted issuing = pki.root.Issue(ca);
            return Shown{issuing.Issue(leaf).pem(), issuing.pem()};
          }};
}

Mint WithUris(std::vector<std::string> uris) {
  Mint mint;
  mint.uris = std::move(uris);
  return mint;
}

template <typename Change>
Mint Changed(Mint mint, Change change) {
  change(mint);
  return mint;
}

Mint Leaf(void (*change)(Mint&)) { return Changed(LeafMint(kOfficer), change); }
Mint Ca(void (*change)(Mint&)) { return Changed(CaMint("BR special"), change); }

Vectors Naming() {
  const auto uri = [](const std::string& name, const std::string& text) {
    return OfLeaf(name, kUnsuitable, WithUris({text}));
  };
  Mint with_other_names = LeafMint(kOfficer, {"officer.br.example"});
  with_other_names.ip_addresses = {"127.0.0.1"};
  Mint dns_only = LeafMint(kOfficer, {"br.example"});
  dns_only.uris.clear();
  return {
      OfLeaf("OneSpiffeId", kAccepted, LeafMint(kOfficer)),
      OfLeaf("OneSpiffeIdBesideDnsAndIp", kAccepted, with_other_names),
      OfLeaf("LettersDigitsAndMarksInTheAgency", kAccepted,
             LeafMint("spiffe://br.example/Ag-1_x.y/desk")),
      OfLeaf("NoUri", kUnsuitable, WithUris({})),
      OfLeaf("DnsOnly", kUnsuitable, dns_only),
      OfLeaf("TwoUris", kUnsuitable, WithUris({kOfficer, "https://br.example/"})),
      OfLeaf("TwoSpiffeIds", kUnsuitable, WithUris({kOfficer, "spiffe://br.example/pf/admin"})),
      OfLeaf("TheSameUriTwice", kUnsuitable, WithUris({kOfficer, kOfficer})),
      uri("Empty", ""),
      uri("Https", "https://br.example/pf/registry"),
      uri("UpperCaseScheme", "SPIFFE://br.example/pf/registry"),
      uri("UpperCaseTrustDomain", "spiffe://BR.example/pf/registry"),
      uri("PercentEncodedTrustDomain", "spiffe://br%2eexample/pf/registry"),
      uri("PercentEncodedAgency", "spiffe://br.example/p%66/registry"),
      uri("PercentEncodedSlash", "spiffe://br.example/pf%2fregistry"),
      uri("Port", "spiffe://br.example:443/pf/registry"),
      uri("User", "spiffe://pt.example@br.example/pf/registry"),
      uri("Query", "spiffe://br.example/pf/registry?role=admin"),
      uri("Fragment", "spiffe://br.example/pf/registry#admin"),
      uri("NoPath", "spiffe://br.example"),
      uri("NoRole", "spiffe://br.example/pf"),
      uri("EmptyAgency", "spiffe://br.example//registry"),
      uri("ThirdSegment", "spiffe://br.example/pf/registry/admin"),
      uri("TrailingSlash", "spiffe://br.example/pf/registry/"),
      uri("DotSegment", "spiffe://br.example/../registry"),
      uri("UnknownRole", "spiffe://br.example/pf/emperor"),
      uri("UpperCaseRole", "spiffe://br.example/pf/Registry"),
      uri("TrailingSpace", "spiffe://br.example/pf/registry "),
      uri("TooLong", "spiffe://br.example/" + std::string(2049, 'a') + "/registry"),
  };
}

Vectors Usage() {
  const auto extended = [](const std::string& name, v1::Reason reason, const std::string& usage) {
    return OfLeaf(name, reason,
                  Changed(LeafMint(kOfficer), [&](Mint& m) { m.extended_key_usage = usage; }));
  };
  const auto key = [](const std::string& name, v1::Reason reason, const std::string& usage) {
    return OfLeaf(name, reason, Changed(LeafMint(kOfficer), [&](Mint& m) { m.key_usage = usage; }));
  };
  return {
      extended("ClientAuth", kAccepted, "clientAuth"),
      extended("ClientAuthAmongOthers", kAccepted,
               "critical,serverAuth,clientAuth,emailProtection"),
      extended("ServerAuthOnly", kUnsuitable, "serverAuth"),
      extended("AnyExtendedKeyUsage", kUnsuitable, "anyExtendedKeyUsage"),
      extended("CodeSigning", kUnsuitable, "codeSigning"),
      extended("NoExtendedKeyUsage", kUnsuitable, ""),
      key("DigitalSignatureNotCritical", kAccepted, "digitalSignature"),
      key("DigitalSignatureAmongOthers", kAccepted, "critical,digitalSignature,keyEncipherment"),
      key("NoKeyUsage", kUnsuitable, ""),
      key("KeyEnciphermentOnly", kUnsuitable, "critical,keyEncipherment"),
      key("KeyCertSign", kUnsuitable, "critical,digitalSignature,keyCertSign"),
      key("CrlSign", kUnsuitable, "critical,digitalSignature,cRLSign"),
      OfLeaf("CaAsLeaf", kUnsuitable,
             Leaf([](Mint& m) { m.basic_constraints = "critical,CA:TRUE"; })),
      OfLeaf("NoBasicConstraints", kAccepted, Leaf([](Mint& m) { m.basic_constraints = ""; })),
      BelowCa("CaWithoutKeyUsage", kUntrusted, Ca([](Mint& m) { m.key_usage = ""; })),
      BelowCa("CaThatMayNotSignCertificates", kUntrusted,
              Ca([](Mint& m) { m.key_usage = "critical,cRLSign"; })),
      BelowCa("CaForClients", kAccepted, Ca([](Mint& m) { m.extended_key_usage = "clientAuth"; })),
      BelowCa("CaForMailOnly", kUnsuitable,
              Ca([](Mint& m) { m.extended_key_usage = "emailProtection"; })),
      OfLeaf("UnknownCriticalExtension", kUntrusted,
             Leaf([](Mint& m) { m.unknown_critical_extension = true; })),
      BelowCa("UnknownCriticalExtensionOfTheCa", kUntrusted,
              Ca([](Mint& m) { m.unknown_critical_extension = true; })),
      BelowCa("CaThatDemandsAPolicy", kUntrusted, Ca([](Mint& m) {
                m.certificate_policies = "1.3.6.1.4.1.99999.1";
                m.policy_constraints = "critical,requireExplicitPolicy:0";
              })),
  };
}

Vectors Strength() {
  const auto rsa_ca = [](const char* digest) {
    return Changed(LeafMint(kOfficer), [&](Mint& m) { m.digest = digest; });
  };
  const Mint rsa = Ca([](Mint& m) { m.key_type = KeyType::kRsa2048; });
  return {
      OfLeaf("P256", kAccepted, LeafMint(kOfficer)),
      OfLeaf("Ed25519", kAccepted, Leaf([](Mint& m) { m.key_type = KeyType::kEd25519; })),
      OfLeaf("Rsa2048", kAccepted, Leaf([](Mint& m) { m.key_type = KeyType::kRsa2048; })),
      OfLeaf("Rsa1024", kUnsuitable, Leaf([](Mint& m) { m.key_type = KeyType::kRsa1024; })),
      OfLeaf("Sha384", kAccepted, Leaf([](Mint& m) { m.digest = "SHA384"; })),
      OfLeaf("Sha1", kUnsuitable, Leaf([](Mint& m) { m.digest = "SHA1"; })),
      BelowCa("Rsa2048Ca", kAccepted, rsa, rsa_ca("SHA256")),
      BelowCa("Rsa1024Ca", kUnsuitable, Ca([](Mint& m) { m.key_type = KeyType::kRsa1024; })),
      BelowCa("Sha1ByAnRsaCa", kUnsuitable, rsa, rsa_ca("SHA1")),
      BelowCa("Md5ByAnRsaCa", kUnsuitable, rsa, rsa_ca("MD5")),
      BelowCa("CaSignedWithSha1", kUnsuitable, Ca([](Mint& m) { m.digest = "SHA1"; })),
  };
}

// A leaf below so many CAs, each with that pathLenConstraint where one is given.
Vector Deep(const std::string& name, v1::Reason reason, int intermediates,
            const std::string& first = "") {
  return {name, reason, [=](const Pki& pki) {
            std::string chain;
            Minted last = pki.root;
            for (int i = 0; i < intermediates; ++i) {
              Mint mint = CaMint("BR level " + std::to_string(i));
              if (i == 0 && !first.empty())
                mint.basic_constraints = "critical,CA:TRUE,pathlen:" + first;
              last = last.Issue(mint);
              chain = last.pem() + chain;
            }
            return Shown{last.Leaf(kOfficer).pem(), chain};
          }};
}

std::string Reversed(const Minted& first, const Minted& second) {
  return second.pem() + first.pem();
}

Vectors PathLength() {
  return {
      Deep("NoIntermediate", kAccepted, 0),
      Deep("OneIntermediate", kAccepted, 1),
      Deep("FourIntermediates", kAccepted, 4),
      Deep("FiveIntermediates", kUntrusted, 5),
      Deep("SixteenIntermediates", kUntrusted, 16),
      Deep("AHundredCertificates", kUnsuitable, 99),
      Deep("PathLength0WithNoneBelow", kAccepted, 1, "0"),
      Deep("PathLength0WithOneBelow", kUntrusted, 2, "0"),
      Deep("PathLength1WithOneBelow", kAccepted, 2, "1"),
      Deep("PathLength1WithTwoBelow", kUntrusted, 3, "1"),
      {"AnyOrderOfWhatWasSent", kAccepted,
       [](const Pki& pki) {
         const Minted below = pki.issuing.Intermediate("BR below");
         return Shown{below.Leaf(kOfficer).pem(), Reversed(below, pki.issuing)};
       }},
      {"SomethingElseAmongWhatWasSent", kAccepted,
       [](const Pki& pki) {
         return Shown{pki.issuing.Leaf(kOfficer).pem(), pki.pt_issuing.pem() + pki.issuing.pem()};
       }},
      {"TheRootAmongWhatWasSent", kAccepted,
       [](const Pki& pki) {
         return Shown{pki.issuing.Leaf(kOfficer).pem(), pki.issuing.pem() + pki.root.pem()};
       }},
      {"TheIntermediateMissing", kUntrusted,
       [](const Pki& pki) {
         return Shown{pki.issuing.Leaf(kOfficer).pem(), ""};
       }},
      {"TheIntermediateInTheBundle", kAccepted,
       [](const Pki& pki) {
         return Shown{.leaf = pki.issuing.Leaf(kOfficer).pem(),
                      .chain = "",
                      .br_bundle = pki.root.pem() + pki.issuing.pem()};
       }},
      {"ALeafAsIssuer", kUntrusted,
       [](const Pki& pki) {
         const Minted officer = pki.root.Leaf(kOfficer);
         return Shown{officer.Leaf(kOfficer).pem(), officer.pem()};
       }},
      {"NotACaByItsConstraints", kUntrusted,
       [](const Pki& pki) {
         const Minted issuer =
             pki.root.Issue(Ca([](Mint& m) { m.basic_constraints = "critical,CA:FALSE"; }));
         return Shown{issuer.Leaf(kOfficer).pem(), issuer.pem()};
       }},
      BelowCa("ConstraintsThatAreNotCritical", kUntrusted,
              Ca([](Mint& m) { m.basic_constraints = "CA:TRUE"; })),
  };
}

Vectors NameConstraints() {
  const auto constrained = [](const std::string& name, v1::Reason reason,
                              const std::string& constraint,
                              const Mint& leaf = LeafMint(kOfficer)) {
    Mint ca = CaMint("BR constrained");
    ca.name_constraints = constraint;
    return BelowCa(name, reason, ca, leaf);
  };
  const auto twice = [](const std::string& name, v1::Reason reason, const std::string& upper,
                        const std::string& lower) {
    return Vector{name, reason, [=](const Pki& pki) {
                    Mint mint = CaMint("BR upper");
                    mint.name_constraints = upper;
                    const Minted above = pki.root.Issue(mint);
                    mint = CaMint("BR lower");
                    mint.name_constraints = lower;
                    const Minted below = above.Issue(mint);
                    return Shown{below.Leaf(kOfficer).pem(), below.pem() + above.pem()};
                  }};
  };
  const Mint serves = LeafMint(kOfficer, {"gateway.br.example"});
  return {
      constrained("OwnTrustDomain", kAccepted, "critical,permitted;URI:br.example"),
      constrained("OwnTrustDomainInCapitals", kAccepted, "critical,permitted;URI:BR.EXAMPLE"),
      constrained("AnotherTrustDomain", kUntrusted, "critical,permitted;URI:pt.example"),
      constrained("LongerTrustDomain", kUntrusted, "critical,permitted;URI:xbr.example"),
      constrained("DomainsBelow", kAccepted, "critical,permitted;URI:.example"),
      constrained("DomainsBelowIsNotTheDomain", kUntrusted, "critical,permitted;URI:.br.example"),
      constrained("SeveralPermitted", kAccepted,
                  "critical,permitted;URI:pt.example,permitted;URI:br.example"),
      constrained("Excluded", kUntrusted, "critical,excluded;URI:br.example"),
      constrained("AnotherExcluded", kAccepted, "critical,excluded;URI:pt.example"),
      constrained("PermittedAndExcluded", kUntrusted,
                  "critical,permitted;URI:br.example,excluded;URI:.example"),
      constrained("NotCritical", kUntrusted, "permitted;URI:pt.example"),
      constrained("DnsPermitted", kAccepted, "critical,permitted;DNS:br.example", serves),
      constrained("DnsNotPermitted", kUntrusted, "critical,permitted;DNS:pt.example", serves),
      constrained("DnsDoesNotConstrainUris", kAccepted, "critical,permitted;DNS:pt.example"),
      twice("BothLevelsPermit", kAccepted, "critical,permitted;URI:.example",
            "critical,permitted;URI:br.example"),
      twice("ALevelBelowCannotWiden", kUntrusted, "critical,permitted;URI:pt.example",
            "critical,permitted;URI:br.example"),
  };
}

Vector When(const std::string& name, v1::Reason reason, absl::Time at, absl::Time from,
            absl::Time until, bool of_the_ca) {
  return {name, reason, [=](const Pki& pki) {
            Mint ca = CaMint("BR timed");
            Mint leaf = LeafMint(kOfficer);
            (of_the_ca ? ca : leaf).not_before = from;
            (of_the_ca ? ca : leaf).not_after = until;
            const Minted issuing = pki.root.Issue(ca);
            return Shown{issuing.Issue(leaf).pem(), issuing.pem(), at};
          }};
}

Vectors Validity() {
  const absl::Time from = At(2026, 2);
  const absl::Time until = At(2026, 3);
  const absl::Duration second = absl::Seconds(1);
  Vectors vectors;
  for (const bool of_the_ca : {false, true}) {
    const std::string whose = of_the_ca ? "Ca" : "Leaf";
    vectors.push_back(
        When(whose + "ASecondTooEarly", kExpired, from - second, from, until, of_the_ca));
    vectors.push_back(When(whose + "FromItsFirstSecond", kAccepted, from, from, until, of_the_ca));
    vectors.push_back(
        When(whose + "UntilJustBeforeItsLast", kAccepted, until - second, from, until, of_the_ca));
    vectors.push_back(When(whose + "AtItsEnd", kExpired, until, from, until, of_the_ca));
    vectors.push_back(When(whose + "YearsLater", kExpired, At(2040), from, until, of_the_ca));
    vectors.push_back(When(whose + "EndingBeforeItBegins", kExpired, from, until, from, of_the_ca));
  }
  vectors.push_back(
      {"RootEnded", kExpired, [](const Pki&) {
         const Minted root = Minted::SelfSigned(Ca([](Mint& m) { m.not_after = At(2025); }));
         return Shown{.leaf = root.Leaf(kOfficer).pem(), .chain = "", .br_bundle = root.pem()};
       }});
  vectors.push_back({"ClockLongBeforeEverything", kExpired, [](const Pki& pki) {
                       return Shown{pki.root.Leaf(kOfficer).pem(), "", At(1990)};
                     }});
  return vectors;
}

// An officer below the issuing CA, and the two CAs' lists.
Vector Listed(const std::string& name, v1::Reason reason,
              std::function<std::string(const Pki&, const Minted& officer)> crls,
              absl::Time at = At(2026)) {
  return {name, reason, [=](const Pki& pki) {
            const Minted officer = pki.issuing.Leaf(kOfficer);
            return Shown{officer.pem(), pki.issuing.pem(), at, crls(pki, officer)};
          }};
}

Vectors Revocation() {
  using P = const Pki&;
  using M = const Minted&;
  return {
      Listed("NobodyRevoked", kAccepted, [](P p, M) { return p.root.Crl() + p.issuing.Crl(); }),
      Listed("LeafRevoked", kRevoked,
             [](P p, M officer) { return p.root.Crl() + p.issuing.Crl({.revoked = {officer}}); }),
      Listed("AnotherRevoked", kAccepted,
             [](P p, M) {
               return p.root.Crl() + p.issuing.Crl({.revoked = {p.issuing.Leaf(kOfficer)}});
             }),
      Listed("LeafOnHold", kRevoked,
             [](P p, M officer) {
               return p.root.Crl() + p.issuing.Crl({.revoked = {officer}, .reason = 6});
             }),
      Listed("IntermediateRevoked", kRevoked,
             [](P p, M) { return p.root.Crl({.revoked = {p.issuing}}) + p.issuing.Crl(); }),
      Listed("LeafInTheRootsListOnly", kAccepted,
             [](P p, M officer) { return p.root.Crl({.revoked = {officer}}) + p.issuing.Crl(); }),
      Listed("NoListOfTheRoot", kUnknown, [](P p, M) { return p.issuing.Crl(); }),
      Listed("NoListOfTheIntermediate", kUnknown, [](P p, M) { return p.root.Crl(); }),
      Listed("ListOfAnotherState", kUnknown,
             [](P p, M) { return p.root.Crl() + p.pt_issuing.Crl(); }),
      Listed("ListByAnotherKeyOfThatName", kUnknown,
             [](P p, M) { return p.root.Crl() + p.root.Intermediate("BR issuing").Crl(); }),
      Listed("ListSignedByTheRootForTheIntermediate", kUnknown,
             [](P p, M) { return p.root.Crl() + p.issuing.CrlSignedBy(p.root); }),
      Listed(
          "ListInItsLastSecond", kAccepted,
          [](P p, M) { return p.root.Crl() + p.issuing.Crl({.next_update = At(2026, 2)}); },
          At(2026, 2) - absl::Seconds(1)),
      Listed(
          "ListStale", kUnknown,
          [](P p, M) { return p.root.Crl() + p.issuing.Crl({.next_update = At(2026, 2)}); },
          At(2026, 2)),
      Listed(
          "RootsListStale", kUnknown,
          [](P p, M) { return p.root.Crl({.next_update = At(2026, 2)}) + p.issuing.Crl(); },
          At(2026, 2)),
      Listed("ListNotYetValid", kUnknown,
             [](P p, M) { return p.root.Crl() + p.issuing.Crl({.this_update = At(2026, 2)}); }),
      Listed("ListWithoutAnEnd", kConfig,
             [](P p, M) { return p.root.Crl() + p.issuing.Crl({.next_update = std::nullopt}); }),
      Listed("DeltaList", kConfig,
             [](P p, M) { return p.root.Crl() + p.issuing.Crl({.is_delta = true}); }),
      Listed("IndirectList", kConfig,
             [](P p, M) { return p.root.Crl() + p.issuing.Crl({.is_indirect = true}); }),
      Listed("ListWithAnUnknownCriticalExtension", kConfig,
             [](P p, M) {
               return p.root.Crl() + p.issuing.Crl({.unknown_critical_extension = true});
             }),
      Listed("ListSignedWithSha1", kConfig,
             [](P p, M) { return p.root.Crl() + p.issuing.Crl({.digest = "SHA1"}); }),
      Listed("NoList", kConfig, [](P, M) { return std::string(); }),
  };
}

Vectors StateBinding() {
  return {
      {"OwnRoot", kAccepted,
       [](const Pki& pki) {
         return Shown{pki.root.Leaf(kOfficer).pem(), ""};
       }},
      {"TheOtherStatesOwn", kAccepted,
       [](const Pki& pki) {
         return Shown{pki.pt_issuing.Leaf(kPeer).pem(), pki.pt_issuing.pem()};
       }},
      {"TheOtherRootNamingUs", kUntrusted,
       [](const Pki& pki) {
         return Shown{pki.pt_root.Leaf(kOfficer).pem(), pki.pt_root.pem()};
       }},
      {"TheOtherIssuingCaNamingUs", kUntrusted,
       [](const Pki& pki) {
         return Shown{pki.pt_issuing.Leaf(kOfficer).pem(), pki.pt_issuing.pem()};
       }},
      {"OurCaNamingTheOther", kUntrusted,
       [](const Pki& pki) {
         return Shown{pki.issuing.Leaf(kPeer).pem(), pki.issuing.pem()};
       }},
      {"ANameOfNoState", kUntrusted,
       [](const Pki& pki) {
         return Shown{pki.root.Leaf("spiffe://xx.example/a/registry").pem(), ""};
       }},
      {"ANameBelowOurs", kUntrusted,
       [](const Pki& pki) {
         return Shown{pki.root.Leaf("spiffe://a.br.example/a/registry").pem(), ""};
       }},
      {"ARootOfTheSameName", kUntrusted,
       [](const Pki&) {
         const Minted impostor = Minted::Root("BR");
         return Shown{impostor.Leaf(kOfficer).pem(), impostor.pem()};
       }},
      {"AnIssuingCaOfTheSameNameByTheOther", kUntrusted,
       [](const Pki& pki) {
         const Minted impostor = pki.pt_root.Intermediate("BR issuing");
         return Shown{impostor.Leaf(kOfficer).pem(), impostor.pem() + pki.pt_root.pem()};
       }},
      {"SelfSignedLeaf", kUntrusted,
       [](const Pki&) {
         return Shown{Minted::SelfSigned(LeafMint(kOfficer)).pem(), ""};
       }},
      {"AnotherCountryInTheSubjectDecidesNothing", kAccepted,
       [](const Pki& pki) { return Through(pki, Leaf([](Mint& m) { m.country = "PT"; })); }},
      {"OurCountryInTheSubjectDecidesNothing", kUntrusted,
       [](const Pki& pki) {
         const Mint mint = Leaf([](Mint& m) { m.country = "BR"; });
         return Shown{pki.pt_issuing.Issue(mint).pem(), pki.pt_issuing.pem()};
       }},
      {"NoCertificate", v1::REASON_CERTIFICATE_MISSING,
       [](const Pki&) {
         return Shown{"", ""};
       }},
  };
}

std::string WithCrLf(const std::string& pem) {
  std::string text;
  for (const char c : pem) text += c == '\n' ? std::string("\r\n") : std::string(1, c);
  return text;
}

std::string Renamed(std::string pem, const std::string& block) {
  const std::string plain = " CERTIFICATE-";
  for (size_t at = 0; (at = pem.find(plain, at)) != std::string::npos; at += block.size() + 2) {
    pem.replace(at, plain.size(), " " + block + "-");
  }
  return pem;
}

Vectors HostileText() {
  using namespace std::string_literals;
  const auto uri = [](const std::string& name, const std::string& text) {
    return OfLeaf(name, kUnsuitable, WithUris({text}));
  };
  const auto named = [](const std::string& name, v1::Reason reason,
                        const std::string& common_name) {
    return OfLeaf(name, reason, Changed(LeafMint(kOfficer), [&](Mint& m) {
                    m.common_name = common_name;
                    if (reason == kExpired) m.not_after = At(2025);
                  }));
  };
  const auto text = [](const std::string& name, v1::Reason reason,
                       std::function<std::string(const Pki&)> leaf) {
    return Vector{name, reason, [=](const Pki& pki) {
                    return Shown{leaf(pki), pki.issuing.pem()};
                  }};
  };
  return {
      uri("NulInTheTrustDomain", "spiffe://br.example\0.evil/pf/registry"s),
      uri("NulAtTheEnd", "spiffe://br.example/pf/registry\0"s),
      uri("NulBeforeAnotherRole", "spiffe://br.example/pf/registry\0/admin"s),
      uri("Newline", "spiffe://br.example/pf/registry\nadmin"),
      uri("TerminalEscape", "spiffe://br.example/\x1b[2J/registry"),
      uri("Utf8",
          "spiffe://br.example/pol\xc3\xad"
          "cia/registry"),
      uri("NotUtf8", "spiffe://br.example/\xff\xfe/registry"),
      uri("RightToLeft", "spiffe://br.example/\xe2\x80\xae/registry"),
      uri("ThirtyThousandBytes", "spiffe://br.example/" + std::string(30000, '\x01') + "/registry"),
      named("NameWithANewline", kExpired, "Officer\nreason: accepted"),
      named("NameWithANul", kExpired, "Officer\0admin"s),
      named("NameWithATerminalEscape", kExpired, "\x1b]0;x\x07"),
      named("NameOf64Letters", kAccepted, std::string(64, 'n')),
      named("NameInUtf8", kAccepted, "Jo\xc3\xa3o"),
      text("WindowsLineEnds", kAccepted,
           [](const Pki& p) { return WithCrLf(p.issuing.Leaf(kOfficer).pem()); }),
      text("AnOpenSslTrustBlock", kUnsuitable,
           [](const Pki& p) {
             return Renamed(p.issuing.Leaf(kOfficer).pem(), "TRUSTED CERTIFICATE");
           }),
      text("TwoLeaves", kUnsuitable,
           [](const Pki& p) {
             return p.issuing.Leaf(kOfficer).pem() + p.issuing.Leaf(kOfficer).pem();
           }),
      text("APrivateKeyBesideIt", kUnsuitable,
           [](const Pki& p) { return p.issuing.Leaf(kOfficer).pem() + p.issuing.key_pem(); }),
      text("CutOff", kUnsuitable,
           [](const Pki& p) { return p.issuing.Leaf(kOfficer).pem().substr(0, 300); }),
      text("NoPem", kUnsuitable, [](const Pki&) { return "certificate"s; }),
      text("PemOfNothing", kUnsuitable,
           [](const Pki&) { return "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n"s; }),
      text(
          "OverItsBound", kUnsuitable,
          [](const Pki& p) { return p.issuing.Leaf(kOfficer).pem() + std::string(64 << 10, ' '); }),
  };
}

class PathVectorTest : public testing::TestWithParam<Vector> {};

absl::StatusOr<Caller> Judge(const Shown& shown) {
  const Pki& pki = ThePki();
  std::optional<RevocationSource> revocation;
  if (shown.crls) revocation = RevocationSource{*shown.crls, absl::ZeroDuration(), shown.at};
  auto bundles = TrustBundles::Load(
      {{"BR", "br.example", shown.br_bundle.value_or(pki.root.pem()), revocation},
       {"PT", "pt.example", pki.pt_root.pem() + pki.pt_issuing.pem(), std::nullopt}});
  if (!bundles.ok()) return bundles.status();
  return CallerVerifier(*bundles, CallerVerifierOptions{})
      .Verify(shown.leaf, shown.chain, shown.at);
}

TEST_P(PathVectorTest, IsJudgedAsItShouldBe) {
  const auto caller = Judge(GetParam().show(ThePki()));
  const v1::Reason reason = caller.ok() ? kAccepted : DetailOf(caller.status()).reason();
  EXPECT_EQ(v1::Reason_Name(reason), v1::Reason_Name(GetParam().reason)) << caller.status();
  if (caller.ok()) return;
  EXPECT_LT(caller.status().message().size(), 700u);
  for (const char c : caller.status().message())
    EXPECT_TRUE(c >= 0x20 && c <= 0x7e) << caller.status();
}

std::string NameOf(const testing::TestParamInfo<Vector>& info) { return info.param.name; }

INSTANTIATE_TEST_SUITE_P(Naming, PathVectorTest, testing::ValuesIn(Naming()), NameOf);
INSTANTIATE_TEST_SUITE_P(Usage, PathVectorTest, testing::ValuesIn(Usage()), NameOf);
INSTANTIATE_TEST_SUITE_P(Strength, PathVectorTest, testing::ValuesIn(Strength()), NameOf);
INSTANTIATE_TEST_SUITE_P(PathLength, PathVectorTest, testing::ValuesIn(PathLength()), NameOf);
INSTANTIATE_TEST_SUITE_P(NameConstraints, PathVectorTest, testing::ValuesIn(NameConstraints()),
                         NameOf);
INSTANTIATE_TEST_SUITE_P(Validity, PathVectorTest, testing::ValuesIn(Validity()), NameOf);
INSTANTIATE_TEST_SUITE_P(Revocation, PathVectorTest, testing::ValuesIn(Revocation()), NameOf);
INSTANTIATE_TEST_SUITE_P(StateBinding, PathVectorTest, testing::ValuesIn(StateBinding()), NameOf);
INSTANTIATE_TEST_SUITE_P(HostileText, PathVectorTest, testing::ValuesIn(HostileText()), NameOf);

// A group that lost a case by accident is noticed here.
TEST(PathVectors, AreSoMany) {
  const std::pair<Vectors, size_t> groups[] = {
      {Naming(), 29},     {Usage(), 21},           {Strength(), 11},
      {PathLength(), 18}, {NameConstraints(), 16}, {Validity(), 14},
      {Revocation(), 21}, {StateBinding(), 13},    {HostileText(), 22}};
  for (const auto& [vectors, count] : groups)
    EXPECT_EQ(vectors.size(), count) << vectors.front().name;
}

}  // namespace
}  // namespace tracegate
