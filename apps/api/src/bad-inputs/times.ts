import { event, refused, type Subject, taken } from './bad-input.ts';

const pointer = '/prediction_timestamp';
const when = (value: unknown) => event({ prediction_timestamp: value });
const bad = (value: unknown, code = 'bad_timestamp', why?: string) =>
  refused(`\`${JSON.stringify(value)}\``, when(value), code, pointer, why);
const fine = (value: unknown, why?: string) => taken(`\`${JSON.stringify(value)}\``, when(value), why);
const ahead = (minutes: number) => when(new Date(Date.now() + minutes * 60_000).toISOString());
const magnitude = 'a number is epoch seconds or milliseconds, told apart by magnitude';

export const times: Subject = {
  title: 'Times',
  cases: [
    bad('2026-02-30T00:00:00Z'),
    bad('2026-02-29T00:00:00Z'),
    fine('2024-02-29T00:00:00Z'),
    bad('1'),
    bad('Mon'),
    bad(''),
    bad('2026-13-01T00:00:00Z'),
    bad('2026-01-05'),
    bad('2026-01-05 10:00:00Z'),
    bad('20260105T100000Z'),
    bad('2026-01-05T10:00:00', 'bad_timestamp', 'without an offset it is anyone’s guess'),
    bad('2026-01-05T10:00:00.1234567890Z'),
    bad('2026-01-05T24:00:00Z'),
    bad('2026-01-05T10:00:00+24:00'),
    bad('2026-01-05T10:00:61Z'),
    fine('2016-12-31T23:59:60Z', 'a leap second is the second after it'),
    fine('2026-01-05T10:00:00+14:00'),
    fine('2026-01-05T10:00:00.123456789-03:30'),
    fine('2026-03-29T02:30:00+01:00', 'an offset counts, local calendars do not'),
    bad('0000-01-01T00:00:00Z'),
    bad('+275760-09-13T00:00:00Z'),
    bad('9999-12-31T23:59:59Z', 'timestamp_in_future'),
    bad('1979-12-31T23:59:59Z', 'timestamp_too_old'),
    bad(20_261_123, 'timestamp_too_old', magnitude),
    fine(1_767_600_000, magnitude),
    fine(1_767_600_000_000, magnitude),
    bad(1_767_600_000_000_000, 'timestamp_in_future', 'microseconds are no unit here'),
    bad(1_767_600_000_000_000_000, 'bad_timestamp', 'nor are nanoseconds'),
    bad(-1, 'timestamp_too_old'),
    bad(null, 'type_mismatch'),
    bad(true, 'type_mismatch'),
    bad({}, 'type_mismatch'),
    taken('9 minutes ahead', ahead(9), 'clocks differ'),
    refused('11 minutes ahead', ahead(11), 'timestamp_in_future', pointer),
    refused('10 years ahead', ahead(5_256_000), 'timestamp_in_future', pointer),
    refused(
      'an actual in the future',
      event({ actual_label: 'late', actual_timestamp: '9999-12-31T23:59:59Z' }),
      'timestamp_in_future',
      '/actual_timestamp',
    ),
    refused(
      '`sent_at` beside the rows',
      event({ sent_at: '2026-01-05T10:00:00Z' }),
      'unknown_field',
      '/sent_at',
      'times are taken as sent: a clock three hours ahead is refused, not guessed right',
    ),
  ],
};
