/**
 * The handshake of the Logic Control and Mackie Control protocols: the device challenges, the host responds.
 *
 *   device  01 s1…s7 l1…l4   serial number and challenge
 *   host    02 s1…s7 r1…r4   serial number and response, within 300 ms
 *   device  03 s1…s7         online, or 04 s1…s7 refused
 *
 *   r1 = l1 + (l2 xor 0A) − l4
 *   r2 = (l3 >> 4) xor (l1 + l4)
 *   r3 = (l4 − (l3 << 2)) xor (l1 or l2)
 *   r4 = l2 − l3 + (F0 xor (l4 << 4))        each of them and 7F
 */
export type FourBytes = readonly [number, number, number, number];

/** What the device expects in answer to its challenge (Logic Control manual, MIDI implementation). */
export function respond([l1, l2, l3, l4]: FourBytes): FourBytes {
  return [
    (l1 + (l2 ^ 0x0a) - l4) & 0x7f,
    ((l3 >> 4) ^ (l1 + l4)) & 0x7f,
    ((l4 - (l3 << 2)) ^ (l1 | l2)) & 0x7f,
    (l2 - l3 + (0xf0 ^ (l4 << 4))) & 0x7f,
  ];
}

/** Device ids in the order in which an unknown device is asked: Mackie Control, Logic Control, their extenders. */
export const askedDeviceIds: readonly number[] = [0x14, 0x10, 0x15, 0x11];

/** Whether an id of a mapping names a device: 00 and 7F mean that it is not known. */
export function isKnownDeviceId(deviceId: number): boolean {
  return deviceId > 0 && deviceId < 0x7f;
}
