import type { ElectronicChannel } from './channel.ts';

/** No address is longer: RFC 5321. */
const MOST_CHARACTERS = 254;
/** Letters of ASCII around one @, and a domain of at least two parts: what every mail server takes. */
const EMAIL = /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i;
/** A mobile number of the mainland. */
const MOBILE = /^1[3-9]\d{9}$/;

/** An address as it is kept, however it was typed (full-width letters, spaces, the prefix of the country); undefined where it is none. */
export function readAddress(channel: ElectronicChannel, typed: string): string | undefined {
  const text = typed.normalize('NFKC').trim();
  switch (channel) {
    case 'email': {
      const [local = '', domain = ''] = text.split('@');
      const address = `${local}@${domain.toLowerCase()}`;
      return text.length <= MOST_CHARACTERS && EMAIL.test(text) && !/^\.|\.\.|\.@/.test(text) ? address : undefined;
    }
    case 'sms': {
      const digits = text.replaceAll(/[\s()-]/g, '').replace(/^(?:\+|00)86/, '');
      return MOBILE.test(digits) ? digits : undefined;
    }
    default: return channel satisfies never;
  }
}

/** An address that its owner knows again and nobody else learns: `a***@example.cn`, `138****5678`. */
export function maskedAddress(channel: ElectronicChannel, address: string): string {
  if (channel === 'sms') return `${address.slice(0, 3)}****${address.slice(-4)}`;
  const at = address.lastIndexOf('@');
  return `${address.slice(0, 1)}***${address.slice(at)}`;
}
