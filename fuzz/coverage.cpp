// Where the Expert Advisor has been, for libFuzzer, where the compiler is GCC: it calls a function at each
// place in the code, which libFuzzer has no use for. `build.rs` has the linker put this one in its place:
// one counter for each place, in a section that libFuzzer looks at by its name.
#include <cstdint>

__attribute__((section("__libfuzzer_extra_counters"), used)) static uint8_t counters[1 << 15];

extern "C" void __wrap___sanitizer_cov_trace_pc() {
  const uintptr_t place = (uintptr_t)__builtin_return_address(0);
  uint8_t &counter = counters[(place ^ (place >> 15)) & (sizeof counters - 1)];
  if(counter < 255) counter++;
}

// GCC tells of comparisons of floating-point numbers too; libFuzzer does not ask.
extern "C" void __sanitizer_cov_trace_cmpf(float, float) {}
extern "C" void __sanitizer_cov_trace_cmpd(double, double) {}
