export * from './oidc.ts';
export * from './test-provider.ts';
export * from './password.ts';
export * from './totp.ts';
