// SPDX-License-Identifier: MIT
// Enough of C to keep an optimiser busy.

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct node {
  struct node *left, *right;
  uint64_t key;
  char name[24];
};

static struct node *insert(struct node *node, uint64_t key) {
  if (!node) {
    node = calloc(1, sizeof *node);
    node->key = key;
    snprintf(node->name, sizeof node->name, "%016llx", (unsigned long long)key);
  } else if (key < node->key) {
    node->left = insert(node->left, key);
  } else if (key > node->key) {
    node->right = insert(node->right, key);
  }
  return node;
}

static size_t height(const struct node *node) {
  if (!node) return 0;
  const size_t left = height(node->left), right = height(node->right);
  return 1 + (left > right ? left : right);
}

#define MIX(n)                                                    \
  uint64_t mix_##n(const uint8_t *bytes, size_t count) {          \
    uint64_t hash = n * 0x9e3779b97f4a7c15u;                      \
    for (size_t i = 0; i + 8 <= count; i += 8) {                  \
      uint64_t word;                                              \
      memcpy(&word, bytes + i, 8);                                \
      hash = (hash ^ word) * 0xff51afd7ed558ccdu;                 \
      hash ^= hash >> (n % 13 + 7);                               \
    }                                                             \
    switch (count % 8) {                                          \
      case 7: hash += bytes[count - 7]; /* fall through */        \
      case 3: hash *= bytes[count - 1] | 1; break;                \
      case 1: hash ^= n; break;                                   \
      default: hash = hash << n % 31 | hash >> (64 - n % 31) % 64; \
    }                                                             \
    return hash;                                                  \
  }
#define MIX8(n) MIX(n##0) MIX(n##1) MIX(n##2) MIX(n##3) MIX(n##4) MIX(n##5) MIX(n##6) MIX(n##7)
MIX8(1) MIX8(2) MIX8(3) MIX8(4) MIX8(5) MIX8(6) MIX8(7)

void multiply(double *restrict out, const double *restrict a, const double *restrict b, int n) {
  for (int i = 0; i < n; i++)
    for (int j = 0; j < n; j++) {
      double sum = 0;
      for (int k = 0; k < n; k++) sum += a[i * n + k] * b[k * n + j];
      out[i * n + j] = sum;
    }
}

size_t grow(uint64_t count) {
  struct node *root = NULL;
  for (uint64_t i = 0; i < count; i++) root = insert(root, mix_10((const uint8_t *)&i, sizeof i));
  return height(root);
}
