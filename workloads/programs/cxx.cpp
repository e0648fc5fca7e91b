// SPDX-License-Identifier: MIT

// What C++ programs do with the standard library: maps, hash tables, lists, strings and streams, shared pointers,
// exceptions that carry text.

#include <algorithm>
#include <cstdio>
#include <list>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <vector>

namespace {

std::mt19937 generator(20261101);

unsigned uniform(unsigned limit) { return generator() % limit; }

std::string word(unsigned length) {
  std::string text;
  while (length-- > 0) text += static_cast<char>('a' + uniform(26));
  return text;
}

struct Node {
  std::string name;
  std::vector<std::shared_ptr<Node>> children;
};

std::shared_ptr<Node> tree(unsigned depth) {
  auto node = std::make_shared<Node>();
  node->name = "depth " + std::to_string(depth) + " " + word(12);
  if (depth > 0) {
    for (unsigned child = 0; child < 3; child++) node->children.push_back(tree(depth - 1));
  }
  return node;
}

size_t weigh(const Node &node) {
  size_t sum = node.name.size();
  for (const auto &child : node.children) sum += weigh(*child);
  return sum;
}

long parse(const std::string &text) {
  if (text.find_first_not_of("0123456789") != std::string::npos) {
    throw std::invalid_argument("no number, but a text of some length: " + text);
  }
  return std::stol("0" + text);
}

}  // namespace

int main() {
  std::unordered_map<std::string, std::list<std::string>> index;
  std::map<std::string, std::set<unsigned>> places;
  size_t refused = 0;
  long sum = 0;
  for (unsigned line = 0; line < 4000; line++) {
    std::ostringstream text;
    for (unsigned position = 0; position < 8; position++) {
      text << word(2 + uniform(28)) << ' ' << uniform(100000) << ' ';
    }
    std::istringstream input(text.str());
    std::string token;
    while (input >> token) {
      try {
        sum += parse(token);
      } catch (const std::invalid_argument &error) {
        refused += std::string(error.what()).size();
        index[token.substr(0, 2)].push_back(token);
        places[token.substr(0, 3)].insert(line);
      }
    }
    if (line % 8 == 7 && !places.empty()) places.erase(places.begin());
    if (line % 64 == 63) index.erase(word(2));
  }
  size_t weight = 0;
  for (unsigned round = 0; round < 10; round++) weight += weigh(*tree(7));
  std::vector<std::string> sorted;
  for (const auto &entry : index) sorted.insert(sorted.end(), entry.second.begin(), entry.second.end());
  std::sort(sorted.begin(), sorted.end());
  std::printf("%zu %zu %ld %zu %zu\n", sorted.size(), places.size(), sum, refused, weight);
}
