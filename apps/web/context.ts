import { createContext } from 'react-router';
import type { City } from '#engine/city.ts';

/** What the server hands to every page of one request. */
export interface PageInput {
  readonly city: City;
  /** Allows the scripts of this one answer; only pages that run some use it. */
  readonly nonce: string;
  /** Whether the pages are being worked on: what is wrong with the pack is then shown on top of them. */
  readonly dev: boolean;
}

export const pageInput = createContext<PageInput>();
