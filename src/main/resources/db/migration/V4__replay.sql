-- What a replay of dead letters needs (P20), and what the sweep found (P15).

alter table dead_letter add column answer text;
alter table dead_letter add column generation int;
alter table dead_letter add column note_id varchar(200);
create index dead_letter_of_group on dead_letter (group_id, replayed_at);

-- The whole ticket is written again with the next delivery, at a person's wish.
alter table finding_group add column again boolean default false not null;

-- Records that the sweep found and that no ticket of the ledger knows.
create table stray_record (
    table_name varchar(80) not null,
    sys_id varchar(32) not null,
    flow varchar(100) not null,
    number varchar(40) not null,
    correlation_id varchar(100) not null,
    kept_number varchar(40),
    state varchar(20) not null,
    found_at timestamp(6) with time zone not null,
    ended_at timestamp(6) with time zone,
    primary key (table_name, sys_id)
);
create index stray_record_of_flow on stray_record (flow, state);
