// SPDX-License-Identifier: MIT

import Testing

@Suite struct ToolTests {
  /// A command beside a file of two hundred thousand lines, the second word of which is out of order.
  private static func onText(_ command: String) -> RealProgram {
    RealProgram("seq 200000 | awk '{ print $1, $1 * 7919 % 200003 }' >text; \(command)")
  }

  @Test("git keeps a repository as without ACE", .needs("git"))
  func git() throws {
    var program = RealProgram("exec bash $PROGRAMS/repository.bash")
    // The index holds the times and numbers of files.
    program.unlikeFiles = ["index"]
    try program.expectSame()
  }

  @Test("sqlite3 keeps a database as without ACE", .needs("sqlite3"))
  func sqlite() throws {
    try RealProgram(
      """
      sqlite3 -bail data.sqlite <$PROGRAMS/tables.sql
      sqlite3 data.sqlite .dump >dump.sql
      sqlite3 -bail copy.sqlite <dump.sql
      sqlite3 copy.sqlite 'select count(*), sum(pages) from book; pragma integrity_check'
      """
    ).expectSame()
  }

  @Test("redis serves its benchmark, and saves and reloads, as without ACE", .needs("redis-server redis-benchmark"))
  func redis() throws {
    var program = RealProgram("exec bash $PROGRAMS/redis.bash")
    // Times and process ids are in the log, and in the file that keeps the data.
    program.unlikeFiles = ["server.log", "dump.rdb"]
    try program.expectSame()
  }

  @Test("xz packs in two threads, and unpacks, as without ACE", .needs("xz"))
  func xz() throws {
    try Self.onText("xz -T2 -3 --block-size=256KiB -k text; xz -T2 -dc text.xz | cmp - text").expectSame()
  }

  @Test("zstd packs in two threads, and unpacks, as without ACE", .needs("zstd"))
  func zstd() throws {
    try Self.onText("zstd -q -T2 -9 -k text; zstd -q -dc text.zst | cmp - text").expectSame()
  }

  @Test("sort sorts in two threads and through files as without ACE")
  func sort() throws {
    try Self.onText("sort --parallel=2 -S 2M -k2 text >sorted; sort --parallel=2 -rn text | cksum").expectSame()
  }

  @Test("tar and gzip pack a folder as without ACE", .needs("tar gzip"))
  func tar() throws {
    try RealProgram(
      """
      tar -C $SOURCES --sort=name --mtime=@0 -czf docs.tar.gz docs/decisions
      tar -xzf docs.tar.gz
      tar -tvzf docs.tar.gz --utc
      """
    ).expectSame()
  }

  @Test("openssl digests, encrypts and measures itself as without ACE", .needs("openssl"))
  func openssl() throws {
    // What it measures of itself is different each time.
    try Self.onText(
      """
      openssl dgst -sha256 text
      openssl enc -aes-256-ctr -pbkdf2 -nosalt -pass pass:word -in text -out secret
      openssl speed -seconds 1 -multi 2 sha256 >/dev/null
      openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=example.org -keyout /dev/null -out /dev/null
      """
    ).expectSame()
  }

  @Test("awk and commands under xargs do as without ACE")
  func awk() throws {
    try Self.onText(
      """
      awk '{ n[$2 % 5000] = n[$2 % 5000] $1 } END { for (k in n) print k, length(n[k]) }' text | sort | cksum
      find $SOURCES/Sources -name '*.swift' | sort | xargs -P 2 -n 10 sha256sum | sort
      """
    ).expectSame()
  }
}
