/**
 * The program that is killed: opens the sessions that it is given, as a desk does, and goes on with each of them for ever: an entry every few ms, a save now and
 * then. Says which number each took (`t`) and which is on the disk (`a`).
 */
import {lockSession} from '../../src/session/lock-file.ts';
import {recoverSession} from '../../src/session/recover.ts';
import {createSessionStore} from '../../src/session/session-store.ts';
import {deskAt, entryOf, keptAt, nextDesk} from './kept-desk.ts';

const clock = {
  now: () => performance.now(),
  after: (delayMs: number, call: () => void) => {
    const timer = setTimeout(call, delayMs);
    return () => clearTimeout(timer);
  },
};

async function write(folder: string, index: number): Promise<void> {
  const locked = await lockSession(folder);
  if (locked.type === 'held') throw new Error(`held by ${locked.holder.pid}`);
  const recovery = await recoverSession(folder);
  if (recovery.type === 'refused') throw new Error(JSON.stringify(recovery.problems));
  const {recovered} = recovery;
  const store = createSessionStore({
    ...{recovered, added: [], clock, wallMs: Date.now, troubled: () => {}, keptAs: () => {}},
    lock: async () => locked.lock,
  });
  let desk = {...deskAt(recovered.journal.lastNumber), lanes: recovered.lanes};
  let said = 0;
  let saving = false;
  for (let turn = 1 + index * 3; ; turn++) {
    desk = nextDesk(desk);
    store.append(entryOf(desk.number));
    process.stdout.write(`t ${index} ${desk.number} ${Date.now()}\n`);
    if (store.acknowledged > said) {
      said = store.acknowledged;
      process.stdout.write(`a ${index} ${said}\n`);
    }
    if (turn % 23 === 0 && !saving) {
      saving = true;
      const kept = (): ReturnType<typeof keptAt> => keptAt(desk);
      void store.checkpoint(kept, 'whole', turn % 46 === 0 ? 'backs up' : 'keeps the backup').then(() => {
        saving = false;
      });
    }
    await new Promise((resolve) => setTimeout(resolve, 2 + (turn % 5)));
  }
}

await Promise.all(process.argv.slice(2).map(write));
