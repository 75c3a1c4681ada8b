/** The number of a day given as yyyymmdd, counted from 1970-01-01; exact for every day of the Gregorian calendar. */
export function dayNumberOf(date: number): number {
  const month = Math.floor(date / 100) % 100;
  const year = Math.floor(date / 10_000) - (month <= 2 ? 1 : 0);
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + (date % 100) - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}

/** The day of a number, as yyyymmdd. */
export function dateOfDay(day: number): number {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch + (monthFromMarch < 10 ? 3 : -9);
  return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0)) * 10_000 + month * 100 + dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
}

/** A birth date on which somebody is exactly so many years old on a day; `unit` from 0 to 1 says when in the year. */
export function bornOn(on: number, age: number, unit: number): number {
  const [latest, earliest] = [dayNumberOf(yearsBefore(on, age)), dayNumberOf(yearsBefore(on, age + 1))];
  return dateOfDay(latest - Math.floor(unit * (latest - earliest)));
}

/** The same day so many years before; 29 February becomes the 28th where there is none. */
function yearsBefore(date: number, years: number): number {
  const year = Math.floor(date / 10_000) - years;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return year * 10_000 + (date % 10_000 === 229 && !leap ? 228 : date % 10_000);
}
