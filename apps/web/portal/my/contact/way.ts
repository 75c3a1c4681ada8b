import type { ElectronicChannel, OwnContact } from '#engine/contact/index.ts';
import { foundOrThrow } from '../../../context.ts';

/** The way that an address of the site names, or the page that says there is none. */
export function wayIn({ offered }: OwnContact, name: string): ElectronicChannel {
  return foundOrThrow(offered.find((one) => one === name));
}
