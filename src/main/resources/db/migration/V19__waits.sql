-- Which of the counted requests were reads of polls (P19). An older version counts its own as others, which only makes reads wait.
alter table request_count add column reads int default 0 not null;

-- Until when the flow's pass waits for the rate budget; empty once it has ended.
alter table last_end add column waits_until timestamp(6) with time zone;
