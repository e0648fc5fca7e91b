// SPDX-License-Identifier: MIT
// Buffers outside of the script's heap, compression on the thread pool, and worker threads.
const { Worker, isMainThread, parentPort, workerData } = require("worker_threads");
const zlib = require("zlib");
const crypto = require("crypto");

function churn(seed, rounds) {
  const kept = [];
  const hash = crypto.createHash("sha256");
  for (let index = 0; index < rounds; index++) {
    seed = (seed * 48271) % 2147483647;
    kept.push(Buffer.alloc(seed % 20000, index & 255));
    if (kept.length > 100) hash.update(kept.splice(seed % kept.length, 1)[0]);
  }
  return hash.digest("hex");
}

async function main() {
  const text = Array.from({ length: 40000 }, (_, index) => `${index * index}`).join(" ");
  const packed = await Promise.all(
    [1, 6, 9].map((level) => new Promise((done) => zlib.gzip(text, { level }, (_, result) => done(result)))));
  for (const one of packed) console.log(one.length, zlib.gunzipSync(one).toString() === text);
  const answers = await Promise.all([1, 2, 3].map((seed) => new Promise((done, failed) => {
    const worker = new Worker(__filename, { workerData: seed });
    worker.on("message", done);
    worker.on("error", failed);
  })));
  console.log(answers.join("\n"));
  const map = new Map();
  for (let index = 0; index < 100000; index++) map.set(`key ${index % 5000}`, JSON.parse(JSON.stringify({ index })));
  console.log(map.size, churn(7, 3000));
}

if (isMainThread) main();
else parentPort.postMessage(churn(workerData, 2000));
