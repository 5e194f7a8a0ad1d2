-- What keeps each step from growing faster than what it has to do (P36).

-- Which severity fails in a group is read from the index alone: ranking looks at every failing finding of what is pending.
drop index finding_of_group;
create index finding_of_group on finding (group_id, result, version, severity);

-- Which groups are handed out next is the beginning of one index, per flow and urgency, however many are pending.
drop index finding_group_due;
drop index finding_group_flow;
create index finding_group_due on finding_group (pending, flow, urgency, due_at, label_key, id);

-- Runs that are under way are found among all that ever were.
create index run_state on run (state, flow, id);

-- What a run brought is found without looking at every finding; numbers of runs only grow, so that it is appended to.
create index finding_of_run on finding (run_id);

-- How the last passes ended, among all that ever were.
create index run_ended on run (flow, ended_at);

-- What begins with a text is found by an index on PostgreSQL too, whatever its collation.
drop index ticket_number;
create index ticket_number on ticket (number ${by_beginning});
drop index finding_group_label;
create index finding_group_label on finding_group (label_key ${by_beginning});
