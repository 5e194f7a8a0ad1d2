-- What scans showed to be doubtful about the ids of a source, per check (P3).
create table identity_doubt (
    id uuid primary key,
    flow varchar(100) not null,
    kind varchar(20) not null,
    source varchar(1000) not null,
    check_id varchar(1000) not null,
    findings bigint not null,
    example varchar(1000) not null,
    run_id bigint not null,
    first_at timestamp(6) with time zone not null,
    seen_at timestamp(6) with time zone not null
);
create index identity_doubt_of_flow on identity_doubt (flow, seen_at);
