export type {
  AccessStore,
  ApiKeyRecord,
  NewApiKey,
  ProjectRecord,
} from './access-store.ts';
export type { BinSetRecord, ReferenceRecord } from './bin-set.ts';
export type { ChannelChange, ChannelRecord, ChannelStore } from './channel-store.ts';
export { createDb, type DbOptions } from './create-db.ts';
export { createDatabaseProbe, type DatabaseProbe } from './database-probe.ts';
export type { Db } from './db.ts';
export type { AttemptRecord, DeliveryRecord, DeliveryStore } from './delivery-store.ts';
export type { EventRecord, EventStore, IngestState } from './event-store.ts';
export type { ExpectationStore, SuiteRecord } from './expectation-store.ts';
export type { PendingRows } from './export-pending.ts';
export { type ImportLease, ImportLeaseLostError } from './import-lease.ts';
export type { ImportRecord } from './import-record.ts';
export type { ImportStore } from './import-store.ts';
export type { IncidentRecord } from './incident.ts';
export type {
  IncidentChange,
  IncidentListOptions,
  IncidentRevision,
  IncidentStore,
  TimelineRecord,
} from './incident-store.ts';
export type {
  IncomingBatch,
  IncomingEvent,
  QuarantinedRow,
  StoreOutcome,
  StoreResult,
} from './incoming-batch.ts';
export type { IntakeCounts, IntakeHour } from './intake-counts.ts';
export type { LabelledSlot } from './label-store.ts';
export type { MetricPointKey, MetricPointRow, MetricPointStore } from './metric-point-store.ts';
export { MigrationError, migrate } from './migrate.ts';
export type { Mirrored, MirrorWrite } from './mirror.ts';
export type { FeatureRecord, ModelRecord } from './model-record.ts';
export type { ModelChange, ModelStore, SeenFeature } from './model-store.ts';
export type { Judgement, MonitorRecord, MonitorStore, NewMonitor } from './monitor-store.ts';
export type {
  ComparableWindow,
  MultivariateLease,
  MultivariateRecord,
  MultivariateStore,
} from './multivariate-store.ts';
export type { NewPart, PartKind, PartRecord } from './part.ts';
export type { PartManifest } from './part-manifest.ts';
export type { Grain, ProfileRow } from './profile-row.ts';
export type { ProfileStore, Recomputation } from './profile-store.ts';
export type {
  QuarantineGroupRecord,
  QuarantineRecord,
  QuarantineStore,
  WaitingRow,
} from './quarantine-store.ts';
export type {
  FeatureRow,
  NewSchemaChange,
  RefusedFeature,
  SchemaChangeRecord,
  SchemaStore,
} from './schema-store.ts';
export type { StaleHour } from './stale-hours.ts';
export { StaleModelError } from './stale-model-error.ts';
export { UnknownModelError } from './unknown-model-error.ts';
