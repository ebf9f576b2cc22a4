import type { Deps } from '../../deps.ts';
import { queryTime } from '../../parse-selection.ts';
import { timeText } from '../../time-text.ts';
import type { WindowSelection } from './window-selection.ts';

/** A selection as it was known at a time of the query, by what had been received; unchanged without one. @throws Problem 422 */
export async function knownAsOf(
  { db }: Pick<Deps, 'db'>,
  modelId: string,
  selection: WindowSelection,
  text: string | undefined,
): Promise<WindowSelection> {
  if (text === undefined) return selection;
  const receivedMs = queryTime(text, 'as_of');
  return { ...selection, asOf: { receivedMs, ...(await db.actuals.asOf(modelId, receivedMs)) } };
}

/** What an answer says of it. */
export const asOfText = ({ asOf }: WindowSelection) => (asOf ? { as_of: timeText(asOf.receivedMs) } : {});
