import test from 'ava';
import {blockFrames} from '../../../src/engine/graph.ts';
import {createLead, edgeFrom} from '../../../src/engine/live/lead.ts';
import {createTapeOutput} from './tape-output.ts';

const guardFrames = 300;

test('new sound begins at the first block edge that the guard leaves', (t) => {
  const output = createTapeOutput();
  const lead = createLead(output, guardFrames);
  for (const now of [0, 1, 211, 212, 213, 511, 512, 100_000]) {
    output.now = now;
    t.is(lead.edge() % blockFrames, 0);
    t.true(lead.edge() >= now + guardFrames && lead.edge() < now + guardFrames + blockFrames);
    t.true(lead.tooLate() > now && lead.tooLate() < now + guardFrames);
    t.true(lead.horizon() >= now + 2 * guardFrames);
  }
});

test('each block that was late doubles the lead, up to eight guards; those in time bring it back', (t) => {
  const output = createTapeOutput();
  const lead = createLead(output, guardFrames);
  for (const guards of [2, 4, 8, 8]) {
    lead.learn(true);
    t.is(lead.edge(), edgeFrom(guards * guardFrames));
    t.true(lead.horizon() >= (guards + 2) * guardFrames);
  }
  lead.learn(false);
  t.true(lead.edge() > edgeFrom(4 * guardFrames));
  for (let block = 0; block < 100; block++) lead.learn(false);
  t.is(lead.edge(), edgeFrom(guardFrames));
});
