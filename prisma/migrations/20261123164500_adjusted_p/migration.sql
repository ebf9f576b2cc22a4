ALTER TABLE "metric_point" ADD COLUMN "adjusted_p" DOUBLE PRECISION;
