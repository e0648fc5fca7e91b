# SPDX-License-Identifier: MIT
# Objects of all sizes, made and dropped by threads and by processes that were forked from threads.
import hashlib
import multiprocessing
import os
import queue
import random
import sqlite3
import threading
import zlib


def churn(seed, rounds):
    source = random.Random(seed)
    kept = []
    digest = hashlib.sha256()
    for index in range(rounds):
        size = source.choice((8, 40, 300, 4000, 40_000)) + source.randrange(64)
        kept.append(bytes([index & 255]) * size)
        if len(kept) > 200:
            block = kept.pop(source.randrange(len(kept)))
            assert block == bytes([block[0]]) * len(block)
            digest.update(block[:64])
    return digest.hexdigest()


def forked(seed):
    return seed, churn(seed, 2000)


def handed_over(count):
    blocks = queue.Queue(100)
    total = 0

    def produce(start):
        for index in range(start, start + count):
            blocks.put([index] * (index % 90 + 1))

    producers = [threading.Thread(target=produce, args=(start,)) for start in (0, count, 2 * count)]
    for producer in producers:
        producer.start()
    for _ in range(3 * count):
        total += sum(blocks.get())
    for producer in producers:
        producer.join()
    return total


def main():
    results = {}
    threads = [threading.Thread(target=lambda seed=seed: results.update({seed: churn(seed, 4000)})) for seed in range(6)]
    for thread in threads:
        thread.start()
    # Processes are forked while the threads allocate.
    children = []
    for seed in range(8):
        child = os.fork()
        if child == 0:
            os._exit(0 if len(churn(seed, 500)) == 64 else 1)
        children.append(child)
    print([os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children])
    for thread in threads:
        thread.join()
    print(sorted(results.items()))
    print(handed_over(3000))
    with multiprocessing.get_context("fork").Pool(2) as pool:
        print(sorted(pool.map(forked, range(6))))
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        print(sorted(pool.map(hex, range(20))))

    text = "".join(str(index * index) for index in range(100_000))
    packed = zlib.compress(text.encode(), 6)
    assert zlib.decompress(packed).decode() == text
    print(len(text), len(packed), hashlib.md5(packed).hexdigest())
    base = sqlite3.connect(":memory:")
    base.execute("create table numbers (n integer primary key, t text)")
    base.executemany("insert into numbers values (?, ?)", ((n, "x" * (n % 300)) for n in range(20_000)))
    print(base.execute("select count(*), sum(length(t)), sum(n) from numbers where t like '%xx%'").fetchone())
    big = bytearray()
    for _ in range(300):
        big += b"grow" * 20_000
    print(len(big), hashlib.sha1(big).hexdigest())


# Processes that multiprocessing spawns read this file again.
if __name__ == "__main__":
    main()
