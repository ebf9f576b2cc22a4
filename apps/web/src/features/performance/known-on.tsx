import { Group, Text } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { getRouteApi, useNavigate } from '@tanstack/react-router';

const route = getRouteApi('/shell/models/$model/performance');

/** The end of the day whose knowledge is asked for; nothing = what is known now. */
export function useKnownOn(): { as_of?: string } {
  const { known_on: day } = route.useSearch();
  return day === undefined ? {} : { as_of: `${day}T23:59:59.999Z` };
}

/** Asks for the events and labels that had been received by the end of a day. */
export function KnownOn() {
  const { known_on: day } = route.useSearch();
  const navigate = useNavigate();
  return (
    <Group align="end" gap="sm">
      <DateInput
        size="xs"
        w={150}
        label="As known on (UTC)"
        placeholder="now"
        valueFormat="YYYY-MM-DD"
        clearable
        clearButtonProps={{ 'aria-label': 'Back to what is known now' }}
        value={day ?? null}
        onChange={(value) => {
          if ((value ?? undefined) === day) return;
          void navigate({
            to: '.',
            search: (previous) => ({ ...previous, known_on: value ?? undefined }),
            resetScroll: false,
          });
        }}
      />
      {day !== undefined && (
        <Text size="sm">
          Only events and labels received by the end of {day}, and no correction that came later.
        </Text>
      )}
    </Group>
  );
}
