import { printDecimal } from '#engine/kernel/index.ts';
import type { LocalText } from '#engine/kernel/index.ts';
import type { DecisionTable, Pack, Parameter, Service } from '#engine/pack/index.ts';
import { childrenOf, dayNumber } from '#engine/rules/index.ts';
import type { Expr, RuleBook } from '#engine/rules/index.ts';
import { departmentOf, isNoDocument, isUnread, lastOf } from './item.ts';
import type { ItemToVerify, PayersToVerify, TextToVerify, ValueToVerify } from './item.ts';

/**
 * Everything in a pack that money hangs on and that nobody has read in a document: values of parameters, payers,
 * and rule texts whose law is remembered or chosen for a demonstration. In the order of the pack.
 */
export function itemsToVerify(book: RuleBook): readonly ItemToVerify[] {
  const uses = usesOf(book);
  const { pack } = book;
  const make: Make = (services) => ({ services, department: mostOf(pack, services) });
  return [
    ...[...pack.parameters.values()].flatMap((parameter) => valueItems(parameter, make(uses.of('parameter', parameter.id)))),
    ...[...pack.services.values()].flatMap(payersItem),
    ...textItems(book, uses, make),
  ];
}

type Make = (services: readonly string[]) => Pick<ItemToVerify, 'services' | 'department'>;

/** Which executable services rest on a parameter, a definition or a table, on any of their days. */
interface Uses {
  of(kind: 'parameter' | 'definition' | 'table', id: string): readonly string[];
}

function usesOf(book: RuleBook): Uses {
  const found = new Map<string, Set<string>>();
  for (const { id, standard = [], figures = [] } of book.pack.services.values()) {
    for (const figure of standard.length === 0 ? [] : figures) found.set(`parameter ${figure}`, (found.get(`parameter ${figure}`) ?? new Set()).add(id));
    for (const { from } of standard) {
      const rule = book.ruleAt(id, dayNumber(from));
      const seen = new Set<Expr['node']>();
      const open: Expr[] = rule ? [...rule.clauses.map(({ when }) => when), ...(rule.amount ? [rule.amount] : [])] : [];
      for (let expr = open.pop(); expr !== undefined; expr = open.pop()) {
        if (expr.origin) {
          const key = `${expr.origin.kind} ${expr.origin.id}`;
          found.set(key, (found.get(key) ?? new Set()).add(id));
        }
        if (seen.has(expr.node)) continue;
        seen.add(expr.node);
        open.push(...childrenOf<Expr>(expr.node));
      }
    }
  }
  return { of: (kind, id) => [...(found.get(`${kind} ${id}`) ?? [])] };
}

/** The department that decides most of some services; of as many the one named first. */
function mostOf({ services }: Pack, ids: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const id of ids) {
    const service = services.get(id);
    const department = service && departmentOf(service);
    if (department !== undefined) counts.set(department, (counts.get(department) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

function valueItems(parameter: Parameter, shared: ReturnType<Make>): readonly ValueToVerify[] {
  return parameter.values.filter(isUnread).map((value) => ({
    ...shared, department: parameter.department ?? shared.department, kind: 'value', id: `value/${parameter.id}/${value.area}/${value.from}`, what: parameter.label, demo: shared.services.length > 0, parameter, value,
  }));
}

function payersItem(service: Service): readonly PayersToVerify[] {
  const payers = service.payers === 'unfilled' ? undefined : lastOf(service.payers);
  if (payers !== undefined && !payers.some(isUnread)) return [];
  return [{ kind: 'payers', id: `payers/${service.id}`, what: service.name, department: departmentOf(service), services: service.standard ? [service.id] : [], demo: service.standard !== undefined && (payers?.some(isUnread) ?? false), service, payers }];
}

function textItems({ pack }: RuleBook, uses: Uses, make: Make): readonly TextToVerify[] {
  const text = (of: TextToVerify['of'], name: string, what: LocalText, said: string, source: string, services: readonly string[], service = ''): readonly TextToVerify[] => {
    if (services.length === 0 || !isNoDocument(pack, source)) return [];
    return [{ ...make(services), kind: 'text', id: [of, ...(service === '' ? [] : [service]), name].join('/'), of, name, service, what, text: said, source, confidence: pack.sources.get(source)?.kind === 'memory' ? 'memory-likely' : 'demo', demo: false }];
  };
  const executable = [...pack.services.values()].filter(({ standard }) => standard);
  return [
    ...executable.flatMap((service) => clausesOf(service).flatMap(({ id, says, when, law }) => text('clause', id, says ? { zh: `${service.name.zh}：${says.zh}`, en: `${service.name.en}: ${says.en ?? says.zh}` } : service.name, when, law, [service.id], service.id))),
    ...pack.definitions.flatMap(({ name, label, is, law }) => text('definition', name, label, is, law, uses.of('definition', name))),
    ...[...pack.tables.values()].flatMap((table) => text('table', table.id, table.label, table.rules.map(({ when, gives }) => `${when.join(' ')} → ${said(gives)}`).join('\n'), table.law, uses.of('table', table.id))),
    ...[...pack.scopes.values()].flatMap(({ id, label, is, law }) => text('scope', id, label, is, law, executable.filter(({ scope = {} }) => Object.entries(scope).some(([who, level]) => `${who}-${level}` === id)).map((one) => one.id))),
    ...[...pack.precedence.values()].flatMap(({ id, name, services, law }) => text('precedence', id, name, services.join(' > '), law, services.filter((one) => pack.services.get(one)?.standard))),
  ];
}

/** The conditions of a service by their id, each as its last standard says it. */
function clausesOf({ standard = [] }: Service): readonly NonNullable<Service['standard']>[number]['conditions'][number][] {
  return [...new Map(standard.flatMap(({ conditions }) => conditions).map((condition) => [condition.id, condition])).values()];
}

function said(gives: DecisionTable['rules'][number]['gives']): string {
  return typeof gives === 'object' ? printDecimal(gives) : String(gives);
}
