import type { SmsAccess, SmtpAccess } from '#adapters/notices/index.ts';

/** Why the settings of a way cannot be followed. The value is not told: it holds a password. */
export type NoticeSettingsRefusal =
  | { readonly kind: 'smtp-invalid' }
  | { readonly kind: 'sms-invalid' }
  | { readonly kind: 'sms-incomplete'; readonly missing: string };

type Of = (variable: string) => string | undefined;

/** Only the machine itself is spoken to in the clear. */
const isOwn = (host: string): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(host);

const ADDRESS = String.raw`[^<>@\s]+@[^<>@\s]+`;
/** An address, or a name with one. */
const SENDER = new RegExp(`^(?:[^<>\\r\\n]+ <${ADDRESS}>|${ADDRESS})$`);

/** The mail server that MINSHENG_SMTP names: `smtps://user:pass@host:465?from=…`, or `smtp://` for one that encrypts when asked. */
export function smtpOf(of: Of): SmtpAccess | NoticeSettingsRefusal | undefined {
  const text = of('MINSHENG_SMTP');
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const login = url && loginOf(url);
  const from = url?.searchParams.get('from') ?? '';
  if (!url || login === 'unreadable' || !isMailServer(url) || !SENDER.test(from)) return { kind: 'smtp-invalid' };
  const isTls = url.protocol === 'smtps:';
  const port = url.port === '' ? (isTls ? 465 : 587) : Number(url.port);
  return { host: url.hostname, port, from, encryption: isTls ? 'tls' : isOwn(url.hostname) ? 'none' : 'starttls', login };
}

function isMailServer({ protocol, hostname, pathname }: URL): boolean {
  return ['smtp:', 'smtps:'].includes(protocol) && hostname !== '' && ['', '/'].includes(pathname);
}

function loginOf({ username, password }: URL): SmtpAccess['login'] | 'unreadable' {
  const [user, pass] = [plainOf(username), plainOf(password)];
  if (user === undefined || pass === undefined) return 'unreadable';
  return user === '' ? undefined : { user, pass };
}

/** A part of an address as it was before it was written into one; undefined where it never was. */
function plainOf(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

/** The gateway that MINSHENG_SMS and MINSHENG_SMS_KEY name. */
export function smsOf(of: Of): SmsAccess | NoticeSettingsRefusal | undefined {
  const [text, key] = [of('MINSHENG_SMS'), of('MINSHENG_SMS_KEY')];
  if (text === undefined && key === undefined) return undefined;
  if (text === undefined || key === undefined) return { kind: 'sms-incomplete', missing: text === undefined ? 'MINSHENG_SMS' : 'MINSHENG_SMS_KEY' };
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSafe = url !== undefined && (url.protocol === 'https:' || (url.protocol === 'http:' && isOwn(url.hostname)));
  return isSafe && url.username === '' && /^[\x21-\x7e]+$/.test(key) ? { url: url.href, key } : { kind: 'sms-invalid' };
}
