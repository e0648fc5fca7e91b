-- SPDX-License-Identifier: MIT
-- Tables, indexes, joins, transactions, and the work of a query planner.
pragma journal_mode = wal;
create table author (id integer primary key, name text not null unique, born integer);
create table book (id integer primary key, author integer references author, title text, pages integer, body blob);
with recursive n(i) as (select 1 union all select i + 1 from n where i < 500)
  insert into author select i, printf('author %04d', i * 7919 % 10007), 1800 + i * 31 % 200 from n;
with recursive n(i) as (select 1 union all select i + 1 from n where i < 20000)
  insert into book select i, i * 613 % 500 + 1, printf('title %x %d', i * 48271 % 65521, i), i * 37 % 900, zeroblob(i % 300)
    from n;
create index book_author on book (author, pages);
create index book_title on book (title collate nocase);
select count(*), sum(pages), min(title), max(title) from book;
select name, count(*) as books, sum(pages) from author join book on book.author = author.id
  group by author.id having sum(pages) % 2 = 0 order by 3 desc, name limit 12;
select a.born, group_concat(distinct substr(a.name, -2)) from author a
  where exists (select 1 from book b where b.author = a.id and b.pages > 890) group by a.born order by 1 limit 8;
begin;
update book set pages = pages + 1 where id % 3 = 0;
delete from book where id % 7 = 0;
savepoint inner_one;
delete from book;
rollback to inner_one;
commit;
begin;
delete from author;
rollback;
select count(*), sum(pages) from book;
select title, row_number() over (partition by author order by pages desc, id) as place,
    sum(pages) over (order by id rows 10 preceding) from book order by id desc limit 6;
create virtual table found using fts5(title);
insert into found select title from book where id <= 4000;
select count(*) from found where found match 'a*';
select json_group_array(json_object('id', id, 'title', title)) from (select * from book order by title limit 5);
create trigger shrunk after update on book begin update author set born = born + 1 where id = new.author; end;
update book set pages = 1 where author < 40;
select sum(born) from author;
drop table found;
vacuum;
pragma integrity_check;
select hex(sum(length(body))), total(id) from book;
