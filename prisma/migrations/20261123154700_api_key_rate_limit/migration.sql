-- Null: the server's default. Zero: no limit.
ALTER TABLE "api_key" ADD COLUMN "events_per_second" INTEGER, ADD COLUMN "burst" INTEGER;
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_rate_limit" CHECK ("events_per_second" >= 0 AND "burst" >= 1);
