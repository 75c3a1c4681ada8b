export * from './command.ts';
export * from './rounds.ts';
export * from './voice.ts';
