import { join } from 'node:path';

/** Where the runs of everybody lie in a data folder. */
export const runsFolder = (folder: string): string => join(folder, 'runs');
