-- Every $every_nth flight of each day in [$from, $to), with the features known when it leaves the gate.
-- `flights` is a view over the data file with its row number; both train.py and src/feature-rows.ts run this.
with window_flights as (
  select
    file_row_number as row_id,
    date as departed_at,
    -- Gate to gate at 420 mph plus 45 minutes: an upper bound of the usual duration, so a result is never used
    -- before it could have been known. Both clocks are the origin's.
    date + to_minutes(cast(ceil(45 + distance / 7.0) as bigint)) as known_at,
    delay,
    distance,
    origin,
    destination,
    -- A flight that slips past midnight is filed under the day it was scheduled for, so the real day of anything
    -- between 00:00 and 03:59 is unknown: such flights feed no rolling feature.
    hour(date) >= 4 as is_day_certain
  from flights
  where date >= cast($from as timestamp) - interval 1 day and date < cast($to as timestamp)
),
departures as (
  select origin, departed_at as moment, sum(count(*)) over (partition by origin order by departed_at) as total
  from window_flights
  where is_day_certain
  group by origin, departed_at
),
results as (
  select
    origin,
    known_at as moment,
    sum(count(*)) over (partition by origin order by known_at) as total,
    sum(count(*) filter (delay > 15)) over (partition by origin order by known_at) as late
  from window_flights
  where is_day_certain
  group by origin, known_at
),
asked as (
  select
    *,
    departed_at - interval 60 minutes as hour_before,
    row_number() over (partition by cast(departed_at as date) order by row_id) as day_row
  from window_flights
  where departed_at >= cast($from as timestamp)
  qualify (day_row - 1) % cast($every_nth as bigint) = 0
)
select
  cast(asked.row_id as double) as row_id,
  cast(epoch_ms(asked.departed_at) as double) as departed_ms,
  cast(asked.day_row as double) as day_row,
  cast(asked.delay as double) as delay,
  cast(asked.distance as double) as distance,
  asked.origin,
  asked.destination,
  cast(hour(asked.departed_at) as double) as hour,
  strftime(asked.departed_at, '%a') as weekday,
  cast(coalesce(departures_now.total, 0) - coalesce(departures_before.total, 0) as double)
    as origin_departures_1h,
  cast(coalesce(results_now.late, 0) - coalesce(results_before.late, 0) as double)
    / nullif(coalesce(results_now.total, 0) - coalesce(results_before.total, 0), 0) as origin_late_share_1h
from asked
asof left join departures as departures_now
  on asked.origin = departures_now.origin and asked.departed_at > departures_now.moment
asof left join departures as departures_before
  on asked.origin = departures_before.origin and asked.hour_before > departures_before.moment
asof left join results as results_now
  on asked.origin = results_now.origin and asked.departed_at > results_now.moment
asof left join results as results_before
  on asked.origin = results_before.origin and asked.hour_before > results_before.moment
order by asked.row_id
