import { expect, test } from 'vitest';
import { debtCommandOf, fenOf } from './debt-view.ts';

test('yuan are read to the fen as people type them, and anything else is less than nothing', () => {
  expect(['600', '600.5', '600.05', '1,170.50', '1，170', '0'].map(fenOf)).toEqual([60_000, 60_050, 60_005, 117_050, 117_000, 0]);
  expect(['', '-1', '1.005', '六百', '1e3', '9999999999'].map(fenOf)).toEqual([-1, -1, -1, -1, -1, -1]);
});

test('an objection is decided with parts only where more than one is asked for', () => {
  const said = { kept: '300', amount: '', count: '1', first: '2031-04-01', ground: '', reason: '查过流水' };
  expect(debtCommandOf('decide', said)).toEqual({ do: 'decide', keptFen: 30_000, because: '查过流水', parts: undefined });
  expect(debtCommandOf('decide', { ...said, count: '3' })).toMatchObject({ parts: { count: 3, firstOn: '2031-04-01' } });
  expect(debtCommandOf('waive', { ...said, ground: 'because' })).toMatchObject({ because: undefined, amountFen: -1 });
});
