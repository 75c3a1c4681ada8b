import { caseStream } from '#engine/casework/index.ts';
import type { Pack } from '#engine/pack/index.ts';
import type { Append } from './log.ts';
import type { StoredItem } from './payment.ts';
import type { Asking } from './task.ts';

/** Under what a department is asked to put an account right, and its owner told. */
export interface Returning extends Asking {
  readonly pack: Pick<Pack, 'facts' | 'plan' | 'services'>;
}

/** What tells the owner of an item that the bank gave it back: a person can choose another account, or has done so meanwhile; a household is asked by its department. */
export function returnedNotice({ pack }: Returning, { service, subject, household, amountFen }: Pick<StoredItem, 'service' | 'subject' | 'household' | 'amountFen'>, goesElsewhere: boolean): Append {
  const isOwn = pack.services.get(service)?.subject === (pack.plan.interview?.subject ?? 'person');
  return {
    stream: caseStream(service, subject), subjectKey: subject, householdKey: household, kind: 'notice-given',
    payload: {
      noticeKind: 'account', template: goesElsewhere ? 'notice.returned-elsewhere' : isOwn ? 'notice.returned' : 'notice.returned-shared', values: { service: { service }, amount: { fen: amountFen }, phone: pack.plan.hotline.phone },
      service, respondBy: null,
    },
  };
}
