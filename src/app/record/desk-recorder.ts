import type {Mappings} from '../../mapping/compile.ts';
import type {Transport} from '../../transport/contract.ts';
import {systemClock} from '../clock.ts';
import {surfaceAt} from '../port-surface.ts';
import {createRecorder, refuseExisting} from './recorder.ts';
import {tappedTransport} from './tap.ts';

/** What is recorded while a desk mixes. */
export interface DeskRecorder {
  /** The same transports, with what goes over them written down. */
  on(transports: readonly Transport[]): readonly Transport[];
  /** Where it is written, and what went wrong. */
  notices(): readonly string[];
  close(): void;
}

/** Records all surfaces of a desk, each in a file of its own. Throws a DeskError if there is something at the path already. */
export function deskRecorder(path: string, layout: string, mappings: Mappings, session: () => unknown): DeskRecorder {
  refuseExisting(path);
  const recorder = createRecorder({path, layout, session, nowMs: systemClock.now});
  return {
    on: (transports) =>
      transports.map((transport) => tappedTransport(transport, recorder, (port) => surfaceAt(mappings.surfaces, port))),
    notices: () => (recorder.failed === undefined ? [] : [recorder.failed]),
    close: recorder.close,
  };
}
