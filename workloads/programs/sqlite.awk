# SPDX-License-Identifier: MIT
# Writes the statements of an order book: awk -v database=FILE -f sqlite.awk. The second half of the work goes to the
# database file, the first to memory.

function uniform(limit) {
  state = (state * 16807) % 2147483647
  return state % limit
}

function name(    length_, text) {
  text = ""
  for (length_ = 4 + uniform(8); length_ > 0; length_--) text = text substr("abcdefghijklmnopqrstuvwxyz", 1 + uniform(26), 1)
  return text
}

function schema(prefix) {
  print "CREATE TABLE " prefix "customer(id INTEGER PRIMARY KEY, name TEXT, city TEXT);"
  print "CREATE TABLE " prefix "purchase(id INTEGER PRIMARY KEY, customer INTEGER, cents INTEGER, note TEXT);"
  print "CREATE INDEX " prefix "purchase_customer ON purchase(customer, cents);"
}

function fill(prefix, customers, purchases,    row) {
  print "BEGIN;"
  for (row = 1; row <= customers; row++)
    print "INSERT INTO " prefix "customer VALUES(" row ",'" name() "','" name() "');"
  for (row = 1; row <= purchases; row++) {
    print "INSERT INTO " prefix "purchase VALUES(" row "," 1 + uniform(customers) "," uniform(100000) ",'" name() " " name() "');"
    if (row % 200 == 0) { print "COMMIT;"; print "BEGIN;" }
  }
  print "COMMIT;"
}

function ask(prefix, count,    query) {
  for (query = 0; query < count; query++) {
    print "SELECT c.name, sum(p.cents), count(*) FROM " prefix "purchase p JOIN " prefix "customer c ON c.id = p.customer" \
      " WHERE p.cents > " uniform(90000) " AND c.city LIKE '" substr("aeiou", 1 + uniform(5), 1) "%' GROUP BY c.name ORDER BY 2 DESC LIMIT 5;"
    print "UPDATE " prefix "purchase SET note = note || '" name() "' WHERE customer = " 1 + uniform(200) ";"
    print "SELECT group_concat(note, ';') FROM " prefix "purchase WHERE customer = " 1 + uniform(200) ";"
    print "DELETE FROM " prefix "purchase WHERE id = " 1 + uniform(4000) ";"
  }
}

BEGIN {
  state = 20261101
  print ".mode list"
  schema("main.")
  fill("main.", 300, 4000)
  ask("main.", 120)
  print "ATTACH '" database "' AS disk;"
  schema("disk.")
  fill("disk.", 300, 4000)
  ask("disk.", 60)
}
