import { jsonPiece } from '#engine/kernel/index.ts';
import type { JsonBytes } from '#engine/kernel/index.ts';
import type { Step } from './trace-format.ts';

/**
 * Writes a table of steps as its JSON, letter for letter what `JSON.stringify` gives.
 *
 * Most of a step says the same of everybody: the operator, the type, the place in the rule, the origin. Steps made in
 * this process share these parts as frozen objects, and what they are as JSON is kept as bytes; of a constant all of it.
 */
export function writeSteps(to: JsonBytes, steps: readonly Step[]): void {
  to.piece(FIRST);
  for (let at = 0; at < steps.length; at++) {
    const step = steps[at];
    if (at > 0) to.piece(COMMA);
    if (step) writeStep(to, step);
  }
  to.piece(LAST);
}

const FIRST = jsonPiece('[');
const COMMA = jsonPiece(',');
const LAST = jsonPiece(']');
const END = jsonPiece('}');
const OF_ALL = jsonPiece(',');
const OF_THING = jsonPiece('},');
const NEEDS = jsonPiece(',"of":[');
const END_OF_NEEDS = jsonPiece(']');
const PROVENANCE = jsonPiece(',"provenance":');

/** What a step says before its place, or before its result where it is the same for all things. */
interface Frame extends Pick<Step, 'op' | 'type' | 'at' | 'origin'> {
  readonly entity: string | undefined;
  readonly bytes: Uint8Array;
}

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
  const said = JSON.stringify({ op, type, detail, at, origin }).slice(0, -1);
  return { op, type, at, origin, entity: thing?.entity, bytes: jsonPiece(thing ? `${said},"thing":{"entity":${JSON.stringify(thing.entity)},"place":` : said) };
}

function writeStep(to: JsonBytes, step: Step): void {
  if (Object.isFrozen(step)) {
    to.piece(kept(step));
    return;
  }
  const frame = frameOf(step);
  if (!frame) {
    to.text(JSON.stringify(step));
    return;
  }
  const { thing, result, of, provenance } = step;
  to.piece(frame.bytes);
  if (thing) to.whole(thing.place).piece(OF_THING);
  else to.piece(OF_ALL);
  writeResult(to, result);
  to.piece(NEEDS);
  for (let at = 0; at < of.length; at++) {
    const one = of[at];
    if (at > 0) to.piece(COMMA);
    if (one) to.piece(NEED[one.as]).whole(one.step).piece(END);
  }
  to.piece(END_OF_NEEDS);
  if (provenance) to.piece(PROVENANCE).piece(kept(provenance));
  to.piece(END);
}

type As = Step['of'][number]['as'];

const need = (as: As): Uint8Array => jsonPiece(`{"as":"${as}","step":`);
const NEED: Readonly<Record<As, Uint8Array>> = {
  of: need('of'), left: need('left'), right: need('right'), condition: need('condition'), yes: need('yes'), no: need('no'),
  where: need('where'), value: need('value'), from: need('from'), to: need('to'), clause: need('clause'), amount: need('amount'),
};

const NONE = jsonPiece('"result":{"kind":"none"}');
const UNKNOWN = jsonPiece('"result":{"kind":"unknown"}');
const TRUE = jsonPiece('"result":{"kind":"known","value":true}');
const FALSE = jsonPiece('"result":{"kind":"known","value":false}');
const KNOWN = jsonPiece('"result":{"kind":"known","value":');

function writeResult(to: JsonBytes, result: Step['result']): void {
  if (result.kind !== 'known') {
    to.piece(result.kind === 'none' ? NONE : UNKNOWN);
    return;
  }
  const { value } = result;
  if (typeof value === 'boolean') to.piece(value ? TRUE : FALSE);
  else if (typeof value === 'number') to.piece(KNOWN).whole(value).piece(END);
  else to.piece(KNOWN).text(JSON.stringify(value)).piece(END);
}

const KEPT = new WeakMap<object, Uint8Array>();

/** A part that is met again as its JSON: of what can no longer be changed, kept. */
function kept(part: object): Uint8Array {
  const found = KEPT.get(part);
  if (found) return found;
  const made = jsonPiece(JSON.stringify(part));
  if (Object.isFrozen(part)) KEPT.set(part, made);
  return made;
}
