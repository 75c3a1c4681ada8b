export * from './oidc.ts';
export * from './test-provider.ts';
