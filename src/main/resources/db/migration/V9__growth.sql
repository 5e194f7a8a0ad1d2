-- What keeps each step from growing faster than what it has to do (P36).

-- Which severity fails in a group is read from the index alone: ranking looks at every failing finding of what is pending.
drop index finding_of_group;
create index finding_of_group on finding (group_id, result, version, severity);
