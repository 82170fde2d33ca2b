import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {newMixer, newStrip} from '../../../src/model/mixer.ts';
import {takeSnapshot, wholeMixer} from '../../../src/model/snapshot.ts';
import {lockSession} from '../../../src/session/lock-file.ts';
import {sessionFileOf} from '../../../src/session/save.ts';
import {sessionFileText} from '../../../src/session/session-file.ts';
import {programIn} from '../program.ts';

const {scratch: folder, run} = programIn(test, 'automation');

test.before(async () => {
  const mixer = newMixer({
    strips: [
      newStrip({id: 'vox', name: 'Lead Vocal', kind: 'group'}),
      newStrip({id: 'band', name: 'Band', kind: 'vca'}),
    ],
  });
  const session = {
    ...{folder, name: 'Song', sampleRate: 48_000, mixer, stems: [], writable: true, problems: []},
    snapshots: [takeSnapshot(mixer, 'Verse', wholeMixer)],
  };
  await writeFile(join(folder, 'session.json'), sessionFileText(sessionFileOf(session, mixer)));
});

test.serial(
  'lanes come in as a table, are edited, listed and go out as MIDI file; a bad file changes nothing',
  async (t) => {
    const table = join(folder, 'rides.csv');
    await writeFile(
      table,
      'strip,parameter,seconds,value\nLead Vocal,level,0,-6\nvox,level,0.5,-3\nvox,level,1,0\nband,level,0,-1\n',
    );
    const imported = await run('automation', 'import', folder, '--csv', table, '--json');
    t.is(imported.status, 0, imported.err);
    t.like(JSON.parse(imported.out), {
      changed: true,
      lanes: [
        {lane: 'vox level', points: 3},
        {lane: 'band level', points: 1},
      ],
    });

    const edited = await run(
      'automation',
      'offset',
      folder,
      'lead',
      'vocal',
      'level',
      '--by',
      '1.5',
      '--from',
      '0:00.2',
    );
    t.is(edited.status, 0, edited.err);
    t.regex(edited.out, /^Lead Vocal level: 3 points before, \d points now\nDone: offset Lead Vocal level 0:00\.2–end/);

    const listed = await run('automation', folder);
    t.regex(listed.out, /^lane +strip +points +from +to +mode\nvox level +Lead Vocal +\d +0:00\.0 +0:01\.0 +read\n/);
    t.regex(listed.out, /2 lanes; the desk is in read mode\.\n$/);

    const midi = join(folder, 'rides.mid');
    const exported = await run('automation', 'export', folder, 'vox', '--midi', midi, '--json');
    t.like(JSON.parse(exported.out), {lanes: 1, file: midi});
    t.is((await readFile(midi)).subarray(0, 4).toString(), 'MThd');

    await writeFile(table, 'strip,parameter,seconds,value\nvox,level,0,0\nvox,level,1,=1+1\nnobody,level,0,0\n');
    const before = await readFile(join(folder, 'session.json'), 'utf8');
    const refused = await run('automation', 'import', folder, '--csv', table);
    t.is(refused.status, 5);
    t.regex(
      refused.err,
      /line 3: "=1\+1" looks like a formula[\s\S]*line 4: "nobody" is no strip[\s\S]*Nothing was changed/,
    );
    t.is(await readFile(join(folder, 'session.json'), 'utf8'), before);
  },
);

test.serial('what cannot be done is said, with what may be meant', async (t) => {
  const wrong = await run('automation', 'thin', folder, 'voxx level');
  t.deepEqual([wrong.status, /Did you mean "vox"/.test(wrong.err)], [2, true]);
  const locked = await lockSession(folder);
  const busy = await run('snapshots', 'remove', folder, 'Verse');
  t.not(busy.status, 0);
  t.regex(busy.err, /is open in another Longthrow/);
  if (locked.type === 'locked') await locked.lock.release();
});

test.serial('snapshots are renamed and listed', async (t) => {
  const renamed = await run('snapshots', 'rename', folder, 'verse', 'Intro', '--json');
  t.deepEqual(JSON.parse(renamed.out), {schemaVersion: 1, snapshots: ['Intro']});
  const listed = await run('snapshots', folder);
  t.regex(listed.out, /^snapshot +strips +parts\nIntro +3 +all\n/);
});
