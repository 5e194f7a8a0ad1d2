-- The rate budget (P19) and what the breakers of an hour count (P12).

-- Requests to ServiceNow that all replicas sent, by minute; kept for a little over an hour.
create table request_count (
    sent_in timestamp(6) with time zone primary key,
    requests int not null
);

-- What ServiceNow itself says of its limit, and until when it wants to be left alone. One row, which is also the lock
-- under which requests are counted.
create table request_limit (
    id int primary key,
    most int,
    rule varchar(100),
    heard_at timestamp(6) with time zone,
    rest_until timestamp(6) with time zone
);

-- 0 closures and critical ones, 1 what opens a ticket, 2 what changes one.
alter table finding_group add column urgency smallint default 1 not null;

create index action_of_flow on action (flow, kind, intended_at);
