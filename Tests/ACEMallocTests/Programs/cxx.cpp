// SPDX-License-Identifier: MIT
//
// cxx.cpp: every form of operator new and delete, what they do when there is no memory, exceptions on many threads, and
// containers that threads hand to one another.
#include "checks.h"

#include <algorithm>
#include <exception>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <stdexcept>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

/// The forms that a C++ library exports; an allocator that serves malloc serves them as well.
static void ofOneLibrary() {
  static const char *const names[] = {
      "_Znwm", "_Znam", "_ZnwmRKSt9nothrow_t", "_ZnamRKSt9nothrow_t", "_ZnwmSt11align_val_t", "_ZnamSt11align_val_t",
      "_ZnwmSt11align_val_tRKSt9nothrow_t", "_ZnamSt11align_val_tRKSt9nothrow_t", "_ZdlPv", "_ZdaPv", "_ZdlPvm",
      "_ZdaPvm", "_ZdlPvRKSt9nothrow_t", "_ZdaPvRKSt9nothrow_t", "_ZdlPvSt11align_val_t", "_ZdaPvSt11align_val_t",
      "_ZdlPvmSt11align_val_t", "_ZdaPvmSt11align_val_t", "_ZdlPvSt11align_val_tRKSt9nothrow_t",
      "_ZdaPvSt11align_val_tRKSt9nothrow_t"};
  if (!is_ace()) return;
  for (const char *name : names)
    CHECK(!strcmp(library_of(name), library_of("malloc")), "%s is of %s", name, library_of(name));
}

static void *checked(void *block, size_t size, size_t alignment) {
  CHECK(block, "operator new(%zu) = NULL", size);
  CHECK((uintptr_t)block % alignment == 0, "operator new(%zu, %zu) = %p", size, alignment, block);
  CHECK(malloc_usable_size(block) >= size, "operator new(%zu): usable size %zu", size, malloc_usable_size(block));
  memset(block, 1, size);
  return block;
}

static void forms() {
  static const size_t sizes[] = {0, 1, 8, 16, 24, 100, 1000, 1025, 5000, 40000, 300000, 3 << 20};
  for (int round = 0; round < 50; round++)
    for (size_t size : sizes) {
      ::operator delete(checked(::operator new(size), size, 16));
      ::operator delete(checked(::operator new(size), size, 16), size);
      ::operator delete(checked(::operator new(size, std::nothrow), size, 16), std::nothrow);
      ::operator delete[](checked(::operator new[](size), size, 16));
      ::operator delete[](checked(::operator new[](size), size, 16), size);
      ::operator delete[](checked(::operator new[](size, std::nothrow), size, 16), std::nothrow);
      for (size_t alignment = 8; alignment <= 64 * KIB; alignment *= 4) {
        std::align_val_t value{alignment};
        ::operator delete(checked(::operator new(size, value), size, alignment), value);
        ::operator delete(checked(::operator new(size, value), size, alignment), size, value);
        ::operator delete(checked(::operator new(size, value, std::nothrow), size, alignment), value, std::nothrow);
        ::operator delete[](checked(::operator new[](size, value), size, alignment), value);
        ::operator delete[](checked(::operator new[](size, value), size, alignment), size, value);
        ::operator delete[](checked(::operator new[](size, value, std::nothrow), size, alignment), value,
                            std::nothrow);
      }
      // What new made, free may free in this library, and the other way round.
      free(checked(::operator new(size), size, 16));
      ::operator delete(malloc(size));
    }
  ::operator delete(nullptr);
  ::operator delete[](nullptr);
  ::operator delete(nullptr, (size_t)8);
  ::operator delete(nullptr, std::align_val_t{64});
}

static unsigned handlerCalls;

struct HandlerGivesUp {};

static void countAndThrow() {
  if (++handlerCalls >= 3) throw HandlerGivesUp();
}
static void countAndWithdraw() {
  if (++handlerCalls >= 2) std::set_new_handler(nullptr);
}

template <typename Allocation>
static void refuses(const char *what, Allocation allocation) {
  bool thrown = false;
  std::set_new_handler(nullptr);
  try {
    void *block = allocation();
    CHECK(false, "%s = %p", what, block);
  } catch (const std::bad_alloc &) {
    thrown = true;
  }
  CHECK(thrown, "%s throws no std::bad_alloc", what);
  handlerCalls = 0;
  std::set_new_handler(countAndWithdraw);
  thrown = false;
  try {
    allocation();
  } catch (const std::bad_alloc &) {
    thrown = true;
  }
  CHECK(thrown && handlerCalls == 2, "%s: the new-handler was called %u times before it withdrew", what, handlerCalls);
  handlerCalls = 0;
  std::set_new_handler(countAndThrow);
  thrown = false;
  try {
    allocation();
  } catch (const HandlerGivesUp &) {
    thrown = true;
  }
  CHECK(thrown && handlerCalls == 3, "%s: the new-handler was called %u times before it threw", what, handlerCalls);
  std::set_new_handler(nullptr);
}

static volatile size_t tooMuch = PTRDIFF_MAX;

static void withoutMemory() {
  refuses("operator new", [] { return ::operator new(tooMuch); });
  refuses("operator new[]", [] { return ::operator new[](tooMuch); });
  refuses("aligned operator new", [] { return ::operator new(tooMuch, std::align_val_t{64}); });
  refuses("aligned operator new[]", [] { return ::operator new[](tooMuch, std::align_val_t{4096}); });
  refuses("operator new of SIZE_MAX", [] { return ::operator new(tooMuch * 2 + 1); });
  CHECK(!::operator new(tooMuch, std::nothrow), "nothrow new");
  CHECK(!::operator new[](tooMuch, std::nothrow), "nothrow new[]");
  CHECK(!::operator new(tooMuch, std::align_val_t{64}, std::nothrow), "aligned nothrow new");
  CHECK(!::operator new[](tooMuch, std::align_val_t{64}, std::nothrow), "aligned nothrow new[]");
  handlerCalls = 0;
  std::set_new_handler(countAndWithdraw);
  CHECK(!::operator new(tooMuch, std::nothrow) && handlerCalls == 2, "nothrow new calls the new-handler %u times",
        handlerCalls);
  // An exception of the new-handler does not leave a nothrow form.
  handlerCalls = 0;
  std::set_new_handler([] { handlerCalls++, throw std::bad_alloc(); });
  CHECK(!::operator new(tooMuch, std::nothrow) && handlerCalls == 1, "nothrow new and a new-handler that throws");
  std::set_new_handler(nullptr);
  bool thrown = false;
  try {
    std::vector<int> vector((size_t)1 << 60);
    CHECK(vector.empty(), "a vector of 2^60");
  } catch (const std::bad_alloc &) {
    thrown = true;
  }
  CHECK(thrown, "a vector of 2^60 elements");
}

static size_t thrownThrough(int depth) {
  std::string text(depth * 30 + 5, 'x');
  if (depth == 0) throw std::runtime_error("text " + std::string(200, 'y'));
  return thrownThrough(depth - 1) + text.size();
}

static void exceptions() {
  std::vector<std::thread> threads;
  std::mutex mutex;
  std::vector<std::exception_ptr> caught;
  for (int index = 0; index < 8; index++)
    threads.emplace_back([&] {
      for (int turn = 0; turn < 400; turn++) try {
          thrownThrough(turn % 20);
        } catch (...) {
          std::lock_guard<std::mutex> guard(mutex);
          caught.push_back(std::current_exception());
        }
    });
  for (auto &thread : threads) thread.join();
  // Exceptions whose threads are gone are thrown again, and freed, here.
  size_t right = 0;
  for (auto &exception : caught) try {
      std::rethrow_exception(exception);
    } catch (const std::runtime_error &error) {
      right += strlen(error.what()) == 205;
    }
  CHECK(right == 8 * 400, "%zu of 3200 exceptions came through", right);
  caught.clear();
  std::vector<std::future<std::string>> futures;
  for (int index = 0; index < 50; index++)
    futures.push_back(std::async(std::launch::async, [index]() -> std::string {
      if (index % 2) throw std::logic_error(std::string(100, 'z'));
      return std::string(1000, 'a');
    }));
  size_t values = 0, errors = 0;
  for (auto &future : futures) try {
      values += future.get().size() == 1000;
    } catch (const std::logic_error &error) {
      errors += strlen(error.what()) == 100;
    }
  CHECK(values == 25 && errors == 25, "%zu values and %zu errors of futures", values, errors);
}

static void containers() {
  std::mutex mutex;
  std::vector<std::unique_ptr<std::map<std::string, std::vector<std::string>>>> handed;
  std::vector<std::thread> threads;
  for (int index = 0; index < 6; index++)
    threads.emplace_back([&, index] {
      uint64_t random = index;
      for (int turn = 0; turn < 60; turn++) {
        auto map = std::make_unique<std::map<std::string, std::vector<std::string>>>();
        for (int entry = 0; entry < 300; entry++) {
          size_t length = next_random(&random) % 200;
          auto &values = (*map)[std::to_string(next_random(&random) % 100)];
          values.push_back(std::string(length, (char)('a' + length % 26)));
        }
        std::unique_ptr<std::map<std::string, std::vector<std::string>>> other;
        {
          std::lock_guard<std::mutex> guard(mutex);
          handed.push_back(std::move(map));
          std::swap(handed[next_random(&random) % handed.size()], handed.back());
          if (handed.size() > 10) {
            other = std::move(handed.back());
            handed.pop_back();
          }
        }
        if (!other) continue;
        for (auto &[key, values] : *other)
          for (auto &value : values)
            CHECK(value.find_first_not_of((char)('a' + value.size() % 26)) == std::string::npos,
                  "a string of %zu under %s was changed", value.size(), key.c_str());
      }
    });
  for (auto &thread : threads) thread.join();
  std::unordered_map<int, std::shared_ptr<std::string>> shared;
  for (int turn = 0; turn < 200000; turn++) shared[turn * 7919 % 5000] = std::make_shared<std::string>(turn % 90, 's');
  for (auto &[key, value] : shared)
    CHECK(std::count(value->begin(), value->end(), 's') == (ptrdiff_t)value->size(), "a shared string of key %d", key);
}

int main() {
  announce();
  ofOneLibrary();
  forms();
  withoutMemory();
  exceptions();
  containers();
  return finish();
}
