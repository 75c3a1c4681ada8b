import type { Node } from '../../program.ts';
import type { Block, Val } from './block.ts';
import type { Emitter } from './emitter.ts';
import { strict } from './strict.ts';

type DateNode = Extract<Node, { op: 'years-between' | 'months-between' | 'days-between' | 'add-months' | 'add-days' | 'month-start' | 'month-end' | 'month-after' | 'part' }>;

/** Dates are the integers yyyymmdd: an anniversary has come when ten thousand for each year have. */
export function emitDate(to: Emitter, node: DateNode, block: Block): Val {
  switch (node.op) {
    case 'years-between': case 'months-between': case 'days-between': {
      const [from, until] = [to.emit(node.from, block), to.emit(node.to, block)];
      return strict(to, node.id, [from, until], block, BETWEEN[node.op](from.code, until.code));
    }
    case 'add-months': case 'add-days': {
      const [date, by] = [to.emit(node.date, block), to.emit(node.op === 'add-months' ? node.months : node.days, block)];
      return strict(to, node.id, [date, by], block, `${node.op === 'add-months' ? 'addMonths' : 'addDays'}(${date.code}, ${by.code})`);
    }
    case 'month-start': case 'month-end': case 'month-after': case 'part': {
      const of = to.emit(node.of, block);
      return strict(to, node.id, [of], block, PART[node.op === 'part' ? node.part : node.op](of.code));
    }
    default: return node satisfies never;
  }
}

const BETWEEN = {
  'years-between': (from: string, to: string) => `${to} < ${from} ? 0 : ((${to} - ${from}) / 10000) | 0`,
  'months-between': (from: string, to: string) => `monthsBetween(${from}, ${to})`,
  'days-between': (from: string, to: string) => `daysBetween(${from}, ${to})`,
} as const;

const PART = {
  year: (date: string) => `(${date} / 10000) | 0`,
  month: (date: string) => `((${date} / 100) | 0) % 100`,
  day: (date: string) => `${date} % 100`,
  'month-start': (date: string) => `(${date} - ${date} % 100 + 1) | 0`,
  'month-end': (date: string) => `monthEnd(${date})`,
  'month-after': (date: string) => `monthAfter(${date})`,
} as const;
