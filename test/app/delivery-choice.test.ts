import test from 'ava';
import {wantedTarget, withTarget} from '../../src/app/delivery-choice.ts';
import {deliveryTargets} from '../../src/model/delivery-target.ts';
import {newMeterSettings} from '../../src/model/meter-settings.ts';
import {newMixer} from '../../src/model/mixer.ts';
import type {Session} from '../../src/model/session.ts';

const session: Session = {
  folder: '/s',
  name: 'Sent',
  sampleRate: 48_000,
  mixer: newMixer({strips: []}),
  stems: [],
  writable: true,
  problems: [],
};

test('a target is found by id and by name, however it is written', (t) => {
  for (const row of deliveryTargets) {
    t.is(wantedTarget(row.id), row);
    t.is(wantedTarget(row.name.toUpperCase()), row);
  }
  t.is(wantedTarget('none'), 'none');
});

test('an unknown target is wrong usage, and all that are known are told', (t) => {
  const error = t.throws(() => wantedTarget('cass\u001bette'), {code: 'usage'});
  t.regex(error?.message ?? '', /There is no delivery target "cass.?ette"\. Known are: ebu-r128, .*, none\.$/);
  t.false(error?.message.includes('\u001b'));
});

test('a target that is named takes the place of the session\u2019s; none takes it away; nothing named leaves the session as it is', (t) => {
  const kept: Session = {...session, meters: {...newMeterSettings, type: 'vu', target: 'tidal'}};
  t.is(withTarget(kept, undefined), kept);
  t.deepEqual(withTarget(kept, 'Spotify').meters, {...newMeterSettings, type: 'vu', target: 'spotify'});
  t.is(withTarget(kept, 'none').meters?.target, undefined);
  t.deepEqual(withTarget(session, 'deezer').meters, {...newMeterSettings, target: 'deezer'});
});
