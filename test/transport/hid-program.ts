// Runs under umockdev: opens the first HID surface that the desk knows, draws one key, and tells what it heard, a line of JSON each.
import {mappingsFolder} from '../../src/app/folders.ts';
import {surfaceAt} from '../../src/app/port-surface.ts';
import {loadMappings} from '../../src/mapping/load.ts';
import {createDialect} from '../../src/surface/dialect.ts';
import type {ConnectionListener, Port} from '../../src/transport/contract.ts';
import {hidTransport} from '../../src/transport/hid.ts';
import {drawnKey} from './hid-rig.ts';

const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
/** Nothing may keep a test waiting. */
setTimeout(() => process.exit(1), 15_000).unref();

const {surfaces} = await loadMappings(mappingsFolder);
const transport = hidTransport();
const ports = await new Promise<readonly Port[]>((resolve) => transport.watch(resolve));
const [port] = ports;
const surface = port && surfaceAt(surfaces, port);
say({ports, surface: surface?.id});
if (port === undefined || surface === undefined) process.exit(1);

const dialect = createDialect(surface);
let released = (): void => {};
const handLifted = new Promise<void>((resolve) => {
  released = resolve;
});
const listener: ConnectionListener = {
  received: (report) => {
    for (const event of dialect.read(report)) {
      say(event);
      if (event.type === 'button.released') released();
    }
  },
  lost: (reason) => say({lost: reason}),
};
// Whoever comes second while it opens is told that it is taken, though the system lets both in.
const answers = await Promise.all([transport.open(port, listener), transport.open(port, listener)]);
say({opened: answers.map(({state}) => state).sort()});
const opened = answers.find(({state}) => state === 'open');
if (opened?.state !== 'open') process.exit(1);
for (const bytes of dialect.hello()) opened.connection.send(bytes);
for (const {bytes} of dialect.write([drawnKey])) opened.connection.send(bytes);
await handLifted;
for (const bytes of dialect.goodbye()) opened.connection.send(bytes);
opened.connection.close();
await transport.close();
say({ended: true});
process.exit(0);
