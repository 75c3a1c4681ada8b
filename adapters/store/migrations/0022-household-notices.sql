-- A notice to a household leaves for each of its people who has an address: one row for each of them.
alter table outbox drop constraint outbox_stream_number_channel_key;
alter table outbox add constraint outbox_stream_number_channel_subject_key unique (stream, number, channel, subject_key);
-- Letters of which nobody has looked yet where they go.
create index outbox_unplaced on outbox (id) where channel = 'paper' and area is null and sent_at is null and dead_at is null and bundle is null;
