-- The record that a group adopted by its profile's query, as TABLE/SYS_ID: no other group may take it, too.
alter table ticket add column adopted varchar(200);
create unique index ticket_adopted on ticket (adopted);
