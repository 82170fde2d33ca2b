import {frameCheck} from '../../wire/longthrow/crc.ts';
import {frame} from '../../wire/longthrow/framer.ts';
import {writeHeader} from '../../wire/longthrow/header.ts';
import {messageKinds} from '../../wire/longthrow/message.ts';
import type {Bench} from './check.ts';

/** Says known types in classes that are not theirs: nothing may come of it. */
export async function keepsClasses(bench: Bench): Promise<void> {
  await bench.greet();
  await bench.host.run(100);
  const inClass = async (messageClass: 'state' | 'reliable' | 'system', type: number, payload: readonly number[]) => {
    const head = writeHeader({messageClass, sequence: 0, type, time: undefined, more: false});
    const body = Uint8Array.of(...head, ...payload, 0, 0);
    const check = frameCheck(body, body.length - 2, bench.host.session());
    body.set([check & 0xff, check >> 8], body.length - 2);
    await bench.host.raw(frame(body));
    await bench.host.run(30 + bench.slackMs);
  };
  const from = bench.host.heard.length;
  const deeds = bench.host.deeds.length;
  await inClass('reliable', messageKinds.lamps.number, [0, 1, 9]);
  await inClass('reliable', messageKinds['time-sync'].number, [1, 2]);
  await inClass('state', messageKinds['time-sync'].number, [1, 2]);
  await inClass('system', messageKinds.text.number, [0, 65]);
  await inClass('state', messageKinds.text.number, [0, 65]);
  bench.expect(bench.all('ack', from).length === 0, 'a type of another class is acknowledged in class RELIABLE');
  bench.expect(bench.all('time-reply', from).length === 0, 'TIME_SYNC is answered in another class than SYSTEM');
  const shown = bench.host.deeds.slice(deeds).some(({type}) => type === 'text' || type === 'shown');
  bench.expect(!shown, 'an output shows what came in another class');
}
