import type { Diagnostic, FilePlace } from '#engine/kernel/index.ts';
import { packYaml } from '#engine/pack/index.ts';
import type { Feed, Pack } from '#engine/pack/index.ts';
import { checkSyntheticModel, feedPlan, syntheticModel } from '#engine/population/index.ts';
import type { FeedProblem } from '#engine/population/index.ts';
import type { RuleBook } from '#engine/rules/index.ts';

/** What is wrong with how people come into the city: with the mappings of departments’ files, and with the model that made-up people are drawn by. */
export function checkPeople({ pack, vocabulary: { schema } }: RuleBook): readonly Diagnostic[] {
  const feeds = [...pack.feeds.values()].flatMap((feed) => {
    const plan = feedPlan(pack, schema, feed);
    return 'problems' in plan ? plan.problems.map((problem) => feedDiagnostic(pack, feed, problem)) : [];
  });
  const model = syntheticModel(pack);
  const problem = model && checkSyntheticModel(model, schema);
  return problem === undefined ? feeds : [...feeds, { code: 'model-faulty', severity: 'error', place: modelPlace(pack, problem), data: { problem } }];
}

/** What is wrong with a mapping has a code of its own, for what to do differs. */
const CODES = {
  'fact-unknown': 'feed-fact-unknown', 'fact-of-another-thing': 'feed-fact-elsewhere', 'fact-is-text': 'feed-fact-is-text',
  'entity-unknown': 'feed-entity-unknown', 'link-unknown': 'feed-link-unknown', 'code-unknown': 'feed-code-unknown', 'owner-wrong': 'feed-owner-wrong',
} as const satisfies Record<FeedProblem['kind'], string>;

function feedDiagnostic({ texts }: Pack, feed: Feed, { kind, name }: FeedProblem): Diagnostic {
  const { file } = feed.place;
  return { code: CODES[kind], severity: 'error', place: packYaml(file, texts.get(file) ?? '').place(pathOf(feed, kind, name)), data: { name } };
}

/** Where in the mapping a name stands. */
function pathOf(feed: Feed, kind: FeedProblem['kind'], name: string): readonly PropertyKey[] {
  switch (kind) {
    case 'entity-unknown': return ['entity'];
    case 'owner-wrong': return [feed.owner === undefined ? 'entity' : 'owner'];
    case 'link-unknown': return Object.hasOwn(feed.groups ?? {}, name) ? ['groups', name] : ['relations', name];
    case 'code-unknown': {
      const at = feed.columns.findIndex(({ codes = {} }) => Object.values(codes).includes(name));
      return ['columns', at, 'codes', Object.entries(feed.columns[at]?.codes ?? {}).find(([, code]) => code === name)?.[0] ?? ''];
    }
    case 'fact-unknown': case 'fact-of-another-thing': case 'fact-is-text': return ['columns', feed.columns.findIndex(({ fact }) => fact === name), 'fact'];
    default: return kind satisfies never;
  }
}

/** The first line of the model that holds the name that a fault begins with; else the beginning of its main file. */
function modelPlace({ synthetic, texts }: Pack, problem: string): FilePlace {
  const name = problem.split(':')[0] ?? '';
  const parts = [...synthetic.values()];
  for (const { place: { file } } of parts) {
    const lines = (texts.get(file) ?? '').split('\n');
    const at = lines.findIndex((text) => name !== '' && text.includes(name));
    const column = (lines[at] ?? '').indexOf(name) + 1;
    if (at >= 0) return { file, line: at + 1, column, endLine: at + 1, endColumn: column + name.length };
  }
  return (parts.find(({ people }) => people) ?? parts[0])?.place ?? { file: 'plan.yaml', line: 1, column: 1, endLine: 1, endColumn: 1 };
}
