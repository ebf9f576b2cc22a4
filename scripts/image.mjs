// The image's own build steps; `scripts/image.test.ts` runs them in a clean folder too.
import { prepare } from './toolchain.mjs';

await prepare('app');
