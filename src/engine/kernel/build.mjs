// Compiles the sound kernel.
import {compileAssembly} from '../assembly-script.mjs';

await compileAssembly('kernel', import.meta.url);
