export * from './sms.ts';
export * from './smtp.ts';
