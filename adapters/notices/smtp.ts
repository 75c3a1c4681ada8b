import { createTransport } from 'nodemailer';
import type { Post, Sending } from '#engine/contact/index.ts';

/** How the mail server of the city is reached. */
export interface SmtpAccess {
  readonly host: string;
  readonly port: number;
  /** `tls`: from the first byte. `starttls`: before anything is said, or nothing is said. `none`: only on the machine itself. */
  readonly encryption: 'tls' | 'starttls' | 'none';
  readonly login: { readonly user: string; readonly pass: string } | undefined;
  /** Who writes: an address, or a name with one. */
  readonly from: string;
}

/** No step of sending takes longer; a message that waits does not hold the others up for ever. */
const MOST_MILLISECONDS = 8_000;

/** Sends e-mail through a mail server. What the server refuses for good is not tried again. */
export function smtpPost({ host, port, encryption, login, from }: SmtpAccess): { readonly post: Post; readonly close: () => void } {
  const transport = createTransport({
    host, port, secure: encryption === 'tls', requireTLS: encryption === 'starttls', ignoreTLS: encryption === 'none',
    pool: true, maxConnections: 1, ...(login ? { auth: login } : {}),
    connectionTimeout: MOST_MILLISECONDS, greetingTimeout: MOST_MILLISECONDS, socketTimeout: MOST_MILLISECONDS, dnsTimeout: MOST_MILLISECONDS,
    disableFileAccess: true, disableUrlAccess: true,
  });
  const domain = /@([^>\s]+)/.exec(from)?.[1] ?? host;
  return {
    post: async ({ id, to, subject, text }) => {
      try {
        await transport.sendMail({ from, to, subject, text, messageId: `<${id}@${domain}>`, headers: { 'Auto-Submitted': 'auto-generated' } });
        return { kind: 'sent' };
      } catch (error) {
        return refusalOf(error);
      }
    },
    close: () => { transport.close(); },
  };
}

/** What the mail server said against it, as a code: its words may hold the address. */
function refusalOf(error: unknown): Sending {
  const { code, command, answer } = { code: wordOf(error, 'code') ?? 'unknown', command: wordOf(error, 'command') ?? '', answer: numberOf(error, 'responseCode') };
  // Of its answers only those to the receiver or the message are about this one: a login that was refused is refused to all.
  const isForGood = answer !== undefined && answer >= 500 && ['RCPT TO', 'DATA'].includes(command);
  return { kind: isForGood ? 'impossible' : 'failed', problem: `mail ${answer ?? code}` };
}

function wordOf(error: unknown, name: string): string | undefined {
  const value: unknown = error instanceof Error ? Reflect.get(error, name) : undefined;
  return typeof value === 'string' ? value : undefined;
}

function numberOf(error: unknown, name: string): number | undefined {
  const value: unknown = error instanceof Error ? Reflect.get(error, name) : undefined;
  return typeof value === 'number' ? value : undefined;
}
