import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {generatedFiles, projectFolder} from '../../src/app/generate.ts';

for (const {path, content} of await generatedFiles()) {
  test(`${path} is current`, async (t) => {
    const found = await readFile(join(projectFolder, path), 'utf8').catch(() => '');
    t.true(found === content, `${path} is out of date; renew it with: npm run generate`);
  });
}

test('the schemas describe every field', async (t) => {
  const schemas = (await generatedFiles()).filter(({path}) => /^mappings\/.*\.schema\.json$/.test(path));
  t.is(schemas.length, 3);
  for (const {path, content} of schemas) t.deepEqual(undescribed(JSON.parse(content), path), []);
});

test('the schemas refuse fields that they do not know', async (t) => {
  for (const {path, content} of (await generatedFiles()).filter(({path}) =>
    /^mappings\/.*\.schema\.json$/.test(path),
  )) {
    t.deepEqual(openObjects(JSON.parse(content), path), []);
  }
});

/** Places of properties that have neither a description nor a reference to one. */
function undescribed(schema: unknown, place: string): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]: [string, unknown]) => {
    if (key !== 'properties' || typeof value !== 'object' || value === null)
      return undescribed(value, `${place}.${key}`);
    return Object.entries(value).flatMap(([name, field]: [string, unknown]) => {
      const told = typeof field === 'object' && field !== null && ('description' in field || '$ref' in field);
      return [...(told ? [] : [`${place}.${name}`]), ...undescribed(field, `${place}.${name}`)];
    });
  });
}

function openObjects(schema: unknown, place: string): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const open = 'properties' in schema && !('additionalProperties' in schema && schema.additionalProperties === false);
  return [
    ...(open ? [place] : []),
    ...Object.entries(schema).flatMap(([key, value]) => openObjects(value, `${place}.${key}`)),
  ];
}
