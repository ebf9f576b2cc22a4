export { checkDestination } from './check-destination.ts';
export { BlockedDestinationError, createGuardedClient, type GuardedClient } from './guarded-client.ts';
