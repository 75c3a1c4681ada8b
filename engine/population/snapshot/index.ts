export * from './build.ts';
export * from './encode.ts';
export * from './format.ts';
export * from './group.ts';
export * from './screened.ts';
export * from './snapshot.ts';
