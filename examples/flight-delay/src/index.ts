export { type DemoOptions, type RunningDemo, runDemo } from './demo.ts';
export { type DayRange, type FlightRow, featureRows } from './feature-rows.ts';
export { actualOf, eventWriter, type FlightActual, flightId, modelBody } from './flight-events.ts';
export { type FlightFeatures, type FlightModel, loadFlightModel } from './model.ts';
export { type ReplayOptions, type ReplayProgress, type ReplayResult, replayFlights } from './replay.ts';
