import {writeFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import {shippedMappings} from '../../src/mapping/folder.ts';
import {loadMappings} from '../../src/mapping/load.ts';
import {projectFile} from '../project.ts';
import {goldenName, goldenText, isGolden} from './files.ts';

// Writes test/golden/*.json anew: node --import=tsx test/golden/write.ts. Look at what changed before you commit it.
const {surfaces} = await loadMappings(shippedMappings);
for (const surface of surfaces.filter(isGolden)) {
  await writeFile(fileURLToPath(projectFile(`test/golden/${goldenName(surface)}`)), goldenText(surface));
}
