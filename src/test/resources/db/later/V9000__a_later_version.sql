-- What a later version may do while this one runs: columns on every table that is read whole, and a table of its own.
alter table run add column later varchar(100);
alter table finding add column later varchar(100);
alter table finding_group add column later bigint default 0 not null;
alter table ticket add column later varchar(100);
alter table action add column later boolean default false not null;
alter table pair add column later varchar(100);
alter table dead_letter add column later varchar(100);
alter table source_write add column later varchar(100);
alter table identity_doubt add column later varchar(100);
alter table intake add column later varchar(100);
alter table watermark add column later varchar(100);
create table later (id bigint primary key, words varchar(1000) not null);
create index later_words on later (words);
