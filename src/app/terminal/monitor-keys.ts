import {formatDb} from '../../model/decibel.ts';
import {type Monitor, newMonitor, type ReferenceReading} from '../../model/monitor.ts';
import {plainText} from '../../model/problem.ts';
import type {Intent} from '../../surface/intent.ts';

/** What a key of the monitor section asks for. */
export function monitorIntent(key: string): readonly Intent[] {
  const intent = intents[key];
  return intent === undefined ? [] : [intent];
}

const intents: {readonly [key: string]: Intent | undefined} = {
  _: {type: 'monitor.changeLevel', byDb: -1},
  '=': {type: 'monitor.changeLevel', byDb: 1},
  z: {type: 'monitor.toggle', what: 'dim'},
  n: {type: 'monitor.toggle', what: 'mono'},
  x: {type: 'monitor.toggle', what: 'swap'},
  y: {type: 'monitor.toggle', what: 'polarity'},
  b: {type: 'monitor.nextSpeaker'},
  h: {type: 'monitor.toggle', what: 'reference'},
  H: {type: 'monitor.nextReference'},
};

/** What the monitor does to the mix now, in words; empty when nothing. What is heard instead of the mix comes first. */
export function monitorText(monitor: Monitor, references: readonly ReferenceReading[] = []): string {
  const {dim, dimDb, mono, swap, polarity, speaker, levelDb} = monitor;
  const words = [
    monitor.reference === 'on' && referenceText(monitor, references),
    levelDb !== 0 && (levelDb === Number.NEGATIVE_INFINITY ? 'silent' : `level ${formatDb(levelDb)} dB`),
    dim && (dimDb === newMonitor.dimDb ? 'dim' : `dim ${formatDb(dimDb)} dB`),
    mono && 'mono',
    swap && 'swapped',
    polarity === 'left' && 'L inverted',
    speaker !== 'none' && speaker,
  ];
  return words.filter((word) => typeof word === 'string').join(' ');
}

/** The chosen reference with its gain, or why the mix is heard in its place: `B Master.wav -7.3 dB`. */
export function referenceText({referenceNumber}: Monitor, references: readonly ReferenceReading[]): string {
  const reading = references[referenceNumber - 1];
  if (reading === undefined) return 'B is not there';
  const name = `B ${plainText(reading.name)}`;
  if (reading.state === 'measuring') return `${name} (being measured)`;
  if (reading.state === 'failed') return `${name} (cannot be read)`;
  const {gainDb, missingDb} = reading;
  if (missingDb === undefined) return `${name} (not matched yet)`;
  const quiet = missingDb < 0.1 ? '' : `, ${missingDb.toFixed(1)} dB too quiet`;
  return `${name} ${formatDb(gainDb)} dB${quiet}`;
}
