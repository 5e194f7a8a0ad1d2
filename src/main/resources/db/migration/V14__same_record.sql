-- What stands for the record of a dead letter: one that can't be used at each scan is one letter.
alter table dead_letter add column digest uuid;
create index dead_letter_of_record on dead_letter (flow, digest);
