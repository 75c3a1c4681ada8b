import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
/** Files whose exported types are terms of the domain. */
const DOMAIN = [
  'engine/books/books.ts',
  'engine/books/loop.ts',
  'engine/casework/clock.ts',
  'engine/casework/fold.ts',
  'engine/casework/log.ts',
  'engine/casework/notice.ts',
  'engine/casework/task.ts',
  'engine/casework/work.ts',
  'engine/city.ts',
  'engine/contact/bundle.ts',
  'engine/contact/channel.ts',
  'engine/contact/contact.ts',
  'engine/contact/message.ts',
  'engine/contact/outbox.ts',
  'engine/contact/post.ts',
  'engine/entitlement/grant/act.ts',
  'engine/entitlement/grant/acted.ts',
  'engine/entitlement/grant/gone.ts',
  'engine/entitlement/grant/grant.ts',
  'engine/entitlement/grant/ledger.ts',
  'engine/entitlement/grant/month.ts',
  'engine/entitlement/grant/notice.ts',
  'engine/entitlement/grant/payment.ts',
  'engine/entitlement/grant/recovery.ts',
  'engine/entitlement/grant/settle.ts',
  'engine/entitlement/grant/stretch.ts',
  'engine/entitlement/grant/weigh.ts',
  'engine/indicator/gap.ts',
  'engine/kernel/date.ts',
  'engine/kernel/decimal.ts',
  'engine/kernel/diagnostic.ts',
  'engine/kernel/memo.ts',
  'engine/kernel/table.ts',
  'engine/kernel/text.ts',
  'engine/mandate/family.ts',
  'engine/mandate/mandate.ts',
  'engine/mine/account.ts',
  'engine/mine/mine.ts',
  'engine/mine/money.ts',
  'engine/mine/pay-day.ts',
  'engine/pack/citation.ts',
  'engine/pack/files.ts',
  'engine/pack/pack.ts',
  'engine/pack/source/document.ts',
  'engine/paper/paper.ts',
  'engine/paper/proof.ts',
  'engine/permission/may.ts',
  'engine/permission/policy.ts',
  'engine/ports.ts',
  'engine/record/corrected.ts',
  'engine/record/dispute.ts',
  'engine/record/evidence.ts',
  'engine/record/held.ts',
  'engine/record/record.ts',
  'engine/record/retention.ts',
  'engine/record/rows.ts',
  'engine/record/stated.ts',
  'engine/remedy/apply.ts',
  'engine/remedy/attached.ts',
  'engine/remedy/event.ts',
  'engine/remedy/organ.ts',
  'engine/remedy/port.ts',
  'engine/remedy/procedure.ts',
  'engine/remedy/reconsideration.ts',
  'engine/remedy/writing.ts',
  'engine/rules/build.ts',
  'engine/rules/op.ts',
  'engine/rules/program.ts',
  'engine/rules/schema.ts',
  'engine/rules/type.ts',
  'engine/rules/value.ts',
  'engine/voice/command.ts',
  'engine/voice/draft.ts',
  'engine/voice/event.ts',
  'engine/voice/figures.ts',
  'engine/voice/matter.ts',
  'engine/voice/photo.ts',
  'engine/voice/port.ts',
  'engine/voice/rating.ts',
];

const exported = (path: string): string[] => [...readFileSync(join(ROOT, path), 'utf8').matchAll(/^export (?:interface|type) (\w+)/gm)].map(([, name]) => name ?? '');
const rows = [...readFileSync(join(ROOT, 'docs/glossary.md'), 'utf8').matchAll(/^\| (\w+) \| ([^|]+) \| ([^|]+) \|$/gm)].filter(([, symbol]) => symbol !== 'symbol').map(([, symbol = '', term = '', meaning = '']) => ({ symbol, term, meaning }));

test('every term of the domain is in the glossary, and every symbol of the glossary is in the engine', () => {
  const symbols = rows.map(({ symbol }) => symbol);
  expect(DOMAIN.flatMap(exported).filter((name) => !symbols.includes(name))).toEqual([]);
  const engine = new Set(readdirSync(join(ROOT, 'engine'), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts')).flatMap((path) => exported(join('engine', path))));
  expect(symbols.filter((symbol) => !engine.has(symbol))).toEqual([]);
});

test('one term has one symbol, in Chinese, with its meaning', () => {
  expect(new Set(rows.map(({ symbol }) => symbol)).size).toBe(rows.length);
  expect(new Set(rows.map(({ term }) => term)).size).toBe(rows.length);
  expect(rows.filter(({ term, meaning }) => !/\p{Script=Han}/u.test(term) || meaning.trim() === '')).toEqual([]);
});

test('the paths that the documents name are there', () => {
  const documents = ['README.md', 'README.zh.md', 'ARCHITECTURE.md', ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.md')).map((path) => join('docs', path))];
  const lost = documents.flatMap((document) => {
    const text = readFileSync(join(ROOT, document), 'utf8');
    const linked = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, path = '']) => join(document, '..', path));
    // Rooms of the drawing in ARCHITECTURE.md: two spaces of indentation are inside the room above.
    const named = document === 'ARCHITECTURE.md' ? roomsDrawn(text) : [];
    return [...linked, ...named].filter((path) => !exists(path)).map((path) => `${document}: ${path}`);
  });
  expect(lost).toEqual([]);
});

function roomsDrawn(text: string): string[] {
  const drawing = /```\n(engine\/[\s\S]*?)```/.exec(text)?.[1] ?? '';
  let room = '';
  return drawing.split('\n').flatMap((line) => {
    const outer = /^(\w[\w-]*\/)/.exec(line)?.[1];
    if (outer) {
      room = outer;
      return [outer];
    }
    const inner = /^ {2}([\w-]+\/|[\w-]+\.ts)\s/.exec(line)?.[1];
    return inner ? [join(room, inner)] : [];
  });
}

function exists(path: string): boolean {
  try {
    readdirSync(join(ROOT, path));
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOTDIR';
  }
}
