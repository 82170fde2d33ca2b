import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {openSession} from '../../src/app/open-session.ts';
import {rescued} from '../../src/app/rescue.ts';
import {deskAt, firstFile, keptAt} from '../session/kept-desk.ts';

const failed = {path: '/song/session.json', reason: 'was not saved: the disk is full', severity: 'error'} as const;

test.serial('a session that its folder does not take can be opened elsewhere, with its lanes', async (t) => {
  const work = await mkdtemp(join(tmpdir(), 'longthrow-rescue-'));
  const before = process.env['XDG_STATE_HOME'];
  process.env['XDG_STATE_HOME'] = join(work, 'state');
  try {
    await writeFile(join(work, 'session.json'), firstFile);
    const opened = await openSession(work);
    const told = await rescued(opened, keptAt(deskAt(17)), failed, Date.UTC(2026, 10, 23, 9, 5, 7));
    t.regex(told, /the disk is full\n.*written to .*Song 20261123-090507: open it there/);
    const found = await openSession(join(work, 'state', 'longthrow', 'rescued', 'Song 20261123-090507'));
    t.is(found.session.mixer.strips[0]?.levelDb, deskAt(17).levelDb);
    t.deepEqual(found.lanes, deskAt(17).lanes);
    t.deepEqual(found.session.problems, []);
    process.env['XDG_STATE_HOME'] = join(work, 'session.json');
    t.regex(await rescued(opened, keptAt(deskAt(2)), failed), /Neither could it be written to/);
  } finally {
    if (before === undefined) delete process.env['XDG_STATE_HOME'];
    else process.env['XDG_STATE_HOME'] = before;
    await rm(work, {recursive: true, force: true});
  }
});
