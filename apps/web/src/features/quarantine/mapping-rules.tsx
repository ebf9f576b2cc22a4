import { Button, Group, List, Stack, Text } from '@mantine/core';
import type { MappingRule } from '@plumbline/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Panel } from '../../ui/panel.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { mappingRulesQuery, saveMappingRules } from './queries.ts';
import { RuleForm } from './rule-form.tsx';
import { ruleText } from './rule-text.ts';

interface MappingRulesProps {
  model: string;
  /** The field the form begins with. */
  field: string;
}

/** The rules of a model, each with a button that takes it away, and a form for one more. */
export function MappingRules({ model, field }: MappingRulesProps) {
  const queryClient = useQueryClient();
  const rules = useQuery(mappingRulesQuery(model));
  const save = useMutation({
    mutationFn: (changed: MappingRule[]) => saveMappingRules(model, changed),
    onSuccess: (saved) => queryClient.setQueryData(mappingRulesQuery(model).queryKey, saved),
  });
  return (
    <Panel
      title="Mapping rules"
      note="Mend rows before they are checked: those that come from now on, and those you replay."
    >
      <QueryView query={rules} height={120}>
        {({ rules: list }) => (
          <Stack>
            {save.isError && <ProblemAlert error={save.error} />}
            {list.length === 0 ? (
              <Text size="sm">No rules yet: rows are taken as they are posted.</Text>
            ) : (
              <List type="ordered" spacing="xs" size="sm">
                {list.map((rule, index) => (
                  <List.Item key={ruleText(rule)}>
                    <Group gap="xs">
                      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                        {ruleText(rule)}
                      </Text>
                      <Button
                        size="compact-xs"
                        variant="default"
                        disabled={save.isPending}
                        aria-label={`Remove rule ${index + 1}`}
                        onClick={() => save.mutate(list.filter((other) => other !== rule))}
                      >
                        Remove
                      </Button>
                    </Group>
                  </List.Item>
                ))}
              </List>
            )}
            <RuleForm
              key={`${field} ${list.length}`}
              field={field}
              isSaving={save.isPending}
              onAdd={(rule) => save.mutate([...list, rule])}
            />
          </Stack>
        )}
      </QueryView>
    </Panel>
  );
}
