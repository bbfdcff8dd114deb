#include "gateway/cli/progress_bar.h"

#include <algorithm>
#include <string>

namespace tracegate {
namespace {

constexpr size_t kWidth = 30;

std::string Figures(size_t done, size_t total, size_t failed) {
  std::string text = std::to_string(done) + " of " + std::to_string(total);
  if (failed > 0) text += ", " + std::to_string(failed) + " failed";
  return text;
}

}  // namespace

void ProgressBar::Show(size_t done, size_t failed) {
  const size_t total = std::max<size_t>(total_, 1);
  if (is_terminal_) {
    std::string bar(kWidth * std::min(done, total) / total, '#');
    bar.resize(kWidth, '.');
    out_ << "\r\x1b[K[" << bar << "] " << Figures(done, total_, failed) << std::flush;
    drawn_ = true;
  } else if (const size_t tenths = 10 * done / total; tenths > tenths_) {
    tenths_ = tenths;
    out_ << Figures(done, total_, failed) << "\n" << std::flush;
  }
}

void ProgressBar::Clear() {
  if (!drawn_) return;
  out_ << "\r\x1b[K" << std::flush;
  drawn_ = false;
}

}  // namespace tracegate
