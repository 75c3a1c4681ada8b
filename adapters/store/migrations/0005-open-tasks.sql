-- Whether staff may open a resident's values is asked of the open tasks, by the resident and by the household.
create index task_household on task (household_key) where state <> 'done';
