import { smsPost, smtpPost } from '#adapters/notices/index.ts';
import { ELECTRONIC_CHANNELS } from '#engine/contact/index.ts';
import type { ElectronicChannel, Post, Posts } from '#engine/contact/index.ts';
import type { Settings } from '../settings.ts';

/** The ways on which a city sends, with how to end them. A demonstration sends nothing: its messages are read on /outbox. */
export function postsOf({ mode, smtp, sms }: Pick<Settings, 'mode' | 'smtp' | 'sms'>): { readonly posts: Posts; readonly close: () => void } {
  if (mode === 'demo') return { posts: new Map(ELECTRONIC_CHANNELS.map((channel) => [channel, async () => ({ kind: 'sent' as const })])), close: () => undefined };
  const mail = smtp && smtpPost(smtp);
  const ways: readonly (readonly [ElectronicChannel, Post | undefined])[] = [['email', mail?.post], ['sms', sms && smsPost(sms)]];
  return { posts: new Map(ways.flatMap(([channel, post]) => (post ? [[channel, post] as const] : []))), close: () => mail?.close() };
}
