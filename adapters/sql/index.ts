export { openPglite } from './pglite.ts';
export { openPostgres } from './postgres.ts';
