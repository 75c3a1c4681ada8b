/** The weights of ISO 7064 MOD 11-2 over the first seventeen digits, and the check characters by remainder. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECKS = '10X98765432';
/** No province has this prefix. */
const NOWHERE = '00';

/** The check character that the first seventeen digits of an identity number ask for. */
export function checkCharacter(digits: string): string {
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(digits.charAt(at)), 0);
  return CHECKS.charAt(sum % 11);
}

/** What is wrong with an identity number; undefined where nothing is. A synthetic one must be of nobody. */
export function citizenIdFault(text: string, synthetic: boolean): 'id-malformed' | 'id-check-digit' | 'id-of-somebody' | 'id-of-nobody' | undefined {
  if (!/^\d{17}[\dX]$/.test(text)) return 'id-malformed';
  const right = checkCharacter(text) === text.charAt(17);
  if (synthetic) return text.startsWith(NOWHERE) && !right ? undefined : 'id-of-somebody';
  return text.startsWith(NOWHERE) ? 'id-of-nobody' : right ? undefined : 'id-check-digit';
}

/** An identity number of nobody: an area that does not exist and a check character that is wrong. `row` and `odd` from the person. */
export function syntheticId(row: number, birth: number, odd: boolean): string {
  const area = String(Math.floor(row / 500) % 10_000).padStart(4, '0');
  const number = String((row % 500) * 2 + (odd ? 1 : 0)).padStart(3, '0');
  const digits = `${NOWHERE}${area}${String(birth).padStart(8, '0')}${number}`;
  return digits + CHECKS.charAt((CHECKS.indexOf(checkCharacter(digits)) + 1) % 11);
}

/** The same fault as SQL over a text. */
export function citizenIdFaultSql(text: string, synthetic: boolean): string {
  const malformed = `NOT regexp_full_match(${text}, '[0-9]{17}[0-9X]')`;
  const right = `substr('${CHECKS}', CAST((${sumSql(text)}) % 11 AS INTEGER) + 1, 1) = substr(${text}, 18, 1)`;
  const nowhere = `starts_with(${text}, '${NOWHERE}')`;
  const rest = synthetic ? `WHEN NOT ${nowhere} OR ${right} THEN 'id-of-somebody'` : `WHEN ${nowhere} THEN 'id-of-nobody' WHEN NOT (${right}) THEN 'id-check-digit'`;
  return `CASE WHEN ${text} IS NULL OR ${malformed} THEN 'id-malformed' ${rest} END`;
}

const sumSql = (text: string): string => WEIGHTS.map((weight, at) => `${weight} * (ascii(substr(${text}, ${at + 1}, 1)) - 48)`).join(' + ');

/** The same number as SQL over a row number from 0, a birth date as yyyymmdd and whether the number is odd. */
export function syntheticIdSql(row: string, birth: string, odd: string): string {
  const digits = `('${NOWHERE}' || lpad(CAST((${row} // 500) % 10000 AS VARCHAR), 4, '0') || lpad(CAST(${birth} AS VARCHAR), 8, '0') || lpad(CAST((${row} % 500) * 2 + CASE WHEN ${odd} THEN 1 ELSE 0 END AS VARCHAR), 3, '0'))`;
  return `${digits} || substr('${CHECKS}', CAST((${sumSql(digits)} + 1) % 11 AS INTEGER) % 11 + 1, 1)`;
}
