/** Ways that reach an address of the person. */
export const ELECTRONIC_CHANNELS = ['email', 'sms'] as const;
export type ElectronicChannel = (typeof ELECTRONIC_CHANNELS)[number];

/** Every way on which a notice leaves the house. Paper is printed at the window and needs no address of ours. */
export const CHANNELS = [...ELECTRONIC_CHANNELS, 'paper'] as const;
export type Channel = (typeof CHANNELS)[number];

export function isElectronic(channel: string): channel is ElectronicChannel {
  return ELECTRONIC_CHANNELS.some((one) => one === channel);
}

/**
 * The ways on which a notice leaves, by what its person has in force. Whoever has nothing gets a letter, so that nobody is told
 * only in an inbox that they never open.
 */
export function channelsFor(inForce: readonly string[]): readonly string[] {
  return inForce.length === 0 ? ['paper'] : inForce;
}
