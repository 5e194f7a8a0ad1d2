-- What the breakers count (P11, P12), so that nobody has to count a run's writes again for each of them.
alter table run add column opened int default 0 not null;
alter table run add column resolved int default 0 not null;
update run set
    opened = (select count(*) from action a where a.run_id = run.id and a.kind = 'opened' and a.state not in ('withdrawn', 'refused')),
    resolved = (select count(*) from action a where a.run_id = run.id and a.kind = 'resolved' and a.state not in ('withdrawn', 'refused'));
