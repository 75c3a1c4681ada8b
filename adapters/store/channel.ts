import { sql } from 'kysely';
import type { Json } from '#engine/casework/index.ts';
import { channelsFor } from '#engine/contact/index.ts';
import type { Session } from './database.ts';

interface Told {
  readonly kind: string;
  readonly subjectKey: string | null;
  readonly payload: Json;
}

/**
 * Appends with the ways on which their notices leave, by what each person has in force now: the one place where that is decided,
 * by one question for all of them. A notice that names its ways already keeps them.
 */
export async function withChannels<Append extends Told>(session: Session, appends: readonly Append[]): Promise<readonly Append[]> {
  const keys = new Set(appends.flatMap((append) => (openNotice(append) ? (append.subjectKey ?? []) : [])));
  if (keys.size === 0) return appends;
  const { rows } = await sql<{ key: string; channel: string }>`select key, channel from minsheng.channels_of(${[...keys]}::text[])`.execute(session);
  const inForce = Map.groupBy(rows, ({ key }) => key);
  return appends.map((append) => {
    const notice = openNotice(append);
    return notice ? { ...append, payload: { ...notice, channels: [...channelsFor((inForce.get(append.subjectKey ?? '') ?? []).map(({ channel }) => channel))] } } : append;
  });
}

/** What a notice says that does not say on which ways it leaves; undefined for any other entry. */
function openNotice({ kind, payload }: Told): Readonly<Record<string, Json>> | undefined {
  return kind === 'notice-given' && isObject(payload) && !('channels' in payload) ? payload : undefined;
}

function isObject(json: Json): json is Readonly<Record<string, Json>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
