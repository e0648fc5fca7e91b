// SPDX-License-Identifier: MIT

// A pool of threads that serve requests: the first thread makes messages, workers parse them and answer, and the
// answers are collected and freed by the first thread again. Most blocks are freed by another thread than made them.

#include <condition_variable>
#include <cstdio>
#include <deque>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <vector>

namespace {

struct Request {
  int number;
  std::string text;
};

struct Answer {
  int number;
  std::vector<std::string> words;
  std::map<char, int> letters;
};

/// A queue with an end, of at most `capacity` elements, so that producers do not run ahead without bound.
template <typename Element>
class Queue {
public:
  explicit Queue(size_t capacity) : capacity(capacity) {}

  void push(Element element) {
    std::unique_lock<std::mutex> lock(mutex);
    changed.wait(lock, [&] { return elements.size() < capacity; });
    elements.push_back(std::move(element));
    changed.notify_all();
  }

  bool pop(Element &element) {
    std::unique_lock<std::mutex> lock(mutex);
    changed.wait(lock, [&] { return !elements.empty() || closed; });
    if (elements.empty()) return false;
    element = std::move(elements.front());
    elements.pop_front();
    changed.notify_all();
    return true;
  }

  void close() {
    std::lock_guard<std::mutex> lock(mutex);
    closed = true;
    changed.notify_all();
  }

private:
  size_t capacity;
  bool closed = false;
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<Element> elements;
};

Answer answer(const Request &request) {
  Answer result{request.number, {}, {}};
  std::string word;
  for (char letter : request.text) {
    if (letter == ' ') {
      result.words.push_back(word + ':' + std::to_string(request.number) + ':' + word);
      word.clear();
    } else {
      word += letter;
      result.letters[letter]++;
    }
  }
  return result;
}

}  // namespace

int main() {
  const int workerCount = 3, requestCount = 6000;
  Queue<Request> requests(64);
  Queue<Answer> answers(1 << 20);
  std::vector<std::thread> workers;
  for (int worker = 0; worker < workerCount; worker++) {
    workers.emplace_back([&] {
      Request request;
      while (requests.pop(request)) answers.push(answer(request));
    });
  }
  std::mt19937 random(20261101);
  size_t size = 0;
  for (int number = 0; number < requestCount; number++) {
    std::string text;
    for (unsigned word = 4 + random() % 12; word > 0; word--) {
      for (unsigned letter = 2 + random() % 24; letter > 0; letter--) text += static_cast<char>('a' + random() % 26);
      text += ' ';
    }
    requests.push(Request{number, std::move(text)});
    Answer done;
    if (number >= 128 && answers.pop(done)) size += done.words.size() + done.letters.size();
  }
  requests.close();
  for (std::thread &worker : workers) worker.join();
  answers.close();
  Answer done;
  while (answers.pop(done)) size += done.words.size() + done.letters.size();
  std::printf("%zu\n", size);
}
