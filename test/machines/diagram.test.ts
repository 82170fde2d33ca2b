import {readFile} from 'node:fs/promises';
import test from 'ava';
import {machinesPage} from '../../src/machines/diagram.ts';
import {projectFile} from '../project.ts';

test('docs/machines.md shows the statecharts as they are; renew it with "npm run generate"', async (t) => {
  t.is(await readFile(projectFile('docs/machines.md'), 'utf8'), machinesPage());
});

test('every arrow of a diagram begins and ends at a state that is drawn', (t) => {
  for (const diagram of machinesPage().split('```mermaid').slice(1)) {
    const drawn = new Set([...diagram.matchAll(/^\s*(?:subgraph )?(\w+)[([]/gm)].map(([, id]) => id));
    for (const [, from, to] of diagram.matchAll(/^\s*(\w+) -->\|[^|]*\| (\w+)$/gm)) {
      t.true(drawn.has(from), from);
      t.true(drawn.has(to), to);
    }
  }
});

test('no arrow leads from a frame to a state inside it, which Mermaid cannot draw', (t) => {
  for (const [, from, to] of machinesPage().matchAll(/^\s*(\w+) -->\|[^|]*\| (\w+)$/gm)) {
    t.false(to?.startsWith(`${from}_`) ?? true, `${from} → ${to}`);
  }
});
