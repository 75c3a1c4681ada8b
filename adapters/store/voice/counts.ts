import { sql } from 'kysely';
import { noLevels, RATING_LEVELS } from '#engine/voice/index.ts';
import type { MatterCount, RatingCount, VoiceCounts } from '#engine/voice/index.ts';
import type { Session } from '../database.ts';

/** What is counted of everything that residents say. Nobody is named; who shows it hides what is few. */
export async function countVoice(session: Session): Promise<VoiceCounts> {
  const { rows: ratings } = await sql<{ month: string; department: string; service: string; level: string; count: number }>`
    select to_char(given_on, 'YYYY-MM') as month, department, coalesce(service, '') as service, level, count(*)::integer as count
    from voice_rating group by 1, 2, 3, 4 order by 1, 2, 3`.execute(session);
  const { rows: matters } = await sql<MatterRow>`
    select to_char(m.raised_on, 'YYYY-MM') as month, t.department, coalesce(m.category, m.service, '') as about,
      count(*)::integer as raised, count(*) filter (where m.answers > 0)::integer as answered, count(*) filter (where m.in_time)::integer as in_time,
      count(*) filter (where m.solved_by = 'resident')::integer as solved, count(*) filter (where m.solved_by = 'check')::integer as checked, count(*) filter (where m.reopened > 0)::integer as reopened
    from voice_matter m join task t on t.stream = 'case/matter/' || m.id and t.kind <> 'solved-check'
    where m.state <> 'withdrawn' group by 1, 2, 3 order by 1, 2, 3`.execute(session);
  return { ratings: byService(ratings), matters: matters.map(({ in_time: inTime, ...row }): MatterCount => ({ ...row, inTime })) };
}

type MatterRow = Omit<MatterCount, 'inTime'> & { readonly in_time: number };

function byService(rows: readonly { readonly month: string; readonly department: string; readonly service: string; readonly level: string; readonly count: number }[]): readonly RatingCount[] {
  return [...Map.groupBy(rows, ({ month, department, service }) => [month, department, service].join('\n')).values()].map((group) => {
    const levels = noLevels();
    for (const { level, count } of group) for (const known of RATING_LEVELS) if (known === level) levels[known] += count;
    const { month = '', department = '', service = '' } = group[0] ?? {};
    return { month, department, service, levels };
  });
}
