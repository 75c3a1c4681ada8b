-- Whoever watches over who looked asks day by day.
create index access_log_at on access_log (at);
