/** The characters of a unified social credit code, each worth its place: no I, O, S, V and Z. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const MODULUS = ALPHABET.length;
/** Powers of three over the first seventeen characters, by GB 32100. */
const WEIGHTS = Array.from({ length: 17 }, (_, at) => 3 ** at % MODULUS);
/** No area has this code. */
const NOWHERE = '000000';

/** The check character that the first seventeen characters of a unified social credit code ask for. */
export function creditCheckCharacter(first: string): string {
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * ALPHABET.indexOf(first.charAt(at)), 0);
  return ALPHABET.charAt((MODULUS - (sum % MODULUS)) % MODULUS);
}

/** What is wrong with a unified social credit code; undefined where nothing is. A synthetic one must be nobody's: its check character is wrong. */
export function creditCodeFault(text: string, synthetic: boolean): 'id-malformed' | 'id-check-digit' | 'id-of-somebody' | undefined {
  if (!new RegExp(`^[${ALPHABET}]{18}$`).test(text)) return 'id-malformed';
  const right = creditCheckCharacter(text) === text.charAt(17);
  if (synthetic) return right ? 'id-of-somebody' : undefined;
  return right ? undefined : 'id-check-digit';
}

const sumSql = (text: string): string => WEIGHTS.map((weight, at) => `${weight} * (strpos('${ALPHABET}', substr(${text}, ${at + 1}, 1)) - 1)`).join(' + ');
const checkSql = (text: string, off: number): string => `substr('${ALPHABET}', CAST((${MODULUS} - (${sumSql(text)}) % ${MODULUS} + ${off}) % ${MODULUS} AS INTEGER) + 1, 1)`;

/** The same fault as SQL over a text. */
export function creditCodeFaultSql(text: string, synthetic: boolean): string {
  const right = `${checkSql(text, 0)} = substr(${text}, 18, 1)`;
  return `CASE WHEN ${text} IS NULL OR NOT regexp_full_match(${text}, '[${ALPHABET}]{18}') THEN 'id-malformed' WHEN ${synthetic ? right : `NOT (${right})`} THEN '${synthetic ? 'id-of-somebody' : 'id-check-digit'}' END`;
}

/** A code of nobody as SQL over a row number from 0: an area that does not exist and a check character that is wrong. */
export function syntheticCreditCodeSql(row: string): string {
  const first = `('91${NOWHERE}' || lpad(CAST((${row}) % 1000000000 AS VARCHAR), 9, '0'))`;
  return `${first} || ${checkSql(first, 1)}`;
}
