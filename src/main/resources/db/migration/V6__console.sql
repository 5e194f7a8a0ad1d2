-- What the console's pages ask for, so that each stays quick with 100,000 tickets (P32).

-- The findings of the flow that fail as the run was closed; null before that.
alter table run add column failing_count bigint;

-- What a group is looked up by: the beginning of its label in small letters. A label itself may be too long for an index.
alter table finding_group add column label_key varchar(100) default '' not null;
update finding_group set label_key = lower(substr(label, 1, 100));
create index finding_group_label on finding_group (label_key);
create index finding_group_dead on finding_group (dead, flow);
create index finding_group_held on finding_group (held, flow);

create index ticket_newest on ticket (intended_at, group_id, generation);
create index ticket_newest_of_flow on ticket (flow, intended_at, group_id, generation);
