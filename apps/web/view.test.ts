import { expect, test } from 'vitest';
import { hrefIn, readView } from './view.ts';

test('a view is read from the address, and what is unknown is the ordinary view', () => {
  expect(readView('?lang=en&size=large&place=330702001')).toEqual({ locale: 'en', size: 'large', place: '330702001' });
  expect(readView('?lang=fr&size=huge&place=<script>')).toEqual({ locale: 'zh', size: 'normal', place: '' });
  expect(readView('?size=normal')).toEqual(readView(''));
});

test('a link keeps the view and says only what differs from the ordinary one', () => {
  const plain = readView('');
  expect(hrefIn(plain, '/services')).toBe('/services');
  expect(hrefIn(plain, '/plan/source#L12')).toBe('/plan/source#L12');
  expect(hrefIn(readView('?lang=en&place=7'), '/plan/source#L12', { q: '低 保' })).toBe('/plan/source?q=%E4%BD%8E+%E4%BF%9D&lang=en&place=7#L12');
});

test('a page that sets the view wins over what the caller asks in the same words', () => {
  expect(hrefIn(readView('?size=large'), '/search', { size: 'normal' })).toBe('/search?size=large');
});
