-- Findings that went through a topic on their way into the ledger: how many of a run were published and how many are in, so that
-- nothing is concluded before all are; and how far each run was taken from each partition, so that what comes twice counts once.
alter table run add column published_count bigint;
alter table run add column taken_count bigint default 0 not null;
alter table run add column incomplete boolean default false not null;

create table arrival (
    run_id bigint not null,
    place varchar(300) not null,
    next_offset bigint not null,
    primary key (run_id, place)
);

-- How far workers have come in each partition, whatever they found there.
create table arrival_position (
    place varchar(300) primary key,
    next_offset bigint not null
);
