import { runBuilt } from './run-built.mjs';

await runBuilt('src/demo/main.js');
