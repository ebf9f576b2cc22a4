import { pointerTo } from './row-check.ts';

/** What `JSON.parse` keeps silent about in one row; pointers are relative to the row. */
export interface RowDamage {
  /** A field of an event's identity that the row names twice. */
  duplicateField?: string;
  /** The first integer that no double holds as it is written. */
  unsafeInteger?: string;
  /** Where the row's text begins and ends. */
  start: number;
  end: number;
}

export interface BodyDamage {
  rows: Map<number, RowDamage>;
  /** A field of the envelope that is named twice. */
  duplicateField: string | null;
}

interface Frame {
  isList: boolean;
  start: number;
  /** The member that is being read: a key, or an index. */
  at: string | number;
  expectsKey: boolean;
  /** Of the envelope and of rows alone. */
  keys: Set<string> | null;
}

const identity: ReadonlySet<string> = new Set(['prediction_id', 'prediction_timestamp']);
const longestSafe = 15;

/** Whether a number's text is an integer that reading it as a double changes. */
export const isDamaged = (text: string): boolean =>
  text.length > longestSafe && /^-?\d+$/.test(text) && String(Number(text)) !== text;

/** The end of a string that begins at `start`, behind its closing quote. */
function endOfString(text: string, start: number): number {
  let end = start + 1;
  for (;;) {
    end = text.indexOf('"', end);
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === 0x5c) slashes += 1;
    end += 1;
    if (slashes % 2 === 0) return end;
  }
}

/**
 * Reads valid JSON a second time for what parsing hides: names that come twice, and integers beyond 2^53 that were
 * rounded. `list` is the envelope's list of rows; null when the text is one row. Several times slower than parsing:
 * only for bodies that give cause. Depth is no matter. Pure.
 */
export function scanRows(text: string, list: string | null): BodyDamage {
  const damage: BodyDamage = { rows: new Map(), duplicateField: null };
  const rowDepth = list === null ? 0 : 2;
  const stack: Frame[] = [];
  let end = 0;
  for (let at = 0; at < text.length; at = end) {
    end = at + 1;
    const frame = stack.at(-1);
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      end = endOfString(text, at);
      if (frame?.expectsKey) takeKey(frame, text.slice(at, end));
    } else if (code === 0x7b || code === 0x5b) {
      const isList = code === 0x5b;
      stack.push({
        isList,
        start: at,
        at: isList ? 0 : '',
        expectsKey: !isList,
        keys: stack.length <= rowDepth ? new Set() : null,
      });
    } else if (code === 0x7d || code === 0x5d) close();
    else if (code === 0x2c && frame) {
      if (typeof frame.at === 'number') frame.at += 1;
      else frame.expectsKey = true;
    } else if (code === 0x2d || (code >= 0x30 && code <= 0x39)) {
      end = endOfNumber(text, at);
      if (isDamaged(text.slice(at, end))) note('unsafeInteger', pointerFrom(rowDepth));
    }
  }
  return damage;

  function close() {
    if (stack.length === rowDepth + 1) {
      const row = damage.rows.get(rowIndex());
      if (row) row.end = end;
    }
    stack.pop();
  }

  function rowIndex(): number {
    return list === null ? 0 : Number(stack[1]?.at);
  }

  function takeKey(frame: Frame, quoted: string) {
    frame.expectsKey = false;
    const depth = stack.length - 1;
    if (frame.keys === null) {
      frame.at = quoted;
      return;
    }
    const key: string = JSON.parse(quoted);
    const isAgain = frame.keys.has(key);
    frame.keys.add(key);
    frame.at = key;
    if (!isAgain) return;
    if (depth === rowDepth && identity.has(key)) note('duplicateField', pointerTo(key));
    else if (list !== null && depth === 0) damage.duplicateField = key;
  }

  function note(kind: 'duplicateField' | 'unsafeInteger', pointer: string) {
    const row = stack[rowDepth];
    if (!row || (list !== null && stack[0]?.at !== list)) return;
    const known = damage.rows.get(rowIndex()) ?? { start: row.start, end: row.start };
    damage.rows.set(rowIndex(), { [kind]: pointer, ...known });
  }

  function pointerFrom(depth: number): string {
    const nameOf = ({ at: name }: Frame, i: number): string => {
      if (typeof name === 'number') return String(name);
      return i === 0 ? name : JSON.parse(name);
    };
    return stack
      .slice(depth)
      .map((frame, i) => pointerTo(nameOf(frame, i)))
      .join('');
  }
}

function endOfNumber(text: string, start: number): number {
  let end = start + 1;
  for (;;) {
    const code = text.charCodeAt(end);
    const isPart = (code >= 0x30 && code <= 0x39) || code === 0x2e || code === 0x2b || code === 0x2d;
    if (!isPart && code !== 0x65 && code !== 0x45) return end;
    end += 1;
  }
}
