import {readFile} from 'node:fs/promises';
import {DeskError} from '../../model/problem.ts';

/** The part of WebAssembly's interface that is used here; Node has it, its type package has not. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<CompiledSound>;
  instantiate<Exports>(module: CompiledSound, imports: object): Promise<{readonly exports: Exports}>;
};
export type CompiledSound = {readonly brand: 'WebAssembly.Module'};

const compiled = new Map<string, Promise<CompiledSound>>();

/**
 * A fresh instance of a module in dist; the module itself is compiled once. Rejects with a DeskError that says how to build it where
 * it is not there. `Exports` is what the module is known to export.
 */
export async function instantiateBuilt<Exports>(url: URL, imports: object): Promise<Exports> {
  const module = compiled.get(url.href) ?? compileBuilt(url);
  compiled.set(url.href, module);
  try {
    const {exports} = await WebAssembly.instantiate<Exports>(await module, imports);
    return exports;
  } catch (error) {
    compiled.delete(url.href);
    throw error;
  }
}

async function compileBuilt(url: URL): Promise<CompiledSound> {
  return WebAssembly.compile(await readBuilt(url));
}

/** A file that the build makes. Rejects with a DeskError that says how to build it where it is not there. */
export async function readBuilt(url: URL): Promise<Uint8Array> {
  try {
    return await readFile(url);
  } catch (error) {
    throw new DeskError('engine.failed', `${url.pathname} is not there: run \`npm run build\`.`, error);
  }
}
