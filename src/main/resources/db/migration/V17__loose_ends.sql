-- What was settled although other settings, or what is seen later, may leave something to do about it: 'failing', and its ticket is done,
-- or nothing fails and a ticket is 'open'. A handful among all groups, so that each pass can look at them. A ticket that is open and has
-- reached its status was opened again by a person, and a group without findings was left for another: both stay as they are.
alter table finding_group add column loose_end varchar(20);
create index finding_group_loose_end on finding_group (loose_end, flow) ${only_loose};

update finding_group set loose_end = 'failing' where not pending and not released
    and exists (select 1 from finding f where f.group_id = finding_group.id and f.result = 0 and f.accepted_in is null)
    and exists (select 1 from ticket t where t.group_id = finding_group.id and t.reached
        and not exists (select 1 from ticket later where later.group_id = t.group_id and later.generation > t.generation));

update finding_group set loose_end = 'open' where not pending
    and exists (select 1 from ticket t where t.group_id = finding_group.id and t.phase = 'OPEN' and not t.reached)
    and exists (select 1 from finding f where f.group_id = finding_group.id)
    and not exists (select 1 from finding f where f.group_id = finding_group.id and f.result = 0 and f.accepted_in is null)
    and not exists (select 1 from finding f where f.group_id = finding_group.id and f.result = 3 and f.keeps_open);
