-- How far the money of a person is: of each batch that holds an item of their own subjects what is theirs to know, and
-- nothing of who else is in it or who let it go. A policy on payment_batch could not say so: that of payment_item looks there.
create function minsheng.own_batches() returns table (batch text, payer text, month integer, stage text)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  own text[] := minsheng.claim_list('subjects');
begin
  perform minsheng.act_as_owner(true);
  return query select b.id, b.payer, b.month, b.stage from payment_batch b
    where b.id in (select i.batch from payment_item i where i.subject_key = any (own));
  perform minsheng.act_as_owner(false);
end $$;
