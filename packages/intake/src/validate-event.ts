import {
  type Environment,
  environments,
  type Feature,
  type FeatureKind,
  limits,
  type StoredActual,
  type StoredEvent,
  type Task,
} from '@plumbline/contracts';
import {
  type CheckedRow,
  checkFields,
  checkId,
  checkName,
  checkNumber,
  checkObject,
  checkRow,
  checkText,
  checkTime,
  kindOf,
  pointerTo,
  refuse,
  refuseType,
} from './row-check.ts';
import { actualOf } from './validate-actual.ts';

/** What rows of one model are checked against. */
export interface RowSchema {
  task: Task;
  positiveLabel: string | null;
  kinds: ReadonlyMap<string, FeatureKind>;
}

/** What the envelope says of every row that does not say it itself. */
export interface RowDefaults {
  modelVersion?: string | undefined;
  environment?: Environment | undefined;
}

/** A row that may be stored: its content as posted, its actual, and features the schema does not know yet. */
export interface ValidEvent {
  event: StoredEvent;
  actual: StoredActual | null;
  newFeatures: Feature[];
}

/** The version of events that name none. */
const unversioned = 'unversioned';

const fields: ReadonlySet<string> = new Set([
  'prediction_id',
  'prediction_timestamp',
  'model_version',
  'environment',
  'features',
  'prediction_label',
  'prediction_score',
  'prediction_scores',
  'actual_label',
  'actual_score',
  'actual_timestamp',
  'tags',
  'shap_values',
  'shap_base_value',
  'embedding_features',
  'subject_id',
  'group_id',
  'rank',
]);

/** Times this, numbers of 2^53 and above are infinite: one test a feature instead of two. */
const infiniteFrom2to53 = 2 ** 971;

const vectorLength = 20_000;
const classes = 1000;

/**
 * Checks one row as posted. Pure; `now` (epoch ms) bounds times in the future. Faults name the first thing wrong;
 * their pointer is relative to the row.
 */
export function validateEvent(
  row: unknown,
  schema: RowSchema,
  defaults: RowDefaults,
  now: number,
): CheckedRow<ValidEvent> {
  return checkRow(() => {
    const body = checkObject(row, '');
    checkFields(body, fields);
    const event: StoredEvent = {
      prediction_id: checkId(body),
      prediction_ms: predictionTime(body, now),
      model_version: version(body.model_version ?? defaults.modelVersion),
      environment: environment(body.environment ?? defaults.environment),
      features: {},
    };
    const newFeatures = setFeatures(event, body.features, schema.kinds);
    setPrediction(event, body, schema);
    setContext(event, body);
    return { event, actual: actualOf(body, event.prediction_id, schema.task, now), newFeatures };
  });
}

function predictionTime(body: Record<string, unknown>, now: number): number {
  const pointer = '/prediction_timestamp';
  if (body.prediction_timestamp === undefined) {
    return refuse('missing_field', pointer, 'prediction_timestamp is required');
  }
  return checkTime(body.prediction_timestamp, pointer, now);
}

function version(value: unknown): string {
  if (value === undefined) return unversioned;
  const text = checkText(value, '/model_version', limits.nameCharacters);
  return text === '' ? refuse('bad_version', '/model_version', 'a version is not empty') : text;
}

function environment(value: unknown): Environment {
  if (value === undefined) return 'production';
  if (typeof value !== 'string') return refuseType('a string', '/environment', value);
  const known = environments.find((e) => e === value);
  return known ?? refuse('bad_environment', '/environment', `expected ${environments.join(', ')}`);
}

function setFeatures(event: StoredEvent, value: unknown, kinds: RowSchema['kinds']): Feature[] {
  if (value === undefined || value === null) return [];
  const features = checkObject(value, '/features');
  const names = Object.keys(features);
  if (names.length > limits.featuresPerEvent) {
    refuse('too_many_features', '/features', `at most ${limits.featuresPerEvent} features`);
  }
  const added: Feature[] = [];
  let vectors = false;
  for (const name of names) {
    const posted = features[name];
    let kind = kinds.get(name);
    if (kind === undefined) {
      checkName(name, '/features');
      const inferred = kindOf(posted);
      if (inferred === null && posted !== null) refuseType('a scalar', `/features${pointerTo(name)}`, posted);
      if (inferred !== null) added.push({ name, kind: inferred, sensitive: false });
      kind = inferred ?? undefined;
    }
    if (kind === 'embedding') vectors = true;
    if (kind !== undefined && posted !== null) checkFeature(name, posted, kind);
  }
  event.features = vectors ? withoutVectors(event, features) : (features as StoredEvent['features']);
  return added;
}

function checkFeature(name: string, value: unknown, kind: FeatureKind): void {
  if (kind === 'numeric') {
    if (typeof value === 'number' && Number.isFinite(value * infiniteFrom2to53)) return;
    checkNumber(value, `/features${pointerTo(name)}`);
  } else if (kind === 'boolean') {
    if (typeof value !== 'boolean') refuseType('true or false', `/features${pointerTo(name)}`, value);
  } else if (kind === 'embedding') {
    checkVector(value, `/features${pointerTo(name)}`);
  } else checkText(value, `/features${pointerTo(name)}`, limits.stringCharacters);
}

function withoutVectors(event: StoredEvent, features: Record<string, unknown>): StoredEvent['features'] {
  const scalars: StoredEvent['features'] = {};
  const vectors: NonNullable<StoredEvent['embedding_features']> = {};
  for (const [name, value] of Object.entries(features)) {
    if (Array.isArray(value)) vectors[name] = { vector: value as number[] };
    else scalars[name] = value as string | number | boolean | null;
  }
  event.embedding_features = vectors;
  return scalars;
}

function checkVector(value: unknown, pointer: string): number[] {
  if (!Array.isArray(value)) return refuseType('a list of numbers', pointer, value);
  if (value.length > vectorLength) refuse('too_long', pointer, `at most ${vectorLength} numbers`);
  for (let i = 0; i < value.length; i += 1) checkNumber(value[i], `${pointer}/${i}`);
  return value as number[];
}

function setPrediction(event: StoredEvent, body: Record<string, unknown>, schema: RowSchema): void {
  if (body.prediction_label != null) {
    event.prediction_label = checkText(body.prediction_label, '/prediction_label', limits.nameCharacters);
  }
  if (body.prediction_score != null) {
    const score = checkNumber(body.prediction_score, '/prediction_score');
    if (schema.task === 'binary_classification' && (score < 0 || score > 1)) {
      refuse('bad_probability', '/prediction_score', `expected a probability, got ${score}`);
    }
    event.prediction_score = score;
  }
  if (body.prediction_scores != null)
    event.prediction_scores = probabilities(body.prediction_scores, schema.task);
}

function probabilities(value: unknown, task: Task): Record<string, number> {
  const scores = numbersByName(value, '/prediction_scores', classes);
  if (task !== 'binary_classification' && task !== 'multiclass_classification') return scores;
  let total = 0;
  for (const [name, score] of Object.entries(scores)) {
    if (score < 0 || score > 1) {
      refuse(
        'bad_probability',
        `/prediction_scores${pointerTo(name)}`,
        `expected a probability, got ${score}`,
      );
    }
    total += score;
  }
  if (total > 1.001) refuse('bad_probability', '/prediction_scores', `the probabilities add up to ${total}`);
  return scores;
}

function numbersByName(value: unknown, pointer: string, most: number): Record<string, number> {
  const numbers = checkObject(value, pointer);
  const names = Object.keys(numbers);
  if (names.length > most) refuse('too_long', pointer, `at most ${most} entries`);
  for (const name of names) {
    checkName(name, pointer);
    checkNumber(numbers[name], `${pointer}${pointerTo(name)}`);
  }
  return numbers as Record<string, number>;
}

function setContext(event: StoredEvent, body: Record<string, unknown>): void {
  if (body.tags != null) event.tags = tags(body.tags);
  if (body.shap_values != null) {
    event.shap_values = numbersByName(body.shap_values, '/shap_values', limits.featuresPerEvent);
  }
  if (body.shap_base_value != null) {
    event.shap_base_value = checkNumber(body.shap_base_value, '/shap_base_value');
  }
  if (body.embedding_features != null) {
    event.embedding_features = { ...event.embedding_features, ...embeddings(body.embedding_features) };
  }
  if (body.subject_id != null)
    event.subject_id = checkText(body.subject_id, '/subject_id', limits.nameCharacters);
  if (body.group_id != null) event.group_id = checkText(body.group_id, '/group_id', limits.nameCharacters);
  if (body.rank != null) event.rank = rank(body.rank);
}

function rank(value: unknown): number {
  const position = checkNumber(value, '/rank');
  if (Number.isSafeInteger(position) && position >= 1) return position;
  return refuse('bad_rank', '/rank', `expected a whole number of at least 1, got ${position}`);
}

function tags(value: unknown): Record<string, string> {
  const posted = checkObject(value, '/tags');
  const stored: Record<string, string> = {};
  for (const [name, tag] of Object.entries(posted)) {
    checkName(name, '/tags');
    if (tag === null) continue;
    const pointer = `/tags${pointerTo(name)}`;
    if (typeof tag === 'object') refuseType('a scalar', pointer, tag);
    if (typeof tag === 'number') checkNumber(tag, pointer);
    stored[name] = checkText(String(tag), pointer, limits.stringCharacters);
  }
  return stored;
}

function embeddings(value: unknown): NonNullable<StoredEvent['embedding_features']> {
  const posted = checkObject(value, '/embedding_features');
  const stored: NonNullable<StoredEvent['embedding_features']> = {};
  for (const [name, entry] of Object.entries(posted)) {
    checkName(name, '/embedding_features');
    const pointer = `/embedding_features${pointerTo(name)}`;
    const { vector, data } = checkObject(entry, pointer);
    stored[name] = { vector: checkVector(vector, `${pointer}/vector`) };
    if (data != null) stored[name].data = checkText(data, `${pointer}/data`, limits.stringCharacters);
  }
  return stored;
}
