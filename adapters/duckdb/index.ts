export { openDuckdb } from './session.ts';
