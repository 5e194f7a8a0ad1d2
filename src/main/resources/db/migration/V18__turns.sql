-- Pairs in step come before what opens a ticket: 0 closures and critical ones, 1 pairs, 2 what opens a ticket, 3 what changes one.
alter table finding_group alter column urgency set default 2;
update finding_group set urgency = urgency + 1 where urgency > 0 and (pending or held is not null);
