/** What the exit codes mean; the help says the same. */
export const EXIT = {
  ok: 0,
  /** The pack has errors, a backup or the log is damaged, or a bar was missed. */
  failed: 1,
  /** The command was written wrongly, or asks for what is not allowed. */
  usage: 2,
  /** The machine or the store is not as needed: a taken port, a locked folder, no PostgreSQL … */
  environment: 3,
  /** A bug of ours. */
  fault: 4,
} as const;
export type Exit = (typeof EXIT)[keyof typeof EXIT];
