import type { AccessStore } from './access-store.ts';
import type { ActualStore } from './actual-store.ts';
import type { ChannelStore } from './channel-store.ts';
import type { DeliveryStore } from './delivery-store.ts';
import type { EventStore } from './event-store.ts';
import type { ExpectationStore } from './expectation-store.ts';
import type { ImportStore } from './import-store.ts';
import type { IncidentStore } from './incident-store.ts';
import type { IntakeCounts } from './intake-counts.ts';
import type { LabelStore } from './label-store.ts';
import type { LossEstimatorStore } from './loss-estimator-store.ts';
import type { MetricPointStore } from './metric-point-store.ts';
import type { ModelStore } from './model-store.ts';
import type { MonitorStore } from './monitor-store.ts';
import type { MultivariateStore } from './multivariate-store.ts';
import type { PartManifest } from './part-manifest.ts';
import type { ProfileStore } from './profile-store.ts';
import type { QuarantineStore } from './quarantine-store.ts';
import type { SchemaStore } from './schema-store.ts';

/** The system of record. Every method may reject with a database error; nothing is half stored then. */
export interface Db {
  models: ModelStore;
  events: EventStore;
  actuals: ActualStore;
  quarantine: QuarantineStore;
  intake: IntakeCounts;
  schemas: SchemaStore;
  expectations: ExpectationStore;
  imports: ImportStore;
  parts: PartManifest;
  profiles: ProfileStore;
  labels: LabelStore;
  metricPoints: MetricPointStore;
  multivariate: MultivariateStore;
  lossEstimators: LossEstimatorStore;
  monitors: MonitorStore;
  incidents: IncidentStore;
  channels: ChannelStore;
  deliveries: DeliveryStore;
  access: AccessStore;
  /** Milliseconds the database's clock is ahead of this process's. */
  clockSkewMs(): Promise<number>;
  /** Rejects when the database does not answer in time. */
  ping(): Promise<void>;
  /** Rows of all models that no part covers yet. */
  pendingRows(): Promise<number>;
  /**
   * Breaks every connection for requests: their statements reject at once, whether or not they took effect, and new
   * statements get new connections. For a database that fell silent.
   */
  dropConnections(): void;
  /** Waits for running queries; the Db cannot be used afterwards. */
  close(): Promise<void>;
}
