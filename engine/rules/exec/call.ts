import { applied } from '../builtin/index.ts';
import type { Called } from '../builtin/index.ts';
import type { Type } from '../type.ts';
import type { Found } from '../value.ts';
import { decode, encodeFound } from './frame.ts';
import type { Frame } from './frame.ts';

/** A function beyond services as generated code calls it: doubles in, a double out. */
export type CompiledCall = (frame: Frame, ...of: readonly number[]) => number;

/** A call of a program, made ready once: what is written into it is never looked at by generated code. */
export function callOf({ name, ...called }: Called & { readonly name: string }): CompiledCall {
  const typeAt = (at: number): Type => called.of[at] ?? called.type;
  const found = (of: readonly Found[]): Found => applied(name, called, of);
  if (called.of.length === 0) {
    const always = found([]);
    return (frame) => encodeFound(called.type, always, frame);
  }
  return (frame, ...of) => encodeFound(called.type, found(of.map((value, at) => decode(typeAt(at), value, frame))), frame);
}
