# Turns one CSV into a source that holds its bytes: -DCSV=<in> -DNAME=<makers> -DSOURCE=<out>.
# Numbers, not a string literal: compilers bound the length of those.
file(READ ${CSV} hex HEX)
string(REGEX REPLACE "(................................)" "\\1\n" hex "${hex}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
string(SUBSTRING ${NAME} 0 1 initial)
string(TOUPPER ${initial} initial)
string(SUBSTRING ${NAME} 1 -1 rest)
file(WRITE ${SOURCE} "#include \"adapters/marking/tables.h\"

namespace tracegate {
namespace {

constexpr unsigned char kBytes[] = {
${bytes}
};

}  // namespace

std::string_view ${initial}${rest}Csv() {
  return {reinterpret_cast<const char*>(kBytes), sizeof(kBytes)};
}

}  // namespace tracegate
")
