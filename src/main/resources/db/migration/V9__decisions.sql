-- What people decided: at the source, and by closing a ticket as an accepted risk.

-- Who suppressed the finding at the source, why and until when, as the source says it; null for all others.
alter table finding add column suppression varchar(100000);
-- A ticket listed it before it was suppressed: that is no fix, and keeps the ticket open.
alter table finding add column keeps_open boolean default false not null;
update finding set keeps_open = true where result = 3;
-- The generation whose ticket lists it and was closed as an accepted risk. While that holds, it asks for no other ticket.
alter table finding add column accepted_in int;

alter table ticket add column accepted_as varchar(200);
alter table ticket add column accepted_until timestamp(6) with time zone;
-- Its date has passed, and what it covered was released.
alter table ticket add column acceptance_over boolean default false not null;
create index ticket_accepted on ticket (accepted_as, flow);
