/*
 * Loaded before a command of a test (`node --import`), it makes that process's clock run, so many milliseconds before or
 * after the machine's: what a city said on a day is then the same on every day on which the test is run.
 */

const offset = Number(process.env['CLOCK_OFFSET_MS']);
const Machine = globalThis.Date;

globalThis.Date = class extends Machine {
  /** @param {[] | [number | string | Date]} given */
  constructor(...given) {
    if (given.length === 0) super(Machine.now() + offset);
    else super(...given);
  }

  static now() {
    return Machine.now() + offset;
  }
};
