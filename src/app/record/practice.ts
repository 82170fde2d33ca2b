import {type Colour, type Mixer, newMixer, newStrip} from '../../model/mixer.ts';
import type {Session} from '../../model/session.ts';
import {sessionOfFile} from '../../session/load.ts';
import {sessionFileOf} from '../../session/save.ts';
import {readSessionFile, sessionFileText} from '../../session/session-file.ts';

const colours: readonly Colour[] = ['red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];
const strips = 24;

/** A mixer to try surfaces with: each strip has a name, a colour and a level of its own, so that what a surface shows can be told apart. */
export function practiceMixer(): Mixer {
  return newMixer({
    strips: Array.from({length: strips}, (_, index) =>
      newStrip({
        id: `strip-${index + 1}`,
        name: `Strip ${index + 1}`,
        colour: colours[index % colours.length] ?? 'white',
        levelDb: 0 - index,
        pan: Math.round(((index % 9) - 4) * 25) / 100,
      }),
    ),
  });
}

/** What a recording says of a mixer: what `session.json` would say, without where the sound lies. */
export function recordedSession(name: string, mixer: Mixer): unknown {
  const stems = mixer.strips.map(({id}) => ({strip: id, path: `/${id}.wav`}));
  const session: Session = {folder: '/', name, sampleRate: 48_000, mixer, stems, writable: false, problems: []};
  const file: unknown = JSON.parse(sessionFileText(sessionFileOf(session, mixer)));
  return file;
}

/** The mixer of a recording, or the reason why there is none. */
export function mixerOf(recorded: unknown): Mixer | string {
  const read = readSessionFile(JSON.stringify(recorded) ?? '', 'session');
  if (read.type === 'refused') return read.problems.map(({path, reason}) => `${path}: ${reason}`).join('; ');
  return sessionOfFile(read.file, '/').mixer;
}
