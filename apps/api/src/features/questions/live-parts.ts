import type { Deps } from '../../deps.ts';
import type { WindowSelection } from './window-selection.ts';

/** The parts that hold events of a window, with the actuals that came later. */
export function liveParts(
  { db }: Pick<Deps, 'db'>,
  modelId: string,
  { fromMs, toMs }: Partial<WindowSelection>,
) {
  return db.parts.live(modelId, {
    kinds: ['events', 'actuals'],
    ...(fromMs === undefined ? {} : { fromMs }),
    ...(toMs === undefined ? {} : { toMs }),
  });
}
