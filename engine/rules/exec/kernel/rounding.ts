/**
 * Rounded quotients of whole numbers for any sign, exact while twice the top and the bottom together stay below 2^53.
 * The divisor is never zero.
 */
const sign = (top: number, bottom: number): number => (top < 0 === bottom < 0 ? 1 : -1);

export function halfUp(top: number, bottom: number): number {
  const divisor = Math.abs(bottom);
  return sign(top, bottom) * Math.floor((2 * Math.abs(top) + divisor) / (2 * divisor));
}

export function halfDown(top: number, bottom: number): number {
  const divisor = Math.abs(bottom);
  return sign(top, bottom) * Math.ceil((2 * Math.abs(top) - divisor) / (2 * divisor));
}

export function halfEven(top: number, bottom: number): number {
  const divisor = Math.abs(bottom);
  const floor = Math.floor(Math.abs(top) / divisor);
  const twice = 2 * (Math.abs(top) - floor * divisor);
  const up = twice > divisor || (twice === divisor && floor % 2 === 1);
  return sign(top, bottom) * (up ? floor + 1 : floor);
}

export function roundUp(top: number, bottom: number): number {
  return sign(top, bottom) * Math.ceil(Math.abs(top) / Math.abs(bottom));
}

export function roundDown(top: number, bottom: number): number {
  return sign(top, bottom) * Math.floor(Math.abs(top) / Math.abs(bottom));
}

export const roundFloor = (top: number, bottom: number): number => (sign(top, bottom) < 0 ? -Math.ceil(Math.abs(top) / Math.abs(bottom)) : Math.floor(Math.abs(top) / Math.abs(bottom)));
export const roundCeiling = (top: number, bottom: number): number => (sign(top, bottom) < 0 ? -Math.floor(Math.abs(top) / Math.abs(bottom)) : Math.ceil(Math.abs(top) / Math.abs(bottom)));
