// SPDX-License-Identifier: MIT
// Exceptions across threads, thread_local objects whose destructors allocate and free, futures, shared and weak pointers,
// regular expressions, ordered and unordered maps, streams, over-aligned objects, and all forms of operator new.

#include <atomic>
#include <condition_variable>
#include <future>
#include <iomanip>
#include <iostream>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <numeric>
#include <queue>
#include <regex>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

namespace {

std::atomic<long> endedThreads{0}, endedLength{0};

/// Lives as long as its thread, and allocates and frees while the thread ends.
struct Diary {
  std::vector<std::string> lines;
  std::map<int, std::shared_ptr<std::string>> pages;
  ~Diary() {
    std::ostringstream all;
    for (auto& line : lines) all << line << ' ';
    lines.clear();
    for (auto& [number, page] : pages) all << number << *page;
    endedLength += static_cast<long>(all.str().size());
    ++endedThreads;
  }
};
thread_local Diary diary;

struct alignas(256) Wide {
  unsigned char bytes[700];
  Wide() { std::fill(std::begin(bytes), std::end(bytes), 7); }
};

struct Refused : std::runtime_error {
  std::vector<int> numbers;
  explicit Refused(int count) : std::runtime_error(std::string(count % 500, 'r')), numbers(count % 900, count) {}
};

long throwing(int depth, int seed) {
  std::string local(seed % 300, 'l');
  if (depth == 0) throw Refused(seed);
  return throwing(depth - 1, seed) + static_cast<long>(local.size());
}

long exceptions(int thread) {
  long sum = 0;
  for (int i = 0; i < 3000; ++i) {
    try {
      throwing(i % 12, i + thread);
    } catch (const Refused& refused) {
      sum += std::accumulate(refused.numbers.begin(), refused.numbers.end(), 0L) + std::string(refused.what()).size();
      try {
        std::throw_with_nested(std::logic_error("nested"));
      } catch (const std::exception& outer) {
        sum += std::string(outer.what()).size();
      }
    }
  }
  return sum;
}

long writing(int thread) {
  for (int i = 0; i < 500; ++i) {
    diary.lines.push_back("thread " + std::to_string(thread) + " line " + std::to_string(i));
    diary.pages[i * 31 % 97] = std::make_shared<std::string>(i % 60, 'p');
  }
  return static_cast<long>(diary.pages.size());
}

/// Blocks that one thread allocates and another frees.
long handOver() {
  std::mutex mutex;
  std::condition_variable arrived;
  std::queue<std::unique_ptr<std::vector<int>>> queue;
  std::atomic<int> producers{3};
  auto produce = [&](int seed) {
    for (int i = 0; i < 10000; ++i) {
      auto block = std::make_unique<std::vector<int>>((i * 7 + seed) % 400 + 1, i);
      std::lock_guard lock(mutex);
      queue.push(std::move(block));
      arrived.notify_one();
    }
    std::lock_guard lock(mutex);
    --producers;
    arrived.notify_all();
  };
  std::atomic<long> sum{0};
  auto consume = [&] {
    for (;;) {
      std::unique_lock lock(mutex);
      arrived.wait(lock, [&] { return !queue.empty() || producers == 0; });
      if (queue.empty()) return;
      auto block = std::move(queue.front());
      queue.pop();
      lock.unlock();
      sum += std::accumulate(block->begin(), block->end(), 0L);
    }
  };
  std::vector<std::thread> threads;
  for (int seed = 0; seed < 3; ++seed) threads.emplace_back(produce, seed);
  for (int i = 0; i < 2; ++i) threads.emplace_back(consume);
  for (auto& thread : threads) thread.join();
  return sum;
}

long sharing() {
  auto shared = std::make_shared<std::vector<std::string>>(1000, std::string(40, 's'));
  std::weak_ptr weak = shared;
  std::vector<std::future<long>> futures;
  for (int i = 0; i < 8; ++i)
    futures.push_back(std::async(std::launch::async, [copy = shared, i] {
      std::list<std::string> own(copy->begin() + i, copy->begin() + 500);
      own.sort();
      return static_cast<long>(own.size());
    }));
  long sum = 0;
  for (auto& future : futures) sum += future.get();
  futures.clear();
  shared.reset();
  return sum + (weak.expired() ? 1 : 0);
}

void text() {
  std::ostringstream log;
  for (int i = 0; i < 300; ++i)
    log << "2026-01-" << std::setw(2) << std::setfill('0') << i % 28 + 1 << " user" << i % 13 << " took " << i * 37 % 911
        << "ms\n";
  const std::regex line(R"((\d{4})-(\d\d)-(\d\d) (user\d+) took (\d+)ms)");
  std::map<std::string, std::pair<int, long>> byUser;
  std::unordered_map<std::string, std::vector<std::string>> byDay;
  std::istringstream input(log.str());
  for (std::string each; std::getline(input, each);) {
    std::smatch match;
    if (!std::regex_match(each, match, line)) continue;
    auto& entry = byUser[match[4]];
    ++entry.first;
    entry.second += std::stol(match[5]);
    byDay[match[3]].push_back(std::regex_replace(each, std::regex("user(\\d+)"), "<$1>"));
  }
  for (auto& [user, entry] : byUser) std::cout << user << ' ' << entry.first << ' ' << entry.second << '\n';
  std::cout << byDay["07"].size() << ' ' << byDay["07"].front() << '\n';
}

bool isAligned(const void* pointer, size_t alignment) { return reinterpret_cast<uintptr_t>(pointer) % alignment == 0; }

void operators() {
  bool aligned = true;
  std::vector<std::unique_ptr<Wide>> wide;
  for (int i = 0; i < 500; ++i) {
    wide.push_back(std::make_unique<Wide>());
    aligned = aligned && isAligned(wide.back().get(), alignof(Wide)) && wide.back()->bytes[699] == 7;
    if (i % 3 == 0) wide.erase(wide.begin() + i % static_cast<int>(wide.size()));
  }
  for (size_t alignment = 16; alignment <= 1 << 16; alignment *= 2) {
    void* one = ::operator new(alignment / 2 + 3, std::align_val_t(alignment));
    void* array = ::operator new[](100, std::align_val_t(alignment), std::nothrow);
    aligned = aligned && isAligned(one, alignment) && isAligned(array, alignment);
    ::operator delete(one, alignment / 2 + 3, std::align_val_t(alignment));
    ::operator delete[](array, std::align_val_t(alignment));
  }
  ::operator delete(::operator new(77), size_t(77));
  volatile size_t tooMuch = size_t(-1) / 2;
  bool threw = false;
  try {
    ::operator delete(::operator new(tooMuch));
  } catch (const std::bad_alloc&) {
    threw = true;
  }
  const bool null = ::operator new(tooMuch, std::nothrow) == nullptr;
  std::cout << std::boolalpha << aligned << ' ' << threw << ' ' << null << '\n';
}

struct AtExit {
  std::map<int, std::string> entries;
  ~AtExit() {
    for (int i = 0; i < 100; ++i) entries[i] = std::string(i, 'e');
    std::cout << "ends with " << entries.size() << " entries" << std::endl;
  }
} atExit;

}  // namespace

int main() {
  for (int round = 0; round < 20; ++round) {
    std::vector<std::future<long>> futures;
    for (int thread = 0; thread < 6; ++thread)
      futures.push_back(std::async(std::launch::async, thread % 2 ? exceptions : writing, thread));
    long sum = 0;
    for (auto& future : futures) sum += future.get();
    if (round % 5 == 0) std::cout << sum << '\n';
  }
  // A future is ready before its thread's objects are gone; joined threads end before join does.
  std::vector<std::thread> threads;
  const long before = endedThreads;
  for (int i = 0; i < 200; ++i) {
    threads.emplace_back(writing, i);
    if (threads.size() == 8) {
      for (auto& thread : threads) thread.join();
      threads.clear();
    }
  }
  std::cout << (endedThreads - before >= 200) << ' ' << (endedLength > 0) << '\n';
  std::cout << handOver() << ' ' << sharing() << '\n';
  std::promise<int> promise;
  std::thread([&] { promise.set_exception(std::make_exception_ptr(Refused(600))); }).join();
  try {
    promise.get_future().get();
  } catch (const Refused& refused) {
    std::cout << refused.numbers.size() << '\n';
  }
  text();
  operators();
}
