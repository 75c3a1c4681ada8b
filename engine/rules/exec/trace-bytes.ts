import { JsonBytes, jsonPiece } from '#engine/kernel/index.ts';
import type { Step, Trace } from './trace-format.ts';

/**
 * Writes a trace as its JSON, letter for letter what `JSON.stringify` gives.
 *
 * Most of a step says the same of everybody: the operator, the type, the place in the rule, the origin. Traces made in
 * this process share these parts as frozen objects, and what they are as JSON is kept as bytes.
 */
export function writeTrace(to: JsonBytes, { steps, ...head }: Trace): void {
  // The steps come last, so that what stands before them can be left to JSON.
  to.text(JSON.stringify(head).slice(0, -1)).piece(STEPS);
  steps.forEach((step, at) => {
    if (at > 0) to.piece(COMMA);
    writeStep(to, step, head.service);
  });
  to.piece(END_OF_STEPS);
}

const COMMA = jsonPiece(',');
const STEPS = jsonPiece(',"steps":[');
const END_OF_STEPS = jsonPiece(']}');
const END = jsonPiece('}');
const PROVENANCE = jsonPiece(',"provenance":');

/** What a step says before its place, before its result, before what it needs, and after. */
interface Frame extends Pick<Step, 'op' | 'type' | 'at' | 'origin'> {
  readonly entity: string | undefined;
  readonly before: Uint8Array;
  readonly result: Uint8Array;
  readonly needs: Uint8Array;
  readonly after: Uint8Array;
  /** By service, steps that were written before, of those whose result is one of few: most people's are among them. */
  readonly variants: Map<string, Variant[]>;
}

/** A step whose every part but where its value comes from is known, as bytes: that differs from person to person. */
interface Variant extends Pick<Step, 'of'> {
  readonly place: number | undefined;
  readonly kind: Step['result']['kind'];
  readonly value: boolean | number | string | undefined;
  readonly bytes: Uint8Array;
}

const MOST_VARIANTS = 8;

const FRAMES = new WeakMap<Step['detail'], Frame>();

/** The frame of a step whose parts can no longer be changed; undefined where they can. */
function frameOf(step: Step): Frame | undefined {
  const found = FRAMES.get(step.detail);
  if (found && isOf(found, step)) return found;
  const made = isShared(step) ? newFrame(step) : undefined;
  if (made) FRAMES.set(step.detail, made);
  return made;
}

function isOf(frame: Frame, { op, thing, type, at, origin }: Step): boolean {
  return frame.op === op && frame.type === type && frame.at === at && frame.origin === origin && frame.entity === thing?.entity;
}

function isShared({ type, detail, at, origin }: Step): boolean {
  return Object.isFrozen(detail) && Object.isFrozen(type) && Object.isFrozen(at) && (!origin || Object.isFrozen(origin));
}

function newFrame({ op, thing, type, detail, at, origin }: Step): Frame {
  return {
    op, type, at, origin, entity: thing?.entity, variants: new Map(),
    before: jsonPiece(`{"op":${JSON.stringify(op)}${thing ? `,"thing":{"entity":${JSON.stringify(thing.entity)},"place":` : ''}`),
    result: jsonPiece(`${thing ? '}' : ''},"type":${JSON.stringify(type)},"result":`),
    needs: jsonPiece(`,"detail":${JSON.stringify(detail)},"of":[`),
    after: jsonPiece(`],"at":${JSON.stringify(at)}${origin ? `,"origin":${JSON.stringify(origin)}` : ''}`),
  };
}

function writeStep(to: JsonBytes, step: Step, service: string): void {
  const frame = frameOf(step);
  if (!frame) {
    to.text(JSON.stringify(step));
    return;
  }
  const { result, type } = step;
  const value = result.kind === 'known' ? result.value : undefined;
  // Numbers and texts about a thing are of many values: few of them would be met again.
  if (step.thing && (typeof value === 'number' || type.kind === 'text')) writeParts(to, step, frame);
  else writeVariant(to, step, frame, service, value);
  if (step.provenance) to.piece(PROVENANCE).piece(kept(step.provenance));
  to.piece(END);
}

function writeVariant(to: JsonBytes, step: Step, frame: Frame, service: string, value: Variant['value']): void {
  const variants = frame.variants.get(service) ?? [];
  const found = written(variants, step, value);
  if (found) {
    to.piece(found);
    return;
  }
  const from = to.length;
  writeParts(to, step, frame);
  if (variants.length >= MOST_VARIANTS) return;
  frame.variants.set(service, variants);
  variants.push({ place: step.thing?.place, kind: step.result.kind, value, of: step.of.map((one) => ({ ...one })), bytes: to.copy(from) });
}

/** What was written of a step that says the same, up to where its value comes from. */
function written(variants: readonly Variant[], { result: { kind }, thing, of }: Step, value: Variant['value']): Uint8Array | undefined {
  for (const one of variants) {
    if (one.value === value && one.kind === kind && one.place === thing?.place && same(one.of, of)) return one.bytes;
  }
  return undefined;
}

function same(a: Step['of'], b: Step['of']): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at]?.step !== b[at]?.step || a[at]?.as !== b[at]?.as) return false;
  return true;
}

/** A step up to where its value comes from. */
function writeParts(to: JsonBytes, step: Step, frame: Frame): void {
  to.piece(frame.before);
  if (step.thing) to.whole(step.thing.place);
  to.piece(frame.result);
  writeResult(to, step);
  to.piece(frame.needs);
  step.of.forEach(({ as, step: needed }, at) => {
    to.piece(NEED[as][at > 0 ? 1 : 0]).whole(needed).piece(END);
  });
  to.piece(frame.after);
}

type As = Step['of'][number]['as'];

const need = (as: As): readonly [first: Uint8Array, next: Uint8Array] => [jsonPiece(`{"as":"${as}","step":`), jsonPiece(`,{"as":"${as}","step":`)];
const NEED: Readonly<Record<As, ReturnType<typeof need>>> = {
  of: need('of'), left: need('left'), right: need('right'), condition: need('condition'), yes: need('yes'), no: need('no'),
  where: need('where'), value: need('value'), from: need('from'), to: need('to'), clause: need('clause'), amount: need('amount'),
};

const NONE = jsonPiece('{"kind":"none"}');
const UNKNOWN = jsonPiece('{"kind":"unknown"}');
const TRUE = jsonPiece('{"kind":"known","value":true}');
const FALSE = jsonPiece('{"kind":"known","value":false}');
const KNOWN = jsonPiece('{"kind":"known","value":');

function writeResult(to: JsonBytes, { result }: Step): void {
  if (result.kind !== 'known') {
    to.piece(result.kind === 'none' ? NONE : UNKNOWN);
    return;
  }
  const { value } = result;
  if (typeof value === 'boolean') to.piece(value ? TRUE : FALSE);
  else if (typeof value === 'number') to.piece(KNOWN).whole(value).piece(END);
  else to.piece(KNOWN).text(JSON.stringify(value)).piece(END);
}

const PROVENANCES = new WeakMap<object, Uint8Array>();

function kept(part: object): Uint8Array {
  if (!Object.isFrozen(part)) return jsonPiece(JSON.stringify(part));
  const found = PROVENANCES.get(part) ?? jsonPiece(JSON.stringify(part));
  PROVENANCES.set(part, found);
  return found;
}

/** A trace as the bytes of its JSON. */
export function traceBytes(trace: Trace): Uint8Array {
  const to = new JsonBytes();
  writeTrace(to, trace);
  return to.take();
}
