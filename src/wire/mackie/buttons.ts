/**
 * Buttons and lamps of the Mackie Control protocol: the note a button sends is the note that lights its lamp.
 *
 *   90 nn vv   device to host: vv 7F pressed, 00 released (8n counts as released)
 *   90 nn vv   host to device: vv 00 dark, 01 flashing, 7F lit
 *   nn 00–27   five rows of eight, one a strip: rec, solo, mute, select, push of the encoder
 *   nn 28–67   the buttons of the main unit, by name
 *   nn 71–73   lamps without a button: time as SMPTE, time as beats, rude solo;  76 clicks a relay
 */

/** Rows of strip buttons by their first note. */
const stripRows = [
  [0x00, 'rec'],
  [0x08, 'solo'],
  [0x10, 'mute'],
  [0x18, 'select'],
  [0x20, 'push'],
] as const;
const stripNumbers = [1, 2, 3, 4, 5, 6, 7, 8] as const;
const firstGlobalNote = 0x28;

/** Buttons of the main unit, from note 28 on without a gap. */
export const globalButtons = [
  ...['assign-track', 'assign-send', 'assign-pan', 'assign-plugin', 'assign-eq', 'assign-instrument'],
  ...['bank-left', 'bank-right', 'channel-left', 'channel-right', 'flip', 'global-view', 'name-value', 'smpte-beats'],
  ...['f1', 'f2', 'f3', 'f4', 'f5', 'f6', 'f7', 'f8'],
  ...['midi-tracks', 'inputs', 'audio-tracks', 'audio-instruments', 'aux', 'busses', 'outputs', 'user'],
  ...['shift', 'option', 'control', 'alt', 'read', 'write', 'trim', 'touch', 'latch', 'group'],
  ...['save', 'undo', 'cancel', 'enter', 'marker', 'nudge', 'cycle', 'drop', 'replace', 'click', 'solo-global'],
  ...['rewind', 'forward', 'stop', 'play', 'record'],
  ...['cursor-up', 'cursor-down', 'cursor-left', 'cursor-right', 'zoom', 'scrub', 'user-a', 'user-b'],
] as const;

const lampNotes = [
  [0x71, 'smpte'],
  [0x72, 'beats'],
  [0x73, 'rude-solo'],
  [0x76, 'relay-click'],
] as const;

type StripButton = `${(typeof stripRows)[number][1]}.${(typeof stripNumbers)[number]}`;
/** A button as the desk names it: `mute.3`, `bank-left`. */
export type ButtonName = StripButton | (typeof globalButtons)[number];
/** A lamp as the desk names it, without `lamp.`: `mute.3`, `play`, `rude-solo`. */
export type LampName = ButtonName | (typeof lampNotes)[number][1];

const buttonsByNote = new Map<number, ButtonName>([
  ...stripRows.flatMap(([first, row]) => stripNumbers.map((n) => [first + n - 1, `${row}.${n}`] as const)),
  ...globalButtons.map((name, index) => [firstGlobalNote + index, name] as const),
]);
const lampsByNote = new Map<number, LampName>([...buttonsByNote, ...lampNotes]);
const notesByName = new Map<string, number>([...lampsByNote].map(([note, name]) => [name, note]));

/** The button of a note, if there is one. */
export function buttonAt(note: number): ButtonName | undefined {
  return buttonsByNote.get(note);
}

/** The lamp of a note, if there is one. */
export function lampAt(note: number): LampName | undefined {
  return lampsByNote.get(note);
}

/** The note of a button or lamp. */
export function noteOf(name: LampName): number {
  return notesByName.get(name) ?? 0;
}

/** Whether a name from a mapping is a lamp of this protocol (every button is one). */
export function isLampName(name: string): name is LampName {
  return notesByName.has(name);
}
