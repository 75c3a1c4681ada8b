export * from './console.ts';
export * from './entry.ts';
export * from './outcome.ts';
export * from './payments.ts';
export * from './refusal.ts';
export * from './sign-in.ts';
