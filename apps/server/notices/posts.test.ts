import { expect, test } from 'vitest';
import { postsOf } from './posts.ts';

const smtp = { host: '127.0.0.1', port: 25, encryption: 'none', login: undefined, from: 'town@lantern-bay.example' } as const;
const sms = { url: 'https://sms.example/send', key: 'k3y' };
const offered = (settings: Parameters<typeof postsOf>[0]): readonly string[] => {
  const { posts, close } = postsOf(settings);
  close();
  return [...posts.keys()];
};

test('a city in production offers the ways that it has set up, and no other', () => {
  expect(offered({ mode: 'production', smtp: undefined, sms: undefined })).toEqual([]);
  expect(offered({ mode: 'production', smtp, sms: undefined })).toEqual(['email']);
  expect(offered({ mode: 'production', smtp: undefined, sms })).toEqual(['sms']);
  expect(offered({ mode: 'production', smtp, sms })).toEqual(['email', 'sms']);
});

test('a demonstration shows every way and sends nothing, whatever is set up', async () => {
  // Nobody answers at these addresses: a message that left would fail.
  const { posts } = postsOf({ mode: 'demo', smtp, sms });
  const message = { id: 'a', to: 'mia@harbour.example', subject: '', text: '' };
  expect(await Promise.all([...posts.values()].map((post) => post(message)))).toEqual([{ kind: 'sent' }, { kind: 'sent' }]);
});
