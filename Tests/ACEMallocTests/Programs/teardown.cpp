// SPDX-License-Identifier: MIT
//
// teardown.cpp: objects that live as long as their thread, or as the program, allocate and free when they are made and
// when they go. The last line is written when the program's objects have gone.
#include "checks.h"

#include <memory>
#include <string>
#include <thread>
#include <vector>

static unsigned goneCount;

/// Holds blocks, and makes others when it goes.
struct Holder {
  std::vector<std::string> texts;
  std::string name;

  explicit Holder(const char *name) : name(std::string(100, '-') + name) {
    for (size_t index = 0; index < 50; index++) texts.emplace_back(index * 37, (char)('a' + index % 26));
  }

  ~Holder() {
    CHECK(texts.size() == 50, "%s lost its texts", name.c_str());
    for (size_t index = 0; index < texts.size(); index++)
      CHECK(texts[index].find_first_not_of((char)('a' + index % 26)) == std::string::npos, "a text of %s was changed",
            name.c_str());
    std::vector<std::unique_ptr<char[]>> made;
    for (size_t size = 1; size < 100000; size = size * 2 + 1) made.emplace_back(new char[size]);
    for (auto &block : made) block[0] = 1;
    made.erase(made.begin(), made.begin() + 5);
    void *raw = realloc(malloc(50), 70000);
    CHECK(raw, "no block when %s goes", name.c_str());
    free(raw);
    __atomic_fetch_add(&goneCount, 1, __ATOMIC_RELAXED);
  }
};

/// The first object to be made, so the last to go: it ends the process with the status that is due.
struct Last {
  ~Last() {
    free(malloc(1000));
    delete new std::string(1000, 'l');
    if (finish() != 0) _exit(1);
  }
};

static Last last;
static Holder global("a global");
static thread_local Holder ofThread("a thread's");
static thread_local std::unique_ptr<Holder> late;

/// A block that one thread's end leaves for the next to free.
static std::unique_ptr<Holder> left;

static void use(unsigned turn) {
  CHECK(ofThread.texts.size() == 50, "a thread's object is not made");
  if (turn % 3 == 0) late = std::make_unique<Holder>("a late one");
  if (turn % 5 == 0) left = std::make_unique<Holder>("one that was left");
}

int main() {
  announce();
  size_t resident = 0;
  for (unsigned turn = 0; turn < 600; turn++) {
    if (turn == 100) resident = status_bytes("VmRSS:");
    std::thread one(use, turn);
    one.join();
    std::thread other(use, turn * 3 + 1);
    other.join();
  }
  size_t grown = status_bytes("VmRSS:") - resident;
  CHECK((ptrdiff_t)grown < (ptrdiff_t)(16 * MIB), "1000 threads with objects later VmRSS is %zu more", grown);
  unsigned expected = 1200;
  CHECK(__atomic_load_n(&goneCount, __ATOMIC_RELAXED) > expected, "only %u objects have gone", goneCount);
  use(3);
  static Holder local("a static local");
  return 0;
}
