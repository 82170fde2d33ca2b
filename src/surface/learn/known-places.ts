import type {ReportPlace} from '../../model/report-traits.ts';
import {fineOffset} from '../../wire/address-value.ts';
import type {MidiMessage} from '../../wire/midi-message.ts';
import type {Finding} from './finding.ts';
import type {Place} from './tracks.ts';

/** Where the controls of a MIDI device live that were found, and the touches of its faders. */
export function midiPlaces(found: ReadonlyMap<string, Finding>): readonly Place[] {
  return [...found.values()].flatMap((finding) => {
    if (finding.type === 'field') return [];
    const {place} = finding;
    return finding.type === 'travel' && finding.touch !== undefined ? [place, finding.touch] : [place];
  });
}

/** Where the controls of a HID device lie that were found. */
export function reportPlaces(found: ReadonlyMap<string, Finding>): readonly ReportPlace[] {
  return [...found.values()].flatMap((finding) => (finding.type === 'field' ? [finding.place] : []));
}

/** Whether a message is of a control that was found already; parts of parameter numbers may be of any. */
export function isKnownMessage(places: readonly Place[], message: MidiMessage): boolean {
  return places.some((place) => {
    if (!('channel' in message) || message.channel !== place.channel) return false;
    const {number} = place;
    switch (message.type) {
      case 'control-change':
        if (place.message === 'cc14')
          return message.controller === number || message.controller === number + fineOffset;
        return place.message === 'cc' && message.controller === number;
      case 'pitch-bend':
        return place.message === 'bend';
      case 'note-on':
      case 'note-off':
        return place.message === 'note' && message.note === number;
      case 'poly-pressure':
        return place.message === 'poly' && message.note === number;
      case 'channel-pressure':
        return place.message === 'pressure';
      default:
        return false;
    }
  });
}
