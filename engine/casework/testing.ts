import { append, bytesOfPayload, emptyHead } from './log.ts';
import type { Json, LogRecord } from './log.ts';

/** An event for tests: whatever a command gives. */
interface Told {
  readonly kind: string;
  readonly payload: Json;
}

/** A stream that is told event by event: each gets the next sequence, and a minute passes between two. */
export function tell(stream: string, subjectKey: string | null, events: readonly (readonly [actor: string, event: Told])[]): readonly LogRecord[] {
  let head = emptyHead(stream);
  return events.map(([actor, { kind, payload }], minute) => {
    const [entry] = append(head, [{ kind, payload: bytesOfPayload(payload), salt: new Uint8Array(16) }], { at: `2031-03-03T01:${String(minute).padStart(2, '0')}:00.000Z`, actor });
    if (!entry) throw new Error('one draft makes one entry');
    head = entry;
    return { ...entry, subjectKey, householdKey: null, payload };
  });
}
