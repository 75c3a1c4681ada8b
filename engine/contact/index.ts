export * from './address.ts';
export * from './bundle.ts';
export * from './channel.ts';
export * from './contact.ts';
export * from './message.ts';
export * from './outbox.ts';
export * from './post.ts';
