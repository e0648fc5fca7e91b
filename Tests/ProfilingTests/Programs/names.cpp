// SPDX-License-Identifier: MIT
// Functions with names that are worth demangling, called from main.
namespace outer {
template <typename Value>
struct Box {
  Value value;
  __attribute__((noinline)) Value doubled(int times) const { return value * static_cast<Value>(times); }
};
}  // namespace outer

extern "C" __attribute__((noinline)) int plain_function(int number) { return number + 1; }

__attribute__((noinline)) static int hidden_function(int number) { return plain_function(number) * 3; }

int main(int count, char **) { return static_cast<int>(outer::Box<double>{1.5}.doubled(count)) + hidden_function(count); }
