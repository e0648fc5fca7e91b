// SPDX-License-Identifier: MIT
// Threads, compilation while it runs, direct buffers and compression, whose memory comes from the C library.

import java.nio.ByteBuffer;
import java.util.*;
import java.util.concurrent.*;
import java.util.stream.*;
import java.util.zip.*;

public class Threads {
  static long churn(int seed) throws Exception {
    Random random = new Random(seed);
    List<ByteBuffer> kept = new ArrayList<>();
    long sum = 0;
    for (int index = 0; index < 2000; index++) {
      ByteBuffer buffer = ByteBuffer.allocateDirect(64 + random.nextInt(8000));
      buffer.putInt(0, index);
      kept.add(buffer);
      if (kept.size() > 50) sum += kept.remove(random.nextInt(kept.size())).getInt(0);
      if (index % 100 == 0) {
        Deflater deflater = new Deflater();
        byte[] input = new byte[20000];
        random.nextBytes(input);
        deflater.setInput(input);
        deflater.finish();
        sum += deflater.deflate(new byte[30000]);
        deflater.end();
      }
    }
    return sum;
  }

  public static void main(String[] arguments) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    List<Future<Long>> sums = new ArrayList<>();
    for (int seed = 0; seed < 8; seed++) {
      int own = seed;
      sums.add(pool.submit(() -> churn(own)));
    }
    for (Future<Long> sum : sums) System.out.println(sum.get());
    pool.shutdown();
    Map<Integer, Long> groups =
        IntStream.range(0, 200000).boxed().collect(Collectors.groupingBy(n -> n % 7, TreeMap::new, Collectors.counting()));
    System.out.println(groups);
  }
}
