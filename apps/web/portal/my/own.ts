import type { City } from '#engine/city.ts';
import { calledIn, explainEntitlement, groupOf, whenPersonChanges, whenPersonLoses, wordsOfPack } from '#engine/entitlement/index.ts';
import type { Entitlement, Group } from '#engine/entitlement/index.ts';
import { say } from '#engine/kernel/index.ts';
import type { Locale } from '#engine/kernel/index.ts';
import { NO_AFFAIRS } from '#engine/mine/index.ts';
import type { Affairs } from '#engine/mine/index.ts';
import type { Change, Explanation, Words } from '#engine/rules/index.ts';
import { aboutOf } from '#engine/ports.ts';
import { signedIn } from '../../context.ts';
import { wordsOf } from '../../words.ts';

type Args = Parameters<typeof signedIn>[0];
type Own = ReturnType<typeof signedIn> & { readonly affairs: Affairs; readonly page: string };

/** What was done about whoever looks; the access log names the page. */
export async function ownAffairs(args: Args): Promise<Own> {
  const input = signedIn(args);
  // Which page, and not which of them: what somebody typed into an address is nobody's business later on.
  const page = new URL(args.request.url).pathname.split('/').slice(0, 3).join('/');
  return { ...input, page, affairs: (await input.city.mine?.affairs(input.visitor.principal, page)) ?? NO_AFFAIRS };
}

/** One service for one person, in words. */
export interface Explained {
  readonly one: Entitlement;
  readonly explanation: Explanation;
  readonly group: Group;
  /** In one sentence, what in their life speaks for it. */
  readonly why: string;
  /** What time alone will change. */
  readonly change: Change | undefined;
  readonly words: Words;
}

/** The same with what they are entitled to today; undefined where that cannot be read now. */
export async function ownEntitlements(args: Args): Promise<Own & { readonly explained: readonly Explained[] | undefined }> {
  const own = await ownAffairs(args);
  const { city, locale, page, visitor: { principal } } = own;
  const found = await city.decidePerson(principal, 'my-page', { key: aboutOf(principal), through: page, ahead: true });
  if (found.kind !== 'decided') return { ...own, explained: undefined };
  const words: Words = { ...wordsOfPack(city.rules, locale, undefined), thing: calledIn(city.rules, found.world, locale) };
  return {
    ...own,
    explained: found.entitlements.all.map((one) => {
      const explanation = explainEntitlement(one, words, (name) => name);
      return { one, explanation, words, group: groupOf(one, explanation.missing), why: whyOf(one, explanation, locale), change: whenPersonChanges(city.rules, found.world, one) ?? whenPersonLoses(city.rules, found.world, one) };
    }),
  };
}

/** The conditions in the words of the rule itself, where it has any. */
function whyOf({ service }: Entitlement, { reasons, answer }: Explanation, locale: Locale): string {
  const asks = reasons.flatMap((reason) => (reason.held === 'yes' && reason.asks !== undefined ? [reason.asks.replace(/[。.]$/, '')] : []));
  const t = wordsOf(locale);
  return asks.length === 0 ? (answer === '' ? say(service.for, locale) : answer) : t('my.because', { why: asks.slice(0, 2).join(t('my.semicolon')) });
}

/** Whether a service is about a group that the person is in, not about the person. */
export function isShared(city: City, service: string): boolean {
  const subject = city.pack.services.get(service)?.subject;
  return subject !== undefined && subject !== (city.pack.plan.interview?.subject ?? 'person');
}
