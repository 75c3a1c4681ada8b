/** An answer of a site, after all the places that it led to. */
export interface Answered {
  readonly status: number;
  /** Path and query of the last place. */
  readonly path: string;
  readonly headers: Headers;
  readonly text: string;
}

/** What a browser without scripts is to a site: it keeps cookies, follows where it is led, and says which page a form was on. */
export interface Browser {
  readonly get: (path: string) => Promise<Answered>;
  /** Sends a form, from a page of the site itself unless another origin is said; one with files as a browser sends those. */
  readonly post: (path: string, form: Readonly<Record<string, string>> | FormData, origin?: string) => Promise<Answered>;
  /** Every cookie as it was set. */
  readonly set: readonly string[];
  /** What the site told the browser to forget, each time. */
  readonly cleared: readonly string[];
  /** Every path that was asked for. */
  readonly visited: readonly string[];
}

const MOST_STEPS = 12;

export function browse(site: string): Browser {
  const jar = new Map<string, string>();
  const set: string[] = [];
  const visited: string[] = [];
  const cleared: string[] = [];
  const ask = async (path: string, init: Omit<RequestInit, 'headers'> & { readonly headers?: Readonly<Record<string, string>> }): Promise<Answered> => {
    let [url, next]: [URL, typeof init] = [new URL(path, site), init];
    for (let step = 0; step < MOST_STEPS; step++) {
      visited.push(`${url.pathname}${url.search}`);
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      // oxlint-disable-next-line no-await-in-loop -- one place leads to the next
      const reply = await fetch(url, { ...next, redirect: 'manual', headers: { ...next.headers, ...(cookie === '' ? {} : { cookie }) } });
      for (const one of reply.headers.getSetCookie()) keep(one);
      const forgets = reply.headers.get('clear-site-data');
      if (forgets !== null) cleared.push(forgets);
      const to = reply.headers.get('location');
      // oxlint-disable-next-line no-await-in-loop -- as above
      if (to === null) return { status: reply.status, path: `${url.pathname}${url.search}`, headers: reply.headers, text: await reply.text() };
      [url, next] = [new URL(to, url), {}];
    }
    throw new Error(`${path} leads in circles`);
  };
  /** Paths of cookies are left out: a site whose cookies of one name differ by path is not tested with this. */
  const keep = (cookie: string): void => {
    set.push(cookie);
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    if (value === '') jar.delete(name);
    else jar.set(name, value);
  };
  return {
    set, visited, cleared,
    get: (path) => ask(path, {}),
    post: (path, form, origin = site) => ask(path, { method: 'POST', body: form instanceof FormData ? form : new URLSearchParams(form), headers: { origin } }),
  };
}
