import type {ReportPlace} from '../../model/report-traits.ts';
import type {MidiMessage} from '../../wire/midi-message.ts';
import type {RelativeEncoding} from '../../wire/relative-encoding.ts';
import type {Place} from './tracks.ts';

/** One report of a HID device, and the one of its number that came before it; undefined if there was none. */
export interface HeardReport {
  readonly type: 'report';
  readonly bytes: Uint8Array;
  readonly before: Uint8Array | undefined;
}

/** What a learner hears; a device speaks in one of both. */
export type Heard = MidiMessage | HeardReport;

/** Whether what was heard is a report of a HID device. */
export function isReport(heard: Heard): heard is HeardReport {
  return heard.type === 'report';
}

/** Whether what was heard is a message of a MIDI device. */
export function isMessage(heard: Heard): heard is MidiMessage {
  return heard.type !== 'report';
}

/** What was found out about a control of a MIDI device. */
export type MidiFinding =
  | {
      readonly type: 'travel';
      readonly place: Place;
      /** The highest value, at one end of the travel; at the other it is 0. */
      readonly top: number;
      /** The values are multiples of this. */
      readonly step: number;
      /** They fall as it goes up, or to the right. */
      readonly reverse: boolean;
      /** Where it tells that a hand is on it, if it does. */
      readonly touch: Place | undefined;
    }
  | {readonly type: 'turn'; readonly place: Place; readonly encoding: RelativeEncoding}
  | {
      readonly type: 'press';
      readonly place: Place;
      readonly press: 'gate' | 'toggle' | 'trigger';
      readonly on: number;
      readonly off: number;
    };

/** What was found out about a control of a HID device: where it lies in its reports, and as what. */
export interface FieldFinding {
  readonly type: 'field';
  readonly place: ReportPlace;
}

/** What was found out about a control. */
export type Finding = MidiFinding | FieldFinding;

/** A finding, or what the hand should do otherwise, as a sentence. */
export type Conclusion =
  | {readonly state: 'found'; readonly finding: Finding}
  | {readonly state: 'unclear'; readonly advice: string};

/** Whether a control tells steps without end. */
export function isEndless(finding: Finding): boolean {
  if (finding.type !== 'field') return finding.type === 'turn';
  const {type} = finding.place.field;
  return type === 'counter' || type === 'relative';
}

/** Nothing at all came from the device, or nothing new. */
export const nothingHeard: Conclusion = {
  state: 'unclear',
  advice: 'Nothing new was heard. Is this the right device, and no control that was learned before? Try again.',
};
