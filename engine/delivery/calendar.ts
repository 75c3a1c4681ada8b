/** One day of a calendar file. */
export interface CalendarDay {
  /** The same for the same thing, so that a file read twice makes one entry. */
  readonly uid: string;
  /** yyyymmdd. */
  readonly on: number;
  readonly title: string;
  readonly says: string;
}

/**
 * Days as an iCalendar file (RFC 5545): whole days, without a time zone, an alarm or a repetition, since what recurs
 * is counted from the day it was really done.
 *
 * `stamp` is the day the file was made (yyyymmdd); it names nobody.
 */
export function calendarFile(name: string, days: readonly CalendarDay[], stamp: number): string {
  const event = ({ uid, on, title, says }: CalendarDay): readonly string[] => [
    'BEGIN:VEVENT', `UID:${escaped(uid)}`, `DTSTAMP:${String(stamp)}T000000Z`, `DTSTART;VALUE=DATE:${String(on)}`, `SUMMARY:${escaped(title)}`, `DESCRIPTION:${escaped(says)}`, 'TRANSP:TRANSPARENT', 'END:VEVENT',
  ];
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Minsheng//Due dates//EN', 'CALSCALE:GREGORIAN', `X-WR-CALNAME:${escaped(name)}`, ...days.flatMap(event), 'END:VCALENDAR'];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/g, (mark) => `\\${mark}`).replaceAll(/\r?\n/g, String.raw`\n`);
}

/** Octets that a line may have; the next begins with a space, which counts too. */
const LONGEST_LINE = 75;

/** A line folded between characters, never inside one. */
function folded(line: string): string {
  const encoder = new TextEncoder();
  let [out, length] = ['', 0];
  for (const character of line) {
    const octets = encoder.encode(character).length;
    if (length + octets > LONGEST_LINE) {
      out += '\r\n ';
      length = 1;
    }
    out += character;
    length += octets;
  }
  return out;
}
