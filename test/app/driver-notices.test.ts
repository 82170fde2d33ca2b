import test from 'ava';
import {driverNotices} from '../../src/app/driver-notices.ts';
import {memoryTransport} from '../../src/transport/memory.ts';

const good = {failures: 0, reason: '', renewals: 2, isHopeless: false, leftAlone: [], processId: 1};
const failed = {...good, failures: 3, reason: 'the MIDI driver stopped\n(SIGSEGV)'};

test('what became of each driver is told in a line, and before it which port is left alone for that', (t) => {
  for (const [health, lines] of [
    [undefined, []],
    [good, []],
    [
      {...failed, failures: 1},
      [
        /^MEMORY: the MIDI driver stopped \(SIGSEGV\); it was started again \(once so far\), and what is plugged in is opened/,
      ],
    ],
    [failed, [/started again \(3 times so far\)/]],
    [{...failed, isHopeless: true}, [/\(SIGSEGV\), again and again; it is tried only every half a minute – unplug/]],
    [{...failed, leftAlone: ['Bad is left\nalone']}, [/^MEMORY: Bad is left alone; unplug it\.$/, /3 times so far/]],
  ] as const) {
    const told = driverNotices([{...memoryTransport(), health}]);
    t.is(told.length, lines.length);
    for (const [at, line] of lines.entries()) t.regex(told[at] ?? '', line);
  }
});
