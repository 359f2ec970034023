/** Groups items by project; keeps their order. */
export function groupByProject<T>(items: readonly T[], projectOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const project = projectOf(item);
    groups.set(project, [...(groups.get(project) ?? []), item]);
  }
  return groups;
}
