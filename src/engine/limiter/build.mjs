// Compiles the limiter.
import {compileAssembly} from '../assembly-script.mjs';

await compileAssembly('limiter', import.meta.url);
