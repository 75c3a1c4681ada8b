/** One page of every kind, by its address, with the status it answers. Jinhua's ids. */
export const PORTAL: readonly (readonly [path: string, status: number])[] = [
  ['/', 200],
  ['/search', 200],
  ['/search?q=低保', 200],
  ['/search?q=zzzzzz', 200],
  ['/life/social', 200],
  ['/services', 200],
  ['/services/social-disabled-living-subsidy', 200],
  ['/services/culture-film', 200],
  ['/services/childcare-vaccination', 200],
  ['/events', 200],
  ['/events/birth', 200],
  ['/entitled', 200],
  ['/entitled?s=social-disabled-living-subsidy', 200],
  ['/money', 200],
  ['/matters', 200],
  ['/near', 200],
  ['/near?place=330702', 200],
  ['/near?place=330702001', 200],
  ['/help', 200],
  ['/about', 200],
  ['/plan', 200],
  ['/plan/indicators', 200],
  ['/plan/targets', 200],
  ['/plan/projects', 200],
  ['/plan/systems', 200],
  ['/plan/findings', 200],
  ['/plan/source', 200],
  ['/indicators/i145-02-childcare-places-per-1000', 200],
  ['/indicators/i145-06-disabled-children-enrolment', 200],
  ['/indicators/i135-38-work-safety-death-rate', 200],
  ['/voice', 200],
  ['/offline', 200],
  ['/internal/components', 200],
  ['/no-such-page', 404],
  ['/services/no-such-service', 404],
];

/** The address of a page in a view. */
export function inView(path: string, view: Readonly<Record<string, string>>): string {
  const url = new URL(path, 'http://city');
  for (const [name, value] of Object.entries(view)) url.searchParams.set(name, value);
  return `${url.pathname}${url.search}`;
}
