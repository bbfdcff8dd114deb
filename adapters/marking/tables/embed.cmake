# Turns one CSV into a source that holds its bytes: -DCSV=<in> -DNAME=<makers> -DSOURCE=<out>,
# and -DHEADER=<file> where another header than adapters/marking/tables.h declares it.
# Numbers, not a string literal: compilers bound the length of those.
if(NOT DEFINED HEADER)
  set(HEADER adapters/marking/tables.h)
endif()
file(READ ${CSV} hex HEX)
string(REGEX REPLACE "(................................)" "\\1\n" hex "${hex}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
# firearm_types -> FirearmTypes
set(camel_case "")
string(REPLACE "_" ";" words ${NAME})
foreach(word IN LISTS words)
  string(SUBSTRING ${word} 0 1 initial)
  string(TOUPPER ${initial} initial)
  string(SUBSTRING ${word} 1 -1 rest)
  string(APPEND camel_case ${initial}${rest})
endforeach()
file(WRITE ${SOURCE} "#include \"adapters/marking/added_rows.h\"
#include \"${HEADER}\"

namespace tracegate {
namespace {

constexpr unsigned char kBytes[] = {
${bytes}
};

}  // namespace

std::string_view ${camel_case}Csv() {
  return WithAddedRows(\"${NAME}\", {reinterpret_cast<const char*>(kBytes), sizeof(kBytes)});
}

}  // namespace tracegate
")
