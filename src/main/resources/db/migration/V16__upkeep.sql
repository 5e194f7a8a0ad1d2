-- What is under way is counted at each look at the metrics, and is a handful among all that ever was written.
create index action_open on action (state, id) ${only_open};

-- How what is done again and again ended last: the passes of each flow, by its name, and what is done once a day.
create table last_end (
    name varchar(200) primary key,
    ended_at timestamp(6) with time zone,
    failed_at timestamp(6) with time zone,
    failure varchar(4000)
);
